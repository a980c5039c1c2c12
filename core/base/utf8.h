/* SPDX-License-Identifier: MIT
 * utf8.h - code points as UTF-8. Reading them is the business of language/letters.h. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

enum { UTF8_MOST = 4 };

/* Writes a code point, which is U+10FFFF at most; the bytes it takes. */
static inline size_t utf8_write(uint32_t code, uint8_t ret[UTF8_MOST]) {
    static const uint8_t leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    const size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1; code >>= 6) ret[i] = (uint8_t)(0x80 | (code & 0x3F));
    ret[0] = (uint8_t)(leads[size] | code);
    return size;
}

#endif
