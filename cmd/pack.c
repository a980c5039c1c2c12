/* SPDX-License-Identifier: MIT
 * pack.c - four libraries behind one loop. */
#include "pack.h"

#include <bzlib.h>
#include <lzma.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum {
    OUT_SIZE = 65536,
    FEED_MOST = 1 << 20, /* bytes a step, which every library can count */
    GZIP_WINDOW = 15 + 16,
    GZIP_MEMORY = 8,
    XZ_PRESET = 3, /* packs in 32 MiB of memory; 6, the usual one, would take 94 */
    BZIP2_BLOCK = 9,
};

typedef enum Step { STEP_MORE, STEP_DONE, STEP_FAILED } Step;

typedef struct Codec {
    const char *ending;
    bool (*open)(Packer *packer); /* makes ready for a first member, or for the next */
    /* Moves bytes from in to out. Done: all of in is taken, and with `end` the member is ended. */
    Step (*step)(Packer *packer, bool end);
    void (*close)(Packer *packer);
} Codec;

struct Packer {
    const Codec *codec;
    int (*write)(void *user, const void *data, size_t size);
    void *user;
    bool ready;  /* the library's state is open */
    bool inside; /* a member has begun */
    bool any;    /* one has been ended */
    union {
        z_stream gzip;
        ZSTD_CCtx *zstd;
        lzma_stream xz;
        bz_stream bzip2;
    } state;
    const uint8_t *in;
    size_t in_size;
    size_t out_used;
    uint8_t out[OUT_SIZE];
};

/* Notes what a library took and gave. */
static void moved(Packer *packer, size_t in_left, size_t out_left) {
    packer->in += packer->in_size - in_left;
    packer->in_size = in_left;
    packer->out_used = OUT_SIZE - out_left;
}

/* ---- gzip ---- */

static bool gzip_open(Packer *packer) {
    if (packer->ready) return deflateReset(&packer->state.gzip) == Z_OK;
    packer->state.gzip = (z_stream){0};
    return deflateInit2(&packer->state.gzip, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW,
                        GZIP_MEMORY, Z_DEFAULT_STRATEGY) == Z_OK;
}

static Step gzip_step(Packer *packer, bool end) {
    z_stream *stream = &packer->state.gzip;
    stream->next_in = (Bytef *)(uintptr_t)packer->in;
    stream->avail_in = (uInt)packer->in_size;
    stream->next_out = packer->out + packer->out_used;
    stream->avail_out = (uInt)(OUT_SIZE - packer->out_used);
    int result = deflate(stream, end ? Z_FINISH : Z_NO_FLUSH);
    moved(packer, stream->avail_in, stream->avail_out);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return STEP_FAILED;
    return (end ? result == Z_STREAM_END : !packer->in_size) ? STEP_DONE : STEP_MORE;
}

static void gzip_close(Packer *packer) {
    deflateEnd(&packer->state.gzip);
}

/* ---- zstd ---- */

static bool zstd_open(Packer *packer) {
    if (packer->ready) return true;
    packer->state.zstd = ZSTD_createCCtx();
    return packer->state.zstd &&
           !ZSTD_isError(ZSTD_CCtx_setParameter(packer->state.zstd, ZSTD_c_checksumFlag, 1));
}

static Step zstd_step(Packer *packer, bool end) {
    ZSTD_inBuffer in = {packer->in, packer->in_size, 0};
    ZSTD_outBuffer out = {packer->out, OUT_SIZE, packer->out_used};
    size_t left =
        ZSTD_compressStream2(packer->state.zstd, &out, &in, end ? ZSTD_e_end : ZSTD_e_continue);
    moved(packer, in.size - in.pos, OUT_SIZE - out.pos);
    if (ZSTD_isError(left)) return STEP_FAILED;
    return (end ? !left : !packer->in_size) ? STEP_DONE : STEP_MORE;
}

static void zstd_close(Packer *packer) {
    ZSTD_freeCCtx(packer->state.zstd);
}

/* ---- xz ---- */

static bool xz_open(Packer *packer) {
    if (!packer->ready) packer->state.xz = (lzma_stream)LZMA_STREAM_INIT;
    return lzma_easy_encoder(&packer->state.xz, XZ_PRESET, LZMA_CHECK_CRC64) == LZMA_OK;
}

static Step xz_step(Packer *packer, bool end) {
    lzma_stream *stream = &packer->state.xz;
    stream->next_in = packer->in;
    stream->avail_in = packer->in_size;
    stream->next_out = packer->out + packer->out_used;
    stream->avail_out = OUT_SIZE - packer->out_used;
    lzma_ret result = lzma_code(stream, end ? LZMA_FINISH : LZMA_RUN);
    moved(packer, stream->avail_in, stream->avail_out);
    if (result != LZMA_OK && result != LZMA_STREAM_END && result != LZMA_BUF_ERROR)
        return STEP_FAILED;
    return (end ? result == LZMA_STREAM_END : !packer->in_size) ? STEP_DONE : STEP_MORE;
}

static void xz_close(Packer *packer) {
    lzma_end(&packer->state.xz);
}

/* ---- bzip2 ---- */

static bool bzip2_open(Packer *packer) {
    if (packer->ready) BZ2_bzCompressEnd(&packer->state.bzip2);
    packer->ready = false;
    packer->state.bzip2 = (bz_stream){0};
    return BZ2_bzCompressInit(&packer->state.bzip2, BZIP2_BLOCK, 0, 0) == BZ_OK;
}

static Step bzip2_step(Packer *packer, bool end) {
    bz_stream *stream = &packer->state.bzip2;
    stream->next_in = (char *)(uintptr_t)packer->in;
    stream->avail_in = (unsigned)packer->in_size;
    stream->next_out = (char *)packer->out + packer->out_used;
    stream->avail_out = (unsigned)(OUT_SIZE - packer->out_used);
    int result = BZ2_bzCompress(stream, end ? BZ_FINISH : BZ_RUN);
    moved(packer, stream->avail_in, stream->avail_out);
    if (result < 0) return STEP_FAILED;
    return (end ? result == BZ_STREAM_END : !packer->in_size) ? STEP_DONE : STEP_MORE;
}

static void bzip2_close(Packer *packer) {
    BZ2_bzCompressEnd(&packer->state.bzip2);
}

/* ---- the loop ---- */

static const Codec codecs[] = {
    {".gz", gzip_open, gzip_step, gzip_close},
    {".zst", zstd_open, zstd_step, zstd_close},
    {".xz", xz_open, xz_step, xz_close},
    {".bz2", bzip2_open, bzip2_step, bzip2_close},
};
enum { CODECS = sizeof codecs / sizeof *codecs };

static const Codec *codec_for(const char *name) {
    size_t size = strlen(name);
    for (size_t i = 0; i < CODECS; i++) {
        size_t length = strlen(codecs[i].ending);
        if (size > length && !strcmp(name + size - length, codecs[i].ending)) return &codecs[i];
    }
    return NULL;
}

size_t pack_ending(const char *name) {
    const Codec *codec = codec_for(name);
    return codec ? strlen(codec->ending) : 0;
}

static bool begin(Packer *packer) {
    if (!packer->codec->open(packer)) return false;
    packer->ready = true;
    return true;
}

Packer *packer_open(const char *name, uint64_t written,
                    int (*write)(void *user, const void *data, size_t size), void *user) {
    Packer *packer = calloc(1, sizeof *packer);
    if (!packer) return NULL;
    packer->codec = codec_for(name);
    packer->write = write;
    packer->user = user;
    packer->any = written > 0;
    if (begin(packer)) return packer;
    free(packer);
    return NULL;
}

/* Steps until the library has taken what it was given. */
static bool pack(Packer *packer, const void *data, size_t size, bool end) {
    packer->in = data;
    packer->in_size = size;
    Step step = STEP_MORE;
    while (step == STEP_MORE) {
        step = packer->codec->step(packer, end);
        bool full = packer->out_used == OUT_SIZE || (end && packer->out_used);
        if (full && packer->write(packer->user, packer->out, packer->out_used)) return false;
        if (full) packer->out_used = 0;
    }
    return step == STEP_DONE;
}

bool packer_feed(Packer *packer, const void *data, size_t size) {
    const uint8_t *bytes = data;
    while (size) {
        size_t some = size < FEED_MOST ? size : FEED_MOST;
        if (!packer->inside && packer->any && !begin(packer)) return false;
        packer->inside = true;
        if (!pack(packer, bytes, some, false)) return false;
        bytes += some;
        size -= some;
    }
    return true;
}

bool packer_end(Packer *packer) {
    if (!packer->inside && packer->any) return true;
    packer->inside = false;
    packer->any = true;
    return pack(packer, NULL, 0, true);
}

void packer_close(Packer *packer) {
    if (!packer) return;
    if (packer->ready) packer->codec->close(packer);
    free(packer);
}
