/* SPDX-License-Identifier: MIT
 * codec_zstd.c - frames of zstd, skippable ones too, by libzstd. */
#include "base/piece.h"
#include "input/codec.h"

#include <string.h>

#define ZSTD_STATIC_LINKING_ONLY /* for the allocator */
#include <zstd.h>
#include <zstd_errors.h>

enum { FIRST_WANTED = 5, BLOCK_HEADER = 3 };

typedef struct ZstdState {
    ZSTD_DCtx *context;
    bool has_more;           /* to give, before it takes more */
    size_t wanted, gathered; /* bytes of the next step */
    uint8_t bytes[ZSTD_BLOCKSIZE_MAX];
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
    zstd->gathered = 0;
    zstd->has_more = false;
    return true;
}

/* A call that fails gives nothing of what it unpacked before. Hence each gets just one block: then
 * all of them before a broken one come out, whatever the chunks. What libzstd would like to have is
 * that and the next block's header. */
static size_t count_wanted(size_t hint) {
    const size_t wanted = hint > BLOCK_HEADER ? hint - BLOCK_HEADER : hint;
    return wanted < ZSTD_BLOCKSIZE_MAX ? wanted : ZSTD_BLOCKSIZE_MAX;
}

/* Gathers the bytes of a step; false where some are missing. */
static bool gather(ZstdState *zstd, CodecFlow *flow) {
    const size_t missing = zstd->wanted - zstd->gathered;
    const size_t size = flow->in_size < missing ? flow->in_size : missing;
    memcpy(zstd->bytes + zstd->gathered, flow->in, size);
    zstd->gathered += size;
    flow->in += size;
    flow->in_size -= size;
    return zstd->gathered == zstd->wanted;
}

static CodecResult result_of(size_t result) {
    if (!ZSTD_isError(result)) return result ? CODEC_GOES_ON : CODEC_ENDS;
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_memory_allocation:
        return CODEC_NO_MEMORY;
    case ZSTD_error_frameParameter_windowTooLarge:
        return CODEC_TOO_LARGE;
    default:
        return CODEC_BROKEN;
    }
}

static CodecResult run(ZstdState *zstd, CodecFlow *flow) {
    ZSTD_inBuffer in = {zstd->bytes, zstd->gathered, 0};
    ZSTD_outBuffer out = {flow->out, flow->out_size, 0};
    const size_t result = ZSTD_decompressStream(zstd->context, &out, &in);
    flow->out += out.pos;
    flow->out_size -= out.pos;
    zstd->has_more = !flow->out_size || in.pos < zstd->gathered;
    zstd->gathered -= in.pos;
    memmove(zstd->bytes, zstd->bytes + in.pos, zstd->gathered);
    if (!ZSTD_isError(result) && !zstd->gathered) zstd->wanted = count_wanted(result);
    return result_of(result);
}

static CodecResult step(void *state, CodecFlow *flow) {
    ZstdState *zstd = state;
    const size_t room = flow->out_size;
    if (zstd->has_more) {
        const CodecResult result = run(zstd, flow);
        if (result != CODEC_GOES_ON || flow->out_size < room) return result;
    }
    return gather(zstd, flow) ? run(zstd, flow) : CODEC_GOES_ON;
}

static void end(void *state) {
    ZstdState *zstd = state;
    ZSTD_freeDCtx(zstd->context);
    zstd->context = NULL;
}

const Codec codec_zstd = {"zstd", sizeof(ZstdState), begin, step, end};
