/* SPDX-License-Identifier: MIT
 * lanes.h - eight bytes looked at together, each in a lane of a 64-bit number. What is found out
 * about a lane stands in its top bit. */
#ifndef BASE_LANES_H
#define BASE_LANES_H

#include <stdint.h>

enum { LANES = 8 };

/* The byte in every lane. */
#define LANES_OF(byte) (0x0101010101010101u * (uint64_t)(byte))

/* The eight bytes at `at`, the first in the lowest lane. */
static inline uint64_t lanes_read(const uint8_t *at) {
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

/* The number of the lowest lane whose top bit is set; one is. */
static inline unsigned lanes_first(uint64_t lanes) {
    uint64_t lowest = lanes & (~lanes + 1);
    return (unsigned)((((lowest >> 7) - 1) & LANES_OF(1)) * LANES_OF(1) >> 56);
}

#endif
