/* SPDX-License-Identifier: MIT
 * imprint.h - what a judged document leaves behind: the lines it holds, hashes of what it says, and
 * some of its lines as they read. */
#ifndef PROFILE_IMPRINT_H
#define PROFILE_IMPRINT_H

#include "document/document.h"
#include "profile/layout.h"

/* Where in a document a line stands. */
typedef enum Place { PLACE_HEAD, PLACE_MIDDLE, PLACE_TAIL } Place;

/* Where a block stands: a fifth of a document's words is its head, and another its tail. */
Place place_of(const Document *document, const Block *block);

/* What a hash of words in a row (keys.h) is of. */
typedef enum TextPart {
    TEXT_HEAD,    /* the first words, or what a page says of itself: what teasers show */
    TEXT_OPENING, /* what goes on from there */
    TEXT_REST,
    TEXT_TITLE, /* all words of the title */
    TEXT_NOISE  /* all words of a line that went: what is noise in one document is in the next */
} TextPart;

enum {
    HEAD_WORDS = 48,
    OPENING_WORDS = 300, /* head included */
    MOST_WORDS = 8192,   /* that are read at all */
    TITLE_WORDS =
        2, /* of a title that is told by them, behind a label; without one it takes more */
    NOISE_WORDS = 2,  /* of a line that went */
    MOST_NAME = 256,  /* bytes of an id or a site that are kept */
    SAMPLE_LINES = 48 /* first and last ones, as many of each */
};

/* Whether a hash is among those that are known at a level of thinning: all, and at each further
 * level half as many. Of the rest of a text it is half as many from the start. */
static inline bool text_is_known(uint32_t hash, TextPart part, int level) {
    if (part == TEXT_TITLE) return true;
    return hash >> (32 - LEVELS) < (1u << LEVELS) >> (level + (part == TEXT_REST));
}

/* An entry: such a hash and what it is of, as imprints and texts hold them one after the other. */
enum { ENTRY_SIZE = 8 };

static inline uint32_t entry_hash(const uint8_t *entry) {
    return load32(entry);
}
static inline TextPart entry_part(const uint8_t *entry) {
    return (TextPart)load32(entry + 4);
}
static inline void entry_store(uint8_t *entry, uint32_t hash, TextPart part) {
    store32(entry, hash);
    store32(entry + 4, part);
}

/* An imprint's bytes, read. Numbers are loaded where they stand. */
typedef struct Imprint {
    uint64_t id, content, site; /* keys; content: of all that it says */
    uint32_t words;             /* of its text */
    const uint8_t *lines;       /* key and place in its lowest two bits, 8 bytes each */
    uint32_t line_count;
    const uint8_t *entries;
    uint32_t entry_count;
    Str id_name, site_name;
    Str samples; /* key as in lines, 8 bytes; size, 1 byte; a preview of so many bytes */
} Imprint;

/* Makes the imprint of a document in its arena. One of no site leaves no lines: those of strangers
 * would be counted together. */
decant_status imprint_make(const Document *document, Str id, Str site, Str *ret);

/* Whether bytes are a document's sampled lines: no more of them, and no longer ones, than it
 * leaves.
 */
bool sampled_lines_are_whole(Str lines);

/* False where the bytes are no whole imprint. */
bool imprint_read(Str bytes, Imprint *ret);

#endif
