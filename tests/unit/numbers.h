/* SPDX-License-Identifier: MIT
 * numbers.h - batches whose only column is the number of a block, and forests that score each block
 * by its number as is wanted. A failure on the way fails the test. */
#ifndef UNIT_NUMBERS_H
#define UNIT_NUMBERS_H

#include "verdict/batch.h"

/* A batch over `column`, which notes the blocks that it is filled with in `asked`. */
Batch numbers_batch(Column *column, bool *asked);

/* A forest that scores the first blocks so, and those behind them as the last; of 16-bit leaves. */
Forest numbers_forest(const int32_t *scores, size_t count, Arena *arena);

#endif
