/* SPDX-License-Identifier: MIT
 * verdict.c - three passes over the blocks, one over the runs they make, and the decision.
 *
 * The first pass scores each block by its evidence and surroundings; the second knows those scores
 * around it; the third looks at the suspects again, knowing the second's. Then every run of suspect
 * blocks is judged as a whole, and goes or stays. */
#include "verdict/verdict.h"

#include "document/ledger.h"
#include "verdict/features.h"
#include "verdict/model.h"

#include <string.h>

/* A first score below this, with no higher one beside it, is not looked at again: log-odds -4. */
enum { DOUBT = -4096, NEAR = 2 };

/* Whether a block has to be scored again, by the scores of the pass before. */
typedef bool (*IsOpen)(const int32_t *scores, size_t count, size_t number);

/* Whether a block, or one near it, leaves doubt after the first pass. */
static bool is_doubtful(const int32_t *first, size_t count, size_t number) {
    size_t from = number > NEAR ? number - NEAR : 0;
    size_t end = number + NEAR < count ? number + NEAR + 1 : count;
    for (size_t i = from; i < end; i++)
        if (first[i] > DOUBT) return true;
    return false;
}

static bool is_suspect(const int32_t *second, size_t count, size_t number) {
    (void)count;
    return second[number] > FEATURES_SUSPECT;
}

/* Scores blocks with a forest, a batch of rows at a time: all of them, or the open ones where
 * `before` holds the scores of the pass before (which the others keep). */
static decant_status score_blocks(const Document *document, const Features *features,
                                  const Forest *forest, const int32_t *before, IsOpen is_open,
                                  int32_t *scores) {
    const size_t width = feature_count(), count = document->block_count;
    int16_t *rows = arena_array(document->arena, FOREST_BATCH * width, sizeof *rows);
    size_t blocks[FOREST_BATCH], batch = 0;
    int32_t found[FOREST_BATCH];
    if (!rows) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (before && !is_open(before, count, i)) {
            scores[i] = before[i];
        } else {
            features_rows(features, i, i + 1, rows + batch * width);
            blocks[batch++] = i;
        }
        if (batch == 0 || (batch < FOREST_BATCH && i + 1 < count)) continue;
        forest_score(forest, rows, width, batch, found);
        for (size_t b = 0; b < batch; b++) scores[blocks[b]] = found[b];
        batch = 0;
    }
    return DECANT_OK;
}

/* Everything that is known of a document once all passes are done. */
typedef struct Judged {
    Features *features;
    int32_t *first, *second, *last; /* scores of each block */
    const SuspectRun *runs;
    size_t run_count;
    int32_t *run_scores;
    int16_t *row; /* room for one */
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
    judged->run_scores = arena_array(document->arena, judged->run_count, sizeof(int32_t));
    if (!judged->run_scores) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < judged->run_count; i++) {
        uint32_t clearest = judged->runs[i].clearest;
        features_rows(judged->features, clearest, clearest + 1, judged->row);
        forest_score(&model->runs, judged->row, 0, 1, &judged->run_scores[i]);
        int share = permille(bytes_of(document, judged->runs[i].first, judged->runs[i].end), all);
        judged->run_scores[i] -= (int32_t)((int64_t)model->price * share / 1000);
    }
    return DECANT_OK;
}

static decant_status judge(const Document *document, const Model *model, Judged *ret) {
    Arena *arena = document->arena;
    size_t count = document->block_count;
    *ret = (Judged){.features = features_open(document),
                    .first = arena_array(arena, count, sizeof *ret->first),
                    .second = arena_array(arena, count, sizeof *ret->second),
                    .last = arena_array(arena, count, sizeof *ret->last),
                    .row = arena_array(arena, feature_count(), sizeof *ret->row)};
    if (!ret->features || !ret->first || !ret->second || !ret->last || !ret->row)
        return DECANT_NO_MEMORY;
    const Features *features = ret->features;
    decant_status status = score_blocks(document, features, &model->first, NULL, NULL, ret->first);
    if (!status) status = features_add_pass(ret->features, ret->first);
    if (status || !model->second.tree_count) return status;
    status = score_blocks(document, features, &model->second, ret->first, is_doubtful, ret->second);
    if (!status) status = features_add_pass(ret->features, ret->second);
    if (!status && model->third.tree_count)
        status =
            score_blocks(document, features, &model->third, ret->second, is_suspect, ret->last);
    else if (!status) memcpy(ret->last, ret->second, count * sizeof *ret->last);
    if (!status)
        status = features_find_suspects(ret->features, ret->last, &ret->runs, &ret->run_count);
    return status ? status : score_runs(document, model, ret);
}

/* The likeliest kind of each of `count` rows, at most FOREST_BATCH. */
static void find_kinds(const Model *model, const int16_t *rows, size_t count, uint8_t *kinds) {
    int32_t best[FOREST_BATCH], scores[FOREST_BATCH];
    for (size_t i = 0; i < count; i++) best[i] = INT32_MIN, kinds[i] = DECANT_OTHER;
    for (uint8_t kind = 0; kind < DECANT_KINDS; kind++) {
        if (!model->kinds[kind].tree_count) continue;
        forest_score(&model->kinds[kind], rows, feature_count(), count, scores);
        for (size_t i = 0; i < count; i++)
            if (scores[i] > best[i]) best[i] = scores[i], kinds[i] = kind;
    }
}

/* The evidence that spoke most for dropping. */
static void explain(const Model *model, const int16_t *row, int32_t *pulls, Verdict *verdict) {
    size_t width = COLUMNS_FIRST;
    memset(pulls, 0, width * sizeof *pulls);
    forest_explain(&model->first, row, pulls);
    for (int reason = 0; reason < DECANT_REASONS; reason++) {
        size_t best = 0;
        for (size_t i = 1; i < width; i++)
            if (pulls[i] > pulls[best]) best = i;
        verdict->reasons[reason].evidence = (uint16_t)best;
        verdict->reasons[reason].value = row[best];
        verdict->reasons[reason].weight = max_int(pulls[best], 0);
        pulls[best] = 0;
    }
}

/* Room that deciding needs. */
typedef struct Scratch {
    int16_t *rows;  /* FOREST_BATCH */
    int32_t *pulls; /* of each column of the first pass */
} Scratch;

/* Drops blocks first to end (exclusive), at most FOREST_BATCH, of a run. A reason is sought where a
 * finding begins. */
static void drop_blocks(Document *document, const Model *model, const Judged *judged, int32_t score,
                        size_t first, size_t end, const Scratch *scratch) {
    uint8_t kinds[FOREST_BATCH];
    features_rows(judged->features, first, end, scratch->rows);
    find_kinds(model, scratch->rows, end - first, kinds);
    for (size_t i = first; i < end; i++) {
        Block *block = &document->blocks[i];
        Verdict *verdict = &block->verdict;
        verdict->score = score;
        verdict->confidence = clamp16(model_confidence(model, score));
        verdict->drop = true;
        verdict->kind = kinds[i - first];
        bool goes_on = i && block[-1].verdict.drop && finding_goes_on(block);
        if (!goes_on)
            explain(model, scratch->rows + (i - first) * feature_count(), scratch->pulls, verdict);
    }
}

/* Drops a run from its first to its last block over the threshold: only its edges are in doubt. */
static void drop_run(Document *document, const Model *model, const Judged *judged, size_t number,
                     const Scratch *scratch) {
    size_t first = judged->runs[number].first, last = judged->runs[number].end;
    while (first < last && judged->last[first] <= model->block_threshold) first++;
    while (last > first && judged->last[last - 1] <= model->block_threshold) last--;
    for (size_t i = first; i < last; i += FOREST_BATCH) {
        size_t end = i + FOREST_BATCH < last ? i + FOREST_BATCH : last;
        drop_blocks(document, model, judged, judged->run_scores[number], i, end, scratch);
    }
}

static decant_status decide(Document *document, const Model *model, int min_confidence) {
    Judged judged;
    decant_status status = judge(document, model, &judged);
    const Scratch scratch = {
        .rows = arena_array(document->arena, FOREST_BATCH * feature_count(), sizeof(int16_t)),
        .pulls = arena_array(document->arena, COLUMNS_FIRST, sizeof(int32_t))};
    if (status || !scratch.rows || !scratch.pulls) return status ? status : DECANT_NO_MEMORY;
    int32_t highest = INT32_MIN;
    for (size_t i = 0; i < judged.run_count; i++) highest = max_int(highest, judged.run_scores[i]);
    if (highest <= model->document_threshold) return DECANT_OK;
    for (size_t i = 0; i < judged.run_count; i++) {
        int32_t score = judged.run_scores[i];
        if (score > model->run_threshold && model_confidence(model, score) >= min_confidence)
            drop_run(document, model, &judged, i, &scratch);
    }
    return DECANT_OK;
}

decant_status verdict_decide(Document *document, const Model *model, int min_confidence) {
    if (document->block_count == 0) return DECANT_OK;
    const ArenaMark mark = arena_mark(document->arena);
    decant_status status = decide(document, model, min_confidence);
    arena_rewind(document->arena, mark);
    return status;
}

decant_status verdict_features(Document *document, const Model *model, int16_t **ret_rows) {
    Judged judged;
    size_t count = document->block_count;
    *ret_rows = arena_array(document->arena, count * feature_count(), sizeof **ret_rows);
    if (!*ret_rows) return DECANT_NO_MEMORY;
    if (count == 0) return DECANT_OK;
    decant_status status = judge(document, model, &judged);
    if (!status) features_rows(judged.features, 0, count, *ret_rows);
    return status;
}
