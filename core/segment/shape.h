/* SPDX-License-Identifier: MIT
 * shape.h - one pass over a block's text: its shape, its content words, the words that rules ask
 * for. */
#ifndef SEGMENT_SHAPE_H
#define SEGMENT_SHAPE_H

#include "language/letters.h"
#include "language/words.h"
#include "segment/vocabulary.h"

/* What is gathered over all blocks of a part. */
typedef struct ShapeReader {
    Document *document;
    RuleSet *rules;
    Vocabulary vocabulary;
    uint32_t language_words[LANGUAGE_COUNT]; /* stop words met, by language */
    uint32_t script_letters[SCRIPTS];
} ShapeReader;

/* Reads all blocks of a document whose texts and joints are set: shapes, tokens, rule hits, the
 * document's language. Gives each room for its evidence. */
decant_status shape_blocks(Document *document, RuleSet *rules, const Lexicon *lexicon);

decant_status shape_open(ShapeReader *reader, Document *document, RuleSet *rules,
                         const Lexicon *lexicon);

/* Fills block->shape and its tokens; has the rules begin a text and meet its words, for
 * rules_match. `number` is the block's index: blocks are read in order. */
decant_status shape_read(ShapeReader *reader, uint32_t number);

/* Tells the document its language and script, when all blocks are read. */
void shape_close(const ShapeReader *reader);

#endif
