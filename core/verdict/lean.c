/* SPDX-License-Identifier: MIT
 * lean.c - a text leans as its words do together, over the square root of how many they are:
 * many words that agree say more than one, but not as much more. */
#include "verdict/lean.h"

#include "language/words.h"

enum { MOST_WORDS = 64, MOST_HEADING_WORDS = 8, FEW_WORDS = 3, SOME_WORDS = 12 };

/* The first words of a text, hashed. */
typedef struct Words {
    uint32_t hashes[MOST_WORDS];
    size_t count;
} Words;

static void read_words(Str text, Words *ret) {
    const uint8_t *at = text.at, *end = text.at + text.len;
    uint32_t hash;
    ret->count = 0;
    while (ret->count < MOST_WORDS && (hash = word_next(&at, end)))
        ret->hashes[ret->count++] = hash;
}

static int32_t lean_of(const Lexicon *lexicon, const Words *words, LexiconUse use) {
    enum { FINER = 16, UNIT = 1024 / 16 };
    const size_t most = use == LEXICON_HEADING ? MOST_HEADING_WORDS : MOST_WORDS;
    const size_t count = words->count < most ? words->count : most;
    int32_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += lexicon_lean(lexicon, words->hashes[i], use);
    return count ? sum * UNIT * FINER / (int32_t)root(count * FINER * FINER) : 0;
}

static LexiconUse use_of(size_t words) {
    if (words <= FEW_WORDS) return LEXICON_FEW;
    return words <= SOME_WORDS ? LEXICON_SOME : LEXICON_MANY;
}

void lean_blocks(const Document *document, const Lexicon *lexicon, int32_t *ret_leans) {
    int32_t heading = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        const Block *block = &document->blocks[i];
        Words words;
        read_words(block->text, &words);
        ret_leans[i] = lexicon->lean + lean_of(lexicon, &words, use_of(words.count)) + heading;
        if (document->page && block->evidence[EVIDENCE_LEVEL])
            heading = lean_of(lexicon, &words, LEXICON_HEADING);
    }
}
