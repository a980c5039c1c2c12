/* SPDX-License-Identifier: MIT
 * letters.c - strict UTF-8 decoding, and look-ups in the table of code points. */
#include "language/letters.h"

#include "language/letters_table.h"

#include <stdbool.h>

enum { INVALID_CODE = 0xFFFD };

static const LetterRecord *record_of(uint32_t code) {
    size_t block = letter_blocks[code >> LETTER_BLOCK_BITS];
    size_t within = code & ((1u << LETTER_BLOCK_BITS) - 1);
    return &letter_records[letter_rows[(block << LETTER_BLOCK_BITS) + within]];
}

static bool is_trail(uint8_t byte) {
    return (byte & 0xC0) == 0x80;
}

/* The bytes of the sequence at `at`, its code point in *code; 0 where it is not valid. */
static uint8_t decode(const uint8_t *at, size_t left, uint32_t *code) {
    uint32_t first = at[0];
    if (first < 0xC2 || first > 0xF4 || left < 2 || !is_trail(at[1])) return 0;
    if (first < 0xE0) {
        *code = (first & 0x1F) << 6 | (at[1] & 0x3Fu);
        return 2;
    }
    if (left < 3 || !is_trail(at[2])) return 0;
    if (first < 0xF0) {
        *code = (first & 0x0F) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
        return *code >= 0x800 && (*code < 0xD800 || *code > 0xDFFF) ? 3 : 0;
    }
    if (left < 4 || !is_trail(at[3])) return 0;
    *code = (first & 0x07) << 18 | (at[1] & 0x3Fu) << 12 | (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu);
    return *code >= 0x10000 && *code < LETTER_CODES ? 4 : 0;
}

Letter letter_read_long(const uint8_t *at, const uint8_t *end) {
    uint32_t code;
    uint8_t size = decode(at, (size_t)(end - at), &code);
    if (!size) return (Letter){INVALID_CODE, 1, LETTER_OTHER_SIGN, SCRIPT_NONE};
    const LetterRecord *record = record_of(code);
    return (Letter){code, size, record->letter, record->script};
}

LetterClass letter_class(uint32_t code) {
    return code < LETTER_CODES ? (LetterClass)record_of(code)->letter : LETTER_OTHER_SIGN;
}

uint32_t letter_lower_long(uint32_t code) {
    if (code >= LETTER_CODES) return code;
    return (uint32_t)((int32_t)code + record_of(code)->to_lower);
}
