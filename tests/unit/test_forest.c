/* SPDX-License-Identifier: MIT
 * test_forest.c - reading forests, good and bad; scores and contributions against sums by hand. */
#include "models/forest.h"

#include "forge.h"
#include "refusing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { FEATURES = 3, LEVELS = 2, TREE_WORDS = 6, HEAD = 4 };

/* Two trees of depth 2 over three features: levels, means of the nodes, leaves. */
static void forge_pair(Forge *forge) {
    const int32_t words[] = {FEATURES,
                             2,
                             2,
                             100, /* bias */
                             forge_node(0, 10),
                             forge_node(1, -5),
                             forge_halves(7, -20),
                             forge_halves(50, -100),
                             forge_halves(-30, 20),
                             forge_halves(90, 0),
                             forge_node(2, 3),
                             forge_node(0, 0),
                             forge_halves(-1, 5),
                             forge_halves(-8, 1),
                             forge_halves(2, 4),
                             forge_halves(8, 0)};
    forge->count = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) forge_put(forge, words[i]);
}

/* Reads words that lie in memory of their own size. */
static decant_status read_words(Forest *forest, Arena *arena, const int32_t *words, size_t count,
                                size_t features) {
    int32_t *exact = malloc(count ? count * sizeof *exact : 1);
    assert_non_null(exact);
    if (count) memcpy(exact, words, count * sizeof *exact);
    decant_status status = forest_read(forest, arena, exact, count, features);
    free(exact);
    return status;
}

static void expect_read(const int32_t *words, size_t count, size_t features, decant_status status) {
    Arena arena;
    Forest forest;
    arena_init(&arena, allocator_default());
    assert_int_equal(read_words(&forest, &arena, words, count, features), status);
    arena_done(&arena);
}

static void open_pair(Forest *forest, Arena *arena) {
    Forge forge;
    forge_pair(&forge);
    arena_init(arena, allocator_default());
    assert_int_equal(read_words(forest, arena, forge.words, forge.count, FEATURES), DECANT_OK);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void a_forest_is_read_as_it_was_written(void **state) {
    (void)state;
    Arena arena;
    Forest forest;
    open_pair(&forest, &arena);
    assert_int_equal(forest.feature_count, FEATURES);
    assert_int_equal(forest.tree_count, 2);
    assert_int_equal(forest.depth, 2);
    assert_int_equal(forest.bias, 100);
    assert_int_equal(forest.levels[1].feature, 1);
    assert_int_equal(forest.levels[1].threshold, -5);
    assert_int_equal(forest.means[3], -1);
    assert_int_equal(forest.leaves[7], 8);
    arena_done(&arena);
}

static void words_that_end_early_or_late_are_refused(void **state) {
    (void)state;
    Forge forge;
    forge_pair(&forge);
    for (size_t count = 0; count < forge.count; count++)
        expect_read(forge.words, count, FEATURES, DECANT_BAD_MODEL);
    expect_read(forge.words, forge.count, FEATURES, DECANT_OK);
    forge_put(&forge, 0);
    expect_read(forge.words, forge.count, FEATURES, DECANT_BAD_MODEL);
}

static void a_head_out_of_range_is_refused(void **state) {
    (void)state;
    static const struct {
        size_t word;
        int32_t value;
    } heads[] = {{0, FEATURES + 1}, {0, -1},        {0, INT32_MIN}, {1, 1},        {1, 3},  {1, -1},
                 {1, INT32_MAX},    {2, 1},         {2, 3},         {2, 9},        {2, 31}, {2, 32},
                 {2, -1},           {2, INT32_MAX}, {3, INT32_MAX}, {3, INT32_MIN}};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        Forge forge;
        forge_pair(&forge);
        forge.words[heads[i].word] = heads[i].value;
        expect_read(forge.words, forge.count, FEATURES, DECANT_BAD_MODEL);
    }
}

static void more_trees_or_levels_than_the_caps_are_refused_whatever_follows(void **state) {
    (void)state;
    const int32_t trees[HEAD] = {1, FOREST_MAX_TREES + 1, 0, 0};
    size_t count = HEAD + FOREST_MAX_TREES + 1;
    int32_t *words = calloc(count, sizeof *words);
    assert_non_null(words);
    memcpy(words, trees, sizeof trees);
    expect_read(words, count, 1, DECANT_BAD_MODEL);
    words[1] = FOREST_MAX_TREES;
    expect_read(words, count - 1, 1, DECANT_OK);
    const int32_t deep[HEAD] = {1, 1, FOREST_MAX_DEPTH + 1, 0};
    memcpy(words, deep, sizeof deep);
    expect_read(words, HEAD + 9 + 512, 1, DECANT_BAD_MODEL);
    words[2] = FOREST_MAX_DEPTH;
    expect_read(words, HEAD + 8 + 256, 1, DECANT_OK);
    free(words);
}

static void a_level_that_asks_for_a_feature_out_of_range_is_refused(void **state) {
    (void)state;
    static const size_t features[] = {FEATURES, 0x7FFF, 0xFFFF};
    for (size_t tree = 0; tree < 2; tree++)
        for (size_t level = 0; level < LEVELS; level++)
            for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
                Forge forge;
                forge_pair(&forge);
                forge.words[HEAD + tree * TREE_WORDS + level] = forge_node(features[i], 0);
                expect_read(forge.words, forge.count, 0xFFFF, DECANT_BAD_MODEL);
            }
}

static void a_forest_may_ask_for_no_more_features_than_its_reader_has(void **state) {
    (void)state;
    Forge forge;
    forge_pair(&forge);
    expect_read(forge.words, forge.count, FEATURES - 1, DECANT_BAD_MODEL);
    expect_read(forge.words, forge.count, FEATURES + 1, DECANT_OK);
}

static void refused_memory_is_told(void **state) {
    (void)state;
    Arena arena;
    Forest forest;
    Forge forge;
    forge_pair(&forge);
    arena_init(&arena, &refusing);
    assert_int_equal(forest_read(&forest, &arena, forge.words, forge.count, FEATURES),
                     DECANT_NO_MEMORY);
    arena_done(&arena);
}

/* ---- scores --------------------------------------------------------------------------------- */

/* Rows, their scores by hand, and what each feature contributes. */
static const struct {
    int16_t row[FEATURES];
    int32_t score, pulls[FEATURES];
} by_hand[] = {
    {{0, 0, 0}, 100 - 30 + 1, {-27 - 4, -10, 6}},
    {{11, -5, 1}, 100 + 20 + 2, {43 - 3, -30, 6}},
    {{10, -5, 4}, 100 - 100 + 8, {-27 + 16, -80, -7}},
    {{INT16_MAX, INT16_MAX, INT16_MAX}, 100 + 90 + 8, {43 + 16, 40, -7}},
    {{INT16_MIN, INT16_MIN, INT16_MIN}, 100 - 100 + 1, {-27 - 4, -80, 6}},
};
enum { BY_HAND = sizeof by_hand / sizeof *by_hand };

static void put_row(Column *columns, size_t at, const int16_t row[FEATURES]) {
    for (size_t f = 0; f < FEATURES; f++) columns[f].values[at] = row[f];
}

/* A batch whose first rows are those by hand. */
static void fill_by_hand(Column *columns) {
    memset(columns, 0, FEATURES * sizeof *columns);
    for (size_t i = 0; i < BY_HAND; i++) put_row(columns, i, by_hand[i].row);
}

static void scores_are_the_sums_of_the_leaves_reached(void **state) {
    (void)state;
    Arena arena;
    Forest forest;
    Column columns[FEATURES];
    int32_t scores[FOREST_BATCH];
    open_pair(&forest, &arena);
    fill_by_hand(columns);
    forest_score(&forest, columns, scores);
    for (size_t i = 0; i < BY_HAND; i++) assert_int_equal(scores[i], by_hand[i].score);
    arena_done(&arena);
}

static void a_forest_without_trees_scores_its_bias(void **state) {
    (void)state;
    const int32_t words[HEAD] = {0, 0, 5, -77};
    const Column column = {{0}};
    Arena arena;
    Forest forest;
    int32_t scores[FOREST_BATCH] = {1, 2, 3};
    arena_init(&arena, allocator_default());
    assert_int_equal(read_words(&forest, &arena, words, HEAD, 0), DECANT_OK);
    forest_score(&forest, &column, scores);
    for (size_t i = 0; i < FOREST_BATCH; i++) assert_int_equal(scores[i], -77);
    arena_done(&arena);
}

static void trees_of_no_depth_are_constants(void **state) {
    (void)state;
    const int32_t words[] = {0, 3, 0, 10, 1, 20, -300};
    const Column column = {{0}};
    Arena arena;
    Forest forest;
    int32_t scores[FOREST_BATCH];
    arena_init(&arena, allocator_default());
    assert_int_equal(read_words(&forest, &arena, words, 7, 0), DECANT_OK);
    forest_score(&forest, &column, scores);
    for (size_t i = 0; i < FOREST_BATCH; i++) assert_int_equal(scores[i], 10 + 1 + 20 - 300);
    arena_done(&arena);
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* A forest of random levels, means and leaves. */
static void open_random(Forest *forest, Arena *arena, uint32_t *seed, int32_t trees,
                        int32_t depth) {
    const size_t leaves = (size_t)1 << depth;
    Forge forge = {.count = 0};
    forge_put(&forge, FEATURES);
    forge_put(&forge, trees);
    forge_put(&forge, depth);
    forge_put(&forge, -1234);
    for (int32_t tree = 0; tree < trees; tree++) {
        for (int32_t level = 0; level < depth; level++)
            forge_put(&forge, forge_node(next_random(seed) % FEATURES,
                                         (int)(next_random(seed) % 200) - 100));
        for (size_t i = 0; i < leaves; i++)
            forge_put(&forge, (int32_t)(next_random(seed) << 16 | next_random(seed)));
    }
    arena_init(arena, allocator_default());
    assert_int_equal(read_words(forest, arena, forge.words, forge.count, FEATURES), DECANT_OK);
}

/* Random rows, and their columns. */
static void fill_random(Column *columns, int16_t rows[FOREST_BATCH][FEATURES], uint32_t *seed) {
    for (size_t i = 0; i < FOREST_BATCH; i++) {
        for (size_t f = 0; f < FEATURES; f++) rows[i][f] = (int16_t)(next_random(seed) % 220 - 110);
        put_row(columns, i, rows[i]);
    }
}

/* The score of a row, a tree after the other and a level after the other. */
static int32_t walk(const Forest *forest, const int16_t *row) {
    int32_t score = forest->bias;
    for (size_t tree = 0; tree < forest->tree_count; tree++) {
        size_t leaf = 0;
        for (size_t i = 0; i < forest->depth; i++) {
            const ForestLevel *level = &forest->levels[tree * forest->depth + i];
            leaf = 2 * leaf + (row[level->feature] > level->threshold);
        }
        score += forest->leaves[(tree << forest->depth) + leaf];
    }
    return score;
}

static void a_forest_tells_whether_a_row_reaches_a_score(void **state) {
    (void)state;
    uint32_t seed = 5;
    for (int32_t trees = 0; trees < 12; trees++) {
        Arena arena;
        Forest forest;
        Column columns[FEATURES];
        int16_t rows[FOREST_BATCH][FEATURES];
        open_random(&forest, &arena, &seed, trees, 3);
        fill_random(columns, rows, &seed);
        for (size_t i = 0; i < FOREST_BATCH; i++) {
            const int32_t score = walk(&forest, rows[i]);
            assert_true(forest_reaches(&forest, rows[i], score));
            assert_false(forest_reaches(&forest, rows[i], score + 1));
            assert_true(forest_reaches(&forest, rows[i], INT32_MIN));
            assert_false(forest_reaches(&forest, rows[i], INT32_MAX));
            assert_int_equal(forest_reaches(&forest, rows[i], 0), score >= 0);
        }
        arena_done(&arena);
    }
}

static void every_row_of_a_batch_gets_the_score_of_its_own_walk(void **state) {
    (void)state;
    uint32_t seed = 3;
    for (int32_t depth = 0; depth <= FOREST_MAX_DEPTH; depth++) {
        Arena arena;
        Forest forest;
        Column columns[FEATURES];
        int16_t rows[FOREST_BATCH][FEATURES];
        int32_t scores[FOREST_BATCH];
        open_random(&forest, &arena, &seed, depth == FOREST_MAX_DEPTH ? 3 : 7, depth);
        for (int round = 0; round < 20; round++) {
            fill_random(columns, rows, &seed);
            forest_score(&forest, columns, scores);
            for (size_t i = 0; i < FOREST_BATCH; i++)
                assert_int_equal(scores[i], walk(&forest, rows[i]));
            if (round == 10) forest.leaf_bytes = NULL; /* as on processors without AVX2 */
        }
        arena_done(&arena);
    }
}

static void columns_hold_the_rows_side_by_side_whatever_their_width(void **state) {
    (void)state;
    enum { WIDEST = 37 };
    uint32_t seed = 5;
    int16_t values[FOREST_BATCH][WIDEST];
    const int16_t *rows[FOREST_BATCH];
    for (size_t i = 0; i < FOREST_BATCH; i++) {
        rows[i] = values[i];
        for (size_t f = 0; f < WIDEST; f++)
            values[i][f] = (int16_t)(next_random(&seed) % 65536 - 32768);
    }
    for (size_t width = 0; width <= WIDEST; width++) {
        Column columns[WIDEST + 1];
        memset(columns, 7, sizeof columns);
        forest_columns(rows, width, columns);
        for (size_t f = 0; f < width; f++)
            for (size_t i = 0; i < FOREST_BATCH; i++)
                assert_int_equal(columns[f].values[i], values[i][f]);
        assert_int_equal(columns[width].values[0], 0x0707);
    }
}

/* ---- contributions -------------------------------------------------------------------------- */

static void contributions_follow_the_means_along_the_path(void **state) {
    (void)state;
    Arena arena;
    Forest forest;
    Column columns[FEATURES];
    open_pair(&forest, &arena);
    fill_by_hand(columns);
    for (size_t i = 0; i < BY_HAND; i++) {
        int32_t pulls[FEATURES] = {0};
        forest_explain(&forest, columns, i, pulls);
        for (size_t f = 0; f < FEATURES; f++) assert_int_equal(pulls[f], by_hand[i].pulls[f]);
    }
    arena_done(&arena);
}

static void contributions_are_added_to_what_is_there(void **state) {
    (void)state;
    Arena arena;
    Forest forest;
    Column columns[FEATURES];
    int32_t pulls[FEATURES] = {1000, 2000, 3000};
    open_pair(&forest, &arena);
    fill_by_hand(columns);
    forest_explain(&forest, columns, 1, pulls);
    assert_int_equal(pulls[0], 1040);
    assert_int_equal(pulls[1], 1970);
    assert_int_equal(pulls[2], 3006);
    arena_done(&arena);
}

static void bias_root_means_and_contributions_make_the_score(void **state) {
    (void)state;
    uint32_t seed = 11;
    for (int32_t depth = 1; depth <= 6; depth++) {
        Arena arena;
        Forest forest;
        Column columns[FEATURES];
        int16_t rows[FOREST_BATCH][FEATURES];
        int32_t scores[FOREST_BATCH];
        open_random(&forest, &arena, &seed, 12, depth);
        const size_t inner = ((size_t)1 << depth) - 1;
        fill_random(columns, rows, &seed);
        forest_score(&forest, columns, scores);
        for (size_t i = 0; i < FOREST_BATCH; i++) {
            int32_t pulls[FEATURES] = {0}, sum = forest.bias;
            forest_explain(&forest, columns, i, pulls);
            for (size_t tree = 0; tree < forest.tree_count; tree++)
                sum += forest.means[tree * inner];
            for (size_t f = 0; f < FEATURES; f++) sum += pulls[f];
            assert_int_equal(sum, scores[i]);
        }
        arena_done(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_forest_is_read_as_it_was_written),
        cmocka_unit_test(words_that_end_early_or_late_are_refused),
        cmocka_unit_test(a_head_out_of_range_is_refused),
        cmocka_unit_test(more_trees_or_levels_than_the_caps_are_refused_whatever_follows),
        cmocka_unit_test(a_level_that_asks_for_a_feature_out_of_range_is_refused),
        cmocka_unit_test(a_forest_may_ask_for_no_more_features_than_its_reader_has),
        cmocka_unit_test(refused_memory_is_told),
        cmocka_unit_test(scores_are_the_sums_of_the_leaves_reached),
        cmocka_unit_test(a_forest_without_trees_scores_its_bias),
        cmocka_unit_test(trees_of_no_depth_are_constants),
        cmocka_unit_test(a_forest_tells_whether_a_row_reaches_a_score),
        cmocka_unit_test(every_row_of_a_batch_gets_the_score_of_its_own_walk),
        cmocka_unit_test(columns_hold_the_rows_side_by_side_whatever_their_width),
        cmocka_unit_test(contributions_follow_the_means_along_the_path),
        cmocka_unit_test(contributions_are_added_to_what_is_there),
        cmocka_unit_test(bias_root_means_and_contributions_make_the_score),
    };
    return cmocka_run_group_tests_name("forest", tests, NULL, NULL);
}
