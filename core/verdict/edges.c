/* SPDX-License-Identifier: MIT
 * edges.c - scores the borders of suspects, and finds the best ways over them. */
#include "verdict/edges.h"

#include "document/ledger.h"
#include "verdict/odds.h"

#include <string.h>

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

/* How far a block is over the threshold by itself. */
static int64_t own_excess(const Settled *settled, size_t block) {
    return (int64_t)settled->scores[block] - settled->threshold;
}

/* What taking a block for foreign earns. */
static void find_ways(Border *earns, size_t count, Ways *ways, Settled *settled) {
    for (size_t i = 0; i < count; i++) {
        if (i) ways[i] = ways_over(ways[i - 1], earns[i]);
        ways[i].foreign += own_excess(settled, i);
    }
    Ways rest = {0};
    for (size_t i = count; i-- > 0;) {
        const int64_t own = own_excess(settled, i);
        settled->over[i] = clamp32(ways[i].foreign + rest.foreign - ways[i].stays - rest.stays);
        rest.foreign += own;
        rest = ways_back_over(rest, earns[i]);
    }
}

int32_t edges_share(uint64_t promise) {
    enum { NONE = 400000, ALL = 500000, MOST = 600 }; /* half an F1, in millionths */
    return promise > NONE ? (int32_t)((promise - NONE) * MOST / (ALL - NONE)) : 0;
}

decant_status edges_settle(const Document *document, Batch *batch, const Forest forests[EDGE_COUNT],
                           int32_t share, Settled *settled) {
    const ArenaMark mark = arena_mark(document->arena);
    const size_t count = document->block_count;
    const Borders borders = {batch, forests, share,
                             arena_array(document->arena, count, sizeof *borders.earns)};
    Ways *ways = arena_array(document->arena, count, sizeof *ways);
    if (!borders.earns || !ways) return DECANT_NO_MEMORY;
    if (share && forests[EDGE_NONE].tree_count)
        measure_borders(document, &borders, settled->scores);
    find_ways(borders.earns, count, ways, settled);
    arena_rewind(document->arena, mark);
    return is_interrupted(document->interrupt) ? DECANT_STOPPED : DECANT_OK;
}

static void explain_block(Document *document, const Settled *settled, size_t block, size_t before,
                          size_t after) {
    const int32_t *scores = settled->scores;
    const int64_t own = own_excess(settled, block);
    const size_t last = document->block_count - 1;
    if (!last || own > 0 || settled->over[block] <= own) return;
    const bool is_after = block < last && (!block || scores[block + 1] > scores[block - 1]);
    const size_t neighbour = is_after ? block + 1 : block - 1;
    if (own_excess(settled, neighbour) <= 0) return;
    Verdict *verdict = &document->blocks[block].verdict;
    memmove(verdict->reasons + 1, verdict->reasons,
            sizeof verdict->reasons - sizeof *verdict->reasons);
    verdict->reasons[0].evidence = (uint16_t)(is_after ? after : before);
    verdict->reasons[0].value = odds_feature(scores[neighbour]);
    verdict->reasons[0].weight = clamp32(settled->over[block] - own);
}

void edges_explain(Document *document, const Settled *settled, size_t before, size_t after) {
    for (size_t i = 0; i < document->block_count; i++)
        if (finding_begins(document, i)) explain_block(document, settled, i, before, after);
}
