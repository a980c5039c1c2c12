/* SPDX-License-Identifier: MIT
 * net_avx2.c - 16 products at once, summed up by pairs. Intrinsics, as in forest_avx2.c. */
#include "models/net_avx2.h"

#if defined __x86_64__ && defined __GNUC__
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))

/* Sums in a register; registers that are held; pairs of values that a round takes. */
enum { LANES = 8, WIDE = 6, NARROW = 2, PAIRS = 2 };

/* A pair of values in every lane. */
AVX2 static inline __m256i pair_at(const int16_t *values) {
    int32_t pair;
    memcpy(&pair, values, sizeof pair);
    return _mm256_set1_epi32(pair);
}

/* The sums of `held` registers. How many those are is told so that it may be a constant; so many
 * pairs further on stand the next weights. */
AVX2 static inline void add_some(const int16_t *weights, const int16_t *values, size_t width,
                                 size_t count, int held, int32_t *sums) {
    __m256i sum[WIDE];
    for (int i = 0; i < held; i++) sum[i] = _mm256_loadu_si256((const void *)(sums + i * LANES));
    for (size_t k = 0; k < width; k += 2 * PAIRS)
        for (int of = 0; of < PAIRS; of++, weights += 2 * count) {
            const __m256i pair = pair_at(values + k + 2 * of);
            for (int i = 0; i < held; i++) {
                const __m256i some = _mm256_loadu_si256((const void *)(weights + 2 * i * LANES));
                sum[i] = _mm256_add_epi32(sum[i], _mm256_madd_epi16(some, pair));
            }
        }
    for (int i = 0; i < held; i++) _mm256_storeu_si256((void *)(sums + i * LANES), sum[i]);
}

AVX2 void avx2_add_products(const int16_t *weights, const int16_t *values, size_t width,
                            size_t count, int32_t *sums) {
    size_t first = 0;
    for (; first + WIDE * LANES <= count; first += WIDE * LANES)
        add_some(weights + 2 * first, values, width, count, WIDE, sums + first);
    for (; first < count; first += NARROW * LANES)
        add_some(weights + 2 * first, values, width, count, NARROW, sums + first);
}

#else

void avx2_add_products(const int16_t *weights, const int16_t *values, size_t width, size_t count,
                       int32_t *sums) {
    (void)weights, (void)values, (void)width, (void)count, (void)sums;
}

#endif
