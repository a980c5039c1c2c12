/* SPDX-License-Identifier: MIT
 * input.h - a file or standard input, read in chunks, unpacked as its first bytes tell. */
#ifndef CMD_INPUT_H
#define CMD_INPUT_H

#include "buffer.h"
#include "decant.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { INPUT_CHUNK = 65536 };

/* Stays where it is once it is open. */
typedef struct Input {
    int fd;
    const char *name; /* for messages */
    uint64_t offset;  /* bytes read so far, unpacked */
    uint64_t taken;   /* bytes of the file that this took */
    bool is_broken;   /* reading failed since the packing is broken: what was readable was read */
    bool failed, ended;
    decant_unpacker *unpacker;
    Buffer ready; /* unpacked bytes, of which those from `at` on are still to be read */
    size_t at;
    char *packed; /* a chunk as it was read, of which those from `fed` on are still packed */
    size_t fed, got;
} Input;

/* The path of standard input, for where no file is named; at a terminal that is told. */
const char *input_unnamed(void);

/* Opens `path`; "-" is standard input. Complains and returns false when it cannot. */
bool input_open(Input *input, const char *path);

/* Reads up to `size` bytes: how many, 0 at the end, -1 after complaining about a failure, which
 * comes again. */
ptrdiff_t input_read(Input *input, void *buffer, size_t size);

/* How many bytes the file has; 0 where that is not known. */
uint64_t input_size(const Input *input);

/* Whether reading would have to wait for bytes. */
bool input_waits(const Input *input);

/* Fine on a closed one, and on one that could not be opened. */
void input_close(Input *input);

/* The whole of a small file, to be freed; NULL after complaining. `limit` is the most it may hold.
 */
char *input_slurp(const char *path, size_t limit, size_t *ret_size);

#endif
