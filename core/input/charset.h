/* SPDX-License-Identifier: MIT
 * charset.h - a page's bytes as UTF-8: which charset they are in, and the text they decode to.
 * Every offset in the text leads back to the bytes it came from. */
#ifndef INPUT_CHARSET_H
#define INPUT_CHARSET_H

#include "base/arena.h"
#include "base/bytes.h"
#include "document/source_map.h"

/* What a charset is known by, the surest first. */
typedef enum CharsetSource {
    CHARSET_GIVEN,    /* the caller's label */
    CHARSET_MARK,     /* a byte order mark */
    CHARSET_DECLARED, /* a meta element, or an XML declaration */
    CHARSET_GUESSED,  /* what the bytes look like */
    CHARSET_DEFAULT   /* nothing: UTF-8 for ASCII; windows-1252 for all else, and in place of a
                         charset that iconv does not know */
} CharsetSource;

typedef struct Decoded {
    /* UTF-8: raw itself where that is UTF-8 or ASCII already, else in the arena. A byte order mark
     * stays; where text is raw, so do bytes that are not valid. */
    Str text;
    SourceMap map;       /* the identity where text is raw */
    const char *charset; /* the Encoding Standard's name in small letters; static */
    CharsetSource source;
    /* Bytes that mean nothing: each sequence of them is one U+FFFD, as in browsers, where text is
     * not raw. */
    uint64_t undecodable;
    uint64_t first_undecodable; /* offset in raw of the first; 0 where there is none */
} Decoded;

/* Decodes a page of at most 1 GiB. `label` is what the caller says of its charset, or NULL; one
 * that is not known is passed over. `more`: the document goes on after raw, and a sign of UTF-8
 * that its end cuts in two is left out of the text. Besides DECANT_OK there is DECANT_NO_MEMORY
 * alone. */
decant_status charset_decode(Decoded *ret, Arena *arena, Str raw, const char *label, bool more);

/* Whether a label names a charset that can be read. Case and white space around it do not count. */
bool charset_is_known(const char *label);

#endif
