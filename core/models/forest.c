/* SPDX-License-Identifier: MIT
 * forest.c - reads, scores and explains forests. */
#include "models/forest.h"

#include "models/forest_avx2.h"

#include <string.h>

/* Values that one instruction compares: 16 bytes, which every machine we know of has registers for;
 * compilers make loops of it on others. */
typedef int16_t Vector __attribute__((vector_size(16)));
enum {
    VECTOR_VALUES = sizeof(Vector) / sizeof(int16_t),
    BATCH_VECTORS = FOREST_BATCH / VECTOR_VALUES
};

static bool read_trees(Forest *forest, const int32_t *words) {
    const size_t leaves = (size_t)1 << forest->depth, inner = leaves - 1;
    for (size_t tree = 0; tree < forest->tree_count; tree++) {
        for (size_t i = 0; i < forest->depth; i++) {
            uint32_t packed = (uint32_t)*words++;
            ForestLevel *level = &forest->levels[tree * forest->depth + i];
            level->feature = (uint16_t)(packed >> 16);
            level->threshold = (int16_t)(packed & 0xFFFF);
            if (level->feature >= forest->feature_count) return false;
        }
        for (size_t i = 0; i < inner; i++) forest->means[tree * inner + i] = half_at(words, i);
        for (size_t i = 0; i < leaves; i++)
            forest->leaves[tree * leaves + i] = half_at(words, inner + i);
        words += leaves; /* as many as values, by two, and a half to spare */
    }
    return true;
}

static void bound_sums(Forest *forest) {
    const size_t leaves = (size_t)1 << forest->depth;
    for (size_t tree = forest->tree_count; tree-- > 0;) {
        int most = INT16_MIN, least = INT16_MAX;
        for (size_t i = 0; i < leaves; i++) {
            most = max_int(most, forest->leaves[tree * leaves + i]);
            least = min_int(least, forest->leaves[tree * leaves + i]);
        }
        forest->most[tree] = forest->most[tree + 1] + most;
        forest->least[tree] = forest->least[tree + 1] + least;
    }
}

/* Deals the leaves into bytes where forest_avx2.c is to look them up. */
static decant_status deal_leaves(Forest *forest, Arena *arena) {
    const size_t leaves = (size_t)1 << forest->depth;
    if (forest->depth > AVX2_DEPTH || !avx2_is_there()) return DECANT_OK;
    uint8_t *bytes = arena_array(arena, forest->tree_count, 2 * AVX2_LEAVES);
    if (!bytes) return DECANT_NO_MEMORY;
    forest->leaf_bytes = bytes;
    for (size_t tree = 0; tree < forest->tree_count; tree++, bytes += 2 * AVX2_LEAVES) {
        for (size_t i = 0; i < leaves; i++) {
            const uint16_t leaf = (uint16_t)forest->leaves[tree * leaves + i];
            bytes[i] = (uint8_t)leaf;
            bytes[AVX2_LEAVES + i] = (uint8_t)(leaf >> 8);
        }
    }
    return DECANT_OK;
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
    if (count - 4 != trees * (depth + leaves)) return DECANT_BAD_MODEL;
    *forest = (Forest){.feature_count = features,
                       .tree_count = trees,
                       .depth = depth,
                       .bias = words[3],
                       .levels = arena_array(arena, (size_t)trees * depth, sizeof(ForestLevel)),
                       .means = arena_array(arena, trees * inner, sizeof(int16_t)),
                       .leaves = arena_array(arena, trees * leaves, sizeof(int16_t)),
                       .most = arena_array(arena, (size_t)trees + 1, sizeof(int32_t)),
                       .least = arena_array(arena, (size_t)trees + 1, sizeof(int32_t))};
    if (!forest->levels || !forest->means || !forest->leaves || !forest->most || !forest->least)
        return DECANT_NO_MEMORY;
    if (!read_trees(forest, words + 4)) return DECANT_BAD_MODEL;
    bound_sums(forest);
    return deal_leaves(forest, arena);
}

/* VECTOR_VALUES rows of as many values into columns: rows i and i + 4 are dealt into one another,
 * three times. */
static inline void transpose(Vector rows[VECTOR_VALUES]) {
    for (int round = 0; round < 3; round++) {
        Vector dealt[VECTOR_VALUES];
        for (int i = 0; i < VECTOR_VALUES / 2; i++) {
            Vector a = rows[i], b = rows[i + VECTOR_VALUES / 2];
            dealt[2 * i] = __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
            dealt[2 * i + 1] = __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
        }
        memcpy(rows, dealt, sizeof dealt);
    }
}

/* Columns f to f + VECTOR_VALUES of a batch. */
static void write_columns(const int16_t *const rows[FOREST_BATCH], size_t f, Column *columns) {
    if (avx2_is_there()) {
        avx2_columns(rows, f, columns);
        return;
    }
    for (size_t first = 0; first < FOREST_BATCH; first += VECTOR_VALUES) {
        Vector square[VECTOR_VALUES];
        for (size_t i = 0; i < VECTOR_VALUES; i++)
            memcpy(&square[i], rows[first + i] + f, sizeof *square);
        transpose(square);
        for (size_t i = 0; i < VECTOR_VALUES; i++)
            memcpy(columns[f + i].values + first, &square[i], sizeof *square);
    }
}

void forest_columns(const int16_t *const rows[FOREST_BATCH], size_t width, Column *ret_columns) {
    for (size_t f = 0; f + VECTOR_VALUES <= width; f += VECTOR_VALUES)
        write_columns(rows, f, ret_columns);
    if (width % VECTOR_VALUES == 0) return;
    if (width > VECTOR_VALUES) {
        write_columns(rows, width - VECTOR_VALUES, ret_columns);
        return;
    }
    for (size_t f = 0; f < width; f++)
        for (size_t row = 0; row < FOREST_BATCH; row++) ret_columns[f].values[row] = rows[row][f];
}

/* Which rows of a vector go right. True is -1 in every lane. */
static inline Vector go_right(const ForestLevel *level, const Column *columns, size_t vector) {
    Vector values;
    memcpy(&values, columns[level->feature].values + vector * VECTOR_VALUES, sizeof values);
    return values > level->threshold;
}

void forest_score(const Forest *forest, const Column *columns, int32_t ret_scores[FOREST_BATCH]) {
    const ForestLevel *level = forest->levels;
    const int16_t *leaves = forest->leaves;
    if (forest->leaf_bytes) {
        avx2_score(forest, columns, ret_scores);
        return;
    }
    for (size_t row = 0; row < FOREST_BATCH; row++) ret_scores[row] = forest->bias;
    for (uint32_t tree = 0; tree < forest->tree_count; tree++, leaves += 1u << forest->depth) {
        Vector at[BATCH_VECTORS] = {0};
        for (uint32_t depth = 0; depth < forest->depth; depth++, level++)
            for (size_t i = 0; i < BATCH_VECTORS; i++)
                at[i] = at[i] + at[i] - go_right(level, columns, i);
        uint16_t reached[FOREST_BATCH];
        memcpy(reached, at, sizeof reached);
        for (size_t row = 0; row < FOREST_BATCH; row++) ret_scores[row] += leaves[reached[row]];
    }
}

/* The leaf of a tree that a row reaches. */
static inline int32_t leaf_of(const Forest *forest, uint32_t tree, const int16_t *row) {
    const ForestLevel *level = forest->levels + (size_t)tree * forest->depth;
    size_t at = 0;
    for (uint32_t depth = 0; depth < forest->depth; depth++, level++)
        at = at + at + (row[level->feature] > level->threshold);
    return forest->leaves[((size_t)tree << forest->depth) + at];
}

int32_t forest_score_row(const Forest *forest, const int16_t *row) {
    int32_t score = forest->bias;
    for (uint32_t tree = 0; tree < forest->tree_count; tree++) score += leaf_of(forest, tree, row);
    return score;
}

bool forest_reaches(const Forest *forest, const int16_t *row, int32_t score) {
    int64_t left = (int64_t)score - forest->bias;
    for (uint32_t tree = 0; tree < forest->tree_count; tree++) {
        if (left > forest->most[tree] || left <= forest->least[tree])
            return left <= forest->least[tree];
        left -= leaf_of(forest, tree, row);
    }
    return left <= 0;
}

void forest_explain(const Forest *forest, const Column *columns, size_t row,
                    int32_t *contributions) {
    const size_t leaves = (size_t)1 << forest->depth, inner = leaves - 1;
    const ForestLevel *level = forest->levels;
    for (size_t tree = 0; tree < forest->tree_count; tree++) {
        const int16_t *means = forest->means + tree * inner;
        for (size_t at = 0; at < inner; level++) {
            size_t next = 2 * at + 1 + (columns[level->feature].values[row] > level->threshold);
            int32_t mean =
                next < inner ? means[next] : forest->leaves[tree * leaves + next - inner];
            contributions[level->feature] += mean - means[at];
            at = next;
        }
    }
}
