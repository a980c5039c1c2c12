/* SPDX-License-Identifier: MIT
 * skeleton.h - what a tree is built from in a page's place: every tag of a block as its bare name,
 * every run of text as one code point, and nothing of what changes no tree of blocks (scripts,
 * styles, comments, drawings, attributes, white space, inline elements). It is a small part of the
 * page, and leads back to it: a tag by where it stands in the skeleton, a text by its code point.
 * What inline elements say of a text stands with the text. */
#ifndef SEGMENT_SKELETON_H
#define SEGMENT_SKELETON_H

#include "base/arena.h"
#include "document/page.h"
#include "segment/scan.h"

/* A start tag that was written. Offsets: into the skeleton, then into the page. */
typedef struct SkeletonTag {
    uint32_t at;         /* of its < in the skeleton */
    uint32_t start, end; /* all of it */
    uint32_t inside;     /* where its name ends: its attributes go on to end - 1 */
    uint8_t tag;         /* Tag */
} SkeletonTag;

/* A run of text that is not white space alone. */
typedef struct SkeletonText {
    uint32_t start, end;         /* in the page */
    uint32_t at;                 /* of its sign in the skeleton */
    uint32_t link;               /* number + 1 of the link it stands in; 0: in none */
    const InlineElement *around; /* the innermost inline element around it; NULL: none */
    uint8_t text;                /* ScanText */
    uint8_t style;               /* bits of STYLE_ */
    uint8_t breaks; /* br elements between it and the text before: 0, 1, or 2 for more */
    bool is_spaced; /* white space stands between it and the text before, in neither */
    bool has_reference;
} SkeletonText;

/* Tags in the order of `at`; texts in the order of their code points. Links are
 * where a elements lead: the values of href, decoded. */
typedef struct Skeleton {
    Str bytes; /* UTF-8 */
    SkeletonTag *tags;
    SkeletonText *texts;
    Str *links;
    size_t tag_count, text_count, link_count;
    size_t taken;   /* bytes of the page that were read */
    Tag raw;        /* the element whose text the page breaks off in, where it goes on */
    bool is_capped; /* tags were left out: nested too deep */
} Skeleton;

/* A page with more texts or tags than these goes on as a next one, and start tags nested deeper
 * than NESTING_MOST are left out: building a tree costs time by its depth for every tag. The
 * deepest page of 2,075 real ones reaches 53. */
enum { SKELETON_TEXTS = 1 << 17, SKELETON_TAGS = 1 << 18 };

/* Writes the skeleton of a page into the arena. `raw`: the element whose text the page begins in,
 * TAG_UNKNOWN at a document's start. Where `more` is true the document goes on after the page: then
 * what the page breaks off in is not taken, unless nothing stands before it. The page has 1 GiB at
 * most. DECANT_OK or DECANT_NO_MEMORY. */
decant_status skeleton_write(Skeleton *ret, Arena *arena, Str page, Tag raw, bool more);

/* The attributes of a tag, for scan_attribute. */
static inline ScanRange skeleton_attributes(const SkeletonTag *tag) {
    return (ScanRange){tag->inside, tag->end - 1};
}

/* The code point that stands for a text, and back: SIZE_MAX for one that stands for none. */
uint32_t skeleton_code(size_t text);
size_t skeleton_text(uint32_t code);

#endif
