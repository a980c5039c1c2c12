/* SPDX-License-Identifier: MIT
 * overlap.c - what a block shares with what the page says of itself: its title and description. */
#include "filters/filter.h"
#include "language/words.h"

enum { MOST_WORDS = 64, MOST_BYTES = 4096, FAR = 999, TITLE_COVER = 600 };

/* Hashes of the words of a text, each once. */
typedef struct Words {
    uint32_t hashes[MOST_WORDS];
    size_t count;
    uint64_t last_bits; /* a bit for what the hashes end in: most words are told by it */
} Words;

static uint64_t last_bits(uint32_t hash) {
    return (uint64_t)1 << (hash >> 1 & 63); /* the last of all is set in each */
}

/* Where a word stands among the others; their count where it does not. */
static size_t find(const Words *words, uint32_t hash) {
    if (!(words->last_bits & last_bits(hash))) return words->count;
    size_t i = 0;
    while (i < words->count && words->hashes[i] != hash) i++;
    return i;
}

static void add_words(Words *words, Str text) {
    if (!text.len) return;
    const uint8_t *at = text.at, *end = text.at + text.len;
    uint32_t hash;
    while (words->count < MOST_WORDS && (hash = word_next(&at, end))) {
        if (find(words, hash) < words->count) continue;
        words->hashes[words->count++] = hash;
        words->last_bits |= last_bits(hash);
    }
}

/* What a block shares with a text: how many of its first words stand in it, and of which. */
typedef struct Shared {
    const Words *words;
    size_t count;
    uint64_t met; /* a bit for each of the words */
} Shared;

static void meet(Shared *shared, uint32_t hash) {
    const size_t i = find(shared->words, hash);
    if (i == shared->words->count) return;
    shared->count++;
    shared->met |= (uint64_t)1 << i;
}

static void judge_block(Block *block, const Words *title, const Words *description) {
    const size_t bytes = block->text.len < MOST_BYTES ? block->text.len : MOST_BYTES;
    const uint8_t *at = block->text.at, *end = at + bytes;
    Shared with_title = {.words = title}, with_description = {.words = description};
    size_t all = 0;
    uint32_t hash;
    for (; all < MOST_WORDS && (hash = word_next(&at, end)); all++) {
        meet(&with_title, hash);
        meet(&with_description, hash);
    }
    const uint64_t covered = (uint64_t)__builtin_popcountll(with_title.met);
    block->evidence[EVIDENCE_TITLE_SHARE] = clamp16(permille(with_title.count, all));
    block->evidence[EVIDENCE_TITLE_COVER] = clamp16(permille(covered, title->count));
    block->evidence[EVIDENCE_DESCRIPTION_SHARE] = clamp16(permille(with_description.count, all));
}

/* Whether a block is the heading that says the title. */
static bool is_title(const Block *block) {
    return block->evidence[EVIDENCE_TITLE_COVER] >= TITLE_COVER && block->evidence[EVIDENCE_LEVEL];
}

/* How far each block is from the title. */
static void judge_distances(Document *document) {
    int16_t since = 0, until = FAR;
    for (size_t i = 0; i < document->block_count; i++) {
        document->blocks[i].evidence[EVIDENCE_SINCE_TITLE] = since;
        if (since) since = clamp16(since + 1);
        if (is_title(&document->blocks[i])) since = 1;
    }
    for (size_t i = document->block_count; i-- > 0;) {
        if (is_title(&document->blocks[i])) until = 0;
        document->blocks[i].evidence[EVIDENCE_UNTIL_TITLE] = until;
        if (until < FAR) until++;
    }
}

static decant_status judge(Document *document) {
    if (!document->page || !document->page->metadata) return DECANT_OK;
    const Metadata *metadata = document->page->metadata;
    Words title = {.count = 0}, description = {.count = 0};
    add_words(&title, metadata->fields[META_TITLE].value);
    add_words(&description, metadata->fields[META_DESCRIPTION].value);
    for (size_t i = 0; i < document->block_count; i++)
        judge_block(&document->blocks[i], &title, &description);
    judge_distances(document);
    return DECANT_OK;
}

const Filter filter_overlap = {.name = "overlap",
                               .summary =
                                   "what a block shares with the page's title and description",
                               .judge = judge};
