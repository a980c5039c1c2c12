/* SPDX-License-Identifier: MIT
 * test_features.c - names and words of features, and the rows of small documents against figures by
 * hand. */
#include "verdict/features.h"

#include "forge.h"
#include "part.h"
#include "verdict/marks.h"
#include "verdict/votes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BLOCKS = 32, UNIT = 1024, FAR_AWAY = 999, NONE = -1, GONE = INT16_MIN };

/* ---- names and words ------------------------------------------------------------------------ */

static void every_feature_has_a_name_of_its_own(void **state) {
    (void)state;
    size_t count = 0;
    for (; feature_name(count); count++) {
        assert_true(strlen(feature_name(count)) > 0);
        for (size_t i = 0; i < count; i++)
            assert_string_not_equal(feature_name(i), feature_name(count));
    }
    assert_int_equal(count, feature_count());
    assert_null(feature_name(count + 1));
    assert_null(feature_name(SIZE_MAX));
}

static void names_are_words_that_logs_and_scripts_can_hold(void **state) {
    (void)state;
    static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";
    for (size_t i = 0; i < feature_count(); i++)
        assert_int_equal(strspn(feature_name(i), signs), strlen(feature_name(i)));
}

static void evidence_comes_first_under_its_own_names(void **state) {
    (void)state;
    for (size_t i = 0; i < EVIDENCE_TEXT_COUNT; i++)
        assert_string_equal(feature_name(i), evidence_name(i));
    assert_null(evidence_name(EVIDENCE_COUNT));
}

static void each_pass_reads_more_than_the_one_before(void **state) {
    (void)state;
    assert_true((size_t)COLUMNS_FIRST > EVIDENCE_TEXT_COUNT);
    assert_true((size_t)COLUMNS_SECOND > (size_t)COLUMNS_FIRST);
    assert_true((size_t)COLUMNS_THIRD > (size_t)COLUMNS_SECOND);
    assert_int_equal(feature_named("pass.before3"), (size_t)COLUMNS_FIRST);
    assert_int_equal(feature_named("votes.held"), (size_t)COLUMNS_SECOND);
    assert_int_equal(feature_named("agrees.rest"), (size_t)COLUMNS_THIRD);
    assert_true(feature_count() > (size_t)COLUMNS_THIRD);
}

static void expect_words(const char *feature, int value, const char *expected) {
    char words[160];
    feature_words(feature_named(feature), value, words, sizeof words);
    assert_string_equal(words, expected);
}

static void words_tell_the_value_as_a_reader_would(void **state) {
    (void)state;
    expect_words("words", 17, "has 17 words");
    expect_words("cut_in_word", 160, "cut in mid-word at 160 bytes");
    expect_words("rights", 583, "58 % of it is a rights notice");
    expect_words("rights", 586, "59 % of it is a rights notice");
    expect_words("rights", 1000, "100 % of it is a rights notice");
    expect_words("headline", 1, "reads like a headline");
    expect_words("ending", ENDING_ELLIPSIS, "ends in an ellipsis");
    expect_words("before1.words", 3, "the line before it: has 3 words");
}

static void a_neighbour_that_is_not_there_is_told_as_missing(void **state) {
    (void)state;
    expect_words("after2.words", GONE, "the second line after it is missing");
}

static void words_hold_no_placeholder_and_end_within_their_room(void **state) {
    (void)state;
    static const int values[] = {-32768, -1, 0, 1, 7, 999, 32767};
    for (size_t i = 0; i < feature_count(); i++)
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            char words[256] = "";
            feature_words(i, values[v], words, sizeof words);
            assert_true(strlen(words) > 0 && strlen(words) < 120);
            assert_null(strpbrk(words, "{}"));
        }
}

static void words_of_neighbours_begin_with_who_they_speak_of(void **state) {
    (void)state;
    char words[256];
    for (size_t i = EVIDENCE_TEXT_COUNT; strncmp(feature_name(i), "block_", 6) != 0; i++) {
        feature_words(i, 1, words, sizeof words);
        assert_memory_equal(words, "the ", 4);
        assert_non_null(strstr(words, "line "));
    }
}

static void words_are_cut_to_the_room_there_is(void **state) {
    (void)state;
    for (size_t i = 0; i < feature_count(); i += 7)
        for (size_t size = 1; size < 100; size += 9) {
            char *words = malloc(size);
            char whole[256];
            assert_non_null(words);
            feature_words(i, 1234, words, size);
            feature_words(i, 1234, whole, sizeof whole);
            assert_true(strlen(words) < size);
            assert_memory_equal(words, whole, strlen(words));
            assert_true(strlen(words) == size - 1 || strlen(words) == strlen(whole));
            free(words);
        }
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* A document and all its rows. */
typedef struct Table {
    Part part;
    Features *features;
    int16_t *rows;
} Table;

static void read_rows(Table *table) {
    size_t count = table->part.document.block_count;
    assert_true(count <= MOST_BLOCKS);
    Column *columns = features_open_batch(table->features);
    assert_non_null(columns);
    for (size_t first = 0; first < count; first += FOREST_BATCH) {
        size_t blocks[FOREST_BATCH] = {0};
        for (size_t i = 0; i < FOREST_BATCH && first + i < count; i++) blocks[i] = first + i;
        features_write(table->features, blocks, columns);
        for (size_t i = 0; i < FOREST_BATCH && first + i < count; i++)
            for (size_t f = 0; f < feature_count(); f++)
                table->rows[(first + i) * feature_count() + f] = columns[f].values[i];
    }
}

static void open_table(Table *ret, void **state, const char *text) {
    part_judge(&ret->part, *state, text);
    static const Lexicon none;
    ret->features = features_open(&ret->part.document, &none);
    ret->rows = calloc(MOST_BLOCKS * feature_count(), sizeof *ret->rows);
    assert_non_null(ret->features);
    assert_non_null(ret->rows);
    read_rows(ret);
}

static void close_table(Table *table) {
    part_done(&table->part);
    free(table->rows);
}

static void expect_column(const Table *table, const char *name, const int *values, size_t count) {
    size_t column = feature_named(name);
    assert_int_equal(table->part.document.block_count, count);
    for (size_t i = 0; i < count; i++) {
        int value = table->rows[i * feature_count() + column];
        if (value != values[i])
            fail_msg("%s of block %zu is %d, not %d", name, i, value, values[i]);
    }
}

#define EXPECT_COLUMN(table, name, ...)                                                            \
    expect_column(table, name, (const int[]){__VA_ARGS__}, sizeof(int[]){__VA_ARGS__} / sizeof(int))

/* Two sentences on a line, a line of noise, a headline, a line after a blank one. */
static const char small[] = "One two three. Four five.\nqrights\nThree Words Here\n\nlast line\n";

static void a_row_begins_with_the_blocks_own_evidence(void **state) {
    Table table;
    open_table(&table, state, small);
    for (size_t i = 0; i < table.part.document.block_count; i++)
        assert_memory_equal(table.rows + i * feature_count(),
                            table.part.document.blocks[i].evidence,
                            EVIDENCE_TEXT_COUNT * sizeof(int16_t));
    close_table(&table);
}

static void neighbours_are_the_lines_before_and_after(void **state) {
    Table table;
    open_table(&table, state, small);
    EXPECT_COLUMN(&table, "before1.words", GONE, GONE, 5, 1, 3);
    EXPECT_COLUMN(&table, "before2.words", GONE, GONE, GONE, 5, 1);
    EXPECT_COLUMN(&table, "before3.words", GONE, GONE, GONE, GONE, 5);
    EXPECT_COLUMN(&table, "after1.words", 1, 1, 3, 2, GONE);
    EXPECT_COLUMN(&table, "after2.words", 3, 3, 2, GONE, GONE);
    EXPECT_COLUMN(&table, "after3.words", 2, 2, GONE, GONE, GONE);
    close_table(&table);
}

static void marks_typed_unlike_the_rest_tell_another_hand(void **state) {
    Table table;
    open_table(&table, state, "It's one's own.\nIt’s other’s.\nNo marks here.\n");
    EXPECT_COLUMN(&table, "marks", 100, 100, NONE);
    EXPECT_COLUMN(&table, "marks.stretch", 100, 100, NONE);
    EXPECT_COLUMN(&table, "marks.near5", NONE, NONE, NONE); /* that is all there is */
    EXPECT_COLUMN(&table, "marks.break", NONE, 100, NONE);
    EXPECT_COLUMN(&table, "document.marks_break", 100, 100, 100);
    close_table(&table);
}

static void marks_are_told_apart_the_better_the_more_there_are(void **state) {
    (void)state;
    assert_int_equal(marks_apart((Typed){1, 0}, (Typed){0, 1}), 70);
    assert_int_equal(marks_apart((Typed){5, 0}, (Typed){0, 20}), 200);
    assert_int_equal(marks_apart((Typed){0, 20}, (Typed){5, 0}), 200);
    assert_int_equal(marks_apart((Typed){5, 5}, (Typed){20, 20}), 0);
    assert_int_equal(marks_apart((Typed){0, 0}, (Typed){1, 1}), NONE);
    assert_int_equal(marks_apart((Typed){1, 1}, (Typed){0, 0}), NONE);
    assert_int_equal(marks_apart((Typed){0, UINT32_MAX}, (Typed){UINT32_MAX, 0}), INT16_MAX);
}

static void neighbours_are_told_with_all_their_measures(void **state) {
    Table table;
    open_table(&table, state, small);
    EXPECT_COLUMN(&table, "after1.noise", 1000, 1000, 0, 0, GONE);
    EXPECT_COLUMN(&table, "before1.ending", GONE, GONE, ENDING_STOP, ENDING_LETTER, ENDING_LETTER);
    EXPECT_COLUMN(&table, "before1.opening", GONE, GONE, OPENING_UPPER, OPENING_LOWER,
                  OPENING_UPPER);
    EXPECT_COLUMN(&table, "after1.joint", JOINT_LINE, JOINT_LINE, JOINT_LINE, JOINT_PARAGRAPH,
                  GONE);
    EXPECT_COLUMN(&table, "after1.headline", 0, 0, 1, 0, GONE);
    EXPECT_COLUMN(&table, "after1.capitalised", 0, 0, 1000, 0, GONE);
    EXPECT_COLUMN(&table, "after1.copies", 1, 1, 1, 1, GONE);
    close_table(&table);
}

static void sentences_before_and_after_are_told_too(void **state) {
    Table table;
    open_table(&table, state, small);
    EXPECT_COLUMN(&table, "block_before.words", NONE, 3, 2, 1, 3);
    EXPECT_COLUMN(&table, "block_after.words", 2, 1, 3, 2, NONE);
    EXPECT_COLUMN(&table, "block_before.ending", NONE, ENDING_STOP, ENDING_STOP, ENDING_LETTER,
                  ENDING_LETTER);
    EXPECT_COLUMN(&table, "block_after.opening", OPENING_UPPER, OPENING_LOWER, OPENING_UPPER,
                  OPENING_LOWER, NONE);
    close_table(&table);
}

static void noise_around_a_block_is_counted_in_lines(void **state) {
    Table table;
    open_table(&table, state, small);
    EXPECT_COLUMN(&table, "near5.noisy", 1, 1, 1, 1, 1);
    EXPECT_COLUMN(&table, "near5.words", 2, 2, 2, 2, 2); /* 11 words on 4 lines */
    EXPECT_COLUMN(&table, "noisy_before", 0, 0, 0, 1, 1);
    EXPECT_COLUMN(&table, "noisy_after", 1, 1, 0, 0, 0);
    close_table(&table);
}

#define TWENTY "a b c d e f g h i j k l m n o p q r s t"

static void prose_is_a_line_of_twenty_words_that_is_closed(void **state) {
    Table table;
    open_table(&table, state,
               "x\n" TWENTY ".\nx\nx\n" TWENTY "\nx\n\"" TWENTY "\"\na b c d e f g h i j k.\n");
    EXPECT_COLUMN(&table, "prose_before", 0, 0, 1, 1, 1, 1, 1, 2);
    EXPECT_COLUMN(&table, "prose_after", 2, 1, 1, 1, 1, 1, 0, 0);
    EXPECT_COLUMN(&table, "since_prose", FAR_AWAY, FAR_AWAY, 1, 2, 3, 4, 5, 1);
    EXPECT_COLUMN(&table, "until_prose", 1, 5, 4, 3, 2, 1, FAR_AWAY, FAR_AWAY);
    EXPECT_COLUMN(&table, "near5.prose", 1, 2, 2, 2, 2, 2, 2, 1);
    close_table(&table);
}

static void the_document_is_told_in_every_row(void **state) {
    Table table;
    open_table(&table, state, small);
    EXPECT_COLUMN(&table, "document.blocks", 5, 5, 5, 5, 5);
    EXPECT_COLUMN(&table, "document.stretches", 4, 4, 4, 4, 4);
    EXPECT_COLUMN(&table, "document.words", 11, 11, 11, 11, 11);
    EXPECT_COLUMN(&table, "document.stretch_words", 2, 2, 2, 2, 2);
    EXPECT_COLUMN(&table, "document.prose_share", 0, 0, 0, 0, 0);
    EXPECT_COLUMN(&table, "document.closed_share", 250, 250, 250, 250, 250);
    EXPECT_COLUMN(&table, "document.short_share", 1000, 1000, 1000, 1000, 1000);
    EXPECT_COLUMN(&table, "document.noisy_share", 250, 250, 250, 250, 250);
    EXPECT_COLUMN(&table, "document.blank_share", 250, 250, 250, 250, 250);
    EXPECT_COLUMN(&table, "document.capitalised", 454, 454, 454, 454, 454); /* 5 of 11 */
    EXPECT_COLUMN(&table, "document.headlines", 1, 1, 1, 1, 1);
    close_table(&table);
}

static void rows_are_the_same_wherever_in_a_batch_they_stand(void **state) {
    Table table;
    open_table(&table, state, small);
    Column *columns = features_open_batch(table.features);
    assert_non_null(columns);
    size_t blocks[FOREST_BATCH];
    for (size_t row = 0; row < FOREST_BATCH; row++) blocks[row] = (row * 7 + 2) % 5;
    features_write(table.features, blocks, columns);
    for (size_t row = 0; row < FOREST_BATCH; row++)
        for (size_t f = 0; f < feature_count(); f++)
            assert_int_equal(columns[f].values[row], table.rows[blocks[row] * feature_count() + f]);
    close_table(&table);
}

/* ---- later passes --------------------------------------------------------------------------- */

/* Five blocks of one word each, on lines of their own. */
static const char five[] = "tiger\nzebra\ntiger\nKoala\nzebra\n";
static const int32_t scores[] = {-3 * UNIT, 2 * UNIT, UNIT, -4 * UNIT, 4000};

static void columns_of_a_pass_that_was_not_made_are_nothing(void **state) {
    Table table;
    open_table(&table, state, small);
    size_t width = feature_count();
    for (size_t i = 0; i < table.part.document.block_count; i++)
        for (size_t column = (size_t)COLUMNS_FIRST; column < width; column++)
            assert_int_equal(table.rows[i * width + column], 0);
    close_table(&table);
}

static void open_pass(Table *ret, void **state) {
    open_table(ret, state, five);
    assert_int_equal(features_add_pass(ret->features, scores), DECANT_OK);
    read_rows(ret);
}

static void a_pass_sees_the_scores_of_the_one_before(void **state) {
    Table table;
    open_pass(&table, state);
    EXPECT_COLUMN(&table, "pass.score", -768, 512, 256, -1024, 1000);
    EXPECT_COLUMN(&table, "pass.before1", INT16_MIN, -768, 512, 256, -1024);
    EXPECT_COLUMN(&table, "pass.before3", INT16_MIN, INT16_MIN, INT16_MIN, -768, 512);
    EXPECT_COLUMN(&table, "pass.after1", 512, 256, -1024, 1000, INT16_MIN);
    EXPECT_COLUMN(&table, "pass.after3", -1024, 1000, INT16_MIN, INT16_MIN, INT16_MIN);
    EXPECT_COLUMN(&table, "pass.stretch", -768, 512, 256, -1024, 1000);
    EXPECT_COLUMN(&table, "pass.stretch_before1", INT16_MIN, -768, 512, 256, -1024);
    EXPECT_COLUMN(&table, "pass.stretch_after2", 256, -1024, 1000, INT16_MIN, INT16_MIN);
    close_table(&table);
}

static void a_pass_sees_means_over_the_document(void **state) {
    Table table;
    open_pass(&table, state);
    /* the sum is -96 */
    EXPECT_COLUMN(&table, "pass.mean", -4, -4, -4, -4, -4);
    EXPECT_COLUMN(&table, "pass.max", 1000, 1000, 1000, 1000, 1000);
    EXPECT_COLUMN(&table, "pass.share", 600, 600, 600, 600, 600);
    EXPECT_COLUMN(&table, "pass.near5", -4, -4, -4, -4, -4);
    EXPECT_COLUMN(&table, "pass.all_before", 0, -768, -128, 0, -256);
    EXPECT_COLUMN(&table, "pass.all_after", 186, 77, -12, 1000, 0);
    close_table(&table);
}

static void a_pass_sees_sums_of_runs_and_how_far_sure_text_is(void **state) {
    Table table;
    open_pass(&table, state);
    EXPECT_COLUMN(&table, "pass.gain_before", -768, 512, 768, -256, 1000);
    EXPECT_COLUMN(&table, "pass.gain_after", 0, 768, 256, -24, 1000);
    EXPECT_COLUMN(&table, "pass.kept_before", FAR_AWAY, 1, 2, 3, 1);
    EXPECT_COLUMN(&table, "pass.kept_after", 3, 2, 1, FAR_AWAY, FAR_AWAY);
    close_table(&table);
}

static void runs_of_suspect_blocks_are_told_at_each_level(void **state) {
    Table table;
    open_pass(&table, state);
    EXPECT_COLUMN(&table, "run_high.blocks", 0, 2, 2, 0, 1);
    EXPECT_COLUMN(&table, "run_high.words", 0, 2, 2, 0, 1);
    EXPECT_COLUMN(&table, "run_high.mean", 0, 384, 384, 0, 1000);
    EXPECT_COLUMN(&table, "run_high.max", 0, 512, 512, 0, 1000);
    EXPECT_COLUMN(&table, "run_high.carry", 0, 1000, 1000, 0, 1000);
    EXPECT_COLUMN(&table, "run_high.names", 0, NONE, NONE, 0, NONE);
    EXPECT_COLUMN(&table, "run_high.place", 0, 1, 2, 0, 1);
    EXPECT_COLUMN(&table, "run_high.to_start", 0, 1, 1, 0, 4);
    EXPECT_COLUMN(&table, "run_high.to_end", 0, 2, 2, 0, 0);
    EXPECT_COLUMN(&table, "run_high.joint", 0, JOINT_LINE, JOINT_LINE, 0, JOINT_LINE);
    close_table(&table);
}

static void a_block_at_a_level_is_not_over_it(void **state) {
    Table table;
    open_pass(&table, state);
    EXPECT_COLUMN(&table, "run_mid.blocks", 0, 2, 2, 0, 1); /* over -2 units */
    EXPECT_COLUMN(&table, "run_low.blocks", 0, 2, 2, 0, 1); /* the first is at -3 units */
    close_table(&table);
}

static void a_pass_replaces_what_the_one_before_said(void **state) {
    static const int32_t other[] = {UNIT, -4 * UNIT, -4 * UNIT, -4 * UNIT, -4 * UNIT};
    Table table;
    open_pass(&table, state);
    assert_int_equal(features_add_pass(table.features, other), DECANT_OK);
    read_rows(&table);
    EXPECT_COLUMN(&table, "pass.score", 256, -1024, -1024, -1024, -1024);
    EXPECT_COLUMN(&table, "pass.share", 200, 200, 200, 200, 200);
    EXPECT_COLUMN(&table, "pass.gain_after", 256, -1024, -1024, -1024, -1024);
    EXPECT_COLUMN(&table, "run_high.blocks", 1, 0, 0, 0, 0);
    EXPECT_COLUMN(&table, "run_high.place", 1, 0, 0, 0, 0);
    close_table(&table);
}

static void a_line_of_several_sentences_weighs_them_by_their_words(void **state) {
    static const int32_t three[] = {UNIT, -UNIT, 0};
    Table table;
    open_table(&table, state,
               "One two three four five. Six seven. Eight\n"); /* weights of 6, 3 and 2 */
    assert_int_equal(features_add_pass(table.features, three), DECANT_OK);
    read_rows(&table);
    EXPECT_COLUMN(&table, "pass.stretch", 69, 69, 69); /* 3 of 11 */
    close_table(&table);
}

/* ---- votes ---------------------------------------------------------------------------------- */

enum { NOBODY = -2560 }; /* of a run that is not there */

/* Casts the votes of runs; a run from 2 to 5 is told to have 25 words. */
static void cast_votes(Table *table, const Run *runs, size_t count) {
    Votes *votes = votes_open(&table->part.document);
    assert_non_null(votes);
    for (size_t i = 0; i < count; i++) {
        int16_t row[RUN_WIDTH] = {0};
        row[RUN_WORDS] = (int16_t)(10 * runs[i].first + runs[i].end);
        votes_cast(votes, &runs[i], row);
    }
    VoteRow *rows = votes_count(votes, runs, count);
    assert_non_null(rows);
    features_add_votes(table->features, rows);
}

static void add_votes(Table *table, const Run *runs, size_t count) {
    cast_votes(table, runs, count);
    read_rows(table);
}

static void a_block_knows_what_runs_hold_it_and_begin_and_end_with_it(void **state) {
    /* probabilities of 0.5, 0.8807 and 0.1192; the last is all the rest of the document */
    static const Run runs[] = {{1, 3, 0}, {1, 2, 2 * UNIT}, {2, 5, -2 * UNIT}};
    Table table;
    open_pass(&table, state);
    add_votes(&table, runs, 3);
    EXPECT_COLUMN(&table, "votes.held", 0, 13807, 6192, 1192, 1192);
    EXPECT_COLUMN(&table, "votes.begins", 0, 13807, 1192, 0, 0);
    EXPECT_COLUMN(&table, "votes.ends", 0, 8807, 5000, 0, 1192);
    EXPECT_COLUMN(&table, "votes.best", NOBODY, 512, 0, -512, -512);
    EXPECT_COLUMN(&table, "votes.behind", NOBODY - 512, 0, -512, -1024, -1024);
    close_table(&table);
}

static void a_block_is_told_of_the_most_foreign_run_that_holds_it(void **state) {
    static const Run runs[] = {{1, 3, 0}, {2, 3, UNIT}, {3, 5, -UNIT}, {4, 5, -UNIT}};
    Table table;
    open_pass(&table, state);
    add_votes(&table, runs, 4);
    EXPECT_COLUMN(&table, "best.before", COLUMNS_MISSING, 0, 0, 0, 1);
    EXPECT_COLUMN(&table, "best.after", COLUMNS_MISSING, 1, 0, 1, 0);
    EXPECT_COLUMN(&table, "best.words", COLUMNS_MISSING, 13, 23, 35, 35);
    close_table(&table);
}

static void runs_are_told_with_their_document(void **state) {
    static const Run runs[] = {{1, 3, UNIT}, {0, 2, 0}, {3, 5, -UNIT}, {3, 4, -2 * UNIT}};
    Table table;
    open_pass(&table, state);
    add_votes(&table, runs, 4);
    EXPECT_COLUMN(&table, "votes.doc_best", 256, 256, 256, 256, 256);
    EXPECT_COLUMN(&table, "votes.doc_next", -256, -256, -256, -256, -256); /* apart from it */
    EXPECT_COLUMN(&table, "votes.doc_all", 16192, 16192, 16192, 16192, 16192);
    close_table(&table);
}

static void a_run_right_beside_the_best_is_apart_from_it(void **state) {
    static const Run best = {2, 4, UNIT}, others[] = {{0, 2, 0}, {4, 5, 0}, {0, 3, 0}, {3, 5, 0}};
    static const int next[] = {0, 0, NOBODY, NOBODY};
    for (size_t i = 0; i < 4; i++) {
        const Run runs[] = {best, others[i]};
        Table table;
        open_pass(&table, state);
        add_votes(&table, runs, 2);
        EXPECT_COLUMN(&table, "votes.doc_next", next[i], next[i], next[i], next[i], next[i]);
        close_table(&table);
    }
}

static void runs_that_are_the_rest_of_the_document_hold_all_of_it(void **state) {
    static const Run runs[] = {{3, 5, 2 * UNIT}, {1, 5, UNIT}, {2, 5, 0}};
    Table table;
    open_pass(&table, state);
    add_votes(&table, runs, 3);
    EXPECT_COLUMN(&table, "votes.best", NOBODY, 256, 256, 512, 512);
    EXPECT_COLUMN(&table, "votes.held", 0, 7311, 12311, 21119, 21119);
    EXPECT_COLUMN(&table, "votes.ends", 0, 0, 0, 0, 21119);
    close_table(&table);
}

static void the_order_of_runs_makes_no_difference(void **state) {
    static const Run runs[2][4] = {{{1, 3, UNIT}, {0, 2, 0}, {3, 5, -UNIT}, {2, 5, 300}},
                                   {{2, 5, 300}, {3, 5, -UNIT}, {0, 2, 0}, {1, 3, UNIT}}};
    Table tables[2];
    for (int i = 0; i < 2; i++) {
        open_pass(&tables[i], state);
        add_votes(&tables[i], runs[i], 4);
    }
    assert_memory_equal(tables[0].rows, tables[1].rows, 5 * feature_count() * sizeof(int16_t));
    for (int i = 0; i < 2; i++) close_table(&tables[i]);
}

static void without_runs_there_is_nothing_to_hold_a_block(void **state) {
    Table table;
    open_pass(&table, state);
    add_votes(&table, NULL, 0);
    EXPECT_COLUMN(&table, "votes.held", 0, 0, 0, 0, 0);
    EXPECT_COLUMN(&table, "votes.best", NOBODY, NOBODY, NOBODY, NOBODY, NOBODY);
    EXPECT_COLUMN(&table, "votes.doc_best", NOBODY, NOBODY, NOBODY, NOBODY, NOBODY);
    EXPECT_COLUMN(&table, "votes.doc_next", NOBODY, NOBODY, NOBODY, NOBODY, NOBODY);
    EXPECT_COLUMN(&table, "votes.doc_all", 0, 0, 0, 0, 0);
    EXPECT_COLUMN(&table, "votes.behind", 0, 0, 0, 0, 0);
    close_table(&table);
}

/* What a block is held by when one run of this score holds it. */
static int held_by(Table *table, int32_t score) {
    const Run run = {0, 1, score};
    const ArenaMark mark = arena_mark(table->part.document.arena);
    cast_votes(table, &run, 1);
    const int held = features_votes(table->features, 0)[VOTE_HELD];
    arena_rewind(table->part.document.arena, mark);
    return held;
}

static void a_score_stands_for_the_probability_of_its_log_odds(void **state) {
    static const struct {
        int32_t score;
        int probability;
    } cases[] = {{0, 5000},       {UNIT / 2, 6225},   {-UNIT / 2, 3775}, {UNIT, 7311},
                 {-UNIT, 2689},   {3 * UNIT, 9526},   {-3 * UNIT, 474},  {5 * UNIT, 9933},
                 {-5 * UNIT, 67}, {9 * UNIT, 9999},   {-9 * UNIT, 1},    {20 * UNIT, 10000},
                 {-20 * UNIT, 0}, {INT32_MAX, 10000}, {-INT32_MAX, 0}};
    Table table;
    open_table(&table, state, five);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_in_range(held_by(&table, cases[i].score) + 3, cases[i].probability,
                        cases[i].probability + 6);
    close_table(&table);
}

static void probability_never_falls_as_the_score_rises(void **state) {
    Table table;
    int before = 0;
    open_table(&table, state, five);
    for (int32_t score = -16 * UNIT; score <= 16 * UNIT; score += 7) {
        const int held = held_by(&table, score);
        assert_true(held >= before);
        before = held;
    }
    close_table(&table);
}

static void more_runs_than_a_column_can_count_are_as_many_as_it_can(void **state) {
    static const Run runs[] = {
        {1, 2, 9 * UNIT}, {1, 2, 9 * UNIT}, {1, 2, 9 * UNIT}, {1, 2, 9 * UNIT}};
    Table table;
    open_pass(&table, state);
    add_votes(&table, runs, 4);
    EXPECT_COLUMN(&table, "votes.held", 0, INT16_MAX, 0, 0, 0);
    EXPECT_COLUMN(&table, "votes.doc_all", INT16_MAX, INT16_MAX, INT16_MAX, INT16_MAX, INT16_MAX);
    close_table(&table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_feature_has_a_name_of_its_own),
        cmocka_unit_test(names_are_words_that_logs_and_scripts_can_hold),
        cmocka_unit_test(evidence_comes_first_under_its_own_names),
        cmocka_unit_test(each_pass_reads_more_than_the_one_before),
        cmocka_unit_test(words_tell_the_value_as_a_reader_would),
        cmocka_unit_test(a_neighbour_that_is_not_there_is_told_as_missing),
        cmocka_unit_test(words_hold_no_placeholder_and_end_within_their_room),
        cmocka_unit_test(words_of_neighbours_begin_with_who_they_speak_of),
        cmocka_unit_test(words_are_cut_to_the_room_there_is),
        cmocka_unit_test(a_row_begins_with_the_blocks_own_evidence),
        cmocka_unit_test(neighbours_are_the_lines_before_and_after),
        cmocka_unit_test(marks_typed_unlike_the_rest_tell_another_hand),
        cmocka_unit_test(marks_are_told_apart_the_better_the_more_there_are),
        cmocka_unit_test(neighbours_are_told_with_all_their_measures),
        cmocka_unit_test(sentences_before_and_after_are_told_too),
        cmocka_unit_test(noise_around_a_block_is_counted_in_lines),
        cmocka_unit_test(prose_is_a_line_of_twenty_words_that_is_closed),
        cmocka_unit_test(the_document_is_told_in_every_row),
        cmocka_unit_test(rows_are_the_same_wherever_in_a_batch_they_stand),
        cmocka_unit_test(columns_of_a_pass_that_was_not_made_are_nothing),
        cmocka_unit_test(a_pass_sees_the_scores_of_the_one_before),
        cmocka_unit_test(a_pass_sees_means_over_the_document),
        cmocka_unit_test(a_pass_sees_sums_of_runs_and_how_far_sure_text_is),
        cmocka_unit_test(runs_of_suspect_blocks_are_told_at_each_level),
        cmocka_unit_test(a_block_at_a_level_is_not_over_it),
        cmocka_unit_test(a_pass_replaces_what_the_one_before_said),
        cmocka_unit_test(a_line_of_several_sentences_weighs_them_by_their_words),
        cmocka_unit_test(a_block_knows_what_runs_hold_it_and_begin_and_end_with_it),
        cmocka_unit_test(a_block_is_told_of_the_most_foreign_run_that_holds_it),
        cmocka_unit_test(runs_are_told_with_their_document),
        cmocka_unit_test(a_run_right_beside_the_best_is_apart_from_it),
        cmocka_unit_test(runs_that_are_the_rest_of_the_document_hold_all_of_it),
        cmocka_unit_test(the_order_of_runs_makes_no_difference),
        cmocka_unit_test(without_runs_there_is_nothing_to_hold_a_block),
        cmocka_unit_test(a_score_stands_for_the_probability_of_its_log_odds),
        cmocka_unit_test(probability_never_falls_as_the_score_rises),
        cmocka_unit_test(more_runs_than_a_column_can_count_are_as_many_as_it_can),
    };
    return cmocka_run_group_tests_name("features", tests, set_up_rules, tear_down_rules);
}
