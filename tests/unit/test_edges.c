/* SPDX-License-Identifier: MIT
 * test_edges.c - which borders are scored, and the best ways over them against all there are. */
#include "verdict/edges.h"

#include "numbers.h"
#include "refusing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT = 1024, FAR = -7 * UNIT, MOST_BLOCKS = 10 };

/* Blocks, and what a way earns by what happens at the border before each. */
typedef struct Chain {
    int32_t scores[MOST_BLOCKS];
    size_t count;
    int32_t earns[EDGE_COUNT][MOST_BLOCKS];
} Chain;

static decant_status settle(const Chain *chain, int32_t threshold, int32_t share,
                            const decant_allocator *allocator, bool *asked, int32_t *ret_over) {
    Settled settled = {threshold, chain->scores, ret_over};
    Arena arena;
    Column column;
    Block blocks[MOST_BLOCKS] = {0};
    Forest forests[EDGE_COUNT];
    arena_init(&arena, allocator_default());
    for (int edge = 0; edge < EDGE_COUNT; edge++)
        forests[edge] = numbers_forest(chain->earns[edge], MOST_BLOCKS, &arena);
    memset(asked, 0, MOST_BLOCKS * sizeof *asked);
    Batch batch = numbers_batch(&column, asked);
    Arena own;
    arena_init(&own, allocator);
    const Document document = {.arena = &own, .blocks = blocks, .block_count = chain->count};
    const decant_status status = edges_settle(&document, &batch, forests, share, &settled);
    arena_done(&own);
    arena_done(&arena);
    return status;
}

static void expect_over(const Chain *chain, int32_t threshold, int32_t share,
                        const int32_t *expected) {
    bool asked[MOST_BLOCKS];
    int32_t over[MOST_BLOCKS];
    assert_int_equal(settle(chain, threshold, share, allocator_default(), asked, over), DECANT_OK);
    for (size_t i = 0; i < chain->count; i++)
        if (over[i] != expected[i])
            fail_msg("block %zu is over by %d, not %d", i, over[i], expected[i]);
}

/* ---- ways ------------------------------------------------------------------------------------ */

static bool is_open(const Chain *chain, size_t i) {
    const int32_t a = chain->scores[i - 1], b = chain->scores[i];
    return (a > -2 * UNIT || b > -2 * UNIT) && (a < 3 * UNIT || b < 3 * UNIT);
}

/* What a way earns that takes the blocks for foreign whose bits are set. */
static int32_t earnings(const Chain *chain, unsigned way, int32_t threshold, int32_t share) {
    int32_t sum = 0;
    for (size_t i = 0; i < chain->count; i++) {
        const bool is = way >> i & 1, was = i && (way >> (i - 1) & 1);
        const Edge edge = is == was ? EDGE_NONE : is ? EDGE_BEGINS : EDGE_ENDS;
        const int32_t far = edge == EDGE_NONE ? 0 : FAR;
        if (is) sum += chain->scores[i] - threshold;
        if (i) sum += (is_open(chain, i) ? chain->earns[edge][i] : far) * share / EDGES_WHOLE;
    }
    return sum;
}

/* By trying all ways. */
static void find_over(const Chain *chain, int32_t threshold, int32_t share, int32_t *over) {
    for (size_t i = 0; i < chain->count; i++) {
        int32_t best[2] = {INT32_MIN, INT32_MIN};
        for (unsigned way = 0; way < 1u << chain->count; way++) {
            const int32_t sum = earnings(chain, way, threshold, share);
            int32_t *of = &best[way >> i & 1];
            if (sum > *of) *of = sum;
        }
        over[i] = best[1] - best[0];
    }
}

static int32_t random_score(uint32_t *state, int32_t most) {
    *state = *state * 1664525u + 1013904223u;
    return (int32_t)(*state >> 8) % (2 * most + 1) - most;
}

static void a_block_is_over_by_how_much_the_best_way_with_it_is_better(void **state) {
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 200; round++) {
        Chain chain = {.count = (size_t)round % MOST_BLOCKS + 1};
        int32_t over[MOST_BLOCKS];
        for (size_t i = 0; i < MOST_BLOCKS; i++) {
            chain.scores[i] = random_score(&seed, 5 * UNIT);
            for (int edge = 0; edge < EDGE_COUNT; edge++)
                chain.earns[edge][i] = random_score(&seed, 3 * UNIT);
        }
        const int32_t threshold = random_score(&seed, UNIT), share = round % 3 * 500;
        find_over(&chain, threshold, share, over);
        expect_over(&chain, threshold, share, over);
    }
}

static void a_border_that_counts_nothing_lets_each_block_stand_for_itself(void **state) {
    (void)state;
    const Chain chain = {.scores = {-UNIT, UNIT, 0}, .count = 3, .earns = {{0, 9, 9}}};
    bool asked[MOST_BLOCKS];
    int32_t over[MOST_BLOCKS];
    expect_over(&chain, 77, 0, (const int32_t[]){-UNIT - 77, UNIT - 77, -77});
    settle(&chain, 77, 0, allocator_default(), asked, over);
    for (size_t i = 0; i < 3; i++) assert_false(asked[i]);
}

static void without_forests_each_block_stands_for_itself(void **state) {
    (void)state;
    Arena arena;
    Batch batch = {0};
    Block blocks[2] = {0};
    int32_t over[2];
    const int32_t scores[] = {-3 * UNIT, 5 * UNIT};
    Settled settled = {UNIT, scores, over};
    const Forest none[EDGE_COUNT] = {{0}};
    arena_init(&arena, allocator_default());
    const Document document = {.arena = &arena, .blocks = blocks, .block_count = 2};
    assert_int_equal(edges_settle(&document, &batch, none, EDGES_WHOLE, &settled), DECANT_OK);
    assert_int_equal(over[0], -4 * UNIT);
    assert_int_equal(over[1], 4 * UNIT);
    arena_done(&arena);
}

static void a_threshold_as_low_and_high_as_can_be_does_no_harm(void **state) {
    (void)state;
    const Chain chain = {.scores = {INT32_MIN, INT32_MAX, 0}, .count = 3};
    expect_over(&chain, INT32_MIN, 0, (const int32_t[]){0, INT32_MAX, INT32_MAX});
    expect_over(&chain, INT32_MAX, 0, (const int32_t[]){INT32_MIN, 0, -INT32_MAX});
}

/* ---- borders --------------------------------------------------------------------------------- */

static void borders_of_what_surely_stays_or_surely_goes_on_both_sides_are_not_asked(void **state) {
    (void)state;
    static const struct {
        int32_t before, after;
        bool is_asked;
    } cases[] = {{-2 * UNIT, -2 * UNIT, false},    {-2 * UNIT + 1, -9 * UNIT, true},
                 {-9 * UNIT, -2 * UNIT + 1, true}, {3 * UNIT, 3 * UNIT, false},
                 {3 * UNIT - 1, 9 * UNIT, true},   {9 * UNIT, 3 * UNIT - 1, true},
                 {-9 * UNIT, 9 * UNIT, true},      {9 * UNIT, -9 * UNIT, true},
                 {INT32_MIN, INT32_MIN, false},    {INT32_MAX, INT32_MAX, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Chain chain = {.scores = {cases[i].before, cases[i].after}, .count = 2};
        bool asked[MOST_BLOCKS];
        int32_t over[MOST_BLOCKS];
        settle(&chain, 0, EDGES_WHOLE, allocator_default(), asked, over);
        assert_false(asked[0]);
        assert_int_equal(asked[1], cases[i].is_asked);
    }
}

static void borders_count_the_more_the_better_a_document_can_be_told(void **state) {
    (void)state;
    static const struct {
        uint64_t promise;
        int32_t share;
    } cases[] = {{0, 0},        {400000, 0},   {400166, 0},  {400167, 1},
                 {450000, 300}, {490000, 540}, {500000, 600}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(edges_share(cases[i].promise), cases[i].share);
}

/* ---- reasons --------------------------------------------------------------------------------- */

enum { BEFORE = 7, AFTER = 9, OWN = 3 };

/* The first reason of the second of three blocks with these scores, which is over by `over`, where
 * `drops` tells what goes. */
static uint16_t reason_of(const int32_t scores[3], int32_t over, const char *drops, size_t first,
                          size_t count) {
    Block blocks[3] = {0};
    int32_t all[] = {0, over, 0};
    const Settled settled = {UNIT, scores + first, all + first};
    Document document = {.blocks = blocks + first, .block_count = count};
    Verdict *verdict = &blocks[1].verdict;
    for (size_t i = 0; i < 3; i++) {
        blocks[i].verdict.drop = drops[i] == 'x';
        blocks[i].verdict.kind = i ? DECANT_BLEED : DECANT_FOOTER;
        blocks[i].verdict.reasons[0].evidence = OWN;
    }
    edges_explain(&document, &settled, BEFORE, AFTER);
    if (verdict->reasons[0].evidence != OWN) {
        const int32_t neighbour = scores[verdict->reasons[0].evidence == AFTER ? 2 : 0];
        assert_int_equal(verdict->reasons[0].value, neighbour / 4);
        assert_int_equal(verdict->reasons[0].weight, over - scores[1] + UNIT);
        assert_int_equal(verdict->reasons[1].evidence, OWN);
    }
    return verdict->reasons[0].evidence;
}

static void what_goes_with_a_neighbour_alone_has_it_for_its_first_reason(void **state) {
    (void)state;
    static const struct {
        int32_t scores[3], over; /* over a threshold of 1 unit */
        uint16_t reason;
    } cases[] = {{{4 * UNIT, 0, 2 * UNIT}, 1, BEFORE},
                 {{2 * UNIT, UNIT, 4 * UNIT}, 1, AFTER},
                 {{2 * UNIT, 0, 2 * UNIT}, 1, BEFORE},
                 {{4 * UNIT, UNIT + 1, 2 * UNIT}, 9, OWN}, /* it goes by itself */
                 {{4 * UNIT, 0, 2 * UNIT}, -UNIT, OWN},    /* borders say nothing */
                 {{UNIT, 0, UNIT}, 1, OWN}};               /* neighbours stay */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(reason_of(cases[i].scores, cases[i].over, "xxx", 0, 3), cases[i].reason);
}

static void what_begins_no_finding_gets_no_reason(void **state) {
    (void)state;
    static const int32_t scores[] = {2 * UNIT, 0, 4 * UNIT};
    assert_int_equal(reason_of(scores, 1, "x.x", 0, 3), OWN);
    assert_int_equal(reason_of(scores, 1, ".xx", 0, 3), AFTER);
}

static void at_a_documents_ends_there_is_one_neighbour_or_none(void **state) {
    (void)state;
    static const int32_t scores[] = {4 * UNIT, 0, 2 * UNIT};
    assert_int_equal(reason_of(scores, 1, "xxx", 1, 2), AFTER);
    assert_int_equal(reason_of(scores, 1, "xxx", 0, 2), BEFORE);
    assert_int_equal(reason_of(scores, 1, "xxx", 1, 1), OWN);
}

/* ---- memory ---------------------------------------------------------------------------------- */

static void refused_memory_is_told(void **state) {
    (void)state;
    const Chain chain = {.scores = {UNIT}, .count = 1};
    bool asked[MOST_BLOCKS];
    int32_t over[MOST_BLOCKS];
    assert_int_equal(settle(&chain, 0, EDGES_WHOLE, &refusing, asked, over), DECANT_NO_MEMORY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_is_over_by_how_much_the_best_way_with_it_is_better),
        cmocka_unit_test(a_border_that_counts_nothing_lets_each_block_stand_for_itself),
        cmocka_unit_test(without_forests_each_block_stands_for_itself),
        cmocka_unit_test(a_threshold_as_low_and_high_as_can_be_does_no_harm),
        cmocka_unit_test(borders_of_what_surely_stays_or_surely_goes_on_both_sides_are_not_asked),
        cmocka_unit_test(borders_count_the_more_the_better_a_document_can_be_told),
        cmocka_unit_test(what_goes_with_a_neighbour_alone_has_it_for_its_first_reason),
        cmocka_unit_test(what_begins_no_finding_gets_no_reason),
        cmocka_unit_test(at_a_documents_ends_there_is_one_neighbour_or_none),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("edges", tests, NULL, NULL);
}
