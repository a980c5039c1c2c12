/* SPDX-License-Identifier: MIT
 * warc.c - the records of a WARC file: responses and conversions are held and sent, others are
 * passed over. Where a header is broken, or no other follows where a record says that it ends, the
 * next line that begins one is where reading goes on. */
#include "input/frame.h"
#include "input/header.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Most bytes of a header; and of the line breaks behind a record that are looked through for the
 * next one. */
enum { HEADER_MOST = 64 << 10, BREAKS_MOST = 64 };

static const char magic[] = "WARC/1.", next_magic[] = "\nWARC/1.";
enum { MAGIC = sizeof magic - 1, NEXT_MAGIC = sizeof next_magic - 1 };

/* Types that are no documents, the last of them any other. */
static const char *const skipped_types[WARC_TYPES] = {
    "warcinfo", "request", "metadata", "revisit", "resource", "continuation", "other"};

const char *decant_framer_skipped(const decant_framer *framer, size_t index, uint64_t *count) {
    if (!framer || !count || index >= WARC_TYPES) return NULL;
    *count = framer->warc.skipped[index];
    return skipped_types[index];
}

/* ---- what is held --------------------------------------------------------------------------- */

typedef enum Sight { SIGHT_NO, SIGHT_YES, SIGHT_UNCLEAR /* more bytes are needed */ } Sight;

static size_t count_breaks(Str held, size_t at) {
    size_t count = 0;
    while (at + count < held.len && (held.at[at + count] == '\r' || held.at[at + count] == '\n'))
        count++;
    return count;
}

/* Whether a header begins at `at`. */
static Sight see_magic(Str held, size_t at, bool ended) {
    const size_t size = held.len - at < MAGIC ? held.len - at : MAGIC;
    if (size && memcmp(held.at + at, magic, size) != 0) return SIGHT_NO;
    return size == MAGIC ? SIGHT_YES : ended ? SIGHT_NO : SIGHT_UNCLEAR;
}

/* Where behind the first byte a line begins a header; 0: nowhere. */
static size_t find_next(Str held, size_t searched) {
    size_t at = searched < NEXT_MAGIC ? 0 : searched - NEXT_MAGIC;
    while (held.len - at >= NEXT_MAGIC) {
        const uint8_t *feed = memchr(held.at + at, '\n', held.len - at - NEXT_MAGIC + 1);
        if (!feed) return 0;
        at = (size_t)(feed - held.at) + 1;
        if (memcmp(feed, next_magic, NEXT_MAGIC) == 0) return at;
    }
    return 0;
}

/* ---- steps ---------------------------------------------------------------------------------- */

static bool go_to(decant_framer *framer, WarcPlace place) {
    framer->warc.place = place;
    framer->searched = 0;
    return true;
}

static bool lose(decant_framer *framer, const char *why) {
    snprintf(framer->fault, sizeof framer->fault, "%s", why);
    return go_to(framer, WARC_LOST);
}

static bool step_between(decant_framer *framer, bool ended) {
    framer_pass(framer, count_breaks(framer_held(framer), 0));
    const Str held = framer_held(framer);
    if (!held.len) return false;
    switch (see_magic(held, 0, ended)) {
    case SIGHT_YES:
        return go_to(framer, WARC_HEADER);
    case SIGHT_NO:
        return lose(framer, "these bytes are no WARC record");
    default:
        return false;
    }
}

static size_t find_type(Str type) {
    size_t i = 0;
    while (i < WARC_TYPES - 1 && !header_is(type, skipped_types[i])) i++;
    return i;
}

static bool take_header(decant_framer *framer, Str header) {
    const Str type = header_field(header, "WARC-Type");
    uint64_t length;
    if (find_next(header, 0)) return lose(framer, "another header begins within the WARC header");
    if (!header_number(header_field(header, "Content-Length"), &length))
        return lose(framer, "the WARC header lacks a proper Content-Length");
    if (length > UINT64_MAX / 2)
        return lose(framer, "the WARC header's Content-Length is too large");
    framer->warc.size = header.len + length;
    if (header_is(type, "response") || header_is(type, "conversion"))
        return go_to(framer, WARC_BLOCK);
    framer->warc.skipped[find_type(type)]++;
    return go_to(framer, WARC_PASSED);
}

static bool step_header(decant_framer *framer, bool ended) {
    const Str held = framer_held(framer);
    const size_t size = header_size(held, framer->searched);
    framer->searched = held.len;
    if (size && size <= HEADER_MOST) return take_header(framer, (Str){held.at, size});
    if (size || held.len > HEADER_MOST) return lose(framer, "the WARC header is too long");
    return ended ? lose(framer, "the WARC header is cut short") : false;
}

/* A whole record is told by what follows: the two line breaks of the standard, or any number of
 * them and then the next header or the end. */
static Sight see_end(const decant_framer *framer, Str held, bool ended) {
    const size_t size = (size_t)framer->warc.size, breaks = count_breaks(held, size);
    if (breaks >= 4 && memcmp(held.at + size, "\r\n\r\n", 4) == 0) return SIGHT_YES;
    if (breaks > BREAKS_MOST || (ended && size + breaks == held.len)) return SIGHT_YES;
    return see_magic(held, size + breaks, ended);
}

static bool step_block(decant_framer *framer, bool ended) {
    const Str held = framer_held(framer);
    const uint64_t size = framer->warc.size;
    if (size > framer->limit && held.len >= framer->limit) return go_to(framer, WARC_OVER);
    if (held.len < size) return ended ? lose(framer, "the record is cut short") : false;
    switch (see_end(framer, held, ended)) {
    case SIGHT_YES:
        go_to(framer, WARC_BETWEEN);
        return framer_send(framer,
                           (decant_record){.end = framer->offset + size, .size = (size_t)size});
    case SIGHT_NO:
        return lose(framer, "the record does not end where its Content-Length says");
    default:
        return false;
    }
}

/* Of a record over the limit its first bytes stay held until it ends. */
static bool step_over(decant_framer *framer, bool ended) {
    const uint64_t seen = framer_held(framer).len + framer->cut, whole = framer->warc.size;
    const bool is_whole = seen >= whole;
    if (!is_whole) framer_cut(framer, framer->limit);
    if (!is_whole && !ended) return false;
    snprintf(framer->fault, sizeof framer->fault,
             "the header gives the record %" PRIu64 " bytes, and more than %zu are not held", whole,
             framer->limit);
    go_to(framer, WARC_BETWEEN);
    return framer_send(framer, (decant_record){.end = framer->offset + (is_whole ? whole : seen),
                                               .size = framer->limit,
                                               .fault = framer->fault});
}

/* What is cut short is told here, too: who knows what was passed over with it. */
static bool step_passed(decant_framer *framer, bool ended) {
    const size_t held = framer_held(framer).len;
    const size_t size = held < framer->warc.size ? held : (size_t)framer->warc.size;
    framer_pass(framer, size);
    framer->warc.size -= size;
    if (!framer->warc.size) return go_to(framer, WARC_BETWEEN);
    if (!ended) return false;
    snprintf(framer->fault, sizeof framer->fault,
             "the stream ends %" PRIu64 " bytes before the record that is passed over does",
             framer->warc.size);
    go_to(framer, WARC_BETWEEN);
    return framer_send(framer, (decant_record){.end = framer->offset, .fault = framer->fault});
}

/* As far as the next header, in pieces where that is far. */
static bool step_lost(decant_framer *framer, bool ended) {
    const Str held = framer_held(framer);
    const size_t next = find_next(held, framer->searched);
    if (!next) framer->searched = held.len;
    if (!next && !ended && held.len < framer->limit + NEXT_MAGIC) return false;
    const size_t whole = next ? next : held.len;
    const bool goes_on = whole > framer->limit;
    const size_t size = goes_on ? framer->limit : whole;
    if (!goes_on) go_to(framer, WARC_BETWEEN);
    return framer_send(framer, (decant_record){.end = framer->offset + size,
                                               .size = size,
                                               .fault = framer->fault,
                                               .goes_on = goes_on});
}

static bool step(decant_framer *framer, bool ended) {
    switch (framer->warc.place) {
    case WARC_BETWEEN:
        return step_between(framer, ended);
    case WARC_HEADER:
        return step_header(framer, ended);
    case WARC_BLOCK:
        return step_block(framer, ended);
    case WARC_OVER:
        return step_over(framer, ended);
    case WARC_PASSED:
        return step_passed(framer, ended);
    default:
        return step_lost(framer, ended);
    }
}

const Framing framing_warc = {step, HEADER_MOST + BREAKS_MOST + NEXT_MAGIC};
