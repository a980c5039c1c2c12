/* SPDX-License-Identifier: MIT
 * topics.c - compares runs with the rest, by sums of vectors over the blocks before each.
 *
 * Sums are cut down to 12 bits and a sign, by one factor for the whole document, so that the
 * product of two differences of them fits 32 bits: 32 times (2^13 - 1)^2 at most. */
#include "verdict/topics.h"

enum {
    BLOCK_WORDS = 64, /* looked up of a block: sums of all blocks stay below 2^28 */
    SUM_BITS = 12,
    FINER = 16, /* what is explained, in FINER-ths of the square of the unit of cut down sums */
    FEW = 2     /* words that each side is counted to have besides, so that no word is a topic */
};

_Static_assert((int)BLOCK_WORDS <= (int)VECTOR_WORDS, "a block's sum fits a vector");

typedef struct Sum {
    int16_t at[VECTOR_SIZE];
} Sum;

struct Topics {
    size_t count;    /* blocks */
    Sum *sums;       /* of the blocks before each; count + 1 */
    uint32_t *words; /* likewise */
    int64_t *cuts;   /* what a cut before each block explains; 0 at the ends */
    int64_t best;    /* cut */
    int64_t square;  /* of the length of the whole's sum */
    int64_t scatter; /* what it explains by itself */
    int shift;       /* by which sums are cut down */
};

static Sum between(const Sum *from, const Sum *to) {
    Sum sum;
    for (int i = 0; i < VECTOR_SIZE; i++) sum.at[i] = (int16_t)(to->at[i] - from->at[i]);
    return sum;
}

static int32_t product(const Sum *a, const Sum *b) {
    int32_t sum = 0;
    for (int i = 0; i < VECTOR_SIZE; i++) sum += a->at[i] * b->at[i];
    return sum;
}

/* ---- sums ------------------------------------------------------------------------------------ */

/* How many words of a block are looked up. */
static uint32_t count_words(const Block *block) {
    return block->token_count < BLOCK_WORDS ? block->token_count : BLOCK_WORDS;
}

static uint32_t hash_at(const Document *document, size_t token) {
    return document->word_types[TOKEN_TYPE(document->tokens[token])].hash;
}

static void add_block(const Document *document, const Block *block, TopicSum *sum) {
    enum { AHEAD = 16 };
    const size_t first = block->first_token, count = count_words(block);
    Vector vector = {0};
    for (size_t i = first; i < first + count; i++) {
        if (i + AHEAD < document->token_count) vector_await(hash_at(document, i + AHEAD));
        vector_add(&vector, hash_at(document, i));
    }
    for (int i = 0; i < VECTOR_SIZE; i++) sum->at[i] += vector.at[i];
}

TopicSum *topics_sum_up(const Document *document) {
    const size_t count = document->block_count;
    TopicSum *sums = arena_take(document->arena, count + 1, sizeof *sums);
    if (!sums) return NULL;
    sums[0] = (TopicSum){0};
    for (size_t i = 0; i < count; i++) {
        sums[i + 1] = sums[i];
        add_block(document, &document->blocks[i], &sums[i + 1]);
    }
    return sums;
}

/* By how many bits the sums must be cut down. */
static int find_shift(const TopicSum *sums, size_t count) {
    int bits = 1;
    for (size_t i = 0; i < count; i++) bits = max_int(bits, topic_bits(&sums[i]));
    return max_int(bits - SUM_BITS, 0);
}

static void cut_down(Topics *topics, const TopicSum *sums) {
    topics->shift = find_shift(sums, topics->count + 1);
    for (size_t i = 0; i <= topics->count; i++)
        for (int k = 0; k < VECTOR_SIZE; k++)
            topics->sums[i].at[k] = (int16_t)(sums[i].at[k] >> topics->shift);
}

static bool open_sums(Topics *topics, Arena *arena) {
    topics->sums = arena_take(arena, topics->count + 1, sizeof *topics->sums);
    topics->words = arena_array(arena, topics->count + 1, sizeof *topics->words);
    topics->cuts = arena_array(arena, topics->count + 1, sizeof *topics->cuts);
    return topics->sums && topics->words && topics->cuts;
}

static bool sum_up(Topics *topics, const Document *document) {
    if (!open_sums(topics, document->arena)) return false;
    for (size_t i = 0; i < topics->count; i++)
        topics->words[i + 1] = topics->words[i] + count_words(&document->blocks[i]);
    const ArenaMark mark = arena_mark(document->arena);
    const TopicSum *sums = topics_sum_up(document);
    if (!sums) return false;
    cut_down(topics, sums);
    arena_rewind(document->arena, mark);
    return true;
}

uint32_t topics_words(const Topics *topics, size_t first, size_t end) {
    return topics->words[end] - topics->words[first];
}

/* ---- what runs explain ----------------------------------------------------------------------- */

/* A run and the rest: their words, the squares of the lengths of their sums, and the product of
 * these. */
typedef struct Parting {
    uint32_t words, others;
    int64_t inner, outer, both;
} Parting;

static Parting part(const Topics *topics, size_t first, size_t end) {
    const Sum inside = between(&topics->sums[first], &topics->sums[end]);
    const uint32_t words = topics_words(topics, first, end);
    const int64_t inner = product(&inside, &inside);
    const int64_t both = product(&inside, &topics->sums[topics->count]) - inner;
    return (Parting){.words = words,
                     .others = topics->words[topics->count] - words,
                     .inner = inner,
                     .outer = topics->square - 2 * both - inner,
                     .both = both};
}

static int64_t explained(const Topics *topics, const Parting *parting) {
    if (!parting->words || !parting->others) return 0;
    return parting->inner * FINER / (parting->words + FEW) +
           parting->outer * FINER / (parting->others + FEW) - topics->scatter;
}

static int64_t count_explained(const Topics *topics, size_t first, size_t end) {
    const Parting parting = part(topics, first, end);
    return explained(topics, &parting);
}

/* A run at either end of the document is a cut, and known. */
int64_t topics_explained(const Topics *topics, size_t first, size_t end) {
    if (first == 0) return topics->cuts[end];
    if (end == topics->count) return topics->cuts[first];
    return count_explained(topics, first, end);
}

Topics *topics_open(const Document *document) {
    Topics *topics = arena_array(document->arena, 1, sizeof *topics);
    if (!topics) return NULL;
    topics->count = document->block_count;
    if (!sum_up(topics, document)) return NULL;
    const Sum *all = &topics->sums[topics->count];
    topics->square = product(all, all);
    topics->scatter = topics->square * FINER / (topics->words[topics->count] + 2 * FEW);
    for (size_t i = 1; i < topics->count; i++) {
        topics->cuts[i] = count_explained(topics, 0, i);
        if (topics->cuts[i] > topics->best) topics->best = topics->cuts[i];
    }
    return topics;
}

int16_t topics_column(const Topics *topics, int64_t explained) {
    enum { UNIT_BITS = 10 };
    const int bits = 2 * topics->shift - UNIT_BITS;
    if (bits <= 0) return clamp16(explained / (1 << -bits));
    return clamp16(clamp16(explained) * ((int64_t)1 << bits));
}

/* Explained without meaning anything. */
static int64_t little(const Topics *topics) {
    enum { LITTLE = 640 }; /* 64ths of the unit of columns */
    return (LITTLE * FINER >> 2 * topics->shift) + 1;
}

int16_t topics_share(const Topics *topics, int64_t explained) {
    return clamp16(explained * 1000 / (topics->best + little(topics)));
}

/* The most that runs explain which begin or end some blocks earlier or later. */
static int64_t best_beside(const Topics *topics, size_t first, size_t end) {
    enum { REACH = 4 };
    int64_t best = INT64_MIN;
    for (size_t by = 1; by <= REACH; by++) {
        const int64_t others[] = {
            first >= by ? topics_explained(topics, first - by, end) : INT64_MIN,
            end + by <= topics->count ? topics_explained(topics, first, end + by) : INT64_MIN,
            first + by < end ? topics_explained(topics, first + by, end) : INT64_MIN,
            first + by < end ? topics_explained(topics, first, end - by) : INT64_MIN};
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            if (others[i] > best) best = others[i];
    }
    return best;
}

void topics_measure(const Topics *topics, size_t first, size_t end, int16_t row[TOPIC_COUNT]) {
    enum { SMALL = 5 }; /* words besides, so that no few explain much each */
    const Parting parting = part(topics, first, end);
    const int64_t explains = explained(topics, &parting), best = best_beside(topics, first, end);
    const uint32_t fewer = parting.words < parting.others ? parting.words : parting.others;
    const int64_t lengths = (int64_t)root((uint64_t)parting.inner) * root((uint64_t)parting.outer);
    row[TOPIC_ALIKE] = clamp16(parting.both * 1000 / (lengths + 1));
    row[TOPIC_EXPLAINS] = topics_column(topics, explains);
    row[TOPIC_EXPLAINS_WORD] = topics_column(topics, explains * 100 / (fewer + SMALL));
    row[TOPIC_EXPLAINS_LESS] =
        best > explains
            ? clamp16((best - explains) * 1000 / ((explains > 0 ? explains : 0) + little(topics)))
            : 0;
    row[TOPIC_EXPLAINS_SHARE] = topics_share(topics, explains);
    row[TOPIC_CUT_BEFORE] = topics_column(topics, topics->cuts[first]);
    row[TOPIC_CUT_AFTER] = topics_column(topics, topics->cuts[end]);
}
