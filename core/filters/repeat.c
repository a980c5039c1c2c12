/* SPDX-License-Identifier: MIT
 * repeat.c - lines that the document holds more than once, and lines that begin as an earlier one
 * does: a teaser of the article itself. Compared without white space and ASCII case.
 *
 * Most lines begin as no other does: they are told by a few signs, and only the rest are read. */
#include "document/stretch.h"
#include "filters/filter.h"
#include "language/words.h"

enum {
    HEAD_SIGNS = 16,  /* that tell most lines apart */
    PREFIX_SIGNS = 60 /* a shared beginning of fewer says little */
};

/* A line's fingerprints. */
typedef struct Line {
    Stretch stretch;
    uint32_t head, whole, prefix; /* hashes; prefix 0: too short */
} Line;

/* How often a fingerprint was met, open-addressed. */
typedef struct Tally {
    struct Seen {
        uint32_t hash, count, met;
    } * slots;
    size_t mask;
} Tally;

static decant_status tally_open(Tally *tally, Arena *arena, size_t fingerprints) {
    size_t size = 16;
    while (size < fingerprints * 2) size *= 2; /* half full at most */
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

static Str text_of(const Document *document, Stretch stretch) {
    const Block *last = &document->blocks[stretch.end - 1];
    const uint8_t *start = document->blocks[stretch.first].text.at;
    return (Str){start, (size_t)(last->text.at + last->text.len - start)};
}

/* The hash of the first signs. It takes more than case for the same, which is quick. */
static uint32_t read_head(Str text) {
    const uint8_t *at = text.at, *end = text.at + text.len;
    uint32_t hash = WORD_HASH_START;
    for (int left = HEAD_SIGNS; at < end; at++) {
        if (*at <= ' ') continue;
        hash = word_hash_add(hash, *at | 0x20u);
        if (--left == 0) break;
    }
    return hash;
}

static void read_whole(Line *line, Str text) {
    const uint8_t *at = text.at, *end = text.at + text.len;
    uint32_t hash = WORD_HASH_START, left = PREFIX_SIGNS;
    for (; at < end; at++) {
        if (*at <= ' ') continue;
        bool is_upper = *at >= 'A' && *at <= 'Z';
        hash = word_hash_add(hash, is_upper ? *at | 0x20u : *at);
        if (--left == 0) line->prefix = hash ^ 1u; /* kept apart from whole lines */
    }
    line->whole = hash ? hash : 1;
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

/* Whether heads were met, and whether more than once, in a byte each. Some share one: then lines
 * are read that need not be. */
typedef struct Heads {
    uint8_t *met;
    uint32_t shift;
} Heads;

static decant_status heads_open(Heads *heads, Arena *arena, size_t lines) {
    uint32_t bits = 8;
    while ((size_t)1 << bits < lines * 8) bits++;
    heads->met = arena_array(arena, (size_t)1 << bits, sizeof *heads->met);
    heads->shift = 32 - bits;
    return heads->met ? DECANT_OK : DECANT_NO_MEMORY;
}

static uint8_t *heads_find(const Heads *heads, uint32_t head) {
    return &heads->met[head * 2654435769u >> heads->shift];
}

/* Keeps the lines whose head another has too, and reads them; returns how many. The others are one
 * of a kind. */
static size_t keep_alike(Document *document, const Heads *heads, Line *lines, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        Line line = lines[i];
        if (*heads_find(heads, line.head) > 1) {
            read_whole(&line, text_of(document, line.stretch));
            lines[kept++] = line;
            continue;
        }
        for (size_t b = line.stretch.first; b < line.stretch.end; b++)
            document->blocks[b].evidence[EVIDENCE_COPIES] = 1;
    }
    return kept;
}

static decant_status judge(Document *document) {
    Line *lines = arena_take(document->arena, document->block_count, sizeof *lines);
    Heads heads;
    Tally tally;
    size_t count = 0;
    if (!lines) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i = lines[count++].stretch.end) {
        Stretch stretch = stretch_at(document, i);
        lines[count] = (Line){.stretch = stretch, .head = read_head(text_of(document, stretch))};
    }
    if (heads_open(&heads, document->arena, count)) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        uint8_t *met = heads_find(&heads, lines[i].head);
        *met = (uint8_t)(*met + (*met < 2));
    }
    count = keep_alike(document, &heads, lines, count);
    if (tally_open(&tally, document->arena, count * 2)) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++) tally_find(&tally, lines[i].whole)->count++;
    for (size_t i = 0; i < count; i++) judge_line(document, &tally, &lines[i]);
    return DECANT_OK;
}

const Filter filter_repeat = {
    .name = "repeat", .summary = "copies of what the document already said", .judge = judge};
