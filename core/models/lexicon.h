/* SPDX-License-Identifier: MIT
 * lexicon.h - words that lean to noise or to a page's own text: each apart for blocks of few words,
 * of some and of many, and for the heading above a block; of plain text, which has no headings,
 * that last use tells of a block's first words how much articles begin with them. A lexicon of what
 * elements are called has their rings as its uses (verdict/names.h).
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

enum { LEXICON_WORDS = 64, LEXICON_HEADING_WORDS = 8 }; /* of a text that are looked up */

/* The use for a block of so many words. */
static inline LexiconUse lexicon_use(size_t words) {
    enum { FEW_WORDS = 3, SOME_WORDS = 12 };
    if (words <= FEW_WORDS) return LEXICON_FEW;
    return words <= SOME_WORDS ? LEXICON_SOME : LEXICON_MANY;
}

typedef struct LexiconEntry {
    uint32_t hash;  /* 0: free */
    uint32_t leans; /* as lexicon_leans tells */
} LexiconEntry;

/* Read-only after lexicon_read. Without entries nothing leans. */
typedef struct Lexicon {
    LexiconEntry *entries; /* open-addressed, half full at most */
    size_t mask;
    int32_t lean; /* of every block */
} Lexicon;

/* Reads a lexicon's words into the arena; DECANT_BAD_MODEL if they are not those of one. */
decant_status lexicon_read(Lexicon *lexicon, Arena *arena, const int32_t *words, size_t count);

#define LEXICON_NO_ENTRY UINT32_MAX

/* More than the number of any entry. */
static inline size_t lexicon_size(const Lexicon *lexicon) {
    return lexicon->mask + 1;
}

/* The number of a word's entry; LEXICON_NO_ENTRY for a word that is not in the lexicon. */
uint32_t lexicon_entry(const Lexicon *lexicon, uint32_t hash);

/* Where an entry's word leans, 16 a unit. */
static inline int lexicon_lean(const Lexicon *lexicon, uint32_t entry, LexiconUse use) {
    return (int)(lexicon->entries[entry].leans >> 8 * use & 0xFF) - 128;
}

/* Where a word leans: a byte for each use, the first lowest, 16 a unit and 128 for a word that does
 * not, as all are that are not in the lexicon. */
uint32_t lexicon_leans(const Lexicon *lexicon, uint32_t hash);

/* Sums over the leans of up to 256 words: uses 0 and 2, and 1 and 3. */
typedef struct Leans {
    uint32_t even, odd;
} Leans;

static inline void leans_add(Leans *sums, uint32_t leans) {
    sums->even += leans & 0x00FF00FF;
    sums->odd += leans >> 8 & 0x00FF00FF;
}

/* Where so many words that were added lean together, 16 a unit. */
static inline int leans_sum(Leans sums, LexiconUse use, int words) {
    const uint32_t lanes = use % 2 ? sums.odd : sums.even;
    return (int)(use / 2 ? lanes >> 16 : lanes & 0xFFFF) - 128 * words;
}

#endif
