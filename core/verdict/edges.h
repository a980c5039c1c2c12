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

/* Makes of scores (1024 a unit of log-odds) by how much the best way that takes a block for foreign
 * is better than the best that does not. By itself a block counts by how far its score is over the
 * threshold. The batch is open; without forests every border is as good as any other. */
decant_status edges_settle(const Document *document, Batch *batch, const Forest forests[EDGE_COUNT],
                           int32_t threshold, int32_t *scores);

#endif
