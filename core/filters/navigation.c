/* SPDX-License-Identifier: MIT
 * navigation.c - menus, breadcrumbs, pagination: their words, and runs of short lines. */
#include "document/stretch.h"
#include "filters/filter.h"

enum { SHORT_WORDS = 5 };

static bool is_short(const Document *document, Stretch stretch) {
    const Block *block = &document->blocks[stretch.first];
    return stretch.end - stretch.first == 1 && block->shape.words <= SHORT_WORDS &&
           block_ending(block) != ENDING_STOP;
}

static void end_run(Document *document, size_t from, size_t end) {
    for (size_t i = from; i < end; i++)
        document->blocks[i].evidence[EVIDENCE_SHORT_RUN] = clamp16((int64_t)(end - from));
}

static decant_status judge(Document *document) {
    size_t from = 0;
    for (size_t i = 0; i < document->block_count;) {
        Stretch stretch = stretch_at(document, i);
        for (; i < stretch.end; i++) {
            Block *block = &document->blocks[i];
            block->evidence[EVIDENCE_NAVIGATION] = hit_share(document, block, RULE_NAVIGATION);
        }
        if (is_short(document, stretch)) continue;
        end_run(document, from, stretch.first);
        from = stretch.end;
    }
    end_run(document, from, document->block_count);
    return DECANT_OK;
}

const Filter filter_navigation = {
    .name = "navigation", .summary = "menus, breadcrumbs, runs of short lines", .judge = judge};
