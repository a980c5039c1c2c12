/* SPDX-License-Identifier: MIT
 * log_text.c - the log for readers, as compilers write theirs: a line a finding. */
#include "output/log.h"
#include "output/shown.h"

#include <string.h>

static void add_place(const decant_log *log, Line *line, uint64_t at_line, uint64_t column) {
    log_color(log, line, SHOWN_BOLD);
    shown_add(line, (Str){(const uint8_t *)log->document, strlen(log->document)});
    if (at_line) {
        line_word(line, ":");
        line_number(line, at_line);
    }
    if (column) {
        line_word(line, ":");
        line_number(line, column);
    }
    line_word(line, ": ");
    log_color(log, line, SHOWN_PLAIN);
}

static void add_label(const decant_log *log, Line *line, const char *code, const char *label) {
    log_color(log, line, code);
    line_word(line, label);
    line_word(line, ": ");
    log_color(log, line, SHOWN_PLAIN);
}

static void add_reasons(Line *line, const decant_dropped *dropped) {
    for (size_t i = 0; i < dropped->reason_count && i < DECANT_REASONS; i++) {
        if (i) line_word(line, ", ");
        line_word(line, dropped->reasons[i].words);
    }
    if (!dropped->reason_count) line_word(line, "many small signs");
    if (!dropped->known_as) return;
    line_word(line, ": ");
    shown_add(line, (Str){(const uint8_t *)dropped->known_as, dropped->known_size});
}

static void write_dropped(const decant_log *log, const decant_dropped *dropped, Line *line) {
    uint8_t preview[PREVIEW_SIZE];
    size_t size = line_preview((Str){(const uint8_t *)dropped->text, dropped->size}, preview);
    add_place(log, line, dropped->line, dropped->column);
    add_label(log, line, SHOWN_MAGENTA, decant_kind_name(dropped->kind));
    add_reasons(line, dropped);
    line_word(line, " (");
    line_hundredths(line, dropped->confidence);
    line_word(line, ")");
    log_color(log, line, SHOWN_FAINT);
    line_word(line, " \"");
    shown_add(line, (Str){preview, size});
    line_word(line, "\"");
    log_color(log, line, SHOWN_PLAIN);
    line_word(line, "\n");
}

static void write_note(const decant_log *log, const decant_note *note, Line *line) {
    add_place(log, line, note->line, 0);
    add_label(log, line, SHOWN_CYAN, "note");
    line_word(line, note->words);
    line_word(line, "\n");
}

static void write_reject(const decant_log *log, const decant_reject *reject, Line *line) {
    add_place(log, line, 0, 0);
    add_label(log, line, SHOWN_MAGENTA, "reject");
    line_word(line, reject->reason);
    line_word(line, "\n");
}

const LogFormat log_text = {
    .name = "text", .dropped = write_dropped, .note = write_note, .reject = write_reject};
