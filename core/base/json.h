/* SPDX-License-Identifier: MIT
 * json.h - the tokens of JSON bytes, one at a time, as pages in the wild write it.
 *
 *     JsonReader reader = {.bytes = bytes};
 *     JsonToken token;
 *     while (json_next(&reader, &token)) ...
 *
 * Well-formed JSON (RFC 8259) gives its tokens, each with exactly the bytes that it stands in. What
 * is commonly wrong does no harm: control characters and line breaks in strings, commas too many or
 * too few, values that are missing, comments, what hides a script from old browsers or from XML, a
 * semicolon at the end, and values side by side where there should be one. Anything else ends the
 * reading: what came before it still counts.
 *
 * Nothing is allocated. The bytes may be any; they are read once, forward. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/bytes.h"

enum { JSON_DEPTH = 64 }; /* objects and arrays in each other; deeper ones are not read */

typedef enum JsonKind {
    JSON_OBJECT,
    JSON_OBJECT_END,
    JSON_ARRAY,
    JSON_ARRAY_END,
    JSON_KEY, /* the value follows, be it an empty JSON_NULL */
    JSON_STRING,
    JSON_NUMBER, /* what begins like one: its bytes are not checked */
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL /* empty where a value is missing */
} JsonKind;

typedef struct JsonToken {
    JsonKind kind;
    unsigned depth;    /* of objects and arrays around it: those have the same at both ends */
    size_t start, end; /* its bytes; of keys and strings with the quotes */
} JsonToken;

/* Set the bytes, and the rest to zero. */
typedef struct JsonReader {
    Str bytes;
    size_t at; /* behind the last token; where is_broken came up */
    unsigned depth;
    uint64_t objects; /* a bit for every level: whether it is an object */
    bool needs_value; /* a key came last */
    bool is_broken;   /* what stands at `at` is no JSON, or is cut */
} JsonReader;

/* The next token; false at the end, and where reading cannot go on. */
bool json_next(JsonReader *reader, JsonToken *ret);

/* Behind the token that opens an object or array: goes on behind its end. Other tokens have nothing
 * to be skipped. False where there is no end. */
bool json_skip(JsonReader *reader, const JsonToken *token);

/* Whether a key or string is `text`. One that is written with escapes never is. */
bool json_is(Str bytes, const JsonToken *token, const char *text);

/* What a key or string says, as valid UTF-8 in the arena: escapes are resolved, lone surrogates and
 * invalid bytes become U+FFFD. May hold NUL and other control characters. */
decant_status json_text(Str *ret, Arena *arena, Str bytes, const JsonToken *token);

/* The UTF-16 unit that the four hexadecimal digits at `at` stand for; UINT32_MAX where there are
 * none. */
uint32_t json_unit(const uint8_t *at, const uint8_t *end);

#endif
