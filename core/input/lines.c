/* SPDX-License-Identifier: MIT
 * lines.c - a record a line. Lines over the limit come in pieces of just that size, wherever the
 * chunks of the stream ended. */
#include "input/frame.h"

#include <stdio.h>
#include <string.h>

static bool send_piece(decant_framer *framer) {
    snprintf(framer->fault, sizeof framer->fault, "the line is longer than %zu bytes",
             framer->limit);
    return framer_send(framer, (decant_record){.end = framer->offset + framer->limit,
                                               .size = framer->limit,
                                               .fault = framer->fault,
                                               .goes_on = 1});
}

static bool send_line(decant_framer *framer, size_t size, size_t end) {
    return framer_send(framer, (decant_record){.end = framer->offset + end,
                                               .size = size,
                                               .fault = framer->goes_on ? framer->fault : NULL});
}

/* A carriage return at the end of what is held may be half a line break. */
static bool step(decant_framer *framer, bool ended) {
    const Str held = framer_held(framer);
    const size_t searched = framer->searched;
    const uint8_t *feed =
        held.len > searched ? memchr(held.at + searched, '\n', held.len - searched) : NULL;
    size_t size = feed ? (size_t)(feed - held.at) : held.len;
    const size_t end = feed ? size + 1 : size;
    framer->searched = size;
    if (size && (feed || !ended) && held.at[size - 1] == '\r') size--;
    if (size > framer->limit) return send_piece(framer);
    return feed || (ended && end) ? send_line(framer, size, end) : false;
}

/* Two bytes of a break. */
const Framing framing_lines = {step, 2};
