/* SPDX-License-Identifier: MIT
 * ledger.h - what stays and what goes, as ranges that tile the document without gap or overlap. */
#ifndef DOCUMENT_LEDGER_H
#define DOCUMENT_LEDGER_H

#include "document/document.h"

/* One range. Blocks first to last (exclusive) lie in a dropped one, and in every one of a page; a
 * kept one of plain text names none. */
typedef struct Entry {
    Span span; /* bytes of the part's raw text; of a page: of the document */
    bool dropped;
    uint32_t first, last;
} Entry;

typedef struct Ledger {
    Entry
        *entries; /* alternating kinds are not guaranteed: neighbouring drops may differ in kind */
    size_t count;
} Ledger;

/* Whether a dropped block belongs to the finding of the dropped block before it: one kind, of one
 * document where that is known, and not the next of several teasers, which are each the opening of
 * a text of their own. */
static inline bool finding_goes_on(const Block *block) {
    uint8_t kind = block->verdict.kind;
    bool next_teaser = kind == DECANT_TEASER && block->joint < JOINT_SENTENCE;
    bool is_of_same = block[-1].verdict.known_as.at == block->verdict.known_as.at;
    if (block->verdict.known_as.at && is_of_same) next_teaser = false;
    return block[-1].verdict.kind == kind && is_of_same && !next_teaser;
}

/* Whether a finding begins with a block. */
static inline bool finding_begins(const Document *document, size_t block) {
    const Block *at = &document->blocks[block];
    return at->verdict.drop && !(block && at[-1].verdict.drop && finding_goes_on(at));
}

/* Seals the verdicts of a document's blocks into a ledger in its arena. Of the white space around a
 * dropped run the strongest piece stays, so that what is left is never glued together; nothing is
 * ever inserted. The rule is told in core/README.md. */
decant_status ledger_seal(Document *document, Ledger *ret);

/* The same for a page: an entry for every run of kept blocks and for every finding, from its first
 * block's span to its last's. What lies between entries is markup. */
decant_status ledger_seal_page(Document *document, Ledger *ret);

#endif
