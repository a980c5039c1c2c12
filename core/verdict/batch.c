/* SPDX-License-Identifier: MIT
 * batch.c - fills, scores and explains batches. */
#include "verdict/batch.h"

#include "verdict/corpus.h"

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

void batch_explain(const Batch *batch, const Forest *forest, size_t row, size_t width,
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

decant_status batch_explain_all(Batch *batch, const Forest *forest, size_t width,
                                Document *document) {
    int32_t *pulls = arena_array(document->arena, width, sizeof *pulls);
    if (!batch->columns || !pulls) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++) {
        if (!batch_add(batch, i) && i + 1 < document->block_count) continue;
        batch_fill(batch);
        for (size_t row = 0; row < batch->count; row++) {
            Verdict *verdict = &document->blocks[batch->blocks[row]].verdict;
            if (verdict->reasons[0].evidence < CORPUS_REASONS)
                batch_explain(batch, forest, row, width, pulls, verdict);
        }
        batch->count = 0;
    }
    return DECANT_OK;
}
