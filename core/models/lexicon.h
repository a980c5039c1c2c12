/* SPDX-License-Identifier: MIT
 * lexicon.h - words that lean to noise or to a page's own text: each apart for blocks of few words,
 * of some and of many, and for the heading above a block.
 *
 * A lexicon's words (forest.h): where every block leans, 1024 a unit of log-odds; then two for each
 * word, its hash and four leans of 8 bits, the first lowest, 16 a unit. */
#ifndef MODELS_LEXICON_H
#define MODELS_LEXICON_H

#include "base/arena.h"
#include "decant.h"

typedef enum LexiconUse {
    LEXICON_FEW,
    LEXICON_SOME,
    LEXICON_MANY,
    LEXICON_HEADING,
    LEXICON_USES
} LexiconUse;

typedef struct LexiconEntry {
    uint32_t hash; /* 0: free */
    int8_t leans[LEXICON_USES];
} LexiconEntry;

/* Read-only after lexicon_read. Without entries nothing leans. */
typedef struct Lexicon {
    LexiconEntry *entries; /* open-addressed, half full at most */
    size_t mask;
    int32_t lean; /* of every block */
} Lexicon;

/* Reads a lexicon's words into the arena; DECANT_BAD_MODEL if they are not those of one. */
decant_status lexicon_read(Lexicon *lexicon, Arena *arena, const int32_t *words, size_t count);

/* Where a word leans, 16 a unit; 0 for a word that is not in it. */
int lexicon_lean(const Lexicon *lexicon, uint32_t hash, LexiconUse use);

#endif
