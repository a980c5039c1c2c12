/* SPDX-License-Identifier: MIT
 * samples.h - the lines of a few documents of each site, as they read, so that a person can see
 * what a site repeats. Documents take turns: of every site the one with the smallest key first,
 * then the next of every site, as long as there is room. What is kept does not depend on the order
 * in which they came: one that is passed over in a part would be passed over in the whole. */
#ifndef PROFILE_SAMPLES_H
#define PROFILE_SAMPLES_H

#include "decant.h"
#include "profile/imprint.h"

typedef struct Sample {
    uint64_t site, id; /* keys */
    uint32_t turn;     /* how many of the site come before it */
    uint32_t name_size, line_size;
    uint8_t *bytes; /* the site's name, then its lines as in an imprint */
} Sample;

typedef struct Samples {
    const decant_allocator *allocator;
    size_t most; /* documents */
    Sample *items;
    size_t count, capacity;
} Samples;

/* What a document takes at most. */
enum {
    SAMPLE_HEADER = 24,
    SAMPLE_BYTES = SAMPLE_HEADER + MOST_NAME + SAMPLE_LINES * (9 + PREVIEW_BYTES)
};

decant_status samples_add(Samples *samples, const Imprint *imprint);

/* Passes over those that are too many, and sorts the others by site and id. */
void samples_settle(Samples *samples);

void samples_done(Samples *samples);

#endif
