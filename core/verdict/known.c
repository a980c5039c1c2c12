/* SPDX-License-Identifier: MIT
 * known.c - looks up a document's words, five in a row, gathers what they say of each other
 * document, and tells openings from words that two documents happen to share. */
#include "verdict/known.h"

#include "document/stretch.h"
#include "language/words.h"
#include "profile/keys.h"

#include <stdlib.h>

enum {
    BEGINNINGS = 3,  /* what more documents begin with tells of none: their site does */
    FEW_HITS = 3,    /* fewer tell of no document */
    HEAD_HITS = 6,   /* of its first words that prove an opening */
    SHORT_WORDS = 8, /* a block of fewer is told by what it runs on into, too */
    BRIDGE = 3,      /* blocks from one of a document to its next: what is between is its too */
    REST_BRIDGE = 6, /* the same where only the rest of a text is met */
    FETCH = 8        /* look-ups that memory is asked for ahead, twice */
};

/* ---- looking up ------------------------------------------------------------------------------ */

/* Whether words in a row tell of few enough documents to tell of any. */
static bool is_telling(const Trace *trace, PostingRange range) {
    int heads = 0;
    if (range.end - range.first > KNOWN_COMMON) return false;
    for (uint64_t i = range.first; i < range.end; i++)
        heads += profile_posting(trace->profile, i).part == TEXT_HEAD;
    return heads <= BEGINNINGS;
}

static decant_status add_hits(Trace *trace, uint32_t hash, size_t block) {
    const PostingRange range = profile_find(trace->profile, hash);
    if (!is_telling(trace, range)) return DECANT_OK;
    if (trace->hit_count + KNOWN_COMMON > trace->hit_capacity) {
        const size_t capacity = trace->hit_capacity ? trace->hit_capacity * 2 : 1024;
        Hit *hits = arena_grow(trace->document->arena, trace->hits, trace->hit_count, capacity,
                               sizeof *hits);
        if (!hits) return DECANT_NO_MEMORY;
        trace->hits = hits;
        trace->hit_capacity = capacity;
    }
    for (uint64_t i = range.first; i < range.end; i++) {
        const Posting posting = profile_posting(trace->profile, i);
        if (posting.part >= TEXT_TITLE) continue;
        trace->hits[trace->hit_count++] =
            (Hit){(uint64_t)posting.text << 32 | block, hash, posting.part};
    }
    return DECANT_OK;
}

/* The block that words in a row are of: the one they begin in, or a short one that they end in.
 * What runs from one long block into the next tells of neither. Trace's count for none. */
static size_t home_of(const Trace *trace, size_t begun, size_t ended) {
    if (begun == ended || words_of(trace, begun) < SHORT_WORDS) return begun;
    return words_of(trace, ended) < SHORT_WORDS ? ended : trace->count;
}

/* Words in a row that wait to be looked up: what is fetched from memory meanwhile is there when it
 * is their turn. */
typedef struct Waiting {
    uint32_t hashes[2 * FETCH];
    uint32_t homes[2 * FETCH];
    uint64_t count; /* all that ever waited */
} Waiting;

/* Lets words in a row wait, and looks up those that came 2 * FETCH before; without a home nothing
 * comes, and only those that wait go on. */
static decant_status wait(Trace *trace, Waiting *waiting, uint32_t hash, size_t home) {
    const size_t at = waiting->count % (2 * FETCH), middle = (waiting->count + FETCH) % (2 * FETCH);
    decant_status status = DECANT_OK;
    if (waiting->count >= 2 * FETCH && waiting->homes[at] < trace->count)
        status = add_hits(trace, waiting->hashes[at], waiting->homes[at]);
    if (waiting->count >= FETCH && waiting->homes[middle] < trace->count)
        profile_fetch_postings(trace->profile, waiting->hashes[middle]);
    if (home < trace->count) profile_fetch_bucket(trace->profile, hash);
    waiting->hashes[at] = hash;
    waiting->homes[at] = (uint32_t)home;
    waiting->count++;
    return status;
}

/* Looks up all words in a row that may be known. */
static decant_status look_up(Trace *trace) {
    const Document *document = trace->document;
    Shingler shingler = {.count = 0};
    Waiting waiting = {.count = 0};
    size_t begun[SHINGLE];
    decant_status status = DECANT_OK;
    for (size_t i = 0; i < trace->count && !status; i++) {
        const Str text = document->blocks[i].text;
        const uint8_t *at = text.at, *end = text.at + text.len;
        for (uint32_t word; !status && (word = word_next(&at, end));) {
            begun[shingler.count % SHINGLE] = i;
            const uint32_t hash = shingle_add(&shingler, word);
            if (!hash || !text_is_known(hash, TEXT_OPENING, trace->profile->level)) continue;
            const size_t home = home_of(trace, begun[shingler.count % SHINGLE], i);
            if (home == trace->count) continue;
            if (trace->asked[home] < UINT16_MAX) trace->asked[home]++;
            status = wait(trace, &waiting, hash, home);
        }
    }
    for (int i = 0; i < 2 * FETCH && !status; i++) status = wait(trace, &waiting, 0, trace->count);
    return status;
}

static int compare_hits(const void *one, const void *other) {
    const Hit *a = one, *b = other;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return a->part < b->part ? -1 : a->part > b->part;
}

/* ---- documents that stand here in part ------------------------------------------------------- */

/* Keeps a document among those with most hits. */
static void keep(Trace *trace, const Known *known) {
    size_t at = trace->known_count;
    if (at == MOST_KNOWN) {
        at = 0;
        for (size_t i = 1; i < MOST_KNOWN; i++)
            if (trace->known[i].openings < trace->known[at].openings) at = i;
        if (trace->known[at].openings >= known->openings) return;
    } else trace->known_count++;
    trace->known[at] = *known;
}

static void gather(Trace *trace) {
    if (trace->hit_count) qsort(trace->hits, trace->hit_count, sizeof *trace->hits, compare_hits);
    for (size_t first = 0, end; first < trace->hit_count; first = end) {
        Known known = {.number = (uint32_t)(trace->hits[first].at >> 32),
                       .hits = &trace->hits[first]};
        for (end = first; end < trace->hit_count && trace->hits[end].at >> 32 == known.number;
             end++)
            known.openings += trace->hits[end].part <= TEXT_OPENING;
        known.hit_count = end - first;
        if (known.openings >= FEW_HITS && profile_text(trace->profile, known.number, &known.text))
            keep(trace, &known);
    }
}

/* So many hits in a block are no chance. */
static int least_hits(const Trace *trace) {
    return trace->profile->level ? 1 : 2;
}

bool known_matches(const Trace *trace, const Known *known, size_t block) {
    const int hits = known->opening[block];
    return trace->asked[block] && hits >= least_hits(trace) && 2 * hits >= trace->asked[block];
}

/* Whether all that is matched is one sentence amid a paragraph: no opening stands so, but what many
 * would say in much the same words may. */
static bool is_stray(const Trace *trace, const Known *known) {
    const size_t next = known->last + 1;
    return known->first == known->last && !stretch_begins(trace->document, next);
}

/* Counts a document's hits by block; false where they are no opening of it. */
static bool count_hits(Trace *trace, Known *known) {
    for (size_t i = 0; i < known->hit_count; i++) {
        const Hit *hit = &known->hits[i];
        uint16_t *counts = hit->part <= TEXT_OPENING ? known->opening : known->rest;
        const size_t block = (uint32_t)hit->at;
        if (counts[block] < UINT16_MAX) counts[block]++;
        known->head += hit->part == TEXT_HEAD;
        known->heads[block] = known->heads[block] || hit->part == TEXT_HEAD;
    }
    known->first = trace->count;
    for (size_t i = 0; i < trace->count; i++) {
        if (!known_matches(trace, known, i)) continue;
        if (known->first == trace->count) known->first = i;
        known->last = i;
        known->matched += known->opening[i];
    }
    if (known->first == trace->count || known->matched < FEW_HITS) return false;
    if (is_stray(trace, known)) return false;
    const uint32_t least = known->text.head / 2 < HEAD_HITS ? known->text.head / 2 : HEAD_HITS;
    return known->first == 0 || known->head >= least;
}

static decant_status count_all(Trace *trace) {
    Arena *arena = trace->document->arena;
    size_t kept = 0;
    for (size_t i = 0; i < trace->known_count; i++) {
        Known *known = &trace->known[i];
        known->opening = arena_array(arena, trace->count, sizeof *known->opening);
        known->rest = arena_array(arena, trace->count, sizeof *known->rest);
        known->reaches = arena_array(arena, trace->count, sizeof *known->reaches);
        known->heads = arena_array(arena, trace->count, sizeof *known->heads);
        if (!known->opening || !known->rest || !known->reaches || !known->heads)
            return DECANT_NO_MEMORY;
        if (count_hits(trace, known)) trace->known[kept++] = *known;
    }
    trace->known_count = kept;
    return DECANT_OK;
}

/* ---- how far they reach ---------------------------------------------------------------------- */

/* Whether all of its opening that is known stands here, and its text goes on from there. */
static bool is_used_up(const Known *known) {
    return known->text.words > OPENING_WORDS + 2 * SHINGLE &&
           known->matched * 5 >= known->text.opening * 4;
}

static void reach(const Known *known, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) known->reaches[i] = true;
}

/* Which blocks are a document's: those matched, what little is between, and where the rest of it is
 * met: behind an opening that is used up, however far. */
static void find_reach(const Trace *trace, Known *known) {
    const bool goes_on = is_used_up(known);
    size_t before = known->first;
    for (size_t i = known->first; i <= known->last; i++) {
        if (!known_matches(trace, known, i)) continue;
        reach(known, i - before <= BRIDGE ? before : i, i + 1);
        before = i;
    }
    before = known->last;
    for (size_t i = known->first + 1; i < trace->count; i++) {
        if (known->rest[i] < least_hits(trace)) continue;
        if (i > before && (goes_on || i - before <= REST_BRIDGE)) reach(known, before, i + 1);
        before = i;
    }
}

decant_status known_trace(const Document *document, const Profile *profile, Trace **ret) {
    Arena *arena = document->arena;
    Trace *trace = *ret = arena_array(arena, 1, sizeof *trace);
    if (!trace) return DECANT_NO_MEMORY;
    trace->document = document;
    trace->profile = profile;
    trace->count = document->block_count;
    trace->words = document->word_count;
    trace->asked = arena_array(arena, trace->count, sizeof *trace->asked);
    if (!trace->asked) return DECANT_NO_MEMORY;
    decant_status status = look_up(trace);
    if (!status) gather(trace);
    if (!status) status = count_all(trace);
    for (size_t i = 0; i < trace->known_count && !status; i++) find_reach(trace, &trace->known[i]);
    return status;
}
