/* SPDX-License-Identifier: MIT
 * columns.c - the names of columns, and a column and its value in words. */
#include "verdict/columns.h"

#include "document/stretch.h"
#include "verdict/corpus.h"
#include "verdict/odds.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct Named {
    const char *name, *words;
} Named;

#define X(id, name, words) {name, words},
static const Named neighbour_names[] = {NEIGHBOUR_MEASURES(X)};
static const Named offset_names[] = {NEIGHBOUR_OFFSETS(X)};
static const Named surround_names[] = {SURROUNDINGS(X)};
static const Named whole_names[] = {WHOLE_MEASURES(X)};
static const Named lean_names[] = {LEAN_MEASURES(X)};
static const Named hand_names[] = {HAND_MEASURES(X)};
static const Named pass_names[] = {PASS_MEASURES(X)};
static const Named strand_names[] = {STRAND_MEASURES(X)};
static const Named vote_names[] = {VOTE_MEASURES(X)};
static const Named best_names[] = {BEST_MEASURES(X)};
static const Named agreement_names[] = {AGREEMENTS(X)};
static const Named ring_names[] = {AGREEMENT_RINGS(X)};
#undef X

/* Every column's name after evidence, spelled out by the preprocessor. */
static const char *const names[] = {
#define MEASURES(prefix)                                                                           \
    prefix ".words", prefix ".ending", prefix ".opening", prefix ".joint", prefix ".headline",     \
        prefix ".carry", prefix ".cut", prefix ".noise", prefix ".meta", prefix ".stop_share",     \
        prefix ".capitalised", prefix ".copies",
#define X(offset, name, words) MEASURES(name)
    NEIGHBOUR_OFFSETS(X)
#undef X
#undef MEASURES
#define X(id, name, words) name,
        SURROUNDINGS(X) WHOLE_MEASURES(X) LEAN_MEASURES(X) HAND_MEASURES(X) PASS_MEASURES(X)
#undef X
#define X(level, name)                                                                             \
    name ".blocks", name ".words", name ".mean", name ".max", name ".carry", name ".names",        \
        name ".place", name ".to_start", name ".to_end", name ".joint",
            STRAND_LEVELS(X)
#undef X
#define X(id, name, words) name,
                VOTE_MEASURES(X) BEST_MEASURES(X) AGREEMENTS(X)
#undef X
#define X(reach, name)                                                                             \
    name ".before", name ".after", name ".border", name ".before_apart", name ".after_apart",      \
        name ".border_apart", name ".rest", name ".explains", name ".share",
                    AGREEMENT_REACHES(X)
#undef X
};

_Static_assert(sizeof names / sizeof *names == WIDTH - COLUMN_NEIGHBOURS,
               "a name for every column");

size_t feature_count(void) {
    return WIDTH;
}
const char *feature_name(size_t feature) {
    if (feature < COLUMN_NEIGHBOURS) return evidence_name(feature);
    return feature < WIDTH ? names[feature - COLUMN_NEIGHBOURS] : corpus_reason_name(feature);
}

static const char *ending_name(int value) {
    static const char *const endings[] = {"a letter",        "a digit",
                                          "a comma or dash", "a colon",
                                          "a sign",          "a quotation mark or bracket",
                                          "an ellipsis",     "an exclamation or question mark",
                                          "a full stop"};
    return value >= 0 && value <= ENDING_STOP ? endings[value] : "nothing";
}

static const char *opening_name(int value) {
    static const char *const openings[] = {"a small letter",   "a capital",   "a letter", "a digit",
                                           "a quotation mark", "punctuation", "a sign"};
    return value >= 0 && value <= OPENING_SYMBOL ? openings[value] : "nothing";
}

static const char *joint_name(int value) {
    static const char *const joints[] = {"at the document's edge", "after a blank line",
                                         "on a line of its own", "on the same line", "fused to it"};
    return value >= 0 && value <= JOINT_FUSED ? joints[value] : "alone";
}

/* Log-odds as odds: "52 to 1", "1 to 52". */
static void put_odds(int value, char *text, size_t size) {
    const uint32_t likelier = odds_probability(4 * (value < 0 ? -value : value));
    const uint32_t rest = ODDS_ONE - likelier, odds = (likelier + rest / 2) / (rest ? rest : 1);
    snprintf(text, size, value < 0 ? "1 to %" PRIu32 : "%" PRIu32 " to 1", odds);
}

/* What stands for a placeholder such as {n}. */
static void put_value(char placeholder, int value, char *text, size_t size) {
    switch (placeholder) {
    case 'p':
        snprintf(text, size, value < 0 ? "none" : "%d %%", (value + 5) / 10);
        break;
    case 't':
        snprintf(text, size, "%d.%d", value / 10, value % 10);
        break;
    case 'l':
        put_odds(value, text, size);
        break;
    case 'e':
        snprintf(text, size, "%s", ending_name(value));
        break;
    case 'o':
        snprintf(text, size, "%s", opening_name(value));
        break;
    case 'j':
        snprintf(text, size, "%s", joint_name(value));
        break;
    default:
        snprintf(text, size, "%d", value);
    }
}

/* The words with their placeholder, and who they are said of ("" for the block itself). */
static const char *words_of(size_t feature, const char **ret_whose) {
    *ret_whose = "";
    if (feature < COLUMN_NEIGHBOURS) return evidence_words(feature);
    if (feature < COLUMN_SURROUNDINGS) {
        size_t at = feature - COLUMN_NEIGHBOURS;
        *ret_whose = offset_names[at / NEIGHBOUR_COUNT].words;
        return neighbour_names[at % NEIGHBOUR_COUNT].words;
    }
    if (feature < COLUMN_WHOLE) return surround_names[feature - COLUMN_SURROUNDINGS].words;
    if (feature < COLUMN_LEANS) return whole_names[feature - COLUMN_WHOLE].words;
    if (feature < COLUMN_HANDS) return lean_names[feature - COLUMN_LEANS].words;
    if (feature < COLUMN_PASS) return hand_names[feature - COLUMN_HANDS].words;
    if (feature < COLUMN_STRANDS) return pass_names[feature - COLUMN_PASS].words;
    if (feature < COLUMN_VOTES)
        return strand_names[(feature - COLUMN_STRANDS) % STRAND_COUNT].words;
    if (feature >= WIDTH) return corpus_reason_words(feature);
    if (feature < COLUMN_BEST) return vote_names[feature - COLUMN_VOTES].words;
    if (feature < COLUMN_AGREEMENTS) return best_names[feature - COLUMN_BEST].words;
    feature -= COLUMN_AGREEMENTS;
    if (feature < AGREEMENT_COUNT) return agreement_names[feature].words;
    return ring_names[(feature - AGREEMENT_COUNT) % RING_COUNT].words;
}

void column_words(const char *format, const char *whose, int value, char *words, size_t size) {
    const char *none = strchr(format, '~');
    const char *end = none ? none : format + strlen(format);
    if (none && value == 0) format = none + 1, end = format + strlen(format);
    const char *colon = *whose ? ": " : "", *brace = strchr(format, '{');
    char number[48] = "";
    if (value == COLUMNS_MISSING) {
        snprintf(words, size, "%s is missing", *whose ? whose : "what is asked");
        return;
    }
    if (brace >= end) brace = NULL;
    if (brace) put_value(brace[1], value, number, sizeof number);
    const char *tail = brace ? brace + 3 : end;
    snprintf(words, size, "%s%s%.*s%s%.*s", whose, colon, (int)((brace ? brace : end) - format),
             format, number, (int)(end - tail), tail);
}

void feature_words(size_t feature, int value, char *words, size_t size) {
    const char *whose, *format = words_of(feature, &whose);
    column_words(format, whose, value, words, size);
}
