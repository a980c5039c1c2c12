/* SPDX-License-Identifier: MIT
 * origins.c - looks up the words of a document five in a row, gathers what they say of each other
 * document, finds out which of those is this one, and how far the others reach. */
#include "verdict/origins.h"

#include "document/stretch.h"
#include "language/words.h"
#include "profile/keys.h"

#include <stdlib.h>
#include <string.h>

enum {
    COMMON = 8,      /* what more documents say in a row tells nothing */
    BEGINNINGS = 2,  /* nor what more documents begin with: their site does */
    FEW_HITS = 3,    /* fewer tell of no document */
    MOST_KNOWN = 32, /* documents looked at: those with most hits */
    HEAD_HITS = 6,   /* of its first words that prove an opening */
    SHORT_WORDS = 8, /* a block of fewer is told by what it runs on into, too */
    BRIDGE = 3,      /* blocks from one of a document to its next: what is between is its too */
    REST_BRIDGE = 6, /* the same where only the rest of a text is met */
    FETCH = 8,       /* look-ups that memory is asked for ahead, twice */
    DIGEST = 3       /* openings of so many, and little else, are a digest */
};

/* Words in a row that another document says too. */
typedef struct Hit {
    uint64_t at; /* document, then block */
    uint32_t hash, part;
} Hit;

/* A document of the profile that stands here in part. */
typedef struct Known {
    uint32_t number;
    ProfileText text;
    const Hit *hits; /* in the order of blocks */
    size_t hit_count;
    uint32_t openings;        /* hits of head and opening */
    uint16_t *opening, *rest; /* hits of each block */
    bool *heads;              /* which blocks say some of its head */
    uint32_t matched, head;   /* hits in matched blocks; of its head anywhere */
    size_t first, last;       /* matched blocks */
    bool *reaches;            /* which blocks are its, if it is foreign */
} Known;

typedef struct Trace {
    const Document *document;
    const Profile *profile;
    size_t count;    /* blocks */
    uint16_t *asked; /* words in a row of each block that a known opening would have */
    Hit *hits;
    size_t hit_count, hit_capacity;
    Known known[MOST_KNOWN];
    size_t known_count;
    uint64_t words; /* of all blocks */
} Trace;

static uint64_t words_at(const Trace *trace, size_t block) {
    return block < trace->count ? trace->document->blocks[block].words_before : trace->words;
}

static uint64_t words_of(const Trace *trace, size_t block) {
    return trace->document->blocks[block].shape.words;
}

/* ---- looking up ------------------------------------------------------------------------------ */

/* Whether words in a row tell of few enough documents to tell of any. */
static bool is_telling(const Trace *trace, PostingRange range) {
    int heads = 0;
    if (range.end - range.first > COMMON) return false;
    for (uint64_t i = range.first; i < range.end; i++)
        heads += profile_posting(trace->profile, i).part == TEXT_HEAD;
    return heads <= BEGINNINGS;
}

static decant_status add_hits(Trace *trace, uint32_t hash, size_t block) {
    const PostingRange range = profile_find(trace->profile, hash);
    if (!is_telling(trace, range)) return DECANT_OK;
    if (trace->hit_count + COMMON > trace->hit_capacity) {
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

/* Whether most of what a block says in a row is of a document's opening. */
static bool is_matched(const Trace *trace, const Known *known, size_t block) {
    const int hits = known->opening[block];
    return trace->asked[block] && hits >= least_hits(trace) && 2 * hits >= trace->asked[block];
}

/* Whether all that is matched is one sentence amid a paragraph: no opening stands so, but what many
 * would say in much the same words may. */
static bool is_stray(const Trace *trace, const Known *known) {
    const size_t next = known->last + 1;
    return known->first == known->last && next < trace->count &&
           trace->document->blocks[next].joint == JOINT_SENTENCE;
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
        if (!is_matched(trace, known, i)) continue;
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
        if (!is_matched(trace, known, i)) continue;
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

/* ---- which of them this document is ---------------------------------------------------------- */

/* Whether two of them are much the same text. */
static bool are_same(const Trace *trace, const Known *one, const Known *other) {
    uint32_t mine = 0, its = 0, both = 0;
    for (size_t i = 0; i < trace->count; i++) {
        const bool is_mine = is_matched(trace, one, i), is_its = is_matched(trace, other, i);
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

/* What is foreign if one of them is this document; if none, NULL. */
typedef struct Supposition {
    const Known *own;
    size_t foreign_count; /* documents */
    uint64_t own_words;
    const Known **owners; /* of each block: NULL for its own */
} Supposition;

static decant_status suppose(const Trace *trace, const Known *own, Supposition *ret) {
    *ret = (Supposition){
        .own = own,
        .own_words = trace->words,
        .owners = arena_array(trace->document->arena, trace->count, sizeof *ret->owners)};
    if (!ret->owners) return DECANT_NO_MEMORY;
    const size_t end = own ? end_of_own(trace, own) : 0;
    for (size_t i = 0; i < trace->known_count; i++) {
        const Known *known = &trace->known[i];
        const bool is_shown = is_teaser(trace, known);
        if (known == own || (own && !is_shown && are_same(trace, known, own))) continue;
        ret->foreign_count++;
        for (size_t block = 0; block < trace->count; block++) {
            if (!known->reaches[block]) continue;
            if (own && is_matched(trace, own, block) && (block < end || !is_shown)) continue;
            if (!ret->owners[block]) ret->own_words -= words_of(trace, block);
            else if (ret->owners[block]->opening[block] >= known->opening[block]) continue;
            ret->owners[block] = known;
        }
    }
    return DECANT_OK;
}

/* How well it explains what is here, in permille: how much of it stands here, and how much of its
 * opening; one that begins late does less well. */
static int64_t fitness(const Trace *trace, const Supposition *supposition) {
    const Known *own = supposition->own;
    uint64_t opening = 0;
    for (size_t i = 0; i < trace->count; i++) opening += own->opening[i];
    const uint64_t all = own->text.words;
    const int here = all > supposition->own_words ? permille(supposition->own_words, all) : 1000,
              opens = min_int(permille(opening * 5, (uint64_t)own->text.opening * 4), 1000),
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

/* Whether nearly all that is here are openings of others: then they are what it is about. */
static bool is_digest(const Trace *trace, const Supposition *supposition) {
    if (!supposition->own && supposition->own_words * 4 < trace->words) return true;
    return supposition->foreign_count >= DIGEST && supposition->own_words * 2 < trace->words;
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
            (Origin){.kind = is_matched(trace, owner, i) ? ORIGIN_OPENING : ORIGIN_REST,
                     .share = clamp16(min_int(
                         permille(owner->opening[i] + owner->rest[i], trace->asked[i]), 1000)),
                     .text = owner->number};
    }
}

/* Whether nothing is known of a line's blocks. */
static bool is_unknown(const Known *own, Stretch line, const Origin *origins) {
    for (size_t i = line.first; i < line.end; i++) {
        if (origins[i].kind != ORIGIN_UNKNOWN) return false;
        if (own && (own->opening[i] || own->rest[i])) return false;
    }
    return true;
}

/* Documents, this one aside, that have words as their title, as noise, or in their text. */
typedef struct Holders {
    uint32_t titles, noise, texts;
    uint32_t number;   /* of one of the first two */
    bool is_own_noise; /* in another copy of this document they are noise */
} Holders;

static void count_holders(const Trace *trace, const Known *own, uint32_t hash, Holders *holders) {
    enum { MOST_POSTINGS = 64 };
    const PostingRange range = profile_find(trace->profile, hash);
    for (uint64_t at = range.first; at < range.end && at < range.first + MOST_POSTINGS; at++) {
        const Posting posting = profile_posting(trace->profile, at);
        if (posting.text == own->number) {
            holders->is_own_noise = holders->is_own_noise || posting.part == TEXT_NOISE;
            continue;
        }
        holders->titles += posting.part == TEXT_TITLE;
        holders->noise += posting.part == TEXT_NOISE;
        holders->texts += posting.part <= TEXT_REST;
        if (posting.part >= TEXT_TITLE) holders->number = posting.text;
    }
}

/* How many documents keep a line in their text: by the first of its words in a row that would be
 * known of any. */
static uint32_t count_texts(const Trace *trace, const Known *own, Str text) {
    Shingler shingler = {.count = 0};
    Holders holders = {.texts = 0};
    const uint8_t *at = text.at, *end = text.at + text.len;
    for (uint32_t word; (word = word_next(&at, end));) {
        const uint32_t hash = shingle_add(&shingler, word);
        if (!hash || !text_is_known(hash, TEXT_REST, trace->profile->level)) continue;
        count_holders(trace, own, hash, &holders);
        break;
    }
    return holders.texts;
}

/* Whether a line ends in another's title, behind a label of a few words: "See also: ..." */
static bool ends_in_title(const Trace *trace, const Known *own, Str text, Holders *ret) {
    enum { LABEL_WORDS = 6, LONGEST = 256 };
    const uint8_t *at = text.at, *end = text.at + text.len;
    if (text.len > LONGEST) return false;
    for (int label = 1; label <= LABEL_WORDS && word_next(&at, end); label++) {
        size_t words;
        const uint32_t hash = key_of_words((Str){at, (size_t)(end - at)}, &words);
        *ret = (Holders){.titles = 0};
        if (words >= TITLE_WORDS) count_holders(trace, own, hash, ret);
        if (ret->titles) return true;
    }
    return false;
}

/* What another document has a line for, word for word: its title, or noise. */
static Origin find_line(const Trace *trace, const Known *own, Str text) {
    enum { TITLE_ALONE = 4, NOISE_ALONE = 6 };
    size_t words;
    Holders holders = {.titles = 0};
    const uint32_t hash = key_of_words(text, &words);
    if (words >= TITLE_WORDS) count_holders(trace, own, hash, &holders);
    if (holders.is_own_noise) return (Origin){ORIGIN_OWN_NOISE, 1000, own->number};
    if (holders.titles && words >= TITLE_ALONE) return (Origin){ORIGIN_TITLE, 1000, holders.number};
    if (words >= NOISE_ALONE && holders.noise > count_texts(trace, own, text))
        return (Origin){ORIGIN_NOISE, 1000, holders.number};
    if (ends_in_title(trace, own, text, &holders))
        return (Origin){ORIGIN_TITLE, 1000, holders.number};
    return (Origin){.kind = ORIGIN_UNKNOWN};
}

/* Marks lines that are another's title, or noise. Of a page markup tells better; and where it is
 * not known what is the document's own, they may well be what it is about. What is noise in another
 * copy of the document is here only if there is much of it: if this is all that the copy shows,
 * too. */
static void mark_lines(const Trace *trace, const Known *own, Origin *origins) {
    enum { MUCH = 2 }; /* a half */
    const Document *document = trace->document;
    size_t own_noise = 0;
    if (document->page || !own) return;
    for (size_t i = 0; i < trace->count;) {
        const Stretch line = stretch_at(document, i);
        i = line.end;
        if (!line.first || !is_unknown(own, line, origins)) continue;
        const Str text = {document->blocks[line.first].text.at,
                          stretch_bytes(document, line.first, line)};
        const Origin origin = find_line(trace, own, text);
        own_noise += origin.kind == ORIGIN_OWN_NOISE;
        for (size_t block = line.first; block < line.end; block++) origins[block] = origin;
    }
    for (size_t i = 0; i < trace->count && own_noise * MUCH < own->text.noise; i++)
        if (origins[i].kind == ORIGIN_OWN_NOISE) origins[i].kind = ORIGIN_UNKNOWN;
}

decant_status origins_trace(const Document *document, const Profile *profile, uint64_t id,
                            Origin **ret) {
    Arena *arena = document->arena;
    Trace *trace = arena_array(arena, 1, sizeof *trace);
    *ret = arena_array(arena, document->block_count, sizeof **ret);
    if (!trace || !*ret) return DECANT_NO_MEMORY;
    trace->document = document;
    trace->profile = profile;
    trace->count = document->block_count;
    trace->words = document->word_count;
    trace->asked = arena_array(arena, trace->count, sizeof *trace->asked);
    if (!trace->asked) return DECANT_NO_MEMORY;
    decant_status status = look_up(trace);
    if (!status) gather(trace);
    if (!status) status = count_all(trace);
    if (status || !trace->known_count) return status;
    for (size_t i = 0; i < trace->known_count; i++) find_reach(trace, &trace->known[i]);
    Supposition supposition;
    status = find_own(trace, id, &supposition);
    if (status || is_digest(trace, &supposition)) return status;
    mark_foreign(trace, &supposition, *ret);
    if (supposition.own && !document->page) status = mark_own(trace, supposition.own, *ret);
    mark_lines(trace, supposition.own, *ret);
    return status;
}
