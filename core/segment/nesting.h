/* SPDX-License-Identifier: MIT
 * nesting.h - how deep a page's elements are nested, near enough to bound what building their tree
 * costs: end tags that the standard implies are known for paragraphs, items, cells and options. */
#ifndef SEGMENT_NESTING_H
#define SEGMENT_NESTING_H

#include "document/tag.h"

enum { NESTING_MOST = 512 };

/* All zero: nothing is open. */
typedef struct Nesting {
    uint8_t open[NESTING_MOST];  /* Tag */
    uint32_t from[NESTING_MOST]; /* where their start tags stand, as the caller counts */
    size_t depth;
    uint16_t count[TAG_COUNT];   /* of open elements, by name */
    uint32_t refused[TAG_COUNT]; /* start tags without an end tag yet, by name */
} Nesting;

/* Opens an element whose start tag stands at `from`; false where it would stand too deep: then its
 * end tag is refused too. */
bool nesting_open(Nesting *nesting, Tag tag, uint32_t from);

/* Closes the innermost element of that name that an end tag can reach; false where the end tag
 * belongs to a start tag that was refused. */
bool nesting_close(Nesting *nesting, Tag tag);

/* Whether an element of that name is open. */
bool nesting_has(const Nesting *nesting, Tag tag);

/* Whether an element has no content, and so no end tag. */
bool nesting_is_void(Tag tag);

#endif
