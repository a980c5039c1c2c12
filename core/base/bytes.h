/* SPDX-License-Identifier: MIT
 * bytes.h - borrowed bytes, ranges of the input, and small integer helpers. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Borrowed bytes: not owned, not NUL-terminated. */
typedef struct Str {
    const uint8_t *at;
    size_t len;
} Str;

/* A range of the document's bytes: start <= offset < end. */
typedef struct Span {
    uint64_t start, end;
} Span;

/* numerator / denominator in permille, rounded down; 0 for an empty whole. */
static inline int permille(uint64_t numerator, uint64_t denominator) {
    return denominator ? (int)(numerator * 1000 / denominator) : 0;
}

/* The value an evidence can hold: every evidence is an int16_t. */
static inline int16_t clamp16(int64_t value) {
    const int16_t low = (int16_t)value;
    return low == value ? low : value < 0 ? INT16_MIN : INT16_MAX;
}

/* A score is an int32_t. */
static inline int32_t clamp32(int64_t value) {
    return (int32_t)(value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : value);
}

/* The order of two uint64_t, for qsort. */
static inline int compare_u64(const void *one, const void *other) {
    const uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return a < b ? -1 : a > b;
}

static inline int min_int(int a, int b) {
    return a < b ? a : b;
}
static inline int max_int(int a, int b) {
    return a > b ? a : b;
}

/* The square root, rounded down; of 2^32 and more, 65535. */
static inline uint32_t root(uint64_t value) {
    if (!value) return 0;
    const int bits = min_int(64 - __builtin_clzll(value), 32);
    uint64_t low = 1u << (bits - 1) / 2, high = 1u << (bits + 1) / 2;
    while (low + 1 < high) {
        const uint64_t middle = (low + high) / 2;
        if (middle * middle <= value) low = middle;
        else high = middle;
    }
    return (uint32_t)low;
}

#endif
