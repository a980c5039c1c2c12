/* SPDX-License-Identifier: MIT
 * test_kinds.c - kinds of runs against the best of all there are. */
#include "verdict/kinds.h"

#include "numbers.h"
#include "refusing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

enum { UNIT = 1024, CHANGE = 2 * UNIT, MOST_BLOCKS = 8, SOME = 3 };

/* The kinds that have a forest here. */
static const uint8_t some[SOME] = {DECANT_NAV, DECANT_TEASER, DECANT_BLEED};

/* Blocks, of which those go that have an x, and their scores by each of `some`. */
typedef struct Chain {
    const char *drops;
    int32_t scores[SOME][MOST_BLOCKS];
} Chain;

static decant_status tell(const Chain *chain, const decant_allocator *allocator, uint8_t *kinds) {
    Arena arena, own;
    Column column;
    Block blocks[MOST_BLOCKS] = {0};
    bool asked[MOST_BLOCKS] = {0};
    Forest forests[DECANT_KINDS] = {{0}};
    const size_t count = strlen(chain->drops);
    arena_init(&arena, allocator_default());
    arena_init(&own, allocator);
    for (int i = 0; i < SOME; i++)
        forests[some[i]] = numbers_forest(chain->scores[i], MOST_BLOCKS, &arena);
    for (size_t i = 0; i < count; i++) {
        blocks[i].verdict.drop = chain->drops[i] == 'x';
        blocks[i].verdict.kind = DECANT_OTHER;
    }
    Batch batch = numbers_batch(&column, asked);
    Document document = {.arena = &own, .blocks = blocks, .block_count = count};
    const decant_status status = kinds_tell(&document, &batch, forests);
    for (size_t i = 0; i < count; i++) {
        kinds[i] = blocks[i].verdict.kind;
        assert_true(asked[i] <= blocks[i].verdict.drop);
    }
    arena_done(&own);
    arena_done(&arena);
    return status;
}

/* What the kinds of a run that goes from end to end earn. */
static int32_t earnings(const Chain *chain, const uint8_t *which, size_t count) {
    int32_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += chain->scores[which[i]][i];
        if (i && which[i] != which[i - 1]) sum -= CHANGE;
    }
    return sum;
}

/* The most that kinds can earn, by trying all. */
static int32_t most_of(const Chain *chain, size_t count) {
    int32_t most = INT32_MIN;
    unsigned ways = 1;
    for (size_t i = 0; i < count; i++) ways *= SOME;
    for (unsigned way = 0; way < ways; way++) {
        uint8_t which[MOST_BLOCKS];
        unsigned rest = way;
        for (size_t i = 0; i < count; i++, rest /= SOME) which[i] = (uint8_t)(rest % SOME);
        const int32_t sum = earnings(chain, which, count);
        if (sum > most) most = sum;
    }
    return most;
}

static uint8_t place_of(uint8_t kind) {
    uint8_t place = 0;
    while (place < SOME && some[place] != kind) place++;
    assert_in_range(place, 0, SOME - 1);
    return place;
}

static void kinds_of_a_run_earn_the_most_there_is_to_earn(void **state) {
    (void)state;
    static const char all_go[] = "xxxxxxxx";
    uint32_t seed = 1;
    for (int round = 0; round < 100; round++) {
        const size_t count = (size_t)round % MOST_BLOCKS + 1;
        uint8_t kinds[MOST_BLOCKS], which[MOST_BLOCKS];
        Chain chain = {.drops = &all_go[MOST_BLOCKS - count]};
        for (int k = 0; k < SOME; k++)
            for (size_t i = 0; i < MOST_BLOCKS; i++) {
                seed = seed * 1664525u + 1013904223u;
                chain.scores[k][i] = (int32_t)(seed >> 8) % (6 * UNIT) - 3 * UNIT;
            }
        assert_int_equal(tell(&chain, allocator_default(), kinds), DECANT_OK);
        for (size_t i = 0; i < count; i++) which[i] = place_of(kinds[i]);
        assert_int_equal(earnings(&chain, which, count), most_of(&chain, count));
    }
}

static void what_stays_parts_runs_and_has_no_kind(void **state) {
    (void)state;
    uint8_t kinds[MOST_BLOCKS];
    /* by itself the second that goes is a teaser by less than a change costs */
    const Chain chain = {.drops = "x.xxx.",
                         .scores = {{4 * UNIT, 0, 0, 4 * UNIT, 4 * UNIT, 0, 0, 0},
                                    {0, 4 * UNIT, UNIT, 0, 0, 4 * UNIT, 0, 0}}};
    static const uint8_t expected[] = {DECANT_NAV, DECANT_OTHER, DECANT_NAV,
                                       DECANT_NAV, DECANT_NAV,   DECANT_OTHER};
    assert_int_equal(tell(&chain, allocator_default(), kinds), DECANT_OK);
    assert_memory_equal(kinds, expected, sizeof expected);
    const Chain parted = {.drops = "x.x.", .scores = {{4 * UNIT}, {0, 0, 1, 1, 1, 1, 1, 1}}};
    assert_int_equal(tell(&parted, allocator_default(), kinds), DECANT_OK);
    assert_int_equal(kinds[0], DECANT_NAV);
    assert_int_equal(kinds[2], DECANT_TEASER);
}

static void scores_as_high_and_low_as_models_can_make_them_do_no_harm(void **state) {
    (void)state;
    uint8_t kinds[MOST_BLOCKS];
    Chain chain = {.drops = "xxx"};
    for (size_t i = 0; i < MOST_BLOCKS; i++) {
        chain.scores[0][i] = -FOREST_MAX_BIAS;
        chain.scores[1][i] = FOREST_MAX_BIAS;
    }
    assert_int_equal(tell(&chain, allocator_default(), kinds), DECANT_OK);
    for (size_t i = 0; i < 3; i++) assert_int_equal(kinds[i], DECANT_TEASER);
    for (size_t i = 0; i < MOST_BLOCKS; i++)
        for (int k = 0; k < SOME; k++) chain.scores[k][i] = -FOREST_MAX_BIAS;
    assert_int_equal(tell(&chain, allocator_default(), kinds), DECANT_OK);
    for (size_t i = 0; i < 3; i++) assert_int_equal(kinds[i], DECANT_NAV);
}

static void without_forests_what_goes_is_other(void **state) {
    (void)state;
    Arena arena;
    Column column;
    bool asked[2];
    Block blocks[2] = {{.verdict.drop = true}, {.verdict.drop = true}};
    const Forest none[DECANT_KINDS] = {{0}};
    arena_init(&arena, allocator_default());
    Batch batch = numbers_batch(&column, asked);
    Document document = {.arena = &arena, .blocks = blocks, .block_count = 2};
    assert_int_equal(kinds_tell(&document, &batch, none), DECANT_OK);
    for (size_t i = 0; i < 2; i++) assert_int_equal(blocks[i].verdict.kind, DECANT_OTHER);
    arena_done(&arena);
}

static void refused_memory_is_told(void **state) {
    (void)state;
    uint8_t kinds[MOST_BLOCKS];
    const Chain chain = {.drops = "x"};
    assert_int_equal(tell(&chain, &refusing, kinds), DECANT_NO_MEMORY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_of_a_run_earn_the_most_there_is_to_earn),
        cmocka_unit_test(what_stays_parts_runs_and_has_no_kind),
        cmocka_unit_test(scores_as_high_and_low_as_models_can_make_them_do_no_harm),
        cmocka_unit_test(without_forests_what_goes_is_other),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("kinds", tests, NULL, NULL);
}
