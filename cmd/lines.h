/* SPDX-License-Identifier: MIT
 * lines.h - a file read line by line, however long the lines are. */
#ifndef CMD_LINES_H
#define CMD_LINES_H

#include "input.h"

/* Zeroed, it is closed. Invariant: start <= end <= capacity. */
typedef struct Lines {
    Input input;
    bool open, ended;
    char *buffer;
    size_t start, end, capacity;
    uint64_t number; /* of the line last read, from 1 */
} Lines;

bool lines_open(Lines *lines, const char *path);

/* The next line without its line break, valid until the next call: 1; 0 at the end; -1 after
 * complaining about a failure. */
int lines_next(Lines *lines, char **ret, size_t *ret_size);

void lines_close(Lines *lines);

#endif
