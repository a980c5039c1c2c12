/* SPDX-License-Identifier: MIT
 * unit.c - gathers records one behind the other. */
#include "unit.h"

#include "message.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool out_of_memory(const char *path) {
    complain("%s: %s", path, strerror(ENOMEM));
    return false;
}

Unit *unit_open(const char *path, Stream *stream, decant_framing framing) {
    Unit *unit = calloc(1, sizeof *unit);
    if (unit) unit->path = strdup(path);
    if (!unit || !unit->path) {
        out_of_memory(path);
        stream_close(stream);
        free(unit);
        return NULL;
    }
    unit->stream = stream;
    unit->framing = framing;
    return unit;
}

static bool has_room(Unit *unit) {
    if (unit->count < unit->capacity) return true;
    const size_t capacity = unit->capacity ? 2 * unit->capacity : 64;
    decant_record *records = realloc(unit->records, capacity * sizeof *records);
    if (!records) return false;
    unit->records = records;
    unit->capacity = capacity;
    return true;
}

/* Bytes that a record takes: a line's break is there too. */
static size_t held(const Unit *unit, const decant_record *record) {
    return unit->framing == DECANT_LINES ? (size_t)(record->end - record->start) : record->size;
}

bool unit_add(Unit *unit, const decant_record *record) {
    const char *fault = record->fault ? record->fault : "";
    if (!has_room(unit) || !buffer_add(&unit->bytes, record->data, held(unit, record)) ||
        !buffer_add(&unit->bytes, fault, strlen(fault) + 1))
        return out_of_memory(unit->path);
    unit->records[unit->count++] = *record;
    return true;
}

void unit_settle(Unit *unit) {
    const char *at = unit->bytes.bytes;
    for (size_t i = 0; i < unit->count; i++) {
        decant_record *record = &unit->records[i];
        record->data = at;
        at += held(unit, record);
        if (record->fault) record->fault = at;
        at += strlen(at) + 1;
    }
}

void unit_close(void *closing) {
    Unit *unit = closing;
    if (!unit) return;
    stream_close(unit->stream);
    buffer_done(&unit->bytes);
    free(unit->records);
    free(unit->path);
    free(unit);
}
