/* SPDX-License-Identifier: MIT
 * model.h - the parts of a model, as verdict.c weighs with them. */
#ifndef VERDICT_MODEL_H
#define VERDICT_MODEL_H

#include "models/forest.h"
#include "models/lexicon.h"
#include "models/net.h"
#include "verdict/edges.h"
#include "verdict/verdict.h"

enum { MODEL_KNOTS = 32 };

/* From a score to permille: linear between knots, which rise. */
typedef struct Curve {
    int32_t count, score[MODEL_KNOTS], permille[MODEL_KNOTS];
} Curve;

/* How surely a block of some score is noise. Brief ones, of fewer than `brief_bytes`, have a curve
 * of their own: by the same score they are less often what they seem. */
typedef struct Confidence {
    Curve usual, brief;
    int32_t brief_bytes;
} Confidence;

/* Read-only once what is needed of it was demanded. */
struct Model {
    Arena arena;
    const decant_allocator *allocator;
    bool awaits_texts, awaits_pages; /* compiled in, and not read yet */
    Lexicon lexicon;
    Forest first;      /* scores a block by its evidence and surroundings */
    Forest second;     /* scores it again, knowing the first scores around it */
    Forest dump;       /* tells a whole page's text, of which much goes, by any block's row */
    Forest glance;     /* scores a run at a glance: below 0 it is passed over */
    Forest runs;       /* scores a run of blocks as a whole (verdict/runs.h) */
    Forest third;      /* scores suspect blocks once more, knowing the second scores and the runs */
    Net net, dump_net; /* score all blocks in their order, beside the forests */
    Forest gate;       /* tells whether a document holds anything foreign (verdict/gate.h) */
    /* What happens at the border before a block (verdict/edges.h): of texts, of dumps. */
    Forest edges[EDGE_COUNT], dump_edges[EDGE_COUNT];
    Forest kinds[DECANT_KINDS];
    /* What scores over `block_threshold` goes, if the gate scores over `gate_threshold`. */
    int32_t block_threshold, gate_threshold;
    /* Of a dump goes what scores over a threshold that it finds for itself between these two. */
    int32_t dump_least, dump_most;
    Confidence confidence;      /* of a block behind the gate, by how far both are over */
    Confidence dump_confidence; /* of a block of a dump, whether it goes or not */
    /* For HTML pages: where words and what elements are called lean, and passes over all blocks.
     * What scores over a threshold goes, which each page finds for itself between these two. */
    Lexicon page_words, page_names;
    Forest page_first, page_second;
    Net page_net;
    Forest page_edges[EDGE_COUNT];
    int32_t page_least, page_most;
    Confidence page_confidence; /* of a block, whether it goes or not */
};

/* Permille for a score of a block of so many bytes. */
int model_confidence(const Confidence *confidence, int32_t score, size_t bytes);

#endif
