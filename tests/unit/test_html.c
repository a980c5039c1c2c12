/* SPDX-License-Identifier: MIT
 * test_html.c - the blocks of pages: what they read, where they stand, what inline elements say. */
#include "input/charset.h"
#include "part.h"
#include "sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const Lexicon no_lexicon = {0};

/* A page, and its blocks as sheet_texts has them. */
typedef struct Case {
    const char *page, *texts;
} Case;

static void expect(RuleSet *rules, const Case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Sheet sheet;
        sheet_read(&sheet, rules, cases[i].page);
        const char *texts = sheet_texts(&sheet);
        if (strcmp(texts, cases[i].texts) != 0)
            fail_msg("%s reads \"%s\", not \"%s\"", cases[i].page, texts, cases[i].texts);
        sheet_done(&sheet);
    }
}

#define EXPECT_TEXTS(...)                                                                          \
    do {                                                                                           \
        static const Case cases[] = {__VA_ARGS__};                                                 \
        expect(*state, cases, sizeof cases / sizeof *cases);                                       \
    } while (0)

/* ---- texts ----------------------------------------------------------------------------------- */

static void what_stands_between_tags_is_a_block(void **state) {
    EXPECT_TEXTS({"<p>a</p><p>b</p>", "a / b"}, {"<div>a<p>b</p>c</div>", "a / b / c"},
                 {"<ul><li>a<li>b<ul><li>c</ul>d</ul>", "a / b / c / d"},
                 {"<table><tr><td>a<td>b</table>", "a / b"}, {"<h1>a</h1>b", "a / b"},
                 {"a<hr>b", "a / b"}, {"<title>a</title><p>b", "b"});
}

static void text_outside_of_the_body_is_a_block(void **state) {
    EXPECT_TEXTS({"a", "a"}, {"a<html><body><p>b</p></body>c</html><p>d", "a / b / c / d"},
                 {"</body>a", "a"});
}

static void references_are_decoded(void **state) {
    EXPECT_TEXTS({"a &amp; b &lt;p&gt; &eacute;&#8212;&#x1F600; &copy 1", "a & b <p> é—😀 © 1"},
                 {"&unknown; &amp;amp; & &", "&unknown; &amp; & &"}, {"&#0;&#x110000;", "��"},
                 {"&#150;", "–"}, {"<textarea>&lt;</textarea>", "<"}, {"<xmp>&lt;</xmp>", "&lt;"});
}

static void white_space_collapses(void **state) {
    EXPECT_TEXTS({"<p> a \n\t b\r\n\f c </p>", "a b c"}, {"<p>a&nbsp;&nbsp;b\xC2\xA0</p>", "a b"},
                 {"<p>a&#10;b&Tab;c&#32;d", "a b c d"},
                 {"<p>&emsp;a\xE3\x80\x80"
                  "b",
                  "a b"},
                 {"<div>\n  <p>\n    a\n  </p>\n  b\n</div>", "a / b"});
}

static void signs_without_width_stand_between_signs_alone(void **state) {
    EXPECT_TEXTS({"os.&#8203;path", "os.\u200Bpath"}, {"&#8203;a \u200B b\u200B", "a b"},
                 {"a\u200B\u200Bb", "a\u200Bb"}, {"a<b>\u200B</b>b", "a\u200Bb"},
                 {"\uFEFFa\uFEFFb&#xFEFF;", "ab"}, {"co\u00ADop", "co\u00ADop"});
}

static void controls_are_left_out(void **state) {
    EXPECT_TEXTS({"a\x01\x02"
                  "b",
                  "ab"},
                 {"\x01", ""});
}

static void a_nul_is_left_out(void **state) {
    static const char page[] = "<p>a\0b<p>\0";
    Sheet sheet;
    sheet_cut(&sheet, *state, page, sizeof page - 1, TAG_UNKNOWN, false);
    assert_string_equal(sheet_texts(&sheet), "ab");
    sheet_done(&sheet);
}

static void inline_elements_leave_no_trace(void **state) {
    EXPECT_TEXTS({"<p>a<b>b</b>c", "abc"}, {"a<b>b</b>c", "abc"},
                 {"<p>one <i>two</i> three", "one two three"},
                 {"<p>one<i> two </i>three", "one two three"}, {"<p>a<!-- -->b", "ab"},
                 {"<p><span>a</span><span>b</span>", "ab"}, {"<p>a<wbr>b<img>c", "abc"},
                 {"<p>a<script>x</script>b<style>y</style>c", "abc"},
                 {"<p><a href=x>a</a>, <a href=y>b</a>.", "a, b."});
}

static void white_space_between_inline_elements_is_never_lost(void **state) {
    EXPECT_TEXTS({"<b>a</b> <b>b</b>", "a b"}, {"<b>a</b>\n<i> </i><b>b</b>", "a b"},
                 {"<b>a</b> <!-- --> b", "a b"}, {"<b>a</b><b> </b><b>b</b>", "a b"},
                 {"<b>a</b>&#32;<b>b</b>", "a b"}, {"<b>a</b><i>&nbsp;</i><b>b</b>", "a b"},
                 {"<b>a</b> <script>x</script><b>b</b>", "a b"}, {"<b>a</b>&nbsp;b", "a b"});
}

static void one_br_breaks_a_line_and_two_part_blocks(void **state) {
    EXPECT_TEXTS({"a<br>b", "a\nb"}, {"a <br/> b", "a\nb"}, {"a<br><br>b", "a / b"},
                 {"a<br> \n <br>b<br>c", "a / b\nc"}, {"<p><br>a<br></p>b", "a / b"},
                 {"a<br><br><br>b", "a / b"}, {"a</br>b", "a\nb"}, {"<b>a</b><br><b>b</b>", "a\nb"},
                 {"<b>a<br></b>b<br><p>c", "a\nb / c"});
}

static void what_says_nothing_is_no_block(void **state) {
    EXPECT_TEXTS({"", ""}, {" \n ", ""}, {"<p></p>", ""}, {"<p>&nbsp;</p>a", "a"},
                 {"<p>\u200B<p>a<p>&#xFEFF;", "a"}, {"<p>a<p>&nbsp;<br><br>&nbsp;<p>b", "a / b"},
                 {"<pre>\n \n&nbsp;</pre>a", "a"}, {"<script>a</script>", ""}, {"<!-- a -->", ""},
                 {"<iframe>a</iframe>", ""});
}

static void text_that_a_table_does_not_hold_stays_where_it_stood(void **state) {
    EXPECT_TEXTS({"<table><tr><td>a</td></tr><p>b</p><tr><td>c</table>d", "a / b / c / d"},
                 {"<p>a</p><table>b<tr><td>c</table>", "a / b / c"});
}

static void a_bad_byte_is_a_replacement_character(void **state) {
    EXPECT_TEXTS({"<p>a\xFF"
                  "b",
                  "a\uFFFDb"},
                 {"<p>\xE2\x82<b>c", "\uFFFD\uFFFDc"});
    Sheet sheet;
    sheet_read(&sheet, *state, "<p>one \xC3</p><p>\xFF</p>");
    assert_int_equal(sheet.document.invalid_bytes, 2);
    assert_int_equal(sheet.document.first_invalid, 7);
    sheet_done(&sheet);
}

/* ---- verbatim -------------------------------------------------------------------------------- */

static void code_keeps_its_white_space(void **state) {
    EXPECT_TEXTS({"<pre>a\n  b\n\n\tc</pre>", "a\n  b\n\n\tc"}, {"<pre>  a  b  \n</pre>", "  a  b"},
                 {"<pre>\na</pre>", "a"}, {"<pre>\n\n \n  a</pre>", "  a"},
                 {"<pre>a&nbsp;b", "a\u00A0b"}, {"<pre>a\r\n b\rc</pre>", "a\n b\nc"},
                 {"<pre>if (a &lt; b)", "if (a < b)"}, {"<textarea>\n a\n b</textarea>", " a\n b"},
                 {"<div><pre><div>a\n b", "a\n b"});
}

static void highlighted_code_keeps_it_too(void **state) {
    EXPECT_TEXTS(
        {"<pre><b>if</b> <i>a</i>\n  <b>b</b>\n\n<b>c</b>", "if a\n  b\n\nc"},
        {"<pre><code>  <b>a</b>\n</code></pre>", "  a"}, {"<p>x</p>\n\n <pre> <b>a</b>", "x /  a"},
        {"<pre><b>a</b>&#10;  <b>b</b>", "a\n  b"}, {"<pre><b>a</b><!-- - --> <b>b</b>", "a b"},
        {"<pre> <b>a</b>\r\n  <b>b</b>", " a\n  b"},
        {"<pre>x<script>y</script>  <b>z</b>", "x  z"});
}

static void line_breaks_of_code_are_as_many_as_its_br(void **state) {
    EXPECT_TEXTS({"<pre>a<br>  b<br><br>c</pre>", "a\n  b\n\nc"},
                 {"<pre><b>a</b><br>  <b>b</b>", "a\n  b"}, {"<pre><br> a<br></pre>", " a"});
}

/* ---- inline elements ------------------------------------------------------------------------- */

static void what_inline_elements_say_is_counted(void **state) {
    Sheet sheet;
    sheet_read(&sheet, *state,
               "<p>ab<a href=x>cde</a><b>f</b> <code>gh</code><a href=y><b>ij</b></a></p>"
               "<p>a<a>b</a></p><pre>a\n<b>b\n\n</b></pre>");
    const Page *page = sheet.document.page;
    const Markup *first = &page->markup[0], *second = &page->markup[1], *last = &page->markup[2];
    assert_string_equal(sheet_texts(&sheet), "abcdef ghij / ab / a\nb");
    assert_int_equal(first->link_bytes, 5);
    assert_int_equal(first->strong_bytes, 3);
    assert_int_equal(first->code_bytes, 3);
    assert_int_equal(first->links, 2);
    assert_false(first->is_verbatim);
    assert_int_equal(second->links, 0);
    assert_int_equal(second->inline_count, 1);
    assert_true(last->is_verbatim);
    sheet_done(&sheet);
}

static void runs_of_one_style_tile_a_block(void **state) {
    static const char *const pages[] = {
        "<p>a <b>b</b> <i>c<b>d</b></i><br><a href=x>e</a>f<p><code>g</code> h",
        "<p><b>a</b> <b>b</b><p>c <!-- --> d",
        "<pre> <b>a</b>\n <i>b</i>  \n\n</pre><pre>\n<b>x</b><i> \n</i></pre><p>y",
        "<p><b>&nbsp;</b>a<b>&nbsp;</b><i>b</i>",
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        Sheet sheet;
        sheet_read(&sheet, *state, pages[i]);
        const Document *document = &sheet.document;
        size_t number = 0;
        for (size_t block = 0; block < document->block_count; block++) {
            const Markup *markup = &document->page->markup[block];
            const Str text = document->blocks[block].text;
            size_t at = (size_t)(text.at - document->raw.at);
            assert_int_equal(markup->first_inline, number);
            for (size_t run = 0; run < markup->inline_count; run++, number++) {
                const Inline *it = &document->page->inlines[number];
                if (it->start != at || it->end <= at) fail_msg("a gap in %s", pages[i]);
                at = it->end;
            }
            assert_int_equal(at, (size_t)(text.at - document->raw.at) + text.len);
        }
        assert_int_equal(number, document->page->inline_count);
        sheet_done(&sheet);
    }
}

static void a_run_knows_its_link_and_its_style(void **state) {
    Sheet sheet;
    sheet_read(&sheet, *state, "<p>a<a href='b?c&amp;d'>e<b>f</b></a><i>g</i>");
    const Page *page = sheet.document.page;
    static const uint8_t styles[] = {0, 0, STYLE_STRONG, STYLE_EMPHASIS};
    static const uint32_t links[] = {0, 1, 1, 0};
    assert_int_equal(page->inline_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(page->inlines[i].style, styles[i]);
        assert_int_equal(page->inlines[i].link, links[i]);
    }
    assert_int_equal(page->markup[0].links, 1);
    assert_int_equal(page->link_count, 1);
    assert_int_equal(page->links[0].len, 5);
    assert_memory_equal(page->links[0].at, "b?c&d", 5);
    sheet_done(&sheet);
}

/* ---- where blocks stand ---------------------------------------------------------------------- */

static void expect_span(const Document *document, size_t block, Str bytes, const char *expected) {
    const Span span = document->blocks[block].span;
    const size_t start = (size_t)(span.start - document->offset), size = strlen(expected);
    if (span.end - span.start != size || memcmp(bytes.at + start, expected, size) != 0)
        fail_msg("block %zu is %.*s, not %s", block, (int)(span.end - span.start), bytes.at + start,
                 expected);
}

static void spans_lead_to_the_bytes_of_the_page(void **state) {
    static const char page[] =
        "<p> one <b>two</b> &amp;\n</p><p>\n three<br>four</p> <p>a<br><br> b </p>";
    static const char *const spans[] = {"one <b>two</b> &amp;", "three<br>four", "a", "b"};
    Sheet sheet;
    sheet_read(&sheet, *state, page);
    assert_int_equal(sheet.document.block_count, 4);
    for (size_t i = 0; i < 4; i++)
        expect_span(&sheet.document, i, (Str){sheet.bytes, sizeof page - 1}, spans[i]);
    sheet_done(&sheet);
}

static void spans_lead_through_another_charset(void **state) {
    static const char page[] =
        "<p>\xCF\xF0\xE8\xE2\xE5\xF2</p>\n<p> \xEC<b>\xE8</b>\xF0 &amp; </p>";
    static const char *const texts[] = {"Привет", "мир &"};
    static const char *const spans[] = {"\xCF\xF0\xE8\xE2\xE5\xF2", "\xEC<b>\xE8</b>\xF0 &amp;"};
    const Str bytes = {(const uint8_t *)page, sizeof page - 1};
    Arena arena;
    Decoded decoded;
    SegmentPage *opened;
    Document document = {.arena = &arena, .name = "test", .offset = 1000};
    arena_init(&arena, allocator_default());
    assert_int_equal(charset_decode(&decoded, &arena, bytes, "windows-1251", false), DECANT_OK);
    const SegmentSource source = {.bytes = bytes, .page = decoded.text, .map = &decoded.map};
    assert_int_equal(segment_page_open(&opened, &arena, &source), DECANT_OK);
    assert_int_equal(segment_page_next(opened, &document, *state, &no_lexicon), DECANT_OK);
    assert_int_equal(document.block_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(document.blocks[i].text.len, strlen(texts[i]));
        assert_memory_equal(document.blocks[i].text.at, texts[i], strlen(texts[i]));
        expect_span(&document, i, bytes, spans[i]);
    }
    arena_done(&arena);
}

static void the_raw_text_has_an_empty_line_between_blocks(void **state) {
    Sheet sheet;
    sheet_read(&sheet, *state, "<p>&nbsp;<p>a<p>&nbsp;<p>b<br>c<p>&nbsp;");
    const Document *document = &sheet.document;
    assert_int_equal(document->raw.len, 6);
    assert_memory_equal(document->raw.at, "a\n\nb\nc", 6);
    assert_int_equal(document->blocks[0].joint, JOINT_START);
    assert_int_equal(document->blocks[1].joint, JOINT_PARAGRAPH);
    assert_true(document->last_part);
    sheet_done(&sheet);
}

static void an_empty_page_is_a_last_part_without_blocks(void **state) {
    Sheet sheet;
    sheet_read(&sheet, *state, "");
    assert_int_equal(sheet.document.block_count, 0);
    assert_int_equal(sheet.document.raw.len, 0);
    assert_int_equal(sheet.document.page->element_count, 1);
    assert_true(sheet.document.last_part);
    sheet_done(&sheet);
}

/* ---- parts ----------------------------------------------------------------------------------- */

/* Paragraphs "0" "1" ..., every one of which that `skips` asks for says nothing. */
static char *write_paragraphs(size_t count, size_t skips) {
    char *page = malloc(count * 16 + 1), *at = page;
    assert_non_null(page);
    *at = '\0';
    for (size_t i = 0; i < count; i++)
        at += skips && i % skips == 0 ? sprintf(at, "<p>&nbsp;") : sprintf(at, "<p>%zu", i);
    return page;
}

static void many_blocks_make_parts(void **state) {
    enum { COUNT = 2 * SEGMENT_MAX_BLOCKS + 10 };
    char *page = write_paragraphs(COUNT, 0);
    Sheet sheet;
    sheet_read(&sheet, *state, page);
    Document *document = &sheet.document;
    size_t blocks = 0, parts = 1;
    for (;; parts++) {
        for (size_t i = 0; i < document->block_count; i++, blocks++) {
            char number[16];
            const int size = snprintf(number, sizeof number, "%zu", blocks);
            const Str text = document->blocks[i].text;
            if (text.len != (size_t)size || memcmp(text.at, number, text.len) != 0)
                fail_msg("block %zu of part %zu is %.*s", i, parts, (int)text.len, text.at);
        }
        if (document->last_part) break;
        assert_int_equal(document->block_count, SEGMENT_MAX_BLOCKS);
        *document = (Document){.arena = &sheet.arena, .name = "test"};
        assert_int_equal(segment_page_next(sheet.page, document, *state, &no_lexicon), DECANT_OK);
    }
    assert_int_equal(parts, 3);
    assert_int_equal(blocks, COUNT);
    sheet_done(&sheet);
    free(page);
}

static void what_says_nothing_counts_for_no_part(void **state) {
    char *page = write_paragraphs(SEGMENT_MAX_BLOCKS, 2);
    Sheet sheet;
    sheet_read(&sheet, *state, page);
    assert_int_equal(sheet.document.block_count, SEGMENT_MAX_BLOCKS / 2);
    assert_true(sheet.document.last_part);
    sheet_done(&sheet);
    free(page);
}

/* Reads a page as two documents' parts would be: all up to `cut`, then the rest. */
static void expect_broken(RuleSet *rules, const char *page, size_t cut, const char *texts) {
    Sheet first, second;
    char both[256];
    sheet_cut(&first, rules, page, cut, TAG_UNKNOWN, true);
    const size_t taken = first.end.taken;
    assert_true(taken > 0 && taken <= cut);
    sheet_cut(&second, rules, page + taken, strlen(page) - taken, first.end.raw, false);
    const char *rest = sheet_texts(&second);
    snprintf(both, sizeof both, "%s%s%s", sheet_texts(&first), *rest ? " / " : "", rest);
    if (strcmp(both, texts) != 0) fail_msg("cut at %zu of %s: %s", cut, page, both);
    sheet_done(&first);
    sheet_done(&second);
}

static void a_page_that_breaks_off_goes_on_in_the_next(void **state) {
    static const char page[] = "<p>one</p><!-- <p> --><p>two &amp; <b>three</b></p><p>four</p>";
    for (size_t cut = 10; cut < 26; cut++)
        expect_broken(*state, page, cut, "one / two & three / four");
    for (size_t cut = 52; cut < sizeof page; cut++)
        expect_broken(*state, page, cut, "one / two & three / four");
}

static void a_script_that_breaks_off_goes_on_as_one(void **state) {
    static const char page[] = "<p>one</p><script>if (a < b) '<p>no</p>'</script><p>two</p>";
    for (size_t cut = 10; cut < sizeof page; cut++) expect_broken(*state, page, cut, "one / two");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_between_tags_is_a_block),
        cmocka_unit_test(text_outside_of_the_body_is_a_block),
        cmocka_unit_test(references_are_decoded),
        cmocka_unit_test(white_space_collapses),
        cmocka_unit_test(signs_without_width_stand_between_signs_alone),
        cmocka_unit_test(controls_are_left_out),
        cmocka_unit_test(a_nul_is_left_out),
        cmocka_unit_test(inline_elements_leave_no_trace),
        cmocka_unit_test(white_space_between_inline_elements_is_never_lost),
        cmocka_unit_test(one_br_breaks_a_line_and_two_part_blocks),
        cmocka_unit_test(what_says_nothing_is_no_block),
        cmocka_unit_test(text_that_a_table_does_not_hold_stays_where_it_stood),
        cmocka_unit_test(a_bad_byte_is_a_replacement_character),
        cmocka_unit_test(code_keeps_its_white_space),
        cmocka_unit_test(highlighted_code_keeps_it_too),
        cmocka_unit_test(line_breaks_of_code_are_as_many_as_its_br),
        cmocka_unit_test(what_inline_elements_say_is_counted),
        cmocka_unit_test(runs_of_one_style_tile_a_block),
        cmocka_unit_test(a_run_knows_its_link_and_its_style),
        cmocka_unit_test(spans_lead_to_the_bytes_of_the_page),
        cmocka_unit_test(spans_lead_through_another_charset),
        cmocka_unit_test(the_raw_text_has_an_empty_line_between_blocks),
        cmocka_unit_test(an_empty_page_is_a_last_part_without_blocks),
        cmocka_unit_test(many_blocks_make_parts),
        cmocka_unit_test(what_says_nothing_counts_for_no_part),
        cmocka_unit_test(a_page_that_breaks_off_goes_on_in_the_next),
        cmocka_unit_test(a_script_that_breaks_off_goes_on_as_one),
    };
    return cmocka_run_group_tests_name("html", tests, set_up_rules, tear_down_rules);
}
