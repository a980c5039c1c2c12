/* SPDX-License-Identifier: MIT
 * line.c - the growing line, numbers and previews in it. */
#include "output/line.h"

#include "language/letters.h"

#include <string.h>

enum { FIRST_CAPACITY = 4 << 10, KEPT_CAPACITY = 1 << 20 };

void line_done(Line *line) {
    if (line->bytes) line->allocator->release(line->allocator->user, line->bytes, line->capacity);
    *line = (Line){.allocator = line->allocator};
}

void line_clear(Line *line) {
    if (line->capacity > KEPT_CAPACITY) line_done(line);
    line->size = 0;
    line->failed = false;
}

/* Makes room for `size` more bytes. */
static bool reserve(Line *line, size_t size) {
    if (line->failed) return false;
    if (size <= line->capacity - line->size) return true;
    size_t capacity = line->capacity ? line->capacity : FIRST_CAPACITY;
    while (capacity - line->size < size && capacity <= SIZE_MAX / 2) capacity *= 2;
    uint8_t *bytes = NULL;
    if (capacity - line->size >= size)
        bytes =
            line->allocator->resize(line->allocator->user, line->bytes, line->capacity, capacity);
    line->failed = !bytes;
    if (!bytes) return false;
    line->bytes = bytes;
    line->capacity = capacity;
    return true;
}

void line_add(Line *line, const void *bytes, size_t size) {
    if (!size || !reserve(line, size)) return;
    memcpy(line->bytes + line->size, bytes, size);
    line->size += size;
}

void line_word(Line *line, const char *word) {
    line_add(line, word, strlen(word));
}

void line_number(Line *line, uint64_t number) {
    char digits[20];
    size_t at = sizeof digits;
    do digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    line_add(line, digits + at, sizeof digits - at);
}

void line_fraction(Line *line, int thousandths) {
    int64_t value = thousandths;
    if (value < 0) {
        line_word(line, "-");
        value = -value;
    }
    const char digits[4] = {'.', (char)('0' + value / 100 % 10), (char)('0' + value / 10 % 10),
                            (char)('0' + value % 10)};
    line_number(line, (uint64_t)value / 1000);
    line_add(line, digits, sizeof digits);
}

void line_hundredths(Line *line, int thousandths) {
    const uint64_t value = thousandths < 0 ? 0 : (uint64_t)thousandths / 10;
    const char digits[3] = {'.', (char)('0' + value / 10 % 10), (char)('0' + value % 10)};
    line_number(line, value / 100);
    line_add(line, digits, sizeof digits);
}

size_t line_preview(Str text, uint8_t preview[PREVIEW_SIZE]) {
    const uint8_t *at = text.at, *end = text.at + text.len;
    size_t size = 0;
    bool space = false;
    for (int points = 0; at < end;) {
        Letter letter = letter_read(at, end);
        if (letter.letter == LETTER_SPACE) {
            at += letter.size;
            space = points > 0;
            continue;
        }
        bool bad = letter.code == 0xFFFD; /* U+FFFD itself included: it looks the same */
        if (points + 1 + space > PREVIEW_POINTS) {
            memcpy(preview + size, "\xE2\x80\xA6", 3);
            return size + 3;
        }
        if (space) preview[size++] = ' ';
        memcpy(preview + size, bad ? (const uint8_t *)"\xEF\xBF\xBD" : at, bad ? 3 : letter.size);
        size += bad ? 3 : letter.size;
        points += 1 + space;
        at += letter.size;
        space = false;
    }
    return size;
}
