/* SPDX-License-Identifier: MIT
 * json_scan.h - the tokens of a JSON text (RFC 8259), strictly: what base/json.h forgives on pages
 * is an error here. The bytes of strings may be any but control characters. */
#ifndef INPUT_JSON_SCAN_H
#define INPUT_JSON_SCAN_H

#include "base/json.h"

enum { JSON_SCAN_DEPTH = 1024 }; /* objects and arrays in each other; deeper ones are an error */

/* What may come next. */
typedef enum JsonExpected {
    EXPECT_VALUE,
    EXPECT_VALUE_OR_END, /* behind a bracket */
    EXPECT_KEY,
    EXPECT_KEY_OR_END, /* behind a brace */
    EXPECT_COMMA_OR_END,
    EXPECT_NOTHING
} JsonExpected;

/* Set the bytes, and the rest to zero. */
typedef struct JsonScan {
    Str bytes;
    size_t at;           /* behind the last token; where the problem is */
    const char *problem; /* NULL, or what is wrong, such as "a colon is missing" */
    bool has_escapes;    /* the last key or string */
    JsonExpected expected;
    unsigned depth;
    uint64_t objects[JSON_SCAN_DEPTH / 64]; /* a bit for every level: whether it is an object */
} JsonScan;

/* The next token; false at the end of the text, and where there is a problem. */
bool json_scan_next(JsonScan *scan, JsonToken *ret);

#endif
