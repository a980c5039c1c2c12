/* SPDX-License-Identifier: MIT
 * signoff.c - end marks (###, -30-, a closing sign after the last stop) and what follows them. */
#include "document/stretch.h"
#include "filters/filter.h"

/* A sign that sites put behind an article's last stop. */
static bool is_closing_sign(uint32_t code) {
    switch (code) {
    case 0xAE:
    case 0x25A0:
    case 0x25A1:
    case 0x25AA:
    case 0x25C6:
    case 0x25C7:
    case 0x25CF:
    case 0x2588:
    case 0x220E:
    case 0x2B1B:
    case 0x29EB:
    case 0x2766:
        return true;
    default:
        return false;
    }
}

static decant_status judge(Document *document) {
    int64_t after = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        bool mark =
            hit_share(document, block, RULE_SIGNOFF) || is_closing_sign(block->shape.last_code);
        block->evidence[EVIDENCE_END_MARK] = mark;
        block->evidence[EVIDENCE_AFTER_END_MARK] = clamp16(after);
        if (mark) after = 1;
        else if (after) after++;
    }
    return DECANT_OK;
}

const Filter filter_signoff = {
    .name = "signoff", .summary = "end marks and what stands after them", .judge = judge};
