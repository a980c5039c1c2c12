/* SPDX-License-Identifier: MIT
 * letters.h - UTF-8 decoding and what a code point is: class, lower case, script. */
#ifndef LANGUAGE_LETTERS_H
#define LANGUAGE_LETTERS_H

#include <stddef.h>
#include <stdint.h>

typedef enum LetterClass {
    LETTER_OTHER_SIGN, /* controls, unassigned, invalid bytes, private use */
    LETTER_SPACE,      /* White_Space, line breaks included; zero-width space */
    LETTER_LOWER,
    LETTER_UPPER,   /* title case too */
    LETTER_CASELESS, /* letters without case, written with spaces: Arabic, Hebrew, Hindi ... */
    LETTER_UNSPACED, /* scripts written without spaces: Han, kana, Thai, Lao, Khmer, Burmese; a word a code point */
    LETTER_DIGIT,    /* Nd */
    LETTER_MARK,     /* Mn, Mc, Me, and ZWJ/ZWNJ: go on with the word they stand in */
    LETTER_PUNCTUATION,
    LETTER_SYMBOL
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

/* The code point at `at`; at < end. Overlong forms, surrogates and truncated sequences are invalid
 * bytes, each read on its own. */
Letter letter_read(const uint8_t *at, const uint8_t *end);

/* LetterClass of a code point. */
LetterClass letter_class(uint32_t code);

/* Simple lower case (one code point to one code point); `code` itself where there is none. */
uint32_t letter_lower(uint32_t code);

#endif
