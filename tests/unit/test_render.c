/* SPDX-License-Identifier: MIT
 * test_render.c - the text of pages, plain and as Markdown. Blocks that begin with ? are dropped.
 */
#include "output/render.h"

#include "part.h"
#include "sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

typedef struct Case {
    const char *page, *text;
} Case;

static void render(const Sheet *sheet, Line *line, decant_format format, bool links) {
    const Document *document = &sheet->document;
    Renderer renderer;
    assert_int_equal(render_open(&renderer, document, line, format, links, false), DECANT_OK);
    for (size_t i = 0; i < document->block_count; i++)
        if (document->blocks[i].text.at[0] != '?') render_block(&renderer, i);
    render_close(&renderer);
    line_add(line, "", 1);
    assert_false(line->failed);
}

static void expect(RuleSet *rules, decant_format format, bool links, const Case *cases,
                   size_t count) {
    for (size_t i = 0; i < count; i++) {
        Line line = {.allocator = allocator_default()};
        Sheet sheet;
        sheet_read(&sheet, rules, cases[i].page);
        render(&sheet, &line, format, links);
        if (strcmp((const char *)line.bytes, cases[i].text) != 0)
            fail_msg("%s is written\n%s\nand not\n%s", cases[i].page, (const char *)line.bytes,
                     cases[i].text);
        line_done(&line);
        sheet_done(&sheet);
    }
}

#define EXPECT_AS(format, links, ...)                                                              \
    do {                                                                                           \
        static const Case cases[] = {__VA_ARGS__};                                                 \
        expect(*state, format, links, cases, sizeof cases / sizeof *cases);                        \
    } while (0)
#define EXPECT_PLAIN(...)    EXPECT_AS(DECANT_PLAIN, false, __VA_ARGS__)
#define EXPECT_MARKDOWN(...) EXPECT_AS(DECANT_MARKDOWN, false, __VA_ARGS__)
#define EXPECT_LINKS(...)    EXPECT_AS(DECANT_MARKDOWN, true, __VA_ARGS__)

/* ---- plain text ------------------------------------------------------------------------------ */

static void an_empty_line_parts_paragraphs(void **state) {
    EXPECT_PLAIN({"<h1>a</h1><p>b<p>c<div>d</div>e", "a\n\nb\n\nc\n\nd\n\ne"},
                 {"<p>?a<p>b<p>?c<p>d<p>?e", "b\n\nd"}, {"", ""}, {"<p>?a", ""});
}

static void a_br_is_a_line_break(void **state) {
    EXPECT_PLAIN({"<p>a<br>b<p>c", "a\nb\n\nc"}, {"<ul><li>a<br>b", "- a\n  b"},
                 {"<h1>a<br>b", "a\nb"});
}

static void items_have_marks(void **state) {
    EXPECT_PLAIN({"<ul><li>a<li>b</ul>c", "- a\n- b\n\nc"}, {"<ol><li>a<li>b</ol>", "1. a\n2. b"},
                 {"<ol start=9><li>a<li><img><li>b</ol>", "9. a\n11. b"},
                 {"x<ul><li>a</ul><ol><li>b</ol>", "x\n\n- a\n\n1. b"}, {"<li>a<li>b", "- a\n- b"},
                 {"<menu><li>a</menu>", "- a"});
}

static void items_of_nested_lists_stand_further_in(void **state) {
    EXPECT_PLAIN({"<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d</ul>", "- a\n  - b\n    - c\n- d"},
                 {"<ol><li>a<ul><li>b</ul><li>c</ol>", "1. a\n   - b\n2. c"},
                 {"<ol start=10><li>a<ol><li>b", "10. a\n    1. b"},
                 {"<ul><li><ol><li>a<li>b</ol><li>c</ul>", "- 1. a\n  2. b\n- c"});
}

static void further_blocks_of_an_item_stand_in_it(void **state) {
    EXPECT_PLAIN({"<ul><li><p>a<p>b<li>c</ul>d", "- a\n\n  b\n- c\n\nd"},
                 {"<ol><li>a<p>b<br>c", "1. a\n\n   b\n   c"},
                 {"<ul><li>a<ul><li>b</ul>c</ul>", "- a\n  - b\n\n  c"},
                 {"<ul><li>a<pre>b\n\n c</pre></ul>", "- a\n\n  b\n\n   c"});
}

static void the_mark_of_an_item_stands_at_its_first_kept_block(void **state) {
    EXPECT_PLAIN({"<ul><li><p>?a<p>b<p>c<li>?d<li>e</ul>", "- b\n\n  c\n- e"},
                 {"<ol><li>?a<li>b<ul><li>?c<li>d</ul></ol>", "2. b\n   - d"},
                 {"<ol><li>?a<ul><li>b<li>c</ul><li>d</ol>", "1. - b\n   - c\n2. d"},
                 {"<ol><li><p>a<p>?b<p>c", "1. a\n\n   c"});
}

static void what_is_nested_deep_stops_moving_in(void **state) {
    enum { DEPTH = 100 };
    static char page[DEPTH * 9 + 1];
    Line line = {.allocator = allocator_default()};
    Sheet sheet;
    for (size_t i = 0; i < DEPTH; i++) strcat(page, "<ul><li>a");
    sheet_read(&sheet, *state, page);
    render(&sheet, &line, DECANT_PLAIN, false);
    const char *last = strrchr((const char *)line.bytes, '\n');
    assert_int_equal(strspn(last, "\n "), 1 + MARGIN_MOST - 2);
    assert_string_equal(last + MARGIN_MOST - 1, "- a");
    line_done(&line);
    sheet_done(&sheet);
}

static void a_bar_parts_the_cells_of_a_row(void **state) {
    EXPECT_PLAIN({"<table><tr><th>a<th>b<tr><td>c<td>d</table>e", "a | b\nc | d\n\ne"},
                 {"<table><caption>x</caption><tr><td>a<td>b", "x\n\na | b"},
                 {"<table><tr><td>a<tr><td>b<td>c", "a\nb | c"},
                 {"<table><tr><td>a<br>b<td><h2>c</h2>", "a b | c"},
                 {"<table><tr><td><ul><li>a</ul><td>b", "a | b"},
                 {"<table><tr><td>a<td>b</table><table><tr><td>c<td>d", "a | b\n\nc | d"},
                 {"<ul><li>x<table><tr><td>a<td>b<tr><td>c<td>d", "- x\n\n  a | b\n  c | d"});
}

static void dropped_cells_leave_no_bar(void **state) {
    EXPECT_PLAIN({"<table><tr><td>a<td>?b<td>c<tr><td>?d<td>e<td>f<tr><td>g<td>h<td>?i",
                  "a | c\ne | f\ng | h"},
                 {"<table><tr><td>?a<td>?b<tr><td>c<td>d", "c | d"});
}

static void a_table_for_the_layout_is_blocks(void **state) {
    EXPECT_PLAIN({"<table><tr><td><p>a<p>b<td>c", "a\n\nb\n\nc"},
                 {"<table><tr><td>a<tr><td>b", "a\n\nb"},
                 {"<table><tr><td>a<td><table><tr><td>b<td>c<tr><td>d<td>e", "a\n\nb | c\nd | e"},
                 {"<table><tr><td><ul><li>a<li>b</ul><td>c", "- a\n- b\n\nc"});
}

static void definitions_stand_below_their_terms(void **state) {
    EXPECT_PLAIN({"<dl><dt>a<dd>b<dt>c<dd>d<dd>e</dl>f", "a\n  b\nc\n  d\n  e\n\nf"},
                 {"<dl><dt>a<dd><p>b<p>c", "a\n  b\n\n  c"}, {"<dl><dt>?a<dd>b<dt>c", "  b\nc"});
}

static void code_stays_as_it_is(void **state) {
    EXPECT_PLAIN({"<pre>a\n  <b>b</b> *c*\n\nd</pre>e", "a\n  b *c*\n\nd\n\ne"});
}

static void what_looks_like_markup_stays_plain(void **state) {
    EXPECT_PLAIN({"<p># *a* [b] | c &amp;amp; <b>d</b><blockquote>e</blockquote>",
                  "# *a* [b] | c &amp; d\n\ne"});
}

/* ---- Markdown -------------------------------------------------------------------------------- */

static void headings_have_their_level(void **state) {
    EXPECT_MARKDOWN({"<h1>a</h1><h3>b</h3>c", "# a\n\n### b\n\nc"},
                    {"<h2><b>a</b> <code>b</code><br>c", "## a `b` c"},
                    {"<ul><li><h3>a</h3>b", "- ### a\n\n  b"});
}

static void emphasis_has_marks_without_white_space_in_them(void **state) {
    EXPECT_MARKDOWN({"a <b>b</b> <i>c</i> <b><i>d</i></b>", "a **b** *c* ***d***"},
                    {"a<b> b </b>c", "a **b** c"}, {"<b>a</b> <b>b</b>", "**a b**"},
                    {"<b>a<br>b</b><br><i>c</i>", "**a\\\nb**\\\n*c*"},
                    {"<b>a</b><b>b</b>", "**ab**"}, {"<p><b>a<p>b</b>c", "**a**\n\n**b**c"});
}

static void marks_that_would_be_taken_for_text_are_left_out(void **state) {
    EXPECT_MARKDOWN({"a <b>b:</b>c", "a b:c"}, {"a<b>.</b>", "a."}, {"a <b>.</b> b", "a **.** b"},
                    {"a<b>.</b>b", "a.b"}, {"<b>a:</b> b", "**a:** b"}, {"<b>a:</b>-b", "**a:**-b"},
                    {"a<i>b</i>c", "a*b*c"}, {"ä<i>„b“</i>ö", "ä„b“ö"}, {"<p><i>(a)</i>", "*(a)*"});
    EXPECT_LINKS({"<b>a:<a href=x>b</a></b>c", "a:[**b**](x)c"});
}

static void runs_that_look_alike_are_one(void **state) {
    EXPECT_MARKDOWN({"<b>a<a href=x>b</a></b>", "**ab**"},
                    {"<code>a</code><code><b>b</b></code>", "`ab`"});
    EXPECT_LINKS({"<a href=x>a<code>b</code></a>", "[a](x)[`b`](x)"});
}

static void links_are_told_when_asked_for(void **state) {
    EXPECT_MARKDOWN({"a <a href=x>b</a> c", "a b c"});
    EXPECT_LINKS({"a <a href=x>b</a> c", "a [b](x) c"}, {"a<a href=x> b </a>c", "a [b](x) c"},
                 {"<b>a <a href=x>b</a></b>", "**a** [**b**](x)"}, {"<a href=x>?a</a>", ""},
                 {"<a name=x>a</a>", "a"}, {"a!<a href=x>b</a>", "a\\![b](x)"},
                 {"<h2><a href=x>a</a></h2>", "## [a](x)"},
                 {"<a href=x>a [b]</a>", "[a \\[b\\]](x)"});
}

static void addresses_cannot_end_early(void **state) {
    EXPECT_LINKS({"<a href='/a_(b) c'>x</a>", "[x](/a_%28b%29%20c)"},
                 {"<a href=' x\n'>x</a>", "[x](x)"},
                 {"<a href='<a>\\|'>x</a>", "[x](%3Ca%3E%5C%7C)"},
                 {"<a href='/é?a=1&amp;b=2'>x</a>", "[x](/é?a=1&b=2)"},
                 {"<a href='/\xFF'>x</a>", "[x](/%FF)"}, {"<a href=''>x</a>", "[x]()"});
}

static void code_is_fenced(void **state) {
    EXPECT_MARKDOWN({"<pre>a *b*\n  <b>c</b>\n\nd</pre>e", "```\na *b*\n  c\n\nd\n```\n\ne"},
                    {"<pre>```\na\n```</pre>", "````\n```\na\n```\n````"},
                    {"<ul><li>a<pre>b\n\n c", "- a\n\n  ```\n  b\n\n   c\n  ```"},
                    {"<blockquote><pre>a\n\nb", "> ```\n> a\n>\n> b\n> ```"});
}

static void code_in_a_line_has_ticks(void **state) {
    EXPECT_MARKDOWN({"a <code>*b*</code> c", "a `*b*` c"}, {"a<code> b </code>c", "a `b` c"},
                    {"<code>a`b</code>", "``a`b``"}, {"<code>`a``</code>", "``` `a`` ```"},
                    {"<code>a<br># b</code>", "`a`\\\n`# b`"}, {"<b><code>a</code></b>", "`a`"});
}

static void a_table_has_a_row_of_its_own_behind_the_first(void **state) {
    EXPECT_MARKDOWN(
        {"<table><tr><th>a<th>b<tr><td>c<td>d</table>e",
         "| a | b |\n| --- | --- |\n| c | d |\n\ne"},
        {"<table><tr><td>a|b<td><code>c|d</code>", "| a\\|b | `c\\|d` |\n| --- | --- |"},
        {"<table><tr><td>a<br>b<td><h2>c</h2>", "| a b | c |\n| --- | --- |"},
        {"<table><tr><td><pre>a\n b</pre><td>c", "| a  b | c |\n| --- | --- |"},
        {"<table><tr><td>a<td>b</table><table><tr><td>c<td>d",
         "| a | b |\n| --- | --- |\n\n| c | d |\n| --- | --- |"},
        {"<blockquote><table><tr><td>a<td>b", "> | a | b |\n> | --- | --- |"});
}

static void columns_stay_where_cells_are_empty_or_dropped(void **state) {
    EXPECT_MARKDOWN(
        {"<table><tr><td><th>a<th>b<tr><th>c<td>d<td>e",
         "|  | a | b |\n| --- | --- | --- |\n| c | d | e |"},
        {"<table><tr><th>a<th>?b<th>c<tr><td>?d<td>e<td>f",
         "| a |  | c |\n| --- | --- | --- |\n|  | e | f |"},
        {"<table><tr><td>a<tr><td>b<td>c<td>d", "| a |  |  |\n| --- | --- | --- |\n| b | c | d |"});
}

static void a_table_of_very_many_columns_is_not_filled_up(void **state) {
    static char page[5 * 1000 + 64] = "<table><tr><td>a<tr>";
    Line line = {.allocator = allocator_default()};
    Sheet sheet;
    for (size_t i = 0; i < 1000; i++) strcat(page, "<td>");
    strcat(page, "b<td>c");
    sheet_read(&sheet, *state, page);
    render(&sheet, &line, DECANT_MARKDOWN, false);
    assert_true(line.size < 1000);
    assert_non_null(strstr((const char *)line.bytes, "| b | c |"));
    line_done(&line);
    sheet_done(&sheet);
}

static void quotes_have_their_sign(void **state) {
    EXPECT_MARKDOWN({"a<blockquote>b<br>c<p>d</blockquote>e", "a\n\n> b\\\n> c\n>\n> d\n\ne"},
                    {"<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"},
                    {"<blockquote>a</blockquote><blockquote>b", "> a\n\n> b"},
                    {"<ul><li>a<blockquote>b<p>c", "- a\n\n  > b\n  >\n  > c"},
                    {"<blockquote><ul><li>a<li>b</ul>c", "> - a\n> - b\n>\n> c"});
}

static void lists_and_definitions_are_as_in_plain_text(void **state) {
    EXPECT_MARKDOWN({"<ul><li>a<ol><li>b<li><p>c<p>d", "- a\n  1. b\n  2. c\n\n     d"},
                    {"<dl><dt>a<dd>b<dd>c<dt>d<dd><p>e<p>f", "a\n: b\n: c\n\nd\n: e\n\n  f"});
}

static void what_would_be_markup_is_escaped(void **state) {
    EXPECT_MARKDOWN(
        {"<p>*a* [b](c) `d` ~e~ \\ &lt;b&gt;", "\\*a\\* \\[b\\](c) \\`d\\` \\~e\\~ \\\\ \\<b>"},
        {"<p>snake_case _a_ b_ _", "snake_case \\_a\\_ b\\_ \\_"},
        {"<p>&amp;amp; AT&amp;T &amp;#60; a &amp; b;", "\\&amp; AT&T \\&#60; a & b;"},
        {"<p>a | b", "a | b"});
}

static void what_would_be_markup_at_the_beginning_of_a_line_is_escaped(void **state) {
    EXPECT_MARKDOWN(
        {"<p># a<p>1. b<p>- c<p>+ d<p>12) e<p>&gt; f<p>* g<p>---<p>===",
         "\\# a\n\n1\\. b\n\n\\- c\n\n\\+ d\n\n12\\) e\n\n\\> f\n\n\\* g\n\n\\---\n\n\\==="},
        {"<p>a<br># b<br>1. c<br>- d", "a\\\n\\# b\\\n1\\. c\\\n\\- d"},
        {"<p>a # b 1. c - d", "a # b 1. c - d"}, {"<p>1.5 -3 +4 2024.", "1.5 -3 +4 2024."},
        {"<h2>a #</h2><h3>C# ##</h3>", "## a \\#\n\n### C# #\\#"}, {"<p>1.", "1\\."},
        {"<p>-", "\\-"}, {"<ul><li>- a", "- \\- a"}, {"<ol><li>1. a", "1. 1\\. a"},
        {"<p><b># a</b>", "**\\# a**"});
}

/* ---- both ------------------------------------------------------------------------------------ */

/* Pages whose blocks all read "a", in all sorts of elements. */
static void two_blocks_are_never_glued(void **state) {
    static const char *const pages[] = {
        "a<p>a<div>a</div>a",
        "<ul><li>a<li>a<p>a</ul>a",
        "<table><tr><td>a<td>a<tr><td>a</table>a",
        "<table>a<tr><td>a</table>a",
        "<dl><dt>a<dt>a<dd>a<dd>a</dl>a",
        "a<pre>a</pre>a<br><br>a",
        "<h1>a</h1><h2>a</h2>a",
        "<blockquote>a<blockquote>a</blockquote>a</blockquote>a",
        "<table><tr><td>a<td>a<td><table><tr><td>a<td>a</table>a<td>a</table>a",
        "<svg><foreignObject><table><tr><td>a<td>a</table></foreignObject></svg>a",
        "<template><tr><td>a<td>a</tr><li>a</template>a",
        "<form>a<select><option>a<option>a",
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages * 2; i++) {
        Line line = {.allocator = allocator_default()};
        Sheet sheet;
        size_t signs = 0;
        sheet_read(&sheet, *state, pages[i / 2]);
        render(&sheet, &line, i % 2 ? DECANT_MARKDOWN : DECANT_PLAIN, false);
        for (size_t at = 0; at < line.size; at++) signs += line.bytes[at] == 'a';
        if (strstr((const char *)line.bytes, "aa") || signs != sheet.document.block_count)
            fail_msg("%s is written %s", pages[i / 2], (const char *)line.bytes);
        line_done(&line);
        sheet_done(&sheet);
    }
}

static void white_space_between_words_is_never_lost(void **state) {
    static const char *const pages[] = {
        "<p>a <b>a</b> a<i> a</i> <code>a</code> <a href=x>a</a>",
        "<p>a<br>a<b><br>a</b><b> </b>a",
        "<h1>a <b>a</b><br><i>a</i> a",
        "<table><tr><td>a <b>a</b><td><pre>a\n<b>a</b> <i>a</i></pre>",
        "<pre>a <b>a</b>\n<b>a</b>\ta</pre>",
        "<p><code>a a</code> a <code>a<br>a</code>",
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages * 3; i++) {
        Line line = {.allocator = allocator_default()};
        Sheet sheet;
        sheet_read(&sheet, *state, pages[i / 3]);
        render(&sheet, &line, i % 3 ? DECANT_MARKDOWN : DECANT_PLAIN, i % 3 == 2);
        const char *last = NULL;
        for (const char *at = (const char *)line.bytes; (at = strchr(at, 'a')); last = at++)
            if (last && last + strcspn(last, " \n\t") > at)
                fail_msg("%s is written %s", pages[i / 3], (const char *)line.bytes);
        line_done(&line);
        sheet_done(&sheet);
    }
}

static void a_part_begins_with_an_empty_line_where_others_came_before(void **state) {
    Line line = {.allocator = allocator_default()};
    Renderer renderer;
    Sheet sheet;
    sheet_read(&sheet, *state, "<ul><li>a<li>b");
    assert_int_equal(render_open(&renderer, &sheet.document, &line, DECANT_PLAIN, false, true),
                     DECANT_OK);
    render_block(&renderer, 0);
    render_block(&renderer, 1);
    render_close(&renderer);
    assert_int_equal(line.size, 9);
    assert_memory_equal(line.bytes, "\n\n- a\n- b", 9);
    line_done(&line);
    sheet_done(&sheet);
}

static void a_part_ends_its_table(void **state) {
    Line line = {.allocator = allocator_default()};
    Renderer renderer;
    Sheet sheet;
    sheet_read(&sheet, *state, "<table><tr><td>a<td>b");
    assert_int_equal(render_open(&renderer, &sheet.document, &line, DECANT_MARKDOWN, false, false),
                     DECANT_OK);
    render_block(&renderer, 0);
    line_clear(&line);
    render_close(&renderer);
    assert_int_equal(line.size, 19);
    assert_memory_equal(line.bytes, " |  |\n| --- | --- |", 19);
    line_done(&line);
    sheet_done(&sheet);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_line_parts_paragraphs),
        cmocka_unit_test(a_br_is_a_line_break),
        cmocka_unit_test(items_have_marks),
        cmocka_unit_test(items_of_nested_lists_stand_further_in),
        cmocka_unit_test(further_blocks_of_an_item_stand_in_it),
        cmocka_unit_test(the_mark_of_an_item_stands_at_its_first_kept_block),
        cmocka_unit_test(what_is_nested_deep_stops_moving_in),
        cmocka_unit_test(a_bar_parts_the_cells_of_a_row),
        cmocka_unit_test(dropped_cells_leave_no_bar),
        cmocka_unit_test(a_table_for_the_layout_is_blocks),
        cmocka_unit_test(definitions_stand_below_their_terms),
        cmocka_unit_test(code_stays_as_it_is),
        cmocka_unit_test(what_looks_like_markup_stays_plain),
        cmocka_unit_test(headings_have_their_level),
        cmocka_unit_test(emphasis_has_marks_without_white_space_in_them),
        cmocka_unit_test(marks_that_would_be_taken_for_text_are_left_out),
        cmocka_unit_test(runs_that_look_alike_are_one),
        cmocka_unit_test(links_are_told_when_asked_for),
        cmocka_unit_test(addresses_cannot_end_early),
        cmocka_unit_test(code_is_fenced),
        cmocka_unit_test(code_in_a_line_has_ticks),
        cmocka_unit_test(a_table_has_a_row_of_its_own_behind_the_first),
        cmocka_unit_test(columns_stay_where_cells_are_empty_or_dropped),
        cmocka_unit_test(a_table_of_very_many_columns_is_not_filled_up),
        cmocka_unit_test(quotes_have_their_sign),
        cmocka_unit_test(lists_and_definitions_are_as_in_plain_text),
        cmocka_unit_test(what_would_be_markup_is_escaped),
        cmocka_unit_test(what_would_be_markup_at_the_beginning_of_a_line_is_escaped),
        cmocka_unit_test(two_blocks_are_never_glued),
        cmocka_unit_test(white_space_between_words_is_never_lost),
        cmocka_unit_test(a_part_begins_with_an_empty_line_where_others_came_before),
        cmocka_unit_test(a_part_ends_its_table),
    };
    return cmocka_run_group_tests_name("render", tests, set_up_rules, tear_down_rules);
}
