/* SPDX-License-Identifier: MIT
 * metadata_parts.h - what the files that read metadata share: values put together from pieces,
 * dates, names, and candidates for fields.
 *
 * metadata.c goes over the page and decides, metadata_ld.c reads JSON-LD, metadata_value.c cleans
 * strings and names, metadata_title.c chooses a title, metadata_date.c reads dates. */
#ifndef SEGMENT_METADATA_PARTS_H
#define SEGMENT_METADATA_PARTS_H

#include "base/arena.h"
#include "document/metadata.h"
#include "segment/scan.h"

/* ---- values --------------------------------------------------------------------------------- */

enum { VALUE_SIZE = 2048, TITLE_SIZE = 512, NAME_SIZE = 256 };

typedef enum ValueText {
    VALUE_PLAIN,    /* an & is an & */
    VALUE_TEXT,     /* character references stand in it */
    VALUE_ATTRIBUTE /* the same by the rules of attributes */
} ValueText;

/* A string as it grows: valid UTF-8, white space collapsed to single spaces, none at its ends. What
 * goes beyond its limit is cut. */
typedef struct Value {
    size_t limit; /* VALUE_SIZE at most */
    size_t size;
    bool has_space; /* comes before what is added next */
    bool is_full;
    uint8_t bytes[VALUE_SIZE];
} Value;

/* Makes it empty; the bytes need not be cleared for that. */
void value_begin(Value *value, size_t limit);
void value_add(Value *value, Str text, ValueText how);

/* Resolves references once more, those with a semicolon: many are escaped twice (&amp;amp;). */
void value_resolve(Value *value);

static inline Str value_text(const Value *value) {
    return (Str){value->bytes, value->size};
}

/* A copy in the arena; ret->at is NULL where that is refused. */
bool str_keep(Str *ret, Arena *arena, Str text);

/* Without white space at its ends (ASCII). */
Str str_trim(Str text);

static inline uint8_t str_small(uint8_t byte) {
    return (uint8_t)(byte - 'A') < 26 ? byte | 0x20 : byte;
}

/* Whether they are the same but for the case of ASCII letters; `text` is in small letters. */
static inline bool str_is(Str str, const char *text) {
    for (size_t i = 0; i < str.len; i++)
        if (!text[i] || str_small(str.at[i]) != (uint8_t)text[i]) return false;
    return !text[str.len];
}

/* The same for its beginning. */
bool str_starts(Str str, const char *text);

/* Whether letters and digits of the two are the same, whatever case they have and whatever stands
 * between them; no two empty ones are. */
bool str_alike(Str a, Str b);

/* Whether the letters and digits of `part` stand in a row in those of `whole`, which has a hundred
 * bytes at most; a part of less than three never does. */
bool str_within(Str part, Str whole);

/* ---- names ---------------------------------------------------------------------------------- */

/* Takes the next name off a list of names such as "By A, B and C"; false at its end. Names may be
 * empty, or none: see name_is_fine. */
bool name_next(Str *rest, Str *ret);

/* Whether that may be somebody's name: no address, no number, no "admin". */
bool name_is_fine(Str name);

/* A name that stands with its last part first, "Adams, Ann", the other way round, in `buffer`. Any
 * other one is given back as it is. */
Str name_turn(Str name, uint8_t buffer[NAME_SIZE]);

/* The name in a line of text as it stands under a title: "By A B | March 3"; empty if none. */
Str name_in_byline(Str line);

/* The name that follows the first "by" in a text; empty if none. */
Str name_in_text(Str text);

/* ---- dates ---------------------------------------------------------------------------------- */

enum { DATE_SIZE = 32 };

/* The first date in the text, as ISO 8601: its size, 0 where there is none that is clear. */
size_t date_read(Str text, char ret[DATE_SIZE]);

/* ---- candidates ----------------------------------------------------------------------------- */

/* Where titles come from. */
typedef enum TitleSource {
    TITLE_OG,
    TITLE_LD,
    TITLE_MICRODATA,
    TITLE_META,
    TITLE_TWITTER,
    TITLE_PAGE,
    TITLE_SOURCES
} TitleSource;

/* A low rank is better. Ranks of titles are TitleSource. */
typedef struct Candidate {
    Str value;
    const char *source;
    unsigned rank;
} Candidate;

/* What a title is chosen from. */
typedef struct TitleWords {
    const Candidate *titles;   /* TITLE_SOURCES of them */
    const Candidate *headings; /* h1, in their order */
    size_t heading_count;
    Str site, host;
} TitleWords;

MetadataValue title_choose(const TitleWords *all);

enum { LD_BLOCKS = 64, LD_BLOCK_SIZE = 256 << 10, LD_NODES = 2048, LD_FACTS = 8192 };

typedef struct LdNode LdNode;
typedef struct LdFact LdFact;

/* What all JSON-LD of a page says: objects, and what they say in strings and by other objects. */
typedef struct LdGraph {
    LdNode *nodes;
    LdFact *facts;
    size_t node_count, node_room, fact_count, fact_room, blocks, lookups;
    bool has_author, has_date;
} LdGraph;

/* Where names of authors come from; a rank. What says it of the page as a whole may say several. */
typedef enum AuthorSource {
    AUTHOR_LD,
    AUTHOR_CITATION,
    AUTHOR_PARSER, /* meta made for those who read pages */
    AUTHOR_META,
    AUTHOR_DC,
    AUTHOR_LAST_EXPLICIT = AUTHOR_DC,
    AUTHOR_MICRODATA, /* from here on: the first name counts */
    AUTHOR_REL,
    AUTHOR_CLASS,
    AUTHOR_TEXT,
    AUTHOR_CLASS_EARLY, /* before any heading */
    AUTHOR_SOURCES
} AuthorSource;

/* Names as they are found; cut and judged when the site is known. */
typedef struct AuthorList {
    Candidate names[METADATA_AUTHORS]; /* of the best explicit source */
    size_t count;
    Candidate others[AUTHOR_SOURCES]; /* one for each source that is not explicit */
} AuthorList;

typedef struct Candidates {
    Arena *arena;
    Str page;
    Candidate fields[METADATA_FIELDS]; /* titles and authors aside */
    Candidate titles[TITLE_SOURCES];
    AuthorList authors;
    LdGraph graph;
    uint32_t types;
    bool is_out_of_memory;
} Candidates;

/* Whether a candidate of that rank would be taken. */
bool candidate_wanted(const Candidates *all, MetadataField field, unsigned rank);

/* Takes a text, which is copied, as a candidate for the field if none of its rank or better is
 * there yet. Dates are read and addresses checked first. */
void candidate_offer(Candidates *all, MetadataField field, unsigned rank, const char *source,
                     Str text);

/* The same for the page's type. */
void candidate_offer_type(Candidates *all, unsigned rank, const char *source, uint32_t types);

/* ---- JSON-LD -------------------------------------------------------------------------------- */

/* Reads a block, which is a range of the page, into the graph. */
void ld_read(Candidates *all, ScanRange block);

/* Offers what the graph says about the page. */
void ld_offer(Candidates *all);

/* The page types that a name of schema.org means, such as NewsArticle or https://schema.org/QAPage;
 * 0 for others. */
uint32_t ld_type(Str name);

#endif
