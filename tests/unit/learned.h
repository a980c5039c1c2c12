/* SPDX-License-Identifier: MIT
 * learned.h - imprints of small documents, and profiles learned from them. A failure on the way
 * fails the test. */
#ifndef UNIT_LEARNED_H
#define UNIT_LEARNED_H

#include "decant.h"

enum { PROFILE_SIZE = 1 << 20 }; /* the smallest */

typedef struct Bytes {
    uint8_t *at; /* NULL: there are none */
    size_t size;
} Bytes;

void bytes_free(Bytes *bytes);

/* The imprints of documents, in the order in which they came. */
typedef struct Imprints {
    decant *pipeline;
    Bytes *items;
    size_t count, capacity;
} Imprints;

/* Reads a document, text or page, and keeps its imprint. `site` may be NULL. */
void imprints_add(Imprints *imprints, const char *id, const char *site, const char *text);
void imprints_free(Imprints *imprints);

decant_profile *open_profile(void);
void add_imprint(decant_profile *profile, Bytes imprint);

/* The bytes of a profile, in memory of their own size. */
Bytes write_profile(decant_profile *profile);
Bytes learn(const Imprints *imprints);

/* Random numbers that are the same each time. */
uint32_t random_below(uint64_t *seed, uint32_t end);

/* Writes so many random words as sentences; no two seeds give the same. */
void write_words(char *text, size_t words, uint64_t seed);

#endif
