/* SPDX-License-Identifier: MIT
 * forest.c - reads, scores and explains forests. */
#include "models/forest.h"

static bool read_nodes(Forest *forest, const int32_t *words, size_t inner, size_t leaves) {
    for (size_t tree = 0; tree < forest->tree_count; tree++) {
        const int32_t *from = words + tree * (2 * inner + leaves);
        for (size_t i = 0; i < inner; i++) {
            uint32_t packed = (uint32_t)from[i];
            ForestNode *node = &forest->nodes[tree * inner + i];
            node->feature = (uint16_t)(packed >> 16);
            node->threshold = (int16_t)(packed & 0xFFFF);
            forest->means[tree * inner + i] = clamp16(from[inner + i]);
            if (node->feature >= forest->feature_count) return false;
        }
        for (size_t i = 0; i < leaves; i++)
            forest->leaves[tree * leaves + i] = clamp16(from[2 * inner + i]);
    }
    return true;
}

decant_status forest_read(Forest *forest, Arena *arena, const int32_t *words, size_t count,
                          size_t feature_count) {
    *forest = (Forest){0};
    if (count < 4) return DECANT_BAD_MODEL;
    uint32_t features = (uint32_t)words[0], trees = (uint32_t)words[1], depth = (uint32_t)words[2];
    if (features > feature_count || trees > FOREST_MAX_TREES || depth > FOREST_MAX_DEPTH)
        return DECANT_BAD_MODEL;
    if (words[3] > FOREST_MAX_BIAS || words[3] < -FOREST_MAX_BIAS) return DECANT_BAD_MODEL;
    size_t leaves = (size_t)1 << depth, inner = leaves - 1;
    if (count - 4 != trees * (2 * inner + leaves)) return DECANT_BAD_MODEL;
    *forest = (Forest){.feature_count = features,
                       .tree_count = trees,
                       .depth = depth,
                       .bias = words[3],
                       .nodes = arena_array(arena, trees * inner, sizeof(ForestNode)),
                       .means = arena_array(arena, trees * inner, sizeof(int16_t)),
                       .leaves = arena_array(arena, trees * leaves, sizeof(int16_t))};
    if (!forest->nodes || !forest->means || !forest->leaves) return DECANT_NO_MEMORY;
    return read_nodes(forest, words + 4, inner, leaves) ? DECANT_OK : DECANT_BAD_MODEL;
}

/* One step down a tree. */
static inline uint32_t go_down(const ForestNode *nodes, uint32_t at, const int16_t *row) {
    const ForestNode node = nodes[at];
    return 2 * at + 1 + (row[node.feature] > node.threshold);
}

/* Walks `count` rows down every tree side by side, so that their loads overlap. Inlined where the
 * count is constant: that is what makes it fast. */
static inline void score_rows(const Forest *forest, const int16_t *rows, size_t stride,
                              size_t count, int32_t *scores) {
    const uint32_t leaves = 1u << forest->depth, inner = leaves - 1;
    const ForestNode *nodes = forest->nodes;
    const int16_t *values = forest->leaves;
    for (uint32_t tree = 0; tree < forest->tree_count; tree++, nodes += inner, values += leaves) {
        uint32_t at[FOREST_BATCH] = {0};
        for (uint32_t depth = 0; depth < forest->depth; depth++)
            for (size_t i = 0; i < count; i++) {
                const ForestNode node = nodes[at[i]];
                at[i] = 2 * at[i] + 1 + (rows[i * stride + node.feature] > node.threshold);
            }
        for (size_t i = 0; i < count; i++) scores[i] += values[at[i] - inner];
    }
}

static void score_one(const Forest *forest, const int16_t *row, int32_t *score) {
    const uint32_t leaves = 1u << forest->depth, inner = leaves - 1;
    const ForestNode *nodes = forest->nodes;
    const int16_t *values = forest->leaves;
    for (uint32_t tree = 0; tree < forest->tree_count; tree++, nodes += inner, values += leaves) {
        uint32_t at = 0;
        for (uint32_t depth = 0; depth < forest->depth; depth++) at = go_down(nodes, at, row);
        *score += values[at - inner];
    }
}

void forest_score(const Forest *forest, const int16_t *rows, size_t stride, size_t count,
                  int32_t *ret_scores) {
    size_t i = 0;
    for (size_t row = 0; row < count; row++) ret_scores[row] = forest->bias;
    for (; i + FOREST_BATCH <= count; i += FOREST_BATCH)
        score_rows(forest, rows + i * stride, stride, FOREST_BATCH, ret_scores + i);
    for (; i < count; i++) score_one(forest, rows + i * stride, ret_scores + i);
}

void forest_explain(const Forest *forest, const int16_t *row, int32_t *contributions) {
    const size_t leaves = (size_t)1 << forest->depth, inner = leaves - 1;
    for (size_t tree = 0; tree < forest->tree_count; tree++) {
        const ForestNode *nodes = forest->nodes + tree * inner;
        const int16_t *means = forest->means + tree * inner;
        size_t at = 0;
        while (at < inner) {
            size_t next = 2 * at + 1 + (row[nodes[at].feature] > nodes[at].threshold);
            int32_t mean =
                next < inner ? means[next] : forest->leaves[tree * leaves + next - inner];
            contributions[nodes[at].feature] += mean - means[at];
            at = next;
        }
    }
}
