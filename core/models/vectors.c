/* SPDX-License-Identifier: MIT
 * vectors.c - looks words up. */
#include "models/vectors.h"

#include <string.h>

/* Four dimensions, added at once. */
typedef int16_t Part __attribute__((vector_size(VECTOR_PART * sizeof(int16_t))));

/* Where the search for a word begins. */
static uint32_t slot_of(uint32_t hash) {
    return (hash * 0x9E3779B1u) >> (32 - VECTOR_SLOT_BITS);
}

void vector_await(uint32_t hash) {
    __builtin_prefetch(&vector_table[slot_of(hash)]);
}

static const VectorEntry *find(uint32_t hash) {
    uint32_t slot = slot_of(hash);
    while (vector_table[slot].hash && vector_table[slot].hash != hash)
        slot = (slot + 1) & ((1u << VECTOR_SLOT_BITS) - 1);
    return &vector_table[slot];
}

/* Codes for a word that has none: its hash, mixed as SplitMix64 does (Steele, Lea and Flood 2014).
 */
static void draw(uint32_t hash, uint8_t codes[VECTOR_PARTS]) {
    uint64_t mix = hash * 0x9E3779B97F4A7C15u;
    mix = (mix ^ mix >> 30) * 0xBF58476D1CE4E5B9u;
    mix = (mix ^ mix >> 27) * 0x94D049BB133111EBu;
    for (int part = 0; part < VECTOR_PARTS; part++) codes[part] = (uint8_t)(mix >> 8 * part);
}

void vector_add(Vector *sum, uint32_t hash) {
    const VectorEntry *entry = find(hash);
    uint8_t codes[VECTOR_PARTS];
    if (entry->hash) memcpy(codes, entry->codes, sizeof codes);
    else draw(hash, codes);
    for (int part = 0; part < VECTOR_PARTS; part++) {
        int16_t *at = &sum->at[part * VECTOR_PART];
        Part mean, all;
        memcpy(&mean, vector_means[part][codes[part]], sizeof mean);
        memcpy(&all, at, sizeof all);
        all += mean;
        memcpy(at, &all, sizeof all);
    }
}
