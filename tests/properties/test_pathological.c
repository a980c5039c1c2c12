/* SPDX-License-Identifier: MIT
 * test_pathological.c - generated texts and pages that break what is quadratic or deep: they must
 * finish and be accounted for, and where pages are capped, a note has to tell. Times are printed;
 * of pages those are asserted that only what is quadratic takes. */
#include "runner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MEGABYTE = 1 << 20, MOST_SECONDS = 20 };

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* `size` bytes of `piece` over and over. */
static uint8_t *repeated(const char *piece, size_t size) {
    size_t length = strlen(piece);
    uint8_t *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < size; i++) text[i] = (uint8_t)piece[i % length];
    return text;
}

static double run(uint8_t *text, size_t size, Chunks chunks) {
    Runner runner;
    runner_open(&runner, NULL);
    double start = seconds();
    const char *problem = runner_run(&runner, text, size, chunks);
    double spent = seconds() - start;
    if (problem) fail_msg("%s", problem);
    runner_close(&runner);
    free(text);
    return spent;
}

static void repeat(const char *piece, size_t size) {
    double once = run(repeated(piece, size), size, (Chunks){0});
    double twice = run(repeated(piece, size * 2), size * 2, (Chunks){0});
    print_message("# %zu KB took %.2f s, twice as much %.2f s\n", size >> 10, once, twice);
}

static void one_line_of_ten_megabytes(void **state) {
    (void)state;
    size_t size = (size_t)10 * MEGABYTE;
    run(repeated("The harbour board met on Tuesday and agreed, after an hour, to meet again. ",
                 size),
        size, (Chunks){1, 65536, 1});
}

static void one_word_of_ten_megabytes(void **state) {
    (void)state;
    size_t size = (size_t)10 * MEGABYTE;
    run(repeated("a", size), size, (Chunks){0});
}

static void ten_megabytes_of_line_ends(void **state) {
    (void)state;
    size_t size = (size_t)10 * MEGABYTE;
    run(repeated("\n", size), size, (Chunks){1, 65536, 1});
}

static void line_ends_of_all_sorts(void **state) {
    (void)state;
    repeat("\r\n\n\r\r\n\f\v", (size_t)5 * MEGABYTE);
}

static void one_letter_words(void **state) {
    (void)state;
    repeat("a ", (size_t)5 * MEGABYTE);
}

static void full_stops_between_spaces(void **state) {
    (void)state;
    repeat(". ", (size_t)5 * MEGABYTE);
}

static void sentences_of_one_letter(void **state) {
    (void)state;
    repeat("A. b! C? ", MEGABYTE / 4);
}

static void a_million_lines_of_one_letter(void **state) {
    (void)state;
    repeat("a\n", MEGABYTE);
}

static void two_hundred_thousand_equal_lines(void **state) {
    (void)state;
    size_t size = (size_t)200000 * 24;
    run(repeated("Read more about the sea\n", size), size, (Chunks){0});
}

static void lines_that_are_each_others_beginnings(void **state) {
    (void)state;
    size_t size = 0, most = 2 * MEGABYTE;
    uint8_t *text = malloc(most);
    assert_non_null(text);
    for (size_t width = 1; size + width + 1 <= most; width++) {
        memset(text + size, 'x', width);
        text[size + width] = '\n';
        size += width + 1;
    }
    run(text, size, (Chunks){0});
}

static void lines_that_are_all_different(void **state) {
    (void)state;
    size_t size = 0, most = 2 * MEGABYTE;
    char *text = malloc(most);
    assert_non_null(text);
    for (unsigned number = 0; size + 64 < most; number++)
        size += (size_t)snprintf(text + size, 64, "Word%u and name%u met.\n", number * 7919u,
                                 number * 104729u);
    run((uint8_t *)text, size, (Chunks){0});
}

static void open_brackets(void **state) {
    (void)state;
    repeat("([{<\"'", MEGABYTE);
}

static void punctuation_without_end(void **state) {
    (void)state;
    repeat("!?.,;:-...", MEGABYTE);
}

static void fused_words(void **state) {
    (void)state;
    repeat("sustainable.American Share ArticleCopy linkPrevious PostDay ", MEGABYTE);
}

static void addresses_without_a_space(void **state) {
    (void)state;
    repeat("http://www.example.com/a.B@c.D/", MEGABYTE);
}

static void combining_marks(void **state) {
    (void)state;
    repeat("\xCC\x81", MEGABYTE);
}

static void emoji(void **state) {
    (void)state;
    repeat("\xF0\x9F\x98\x80\xE2\x80\x8D", MEGABYTE);
}

static void chinese_without_a_stop(void **state) {
    (void)state;
    repeat("\xE4\xB8\x80\xE6\x9D\xA1\xE8\x80\x81\xE6\xB2\xB3", MEGABYTE);
}

static void bytes_that_are_no_text(void **state) {
    (void)state;
    repeat("\xFF\x80\xC3\xE2\x80\xF0\x9F\x01\x1B", MEGABYTE);
}

static void phrases_that_rules_look_for(void **state) {
    (void)state;
    repeat("All rights reserved. Share this article, read more, subscribe to our newsletter, "
           "sign up, privacy policy, 3 comments, by the author, 5 min read, ",
           MEGABYTE);
}

static void digits_and_dates(void **state) {
    (void)state;
    repeat("12:45 3 March 2024 | 1.234,56 ", MEGABYTE);
}

/* ---- pages ----------------------------------------------------------------------------------- */

/* A piece of markup over and over, between what stands before and after it. */
typedef struct Flood {
    const char *before, *piece;
    size_t count;
    const char *after;
    bool is_deep; /* deeper than elements may be nested, which has to be noted */
} Flood;

static uint8_t *page_of(const Flood *flood, size_t *ret_size) {
    const char *doctype = "<!doctype html>", *after = flood->after ? flood->after : "";
    const size_t before = strlen(doctype) + strlen(flood->before), size = strlen(flood->piece);
    char *page = malloc(before + size * flood->count + strlen(after) + 1);
    assert_non_null(page);
    sprintf(page, "%s%s", doctype, flood->before);
    for (size_t i = 0; i < flood->count; i++) memcpy(page + before + i * size, flood->piece, size);
    strcpy(page + before + flood->count * size, after);
    *ret_size = before + flood->count * size + strlen(after);
    return (uint8_t *)page;
}

static bool has_note(const Runner *runner, decant_note_code code) {
    for (size_t i = 0; i < runner->count; i++)
        if (runner->events[i].what == 'n' && runner->events[i].kind == (int)code) return true;
    return false;
}

static void flood(const Flood *floods, size_t count) {
    decant_options options = DECANT_OPTIONS_INIT;
    options.from = DECANT_HTML;
    for (size_t i = 0; i < count; i++) {
        Runner runner;
        size_t size;
        uint8_t *page = page_of(&floods[i], &size);
        runner_open(&runner, &options);
        const double start = seconds();
        const char *problem = runner_run(&runner, page, size, (Chunks){0});
        const double spent = seconds() - start;
        print_message("# %zu x %s%.40s: %zu KB took %.2f s%s\n", floods[i].count, floods[i].before,
                      floods[i].piece, size >> 10, spent,
                      has_note(&runner, DECANT_NOTE_TREE) ? ", without a tree" : "");
        if (problem) fail_msg("%s", problem);
        assert_int_equal(has_note(&runner, DECANT_NOTE_NESTING), floods[i].is_deep);
        assert_true(spent < MOST_SECONDS);
        runner_close(&runner);
        free(page);
    }
}

#define FLOOD(floods) flood(floods, sizeof floods / sizeof *floods)

static void elements_without_end(void **state) {
    (void)state;
    static const Flood floods[] = {
        {"", "<div>", 100000, "x", true},      {"", "<dl><dd>", 30000, "x", true},
        {"", "<ul><li>x", 30000, NULL, true},  {"", "<blockquote>x", 30000, NULL, true},
        {"", "<p>", 1000000, "x", false},      {"", "<template>x", 30000, NULL, true},
        {"", "<button>x", 30000, NULL, false}, {"", "<form>x", 30000, NULL, false},
        {"", "<unknown>x", 30000, NULL, true}, {"", "<frameset>", 100000, "x", true},
    };
    FLOOD(floods);
}

static void inline_elements_without_end(void **state) {
    (void)state;
    static const Flood floods[] = {
        {"", "<b>x", 100000, NULL, false},
        {"", "<a>", 100000, "x", false},
        {"", "<a href=b><div>x", 30000, NULL, true},
        {"", "<b><p>x", 30000, NULL, false},
        {"<b><i><u><s><tt><em><strong>", "<p>x", 30000, NULL, false},
        {"", "<font color=red><font color=blue>x", 30000, NULL, false},
        {"", "<nobr>x", 30000, NULL, false},
        {"", "x<br>", 500000, NULL, false},
    };
    FLOOD(floods);
}

static void ends_of_nothing(void **state) {
    (void)state;
    static const Flood floods[] = {
        {"x", "</b>", 1000000, NULL, false},  {"x", "</p>", 300000, NULL, false},
        {"x", "</br>", 300000, NULL, false},  {"<table><td>x", "</tr>", 300000, NULL, false},
        {"x", "</div>", 300000, NULL, false},
    };
    FLOOD(floods);
}

static void tables_in_tables(void **state) {
    (void)state;
    static const Flood floods[] = {
        {"", "<table>", 100000, "x", true},
        {"", "<table><tr><td>x", 30000, NULL, true},
        {"", "<table><b>x", 30000, NULL, true},
        {"", "<table>x<tr>", 30000, NULL, true},
        {"<table>", "<tr><td>a cell of six short words", 30000, NULL, false},
        {"<table><tr>", "<td>a cell of six short words", 30000, NULL, false},
        {"", "<table><tr><td colspan=9007199254740992 rowspan=9007199254740992>x<td>y</table>",
         1000, NULL, false},
        {"<select>", "<optgroup><option>x", 30000, NULL, false},
    };
    FLOOD(floods);
}

static void drawings_and_formulas(void **state) {
    (void)state;
    static const Flood floods[] = {
        {"", "<svg>", 100000, "x", true},
        {"", "<math>", 100000, "x", true},
        {"", "<svg><math>x", 50000, NULL, true},
        {"", "<svg><foreignObject><p>x", 30000, NULL, true},
        {"", "<math><mi>", 100000, "x", true},
        {"", "<math><annotation-xml encoding=text/html><div>x", 30000, NULL, true},
        {"<svg>", "<![CDATA[", 300000, NULL, false},
        {"<p>x<svg>", "<![CDATA[x]]>", 300000, "</svg>", false},
        {"x", "<![CDATA[", 300000, NULL, false},
    };
    FLOOD(floods);
}

static void tags_that_are_long(void **state) {
    (void)state;
    static const Flood floods[] = {
        {"<p ", "a=b ", 100000, ">x", false},
        {"<p ", "class=nav ", 100000, ">x", false},
        {"<p class='", "comment ", MEGABYTE, "'>x", false},
        {"<p style='", "display:none;", 600000, "'>x", false},
        {"<a href='", "aaaaaaaa", MEGABYTE, "'>x</a>", false},
        {"<", "xxxxxxxx", MEGABYTE, ">x", false},
    };
    FLOOD(floods);
}

static void what_is_never_closed(void **state) {
    (void)state;
    static const Flood floods[] = {
        {"<p>x<!--", "x <p>", MEGABYTE / 2, NULL, false},
        {"<p>x", "<!-->", MEGABYTE / 2, NULL, false},
        {"<p>x", "<!", MEGABYTE, NULL, false},
        {"<p>x<script>", "x<", MEGABYTE, NULL, false},
        {"<p>x<script>", "<!--<script>", MEGABYTE / 8, NULL, false},
        {"<p>x<script>", "</script", MEGABYTE / 8, NULL, false},
        {"<title>", "x<p>", MEGABYTE, NULL, false},
        {"<textarea>", "x<p>", MEGABYTE, NULL, false},
        {"<p>x", "<p a=\"'>", MEGABYTE / 8, NULL, false},
        {"<p>x", "<a ", MEGABYTE, NULL, false},
        {"<p>x", "<", 4 * MEGABYTE, NULL, false},
    };
    FLOOD(floods);
}

static void references_and_blanks(void **state) {
    (void)state;
    static const Flood floods[] = {
        {"<p>", "&", MEGABYTE, NULL, false},
        {"<p>", "&amp", MEGABYTE, NULL, false},
        {"<p>", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", MEGABYTE / 8, NULL, false},
        {"<p>", "&CounterClockwiseContourIntegra", MEGABYTE / 8, NULL, false},
        {"<p>&#", "9", 4 * MEGABYTE, ";", false},
        {"<p>", "&#x41;", MEGABYTE / 2, NULL, false},
        {"<p>x", " ", 8 * MEGABYTE, "x", false},
        {"<pre>x", "<span>x</span> ", 100000, NULL, false},
        {"<p>", "\xFF\x80\xC3", MEGABYTE / 2, NULL, false},
    };
    FLOOD(floods);
}

static void what_a_page_says_of_itself(void **state) {
    (void)state;
    static const Flood floods[] = {
        {"<p>x", "<meta property=article:author content=x>", 30000, NULL, false},
        {"<p>x<script type=application/ld+json>", "[", MEGABYTE, "</script>", false},
        {"<p>x<script type=application/ld+json>", "{\"author\":", MEGABYTE / 8, "</script>", false},
        {"<p>x", "<script type=application/ld+json>{\"author\":{\"name\":\"x\"}}</script>", 20000,
         NULL, false},
        {"<p>x<script type=application/ld+json>{\"headline\":\"", "\\u0041", MEGABYTE / 2,
         "\"}</script>", false},
        {"<p>x", "<title>x</title>", 100000, NULL, false},
    };
    FLOOD(floods);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_of_ten_megabytes),
        cmocka_unit_test(one_word_of_ten_megabytes),
        cmocka_unit_test(ten_megabytes_of_line_ends),
        cmocka_unit_test(line_ends_of_all_sorts),
        cmocka_unit_test(one_letter_words),
        cmocka_unit_test(full_stops_between_spaces),
        cmocka_unit_test(sentences_of_one_letter),
        cmocka_unit_test(a_million_lines_of_one_letter),
        cmocka_unit_test(two_hundred_thousand_equal_lines),
        cmocka_unit_test(lines_that_are_each_others_beginnings),
        cmocka_unit_test(lines_that_are_all_different),
        cmocka_unit_test(open_brackets),
        cmocka_unit_test(punctuation_without_end),
        cmocka_unit_test(fused_words),
        cmocka_unit_test(addresses_without_a_space),
        cmocka_unit_test(combining_marks),
        cmocka_unit_test(emoji),
        cmocka_unit_test(chinese_without_a_stop),
        cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(phrases_that_rules_look_for),
        cmocka_unit_test(digits_and_dates),
        cmocka_unit_test(elements_without_end),
        cmocka_unit_test(inline_elements_without_end),
        cmocka_unit_test(ends_of_nothing),
        cmocka_unit_test(tables_in_tables),
        cmocka_unit_test(drawings_and_formulas),
        cmocka_unit_test(tags_that_are_long),
        cmocka_unit_test(what_is_never_closed),
        cmocka_unit_test(references_and_blanks),
        cmocka_unit_test(what_a_page_says_of_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
