/* SPDX-License-Identifier: MIT
 * forest_avx2.h - what forests do most, on x86-64 processors with AVX2. */
#ifndef MODELS_FOREST_AVX2_H
#define MODELS_FOREST_AVX2_H

#include "models/forest.h"

/* The deepest trees whose leaves are looked up in registers, and how many those are. */
enum { AVX2_DEPTH = 6, AVX2_LEAVES = 1 << AVX2_DEPTH };

/* Whether the processor at hand has it: the following are for such alone. */
bool avx2_is_there(void);

/* Scores a batch as forest_score does; the forest has leaf_bytes. */
void avx2_score(const Forest *forest, const Column *columns, int32_t ret_scores[FOREST_BATCH]);

/* The columns f to f + 8 of a batch. */
void avx2_columns(const int16_t *const rows[FOREST_BATCH], size_t f, Column *columns);

#endif
