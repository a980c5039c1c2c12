/* SPDX-License-Identifier: MIT
 * sketch.h - counts of more keys than there is room for: a count-min sketch (Cormode and
 * Muthukrishnan, 2005). Of a key each row has one cell, which others may share: the least of its
 * cells is its count, or more. With w cells a row and n things counted it is at most e * n / w too
 * high, but for 1 key in e^SKETCH_DEPTH. Two sketches of one size are added cell by cell. */
#ifndef PROFILE_SKETCH_H
#define PROFILE_SKETCH_H

#include "profile/layout.h"

/* SKETCH_DEPTH rows of `width` cells of `counters` numbers of 32 bits each, one row after the
 * other. */
typedef struct Sketch {
    uint64_t width;
    int counters;
} Sketch;

static inline uint64_t sketch_bytes(Sketch sketch) {
    return sketch.width * SKETCH_DEPTH * (uint64_t)sketch.counters * 4;
}

/* Counts a key in one of its counters. Full counters stay full. */
void sketch_add(Sketch sketch, uint8_t *cells, uint64_t key, int counter);

/* Adds the counts of another sketch of the same size. */
void sketch_merge(Sketch sketch, uint8_t *cells, const uint8_t *others);

/* The counters of a key, taken from the row where they are least together. */
void sketch_read(Sketch sketch, const uint8_t *cells, uint64_t key, uint32_t *ret_counters);

#endif
