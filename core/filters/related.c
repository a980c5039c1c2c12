/* SPDX-License-Identifier: MIT
 * related.c - labels over lists of other articles, and lines that read like headlines. */
#include "document/stretch.h"
#include "filters/filter.h"

enum { LABEL_REACH = 24 /* blocks */, FEWEST_WORDS = 3, MOST_WORDS = 22 };

/* A line of its own, of a headline's length, without a sentence's end. */
static bool is_headline(const Block *block, Stretch stretch) {
    if (stretch.end - stretch.first > 2) return false;
    const Shape *shape = &block->shape;
    Ending ending = block_ending(block);
    bool open = ending <= ENDING_DIGIT || ending == ENDING_CLOSING || ending == ENDING_MARK;
    return open && shape->words >= FEWEST_WORDS && shape->words <= MOST_WORDS &&
           shape->stops <= 1 && shape->numbers * 2 < shape->words;
}

static void judge_labels(Document *document) {
    int16_t after = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        block->evidence[EVIDENCE_RELATED] = hit_share(document, block, RULE_RELATED);
        block->evidence[EVIDENCE_AFTER_LABEL] = after;
        if (block->evidence[EVIDENCE_RELATED] > 500) after = 1;
        else if (after) after = after < LABEL_REACH ? (int16_t)(after + 1) : 0;
    }
}

/* Gives every block from..end the length of the run they make. */
static void end_run(Document *document, size_t from, size_t end, int16_t run) {
    for (size_t i = from; i < end; i++) document->blocks[i].evidence[EVIDENCE_HEADLINE_RUN] = run;
}

static decant_status judge(Document *document) {
    judge_labels(document);
    size_t from = 0;
    int16_t run = 0;
    for (size_t i = 0; i < document->block_count;) {
        Stretch stretch = stretch_at(document, i);
        bool headline = is_headline(&document->blocks[stretch.end - 1], stretch);
        for (; i < stretch.end; i++) document->blocks[i].evidence[EVIDENCE_HEADLINE] = headline;
        if (headline) {
            run = clamp16(run + 1);
            continue;
        }
        end_run(document, from, stretch.first, run);
        run = 0;
        from = stretch.end;
    }
    end_run(document, from, document->block_count, run);
    return DECANT_OK;
}

const Filter filter_related = {
    .name = "related", .summary = "labels over other articles, lists of headlines", .judge = judge};
