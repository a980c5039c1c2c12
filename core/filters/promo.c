/* SPDX-License-Identifier: MIT
 * promo.c - prompts: newsletter, subscription, app, donation, advertising. */
#include "document/stretch.h"
#include "filters/filter.h"

static decant_status judge(Document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        if (!block->hit_count) continue;
        int16_t *evidence = block->evidence;
        evidence[EVIDENCE_NEWSLETTER] = hit_share(document, block, RULE_NEWSLETTER);
        evidence[EVIDENCE_SUBSCRIBE] = hit_share(document, block, RULE_SUBSCRIBE);
        evidence[EVIDENCE_APP] = hit_share(document, block, RULE_APP);
        evidence[EVIDENCE_DONATE] = hit_share(document, block, RULE_DONATE);
        evidence[EVIDENCE_ADVERT] = hit_share(document, block, RULE_ADVERT);
    }
    return DECANT_OK;
}

const Filter filter_promo = {.name = "promo",
                             .summary =
                                 "newsletter, subscription, app, donation and advertising prompts",
                             .judge = judge};
