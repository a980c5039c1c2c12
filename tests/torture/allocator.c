/* SPDX-License-Identifier: MIT
 * allocator.c - keeps a block's size in front of it, so that the size it comes back with is
 * checked. Every resize moves, so that whoever holds on to the old place is found out. */
#include "allocator.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER = 16, FRESH = 0xA5, STALE = 0xDE };

static uint8_t *header_of(void *block) {
    return (uint8_t *)block - HEADER;
}

static void check_size(Books *books, void *block, size_t size) {
    size_t given;
    memcpy(&given, header_of(block), sizeof given);
    if (given != size) books->wrong_sizes++;
}

static void torture_release(void *user, void *block, size_t size) {
    Books *books = user;
    check_size(books, block, size);
    books->outstanding -= size;
    memset(block, STALE, size);
    free(header_of(block));
}

static void *torture_resize(void *user, void *block, size_t old_size, size_t new_size) {
    Books *books = user;
    books->calls++;
    if (books->until_refusal == 0) return NULL;
    if (books->until_refusal != SIZE_MAX) books->until_refusal--;
    uint8_t *memory = malloc(HEADER + new_size);
    if (!memory) return NULL;
    memcpy(memory, &new_size, sizeof new_size);
    memset(memory + HEADER, FRESH, new_size);
    books->outstanding += new_size;
    if (books->outstanding > books->most) books->most = books->outstanding;
    if (block) {
        memcpy(memory + HEADER, block, old_size < new_size ? old_size : new_size);
        torture_release(user, block, old_size);
    }
    return memory + HEADER;
}

decant_allocator torture_allocator(Books *books) {
    return (decant_allocator){books, torture_resize, torture_release};
}
