/* SPDX-License-Identifier: MIT
 * input.h - a file or standard input, read in chunks. */
#ifndef CMD_INPUT_H
#define CMD_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { INPUT_CHUNK = 65536 };

typedef struct Input {
    int fd;
    const char *name; /* for messages */
    uint64_t offset;  /* bytes read so far */
} Input;

/* The path of standard input, for where no file is named; at a terminal that is told. */
const char *input_unnamed(void);

/* Opens `path`; "-" is standard input. Complains and returns false when it cannot. */
bool input_open(Input *input, const char *path);

/* Reads up to `size` bytes: how many, 0 at the end, -1 after complaining about a failure. */
ptrdiff_t input_read(Input *input, void *buffer, size_t size);

/* Whether reading would have to wait for bytes. */
bool input_waits(const Input *input);

void input_close(Input *input);

/* The whole of a small file, to be freed; NULL after complaining. `limit` is the most it may hold.
 */
char *input_slurp(const char *path, size_t limit, size_t *ret_size);

#endif
