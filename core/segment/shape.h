/* SPDX-License-Identifier: MIT
 * shape.h - one pass over a block's text: its shape, its content words, its rule triggers. */
#ifndef SEGMENT_SHAPE_H
#define SEGMENT_SHAPE_H

#include "document/document.h"
#include "language/letters.h"
#include "language/words.h"

enum { SHAPE_MAX_TRIGGERS = 96 };

/* The document's word types while they are being collected: an open-addressed index over
 * document->word_types. */
typedef struct WordIndex {
    uint32_t *slots; /* type + 1, 0: free */
    size_t slot_count, type_capacity, token_capacity;
    uint32_t language_words[LANGUAGE_COUNT]; /* stop words met, by language */
    uint32_t script_letters[SCRIPTS];
} WordIndex;

decant_status word_index_open(WordIndex *index, Document *document);

/* Fills block->shape and its tokens; collects the hashes of rule triggers (at most
 * SHAPE_MAX_TRIGGERS) for rules_match. `number` is the block's index. */
decant_status shape_read(WordIndex *index, Document *document, uint32_t number,
                         const RuleSet *rules, uint32_t *triggers, size_t *ret_triggers);

#endif
