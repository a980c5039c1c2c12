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

/* What of a score counts. */
static int32_t part_of(int32_t score, int32_t share) {
    return (int32_t)((int64_t)score * share / EDGES_WHOLE);
}

/* Borders being scored. */
typedef struct Borders {
    Batch *batch;
    const Forest *forests;
    int32_t share; /* of EDGES_WHOLE, that they count */
    Border *earns;
} Borders;

int32_t edges_share(uint64_t promise) {
    enum { NONE = 400000, ALL = 500000, MOST = 600 }; /* half an F1, in millionths */
    return promise > NONE ? (int32_t)((promise - NONE) * MOST / (ALL - NONE)) : 0;
}

/* Scores the borders before the blocks of a batch, and empties it. */
static void score_borders(const Borders *borders) {
    Batch *batch = borders->batch;
    int32_t scores[FOREST_BATCH];
    if (!batch->count) return;
    batch_fill(batch);
    for (int edge = 0; edge < EDGE_COUNT; edge++) {
        forest_score(&borders->forests[edge], batch->columns, scores);
        for (size_t i = 0; i < batch->count; i++)
            borders->earns[batch->blocks[i]][edge] = part_of(scores[i], borders->share);
    }
    batch->count = 0;
}

/* Between blocks that both surely stay, or both surely go, nothing is likely to begin or end. */
static void measure_borders(const Document *document, const Borders *borders,
                            const int32_t *scores) {
    enum { STAYS = -2 * 1024, GOES = 3 * 1024, FAR = -7 * 1024 };
    for (size_t i = 1; i < document->block_count; i++) {
        borders->earns[i][EDGE_BEGINS] = borders->earns[i][EDGE_ENDS] =
            part_of(FAR, borders->share);
        const bool is_open =
            max_int(scores[i - 1], scores[i]) > STAYS && min_int(scores[i - 1], scores[i]) < GOES;
        if (is_open && batch_add(borders->batch, i)) score_borders(borders);
    }
    score_borders(borders);
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

/* What taking a block for foreign earns. */
static void find_ways(Border *earns, size_t count, int32_t threshold, Ways *ways,
                      const int32_t *scores, int32_t *ret_over) {
    for (size_t i = 0; i < count; i++) {
        if (i) ways[i] = ways_over(ways[i - 1], earns[i]);
        ways[i].foreign += (int64_t)scores[i] - threshold;
    }
    Ways rest = {0};
    for (size_t i = count; i-- > 0;) {
        const int64_t own = (int64_t)scores[i] - threshold;
        ret_over[i] = clamp32(ways[i].foreign + rest.foreign - ways[i].stays - rest.stays);
        rest.foreign += own;
        rest = ways_back_over(rest, earns[i]);
    }
}

decant_status edges_settle(const Document *document, Batch *batch, const Forest forests[EDGE_COUNT],
                           int32_t threshold, int32_t share, const int32_t *scores,
                           int32_t *ret_over) {
    const size_t count = document->block_count;
    const Borders borders = {batch, forests, share,
                             arena_array(document->arena, count, sizeof *borders.earns)};
    Ways *ways = arena_array(document->arena, count, sizeof *ways);
    if (!borders.earns || !ways) return DECANT_NO_MEMORY;
    if (share && forests[EDGE_NONE].tree_count) measure_borders(document, &borders, scores);
    find_ways(borders.earns, count, threshold, ways, scores, ret_over);
    return is_interrupted(document->interrupt) ? DECANT_STOPPED : DECANT_OK;
}
