/* SPDX-License-Identifier: MIT
 * corpus.c - a site's lines, the texts of other documents, and a document's own.
 *
 * A line that a site repeats goes even where it reads like prose. Amid the text it stays: sections
 * of articles have the same headings and goods the same properties, and an article may quote its
 * site; a sentence is noted. But where the site's other documents have a sentence at the head or at
 * the tail, and it stands there too, it goes, whatever is around it: teasers may be. */
#include "verdict/corpus.h"

#include "document/stretch.h"
#include "profile/keys.h"
#include "verdict/origins.h"

#include <string.h>

enum {
    REPEATED = 300,    /* permille of a site's documents */
    SITE_LEAST = 5,    /* documents of a site, fewer of which tell nothing */
    HOLDERS_LEAST = 3, /* documents that hold a line */
    SENTENCE_WORDS = 5
};

/* How sure these removals are, in permille: the share of the bytes that went which were foreign, of
 * bench/text/bleed with a profile of the pages that it is made of: openings 964, titles 990, noise
 * 908. Lines of a site go by how many of its documents hold them: as good as never by chance. */
enum { SURE_OF_SITE = 990, SURE_OF_OPENING = 964, SURE_OF_TITLE = 990, SURE_OF_REST = 908 };
enum { SURE_TO_STAY = 10 };

enum { REASON_SITE, REASON_OPENING, REASON_REST, REASON_TITLE, REASON_NOISE, REASONS };

static const struct {
    const char *name, *words;
} reasons[REASONS] = {
    {"site_share", "{p} of the site's documents hold it"},
    {"known_opening", "{p} of its words in a row are of the opening of another document"},
    {"known_text", "goes on from the opening of another document"},
    {"known_title", "is the title of another document"},
    {"known_noise", "is a line that is noise in another document"},
};

const char *corpus_reason_name(size_t reason) {
    return reason - CORPUS_REASONS < REASONS ? reasons[reason - CORPUS_REASONS].name : NULL;
}

const char *corpus_reason_words(size_t reason) {
    return reason - CORPUS_REASONS < REASONS ? reasons[reason - CORPUS_REASONS].words : "";
}

/* Drops a block for a reason. */
static void drop(Block *block, int reason, int value, decant_kind kind, int confidence) {
    enum { WEIGHT = 5 * 1024 };
    const Str known_as = block->verdict.known_as;
    block->verdict = (Verdict){.drop = true,
                               .kind = (uint8_t)kind,
                               .confidence = clamp16(confidence),
                               .score = WEIGHT,
                               .known_as = known_as};
    block->verdict.reasons[0].evidence = (uint16_t)(CORPUS_REASONS + reason);
    block->verdict.reasons[0].value = clamp16(value);
    block->verdict.reasons[0].weight = WEIGHT;
}

/* ---- the site -------------------------------------------------------------------------------- */

/* What a site repeats. */
typedef struct Repeated {
    int16_t share; /* permille of the site's documents; 0: too few to tell */
    uint8_t place; /* where most of them have it */
} Repeated;

static Repeated read_line(const Profile *profile, uint64_t site, uint32_t documents, Str text) {
    const uint64_t line = key_of_line(site, text);
    uint32_t places[PLACES] = {0};
    uint8_t most = PLACE_HEAD;
    uint64_t sum = 0;
    if (!line) return (Repeated){0, 0};
    profile_line(profile, line & ~(uint64_t)3, places);
    for (uint8_t i = 0; i < PLACES; i++) {
        sum += places[i];
        if (places[i] > places[most]) most = i;
    }
    const int share = sum < HOLDERS_LEAST ? 0 : min_int(permille(sum, documents), 1000);
    return (Repeated){clamp16(share < REPEATED ? 0 : share), most};
}

/* Of each block what the site repeats: nothing, where too little is known of it. */
static decant_status read_site(const Document *document, const Profile *profile, Str name,
                               const Repeated **ret) {
    const uint64_t site = key_of_name(name);
    const uint32_t documents = name.len ? profile_site(profile, site) : 0;
    Repeated *repeated = arena_array(document->arena, document->block_count, sizeof *repeated);
    *ret = repeated;
    if (!repeated) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count && documents >= SITE_LEAST; i++)
        repeated[i] = read_line(profile, site, documents, document->blocks[i].text);
    return DECANT_OK;
}

/* ---- texts ----------------------------------------------------------------------------------- *
 *
 * What the site repeats is of no document: many may begin with it. Of a page markup tells better
 * what is a teaser, and of a list of articles teasers are the content: there only what is longer
 * goes. */

/* Whether what goes from a block on breaks off: a teaser; else it is prose that bled. */
static decant_kind kind_of_text(const Document *document, const Origin *origins, size_t block) {
    enum { TEASER_WORDS = 80 };
    uint64_t words = 0;
    size_t end = block;
    for (; end < document->block_count && origins[end].kind >= ORIGIN_OPENING &&
           origins[end].text == origins[block].text;
         end++)
        words += document->blocks[end].shape.words;
    return words <= TEASER_WORDS ? DECANT_TEASER : DECANT_BLEED;
}

/* What speaks for a block's being of another document, and how surely. */
typedef struct Proof {
    int reason, confidence;
} Proof;

static Proof proof_of(const Origin *origin) {
    switch (origin->kind) {
    case ORIGIN_OPENING:
        return (Proof){REASON_OPENING, SURE_OF_OPENING};
    case ORIGIN_TITLE:
        return (Proof){REASON_TITLE, SURE_OF_TITLE};
    case ORIGIN_REST:
        return (Proof){REASON_REST, SURE_OF_REST};
    default:
        return (Proof){REASON_NOISE, SURE_OF_REST};
    }
}

static void settle_text(Block *block, const Origin *origin, const ProfileText *other,
                        decant_kind kind, int min_confidence) {
    const Proof proof = proof_of(origin);
    if (proof.confidence < min_confidence) return;
    block->verdict.known_as = other->name;
    drop(block, proof.reason, origin->share, kind, proof.confidence);
}

static void settle_texts(Document *document, const Profile *profile, const Origin *origins,
                         const Repeated *repeated, int min_confidence) {
    decant_kind kind = DECANT_BLEED;
    for (size_t i = 0; i < document->block_count; i++) {
        const Origin *origin = &origins[i];
        Block *block = &document->blocks[i];
        ProfileText other;
        if (origin->kind == ORIGIN_OWN && block->verdict.drop) {
            block->verdict.drop = false;
            block->verdict.confidence = SURE_TO_STAY;
            memset(block->verdict.reasons, 0, sizeof block->verdict.reasons); /* for dropping it */
        }
        if (repeated[i].share) continue;
        if (origin->kind < ORIGIN_OPENING || !profile_text(profile, origin->text, &other)) continue;
        const bool goes_on =
            i && origins[i - 1].kind >= ORIGIN_OPENING && origins[i - 1].text == origin->text;
        if (origin->kind == ORIGIN_TITLE) kind = DECANT_RELATED;
        else if (origin->kind >= ORIGIN_NOISE) kind = DECANT_OTHER;
        else if (!goes_on) kind = kind_of_text(document, origins, i);
        if (document->page && kind != DECANT_BLEED) continue;
        settle_text(block, origin, &other, kind, min_confidence);
    }
}

/* ---- lines of the site ----------------------------------------------------------------------- */

/* How many words of a document stay that are its own, as far as the site tells. */
static uint64_t count_own(const Document *document, const Repeated *repeated) {
    uint64_t words = 0;
    for (size_t i = 0; i < document->block_count; i++)
        if (!repeated[i].share && !document->blocks[i].verdict.drop)
            words += document->blocks[i].shape.words;
    return words;
}

static bool is_sentence(const Block *block) {
    return block->shape.words >= SENTENCE_WORDS && block_ending(block) >= ENDING_CLOSING;
}

/* Whether a sentence stands at the edge of the text where the site's documents have it. */
static bool is_at_its_edge(const Document *document, const Block *block, Repeated repeated) {
    return is_sentence(block) && repeated.place != PLACE_MIDDLE &&
           place_of(document, block) == repeated.place;
}

/* Settles what a site repeats. Amid the text is what has as much as a short paragraph of it on both
 * sides. */
static void settle_lines(Document *document, const Repeated *repeated) {
    enum { PARAGRAPH = 20 };
    static const uint8_t kinds[PLACES] = {DECANT_NAV, DECANT_OTHER, DECANT_FOOTER};
    const uint64_t all = count_own(document, repeated);
    uint64_t before = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        if (block->verdict.drop) continue;
        if (!repeated[i].share) before += block->shape.words;
        else if (before >= PARAGRAPH && all - before >= PARAGRAPH &&
                 !is_at_its_edge(document, block, repeated[i]))
            block->verdict.site_share = is_sentence(block) ? repeated[i].share : 0;
        else drop(block, REASON_SITE, repeated[i].share, kinds[repeated[i].place], SURE_OF_SITE);
    }
}

decant_status corpus_settle(Document *document, const Profile *profile, const Identity *identity,
                            int min_confidence) {
    if (!document->block_count) return DECANT_OK;
    const ArenaMark mark = arena_mark(document->arena);
    const uint64_t id = identity->id.len ? key_of_name(identity->id) : 0;
    const Repeated *repeated;
    Origin *origins;
    decant_status status = read_site(document, profile, identity->site, &repeated);
    if (!status) status = origins_trace(document, profile, id, &origins);
    if (!status) settle_texts(document, profile, origins, repeated, min_confidence);
    if (!status && min_confidence <= SURE_OF_SITE) settle_lines(document, repeated);
    arena_rewind(document->arena, mark);
    return status;
}
