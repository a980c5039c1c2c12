/* SPDX-License-Identifier: MIT
 * model.h - the parts of a model, as verdict.c weighs with them. */
#ifndef VERDICT_MODEL_H
#define VERDICT_MODEL_H

#include "models/forest.h"
#include "models/lexicon.h"
#include "verdict/verdict.h"

enum { MODEL_KNOTS = 32 };

/* From a score to permille: linear between knots, which rise. */
typedef struct Confidence {
    int32_t count, score[MODEL_KNOTS], permille[MODEL_KNOTS];
} Confidence;

/* Read-only after model_open. */
struct Model {
    Arena arena;
    const decant_allocator *allocator;
    Forest first;  /* scores a block by its evidence and surroundings */
    Forest second; /* scores it again, knowing the first scores around it */
    Forest third;  /* scores suspect blocks once more, knowing the second scores */
    Forest runs;   /* scores a run of suspect blocks by its clearest one */
    Forest kinds[DECANT_KINDS];
    /* A run goes, from its first to its last block whose last score is over the first of these, if
     * its own score and the highest of the document's runs are over the others. A run's score falls
     * by `price` if it is the whole document, by a share of it if it is a share. */
    int32_t block_threshold, run_threshold, document_threshold, price;
    Confidence confidence; /* of a run */
    /* For HTML pages: where words lean, and passes over all blocks. What scores over a
     * threshold goes, which each page finds for itself between these two. */
    Lexicon page_lexicon;
    Forest page_first, page_second, page_third;
    int32_t page_least, page_most;
    Confidence page_confidence; /* of a block, whether it goes or not */
};

/* Permille for a score. */
int model_confidence(const Confidence *confidence, int32_t score);

#endif
