/* SPDX-License-Identifier: MIT
 * allocator.h - an allocator that refuses on demand, poisons, and keeps the books. */
#ifndef TORTURE_ALLOCATOR_H
#define TORTURE_ALLOCATOR_H

#include "decant.h"

typedef struct Books {
    size_t until_refusal; /* calls that still succeed; SIZE_MAX: all */
    size_t calls;
    size_t outstanding; /* bytes given and not taken back */
    size_t most;        /* the most that was ever outstanding */
    int wrong_sizes;    /* times a block came back under another size than it was given out */
} Books;

/* An allocator over `books`. Fresh memory and memory given back are filled with rubbish. */
decant_allocator torture_allocator(Books *books);

#endif
