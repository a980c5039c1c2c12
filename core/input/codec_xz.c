/* SPDX-License-Identifier: MIT
 * codec_xz.c - streams of xz by liblzma. */
#include "base/piece.h"
#include "input/codec.h"

#include <lzma.h>

typedef struct XzState {
    lzma_stream stream;
    lzma_allocator memory;
} XzState;

/* Beside the window a decoder needs some memory of its own. */
enum { MEMORY_MOST = CODEC_WINDOW + (1 << 20) };

static void *take(void *user, size_t count, size_t size) {
    return size && count > SIZE_MAX / size ? NULL : piece_take(user, count * size);
}

static void give_back(void *user, void *memory) {
    piece_give_back(user, memory);
}

static bool begin(void *state, const decant_allocator *allocator) {
    XzState *xz = state;
    xz->memory = (lzma_allocator){take, give_back, (void *)(uintptr_t)allocator};
    xz->stream.allocator = &xz->memory;
    return lzma_stream_decoder(&xz->stream, MEMORY_MOST, 0) == LZMA_OK;
}

static CodecResult step(void *state, CodecFlow *flow) {
    lzma_stream *stream = &((XzState *)state)->stream;
    stream->next_in = flow->in;
    stream->avail_in = flow->in_size;
    stream->next_out = flow->out;
    stream->avail_out = flow->out_size;
    const lzma_ret result = lzma_code(stream, LZMA_RUN);
    *flow = (CodecFlow){stream->next_in, stream->avail_in, stream->next_out, stream->avail_out};
    switch (result) {
    case LZMA_OK:
    case LZMA_BUF_ERROR:
        return CODEC_GOES_ON;
    case LZMA_STREAM_END:
        return CODEC_ENDS;
    case LZMA_MEM_ERROR:
        return CODEC_NO_MEMORY;
    case LZMA_MEMLIMIT_ERROR:
        return CODEC_TOO_LARGE;
    default:
        return CODEC_BROKEN;
    }
}

static void end(void *state) {
    lzma_end(&((XzState *)state)->stream);
}

const Codec codec_xz = {"xz", sizeof(XzState), begin, step, end};
