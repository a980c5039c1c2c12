/* SPDX-License-Identifier: MIT
 * arena.c - chunks that double in size up to a bound; a reset keeps the newest. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 64 << 10, LARGEST_CHUNK = 1 << 20, ALIGNMENT = 16 };

struct ArenaChunk {
    ArenaChunk *older;
    size_t size; /* bytes after the header */
};

enum { HEADER = (sizeof(ArenaChunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT };

static void *resize_malloc(void *user, void *block, size_t old_size, size_t new_size) {
    (void)user;
    (void)old_size;
    return realloc(block, new_size);
}

static void release_malloc(void *user, void *block, size_t size) {
    (void)user;
    (void)size;
    free(block);
}

const decant_allocator *allocator_default(void) {
    static const decant_allocator on_malloc = {NULL, resize_malloc, release_malloc};
    return &on_malloc;
}

void arena_init(Arena *arena, const decant_allocator *allocator) {
    *arena = (Arena){.allocator = allocator};
}

static bool add_chunk(Arena *arena, size_t needed) {
    size_t size = arena->newest ? arena->newest->size * 2 : FIRST_CHUNK;
    if (size > LARGEST_CHUNK) size = LARGEST_CHUNK;
    if (size < needed) size = needed;
    if (size > SIZE_MAX - HEADER) return false;
    ArenaChunk *chunk = arena->allocator->resize(arena->allocator->user, NULL, 0, HEADER + size);
    if (!chunk) return false;
    *chunk = (ArenaChunk){.older = arena->newest, .size = size};
    arena->newest = chunk;
    arena->used = 0;
    return true;
}

void *arena_take(Arena *arena, size_t count, size_t size) {
    if (size && count > (SIZE_MAX - ALIGNMENT - HEADER) / size) return NULL;
    size_t needed = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!arena->newest || arena->newest->size - arena->used < needed)
        if (!add_chunk(arena, needed)) return NULL;
    uint8_t *memory = (uint8_t *)arena->newest + HEADER + arena->used;
    arena->used += needed;
    return memory;
}

void *arena_array(Arena *arena, size_t count, size_t size) {
    void *memory = arena_take(arena, count, size);
    return memory ? memset(memory, 0, count * size) : NULL;
}

void *arena_alloc(Arena *arena, size_t size) {
    return arena_array(arena, size, 1);
}

void *arena_grow(Arena *arena, const void *old, size_t old_count, size_t new_count, size_t size) {
    void *memory = arena_take(arena, new_count, size);
    if (memory && old_count) memcpy(memory, old, old_count * size);
    return memory;
}

/* Gives back the chunks from `chunk` to `last` (exclusive). */
static void release_chunks(Arena *arena, ArenaChunk *chunk, const ArenaChunk *last) {
    while (chunk != last) {
        ArenaChunk *older = chunk->older;
        arena->allocator->release(arena->allocator->user, chunk, HEADER + chunk->size);
        chunk = older;
    }
}

void arena_rewind(Arena *arena, ArenaMark mark) {
    release_chunks(arena, arena->newest, mark.newest);
    arena->newest = mark.newest;
    arena->used = mark.used;
}

void arena_reset(Arena *arena) {
    if (!arena->newest) return;
    release_chunks(arena, arena->newest->older, NULL);
    arena->newest->older = NULL;
    arena->used = 0;
}

void arena_done(Arena *arena) {
    release_chunks(arena, arena->newest, NULL);
    *arena = (Arena){.allocator = arena->allocator};
}
