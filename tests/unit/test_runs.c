/* SPDX-License-Identifier: MIT
 * test_runs.c - which runs of blocks might be foreign, and the measures of each, against figures by
 * hand and against counting anew. */
#include "verdict/runs.h"

#include "document/stretch.h"
#include "forge.h"
#include "part.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT = 1024, NONE = -1, GONE = INT16_MIN, LINE_RUN = 8, PREFIX = 30, WIDEST = 256 };

/* Scores up to which a block may be no edge of a run, and no block of one the clearest. */
enum { NO_EDGE = -4096, NOT_CLEAR = -2560 };

/* ---- helpers -------------------------------------------------------------------------------- */

/* No trees: every run passes. */
static const Forest all_pass = {0};

/* The runs of a document by scores of its blocks, and their rows. */
typedef struct Hunt {
    Part part;
    int32_t *scores;
    Run *runs;
    int16_t (*rows)[RUN_WIDTH];
    size_t count;
} Hunt;

/* Goes through the runs; rows are kept unless there are too many. */
static void search_all(Hunt *hunt, const Forest *glance, bool with_rows) {
    const Document *document = &hunt->part.document;
    const size_t most = 40 * document->block_count + 1;
    static const Lexicon none;
    Features *features = features_open(document, &none);
    assert_non_null(features);
    RunSearch *search = runs_open(document, features, hunt->scores, glance);
    assert_non_null(search);
    hunt->runs = malloc(most * sizeof *hunt->runs);
    hunt->rows = malloc((with_rows ? most : 1) * sizeof *hunt->rows);
    assert_non_null(hunt->runs);
    assert_non_null(hunt->rows);
    while (runs_next(search, &hunt->runs[hunt->count], hunt->rows[with_rows ? hunt->count : 0]))
        assert_true(++hunt->count < most);
}

static void open_text(Hunt *ret, void **state, const char *text) {
    *ret = (Hunt){0};
    part_judge(&ret->part, *state, text);
    ret->scores = calloc(ret->part.document.block_count + 1, sizeof *ret->scores);
    assert_non_null(ret->scores);
}

static void hunt_done(Hunt *hunt) {
    part_done(&hunt->part);
    free(hunt->scores);
    free(hunt->runs);
    free(hunt->rows);
}

/* The runs of a text whose blocks have these scores. */
static void hunt_by(Hunt *ret, void **state, const char *text, const int32_t *scores,
                    size_t count) {
    open_text(ret, state, text);
    assert_int_equal(ret->part.document.block_count, count);
    memcpy(ret->scores, scores, count * sizeof *scores);
    search_all(ret, &all_pass, true);
}

/* The same with a score of 0 for every block. */
static void hunt(Hunt *ret, void **state, const char *text) {
    open_text(ret, state, text);
    search_all(ret, &all_pass, true);
}

/* The runs as "first-end", of one start alone unless it is below 0. */
static void expect_runs_from(const Hunt *hunt, int start, const char *expected) {
    char text[2048] = "";
    size_t size = 0;
    for (size_t i = 0; i < hunt->count; i++) {
        if (start >= 0 && hunt->runs[i].first != (uint32_t)start) continue;
        int added = snprintf(text + size, sizeof text - size, "%s%u-%u", size ? " " : "",
                             hunt->runs[i].first, hunt->runs[i].end);
        size += (size_t)added;
        assert_true(size < sizeof text);
    }
    assert_string_equal(text, expected);
}

static void expect_runs(void **state, const char *text, const int32_t *scores, size_t count,
                        const char *expected) {
    Hunt found;
    hunt_by(&found, state, text, scores, count);
    expect_runs_from(&found, -1, expected);
    hunt_done(&found);
}

#define EXPECT_RUNS(state, text, expected, ...)                                                    \
    expect_runs(state, text, (const int32_t[]){__VA_ARGS__},                                       \
                sizeof(int32_t[]){__VA_ARGS__} / sizeof(int32_t), expected)

static int value_of(const Hunt *hunt, uint32_t first, uint32_t end, const char *column) {
    for (size_t i = 0; i < hunt->count; i++)
        if (hunt->runs[i].first == first && hunt->runs[i].end == end)
            return hunt->rows[i][run_column_named(column)];
    fail_msg("%u-%u is no run", first, end);
    return 0;
}

static void expect_told(const Hunt *hunt, uint32_t first, uint32_t end, const char *column,
                        int expected) {
    const int value = value_of(hunt, first, end, column);
    if (value != expected)
        fail_msg("%s of %u-%u is %d, not %d", column, first, end, value, expected);
}

/* Text of `count` pieces: "a b. " over and over, a line break behind every `sentences`. */
static char *make_lines(int count, int sentences) {
    char *text = malloc((size_t)count * 16 + 1);
    assert_non_null(text);
    char *at = text;
    for (int i = 0; i < count; i++)
        at += sprintf(at, "Word x%c%c.%s", 'a' + i % 26, 'a' + i / 26 % 26,
                      (i + 1) % sentences ? " " : "\n\n");
    return text;
}

/* ---- names ----------------------------------------------------------------------------------- */

static void every_column_has_a_name_of_its_own(void **state) {
    (void)state;
    for (size_t i = 0; i < RUN_WIDTH; i++) {
        assert_true(strlen(run_column_name(i)) > 0);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(run_column_name(i), run_column_name(k));
    }
    assert_null(run_column_name(RUN_WIDTH));
    assert_null(run_column_name(SIZE_MAX));
}

static void names_are_words_that_scripts_can_hold(void **state) {
    (void)state;
    static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";
    for (size_t i = 0; i < RUN_WIDTH; i++)
        assert_int_equal(strspn(run_column_name(i), signs), strlen(run_column_name(i)));
}

static void columns_stand_in_their_groups(void **state) {
    (void)state;
    assert_string_equal(run_column_name(0), "run.blocks");
    assert_string_equal(run_column_name(GLANCE_WIDTH - 1), "run.peak");
    assert_string_equal(run_column_name(GLANCE_WIDTH), "run.lines");
    assert_string_equal(run_column_name(RUN_TOPICS - 1), "run.opens_after");
    assert_string_equal(run_column_name(RUN_TOPICS), "run.topic.alike");
    assert_string_equal(run_column_name(RUN_STYLES - 1), "run.topic.cut_after");
    assert_string_equal(run_column_name(RUN_STYLES), "run.style.sentence");
    assert_string_equal(run_column_name(RUN_DIFFERENCES), "run.differs.sentence");
    assert_string_equal(run_column_name(RUN_WHOLE), "document.blocks");
    assert_string_equal(run_column_name(RUN_WIDTH - 1), "document.script");
}

/* ---- which runs are looked at ---------------------------------------------------------------- */

/* Lines of a word each, and of a number each, which are about nothing. */
static const char three[] = "tiger\n\nzebra\n\nkoala\n";
static const char five[] = "tiger\n\nzebra\n\ntiger\n\nkoala\n\nzebra\n";
static const char three_numbers[] = "11\n\n22\n\n33\n";
static const char five_numbers[] = "11\n\n22\n\n11\n\n33\n\n22\n";

static void every_run_of_lines_is_looked_at_but_the_whole_document(void **state) {
    EXPECT_RUNS(state, three, "0-1 0-2 1-2 1-3 2-3", 0, 0, 0);
}

static void a_document_of_one_block_has_no_runs(void **state) {
    EXPECT_RUNS(state, "The tiger sleeps.\n", "", 5 * UNIT);
}

static void where_nothing_is_suspect_there_are_no_runs(void **state) {
    EXPECT_RUNS(state, three_numbers, "", NOT_CLEAR, NOT_CLEAR, NOT_CLEAR);
    EXPECT_RUNS(state, three_numbers, "", INT32_MIN / 2, INT32_MIN / 2, INT32_MIN / 2);
}

static void what_stands_out_by_what_it_is_about_is_looked_at_all_the_same(void **state) {
    static const char text[] = "tiger and zebra\n\nzebra and tiger\n\nbutter and flour\n";
    EXPECT_RUNS(state, text, "0-2 2-3", NO_EDGE, NO_EDGE, NO_EDGE);
    EXPECT_RUNS(state, text, "0-1 0-2 1-2 1-3 2-3", 0, 0, 0);
    Hunt found;
    hunt(&found, state, text);
    expect_told(&found, 1, 2, "run.peak", 0);
    assert_true(value_of(&found, 2, 3, "run.peak") > 900);
    hunt_done(&found);
}

static void one_block_of_a_run_is_clear_at_least(void **state) {
    EXPECT_RUNS(state, three_numbers, "0-2 1-2 1-3", NOT_CLEAR, NOT_CLEAR + 1, NOT_CLEAR);
}

static void both_edges_of_a_run_are_suspect(void **state) {
    EXPECT_RUNS(state, five_numbers, "1-2 1-4 3-4", NO_EDGE, 0, NO_EDGE, 0, NO_EDGE);
    EXPECT_RUNS(state, five_numbers, "1-2 1-3 1-4 2-4 3-4", NO_EDGE, 0, NO_EDGE + 1, 0, NO_EDGE);
}

static void a_run_has_eight_lines_at_most_or_is_all_the_rest(void **state) {
    Hunt found;
    char *text = make_lines(13, 1);
    hunt(&found, state, text);
    expect_runs_from(&found, 1, "1-2 1-3 1-4 1-5 1-6 1-7 1-8 1-9 1-13");
    expect_runs_from(&found, 4, "4-5 4-6 4-7 4-8 4-9 4-10 4-11 4-12 4-13");
    expect_runs_from(&found, 5, "5-6 5-7 5-8 5-9 5-10 5-11 5-12 5-13");
    expect_runs_from(&found, 12, "12-13");
    hunt_done(&found);
    free(text);
}

static void a_beginning_has_thirty_lines_at_most(void **state) {
    Hunt found;
    char *text = make_lines(40, 1);
    hunt(&found, state, text);
    size_t beginnings = 0;
    uint32_t longest = 0;
    for (size_t i = 0; i < found.count && found.runs[i].first == 0; i++) {
        beginnings++;
        longest = found.runs[i].end;
    }
    assert_int_equal(beginnings, PREFIX);
    assert_int_equal(longest, PREFIX);
    hunt_done(&found);
    free(text);
}

static void within_a_line_a_run_begins_and_ends_where_scores_change(void **state) {
    static const char line[] = "One tiger. Two tigers. Three zebras. Four zebras.\n";
    EXPECT_RUNS(state, line, "0-2 2-4", 0, 0, 201, 201);
    EXPECT_RUNS(state, line, "0-2 2-4", 201, 201, 0, 0);
    EXPECT_RUNS(state, line, "", 0, 0, 200, 200);
    EXPECT_RUNS(state, line, "0-1 0-3 1-3 1-4 3-4", 0, 201, 201, 0);
}

static void within_a_line_a_run_has_eight_blocks_at_most(void **state) {
    Hunt found;
    char *text = make_lines(36, 12);
    open_text(&found, state, text);
    assert_int_equal(found.part.document.block_count, 36);
    for (size_t i = 0; i < 36; i++) found.scores[i] = i % 2 ? 300 : 0;
    search_all(&found, &all_pass, true);
    expect_runs_from(&found, 0, "0-1 0-2 0-3 0-4 0-5 0-6 0-7 0-8 0-12 0-24");
    expect_runs_from(&found, 2, "2-3 2-4 2-5 2-6 2-7 2-8 2-9 2-10 2-12 2-24 2-36");
    expect_runs_from(&found, 9, "9-10 9-11 9-12 9-13 9-14 9-15 9-16 9-17 9-24 9-36");
    hunt_done(&found);
    free(text);
}

static void
a_run_that_begins_within_a_line_has_256_blocks_at_most_or_is_all_the_rest(void **state) {
    Hunt found;
    char *text = make_lines(600, 300);
    open_text(&found, state, text);
    assert_int_equal(found.part.document.block_count, 600);
    for (size_t i = 43; i < 45; i++) found.scores[i] = 300;
    search_all(&found, &all_pass, true);
    expect_runs_from(&found, 43, "43-45 43-600"); /* the line's end is 257 away */
    hunt_done(&found);
    open_text(&found, state, text);
    for (size_t i = 44; i < 600; i++) found.scores[i] = 300;
    search_all(&found, &all_pass, true);
    expect_runs_from(&found, 44, "44-300 44-600"); /* 256 away */
    hunt_done(&found);
    free(text);
}

static void a_glance_passes_over_runs_scored_below_0(void **state) {
    static const ForestLevel level = {RUN_BLOCKS, 1}; /* a run of more than one block */
    static const int16_t means[] = {0}, leaves[2][2] = {{0, -1}, {-1, 0}};
    static const char *const expected[] = {"0-1 1-2 2-3", "0-2 1-3"};
    for (int i = 0; i < 2; i++) {
        ForestLevel levels[] = {level};
        int16_t mean[] = {means[0]}, leaf[] = {leaves[i][0], leaves[i][1]};
        int32_t most[] = {0, 0}, least[] = {-1, 0};
        const Forest glance = {.feature_count = 1,
                               .tree_count = 1,
                               .depth = 1,
                               .levels = levels,
                               .means = mean,
                               .leaves = leaf,
                               .most = most,
                               .least = least};
        Hunt found;
        open_text(&found, state, three);
        search_all(&found, &glance, true);
        expect_runs_from(&found, -1, expected[i]);
        hunt_done(&found);
    }
}

/* ---- measures -------------------------------------------------------------------------------- */

static void a_run_is_told_where_it_stands_and_what_blocks_say(void **state) {
    static const int32_t scores[] = {-UNIT, UNIT, 2 * UNIT, -2 * UNIT, 400};
    Hunt found;
    hunt_by(&found, state, "a tiger here\n\na zebra\ntwo koalas\n\nx\n\ny z\n", scores, 5);
    expect_told(&found, 1, 3, "run.blocks", 2);
    expect_told(&found, 1, 3, "run.words", 4);
    expect_told(&found, 1, 3, "run.lines", 2);
    expect_told(&found, 1, 3, "run.lines_before", 1);
    expect_told(&found, 1, 3, "run.lines_after", 2);
    expect_told(&found, 1, 3, "run.words_before", 3);
    expect_told(&found, 1, 3, "run.words_after", 3);
    expect_told(&found, 1, 3, "run.share", 400); /* weights of 4, 3, 3, 2 and 3: 6 of 15 */
    expect_told(&found, 1, 3, "run.mean", 384);
    expect_told(&found, 1, 3, "run.max", 512);
    expect_told(&found, 1, 3, "run.min", 256);
    expect_told(&found, 1, 3, "run.rest", -194); /* -6992 over 9 */
    expect_told(&found, 1, 3, "run.first", 256);
    expect_told(&found, 1, 3, "run.last", 512);
    expect_told(&found, 1, 3, "run.before1", -256);
    expect_told(&found, 1, 3, "run.before2", GONE);
    expect_told(&found, 1, 3, "run.after1", -512);
    expect_told(&found, 1, 3, "run.after2", 100);
    expect_told(&found, 1, 3, "run.joint", JOINT_PARAGRAPH);
    expect_told(&found, 2, 3, "run.joint", JOINT_LINE);
    expect_told(&found, 1, 3, "run.joint_after", JOINT_PARAGRAPH);
    expect_told(&found, 4, 5, "run.joint_after", NONE);
    expect_told(&found, 4, 5, "run.after1", GONE);
    expect_told(&found, 0, 1, "run.before1", GONE);
    expect_told(&found, 1, 3, "run.gain", 12);       /* 9216 + 512 x 6, in units */
    expect_told(&found, 1, 4, "run.over", 750);      /* 6 of 8 */
    expect_told(&found, 1, 4, "run.sure", 0);        /* -2 units are not sure */
    expect_told(&found, 1, 3, "run.rest_over", 333); /* 3 of 9 */
    hunt_done(&found);
}

static void a_run_knows_what_share_of_it_rules_match(void **state) {
    Hunt found;
    hunt(&found, state, "a tiger\n\nqrights\n\nqbyline\n\nthat is koala\n\na zebra\n");
    expect_told(&found, 1, 4, "run.noise", 250); /* weights of 2, 2 and 4 */
    expect_told(&found, 1, 4, "run.meta", 250);
    expect_told(&found, 1, 2, "run.first_noise", 1000);
    expect_told(&found, 1, 2, "run.last_noise", 1000);
    expect_told(&found, 1, 2, "run.meta_after", 1000);
    expect_told(&found, 2, 3, "run.first_meta", 1000);
    expect_told(&found, 2, 3, "run.noise_before", 1000);
    expect_told(&found, 3, 4, "run.meta_before", 1000);
    expect_told(&found, 0, 1, "run.noise_after", 1000);
    hunt_done(&found);
}

static void a_line_that_stands_once_is_no_copy(void **state) {
    Hunt found;
    hunt(&found, state, "a tiger\n\na zebra\n\na tiger\n\na koala\n");
    expect_told(&found, 0, 1, "run.copies", 1000);
    expect_told(&found, 1, 2, "run.copies", 0);
    expect_told(&found, 1, 3, "run.copies", 500);
    hunt_done(&found);
}

static void sentences_that_lead_back_are_told(void **state) {
    Hunt found;
    hunt(&found, state, "The tiger sleeps.\n\nHe is old.\n\nZebras run.\n\nBut it is far.\n");
    expect_told(&found, 1, 2, "run.first_back", 1);
    expect_told(&found, 2, 3, "run.first_back", 0);
    expect_told(&found, 2, 3, "run.back_after", 1);
    expect_told(&found, 0, 1, "run.back_after", 1);
    expect_told(&found, 3, 4, "run.back_after", 0);
    expect_told(&found, 0, 2, "run.back", 500);
    expect_told(&found, 0, 3, "run.back", 333);
    expect_told(&found, 0, 3, "run.rest_back", 1000);
    hunt_done(&found);
}

static void edges_are_told_with_what_stands_beside_them(void **state) {
    Hunt found;
    hunt(&found, state, "Tigers sleep here.\n\nzebras run, \"far\"\n\n12 koalas climb a tree!\n");
    expect_told(&found, 1, 2, "run.opening", OPENING_LOWER);
    expect_told(&found, 1, 2, "run.last_ending", ENDING_CLOSING);
    expect_told(&found, 1, 2, "run.first_words", 3);
    expect_told(&found, 1, 2, "run.last_words", 3);
    expect_told(&found, 1, 2, "run.ending_before", ENDING_STOP);
    expect_told(&found, 1, 2, "run.opening_after", OPENING_DIGIT);
    expect_told(&found, 1, 2, "run.words_of_before", 3);
    expect_told(&found, 1, 2, "run.words_of_after", 5);
    expect_told(&found, 0, 1, "run.ending_before", NONE);
    expect_told(&found, 0, 1, "run.words_of_before", 0);
    expect_told(&found, 2, 3, "run.opening_after", NONE);
    expect_told(&found, 2, 3, "run.words_of_after", 0);
    hunt_done(&found);
}

static void what_a_run_carries_stands_elsewhere_too(void **state) {
    Hunt found;
    hunt(&found, state, five);
    expect_told(&found, 0, 3, "run.tokens", 3);
    expect_told(&found, 0, 3, "run.carried", 333); /* the zebra comes back, the tigers do not */
    expect_told(&found, 1, 2, "run.carried", 1000);
    expect_told(&found, 3, 4, "run.carried", 0);
    expect_told(&found, 3, 5, "run.carried", 500);
    hunt_done(&found);
}

static void names_are_words_capitalised_in_mid_sentence(void **state) {
    Hunt found;
    hunt(&found, state, "a Tiger b Zebra\n\na Tiger c\n\nx Koala y\n\na panda z\n");
    expect_told(&found, 0, 1, "run.names", 2);
    expect_told(&found, 0, 1, "run.names_carried", 500);
    expect_told(&found, 0, 2, "run.names_carried", 0);
    expect_told(&found, 2, 4, "run.names", 1);
    expect_told(&found, 3, 4, "run.names", 0);
    expect_told(&found, 3, 4, "run.names_carried", NONE);
    hunt_done(&found);
}

static void words_right_before_and_after_are_shared_or_bridge_the_run(void **state) {
    Hunt found;
    hunt(&found, state, five);
    expect_told(&found, 2, 3, "run.from_before", 1000);
    expect_told(&found, 2, 3, "run.to_after", 0);
    expect_told(&found, 2, 3, "run.bridge", 500); /* koala does not stand before, zebra does */
    expect_told(&found, 0, 1, "run.from_before", NONE);
    expect_told(&found, 0, 1, "run.bridge", NONE);
    expect_told(&found, 0, 1, "run.to_after", 250);
    expect_told(&found, 3, 5, "run.from_before", 500);
    expect_told(&found, 3, 5, "run.to_after", NONE);
    expect_told(&found, 3, 5, "run.bridge", NONE);
    hunt_done(&found);
}

/* A tiger, words in between, a koala, words in between, a tiger and a koala. */
static void make_far(char *text, int between) {
    int size = sprintf(text, "tiger\n\n");
    for (int i = 0; i < between; i++)
        size += sprintf(text + size, "gecko%c%c ", 'a' + i / 26, 'a' + i % 26);
    size += sprintf(text + size, "\n\ntiger koala\n\n");
    for (int i = 0; i < between; i++)
        size += sprintf(text + size, "panda%c%c ", 'a' + i / 26, 'a' + i % 26);
    sprintf(text + size, "\n\nkoala\n");
}

static void sixty_words_on_each_side_are_looked_at(void **state) {
    char text[2048];
    for (int between = 59; between <= 60; between++) {
        Hunt found;
        make_far(text, between);
        hunt(&found, state, text);
        expect_told(&found, 2, 3, "run.from_before", between == 59 ? 500 : 0);
        expect_told(&found, 2, 3, "run.to_after", between == 59 ? 16 : 0);
        hunt_done(&found);
    }
}

static void gaps_are_compared_with_what_chance_shares_across_them(void **state) {
    /* Across the four gaps 1, 2, 1 and 1 types are shared. Chance shares one that stands twice
     * with odds of 0.32 or 0.48, two types: 0.64, 0.96, 0.96, 0.64. */
    Hunt found;
    hunt(&found, state, five);
    expect_told(&found, 1, 2, "run.gap_before", 29);
    expect_told(&found, 1, 2, "run.gap_after", 83);
    expect_told(&found, 2, 3, "run.gap_after", 2);
    expect_told(&found, 3, 4, "run.gap_after", 29);
    expect_told(&found, 1, 2, "run.gap_before_rank", 250);
    expect_told(&found, 1, 2, "run.gap_after_rank", 750);
    expect_told(&found, 2, 3, "run.gap_after_rank", 0);
    expect_told(&found, 1, 2, "run.gap_before_names", 0);
    hunt_done(&found);
}

static void at_the_documents_edges_there_is_no_gap(void **state) {
    Hunt found;
    hunt(&found, state, five);
    expect_told(&found, 0, 1, "run.gap_before", 0);
    expect_told(&found, 0, 1, "run.gap_before_rank", 1000);
    expect_told(&found, 4, 5, "run.gap_after", 0);
    expect_told(&found, 4, 5, "run.gap_after_rank", 1000);
    hunt_done(&found);
}

static void the_weakest_gap_between_lines_inside_a_run_is_told(void **state) {
    Hunt found;
    hunt(&found, state, five);
    expect_told(&found, 0, 4, "run.gap_inside", 2);
    expect_told(&found, 0, 3, "run.gap_inside", 29);
    expect_told(&found, 1, 3, "run.gap_inside", 83);
    expect_told(&found, 1, 2, "run.gap_inside", INT16_MAX);
    hunt_done(&found);
}

static void what_is_shared_is_compared_with_chance(void **state) {
    Hunt found;
    hunt(&found, state, five);
    expect_told(&found, 0, 3, "run.shared", 2); /* 1 type, 0.96 expected */
    expect_told(&found, 0, 3, "run.shared_ratio", 1041);
    expect_told(&found, 3, 4, "run.shared_ratio", 0);
    expect_told(&found, 0, 3, "run.shared_names", 0);
    hunt_done(&found);
}

static void what_stands_in_one_line_alone_is_shared_with_nothing(void **state) {
    Hunt found;
    hunt(&found, state, "tiger\n\nzebra\n\nzebra\n\nkoala\n");
    expect_told(&found, 0, 1, "run.shared_ratio", 0);
    expect_told(&found, 3, 4, "run.shared_ratio", 0);
    expect_told(&found, 0, 3, "run.shared_ratio", 0);
    expect_told(&found, 0, 1, "run.to_after", 0);
    hunt_done(&found);
}

static void what_is_carried_is_compared_with_runs_of_its_size(void **state) {
    Hunt found; /* ten of eleven carry all: 909 on average, a deviation of 287 and 40 */
    hunt(&found, state,
         "tiger\ntiger\ntiger\ntiger\ntiger\nkoala\ntiger\ntiger\ntiger\ntiger\ntiger\n");
    expect_told(&found, 5, 6, "run.carried_sigmas", -277);
    expect_told(&found, 4, 5, "run.carried_sigmas", 27);
    hunt_done(&found);
    hunt(&found, state, "tiger\ntiger\nkoala\ntiger\n"); /* four are too few */
    expect_told(&found, 2, 3, "run.carried_sigmas", 0);
    hunt_done(&found);
}

static void style_is_told_with_how_it_differs_from_the_rests(void **state) {
    Hunt found;
    hunt(&found, state, "Big tigers, old ones, sleep\n\nzebras 1234 run to \"you\" now\n");
    expect_told(&found, 0, 1, "run.style.sentence", 50);
    expect_told(&found, 0, 1, "run.differs.sentence", -10);
    expect_told(&found, 0, 1, "run.style.commas", 400);
    expect_told(&found, 0, 1, "run.differs.commas", 400);
    expect_told(&found, 0, 1, "run.style.capitalised", 200);
    expect_told(&found, 0, 1, "run.style.letters", 420); /* 21 letters, 5 words */
    expect_told(&found, 1, 2, "run.style.quotes", 333);
    expect_told(&found, 1, 2, "run.style.digits", 190); /* 4 of 21 */
    expect_told(&found, 1, 2, "run.differs.digits", 190);
    expect_told(&found, 1, 2, "run.style.reader", 166);
    hunt_done(&found);
}

static void another_hand_is_told_by_how_marks_are_typed(void **state) {
    Hunt found;
    hunt(&found, state, "It's one's own - so.\nIt’s other’s — yes.\n");
    expect_told(&found, 0, 1, "run.marks", 100);
    expect_told(&found, 1, 2, "run.marks", 100);
    expect_told(&found, 0, 1, "run.dashes", 70);
    hunt_done(&found);
    hunt(&found, state, "No marks here.\nNor there.\n");
    expect_told(&found, 0, 1, "run.marks", NONE);
    expect_told(&found, 0, 1, "run.dashes", NONE);
    hunt_done(&found);
}

static void another_hand_is_told_by_whom_it_speaks_to_and_of(void **state) {
    Hunt found;
    hunt(&found, state, "You and you.\nThey saw it all day.\n");
    expect_told(&found, 0, 1, "run.readers", 105); /* 2, where 2 * 3 / 8 were expected */
    expect_told(&found, 1, 2, "run.readers", -105);
    expect_told(&found, 0, 1, "run.selves", 0);
    hunt_done(&found);
}

static void what_has_no_words_has_no_style(void **state) {
    Hunt found;
    hunt(&found, state, "***\n\nOld tigers sleep\n");
    expect_told(&found, 0, 1, "run.style.sentence", NONE);
    expect_told(&found, 0, 1, "run.style.stops", NONE);
    expect_told(&found, 0, 1, "run.differs.sentence", GONE);
    expect_told(&found, 1, 2, "run.differs.commas", GONE);
    expect_told(&found, 1, 2, "run.style.sentence", 30);
    hunt_done(&found);
}

static void a_run_knows_its_document(void **state) {
    Hunt found;
    hunt(&found, state, five);
    expect_told(&found, 1, 3, "document.blocks", 5);
    expect_told(&found, 1, 3, "document.words", 5);
    hunt_done(&found);
}

/* ---- odd documents --------------------------------------------------------------------------- */

static void a_document_without_words_has_runs_of_nothing(void **state) {
    Hunt found;
    hunt(&found, state, "***\n\n---\n\n...\n");
    expect_runs_from(&found, -1, "0-1 0-2 1-2 1-3 2-3");
    expect_told(&found, 1, 2, "run.words", 0);
    expect_told(&found, 1, 2, "run.tokens", 0);
    expect_told(&found, 1, 2, "run.carried", NONE);
    expect_told(&found, 1, 2, "run.shared", 0);
    expect_told(&found, 1, 2, "run.shared_ratio", NONE);
    expect_told(&found, 1, 2, "run.from_before", NONE);
    expect_told(&found, 1, 2, "run.carried_sigmas", 0);
    hunt_done(&found);
}

static void scripts_without_spaces_share_pairs_of_signs(void **state) {
    Hunt found; /* mountain river wood tree, mountain river stone field, sky rain snow ice */
    hunt(&found, state,
         "\xE5\xB1\xB1\xE5\xB7\x9D\xE6\x9E\x97\xE6\x9C\xA8\n\n"
         "\xE5\xB1\xB1\xE5\xB7\x9D\xE7\x9F\xB3\xE7\x94\xB0\n\n"
         "\xE7\xA9\xBA\xE9\x9B\xA8\xE9\x9B\xAA\xE6\xB0\xB7\n");
    expect_runs_from(&found, -1, "0-1 0-2 1-2 1-3 2-3");
    expect_told(&found, 0, 1, "run.words", 4);
    expect_told(&found, 0, 1, "run.tokens", 3);
    expect_told(&found, 0, 1, "run.carried", 333);
    expect_told(&found, 0, 2, "run.carried", 0);
    expect_told(&found, 2, 3, "run.carried", 0);
    expect_told(&found, 1, 2, "run.bridge", 0);
    hunt_done(&found);
}

static void bytes_that_are_no_text_do_no_harm(void **state) {
    Hunt found;
    hunt(&found, state, "\xFF\xFE tiger\n\n\xC3\n\n\xF0\x9F tiger\n");
    expect_told(&found, 0, 1, "run.carried", 1000);
    hunt_done(&found);
}

static void scores_as_high_and_low_as_models_can_make_them_do_no_harm(void **state) {
    enum { MOST = FOREST_MAX_BIAS + FOREST_MAX_TREES * INT16_MAX };
    Hunt found;
    EXPECT_RUNS(state, three_numbers, "0-1 0-2 1-2 1-3 2-3", MOST, MOST, MOST);
    EXPECT_RUNS(state, three_numbers, "", -MOST, -MOST, -MOST);
    hunt_by(&found, state, three_numbers, (const int32_t[]){MOST, -MOST, MOST}, 3);
    expect_told(&found, 0, 1, "run.mean", INT16_MAX);
    expect_told(&found, 0, 1, "run.gain", INT16_MAX);
    hunt_done(&found);
}

static void every_value_of_a_row_is_written(void **state) {
    Hunt found;
    int16_t rows[2][RUN_WIDTH];
    hunt(&found, state, five);
    static const Lexicon none;
    Features *features = features_open(&found.part.document, &none);
    for (int i = 0; i < 2; i++) {
        Run run;
        memset(rows[i], i ? 0x55 : 0xAA, sizeof rows[i]);
        RunSearch *search = runs_open(&found.part.document, features, found.scores, &all_pass);
        assert_true(runs_next(search, &run, rows[i]));
    }
    assert_memory_equal(rows[0], rows[1], sizeof rows[0]);
    hunt_done(&found);
}

/* ---- against counting anew ------------------------------------------------------------------- */

static uint32_t roll(uint32_t *seed, uint32_t sides) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % sides;
}

/* Lines of one to nine sentences, of up to four words of some fifty. */
static void write_random(char *text, uint32_t *seed, int lines) {
    for (int line = 0; line < lines; line++) {
        for (uint32_t left = 1 + roll(seed, 3) * roll(seed, 5); left; left--) {
            text += sprintf(text, "%s", roll(seed, 2) ? "A" : "So");
            for (uint32_t words = roll(seed, 5); words; words--) {
                const char first = roll(seed, 4) ? 'w' : 'W';
                text += sprintf(text, " %cord%c%c", first, 'a' + (int)roll(seed, 10),
                                'a' + (int)roll(seed, 5));
            }
            text += sprintf(text, ". ");
        }
        text += sprintf(text, "\n\n");
    }
}

static void open_random(Hunt *ret, void **state, uint32_t *seed) {
    static const int32_t levels[] = {NO_EDGE, NOT_CLEAR, -1000, -900, 0, 150, UNIT};
    char text[1 << 15];
    write_random(text, seed, 45);
    open_text(ret, state, text);
    for (size_t i = 0; i < ret->part.document.block_count; i++)
        ret->scores[i] = levels[roll(seed, 7)];
    search_all(ret, &all_pass, true);
}

static bool is_edge(const Hunt *hunt, size_t block) {
    if (stretch_begins(&hunt->part.document, block)) return true;
    return abs(hunt->scores[block] - hunt->scores[block - 1]) > 200;
}

/* Whether a run ought to be looked at. */
static bool is_run(const Hunt *hunt, const Peaks *peaks, size_t first, size_t end) {
    const Document *document = &hunt->part.document;
    const size_t count = document->block_count;
    size_t lines = 0;
    int32_t most = INT32_MIN;
    for (size_t i = first; i < end; i++) {
        lines += stretch_begins(document, i);
        if (hunt->scores[i] > most) most = hunt->scores[i];
    }
    if (first == 0 && end == count) return false;
    const bool is_suspect =
        most > NOT_CLEAR && hunt->scores[first] > NO_EDGE && hunt->scores[end - 1] > NO_EDGE;
    if (!is_suspect && !peaks_share(peaks, first, end)) return false;
    if (!is_edge(hunt, first) || !is_edge(hunt, end)) return false;
    if (!stretch_begins(document, end) && end - first > LINE_RUN) return false;
    return end == count || lines <= (first ? LINE_RUN : PREFIX);
}

static void just_the_runs_that_ought_to_be_are_looked_at_in_order(void **state) {
    for (uint32_t seed = 1; seed <= 40;) {
        Hunt found;
        uint32_t own = seed++;
        open_random(&found, state, &own);
        const Document *document = &found.part.document;
        const Peaks *peaks = peaks_open(document, topics_open(document));
        const size_t count = document->block_count;
        size_t at = 0;
        for (size_t first = 0; first < count; first++)
            for (size_t end = first + 1; end <= count; end++) {
                if (!is_run(&found, peaks, first, end)) continue;
                assert_true(at < found.count);
                assert_int_equal(found.runs[at].first, first);
                assert_int_equal(found.runs[at++].end, end);
            }
        assert_int_equal(at, found.count);
        hunt_done(&found);
    }
}

/* What a run's words share, counted word by word. */
typedef struct Shared {
    int tokens, carried, names, names_carried, types;
    int from_before, to_after, bridge, looked_at; /* of the words right after */
} Shared;

static bool stands(const Document *document, uint32_t type, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (TOKEN_TYPE(document->tokens[i]) == type) return true;
    return false;
}

static Shared count_shared(const Document *document, const Run *run) {
    enum { BESIDE = 60 };
    const Block *last = &document->blocks[run->end - 1];
    const size_t all = document->token_count, from = document->blocks[run->first].first_token;
    const size_t to = last->first_token + last->token_count;
    const size_t before = from > BESIDE ? from - BESIDE : 0,
                 after = all - to < BESIDE ? all : to + BESIDE;
    Shared shared = {.tokens = (int)(to - from), .looked_at = (int)(after - to)};
    for (size_t i = from; i < to; i++) {
        const uint32_t token = document->tokens[i], type = TOKEN_TYPE(token);
        const bool out = stands(document, type, 0, from) || stands(document, type, to, all);
        const bool named = (token & TOKEN_NAMED) != 0;
        shared.carried += out;
        shared.names += named;
        shared.names_carried += named && out;
        shared.from_before += stands(document, type, before, from);
        shared.types += out && !stands(document, type, from, i);
    }
    for (size_t i = to; i < after; i++) {
        const uint32_t type = TOKEN_TYPE(document->tokens[i]);
        shared.to_after += stands(document, type, from, to);
        shared.bridge += stands(document, type, before, from);
    }
    return shared;
}

/* Types that chance would have run and rest share: of one that stands c times, all that does not
 * fall on one side. */
static double expect_types(const Document *document, int tokens) {
    const double here = (double)tokens / (double)document->token_count;
    double sum = 0;
    for (size_t i = 0; i < document->word_type_count; i++) {
        const uint32_t times = document->word_types[i].count;
        double all_here = 1, all_there = 1;
        for (uint32_t c = 0; c < times && c < 16; c++) all_here *= here, all_there *= 1 - here;
        if (times > 1) sum += 1 - all_here - all_there;
    }
    return sum;
}

static int share(int part, int whole) {
    return whole ? part * 1000 / whole : NONE;
}

/* Whether all words of a run were looked at: of a long one that is all the rest only the first. */
static bool is_counted(const Hunt *hunt, const Run *run) {
    size_t lines = 0;
    for (size_t i = run->first; i < run->end; i++) lines += stretch_begins(&hunt->part.document, i);
    return lines <= LINE_RUN;
}

static void expect_shared(const Hunt *hunt, size_t at) {
    const Document *document = &hunt->part.document;
    const Run *run = &hunt->runs[at];
    const int16_t *row = hunt->rows[at];
    const Shared shared = count_shared(document, run);
    const bool is_first = document->blocks[run->first].first_token == 0;
    assert_int_equal(row[RUN_TOKENS], shared.tokens);
    assert_int_equal(row[RUN_CARRIED], share(shared.carried, shared.tokens));
    assert_int_equal(row[RUN_NAMES], shared.names);
    assert_int_equal(row[RUN_NAMES_CARRIED], share(shared.names_carried, shared.names));
    assert_int_equal(row[RUN_BRIDGE], is_first ? NONE : share(shared.bridge, shared.looked_at));
    const double expected = expect_types(document, shared.tokens);
    const double ratio = expected > 0.05 ? shared.types * 1000 / expected : row[RUN_SHARED_RATIO];
    assert_true(row[RUN_SHARED_RATIO] == INT16_MAX ||
                abs(row[RUN_SHARED_RATIO] - (int)ratio) <= 2 + (int)(ratio / 100));
    if (!is_counted(hunt, run)) return;
    assert_int_equal(row[RUN_TO_AFTER], share(shared.to_after, shared.looked_at));
    assert_int_equal(row[RUN_FROM_BEFORE],
                     is_first ? NONE : share(shared.from_before, shared.tokens));
}

static void what_runs_share_is_what_counting_finds(void **state) {
    for (uint32_t seed = 101; seed <= 103;) {
        Hunt found;
        uint32_t own = seed++;
        open_random(&found, state, &own);
        assert_true(found.count > 500);
        for (size_t i = 0; i < found.count; i++) expect_shared(&found, i);
        hunt_done(&found);
    }
}

static void the_weakest_gap_inside_is_the_weakest_of_those_where_runs_begin(void **state) {
    Hunt found;
    char text[1 << 15];
    uint32_t seed = 9;
    write_random(text, &seed, 30);
    hunt(&found, state, text); /* a run begins with every line */
    const Document *document = &found.part.document;
    int16_t *gaps = calloc(document->block_count, sizeof *gaps);
    assert_non_null(gaps);
    for (size_t i = 0; i < found.count; i++)
        gaps[found.runs[i].first] = found.rows[i][RUN_GAP_BEFORE];
    for (size_t i = 0; i < found.count; i++) {
        int16_t weakest = INT16_MAX;
        for (size_t block = found.runs[i].first + 1; block < found.runs[i].end; block++)
            if (stretch_begins(document, block) && gaps[block] < weakest) weakest = gaps[block];
        assert_int_equal(found.rows[i][RUN_GAP_INSIDE], weakest);
    }
    free(gaps);
    hunt_done(&found);
}

static void scores_of_runs_are_what_looking_finds(void **state) {
    Hunt found;
    uint32_t seed = 77;
    open_random(&found, state, &seed);
    for (size_t i = 0; i < found.count; i++) {
        const Run *run = &found.runs[i];
        int32_t most = INT32_MIN, least = INT32_MAX;
        for (size_t block = run->first; block < run->end; block++) {
            if (found.scores[block] > most) most = found.scores[block];
            if (found.scores[block] < least) least = found.scores[block];
        }
        assert_int_equal(found.rows[i][RUN_MAX], most / 4);
        assert_int_equal(found.rows[i][RUN_MIN], least / 4);
        assert_int_equal(found.rows[i][RUN_FIRST], found.scores[run->first] / 4);
        assert_int_equal(found.rows[i][RUN_LAST], found.scores[run->end - 1] / 4);
    }
    hunt_done(&found);
}

/* ---- cost ------------------------------------------------------------------------------------ */

static void a_long_document_has_no_more_runs_than_so_many_a_block(void **state) {
    static const int shapes[] = {1, 2, 16, 300, 1 << 30}; /* sentences a line; seconds, not hours */
    enum { BLOCKS = 30000, MOST = 2 * LINE_RUN + 2 };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        Hunt found;
        char *text = make_lines(BLOCKS, shapes[i]);
        open_text(&found, state, text);
        assert_int_equal(found.part.document.block_count, BLOCKS);
        for (size_t block = 0; block < BLOCKS; block++) found.scores[block] = block % 2 ? 999 : 0;
        search_all(&found, &all_pass, false);
        assert_in_range(found.count, BLOCKS, MOST * BLOCKS);
        hunt_done(&found);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_has_a_name_of_its_own),
        cmocka_unit_test(names_are_words_that_scripts_can_hold),
        cmocka_unit_test(columns_stand_in_their_groups),
        cmocka_unit_test(every_run_of_lines_is_looked_at_but_the_whole_document),
        cmocka_unit_test(a_document_of_one_block_has_no_runs),
        cmocka_unit_test(where_nothing_is_suspect_there_are_no_runs),
        cmocka_unit_test(what_stands_out_by_what_it_is_about_is_looked_at_all_the_same),
        cmocka_unit_test(one_block_of_a_run_is_clear_at_least),
        cmocka_unit_test(both_edges_of_a_run_are_suspect),
        cmocka_unit_test(a_run_has_eight_lines_at_most_or_is_all_the_rest),
        cmocka_unit_test(a_beginning_has_thirty_lines_at_most),
        cmocka_unit_test(within_a_line_a_run_begins_and_ends_where_scores_change),
        cmocka_unit_test(within_a_line_a_run_has_eight_blocks_at_most),
        cmocka_unit_test(a_run_that_begins_within_a_line_has_256_blocks_at_most_or_is_all_the_rest),
        cmocka_unit_test(a_glance_passes_over_runs_scored_below_0),
        cmocka_unit_test(a_run_is_told_where_it_stands_and_what_blocks_say),
        cmocka_unit_test(a_run_knows_what_share_of_it_rules_match),
        cmocka_unit_test(a_line_that_stands_once_is_no_copy),
        cmocka_unit_test(sentences_that_lead_back_are_told),
        cmocka_unit_test(edges_are_told_with_what_stands_beside_them),
        cmocka_unit_test(what_a_run_carries_stands_elsewhere_too),
        cmocka_unit_test(names_are_words_capitalised_in_mid_sentence),
        cmocka_unit_test(words_right_before_and_after_are_shared_or_bridge_the_run),
        cmocka_unit_test(sixty_words_on_each_side_are_looked_at),
        cmocka_unit_test(gaps_are_compared_with_what_chance_shares_across_them),
        cmocka_unit_test(at_the_documents_edges_there_is_no_gap),
        cmocka_unit_test(the_weakest_gap_between_lines_inside_a_run_is_told),
        cmocka_unit_test(what_is_shared_is_compared_with_chance),
        cmocka_unit_test(what_stands_in_one_line_alone_is_shared_with_nothing),
        cmocka_unit_test(what_is_carried_is_compared_with_runs_of_its_size),
        cmocka_unit_test(style_is_told_with_how_it_differs_from_the_rests),
        cmocka_unit_test(another_hand_is_told_by_how_marks_are_typed),
        cmocka_unit_test(another_hand_is_told_by_whom_it_speaks_to_and_of),
        cmocka_unit_test(what_has_no_words_has_no_style),
        cmocka_unit_test(a_run_knows_its_document),
        cmocka_unit_test(a_document_without_words_has_runs_of_nothing),
        cmocka_unit_test(scripts_without_spaces_share_pairs_of_signs),
        cmocka_unit_test(bytes_that_are_no_text_do_no_harm),
        cmocka_unit_test(scores_as_high_and_low_as_models_can_make_them_do_no_harm),
        cmocka_unit_test(every_value_of_a_row_is_written),
        cmocka_unit_test(just_the_runs_that_ought_to_be_are_looked_at_in_order),
        cmocka_unit_test(what_runs_share_is_what_counting_finds),
        cmocka_unit_test(the_weakest_gap_inside_is_the_weakest_of_those_where_runs_begin),
        cmocka_unit_test(scores_of_runs_are_what_looking_finds),
        cmocka_unit_test(a_long_document_has_no_more_runs_than_so_many_a_block),
    };
    return cmocka_run_group_tests_name("runs", tests, set_up_rules, tear_down_rules);
}
