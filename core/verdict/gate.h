/* SPDX-License-Identifier: MIT
 * gate.h - the row by which the gate tells whether a document holds anything foreign at all: the
 * measures of the run that looks most foreign, and what passes and runs say of the document. */
#ifndef VERDICT_GATE_H
#define VERDICT_GATE_H

#include "verdict/runs.h"

/* What passes and runs say of the whole document, and of its most foreign block. Scores: 256 is a
 * unit of log-odds. */
#define GATE_MEASURES(X)                                                                           \
    X(HELD, "held") /* by expectation, of that block (columns.h, votes) */                         \
    X(BEST, "best")                                                                                \
    X(BEGINS, "begins")                                                                            \
    X(ENDS, "ends")                                                                                \
    X(BEHIND, "behind")                                                                            \
    X(DOC_BEST, "doc_best") /* of the document: its runs */                                        \
    X(DOC_NEXT, "doc_next")                                                                        \
    X(DOC_ALL, "doc_all")                                                                          \
    X(MEAN, "mean") /* the second pass */                                                          \
    X(MAX, "max")                                                                                  \
    X(SHARE, "share")                                                                              \
    X(TOP1, "top1") /* the last pass: the most foreign blocks */                                   \
    X(TOP2, "top2")                                                                                \
    X(TOP3, "top3")                                                                                \
    X(TOP4, "top4")                                                                                \
    X(EXPECTED, "expected") /* share of the words that is foreign by expectation */                \
    X(BLOCKS, "blocks")     /* that look foreign */                                                \
    X(WORDS, "words")                                                                              \
    X(NET, "net") /* what the net says of the whole document */

enum {
#define X(id, name) GATE_##id,
    GATE_MEASURES(X) GATE_COUNT
#undef X
};
enum { GATE_OWN = RUN_WIDTH, GATE_WIDTH = GATE_OWN + GATE_COUNT };

/* Writes the row of a document: `run_row` is that of its most foreign run, NULL where there is
 * none; `scores` those of the last pass, and `whole` what the net says of the document. */
void gate_measure(const Document *document, const Features *features, const int16_t *run_row,
                  const int32_t *scores, int32_t whole, int16_t row[GATE_WIDTH]);

/* The names of the values; NULL past the end. */
const char *gate_column_name(size_t column);

#endif
