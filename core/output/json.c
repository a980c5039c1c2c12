/* SPDX-License-Identifier: MIT
 * json.c - strings of a JSON log: escaped where they are UTF-8, Base64 where they are not. */
#include "output/line.h"

#include "language/letters.h"

bool is_utf8(Str text) {
    const uint8_t *at = text.at, *end = text.at + text.len;
    while (at < end) {
        if (*at < 0x80) {
            at++;
            continue;
        }
        uint8_t size = letter_read(at, end).size;
        if (size == 1) return false;
        at += size;
    }
    return true;
}

/* Adds the escape of a byte that may not stand in a string as it is. */
static void add_escape(Line *line, uint8_t byte) {
    static const char hex[] = "0123456789abcdef";
    const char code[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    switch (byte) {
    case '"':
        line_word(line, "\\\"");
        break;
    case '\\':
        line_word(line, "\\\\");
        break;
    case '\n':
        line_word(line, "\\n");
        break;
    case '\r':
        line_word(line, "\\r");
        break;
    case '\t':
        line_word(line, "\\t");
        break;
    default:
        line_add(line, code, sizeof code);
    }
}

void line_json(Line *line, Str text) {
    const uint8_t *plain = text.at, *end = text.at + text.len;
    line_word(line, "\"");
    for (const uint8_t *at = plain; at < end; at++) {
        if (*at >= ' ' && *at != '"' && *at != '\\' && *at != 0x7F) continue;
        line_add(line, plain, (size_t)(at - plain));
        add_escape(line, *at);
        plain = at + 1;
    }
    line_add(line, plain, (size_t)(end - plain));
    line_word(line, "\"");
}

void line_base64(Line *line, Str bytes) {
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    line_word(line, "\"");
    for (size_t at = 0; at < bytes.len; at += 3) {
        size_t left = bytes.len - at;
        uint32_t group = (uint32_t)bytes.at[at] << 16;
        if (left > 1) group |= (uint32_t)bytes.at[at + 1] << 8;
        if (left > 2) group |= bytes.at[at + 2];
        const char out[4] = {signs[group >> 18], signs[group >> 12 & 63],
                             left > 1 ? signs[group >> 6 & 63] : '=',
                             left > 2 ? signs[group & 63] : '='};
        line_add(line, out, sizeof out);
    }
    line_word(line, "\"");
}
