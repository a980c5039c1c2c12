/* SPDX-License-Identifier: MIT
 * vectors.h - what words are about: a vector for each of 25,000 English content words, such that
 * those of one article point the same way. A part of a text is about the sum of its words. Any
 * other word has a vector drawn by its hash: what says it again points the same way, too.
 *
 * vectors.py tells where they come from. Every four dimensions of a word are one of 256 means. */
#ifndef MODELS_VECTORS_H
#define MODELS_VECTORS_H

#include <stdint.h>

enum {
    VECTOR_PARTS = 8,
    VECTOR_PART = 4,
    VECTOR_SIZE = VECTOR_PARTS * VECTOR_PART,
    VECTOR_LONGEST = 63, /* no number of a word's vector is larger, or smaller than its negative */
    VECTOR_WORDS = INT16_MAX / VECTOR_LONGEST,
    VECTOR_SLOT_BITS = 15
};

/* A free slot has a hash of 0. */
typedef struct VectorEntry {
    uint32_t hash; /* of the word, lower-cased (language/words.h) */
    uint8_t codes[VECTOR_PARTS];
} VectorEntry;

extern const VectorEntry vector_table[1 << VECTOR_SLOT_BITS];
extern const int16_t vector_means[VECTOR_PARTS][256][VECTOR_PART];

/* The sum of some words' vectors: of VECTOR_WORDS at most, lest it overflow. */
typedef struct Vector {
    int16_t at[VECTOR_SIZE];
} Vector;

/* Adds the vector of the word of this hash. */
void vector_add(Vector *sum, uint32_t hash);

/* Has memory fetch what vector_add will read for this hash: the table is larger than the nearest
 * caches. */
void vector_await(uint32_t hash);

#endif
