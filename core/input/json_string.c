/* SPDX-License-Identifier: MIT
 * json_string.c - JSON strings, eight plain bytes at a time. */
#include "input/json_string.h"

#include "base/json.h"
#include "base/lanes.h"
#include "base/utf8.h"

#include <string.h>

/* So many bytes of a value lie between two marks: it is found at the cost of reading them. */
enum { MARK_DISTANCE = 1024 };

/* ---- plain bytes ---------------------------------------------------------------------------- */

/* The lanes that are zero, and perhaps some above the lowest of them. */
static uint64_t zero_lanes(uint64_t lanes) {
    return (lanes - LANES_OF(1)) & ~lanes & LANES_OF(0x80);
}

/* The lanes that are not plain, and perhaps some above the lowest of them. */
static uint64_t special_lanes(uint64_t lanes) {
    const uint64_t controls = (lanes - LANES_OF(' ')) & ~lanes & LANES_OF(0x80);
    return controls | zero_lanes(lanes ^ LANES_OF('"')) | zero_lanes(lanes ^ LANES_OF('\\'));
}

size_t json_string_plain(const uint8_t *at, size_t size) {
    size_t plain = 0;
    for (; size - plain >= LANES; plain += LANES) {
        const uint64_t special = special_lanes(lanes_read(at + plain));
        if (special) return plain + lanes_first(special);
    }
    while (plain < size && at[plain] >= ' ' && at[plain] != '"' && at[plain] != '\\') plain++;
    return plain;
}

/* ---- escapes -------------------------------------------------------------------------------- */

/* The code point of the escape at `at`, and its size, 0 where it is none. A lone surrogate is a
 * code point, too. */
static uint32_t read_escape(const uint8_t *at, size_t size, size_t *ret_size) {
    static const char names[] = "\"\\/bfnrt", signs[] = "\"\\/\b\f\n\r\t";
    const uint8_t *end = at + size;
    *ret_size = 0;
    if (size < 2) return 0;
    const char *name = at[1] ? strchr(names, at[1]) : NULL;
    if (name) *ret_size = 2;
    if (name) return (uint8_t)signs[name - names];
    const uint32_t unit = at[1] == 'u' ? json_unit(at + 2, end) : UINT32_MAX;
    if (unit == UINT32_MAX) return 0;
    *ret_size = 6;
    if (unit < 0xD800 || unit >= 0xDC00 || size < 12 || at[6] != '\\' || at[7] != 'u') return unit;
    const uint32_t low = json_unit(at + 8, end);
    if (low < 0xDC00 || low >= 0xE000) return unit;
    *ret_size = 12;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

size_t json_string_escape_size(const uint8_t *at, size_t size) {
    size_t escape_size;
    read_escape(at, size, &escape_size);
    return escape_size;
}

size_t json_string_escape(uint8_t byte, char ret[JSON_ESCAPE_MOST]) {
    static const char names[] = "\"\\bfnrt", signs[] = "\"\\\b\f\n\r\t",
                      digits[] = "0123456789abcdef";
    const char *sign = byte ? strchr(signs, byte) : NULL;
    if (sign) {
        ret[0] = '\\';
        ret[1] = names[sign - signs];
        return 2;
    }
    memcpy(ret, "\\u00", 4);
    ret[4] = digits[byte >> 4];
    ret[5] = digits[byte & 15];
    return JSON_ESCAPE_MOST;
}

/* ---- values --------------------------------------------------------------------------------- */

/* A value while it is decoded. */
typedef struct Decoding {
    uint8_t *value;
    JsonMark *marks;
    size_t size, mark_count;
} Decoding;

/* Sets the marks that are due in the next `size` bytes of the value. A run of plain bytes can be
 * marked anywhere, what an escape stands for only at its start. */
static void set_marks(Decoding *decoding, size_t raw, size_t size, bool is_plain) {
    for (;; decoding->mark_count++) {
        const size_t due = decoding->mark_count * MARK_DISTANCE;
        if (due >= decoding->size + size) return;
        const size_t within = is_plain ? due - decoding->size : 0;
        decoding->marks[decoding->mark_count] = (JsonMark){decoding->size + within, raw + within};
    }
}

static void add(Decoding *decoding, size_t raw, const void *bytes, size_t size, bool is_plain) {
    set_marks(decoding, raw, size, is_plain);
    memcpy(decoding->value + decoding->size, bytes, size);
    decoding->size += size;
}

/* How many bytes from `at` on come before the next backslash. */
static size_t before_escape(const uint8_t *at, size_t size) {
    const uint8_t *slash = size ? memchr(at, '\\', size) : NULL;
    return slash ? (size_t)(slash - at) : size;
}

static void decode(Decoding *decoding, Str raw) {
    for (size_t at = 0; at < raw.len;) {
        const size_t plain = before_escape(raw.at + at, raw.len - at);
        if (plain) add(decoding, at, raw.at + at, plain, true);
        at += plain;
        if (at == raw.len) return;
        uint8_t sign[UTF8_MOST];
        size_t escape_size;
        const uint32_t code = read_escape(raw.at + at, raw.len - at, &escape_size);
        add(decoding, at, sign, utf8_write(code, sign), false);
        at += escape_size;
    }
}

bool json_string_decode(JsonString *ret, Arena *arena, Str raw, bool has_escapes) {
    *ret = (JsonString){.raw = raw, .value = raw};
    if (!has_escapes) return true;
    /* No value is longer than what was written. */
    Decoding decoding = {.value = arena_take(arena, raw.len, 1),
                         .marks = arena_take(arena, raw.len / MARK_DISTANCE + 1, sizeof(JsonMark))};
    if (!decoding.value || !decoding.marks) return false;
    decode(&decoding, raw);
    ret->value = (Str){decoding.value, decoding.size};
    ret->marks = decoding.marks;
    return true;
}

size_t json_string_offset(const JsonString *string, size_t offset, bool *is_within) {
    *is_within = false;
    if (offset >= string->value.len) return string->raw.len;
    if (!string->marks) return offset;
    JsonMark mark = string->marks[offset / MARK_DISTANCE];
    for (;;) {
        const size_t plain = before_escape(string->raw.at + mark.raw, offset - mark.value);
        mark.raw += plain;
        mark.value += plain;
        if (mark.value == offset) return mark.raw;
        uint8_t sign[UTF8_MOST];
        size_t escape_size;
        const uint32_t code =
            read_escape(string->raw.at + mark.raw, string->raw.len - mark.raw, &escape_size);
        const size_t sign_size = utf8_write(code, sign);
        *is_within = sign_size > offset - mark.value;
        if (*is_within) return mark.raw;
        mark.raw += escape_size;
        mark.value += sign_size;
    }
}
