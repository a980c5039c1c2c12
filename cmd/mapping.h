/* SPDX-License-Identifier: MIT
 * mapping.h - a file's bytes, read where they stand. */
#ifndef CMD_MAPPING_H
#define CMD_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed, it is closed. */
typedef struct Mapping {
    void *bytes;
    size_t size;
} Mapping;

/* False after complaining: it cannot be opened, or is empty or no regular file. */
bool mapping_open(Mapping *mapping, const char *path);

/* Fine on a closed one. */
void mapping_close(Mapping *mapping);

#endif
