/* SPDX-License-Identifier: MIT
 * hand.c - measures blocks for signs of another hand: from sums over the document made once. */
#include "verdict/hand.h"

#include "document/stretch.h"
#include "verdict/lean.h"
#include "verdict/marks.h"
#include "verdict/odds.h"

#include <string.h>

enum { REACH = 5 }; /* blocks on each side that are "around" */

/* How the blocks first to end (exclusive) are typed unlike all others. */
static int16_t marks_of(const Marks *sums, size_t first, size_t end, size_t count) {
    const Marks inside = marks_between(&sums[first], &sums[end]);
    const Marks outside = marks_between(&inside, &sums[count]);
    return marks_apart(inside.quotes, outside.quotes);
}

static int16_t opens(const Document *document, size_t block) {
    return odds_feature(lean_first_words(&document->blocks[block].shape));
}

/* What is the same for all blocks of a stretch; `before` is where the one before it begins. */
static void measure_stretch(const Document *document, const Marks *sums, Stretch stretch,
                            size_t before, int16_t row[HAND_COUNT]) {
    const size_t count = document->block_count;
    row[HAND_MARKS_STRETCH] = marks_of(sums, stretch.first, stretch.end, count);
    row[HAND_OPENS_BEFORE1] = stretch.first ? opens(document, before) : COLUMNS_MISSING;
    row[HAND_OPENS_STRETCH] = opens(document, stretch.first);
    row[HAND_OPENS_AFTER1] = stretch.end < count ? opens(document, stretch.end) : COLUMNS_MISSING;
}

static void measure_block(const Document *document, const Marks *sums, size_t block,
                          int16_t row[HAND_COUNT]) {
    const size_t count = document->block_count;
    const Stretch near = stretch_around(block, REACH, count);
    row[HAND_MARKS] = marks_of(sums, block, block + 1, count);
    row[HAND_MARKS_NEAR5] = marks_of(sums, near.first, near.end, count);
    row[HAND_MARKS_BREAK] = marks_of(sums, block, count, count);
    row[HAND_OPENS] = opens(document, block);
}

decant_status hand_measure(const Document *document, int16_t (**ret_rows)[HAND_COUNT]) {
    const size_t count = document->block_count;
    Marks *sums = arena_array(document->arena, count + 1, sizeof *sums);
    *ret_rows = arena_take(document->arena, count, sizeof **ret_rows);
    if (!sums || !*ret_rows) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        sums[i + 1] = sums[i];
        marks_add(&sums[i + 1], &document->blocks[i].shape);
    }
    for (size_t first = 0, before = 0; first < count;) {
        const Stretch stretch = stretch_at(document, first);
        int16_t row[HAND_COUNT];
        measure_stretch(document, sums, stretch, before, row);
        for (before = first; first < stretch.end; first++) {
            measure_block(document, sums, first, row);
            memcpy((*ret_rows)[first], row, sizeof row);
        }
    }
    return DECANT_OK;
}
