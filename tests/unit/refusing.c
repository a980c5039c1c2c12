/* SPDX-License-Identifier: MIT
 * refusing.c - see refusing.h. */
#include "refusing.h"

static void *refuse(void *user, void *block, size_t old_size, size_t new_size) {
    (void)user;
    (void)block;
    (void)old_size;
    (void)new_size;
    return NULL;
}

static void release_nothing(void *user, void *block, size_t size) {
    (void)user;
    (void)block;
    (void)size;
}

const decant_allocator refusing = {.resize = refuse, .release = release_nothing};
