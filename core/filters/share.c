/* SPDX-License-Identifier: MIT
 * share.c - share and follow rows. */
#include "document/stretch.h"
#include "filters/filter.h"

static decant_status judge(Document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        if (!block->hit_count) continue;
        int16_t *evidence = block->evidence;
        evidence[EVIDENCE_SHARE] = hit_share(document, block, RULE_SHARE);
    }
    return DECANT_OK;
}

const Filter filter_share = {.name = "share", .summary = "share rows", .judge = judge};
