/* SPDX-License-Identifier: MIT
 * words.h - word hashes, and the function words of the languages decant knows. */
#ifndef LANGUAGE_WORDS_H
#define LANGUAGE_WORDS_H

#include <stdint.h>

/* The languages of rules and stop words. */
#define LANGUAGES(X)                                                                               \
    X(EN, "en") X(DE, "de") X(FR, "fr") X(ES, "es") X(IT, "it") X(PT, "pt") X(NL, "nl")            \
    X(PL, "pl") X(RU, "ru") X(JA, "ja") X(ZH, "zh") X(AR, "ar")

typedef enum Language {
#define X(id, tag) LANGUAGE_##id,
    LANGUAGES(X)
#undef X
    LANGUAGE_COUNT,
    LANGUAGE_NONE = LANGUAGE_COUNT
} Language;

/* The tag, such as "en"; "" for LANGUAGE_NONE. */
const char *language_tag(Language language);

/* A word's hash is taken over its lower-cased code points (FNV-1a, 32 bits, a code point a step),
 * so that scanners can build it while they read. An unspaced script's word is one code point. */
#define WORD_HASH_START 2166136261u
static inline uint32_t word_hash_add(uint32_t hash, uint32_t lower) {
    return (hash ^ lower) * 16777619u;
}

/* The hash of a NUL-terminated UTF-8 word, lower-cased. */
uint32_t word_hash(const char *word);

/* Stop words: a bit for each language in which the word of this hash is a function word; 0 for
 * none. For Japanese and Chinese the "words" are single code points (particles). */
uint32_t stop_word_languages(uint32_t hash);

/* A bit for each language in which the word addresses the reader (you, your, Sie, votre ...). */
uint32_t reader_word_languages(uint32_t hash);

#endif
