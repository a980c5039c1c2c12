/* SPDX-License-Identifier: MIT
 * known.h - the documents of a profile that stand in a document in part: which of its words in a
 * row each says, and which of its blocks are that document's, if it is foreign. */
#ifndef VERDICT_KNOWN_H
#define VERDICT_KNOWN_H

#include "document/document.h"
#include "profile/profile.h"

/* What more documents say in a row tells nothing. */
enum { KNOWN_COMMON = 8, MOST_KNOWN = 32 };

/* Words in a row that another document says too. */
typedef struct Hit {
    uint64_t at; /* document, then block */
    uint32_t hash, part;
} Hit;

/* A document that stands here in part. */
typedef struct Known {
    uint32_t number;
    ProfileText text;
    const Hit *hits; /* in the order of blocks */
    size_t hit_count;
    uint32_t openings;        /* hits of head and opening */
    uint16_t *opening, *rest; /* hits of each block */
    bool *heads;              /* which blocks say some of its head */
    uint32_t matched, head;   /* hits in matched blocks; of its head anywhere */
    size_t first, last;       /* matched blocks */
    bool *reaches;            /* which blocks are its, if it is foreign */
} Known;

/* A document and who stands in it: those with most hits. */
typedef struct Trace {
    const Document *document;
    const Profile *profile;
    size_t count;    /* blocks */
    uint16_t *asked; /* words in a row of each block that a known opening would have */
    Hit *hits;       /* of all */
    size_t hit_count, hit_capacity;
    Known known[MOST_KNOWN];
    size_t known_count;
    uint64_t words; /* of all blocks */
} Trace;

/* Traces a document's words, in its arena. */
decant_status known_trace(const Document *document, const Profile *profile, Trace **ret);

/* Whether most of what a block says in a row is of a document's opening. */
bool known_matches(const Trace *trace, const Known *known, size_t block);

/* How many words stand before a block, or before the document's end, and how many are its own. */
static inline uint64_t words_at(const Trace *trace, size_t block) {
    return block < trace->count ? trace->document->blocks[block].words_before : trace->words;
}

static inline uint64_t words_of(const Trace *trace, size_t block) {
    return trace->document->blocks[block].shape.words;
}

#endif
