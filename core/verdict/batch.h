/* SPDX-License-Identifier: MIT
 * batch.h - blocks whose features stand side by side, to be scored at once. */
#ifndef VERDICT_BATCH_H
#define VERDICT_BATCH_H

#include "document/document.h"
#include "models/forest.h"
#include "models/net.h"

enum { NET_SHARES = 8 };

/* Writes the features of a batch of blocks, a row each, into columns. */
typedef void (*BatchWrite)(const void *features, const size_t blocks[FOREST_BATCH],
                           Column *columns);

typedef struct Batch {
    const void *features;
    BatchWrite write;
    Column *columns; /* what is the same for every block stands there from the start */
    size_t blocks[FOREST_BATCH], count;
} Batch;

/* Adds a block; true when the batch is full. */
bool batch_add(Batch *batch, size_t block);

/* Writes the features of the blocks; rows that are left over repeat the first. */
void batch_fill(Batch *batch);

/* Scores the blocks of a batch with a forest, and empties it. */
void batch_score(Batch *batch, const Forest *forest, int32_t *scores);

/* Lets what a net says of all blocks count in their scores, `share` parts of NET_SHARES; what it
 * says of the whole document (NULL: does not matter). */
decant_status batch_add_net(Batch *batch, const Net *net, int share, const Document *document,
                            int32_t *scores, int32_t *ret_whole);

/* The features of all blocks of a document, `width` each, as rows. */
void batch_rows(Batch *batch, size_t block_count, size_t width, int16_t *rows);

/* Tells the evidence that spoke most for dropping the first block of every finding: `forest` reads
 * the first `width` columns. */
decant_status batch_explain_findings(Batch *batch, const Forest *forest, size_t width,
                                     Document *document);

/* The same for every block of which nothing was told yet. What speaks for keeping one has negative
 * weights. */
decant_status batch_explain_all(Batch *batch, const Forest *forest, size_t width,
                                Document *document);

#endif
