/* SPDX-License-Identifier: MIT
 * footer.c - rights, policies, contact details and the site's software. */
#include "document/stretch.h"
#include "filters/filter.h"

static decant_status judge(Document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        if (!block->hit_count) continue;
        int16_t *evidence = block->evidence;
        evidence[EVIDENCE_RIGHTS] = hit_share(document, block, RULE_RIGHTS);
        evidence[EVIDENCE_POLICY] = hit_share(document, block, RULE_POLICY);
        evidence[EVIDENCE_CONTACT] = hit_share(document, block, RULE_CONTACT);
        evidence[EVIDENCE_POWERED] = hit_share(document, block, RULE_POWERED);
    }
    return DECANT_OK;
}

const Filter filter_footer = {.name = "footer",
                              .summary = "rights notices, policies, contact lines, powered-by",
                              .judge = judge};
