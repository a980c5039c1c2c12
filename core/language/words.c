/* SPDX-License-Identifier: MIT
 * words.c - language tags, and the hash of a whole word. */
#include "language/words.h"

#include "language/letters.h"

#include <string.h>

const char *language_tag(Language language) {
    static const char *const tags[LANGUAGE_COUNT + 1] = {
#define X(id, tag) tag,
        LANGUAGES(X)
#undef X
            ""};
    return tags[language < LANGUAGE_COUNT ? language : LANGUAGE_NONE];
}

uint32_t word_hash(const char *word) {
    const uint8_t *at = (const uint8_t *)word, *end = at + strlen(word);
    uint32_t hash = WORD_HASH_START;
    while (at < end) {
        Letter letter = letter_read(at, end);
        uint32_t lower = letter.code == 0x2019 ? '\'' : letter_lower(letter.code);
        hash = word_hash_add(hash, lower);
        at += letter.size;
    }
    return hash;
}
