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

/* Permille, or -1 where there is nothing to compare. */
static int16_t share(uint32_t part, uint32_t whole) {
    return whole ? clamp16(permille(part, whole)) : -1;
}

/* What stands before each block and, at block_count, in the document. Types are numbered in the
 * order in which they first stand, so those that begin in a range of blocks are neighbours. */
typedef struct Begun {
    uint32_t *types; /* that begin before the block */
    uint32_t *named; /* content words that look like names */
} Begun;

static uint32_t tokens_before(const Document *document, size_t block) {
    return block < document->block_count ? document->blocks[block].first_token
                                         : (uint32_t)document->token_count;
}

static decant_status begun_open(Begun *begun, const Document *document) {
    size_t count = document->block_count;
    begun->types = arena_array(document->arena, count + 1, sizeof *begun->types);
    begun->named = arena_array(document->arena, count + 1, sizeof *begun->named);
    if (!begun->types || !begun->named) return DECANT_NO_MEMORY;
    uint32_t type = 0, token = 0, named = 0;
    for (size_t i = 0; i < count; i++) {
        begun->types[i] = type;
        begun->named[i] = named;
        while (type < document->word_type_count && document->word_types[type].first <= i) type++;
        for (uint32_t end = tokens_before(document, i + 1); token < end; token++)
            named += document->tokens[token] / TOKEN_NAMED;
    }
    begun->types[count] = type;
    begun->named[count] = named;
    return DECANT_OK;
}

/* Content words of some blocks, and how many of them stand outside too. */
typedef struct Carry {
    uint32_t all, outside, named, named_outside;
} Carry;

/* What a range of blocks shares with the rest: all but the types that begin and end in it. */
static Carry count_carry(const Document *document, const Begun *begun, Stretch range) {
    Carry carry = {.all = tokens_before(document, range.end) - tokens_before(document, range.first),
                   .named = begun->named[range.end] - begun->named[range.first]};
    uint32_t inside = 0, named_inside = 0;
    for (uint32_t i = begun->types[range.first]; i < begun->types[range.end]; i++) {
        const WordType *type = &document->word_types[i];
        bool is_inside = type->last < range.end;
        inside += is_inside ? type->count : 0;
        named_inside += is_inside ? type->named : 0;
    }
    carry.outside = carry.all - inside;
    carry.named_outside = carry.named - named_inside;
    return carry;
}

/* What was counted of a stretch: by itself, with the stretches around it, from it on, up to it. */
typedef struct Line {
    Stretch stretch;
    Carry own;
    int16_t window, ahead, behind, window_names;
} Line;

/* What a block's content words share with what stands before and after its line. */
static void judge_sides(const Document *document, const Begun *begun, Stretch stretch,
                        Block *block) {
    uint32_t before = 0, after = 0, end = block->first_token + block->token_count;
    for (uint32_t i = block->first_token; i < end; i++) {
        uint32_t type = TOKEN_TYPE(document->tokens[i]);
        before += type < begun->types[stretch.first];
        after += document->word_types[type].last >= stretch.end;
    }
    block->evidence[EVIDENCE_CARRY_BEFORE] = share(before, block->token_count);
    block->evidence[EVIDENCE_CARRY_AFTER] = share(after, block->token_count);
}

static void judge_line(const Document *document, const Begun *begun, const Line *line) {
    const int16_t own = share(line->own.outside, line->own.all);
    const int16_t names = share(line->own.named_outside, line->own.named);
    for (size_t i = line->stretch.first; i < line->stretch.end; i++) {
        int16_t *evidence = document->blocks[i].evidence;
        judge_sides(document, begun, line->stretch, &document->blocks[i]);
        evidence[EVIDENCE_CARRY_STRETCH] = own;
        evidence[EVIDENCE_CARRY_WINDOW] = line->window;
        evidence[EVIDENCE_CARRY_AHEAD] = line->ahead;
        evidence[EVIDENCE_CARRY_BEHIND] = line->behind;
        evidence[EVIDENCE_CARRY_NAMES] = names;
        evidence[EVIDENCE_CARRY_WINDOW_NAMES] = line->window_names;
        evidence[EVIDENCE_NAMES] = clamp16(line->own.named);
    }
}

/* Carry of the lines from..to (inclusive), as one. */
static Carry count_lines(const Document *document, const Begun *begun, const Line *lines,
                         size_t from, size_t to) {
    return count_carry(document, begun,
                       (Stretch){lines[from].stretch.first, lines[to].stretch.end});
}

static void count_line(const Document *document, const Begun *begun, Line *lines, size_t count,
                       size_t number) {
    size_t from = number > WINDOW ? number - WINDOW : 0;
    size_t to = number + WINDOW < count ? number + WINDOW : count - 1;
    Line *line = &lines[number];
    line->own = count_carry(document, begun, line->stretch);
    Carry carry = count_lines(document, begun, lines, from, to);
    line->window = share(carry.outside, carry.all);
    line->window_names = share(carry.named_outside, carry.named);
    carry = count_lines(document, begun, lines, number, to);
    line->ahead = share(carry.outside, carry.all);
    carry = count_lines(document, begun, lines, from, number);
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

static decant_status judge_lines(Document *document, const Begun *begun) {
    Line *lines = arena_array(document->arena, document->block_count, sizeof *lines);
    if (!lines) return DECANT_NO_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < document->block_count; i = lines[count - 1].stretch.end)
        lines[count++].stretch = stretch_at(document, i);
    for (size_t i = 0; i < count; i++) count_line(document, begun, lines, count, i);
    for (size_t i = 0; i < count; i++) judge_line(document, begun, &lines[i]);
    return judge_ranks(document, lines, count);
}

/* Types on each side of every gap, and on both: a type is in the head from `first` on and in the
 * tail up to `last`, so sums over where types begin and end give all gaps in one pass. */
static decant_status judge_gaps(Document *document, const Begun *begun) {
    size_t count = document->block_count;
    uint32_t *last = arena_array(document->arena, count + 1, sizeof *last);
    if (!last) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->word_type_count; i++) last[document->word_types[i].last]++;
    uint32_t all = (uint32_t)document->word_type_count, ended = 0;
    for (size_t i = 0; i < count; i++) {
        int16_t *evidence = document->blocks[i].evidence;
        evidence[EVIDENCE_CARRY_TAIL] = share(begun->types[i] - ended, all - ended);
        ended += last[i];
        evidence[EVIDENCE_CARRY_HEAD] = share(begun->types[i + 1] - ended, begun->types[i + 1]);
    }
    return DECANT_OK;
}

/* A place between two content words, the GAP_TOKENS on each side of it, and how many of those after
 * it stand before it too. */
typedef struct Gap {
    const Document *document;
    struct Near {
        uint8_t before, after;
    } * near; /* of each type: how often it stands on each side */
    uint32_t at, shared;
} Gap;

static struct Near *near_of(const Gap *gap, uint32_t token) {
    return &gap->near[TOKEN_TYPE(gap->document->tokens[token])];
}

static void enter_after(Gap *gap, uint32_t token) {
    struct Near *near = near_of(gap, token);
    near->after++;
    gap->shared += near->before > 0;
}

static void move_on(Gap *gap) {
    struct Near *passed = near_of(gap, gap->at);
    passed->after--;
    gap->shared -= passed->before > 0;
    if (passed->before++ == 0) gap->shared += passed->after;
    if (gap->at + GAP_TOKENS < gap->document->token_count) enter_after(gap, gap->at + GAP_TOKENS);
    if (gap->at >= GAP_TOKENS) {
        struct Near *left = near_of(gap, gap->at - GAP_TOKENS);
        if (--left->before == 0) gap->shared -= left->after;
    }
    gap->at++;
}

/* Of the GAP_TOKENS content words after each block's start, how many stand in as many before it. */
static decant_status judge_breaks(Document *document) {
    Gap gap = {.document = document};
    gap.near = arena_array(document->arena, document->word_type_count, sizeof *gap.near);
    if (!gap.near) return DECANT_NO_MEMORY;
    for (uint32_t i = 0; i < document->token_count && i < GAP_TOKENS; i++) enter_after(&gap, i);
    for (size_t i = 0; i < document->block_count; i++) {
        int16_t *evidence = document->blocks[i].evidence;
        while (gap.at < document->blocks[i].first_token) move_on(&gap);
        uint32_t left = (uint32_t)document->token_count - gap.at;
        evidence[EVIDENCE_BREAK_BEFORE] =
            i ? share(gap.shared, left < GAP_TOKENS ? left : GAP_TOKENS) : -1;
        evidence[EVIDENCE_BREAK_AFTER] = -1;
        if (i)
            document->blocks[i - 1].evidence[EVIDENCE_BREAK_AFTER] =
                evidence[EVIDENCE_BREAK_BEFORE];
    }
    return DECANT_OK;
}

static void judge_opening(Document *document, const Begun *begun) {
    size_t end = 0;
    while (end < document->block_count && document->blocks[end].words_before < OPENING_WORDS) end++;
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        uint32_t known = 0;
        for (uint32_t at = 0; at < block->token_count; at++)
            known += TOKEN_TYPE(document->tokens[block->first_token + at]) < begun->types[end];
        block->evidence[EVIDENCE_CARRY_OPENING] = i < end ? -1 : share(known, block->token_count);
    }
}

static decant_status judge(Document *document) {
    Begun begun;
    decant_status status = begun_open(&begun, document);
    if (!status) status = judge_lines(document, &begun);
    if (!status) status = judge_gaps(document, &begun);
    if (!status) status = judge_breaks(document);
    if (!status) judge_opening(document, &begun);
    return status;
}

const Filter filter_bleed = {
    .name = "bleed", .summary = "prose whose words and names stand nowhere else", .judge = judge};
