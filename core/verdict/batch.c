/* SPDX-License-Identifier: MIT
 * batch.c - fills, scores and explains batches. */
#include "verdict/batch.h"

#include "document/ledger.h"

#include <string.h>

bool batch_add(Batch *batch, size_t block) {
    batch->blocks[batch->count++] = block;
    return batch->count == FOREST_BATCH;
}

void batch_fill(Batch *batch) {
    for (size_t i = batch->count; i < FOREST_BATCH; i++) batch->blocks[i] = batch->blocks[0];
    batch->write(batch->features, batch->blocks, batch->columns);
}

void batch_score(Batch *batch, const Forest *forest, int32_t *scores) {
    int32_t found[FOREST_BATCH];
    if (!batch->count) return;
    batch_fill(batch);
    forest_score(forest, batch->columns, found);
    for (size_t i = 0; i < batch->count; i++) scores[batch->blocks[i]] = found[i];
    batch->count = 0;
}

/* Lets the blocks of a batch enter a net, and empties the batch. */
static void enter_net(Batch *batch, NetPass *pass, const Document *document) {
    uint32_t words[FOREST_BATCH];
    if (!batch->count) return;
    batch_fill(batch);
    for (size_t i = 0; i < batch->count; i++)
        words[i] = document->blocks[batch->blocks[i]].shape.words;
    net_enter(pass, batch->columns, batch->count, words);
    batch->count = 0;
}

decant_status batch_add_net(Batch *batch, const Net *net, int share, const Document *document,
                            int32_t *scores, int32_t *ret_whole) {
    Arena *arena = document->arena;
    const ArenaMark mark = arena_mark(arena);
    const size_t count = document->block_count;
    int32_t *found = arena_take(arena, count, sizeof *found);
    NetPass *pass = net_open(net, arena, count);
    if (!batch->columns || !found || !pass) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        if (batch_add(batch, i)) enter_net(batch, pass, document);
    enter_net(batch, pass, document);
    const int32_t whole = net_score(pass, found);
    if (ret_whole) *ret_whole = whole;
    for (size_t i = 0; i < count; i++)
        scores[i] =
            (int32_t)((scores[i] * (int64_t)(NET_SHARES - share) + found[i] * (int64_t)share) /
                      NET_SHARES);
    arena_rewind(arena, mark);
    return is_interrupted(document->interrupt) ? DECANT_STOPPED : DECANT_OK;
}

void batch_rows(Batch *batch, size_t block_count, size_t width, int16_t *rows) {
    for (size_t i = 0; i < block_count; i++) {
        if (!batch_add(batch, i) && i + 1 < block_count) continue;
        batch_fill(batch);
        for (size_t row = 0; row < batch->count; row++)
            for (size_t f = 0; f < width; f++)
                rows[batch->blocks[row] * width + f] = batch->columns[f].values[row];
        batch->count = 0;
    }
}

/* The evidence that spoke most for the verdict of the block of a row; pulls has room for `width`.
 */
static void explain_row(const Batch *batch, const Forest *forest, size_t row, size_t width,
                        int32_t *pulls, Verdict *verdict) {
    const int32_t way = verdict->drop ? 1 : -1;
    memset(pulls, 0, width * sizeof *pulls);
    forest_explain(forest, batch->columns, row, pulls);
    for (int reason = 0; reason < DECANT_REASONS; reason++) {
        size_t best = 0;
        for (size_t i = 1; i < width; i++)
            if (way * pulls[i] > way * pulls[best]) best = i;
        verdict->reasons[reason].evidence = (uint16_t)best;
        verdict->reasons[reason].value = batch->columns[best].values[row];
        verdict->reasons[reason].weight = way * max_int(way * pulls[best], 0);
        pulls[best] = 0;
    }
}

/* Explains the blocks of a batch, and empties it. */
static void explain_batch(Batch *batch, const Forest *forest, size_t width, int32_t *pulls,
                          Document *document) {
    if (!batch->count) return;
    batch_fill(batch);
    for (size_t row = 0; row < batch->count; row++)
        explain_row(batch, forest, row, width, pulls,
                    &document->blocks[batch->blocks[row]].verdict);
    batch->count = 0;
}

decant_status batch_explain_findings(Batch *batch, const Forest *forest, size_t width,
                                     Document *document) {
    int32_t *pulls = arena_array(document->arena, width, sizeof *pulls);
    if (!pulls) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++)
        if (finding_begins(document, i) && batch_add(batch, i))
            explain_batch(batch, forest, width, pulls, document);
    explain_batch(batch, forest, width, pulls, document);
    return is_interrupted(document->interrupt) ? DECANT_STOPPED : DECANT_OK;
}

decant_status batch_explain_all(Batch *batch, const Forest *forest, size_t width,
                                Document *document) {
    int32_t *pulls = arena_array(document->arena, width, sizeof *pulls);
    if (!batch->columns || !pulls) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++)
        if (!document->blocks[i].verdict.reasons[0].weight && batch_add(batch, i))
            explain_batch(batch, forest, width, pulls, document);
    explain_batch(batch, forest, width, pulls, document);
    return DECANT_OK;
}
