/* SPDX-License-Identifier: MIT
 * sweep.h - one pass over a sealed ledger: kept and dropped events, notes, and the summary. */
#ifndef OUTPUT_SWEEP_H
#define OUTPUT_SWEEP_H

#include "document/ledger.h"
#include "document/locate.h"
#include "output/reasons.h"

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
    bool is_page;  /* the document is HTML */
    bool any_text; /* of a page: some of it was kept so far */
} Progress;

/* Sends one part's events to the sink and moves `progress` on. */
decant_status sweep_part(const Document *document, const Ledger *ledger, const Wording *wording,
                         const decant_sink *sink, Progress *progress);

/* How a page's text is written. */
typedef struct Style {
    decant_format format;
    bool links;
} Style;

/* The same for a part of a page: kept events hold its text as it is to be read. */
decant_status sweep_page(const Document *document, const Ledger *ledger, const Wording *wording,
                         const Style *style, const decant_sink *sink, Progress *progress);

/* Goes on to the end of a page, which is at `offset` in the document. */
void sweep_page_end(Str bytes, uint64_t offset, Progress *progress);

/* Sends what is to be said about the whole document, and the summary. `max_loss` in permille. */
decant_status sweep_end(const decant_sink *sink, int max_loss, Progress *progress);

#endif
