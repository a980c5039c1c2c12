/* SPDX-License-Identifier: MIT
 * segment.h - turns a document's raw bytes into blocks. */
#ifndef SEGMENT_SEGMENT_H
#define SEGMENT_SEGMENT_H

#include "document/document.h"
#include "document/source_map.h"
#include "models/lexicon.h"

/* The most blocks a part may hold; a document with more goes on as a next part. */
enum { SEGMENT_MAX_BLOCKS = 1 << 15 };

/* Cuts document->raw into blocks, reads their shape, words, how those lean, and rule hits. Where
 * `more` is true the document goes on after raw: then only whole paragraphs are taken (or, where
 * raw holds a single one, as much as possible up to a block boundary). *ret_taken is the count of
 * raw bytes that the blocks and the white space around them cover; raw is shortened to it. It is
 * never 0 for a raw that is not empty. With `more` false it is all of raw unless SEGMENT_MAX_BLOCKS
 * was reached. */
decant_status segment_text(Document *document, RuleSet *rules, const Lexicon *lexicon, bool more,
                           size_t *ret_taken);

/* ---- HTML ------------------------------------------------------------------------------------ */

/* A page, or what of it is read at once. */
typedef struct SegmentSource {
    Str bytes;            /* as the document has them; 1 GiB at most */
    Str page;             /* the same in UTF-8 */
    const SourceMap *map; /* leads from that to the bytes */
    Tag raw;              /* the element whose text it begins in, as the page before it broke off */
    bool more;            /* the document goes on after it */
    const Interrupt *interrupt; /* asked while its tree is built; NULL: nobody */
} SegmentSource;

/* How much was read, and how it went. */
typedef struct SegmentPageEnd {
    size_t taken;   /* bytes of the page; never 0 for one that is not empty */
    Tag raw;        /* the element that the next begins in */
    bool is_flat;   /* its tree would have been too large: its texts are blocks in one element */
    bool is_capped; /* tags were nested too deep: some were left out */
} SegmentPageEnd;

typedef struct SegmentPage SegmentPage;

/* Reads a page in the arena, which has to outlive it; what `source` points to is borrowed. */
decant_status segment_page_open(SegmentPage **ret, Arena *arena, const SegmentSource *source);
SegmentPageEnd segment_page_end(const SegmentPage *page);
const Metadata *segment_page_metadata(const SegmentPage *page);

/* Makes the next SEGMENT_MAX_BLOCKS blocks of the page a part of its own: fills in a document of
 * which arena, name and offset are set, with the page's texts as its raw text (decoded, an empty
 * line between blocks) and spans that lead to the document's bytes. Sets last_part at the last. */
decant_status segment_page_next(SegmentPage *page, Document *document, RuleSet *rules,
                                const Lexicon *lexicon);

#endif
