/* SPDX-License-Identifier: MIT
 * marks.h - how quotation marks and dashes are typed. Every house has its own way, and so has what
 * its editor writes: where a part of a text is typed unlike the rest, another hand wrote it. */
#ifndef VERDICT_MARKS_H
#define VERDICT_MARKS_H

#include "document/document.h"

/* Signs as a typewriter has them, and as set in type. */
typedef struct Typed {
    uint32_t plain, set;
} Typed;

typedef struct Marks {
    Typed quotes, dashes; /* apostrophes are quotes */
} Marks;

static inline void marks_add(Marks *marks, const Shape *shape) {
    marks->quotes.plain += shape->straight;
    marks->quotes.set += shape->curly;
    marks->dashes.plain += shape->hyphens;
    marks->dashes.set += shape->dashes;
}

/* What is in the larger sum and not in the smaller. */
static inline Marks marks_between(const Marks *smaller, const Marks *larger) {
    return (Marks){
        {larger->quotes.plain - smaller->quotes.plain, larger->quotes.set - smaller->quotes.set},
        {larger->dashes.plain - smaller->dashes.plain, larger->dashes.set - smaller->dashes.set}};
}

/* How much two parts are typed otherwise: a hundred times the difference of the shares that are
 * set in type, times the square root of the harmonic sum of how many signs each has, nm / (n + m).
 * Differences of parts with few signs count less, as they should by chance. -1: nothing to compare.
 */
int16_t marks_apart(Typed a, Typed b);

#endif
