/* SPDX-License-Identifier: MIT
 * buffer.c - bytes that grow by doubling. */
#include "buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST = 4096, GIANT = 1 << 20 };

bool buffer_add(Buffer *buffer, const void *data, size_t size) {
    if (size > buffer->capacity - buffer->size) {
        size_t capacity = buffer->capacity ? buffer->capacity : LEAST;
        while (capacity - buffer->size < size && capacity <= SIZE_MAX / 2) capacity *= 2;
        char *grown = realloc(buffer->bytes, capacity);
        if (!grown) return false;
        buffer->bytes = grown;
        buffer->capacity = capacity;
    }
    if (size) memcpy(buffer->bytes + buffer->size, data, size);
    buffer->size += size;
    return true;
}

int buffer_write(void *buffer, const void *data, size_t size) {
    return buffer_add(buffer, data, size) ? 0 : -1;
}

void buffer_clear(Buffer *buffer) {
    if (buffer->capacity > GIANT) buffer_done(buffer);
    buffer->size = 0;
}

void buffer_done(Buffer *buffer) {
    free(buffer->bytes);
    *buffer = (Buffer){0};
}
