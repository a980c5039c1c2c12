/* SPDX-License-Identifier: MIT
 * totals.h - what became of all documents of a run: sums of all, of each kind of noise, and of each
 * site, up to a number of sites. */
#ifndef CMD_TOTALS_H
#define CMD_TOTALS_H

#include "decant.h"
#include "output.h"
#include <jansson.h>

typedef struct Totals Totals;

typedef struct Sums {
    uint64_t documents; /* that were judged */
    uint64_t passed;    /* records without a document */
    uint64_t rejected;  /* documents that could not be */
    uint64_t bytes, kept, dropped;
} Sums;

/* NULL after complaining. */
Totals *totals_open(void);

/* Counts a document that was judged, a record that has none, one that was rejected. `url`, if it
 * has any bytes, tells the site. False after complaining. */
bool totals_add(Totals *totals, const decant_summary *summary, const char *url, size_t size);
bool totals_pass(Totals *totals, const char *url, size_t size);
bool totals_reject(Totals *totals, const char *url, size_t size);

const Sums *totals_all(const Totals *totals);

/* All of it, the same for the same documents in the same order; sites that came first when there
 * were too many have their own sums, the others one together. NULL after complaining. */
json_t *totals_save(const Totals *totals);

/* Takes up what was saved. False, without a word, where it is something else. */
bool totals_load(Totals *totals, const json_t *saved);

/* Writes it as a file of JSON: 0, or -1 after a failure. */
int totals_write(const Totals *totals, Output *output);

/* NULL is fine. */
void totals_close(Totals *totals);

#endif
