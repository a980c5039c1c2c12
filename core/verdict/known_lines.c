/* SPDX-License-Identifier: MIT
 * known_lines.c - lines that another document has word for word: as its title, or as noise. */
#include "verdict/known_lines.h"

#include "document/stretch.h"
#include "language/words.h"
#include "profile/keys.h"

/* Whether nothing is known of a line's blocks. */
static bool is_unknown(const Known *own, Stretch line, const Origin *origins) {
    for (size_t i = line.first; i < line.end; i++) {
        if (origins[i].kind != ORIGIN_UNKNOWN) return false;
        if (own->opening[i] || own->rest[i]) return false;
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

void known_lines_mark(const Trace *trace, const Known *own, Origin *origins) {
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
