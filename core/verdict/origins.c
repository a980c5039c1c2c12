/* SPDX-License-Identifier: MIT
 * origins.c - finds out which of the documents that stand here in part is this one: then what is of
 * the others is foreign. */
#include "verdict/origins.h"

#include "verdict/known.h"
#include "verdict/known_lines.h"

#include <stdlib.h>
#include <string.h>

enum { DIGEST = 3 }; /* openings of so many, and little else, are a digest */

/* ---- which of them this document is ---------------------------------------------------------- */

/* Whether two of them are much the same text. */
static bool are_same(const Trace *trace, const Known *one, const Known *other) {
    uint32_t mine = 0, its = 0, both = 0;
    for (size_t i = 0; i < trace->count; i++) {
        const bool is_mine = known_matches(trace, one, i), is_its = known_matches(trace, other, i);
        mine += is_mine;
        its += is_its;
        both += is_mine && is_its;
    }
    return 2 * both >= (mine < its ? mine : its);
}

/* Whether no more than a teaser of a document stands here: a little of its opening. */
static bool is_teaser(const Trace *trace, const Known *known) {
    enum { MOST_WORDS_SHOWN = 100 };
    const uint64_t shown = (uint64_t)known->matched << trace->profile->level;
    return shown <= MOST_WORDS_SHOWN && 2 * shown < known->text.words;
}

/* Where a document's own text ends. Teasers behind it may well have been learned with it: so may
 * what it says of other documents amid its text, but there it is what it says. */
static size_t end_of_own(const Trace *trace, const Known *own) {
    for (size_t end = trace->count; end; end--) {
        bool is_shown = false;
        if (!own->opening[end - 1] && !own->rest[end - 1]) continue;
        for (size_t i = 0; i < trace->known_count && !is_shown; i++) {
            const Known *known = &trace->known[i];
            is_shown = known != own && known->reaches[end - 1] && is_teaser(trace, known);
        }
        if (!is_shown || own->heads[end - 1]) return end;
    }
    return 0;
}

/* Whether a block that another document reaches is this one's own all the same. */
static bool is_own(const Trace *trace, const Known *own, size_t end, const Known *other,
                   size_t block) {
    return known_matches(trace, own, block) && (block < end || !is_teaser(trace, other));
}

/* What is foreign if one of them is this document; if none, NULL. */
typedef struct Supposition {
    const Known *own;
    size_t foreign_count;  /* documents */
    uint64_t own_words;    /* that are not foreign */
    uint64_t shared_words; /* that are of others, foreign or not */
    const Known **owners;  /* of each block: NULL for its own */
} Supposition;

/* Gives a block to the foreign document that has most of it. */
static void suppose_block(const Trace *trace, Supposition *supposition, const Known *known,
                          size_t block) {
    const Known **owner = &supposition->owners[block];
    if (*owner && (*owner)->opening[block] >= known->opening[block]) return;
    if (!*owner) supposition->shared_words += words_of(trace, block);
    *owner = known;
}

static decant_status suppose(const Trace *trace, const Known *own, Supposition *ret) {
    *ret = (Supposition){
        .own = own,
        .own_words = trace->words,
        .owners = arena_array(trace->document->arena, trace->count, sizeof *ret->owners)};
    if (!ret->owners) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < trace->known_count; i++) {
        const Known *known = &trace->known[i];
        if (known == own) continue;
        if (own && !is_teaser(trace, known) && are_same(trace, known, own)) continue;
        ret->foreign_count++;
        for (size_t block = 0; block < trace->count; block++)
            if (known->reaches[block]) suppose_block(trace, ret, known, block);
    }
    const size_t end = own ? end_of_own(trace, own) : 0;
    for (size_t block = 0; block < trace->count; block++) {
        const Known *owner = ret->owners[block];
        if (own && owner && is_own(trace, own, end, owner, block)) ret->owners[block] = NULL;
        if (ret->owners[block]) ret->own_words -= words_of(trace, block);
    }
    return DECANT_OK;
}

/* How well it explains what is here, in permille: how much of it stands here, and how much of its
 * opening; one that begins late does less well. */
static int64_t fitness(const Trace *trace, const Supposition *supposition) {
    const Known *own = supposition->own;
    const uint64_t all = own->text.words;
    const int here = all > supposition->own_words ? permille(supposition->own_words, all) : 1000,
              opens = min_int(
                  permille((uint64_t)own->openings * 5, (uint64_t)own->text.opening * 4), 1000),
              late = permille(words_at(trace, own->first), trace->words);
    return (int64_t)here * opens / 1000 - late / 2;
}

/* Whether it begins with the document, but for a headline, with most of its opening, and goes on
 * for a good part of it. */
static bool opens_here(const Trace *trace, const Supposition *supposition) {
    enum { FIRST_WORDS = 20 };
    const Known *own = supposition->own;
    return words_at(trace, own->first) < FIRST_WORDS && own->matched * 5 >= own->text.opening * 3 &&
           supposition->own_words * 4 >= trace->words;
}

/* Finds the likeliest supposition. */
static decant_status find_own(const Trace *trace, uint64_t id, Supposition *ret) {
    enum { UNLIKELY = 350 };
    int64_t best = INT64_MIN;
    *ret = (Supposition){.own = NULL};
    for (size_t i = 0; i < trace->known_count; i++) {
        Supposition supposition;
        decant_status status = suppose(trace, &trace->known[i], &supposition);
        if (status) return status;
        const bool is_it = (id && trace->known[i].text.id == id) || opens_here(trace, &supposition);
        const int64_t fits = is_it ? INT32_MAX : fitness(trace, &supposition);
        if (fits > best) best = fits, *ret = supposition;
        if (is_it) return DECANT_OK;
    }
    if (best >= UNLIKELY) return DECANT_OK;
    return suppose(trace, NULL, ret);
}

/* How often a short paragraph that stays parts the text of one document from that of the next. */
static size_t count_partings(const Trace *trace, const Supposition *supposition) {
    enum { LEAST = 10, MOST = 80 };
    const Known *before = NULL;
    size_t partings = 0;
    uint64_t words = 0;
    for (size_t i = 0; i < trace->count; i++) {
        const Known *owner = supposition->owners[i];
        if (!owner) words += trace->document->blocks[i].verdict.drop ? 0 : words_of(trace, i);
        else if (before && owner != before && words >= LEAST && words <= MOST) partings++;
        if (!owner) continue;
        before = owner;
        words = 0;
    }
    return partings;
}

/* Whether openings of others are what the document is about: nearly all that is here, or what it
 * alternates with. */
static bool is_digest(const Trace *trace, const Supposition *supposition) {
    if (!supposition->own && supposition->own_words * 4 < trace->words) return true;
    return supposition->foreign_count >= DIGEST &&
           (supposition->shared_words * 2 > trace->words ||
            count_partings(trace, supposition) + 1 >= DIGEST);
}

/* ---- telling --------------------------------------------------------------------------------- */

static int compare_hashes(const void *one, const void *other) {
    const Hit *a = one, *b = other;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* Whether any of the blocks of hits stays. */
static bool any_stays(const Trace *trace, const Hit *hits, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!trace->document->blocks[(uint32_t)hits[i].at].verdict.drop) return true;
    return false;
}

/* Marks blocks that would go, but say what the document itself is known to say: the first to do so,
 * where none that stays does. */
static decant_status mark_own(const Trace *trace, const Known *own, Origin *origins) {
    Hit *hits = arena_take(trace->document->arena, own->hit_count, sizeof *hits);
    uint16_t *news = arena_array(trace->document->arena, trace->count, sizeof *news);
    if (!hits || !news) return DECANT_NO_MEMORY;
    memcpy(hits, own->hits, own->hit_count * sizeof *hits);
    qsort(hits, own->hit_count, sizeof *hits, compare_hashes);
    for (size_t first = 0, end; first < own->hit_count; first = end) {
        for (end = first; end < own->hit_count && hits[end].hash == hits[first].hash;) end++;
        uint16_t *count = &news[(uint32_t)hits[first].at];
        if (*count < UINT16_MAX && !any_stays(trace, &hits[first], end - first)) ++*count;
    }
    for (size_t i = 0; i < trace->count; i++) {
        const int all = own->opening[i] + own->rest[i];
        if (origins[i].kind == ORIGIN_UNKNOWN && all && 2 * news[i] >= all)
            origins[i].kind = ORIGIN_OWN;
    }
    return DECANT_OK;
}

static void mark_foreign(const Trace *trace, const Supposition *supposition, Origin *origins) {
    for (size_t i = 0; i < trace->count; i++) {
        const Known *owner = supposition->owners[i];
        if (!owner) continue;
        origins[i] =
            (Origin){.kind = known_matches(trace, owner, i) ? ORIGIN_OPENING : ORIGIN_REST,
                     .share = clamp16(min_int(
                         permille(owner->opening[i] + owner->rest[i], trace->asked[i]), 1000)),
                     .text = owner->number};
    }
}

decant_status origins_trace(const Document *document, const Profile *profile, uint64_t id,
                            Origin **ret) {
    Trace *trace;
    Supposition supposition;
    *ret = arena_array(document->arena, document->block_count, sizeof **ret);
    if (!*ret) return DECANT_NO_MEMORY;
    decant_status status = known_trace(document, profile, &trace);
    if (status || !trace->known_count) return status;
    status = find_own(trace, id, &supposition);
    if (status || is_digest(trace, &supposition)) return status;
    mark_foreign(trace, &supposition, *ret);
    if (supposition.own && !document->page) status = mark_own(trace, supposition.own, *ret);
    known_lines_mark(trace, supposition.own, *ret);
    return status;
}
