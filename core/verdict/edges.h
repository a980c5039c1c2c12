/* SPDX-License-Identifier: MIT
 * edges.h - where what is foreign begins and ends is the business of runs. */
#ifndef VERDICT_EDGES_H
#define VERDICT_EDGES_H

#include "verdict/features.h"

/* Blocks over the threshold that stand together are taken for the run that was judged best among
 * those that are nearly the same blocks: of them, the blocks of that run alone are then over it. */
decant_status edges_settle(const Document *document, const Run *runs, size_t run_count,
                           int32_t threshold, int32_t *scores);

#endif
