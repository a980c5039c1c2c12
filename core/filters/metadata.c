/* SPDX-License-Identifier: MIT
 * metadata.c - bylines, datelines, stamps, credits, author notes, tags: evidence, for they may
 * belong. */
#include "document/stretch.h"
#include "filters/filter.h"

static decant_status judge(Document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        if (!block->hit_count) continue;
        int16_t *evidence = block->evidence;
        evidence[EVIDENCE_BYLINE] = hit_share(document, block, RULE_BYLINE);
        evidence[EVIDENCE_DATELINE] = hit_share(document, block, RULE_DATELINE);
        evidence[EVIDENCE_STAMP] = hit_share(document, block, RULE_STAMP);
        evidence[EVIDENCE_CREDIT] = hit_share(document, block, RULE_CREDIT);
        evidence[EVIDENCE_BIO] = hit_share(document, block, RULE_BIO);
        evidence[EVIDENCE_TAGS] = hit_share(document, block, RULE_TAGS);
    }
    return DECANT_OK;
}

const Filter filter_metadata = {.name = "metadata",
                                .summary =
                                    "bylines, datelines, stamps, credits, author notes, tags",
                                .judge = judge};
