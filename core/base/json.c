/* SPDX-License-Identifier: MIT
 * json.c - reads JSON token by token. Which of the levels around are objects is all that has to be
 * remembered, so that a number holds the whole stack. */
#include "base/json.h"

#include "base/utf8.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD };

static bool is_space(uint8_t byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool stands_at(Str bytes, size_t at, const char *text) {
    const size_t size = strlen(text);
    return size <= bytes.len - at && memcmp(bytes.at + at, text, size) == 0;
}

/* ---- between tokens ------------------------------------------------------------------------- */

/* What hides a script from those that do not know it, at `at`: its size, or 0. */
static size_t read_wrapper(Str bytes, size_t at) {
    static const char *const wrappers[] = {"<![CDATA[", "<!--", "-->", "]]>", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++)
        if (stands_at(bytes, at, wrappers[i])) return strlen(wrappers[i]);
    return 0;
}

/* Behind the comment at `at`, which has two signs at least. A line comment that holds a wrapper
 * ends there: the whole script may stand on one line. */
static size_t skip_comment(Str bytes, size_t at) {
    if (bytes.at[at + 1] == '*') {
        for (at += 2; at + 1 < bytes.len; at++)
            if (bytes.at[at] == '*' && bytes.at[at + 1] == '/') return at + 2;
        return bytes.len;
    }
    for (at += 2; at < bytes.len && bytes.at[at] != '\n' && bytes.at[at] != '\r'; at++)
        if (read_wrapper(bytes, at)) return at;
    return at;
}

/* Behind white space, comments, wrappers, commas and semicolons: nothing depends on those. */
static size_t skip_between(Str bytes, size_t at) {
    while (at < bytes.len) {
        const uint8_t byte = bytes.at[at];
        size_t size = 0;
        if (is_space(byte) || byte == ',' || byte == ';') size = 1;
        else if (stands_at(bytes, at, "//") || stands_at(bytes, at, "/*"))
            size = skip_comment(bytes, at) - at;
        else if (byte == '<' || byte == '-' || byte == ']' || byte == 0xEF)
            size = read_wrapper(bytes, at);
        if (size == 0) break;
        at += size;
    }
    return at;
}

/* The same behind a key, where a comma means that the value is missing. */
static size_t skip_space(Str bytes, size_t at) {
    while (at < bytes.len && is_space(bytes.at[at])) at++;
    return at;
}

/* ---- tokens --------------------------------------------------------------------------------- */

static bool give(JsonReader *reader, JsonToken *ret, JsonKind kind, size_t end) {
    *ret = (JsonToken){kind, reader->depth, reader->at, end};
    reader->at = end;
    reader->needs_value = kind == JSON_KEY;
    return true;
}

static bool break_off(JsonReader *reader) {
    reader->is_broken = true;
    return false;
}

static bool is_in_object(const JsonReader *reader) {
    return reader->depth > 0 && reader->objects >> (reader->depth - 1) & 1;
}

static bool open_level(JsonReader *reader, JsonToken *ret, bool is_object) {
    if (reader->depth == JSON_DEPTH) return break_off(reader);
    const uint64_t bit = (uint64_t)1 << reader->depth;
    give(reader, ret, is_object ? JSON_OBJECT : JSON_ARRAY, reader->at + 1);
    reader->objects = is_object ? reader->objects | bit : reader->objects & ~bit;
    reader->depth++;
    return true;
}

static bool close_level(JsonReader *reader, JsonToken *ret, bool is_object) {
    if (reader->depth == 0 || is_in_object(reader) != is_object) return break_off(reader);
    reader->depth--;
    return give(reader, ret, is_object ? JSON_OBJECT_END : JSON_ARRAY_END, reader->at + 1);
}

/* Behind the quote that ends the string at `at`; 0 where none does. */
static size_t find_string_end(Str bytes, size_t at) {
    for (size_t end = at + 1; end < bytes.len; end++) {
        const uint8_t *quote = memchr(bytes.at + end, '"', bytes.len - end);
        if (!quote) return 0;
        const size_t from = end;
        end = (size_t)(quote - bytes.at);
        size_t slashes = 0;
        while (end - slashes > from && bytes.at[end - slashes - 1] == '\\') slashes++;
        if (slashes % 2 == 0) return end + 1;
    }
    return 0;
}

static bool read_string(JsonReader *reader, JsonToken *ret, JsonKind kind) {
    const size_t end = find_string_end(reader->bytes, reader->at);
    return end ? give(reader, ret, kind, end) : break_off(reader);
}

/* A key and the colon behind it; the token is the key alone. */
static bool read_key(JsonReader *reader, JsonToken *ret) {
    if (!read_string(reader, ret, JSON_KEY)) return false;
    const size_t colon = skip_space(reader->bytes, reader->at);
    if (colon == reader->bytes.len || reader->bytes.at[colon] != ':') {
        reader->at = ret->start;
        return break_off(reader);
    }
    reader->at = colon + 1;
    return true;
}

static bool is_of_number(uint8_t byte) {
    return (byte >= '0' && byte <= '9') || byte == '+' || byte == '-' || byte == '.' ||
           byte == 'e' || byte == 'E';
}

static bool read_number(JsonReader *reader, JsonToken *ret) {
    size_t end = reader->at + 1;
    while (end < reader->bytes.len && is_of_number(reader->bytes.at[end])) end++;
    return give(reader, ret, JSON_NUMBER, end);
}

static bool read_value(JsonReader *reader, JsonToken *ret) {
    const Str bytes = reader->bytes;
    const size_t at = reader->at;
    const uint8_t byte = bytes.at[at];
    if (byte == '"') return read_string(reader, ret, JSON_STRING);
    if (byte == '{' || byte == '[') return open_level(reader, ret, byte == '{');
    if (byte == '-' || (byte >= '0' && byte <= '9')) return read_number(reader, ret);
    if (stands_at(bytes, at, "true")) return give(reader, ret, JSON_TRUE, at + 4);
    if (stands_at(bytes, at, "false")) return give(reader, ret, JSON_FALSE, at + 5);
    if (stands_at(bytes, at, "null")) return give(reader, ret, JSON_NULL, at + 4);
    return break_off(reader);
}

bool json_next(JsonReader *reader, JsonToken *ret) {
    const Str bytes = reader->bytes;
    if (reader->is_broken) return false;
    if (reader->needs_value) {
        reader->at = skip_space(bytes, reader->at);
        const uint8_t byte = reader->at < bytes.len ? bytes.at[reader->at] : 0;
        if (byte == ',' || byte == '}') return give(reader, ret, JSON_NULL, reader->at);
        if (byte == '/') reader->at = skip_between(bytes, reader->at);
        if (reader->at == bytes.len) return break_off(reader);
        return read_value(reader, ret);
    }
    reader->at = skip_between(bytes, reader->at);
    if (reader->at == bytes.len) return reader->depth ? break_off(reader) : false;
    const uint8_t byte = bytes.at[reader->at];
    if (byte == '}' || byte == ']') return close_level(reader, ret, byte == '}');
    if (!is_in_object(reader)) return read_value(reader, ret);
    return byte == '"' ? read_key(reader, ret) : break_off(reader);
}

bool json_skip(JsonReader *reader, const JsonToken *token) {
    if (token->kind != JSON_OBJECT && token->kind != JSON_ARRAY) return true;
    JsonToken inner;
    while (json_next(reader, &inner))
        if (inner.depth == token->depth) return true;
    return false;
}

/* ---- strings -------------------------------------------------------------------------------- */

bool json_is(Str bytes, const JsonToken *token, const char *text) {
    if (token->kind != JSON_KEY && token->kind != JSON_STRING) return false;
    size_t at = token->start + 1;
    for (; at + 1 < token->end; at++, text++)
        if (!*text || bytes.at[at] != (uint8_t)*text) return false;
    return !*text;
}

uint32_t json_unit(const uint8_t *at, const uint8_t *end) {
    uint32_t unit = 0;
    if (end - at < 4) return UINT32_MAX;
    for (int i = 0; i < 4; i++) {
        const uint32_t digit = at[i] - (uint32_t)'0', letter = (at[i] | 0x20u) - 'a';
        if (digit >= 10 && letter >= 6) return UINT32_MAX;
        unit = unit << 4 | (digit < 10 ? digit : letter + 10);
    }
    return unit;
}

/* Behind "\u": moves *at behind the digits, and behind those of a second unit. */
static uint32_t read_code(const uint8_t **at, const uint8_t *end) {
    const uint32_t unit = json_unit(*at, end);
    if (unit == UINT32_MAX) return REPLACEMENT;
    *at += 4;
    if (unit < 0xD800 || unit >= 0xE000) return unit;
    if (unit >= 0xDC00 || end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u') return REPLACEMENT;
    const uint32_t low = json_unit(*at + 2, end);
    if (low < 0xDC00 || low >= 0xE000) return REPLACEMENT;
    *at += 6;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

/* Behind a backslash. An escape that nobody knows stands for its sign; *at is not moved past it
 * where that is a part of a longer one. */
static uint32_t read_escape(const uint8_t **at, const uint8_t *end) {
    static const char names[] = "bfnrt", signs[] = "\b\f\n\r\t";
    if (*at == end) return REPLACEMENT;
    const uint8_t byte = **at;
    if (byte >= 0x80) return REPLACEMENT;
    ++*at;
    if (byte == 'u') return read_code(at, end);
    const char *found = byte ? strchr(names, byte) : NULL;
    return found ? (uint32_t)signs[found - names] : byte;
}

/* The size of the valid UTF-8 sequence at `at`; 0 where there is none. */
static size_t sequence_size(const uint8_t *at, const uint8_t *end) {
    const uint8_t lead = *at;
    const size_t size = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size < 2) return size;
    if (lead > 0xF4 || (size_t)(end - at) < size) return 0;
    for (size_t i = 1; i < size; i++)
        if ((at[i] & 0xC0) != 0x80) return 0;
    const bool is_overlong = (lead == 0xE0 && at[1] < 0xA0) || (lead == 0xF0 && at[1] < 0x90);
    const bool is_out = (lead == 0xED && at[1] >= 0xA0) || (lead == 0xF4 && at[1] >= 0x90);
    return is_overlong || is_out ? 0 : size;
}

/* One sign of a string: moves *at behind it and gives the bytes that it takes in `ret`. */
static size_t read_sign(const uint8_t **at, const uint8_t *end, uint8_t ret[4]) {
    const uint8_t *from = *at;
    const size_t size = sequence_size(from, end);
    if (size == 0) {
        ++*at;
        return utf8_write(REPLACEMENT, ret);
    }
    *at += size;
    if (*from == '\\') return utf8_write(read_escape(at, end), ret);
    memcpy(ret, from, size);
    return size;
}

decant_status json_text(Str *ret, Arena *arena, Str bytes, const JsonToken *token) {
    const uint8_t *start = bytes.at + token->start + 1, *end = bytes.at + token->end - 1;
    uint8_t sign[4];
    size_t size = 0;
    *ret = (Str){NULL, 0};
    for (const uint8_t *at = start; at < end;) size += read_sign(&at, end, sign);
    uint8_t *text = arena_take(arena, size, 1);
    if (!text) return DECANT_NO_MEMORY;
    *ret = (Str){text, size};
    for (const uint8_t *at = start; at < end;) {
        const size_t sign_size = read_sign(&at, end, sign);
        memcpy(text, sign, sign_size);
        text += sign_size;
    }
    return DECANT_OK;
}
