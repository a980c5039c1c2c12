/* SPDX-License-Identifier: MIT
 * topics.h - what a document is about, and whether a run of its blocks is about something else:
 * prose that carries no word of the rest is its own if it speaks of the same things in others.
 *
 * A run parts the words of a document into two, those inside and all others; what that explains is
 * by how much their vectors scatter less about two means than about one (the criterion of k-means,
 * Lloyd 1957; of linear text segmentation, Alemi and Ginsparg 2015). */
#ifndef VERDICT_TOPICS_H
#define VERDICT_TOPICS_H

#include "document/document.h"
#include "models/vectors.h"

/* Of a run: the cosine of what it and the rest say, permille; how much it explains, and for each
 * word of the smaller side; how much more a run would explain that begins or ends some blocks
 * earlier or later, and how much of what the best cut of the document in two does, permille; what
 * cuts at its start and at its end explain. */
#define RUN_TOPIC(X)                                                                               \
    X(ALIKE, "alike")                                                                              \
    X(EXPLAINS, "explains")                                                                        \
    X(EXPLAINS_WORD, "explains_word")                                                              \
    X(EXPLAINS_LESS, "explains_less")                                                              \
    X(EXPLAINS_SHARE, "explains_share")                                                            \
    X(CUT_BEFORE, "cut_before")                                                                    \
    X(CUT_AFTER, "cut_after")

enum {
#define X(id, name) TOPIC_##id,
    RUN_TOPIC(X) TOPIC_COUNT
#undef X
};

typedef struct Topics Topics;

/* Sums up what the blocks of a document say, in its arena. NULL when memory is refused. */
Topics *topics_open(const Document *document);

/* The sum of some words' vectors. */
typedef struct TopicSum {
    int32_t at[VECTOR_SIZE];
} TopicSum;

/* How many bits its numbers have, apart from their sign; at least 1. */
static inline int topic_bits(const TopicSum *sum) {
    uint32_t bits = 1;
    for (int i = 0; i < VECTOR_SIZE; i++) bits |= (uint32_t)(sum->at[i] ^ sum->at[i] >> 31);
    return 32 - __builtin_clz(bits);
}

/* What the blocks before each say, in the document's arena: one sum more than there are blocks.
 * NULL when memory is refused. */
TopicSum *topics_sum_up(const Document *document);

/* How many words the blocks first to end (exclusive) say that by. */
uint32_t topics_words(const Topics *topics, size_t first, size_t end);

/* What the run of blocks first to end (exclusive) explains, in a unit of the document's own. */
int64_t topics_explained(const Topics *topics, size_t first, size_t end);

/* That as a column: in the same unit for all documents, such that most are some hundreds. */
int16_t topics_column(const Topics *topics, int64_t explained);

/* How much that is of what the document's best cut in two explains, permille. */
int16_t topics_share(const Topics *topics, int64_t explained);

/* Measures the run of blocks first to end (exclusive). */
void topics_measure(const Topics *topics, size_t first, size_t end, int16_t row[TOPIC_COUNT]);

#endif
