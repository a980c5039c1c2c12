/* SPDX-License-Identifier: MIT
 * comment.c - readers' comments and prompts to comment. */
#include "document/stretch.h"
#include "filters/filter.h"

static decant_status judge(Document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        if (!block->hit_count) continue;
        int16_t *evidence = block->evidence;
        evidence[EVIDENCE_COMMENT] = hit_share(document, block, RULE_COMMENT);
    }
    return DECANT_OK;
}

const Filter filter_comment = {
    .name = "comment", .summary = "comment prompts, counters and policies", .judge = judge};
