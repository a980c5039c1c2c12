/* SPDX-License-Identifier: MIT
 * excerpt.c - evens out white space and keeps track of where each byte came from. */
#include "rules/excerpt.h"

#include "language/letters.h"

#include <string.h>

static bool is_trail(uint8_t byte) {
    return (byte & 0xC0) == 0x80;
}

/* Whether patterns may see these bytes as they are: printable ASCII without double spaces. */
static bool is_even(Str text) {
    uint8_t before = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.at[i];
        if (byte < ' ' || byte > '~' || (byte == ' ' && before == ' ')) return false;
        before = byte;
    }
    return true;
}

static Str even_out(Str text, uint8_t *bytes, uint16_t *offsets) {
    size_t used = 0;
    bool after_space = false;
    for (size_t at = 0; at < text.len;) {
        Letter letter = letter_read(text.at + at, text.at + text.len);
        bool is_space = letter.letter == LETTER_SPACE;
        bool is_invalid = letter.size == 1 && letter.code > 0x7F;
        for (size_t i = 0; i < letter.size && !is_space; i++) {
            offsets[used] = (uint16_t)(at + i);
            bytes[used++] = is_invalid ? '?' : text.at[at + i];
        }
        if (is_space && !after_space) {
            offsets[used] = (uint16_t)at;
            bytes[used++] = ' ';
        }
        after_space = is_space;
        at += letter.size;
    }
    offsets[used] = (uint16_t)text.len;
    return (Str){bytes, used};
}

static size_t count_points(Str text) {
    size_t points = 0;
    for (size_t i = 0; i < text.len; i++) points += !is_trail(text.at[i]);
    return points;
}

static void add_part(Excerpt *excerpt, Str text, size_t from, size_t to) {
    Str piece = {text.at + from, to - from};
    ExcerptPart *part = &excerpt->parts[excerpt->part_count];
    *part = (ExcerptPart){.subject = {piece, from == 0, to == text.len}, .from = from};
    if (!is_even(piece)) {
        /* each part has one offset more than it has bytes */
        uint16_t *offsets = excerpt->offsets + excerpt->used + excerpt->part_count;
        part->subject.text = even_out(piece, excerpt->bytes + excerpt->used, offsets);
        part->offsets = offsets;
        excerpt->used += part->subject.text.len;
    }
    excerpt->points += count_points(part->subject.text);
    excerpt->part_count++;
}

void excerpt_read(Excerpt *excerpt, Str text) {
    excerpt->part_count = excerpt->used = excerpt->points = 0;
    if (text.len <= EXCERPT_WHOLE) {
        add_part(excerpt, text, 0, text.len);
        return;
    }
    size_t head = EXCERPT_END, tail = text.len - EXCERPT_END;
    while (head > EXCERPT_END - 3 && is_trail(text.at[head])) head--;
    while (tail < text.len - EXCERPT_END + 3 && is_trail(text.at[tail])) tail++;
    add_part(excerpt, text, 0, head);
    add_part(excerpt, text, tail, text.len);
}

uint32_t excerpt_offset(const ExcerptPart *part, uint32_t at) {
    return (uint32_t)(part->from + (part->offsets ? part->offsets[at] : at));
}
