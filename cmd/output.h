/* SPDX-License-Identifier: MIT
 * output.h - a buffered file to write to: standard output, standard error, or a file that is
 * written aside and takes its name only when all went well. A file is packed where its name ends
 * so. */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include "pack.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed, it is a closed output. */
typedef struct Output {
    bool open;
    int fd;
    const char *name; /* for messages */
    char *path;       /* the file to become; NULL where fd is written to directly */
    char *aside;      /* the file that is written until then */
    bool lasts;       /* which stays where the run breaks off */
    bool finished;    /* it had its name already, from an earlier run */
    Packer *packer;   /* NULL where nothing is packed */
    char *buffer;
    size_t used;
    uint64_t taken;   /* bytes given to it */
    uint64_t written; /* bytes of its file */
    int error;        /* errno of the first failure; nothing is written after it */
} Output;

/* Writes to an open descriptor, which is not closed. */
bool output_attach(Output *output, int fd, const char *name);

/* Writes to the file `path`, or to standard output where that is NULL or "-". Complains and returns
 * false when it cannot. */
bool output_open(Output *output, const char *path);

/* Writes to the file `path` as it will be called at the end. Until then it is PATH.part, which
 * stays where the run breaks off, for a later one that goes on after its first `offset` bytes.
 * Complains and returns false when it cannot. */
bool output_go_on(Output *output, const char *path, uint64_t offset);

/* Makes all that was written so far whole: a later run may go on after output->written bytes. 0, or
 * -1 after a failure. */
int output_mark(Output *output);

/* Appends; 0, or -1 after a failure. Fit to be a decant_write. */
int output_write(void *output, const void *data, size_t size);
int output_text(Output *output, const char *text);
__attribute__((format(printf, 2, 3))) int output_format(Output *output, const char *format, ...);
int output_flush(Output *output);

/* Whether both write to the same file. */
bool output_same(const Output *one, const Output *other);

/* Writes what is left, puts a file written aside in its place if `good` and nothing failed, else
 * removes it. Complains about a failure; true if there was none. Fine on a closed output. */
bool output_close(Output *output, bool good);

#endif
