/* SPDX-License-Identifier: MIT
 * test_threshold.c - thresholds of best promise against figures by hand. */
#include "verdict/threshold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

enum { UNIT = 1024, LOWEST = -8 * UNIT, STEP = 128, MOST_BLOCKS = 1 << 15 };

/* What scores -2 units and less surely belongs, what scores 2 and more surely does not. */
static const Confidence curve = {
    .usual = {.count = 2, .score = {-2 * UNIT, 2 * UNIT}, .permille = {0, 1000}}};

/* A block: a word weighs 3, and each block 1 besides. */
typedef struct Piece {
    uint16_t words;
    int32_t score;
} Piece;

static int32_t find(const Confidence *confidence, const Piece *pieces, size_t count,
                    uint64_t *ret_promise) {
    Block *blocks = calloc(count + 1, sizeof *blocks);
    int32_t *scores = calloc(count + 1, sizeof *scores);
    assert_non_null(blocks);
    assert_non_null(scores);
    for (size_t i = 0; i < count; i++) {
        blocks[i].shape.words = pieces[i].words;
        scores[i] = pieces[i].score;
    }
    const Document document = {.blocks = blocks, .block_count = count};
    const int32_t threshold = threshold_find(&document, confidence, scores, ret_promise);
    free(blocks);
    free(scores);
    return threshold;
}

static void expect_promise(const Piece *pieces, size_t count, int32_t threshold, uint64_t promise) {
    uint64_t found = 0;
    assert_int_equal(find(&curve, pieces, count, &found), threshold);
    assert_int_equal(found, promise);
}

#define EXPECT_PROMISE(threshold, promise, ...)                                                    \
    expect_promise((const Piece[]){__VA_ARGS__}, sizeof(Piece[]){__VA_ARGS__} / sizeof(Piece),     \
                   threshold, promise)

/* The end of the step that a score falls into. */
static int32_t step_of(int32_t score) {
    return (score - LOWEST) / STEP * STEP + LOWEST + STEP - 1;
}

static void sure_text_stays_and_promises_all(void **state) {
    (void)state;
    EXPECT_PROMISE(step_of(-4 * UNIT), 500000, {9, -4 * UNIT}, {5, -4 * UNIT});
}

static void sure_noise_goes_and_promises_nothing(void **state) {
    (void)state;
    EXPECT_PROMISE(LOWEST, 0, {9, 4 * UNIT}, {5, 2 * UNIT});
}

static void a_document_without_blocks_promises_nothing(void **state) {
    (void)state;
    uint64_t promise = 1;
    assert_int_equal(find(&curve, NULL, 0, &promise), LOWEST);
    assert_int_equal(promise, 0);
}

static void what_likely_does_not_belong_goes_beside_sure_text(void **state) {
    (void)state; /* 28 of 28 + 35, against 35 of 56 + 35 */
    EXPECT_PROMISE(step_of(-4 * UNIT), 444444, {9, -4 * UNIT}, {9, UNIT});
}

static void what_is_in_doubt_stays_beside_sure_text(void **state) {
    (void)state; /* 42 of 56 + 42, against 28 of 28 + 42 */
    EXPECT_PROMISE(step_of(0), 428571, {9, -4 * UNIT}, {9, 0});
}

static void where_all_is_in_doubt_the_threshold_lies_higher(void **state) {
    (void)state; /* 14 of 56 + 14, against nothing */
    EXPECT_PROMISE(step_of(UNIT), 200000, {9, UNIT}, {9, UNIT});
}

static void a_block_weighs_by_its_words(void **state) {
    (void)state; /* 254 of 1004 + 254; 1000 of 1000 + 1001 */
    EXPECT_PROMISE(step_of(UNIT), 201907, {1, -4 * UNIT}, {333, UNIT});
    EXPECT_PROMISE(step_of(-4 * UNIT), 499750, {333, -4 * UNIT}, {1, UNIT});
}

static void a_block_without_words_weighs_a_bit(void **state) {
    (void)state;
    EXPECT_PROMISE(step_of(-4 * UNIT), 500000, {0, -4 * UNIT});
}

static void of_thresholds_that_promise_the_same_the_lowest_is_found(void **state) {
    (void)state;
    for (int32_t score = -3 * UNIT; score < -2 * UNIT; score += 13)
        EXPECT_PROMISE(step_of(score), 500000, {9, score}, {9, 7 * UNIT});
}

static void scores_out_of_reach_count_as_the_furthest_within(void **state) {
    (void)state;
    EXPECT_PROMISE(step_of(LOWEST), 500000, {9, INT32_MIN}, {9, INT32_MAX});
    uint64_t promise = 0;
    const Confidence none = {0}; /* all belongs */
    const Piece all = {9, INT32_MAX};
    assert_int_equal(find(&none, &all, 1, &promise), 8 * UNIT - 1);
    assert_int_equal(promise, 500000);
}

static void the_largest_document_does_not_overflow(void **state) {
    (void)state;
    Piece *pieces = calloc(MOST_BLOCKS, sizeof *pieces);
    uint64_t promise = 0;
    assert_non_null(pieces);
    for (size_t i = 0; i < MOST_BLOCKS; i++) pieces[i] = (Piece){UINT16_MAX, -4 * UNIT};
    assert_int_equal(find(&curve, pieces, MOST_BLOCKS, &promise), step_of(-4 * UNIT));
    assert_int_equal(promise, 500000);
    free(pieces);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sure_text_stays_and_promises_all),
        cmocka_unit_test(sure_noise_goes_and_promises_nothing),
        cmocka_unit_test(a_document_without_blocks_promises_nothing),
        cmocka_unit_test(what_likely_does_not_belong_goes_beside_sure_text),
        cmocka_unit_test(what_is_in_doubt_stays_beside_sure_text),
        cmocka_unit_test(where_all_is_in_doubt_the_threshold_lies_higher),
        cmocka_unit_test(a_block_weighs_by_its_words),
        cmocka_unit_test(a_block_without_words_weighs_a_bit),
        cmocka_unit_test(of_thresholds_that_promise_the_same_the_lowest_is_found),
        cmocka_unit_test(scores_out_of_reach_count_as_the_furthest_within),
        cmocka_unit_test(the_largest_document_does_not_overflow),
    };
    return cmocka_run_group_tests_name("threshold", tests, NULL, NULL);
}
