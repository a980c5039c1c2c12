/* SPDX-License-Identifier: MIT
 * log.c - the list of log formats, and the writer that hands their lines on. */
#include "output/log.h"

#include "base/arena.h"

#include <string.h>

/* A new format is a file and a line here. */
static const LogFormat *const formats[] = {&log_text, &log_jsonl, &log_explain};

const char *decant_log_format(size_t index) {
    return index < sizeof formats / sizeof *formats ? formats[index]->name : NULL;
}

static const LogFormat *find_format(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (name && strcmp(formats[i]->name, name) == 0) return formats[i];
    return NULL;
}

decant_status decant_log_open(decant_log **ret, const decant_log_options *options,
                              const decant_allocator *allocator, decant_write write, void *user) {
    decant_log_options known = DECANT_LOG_OPTIONS_INIT;
    if (!ret) return DECANT_BAD_ARGUMENT;
    *ret = NULL;
    if (options && options->size < sizeof options->size) return DECANT_BAD_ARGUMENT;
    if (options)
        memcpy(&known, options, options->size < sizeof known ? options->size : sizeof known);
    const LogFormat *format = find_format(known.format);
    if (!format || !write || known.text < DECANT_TEXT_FULL || known.text > DECANT_TEXT_NONE ||
        known.width < 0)
        return DECANT_BAD_ARGUMENT;
    if (!allocator) allocator = allocator_default();
    if (!allocator->resize || !allocator->release) return DECANT_BAD_ARGUMENT;
    decant_log *log = allocator->resize(allocator->user, NULL, 0, sizeof *log);
    if (!log) return DECANT_NO_MEMORY;
    *log = (decant_log){.allocator = *allocator,
                        .format = format,
                        .text = known.text,
                        .color = known.color != 0,
                        .width = (size_t)known.width,
                        .write = write,
                        .user = user};
    log->line.allocator = &log->allocator;
    *ret = log;
    return DECANT_OK;
}

static void forget_text(decant_log *log, char **text) {
    if (*text) log->allocator.release(log->allocator.user, *text, strlen(*text) + 1);
    *text = NULL;
}

static void forget_document(decant_log *log) {
    forget_text(log, &log->document);
    forget_text(log, &log->file);
    log->origin = (decant_origin){0};
}

/* NULL where memory is refused. */
static char *copy_text(decant_log *log, const char *text) {
    const size_t size = strlen(text) + 1;
    char *copy = log->allocator.resize(log->allocator.user, NULL, 0, size);
    return copy ? memcpy(copy, text, size) : NULL;
}

decant_status decant_log_start(decant_log *log, const char *document) {
    if (!log) return DECANT_BAD_ARGUMENT;
    forget_document(log);
    log->document = copy_text(log, document ? document : "");
    return log->document ? DECANT_OK : DECANT_NO_MEMORY;
}

decant_status decant_log_origin(decant_log *log, const decant_origin *origin) {
    if (!log || !log->document || !origin || !origin->file) return DECANT_BAD_ARGUMENT;
    forget_text(log, &log->file);
    log->file = copy_text(log, origin->file);
    log->origin = *origin;
    log->origin.file = log->file;
    return log->file ? DECANT_OK : DECANT_NO_MEMORY;
}

/* Hands on what a format put into the line. */
static decant_status pass_on(decant_log *log) {
    decant_status status = DECANT_OK;
    if (log->line.failed) status = DECANT_NO_MEMORY;
    else if (log->line.size && log->write(log->user, log->line.bytes, log->line.size))
        status = DECANT_STOPPED;
    line_clear(&log->line);
    return status;
}

void log_color(const decant_log *log, Line *line, const char *code) {
    if (log->color) line_word(line, code);
}

decant_status decant_log_judged(decant_log *log, const decant_judged *judged) {
    if (!log || !log->document || !judged) return DECANT_BAD_ARGUMENT;
    if (log->format->judged) log->format->judged(log, judged, &log->line);
    return pass_on(log);
}

decant_status decant_log_dropped(decant_log *log, const decant_dropped *dropped) {
    if (!log || !log->document || !dropped) return DECANT_BAD_ARGUMENT;
    if (log->format->dropped) log->format->dropped(log, dropped, &log->line);
    return pass_on(log);
}

decant_status decant_log_note(decant_log *log, const decant_note *note) {
    if (!log || !log->document || !note) return DECANT_BAD_ARGUMENT;
    if (log->format->note) log->format->note(log, note, &log->line);
    return pass_on(log);
}

decant_status decant_log_summary(decant_log *log, const decant_summary *summary) {
    if (!log || !log->document || !summary) return DECANT_BAD_ARGUMENT;
    if (log->format->summary) log->format->summary(log, summary, &log->line);
    return pass_on(log);
}

decant_status decant_log_reject(decant_log *log, const decant_reject *reject) {
    if (!log || !log->document || !reject || !reject->reason) return DECANT_BAD_ARGUMENT;
    if (log->format->reject) log->format->reject(log, reject, &log->line);
    return pass_on(log);
}

void decant_log_close(decant_log *log) {
    if (!log) return;
    forget_document(log);
    line_done(&log->line);
    decant_allocator allocator = log->allocator;
    allocator.release(allocator.user, log, sizeof *log);
}
