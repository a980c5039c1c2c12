/* SPDX-License-Identifier: MIT
 * test_topics.c - what runs of blocks are about, by texts of two topics and against counting anew.
 */
#include "verdict/topics.h"

#include "language/words.h"
#include "models/vectors.h"
#include "part.h"
#include "themes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- helpers -------------------------------------------------------------------------------- */

typedef struct Subject {
    Part part;
    Topics *topics;
} Subject;

static void open_subject(Subject *ret, void **state, const char *text) {
    part_judge(&ret->part, *state, text);
    ret->topics = topics_open(&ret->part.document);
    assert_non_null(ret->topics);
}

static int told(const Subject *subject, size_t first, size_t end, int column) {
    int16_t row[TOPIC_COUNT];
    topics_measure(subject->topics, first, end, row);
    return row[column];
}

/* Sums and words of some blocks, in numbers as large as they come. */
typedef struct Count {
    double at[VECTOR_SIZE], words;
} Count;

static Count count_anew(const Document *document, size_t first, size_t end) {
    Count count = {0};
    for (size_t block = first; block < end; block++)
        for (uint32_t i = 0; i < document->blocks[block].token_count; i++) {
            const uint32_t token = document->tokens[document->blocks[block].first_token + i];
            Vector vector = {0};
            vector_add(&vector, document->word_types[TOKEN_TYPE(token)].hash);
            for (int k = 0; k < VECTOR_SIZE; k++) count.at[k] += vector.at[k];
            count.words++;
        }
    return count;
}

static double square_of(const Count *count) {
    double square = 0;
    for (int k = 0; k < VECTOR_SIZE; k++) square += count->at[k] * count->at[k];
    return square;
}

static double explained_anew(const Document *document, size_t first, size_t end) {
    const Count all = count_anew(document, 0, document->block_count);
    const Count inside = count_anew(document, first, end);
    Count rest = {.words = all.words - inside.words};
    for (int k = 0; k < VECTOR_SIZE; k++) rest.at[k] = all.at[k] - inside.at[k];
    return (square_of(&inside) / (inside.words + 2) + square_of(&rest) / (rest.words + 2) -
            square_of(&all) / (all.words + 4)) /
           64;
}

/* What every run explains, but for what is lost by cutting sums down. */
static void expect_explained(const Subject *subject, double tolerance) {
    const Document *document = &subject->part.document;
    const size_t step = document->block_count / 8 + 1;
    for (size_t first = 0; first < document->block_count; first += step)
        for (size_t end = first + step; end < document->block_count; end += step) {
            const double anew = explained_anew(document, first, end);
            const double expected = anew < INT16_MAX ? anew : INT16_MAX;
            const int found = told(subject, first, end, TOPIC_EXPLAINS);
            if (fabs(found - expected) > 2 + tolerance * expected)
                fail_msg("%zu-%zu explains %d, not %.1f", first, end, found, expected);
        }
}

/* A text of one line after the other, many times; free it. */
static char *repeat(const char *text, size_t times) {
    const size_t size = strlen(text);
    char *all = malloc(size * times + 1);
    assert_non_null(all);
    for (size_t i = 0; i < times; i++) memcpy(all + i * size, text, size);
    all[size * times] = '\0';
    return all;
}

/* ---- words ----------------------------------------------------------------------------------- */

static Vector vector_of(const char *word) {
    Vector vector = {0};
    vector_add(&vector, word_hash(word));
    return vector;
}

/* Whether the cosine of two words is over so many hundredths. */
static bool are_like(const char *one, const char *other, int hundredths) {
    const Vector a = vector_of(one), b = vector_of(other);
    double both = 0, first = 0, second = 0;
    for (int k = 0; k < VECTOR_SIZE; k++) {
        both += a.at[k] * b.at[k];
        first += a.at[k] * a.at[k];
        second += b.at[k] * b.at[k];
    }
    return both > 0 && both * both * 10000 > first * second * hundredths * hundredths;
}

static void words_of_one_topic_point_the_same_way(void **state) {
    (void)state;
    assert_true(are_like("goalkeeper", "striker", 60));
    assert_false(are_like("goalkeeper", "saucepan", 20));
}

static void a_word_that_has_no_vector_is_given_one_by_its_hash(void **state) {
    (void)state;
    assert_true(are_like("zwielichtig", "zwielichtig", 99));
    assert_false(are_like("zwielichtig", "abendessen", 70));
}

static void no_number_of_a_words_vector_is_larger_than_promised(void **state) {
    (void)state;
    for (int part = 0; part < VECTOR_PARTS; part++)
        for (int mean = 0; mean < 256; mean++)
            for (int k = 0; k < VECTOR_PART; k++)
                assert_in_range(vector_means[part][mean][k] + VECTOR_LONGEST, 0,
                                2 * VECTOR_LONGEST);
}

/* ---- runs ------------------------------------------------------------------------------------ */

static void what_is_about_something_else_explains_most(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL FOOTBALL KITCHEN);
    assert_int_equal(subject.part.document.block_count, 9);
    assert_int_equal(told(&subject, 6, 9, TOPIC_EXPLAINS_LESS), 0);
    assert_true(told(&subject, 6, 9, TOPIC_EXPLAINS_SHARE) > 950);
    assert_true(told(&subject, 5, 9, TOPIC_EXPLAINS_LESS) > 0);
    assert_true(told(&subject, 7, 9, TOPIC_EXPLAINS_LESS) > 0);
    assert_true(told(&subject, 6, 9, TOPIC_EXPLAINS) > told(&subject, 3, 6, TOPIC_EXPLAINS));
    assert_true(told(&subject, 6, 9, TOPIC_EXPLAINS_WORD) > 0);
    part_done(&subject.part);
}

static void what_is_about_the_same_is_like_the_rest_whatever_its_words(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL KITCHEN);
    assert_true(told(&subject, 0, 3, TOPIC_ALIKE) < 200);
    assert_true(told(&subject, 0, 1, TOPIC_ALIKE) > told(&subject, 0, 3, TOPIC_ALIKE));
    part_done(&subject.part);
}

static void what_blocks_say_is_as_counted_anew(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL KITCHEN FOOTBALL);
    const Document *document = &subject.part.document;
    const TopicSum *sums = topics_sum_up(document);
    assert_non_null(sums);
    for (size_t first = 0; first < document->block_count; first++)
        for (size_t end = first; end <= document->block_count; end++) {
            const Count anew = count_anew(document, first, end);
            for (int k = 0; k < VECTOR_SIZE; k++)
                assert_int_equal(sums[end].at[k] - sums[first].at[k], (int)anew.at[k]);
            assert_int_equal(topics_words(subject.topics, first, end), (uint32_t)anew.words);
        }
    part_done(&subject.part);
}

static void cuts_at_both_edges_are_told(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL KITCHEN);
    const int cut = told(&subject, 3, 6, TOPIC_CUT_BEFORE);
    assert_int_equal(cut, told(&subject, 0, 3, TOPIC_CUT_AFTER));
    assert_int_equal(cut, told(&subject, 0, 3, TOPIC_EXPLAINS));
    assert_int_equal(told(&subject, 0, 3, TOPIC_CUT_BEFORE), 0);
    assert_int_equal(told(&subject, 3, 6, TOPIC_CUT_AFTER), 0);
    part_done(&subject.part);
}

static void in_any_language_what_is_said_again_points_the_same_way(void **state) {
    Subject subject;
    open_subject(&subject, state,
                 "Der Torwart hielt den Elfmeter.\nTorwart und Elfmeter: das ganze Spiel.\n"
                 "Zwiebeln in Butter schmoren.\nButter und Zwiebeln abschmecken.\n");
    assert_true(told(&subject, 2, 4, TOPIC_ALIKE) < told(&subject, 1, 2, TOPIC_ALIKE));
    assert_int_equal(told(&subject, 2, 4, TOPIC_EXPLAINS_LESS), 0);
    part_done(&subject.part);
}

static void what_runs_explain_is_as_counted_anew(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL KITCHEN FOOTBALL "Nothing more was said.\n" KITCHEN);
    expect_explained(&subject, 0.01);
    part_done(&subject.part);
}

static void of_a_long_document_too(void **state) {
    Subject subject;
    char *one = repeat(FOOTBALL, 60), *other = repeat(KITCHEN, 40), text[40000];
    snprintf(text, sizeof text, "%s%s", one, other);
    open_subject(&subject, state, text);
    expect_explained(&subject, 0.05);
    part_done(&subject.part);
    free(one);
    free(other);
}

static void blocks_of_no_words_explain_nothing(void **state) {
    Subject subject;
    open_subject(&subject, state, "1 2 3\n4 5 6\n7 8 9\n");
    for (int column = 0; column < TOPIC_COUNT; column++)
        assert_int_equal(told(&subject, 1, 2, column), 0);
    part_done(&subject.part);
}

static void of_a_block_so_many_words_are_looked_up(void **state) {
    Subject subject;
    char *line = repeat("striker ", 500);
    char text[5000];
    snprintf(text, sizeof text, "%s\nsaucepan butter flour\n", line);
    open_subject(&subject, state, text);
    const int found = told(&subject, 1, 2, TOPIC_EXPLAINS_WORD);
    assert_true(found > 0 && found < INT16_MAX);
    part_done(&subject.part);
    free(line);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_one_topic_point_the_same_way),
        cmocka_unit_test(a_word_that_has_no_vector_is_given_one_by_its_hash),
        cmocka_unit_test(no_number_of_a_words_vector_is_larger_than_promised),
        cmocka_unit_test(what_is_about_something_else_explains_most),
        cmocka_unit_test(what_is_about_the_same_is_like_the_rest_whatever_its_words),
        cmocka_unit_test(what_blocks_say_is_as_counted_anew),
        cmocka_unit_test(cuts_at_both_edges_are_told),
        cmocka_unit_test(in_any_language_what_is_said_again_points_the_same_way),
        cmocka_unit_test(what_runs_explain_is_as_counted_anew),
        cmocka_unit_test(of_a_long_document_too),
        cmocka_unit_test(blocks_of_no_words_explain_nothing),
        cmocka_unit_test(of_a_block_so_many_words_are_looked_up),
    };
    return cmocka_run_group_tests_name("topics", tests, set_up_rules, tear_down_rules);
}
