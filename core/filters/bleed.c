/* SPDX-License-Identifier: MIT
 * bleed.c - prose of another document: its content words and names stand nowhere else.
 *
 * All carry-over is read off where each type of word stands first and last, so every figure costs
 * a constant for a token. */
#include "document/stretch.h"
#include "filters/filter.h"

enum {
    WINDOW = 2,        /* stretches on each side that count as "around" */
    GAP_TOKENS = 40,   /* content words compared on each side of a gap */
    OPENING_WORDS = 120 /* the words that tell what a document is about */
};

static const WordType *type_of(const Document *document, uint32_t token) {
    return &document->word_types[TOKEN_TYPE(token)];
}

/* Content words of blocks first to end (exclusive) and how many stand outside from..to. */
typedef struct Carry {
    uint32_t all, before, after, outside, named, named_outside;
} Carry;

static Carry count_carry(const Document *document, Stretch of, Stretch within) {
    Carry carry = {0};
    const Block *last = &document->blocks[of.end - 1];
    uint32_t end = last->first_token + last->token_count;
    for (uint32_t i = document->blocks[of.first].first_token; i < end; i++) {
        const WordType *type = type_of(document, document->tokens[i]);
        bool before = type->first < within.first, after = type->last >= within.end;
        bool named = document->tokens[i] & TOKEN_NAMED;
        carry.all++;
        carry.before += before;
        carry.after += after;
        carry.outside += before || after;
        carry.named += named;
        carry.named_outside += named && (before || after);
    }
    return carry;
}

/* Permille, or -1 where there is nothing to compare. */
static int16_t share(uint32_t part, uint32_t whole) {
    return whole ? clamp16(permille(part, whole)) : -1;
}

static void judge_stretch(const Document *document, Stretch stretch, Stretch window) {
    Carry around = count_carry(document, window, window);
    Carry own = count_carry(document, stretch, stretch);
    for (size_t i = stretch.first; i < stretch.end; i++) {
        Block *block = &document->blocks[i];
        Carry carry = count_carry(document, (Stretch){i, i + 1}, stretch);
        block->evidence[EVIDENCE_CARRY_BEFORE] = share(carry.before, carry.all);
        block->evidence[EVIDENCE_CARRY_AFTER] = share(carry.after, carry.all);
        block->evidence[EVIDENCE_CARRY_STRETCH] = share(own.outside, own.all);
        block->evidence[EVIDENCE_CARRY_WINDOW] = share(around.outside, around.all);
        block->evidence[EVIDENCE_CARRY_NAMES] = share(own.named_outside, own.named);
        block->evidence[EVIDENCE_NAMES] = clamp16(own.named);
    }
}

static decant_status judge_stretches(Document *document) {
    Stretch *stretches = arena_array(document->arena, document->block_count, sizeof *stretches);
    if (!stretches) return DECANT_NO_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < document->block_count; i = stretches[count - 1].end)
        stretches[count++] = stretch_at(document, i);
    for (size_t i = 0; i < count; i++) {
        size_t from = i > WINDOW ? i - WINDOW : 0;
        size_t to = i + WINDOW < count ? i + WINDOW : count - 1;
        judge_stretch(document, stretches[i], (Stretch){stretches[from].first, stretches[to].end});
    }
    return DECANT_OK;
}

/* Types on each side of every gap, and on both: a type is in the head from `first` on and in the
 * tail up to `last`, so sums over where types begin and end give all gaps in one pass. */
static decant_status judge_gaps(Document *document) {
    size_t count = document->block_count;
    uint32_t *first = arena_array(document->arena, count + 1, sizeof *first);
    uint32_t *last = arena_array(document->arena, count + 1, sizeof *last);
    if (!first || !last) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->word_type_count; i++) {
        first[document->word_types[i].first]++;
        last[document->word_types[i].last]++;
    }
    uint32_t all = (uint32_t)document->word_type_count, begun = 0, ended = 0;
    for (size_t i = 0; i < count; i++) {
        int16_t *evidence = document->blocks[i].evidence;
        evidence[EVIDENCE_CARRY_TAIL] = share(begun - ended, all - ended);
        begun += first[i];
        ended += last[i];
        evidence[EVIDENCE_CARRY_HEAD] = share(begun - ended, begun);
    }
    return DECANT_OK;
}

/* Of the GAP_TOKENS content words after each gap, how many stand in as many before it. */
static decant_status judge_breaks(Document *document) {
    uint32_t *stamps = arena_array(document->arena, document->word_type_count, sizeof *stamps);
    if (!stamps) return DECANT_NO_MEMORY;
    int16_t after_last = -1;
    for (size_t i = 0; i < document->block_count; i++) {
        uint32_t gap = document->blocks[i].first_token, shared = 0, all = 0;
        for (uint32_t at = gap > GAP_TOKENS ? gap - GAP_TOKENS : 0; at < gap; at++)
            stamps[TOKEN_TYPE(document->tokens[at])] = (uint32_t)i + 1;
        for (uint32_t at = gap; at < document->token_count && at < gap + GAP_TOKENS; at++, all++)
            shared += stamps[TOKEN_TYPE(document->tokens[at])] == (uint32_t)i + 1;
        document->blocks[i].evidence[EVIDENCE_BREAK_BEFORE] = i ? share(shared, all) : -1;
        if (i) document->blocks[i - 1].evidence[EVIDENCE_BREAK_AFTER] = share(shared, all);
    }
    if (document->block_count)
        document->blocks[document->block_count - 1].evidence[EVIDENCE_BREAK_AFTER] = after_last;
    return DECANT_OK;
}

static void judge_opening(Document *document) {
    size_t end = 0;
    while (end < document->block_count && document->blocks[end].words_before < OPENING_WORDS) end++;
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        uint32_t known = 0;
        for (uint32_t at = 0; at < block->token_count; at++)
            known += type_of(document, document->tokens[block->first_token + at])->first < end;
        block->evidence[EVIDENCE_CARRY_OPENING] = i < end ? -1 : share(known, block->token_count);
    }
}

static decant_status judge(Document *document) {
    decant_status status = judge_stretches(document);
    if (!status) status = judge_gaps(document);
    if (!status) status = judge_breaks(document);
    judge_opening(document);
    return status;
}

const Filter filter_bleed = {
    .name = "bleed", .summary = "prose whose words and names stand nowhere else", .judge = judge};
