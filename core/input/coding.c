/* SPDX-License-Identifier: MIT
 * coding.c - chunks and packed bodies. Crawlers often undo them and leave the header as it was, so
 * every coding is told by the bytes, too. */
#include "input/coding.h"

#include "input/codec.h"
#include "input/header.h"

#include <stdio.h>
#include <string.h>

enum { KEPT_CAPACITY = 1 << 20 };

void body_init(Body *body, const decant_allocator *allocator, size_t limit) {
    body->allocator = allocator;
    body->limit = limit;
    input_init(&body->buffers[0], allocator, limit);
    input_init(&body->buffers[1], allocator, limit);
    body_start(body, (Str){NULL, 0});
}

void body_done(Body *body) {
    input_done(&body->buffers[0]);
    input_done(&body->buffers[1]);
}

/* Memory that only a giant needed is given back. */
void body_start(Body *body, Str bytes) {
    for (int i = 0; i < 2; i++)
        if (body->buffers[i].capacity > KEPT_CAPACITY) input_done(&body->buffers[i]);
    body->bytes = bytes;
    body->last = 0;
    body->fault[0] = 0;
}

void body_fault(Body *body, const char *fault) {
    if (!body->fault[0]) snprintf(body->fault, sizeof body->fault, "%s", fault);
}

static void fault_of(Body *body, const char *name, const char *fault) {
    char words[CODING_FAULT];
    snprintf(words, sizeof words, "the body's %s coding is %s", name, fault);
    body_fault(body, words);
}

/* ---- from one buffer to the other ----------------------------------------------------------- */

static Input *next_buffer(Body *body) {
    Input *next = &body->buffers[!body->last];
    input_clear(next);
    return next;
}

/* What went into the next buffer takes the place of what was. */
static decant_status turn(Body *body, const Input *next, decant_status status) {
    body->last = !body->last;
    body->bytes = input_held(next);
    return status;
}

/* Adds as much as the limit allows; *is_over where that is not all. */
static decant_status add(const Body *body, Input *next, Str bytes, bool *is_over) {
    const decant_status status = input_gather(next, &bytes);
    *is_over = !status && bytes.len && next->size == body->limit;
    return status;
}

static void fault_of_size(Body *body) {
    char words[CODING_FAULT];
    snprintf(words, sizeof words, "the body is longer than %zu bytes", body->limit);
    body_fault(body, words);
}

void body_cut(Body *body) {
    if (body->bytes.len <= body->limit) return;
    body->bytes.len = body->limit;
    fault_of_size(body);
}

/* ---- chunks --------------------------------------------------------------------------------- */

/* The size that a chunk's first line tells; moves *bytes behind that line. False where it is none.
 */
static bool read_chunk_size(Str *bytes, uint64_t *ret) {
    const uint8_t *feed = bytes->len ? memchr(bytes->at, '\n', bytes->len) : NULL;
    if (!feed) return false;
    const size_t line_size = (size_t)(feed - bytes->at);
    Str line = {bytes->at, line_size}, digits;
    if (!header_item(&line, ';', &digits) || digits.len > 15) return false;
    uint64_t size = 0;
    for (size_t i = 0; i < digits.len; i++) {
        const unsigned digit = digits.at[i] - (unsigned)'0', letter = (digits.at[i] | 32u) - 'a';
        if (digit > 9 && letter > 5) return false;
        size = size << 4 | (digit > 9 ? letter + 10 : digit);
    }
    *bytes = (Str){feed + 1, bytes->len - line_size - 1};
    *ret = size;
    return true;
}

/* Moves behind the line break that ends a chunk; false where there is none. */
static bool skip_break(Str *bytes) {
    const size_t size = bytes->len && bytes->at[0] == '\r' ? 1 : 0;
    if (bytes->len <= size || bytes->at[size] != '\n') return false;
    *bytes = (Str){bytes->at + size + 1, bytes->len - size - 1};
    return true;
}

static decant_status undo_chunks(Body *body) {
    static const char cut[] = "cut short";
    Str left = body->bytes;
    Input *next = next_buffer(body);
    uint64_t size;
    bool is_over = false;
    decant_status status = DECANT_OK;
    if (!read_chunk_size(&left, &size)) return DECANT_OK;
    while (size && !status && !is_over) {
        const bool is_whole = size <= left.len;
        const Str chunk = {left.at, is_whole ? (size_t)size : left.len};
        status = add(body, next, chunk, &is_over);
        left = (Str){left.at + chunk.len, left.len - chunk.len};
        if (!is_whole || !left.len) fault_of(body, "chunked", cut);
        if (!is_whole || !left.len) break;
        if (skip_break(&left) && read_chunk_size(&left, &size)) continue;
        fault_of(body, "chunked", left.len > 2 ? "broken" : cut);
        break;
    }
    if (is_over) fault_of_size(body);
    return turn(body, next, status);
}

/* ---- packed bodies -------------------------------------------------------------------------- */

/* Unpacks one member into the next buffer; moves *left behind it. */
static decant_status unpack_member(Body *body, const Codec *codec, void *state, Str *left,
                                   Input *next, CodecResult *result) {
    bool is_over = false, is_full = false;
    decant_status status = DECANT_OK;
    *result = CODEC_GOES_ON;
    while ((left->len || is_full) && *result == CODEC_GOES_ON && !status && !is_over) {
        CodecFlow flow = {left->at, left->len, body->room, CODING_ROOM};
        *result = codec->step(state, &flow);
        if (*result == CODEC_GOES_ON && flow.in_size == left->len && flow.out_size == CODING_ROOM)
            break;
        *left = (Str){flow.in, flow.in_size};
        is_full = !flow.out_size;
        status = add(body, next, (Str){body->room, CODING_ROOM - flow.out_size}, &is_over);
    }
    if (is_over) fault_of_size(body);
    return *result == CODEC_NO_MEMORY ? DECANT_NO_MEMORY : status;
}

/* Whether bytes begin like one more member. */
static bool begins_member(const Codec *codec, Str bytes) {
    if (codec == &codec_gzip) return bytes.len > 1 && !memcmp(bytes.at, "\x1F\x8B", 2);
    if (codec == &codec_zstd) return bytes.len > 3 && !memcmp(bytes.at, "\x28\xB5\x2F\xFD", 4);
    return false;
}

/* What ends a body's last member. */
static decant_status unpack_members(Body *body, const Codec *codec, void *state, Input *next,
                                    CodecResult *result) {
    Str left = body->bytes;
    decant_status status;
    do {
        if (!codec->begin(state, body->allocator)) return DECANT_NO_MEMORY;
        status = unpack_member(body, codec, state, &left, next, result);
    } while (!status && *result == CODEC_ENDS && begins_member(codec, left));
    return status;
}

/* `is_sure`: the bytes look packed. If they do not and nothing comes of them, they stay. */
static decant_status unpack(Body *body, const Codec *codec, bool is_sure) {
    Input *next = next_buffer(body);
    CodecResult result = CODEC_BROKEN;
    void *state = codec_open(codec, body->allocator);
    if (!state) return DECANT_NO_MEMORY;
    const decant_status status = unpack_members(body, codec, state, next, &result);
    codec_close(codec, state, body->allocator);
    is_sure = is_sure || next->size || result == CODEC_ENDS;
    if (status || (!is_sure && result == CODEC_BROKEN)) return status;
    if (result != CODEC_ENDS)
        fault_of(body, codec->name, result == CODEC_GOES_ON ? "cut short" : "broken");
    return is_sure ? turn(body, next, status) : status;
}

/* ---- codings -------------------------------------------------------------------------------- */

/* "deflate" ought to have zlib's wrapping, whose first two bytes are a multiple of 31, and often
 * has none. */
static decant_status undo_deflate(Body *body) {
    const Str bytes = body->bytes;
    const bool is_wrapped = bytes.len > 1 && (bytes.at[0] & 15) == 8 &&
                            ((unsigned)bytes.at[0] << 8 | bytes.at[1]) % 31 == 0;
    return unpack(body, is_wrapped ? &codec_zlib : &codec_deflate, is_wrapped);
}

decant_status body_undo(Body *body, Str coding) {
    const Str bytes = body->bytes;
    if (!bytes.len || header_is(coding, "identity")) return DECANT_OK;
    if (header_is(coding, "chunked")) return undo_chunks(body);
    if (header_is(coding, "gzip") || header_is(coding, "x-gzip"))
        return begins_member(&codec_gzip, bytes) ? unpack(body, &codec_gzip, true) : DECANT_OK;
    if (header_is(coding, "zstd"))
        return begins_member(&codec_zstd, bytes) ? unpack(body, &codec_zstd, true) : DECANT_OK;
    if (header_is(coding, "deflate")) return undo_deflate(body);
    if (header_is(coding, "br")) return unpack(body, &codec_brotli, false);
    char words[CODING_FAULT];
    snprintf(words, sizeof words, "the body's coding is not known: %.*s",
             coding.len < 40 ? (int)coding.len : 40, (const char *)coding.at);
    body_fault(body, words);
    return DECANT_OK;
}
