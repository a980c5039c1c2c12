/* SPDX-License-Identifier: MIT
 * arena.h - memory that lives as long as one document: taken piece by piece, given back at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "decant.h"
#include <stddef.h>

typedef struct ArenaChunk ArenaChunk;

/* Invariant: chunks form a list, the newest first; `used` counts bytes of the newest. */
typedef struct Arena {
    const decant_allocator *allocator;
    ArenaChunk *newest;
    size_t used;
} Arena;

/* The allocator on malloc; never NULL. */
const decant_allocator *allocator_default(void);

/* An empty arena. `allocator` must outlive it. */
void arena_init(Arena *arena, const decant_allocator *allocator);

/* `size` zeroed bytes aligned to 16, or NULL when the allocator refuses. A size of 0 is fine. */
void *arena_alloc(Arena *arena, size_t size);

/* `count` zeroed items of `size` bytes; NULL on overflow too. */
void *arena_array(Arena *arena, size_t count, size_t size);

/* The same, but not zeroed: for arrays of which every item is written before it is read. */
void *arena_take(Arena *arena, size_t count, size_t size);

/* A grown copy of an array; the old one stays valid. Items from `old_count` on are not zeroed. NULL
 * when refused. */
void *arena_grow(Arena *arena, const void *old, size_t old_count, size_t new_count, size_t size);

/* A place to go back to. */
typedef struct ArenaMark {
    ArenaChunk *newest;
    size_t used;
} ArenaMark;

static inline ArenaMark arena_mark(const Arena *arena) {
    return (ArenaMark){arena->newest, arena->used};
}

/* Gives back all that was taken since the mark: scratch memory of a step. */
void arena_rewind(Arena *arena, ArenaMark mark);

/* Forgets everything but keeps the newest chunk for reuse. */
void arena_reset(Arena *arena);

/* Gives all memory back. */
void arena_done(Arena *arena);

#endif
