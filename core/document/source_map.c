/* SPDX-License-Identifier: MIT
 * source_map.c - runs that grow at their end and are searched by halves. */
#include "document/source_map.h"

enum { FIRST_CAPACITY = 64 };

static bool reserve_run(SourceMap *map, Arena *arena) {
    if (map->count < map->capacity) return true;
    size_t capacity = map->capacity ? map->capacity * 2 : FIRST_CAPACITY;
    SourceRun *runs = arena_grow(arena, map->runs, map->count, capacity, sizeof *runs);
    if (!runs) return false;
    map->runs = runs;
    map->capacity = capacity;
    return true;
}

decant_status source_map_add(SourceMap *map, Arena *arena, uint8_t text_step, size_t raw_step,
                             size_t count) {
    if (count > (SOURCE_MAP_MAX - map->text_size) / text_step) return DECANT_NO_MEMORY;
    if (count > (SOURCE_MAP_MAX - map->raw_size) / raw_step) return DECANT_NO_MEMORY;
    uint8_t step = raw_step <= UINT8_MAX ? (uint8_t)raw_step : 0;
    const SourceRun *last = map->count ? &map->runs[map->count - 1] : NULL;
    if (!last || !step || last->text_step != text_step || last->raw_step != step) {
        if (!reserve_run(map, arena)) return DECANT_NO_MEMORY;
        map->runs[map->count++] = (SourceRun){.text = (uint32_t)map->text_size,
                                              .raw = (uint32_t)map->raw_size,
                                              .text_step = text_step,
                                              .raw_step = step};
    }
    map->text_size += (uint64_t)text_step * count;
    map->raw_size += (uint64_t)raw_step * count;
    return DECANT_OK;
}

uint64_t source_map_raw(const SourceMap *map, uint64_t text_offset) {
    if (!map->raw_size) return text_offset;
    if (text_offset >= map->text_size) return map->raw_size;
    size_t low = 0, high = map->count; /* the run looked for is in low <= run < high */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (map->runs[middle].text <= text_offset) low = middle;
        else high = middle;
    }
    const SourceRun *run = &map->runs[low];
    return run->raw + (text_offset - run->text) / run->text_step * run->raw_step;
}
