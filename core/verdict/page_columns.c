/* SPDX-License-Identifier: MIT
 * page_columns.c - the names of a page's columns, and a column and its value in words. */
#include "verdict/page_columns.h"

#include "verdict/corpus.h"

#include <stdio.h>

typedef struct Named {
    const char *name, *words;
} Named;

/* All of them after evidence, in order; neighbours and reaches spelled out by the preprocessor. */
static const Named columns[] = {
#define NEIGHBOUR(prefix)                                                                          \
    {prefix ".words", "has {n} words"}, {prefix ".ending", "ends in {e}"},                         \
        {prefix ".link_share", "{p} of it are links"},                                             \
        {prefix ".level", "is a heading of level {n}~is no heading"},                              \
        {prefix ".stop_share", "{p} of its words are function words"},                             \
        {prefix ".noise", "{p} of it is a phrase of noise"},                                       \
        {prefix ".meta", "{p} of it is a byline, a stamp or a credit"},                            \
        {prefix ".candidate", "its surroundings score {p} of the best of the page"},               \
        {prefix ".kin", "looks like it ({n})~looks unlike it"},
#define X(at, name, words) NEIGHBOUR(name)
    PAGE_OFFSETS(X)
#undef X
#undef NEIGHBOUR
#define NEAR(prefix)                                                                               \
    {prefix ".words", "blocks near it have {n} words on average"},                                 \
        {prefix ".link_share", "{p} of what stands near it are links"},                            \
        {prefix ".prose_share", "{p} of what stands near it is prose"},                            \
        {prefix ".noisy", "{n} blocks near it are noise by their words"},
#define X(reach, name) NEAR(name)
        PAGE_REACHES(X)
#undef X
#undef NEAR
#define X(id, name, words) {name, words},
            PAGE_FLOW(X) PAGE_LEANS(X) PAGE_NAMES(X) PAGE_WHOLE_MEASURES(X)
#undef X
#define BLOCK "a block near it looks foreign ({l})"
                {"pass.before8", BLOCK},
    {"pass.before7", BLOCK},
    {"pass.before6", BLOCK},
    {"pass.before5", BLOCK},
    {"pass.before4", BLOCK},
    {"pass.before3", BLOCK},
    {"pass.before2", BLOCK},
    {"pass.before1", BLOCK},
    {"pass.score", "looks foreign by itself ({l})"},
    {"pass.after1", BLOCK},
    {"pass.after2", BLOCK},
    {"pass.after3", BLOCK},
    {"pass.after4", BLOCK},
    {"pass.after5", BLOCK},
    {"pass.after6", BLOCK},
    {"pass.after7", BLOCK},
    {"pass.after8", BLOCK},
#undef BLOCK
#define X(id, name, words) {name, words},
    PAGE_PASS_MEASURES(X)
#undef X
};

_Static_assert(sizeof columns / sizeof *columns == PAGE_WIDTH - PAGE_COLUMN_NEIGHBOURS,
               "a name for every column");

size_t page_column_count(void) {
    return PAGE_WIDTH;
}

const char *page_column_name(size_t column) {
    if (column < PAGE_COLUMN_NEIGHBOURS) return evidence_name(column);
    if (column >= PAGE_WIDTH) return corpus_reason_name(column);
    return columns[column - PAGE_COLUMN_NEIGHBOURS].name;
}

void page_column_words(size_t column, int value, char *words, size_t size) {
    static const char *const whose[] = {
#define X(at, name, words) words,
        PAGE_OFFSETS(X)
#undef X
    };
    if (column < PAGE_COLUMN_NEIGHBOURS) {
        column_words(evidence_words(column), "", value, words, size);
        return;
    }
    const size_t at = column - PAGE_COLUMN_NEIGHBOURS;
    const bool is_neighbour = column < PAGE_COLUMN_NEAR;
    column_words(column < PAGE_WIDTH ? columns[at].words : corpus_reason_words(column),
                 is_neighbour ? whose[at / PAGE_NEIGHBOUR_COUNT] : "", value, words, size);
}
