/* SPDX-License-Identifier: MIT
 * edges.c - scores the borders of suspects, and finds the best ways over them. */
#include "verdict/edges.h"

/* What a way earns by what happens at each border, in the order of `Edge`. Only differences between
 * the three matter. */
typedef int32_t Border[EDGE_COUNT];

/* Of all ways up to a block, or from it on, the best by whether they take it for foreign. */
typedef struct Ways {
    int64_t stays, foreign;
} Ways;

/* Scores the borders before the blocks of a batch, and empties it. */
static void score_borders(Batch *batch, const Forest *forests, Border *borders) {
    int32_t scores[FOREST_BATCH];
    if (!batch->count) return;
    batch_fill(batch);
    for (int edge = 0; edge < EDGE_COUNT; edge++) {
        forest_score(&forests[edge], batch->columns, scores);
        for (size_t i = 0; i < batch->count; i++) borders[batch->blocks[i]][edge] = scores[i];
    }
    batch->count = 0;
}

/* Between blocks that are no suspects nothing is likely to begin or end. */
static void measure_borders(const Document *document, Batch *batch, const Forest *forests,
                            const int32_t *scores, Border *borders) {
    enum { SUSPECT = -2 * 1024, FAR = -7 * 1024 };
    for (size_t i = 1; i < document->block_count; i++) {
        borders[i][EDGE_BEGINS] = borders[i][EDGE_ENDS] = FAR;
        if (max_int(scores[i - 1], scores[i]) > SUSPECT && batch_add(batch, i))
            score_borders(batch, forests, borders);
    }
    score_borders(batch, forests, borders);
}

static Ways ways_over(Ways before, const Border border) {
    const int64_t stays = before.stays + border[EDGE_NONE],
                  ends = before.foreign + border[EDGE_ENDS],
                  begins = before.stays + border[EDGE_BEGINS],
                  goes_on = before.foreign + border[EDGE_NONE];
    return (Ways){.stays = stays > ends ? stays : ends,
                  .foreign = begins > goes_on ? begins : goes_on};
}

/* The same from behind the border to before it. */
static Ways ways_back_over(Ways behind, const Border border) {
    const Border back = {[EDGE_NONE] = border[EDGE_NONE],
                         [EDGE_BEGINS] = border[EDGE_ENDS],
                         [EDGE_ENDS] = border[EDGE_BEGINS]};
    return ways_over(behind, back);
}

/* Scores become what taking a block for foreign earns. */
static void find_ways(Border *borders, size_t count, int32_t threshold, Ways *ways,
                      int32_t *scores) {
    for (size_t i = 0; i < count; i++) {
        if (i) ways[i] = ways_over(ways[i - 1], borders[i]);
        ways[i].foreign += (int64_t)scores[i] - threshold;
    }
    Ways rest = {0};
    for (size_t i = count; i-- > 0;) {
        const int64_t own = (int64_t)scores[i] - threshold;
        scores[i] = clamp32(ways[i].foreign + rest.foreign - ways[i].stays - rest.stays);
        rest.foreign += own;
        rest = ways_back_over(rest, borders[i]);
    }
}

decant_status edges_settle(const Document *document, Batch *batch, const Forest forests[EDGE_COUNT],
                           int32_t threshold, int32_t *scores) {
    const size_t count = document->block_count;
    Border *borders = arena_array(document->arena, count, sizeof *borders);
    Ways *ways = arena_array(document->arena, count, sizeof *ways);
    if (!borders || !ways) return DECANT_NO_MEMORY;
    if (forests[EDGE_NONE].tree_count) measure_borders(document, batch, forests, scores, borders);
    find_ways(borders, count, threshold, ways, scores);
    return is_interrupted(document->interrupt) ? DECANT_STOPPED : DECANT_OK;
}
