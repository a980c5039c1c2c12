/* SPDX-License-Identifier: MIT
 * excerpt.c - evens out white space and keeps track of where each byte came from. */
#include "rules/excerpt.h"

#include "base/lanes.h"
#include "language/letters.h"

#include <string.h>

static bool is_trail(uint8_t byte) {
    return (byte & 0xC0) == 0x80;
}

/* Whether eight bytes are printable ASCII without double spaces. */
static bool are_even(uint64_t bytes) {
    const uint64_t tops = LANES_OF(0x80), raised = bytes | tops;
    uint64_t odd = bytes | ~(raised - LANES_OF(' '));
    uint64_t spaces = ~(raised - LANES_OF(' ' + 1)) & tops;
    return !(odd & tops) && !(spaces & spaces << 8);
}

/* Whether patterns may see these bytes as they are: printable ASCII without double spaces. Eight
 * bytes a step overlap by one, so that no pair is missed. */
static bool is_even(Str text) {
    size_t at = 0;
    for (; at + LANES <= text.len; at += LANES - 1)
        if (!are_even(lanes_read(text.at + at))) return false;
    for (uint8_t before = 0; at < text.len; at++) {
        uint8_t byte = text.at[at];
        if (byte < ' ' || byte >= 0x80 || (byte == ' ' && before == ' ')) return false;
        before = byte;
    }
    return true;
}

static Str even_out(Str text, uint8_t *bytes, uint16_t *offsets, size_t *points) {
    size_t used = 0;
    bool after_space = false;
    for (size_t at = 0; at < text.len;) {
        if (text.at[at] > ' ' && text.at[at] < 0x80) {
            offsets[used] = (uint16_t)at;
            bytes[used++] = text.at[at++];
            ++*points;
            after_space = false;
            continue;
        }
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
        *points += !(is_space && after_space);
        after_space = is_space;
        at += letter.size;
    }
    offsets[used] = (uint16_t)text.len;
    return (Str){bytes, used};
}

static void add_part(Excerpt *excerpt, Str text, size_t from, size_t to) {
    Str piece = {text.at + from, to - from};
    ExcerptPart *part = &excerpt->parts[excerpt->part_count];
    *part = (ExcerptPart){.subject = {piece, from == 0, to == text.len}, .from = from};
    if (is_even(piece)) {
        excerpt->points += piece.len;
    } else {
        /* each part has one offset more than it has bytes */
        uint16_t *offsets = excerpt->offsets + excerpt->used + excerpt->part_count;
        part->subject.text =
            even_out(piece, excerpt->bytes + excerpt->used, offsets, &excerpt->points);
        part->offsets = offsets;
        excerpt->used += part->subject.text.len;
    }
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
