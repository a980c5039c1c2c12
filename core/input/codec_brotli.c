/* SPDX-License-Identifier: MIT
 * codec_brotli.c - brotli, whose windows have 16 MiB at most, by libbrotlidec. */
#include "base/piece.h"
#include "input/codec.h"

#include <brotli/decode.h>

typedef struct BrotliState {
    BrotliDecoderState *decoder;
} BrotliState;

static void *take(void *user, size_t size) {
    return piece_take(user, size);
}

static void give_back(void *user, void *memory) {
    piece_give_back(user, memory);
}

static void end(void *state) {
    BrotliState *brotli = state;
    if (brotli->decoder) BrotliDecoderDestroyInstance(brotli->decoder);
    brotli->decoder = NULL;
}

static bool begin(void *state, const decant_allocator *allocator) {
    BrotliState *brotli = state;
    end(brotli);
    brotli->decoder = BrotliDecoderCreateInstance(take, give_back, (void *)(uintptr_t)allocator);
    return brotli->decoder;
}

static bool is_of_memory(BrotliDecoderErrorCode code) {
    return code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
           code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES;
}

static CodecResult step(void *state, CodecFlow *flow) {
    BrotliDecoderState *decoder = ((BrotliState *)state)->decoder;
    switch (BrotliDecoderDecompressStream(decoder, &flow->in_size, &flow->in, &flow->out_size,
                                          &flow->out, NULL)) {
    case BROTLI_DECODER_RESULT_SUCCESS:
        return CODEC_ENDS;
    case BROTLI_DECODER_RESULT_ERROR:
        return is_of_memory(BrotliDecoderGetErrorCode(decoder)) ? CODEC_NO_MEMORY : CODEC_BROKEN;
    default:
        return CODEC_GOES_ON;
    }
}

const Codec codec_brotli = {"br", sizeof(BrotliState), begin, step, end};
