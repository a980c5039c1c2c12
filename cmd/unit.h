/* SPDX-License-Identifier: MIT
 * unit.h - what a worker does at a time: a file that is one document, or a batch of a stream's
 * records. */
#ifndef CMD_UNIT_H
#define CMD_UNIT_H

#include "buffer.h"
#include "stream.h"

typedef struct Unit {
    char *path;             /* of the file, as logs and messages call it */
    Stream *stream;         /* the document; NULL for records */
    decant_framing framing; /* of the records */
    decant_record *records; /* their data points into `bytes`, a line's break behind it */
    size_t count, capacity;
    Buffer bytes;
} Unit;

/* NULL after complaining. `stream` is taken. */
Unit *unit_open(const char *path, Stream *stream, decant_framing framing);

/* Adds a copy of a record. False after complaining. */
bool unit_add(Unit *unit, const decant_record *record);

/* To be called when all records are added: they can be read now. */
void unit_settle(Unit *unit);

/* NULL is fine. */
void unit_close(void *unit);

#endif
