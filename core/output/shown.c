/* SPDX-License-Identifier: MIT
 * shown.c - signs of a text, each as a terminal may be shown it. */
#include "output/shown.h"

#include "language/letters.h"

#include <string.h>

/* One sign of a text and what stands for it. */
typedef struct Sign {
    char bytes[8];
    size_t size, columns;
} Sign;

/* Code points that could move the cursor or turn a terminal's text around. */
static bool is_unsafe(uint32_t code) {
    return code < ' ' || (code >= 0x7F && code < 0xA0) || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/* Wide signs take two columns; some that are not are taken for them, so that no line runs over. */
static size_t columns_of(uint32_t code) {
    enum { FIRST_WIDE = 0x2E80 };
    return code < FIRST_WIDE ? 1 : 2;
}

/* Puts a code point below 0x10000, or an invalid byte, into letters and digits. */
static Sign escaped(uint32_t code, bool is_byte) {
    static const char hex[] = "0123456789abcdef";
    Sign sign = {.bytes = "\\x"};
    sign.size = 2;
    if (!is_byte) memcpy(sign.bytes, "\\u{", 3), sign.size = 3;
    for (int shift = is_byte ? 4 : 12; shift >= 0; shift -= 4)
        sign.bytes[sign.size++] = hex[code >> shift & 15];
    if (!is_byte) sign.bytes[sign.size++] = '}';
    sign.columns = sign.size;
    return sign;
}

/* The sign at *at, which goes past it. */
static Sign next_sign(const uint8_t **at, const uint8_t *end) {
    const uint8_t *here = *at;
    const Letter letter = letter_read(here, end);
    const bool is_invalid = letter.size == 1 && *here >= 0x80;
    *at += letter.size;
    if (is_invalid) return escaped(*here, true);
    if (is_unsafe(letter.code)) return escaped(letter.code, letter.size == 1);
    Sign sign = {.size = letter.size, .columns = columns_of(letter.code)};
    memcpy(sign.bytes, here, letter.size);
    return sign;
}

/* The same, with white space of any length as one space. */
static Sign next_collapsed(const uint8_t **at, const uint8_t *end) {
    bool is_space = false;
    for (Letter letter; *at < end; *at += letter.size, is_space = true) {
        letter = letter_read(*at, end);
        if (letter.letter != LETTER_SPACE) break;
    }
    return is_space ? (Sign){.bytes = " ", .size = 1, .columns = 1} : next_sign(at, end);
}

void shown_add(Line *line, Str text) {
    for (const uint8_t *at = text.at, *end = text.at + text.len; at < end;) {
        const Sign sign = next_sign(&at, end);
        line_add(line, sign.bytes, sign.size);
    }
}

void shown_add_within(Line *line, Str text, size_t columns) {
    const uint8_t *end = text.at + text.len;
    size_t all = 0;
    for (const uint8_t *at = text.at; at < end;) all += next_collapsed(&at, end).columns;
    const size_t tail = all > columns ? columns / 2 : 0,
                 head = all > columns ? columns - tail - 1 : all;
    bool is_left_out = false;
    size_t column = 0;
    for (const uint8_t *at = text.at; at < end;) {
        const Sign sign = next_collapsed(&at, end);
        const bool is_shown = column + sign.columns <= head || column + tail >= all;
        column += sign.columns;
        if (is_shown) line_add(line, sign.bytes, sign.size);
        else if (!is_left_out) line_word(line, "\xE2\x80\xA6");
        is_left_out = is_left_out || !is_shown;
    }
}
