/* SPDX-License-Identifier: MIT
 * buffer.h - bytes that grow. */
#ifndef CMD_BUFFER_H
#define CMD_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed, it is empty. */
typedef struct Buffer {
    char *bytes;
    size_t size, capacity;
} Buffer;

/* Appends. False, with the buffer as it was, where memory is refused. */
bool buffer_add(Buffer *buffer, const void *data, size_t size);

/* The same as a decant_write: 0, or -1. */
int buffer_write(void *buffer, const void *data, size_t size);

/* Empties it; memory that only a giant needed is given back. */
void buffer_clear(Buffer *buffer);
void buffer_done(Buffer *buffer);

#endif
