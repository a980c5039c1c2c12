/* SPDX-License-Identifier: MIT
 * log.h - the contract of a log format: it puts each event into a line and keeps no state. */
#ifndef OUTPUT_LOG_H
#define OUTPUT_LOG_H

#include "output/line.h"

struct decant_log {
    decant_allocator allocator;
    const struct LogFormat *format;
    decant_log_text text;
    bool color;
    size_t width;
    decant_write write;
    void *user;
    char *document; /* NULL before the first decant_log_start */
    char *file;     /* the stream that the document is a record of; NULL where it is none */
    decant_origin origin;
    Line line;
};

/* A format's events; one that is NULL writes nothing. What they add must be whole lines. */
typedef struct LogFormat {
    const char *name;
    void (*judged)(const decant_log *log, const decant_judged *judged, Line *line);
    void (*dropped)(const decant_log *log, const decant_dropped *dropped, Line *line);
    void (*note)(const decant_log *log, const decant_note *note, Line *line);
    void (*summary)(const decant_log *log, const decant_summary *summary, Line *line);
    void (*reject)(const decant_log *log, const decant_reject *reject, Line *line);
} LogFormat;

extern const LogFormat log_text, log_jsonl, log_explain;

/* Switches a colour (output/shown.h) on or off where the log has colours. */
void log_color(const decant_log *log, Line *line, const char *code);

#endif
