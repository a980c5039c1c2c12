/* SPDX-License-Identifier: MIT
 * codec_zlib.c - deflate by zlib: in gzip's wrapping, in zlib's, and without any. */
#include "base/piece.h"
#include "input/codec.h"

#include <limits.h>

#define ZLIB_CONST
#include <zlib.h>

static void *take(void *user, unsigned count, unsigned size) {
    return piece_take(user, (size_t)count * size);
}

static void give_back(void *user, void *memory) {
    piece_give_back(user, memory);
}

static bool begin(z_stream *stream, const decant_allocator *allocator, int window_bits) {
    if (stream->state) return inflateReset(stream) == Z_OK;
    *stream =
        (z_stream){.zalloc = take, .zfree = give_back, .opaque = (void *)(uintptr_t)allocator};
    return inflateInit2(stream, window_bits) == Z_OK;
}

static bool begin_gzip(void *state, const decant_allocator *allocator) {
    return begin(state, allocator, MAX_WBITS + 16);
}

static bool begin_zlib(void *state, const decant_allocator *allocator) {
    return begin(state, allocator, MAX_WBITS);
}

static bool begin_deflate(void *state, const decant_allocator *allocator) {
    return begin(state, allocator, -MAX_WBITS);
}

static unsigned count_of(size_t size) {
    return size < UINT_MAX ? (unsigned)size : UINT_MAX;
}

static CodecResult step(void *state, CodecFlow *flow) {
    z_stream *stream = state;
    stream->next_in = flow->in;
    stream->avail_in = count_of(flow->in_size);
    stream->next_out = flow->out;
    stream->avail_out = count_of(flow->out_size);
    const int result = inflate(stream, Z_NO_FLUSH);
    flow->in_size -= (size_t)(stream->next_in - flow->in);
    flow->in = stream->next_in;
    flow->out_size -= (size_t)(stream->next_out - flow->out);
    flow->out = stream->next_out;
    if (result == Z_STREAM_END) return CODEC_ENDS;
    if (result == Z_MEM_ERROR) return CODEC_NO_MEMORY;
    if (result == Z_NEED_DICT) return CODEC_DICTIONARY;
    return result == Z_OK || result == Z_BUF_ERROR ? CODEC_GOES_ON : CODEC_BROKEN;
}

static void end(void *state) {
    inflateEnd(state);
}

const Codec codec_gzip = {"gzip", sizeof(z_stream), begin_gzip, step, end};
const Codec codec_zlib = {"deflate", sizeof(z_stream), begin_zlib, step, end};
const Codec codec_deflate = {"deflate", sizeof(z_stream), begin_deflate, step, end};
