/* SPDX-License-Identifier: MIT
 * model.h - the parts of a model, as verdict.c weighs with them. */
#ifndef VERDICT_MODEL_H
#define VERDICT_MODEL_H

#include "models/forest.h"
#include "verdict/verdict.h"

enum { MODEL_KNOTS = 32 };

/* Read-only after model_open. */
struct Model {
    Arena arena;
    const decant_allocator *allocator;
    Forest first;  /* scores a block by its evidence and surroundings */
    Forest second; /* scores it again, knowing the first scores around it */
    Forest gate;   /* scores the document: is there anything foreign in it? */
    Forest kinds[DECANT_KINDS];
    int32_t block_threshold, gate_threshold; /* scores over these are dropped */
    /* confidence: piecewise linear from the second score to permille */
    int32_t knot_count, knot_score[MODEL_KNOTS], knot_confidence[MODEL_KNOTS];
};

/* Permille for a score. */
int model_confidence(const Model *model, int32_t score);

#endif
