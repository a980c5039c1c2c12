/* SPDX-License-Identifier: MIT
 * test_agreement.c - what blocks are about beside what stands around them, by texts of two topics
 * and against cosines in floats. */
#include "verdict/agreement.h"

#include "part.h"
#include "themes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

/* ---- helpers -------------------------------------------------------------------------------- */

typedef struct Subject {
    Part part;
    Topics *topics;
    TopicSum *sums;
    AgreementRow *rows;
    size_t count;
} Subject;

static void open_subject(Subject *ret, void **state, const char *text) {
    part_judge(&ret->part, *state, text);
    ret->topics = topics_open(&ret->part.document);
    assert_non_null(ret->topics);
    ret->sums = topics_sum_up(&ret->part.document);
    assert_non_null(ret->sums);
    ret->rows = agreement_measure(&ret->part.document, ret->topics);
    assert_non_null(ret->rows);
    ret->count = ret->part.document.block_count;
}

static int told(const Subject *subject, size_t block, int reach, int column) {
    return subject->rows[block][AGREEMENT_COUNT + reach * RING_COUNT + column];
}

/* A sum without `mean` for each of its words. */
typedef struct Sum {
    double at[VECTOR_SIZE];
} Sum;

static Sum sum_of(const Subject *subject, size_t first, size_t end, const Sum *mean) {
    const TopicSum *sums = subject->sums;
    const double words = topics_words(subject->topics, first, end);
    Sum sum;
    for (int i = 0; i < VECTOR_SIZE; i++)
        sum.at[i] = sums[end].at[i] - sums[first].at[i] - mean->at[i] * words;
    return sum;
}

static double product(const Sum *a, const Sum *b) {
    double sum = 0;
    for (int i = 0; i < VECTOR_SIZE; i++) sum += a->at[i] * b->at[i];
    return sum;
}

static double agreement_anew(const Sum *a, const Sum *b) {
    enum { FEW = 64 * 64 };
    const double both = product(a, b);
    return 1000 * both * fabs(both) / ((product(a, a) + FEW) * (product(b, b) + FEW));
}

static void expect_near(int found, double expected) {
    if (fabs(found - expected) > 25) fail_msg("%d, not %.1f", found, expected);
}

/* What is told of a block with those up to `reach` blocks away, anew. */
static void expect_beside(const Subject *subject, size_t block, size_t reach, const Sum *mean,
                          const int16_t *ring) {
    const size_t count = subject->count, from = block > reach ? block - reach : 0;
    const size_t end = block + reach + 1 < count ? block + reach + 1 : count;
    const size_t here = block + reach < count ? block + reach : count;
    const Sum own = sum_of(subject, block, block + 1, mean);
    const Sum before = sum_of(subject, from, block, mean);
    const Sum after = sum_of(subject, block + 1, end, mean);
    const Sum begins = sum_of(subject, block, here, mean);
    expect_near(ring[RING_BEFORE], agreement_anew(&own, &before));
    expect_near(ring[RING_AFTER], agreement_anew(&own, &after));
    expect_near(ring[RING_BORDER], agreement_anew(&before, &begins));
}

static Sum mean_of(const Subject *subject) {
    const Sum none = {0};
    Sum mean = sum_of(subject, 0, subject->count, &none);
    const double words = topics_words(subject->topics, 0, subject->count);
    for (int i = 0; i < VECTOR_SIZE; i++) mean.at[i] /= words;
    return mean;
}

/* ---- tests ---------------------------------------------------------------------------------- */

static void where_the_topic_changes_what_begins_agrees_least_with_what_stands_before(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL KITCHEN);
    assert_int_equal(subject.count, 6);
    for (int reach = 1; reach < REACH_COUNT; reach++)
        for (size_t block = 1; block < subject.count; block++)
            if (block != 3)
                assert_true(told(&subject, 3, reach, RING_BORDER_APART) <
                            told(&subject, block, reach, RING_BORDER_APART));
    part_done(&subject.part);
}

static void but_for_what_all_is_about_two_topics_disagree(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL KITCHEN);
    assert_true(told(&subject, 3, 1, RING_BEFORE_APART) < 0);
    assert_true(told(&subject, 3, 1, RING_AFTER_APART) > 0);
    assert_true(told(&subject, 2, 1, RING_AFTER_APART) < 0);
    part_done(&subject.part);
}

static void a_block_of_the_other_topic_agrees_less_with_the_rest(void **state) {
    Subject subject;
    open_subject(&subject, state,
                 FOOTBALL "Melt butter in a saucepan, then whisk flour and milk.\n" FOOTBALL);
    for (size_t block = 0; block < subject.count; block++)
        if (block != 3)
            assert_true(subject.rows[3][AGREEMENT_REST] < subject.rows[block][AGREEMENT_REST]);
    part_done(&subject.part);
}

static void the_best_cut_parts_topics_as_no_other_does(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL KITCHEN);
    assert_true(subject.rows[3][AGREEMENT_CUT_SHARE] > 950);
    for (size_t block = 0; block < subject.count; block++)
        if (block != 3)
            assert_true(subject.rows[block][AGREEMENT_CUT_EXPLAINS] <
                        subject.rows[3][AGREEMENT_CUT_EXPLAINS]);
    part_done(&subject.part);
}

static void with_nothing_before_or_behind_a_block_does_not_agree(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL);
    for (int reach = 0; reach < REACH_COUNT; reach++) {
        assert_int_equal(told(&subject, 0, reach, RING_BEFORE), 0);
        assert_int_equal(told(&subject, 0, reach, RING_BORDER), 0);
        assert_int_equal(told(&subject, 2, reach, RING_AFTER_APART), 0);
    }
    part_done(&subject.part);
}

static void what_blocks_agree_with_is_as_counted_anew(void **state) {
    static const size_t reaches[] = {1, 3, 8, 20};
    Subject subject;
    open_subject(&subject, state, FOOTBALL KITCHEN FOOTBALL "Nothing more was said.\n" KITCHEN);
    const Sum none = {0}, mean = mean_of(&subject);
    for (size_t block = 0; block < subject.count; block++)
        for (size_t k = 0; k < sizeof reaches / sizeof *reaches; k++) {
            const int16_t *ring = subject.rows[block] + AGREEMENT_COUNT + k * RING_COUNT;
            expect_beside(&subject, block, reaches[k], &none, ring);
            expect_beside(&subject, block, reaches[k], &mean, ring + RING_BEFORE_APART);
        }
    part_done(&subject.part);
}

static void a_document_of_one_block_agrees_with_nothing(void **state) {
    Subject subject;
    open_subject(&subject, state, "The striker scored twice before halftime.\n");
    for (int column = 0; column < AGREEMENT_WIDTH; column++)
        assert_int_equal(subject.rows[0][column], 0);
    part_done(&subject.part);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_the_topic_changes_what_begins_agrees_least_with_what_stands_before),
        cmocka_unit_test(but_for_what_all_is_about_two_topics_disagree),
        cmocka_unit_test(a_block_of_the_other_topic_agrees_less_with_the_rest),
        cmocka_unit_test(the_best_cut_parts_topics_as_no_other_does),
        cmocka_unit_test(with_nothing_before_or_behind_a_block_does_not_agree),
        cmocka_unit_test(what_blocks_agree_with_is_as_counted_anew),
        cmocka_unit_test(a_document_of_one_block_agrees_with_nothing),
    };
    return cmocka_run_group_tests_name("agreement", tests, set_up_rules, tear_down_rules);
}
