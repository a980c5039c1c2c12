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

static inline bool is_ascii_word(uint8_t byte) {
    return letter_is_ascii(byte) || (byte >= '0' && byte <= '9');
}

uint32_t word_next(const uint8_t **at, const uint8_t *end) {
    uint32_t hash = WORD_HASH_START;
    bool inside = false;
    while (*at < end) {
        const uint8_t byte = **at;
        if (byte < 0x80) {
            if (is_ascii_word(byte)) hash = word_hash_add(hash, byte | 0x20u); /* lower case */
            else if (inside) break;
            inside = inside || is_ascii_word(byte);
            ++*at;
            continue;
        }
        const Letter letter = letter_read(*at, end);
        const bool is_sign = letter.letter == LETTER_UNSPACED; /* a word of its own */
        const bool is_of_word = (letter.letter >= LETTER_LOWER && letter.letter <= LETTER_DIGIT) ||
                                (inside && letter.letter == LETTER_MARK);
        if ((!is_of_word || is_sign) && inside) break;
        *at += letter.size;
        if (!is_of_word) continue;
        hash = word_hash_add(hash, letter.letter == LETTER_UPPER ? letter_lower(letter.code)
                                                                 : letter.code);
        inside = true;
        if (is_sign) break;
    }
    return inside ? hash | 1u : 0;
}
