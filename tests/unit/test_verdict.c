/* SPDX-License-Identifier: MIT
 * test_verdict.c - decisions of models made by hand, and model data that must be refused. */
#include "verdict/verdict.h"

#include "filters/filter.h"
#include "forge.h"
#include "part.h"
#include "verdict/gate.h"
#include "verdict/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT = 1024, MOST_BLOCKS = 64 };

/* Paragraphs of their own: prose, noise in one word, prose, noise in five. None stands out by what
 * it is about: words of three letters are about nothing. */
static const char page[] = "The sea has won by an ell.\n\nSome qrights\n\n"
                           "The men met in the old inn.\n\nAll that is qrights here\n";

/* ---- helpers -------------------------------------------------------------------------------- */

/* Confidence 500 at a score of 0, 900 at 4 units. */
static const int32_t knots[] = {0, 500, 4 * UNIT, 900};

static const int32_t decisions[] = {FORGE_DECISION, FORGE_DUMP_DECISION};

/* Adds a section of these words. */
static void put_words(Forge *forge, int32_t tag, const int32_t *words, size_t count) {
    forge_section(forge, tag);
    for (size_t i = 0; i < count; i++) forge_put(forge, words[i]);
    forge_end_section(forge);
}

static void put_decision(Forge *forge, int32_t block, int32_t gate) {
    forge_decision(forge, FORGE_DECISION, block, gate, knots, 2);
}

/* The first two passes: blocks with a rights notice are scored `second`, others so low that they
 * are no suspects and no run begins or ends with them. */
static void forge_passes(Forge *forge, int32_t second) {
    forge_model(forge);
    forge_stump(forge, FORGE_FIRST, "rights", 0, -4 * UNIT, 4 * UNIT);
    forge_stump(forge, FORGE_SECOND, "pass.score", 0, -4 * UNIT, second);
}

/* No run looks foreign, and the third pass scores blocks with a rights notice `third`. */
static void forge_rights(Forge *forge, int32_t third, int32_t gate) {
    forge_passes(forge, UNIT);
    forge_constant(forge, FORGE_RUNS, -8 * UNIT);
    forge_stump(forge, FORGE_THIRD, "pass.score", 0, -4 * UNIT, third);
    forge_constant(forge, FORGE_GATE, gate);
}

/* A model that drops what rules call a rights notice, at a confidence of 700. */
static void forge_simple(Forge *forge) {
    forge_rights(forge, 2 * UNIT, 4 * UNIT);
    forge_stump(forge, FORGE_KINDS + DECANT_FOOTER, "rights", 0, -UNIT, UNIT);
    forge_stump(forge, FORGE_KINDS + DECANT_BLEED, "rights", 0, UNIT, -UNIT);
    put_decision(forge, 0, 0);
}

/* The model of a dump: what rules call a rights notice is scored `second`. */
static void forge_dump(Forge *forge, int32_t second, int32_t least, int32_t most) {
    static const int32_t curve[] = {-2 * UNIT, 0, 2 * UNIT, 1000};
    forge_passes(forge, second);
    forge_constant(forge, FORGE_RUNS, -8 * UNIT);
    forge_constant(forge, FORGE_GATE, -8 * UNIT);
    forge_constant(forge, FORGE_DUMP, 1);
    forge_decision(forge, FORGE_DUMP_DECISION, least, most, curve, 2);
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
    assert_int_equal(
        verdict_decide(&ret->part.document, ret->model, min_confidence, margin, DETAIL_REASONS),
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

static void a_model_in_training_keeps_everything_whatever_the_margin(void **state) {
    Case of;
    Forge forge;
    forge_model(&forge);
    forge_constant(&forge, FORGE_FIRST, UNIT);
    forge_constant(&forge, FORGE_SECOND, UNIT);
    decide_by(&of, state, &forge, page, 0, -UNIT);
    assert_string_equal(of.drops, "....");
    case_done(&of);
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
    forge_constant(&forge, FORGE_RUNS, -8 * UNIT);
    forge_constant(&forge, FORGE_THIRD, UNIT);
    forge_constant(&forge, FORGE_GATE, UNIT);
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
    forge_rights(&forge, UNIT, UNIT);
    decide(&of, state, &forge, page, 0);
    assert_string_equal(of.drops, ".x.x");
    assert_int_equal(of.part.document.blocks[1].verdict.kind, DECANT_OTHER);
    case_done(&of);
}

/* ---- thresholds of block and gate ------------------------------------------------------------ */

static void a_block_must_be_over_the_block_threshold(void **state) {
    static const char *const drops[] = {".x.x", "...."};
    for (int32_t i = 0; i < 2; i++) {
        Forge forge;
        forge_rights(&forge, 300, UNIT);
        put_decision(&forge, 299 + i, 0);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

static void the_net_counts_five_parts_of_eight(void **state) {
    static const char *const drops[] = {".x.x", "...."};
    for (int32_t i = 0; i < 2; i++) {
        Forge forge;
        forge_rights(&forge, 300, UNIT);
        forge_net(&forge, FORGE_NET, 0, 0, 100, 100);
        put_decision(&forge, 174 + i, 0);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

static void the_net_sees_what_stands_before_a_block(void **state) {
    Forge forge;
    forge_rights(&forge, -4 * UNIT, UNIT);
    forge_net(&forge, FORGE_NET, feature_named("rights"), 0, 0, 8 * UNIT);
    put_decision(&forge, UNIT, 0);
    expect_drops(state, &forge, 0, "..x.");
}

static void dumps_have_a_net_of_their_own(void **state) {
    static const int32_t nets[] = {FORGE_NET, FORGE_DUMP_NET};
    static const char *const drops[] = {".x.x", "...."};
    for (size_t i = 0; i < 2; i++) {
        Forge forge;
        forge_dump(&forge, UNIT, 0, 0);
        forge_net(&forge, nets[i], 0, 0, -2 * UNIT, -2 * UNIT);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

static void the_document_must_be_over_the_gates_threshold(void **state) {
    static const char *const drops[] = {".x.x", "...."};
    for (int32_t i = 0; i < 2; i++) {
        Forge forge;
        forge_rights(&forge, UNIT, 77);
        put_decision(&forge, 0, 76 + i);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

static void the_gate_reads_the_row_of_the_most_foreign_run(void **state) {
    static const char *const drops[] = {".x.x", "...."};
    for (int32_t i = 0; i < 2; i++) {
        Forge forge; /* the gate opens for a run of two words */
        forge_passes(&forge, UNIT);
        forge_run_stump(&forge, FORGE_RUNS, "run.words", 3, -(2 + i) * UNIT, -(3 - i) * UNIT);
        forge_stump(&forge, FORGE_THIRD, "pass.score", 0, -4 * UNIT, UNIT);
        forge_run_stump(&forge, FORGE_GATE, "run.words", 3, UNIT, -UNIT);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

static void without_runs_the_gate_knows_the_document_all_the_same(void **state) {
    Forge forge;
    forge_rights(&forge, UNIT, 0);
    forge_constant(&forge, FORGE_GLANCE, -1);
    forge_run_stump(&forge, FORGE_GATE, "document.blocks", 3, -UNIT, UNIT);
    expect_drops(state, &forge, 0, ".x.x");
}

static void the_gate_knows_what_the_last_pass_says_of_the_document(void **state) {
    static const struct {
        const char *feature;
        int least; /* the value is more, but not by one */
    } cases[] = {{"gate.blocks", 1}, {"gate.words", 8}, {"gate.top2", 255}, {"gate.top3", -1025}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int more = 0; more < 2; more++) {
            Forge forge;
            forge_rights(&forge, UNIT, 0);
            forge_run_stump(&forge, FORGE_GATE, cases[i].feature, cases[i].least + more, -UNIT,
                            UNIT);
            expect_drops(state, &forge, 0, more ? "...." : ".x.x");
        }
}

static void a_score_is_by_how_much_block_and_gate_are_over_whichever_is_less(void **state) {
    static const struct {
        int32_t third, gate, score;
    } cases[] = {{300, 250, 130}, {300, 600, 200}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Case of;
        Forge forge;
        forge_rights(&forge, cases[i].third, cases[i].gate);
        put_decision(&forge, 100, 120);
        decide(&of, state, &forge, page, 0);
        assert_int_equal(of.part.document.blocks[1].verdict.score, cases[i].score);
        assert_int_equal(of.part.document.blocks[0].verdict.score, -4 * UNIT - 100);
        case_done(&of);
    }
}

/* ---- the third pass -------------------------------------------------------------------------- */

static void suspects_are_scored_once_more(void **state) {
    Forge forge;
    forge_passes(&forge, UNIT);
    forge_constant(&forge, FORGE_RUNS, -8 * UNIT);
    forge_stump(&forge, FORGE_THIRD, "words", 3, UNIT, -UNIT);
    forge_constant(&forge, FORGE_GATE, UNIT);
    expect_drops(state, &forge, 0, ".x..");
}

static void what_is_no_suspect_keeps_its_second_score(void **state) {
    static const char *const drops[] = {"....", ".x.x"};
    for (int32_t i = 0; i < 2; i++) {
        Forge forge;
        forge_passes(&forge, -1536 + i);
        forge_constant(&forge, FORGE_RUNS, -8 * UNIT);
        forge_constant(&forge, FORGE_THIRD, UNIT);
        forge_constant(&forge, FORGE_GATE, UNIT);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

/* Runs of this page that may be foreign: its second block, its fourth, and from one to the other.
 * All are scored `runs`; blocks go that have more of a feature. */
static void forge_votes(Forge *forge, int32_t runs, const char *feature, int more) {
    forge_passes(forge, 0);
    forge_constant(forge, FORGE_RUNS, runs);
    forge_stump(forge, FORGE_THIRD, feature, more, -UNIT, UNIT);
    forge_constant(forge, FORGE_GATE, UNIT);
}

static void the_third_pass_knows_what_runs_hold_a_block(void **state) {
    static const struct {
        const char *feature;
        int more; /* just less than what the blocks have that go */
        const char *drops, *none;
    } cases[] = {{"votes.held", 8800, ".xxx", ".x.x"},
                 {"votes.held", 17610, ".x.x", "...."},
                 {"votes.begins", 17610, ".x..", "...."},
                 {"votes.begins", 8800, ".x.x", ".x.."},
                 {"votes.ends", 17610, "...x", "...."},
                 {"votes.best", 511, ".xxx", "...."},
                 {"votes.doc_all", 26420, ".xxx", "...."},
                 /* of the best run: of those as good that which begins first, or ends first */
                 {"best.before", 0, "..xx", "...."},
                 {"best.after", 0, "..x.", "...."},
                 {"best.words", 1, ".xxx", "..xx"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int more = 0; more <= 10; more += 10) {
            Forge forge; /* a score of 2 units: a probability of 0.8808 */
            forge_votes(&forge, 2 * UNIT, cases[i].feature, cases[i].more + more);
            expect_drops(state, &forge, 0, more ? cases[i].none : cases[i].drops);
        }
}

static void a_block_that_foreign_runs_hold_is_a_suspect(void **state) {
    static const struct {
        int32_t runs; /* a probability of 0.018 and of 0.022: suspects are held by 0.02 runs */
        const char *drops;
    } cases[] = {{-4 * UNIT, ".x.x"}, {-3891, ".xxx"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Forge forge;
        forge_passes(&forge, 0);
        forge_constant(&forge, FORGE_RUNS, cases[i].runs);
        forge_constant(&forge, FORGE_THIRD, UNIT);
        forge_constant(&forge, FORGE_GATE, UNIT);
        expect_drops(state, &forge, 0, cases[i].drops);
    }
}

static void runs_that_are_surely_none_are_forgotten(void **state) {
    static const char *const drops[] = {"....", ".x.x"};
    for (int32_t i = 0; i < 2; i++) {
        Forge forge;
        forge_votes(&forge, -6 * UNIT + i, "votes.doc_all", 0);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

static void runs_are_judged_by_their_own_columns(void **state) {
    Forge forge; /* runs of more than four words: the second block alone is none of them */
    forge_passes(&forge, 0);
    forge_run_stump(&forge, FORGE_RUNS, "run.words", 4, -8 * UNIT, 2 * UNIT);
    forge_stump(&forge, FORGE_THIRD, "votes.ends", 0, -UNIT, UNIT);
    forge_constant(&forge, FORGE_GATE, UNIT);
    expect_drops(state, &forge, 0, "...x");
}

static void a_glance_passes_over_runs_that_it_scores_below_0(void **state) {
    for (int32_t low = -1; low <= 0; low++) {
        Forge forge; /* those of several blocks */
        forge_votes(&forge, 2 * UNIT, "votes.held", 0);
        forge_run_stump(&forge, FORGE_GLANCE, "run.blocks", 1, 0, low);
        expect_drops(state, &forge, 0, low ? ".x.x" : ".xxx");
    }
}

static void more_runs_than_a_batch_holds_are_all_judged(void **state) {
    enum { BLOCKS = 40 };
    char text[BLOCKS * 9 + 1] = "", drops[BLOCKS + 1] = "";
    for (int i = 0; i < BLOCKS; i++) strcat(text, "qrights\n\n"), strcat(drops, "x");
    Case of;
    Forge forge; /* a run begins with every block */
    forge_votes(&forge, -2 * UNIT, "votes.begins", 0);
    decide(&of, state, &forge, text, 0);
    assert_string_equal(of.drops, drops);
    case_done(&of);
}

/* ---- edges ----------------------------------------------------------------------------------- */

/* What happens at a border: nothing earns 0. */
static void put_edges(Forge *forge, int32_t tag, int32_t begins, int32_t ends) {
    forge_constant(forge, tag + EDGE_NONE, 0);
    forge_constant(forge, tag + EDGE_BEGINS, begins);
    forge_constant(forge, tag + EDGE_ENDS, ends);
}

/* Blocks with a rights notice are scored 2 units, others `low`; the gate is open. */
static void forge_edges(Forge *forge, int32_t low, int32_t begins, int32_t ends) {
    forge_model(forge);
    forge_stump(forge, FORGE_FIRST, "rights", 0, low, 2 * UNIT);
    forge_stump(forge, FORGE_SECOND, "rights", 0, low, 2 * UNIT);
    forge_constant(forge, FORGE_RUNS, -8 * UNIT);
    forge_stump(forge, FORGE_THIRD, "rights", 0, low, 2 * UNIT);
    forge_constant(forge, FORGE_GATE, 8 * UNIT);
    put_edges(forge, FORGE_EDGES, begins, ends);
}

static void the_less_likely_borders_are_the_more_goes_or_stays_together(void **state) {
    static const struct {
        int32_t low, border; /* hundredths of a unit */
        const char *drops;
    } cases[] = {{-100, 0, ".x.x"}, {-100, -40, ".x.x"},  {-100, -60, ".xxx"}, {-100, -200, "xxxx"},
                 {-400, 0, ".x.x"}, {-400, -140, "...x"}, {-400, -210, "...."}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Forge forge;
        const int32_t border = cases[i].border * UNIT / 100;
        forge_edges(&forge, cases[i].low * UNIT / 100, border, border);
        expect_drops(state, &forge, 0, cases[i].drops);
    }
}

static void where_something_begins_and_where_it_ends_are_told_apart(void **state) {
    static const struct {
        int32_t begins, ends;
        const char *drops;
    } cases[] = {{-3, 0, "xxxx"}, {0, -3, ".xxx"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Forge forge;
        forge_edges(&forge, -UNIT, cases[i].begins * UNIT, cases[i].ends * UNIT);
        expect_drops(state, &forge, 0, cases[i].drops);
    }
}

static void a_block_is_told_by_how_much_the_ways_with_it_are_better(void **state) {
    for (int32_t none = -UNIT; none <= UNIT; none += UNIT) {
        Case of;
        Forge forge; /* borders cost 410: the best way earns 4096 - 3 * 410 */
        forge_edges(&forge, -4 * UNIT, none - 410, none - 410);
        forge_constant(&forge, FORGE_EDGES + EDGE_NONE, none); /* the later section counts */
        decide(&of, state, &forge, page, 0);
        const Block *blocks = of.part.document.blocks;
        assert_int_equal(blocks[1].verdict.score, 4 * UNIT - 3 * 410 - (2 * UNIT - 410));
        assert_int_equal(blocks[3].verdict.score, 4 * UNIT - 3 * 410 - (2 * UNIT - 2 * 410));
        assert_int_equal(blocks[0].verdict.score, -4 * UNIT + 410);
        case_done(&of);
    }
}

static void between_blocks_that_are_no_suspects_nothing_is_likely_to_begin(void **state) {
    static const char text[] = "The sea has won by an ell.\n\nThe men met in the old inn.\n\n"
                               "Some qrights\n";
    static const char *const drops[] = {"..x", "x.x"};
    for (int32_t i = 0; i < 2; i++) {
        Case of;
        Forge forge; /* borders are so likely that all change at each that is asked */
        forge_edges(&forge, -2 * UNIT + i, 10 * UNIT, 10 * UNIT);
        decide(&of, state, &forge, text, 0);
        assert_string_equal(of.drops, drops[i]);
        case_done(&of);
    }
}

static void borders_know_the_last_scores(void **state) {
    static const char *const drops[] = {".x.x", "...."};
    for (int i = 0; i < 2; i++) {
        Forge forge; /* the last score is three parts of eight of the third, which is 192 */
        forge_edges(&forge, -4 * UNIT, 0, 0);
        forge_net(&forge, FORGE_NET, 0, 0, 0, 0);
        forge_stump(&forge, FORGE_EDGES + EDGE_BEGINS, "pass.score", 191 + i, -8 * UNIT, 0);
        expect_drops(state, &forge, 0, drops[i]);
    }
}

static void borders_of_a_dump_are_its_own_and_count_if_it_promises_much(void **state) {
    static const struct {
        const char *text, *drops;
        int32_t tag;
    } cases[] = {{page, "....", FORGE_DUMP_EDGES}, /* an F1 of .94 */
                 {page, ".x.x", FORGE_EDGES},
                 {"a b c d e.\n\nqrights a b c d e f g h i j k l m\n", ".x", FORGE_DUMP_EDGES}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Case of;
        Forge forge;
        forge_dump(&forge, UNIT, 0, 0);
        put_edges(&forge, cases[i].tag, -8 * UNIT, -8 * UNIT);
        decide(&of, state, &forge, cases[i].text, 0);
        assert_string_equal(of.drops, cases[i].drops);
        case_done(&of);
    }
}

/* ---- dumps ----------------------------------------------------------------------------------- */

static void a_dump_has_no_gate(void **state) {
    Forge forge;
    forge_dump(&forge, UNIT, 0, 0);
    expect_drops(state, &forge, 0, ".x.x");
}

static void a_document_scored_0_is_no_dump(void **state) {
    Forge forge;
    forge_dump(&forge, UNIT, 0, 0);
    forge_constant(&forge, FORGE_DUMP, 0); /* the later section counts */
    expect_drops(state, &forge, 0, "....");
}

static void a_dump_is_told_by_what_the_second_pass_says(void **state) {
    for (int32_t i = 0; i < 2; i++) {
        Forge forge;
        forge_dump(&forge, UNIT, 0, 0);
        forge_stump(&forge, FORGE_DUMP, "pass.max", 255 + i, -UNIT, UNIT);
        expect_drops(state, &forge, 0, i ? "...." : ".x.x");
    }
}

static void in_a_dump_no_runs_are_judged_and_no_suspects(void **state) {
    Forge forge;
    forge_dump(&forge, UNIT, 0, 0);
    forge_constant(&forge, FORGE_RUNS, 4 * UNIT);
    forge_constant(&forge, FORGE_THIRD, -4 * UNIT);
    expect_drops(state, &forge, 0, ".x.x");
}

static void a_block_of_a_dump_is_told_by_its_own_score(void **state) {
    Case of;
    Forge forge;
    forge_dump(&forge, UNIT, 77, 77);
    decide(&of, state, &forge, page, 0);
    const Block *blocks = of.part.document.blocks;
    assert_int_equal(blocks[1].verdict.score, UNIT);
    assert_int_equal(blocks[1].verdict.confidence, 750);
    assert_int_equal(blocks[0].verdict.score, -4 * UNIT);
    assert_int_equal(blocks[0].verdict.confidence, 0);
    case_done(&of);
}

static void a_dump_finds_its_threshold_within_bounds(void **state) {
    static const struct {
        int32_t least, most;
        const char *drops;
    } cases[] = {{-4 * UNIT, 4 * UNIT, ".x.x"}, /* it finds one below 1 unit */
                 {UNIT - 1, 4 * UNIT, ".x.x"},
                 {UNIT, 4 * UNIT, "...."},
                 {-5 * UNIT, -4 * UNIT, ".x.x"},
                 {-5 * UNIT, -4 * UNIT - 1, "xxxx"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Forge forge;
        forge_dump(&forge, UNIT, cases[i].least, cases[i].most);
        expect_drops(state, &forge, 0, cases[i].drops);
    }
}

static void a_dump_keeps_what_promises_more_than_it_costs(void **state) {
    static const struct {
        const char *text, *drops;
    } cases[] = {{"qrights\n\nqrights\n", ".."}, /* nothing is won by an empty text */
                 {"a b c d e f g h i j k l.\n\nqrights\n", ".x"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Case of;
        Forge forge;
        forge_dump(&forge, UNIT, -4 * UNIT, 4 * UNIT);
        decide(&of, state, &forge, cases[i].text, 0);
        assert_string_equal(of.drops, cases[i].drops);
        case_done(&of);
    }
}

/* ---- end marks ------------------------------------------------------------------------------- */

static void expect_of(void **state, const Forge *forge, const char *text, int min_confidence,
                      int32_t margin, const char *drops) {
    Case of;
    decide_by(&of, state, forge, text, min_confidence, margin);
    assert_string_equal(of.drops, drops);
    case_done(&of);
}

/* Blocks of up to two words go, and those with a rights notice, as far as there is no other rule.
 */
static void forge_short(Forge *forge, bool is_dump) {
    forge_dump(forge, UNIT, 0, 0);
    forge_constant(forge, FORGE_DUMP, is_dump);
    forge_constant(forge, FORGE_SECOND, 0);
    forge_constant(forge, FORGE_GATE, UNIT);
    forge_forest(forge, is_dump ? FORGE_SECOND : FORGE_THIRD, feature_named("rights") + 1, 2, 1, 0);
    forge_tree(forge, feature_named("words"), 2, UNIT, -UNIT);
    forge_tree(forge, feature_named("rights"), 0, 0, 3 * UNIT);
    forge_end_section(forge);
}

static void an_end_mark_behind_text_that_stays_belongs_to_it(void **state) {
    for (int i = 0; i < 2; i++) {
        Forge forge;
        forge_short(&forge, i);
        expect_of(state, &forge, "The wall has moved.\n\nqsignoff\n\nqshare\n", 0, 0, "..x");
    }
}

static void an_end_mark_behind_text_that_goes_goes_too(void **state) {
    for (int i = 0; i < 2; i++) {
        Forge forge;
        forge_short(&forge, i);
        expect_of(state, &forge, "The wall has moved.\n\nqshare\n\nqsignoff\n", 0, 0, ".xx");
    }
}

static void an_end_mark_at_the_start_has_no_text_to_belong_to(void **state) {
    Forge forge;
    forge_short(&forge, false);
    expect_of(state, &forge, "qsignoff\n\nThe wall has moved.\n", 0, 0, "x.");
}

static void more_than_two_words_are_no_end_mark(void **state) {
    Forge forge;
    forge_short(&forge, false);
    expect_of(state, &forge, "The wall has moved.\n\nthe qsignoff\n", 0, 0, "..");
    expect_of(state, &forge, "The wall has moved.\n\nqrights the qsignoff\n", 0, 0, ".x");
}

/* ---- caution --------------------------------------------------------------------------------- */

/* Suspects of rising length. */
static const char rising[] = "qrights\n\nA wall.\n\na qrights\n\nA wall.\n\nb a qrights\n\n"
                             "A wall.\n\nb a qrights c\n\nA wall.\n\nd b a qrights c\n";

/* Each suspect is surer than the one before: five confidences from 500 to 900. */
static void forge_rising(Forge *forge, int32_t gate) {
    const size_t words = feature_named("words");
    forge_passes(forge, UNIT);
    forge_constant(forge, FORGE_RUNS, -8 * UNIT);
    forge_forest(forge, FORGE_THIRD, words + 1, 4, 1, 2 * UNIT);
    for (int i = 1; i <= 4; i++) forge_tree(forge, words, i, -UNIT / 2, UNIT / 2);
    forge_end_section(forge);
    forge_constant(forge, FORGE_GATE, gate);
    put_decision(forge, -1, -1);
}

static void the_higher_min_confidence_the_fewer_blocks_go(void **state) {
    static const struct {
        int min_confidence;
        const char *drops;
    } steps[] = {{0, "x.x.x.x.x"},   {500, "x.x.x.x.x"}, {501, "..x.x.x.x"}, {600, "..x.x.x.x"},
                 {601, "....x.x.x"}, {701, "......x.x"}, {801, "........x"}, {900, "........x"},
                 {901, "........."}, {1000, "........."}};
    Forge forge;
    forge_rising(&forge, 4 * UNIT);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        expect_of(state, &forge, rising, steps[i].min_confidence, 0, steps[i].drops);
}

static void a_margin_moves_the_threshold_of_blocks(void **state) {
    static const struct {
        int32_t margin;
        const char *drops;
    } steps[] = {{-UNIT, "x.x.x.x.x"},        {0, "x.x.x.x.x"},        {1, "..x.x.x.x"},
                 {UNIT / 2, "..x.x.x.x"}, /* a margin counts twice */
                 {UNIT / 2 + 1, "....x.x.x"}, {2 * UNIT, "........x"}, {2 * UNIT + 1, "........."}};
    Forge forge;
    forge_rising(&forge, 8 * UNIT);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        expect_of(state, &forge, rising, 0, steps[i].margin, steps[i].drops);
}

static void a_margin_moves_the_threshold_of_the_gate(void **state) {
    Forge forge;
    forge_rights(&forge, 4 * UNIT, 900);
    put_decision(&forge, 0, 800);
    expect_of(state, &forge, page, 0, 49, ".x.x");
    expect_of(state, &forge, page, 0, 50, "....");
}

static void a_margin_moves_the_threshold_of_a_dump(void **state) {
    Forge forge;
    forge_dump(&forge, UNIT, 24, 24);
    expect_of(state, &forge, page, 0, 999, ".x.x");
    expect_of(state, &forge, page, 0, 1000, "....");
    expect_of(state, &forge, page, 0, -5 * UNIT, "xxxx");
}

/* Fails unless what goes at each step goes at the step before too. */
static void expect_fewer_and_fewer(void **state, const Forge *forge, bool by_margin) {
    static const char text[] =
        "qrights\n\nqsignoff\n\na b c d\n\nqsignoff\n\na qrights\n\nqsignoff\n\n"
        "b a qrights\n\nqsignoff\n\na b c\n\nb a qrights c d\n\nqsignoff\n";
    char before[] = "xxxxxxxxxxx";
    for (int step = 0; step <= 40; step++) {
        Case of;
        decide_by(&of, state, forge, text, by_margin ? 0 : step * 25,
                  by_margin ? (step - 20) * 256 : 0);
        assert_int_equal(strlen(of.drops), strlen(before));
        for (size_t i = 0; before[i]; i++) assert_true(of.drops[i] == '.' || before[i] == 'x');
        strcpy(before, of.drops);
        case_done(&of);
    }
    assert_null(strchr(before, 'x'));
}

static void caution_is_monotone_in_every_kind_of_document(void **state) {
    for (int32_t is_dump = 0; is_dump < 2; is_dump++)
        for (int by_margin = 0; by_margin < 2; by_margin++) {
            static const int32_t curve[] = {-2 * UNIT, 0, 4 * UNIT, 990};
            Forge forge;
            forge_rising(&forge, 4 * UNIT);
            forge_constant(&forge, FORGE_DUMP, is_dump);
            forge_decision(&forge, FORGE_DUMP_DECISION, -UNIT, UNIT, curve, 2);
            expect_fewer_and_fewer(state, &forge, by_margin);
        }
}

/* ---- confidence ------------------------------------------------------------------------------ */

static void confidence_runs_straight_from_knot_to_knot(void **state) {
    (void)state;
    static const int32_t pairs[] = {-1000, 100, 0, 300, 1000, 900, 1001, 1000};
    static const struct {
        int32_t score;
        int confidence;
    } points[] = {{INT32_MIN, 100}, {-1000, 100}, {-500, 200},      {-1, 299},
                  {0, 300},         {1, 300},     {500, 600},       {999, 899},
                  {1000, 900},      {1001, 1000}, {INT32_MAX, 1000}};
    Forge forge;
    forge_model(&forge);
    forge_decision(&forge, FORGE_DECISION, 0, 0, pairs, 4);
    forge_decision(&forge, FORGE_DUMP_DECISION, 0, 0, pairs, 4);
    Model *model = open_model(&forge);
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        const int32_t score = points[i].score;
        assert_int_equal(model_confidence(&model->confidence, score, 0), points[i].confidence);
        assert_int_equal(model_confidence(&model->dump_confidence, score, 0), points[i].confidence);
    }
    model_close(model);
}

static void confidence_may_span_all_scores(void **state) {
    (void)state;
    static const int32_t pairs[] = {INT32_MIN, 0, INT32_MAX, 1000};
    Forge forge;
    forge_model(&forge);
    forge_decision(&forge, FORGE_DECISION, 0, 0, pairs, 2);
    Model *model = open_model(&forge);
    assert_int_equal(model_confidence(&model->confidence, INT32_MIN, 0), 0);
    assert_int_equal(model_confidence(&model->confidence, 0, 0), 500);
    assert_int_equal(model_confidence(&model->confidence, INT32_MAX, 0), 1000);
    model_close(model);
}

static void brief_blocks_have_a_confidence_of_their_own(void **state) {
    (void)state;
    static const int32_t tags[] = {FORGE_BRIEF, FORGE_DUMP_BRIEF};
    static const int32_t usual[] = {0, 500}, brief[] = {40, 0, 300, 1000, 900};
    for (int i = 0; i < 2; i++) {
        Forge forge;
        forge_model(&forge);
        forge_decision(&forge, decisions[i], 0, 0, usual, 1);
        put_words(&forge, tags[i], brief, 5);
        Model *model = open_model(&forge);
        const Confidence *confidence = i ? &model->dump_confidence : &model->confidence;
        assert_int_equal(model_confidence(confidence, 500, 0), 600);
        assert_int_equal(model_confidence(confidence, 500, 39), 600);
        assert_int_equal(model_confidence(confidence, 500, 40), 500);
        assert_int_equal(model_confidence(confidence, 500, SIZE_MAX), 500);
        model_close(model);
    }
}

static void without_knots_confidence_is_none(void **state) {
    (void)state;
    Forge forge;
    forge_model(&forge);
    Model *model = open_model(&forge);
    assert_int_equal(model_confidence(&model->confidence, 5 * UNIT, 0), 0);
    model_close(model);
}

static void of_the_model_within_only_what_is_demanded_is_read(void **state) {
    (void)state;
    decant_status status;
    Model *model = model_open(allocator_default(), NULL, 0, &status);
    assert_non_null(model);
    assert_int_equal(model->first.tree_count + model->page_first.tree_count, 0);
    assert_int_equal(model_demand_texts(model), DECANT_OK);
    assert_true(model->first.tree_count > 0 && model->page_first.tree_count == 0);
    assert_int_equal(model_demand_pages(model), DECANT_OK);
    assert_true(model->page_first.tree_count > 0);
    model_close(model);
}

static void what_was_demanded_is_read_once(void **state) {
    (void)state;
    decant_status status;
    Model *model = model_open(allocator_default(), NULL, 0, &status);
    assert_non_null(model);
    assert_int_equal(model_demand_texts(model) | model_demand_pages(model), DECANT_OK);
    const ForestLevel *levels = model->first.levels, *page_levels = model->page_first.levels;
    assert_int_equal(model_demand_texts(model) | model_demand_pages(model), DECANT_OK);
    assert_ptr_equal(model->first.levels, levels);
    assert_ptr_equal(model->page_first.levels, page_levels);
    model_close(model);
}

static void a_model_that_was_brought_is_whole(void **state) {
    (void)state;
    Forge forge;
    size_t size;
    decant_status status;
    forge_model(&forge);
    uint8_t *bytes = forge_bytes(&forge, &size);
    Model *model = model_open(allocator_default(), bytes, size, &status);
    assert_non_null(model);
    assert_int_equal(model_demand_texts(model) | model_demand_pages(model), DECANT_OK);
    assert_int_equal(model->first.tree_count + model->page_first.tree_count, 0);
    model_close(model);
    free(bytes);
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
        {HEAD, 0, 0x4443544E},        /* the magic's bytes turned round */
        {HEAD, 1, FORGE_VERSION - 1}, /* an earlier version */
        {HEAD, 1, FORGE_VERSION + 1}, /* a later one */
        {HEAD, 2, -1},                /* sections below none */
        {HEAD, 2, 0},                 /* fewer than follow */
        {HEAD, 2, 7},                 /* one fewer */
        {HEAD, 2, 9},                 /* one more */
        {HEAD, 2, INT32_MAX},         /* many more */
        {FIRST, 0, 0},                /* tags that mean nothing */
        {FIRST, 0, FORGE_LEXICON + 1},
        {FIRST, 0, -1},
        {KIND, 0, FORGE_KINDS - 1},
        {KIND, 0, FORGE_KINDS + DECANT_KINDS},
        {KIND, 0, FORGE_EDGES + EDGE_COUNT},
        {FIRST, 1, -1}, /* lengths that do not fit */
        {FIRST, 1, 0},
        {FIRST, 1, INT32_MAX},
        {FIRST, 1, 6},
        {FIRST, 2, 30000},       /* more features than there are */
        {SECOND, 3, 2},          /* more trees than words */
        {SECOND, 4, 2},          /* deeper than its words */
        {SECOND, 6, 0x7FFF0000}, /* a node beyond the features */
        {DECISION, 6, 0},        /* knots whose scores do not rise */
        {DECISION, 6, -1},
        {DECISION, 5, -1}, /* confidences that are none */
        {DECISION, 7, 1001},
    };
    decant *pipeline = open_pipeline();
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        Forge forge;
        forge_simple(&forge);
        assert_int_equal(forge.words[2], 8);
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

static void what_is_said_of_brief_blocks_needs_a_size_and_a_knot(void **state) {
    (void)state;
    static const struct {
        int32_t words[3];
        size_t count;
        decant_status status;
    } cases[] = {{{0}, 0, DECANT_BAD_MODEL},           {{40}, 1, DECANT_BAD_MODEL},
                 {{40, 0}, 2, DECANT_BAD_MODEL},       {{40, 0, 1000}, 3, DECANT_OK},
                 {{40, 0, 1001}, 3, DECANT_BAD_MODEL}, {{-1, 0, 500}, 3, DECANT_BAD_MODEL}};
    decant *pipeline = open_pipeline();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int32_t tag = FORGE_BRIEF; tag <= FORGE_DUMP_BRIEF; tag++) {
            Forge forge;
            forge_model(&forge);
            put_words(&forge, tag, cases[i].words, cases[i].count);
            assert_int_equal(use_words(pipeline, &forge), cases[i].status);
        }
    decant_close(pipeline);
}

static void a_decision_needs_a_knot_and_has_no_more_than_fit(void **state) {
    (void)state;
    decant *pipeline = open_pipeline();
    for (int32_t count = 0; count <= MODEL_KNOTS + 1; count++)
        for (int i = 0; i < 2; i++) {
            Forge forge;
            int32_t pairs[2 * MODEL_KNOTS + 2];
            for (int32_t k = 0; k < count; k++) pairs[2 * k] = k, pairs[2 * k + 1] = 500;
            forge_model(&forge);
            forge_decision(&forge, decisions[i], 0, 0, pairs, (size_t)count);
            bool fits = count >= 1 && count <= MODEL_KNOTS;
            assert_int_equal(use_words(pipeline, &forge), fits ? DECANT_OK : DECANT_BAD_MODEL);
            forge_put(&forge, 99); /* half a knot */
            forge_end_section(&forge);
            assert_int_equal(use_words(pipeline, &forge), DECANT_BAD_MODEL);
        }
    decant_close(pipeline);
}

static void a_decision_of_less_than_two_thresholds_and_a_knot_is_refused(void **state) {
    (void)state;
    decant *pipeline = open_pipeline();
    for (int i = 0; i < 2; i++)
        for (int words = 0; words <= 4; words++) {
            Forge forge;
            forge_model(&forge);
            forge_section(&forge, decisions[i]);
            for (int word = 0; word < words; word++) forge_put(&forge, 0);
            forge_end_section(&forge);
            assert_int_equal(use_words(pipeline, &forge),
                             words == 4 ? DECANT_OK : DECANT_BAD_MODEL);
        }
    decant_close(pipeline);
}

static void bounds_of_a_dumps_threshold_that_are_crossed_are_refused(void **state) {
    (void)state;
    decant *pipeline = open_pipeline();
    for (int32_t least = -1; least <= 1; least++) {
        Forge forge;
        forge_model(&forge);
        forge_decision(&forge, FORGE_DUMP_DECISION, least, 0, knots, 2);
        assert_int_equal(use_words(pipeline, &forge), least > 0 ? DECANT_BAD_MODEL : DECANT_OK);
        forge_model(&forge); /* of block and gate each stands for itself */
        forge_decision(&forge, FORGE_DECISION, least, 0, knots, 2);
        assert_int_equal(use_words(pipeline, &forge), DECANT_OK);
    }
    decant_close(pipeline);
}

static void a_forest_reads_the_columns_that_are_known_by_then_and_no_more(void **state) {
    (void)state;
    const struct {
        int32_t tag;
        size_t width;
    } forests[] = {{FORGE_FIRST, feature_named("pass.before3")},
                   {FORGE_SECOND, feature_named("votes.held")},
                   {FORGE_DUMP, feature_named("votes.held")},
                   {FORGE_THIRD, feature_named("agrees.rest")},
                   {FORGE_GATE, GATE_WIDTH},
                   {FORGE_GLANCE, run_column_named("run.lines")},
                   {FORGE_RUNS, RUN_WIDTH},
                   {FORGE_EDGES, feature_named("votes.held")},
                   {FORGE_EDGES + EDGE_ENDS, feature_named("votes.held")},
                   {FORGE_KINDS, feature_named("pass.before3")},
                   {FORGE_KINDS + DECANT_KINDS - 1, feature_named("pass.before3")}};
    decant *pipeline = open_pipeline();
    for (size_t i = 0; i < sizeof forests / sizeof *forests; i++)
        for (size_t more = 0; more < 2; more++) {
            Forge forge;
            forge_model(&forge);
            forge_forest(&forge, forests[i].tag, forests[i].width + more, 1, 1, 0);
            forge_tree(&forge, forests[i].width + more - 1, 0, -1, 1);
            forge_end_section(&forge);
            assert_int_equal(use_words(pipeline, &forge), more ? DECANT_BAD_MODEL : DECANT_OK);
        }
    decant_close(pipeline);
}

static void a_net_reads_every_column_and_no_more(void **state) {
    (void)state;
    decant *pipeline = open_pipeline();
    for (int32_t tag = FORGE_NET; tag <= FORGE_DUMP_NET; tag++)
        for (size_t more = 0; more < 2; more++) {
            Forge forge;
            forge_model(&forge);
            forge_net(&forge, tag, feature_count() - 1 + more, 0, 0, UNIT);
            assert_int_equal(use_words(pipeline, &forge), more ? DECANT_BAD_MODEL : DECANT_OK);
        }
    decant_close(pipeline);
}

static void scores_as_high_and_low_as_models_can_make_them_do_no_harm(void **state) {
    static const int32_t tags[] = {FORGE_FIRST, FORGE_SECOND, FORGE_GLANCE,
                                   FORGE_RUNS,  FORGE_THIRD,  FORGE_GATE};
    static const int32_t thresholds[] = {INT32_MIN, 0, INT32_MAX};
    for (int32_t sign = -1; sign <= 1; sign += 2)
        for (int32_t dump = 0; dump < 2; dump++)
            for (int i = 0; i < 3; i++) {
                Forge forge;
                forge_model(&forge);
                for (size_t t = 0; t < sizeof tags / sizeof *tags; t++)
                    forge_constant(&forge, tags[t], sign * FOREST_MAX_BIAS);
                forge_constant(&forge, FORGE_DUMP, dump ? FOREST_MAX_BIAS : -FOREST_MAX_BIAS);
                for (int32_t net = FORGE_NET; net <= FORGE_DUMP_NET; net++)
                    forge_net(&forge, net, 0, 0, sign * FORGE_NET_MOST, sign * FORGE_NET_MOST);
                put_decision(&forge, thresholds[i], thresholds[i]);
                forge_decision(&forge, FORGE_DUMP_DECISION, thresholds[i], thresholds[i], knots, 2);
                expect_drops(state, &forge, 0, i == 0 || (i == 1 && sign > 0) ? "xxxx" : "....");
            }
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* Refuses all that is asked for once the count is used up. */
static void *resize_counted(void *user, void *block, size_t old_size, size_t new_size) {
    size_t *left = user;
    if (*left == 0) return NULL;
    (*left)--;
    const decant_allocator *plain = allocator_default();
    return plain->resize(plain->user, block, old_size, new_size);
}

static void release_counted(void *user, void *block, size_t size) {
    (void)user;
    const decant_allocator *plain = allocator_default();
    plain->release(plain->user, block, size);
}

/* Lines enough for tables that fill pieces of memory of their own. */
static char *make_long(int lines) {
    static const char noise[] = "Tiger qrights\nZebra koala panda\n";
    char *text = malloc((size_t)lines * sizeof noise + 1);
    assert_non_null(text);
    *text = '\0';
    char *at = text;
    for (int i = 0; i < lines; i++) {
        memcpy(at, noise, sizeof noise);
        at += sizeof noise - 1;
    }
    return text;
}

typedef decant_status (*Ask)(Document *document, const Model *model);

static decant_status ask_verdict(Document *document, const Model *model) {
    return verdict_decide(document, model, 0, 0, DETAIL_REASONS);
}
static decant_status ask_reasons(Document *document, const Model *model) {
    return verdict_explain(document, model);
}
static decant_status ask_features(Document *document, const Model *model) {
    int16_t *rows = NULL;
    return verdict_features(document, model, &rows);
}
static decant_status ask_runs(Document *document, const Model *model) {
    RunSearch *search = NULL;
    return verdict_search_runs(document, model, &search);
}

/* Refuses the first piece of memory, the second and so on until all are given; how many there were.
 */
static size_t refuse_everywhere(Document *document, const Model *model, Ask ask) {
    Arena *own = document->arena;
    decant_status status = DECANT_NO_MEMORY;
    size_t n = 0;
    for (; status; n++) {
        Arena arena;
        size_t left = n;
        const decant_allocator counted = {&left, resize_counted, release_counted};
        arena_init(&arena, &counted);
        document->arena = &arena;
        status = ask(document, model);
        arena_done(&arena);
        assert_true(status == DECANT_OK || status == DECANT_NO_MEMORY);
    }
    document->arena = own;
    return n - 1;
}

static void memory_may_be_refused_anywhere(void **state) {
    static const Ask asks[] = {ask_verdict, ask_reasons, ask_features, ask_runs};
    for (int32_t dump = 0; dump < 2; dump++) {
        Part part;
        Forge forge;
        forge_simple(&forge);
        forge_constant(&forge, FORGE_SECOND, 0);
        forge_constant(&forge, FORGE_RUNS, 0);
        forge_constant(&forge, FORGE_DUMP, dump);
        Model *model = open_model(&forge);
        char *text = make_long(1500);
        part_judge(&part, *state, text);
        for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
            assert_in_range(refuse_everywhere(&part.document, model, asks[i]), 2, 100);
        part_done(&part);
        model_close(model);
        free(text);
    }
}

static void memory_is_given_back_once_a_document_is_judged(void **state) {
    Part part;
    Forge forge;
    forge_simple(&forge);
    Model *model = open_model(&forge);
    part_judge(&part, *state, page);
    const ArenaMark before = arena_mark(&part.arena);
    assert_int_equal(verdict_decide(&part.document, model, 0, 0, DETAIL_REASONS), DECANT_OK);
    const ArenaMark after = arena_mark(&part.arena);
    assert_ptr_equal(after.newest, before.newest);
    assert_int_equal(after.used, before.used);
    part_done(&part);
    model_close(model);
}

/* Counts what is asked for. */
static void *resize_summed(void *user, void *block, size_t old_size, size_t new_size) {
    size_t *sum = user;
    *sum += new_size;
    const decant_allocator *plain = allocator_default();
    return plain->resize(plain->user, block, old_size, new_size);
}

static void memory_is_bounded_by_so_many_bytes_a_block_however_many_runs_are_kept(void **state) {
    enum { LINES = 2000, MOST = 1700, SPARE = 2 << 20 };
    Forge forge; /* every run is as foreign as any */
    forge_votes(&forge, 2 * UNIT, "votes.held", 0);
    forge_stump(&forge, FORGE_SECOND, "stretch_place", 1, 0, UNIT);
    Model *model = open_model(&forge);
    char *text = malloc(LINES * 32);
    assert_non_null(text);
    *text = '\0';
    for (char *at = text; at < text + LINES * 28;)
        at += sprintf(at, "Tiger. Zebra. Koala. Panda.\n");
    Part part;
    part_judge(&part, *state, text);
    const size_t blocks = part.document.block_count;
    assert_int_equal(blocks, 4 * LINES);
    Arena arena;
    size_t sum = 0;
    const decant_allocator summed = {&sum, resize_summed, release_counted};
    arena_init(&arena, &summed);
    part.document.arena = &arena;
    assert_int_equal(verdict_decide(&part.document, model, 0, 0, DETAIL_REASONS), DECANT_OK);
    assert_true(sum < blocks * MOST + SPARE);
    arena_done(&arena);
    part_done(&part);
    model_close(model);
    free(text);
}

/* ---- the pipeline ---------------------------------------------------------------------------- */

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
            forge_constant(&forge, FORGE_RUNS, -8 * UNIT);
            forge_constant(&forge, FORGE_THIRD, UNIT);
            forge_constant(&forge, FORGE_GATE, i ? sign * UNIT : -sign * UNIT);
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
        cmocka_unit_test(a_model_in_training_keeps_everything_whatever_the_margin),
        cmocka_unit_test(a_document_without_blocks_is_judged_too),
        cmocka_unit_test(a_model_that_goes_by_one_evidence_drops_just_the_blocks_that_have_it),
        cmocka_unit_test(a_dropped_block_has_kind_score_confidence_and_reason),
        cmocka_unit_test(reasons_come_strongest_first_and_only_those_for_dropping_weigh),
        cmocka_unit_test(what_speaks_for_a_verdict_is_told_of_every_block),
        cmocka_unit_test(what_no_forest_of_a_kind_claims_is_other),
        cmocka_unit_test(a_block_must_be_over_the_block_threshold),
        cmocka_unit_test(the_net_counts_five_parts_of_eight),
        cmocka_unit_test(the_net_sees_what_stands_before_a_block),
        cmocka_unit_test(dumps_have_a_net_of_their_own),
        cmocka_unit_test(the_document_must_be_over_the_gates_threshold),
        cmocka_unit_test(the_gate_reads_the_row_of_the_most_foreign_run),
        cmocka_unit_test(without_runs_the_gate_knows_the_document_all_the_same),
        cmocka_unit_test(the_gate_knows_what_the_last_pass_says_of_the_document),
        cmocka_unit_test(a_score_is_by_how_much_block_and_gate_are_over_whichever_is_less),
        cmocka_unit_test(suspects_are_scored_once_more),
        cmocka_unit_test(what_is_no_suspect_keeps_its_second_score),
        cmocka_unit_test(the_third_pass_knows_what_runs_hold_a_block),
        cmocka_unit_test(a_block_that_foreign_runs_hold_is_a_suspect),
        cmocka_unit_test(runs_that_are_surely_none_are_forgotten),
        cmocka_unit_test(runs_are_judged_by_their_own_columns),
        cmocka_unit_test(a_glance_passes_over_runs_that_it_scores_below_0),
        cmocka_unit_test(more_runs_than_a_batch_holds_are_all_judged),
        cmocka_unit_test(the_less_likely_borders_are_the_more_goes_or_stays_together),
        cmocka_unit_test(where_something_begins_and_where_it_ends_are_told_apart),
        cmocka_unit_test(a_block_is_told_by_how_much_the_ways_with_it_are_better),
        cmocka_unit_test(between_blocks_that_are_no_suspects_nothing_is_likely_to_begin),
        cmocka_unit_test(borders_know_the_last_scores),
        cmocka_unit_test(borders_of_a_dump_are_its_own_and_count_if_it_promises_much),
        cmocka_unit_test(a_dump_has_no_gate),
        cmocka_unit_test(a_document_scored_0_is_no_dump),
        cmocka_unit_test(a_dump_is_told_by_what_the_second_pass_says),
        cmocka_unit_test(in_a_dump_no_runs_are_judged_and_no_suspects),
        cmocka_unit_test(a_block_of_a_dump_is_told_by_its_own_score),
        cmocka_unit_test(a_dump_finds_its_threshold_within_bounds),
        cmocka_unit_test(a_dump_keeps_what_promises_more_than_it_costs),
        cmocka_unit_test(an_end_mark_behind_text_that_stays_belongs_to_it),
        cmocka_unit_test(an_end_mark_behind_text_that_goes_goes_too),
        cmocka_unit_test(an_end_mark_at_the_start_has_no_text_to_belong_to),
        cmocka_unit_test(more_than_two_words_are_no_end_mark),
        cmocka_unit_test(the_higher_min_confidence_the_fewer_blocks_go),
        cmocka_unit_test(a_margin_moves_the_threshold_of_blocks),
        cmocka_unit_test(a_margin_moves_the_threshold_of_the_gate),
        cmocka_unit_test(a_margin_moves_the_threshold_of_a_dump),
        cmocka_unit_test(caution_is_monotone_in_every_kind_of_document),
        cmocka_unit_test(confidence_runs_straight_from_knot_to_knot),
        cmocka_unit_test(confidence_may_span_all_scores),
        cmocka_unit_test(brief_blocks_have_a_confidence_of_their_own),
        cmocka_unit_test(without_knots_confidence_is_none),
        cmocka_unit_test(of_the_model_within_only_what_is_demanded_is_read),
        cmocka_unit_test(what_was_demanded_is_read_once),
        cmocka_unit_test(a_model_that_was_brought_is_whole),
        cmocka_unit_test(a_model_that_ends_early_is_refused_at_every_byte),
        cmocka_unit_test(model_data_that_contradicts_itself_is_refused),
        cmocka_unit_test(words_after_the_last_section_are_refused),
        cmocka_unit_test(bytes_that_make_no_whole_word_are_refused),
        cmocka_unit_test(a_head_alone_must_tell_of_no_sections),
        cmocka_unit_test(what_is_said_of_brief_blocks_needs_a_size_and_a_knot),
        cmocka_unit_test(a_decision_needs_a_knot_and_has_no_more_than_fit),
        cmocka_unit_test(a_decision_of_less_than_two_thresholds_and_a_knot_is_refused),
        cmocka_unit_test(bounds_of_a_dumps_threshold_that_are_crossed_are_refused),
        cmocka_unit_test(a_forest_reads_the_columns_that_are_known_by_then_and_no_more),
        cmocka_unit_test(a_net_reads_every_column_and_no_more),
        cmocka_unit_test(scores_as_high_and_low_as_models_can_make_them_do_no_harm),
        cmocka_unit_test(memory_may_be_refused_anywhere),
        cmocka_unit_test(memory_is_given_back_once_a_document_is_judged),
        cmocka_unit_test(memory_is_bounded_by_so_many_bytes_a_block_however_many_runs_are_kept),
        cmocka_unit_test(a_pipeline_judges_by_the_model_it_was_given_last),
    };
    return cmocka_run_group_tests_name("verdict", tests, set_up_rules, tear_down_rules);
}
