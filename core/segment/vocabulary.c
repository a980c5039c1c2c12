/* SPDX-License-Identifier: MIT
 * vocabulary.c - looks new words up, and doubles what is full. */
#include "segment/vocabulary.h"

enum { FEWEST_BITS = 9, MANY_BITS = 13, MOST_BITS = 20, FEWEST_ITEMS = 256 };

/* Sizes are chosen by what a text of so many bytes mostly holds: every other word of a short one is
 * new, but few of a long one. What is full is doubled. */
decant_status vocabulary_open(Vocabulary *vocabulary, Document *document, const RuleSet *rules,
                              const Lexicon *lexicon) {
    const size_t size = document->raw.len;
    uint32_t bits = FEWEST_BITS;
    while (bits < MANY_BITS ? size >> bits >= 6 : bits < MOST_BITS && size >> bits >= 32) bits++;
    *vocabulary = (Vocabulary){.document = document,
                               .rules = rules,
                               .lexicon = lexicon,
                               .slot_shift = 32 - bits,
                               .type_capacity = FEWEST_ITEMS + size / 64,
                               .token_capacity = FEWEST_ITEMS + size / 8};
    vocabulary->slots = arena_array(document->arena, (size_t)1 << bits, sizeof(KnownWord));
    document->word_types = arena_take(document->arena, vocabulary->type_capacity, sizeof(WordType));
    document->tokens = arena_take(document->arena, vocabulary->token_capacity, sizeof(uint32_t));
    bool all = vocabulary->slots && document->word_types && document->tokens;
    return vocabulary->status = all ? DECANT_OK : DECANT_NO_MEMORY;
}

static size_t slot_count(const Vocabulary *vocabulary) {
    return (size_t)1 << (32 - vocabulary->slot_shift);
}

/* The slot of a hash, or the free one where it belongs. */
static KnownWord *find_slot(const Vocabulary *vocabulary, uint32_t hash) {
    size_t mask = slot_count(vocabulary) - 1, slot = vocabulary_slot(vocabulary, hash);
    while (vocabulary->slots[slot].facts && vocabulary->slots[slot].hash != hash)
        slot = (slot + 1) & mask;
    return &vocabulary->slots[slot];
}

/* Doubles the slots. */
static bool grow_slots(Vocabulary *vocabulary) {
    const KnownWord *old = vocabulary->slots;
    size_t count = slot_count(vocabulary);
    KnownWord *grown = arena_array(vocabulary->document->arena, count * 2, sizeof *grown);
    if (!grown) return false;
    vocabulary->slots = grown;
    vocabulary->slot_shift--;
    for (size_t i = 0; i < count; i++)
        if (old[i].facts) *find_slot(vocabulary, old[i].hash) = old[i];
    return true;
}

/* Where a word that is met for the first time goes: into the free slot found for it, or another
 * where the slots are doubled first. */
static KnownWord *place(Vocabulary *vocabulary, KnownWord *slot, uint32_t hash) {
    const bool full = vocabulary->count >= slot_count(vocabulary) / 2;
    if (vocabulary->status) return &vocabulary->spare;
    if (full && vocabulary->slot_shift == 32 - MOST_BITS) return &vocabulary->spare;
    if (full && !grow_slots(vocabulary)) {
        vocabulary->status = DECANT_NO_MEMORY;
        return &vocabulary->spare;
    }
    vocabulary->count++;
    return full ? find_slot(vocabulary, hash) : slot;
}

KnownWord *vocabulary_search(Vocabulary *vocabulary, uint32_t hash) {
    KnownWord *word = find_slot(vocabulary, hash);
    if (word->facts) return word;
    const WordEntry *entry = word_entry(hash);
    uint32_t facts = WORD_PLAIN | entry->stop;
    if (entry->reader) facts |= WORD_READER;
    if (entry->self) facts |= WORD_SELF;
    facts |= (uint32_t)entry->back * WORD_BACK_FIRST;
    word = place(vocabulary, word, hash);
    *word = (KnownWord){.hash = hash,
                        .facts = facts,
                        .rules_word = rules_word(vocabulary->rules, hash),
                        .leans = lexicon_leans(vocabulary->lexicon, hash | 1u)};
    return word;
}

/* A grown copy of an array of the document; `old` where memory is refused. */
static void *grow(Vocabulary *vocabulary, void *old, size_t *capacity, size_t size) {
    void *grown = arena_grow(vocabulary->document->arena, old, *capacity, *capacity * 2, size);
    if (!grown) vocabulary->status = DECANT_NO_MEMORY;
    else *capacity *= 2;
    return grown ? grown : old;
}

bool vocabulary_add_type(Vocabulary *vocabulary, KnownWord *word, uint32_t block) {
    Document *document = vocabulary->document;
    if (word == &vocabulary->spare) return false;
    if (document->word_type_count == vocabulary->type_capacity)
        document->word_types = grow(vocabulary, document->word_types, &vocabulary->type_capacity,
                                    sizeof *document->word_types);
    if (vocabulary->status) return false;
    document->word_types[document->word_type_count++] =
        (WordType){.hash = word->hash, .first = block};
    word->type = (uint32_t)document->word_type_count;
    return true;
}

bool vocabulary_grow_tokens(Vocabulary *vocabulary) {
    vocabulary->document->tokens =
        grow(vocabulary, vocabulary->document->tokens, &vocabulary->token_capacity,
             sizeof *vocabulary->document->tokens);
    return !vocabulary->status;
}
