/* SPDX-License-Identifier: MIT
 * tree.h - the tree of a page, built by gumbo from its skeleton: the elements that hold text, and
 * where each text stands. */
#ifndef SEGMENT_TREE_H
#define SEGMENT_TREE_H

#include "base/interrupt.h"
#include "document/page.h"
#include "segment/skeleton.h"

/* Where a text stands. Texts of one place, one after the other, are one block. */
typedef struct Place {
    uint32_t element;
    uint32_t gap; /* number of the gap between tags that it stands in, from 1; 0: it is no text of
                     the page's body */
} Place;

typedef struct Tree {
    Element *elements; /* the root is the first */
    size_t element_count;
    Place *places; /* of each text of the skeleton */
    bool is_flat;  /* the tree would have been too large: places come from the skeleton alone */
} Tree;

/* Builds the tree in the arena. What gumbo needs for it is taken from the same allocator, bounded
 * by the page's size, and given back. `interrupt` is asked now and then; NULL: nobody. */
decant_status tree_build(Tree *ret, Arena *arena, Str page, const Skeleton *skeleton,
                         const Interrupt *interrupt);

#endif
