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
    char stop;       /* what ends a line */
    size_t longest;  /* about how long a line may be */
} Lines;

/* Opens a file whose lines end with `stop`. False after complaining. */
bool lines_open(Lines *lines, const char *path, char stop, size_t longest);

/* The next line, with a NUL in place of its end, valid until the next call: 1; 0 at the end; -1
 * after complaining about a failure. */
int lines_next(Lines *lines, char **ret, size_t *ret_size);

void lines_close(Lines *lines);

#endif
