/* SPDX-License-Identifier: MIT
 * features.h - the rows that models read: a block's evidence, what its neighbours and its document
 * add, and (for the second pass) what the first pass made of them. */
#ifndef VERDICT_FEATURES_H
#define VERDICT_FEATURES_H

#include "document/stretch.h"
#include "models/forest.h"
#include "verdict/columns.h"

/* A run of blocks whose last score is over FEATURES_SUSPECT, and its highest block. */
typedef struct SuspectRun {
    uint32_t first, end, clearest;
    int64_t gain; /* sum of how far its scores are over FEATURES_SUSPECT */
} SuspectRun;

enum { FEATURES_SUSPECT = -512 };

typedef struct Features Features;

/* Looks the document's surroundings up once, in its arena. NULL when memory is refused. */
Features *features_open(const Document *document);

/* Adds what a pass said: a score for every block, 1024 a unit of log-odds; replaces what the pass
 * before it said. The scores are borrowed. */
decant_status features_add_pass(Features *features, const int32_t *scores);

/* Finds the suspect runs in the last pass's scores, and what their blocks' columns hold. */
decant_status features_find_suspects(Features *features, const int32_t *scores,
                                     const SuspectRun **ret_runs, size_t *ret_count);

/* Room for the features of a batch of blocks, in the document's arena; holds what is the same for
 * every block. NULL when memory is refused. */
Column *features_open_batch(const Features *features);

/* Writes the features of a batch of blocks, a row each, in any order. Columns of a pass that was
 * not added yet are left alone: 0. */
void features_write(const Features *features, const size_t blocks[FOREST_BATCH], Column *columns);

/* The strongest phrase of noise that a block holds, and of a byline, a stamp or their like:
 * permille.
 */
int16_t noise_of(const int16_t *evidence);
int16_t meta_of(const int16_t *evidence);

#endif
