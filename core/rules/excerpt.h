/* SPDX-License-Identifier: MIT
 * excerpt.h - what patterns see of a text: its two ends where it is long, white space made even. */
#ifndef RULES_EXCERPT_H
#define RULES_EXCERPT_H

#include "rules/pattern.h"

enum { EXCERPT_WHOLE = 4096, EXCERPT_END = 2048 }; /* bytes */

typedef struct ExcerptPart {
    Subject subject;
    size_t from;             /* where it begins in the text */
    const uint16_t *offsets; /* of each byte, counted from `from`; NULL: one to one */
} ExcerptPart;

typedef struct Excerpt {
    ExcerptPart parts[2];
    size_t part_count;
    size_t points; /* code points of the parts */
    size_t used;   /* of the following */
    uint8_t bytes[EXCERPT_WHOLE];
    uint16_t offsets[EXCERPT_WHOLE + 2];
} Excerpt;

/* Reads `text`, which must outlive the excerpt: all of it up to EXCERPT_WHOLE bytes, else the first
 * and the last EXCERPT_END. Every run of white space becomes one space, every invalid byte a ?. */
void excerpt_read(Excerpt *excerpt, Str text);

/* The offset in the text of a byte (or the end) of a part. */
uint32_t excerpt_offset(const ExcerptPart *part, uint32_t at);

#endif
