/* SPDX-License-Identifier: MIT
 * shape.h - one pass over a block's text: its shape, its content words, its rule triggers. */
#ifndef SEGMENT_SHAPE_H
#define SEGMENT_SHAPE_H

#include "document/document.h"
#include "language/letters.h"
#include "language/words.h"

/* The document's word types while they are being collected: an open-addressed index over
 * document->word_types. */
typedef struct WordIndex {
    uint32_t *slots; /* type + 1, 0: free */
    size_t slot_count, type_capacity, token_capacity;
    uint32_t language_words[LANGUAGE_COUNT]; /* stop words met, by language */
    uint32_t script_letters[SCRIPTS];
} WordIndex;

decant_status word_index_open(WordIndex *index, Document *document);

/* Fills block->shape and its tokens; begins a text of `rules` and has it meet the block's words.
 * `number` is the block's index. */
decant_status shape_read(WordIndex *index, Document *document, uint32_t number, RuleSet *rules);

#endif
