/* SPDX-License-Identifier: MIT
 * test_ledger.c - which white space goes with what is dropped, and that entries tile the text. */
#include "document/ledger.h"
#include "document/locate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

enum { MOST_BLOCKS = 64, TEXT_SIZE = 4096 };

/* A document by hand: blocks are runs of letters; upper case ones are dropped, X as teaser, else as
 * footer. */
typedef struct Case {
    Arena arena;
    Block blocks[MOST_BLOCKS];
    Document document;
    Ledger ledger;
} Case;

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void seal(Case *test, const char *text, size_t size, uint64_t offset, bool last) {
    memset(test, 0, sizeof *test);
    arena_init(&test->arena, allocator_default());
    test->document = (Document){.arena = &test->arena,
                                .raw = {(const uint8_t *)text, size},
                                .offset = offset,
                                .blocks = test->blocks,
                                .last_part = last};
    for (size_t at = 0; at < size;) {
        if (!is_letter(text[at])) {
            at++;
            continue;
        }
        size_t end = at + 1;
        while (end < size && text[end] == text[at]) end++;
        Block *block = &test->blocks[test->document.block_count++];
        block->text = (Str){(const uint8_t *)text + at, end - at};
        block->span = (Span){offset + at, offset + end};
        block->verdict.drop = text[at] < 'a';
        block->verdict.kind = text[at] == 'X'   ? DECANT_PROMO
                              : text[at] == 'T' ? DECANT_TEASER
                                                : DECANT_FOOTER;
        bool breaks = at && text[at - 1] == '\n';
        block->joint = breaks ? JOINT_LINE : JOINT_SENTENCE;
        at = end;
    }
    assert_int_equal(ledger_seal(&test->document, &test->ledger), DECANT_OK);
}

static void expect_part(const char *text, uint64_t offset, bool last, const char *kept) {
    Case test;
    char out[TEXT_SIZE] = "";
    seal(&test, text, strlen(text), offset, last);
    for (size_t i = 0; i < test.ledger.count; i++) {
        const Entry *entry = &test.ledger.entries[i];
        if (!entry->dropped)
            strncat(out, text + entry->span.start, (size_t)(entry->span.end - entry->span.start));
    }
    assert_string_equal(out, kept);
    arena_done(&test.arena);
}

static void expect(const char *text, const char *kept) {
    expect_part(text, 0, true, kept);
}

static void text_without_drops_stays_as_it_is(void **state) {
    (void)state;
    expect("", "");
    expect(" \n ", " \n ");
    expect("\n\n a b\r\n\r\nc  ", "\n\n a b\r\n\r\nc  ");
}

static void of_two_gaps_the_one_with_more_line_breaks_stays(void **state) {
    (void)state;
    expect("a\n\nX\nb\n", "a\n\nb\n");
    expect("a\nX\n\nb\n", "a\n\nb\n");
    expect("a X\nb\n", "a\nb\n");
    expect("a\r\nX\n\nb\n", "a\n\nb\n");
    expect("a\r\n\r\nX\nb\n", "a\r\n\r\nb\n");
    expect("a X\xE2\x80\xA9"
           "b\n",
           "a\xE2\x80\xA9"
           "b\n");
    expect("a X\fb\n", "a\fb\n");
}

static void of_two_equal_gaps_the_longer_one_else_the_first_stays(void **state) {
    (void)state;
    expect("a  X b\n", "a  b\n");
    expect("a X  b\n", "a  b\n");
    expect("a X\tb\n", "a b\n");
    expect("a\nX\rb\n", "a\nb\n");
}

static void what_was_fused_to_a_drop_keeps_the_other_gap(void **state) {
    (void)state;
    expect("aX\nb\n", "a\nb\n");
    expect("a\nXb\n", "a\nb\n");
    expect("aXb\n", "ab\n");
}

static void a_run_takes_the_gaps_within_it(void **state) {
    (void)state;
    expect("a\n\nX\n\n\n\nY X\nb\n", "a\n\nb\n");
}

static void at_the_end_the_last_line_break_stays(void **state) {
    (void)state;
    expect("a\n\nX\n", "a\n");
    expect("a\n\nX\n\nY\n", "a\n");
    expect("a\n\nX\r\n\r\n", "a\r\n\r\n");
    expect("a X\n", "a\n");
    expect("aX\n", "a\n");
}

static void at_an_end_without_line_break_the_text_ends_its_line(void **state) {
    (void)state;
    expect("a\n\nX", "a\n");
    expect("a\r\n\r\nX  ", "a\r\n");
    expect("a \n X", "a \n");
    expect("a X", "a");
    expect("aX ", "a ");
}

static void at_the_head_only_a_byte_order_mark_stays(void **state) {
    (void)state;
    expect("X\n\na\n", "a\n");
    expect("\n\n X\n\na\n", "a\n");
    expect("\xEF\xBB\xBFX\n\na\n", "\xEF\xBB\xBF"
                                   "a\n");
    expect("\xEF\xBB\xBF\n X\na\n", "\xEF\xBB\xBF"
                                    "a\n");
}

static void nothing_is_left_where_all_is_dropped(void **state) {
    (void)state;
    expect("X\n\nY\n", "");
    expect("\xEF\xBB\xBFX\n", "\xEF\xBB\xBF");
}

static void borders_of_parts_are_gaps_like_any_other(void **state) {
    (void)state;
    expect_part("a\n\nX\n", 0, false, "a\n\n");
    expect_part("a\nX\n\n", 0, false, "a\n\n");
    expect_part("X\n\na\n", 10, true, "\n\na\n");
    expect_part("X\n\nY\n\n", 10, false, "\n\n");
    expect_part("X\n", 10, true, "\n");
}

static void a_run_has_an_entry_for_each_kind_in_turn(void **state) {
    (void)state;
    Case test;
    const char *text = "a\n\nX X\nY\n\nX\nb\n";
    seal(&test, text, strlen(text), 0, true);
    assert_int_equal(test.ledger.count, 5);
    const Entry *entries = test.ledger.entries;
    assert_true(!entries[0].dropped && !entries[4].dropped);
    assert_int_equal(entries[1].first, 1);
    assert_int_equal(entries[1].last, 3);
    assert_int_equal(entries[2].first, 3);
    assert_int_equal(entries[2].span.start, 7);
    assert_int_equal(entries[2].span.end, 10);
    assert_int_equal(entries[3].last, 5);
    arena_done(&test.arena);
}

static void every_teaser_on_a_line_of_its_own_is_an_entry(void **state) {
    (void)state;
    Case test;
    const char *text = "a\nT T\nT\n";
    seal(&test, text, strlen(text), 0, true);
    assert_int_equal(test.ledger.count, 4);
    assert_int_equal(test.ledger.entries[1].first, 1);
    assert_int_equal(test.ledger.entries[1].last, 3);
    assert_int_equal(test.ledger.entries[2].last, 4);
    arena_done(&test.arena);
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Blocks and white space by chance. Returns the bytes written. */
static size_t make_text(uint32_t *seed, char *text) {
    static const char *const spaces[] = {"",     " ",  "\n",   "\n\n", "\r\n",    "\r",
                                         "\t  ", "\f", " \n ", "\v",   "\r\n\r\n"};
    static const char letters[] = "abcXTZ";
    size_t size = 0, blocks = next_random(seed) % 12;
    if (next_random(seed) % 8 == 0) size = (size_t)sprintf(text, "\xEF\xBB\xBF");
    for (size_t i = 0; i <= blocks; i++) {
        size += (size_t)sprintf(text + size, "%s", spaces[next_random(seed) % 11]);
        if (i == blocks) break;
        char letter = letters[next_random(seed) % 6];
        for (uint32_t n = next_random(seed) % 3 + 1; n; n--) text[size++] = letter;
    }
    return size;
}

static void expect_tiling(const Case *test, size_t size) {
    uint64_t at = 0;
    size_t drops = 0, blocks = 0;
    for (size_t i = 0; i < test->ledger.count; i++) {
        const Entry *entry = &test->ledger.entries[i];
        assert_int_equal(entry->span.start, at);
        assert_true(entry->span.end > at);
        at = entry->span.end;
        if (!entry->dropped) continue;
        for (size_t b = entry->first; b < entry->last; b++, drops++) {
            assert_true(test->blocks[b].verdict.drop);
            assert_true(test->blocks[b].span.start >= entry->span.start + test->document.offset);
            assert_true(test->blocks[b].span.end <= entry->span.end + test->document.offset);
        }
    }
    for (size_t b = 0; b < test->document.block_count; b++) blocks += test->blocks[b].verdict.drop;
    assert_int_equal(at, size);
    assert_int_equal(drops, blocks);
}

static void entries_tile_any_text_under_any_verdicts(void **state) {
    (void)state;
    uint32_t seed = 20250228;
    for (int round = 0; round < 20000; round++) {
        Case test;
        char text[TEXT_SIZE];
        size_t size = make_text(&seed, text);
        seal(&test, text, size, round % 3 == 0 ? 100 : 0, round % 5 != 0);
        expect_tiling(&test, size);
        arena_done(&test.arena);
    }
}

/* Lines counted the slow way. */
static void expect_place(const Locator *locator, const char *text, size_t at) {
    uint64_t line = 1, start = 0;
    for (size_t i = 0; i < at; i++) {
        bool pair = text[i] == '\n' && i && text[i - 1] == '\r';
        if (text[i] != '\n' && text[i] != '\r') continue;
        line += !pair;
        start = i + 1;
    }
    assert_int_equal(locate_line(locator), line);
    assert_int_equal(locate_column(locator), at - start + 1);
}

static void lines_and_columns_hold_for_any_line_ends_and_steps(void **state) {
    (void)state;
    static const char signs[] = "\n\r\r\nab";
    uint32_t seed = 7;
    for (int round = 0; round < 5000; round++) {
        char text[24];
        Locator locator = {0};
        for (size_t i = 0; i < sizeof text; i++) text[i] = signs[next_random(&seed) % 6];
        for (size_t at = 0; at < sizeof text;) {
            size_t step = next_random(&seed) % (sizeof text - at + 1);
            locate_advance(&locator, (const uint8_t *)text + at, step);
            at += step;
            expect_place(&locator, text, at);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_without_drops_stays_as_it_is),
        cmocka_unit_test(of_two_gaps_the_one_with_more_line_breaks_stays),
        cmocka_unit_test(of_two_equal_gaps_the_longer_one_else_the_first_stays),
        cmocka_unit_test(what_was_fused_to_a_drop_keeps_the_other_gap),
        cmocka_unit_test(a_run_takes_the_gaps_within_it),
        cmocka_unit_test(at_the_end_the_last_line_break_stays),
        cmocka_unit_test(at_an_end_without_line_break_the_text_ends_its_line),
        cmocka_unit_test(at_the_head_only_a_byte_order_mark_stays),
        cmocka_unit_test(nothing_is_left_where_all_is_dropped),
        cmocka_unit_test(borders_of_parts_are_gaps_like_any_other),
        cmocka_unit_test(a_run_has_an_entry_for_each_kind_in_turn),
        cmocka_unit_test(every_teaser_on_a_line_of_its_own_is_an_entry),
        cmocka_unit_test(entries_tile_any_text_under_any_verdicts),
        cmocka_unit_test(lines_and_columns_hold_for_any_line_ends_and_steps),
    };
    return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
