/* SPDX-License-Identifier: MIT
 * letters.h - UTF-8 decoding and what a code point is: class, lower case, script. */
#ifndef LANGUAGE_LETTERS_H
#define LANGUAGE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum LetterClass {
    LETTER_OTHER_SIGN,  /* controls, unassigned, invalid bytes, private use */
    LETTER_SPACE,       /* White_Space, line breaks included; zero-width space, BOM */
    LETTER_LOWER,       /* small letters */
    LETTER_UPPER,       /* capitals; title case too */
    LETTER_CASELESS,    /* letters without case, written with spaces: Arabic, Hebrew, Hindi ... */
    LETTER_UNSPACED,    /* scripts without spaces: Han, kana, Thai, Lao, Khmer, Burmese; a code
                           point is a word */
    LETTER_DIGIT,       /* Nd */
    LETTER_MARK,        /* Mn, Mc, Me, soft hyphen and joiners: go on with the word they stand in */
    LETTER_PUNCTUATION, /* P* */
    LETTER_SYMBOL       /* S*, and numbers that are no digits, such as a half */
} LetterClass;

typedef enum Script {
    SCRIPT_NONE, /* digits, punctuation, anything common */
    SCRIPT_LATIN,
    SCRIPT_CYRILLIC,
    SCRIPT_GREEK,
    SCRIPT_ARABIC,
    SCRIPT_HEBREW,
    SCRIPT_HAN,
    SCRIPT_KANA,
    SCRIPT_HANGUL,
    SCRIPT_OTHER,
    SCRIPTS
} Script;

typedef struct Letter {
    uint32_t code;  /* code point; 0xFFFD for an invalid byte */
    uint8_t size;   /* bytes read: 1 for an invalid byte */
    uint8_t letter; /* LetterClass */
    uint8_t script; /* Script */
} Letter;

/* What letter_read gives for each ASCII byte. */
extern const Letter letter_ascii[128];

Letter letter_read_long(const uint8_t *at, const uint8_t *end);
uint32_t letter_lower_long(uint32_t code);

/* The code point at `at`; at < end. Overlong forms, surrogates and truncated sequences are invalid
 * bytes, each read on its own. */
static inline Letter letter_read(const uint8_t *at, const uint8_t *end) {
    return *at < 0x80 ? letter_ascii[*at] : letter_read_long(at, end);
}

/* LetterClass of a code point. U+FFFD is LETTER_OTHER_SIGN, as the invalid byte it stands for. */
LetterClass letter_class(uint32_t code);

/* Simple lower case (one code point to one code point); `code` itself where there is none. */
static inline uint32_t letter_lower(uint32_t code) {
    if (code >= 0x80) return letter_lower_long(code);
    return code - 'A' < 26u ? code + ('a' - 'A') : code;
}

static inline bool letter_is_ascii(uint8_t byte) {
    return (uint8_t)((byte | 0x20) - 'a') < 26;
}

/* A sign that ends a sentence in a script that puts no space after it. */
static inline bool letter_is_wide_stop(uint32_t code) {
    return code == 0x3002 || code == 0xFF01 || code == 0xFF1F;
}

/* A sign that ends a sentence: . ! ?, an ellipsis, and their like in other scripts. */
static inline bool letter_is_stop(uint32_t code) {
    return code == '.' || code == '!' || code == '?' || code == 0x2026 || code == 0x61F ||
           code == 0x6D4 || code == 0x964 || letter_is_wide_stop(code);
}

#endif
