/* SPDX-License-Identifier: MIT
 * verdict.c - three passes over the blocks, one over the runs they make, and the decision.
 *
 * The first pass scores each block by its evidence and surroundings; the second knows those scores
 * around it; the third looks at the suspects again, knowing the second's. Then every run of suspect
 * blocks is judged as a whole, and goes or stays. */
#include "verdict/verdict.h"

#include "document/ledger.h"
#include "verdict/batch.h"
#include "verdict/features.h"
#include "verdict/model.h"
#include "verdict/page.h"

#include <string.h>

static void write_features(const void *features, const size_t blocks[FOREST_BATCH],
                           Column *columns) {
    features_write(features, blocks, columns);
}

static Batch open_batch(const Features *features) {
    return (Batch){
        .features = features, .write = write_features, .columns = features_open_batch(features)};
}

/* Scores blocks with a forest: all of them, or those that the pass before, whose scores the others
 * keep, suspected. */
static decant_status score_blocks(const Document *document, const Features *features,
                                  const Forest *forest, const int32_t *before, int32_t *scores) {
    Batch batch = open_batch(features);
    if (!batch.columns) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++) {
        if (before && before[i] <= FEATURES_SUSPECT) scores[i] = before[i];
        else if (batch_add(&batch, i)) batch_score(&batch, forest, scores);
    }
    batch_score(&batch, forest, scores);
    return DECANT_OK;
}

/* Everything that is known of a document once all passes are done. */
typedef struct Judged {
    Features *features;
    int32_t *first, *second, *last; /* scores of each block */
    const SuspectRun *runs;
    size_t run_count;
    int32_t *run_scores;
} Judged;

static uint64_t bytes_of(const Document *document, size_t first, size_t end) {
    uint64_t bytes = 0;
    for (size_t i = first; i < end; i++) bytes += document->blocks[i].text.len;
    return bytes;
}

/* Scores each run by the row of its clearest block, less the price of what it would take away: the
 * more of the document goes, the surer it must be. */
static decant_status score_runs(const Document *document, const Model *model, Judged *judged) {
    const uint64_t all = bytes_of(document, 0, document->block_count);
    int32_t *scores = arena_array(document->arena, document->block_count, sizeof *scores);
    Batch batch = open_batch(judged->features);
    judged->run_scores = arena_array(document->arena, judged->run_count, sizeof(int32_t));
    if (!judged->run_scores || !scores || !batch.columns) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < judged->run_count; i++)
        if (batch_add(&batch, judged->runs[i].clearest)) batch_score(&batch, &model->runs, scores);
    batch_score(&batch, &model->runs, scores);
    for (size_t i = 0; i < judged->run_count; i++) {
        const SuspectRun *run = &judged->runs[i];
        int share = permille(bytes_of(document, run->first, run->end), all);
        judged->run_scores[i] =
            scores[run->clearest] - (int32_t)((int64_t)model->price * share / 1000);
    }
    return DECANT_OK;
}

static decant_status judge(const Document *document, const Model *model, Judged *ret) {
    Arena *arena = document->arena;
    size_t count = document->block_count;
    *ret = (Judged){.features = features_open(document),
                    .first = arena_array(arena, count, sizeof *ret->first),
                    .second = arena_array(arena, count, sizeof *ret->second),
                    .last = arena_array(arena, count, sizeof *ret->last)};
    if (!ret->features || !ret->first || !ret->second || !ret->last) return DECANT_NO_MEMORY;
    const Features *features = ret->features;
    decant_status status = score_blocks(document, features, &model->first, NULL, ret->first);
    if (!status) status = features_add_pass(ret->features, ret->first);
    if (status || !model->second.tree_count) return status;
    status = score_blocks(document, features, &model->second, NULL, ret->second);
    if (!status) status = features_add_pass(ret->features, ret->second);
    if (!status && model->third.tree_count)
        status = score_blocks(document, features, &model->third, ret->second, ret->last);
    else if (!status) memcpy(ret->last, ret->second, count * sizeof *ret->last);
    if (!status)
        status = features_find_suspects(ret->features, ret->last, &ret->runs, &ret->run_count);
    return status ? status : score_runs(document, model, ret);
}

/* The likeliest kind of each row of a batch. */
static void find_kinds(const Model *model, const Column *columns, uint8_t kinds[FOREST_BATCH]) {
    int32_t best[FOREST_BATCH], scores[FOREST_BATCH];
    for (size_t i = 0; i < FOREST_BATCH; i++) best[i] = INT32_MIN, kinds[i] = DECANT_OTHER;
    for (uint8_t kind = 0; kind < DECANT_KINDS; kind++) {
        if (!model->kinds[kind].tree_count) continue;
        forest_score(&model->kinds[kind], columns, scores);
        for (size_t i = 0; i < FOREST_BATCH; i++)
            if (scores[i] > best[i]) best[i] = scores[i], kinds[i] = kind;
    }
}

/* Blocks being dropped: their kinds and reasons are told a batch at a time. */
typedef struct Dropping {
    Document *document;
    const Model *model;
    Batch batch;
    int32_t *pulls; /* of each column of the first pass */
    bool tells;
} Dropping;

/* Tells kinds, and the reason where a finding begins. */
static void tell_batch(Dropping *dropping) {
    Batch *batch = &dropping->batch;
    uint8_t kinds[FOREST_BATCH];
    if (!batch->count) return;
    batch_fill(batch);
    find_kinds(dropping->model, batch->columns, kinds);
    for (size_t i = 0; i < batch->count; i++) {
        Block *block = &dropping->document->blocks[batch->blocks[i]];
        block->verdict.kind = kinds[i];
        bool goes_on = batch->blocks[i] && block[-1].verdict.drop && finding_goes_on(block);
        if (!goes_on)
            batch_explain(batch, &dropping->model->first, i, COLUMNS_FIRST, dropping->pulls,
                          &block->verdict);
    }
    batch->count = 0;
}

/* Whether a block is an end mark by itself: it belongs to the text that it ends. */
static bool is_end_mark(const Block *block) {
    enum { MARK_WORDS = 2 };
    return block->evidence[EVIDENCE_END_MARK] && block->shape.words <= MARK_WORDS;
}

/* Drops a run from its first to its last block over the threshold: only its edges are in doubt. */
static void drop_run(Dropping *dropping, const Judged *judged, size_t number) {
    const Model *model = dropping->model;
    const int32_t score = judged->run_scores[number];
    size_t first = judged->runs[number].first, last = judged->runs[number].end;
    const Block *blocks = dropping->document->blocks;
    while (first < last &&
           (judged->last[first] <= model->block_threshold || is_end_mark(&blocks[first])))
        first++;
    while (last > first && judged->last[last - 1] <= model->block_threshold) last--;
    for (size_t i = first; i < last; i++) {
        Verdict *verdict = &dropping->document->blocks[i].verdict;
        verdict->score = score;
        verdict->confidence = clamp16(model_confidence(&model->confidence, score));
        verdict->drop = true;
        if (dropping->tells && batch_add(&dropping->batch, i)) tell_batch(dropping);
    }
}

static decant_status decide(Document *document, const Model *model, int min_confidence,
                            bool tells) {
    Judged judged;
    decant_status status = judge(document, model, &judged);
    if (status) return status;
    Dropping dropping = {.document = document,
                         .model = model,
                         .batch = open_batch(judged.features),
                         .pulls =
                             arena_array(document->arena, COLUMNS_FIRST, sizeof *dropping.pulls),
                         .tells = tells};
    if (!dropping.batch.columns || !dropping.pulls) return DECANT_NO_MEMORY;
    int32_t highest = INT32_MIN;
    for (size_t i = 0; i < judged.run_count; i++) highest = max_int(highest, judged.run_scores[i]);
    if (highest <= model->document_threshold) return DECANT_OK;
    for (size_t i = 0; i < judged.run_count; i++) {
        int32_t score = judged.run_scores[i];
        if (score > model->run_threshold &&
            model_confidence(&model->confidence, score) >= min_confidence)
            drop_run(&dropping, &judged, i);
    }
    tell_batch(&dropping);
    return DECANT_OK;
}

decant_status verdict_decide(Document *document, const Model *model, int min_confidence,
                             bool tells) {
    if (document->block_count == 0) return DECANT_OK;
    const ArenaMark mark = arena_mark(document->arena);
    decant_status status = document->page ? page_decide(document, model, min_confidence, tells)
                                          : decide(document, model, min_confidence, tells);
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
