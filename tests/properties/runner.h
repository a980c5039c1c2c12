/* SPDX-License-Identifier: MIT
 * runner.h - runs documents through a pipeline, checks that the events tile the input, keeps them.
 */
#ifndef PROPERTIES_RUNNER_H
#define PROPERTIES_RUNNER_H

#include "decant.h"
#include <stdbool.h>

/* One event, with everything in it that must not depend on chance. Unused bytes are zero. */
typedef struct Event {
    uint64_t start, end, line, column, blocks;
    int64_t weights;
    int what; /* 'k'ept, 'd'ropped, 'n'ote, 's'ummary */
    int kind, confidence;
} Event;

/* How a document is cut into chunks. */
typedef struct Chunks {
    size_t least, most; /* bytes; 0 for both: all at once */
    uint32_t seed;
} Chunks;

/* A pipeline and what its last document brought. */
typedef struct Runner {
    decant *pipeline;
    Event *events;
    size_t count, capacity;
    const uint8_t *input;
    uint64_t size, at, dropped;
    uint8_t *clean; /* kept bytes; filled where keep_clean is set */
    size_t clean_size, clean_capacity;
    bool keep_clean;
    const char *problem; /* why the events do not tile the input, or NULL */
} Runner;

/* `options` may be NULL. Ends the program when the pipeline cannot be opened. */
void runner_open(Runner *runner, const decant_options *options);
void runner_close(Runner *runner);

/* Runs one document. NULL, or what is wrong with it: a status or events that do not tile. */
const char *runner_run(Runner *runner, const uint8_t *text, size_t size, Chunks chunks);

/* Whether both runners' last documents brought the same events. */
bool runner_equal(const Runner *a, const Runner *b);

#endif
