/* SPDX-License-Identifier: MIT
 * layout.h - a profile as bytes, and how much of its size each part may take. README.md tells what
 * stands in each part. All numbers are little-endian; every part begins at a multiple of 8. */
#ifndef PROFILE_LAYOUT_H
#define PROFILE_LAYOUT_H

#include "base/bytes.h"

enum {
    LAYOUT_MAGIC_SIZE = 8,
    LAYOUT_HEADER_SIZE = 256,
    SKETCH_DEPTH = 4,   /* rows of a sketch: an estimate is too high with 1 in e^4 */
    SITE_CELL = 4,      /* bytes: documents */
    LINE_CELL = 12,     /* bytes: documents that hold it at the head, in the middle, at the tail */
    PLACES = 3,         /* head, middle, tail */
    LEVELS = 4,         /* of thinning: at the last, 1 in 2^3 */
    PREVIEW_BYTES = 80, /* of a sampled line */
    POSTING_SIZE = 8,   /* of a hash and the document that has it */
    POSTING_BITS = 29   /* of a document's number; above it stands what the hash is of */
};

#define LAYOUT_MAGIC "decantP1"

/* Where the header's numbers stand. */
enum {
    AT_CHECKSUM = 8, /* of all bytes behind it */
    AT_FILE_SIZE = 16,
    AT_SIZE = 24, /* the most bytes: what it was opened with */
    AT_DOCUMENTS = 32,
    AT_LINES = 40,
    AT_COUNTS = 48, /* LEVELS of them: entries of all documents at each level of thinning */
    AT_LEVEL = 80,
    AT_PARTS = 88,     /* PARTS pairs: where it begins, how many things it has */
    AT_FORGOTTEN = 200 /* documents whose ids have keys from here on are forgotten */
};

/* Where a record's numbers stand. */
enum {
    RECORD_ID = 0,
    RECORD_CONTENT = 8,
    RECORD_WORDS = 16,
    RECORD_HEAD = 20, /* how many hashes of its head, of head and opening are known */
    RECORD_OPENING = 24,
    RECORD_NAME = 28, /* where its name begins */
    RECORD_NAME_SIZE = 32,
    RECORD_NOISE = 36, /* how many lines that went */
    RECORD_SIZE = 40
};

typedef enum LayoutPart {
    PART_SITES,   /* sketch: SKETCH_DEPTH rows of cells */
    PART_LINES,   /* sketch */
    PART_SAMPLES, /* bytes: sampled documents with their lines */
    PART_RECORDS, /* documents whose texts are known, by their hash */
    PART_NAMES,   /* bytes: their ids */
    PART_BUCKETS, /* of postings: where those of each first bits begin */
    PART_POSTINGS,
    PARTS
} LayoutPart;

/* How many cells a row has, and how many bytes other parts may take, for a profile of `size` bytes:
 * half goes to the lines, 1/32 to the sites, 1/16 to samples, 1/32 to buckets, the rest to texts.
 */
static inline uint64_t layout_line_width(uint64_t size) {
    return size / 2 / (SKETCH_DEPTH * LINE_CELL);
}
static inline uint64_t layout_site_width(uint64_t size) {
    return size / 32 / (SKETCH_DEPTH * SITE_CELL);
}
static inline uint64_t layout_sample_bytes(uint64_t size) {
    return size / 16;
}
static inline uint64_t layout_text_bytes(uint64_t size) {
    return size / 32 * 12 - 2 * LAYOUT_HEADER_SIZE;
}

/* By how many first bits of a hash postings are found: so that a bucket has a few. */
static inline int layout_bucket_bits(uint64_t size) {
    enum { MOST = 28 };
    int bits = 0;
    while (bits < MOST && (uint64_t)8 << bits <= size / 32) bits++;
    return bits;
}
static inline uint64_t layout_buckets(uint64_t size) {
    return ((uint64_t)1 << layout_bucket_bits(size)) + 1;
}

static inline uint32_t load32(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
static inline uint64_t load64(const uint8_t *at) {
    return load32(at) | (uint64_t)load32(at + 4) << 32;
}
static inline void store32(uint8_t *at, uint32_t value) {
    for (int i = 0; i < 4; i++) at[i] = (uint8_t)(value >> (8 * i));
}
static inline void store64(uint8_t *at, uint64_t value) {
    store32(at, (uint32_t)value);
    store32(at + 4, (uint32_t)(value >> 32));
}

#endif
