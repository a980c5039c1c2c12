/* SPDX-License-Identifier: MIT
 * record.h - a document as a line of JSON: what it says of itself, and its clean text. */
#ifndef CMD_RECORD_H
#define CMD_RECORD_H

#include "decant.h"
#include <stdbool.h>

typedef struct Record Record;

/* Begins the record of a document; NULL after complaining. Of a capture what the archive tells
 * stands first, and a page's own word for it does not count. */
Record *record_open(const char *name);
Record *record_open_capture(const decant_capture *capture);

/* Adds a fact, and text that stays. False after complaining. */
bool record_fact(Record *record, const decant_fact *fact);
bool record_text(Record *record, const decant_kept *kept);

/* Writes the record: 0, or -1 after a failure. */
int record_write(Record *record, decant_write write, void *user);

/* NULL is fine. */
void record_close(Record *record);

#endif
