/* SPDX-License-Identifier: MIT
 * metadata_title.c - finds the title among what a page gives as one. The title of the head is often
 * longer: it ends in the name of the site, or in what search engines are to read. A heading that
 * says the same as a piece of it is how the page itself puts it. */
#include "language/letters.h"
#include "language/words.h"
#include "segment/metadata_parts.h"

#include <string.h>

enum { MOST_PIECES = 12, MOST_WORDS = 48, LONGEST_TAIL = 25, SHORTEST_REST = 10 };

/* The size of the separator at `at`, with the spaces around it; 0 where there is none. */
static size_t separator_size(Str title, size_t at) {
    static const char *const separators[] = {" | ", " - ", " – ",  " — ", " :: ", " · ",
                                             " • ", " » ", " « ",  " › ", " ‹ ",  " ~ ",
                                             " / ", " ⋅ ", " // ", " |",  "|"};
    const uint8_t first = title.at[at];
    if (first != ' ' && first != '|') return 0;
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        const size_t size = strlen(separators[i]);
        if (title.len - at >= size && memcmp(title.at + at, separators[i], size) == 0) return size;
    }
    return 0;
}

/* A title cut in two: in front of a separator, and behind it. */
typedef struct Halves {
    Str front, back;
} Halves;

/* The cuts of a title, the first MOST_PIECES of them; at a colon too if `at_colons`. */
static size_t cut_title(Str title, bool at_colons, Halves ret[MOST_PIECES]) {
    size_t count = 0;
    for (size_t at = 1; at < title.len && count < MOST_PIECES; at++) {
        size_t size = separator_size(title, at);
        if (!size && at_colons && title.at[at] == ':' && at + 1 < title.len &&
            title.at[at + 1] == ' ')
            size = 2;
        if (!size) continue;
        ret[count].front = (Str){title.at, at};
        ret[count].back = (Str){title.at + at + size, title.len - at - size};
        count += ret[count].back.len > 0;
        at += size - 1;
    }
    return count;
}

/* ---- the site's name ------------------------------------------------------------------------ */

/* Whether a piece of a title names the site. */
static bool names_site(Str piece, const TitleWords *all) {
    if (str_alike(piece, all->site) || str_within(piece, all->host)) return true;
    return all->site.len && str_starts(piece, "the ") &&
           str_alike((Str){piece.at + 4, piece.len - 4}, all->site);
}

/* Without the name of the site at its end. One at the beginning stays: home pages begin so, and
 * what follows there is no title. */
static Str cut_site(Str title, const TitleWords *all) {
    Halves halves[MOST_PIECES];
    const size_t count = cut_title(title, false, halves);
    for (size_t i = 0; i < count; i++)
        if (names_site(halves[i].back, all)) return halves[i].front;
    return title;
}

/* Without a short piece at its end, where nothing says what the site is called. */
static Str cut_tail(Str title) {
    Halves halves[MOST_PIECES];
    const size_t count = cut_title(title, false, halves);
    if (count == 0) return title;
    const Halves *last = &halves[count - 1];
    const bool is_tail = last->back.len <= LONGEST_TAIL && last->front.len > SHORTEST_REST;
    return is_tail ? last->front : title;
}

/* ---- headings ------------------------------------------------------------------------------- */

/* Whether a heading says the same as a title, or as a piece at either end of it. */
static bool agrees(Str heading, Str title) {
    Halves halves[MOST_PIECES];
    if (str_alike(heading, title)) return true;
    const size_t count = cut_title(title, true, halves);
    for (size_t i = 0; i < count; i++)
        if (str_alike(heading, halves[i].front) || str_alike(heading, halves[i].back)) return true;
    return false;
}

static size_t read_words(Str text, uint32_t ret[MOST_WORDS]) {
    size_t count = 0;
    uint32_t hash = WORD_HASH_START;
    bool is_word = false;
    for (const uint8_t *at = text.at, *end = at + text.len; at < end && count < MOST_WORDS;) {
        const Letter letter = letter_read(at, end);
        at += letter.size;
        const bool goes_on = letter.letter >= LETTER_LOWER && letter.letter <= LETTER_MARK;
        if (goes_on) hash = word_hash_add(hash, letter_lower(letter.code));
        if (is_word && (!goes_on || at == end)) ret[count++] = hash;
        else if (goes_on && at == end) ret[count++] = hash;
        if (!goes_on) hash = WORD_HASH_START;
        is_word = goes_on;
    }
    return count;
}

/* The words that two texts share, in permille of those of the shorter one. */
static int share_words(Str a, Str b) {
    uint32_t a_words[MOST_WORDS], b_words[MOST_WORDS];
    const size_t a_count = read_words(a, a_words), b_count = read_words(b, b_words);
    size_t shared = 0;
    for (size_t i = 0; i < a_count; i++)
        for (size_t j = 0; j < b_count; j++)
            if (a_words[i] == b_words[j]) {
                shared++;
                break;
            }
    return permille(shared, a_count < b_count ? a_count : b_count);
}

/* Without the sign of a link to itself. */
static Str cut_mark(Str heading) {
    static const char *const marks[] = {"¶", "#", "🔗", "§"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t size = strlen(marks[i]);
        if (heading.len > size && memcmp(heading.at + heading.len - size, marks[i], size) == 0)
            return str_trim((Str){heading.at, heading.len - size});
    }
    return heading;
}

/* ---- choosing ------------------------------------------------------------------------------- */

/* A heading that says what the head says; NULL if none. */
static const Candidate *find_agreeing(const TitleWords *all) {
    static const uint8_t order[] = {TITLE_META, TITLE_OG, TITLE_PAGE, TITLE_LD, TITLE_TWITTER};
    for (size_t i = 0; i < all->heading_count; i++) {
        const Str heading = all->headings[i].value;
        if (names_site(heading, all)) continue;
        for (size_t j = 0; j < sizeof order; j++)
            if (agrees(heading, all->titles[order[j]].value)) return &all->headings[i];
    }
    return NULL;
}

/* The heading that shares most words with the title, at least half; NULL if none. */
static const Candidate *find_near(const TitleWords *all, Str title) {
    const Candidate *best = NULL;
    int most = 499;
    for (size_t i = 0; i < all->heading_count; i++) {
        const Str heading = all->headings[i].value;
        if (names_site(heading, all)) continue;
        const int shared = share_words(heading, title);
        if (shared > most) best = &all->headings[i], most = shared;
    }
    return best;
}

MetadataValue title_choose(const TitleWords *all) {
    static const uint8_t order[] = {TITLE_META, TITLE_OG,      TITLE_PAGE,
                                    TITLE_LD,   TITLE_TWITTER, TITLE_MICRODATA};
    const Candidate *heading = find_agreeing(all), *head = NULL;
    for (size_t i = 0; i < sizeof order && !head; i++)
        if (all->titles[order[i]].value.len) head = &all->titles[order[i]];
    if (!heading && head) {
        Str title = cut_site(head->value, all);
        if (head == &all->titles[TITLE_PAGE]) title = cut_tail(title);
        heading = find_near(all, title);
        if (!heading) return (MetadataValue){title, head->source};
    }
    if (!heading && all->heading_count) heading = &all->headings[0];
    if (!heading) return (MetadataValue){{NULL, 0}, NULL};
    return (MetadataValue){cut_mark(heading->value), heading->source};
}
