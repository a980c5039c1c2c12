/* SPDX-License-Identifier: MIT
 * manifest.h - the list of input files that a run has finished, a line each:
 *
 *     STATE SIZE SECONDS.NANOSECONDS BYTES NAME
 *
 * STATE is "done" or "failed"; SIZE and the time of the last change are the input's, BYTES the size
 * of what was made of it. In NAME a line break is written \n and a backslash \\. */
#ifndef CMD_MANIFEST_H
#define CMD_MANIFEST_H

#include "lines.h"
#include "output.h"
#include <time.h>

typedef struct Finished {
    bool done; /* else it failed, and nothing was made of it */
    uint64_t size;
    struct timespec modified;
    uint64_t bytes;
    const char *name;
} Finished;

/* Size and time of the file `path`; zeros where it is missing. */
void finished_look(Finished *finished, const char *path);

/* Whether both are of the same name, size and time. */
bool finished_same(const Finished *one, const Finished *other);

/* Appends a line: 0, or -1 after a failure. */
int manifest_write(Output *manifest, const Finished *finished);

/* Takes the next line: 1; 0 at the end; -1 after complaining about a failure. The name is valid
 * until the next call. */
int manifest_next(Lines *manifest, Finished *ret);

#endif
