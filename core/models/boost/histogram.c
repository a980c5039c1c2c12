/* SPDX-License-Identifier: MIT
 * histogram.c - sums of gradients and curvatures by leaf and bin: where training spends its time.
 * __init__.py compiles it and calls it. */
#include <stddef.h>
#include <stdint.h>

typedef struct Pair {
    float gradient, curvature;
} Pair;

/* Adds the pairs of the rows listed to sums[leaf][bin]: rows[i] is in bin bins[i]. */
void add_histogram(const uint32_t *rows, const uint8_t *bins, size_t count, const uint8_t *leaves,
                   size_t bin_count, const Pair *pairs, Pair *sums) {
    for (size_t i = 0; i < count; i++) {
        const Pair *pair = &pairs[rows[i]];
        Pair *sum = &sums[leaves[rows[i]] * bin_count + bins[i]];
        sum->gradient += pair->gradient;
        sum->curvature += pair->curvature;
    }
}
