/* SPDX-License-Identifier: MIT
 * test_names.c - where names of elements lean, by a lexicon made by hand and against a walk up from
 * each block. */
#include "verdict/names.h"

#include "forge.h"
#include "language/words.h"
#include "part.h"
#include "refusing.h"
#include "sheet.h"
#include "verdict/lean.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

/* Rows are 256 a unit of log-odds, leans of a lexicon 16. */
enum { UNIT = 256, LEXICON_UNIT = 16 };

/* ---- helpers --------------------------------------------------------------------------------- */

typedef struct Subject {
    Sheet sheet;
    Lexicon lexicon;
    NamesRow *rows;
} Subject;

static void put_name(Forge *forge, const char *word, int own, int near, int far, int root) {
    forge_put(forge, (int32_t)word_hash(word));
    forge_put(forge, (int32_t)((uint8_t)own | (uint32_t)(uint8_t)near << 8 |
                               (uint32_t)(uint8_t)far << 16 | (uint32_t)(uint8_t)root << 24));
}

/* "one" leans by a unit in each ring, "two" by twice as much to the text, "none" nowhere. */
static void read_lexicon(Lexicon *ret, Arena *arena) {
    Forge forge = {.count = 0};
    const int one = LEXICON_UNIT, two = -2 * LEXICON_UNIT;
    forge_put(&forge, 0);
    put_name(&forge, "one", one, one, one, one);
    put_name(&forge, "two", two, two, two, two);
    put_name(&forge, "none", 0, 0, 0, 0);
    assert_int_equal(lexicon_read(ret, arena, forge.words, forge.count), DECANT_OK);
}

static void open_subject(Subject *ret, void **state, const char *page) {
    sheet_judge(&ret->sheet, *state, page);
    read_lexicon(&ret->lexicon, &ret->sheet.arena);
    ret->rows = names_measure(&ret->sheet.document, &ret->lexicon);
    assert_non_null(ret->rows);
}

static void expect(void **state, const char *page, int block, int own, int near, int far,
                   int root) {
    Subject subject;
    open_subject(&subject, state, page);
    const int16_t *row = subject.rows[block];
    const int wanted[] = {own, near, far, root, own + near + far + root};
    for (int i = 0; i < PAGE_NAMES_COUNT; i++)
        if (row[i] != wanted[i])
            fail_msg("%s: block %d has %d in ring %d, not %d", page, block, row[i], i, wanted[i]);
    sheet_done(&subject.sheet);
}

/* ---- rings ----------------------------------------------------------------------------------- */

static void a_block_has_four_rings(void **state) {
    expect(state, "<html><body><div><div><div><p class=one>x", 0, UNIT, 0, 0, 0);
    expect(state, "<html><body><div><div><div class=one><p>x", 0, 0, UNIT, 0, 0);
    expect(state, "<html><body><div><div class=one><div><p>x", 0, 0, UNIT, 0, 0);
    expect(state, "<html><body><div class=one><div><div><p>x", 0, 0, 0, UNIT, 0);
    expect(state, "<html><body class=one><div><div><div><p>x", 0, 0, 0, 0, UNIT);
    expect(state, "<html class=one><body><div><div><div><p>x", 0, 0, 0, 0, UNIT);
}

static void what_is_outermost_is_not_near(void **state) {
    expect(state, "<body class=one><p>x", 0, 0, 0, 0, UNIT);
    expect(state, "<body class=one>x", 0, UNIT, 0, 0, 0);
}

static void inline_elements_around_a_block_are_its_own(void **state) {
    expect(state, "<p><span class=one>x</span>", 0, UNIT, 0, 0, 0);
    expect(state, "<p><a class=one><b><i>x</i></b></a>", 0, UNIT, 0, 0, 0);
    expect(state, "<p><b class=one>x</b> y", 0, UNIT, 0, 0, 0);
    expect(state, "<p>x <b class=one>y</b>", 0, 0, 0, 0, 0);
    expect(state, "<p><b class=one>x</b><p>y", 1, 0, 0, 0, 0);
}

static void every_attribute_that_names_counts(void **state) {
    expect(state, "<p id=one>x", 0, UNIT, 0, 0, 0);
    expect(state, "<p itemprop=one>x", 0, UNIT, 0, 0, 0);
    expect(state, "<p role=one>x", 0, UNIT, 0, 0, 0);
    expect(state, "<p title=one>x", 0, 0, 0, 0, 0);
}

static void elements_beside_have_no_say(void **state) {
    const char *page = "<div class=one><p>x</p></div><div class=two><p>y</div><div><p>z";
    expect(state, page, 0, 0, UNIT, 0, 0);
    expect(state, page, 1, 0, -2 * UNIT, 0, 0);
    expect(state, page, 2, 0, 0, 0, 0);
}

/* ---- sums ------------------------------------------------------------------------------------ */

static void names_lean_together_over_the_root_of_how_many_are_known(void **state) {
    expect(state, "<p class='one two'>x", 0, -UNIT * 16 / 22, 0, 0,
           0); /* the root of two, in sixteenths */
    expect(state, "<p class='one none'>x", 0, UNIT * 16 / 22, 0, 0, 0);
    expect(state, "<p class='one other'>x", 0, UNIT, 0, 0, 0);
}

static void a_name_counts_once_in_a_ring(void **state) {
    expect(state, "<p class='one one-one'>x", 0, UNIT, 0, 0, 0);
    expect(state, "<p class=one><b id=one>x</b>", 0, UNIT, 0, 0, 0);
    expect(state, "<div class=one><div class=one><p>x", 0, 0, UNIT, 0, 0);
    expect(state, "<div class=one><div class=one><div><div><p>x", 0, 0, 0, UNIT, 0);
    expect(state, "<div class=one><div><div class=one><p class=one>x", 0, UNIT, UNIT, UNIT, 0);
}

static void the_lexicons_own_lean_is_in_the_sum_alone(void **state) {
    Subject subject;
    open_subject(&subject, state, "<p class=one>x");
    subject.lexicon.lean = 2048;
    NamesRow *rows = names_measure(&subject.sheet.document, &subject.lexicon);
    assert_non_null(rows);
    assert_int_equal(rows[0][PAGE_NAMES_OWN], UNIT);
    assert_int_equal(rows[0][PAGE_NAMES_ALL], 3 * UNIT);
    sheet_done(&subject.sheet);
}

static void without_a_lexicon_nothing_leans(void **state) {
    const Lexicon empty = {0};
    Sheet sheet;
    sheet_judge(&sheet, *state, "<div class=one><p class=two>x");
    NamesRow *rows = names_measure(&sheet.document, &empty);
    assert_non_null(rows);
    for (int i = 0; i < PAGE_NAMES_COUNT; i++) assert_int_equal(rows[0][i], 0);
    sheet_done(&sheet);
}

/* ---- against a walk up ----------------------------------------------------------------------- */

/* Elements within elements, some named, as a seed has them. */
static size_t write_page(char *page, size_t size, uint32_t seed) {
    static const char *const classes[] = {"", " class=one", " class=two",
                                          " id=none class='two one'"};
    size_t at = 0, depth = 0;
    while (at + 128 < size) {
        seed = seed * 1664525u + 1013904223u;
        const uint32_t draw = seed >> 20;
        const char *class = classes[draw % 4];
        if (draw / 4 % 3 && depth < 12) {
            at += (size_t)snprintf(page + at, size - at, "<div%s>", class);
            depth++;
        } else if (depth) {
            at += (size_t)snprintf(page + at, size - at, "<p%s><b%s>x</b></p></div>", class,
                                   classes[draw / 16 % 4]);
            depth--;
        }
    }
    return at;
}

typedef struct Sum {
    uint32_t met[8];
    int count, lean;
} Sum;

static void add_names(Sum *sum, const Lexicon *lexicon, const Naming *naming, int use) {
    for (uint32_t i = 0; i < naming->count; i++) {
        const uint32_t entry = lexicon_entry(lexicon, naming->names[i]);
        bool is_new = entry != LEXICON_NO_ENTRY;
        for (int k = 0; k < sum->count; k++) is_new &= sum->met[k] != entry;
        if (!is_new) continue;
        sum->met[sum->count++] = entry;
        sum->lean += lexicon_lean(lexicon, entry, (LexiconUse)use);
    }
}

static void expect_walk_up(const Subject *subject, size_t block) {
    const Page *page = subject->sheet.document.page;
    const Markup *markup = &page->markup[block];
    Sum sums[PAGE_NAMES_RINGS] = {0};
    for (const InlineElement *at = markup->around; at; at = at->outer)
        add_names(&sums[PAGE_NAMES_OWN], &subject->lexicon, &at->naming, PAGE_NAMES_OWN);
    uint32_t element = markup->element;
    for (int levels = 0;; levels++, element = page->elements[element].parent) {
        const int use = levels == 0                          ? PAGE_NAMES_OWN
                        : page->elements[element].depth <= 1 ? PAGE_NAMES_ROOT
                        : levels <= 2                        ? PAGE_NAMES_NEAR
                                                             : PAGE_NAMES_FAR;
        add_names(&sums[use], &subject->lexicon, &page->elements[element].naming, use);
        if (!element) break;
    }
    for (int use = 0; use < PAGE_NAMES_RINGS; use++)
        assert_int_equal(subject->rows[block][use], lean_of(sums[use].lean, sums[use].count) / 4);
}

static void rings_are_what_a_walk_up_from_each_block_finds(void **state) {
    char page[8192];
    for (uint32_t seed = 1; seed <= 20; seed++) {
        Subject subject;
        write_page(page, sizeof page, seed);
        open_subject(&subject, state, page);
        assert_true(subject.sheet.document.block_count > 50);
        for (size_t i = 0; i < subject.sheet.document.block_count; i++) expect_walk_up(&subject, i);
        sheet_done(&subject.sheet);
    }
}

static void elements_nest_as_deep_as_they_like(void **state) {
    enum { DEEP = 400 };
    static char page[DEEP * 16 + 64];
    Subject subject;
    page[0] = 0;
    for (int i = 0; i < DEEP; i++) strcat(page, "<div class=one>");
    strcat(page, "x");
    open_subject(&subject, state, page);
    assert_int_equal(subject.rows[0][PAGE_NAMES_OWN], UNIT);
    assert_int_equal(subject.rows[0][PAGE_NAMES_NEAR], 0); /* too deep */
    assert_int_equal(subject.rows[0][PAGE_NAMES_FAR], UNIT);
    sheet_done(&subject.sheet);
}

static void refused_memory_is_told(void **state) {
    Subject subject;
    open_subject(&subject, state, "<p class=one>x");
    Arena arena;
    arena_init(&arena, &refusing);
    subject.sheet.document.arena = &arena;
    assert_null(names_measure(&subject.sheet.document, &subject.lexicon));
    sheet_done(&subject.sheet);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_has_four_rings),
        cmocka_unit_test(what_is_outermost_is_not_near),
        cmocka_unit_test(inline_elements_around_a_block_are_its_own),
        cmocka_unit_test(every_attribute_that_names_counts),
        cmocka_unit_test(elements_beside_have_no_say),
        cmocka_unit_test(names_lean_together_over_the_root_of_how_many_are_known),
        cmocka_unit_test(a_name_counts_once_in_a_ring),
        cmocka_unit_test(the_lexicons_own_lean_is_in_the_sum_alone),
        cmocka_unit_test(without_a_lexicon_nothing_leans),
        cmocka_unit_test(rings_are_what_a_walk_up_from_each_block_finds),
        cmocka_unit_test(elements_nest_as_deep_as_they_like),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("names", tests, set_up_rules, tear_down_rules);
}
