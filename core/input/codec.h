/* SPDX-License-Identifier: MIT
 * codec.h - the ways in which bytes are packed: what unpacks one member (of gzip; a frame of zstd,
 * a stream of xz or bzip2) by its library. A new one is a file and a row where it is chosen. */
#ifndef INPUT_CODEC_H
#define INPUT_CODEC_H

#include "base/bytes.h"
#include "decant.h"

/* The largest window that is unpacked with: 128 MiB. */
enum { CODEC_WINDOW_LOG = 27, CODEC_WINDOW = 1 << CODEC_WINDOW_LOG };

typedef enum CodecResult {
    CODEC_GOES_ON, /* more bytes in, or more room, are wanted */
    CODEC_ENDS,    /* the member ended */
    CODEC_BROKEN,
    CODEC_TOO_LARGE,  /* its window */
    CODEC_DICTIONARY, /* is needed */
    CODEC_NO_MEMORY
} CodecResult;

/* Packed bytes, and room for unpacked ones. A step moves over what it used of either. */
typedef struct CodecFlow {
    const uint8_t *in;
    size_t in_size;
    uint8_t *out;
    size_t out_size;
} CodecFlow;

/* The state is all zero before it first begins. It may be ended at any time, and again. */
typedef struct Codec {
    const char *name;
    size_t state_size;
    /* Makes ready for a member, the first or the next; false where memory is refused. `allocator`
     * must outlive the state. */
    bool (*begin)(void *state, const decant_allocator *allocator);
    CodecResult (*step)(void *state, CodecFlow *flow);
    void (*end)(void *state);
} Codec;

extern const Codec codec_gzip, codec_zlib, codec_deflate, codec_zstd, codec_xz, codec_bzip2,
    codec_brotli;

/* A zeroed state, and back; NULL where memory is refused. */
void *codec_open(const Codec *codec, const decant_allocator *allocator);
void codec_close(const Codec *codec, void *state, const decant_allocator *allocator);

#endif
