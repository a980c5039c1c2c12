/* SPDX-License-Identifier: MIT
 * words.h - word hashes, and the function words of the languages decant knows.
 *
 * A word is a run of letters, digits and marks; an apostrophe (' or ’) between two letters belongs
 * to it and counts as '. In unspaced scripts every code point is a word. */
#ifndef LANGUAGE_WORDS_H
#define LANGUAGE_WORDS_H

#include <stdint.h>

/* The languages of rules and stop words. */
#define LANGUAGES(X)                                                                               \
    X(EN, "en")                                                                                    \
    X(DE, "de")                                                                                    \
    X(FR, "fr")                                                                                    \
    X(ES, "es")                                                                                    \
    X(IT, "it")                                                                                    \
    X(PT, "pt")                                                                                    \
    X(NL, "nl")                                                                                    \
    X(PL, "pl")                                                                                    \
    X(RU, "ru")                                                                                    \
    X(JA, "ja")                                                                                    \
    X(ZH, "zh")                                                                                    \
    X(AR, "ar")

typedef enum Language {
#define X(id, tag) LANGUAGE_##id,
    LANGUAGES(X)
#undef X
        LANGUAGE_COUNT,
    LANGUAGE_NONE = LANGUAGE_COUNT
} Language;

/* The tag, such as "en"; "" for LANGUAGE_NONE. */
const char *language_tag(Language language);

/* A word's hash is taken over its lower-cased code points, marks too (FNV-1a, 32 bits, a code point
 * a step), so that scanners can build it while they read. */
#define WORD_HASH_START 2166136261u
static inline uint32_t word_hash_add(uint32_t hash, uint32_t lower) {
    return (hash ^ lower) * 16777619u;
}

/* The hash of a NUL-terminated UTF-8 word, lower-cased. */
uint32_t word_hash(const char *word);

/* The next word from *at on, apostrophes parting: its hash with the lowest bit set, so that it is
 * never 0; 0 at the end. */
uint32_t word_next(const uint8_t **at, const uint8_t *end);

/* One word of stop_words.txt; a bit for each language. A free slot has a hash of 0. */
typedef struct WordEntry {
    uint32_t hash;
    uint16_t stop;   /* languages in which it is a function word */
    uint16_t reader; /* languages in which it addresses the reader */
    uint16_t self;   /* languages in which an author speaks of himself with it */
    uint16_t back;   /* languages in which a sentence that begins with it leads on from before */
} WordEntry;

enum { WORD_TABLE_BITS = 13 };
extern const WordEntry word_table[1 << WORD_TABLE_BITS];

/* The entry of the word of this hash; a free slot where there is none. */
static inline const WordEntry *word_entry(uint32_t hash) {
    uint32_t at = (hash * 0x9E3779B1u) >> (32 - WORD_TABLE_BITS);
    while (word_table[at].hash && word_table[at].hash != hash)
        at = (at + 1) & ((1u << WORD_TABLE_BITS) - 1);
    return &word_table[at];
}

/* Stop words: a bit for each language in which the word of this hash is a function word (articles,
 * pronouns, prepositions, conjunctions, auxiliaries); 0 for none. For Japanese and Chinese the
 * "words" are single code points (particles). */
static inline uint32_t stop_word_languages(uint32_t hash) {
    return word_entry(hash)->stop;
}

/* A bit for each language in which the word addresses the reader (you, your, votre, ваш ...). Words
 * that more often mean others, such as German "sie" and Spanish "su", are left out. */
static inline uint32_t reader_word_languages(uint32_t hash) {
    return word_entry(hash)->reader;
}

#endif
