/* SPDX-License-Identifier: MIT
 * line_break.h - what ends a line: LF, CR LF, CR, VT, FF, U+2028, U+2029. */
#ifndef DOCUMENT_LINE_BREAK_H
#define DOCUMENT_LINE_BREAK_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the line break at `at`; 0 if there is none. at < end. */
static inline size_t line_break(const uint8_t *at, const uint8_t *end) {
    size_t left = (size_t)(end - at);
    if (at[0] == '\r' && left > 1 && at[1] == '\n') return 2;
    if (at[0] >= '\n' && at[0] <= '\r') return 1;
    if (left > 2 && at[0] == 0xE2 && at[1] == 0x80 && (at[2] == 0xA8 || at[2] == 0xA9)) return 3;
    return 0;
}

#endif
