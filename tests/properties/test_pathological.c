/* SPDX-License-Identifier: MIT
 * test_pathological.c - generated texts that break what is quadratic or deep: they must finish and
 * be tiled. Times of a size and of twice that size are printed, never asserted. */
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

enum { MEGABYTE = 1 << 20 };

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
