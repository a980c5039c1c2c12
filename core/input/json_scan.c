/* SPDX-License-Identifier: MIT
 * json_scan.c - reads JSON strictly, token by token; strings, which are most of a line, in strides.
 */
#include "input/json_scan.h"

#include "input/json_string.h"

#include <string.h>

static bool fail(JsonScan *scan, size_t at, const char *problem) {
    scan->at = at;
    scan->problem = problem;
    return false;
}

static bool is_digit(const JsonScan *scan, size_t at) {
    return at < scan->bytes.len && scan->bytes.at[at] >= '0' && scan->bytes.at[at] <= '9';
}

static bool is_at(const JsonScan *scan, size_t at, char byte) {
    return at < scan->bytes.len && scan->bytes.at[at] == (uint8_t)byte;
}

static void skip_space(JsonScan *scan) {
    while (is_at(scan, scan->at, ' ') || is_at(scan, scan->at, '\t') ||
           is_at(scan, scan->at, '\r') || is_at(scan, scan->at, '\n'))
        scan->at++;
}

/* ---- levels --------------------------------------------------------------------------------- */

static bool is_in_object(const JsonScan *scan) {
    const unsigned level = scan->depth - 1;
    return scan->depth > 0 && scan->objects[level / 64] >> level % 64 & 1;
}

/* What may come behind a value. */
static JsonExpected after_value(const JsonScan *scan) {
    return scan->depth ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

static bool give(JsonScan *scan, JsonToken *ret, JsonKind kind, size_t end) {
    *ret = (JsonToken){kind, scan->depth, scan->at, end};
    scan->at = end;
    scan->expected = after_value(scan);
    return true;
}

static bool open_level(JsonScan *scan, JsonToken *ret, bool is_object) {
    const unsigned level = scan->depth;
    if (level == JSON_SCAN_DEPTH) return fail(scan, scan->at, "objects and arrays are too deep");
    give(scan, ret, is_object ? JSON_OBJECT : JSON_ARRAY, scan->at + 1);
    const uint64_t bit = (uint64_t)1 << level % 64;
    uint64_t *objects = &scan->objects[level / 64];
    *objects = is_object ? *objects | bit : *objects & ~bit;
    scan->depth++;
    scan->expected = is_object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
    return true;
}

static bool close_level(JsonScan *scan, JsonToken *ret) {
    const bool is_object = is_in_object(scan);
    scan->depth--;
    return give(scan, ret, is_object ? JSON_OBJECT_END : JSON_ARRAY_END, scan->at + 1);
}

/* ---- tokens --------------------------------------------------------------------------------- */

static bool read_string(JsonScan *scan, JsonToken *ret, JsonKind kind) {
    size_t end = scan->at + 1;
    scan->has_escapes = false;
    for (;;) {
        end += json_string_plain(scan->bytes.at + end, scan->bytes.len - end);
        if (end == scan->bytes.len) return fail(scan, scan->at, "a string does not end");
        if (scan->bytes.at[end] == '"') return give(scan, ret, kind, end + 1);
        if (scan->bytes.at[end] != '\\')
            return fail(scan, end, "a control character stands in a string");
        const size_t size = json_string_escape_size(scan->bytes.at + end, scan->bytes.len - end);
        if (!size) return fail(scan, end, "a backslash begins no escape");
        scan->has_escapes = true;
        end += size;
    }
}

static size_t skip_digits(const JsonScan *scan, size_t at) {
    while (is_digit(scan, at)) at++;
    return at;
}

static bool read_number(JsonScan *scan, JsonToken *ret) {
    static const char no_digit[] = "a number lacks a digit";
    size_t at = scan->at + is_at(scan, scan->at, '-');
    if (!is_digit(scan, at)) return fail(scan, at, no_digit);
    at = is_at(scan, at, '0') ? at + 1 : skip_digits(scan, at);
    if (is_digit(scan, at)) return fail(scan, at, "a number begins with 0");
    if (is_at(scan, at, '.')) {
        if (!is_digit(scan, ++at)) return fail(scan, at, no_digit);
        at = skip_digits(scan, at);
    }
    if (is_at(scan, at, 'e') || is_at(scan, at, 'E')) {
        at++;
        if (is_at(scan, at, '+') || is_at(scan, at, '-')) at++;
        if (!is_digit(scan, at)) return fail(scan, at, no_digit);
        at = skip_digits(scan, at);
    }
    return give(scan, ret, JSON_NUMBER, at);
}

static bool read_word(JsonScan *scan, JsonToken *ret, JsonKind kind, const char *word) {
    const size_t size = strlen(word);
    if (scan->bytes.len - scan->at < size || memcmp(scan->bytes.at + scan->at, word, size) != 0)
        return fail(scan, scan->at, "this is no value");
    return give(scan, ret, kind, scan->at + size);
}

static bool read_value(JsonScan *scan, JsonToken *ret) {
    const uint8_t byte = scan->bytes.at[scan->at];
    switch (byte) {
    case '"':
        return read_string(scan, ret, JSON_STRING);
    case '{':
    case '[':
        return open_level(scan, ret, byte == '{');
    case 't':
        return read_word(scan, ret, JSON_TRUE, "true");
    case 'f':
        return read_word(scan, ret, JSON_FALSE, "false");
    case 'n':
        return read_word(scan, ret, JSON_NULL, "null");
    default:
        if (byte == '-' || is_digit(scan, scan->at)) return read_number(scan, ret);
        return fail(scan, scan->at, "this is no value");
    }
}

/* A key and the colon behind it; the token is the key alone. */
static bool read_key(JsonScan *scan, JsonToken *ret) {
    if (!is_at(scan, scan->at, '"')) return fail(scan, scan->at, "this is no key");
    if (!read_string(scan, ret, JSON_KEY)) return false;
    skip_space(scan);
    if (!is_at(scan, scan->at, ':')) return fail(scan, scan->at, "a colon is missing");
    scan->at++;
    scan->expected = EXPECT_VALUE;
    return true;
}

/* Behind a value of an object or array: its end, or a comma and what follows. */
static bool read_next(JsonScan *scan, JsonToken *ret) {
    const bool is_object = is_in_object(scan);
    if (is_at(scan, scan->at, is_object ? '}' : ']')) return close_level(scan, ret);
    if (!is_at(scan, scan->at, ','))
        return fail(scan, scan->at,
                    is_object ? "a comma or } is missing" : "a comma or ] is missing");
    scan->at++;
    scan->expected = is_object ? EXPECT_KEY : EXPECT_VALUE;
    return json_scan_next(scan, ret);
}

bool json_scan_next(JsonScan *scan, JsonToken *ret) {
    if (scan->problem) return false;
    skip_space(scan);
    const bool is_over = scan->at == scan->bytes.len;
    if (scan->expected == EXPECT_NOTHING)
        return is_over ? false : fail(scan, scan->at, "something follows the object");
    if (is_over) return fail(scan, scan->at, "the line ends too early");
    switch (scan->expected) {
    case EXPECT_VALUE_OR_END:
        return is_at(scan, scan->at, ']') ? close_level(scan, ret) : read_value(scan, ret);
    case EXPECT_KEY_OR_END:
        return is_at(scan, scan->at, '}') ? close_level(scan, ret) : read_key(scan, ret);
    case EXPECT_KEY:
        return read_key(scan, ret);
    case EXPECT_COMMA_OR_END:
        return read_next(scan, ret);
    default:
        return read_value(scan, ret);
    }
}
