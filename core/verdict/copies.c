/* SPDX-License-Identifier: MIT
 * copies.c - sorts texts that stand on a page several times, the surest first. */
#include "verdict/copies.h"

#include <stdlib.h>
#include <string.h>

enum {
    LEAST_WORDS = 5,       /* fewer may well come back */
    OWN_ITEM = 3,          /* elements up at most stands the list item that a block is of */
    LIKELY_NOISE = 3 * 512 /* over every threshold: of copies that would stay most words are */
};

typedef struct Copy {
    Str text;
    uint32_t block;
    int32_t score;
} Copy;

/* Some order of texts, quick to tell. */
static int compare_texts(Str a, Str b) {
    if (a.len != b.len) return a.len < b.len ? -1 : 1;
    return memcmp(a.at, b.at, a.len);
}

static int compare_copies(const void *one, const void *other) {
    const Copy *a = one, *b = other;
    const int order = compare_texts(a->text, b->text);
    if (order) return order;
    if (a->score != b->score) return a->score < b->score ? -1 : 1;
    return a->block < b->block ? -1 : a->block > b->block;
}

/* Whether a block stands in what repeats itself: tables, code, the steps of instructions. */
static bool may_come_back(const int16_t *evidence) {
    const int16_t item = evidence[EVIDENCE_REGION_ITEM];
    return evidence[EVIDENCE_REGION_TABLE] || evidence[EVIDENCE_REGION_VERBATIM] ||
           evidence[EVIDENCE_REGION_DEFINITIONS] || (item && item <= OWN_ITEM);
}

static bool is_copy(const Block *block) {
    return block->evidence[EVIDENCE_COPIES] > 1 && block->shape.words >= LEAST_WORDS &&
           !may_come_back(block->evidence);
}

static size_t list_copies(const Document *document, const int32_t *scores, Copy *ret) {
    size_t count = 0;
    for (uint32_t i = 0; i < document->block_count; i++) {
        const Block *block = &document->blocks[i];
        if (is_copy(block)) ret[count++] = (Copy){block->text, i, scores[i]};
    }
    return count;
}

decant_status copies_settle(const Document *document, int32_t *scores) {
    const ArenaMark mark = arena_mark(document->arena);
    Copy *copies = arena_take(document->arena, document->block_count, sizeof *copies);
    if (!copies) return DECANT_NO_MEMORY;
    const size_t count = list_copies(document, scores, copies);
    qsort(copies, count, sizeof *copies, compare_copies);
    for (size_t i = 1; i < count; i++)
        if (compare_texts(copies[i - 1].text, copies[i].text) == 0)
            scores[copies[i].block] = max_int(scores[copies[i].block], LIKELY_NOISE);
    arena_rewind(document->arena, mark);
    return DECANT_OK;
}
