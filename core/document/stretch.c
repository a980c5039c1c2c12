/* SPDX-License-Identifier: MIT
 * stretch.c - how a block ends. */
#include "document/stretch.h"

#include "language/letters.h"

static bool ends_in_dots(Str text) {
    return text.len >= 2 && text.at[text.len - 1] == '.' && text.at[text.len - 2] == '.';
}

Ending block_ending(const Block *block) {
    uint32_t code = block->shape.last_code;
    switch (code) {
    case '.':
        return ends_in_dots(block->text) ? ENDING_ELLIPSIS : ENDING_STOP;
    case 0x2026:
        return ENDING_ELLIPSIS;
    case 0x3002:
    case 0x6D4:
    case 0x964:
        return ENDING_STOP;
    case '!':
    case '?':
    case 0xFF01:
    case 0xFF1F:
    case 0x61F:
        return ENDING_MARK;
    case ':':
    case 0xFF1A:
        return ENDING_COLON;
    case ',':
    case ';':
    case '-':
    case 0x2013:
    case 0x2014:
    case 0x3001:
    case 0xFF0C:
    case 0x60C:
        return ENDING_COMMA;
    default:
        break;
    }
    switch ((LetterClass)block->shape.last_class) {
    case LETTER_DIGIT:
        return ENDING_DIGIT;
    case LETTER_PUNCTUATION:
        return ENDING_CLOSING;
    case LETTER_SYMBOL:
    case LETTER_OTHER_SIGN:
        return ENDING_SYMBOL;
    default:
        return ENDING_LETTER;
    }
}
