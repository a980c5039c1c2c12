/* SPDX-License-Identifier: MIT
 * runner.h - runs documents through a pipeline, checks that events tile a text and keep their order
 * in a page, and writes them down. */
#ifndef PROPERTIES_RUNNER_H
#define PROPERTIES_RUNNER_H

#include "decant.h"
#include <stdbool.h>

/* One event, with everything in it that must not depend on chance. Unused bytes are zero. */
typedef struct Event {
    uint64_t start, end, line, column, blocks;
    uint64_t hash; /* of what it reads and of its reasons */
    int what;      /* 'k'ept, 'd'ropped, 'n'ote, 'f'act, 's'ummary */
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
    uint64_t size, at, kept, dropped;
    uint64_t place, line, column; /* how far lines were counted */
    bool is_page;                 /* what the document was read as */
    uint8_t *clean;               /* kept texts; filled where keep_clean is set */
    size_t clean_size, clean_capacity;
    bool keep_clean;
    /* What is wrong with the events of a text, and with those of a page; or NULL. Which of the two
     * the document is, is told at its end. */
    const char *text_problem, *page_problem;
} Runner;

/* `options` may be NULL. Ends the program when the pipeline cannot be opened. */
void runner_open(Runner *runner, const decant_options *options);
void runner_close(Runner *runner);

/* Runs one document. NULL, or what is wrong with it: a status or events that are not right. */
const char *runner_run(Runner *runner, const uint8_t *text, size_t size, Chunks chunks);

/* Whether both runners' last documents brought the same events. */
bool runner_equal(const Runner *a, const Runner *b);

#endif
