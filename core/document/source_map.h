/* SPDX-License-Identifier: MIT
 * source_map.h - leads from an offset in a decoded text back to the raw bytes that it was decoded
 * from. */
#ifndef DOCUMENT_SOURCE_MAP_H
#define DOCUMENT_SOURCE_MAP_H

#include "base/arena.h"
#include "base/bytes.h"

/* The most bytes of either side: offsets in runs are kept small. */
#define SOURCE_MAP_MAX UINT32_MAX

/* A stretch in which every code point takes text_step bytes of text and raw_step raw bytes. */
typedef struct SourceRun {
    uint32_t text, raw; /* where it starts */
    uint8_t text_step;
    uint8_t raw_step; /* 0: more than fit, in a run of one code point */
} SourceRun;

/* Runs in order that tile the text and the raw bytes. All zero, a map is the identity. */
typedef struct SourceMap {
    SourceRun *runs;
    size_t count, capacity;
    uint64_t text_size, raw_size; /* of all runs */
} SourceMap;

/* Adds `count` code points of those sizes at the end; none of the three is 0. DECANT_NO_MEMORY
 * where the arena refuses or a side grows over SOURCE_MAP_MAX. */
decant_status source_map_add(SourceMap *map, Arena *arena, uint8_t text_step, size_t raw_step,
                             size_t count);

/* Where the code point that `text_offset` lies in starts in the raw bytes; their end, for the
 * end of the text and what is beyond. */
uint64_t source_map_raw(const SourceMap *map, uint64_t text_offset);

#endif
