/* SPDX-License-Identifier: MIT
 * forest_avx2.c - 32 values at once. Intrinsics, since only some processors have the registers:
 * the rest of the library is built for all. */
#include "models/forest_avx2.h"

#if defined __x86_64__ && defined __GNUC__
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))

enum {
    TABLE = 16, /* bytes that one look-up chooses from */
    TREE_BYTES = 2 * AVX2_LEAVES,
    SUMS = FOREST_BATCH * sizeof(int32_t) / sizeof(__m256i),
    COLUMNS = 8 /* that are written at once */
};

bool avx2_is_there(void) {
    return __builtin_cpu_supports("avx2");
}

AVX2 static inline __m256i load(const void *at) {
    return _mm256_loadu_si256(at);
}

/* A byte a row: which leaf it reaches. Packing deals rows 0-7, 16-23, 8-15, 24-31. */
AVX2 static inline __m256i walk(const ForestLevel *level, uint32_t depth, const Column *columns) {
    __m256i at = _mm256_setzero_si256();
    for (uint32_t i = 0; i < depth; i++) {
        const int16_t *values = columns[level[i].feature].values;
        const __m256i threshold = _mm256_set1_epi16(level[i].threshold);
        const __m256i right =
            _mm256_packs_epi16(_mm256_cmpgt_epi16(load(values), threshold),
                               _mm256_cmpgt_epi16(load(values + FOREST_BATCH / 2), threshold));
        at = _mm256_sub_epi8(_mm256_add_epi8(at, at), right); /* true is -1 */
    }
    return at;
}

/* One byte of each row's leaf, from AVX2_LEAVES of them. A look-up gives 0 for a place of 128 and
 * more, which is what those out of its table are raised to. */
AVX2 static inline __m256i look_up(const uint8_t *bytes, __m256i at) {
    __m256i found = _mm256_setzero_si256();
    for (int first = 0; first < AVX2_LEAVES; first += TABLE) {
        const __m256i place = _mm256_adds_epu8(_mm256_xor_si256(at, _mm256_set1_epi8((char)first)),
                                               _mm256_set1_epi8(0x80 - TABLE));
        const __m256i table =
            _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)(bytes + first)));
        found = _mm256_or_si256(found, _mm256_shuffle_epi8(table, place));
    }
    return found;
}

/* Adds 16 leaves to as many sums. */
AVX2 static inline void add(__m256i sums[2], __m256i leaves) {
    sums[0] = _mm256_add_epi32(sums[0], _mm256_cvtepi16_epi32(_mm256_castsi256_si128(leaves)));
    sums[1] = _mm256_add_epi32(sums[1], _mm256_cvtepi16_epi32(_mm256_extracti128_si256(leaves, 1)));
}

/* Adds what all trees say to the sums. The depth is told so that it may be a constant. */
AVX2 static inline void add_trees(const Forest *forest, uint32_t depth, const Column *columns,
                                  __m256i sums[SUMS]) {
    const ForestLevel *level = forest->levels;
    const uint8_t *bytes = forest->leaf_bytes, *end = bytes + forest->tree_count * TREE_BYTES;
    for (; bytes < end; bytes += TREE_BYTES, level += depth) {
        const __m256i at = walk(level, depth, columns);
        const __m256i low = look_up(bytes, at), high = look_up(bytes + AVX2_LEAVES, at);
        add(sums, _mm256_unpacklo_epi8(low, high)); /* rows in order again */
        add(sums + SUMS / 2, _mm256_unpackhi_epi8(low, high));
    }
}

AVX2 void avx2_score(const Forest *forest, const Column *columns,
                     int32_t ret_scores[FOREST_BATCH]) {
    __m256i sums[SUMS];
    for (int i = 0; i < SUMS; i++) sums[i] = _mm256_set1_epi32(forest->bias);
    if (forest->depth == AVX2_DEPTH) add_trees(forest, AVX2_DEPTH, columns, sums);
    else add_trees(forest, forest->depth, columns, sums);
    memcpy(ret_scores, sums, sizeof sums);
}

/* 16 rows of 8 values into columns: registers i and i + 4 are dealt into one another, three times,
 * each holding a row in its low half and in its high half the row 8 further on. */
AVX2 static inline void transpose(__m256i rows[COLUMNS]) {
    for (int round = 0; round < 3; round++) {
        __m256i dealt[COLUMNS];
        for (int i = 0; i < COLUMNS / 2; i++) {
            dealt[2 * i] = _mm256_unpacklo_epi16(rows[i], rows[i + COLUMNS / 2]);
            dealt[2 * i + 1] = _mm256_unpackhi_epi16(rows[i], rows[i + COLUMNS / 2]);
        }
        memcpy(rows, dealt, sizeof dealt);
    }
}

AVX2 void avx2_columns(const int16_t *const rows[FOREST_BATCH], size_t f, Column *columns) {
    for (size_t first = 0; first < FOREST_BATCH; first += 2 * COLUMNS) {
        __m256i square[COLUMNS];
        for (size_t i = 0; i < COLUMNS; i++)
            square[i] = _mm256_loadu2_m128i((const void *)(rows[first + COLUMNS + i] + f),
                                            (const void *)(rows[first + i] + f));
        transpose(square);
        for (size_t i = 0; i < COLUMNS; i++)
            _mm256_storeu_si256((void *)(columns[f + i].values + first), square[i]);
    }
}

#else

bool avx2_is_there(void) {
    return false;
}

void avx2_score(const Forest *forest, const Column *columns, int32_t ret_scores[FOREST_BATCH]) {
    (void)forest, (void)columns, (void)ret_scores;
}

void avx2_columns(const int16_t *const rows[FOREST_BATCH], size_t f, Column *columns) {
    (void)rows, (void)f, (void)columns;
}

#endif
