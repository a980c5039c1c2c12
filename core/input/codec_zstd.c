/* SPDX-License-Identifier: MIT
 * codec_zstd.c - frames of zstd, skippable ones too, by libzstd. */
#include "base/piece.h"
#include "input/codec.h"

#define ZSTD_STATIC_LINKING_ONLY /* for the allocator */
#include <zstd.h>
#include <zstd_errors.h>

enum { FIRST_WANTED = 5, BLOCK_HEADER = 3 };

typedef struct ZstdState {
    ZSTD_DCtx *context;
    size_t wanted; /* most bytes of the next step */
} ZstdState;

static void *take(void *user, size_t size) {
    return piece_take(user, size);
}

static void give_back(void *user, void *memory) {
    piece_give_back(user, memory);
}

static bool begin(void *state, const decant_allocator *allocator) {
    ZstdState *zstd = state;
    const ZSTD_customMem memory = {take, give_back, (void *)(uintptr_t)allocator};
    if (!zstd->context) zstd->context = ZSTD_createDCtx_advanced(memory);
    if (!zstd->context) return false;
    ZSTD_DCtx_reset(zstd->context, ZSTD_reset_session_only);
    ZSTD_DCtx_setParameter(zstd->context, ZSTD_d_windowLogMax, CODEC_WINDOW_LOG);
    zstd->wanted = FIRST_WANTED;
    return true;
}

/* A call that fails gives nothing of what it unpacked before. Hence each gets no more than a block,
 * so that all of them before a broken one come out. What libzstd would like to have is that and the
 * next block's header. */
static size_t count_wanted(size_t hint) {
    return hint > BLOCK_HEADER ? hint - BLOCK_HEADER : hint;
}

static CodecResult result_of(size_t result) {
    if (!ZSTD_isError(result)) return result ? CODEC_GOES_ON : CODEC_ENDS;
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_memory_allocation:
        return CODEC_NO_MEMORY;
    case ZSTD_error_frameParameter_windowTooLarge:
        return CODEC_TOO_LARGE;
    case ZSTD_error_dictionary_wrong:
        return CODEC_DICTIONARY;
    default:
        return CODEC_BROKEN;
    }
}

static CodecResult step(void *state, CodecFlow *flow) {
    ZstdState *zstd = state;
    const size_t size = flow->in_size < zstd->wanted ? flow->in_size : zstd->wanted;
    ZSTD_inBuffer in = {flow->in, size, 0};
    ZSTD_outBuffer out = {flow->out, flow->out_size, 0};
    const size_t result = ZSTD_decompressStream(zstd->context, &out, &in);
    *flow = (CodecFlow){flow->in + in.pos, flow->in_size - in.pos, flow->out + out.pos,
                        flow->out_size - out.pos};
    if (!ZSTD_isError(result)) zstd->wanted = count_wanted(result);
    return result_of(result);
}

static void end(void *state) {
    ZstdState *zstd = state;
    ZSTD_freeDCtx(zstd->context);
    zstd->context = NULL;
}

const Codec codec_zstd = {"zstd", sizeof(ZstdState), begin, step, end};
