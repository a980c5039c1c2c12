/* SPDX-License-Identifier: MIT
 * lines.c - reads lines into one buffer that grows with the longest of them. */
#include "lines.h"

#include "message.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool lines_open(Lines *lines, const char *path, char stop, size_t longest) {
    *lines = (Lines){.stop = stop, .longest = longest};
    lines->open = input_open(&lines->input, path);
    return lines->open;
}

/* Reads more behind the line that has begun. False after complaining. */
static bool read_more(Lines *lines) {
    if (lines->start)
        memmove(lines->buffer, lines->buffer + lines->start, lines->end - lines->start);
    lines->end -= lines->start;
    lines->start = 0;
    if (lines->capacity - lines->end < INPUT_CHUNK) {
        size_t capacity = 2 * lines->capacity + INPUT_CHUNK;
        char *grown = lines->end < lines->longest ? realloc(lines->buffer, capacity) : NULL;
        if (!grown) {
            complain("%s:%llu: %s", lines->input.name, (unsigned long long)lines->number,
                     lines->end < lines->longest ? strerror(ENOMEM) : "line too long");
            return false;
        }
        lines->buffer = grown;
        lines->capacity = capacity;
    }
    ptrdiff_t got =
        input_read(&lines->input, lines->buffer + lines->end, lines->capacity - lines->end);
    if (got > 0) lines->end += (size_t)got;
    if (got == 0) lines->ended = true;
    return got >= 0;
}

int lines_next(Lines *lines, char **ret, size_t *ret_size) {
    size_t searched = 0;
    char *stop = NULL;
    lines->number++;
    for (;;) {
        size_t size = lines->end - lines->start;
        if (size > searched)
            stop = memchr(lines->buffer + lines->start + searched, lines->stop, size - searched);
        if (stop || lines->ended) break;
        searched = size;
        if (!read_more(lines)) return -1;
    }
    if (!stop && lines->start == lines->end) return 0;
    *ret = lines->buffer + lines->start;
    *ret_size = stop ? (size_t)(stop - *ret) : lines->end - lines->start;
    (*ret)[*ret_size] = '\0'; /* there is room: an end is found by reading into some */
    lines->start += *ret_size + (stop != NULL);
    return 1;
}

void lines_close(Lines *lines) {
    if (lines->open) input_close(&lines->input);
    free(lines->buffer);
    *lines = (Lines){0};
}
