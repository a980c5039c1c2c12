/* SPDX-License-Identifier: MIT
 * fixtures.h - every fixture's input, read into memory. */
#ifndef PROPERTIES_FIXTURES_H
#define PROPERTIES_FIXTURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Fixture {
    char *path;
    uint8_t *text; /* exactly `size` bytes on the heap, so that reading past the end is noticed */
    size_t size;
    bool is_page;
} Fixture;

typedef struct Fixtures {
    Fixture *at;
    size_t count;
} Fixtures;

/* Reads GROUP/CASE/input.txt and .html below `root`, sorted by path. Ends the program when there
 * are none. */
Fixtures fixtures_read(const char *root);
void fixtures_free(Fixtures *fixtures);

/* Pseudo-random numbers that are the same everywhere. */
uint32_t next_random(uint32_t *state);

#endif
