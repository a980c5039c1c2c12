/* SPDX-License-Identifier: MIT
 * json_string.h - the bytes of JSON strings: where plain ones end, what escapes stand for, and
 * where each byte of the value stands among those that were written. */
#ifndef INPUT_JSON_STRING_H
#define INPUT_JSON_STRING_H

#include "base/arena.h"
#include "base/bytes.h"

/* How many bytes from `at` on are neither quote nor backslash nor control character. */
size_t json_string_plain(const uint8_t *at, size_t size);

/* The size of the escape whose backslash stands at `at`; 0 where that is none. Two escapes of a
 * surrogate pair are one. */
size_t json_string_escape_size(const uint8_t *at, size_t size);

/* A place where a sign begins, in the value and as it was written. */
typedef struct JsonMark {
    size_t value, raw;
} JsonMark;

/* A string of which all escapes are right. */
typedef struct JsonString {
    Str raw;               /* as it was written, without the quotes */
    Str value;             /* raw itself where that has no escapes */
    const JsonMark *marks; /* one every so many bytes of the value; NULL where that is raw */
} JsonString;

/* Decodes `raw` into the arena, if it has escapes. False where memory is refused. */
bool json_string_decode(JsonString *ret, Arena *arena, Str raw, bool has_escapes);

/* Where in raw that stands which stands at `offset` of the value, at most its end. *is_within tells
 * whether that is within what one escape stands for; then it is the escape's start. */
size_t json_string_offset(const JsonString *string, size_t offset, bool *is_within);

/* The escape that a byte needs which is not plain: its size. */
enum { JSON_ESCAPE_MOST = 6 };
size_t json_string_escape(uint8_t byte, char ret[JSON_ESCAPE_MOST]);

#endif
