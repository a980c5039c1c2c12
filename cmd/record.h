/* SPDX-License-Identifier: MIT
 * record.h - a document as a line of JSON: what it says of itself, and its clean text. */
#ifndef CMD_RECORD_H
#define CMD_RECORD_H

#include "decant.h"
#include "output.h"

typedef struct Record Record;

/* Begins the record of a document; NULL after complaining. */
Record *record_open(const char *name);

/* Adds a fact, and text that stays. False after complaining. */
bool record_fact(Record *record, const decant_fact *fact);
bool record_text(Record *record, const decant_kept *kept);

/* Writes the record. 0, or -1 after a failure; what the output refuses is told when it is closed.
 */
int record_write(Record *record, Output *output);

void record_close(Record *record);

#endif
