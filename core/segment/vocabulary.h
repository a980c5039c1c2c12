/* SPDX-License-Identifier: MIT
 * vocabulary.h - the words of a part while it is read: each is looked up once, when it is first
 * met, and known from then on. Numbers the document's word types and writes its tokens. */
#ifndef SEGMENT_VOCABULARY_H
#define SEGMENT_VOCABULARY_H

#include "document/document.h"
#include "language/words.h"
#include "models/lexicon.h"

/* What is known of a word or a sign. */
typedef struct KnownWord {
    uint32_t hash;
    uint32_t type;       /* its word type + 1; 0: none so far */
    uint32_t facts;      /* bits; 0: a free slot */
    uint32_t rules_word; /* its number as a trigger; 0: none */
    uint32_t leans;      /* as lexicon_leans tells */
} KnownWord;

enum {
    WORD_STOP = (1 << LANGUAGE_COUNT) - 1, /* a bit for each language whose function word it is */
    WORD_READER = 1 << LANGUAGE_COUNT,     /* addresses the reader in some language */
    WORD_SELF = WORD_READER << 1,          /* an author's of himself in some language */
    WORD_PLAIN = WORD_SELF << 1,           /* always there */
    WORD_BACK_FIRST = WORD_PLAIN << 1      /* a bit for each language in which it leads back */
};

/* Beyond so many types of words a part's tokens are no longer counted. */
enum { VOCABULARY_TYPES = 1 << 18 };

/* Invariant: there are 1 << (32 - slot_shift) slots, open-addressed, at most half of them used; the
 * document's arrays of types and tokens have the capacities told here. After a refused allocation
 * `status` says so for good, and words that are not known yet are no longer added. */
typedef struct Vocabulary {
    Document *document;
    const RuleSet *rules;
    const Lexicon *lexicon;
    KnownWord *slots;
    uint32_t slot_shift;
    size_t count, type_capacity, token_capacity;
    KnownWord spare; /* the word at hand where it cannot be added */
    decant_status status;
} Vocabulary;

decant_status vocabulary_open(Vocabulary *vocabulary, Document *document, const RuleSet *rules,
                              const Lexicon *lexicon);

/* Slow paths of the functions below. */
KnownWord *vocabulary_search(Vocabulary *vocabulary, uint32_t hash);
bool vocabulary_add_type(Vocabulary *vocabulary, KnownWord *word, uint32_t block);
bool vocabulary_grow_tokens(Vocabulary *vocabulary);

/* Where the search for a hash begins. */
static inline uint32_t vocabulary_slot(const Vocabulary *vocabulary, uint32_t hash) {
    return hash * 0x9E3779B1u >> vocabulary->slot_shift;
}

/* The word of this hash, met for the first time or again. Good until the next call. */
static inline KnownWord *vocabulary_find(Vocabulary *vocabulary, uint32_t hash) {
    KnownWord *word = &vocabulary->slots[vocabulary_slot(vocabulary, hash)];
    return word->hash == hash && word->facts ? word : vocabulary_search(vocabulary, hash);
}

/* Adds a token of the word to the document, as it stands in `block`. */
static inline void vocabulary_add_token(Vocabulary *vocabulary, KnownWord *word, uint32_t block,
                                        bool named) {
    Document *document = vocabulary->document;
    if (document->word_type_count == VOCABULARY_TYPES) return;
    if (!word->type && !vocabulary_add_type(vocabulary, word, block)) return;
    if (document->token_count == vocabulary->token_capacity && !vocabulary_grow_tokens(vocabulary))
        return;
    WordType *type = &document->word_types[word->type - 1];
    type->count++;
    type->last = block;
    type->named += named;
    document->tokens[document->token_count++] = (word->type - 1) | (named ? TOKEN_NAMED : 0);
}

#endif
