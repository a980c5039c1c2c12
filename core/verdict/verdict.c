/* SPDX-License-Identifier: MIT
 * verdict.c - three passes over the blocks, one over the runs they make, and the decision.
 *
 * The first pass scores each block by its evidence and surroundings; the second knows those scores
 * around it. Then runs of blocks are judged as a whole, and the third pass looks at the suspects
 * again, knowing what the runs said. A net reads all blocks in their order, and counts as much. A
 * gate tells whether the document holds anything foreign at all. Of a whole page's text much is:
 * runs, third pass and gate are for others. Last, the edges of what is foreign are settled. */
#include "verdict/verdict.h"

#include "verdict/batch.h"
#include "verdict/edges.h"
#include "verdict/features.h"
#include "verdict/gate.h"
#include "verdict/kinds.h"
#include "verdict/model.h"
#include "verdict/page.h"
#include "verdict/runs.h"
#include "verdict/threshold.h"
#include "verdict/votes.h"

#include <string.h>

static void write_features(const void *features, const size_t blocks[FOREST_BATCH],
                           Column *columns) {
    features_write(features, blocks, columns);
}

static Batch open_batch(const Features *features) {
    return (Batch){
        .features = features, .write = write_features, .columns = features_open_batch(features)};
}

/* Scores all blocks with a forest. */
static decant_status score_all(const Document *document, const Features *features,
                               const Forest *forest, int32_t *scores) {
    Batch batch = open_batch(features);
    if (!batch.columns) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++)
        if (batch_add(&batch, i)) batch_score(&batch, forest, scores);
    batch_score(&batch, forest, scores);
    return is_interrupted(document->interrupt) ? DECANT_STOPPED : DECANT_OK;
}

/* Scores suspect blocks with a forest: by the pass before, whose scores the others keep, or by the
 * runs. */
static decant_status score_suspects(const Document *document, const Features *features,
                                    const Forest *forest, const int32_t *before, int32_t *scores) {
    enum { SUSPECT = -1536, VOTES = 200 };
    Batch batch = open_batch(features);
    if (!batch.columns) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++) {
        const bool is_suspect =
            before[i] > SUSPECT || features_votes(features, i)[VOTE_HELD] > VOTES;
        if (!is_suspect) scores[i] = before[i];
        else if (batch_add(&batch, i)) batch_score(&batch, forest, scores);
    }
    batch_score(&batch, forest, scores);
    return DECANT_OK;
}

/* The score of one block's row by a forest. */
static decant_status score_one(const Features *features, const Forest *forest, size_t block,
                               int32_t *ret_score) {
    int32_t scores[FOREST_BATCH];
    Batch batch = open_batch(features);
    if (!batch.columns) return DECANT_NO_MEMORY;
    batch_add(&batch, block);
    batch_fill(&batch);
    forest_score(forest, batch.columns, scores);
    *ret_score = scores[0];
    return DECANT_OK;
}

/* Runs whose rows stand side by side, to be scored at once, and those that were. */
typedef struct RunBatch {
    const Forest *forest;
    Column *columns;
    int16_t (*rows)[RUN_WIDTH];
    Run *runs; /* the last `waiting` of them are not scored yet */
    size_t count, capacity, waiting;
    Votes *votes;
    int16_t best_row[RUN_WIDTH]; /* of the most foreign run */
    int32_t best;
} RunBatch;

/* Scores the runs that wait, and forgets those that are surely none. */
static void score_runs(RunBatch *batch) {
    enum { SURELY_NONE = -6 * 1024 };
    const int16_t *rows[FOREST_BATCH];
    int32_t scores[FOREST_BATCH];
    if (!batch->waiting) return;
    for (size_t i = 0; i < FOREST_BATCH; i++) rows[i] = batch->rows[i < batch->waiting ? i : 0];
    forest_columns(rows, RUN_WIDTH, batch->columns);
    forest_score(batch->forest, batch->columns, scores);
    const size_t first = batch->count - batch->waiting;
    batch->count = first;
    for (size_t i = 0; i < batch->waiting; i++) {
        Run run = batch->runs[first + i];
        run.score = scores[i];
        if (run.score > batch->best) {
            batch->best = run.score;
            memcpy(batch->best_row, rows[i], sizeof batch->best_row);
        }
        if (run.score <= SURELY_NONE) continue;
        batch->runs[batch->count++] = run;
        votes_cast(batch->votes, &run, rows[i]);
    }
    batch->waiting = 0;
}

static decant_status add_run(RunBatch *batch, const Document *document, Run run) {
    if (batch->count == batch->capacity) {
        const size_t larger = batch->capacity ? 2 * batch->capacity : 4 * FOREST_BATCH;
        Run *runs = arena_grow(document->arena, batch->runs, batch->capacity, larger, sizeof *runs);
        if (!runs) return DECANT_NO_MEMORY;
        batch->runs = runs;
        batch->capacity = larger;
    }
    batch->runs[batch->count++] = run;
    if (++batch->waiting < FOREST_BATCH) return DECANT_OK;
    score_runs(batch);
    return is_interrupted(document->interrupt) ? DECANT_STOPPED : DECANT_OK;
}

/* Judges the document's runs and lets its blocks know. */
static decant_status vote(const Document *document, const Model *model, const int32_t *scores,
                          Features *features, RunBatch *batch) {
    Arena *arena = document->arena;
    *batch = (RunBatch){.forest = &model->runs,
                        .columns = arena_array(arena, RUN_WIDTH, sizeof *batch->columns),
                        .rows = arena_take(arena, FOREST_BATCH, sizeof *batch->rows),
                        .votes = votes_open(document),
                        .best = INT32_MIN};
    RunSearch *search = runs_open(document, features, scores, &model->glance);
    if (!batch->columns || !batch->rows || !batch->votes || !search) return DECANT_NO_MEMORY;
    decant_status status = DECANT_OK;
    for (Run run; !status && runs_next(search, &run, batch->rows[batch->waiting]);)
        status = add_run(batch, document, run);
    score_runs(batch);
    VoteRow *rows = status ? NULL : votes_count(batch->votes, batch->runs, batch->count);
    if (rows) features_add_votes(features, rows);
    return status || rows ? status : DECANT_NO_MEMORY;
}

/* What the passes say of the blocks. */
typedef struct Judged {
    Features *features;
    int32_t *first, *second, *last; /* scores of each block */
    Settled settled;                /* of the last scores */
    bool is_dump;                   /* a whole page's text, of which much goes */
    RunBatch runs;                  /* those that were judged: none of a dump */
    int32_t whole;                  /* what the net says of the document */
    int16_t gate_row[GATE_WIDTH];   /* not of a dump */
} Judged;

static decant_status open_judged(const Document *document, const Model *model, Judged *ret) {
    Arena *arena = document->arena;
    const size_t count = document->block_count;
    *ret = (Judged){.features = features_open(document, &model->lexicon),
                    .first = arena_array(arena, count, sizeof *ret->first),
                    .second = arena_array(arena, count, sizeof *ret->second),
                    .last = arena_array(arena, count, sizeof *ret->last),
                    .settled.over = arena_array(arena, count, sizeof *ret->settled.over)};
    ret->settled.scores = ret->last;
    const bool is_open =
        ret->features && ret->first && ret->second && ret->last && ret->settled.over;
    return is_open ? DECANT_OK : DECANT_NO_MEMORY;
}

/* The passes over all blocks, and whether the text is a dump. */
static decant_status judge_blocks(const Document *document, const Model *model, Judged *judged) {
    Features *features = judged->features;
    int32_t dump = 0;
    decant_status status = score_all(document, features, &model->first, judged->first);
    if (!status) status = features_add_pass(features, judged->first);
    if (status || !model->second.tree_count) return status;
    status = score_all(document, features, &model->second, judged->second);
    if (!status) status = features_add_pass(features, judged->second);
    if (!status) status = score_one(features, &model->dump, 0, &dump);
    judged->is_dump = dump > 0;
    return status;
}

/* What a net says of the blocks counts somewhat more than what the forests say. */
static decant_status ask_net(const Document *document, const Net *net, Judged *judged) {
    enum { NET_SHARE = 5 }; /* of NET_SHARES */
    decant_status status = features_add_agreements(judged->features);
    if (status || !net->width) return status; /* a model in training */
    Batch batch = open_batch(judged->features);
    return batch_add_net(&batch, net, NET_SHARE, document, judged->last, &judged->whole);
}

/* What runs, suspects, net and gate say of a text that is no dump. */
static decant_status judge_text(const Document *document, const Model *model, Judged *judged) {
    Features *features = judged->features;
    decant_status status = vote(document, model, judged->second, features, &judged->runs);
    if (!status)
        status = score_suspects(document, features, &model->third, judged->second, judged->last);
    if (!status) status = ask_net(document, &model->net, judged);
    if (!status)
        gate_measure(document, features,
                     judged->runs.best > INT32_MIN ? judged->runs.best_row : NULL, judged->last,
                     judged->whole, judged->gate_row);
    return status;
}

static decant_status judge_dump(const Document *document, const Model *model, Judged *judged) {
    memcpy(judged->last, judged->second, document->block_count * sizeof *judged->last);
    return ask_net(document, &model->dump_net, judged);
}

static decant_status judge(const Document *document, const Model *model, Judged *ret) {
    decant_status status = open_judged(document, model, ret);
    if (!status) status = judge_blocks(document, model, ret);
    if (status || !model->runs.tree_count) return status; /* a model in training */
    status = ret->is_dump ? judge_dump(document, model, ret) : judge_text(document, model, ret);
    if (status || !model->net.width) return status;
    return features_add_pass(ret->features, ret->last); /* edges know the last scores */
}

decant_status verdict_search_runs(const Document *document, const Model *model,
                                  RunSearch **ret_search) {
    Judged judged;
    *ret_search = NULL;
    if (document->page || document->block_count == 0) return DECANT_OK;
    decant_status status = open_judged(document, model, &judged);
    if (!status) status = judge_blocks(document, model, &judged);
    if (status || judged.is_dump) return status;
    *ret_search = runs_open(document, judged.features, judged.second, &model->glance);
    return *ret_search ? DECANT_OK : DECANT_NO_MEMORY;
}

decant_status verdict_gate_row(const Document *document, const Model *model,
                               const int16_t **ret_row) {
    Judged *judged = arena_array(document->arena, 1, sizeof *judged);
    *ret_row = NULL;
    if (document->page || document->block_count == 0) return DECANT_OK;
    if (!judged) return DECANT_NO_MEMORY;
    decant_status status = judge(document, model, judged);
    if (!status && !judged->is_dump) *ret_row = judged->gate_row;
    return status;
}

/* Whether a block is an end mark by itself: it belongs to the text that it ends. */
static bool is_end_mark(const Block *block) {
    enum { MARK_WORDS = 2 };
    return block->evidence[EVIDENCE_END_MARK] && block->shape.words <= MARK_WORDS;
}

/* By what a document's blocks are decided. Of a dump a block's score tells how surely it goes; else
 * that which edges settled does, or how far the gate is over, whichever is less. */
typedef struct Decision {
    const Judged *judged;
    const Confidence *confidence;
    int32_t gate_over;
    int min_confidence;
    int32_t margin;
} Decision;

/* What edges settled speaks for the blocks around, too: by as much it is less sure of each. */
enum { TEXT_MARGINS = 2 };

static decant_status settle(const Document *document, const Model *model, Batch *batch,
                            Judged *judged) {
    uint64_t promise;
    judged->settled.threshold = model->block_threshold;
    if (!judged->is_dump)
        return edges_settle(document, batch, model->edges, EDGES_WHOLE, &judged->settled);
    const int32_t threshold =
        threshold_find(document, &model->dump_confidence, judged->last, &promise);
    judged->settled.threshold = max_int(model->dump_least, min_int(threshold, model->dump_most));
    return edges_settle(document, batch, model->dump_edges, edges_share(promise), &judged->settled);
}

static Decision decide_document(const Model *model, const Judged *judged, int min_confidence,
                                int32_t margin) {
    if (judged->is_dump)
        return (Decision){judged, &model->dump_confidence, INT32_MAX, min_confidence, margin};
    const int64_t gate = forest_score_row(&model->gate, judged->gate_row);
    return (Decision){judged, &model->confidence,
                      clamp32(gate - model->gate_threshold), /* a model may set that anywhere */
                      min_confidence, TEXT_MARGINS * margin};
}

/* Decides one block. An end mark behind text that stays belongs to it. */
static void decide_block(const Decision *decision, size_t i, Block *block, bool follows_text) {
    const Judged *judged = decision->judged;
    const int32_t over = min_int(judged->settled.over[i], decision->gate_over);
    Verdict *verdict = &block->verdict;
    verdict->kind = DECANT_OTHER;
    verdict->score = judged->is_dump ? judged->last[i] : over;
    verdict->confidence =
        clamp16(model_confidence(decision->confidence, verdict->score, block->text.len));
    verdict->drop = over > decision->margin && verdict->confidence >= decision->min_confidence &&
                    !(follows_text && is_end_mark(block));
}

static decant_status decide(Document *document, const Model *model, int min_confidence,
                            int32_t margin, VerdictDetail detail) {
    Judged judged;
    if (!model->runs.tree_count) return DECANT_OK; /* a model in training: all stays */
    decant_status status = judge(document, model, &judged);
    if (status) return status;
    Batch batch = open_batch(judged.features);
    if (!batch.columns) return DECANT_NO_MEMORY;
    status = settle(document, model, &batch, &judged);
    if (status) return status;
    const Decision decision = decide_document(model, &judged, min_confidence, margin);
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        decide_block(&decision, i, block, i && !block[-1].verdict.drop);
    }
    if (detail) status = kinds_tell(document, &batch, model->kinds);
    if (status || detail < DETAIL_REASONS) return status;
    status = batch_explain_findings(&batch, &model->first, COLUMNS_FIRST, document);
    edges_explain(document, &judged.settled, COLUMN_PASS + PASS_BEFORE1, COLUMN_PASS + PASS_AFTER1);
    return status;
}

decant_status verdict_decide(Document *document, const Model *model, int min_confidence,
                             int32_t margin, VerdictDetail detail) {
    if (document->block_count == 0) return DECANT_OK;
    const ArenaMark mark = arena_mark(document->arena);
    decant_status status = document->page
                               ? page_decide(document, model, min_confidence, margin, detail)
                               : decide(document, model, min_confidence, margin, detail);
    arena_rewind(document->arena, mark);
    return status;
}

static decant_status explain(Document *document, const Model *model) {
    const Features *features = features_open(document, &model->lexicon);
    if (!features) return DECANT_NO_MEMORY;
    Batch batch = open_batch(features);
    return batch_explain_all(&batch, &model->first, COLUMNS_FIRST, document);
}

decant_status verdict_explain(Document *document, const Model *model) {
    if (document->block_count == 0) return DECANT_OK;
    const ArenaMark mark = arena_mark(document->arena);
    decant_status status =
        document->page ? page_explain(document, model) : explain(document, model);
    arena_rewind(document->arena, mark);
    return status;
}

decant_status verdict_features(Document *document, const Model *model, int16_t **ret_rows) {
    if (document->page) return page_rows(document, model, ret_rows);
    Judged judged;
    const size_t count = document->block_count, width = feature_count();
    *ret_rows = arena_array(document->arena, count * width, sizeof **ret_rows);
    if (!*ret_rows) return DECANT_NO_MEMORY;
    if (count == 0) return DECANT_OK;
    decant_status status = judge(document, model, &judged);
    if (status) return status;
    Batch batch = open_batch(judged.features);
    if (!batch.columns) return DECANT_NO_MEMORY;
    batch_rows(&batch, count, width, *ret_rows);
    return DECANT_OK;
}
