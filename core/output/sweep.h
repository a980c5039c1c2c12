/* SPDX-License-Identifier: MIT
 * sweep.h - one pass over a sealed ledger: kept and dropped events, notes, and the summary. */
#ifndef OUTPUT_SWEEP_H
#define OUTPUT_SWEEP_H

#include "document/ledger.h"
#include "document/locate.h"

/* What a document's text is made of, summed over its parts. */
typedef struct Makeup {
    uint64_t points, lost; /* code points but white space; those of dropped blocks */
    uint64_t words, stop_words, sentences;
    uint64_t signs; /* code points that are no letter, digit, mark or symbol: controls, bad bytes */
} Makeup;

/* Running position in a document that may have many parts. Zero it at a document's start. */
typedef struct Progress {
    Locator place; /* how far the events went */
    decant_summary summary;
    Makeup makeup;
    uint64_t limited_rules;
    bool told_encoding;
} Progress;

/* How the features that the verdict's reasons speak of are named and put into words. */
typedef struct Wording {
    const char *(*name)(size_t feature);
    void (*words)(size_t feature, int value, char *words, size_t size);
} Wording;

/* Sends one part's events to the sink and moves `progress` on. */
decant_status sweep_part(const Document *document, const Ledger *ledger, const Wording *wording,
                         const decant_sink *sink, Progress *progress);

/* Sends what is to be said about the whole document, and the summary. `max_loss` in permille. */
decant_status sweep_end(const decant_sink *sink, int max_loss, Progress *progress);

#endif
