/* SPDX-License-Identifier: MIT
 * peaks.h - runs of lines that stand out by what they are about: each explains more (topics.h) than
 * any that begins or ends a line beside it. Where no block looks foreign by itself, they are where
 * foreign prose is looked for. */
#ifndef VERDICT_PEAKS_H
#define VERDICT_PEAKS_H

#include "verdict/topics.h"

/* The most lines of a run that holds neither the document's first nor its last; of such runs those
 * that are longer by two are not even compared with. */
enum { PEAK_LINES = 8 };

typedef struct Peaks Peaks;

/* Looks at all runs of a document's lines, in its arena; the topics are borrowed. NULL when memory
 * is refused. */
Peaks *peaks_open(const Document *document, const Topics *topics);

/* Whether a run that begins with this block is a peak. */
bool peaks_begin(const Peaks *peaks, size_t block);

/* How much the run of blocks first to end (exclusive) explains of what the document's best cut
 * does, permille, if it is a peak; 0 if it is none. */
int16_t peaks_share(const Peaks *peaks, size_t first, size_t end);

#endif
