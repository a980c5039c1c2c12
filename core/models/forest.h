/* SPDX-License-Identifier: MIT
 * forest.h - symmetric trees in integers: every node of a level asks the same question, so that a
 * tree of depth d is d comparisons, made for many rows at once, and one look into its 2^d leaves.
 * Sums of leaves are the same on every machine.
 *
 * Model data is a sequence of int32_t words, written by train.py and read by model_read:
 *     magic, version, section count, then sections: tag, word count, words
 * A forest's words: feature count, tree count, depth, bias, then a tree after the other:
 *     depth levels from the root on (feature << 16 | threshold as uint16_t);
 *     2^depth - 1 node means, in breadth-first order, and 2^depth leaves: int16_t, two a word, the
 *     first in the low half.
 * Means and leaves: 1024 is one unit of log-odds. */
#ifndef MODELS_FOREST_H
#define MODELS_FOREST_H

#include "base/arena.h"
#include "base/bytes.h"
#include "decant.h"

enum {
    FOREST_BATCH = 32, /* rows scored at once */
    FOREST_MAX_DEPTH = 8,
    FOREST_MAX_TREES = 4096,
    FOREST_MAX_BIAS = 1 << 30 /* so that no score overflows */
};

/* One feature of a batch of rows. */
typedef struct Column {
    int16_t values[FOREST_BATCH];
} Column;

typedef struct ForestLevel {
    uint16_t feature;
    int16_t threshold; /* greater goes right */
} ForestLevel;

/* Read-only after forest_read. No trees: every score is the bias. */
typedef struct Forest {
    uint32_t feature_count, tree_count, depth;
    int32_t bias;
    ForestLevel *levels;   /* tree_count * depth */
    int16_t *means;        /* tree_count * (2^depth - 1): of the leaves below each node */
    int16_t *leaves;       /* tree_count * 2^depth */
    int32_t *most, *least; /* tree_count + 1: what the trees from each on add at most, at least */
    uint8_t *leaf_bytes;   /* the same for forest_avx2.c: of each tree the low bytes, then the high;
                              NULL where that has no use for them */
} Forest;

/* The value at `i` of those that model data holds two a word. */
static inline int16_t half_at(const int32_t *words, size_t i) {
    const uint32_t word = (uint32_t)words[i / 2];
    return (int16_t)(i % 2 ? word >> 16 : word & 0xFFFF);
}

/* Reads a forest's words into the arena. DECANT_BAD_MODEL if they are not those of a forest over
 * at most `feature_count` features. */
decant_status forest_read(Forest *forest, Arena *arena, const int32_t *words, size_t count,
                          size_t feature_count);

/* Lays the first `width` features of a batch of rows side by side as columns. */
void forest_columns(const int16_t *const rows[FOREST_BATCH], size_t width, Column *ret_columns);

/* Scores of a batch of rows, whose features are `columns`. */
void forest_score(const Forest *forest, const Column *columns, int32_t ret_scores[FOREST_BATCH]);

/* The score of one row by itself. */
int32_t forest_score_row(const Forest *forest, const int16_t *row);

/* Whether that is `score` or more: walks down no more trees than it takes to be certain. */
bool forest_reaches(const Forest *forest, const int16_t *row, int32_t score);

/* Adds to contributions[feature] by how much each feature moved the score of row `row` of a batch:
 * along every path, the difference of the means before and after a node (Saabas 2014). */
void forest_explain(const Forest *forest, const Column *columns, size_t row,
                    int32_t *contributions);

#endif
