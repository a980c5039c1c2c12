/* SPDX-License-Identifier: MIT
 * line.h - a line of a log while it is put together: bytes that grow, and what goes into them. */
#ifndef OUTPUT_LINE_H
#define OUTPUT_LINE_H

#include "base/bytes.h"
#include "decant.h"

/* Once memory is refused `failed` stays set and nothing more is added. */
typedef struct Line {
    const decant_allocator *allocator;
    uint8_t *bytes;
    size_t size, capacity;
    bool failed;
} Line;

/* Empties the line; memory that only a giant needed is given back. */
void line_clear(Line *line);
void line_done(Line *line);

void line_add(Line *line, const void *bytes, size_t size);
void line_word(Line *line, const char *word);
void line_number(Line *line, uint64_t number);
/* Permille as a decimal fraction of three digits: 970 is 0.970. */
void line_fraction(Line *line, int thousandths);

/* Permille as a decimal fraction of two digits, cut: 979 is 0.97. Negative is 0. */
void line_hundredths(Line *line, int thousandths);

/* Code points of a preview; one more sign of three bytes tells that text was left out. */
enum { PREVIEW_POINTS = 60, PREVIEW_SIZE = PREVIEW_POINTS * 4 + 3 };

/* The first words of `text` as valid UTF-8, white space shortened to single spaces. Returns the
 * bytes written. */
size_t line_preview(Str text, uint8_t preview[PREVIEW_SIZE]);

/* Adds text as one JSON string, quotes included. It must be valid UTF-8. */
void line_json(Line *line, Str text);
/* Adds bytes in Base64, quotes included. */
void line_base64(Line *line, Str bytes);
bool is_utf8(Str text);

#endif
