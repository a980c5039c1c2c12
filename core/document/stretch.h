/* SPDX-License-Identifier: MIT
 * stretch.h - what filters ask of a document again and again: the stretch a block stands in (what
 * stands on one line: blocks joined by sentence ends alone) and what rules found in it. */
#ifndef DOCUMENT_STRETCH_H
#define DOCUMENT_STRETCH_H

#include "document/document.h"

/* Blocks first to end (exclusive). */
typedef struct Stretch {
    size_t first, end;
} Stretch;

/* Whether a stretch begins with this block, or the document has ended before it. */
static inline bool stretch_begins(const Document *document, size_t block) {
    return block == document->block_count || document->blocks[block].joint != JOINT_SENTENCE;
}

/* The stretch that begins at block `first`. */
static inline Stretch stretch_at(const Document *document, size_t first) {
    size_t end = first + 1;
    while (!stretch_begins(document, end)) end++;
    return (Stretch){first, end};
}

/* What stands within `reach` of one among `count`. */
static inline Stretch stretch_around(size_t at, size_t reach, size_t count) {
    const size_t end = at + reach + 1;
    return (Stretch){at > reach ? at - reach : 0, end < count ? end : count};
}

/* Bytes from a block's start to the end of a stretch's last block. */
static inline size_t stretch_bytes(const Document *document, size_t from, Stretch stretch) {
    const Str last = document->blocks[stretch.end - 1].text;
    return (size_t)(last.at + last.len - document->blocks[from].text.at);
}

/* Permille of the block's text that rules of this kind matched; at least 1 for a match. */
static inline int16_t hit_share(const Document *document, const Block *block, RuleKind kind) {
    uint64_t bytes = 0;
    bool any = false;
    for (uint32_t i = 0; i < block->hit_count; i++) {
        const RuleHit *hit = &document->hits[block->first_hit + i];
        if (hit->kind != kind) continue;
        any = true;
        bytes += hit->end - hit->start;
    }
    if (!any) return 0;
    int share = permille(bytes, block->text.len);
    return clamp16(share < 1 ? 1 : share > 1000 ? 1000 : share);
}

/* How a block ends, from open to closed. */
typedef enum Ending {
    ENDING_LETTER,
    ENDING_DIGIT,
    ENDING_COMMA, /* comma, semicolon, dash */
    ENDING_COLON,
    ENDING_SYMBOL,
    ENDING_CLOSING, /* quote or bracket */
    ENDING_ELLIPSIS,
    ENDING_MARK, /* ! ? */
    ENDING_STOP
} Ending;

/* How a block begins. */
typedef enum Opening {
    OPENING_LOWER,
    OPENING_UPPER,
    OPENING_LETTER, /* without case */
    OPENING_DIGIT,
    OPENING_QUOTE,
    OPENING_MARK,
    OPENING_SYMBOL
} Opening;

/* How a block ends, once the filter layout has told. */
static inline Ending block_ending(const Block *block) {
    return (Ending)block->evidence[EVIDENCE_ENDING];
}

/* Whether a block of a page is prose: words enough, and an end. */
static inline bool block_is_prose(const Block *block) {
    enum { PROSE_WORDS = 12 };
    return block->shape.words >= PROSE_WORDS && block_ending(block) >= ENDING_CLOSING;
}

/* How many of its code points are links, once the filter structure has told. */
static inline uint32_t block_link_points(const Block *block) {
    return (uint32_t)((uint64_t)block->shape.points *
                      (uint64_t)block->evidence[EVIDENCE_LINK_SHARE] / 1000);
}

#endif
