/* SPDX-License-Identifier: MIT
 * restore.c - decant restore CLEAN LOG: the input again, from the clean text and the JSONL log. */
#include "commands.h"

#include "input.h"
#include "lines.h"
#include "message.h"
#include "output.h"
#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCHEMA = 3 };

/* No record of a log is longer: 1 GiB of text, six bytes an escape, and what stands around it. */
static const size_t longest = (size_t)7 << 30;

typedef struct Restoring {
    const Settings *settings;
    const char *clean_path, *log_path;
    Input clean;
    Lines log;
    Output output;
    bool inside;       /* a document has begun and its record has not come yet */
    bool found;        /* a document that was asked for was restored */
    uint64_t position; /* how far the current document is rebuilt */
    uint64_t kept;     /* bytes of clean text it took so far */
} Restoring;

__attribute__((format(printf, 2, 3))) static bool bad_line(const Restoring *restoring,
                                                           const char *format, ...);

static bool bad_line(const Restoring *restoring, const char *format, ...) {
    char words[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    complain("%s:%llu: %s", restoring->log_path, (unsigned long long)restoring->log.number, words);
    return false;
}

/* ---- bytes of the log ---- */

static int base64_digit(char sign) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = sign ? strchr(digits, sign) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Decodes in place. False if the text is not base64. */
static bool base64_decode(char *text, size_t size, size_t *ret_size) {
    size_t used = 0;
    if (size % 4) return false;
    size_t padding = size && text[size - 1] == '=' ? 1 + (text[size - 2] == '=') : 0;
    for (size_t i = 0; i < size; i += 4) {
        unsigned group = 0;
        for (size_t j = i; j < i + 4; j++) {
            int digit = j >= size - padding ? 0 : base64_digit(text[j]);
            if (digit < 0) return false;
            group = group << 6 | (unsigned)digit;
        }
        text[used++] = (char)(group >> 16);
        text[used++] = (char)(group >> 8 & 0xFF);
        text[used++] = (char)(group & 0xFF);
    }
    *ret_size = used - padding;
    return true;
}

/* A count of bytes in a record. */
static bool read_count(const Restoring *restoring, json_t *record, const char *key, uint64_t *ret) {
    json_t *value = json_object_get(record, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return bad_line(restoring, "the record has no count \"%s\"", key);
    *ret = (uint64_t)json_integer_value(value);
    return true;
}

/* ---- rebuilding ---- */

/* Takes `count` bytes from the clean text, and writes them if `wanted`. */
static bool take_clean(Restoring *restoring, uint64_t count, bool wanted) {
    char chunk[INPUT_CHUNK];
    restoring->kept += count;
    while (count) {
        ptrdiff_t got = input_read(&restoring->clean, chunk,
                                   count < sizeof chunk ? (size_t)count : sizeof chunk);
        if (got < 0) return false;
        if (got == 0) {
            complain("%s: ends too early: %s:%llu wants %llu more bytes", restoring->clean_path,
                     restoring->log_path, (unsigned long long)restoring->log.number,
                     (unsigned long long)count);
            return false;
        }
        if (wanted && output_write(&restoring->output, chunk, (size_t)got)) return false;
        count -= (uint64_t)got;
    }
    return true;
}

static bool write_dropped(Restoring *restoring, json_t *record, uint64_t size) {
    json_t *text = json_object_get(record, "text"), *base64 = json_object_get(record, "base64");
    char *bytes = NULL;
    size_t have = 0;
    bool good = false;
    if (json_is_string(text)) {
        have = json_string_length(text);
        if (have == size)
            return output_write(&restoring->output, json_string_value(text), have) == 0;
    } else if (json_is_string(base64)) {
        bytes = malloc(json_string_length(base64) + 1);
        if (!bytes) return bad_line(restoring, "%s", strerror(ENOMEM));
        memcpy(bytes, json_string_value(base64), json_string_length(base64));
        if (!base64_decode(bytes, json_string_length(base64), &have))
            bad_line(restoring, "\"base64\" does not parse");
        else if (have == size) good = output_write(&restoring->output, bytes, have) == 0;
    } else {
        return bad_line(restoring,
                        "the dropped text is not in the log: restoring needs a log written "
                        "with --log-text=full");
    }
    if (!good && have != size)
        bad_line(restoring, "the record is of %llu bytes and holds %zu", (unsigned long long)size,
                 have);
    free(bytes);
    return good;
}

static bool take_drop(Restoring *restoring, json_t *record, bool wanted) {
    uint64_t start = 0, end = 0;
    if (!read_count(restoring, record, "start", &start) ||
        !read_count(restoring, record, "end", &end))
        return false;
    if (start < restoring->position || end < start)
        return bad_line(restoring, "the record is out of order");
    if (!take_clean(restoring, start - restoring->position, wanted)) return false;
    if (wanted && !write_dropped(restoring, record, end - start)) return false;
    restoring->position = end;
    restoring->inside = true;
    return true;
}

static bool take_document(Restoring *restoring, json_t *record, bool wanted) {
    uint64_t bytes = 0, kept = 0;
    if (!read_count(restoring, record, "bytes", &bytes) ||
        !read_count(restoring, record, "kept", &kept))
        return false;
    if (bytes < restoring->position || kept != restoring->kept + (bytes - restoring->position))
        return bad_line(restoring, "the document's counts do not add up: a record is missing");
    if (!take_clean(restoring, bytes - restoring->position, wanted)) return false;
    restoring->found |= wanted;
    restoring->inside = false;
    restoring->position = restoring->kept = 0;
    return true;
}

/* Whether a record is of the document that was asked for; its name is in Base64 where it is not
 * UTF-8. Names are short and few: each record's is decoded anew. */
static bool is_wanted(const Restoring *restoring, json_t *record) {
    const char *wanted = restoring->settings->document;
    json_t *name = json_object_get(record, "doc"), *base64 = json_object_get(record, "doc_base64");
    if (!wanted) return true;
    if (json_is_string(name)) return !strcmp(json_string_value(name), wanted);
    size_t size = 0;
    char *decoded = json_is_string(base64) ? strdup(json_string_value(base64)) : NULL;
    bool same = decoded && base64_decode(decoded, strlen(decoded), &size) &&
                size == strlen(wanted) && !memcmp(decoded, wanted, size);
    free(decoded);
    return same;
}

static bool take_record(Restoring *restoring, json_t *record) {
    const char *type = json_string_value(json_object_get(record, "type"));
    if (!type) return bad_line(restoring, "not a record of decant's log");
    bool drop = !strcmp(type, "drop"), document = !strcmp(type, "document");
    if (!drop && !document) return true;
    if (json_integer_value(json_object_get(record, "schema")) != SCHEMA)
        return bad_line(restoring, "a log of another version of decant");
    if (json_object_get(record, "record"))
        return bad_line(restoring, "the log is of records of JSON Lines or WARC: files of text "
                                   "alone can be restored");
    const char *from = json_string_value(json_object_get(record, "from"));
    if (!from || strcmp(from, "text"))
        return bad_line(restoring, "the log is of a page: clean text and log hold no markup, so it "
                                   "cannot be restored");
    bool wanted = is_wanted(restoring, record);
    return drop ? take_drop(restoring, record, wanted) : take_document(restoring, record, wanted);
}

static bool take_line(Restoring *restoring, const char *line, size_t size) {
    json_error_t error;
    json_t *record = json_loadb(line, size, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
    if (!record) return bad_line(restoring, "column %d: %s", error.column, error.text);
    bool good = take_record(restoring, record);
    json_decref(record);
    return good;
}

/* ---- the command ---- */

static bool take_log(Restoring *restoring) {
    char *line;
    size_t size;
    int got;
    while ((got = lines_next(&restoring->log, &line, &size)) > 0)
        if (size && !take_line(restoring, line, size)) return false;
    if (got < 0) return false;
    if (restoring->inside) {
        complain("%s: ends within a document: its last record is missing", restoring->log_path);
        return false;
    }
    return true;
}

/* What must hold when the log is read to its end. */
static bool end_fits(Restoring *restoring) {
    char rest;
    ptrdiff_t got = input_read(&restoring->clean, &rest, 1);
    if (got < 0) return false;
    if (got > 0) {
        complain("%s: goes on after byte %llu, where the log ends", restoring->clean_path,
                 (unsigned long long)restoring->clean.offset - 1);
        return false;
    }
    if (!restoring->settings->document || restoring->found) return true;
    complain("%s: no document '%s'", restoring->log_path, restoring->settings->document);
    return false;
}

static bool restore(Restoring *restoring) {
    if (!strcmp(restoring->clean_path, "-") && !strcmp(restoring->log_path, "-")) {
        complain("restore: clean text and log cannot both be standard input");
        return false;
    }
    if (!input_open(&restoring->clean, restoring->clean_path)) return false;
    bool good = lines_open(&restoring->log, restoring->log_path, '\n', longest) &&
                output_open(&restoring->output, restoring->settings->output) &&
                take_log(restoring) && end_fits(restoring);
    lines_close(&restoring->log);
    input_close(&restoring->clean);
    return output_close(&restoring->output, good) && good;
}

int restore_run(const Settings *settings) {
    Restoring restoring = {.settings = settings,
                           .clean_path = settings->operands.items[0],
                           .log_path = settings->operands.items[1]};
    return restore(&restoring) ? EXIT_FINE : EXIT_TROUBLE;
}
