/* SPDX-License-Identifier: MIT
 * frame.c - gathers a stream piece by piece and has its framing step through what is held. */
#include "input/frame.h"

#include "base/arena.h"

/* Bytes are gathered in slices of this size; memory that only a giant needed is given back. */
enum { SLICE = 64 << 10, KEPT_CAPACITY = 1 << 20 };

decant_status decant_framer_open(decant_framer **ret, decant_framing framing, size_t limit,
                                 const decant_allocator *allocator,
                                 int (*each)(void *user, const decant_record *), void *user) {
    static const Framing *const framings[] = {&framing_lines, &framing_warc};
    if (!ret) return DECANT_BAD_ARGUMENT;
    *ret = NULL;
    if ((size_t)framing >= sizeof framings / sizeof *framings || !limit || limit > SIZE_MAX / 2 ||
        !each)
        return DECANT_BAD_ARGUMENT;
    if (!allocator) allocator = allocator_default();
    decant_framer *framer = allocator->resize(allocator->user, NULL, 0, sizeof *framer);
    if (!framer) return DECANT_NO_MEMORY;
    *framer = (decant_framer){.allocator = *allocator,
                              .framing = framings[framing],
                              .limit = limit,
                              .each = each,
                              .user = user};
    input_init(&framer->input, &framer->allocator, limit + framer->framing->slack + SLICE);
    *ret = framer;
    return DECANT_OK;
}

Str framer_held(const decant_framer *framer) {
    const Str held = input_held(&framer->input);
    return held.at ? (Str){held.at + framer->from, held.len - framer->from} : held;
}

void framer_pass(decant_framer *framer, size_t size) {
    framer->from += size;
    framer->offset += size;
    framer->searched = framer->searched > size ? framer->searched - size : 0;
}

void framer_cut(decant_framer *framer, size_t kept) {
    framer->cut += framer_held(framer).len - kept;
    input_cut(&framer->input, framer->from + kept);
}

bool framer_send(decant_framer *framer, decant_record record) {
    if (!framer->goes_on) framer->number++;
    framer->goes_on = record.goes_on;
    record.number = framer->number;
    record.start = framer->offset;
    record.data = (const char *)framer_held(framer).at;
    if (framer->each(framer->user, &record)) framer->status = DECANT_STOPPED;
    framer_pass(framer, (size_t)(record.end - framer->offset - framer->cut));
    framer->offset += framer->cut;
    framer->cut = 0;
    return !framer->status;
}

/* Takes a slice of the data, behind what is still held. */
static decant_status gather(decant_framer *framer, Str *data) {
    Str slice = {data->at, data->len < SLICE ? data->len : SLICE};
    input_let_go(&framer->input, framer->from);
    framer->from = 0;
    if (!framer->input.size && framer->input.capacity > KEPT_CAPACITY) input_done(&framer->input);
    const size_t size = slice.len;
    const decant_status status = input_gather(&framer->input, &slice);
    *data = (Str){data->at + (size - slice.len), data->len - (size - slice.len)};
    return status;
}

decant_status decant_framer_feed(decant_framer *framer, const void *data, size_t size) {
    if (!framer || (size && !data) || framer->has_ended) return DECANT_BAD_ARGUMENT;
    Str left = {data, size};
    while (left.len && !framer->status) {
        framer->status = gather(framer, &left);
        while (!framer->status && framer->framing->step(framer, false)) continue;
    }
    return framer->status;
}

decant_status decant_framer_finish(decant_framer *framer) {
    if (!framer || framer->has_ended) return DECANT_BAD_ARGUMENT;
    framer->has_ended = true;
    while (!framer->status && framer->framing->step(framer, true)) continue;
    return framer->status;
}

void decant_framer_close(decant_framer *framer) {
    if (!framer) return;
    input_done(&framer->input);
    const decant_allocator allocator = framer->allocator;
    allocator.release(allocator.user, framer, sizeof *framer);
}
