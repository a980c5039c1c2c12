/* SPDX-License-Identifier: MIT
 * test_verdict.c - decisions of models made by hand, and model data that must be refused. */
#include "verdict/verdict.h"

#include "filters/filter.h"
#include "forge.h"
#include "part.h"
#include "verdict/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT = 1024, MOST_BLOCKS = 64 };

/* Paragraphs of their own: prose, noise in one word, prose, noise in five. */
static const char page[] = "The wall has moved by a hand.\n\nSome qrights\n\n"
                           "The council met in the town hall.\n\nAll that is qrights here\n";

/* ---- helpers -------------------------------------------------------------------------------- */

static void forge_decision(Forge *forge, int32_t block, int32_t run, int32_t document) {
    forge_section(forge, FORGE_DECISION);
    forge_put(forge, block);
    forge_put(forge, run);
    forge_put(forge, document);
    forge_put(forge, 0); /* the price */
}

/* Confidence 500 at a score of 0, 900 at 4 units. */
static void forge_knots(Forge *forge) {
    const int32_t knots[] = {0, 500, 4 * UNIT, 900};
    for (size_t i = 0; i < 4; i++) forge_put(forge, knots[i]);
    forge_end_section(forge);
}

/* Blocks with a rights notice are scored `high`, others far below what is suspect. */
static void forge_rights(Forge *forge, int32_t high) {
    forge_model(forge);
    forge_stump(forge, FORGE_FIRST, "rights", 0, -4 * UNIT, 4 * UNIT);
    forge_stump(forge, FORGE_SECOND, "pass.score", 0, -4 * UNIT, high);
}

/* A model that drops what rules call a rights notice, at a confidence of 700. */
static void forge_simple(Forge *forge) {
    forge_rights(forge, 4 * UNIT);
    forge_constant(forge, FORGE_RUNS, 2 * UNIT);
    forge_stump(forge, FORGE_KINDS + DECANT_FOOTER, "rights", 0, -UNIT, UNIT);
    forge_stump(forge, FORGE_KINDS + DECANT_BLEED, "rights", 0, UNIT, -UNIT);
    forge_decision(forge, 0, 0, 0);
    forge_knots(forge);
}

static Model *open_model(const Forge *forge) {
    size_t size = 0;
    decant_status status = DECANT_OK;
    uint8_t *bytes = forge_bytes(forge, &size);
    Model *model = model_open(allocator_default(), bytes, size, &status);
    free(bytes);
    assert_int_equal(status, DECANT_OK);
    assert_non_null(model);
    return model;
}

/* A document as a model judged it. */
typedef struct Case {
    Part part;
    Model *model;
    char drops[MOST_BLOCKS + 1]; /* x for a dropped block, . for a kept one */
} Case;

static void decide_by(Case *ret, void **state, const Forge *forge, const char *text,
                      int min_confidence, int32_t margin) {
    *ret = (Case){.model = open_model(forge)};
    part_judge(&ret->part, *state, text);
    const Document *document = &ret->part.document;
    assert_true(document->block_count <= MOST_BLOCKS);
    assert_int_equal(verdict_decide(&ret->part.document, ret->model, min_confidence, margin, true),
                     DECANT_OK);
    for (size_t i = 0; i < document->block_count; i++)
        ret->drops[i] = document->blocks[i].verdict.drop ? 'x' : '.';
}

static void decide(Case *ret, void **state, const Forge *forge, const char *text,
                   int min_confidence) {
    decide_by(ret, state, forge, text, min_confidence, 0);
}

static void case_done(Case *of) {
    part_done(&of->part);
    model_close(of->model);
}

static void expect_drops(void **state, const Forge *forge, int min_confidence, const char *drops) {
    Case of;
    decide(&of, state, forge, page, min_confidence);
    assert_string_equal(of.drops, drops);
    case_done(&of);
}

/* ---- decisions ------------------------------------------------------------------------------ */

static void a_model_without_sections_keeps_everything(void **state) {
    Forge forge;
    forge_model(&forge);
    expect_drops(state, &forge, 0, "....");
}

static void a_document_without_blocks_is_judged_too(void **state) {
    Case of;
    Forge forge;
    forge_simple(&forge);
    decide(&of, state, &forge, " \n\n", 0);
    assert_int_equal(of.part.document.block_count, 0);
    case_done(&of);
}

static void a_model_that_goes_by_one_evidence_drops_just_the_blocks_that_have_it(void **state) {
    Forge forge;
    forge_simple(&forge);
    expect_drops(state, &forge, 0, ".x.x");
}

static void a_dropped_block_has_kind_score_confidence_and_reason(void **state) {
    Case of;
    Forge forge;
    forge_simple(&forge);
    decide(&of, state, &forge, page, 0);
    const Verdict *verdict = &of.part.document.blocks[1].verdict;
    assert_int_equal(verdict->kind, DECANT_FOOTER);
    assert_int_equal(verdict->score, 2 * UNIT);
    assert_int_equal(verdict->confidence, 700);
    assert_int_equal(verdict->reasons[0].evidence, feature_named("rights"));
    assert_int_equal(verdict->reasons[0].value, 583); /* 7 of 12 bytes */
    assert_int_equal(verdict->reasons[0].weight, 4 * UNIT);
    assert_int_equal(verdict->reasons[1].weight, 0);
    case_done(&of);
}

static void reasons_come_strongest_first_and_only_those_for_dropping_weigh(void **state) {
    static const struct {
        const char *feature;
        int32_t low, high;
    } trees[] = {{"rights", -100, 100}, {"share", -700, 700}, {"policy", 900, -900}};
    Case of;
    Forge forge;
    forge_model(&forge);
    forge_forest(&forge, FORGE_FIRST, feature_named("share") + 1, 3, 1, UNIT);
    for (size_t i = 0; i < 3; i++)
        forge_tree(&forge, feature_named(trees[i].feature), 0, trees[i].low, trees[i].high);
    forge_end_section(&forge);
    forge_constant(&forge, FORGE_SECOND, UNIT);
    forge_constant(&forge, FORGE_RUNS, UNIT);
    decide(&of, state, &forge, "qrights qshare qpolicy", 0);
    const Verdict *verdict = &of.part.document.blocks[0].verdict;
    assert_string_equal(of.drops, "x");
    assert_int_equal(verdict->reasons[0].evidence, feature_named("share"));
    assert_int_equal(verdict->reasons[0].weight, 700);
    assert_int_equal(verdict->reasons[1].evidence, feature_named("rights"));
    assert_int_equal(verdict->reasons[1].weight, 100);
    assert_int_equal(verdict->reasons[2].weight, 0);
    case_done(&of);
}

static void what_speaks_for_a_verdict_is_told_of_every_block(void **state) {
    static const int32_t weights[] = {-4 * UNIT, 4 * UNIT, -4 * UNIT, 4 * UNIT};
    Case of;
    Forge forge;
    forge_simple(&forge);
    decide(&of, state, &forge, page, 0);
    assert_int_equal(verdict_explain(&of.part.document, of.model), DECANT_OK);
    for (size_t i = 0; i < 4; i++) {
        const Verdict *verdict = &of.part.document.blocks[i].verdict;
        assert_int_equal(verdict->reasons[0].evidence, feature_named("rights"));
        assert_int_equal(verdict->reasons[0].weight, weights[i]);
        assert_int_equal(verdict->reasons[1].weight, 0);
    }
    case_done(&of);
}

static void what_no_forest_of_a_kind_claims_is_other(void **state) {
    Case of;
    Forge forge;
    forge_rights(&forge, UNIT);
    forge_constant(&forge, FORGE_RUNS, UNIT);
    decide(&of, state, &forge, page, 0);
    assert_string_equal(of.drops, ".x.x");
    assert_int_equal(of.part.document.blocks[1].verdict.kind, DECANT_OTHER);
    case_done(&of);
}

/* ---- the third pass and thresholds
 * ----------------------------------------------------------------------------- */

static void suspects_are_scored_once_more(void **state) {
    Forge forge;
    forge_rights(&forge, UNIT);
    forge_stump(&forge, FORGE_THIRD, "words", 3, UNIT, -UNIT);
    forge_constant(&forge, FORGE_RUNS, UNIT);
    expect_drops(state, &forge, 0, ".x..");
}

static void what_is_no_suspect_keeps_its_second_score(void **state) {
    Forge forge;
    forge_rights(&forge, UNIT);
    forge_constant(&forge, FORGE_THIRD, 4 * UNIT);
    forge_constant(&forge, FORGE_RUNS, UNIT);
    expect_drops(state, &forge, 0, ".x.x");
}

static void a_block_must_be_over_the_block_threshold(void **state) {
    static const char *const drops[] = {".x.x", "...."};
    for (int32_t i = 0; i < 2; i++) {
        Forge forge;
        forge_rights(&forge, 300);
        forge_constant(&forge, FORGE_RUNS, UNIT);
        forge_decision(&forge, 299 + i, 0, 0);
        forge_knots(&forge);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

static void a_run_must_be_over_the_run_threshold(void **state) {
    static const char *const drops[] = {".x.x", "...."};
    for (int32_t i = 0; i < 2; i++) {
        Forge forge;
        forge_rights(&forge, UNIT);
        forge_constant(&forge, FORGE_RUNS, 77);
        forge_decision(&forge, 0, 76 + i, 0);
        forge_knots(&forge);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

static void the_clearest_run_must_be_over_the_documents_threshold(void **state) {
    static const char *const drops[] = {".x.x", "...."};
    for (int32_t i = 0; i < 2; i++) {
        Forge forge;
        forge_rights(&forge, UNIT);
        forge_stump(&forge, FORGE_RUNS, "suspect.words", 2, 100, 900);
        forge_decision(&forge, 0, 0, 899 + i);
        forge_knots(&forge);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

static void a_run_goes_from_its_first_to_its_last_block_over_the_threshold(void **state) {
    Case of;
    Forge forge;
    forge_model(&forge);
    forge_stump(&forge, FORGE_FIRST, "rights", 0, -UNIT, UNIT);
    forge_stump(&forge, FORGE_SECOND, "pass.score", 0, -100, 400); /* all are suspect */
    forge_constant(&forge, FORGE_RUNS, UNIT);
    decide(&of, state, &forge, page, 0);
    assert_string_equal(of.drops, ".xxx");
    case_done(&of);
}

static void a_run_must_be_the_surer_the_more_of_the_document_it_is(void **state) {
    static const char *const drops[] = {".x.x", ".x.."};
    for (int i = 0; i < 2; i++) {
        Forge forge;
        forge_model(&forge);
        forge_stump(&forge, FORGE_FIRST, "rights", 0, -4 * UNIT, UNIT);
        forge_stump(&forge, FORGE_SECOND, "rights", 0, -4 * UNIT, UNIT);
        forge_constant(&forge, FORGE_RUNS, UNIT);
        forge_section(&forge, FORGE_DECISION);
        const int32_t thresholds[] = {0, 0, 0, i ? 6 * UNIT : 0};
        for (size_t t = 0; t < 4; t++) forge_put(&forge, thresholds[t]);
        forge_knots(&forge);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

/* Runs of rising length. */
static const char rising[] = "qrights\n\nA wall.\n\na qrights\n\nA wall.\n\nb a qrights\n\n"
                             "A wall.\n\nb a qrights c\n\nA wall.\n\nd b a qrights c\n";

/* Each run is surer than the one before: five confidences from 500 to 900. */
static void forge_rising(Forge *forge) {
    forge_rights(forge, UNIT);
    size_t words = feature_named("suspect.words");
    forge_forest(forge, FORGE_RUNS, words + 1, 4, 1, 2 * UNIT);
    for (int i = 1; i <= 4; i++) forge_tree(forge, words, i, -UNIT / 2, UNIT / 2);
    forge_end_section(forge);
    forge_decision(forge, 0, -1, -1);
    forge_knots(forge);
}

static void the_higher_min_confidence_the_fewer_blocks_go(void **state) {
    static const struct {
        int min_confidence;
        const char *drops;
    } steps[] = {{0, "x.x.x.x.x"},   {500, "x.x.x.x.x"}, {501, "..x.x.x.x"}, {600, "..x.x.x.x"},
                 {601, "....x.x.x"}, {701, "......x.x"}, {801, "........x"}, {900, "........x"},
                 {901, "........."}, {1000, "........."}};
    Forge forge;
    forge_rising(&forge);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        Case of;
        decide(&of, state, &forge, rising, steps[i].min_confidence);
        assert_string_equal(of.drops, steps[i].drops);
        case_done(&of);
    }
}

static void expect_by_margin(void **state, const Forge *forge, const char *text, int32_t margin,
                             const char *drops) {
    Case of;
    decide_by(&of, state, forge, text, 0, margin);
    assert_string_equal(of.drops, drops);
    case_done(&of);
}

static void a_margin_moves_the_thresholds_of_runs_and_blocks(void **state) {
    static const struct {
        int32_t margin;
        const char *drops;
    } steps[] = {{-UNIT, "x.x.x.x.x"},
                 {0, "x.x.x.x.x"},
                 {1, "..x.x.x.x"},
                 {UNIT - 1, "..x.x.x.x"},
                 {UNIT, "........."}};
    Forge forge;
    forge_rising(&forge);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        expect_by_margin(state, &forge, rising, steps[i].margin, steps[i].drops);
}

static void a_margin_moves_the_documents_threshold(void **state) {
    Forge forge;
    forge_rights(&forge, UNIT);
    forge_stump(&forge, FORGE_RUNS, "suspect.words", 2, 100, 900);
    forge_decision(&forge, -UNIT, -UNIT, 800);
    forge_knots(&forge);
    expect_by_margin(state, &forge, page, 99, ".x.x");
    expect_by_margin(state, &forge, page, 100, "....");
}

static void confidence_runs_straight_from_knot_to_knot(void **state) {
    (void)state;
    static const int32_t knots[] = {-1000, 100, 0, 300, 1000, 900, 1001, 1000};
    static const struct {
        int32_t score;
        int confidence;
    } points[] = {{INT32_MIN, 100}, {-1000, 100}, {-500, 200},      {-1, 299},
                  {0, 300},         {1, 300},     {500, 600},       {999, 899},
                  {1000, 900},      {1001, 1000}, {INT32_MAX, 1000}};
    Forge forge;
    forge_model(&forge);
    forge_decision(&forge, 0, 0, 0);
    for (size_t i = 0; i < sizeof knots / sizeof *knots; i++) forge_put(&forge, knots[i]);
    forge_end_section(&forge);
    Model *model = open_model(&forge);
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        assert_int_equal(model_confidence(&model->confidence, points[i].score),
                         points[i].confidence);
    model_close(model);
}

static void confidence_may_span_all_scores(void **state) {
    (void)state;
    static const int32_t knots[] = {INT32_MIN, 0, INT32_MAX, 1000};
    Forge forge;
    forge_model(&forge);
    forge_decision(&forge, 0, 0, 0);
    for (size_t i = 0; i < 4; i++) forge_put(&forge, knots[i]);
    forge_end_section(&forge);
    Model *model = open_model(&forge);
    assert_int_equal(model_confidence(&model->confidence, INT32_MIN), 0);
    assert_int_equal(model_confidence(&model->confidence, 0), 500);
    assert_int_equal(model_confidence(&model->confidence, INT32_MAX), 1000);
    model_close(model);
}

static void without_knots_confidence_is_none(void **state) {
    (void)state;
    Forge forge;
    forge_model(&forge);
    Model *model = open_model(&forge);
    assert_int_equal(model_confidence(&model->confidence, 5 * UNIT), 0);
    model_close(model);
}

/* ---- model data ----------------------------------------------------------------------------- */

static decant *open_pipeline(void) {
    const decant_sink sink = {0};
    decant *pipeline = NULL;
    assert_int_equal(decant_open(&pipeline, NULL, &sink), DECANT_OK);
    return pipeline;
}

static decant_status use_words(decant *pipeline, const Forge *forge) {
    size_t size = 0;
    uint8_t *bytes = forge_bytes(forge, &size);
    decant_status status = decant_use_model(pipeline, bytes, size);
    free(bytes);
    return status;
}

static void a_model_that_ends_early_is_refused_at_every_byte(void **state) {
    (void)state;
    Forge forge;
    size_t size = 0;
    forge_simple(&forge);
    decant *pipeline = open_pipeline();
    uint8_t *bytes = forge_bytes(&forge, &size);
    for (size_t cut = 0; cut < size; cut++) {
        uint8_t *exact = malloc(cut ? cut : 1);
        assert_non_null(exact);
        memcpy(exact, bytes, cut);
        assert_int_equal(decant_use_model(pipeline, exact, cut), DECANT_BAD_MODEL);
        assert_string_not_equal(decant_error(pipeline), "");
        free(exact);
    }
    assert_int_equal(decant_use_model(pipeline, bytes, size), DECANT_OK);
    free(bytes);
    decant_close(pipeline);
}

/* Where the n-th section of this tag begins. */
static size_t find_section(const Forge *forge, int32_t tag) {
    size_t at = 3;
    while (forge->words[at] != tag) at += 2 + (size_t)forge->words[at + 1];
    return at;
}

static void model_data_that_contradicts_itself_is_refused(void **state) {
    (void)state;
    enum { HEAD, FIRST, SECOND, DECISION, KIND };
    static const struct {
        int where;
        size_t word;
        int32_t value;
    } changes[] = {
        {HEAD, 0, 0x4443544E}, /* the magic's bytes turned round */
        {HEAD, 1, 1},          /* an earlier version **/
        {HEAD, 1, 3},          /* a later one */
        {HEAD, 2, -1},         /* sections below none */
        {HEAD, 2, 0},          /* fewer than follow */
        {HEAD, 2, 5},          /* one fewer */
        {HEAD, 2, 7},          /* one more */
        {HEAD, 2, INT32_MAX},  /* many more */
        {FIRST, 0, 0},         /* tags that mean nothing */
        {FIRST, 0, 6},
        {FIRST, 0, -1},
        {KIND, 0, FORGE_KINDS - 1},
        {KIND, 0, FORGE_KINDS + DECANT_KINDS},
        {FIRST, 1, -1}, /* lengths that do not fit */
        {FIRST, 1, 0},
        {FIRST, 1, INT32_MAX},
        {FIRST, 1, 7},
        {FIRST, 2, 30000},       /* more features than there are */
        {SECOND, 3, 2},          /* more trees than words */
        {SECOND, 4, 2},          /* deeper than its words */
        {SECOND, 6, 0x7FFF0000}, /* a node beyond the features */
        {DECISION, 8, 0},        /* knots whose scores do not rise */
        {DECISION, 8, -1},
        {DECISION, 7, -1}, /* confidences that are none */
        {DECISION, 9, 1001},
    };
    decant *pipeline = open_pipeline();
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        Forge forge;
        forge_simple(&forge);
        const size_t starts[] = {0, find_section(&forge, FORGE_FIRST),
                                 find_section(&forge, FORGE_SECOND),
                                 find_section(&forge, FORGE_DECISION),
                                 find_section(&forge, FORGE_KINDS + DECANT_FOOTER)};
        forge.words[starts[changes[i].where] + changes[i].word] = changes[i].value;
        if (use_words(pipeline, &forge) != DECANT_BAD_MODEL) fail_msg("change %zu was read", i);
    }
    decant_close(pipeline);
}

static void words_after_the_last_section_are_refused(void **state) {
    (void)state;
    Forge forge;
    decant *pipeline = open_pipeline();
    forge_simple(&forge);
    forge_put(&forge, 0);
    assert_int_equal(use_words(pipeline, &forge), DECANT_BAD_MODEL);
    decant_close(pipeline);
}

static void bytes_that_make_no_whole_word_are_refused(void **state) {
    (void)state;
    Forge forge;
    size_t size = 0;
    decant *pipeline = open_pipeline();
    forge_simple(&forge);
    forge_put(&forge, 0);
    uint8_t *bytes = forge_bytes(&forge, &size);
    for (size_t more = 1; more < 4; more++)
        assert_int_equal(decant_use_model(pipeline, bytes, size - 4 + more), DECANT_BAD_MODEL);
    free(bytes);
    decant_close(pipeline);
}

static void a_head_alone_must_tell_of_no_sections(void **state) {
    (void)state;
    decant *pipeline = open_pipeline();
    for (int32_t sections = -1; sections <= 1; sections++) {
        Forge forge;
        forge_model(&forge);
        forge.words[2] = sections;
        assert_int_equal(use_words(pipeline, &forge), sections ? DECANT_BAD_MODEL : DECANT_OK);
    }
    decant_close(pipeline);
}

static void a_decision_needs_a_knot_and_has_no_more_than_fit(void **state) {
    (void)state;
    decant *pipeline = open_pipeline();
    for (int32_t count = 0; count <= MODEL_KNOTS + 1; count++) {
        Forge forge;
        forge_model(&forge);
        forge_decision(&forge, 0, 0, 0);
        for (int32_t i = 0; i < count; i++) {
            forge_put(&forge, i);
            forge_put(&forge, 500);
        }
        forge_end_section(&forge);
        bool fits = count >= 1 && count <= MODEL_KNOTS;
        assert_int_equal(use_words(pipeline, &forge), fits ? DECANT_OK : DECANT_BAD_MODEL);
        forge_put(&forge, 99); /* half a knot */
        forge_end_section(&forge);
        assert_int_equal(use_words(pipeline, &forge), DECANT_BAD_MODEL);
    }
    decant_close(pipeline);
}

static void a_pass_may_not_ask_for_features_of_a_later_one(void **state) {
    (void)state;
    static const struct {
        int32_t tag;
        const char *feature;
        decant_status status;
    } cases[] = {{FORGE_FIRST, "words", DECANT_OK},
                 {FORGE_FIRST, "document.words", DECANT_OK},
                 {FORGE_FIRST, "pass.score", DECANT_BAD_MODEL},
                 {FORGE_SECOND, "pass.score", DECANT_OK},
                 {FORGE_SECOND, "suspect.max", DECANT_BAD_MODEL},
                 {FORGE_THIRD, "run_low.blocks", DECANT_OK},
                 {FORGE_THIRD, "suspect.max", DECANT_BAD_MODEL},
                 {FORGE_RUNS, "suspect.max", DECANT_OK},
                 {FORGE_KINDS, "document.words", DECANT_OK},
                 {FORGE_KINDS, "pass.score", DECANT_BAD_MODEL}};
    decant *pipeline = open_pipeline();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Forge forge;
        forge_model(&forge);
        forge_stump(&forge, cases[i].tag, cases[i].feature, 0, -1, 1);
        assert_int_equal(use_words(pipeline, &forge), cases[i].status);
    }
    decant_close(pipeline);
}

static void scores_as_high_and_low_as_models_can_make_them_do_no_harm(void **state) {
    static const int32_t tags[] = {FORGE_FIRST, FORGE_SECOND, FORGE_THIRD, FORGE_RUNS};
    for (int32_t sign = -1; sign <= 1; sign += 2) {
        Case of;
        Forge forge;
        forge_model(&forge);
        for (size_t i = 0; i < 4; i++) forge_constant(&forge, tags[i], sign * FOREST_MAX_BIAS);
        decide(&of, state, &forge, page, 0);
        assert_string_equal(of.drops, sign > 0 ? "xxxx" : "....");
        case_done(&of);
    }
}

static int count_drop(void *user, const decant_dropped *dropped) {
    *(size_t *)user += dropped->blocks;
    return 0;
}

static void a_pipeline_judges_by_the_model_it_was_given_last(void **state) {
    (void)state;
    static const char text[] = "The wall has moved.\n\nThe council met.\n";
    for (int32_t sign = -1; sign <= 1; sign += 2) {
        size_t drops = 0;
        const decant_sink sink = {.user = &drops, .dropped = count_drop};
        decant *pipeline = NULL;
        assert_int_equal(decant_open(&pipeline, NULL, &sink), DECANT_OK);
        for (int32_t i = 0; i < 2; i++) {
            Forge forge;
            forge_model(&forge);
            forge_constant(&forge, FORGE_SECOND, UNIT);
            forge_constant(&forge, FORGE_RUNS, i ? sign * UNIT : -sign * UNIT);
            assert_int_equal(use_words(pipeline, &forge), DECANT_OK);
        }
        assert_int_equal(decant_start(pipeline, "page"), DECANT_OK);
        assert_int_equal(decant_feed(pipeline, text, strlen(text)), DECANT_OK);
        assert_int_equal(decant_finish(pipeline), DECANT_OK);
        assert_int_equal(drops, sign > 0 ? 2 : 0);
        decant_close(pipeline);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_without_sections_keeps_everything),
        cmocka_unit_test(a_document_without_blocks_is_judged_too),
        cmocka_unit_test(a_model_that_goes_by_one_evidence_drops_just_the_blocks_that_have_it),
        cmocka_unit_test(a_dropped_block_has_kind_score_confidence_and_reason),
        cmocka_unit_test(reasons_come_strongest_first_and_only_those_for_dropping_weigh),
        cmocka_unit_test(what_speaks_for_a_verdict_is_told_of_every_block),
        cmocka_unit_test(what_no_forest_of_a_kind_claims_is_other),
        cmocka_unit_test(suspects_are_scored_once_more),
        cmocka_unit_test(what_is_no_suspect_keeps_its_second_score),
        cmocka_unit_test(a_block_must_be_over_the_block_threshold),
        cmocka_unit_test(a_run_must_be_over_the_run_threshold),
        cmocka_unit_test(the_clearest_run_must_be_over_the_documents_threshold),
        cmocka_unit_test(a_run_goes_from_its_first_to_its_last_block_over_the_threshold),
        cmocka_unit_test(a_run_must_be_the_surer_the_more_of_the_document_it_is),
        cmocka_unit_test(the_higher_min_confidence_the_fewer_blocks_go),
        cmocka_unit_test(a_margin_moves_the_thresholds_of_runs_and_blocks),
        cmocka_unit_test(a_margin_moves_the_documents_threshold),
        cmocka_unit_test(confidence_runs_straight_from_knot_to_knot),
        cmocka_unit_test(confidence_may_span_all_scores),
        cmocka_unit_test(without_knots_confidence_is_none),
        cmocka_unit_test(a_model_that_ends_early_is_refused_at_every_byte),
        cmocka_unit_test(model_data_that_contradicts_itself_is_refused),
        cmocka_unit_test(words_after_the_last_section_are_refused),
        cmocka_unit_test(bytes_that_make_no_whole_word_are_refused),
        cmocka_unit_test(a_head_alone_must_tell_of_no_sections),
        cmocka_unit_test(a_decision_needs_a_knot_and_has_no_more_than_fit),
        cmocka_unit_test(a_pass_may_not_ask_for_features_of_a_later_one),
        cmocka_unit_test(scores_as_high_and_low_as_models_can_make_them_do_no_harm),
        cmocka_unit_test(a_pipeline_judges_by_the_model_it_was_given_last),
    };
    return cmocka_run_group_tests_name("verdict", tests, set_up_rules, tear_down_rules);
}
