/* SPDX-License-Identifier: MIT
 * kinds.c - scores the kinds of what goes, and finds the best way through each run. */
#include "verdict/kinds.h"

/* By kind: the score of a block, and then of the best way that ends in it, but for what is the same
 * for all. */
typedef int32_t Scores[DECANT_KINDS];

/* A change of kind costs two units: with half of it findings of `bleed` change kinds half as often
 * again, with twice no fewer kinds are wrong. */
enum { CHANGE = 2 * 1024, NO_KIND = -(1 << 30), MOST = 1 << 28 /* so that no sum overflows */ };

/* Scores the blocks of a batch, and empties it. */
static void score_batch(Batch *batch, const Forest *forests, Scores *scores) {
    int32_t found[FOREST_BATCH];
    if (!batch->count) return;
    batch_fill(batch);
    for (int kind = 0; kind < DECANT_KINDS; kind++) {
        const bool is_there = forests[kind].tree_count > 0;
        if (is_there) forest_score(&forests[kind], batch->columns, found);
        for (size_t i = 0; i < batch->count; i++)
            scores[batch->blocks[i]][kind] =
                is_there ? max_int(-MOST, min_int(found[i], MOST)) : NO_KIND;
    }
    batch->count = 0;
}

static uint8_t likeliest(const Scores scores) {
    uint8_t best = 0;
    for (uint8_t kind = 1; kind < DECANT_KINDS; kind++)
        if (scores[kind] > scores[best]) best = kind;
    return scores[best] > NO_KIND ? best : DECANT_OTHER;
}

/* Adds to each kind's score what the best way to it loses against the best way of all. */
static void go_on(const Scores before, Scores scores) {
    const int32_t best = before[likeliest(before)];
    for (int kind = 0; kind < DECANT_KINDS; kind++)
        if (scores[kind] > NO_KIND) scores[kind] += max_int(before[kind] - best, -CHANGE);
}

static bool is_joined(const Document *document, size_t block) {
    return block && document->blocks[block - 1].verdict.drop;
}

decant_status kinds_tell(Document *document, Batch *batch, const Forest forests[DECANT_KINDS]) {
    const ArenaMark mark = arena_mark(document->arena);
    const size_t count = document->block_count;
    Block *blocks = document->blocks;
    Scores *scores = arena_array(document->arena, count, sizeof *scores);
    if (!scores) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        if (blocks[i].verdict.drop && batch_add(batch, i)) score_batch(batch, forests, scores);
    score_batch(batch, forests, scores);
    for (size_t i = 0; i < count; i++)
        if (blocks[i].verdict.drop && is_joined(document, i)) go_on(scores[i - 1], scores[i]);
    for (size_t i = count; i-- > 0;) {
        if (!blocks[i].verdict.drop) continue;
        const uint8_t best = likeliest(scores[i]);
        const bool goes_on = i + 1 < count && blocks[i + 1].verdict.drop;
        const uint8_t next = goes_on ? blocks[i + 1].verdict.kind : best;
        blocks[i].verdict.kind = scores[i][next] >= scores[i][best] - CHANGE ? next : best;
    }
    arena_rewind(document->arena, mark);
    return is_interrupted(document->interrupt) ? DECANT_STOPPED : DECANT_OK;
}
