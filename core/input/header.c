/* SPDX-License-Identifier: MIT
 * header.c - named fields, line by line. */
#include "input/header.h"

#include <string.h>
#include <strings.h>

static bool is_space(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

Str header_trim(Str text) {
    while (text.len && is_space(text.at[0])) text = (Str){text.at + 1, text.len - 1};
    while (text.len && is_space(text.at[text.len - 1])) text.len--;
    return text;
}

bool header_is(Str text, const char *word) {
    return text.len == strlen(word) && text.len &&
           strncasecmp((const char *)text.at, word, text.len) == 0;
}

bool header_number(Str text, uint64_t *ret) {
    uint64_t number = 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned digit = text.at[i] - (unsigned)'0';
        if (digit > 9 || number > (UINT64_MAX - digit) / 10) return false;
        number = number * 10 + digit;
    }
    *ret = number;
    return text.len > 0;
}

size_t header_size(Str bytes, size_t searched) {
    size_t at = searched < 2 ? 0 : searched - 2;
    while (at < bytes.len) {
        const uint8_t *feed = memchr(bytes.at + at, '\n', bytes.len - at);
        if (!feed) return 0;
        at = (size_t)(feed - bytes.at) + 1;
        const size_t end = at + (at < bytes.len && bytes.at[at] == '\r');
        if (end < bytes.len && bytes.at[end] == '\n') return end + 1;
    }
    return 0;
}

/* The next line without its break; moves *text behind it. */
static Str next_line(Str *text) {
    const uint8_t *feed = memchr(text->at, '\n', text->len);
    const size_t size = feed ? (size_t)(feed - text->at) : text->len;
    const Str line = {text->at, size};
    const size_t end = feed ? size + 1 : size;
    *text = (Str){text->at + end, text->len - end};
    return line;
}

bool header_next(Str *header, const char *name, Str *ret) {
    while (header->len) {
        const Str line = next_line(header);
        const uint8_t *colon = line.len ? memchr(line.at, ':', line.len) : NULL;
        if (!colon || is_space(line.at[0])) continue;
        const size_t size = (size_t)(colon - line.at);
        if (!header_is(header_trim((Str){line.at, size}), name)) continue;
        *ret = header_trim((Str){colon + 1, line.len - size - 1});
        return true;
    }
    return false;
}

Str header_field(Str header, const char *name) {
    Str value = {NULL, 0};
    header_next(&header, name, &value);
    return value;
}

bool header_item(Str *list, char separator, Str *ret) {
    do {
        if (!list->len) return false;
        const uint8_t *found = memchr(list->at, separator, list->len);
        const size_t size = found ? (size_t)(found - list->at) : list->len;
        const size_t end = found ? size + 1 : size;
        *ret = header_trim((Str){list->at, size});
        *list = (Str){list->at + end, list->len - end};
    } while (!ret->len);
    return true;
}
