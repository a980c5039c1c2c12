/* SPDX-License-Identifier: MIT
 * features.h - the rows that models read: a block's evidence, what its neighbours and its document
 * add, and (for the second pass) what the first pass made of them. */
#ifndef VERDICT_FEATURES_H
#define VERDICT_FEATURES_H

#include "document/stretch.h"
#include "models/forest.h"
#include "models/lexicon.h"
#include "verdict/columns.h"
#include "verdict/topics.h"

typedef struct Features Features;

/* Looks the document's surroundings up once, in its arena. NULL when memory is refused. */
Features *features_open(const Document *document, const Lexicon *lexicon);

/* Adds what a pass said: a score for every block, 1024 a unit of log-odds; replaces what the pass
 * before it said. The scores are borrowed. */
decant_status features_add_pass(Features *features, const int32_t *scores);

/* A run of blocks, first to end (exclusive), and its score as a whole. */
typedef struct Run {
    uint32_t first, end;
    int32_t score;
} Run;

/* Adds what judged runs say of every block (votes.h). The rows are borrowed. */
void features_add_votes(Features *features, VoteRow *votes);

/* Adds what blocks are about (agreement.h). */
decant_status features_add_agreements(Features *features);

/* What votes say of a block: a VoteRow. */
const int16_t *features_votes(const Features *features, size_t block);

/* What the last pass that was added says of the whole document: values from PASS_DOC_MEAN on. */
const int16_t *features_said(const Features *features);

/* What is told of the document as a whole: WHOLE_COUNT values, in order; live as long as it does.
 */
const int16_t *features_whole(const Features *features);

/* What the document is about; lives as long as it does. */
const Topics *features_topics(const Features *features);

/* Room for the features of a batch of blocks, one batch after the other: there is but one. Holds
 * what is the same for every block, as far as it is known. */
Column *features_open_batch(const Features *features);

/* Writes the features of a batch of blocks, a row each, in any order. Columns of a pass that was
 * not added yet are left alone: 0. */
void features_write(const Features *features, const size_t blocks[FOREST_BATCH], Column *columns);

/* The strongest phrase of noise that a block holds, and of a byline, a stamp or their like:
 * permille.
 */
int16_t noise_of(const int16_t *evidence);
int16_t meta_of(const int16_t *evidence);

#endif
