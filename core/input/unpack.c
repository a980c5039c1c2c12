/* SPDX-License-Identifier: MIT
 * unpack.c - a stream's packing told by its first bytes, and its members unpacked one after the
 * other. */
#include "base/arena.h"
#include "input/codec.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ROOM = 64 << 10, SLICE = 64 << 10, MAGIC_MOST = 10 };

/* What a member begins with. Of the byte `loose` only the upper half counts. */
typedef struct Magic {
    const Codec *codec;
    const char *bytes;
    size_t size, loose;
} Magic;

static const Magic magics[] = {
    {&codec_gzip, "\x1F\x8B\x08", 3, MAGIC_MOST},
    {&codec_zstd, "\x28\xB5\x2F\xFD", 4, MAGIC_MOST},
    {&codec_zstd, "\x50\x2A\x4D\x18", 4, 0}, /* a skippable frame */
    {&codec_xz, "\xFD\x37zXZ\0", 6, MAGIC_MOST},
    {&codec_bzip2, "BZh01AY&SY", 10, 3},
    {&codec_bzip2, "BZh0\x17\x72\x45\x38\x50\x90", 10, 3}, /* without a block */
};

/* Where the stream stands. */
typedef enum Place {
    AT_START, /* the first bytes are gathered */
    PLAIN,    /* nothing is packed */
    WITHIN,   /* a member */
    BETWEEN   /* the first bytes of the next one are gathered */
} Place;

struct decant_unpacker {
    decant_allocator allocator;
    decant_write write;
    void *user;
    decant_status status; /* the first failure */
    bool has_ended;
    Place place;
    const Codec *codec; /* NULL: not packed, or not known yet */
    void *state;
    uint64_t offset; /* of the next byte in the packed stream */
    uint64_t member; /* where the last member begins */
    uint64_t given;  /* bytes that came out of it */
    uint8_t first[MAGIC_MOST];
    size_t first_size;
    char problem[160];
    size_t slice_size;
    uint8_t slice[SLICE]; /* packed bytes that wait */
    uint8_t room[ROOM];   /* for unpacked ones */
};

/* ---- open and close ------------------------------------------------------------------------- */

decant_status decant_unpacker_open(decant_unpacker **ret, const decant_allocator *allocator,
                                   decant_write write, void *user) {
    if (!ret) return DECANT_BAD_ARGUMENT;
    *ret = NULL;
    if (!write) return DECANT_BAD_ARGUMENT;
    if (!allocator) allocator = allocator_default();
    decant_unpacker *unpacker = allocator->resize(allocator->user, NULL, 0, sizeof *unpacker);
    if (!unpacker) return DECANT_NO_MEMORY;
    memset(unpacker, 0, offsetof(decant_unpacker, slice));
    unpacker->allocator = *allocator;
    unpacker->write = write;
    unpacker->user = user;
    *ret = unpacker;
    return DECANT_OK;
}

void decant_unpacker_close(decant_unpacker *unpacker) {
    if (!unpacker) return;
    const decant_allocator allocator = unpacker->allocator;
    codec_close(unpacker->codec, unpacker->state, &allocator);
    allocator.release(allocator.user, unpacker, sizeof *unpacker);
}

const char *decant_unpacker_error(const decant_unpacker *unpacker) {
    return unpacker ? unpacker->problem : "";
}

const char *decant_unpacker_packing(const decant_unpacker *unpacker) {
    return unpacker && unpacker->codec ? unpacker->codec->name : "none";
}

/* ---- first bytes ---------------------------------------------------------------------------- */

/* Whether the bytes are the magic as far as they go. */
static bool agrees(const Magic *magic, const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size && i < magic->size; i++) {
        const uint8_t mask = i == magic->loose ? 0xF0 : 0xFF;
        if ((bytes[i] & mask) != ((uint8_t)magic->bytes[i] & mask)) return false;
    }
    return true;
}

/* The codec whose member begins with the first bytes; NULL for none. *is_open: more of them may
 * tell. A stream's members are all of one codec. */
static const Codec *find_codec(const decant_unpacker *unpacker, bool *is_open) {
    *is_open = false;
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const Magic *magic = &magics[i];
        if (unpacker->codec && unpacker->codec != magic->codec) continue;
        if (!agrees(magic, unpacker->first, unpacker->first_size)) continue;
        if (unpacker->first_size >= magic->size) return magic->codec;
        *is_open = true;
    }
    return NULL;
}

/* ---- members -------------------------------------------------------------------------------- */

static decant_status write_out(decant_unpacker *unpacker, const void *bytes, size_t size) {
    return size && unpacker->write(unpacker->user, bytes, size) ? DECANT_STOPPED : DECANT_OK;
}

static decant_status tell_broken(decant_unpacker *unpacker) {
    snprintf(unpacker->problem, sizeof unpacker->problem,
             "the %s member at byte %" PRIu64 " is broken behind %" PRIu64 " unpacked bytes",
             unpacker->codec->name, unpacker->member, unpacker->given);
    return DECANT_BAD_INPUT;
}

static decant_status tell_cut(decant_unpacker *unpacker) {
    snprintf(unpacker->problem, sizeof unpacker->problem,
             "the %s member at byte %" PRIu64 " is cut short at byte %" PRIu64,
             unpacker->codec->name, unpacker->member, unpacker->offset);
    return DECANT_BAD_INPUT;
}

static decant_status tell_need(decant_unpacker *unpacker, const char *need) {
    snprintf(unpacker->problem, sizeof unpacker->problem,
             "the %s member at byte %" PRIu64 " needs %s", unpacker->codec->name, unpacker->member,
             need);
    return DECANT_BAD_INPUT;
}

static decant_status tell_other(decant_unpacker *unpacker) {
    snprintf(unpacker->problem, sizeof unpacker->problem,
             "behind the last %s member, at byte %" PRIu64 ", comes something else",
             unpacker->codec->name, unpacker->offset);
    return DECANT_BAD_INPUT;
}

static decant_status begin_member(decant_unpacker *unpacker, const Codec *codec) {
    unpacker->codec = codec;
    unpacker->member = unpacker->offset;
    unpacker->given = 0;
    unpacker->place = WITHIN;
    if (!unpacker->state) unpacker->state = codec_open(codec, &unpacker->allocator);
    if (!unpacker->state || !codec->begin(unpacker->state, &unpacker->allocator))
        return DECANT_NO_MEMORY;
    return DECANT_OK;
}

static decant_status take_result(decant_unpacker *unpacker, CodecResult result) {
    switch (result) {
    case CODEC_GOES_ON:
        return DECANT_OK;
    case CODEC_ENDS:
        unpacker->place = BETWEEN;
        return DECANT_OK;
    case CODEC_TOO_LARGE:
        return tell_need(unpacker, "a window of more than 128 MiB");
    case CODEC_DICTIONARY:
        return tell_need(unpacker, "a dictionary");
    case CODEC_NO_MEMORY:
        return DECANT_NO_MEMORY;
    default:
        return tell_broken(unpacker);
    }
}

/* Unpacks from the data until it is used up or the member ends. */
static decant_status unpack_member(decant_unpacker *unpacker, Str *data) {
    decant_status status = DECANT_OK;
    bool is_full = false;
    while ((data->len || is_full) && unpacker->place == WITHIN && !status) {
        CodecFlow flow = {data->at, data->len, unpacker->room, ROOM};
        CodecResult result = unpacker->codec->step(unpacker->state, &flow);
        const bool stands_still = flow.in_size == data->len && flow.out_size == ROOM;
        if (result == CODEC_GOES_ON && stands_still && data->len) result = CODEC_BROKEN;
        unpacker->offset += data->len - flow.in_size;
        *data = (Str){flow.in, flow.in_size};
        is_full = !flow.out_size;
        unpacker->given += ROOM - flow.out_size;
        status = write_out(unpacker, unpacker->room, ROOM - flow.out_size);
        if (!status) status = take_result(unpacker, result);
    }
    return status;
}

/* ---- the stream ----------------------------------------------------------------------------- */

/* Where the first bytes are no member's: not packed, or something behind the last member. */
static decant_status take_other(decant_unpacker *unpacker) {
    if (unpacker->place == BETWEEN) return tell_other(unpacker);
    const size_t size = unpacker->first_size;
    unpacker->place = PLAIN;
    unpacker->offset += size;
    unpacker->first_size = 0;
    return write_out(unpacker, unpacker->first, size);
}

/* Goes on from the first bytes as soon as they tell what they are. */
static decant_status take_first(decant_unpacker *unpacker, bool ended) {
    bool is_open;
    const Codec *codec = find_codec(unpacker, &is_open);
    if (!codec && is_open && !ended) return DECANT_OK;
    if (!codec) return take_other(unpacker);
    decant_status status = begin_member(unpacker, codec);
    Str first = {unpacker->first, unpacker->first_size};
    unpacker->first_size = 0;
    if (!status) status = unpack_member(unpacker, &first);
    return status;
}

/* Takes one more of the first bytes. Zeros between members are padding. */
static decant_status gather_first(decant_unpacker *unpacker, Str *data) {
    const uint8_t byte = data->at[0];
    *data = (Str){data->at + 1, data->len - 1};
    if (unpacker->place == BETWEEN && !unpacker->first_size && !byte) {
        unpacker->offset++;
        return DECANT_OK;
    }
    unpacker->first[unpacker->first_size++] = byte;
    return take_first(unpacker, false);
}

static decant_status take(decant_unpacker *unpacker, Str *data) {
    if (unpacker->place == WITHIN) return unpack_member(unpacker, data);
    if (unpacker->place != PLAIN) return gather_first(unpacker, data);
    const Str all = *data;
    *data = (Str){all.at + all.len, 0};
    unpacker->offset += all.len;
    return write_out(unpacker, all.at, all.len);
}

static decant_status take_slice(decant_unpacker *unpacker) {
    Str slice = {unpacker->slice, unpacker->slice_size};
    decant_status status = DECANT_OK;
    unpacker->slice_size = 0;
    while (slice.len && !status) status = take(unpacker, &slice);
    return status;
}

/* Codecs get slices of one size: how much comes out of a broken member would depend on chunks. */
static decant_status gather(decant_unpacker *unpacker, Str *data) {
    const size_t room = SLICE - unpacker->slice_size;
    const size_t size = data->len < room ? data->len : room;
    memcpy(unpacker->slice + unpacker->slice_size, data->at, size);
    unpacker->slice_size += size;
    *data = (Str){data->at + size, data->len - size};
    return unpacker->slice_size == SLICE ? take_slice(unpacker) : DECANT_OK;
}

decant_status decant_unpacker_feed(decant_unpacker *unpacker, const void *data, size_t size) {
    if (!unpacker || (size && !data) || unpacker->has_ended) return DECANT_BAD_ARGUMENT;
    Str left = {data, size};
    while (left.len && !unpacker->status)
        unpacker->status = unpacker->codec ? gather(unpacker, &left) : take(unpacker, &left);
    return unpacker->status;
}

decant_status decant_unpacker_finish(decant_unpacker *unpacker) {
    if (!unpacker || unpacker->has_ended) return DECANT_BAD_ARGUMENT;
    unpacker->has_ended = true;
    if (!unpacker->status) unpacker->status = take_slice(unpacker);
    if (!unpacker->status && unpacker->first_size) unpacker->status = take_first(unpacker, true);
    if (!unpacker->status && unpacker->place == WITHIN) unpacker->status = tell_cut(unpacker);
    return unpacker->status;
}
