/* SPDX-License-Identifier: MIT
 * texts.h - what documents say, as far as there is room to know it.
 *
 * Two things bound it. Hashes are thinned: a level further each time those of all documents that
 * ever came take more than half the room. And of documents that are too many even then those are
 * known whose ids have the smallest keys: from the first on that found no room all are forgotten,
 * and so are those that come later. Neither depends on the order in which documents came, or on
 * where they were learned: what is forgotten in a part would be forgotten in the whole. */
#ifndef PROFILE_TEXTS_H
#define PROFILE_TEXTS_H

#include "decant.h"
#include "profile/imprint.h"

/* A document whose text is known. */
typedef struct Text {
    uint64_t id, content; /* keys */
    uint32_t words;
    uint32_t entry_count, name_size;
    uint32_t least;  /* bytes it takes in the end, thinned as far as can be */
    uint8_t *bytes;  /* entries, as in an imprint; then its name */
    size_t capacity; /* bytes that were asked for */
} Text;

typedef struct Texts {
    const decant_allocator *allocator;
    uint64_t room;           /* bytes */
    uint64_t counts[LEVELS]; /* hashes of all documents that came, at each level */
    int level;
    Text *items;
    size_t count, capacity;
    uint64_t least; /* of all items together */
    uint64_t end;   /* documents whose ids have keys from here on are forgotten */
} Texts;

/* Adds a document; its entries are borrowed. */
decant_status texts_add(Texts *texts, const Imprint *imprint);

/* Adds one that was thinned, and counted, elsewhere. */
decant_status texts_add_known(Texts *texts, const Imprint *imprint);

/* Adds the counts of other texts, thinned to `level` and forgotten from `end` on. */
void texts_merge_counts(Texts *texts, const uint64_t counts[LEVELS], int level, uint64_t end);

/* Sorts items by id, takes out what is there twice, and forgets what there is no room for. */
void texts_settle(Texts *texts);

void texts_done(Texts *texts);

#endif
