/* SPDX-License-Identifier: MIT
 * letters_table.h - the two-stage table behind letters.c: a code point's block, then its record. */
#ifndef LANGUAGE_LETTERS_TABLE_H
#define LANGUAGE_LETTERS_TABLE_H

#include "language/letters.h"

enum { LETTER_BLOCK_BITS = 7, LETTER_CODES = 0x110000 };

typedef struct LetterRecord {
    int32_t to_lower; /* what to add for lower case */
    uint8_t letter;   /* LetterClass */
    uint8_t script;   /* Script */
} LetterRecord;

extern const LetterRecord letter_records[];
extern const uint8_t letter_blocks[LETTER_CODES >> LETTER_BLOCK_BITS];
extern const uint8_t letter_rows[];

#endif
