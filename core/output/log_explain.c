/* SPDX-License-Identifier: MIT
 * log_explain.c - the log for those who ask why: every block with its verdict and what speaks for
 * it. */
#include "output/log.h"
#include "output/shown.h"

#include <string.h>

/* Columns before a block's text: its line, its verdict and how sure that is. */
enum { LINE_COLUMNS = 5, VERDICT_COLUMNS = 9, SURE_COLUMNS = 6 };
enum { INDENT = LINE_COLUMNS + 2 + VERDICT_COLUMNS + SURE_COLUMNS };

static Str str_of(const char *text) {
    return (Str){(const uint8_t *)text, strlen(text)};
}

static void add_spaces(Line *line, size_t count) {
    while (count--) line_word(line, " ");
}

static void add_name(const decant_log *log, Line *line) {
    log_color(log, line, SHOWN_BOLD);
    shown_add(line, str_of(log->document));
    log_color(log, line, SHOWN_PLAIN);
}

/* A line's number, to the right. */
static void add_line_number(Line *line, uint64_t number) {
    size_t digits = 1;
    for (uint64_t rest = number; rest > 9; rest /= 10) digits++;
    add_spaces(line, digits < LINE_COLUMNS ? LINE_COLUMNS - digits : 0);
    line_number(line, number);
}

static void add_verdict(const decant_log *log, Line *line, const decant_judged *judged) {
    const char *verdict = judged->drops ? decant_kind_name(judged->kind) : "kept";
    log_color(log, line, judged->drops ? SHOWN_MAGENTA : SHOWN_GREEN);
    line_word(line, verdict);
    log_color(log, line, SHOWN_PLAIN);
    add_spaces(line, VERDICT_COLUMNS - strlen(verdict));
}

/* Below the text, as many on a line as there is room for. */
static void add_reasons(Line *line, const decant_judged *judged, size_t room) {
    size_t used = 0;
    for (size_t i = 0; i < judged->reason_count && i < DECANT_REASONS; i++) {
        const size_t size = strlen(judged->reasons[i].words);
        const bool fits = used && used + 2 + size < room;
        if (i) line_word(line, fits ? ", " : ",");
        if (!fits) {
            line_word(line, "\n");
            add_spaces(line, INDENT);
        }
        line_word(line, judged->reasons[i].words);
        used = fits ? used + 2 + size : size;
    }
}

static void write_judged(const decant_log *log, const decant_judged *judged, Line *line) {
    const size_t room = log->width > INDENT ? log->width - INDENT : 0;
    if (judged->number == 1) {
        add_name(log, line);
        line_word(line, "\n");
    }
    add_line_number(line, judged->line);
    add_spaces(line, 2);
    add_verdict(log, line, judged);
    line_hundredths(line, judged->confidence);
    add_spaces(line, 2);
    shown_add_within(line, (Str){(const uint8_t *)judged->text, judged->size}, room);
    log_color(log, line, SHOWN_FAINT);
    add_reasons(line, judged, room);
    log_color(log, line, SHOWN_PLAIN);
    line_word(line, "\n");
}

static void write_note(const decant_log *log, const decant_note *note, Line *line) {
    if (note->code == DECANT_NOTE_NO_TEXT) { /* no block has named the document */
        add_name(log, line);
        line_word(line, "\n");
    }
    if (note->line) add_line_number(line, note->line);
    add_spaces(line, note->line ? 2 : LINE_COLUMNS + 2);
    log_color(log, line, SHOWN_CYAN);
    line_word(line, "note");
    log_color(log, line, SHOWN_PLAIN);
    add_spaces(line, VERDICT_COLUMNS + SURE_COLUMNS - strlen("note"));
    line_word(line, note->words);
    line_word(line, "\n");
}

static void write_summary(const decant_log *log, const decant_summary *summary, Line *line) {
    add_name(log, line);
    line_word(line, ": ");
    line_number(line, summary->blocks);
    line_word(line, " blocks, ");
    line_number(line, summary->dropped_blocks);
    line_word(line, " dropped; ");
    line_number(line, summary->dropped);
    line_word(line, " of ");
    line_number(line, summary->dropped + summary->kept);
    line_word(line, " bytes of text\n");
}

static void write_reject(const decant_log *log, const decant_reject *reject, Line *line) {
    add_name(log, line);
    line_word(line, ": ");
    line_word(line, reject->reason);
    line_word(line, "\n");
}

const LogFormat log_explain = {.name = "explain",
                               .judged = write_judged,
                               .note = write_note,
                               .summary = write_summary,
                               .reject = write_reject};
