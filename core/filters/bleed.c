/* SPDX-License-Identifier: MIT
 * bleed.c - prose of another document: its content words and names stand nowhere else.
 *
 * All carry-over is read off where each type of word stands first and last, so every figure costs
 * a constant for a token. */
#include "document/stretch.h"
#include "filters/filter.h"

enum {
    WINDOW = 2,          /* stretches on each side that count as "around" */
    GAP_TOKENS = 40,     /* content words compared on each side of a gap */
    OPENING_WORDS = 120, /* the words that tell what a document is about */
    RANKED_TOKENS = 5,   /* content words a line must have to be compared with others */
    RANKED_LINES = 5     /* lines there must be to compare */
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

/* What was counted of a stretch: by itself, with the stretches around it, from it on, up to it. */
typedef struct Line {
    Stretch stretch;
    Carry own;
    int16_t window, ahead, behind, window_names;
} Line;

static void judge_line(const Document *document, const Line *line) {
    const Stretch stretch = line->stretch;
    for (size_t i = stretch.first; i < stretch.end; i++) {
        int16_t *evidence = document->blocks[i].evidence;
        Carry carry = count_carry(document, (Stretch){i, i + 1}, stretch);
        evidence[EVIDENCE_CARRY_BEFORE] = share(carry.before, carry.all);
        evidence[EVIDENCE_CARRY_AFTER] = share(carry.after, carry.all);
        evidence[EVIDENCE_CARRY_STRETCH] = share(line->own.outside, line->own.all);
        evidence[EVIDENCE_CARRY_WINDOW] = line->window;
        evidence[EVIDENCE_CARRY_AHEAD] = line->ahead;
        evidence[EVIDENCE_CARRY_BEHIND] = line->behind;
        evidence[EVIDENCE_CARRY_NAMES] = share(line->own.named_outside, line->own.named);
        evidence[EVIDENCE_CARRY_WINDOW_NAMES] = line->window_names;
        evidence[EVIDENCE_NAMES] = clamp16(line->own.named);
    }
}

/* Carry of the lines from..to (inclusive), as one. */
static Carry count_lines(const Document *document, const Line *lines, size_t from, size_t to) {
    const Stretch range = {lines[from].stretch.first, lines[to].stretch.end};
    return count_carry(document, range, range);
}

static void count_line(const Document *document, Line *lines, size_t count, size_t number) {
    size_t from = number > WINDOW ? number - WINDOW : 0;
    size_t to = number + WINDOW < count ? number + WINDOW : count - 1;
    Line *line = &lines[number];
    line->own = count_carry(document, line->stretch, line->stretch);
    Carry carry = count_lines(document, lines, from, to);
    line->window = share(carry.outside, carry.all);
    line->window_names = share(carry.named_outside, carry.named);
    carry = count_lines(document, lines, number, to);
    line->ahead = share(carry.outside, carry.all);
    carry = count_lines(document, lines, from, number);
    line->behind = share(carry.outside, carry.all);
}

static bool is_ranked(const Line *line) {
    return line->own.all >= RANKED_TOKENS;
}

/* How a line's carry compares with the other lines': permille of them that carry less. */
static decant_status judge_ranks(const Document *document, const Line *lines, size_t count) {
    enum { SHARES = 1001 };
    uint32_t *own = arena_array(document->arena, SHARES + 1, sizeof *own);
    uint32_t *window = arena_array(document->arena, SHARES + 1, sizeof *window);
    uint32_t ranked = 0;
    if (!own || !window) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (!is_ranked(&lines[i])) continue;
        ranked++;
        own[share(lines[i].own.outside, lines[i].own.all) + 1]++;
        window[lines[i].window + 1]++;
    }
    for (size_t i = 1; i <= SHARES; i++) {
        own[i] += own[i - 1];
        window[i] += window[i - 1];
    }
    for (size_t i = 0; i < count; i++) {
        const Line *line = &lines[i];
        bool judged = is_ranked(line) && ranked >= RANKED_LINES;
        for (size_t b = line->stretch.first; b < line->stretch.end; b++) {
            int16_t *evidence = document->blocks[b].evidence;
            evidence[EVIDENCE_CARRY_RANK] =
                judged ? share(own[share(line->own.outside, line->own.all)], ranked) : -1;
            evidence[EVIDENCE_CARRY_WINDOW_RANK] =
                judged ? share(window[line->window], ranked) : -1;
        }
    }
    return DECANT_OK;
}

static decant_status judge_lines(Document *document) {
    Line *lines = arena_array(document->arena, document->block_count, sizeof *lines);
    if (!lines) return DECANT_NO_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < document->block_count; i = lines[count - 1].stretch.end)
        lines[count++].stretch = stretch_at(document, i);
    for (size_t i = 0; i < count; i++) count_line(document, lines, count, i);
    for (size_t i = 0; i < count; i++) judge_line(document, &lines[i]);
    return judge_ranks(document, lines, count);
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
    decant_status status = judge_lines(document);
    if (!status) status = judge_gaps(document);
    if (!status) status = judge_breaks(document);
    judge_opening(document);
    return status;
}

const Filter filter_bleed = {
    .name = "bleed", .summary = "prose whose words and names stand nowhere else", .judge = judge};
