/* SPDX-License-Identifier: MIT
 * repeat.c - lines that the document holds more than once, and lines that begin as an earlier one
 * does: a teaser of the article itself. Compared without white space and ASCII case. */
#include "document/stretch.h"
#include "filters/filter.h"
#include "language/words.h"

enum { PREFIX_SIGNS = 60 /* a shared beginning of fewer says little */ };

/* A line's fingerprints. */
typedef struct Line {
    Stretch stretch;
    uint32_t whole, prefix; /* hashes; prefix 0: too short */
} Line;

/* How often a fingerprint was met, open-addressed. */
typedef struct Tally {
    struct Seen {
        uint32_t hash, count, met;
    } * slots;
    size_t mask;
} Tally;

static decant_status tally_open(Tally *tally, Arena *arena, size_t lines) {
    size_t size = 16;
    while (size < lines * 4) size *= 2; /* two fingerprints a line, half full at most */
    tally->slots = arena_array(arena, size, sizeof *tally->slots);
    tally->mask = size - 1;
    return tally->slots ? DECANT_OK : DECANT_NO_MEMORY;
}

static struct Seen *tally_find(const Tally *tally, uint32_t hash) {
    size_t slot = hash * 2654435769u & tally->mask;
    while (tally->slots[slot].hash && tally->slots[slot].hash != hash)
        slot = (slot + 1) & tally->mask;
    tally->slots[slot].hash = hash;
    return &tally->slots[slot];
}

static Line read_line(const Document *document, Stretch stretch) {
    Line line = {.stretch = stretch};
    const Block *last = &document->blocks[stretch.end - 1];
    const uint8_t *at = document->blocks[stretch.first].text.at;
    uint32_t hash = WORD_HASH_START, signs = 0;
    for (; at < last->text.at + last->text.len; at++) {
        if (*at <= ' ') continue;
        uint8_t byte = *at >= 'A' && *at <= 'Z' ? *at | 0x20 : *at;
        hash = word_hash_add(hash, byte);
        if (++signs == PREFIX_SIGNS) line.prefix = hash ^ 1u; /* kept apart from whole lines */
    }
    line.whole = hash ? hash : 1;
    return line;
}

static void judge_line(Document *document, const Tally *tally, const Line *line) {
    struct Seen *whole = tally_find(tally, line->whole);
    struct Seen *prefix = line->prefix ? tally_find(tally, line->prefix) : NULL;
    bool repeats_prefix = prefix && prefix->met && !whole->met;
    for (size_t i = line->stretch.first; i < line->stretch.end; i++) {
        int16_t *evidence = document->blocks[i].evidence;
        evidence[EVIDENCE_COPIES] = clamp16(whole->count);
        evidence[EVIDENCE_COPY_OF_EARLIER] = whole->met > 0;
        evidence[EVIDENCE_PREFIX_OF_EARLIER] = repeats_prefix ? PREFIX_SIGNS : 0;
    }
    whole->met++;
    if (prefix) prefix->met++;
}

static decant_status judge(Document *document) {
    Line *lines = arena_array(document->arena, document->block_count, sizeof *lines);
    size_t count = 0;
    if (!lines) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i = lines[count - 1].stretch.end)
        lines[count++] = read_line(document, stretch_at(document, i));
    Tally tally;
    if (tally_open(&tally, document->arena, count)) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++) tally_find(&tally, lines[i].whole)->count++;
    for (size_t i = 0; i < count; i++) judge_line(document, &tally, &lines[i]);
    return DECANT_OK;
}

const Filter filter_repeat = {
    .name = "repeat", .summary = "copies of what the document already said", .judge = judge};
