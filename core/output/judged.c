/* SPDX-License-Identifier: MIT
 * judged.c - a walk over the blocks of a part. */
#include "output/judged.h"

/* Moves a place on to where a block begins. */
static void move_to(const Document *document, const Block *block, Locator *place) {
    const uint8_t *bytes = document->page ? document->page->bytes.at : document->raw.at;
    locate_advance(place, bytes + (place->offset - document->offset),
                   (size_t)(block->span.start - place->offset));
}

decant_status judged_send(const Document *document, const Wording *wording, Locator place,
                          uint64_t before, const decant_sink *sink) {
    if (!sink->judged) return DECANT_OK;
    for (size_t i = 0; i < document->block_count; i++) {
        const Block *block = &document->blocks[i];
        const Verdict *verdict = &block->verdict;
        ReasonWords words;
        move_to(document, block, &place);
        decant_judged judged = {.from = document->page ? DECANT_HTML : DECANT_TEXT,
                                .number = before + i + 1,
                                .start = block->span.start,
                                .end = block->span.end,
                                .line = locate_line(&place),
                                .drops = verdict->drop,
                                .kind = verdict->drop ? (decant_kind)verdict->kind : DECANT_OTHER,
                                .confidence = verdict->confidence,
                                .text = (const char *)block->text.at,
                                .size = block->text.len};
        judged.reason_count = reasons_give(wording, verdict, judged.reasons, words);
        if (sink->judged(sink->user, &judged)) return DECANT_STOPPED;
    }
    return DECANT_OK;
}
