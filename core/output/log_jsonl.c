/* SPDX-License-Identifier: MIT
 * log_jsonl.c - the log for programs: JSON Lines, a record a dropped run, a note or a document.
 * log.schema.json tells the fields; a change to them raises SCHEMA. */
#include "output/log.h"

#include <string.h>

#define SCHEMA "3"

static Str str_of(const char *text) {
    return (Str){(const uint8_t *)text, strlen(text)};
}

static void add_key(Line *line, const char *key) {
    line_word(line, ",\"");
    line_word(line, key);
    line_word(line, "\":");
}

static void add_count(Line *line, const char *key, uint64_t count) {
    add_key(line, key);
    line_number(line, count);
}

static void add_string(Line *line, const char *key, const char *text) {
    add_key(line, key);
    line_json(line, str_of(text));
}

/* Text under `key`, or where it is not UTF-8 its Base64 under `base64_key`. */
static void add_bytes(Line *line, const char *key, const char *base64_key, Str bytes) {
    bool text = is_utf8(bytes);
    add_key(line, text ? key : base64_key);
    if (text) line_json(line, bytes);
    else line_base64(line, bytes);
}

static void begin(const decant_log *log, Line *line, const char *type) {
    line_word(line, "{\"type\":\"");
    line_word(line, type);
    line_word(line, "\",\"schema\":" SCHEMA);
    add_bytes(line, "doc", "doc_base64", str_of(log->document));
    if (log->file) add_count(line, "record", log->origin.record);
}

/* Where the record of the document stands in its stream. */
static void add_origin(const decant_log *log, Line *line) {
    if (!log->file) return;
    add_bytes(line, "file", "file_base64", str_of(log->file));
    add_count(line, "record_start", log->origin.start);
    add_count(line, "record_end", log->origin.end);
}

/* Where in its JSON line a range of the document stands. */
static void add_raw(const decant_log *log, Line *line, uint64_t start, uint64_t end) {
    const decant_origin *origin = &log->origin;
    if (!origin->line) return;
    add_count(line, "raw_start", decant_line_offset(origin->line, origin->field, start));
    add_count(line, "raw_end", decant_line_offset(origin->line, origin->field, end));
}

static void add_reason(Line *line, const decant_reason *reason) {
    line_word(line, "{\"evidence\":");
    line_json(line, str_of(reason->evidence));
    add_key(line, "weight");
    line_fraction(line, reason->weight);
    add_string(line, "words", reason->words);
    line_word(line, "}");
}

static void add_dropped_text(const decant_log *log, Line *line, Str text) {
    if (log->text == DECANT_TEXT_FULL) add_bytes(line, "text", "base64", text);
    if (log->text != DECANT_TEXT_PREVIEW) return;
    uint8_t preview[PREVIEW_SIZE];
    size_t size = line_preview(text, preview);
    add_key(line, "preview");
    line_json(line, (Str){preview, size});
}

static void write_dropped(const decant_log *log, const decant_dropped *dropped, Line *line) {
    begin(log, line, "drop");
    add_string(line, "from", decant_from_name(dropped->from));
    add_count(line, "start", dropped->start);
    add_count(line, "end", dropped->end);
    add_raw(log, line, dropped->start, dropped->end);
    add_count(line, "line", dropped->line);
    add_count(line, "column", dropped->column);
    add_string(line, "kind", decant_kind_name(dropped->kind));
    add_key(line, "confidence");
    line_fraction(line, dropped->confidence);
    add_count(line, "blocks", dropped->blocks);
    add_key(line, "reasons");
    line_word(line, "[");
    for (size_t i = 0; i < dropped->reason_count && i < DECANT_REASONS; i++) {
        if (i) line_word(line, ",");
        add_reason(line, &dropped->reasons[i]);
    }
    line_word(line, "]");
    if (dropped->known_as)
        add_bytes(line, "known_as", "known_as_base64",
                  (Str){(const uint8_t *)dropped->known_as, dropped->known_size});
    add_dropped_text(log, line, (Str){(const uint8_t *)dropped->text, dropped->size});
    line_word(line, "}\n");
}

static void write_note(const decant_log *log, const decant_note *note, Line *line) {
    begin(log, line, "note");
    add_string(line, "note", note->name);
    add_string(line, "words", note->words);
    add_count(line, "offset", note->offset);
    add_count(line, "line", note->line);
    line_word(line, "}\n");
}

static void add_kinds(Line *line, const uint64_t *bytes) {
    const char *comma = "";
    add_key(line, "kinds");
    line_word(line, "{");
    for (int kind = 0; kind < DECANT_KINDS; kind++) {
        if (!bytes[kind]) continue;
        line_word(line, comma);
        line_json(line, str_of(decant_kind_name((decant_kind)kind)));
        line_word(line, ":");
        line_number(line, bytes[kind]);
        comma = ",";
    }
    line_word(line, "}");
}

static void write_summary(const decant_log *log, const decant_summary *summary, Line *line) {
    static const char *const texts[] = {"full", "preview", "none"};
    begin(log, line, "document");
    add_origin(log, line);
    add_string(line, "from", decant_from_name(summary->from));
    if (summary->charset) add_string(line, "charset", summary->charset);
    add_count(line, "bytes", summary->bytes);
    add_count(line, "kept", summary->kept);
    add_count(line, "dropped", summary->dropped);
    add_count(line, "markup", summary->bytes - summary->kept - summary->dropped);
    add_count(line, "runs", summary->runs);
    add_count(line, "blocks", summary->blocks);
    add_count(line, "dropped_blocks", summary->dropped_blocks);
    add_count(line, "parts", summary->parts);
    add_string(line, "log_text", texts[log->text]);
    add_kinds(line, summary->kind_bytes);
    line_word(line, "}\n");
}

static void write_reject(const decant_log *log, const decant_reject *reject, Line *line) {
    begin(log, line, "reject");
    add_origin(log, line);
    add_string(line, "reason", reject->reason);
    if (reject->record)
        add_bytes(line, "text", "base64", (Str){(const uint8_t *)reject->record, reject->size});
    line_word(line, "}\n");
}

const LogFormat log_jsonl = {.name = "jsonl",
                             .dropped = write_dropped,
                             .note = write_note,
                             .summary = write_summary,
                             .reject = write_reject};
