/* SPDX-License-Identifier: MIT
 * sketch.c - the cells of a key's rows are found from the two halves of its hash. */
#include "profile/sketch.h"

#include <string.h>

/* Where a key's cell begins in a row, in bytes. */
static uint64_t cell_of(Sketch sketch, uint64_t key, uint64_t row) {
    const uint32_t hash = (uint32_t)(key + row * (key >> 32 | 1));
    const uint64_t cell = row * sketch.width + ((uint64_t)hash * sketch.width >> 32);
    return cell * (uint64_t)sketch.counters * 4;
}

static void count(uint8_t *at, uint32_t more) {
    const uint32_t value = load32(at);
    store32(at, value > UINT32_MAX - more ? UINT32_MAX : value + more);
}

void sketch_add(Sketch sketch, uint8_t *cells, uint64_t key, int counter) {
    for (uint64_t row = 0; row < SKETCH_DEPTH; row++)
        count(cells + cell_of(sketch, key, row) + 4 * counter, 1);
}

void sketch_merge(Sketch sketch, uint8_t *cells, const uint8_t *others) {
    for (uint64_t i = 0; i < sketch_bytes(sketch); i += 4) count(cells + i, load32(others + i));
}

void sketch_read(Sketch sketch, const uint8_t *cells, uint64_t key, uint32_t *ret_counters) {
    uint64_t least = UINT64_MAX;
    for (uint64_t row = 0; row < SKETCH_DEPTH; row++) {
        const uint8_t *cell = cells + cell_of(sketch, key, row);
        uint32_t counters[PLACES] = {0};
        uint64_t sum = 0;
        for (int i = 0; i < sketch.counters; i++) sum += counters[i] = load32(cell + 4 * i);
        if (sum >= least) continue;
        least = sum;
        memcpy(ret_counters, counters, (size_t)sketch.counters * sizeof *counters);
    }
}
