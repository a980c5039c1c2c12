/* SPDX-License-Identifier: MIT
 * overlap.c - what a block shares with what the page says of itself: its title and description. */
#include "filters/filter.h"
#include "language/letters.h"
#include "language/words.h"

enum { MOST_WORDS = 64, FAR = 999, TITLE_COVER = 600 };

/* Hashes of the words of a text, each once. */
typedef struct Words {
    uint32_t hashes[MOST_WORDS];
    size_t count;
} Words;

/* The next word from *at on: its hash, 0 at the end. */
static uint32_t next_word(const uint8_t **at, const uint8_t *end) {
    uint32_t hash = WORD_HASH_START;
    bool inside = false;
    while (*at < end) {
        const Letter letter = letter_read(*at, end);
        const bool is_of_word = letter.letter >= LETTER_LOWER && letter.letter <= LETTER_DIGIT;
        if (!is_of_word && inside) break;
        *at += letter.size;
        if (!is_of_word && letter.letter != LETTER_UNSPACED) continue;
        hash = word_hash_add(hash, letter.letter == LETTER_UPPER ? letter_lower(letter.code)
                                                                 : letter.code);
        inside = true;
        if (letter.letter == LETTER_UNSPACED) break;
    }
    return inside ? hash | 1u : 0;
}

static size_t find(const Words *words, uint32_t hash) {
    size_t i = 0;
    while (i < words->count && words->hashes[i] != hash) i++;
    return i;
}

static void add_words(Words *words, Str text) {
    const uint8_t *at = text.at, *end = text.at + text.len;
    uint32_t hash;
    while (words->count < MOST_WORDS && (hash = next_word(&at, end)))
        if (find(words, hash) == words->count) words->hashes[words->count++] = hash;
}

/* How many of the first words of a block are among `words`, and how many of those it holds. */
static void compare(const Words *words, Str text, int *ret_share, int *ret_cover) {
    const uint8_t *at = text.at, *end = text.at + text.len;
    uint64_t met = 0; /* a bit for each of the words */
    size_t all = 0, shared = 0;
    uint32_t hash;
    for (; all < MOST_WORDS && (hash = next_word(&at, end)); all++) {
        const size_t i = find(words, hash);
        if (i == words->count) continue;
        shared++;
        met |= (uint64_t)1 << i;
    }
    *ret_share = permille(shared, all);
    *ret_cover = permille((uint64_t)__builtin_popcountll(met), words->count);
}

static void judge_title(Document *document, const Words *title) {
    int16_t since = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        int share, cover;
        int16_t *evidence = document->blocks[i].evidence;
        compare(title, document->blocks[i].text, &share, &cover);
        evidence[EVIDENCE_TITLE_SHARE] = clamp16(share);
        evidence[EVIDENCE_TITLE_COVER] = clamp16(cover);
        evidence[EVIDENCE_SINCE_TITLE] = since;
        if (since) since = clamp16(since + 1);
        if (cover >= TITLE_COVER && evidence[EVIDENCE_LEVEL]) since = 1;
    }
    int16_t until = FAR;
    for (size_t i = document->block_count; i-- > 0;) {
        int16_t *evidence = document->blocks[i].evidence;
        if (evidence[EVIDENCE_TITLE_COVER] >= TITLE_COVER && evidence[EVIDENCE_LEVEL]) until = 0;
        evidence[EVIDENCE_UNTIL_TITLE] = until;
        if (until < FAR) until++;
    }
}

static decant_status judge(Document *document) {
    if (!document->page || !document->page->metadata) return DECANT_OK;
    const Metadata *metadata = document->page->metadata;
    Words title = {.count = 0}, description = {.count = 0};
    add_words(&title, metadata->fields[META_TITLE].value);
    add_words(&description, metadata->fields[META_DESCRIPTION].value);
    judge_title(document, &title);
    for (size_t i = 0; i < document->block_count; i++) {
        int share, cover;
        compare(&description, document->blocks[i].text, &share, &cover);
        document->blocks[i].evidence[EVIDENCE_DESCRIPTION_SHARE] = clamp16(share);
    }
    return DECANT_OK;
}

const Filter filter_overlap = {.name = "overlap",
                               .summary =
                                   "what a block shares with the page's title and description",
                               .judge = judge};
