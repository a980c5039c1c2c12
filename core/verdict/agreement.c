/* SPDX-License-Identifier: MIT
 * agreement.c - compares what blocks, and some blocks together, are about: by the squares of the
 * cosines of sums of their words' vectors, permille, below 0 where the cosines are. What the whole
 * document is about may be taken off each sum: blocks of one site are about much the same, and
 * differ in the rest. */
#include "verdict/agreement.h"

#include "document/stretch.h"

/* They rise. */
static const uint8_t reaches[REACH_COUNT] = {
#define X(reach, name) reach,
    AGREEMENT_REACHES(X)
#undef X
};

/* ---- directions ------------------------------------------------------------------------------ */

/* A sum cut down to DIRECTION_BITS and a sign, and the square of its length: somewhat more than it
 * is, so that a word or two agree with nothing much. */
typedef struct Direction {
    int16_t at[VECTOR_SIZE];
    int32_t square;
} Direction;

enum {
    DIRECTION_BITS = 10,
    FINER_BITS = 6,  /* of what is left without the document's mean */
    FEW_BITS = 2 * 6 /* the square of half a word's vector, or so */
};

_Static_assert(2 * DIRECTION_BITS + 5 < 30 && VECTOR_SIZE <= 1 << 5 &&
                   FEW_BITS + 2 * FINER_BITS < 30,
               "squares fit 31 bits");

/* The direction of a sum, in the 1 << `finer`-th part of the unit of vectors. */
static Direction direct(const TopicSum *sum, int finer) {
    const int shift = max_int(topic_bits(sum) - DIRECTION_BITS, 0);
    Direction direction;
    int32_t square = 0;
    for (int i = 0; i < VECTOR_SIZE; i++) {
        direction.at[i] = (int16_t)(sum->at[i] >> shift);
        square += direction.at[i] * direction.at[i];
    }
    const int few = FEW_BITS + 2 * (finer - shift);
    direction.square = square + (few > 0 ? 1 << few : 1);
    return direction;
}

static TopicSum between(const TopicSum *from, const TopicSum *to) {
    TopicSum sum;
    for (int i = 0; i < VECTOR_SIZE; i++) sum.at[i] = to->at[i] - from->at[i];
    return sum;
}

static int16_t agreement(const Direction *a, const Direction *b) {
    int32_t product = 0;
    for (int i = 0; i < VECTOR_SIZE; i++) product += a->at[i] * b->at[i];
    const int64_t square = (int64_t)product * (product < 0 ? -product : product);
    return (int16_t)(square * 1000 / ((int64_t)a->square * b->square));
}

/* ---- what stands beside ---------------------------------------------------------------------- */

/* What blocks are compared by. */
typedef struct Look {
    const Topics *topics;
    const TopicSum *sums; /* of what the blocks before each say */
    size_t count;         /* blocks */
    bool is_centred;      /* what the whole document is about is taken off */
    TopicSum mean;        /* of a word in the document, finer by FINER_BITS */
    Direction *own;       /* of each block */
    Direction *windows;   /* of some blocks before each, and before as many behind the last */
} Look;

/* What blocks first to end (exclusive) are about. */
static Direction look_at(const Look *look, size_t first, size_t end) {
    TopicSum sum = between(&look->sums[first], &look->sums[end]);
    if (!look->is_centred) return direct(&sum, 0);
    const int32_t words = (int32_t)topics_words(look->topics, first, end);
    for (int i = 0; i < VECTOR_SIZE; i++)
        sum.at[i] = sum.at[i] * (1 << FINER_BITS) - look->mean.at[i] * words;
    return direct(&sum, FINER_BITS);
}

static decant_status open_look(Look *look, const Topics *topics, const Document *document) {
    Arena *arena = document->arena;
    const size_t count = document->block_count;
    const size_t windows = count + reaches[REACH_COUNT - 1] + 1u;
    const int64_t words = max_int((int)topics_words(topics, 0, count), 1);
    *look = (Look){.topics = topics,
                   .sums = topics_sum_up(document),
                   .count = count,
                   .own = arena_take(arena, count, sizeof *look->own),
                   .windows = arena_take(arena, windows, sizeof *look->windows)};
    if (!look->sums || !look->own || !look->windows) return DECANT_NO_MEMORY;
    for (int i = 0; i < VECTOR_SIZE; i++)
        look->mean.at[i] = (int32_t)(look->sums[count].at[i] * ((int64_t)1 << FINER_BITS) / words);
    return DECANT_OK;
}

/* Compares each block with `reach` blocks before and after it, and what begins with it with what
 * stands before. */
static void compare_within(const Look *look, size_t reach, size_t column, AgreementRow *rows) {
    const size_t count = look->count;
    Direction *windows = look->windows;
    for (size_t i = 0; i <= count + reach; i++)
        windows[i] = look_at(look, i > reach ? i - reach : 0, i < count ? i : count);
    for (size_t i = 0; i < count; i++) {
        int16_t *row = rows[i] + column;
        row[RING_BEFORE] = agreement(&look->own[i], &windows[i]);
        row[RING_AFTER] = agreement(&look->own[i], &windows[i + reach + 1]);
        row[RING_BORDER] = agreement(&windows[i], &windows[i + reach]);
    }
}

static void compare_beside(Look *look, bool is_centred, size_t column, AgreementRow *rows) {
    look->is_centred = is_centred;
    for (size_t i = 0; i < look->count; i++) look->own[i] = look_at(look, i, i + 1);
    for (size_t i = 0; i < REACH_COUNT; i++, column += RING_COUNT)
        compare_within(look, reaches[i], column, rows);
}

/* ---- the rest of the document ---------------------------------------------------------------- */

/* How blocks first to end (exclusive) agree with all others, of `count`. */
static int16_t agree_with_rest(const TopicSum *sums, size_t count, size_t first, size_t end) {
    const TopicSum inside = between(&sums[first], &sums[end]);
    const TopicSum outside = between(&inside, &sums[count]);
    const Direction a = direct(&inside, 0), b = direct(&outside, 0);
    return agreement(&a, &b);
}

static void compare_with_rest(const Look *look, AgreementRow *rows) {
    const Topics *topics = look->topics;
    const TopicSum *sums = look->sums;
    const size_t count = look->count;
    for (size_t i = 0; i < count; i++) {
        int16_t *row = rows[i];
        row[AGREEMENT_REST] = agree_with_rest(sums, count, i, i + 1);
        row[AGREEMENT_CUT] = agree_with_rest(sums, count, 0, i);
        row[AGREEMENT_CUT_EXPLAINS] = topics_column(topics, topics_explained(topics, 0, i));
        row[AGREEMENT_CUT_SHARE] = topics_share(topics, topics_explained(topics, 0, i));
        row += AGREEMENT_COUNT;
        for (size_t k = 0; k < REACH_COUNT; k++, row += RING_COUNT) {
            const Stretch near = stretch_around(i, reaches[k], count);
            const int64_t explained = topics_explained(topics, near.first, near.end);
            row[RING_REST] = agree_with_rest(sums, count, near.first, near.end);
            row[RING_EXPLAINS] = topics_column(topics, explained);
            row[RING_SHARE] = topics_share(topics, explained);
        }
    }
}

AgreementRow *agreement_measure(const Document *document, const Topics *topics) {
    Arena *arena = document->arena;
    AgreementRow *rows = arena_take(arena, document->block_count, sizeof *rows);
    const ArenaMark mark = arena_mark(arena);
    Look look;
    if (!rows || open_look(&look, topics, document)) return NULL;
    compare_beside(&look, false, AGREEMENT_COUNT + RING_BEFORE, rows);
    compare_beside(&look, true, AGREEMENT_COUNT + RING_BEFORE_APART, rows);
    compare_with_rest(&look, rows);
    arena_rewind(arena, mark);
    return rows;
}
