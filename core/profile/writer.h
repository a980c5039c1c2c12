/* SPDX-License-Identifier: MIT
 * writer.h - what was learned, and writing it down as a profile. */
#ifndef PROFILE_WRITER_H
#define PROFILE_WRITER_H

#include "profile/samples.h"
#include "profile/sketch.h"
#include "profile/texts.h"

typedef struct Learned {
    uint64_t size; /* the most bytes a profile of it takes */
    uint64_t documents, line_count;
    Sketch sites, lines;
    uint8_t *site_cells, *line_cells;
    Texts texts;
    Samples samples;
} Learned;

/* Settles what was learned and writes it. */
decant_status profile_save(Learned *learned, const decant_allocator *allocator, decant_write write,
                           void *user);

/* A sample as it is written down. */
typedef struct SavedSample {
    uint64_t site, id;
    Str site_name, lines;
} SavedSample;

/* The next of the samples in a profile; false at the end, or where they are no good. */
bool sample_next(Str *rest, SavedSample *ret);

#endif
