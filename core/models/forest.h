/* SPDX-License-Identifier: MIT
 * forest.h - trees in integers: complete binary trees of one depth over int16_t features, whose
 * leaves are summed. Sums are the same on every machine.
 *
 * Model data is a sequence of int32_t words, written by train.py and read by model_read:
 *     magic, version, section count, then sections: tag, word count, words
 * A forest's words: feature count, tree count, depth, bias, then a tree after the other:
 *     2^depth - 1 nodes (feature << 16 | threshold as uint16_t), in breadth-first order;
 *     2^depth - 1 node means; 2^depth leaves. Means and leaves: 1024 is one unit of log-odds. */
#ifndef MODELS_FOREST_H
#define MODELS_FOREST_H

#include "base/arena.h"
#include "base/bytes.h"
#include "decant.h"

typedef struct ForestNode {
    uint16_t feature;
    int16_t threshold; /* greater goes right */
} ForestNode;

/* Read-only after forest_read. No trees: every score is the bias. */
typedef struct Forest {
    uint32_t feature_count, tree_count, depth;
    int32_t bias;
    ForestNode *nodes; /* tree_count * (2^depth - 1) */
    int16_t *means;    /* of the leaves below each node */
    int16_t *leaves;   /* tree_count * 2^depth */
} Forest;

enum {
    FOREST_BATCH = 8,
    FOREST_MAX_DEPTH = 8,
    FOREST_MAX_TREES = 4096,
    FOREST_MAX_BIAS = 1 << 30 /* so that no score overflows */
};

/* Reads a forest's words into the arena. DECANT_BAD_MODEL if they are not those of a forest over
 * at most `feature_count` features. */
decant_status forest_read(Forest *forest, Arena *arena, const int32_t *words, size_t count,
                          size_t feature_count);

/* Scores of `count` rows, `stride` values apart. */
void forest_score(const Forest *forest, const int16_t *rows, size_t stride, size_t count,
                  int32_t *ret_scores);

/* Adds to contributions[feature] by how much each feature moved the score of a row: along every
 * path, the difference of the means before and after a node (Saabas 2014). */
void forest_explain(const Forest *forest, const int16_t *row, int32_t *contributions);

#endif
