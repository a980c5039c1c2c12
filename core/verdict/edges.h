/* SPDX-License-Identifier: MIT
 * edges.h - where what is foreign begins, and where it ends.
 *
 * Whether a block is foreign is told by its score; but a block is seldom as foreign as its borders
 * are sharp. Three forests tell of the border before a suspect block how likely nothing changes
 * there, something foreign begins or ends. Both together are weighed along every way through the
 * document, as a chain of hidden states is (Viterbi, 1967; both directions, as in max-sum): a block
 * goes if the best way that takes it for foreign is better than the best that does not. */
#ifndef VERDICT_EDGES_H
#define VERDICT_EDGES_H

#include "verdict/batch.h"

/* What may happen at the border before a block. */
typedef enum Edge { EDGE_NONE, EDGE_BEGINS, EDGE_ENDS, EDGE_COUNT } Edge;

enum { EDGES_WHOLE = 1000 };

/* What edges settled of a document's blocks, in order. */
typedef struct Settled {
    int32_t threshold;
    const int32_t *scores; /* 1024 a unit of log-odds */
    int32_t *over;         /* by how much the best way with a block is better */
} Settled;

/* How much borders count, of EDGES_WHOLE, in a document that found its own threshold: not at all
 * where that promises an F1 of .8 or less, and .6 at most, where it promises 1. Where blocks are
 * hard to tell so are borders, and what is in doubt had better stay. `promise` as threshold_find
 * tells it. */
int32_t edges_share(uint64_t promise);

/* Tells by how much the best way that takes a block for foreign is better than the best that does
 * not. By itself a block counts by how far its score is over the threshold; borders count `share`
 * of EDGES_WHOLE. The batch is open; without forests every border is as good as any other. */
decant_status edges_settle(const Document *document, Batch *batch, const Forest forests[EDGE_COUNT],
                           int32_t share, Settled *settled);

/* Puts first among the reasons of each finding's first block, if by its own score that would stay,
 * the neighbour that it goes with, if one goes by its own: `before` and `after` are the columns
 * with their scores. */
void edges_explain(Document *document, const Settled *settled, size_t before, size_t after);

#endif
