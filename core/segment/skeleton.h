/* SPDX-License-Identifier: MIT
 * skeleton.h - what a tree is built from in a page's place: every tag as its bare name, every run
 * of text as one code point, and nothing of what changes no tree (scripts, styles, comments,
 * drawings, attributes). It is a small part of the page, and leads back to it: a tag by where it
 * stands in the skeleton, a text by its code point. */
#ifndef SEGMENT_SKELETON_H
#define SEGMENT_SKELETON_H

#include "base/arena.h"
#include "segment/scan.h"

/* A start tag that was written. */
typedef struct SkeletonTag {
    size_t at;              /* of its < in the skeleton */
    ScanRange page, inside; /* all of it, and its attributes, in the page */
    Tag tag;
} SkeletonTag;

/* A run of text that is not white space alone. */
typedef struct SkeletonText {
    ScanRange page;
    ScanText text;
    bool has_reference;
} SkeletonText;

/* Tags in the order of `at`; texts in the order of their code points. */
typedef struct Skeleton {
    Str bytes; /* UTF-8 */
    SkeletonTag *tags;
    SkeletonText *texts;
    size_t tag_count, text_count;
    bool is_capped; /* something was left out: tags nested too deep, or texts too many */
} Skeleton;

/* Texts beyond these are left out, and start tags nested deeper than NESTING_MOST: building a tree
 * costs time by its depth for every tag. The deepest page of 2,075 real ones reaches 53. */
enum { SKELETON_TEXTS = 1000000 };

/* Writes the skeleton of a page into the arena. DECANT_OK or DECANT_NO_MEMORY. */
decant_status skeleton_write(Skeleton *ret, Arena *arena, Str page);

/* The code point that stands for a text, and back: SIZE_MAX for one that stands for none. */
uint32_t skeleton_code(size_t text);
size_t skeleton_text(uint32_t code);

#endif
