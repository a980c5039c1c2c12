/* SPDX-License-Identifier: MIT
 * codec_bzip2.c - streams of bzip2 by libbz2. */
#include "base/piece.h"
#include "input/codec.h"

#include <bzlib.h>
#include <limits.h>

static void *take(void *user, int count, int size) {
    return piece_take(user, (size_t)count * (size_t)size);
}

static void give_back(void *user, void *memory) {
    piece_give_back(user, memory);
}

static void end(void *state) {
    BZ2_bzDecompressEnd(state);
}

static bool begin(void *state, const decant_allocator *allocator) {
    bz_stream *stream = state;
    end(stream);
    *stream =
        (bz_stream){.bzalloc = take, .bzfree = give_back, .opaque = (void *)(uintptr_t)allocator};
    return BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK;
}

static unsigned count_of(size_t size) {
    return size < UINT_MAX ? (unsigned)size : UINT_MAX;
}

static CodecResult step(void *state, CodecFlow *flow) {
    bz_stream *stream = state;
    stream->next_in = (char *)(uintptr_t)flow->in; /* is only read */
    stream->avail_in = count_of(flow->in_size);
    stream->next_out = (char *)flow->out;
    stream->avail_out = count_of(flow->out_size);
    const int result = BZ2_bzDecompress(stream);
    const size_t taken = count_of(flow->in_size) - stream->avail_in;
    const size_t given = count_of(flow->out_size) - stream->avail_out;
    *flow = (CodecFlow){flow->in + taken, flow->in_size - taken, flow->out + given,
                        flow->out_size - given};
    if (result == BZ_STREAM_END) return CODEC_ENDS;
    if (result == BZ_MEM_ERROR) return CODEC_NO_MEMORY;
    return result == BZ_OK ? CODEC_GOES_ON : CODEC_BROKEN;
}

const Codec codec_bzip2 = {"bzip2", sizeof(bz_stream), begin, step, end};
