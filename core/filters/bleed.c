/* SPDX-License-Identifier: MIT
 * bleed.c - prose of another document: its content words and names stand nowhere else.
 *
 * All carry-over is read off where each type of word stands first and last, so every figure costs
 * a constant for a token. */
#include "document/stretch.h"
#include "filters/filter.h"

enum {
    WINDOW = 2,             /* stretches on each side that count as "around" */
    REACH = 2 * WINDOW + 1, /* stretches looked at together */
    GAP_TOKENS = 40,        /* content words compared on each side of a gap */
    OPENING_WORDS = 120,    /* the words that tell what a document is about */
    RANKED_TOKENS = 5,      /* content words a line must have to be compared with others */
    RANKED_LINES = 5        /* lines there must be to compare */
};

/* Permille, or -1 where there is nothing to compare. */
static int16_t share(uint32_t part, uint32_t whole) {
    if (!whole) return -1;
    return (int16_t)((uint64_t)part * 1000 / whole);
}

/* Content words, and how many of them look like names. */
typedef struct Words {
    uint32_t all, named;
} Words;

/* Words of some lines, and the shares of them that stand elsewhere too. */
typedef struct Carry {
    Words words;
    int16_t all, named;
} Carry;

/* A stretch, what stands before it, and what it shares with the rest: by itself, with the stretches
 * around it, from it on, up to it. */
typedef struct Line {
    Stretch stretch;
    uint32_t types;      /* that begin before it */
    Words before;        /* in the document before it */
    Words inside[REACH]; /* of types that begin in it, and end so many lines on or sooner */
    Carry own, window;
    int16_t ahead, behind;
} Line;

/* Invariant: lines tile the document, and one more stands at its end. Types are numbered in the
 * order in which they first stand, so those that begin in a range of blocks are neighbours. */
typedef struct Lines {
    const Document *document;
    Line *items;
    size_t count;
    size_t opening;         /* blocks of the document's opening */
    uint32_t opening_types; /* types that begin in it */
} Lines;

/* Types that begin before a block; `known` of them begin before an earlier one. */
static uint32_t types_before(const Document *document, size_t block, uint32_t known) {
    while (known < document->word_type_count && document->word_types[known].first < block) known++;
    return known;
}

static void list_lines(Lines *lines) {
    const Document *document = lines->document;
    Line *line = lines->items;
    uint32_t token = 0;
    *line = (Line){0};
    for (size_t first = 0; first < document->block_count; line++) {
        line->stretch = stretch_at(document, first);
        first = line->stretch.end;
        const Block *last = &document->blocks[first - 1];
        line[1] = (Line){.types = types_before(document, first, line->types),
                         .before = {last->first_token + last->token_count, line->before.named}};
        for (; token < line[1].before.all; token++)
            line[1].before.named += document->tokens[token] / TOKEN_NAMED;
    }
    lines->count = (size_t)(line - lines->items);
}

/* Counts the words of the types that begin in a line and end in its reach. */
static void count_inside(Lines *lines, const uint32_t *line_of) {
    const Document *document = lines->document;
    for (size_t i = 0; i < document->word_type_count; i++) {
        const WordType *type = &document->word_types[i];
        size_t first = line_of[type->first], on = line_of[type->last] - first;
        if (on >= REACH) continue;
        lines->items[first].inside[on].all += type->count;
        lines->items[first].inside[on].named += type->named;
    }
    for (Line *line = lines->items; line < lines->items + lines->count; line++) {
        for (size_t on = 1; on < REACH; on++) {
            line->inside[on].all += line->inside[on - 1].all;
            line->inside[on].named += line->inside[on - 1].named;
        }
    }
}

static decant_status lines_open(Lines *lines, const Document *document) {
    const size_t count = document->block_count;
    *lines = (Lines){.document = document};
    lines->items = arena_take(document->arena, count + 1, sizeof *lines->items);
    uint32_t *line_of = arena_take(document->arena, count, sizeof *line_of);
    if (!lines->items || !line_of) return DECANT_NO_MEMORY;
    list_lines(lines);
    for (size_t i = 0; i < lines->count; i++) {
        Stretch stretch = lines->items[i].stretch;
        for (size_t b = stretch.first; b < stretch.end; b++) line_of[b] = (uint32_t)i;
    }
    count_inside(lines, line_of);
    while (lines->opening < count && document->blocks[lines->opening].words_before < OPENING_WORDS)
        lines->opening++;
    lines->opening_types = types_before(document, lines->opening, 0);
    return DECANT_OK;
}

/* The words of types that begin in the lines from..end (exclusive) and end in line `last` or
 * before, which is in reach of all of them. */
static Words sum_inside(const Lines *lines, size_t from, size_t end, size_t last) {
    Words sum = {0, 0};
    for (size_t i = from; i < end; i++) {
        const Words *inside = &lines->items[i].inside[last - i];
        sum = (Words){sum.all + inside->all, sum.named + inside->named};
    }
    return sum;
}

/* The share of the words of the lines from..end (exclusive) that stand elsewhere too. */
static Carry share_words(const Lines *lines, size_t from, size_t end, Words inside) {
    const Words last = lines->items[end].before, first = lines->items[from].before;
    const Words words = {last.all - first.all, last.named - first.named};
    return (Carry){.words = words,
                   .all = share(words.all - inside.all, words.all),
                   .named = share(words.named - inside.named, words.named)};
}

static void count_line(Lines *lines, size_t number) {
    const size_t from = number > WINDOW ? number - WINDOW : 0, next = number + 1;
    const size_t end = number + WINDOW < lines->count ? next + WINDOW : lines->count;
    const Words earlier = sum_inside(lines, from, number, end - 1);
    const Words ahead = sum_inside(lines, number, end, end - 1);
    const Words behind = sum_inside(lines, from, next, number);
    const Words around = {earlier.all + ahead.all, earlier.named + ahead.named};
    Line *line = &lines->items[number];
    line->own = share_words(lines, number, next, line->inside[0]);
    line->window = share_words(lines, from, end, around);
    line->ahead = share_words(lines, number, end, ahead).all;
    line->behind = share_words(lines, from, next, behind).all;
}

/* What a block's content words share with what stands before and after its line, and with the
 * document's opening. */
static void judge_words(const Lines *lines, const Line *line, size_t number) {
    const Document *document = lines->document;
    Block *block = &document->blocks[number];
    const uint32_t *token = document->tokens + block->first_token;
    const uint32_t *end = token + block->token_count;
    uint32_t before = 0, after = 0, opening = 0;
    for (; token < end; token++) {
        uint32_t type = TOKEN_TYPE(*token);
        before += type < line->types;
        after += document->word_types[type].last >= line->stretch.end;
        opening += type < lines->opening_types;
    }
    block->evidence[EVIDENCE_CARRY_BEFORE] = share(before, block->token_count);
    block->evidence[EVIDENCE_CARRY_AFTER] = share(after, block->token_count);
    block->evidence[EVIDENCE_CARRY_OPENING] =
        number < lines->opening ? -1 : share(opening, block->token_count);
}

static void judge_line(const Lines *lines, const Line *line) {
    const int16_t named = clamp16(line->own.words.named);
    for (size_t i = line->stretch.first; i < line->stretch.end; i++) {
        int16_t *evidence = lines->document->blocks[i].evidence;
        judge_words(lines, line, i);
        evidence[EVIDENCE_CARRY_STRETCH] = line->own.all;
        evidence[EVIDENCE_CARRY_WINDOW] = line->window.all;
        evidence[EVIDENCE_CARRY_AHEAD] = line->ahead;
        evidence[EVIDENCE_CARRY_BEHIND] = line->behind;
        evidence[EVIDENCE_CARRY_NAMES] = line->own.named;
        evidence[EVIDENCE_CARRY_WINDOW_NAMES] = line->window.named;
        evidence[EVIDENCE_NAMES] = named;
    }
}

static bool is_ranked(const Line *line) {
    return line->own.words.all >= RANKED_TOKENS;
}

/* How a line's carry compares with the other lines': permille of them that carry less. */
static decant_status judge_ranks(const Lines *lines) {
    enum { SHARES = 1001 };
    Arena *arena = lines->document->arena;
    uint32_t *own = arena_array(arena, SHARES + 1, sizeof *own);
    uint32_t *window = arena_array(arena, SHARES + 1, sizeof *window);
    uint32_t ranked = 0;
    if (!own || !window) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < lines->count; i++) {
        const Line *line = &lines->items[i];
        if (!is_ranked(line)) continue;
        ranked++;
        own[line->own.all + 1]++;
        window[line->window.all + 1]++;
    }
    for (size_t i = 1; i <= SHARES; i++) {
        own[i] += own[i - 1];
        window[i] += window[i - 1];
    }
    for (size_t i = 0; i < lines->count; i++) {
        const Line *line = &lines->items[i];
        bool judged = is_ranked(line) && ranked >= RANKED_LINES;
        int16_t rank = judged ? share(own[line->own.all], ranked) : -1;
        int16_t window_rank = judged ? share(window[line->window.all], ranked) : -1;
        for (size_t b = line->stretch.first; b < line->stretch.end; b++) {
            lines->document->blocks[b].evidence[EVIDENCE_CARRY_RANK] = rank;
            lines->document->blocks[b].evidence[EVIDENCE_CARRY_WINDOW_RANK] = window_rank;
        }
    }
    return DECANT_OK;
}

static decant_status judge_lines(const Document *document) {
    Lines lines;
    if (lines_open(&lines, document)) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < lines.count; i++) {
        count_line(&lines, i);
        judge_line(&lines, &lines.items[i]);
    }
    return judge_ranks(&lines);
}

/* Types on each side of every gap, and on both: a type is in the head from `first` on and in the
 * tail up to `last`, so sums over where types begin and end give all gaps in one pass. */
static decant_status judge_gaps(const Document *document) {
    size_t count = document->block_count;
    uint32_t *last = arena_array(document->arena, count + 1, sizeof *last);
    if (!last) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->word_type_count; i++) last[document->word_types[i].last]++;
    uint32_t all = (uint32_t)document->word_type_count, begun = 0, ended = 0;
    for (size_t i = 0; i < count; i++) {
        int16_t *evidence = document->blocks[i].evidence;
        evidence[EVIDENCE_CARRY_TAIL] = share(begun - ended, all - ended);
        begun = types_before(document, i + 1, begun);
        ended += last[i];
        evidence[EVIDENCE_CARRY_HEAD] = share(begun - ended, begun);
    }
    return DECANT_OK;
}

/* A gap is a place between two content words; words are shared across it that are among the
 * GAP_TOKENS after it and of a type that stands among as many before it. */
typedef struct Gaps {
    uint32_t *previous; /* of each word: where its type stood last, + 1; 0: nowhere */
    int16_t *changes;   /* in words shared, from each gap to the next */
} Gaps;

/* Enters the word `at` into the gaps across which it is shared: those behind each place where its
 * type stood before, up to the next such place. */
static void enter_word(Gaps *gaps, uint32_t at) {
    const uint32_t first = at >= GAP_TOKENS ? at - GAP_TOKENS + 1 : 0;
    for (uint32_t next = at, place; next >= first; next = place - 1) {
        place = gaps->previous[next];
        if (!place || place + GAP_TOKENS <= first) break;
        const uint32_t start = place > first ? place : first;
        const uint32_t end = next < place + GAP_TOKENS ? next + 1 : place + GAP_TOKENS;
        if (start >= end) continue;
        gaps->changes[start]++;
        gaps->changes[end]--;
    }
}

static decant_status gaps_open(Gaps *gaps, const Document *document) {
    const size_t count = document->token_count;
    uint32_t *last = arena_array(document->arena, document->word_type_count, sizeof *last);
    gaps->previous = arena_take(document->arena, count, sizeof *gaps->previous);
    gaps->changes = arena_array(document->arena, count + 1, sizeof *gaps->changes);
    if (!last || !gaps->previous || !gaps->changes) return DECANT_NO_MEMORY;
    for (uint32_t at = 0; at < count; at++) {
        const uint32_t type = TOKEN_TYPE(document->tokens[at]), place = last[type];
        gaps->previous[at] = place;
        last[type] = at + 1;
        if (place && at - place < 2 * GAP_TOKENS) enter_word(gaps, at);
    }
    return DECANT_OK;
}

/* Of the GAP_TOKENS content words after each block's start, how many stand in as many before it. */
static decant_status judge_breaks(const Document *document) {
    Gaps gaps;
    if (gaps_open(&gaps, document)) return DECANT_NO_MEMORY;
    int32_t shared = 0;
    int16_t *before = NULL; /* the evidence of the block before */
    for (uint32_t i = 0, at = 0; i < document->block_count; i++) {
        const Block *block = &document->blocks[i];
        int16_t *evidence = document->blocks[i].evidence;
        while (at <= block->first_token) shared += gaps.changes[at++];
        uint32_t left = (uint32_t)document->token_count - block->first_token;
        int16_t carry = share((uint32_t)shared, left < GAP_TOKENS ? left : GAP_TOKENS);
        evidence[EVIDENCE_BREAK_BEFORE] = before ? carry : -1;
        evidence[EVIDENCE_BREAK_AFTER] = -1;
        if (before) before[EVIDENCE_BREAK_AFTER] = carry;
        before = evidence;
    }
    return DECANT_OK;
}

static decant_status judge(Document *document) {
    decant_status status = judge_lines(document);
    if (!status) status = judge_gaps(document);
    if (!status) status = judge_breaks(document);
    return status;
}

const Filter filter_bleed = {
    .name = "bleed", .summary = "prose whose words and names stand nowhere else", .judge = judge};
