/* SPDX-License-Identifier: MIT
 * net.h - a convolutional network in integers over the blocks of a document, in their order.
 *
 * Each block's features become hidden values; then layer after layer adds to them what those of the
 * blocks `dilation` before and after say, and what the document says on average. The last values,
 * beside the first, give the block's score. Dilated convolutions with residuals: Bai, Kolter and
 * Koltun 2018; the means of all blocks: squeeze and excitation, Hu and others 2018.
 *
 * Fixed point: levels 256 a unit, up to 4 units; hidden values 512, from 0 to 16 units; weights
 * 2048; scores 1024. A net's words: inputs, width, layers, then of each input its column, how many
 * cuts (up to NET_CUTS), those, rising, and as many levels and one more: the first of what is at
 * most the first cut; the layers' dilations; `width` biases and rows of weights over the inputs; of
 * each layer `width` biases, rows over what stands before, there and behind, and rows over the mean
 * by words and the mean by blocks; a bias and a row over the last hidden values and the first.
 * What tells of whole documents has besides a bias and a row over the last hidden values' mean by
 * words, their mean by blocks and their maxima.
 * Biases are a word each, in the fixed point of the sums that they begin; weights int16_t, two a
 * word, the first in the low half. */
#ifndef MODELS_NET_H
#define MODELS_NET_H

#include "models/forest.h"

enum {
    NET_CUTS = 15,
    NET_LANES = 16, /* widths are multiples */
    NET_MAX_INPUTS = 1024,
    NET_MAX_WIDTH = 128,
    NET_MAX_LAYERS = 8,
    NET_MAX_DILATION = 64
};

/* A feature, and the level of what lies between its cuts: the first, and what each cut adds. */
typedef struct NetInput {
    uint16_t column, cut_count;
    int16_t cuts[NET_CUTS], steps[NET_CUTS], level;
} NetInput;

typedef struct NetLayer {
    uint32_t dilation;
    int32_t *biases;
    int16_t *window, *means; /* from 3 and from 2 widths */
} NetLayer;

/* Read-only after net_read. A width of 0: there is none. */
typedef struct Net {
    uint32_t input_count, width, layer_count;
    NetInput *inputs;
    int16_t *zero_levels; /* of inputs that are 0 */
    int32_t *biases;
    int16_t *weights;
    NetLayer layers[NET_MAX_LAYERS];
    int32_t bias, whole_bias;
    int16_t *last, *whole; /* whole: NULL where documents are not told of */
} Net;

/* Reads a net's words into the arena. DECANT_BAD_MODEL if they are not those of a net over at most
 * `column_count` columns, or if a sum of theirs could overflow. */
decant_status net_read(Net *net, Arena *arena, const int32_t *words, size_t count,
                       size_t column_count);

/* A document on its way through a net. */
typedef struct NetPass NetPass;

/* Room for `count` blocks, in the arena. NULL when memory is refused. */
NetPass *net_open(const Net *net, Arena *arena, size_t count);

/* Takes the next blocks in: a batch of rows, of which the first `count` are meant, and how many
 * words each has. */
void net_enter(NetPass *pass, const Column *columns, size_t count, const uint32_t *words);

/* The scores of all blocks, once all have entered; what is told of the whole document, 0 if that is
 * nothing. */
int32_t net_score(NetPass *pass, int32_t *ret_scores);

#endif
