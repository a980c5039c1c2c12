/* SPDX-License-Identifier: MIT
 * log_text.c - the log for readers, as compilers write theirs: a line a finding. */
#include "output/log.h"

#include "language/letters.h"

#include <string.h>

static const char plain[] = "\033[0m";
static const char bold[] = "\033[1m";
static const char faint[] = "\033[2m";
static const char magenta[] = "\033[1;35m";
static const char cyan[] = "\033[1;36m";

static void color(const decant_log *log, Line *line, const char *code) {
    if (log->color) line_word(line, code);
}

/* Code points that could move the cursor or turn a terminal's text around. */
static bool is_unsafe(uint32_t code) {
    return code < ' ' || (code >= 0x7F && code < 0xA0) || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/* Adds text that may hold anything: what a terminal must not see as an escape, \x1b or \u{202e}. */
static void add_safely(Line *line, Str text) {
    static const char hex[] = "0123456789abcdef";
    const uint8_t *at = text.at, *end = text.at + text.len;
    for (Letter letter; at < end; at += letter.size) {
        letter = letter_read(at, end);
        bool invalid = letter.size == 1 && *at >= 0x80;
        if (!invalid && !is_unsafe(letter.code)) {
            line_add(line, at, letter.size);
        } else if (letter.size == 1) {
            const char code[4] = {'\\', 'x', hex[*at >> 4], hex[*at & 15]};
            line_add(line, code, sizeof code);
        } else {
            const char code[4] = {hex[letter.code >> 12 & 15], hex[letter.code >> 8 & 15],
                                  hex[letter.code >> 4 & 15], hex[letter.code & 15]};
            line_word(line, "\\u{");
            line_add(line, code, sizeof code);
            line_word(line, "}");
        }
    }
}

static void add_place(const decant_log *log, Line *line, uint64_t at_line, uint64_t column) {
    color(log, line, bold);
    add_safely(line, (Str){(const uint8_t *)log->document, strlen(log->document)});
    if (at_line) {
        line_word(line, ":");
        line_number(line, at_line);
    }
    if (column) {
        line_word(line, ":");
        line_number(line, column);
    }
    line_word(line, ": ");
    color(log, line, plain);
}

static void add_label(const decant_log *log, Line *line, const char *code, const char *label) {
    color(log, line, code);
    line_word(line, label);
    line_word(line, ": ");
    color(log, line, plain);
}

static void add_reasons(Line *line, const decant_dropped *dropped) {
    for (size_t i = 0; i < dropped->reason_count && i < DECANT_REASONS; i++) {
        if (i) line_word(line, ", ");
        line_word(line, dropped->reasons[i].words);
    }
    if (!dropped->reason_count) line_word(line, "many small signs");
}

static void write_dropped(const decant_log *log, const decant_dropped *dropped, Line *line) {
    uint8_t preview[PREVIEW_SIZE];
    size_t size = line_preview((Str){(const uint8_t *)dropped->text, dropped->size}, preview);
    const uint64_t hundredths = (uint64_t)(dropped->confidence < 0 ? 0 : dropped->confidence) / 10;
    const char digits[4] = {'.', (char)('0' + hundredths / 10 % 10), (char)('0' + hundredths % 10),
                            ')'};
    add_place(log, line, dropped->line, dropped->column);
    add_label(log, line, magenta, decant_kind_name(dropped->kind));
    add_reasons(line, dropped);
    line_word(line, " (");
    line_number(line, hundredths / 100);
    line_add(line, digits, sizeof digits);
    color(log, line, faint);
    line_word(line, " \"");
    add_safely(line, (Str){preview, size});
    line_word(line, "\"");
    color(log, line, plain);
    line_word(line, "\n");
}

static void write_note(const decant_log *log, const decant_note *note, Line *line) {
    add_place(log, line, note->line, 0);
    add_label(log, line, cyan, "note");
    line_word(line, note->words);
    line_word(line, "\n");
}

const LogFormat log_text = {.name = "text", .dropped = write_dropped, .note = write_note};
