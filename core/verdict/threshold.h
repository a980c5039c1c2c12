/* SPDX-License-Identifier: MIT
 * threshold.h - a document finds its own threshold: the one at which what is kept promises most. */
#ifndef VERDICT_THRESHOLD_H
#define VERDICT_THRESHOLD_H

#include "document/document.h"
#include "verdict/model.h"

/* The score over which blocks go so that what is kept promises the best F1: twice the words kept
 * that belong, by their probability, over all words kept and all that belong. Where blocks are hard
 * to tell it lies higher, since more is won than lost by keeping what is in doubt (Ye and others
 * 2012, "Optimizing F-measure"). `confidence` leads from a block's score to the probability that it
 * does not belong. *ret_promise: half of that F1, in millionths. */
int32_t threshold_find(const Document *document, const Confidence *confidence,
                       const int32_t *scores, uint64_t *ret_promise);

#endif
