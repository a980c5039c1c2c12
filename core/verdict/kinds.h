/* SPDX-License-Identifier: MIT
 * kinds.h - of what kind what goes is.
 *
 * A forest a kind scores a block. What goes together is mostly of one kind, so that a change from a
 * block to the next costs, and the kinds of a run are those of the best way through it (Viterbi,
 * 1967). */
#ifndef VERDICT_KINDS_H
#define VERDICT_KINDS_H

#include "verdict/batch.h"

/* Tells the kinds of a text's blocks that go; DECANT_OTHER without forests. The batch is open. */
decant_status kinds_tell(Document *document, Batch *batch, const Forest forests[DECANT_KINDS]);

#endif
