/* SPDX-License-Identifier: MIT
 * sweep.h - one pass over a sealed ledger: kept and dropped events, notes, and the summary. */
#ifndef OUTPUT_SWEEP_H
#define OUTPUT_SWEEP_H

#include "document/ledger.h"

/* Running position in a document that may have many parts. Zero it at a document's start. */
typedef struct Progress {
    uint64_t offset;     /* bytes of the parts before */
    uint64_t line;       /* line breaks of the parts before */
    uint64_t line_start; /* offset of the current line's first byte */
    bool after_cr;       /* the last part ended in CR: an LF at the next one's start is no new line */
    decant_summary summary;
} Progress;

/* Sends one part's events to the sink and moves `progress` on. */
decant_status sweep_part(const Document *document, const Ledger *ledger, const decant_sink *sink,
                         Progress *progress);

#endif
