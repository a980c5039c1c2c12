/* SPDX-License-Identifier: MIT
 * test_net.c - reading nets, good and bad; scores against sums that follow net.h word by word. */
#include "models/net.h"

#include "refusing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum {
    INPUTS = 3,
    WIDTH = NET_LANES,
    LAYERS = 2,
    COLUMNS = 5,
    CUTS = 2,
    INPUT_WORDS = 2 + CUTS + CUTS + 1,
    DILATIONS = 3 + INPUTS * INPUT_WORDS, /* where these stand */
    FIRST = DILATIONS + LAYERS,
    LAYER = FIRST + WIDTH + WIDTH * INPUTS / 2,
    LAYER_WORDS = WIDTH + 5 * WIDTH * WIDTH / 2,
    LAST = LAYER + LAYERS * LAYER_WORDS,
    WORDS = LAST + 1 + WIDTH,
    WHOLE = WORDS, /* what documents are told by */
    ALL_WORDS = WHOLE + 1 + 3 * WIDTH / 2,
    MOST_BLOCKS = 80
};

static const int16_t columns_read[INPUTS] = {4, 0, 2};
static const int32_t dilations[LAYERS] = {1, 3};

/* Numbers that look drawn, the same each time. */
static int32_t draw(uint32_t *state, int32_t most) {
    *state = *state * 1664525u + 1013904223u;
    return (int32_t)(*state >> 8) % (2 * most + 1) - most;
}

/* A weight in either half of a word. */
static int32_t draw_pair(uint32_t *state, int32_t most) {
    const uint32_t low = (uint32_t)draw(state, most) & 0xFFFF;
    return (int32_t)(low | (uint32_t)draw(state, most) << 16);
}

static void write_net(int32_t words[ALL_WORDS]) {
    uint32_t state = 7;
    size_t at = 0;
    words[at++] = INPUTS, words[at++] = WIDTH, words[at++] = LAYERS;
    for (int32_t i = 0; i < INPUTS; i++) {
        const int32_t input[] = {columns_read[i], CUTS, -10 * i, 20 + i, -700, 90 * i, 1024};
        memcpy(words + at, input, sizeof input);
        at += INPUT_WORDS;
    }
    for (size_t i = 0; i < LAYERS; i++) words[at++] = dilations[i];
    for (size_t i = 0; i < WIDTH; i++) words[at++] = draw(&state, 1 << 19);
    for (size_t i = 0; i < WIDTH * INPUTS / 2; i++) words[at++] = draw_pair(&state, 4000);
    for (size_t layer = 0; layer < LAYERS; layer++) {
        for (size_t i = 0; i < WIDTH; i++) words[at++] = draw(&state, 1 << 19);
        for (size_t i = 0; i < 5 * WIDTH * WIDTH / 2; i++) words[at++] = draw_pair(&state, 1500);
    }
    words[at++] = -12345;
    for (size_t i = 0; i < WIDTH; i++) words[at++] = draw_pair(&state, 3000);
    assert_int_equal(at, WORDS);
    words[at++] = 54321;
    for (size_t i = 0; i < 3 * WIDTH / 2; i++) words[at++] = draw_pair(&state, 2000);
    assert_int_equal(at, ALL_WORDS);
}

/* Reads words that lie in memory of their own size. */
static decant_status read_words(Net *net, Arena *arena, const int32_t *words, size_t count,
                                size_t columns) {
    int32_t *exact = malloc(count ? count * sizeof *exact : 1);
    assert_non_null(exact);
    if (count) memcpy(exact, words, count * sizeof *exact);
    const decant_status status = net_read(net, arena, exact, count, columns);
    free(exact);
    return status;
}

static void expect_read(const int32_t *words, size_t count, size_t columns, decant_status status) {
    Arena arena;
    Net net;
    arena_init(&arena, allocator_default());
    assert_int_equal(read_words(&net, &arena, words, count, columns), status);
    if (status) assert_int_equal(net.width, 0);
    arena_done(&arena);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void words_that_end_early_or_late_are_refused(void **state) {
    (void)state;
    int32_t words[ALL_WORDS + 1] = {0};
    write_net(words);
    for (size_t count = 0; count <= ALL_WORDS + 1; count++)
        expect_read(words, count, COLUMNS,
                    count == WORDS || count == ALL_WORDS ? DECANT_OK : DECANT_BAD_MODEL);
}

static void numbers_out_of_range_are_refused(void **state) {
    (void)state;
    static const struct {
        size_t word;
        int32_t value;
    } bad[] = {{0, 0},
               {0, -1},
               {0, NET_MAX_INPUTS + 1},
               {1, 0},
               {1, WIDTH + 1},
               {1, 2 * WIDTH},
               {1, INT32_MAX},
               {2, 0},
               {2, LAYERS + 1},
               {2, INT32_MIN},
               {3, -1},
               {3, COLUMNS},
               {4, -1},
               {4, NET_CUTS + 1},
               {5, 20},
               {5, INT16_MIN - 1},
               {6, -5},
               {7, -1025},
               {9, 1025},
               {DILATIONS, 0},
               {DILATIONS, NET_MAX_DILATION + 1}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int32_t words[ALL_WORDS];
        write_net(words);
        words[bad[i].word] = bad[i].value;
        expect_read(words, WORDS, COLUMNS, DECANT_BAD_MODEL);
    }
}

static void a_net_reads_no_column_that_its_reader_lacks(void **state) {
    (void)state;
    int32_t words[ALL_WORDS];
    write_net(words);
    expect_read(words, WORDS, COLUMNS - 1, DECANT_BAD_MODEL);
    expect_read(words, WORDS, COLUMNS + 1, DECANT_OK);
}

static void sums_that_could_overflow_are_refused(void **state) {
    (void)state;
    static const size_t biases[] = {FIRST, LAYER, LAYER + LAYER_WORDS, LAST, WHOLE};
    for (size_t i = 0; i < sizeof biases / sizeof *biases; i++) {
        int32_t words[ALL_WORDS];
        write_net(words);
        words[biases[i]] = INT32_MAX;
        expect_read(words, ALL_WORDS, COLUMNS, DECANT_BAD_MODEL);
        words[biases[i]] = INT32_MIN;
        expect_read(words, ALL_WORDS, COLUMNS, DECANT_BAD_MODEL);
    }
    for (size_t layer = 0; layer < LAYERS; layer++) {
        int32_t words[ALL_WORDS];
        write_net(words);
        int32_t *row = words + LAYER + layer * LAYER_WORDS + WIDTH;
        for (size_t i = 0; i < 3 * WIDTH / 2; i++) row[i] = (int32_t)0x7FFF7FFF;
        expect_read(words, ALL_WORDS, COLUMNS, DECANT_BAD_MODEL);
    }
}

static void refused_memory_is_told(void **state) {
    (void)state;
    Arena arena;
    Net net;
    int32_t words[ALL_WORDS];
    write_net(words);
    arena_init(&arena, &refusing);
    assert_int_equal(net_read(&net, &arena, words, WORDS, COLUMNS), DECANT_NO_MEMORY);
    arena_done(&arena);
}

/* ---- scores --------------------------------------------------------------------------------- */

static int64_t weight_at(const int32_t *pairs, size_t i) {
    const uint32_t word = (uint32_t)pairs[i / 2];
    return (int16_t)(i % 2 ? word >> 16 : word & 0xFFFF);
}

static int64_t clipped(int64_t sum, int64_t unit, int64_t before) {
    const int64_t value = before + (sum > 0 ? sum / unit : 0);
    return value < 16 * 512 ? value : 16 * 512;
}

typedef struct Hidden {
    int64_t of[MOST_BLOCKS][WIDTH];
} Hidden;

static void begin_by_hand(const int32_t *words, const int16_t (*rows)[COLUMNS], size_t count,
                          Hidden *ret) {
    for (size_t i = 0; i < count; i++) {
        int64_t levels[INPUTS];
        for (size_t f = 0; f < INPUTS; f++) {
            const int32_t *input = words + 3 + f * INPUT_WORDS;
            const int16_t value = rows[i][input[0]];
            levels[f] = value <= input[2] ? input[4] : value <= input[3] ? input[5] : input[6];
        }
        for (size_t k = 0; k < WIDTH; k++) {
            int64_t sum = words[FIRST + k];
            for (size_t f = 0; f < INPUTS; f++)
                sum += weight_at(words + FIRST + WIDTH, k * INPUTS + f) * levels[f];
            ret->of[i][k] = clipped(sum, 1024, 0);
        }
    }
}

/* Means by words, then by blocks. */
static void means_by_hand(const Hidden *hidden, const uint32_t *block_words, size_t count,
                          int64_t means[2 * WIDTH]) {
    int64_t all = 0;
    for (size_t k = 0; k < 2 * WIDTH; k++) means[k] = 0;
    for (size_t i = 0; i < count; i++) {
        const int64_t weight = root((uint64_t)(block_words[i] ? block_words[i] : 1) * 256);
        all += weight;
        for (size_t k = 0; k < WIDTH; k++) {
            means[k] += hidden->of[i][k] * weight;
            means[WIDTH + k] += hidden->of[i][k];
        }
    }
    for (size_t k = 0; k < WIDTH; k++) means[k] /= all, means[WIDTH + k] /= (int64_t)count;
}

static void layer_by_hand(const int32_t *layer, int64_t dilation, const uint32_t *block_words,
                          size_t count, Hidden *hidden) {
    static Hidden before;
    int64_t means[2 * WIDTH];
    before = *hidden;
    means_by_hand(&before, block_words, count, means);
    const int32_t *window = layer + WIDTH, *over_means = window + 3 * WIDTH * WIDTH / 2;
    for (int64_t i = 0; i < (int64_t)count; i++)
        for (size_t k = 0; k < WIDTH; k++) {
            int64_t sum = layer[k];
            for (int64_t part = 0; part < 3; part++) {
                const int64_t beside = i + (part - 1) * dilation;
                if (beside < 0 || beside >= (int64_t)count) continue;
                for (size_t in = 0; in < WIDTH; in++)
                    sum += weight_at(window, k * 3 * WIDTH + (size_t)part * WIDTH + in) *
                           before.of[beside][in];
            }
            for (size_t in = 0; in < 2 * WIDTH; in++)
                sum += weight_at(over_means, k * 2 * WIDTH + in) * means[in];
            hidden->of[i][k] = clipped(sum, 2048, before.of[i][k]);
        }
}

static int32_t whole_by_hand(const int32_t *words, const Hidden *hidden,
                             const uint32_t *block_words, size_t count) {
    int64_t values[3 * WIDTH] = {0}, sum = words[WHOLE];
    means_by_hand(hidden, block_words, count, values);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < WIDTH; k++)
            if (hidden->of[i][k] > values[2 * WIDTH + k]) values[2 * WIDTH + k] = hidden->of[i][k];
    for (size_t k = 0; k < 3 * WIDTH; k++) sum += weight_at(words + WHOLE + 1, k) * values[k];
    return (int32_t)(sum / 1024);
}

/* What is told of the whole document. */
static int32_t score_by_hand(const int32_t *words, const int16_t (*rows)[COLUMNS],
                             const uint32_t *block_words, size_t count, int32_t *scores) {
    static Hidden begun, hidden;
    begin_by_hand(words, rows, count, &begun);
    hidden = begun;
    for (size_t i = 0; i < LAYERS; i++)
        layer_by_hand(words + LAYER + i * LAYER_WORDS, dilations[i], block_words, count, &hidden);
    for (size_t i = 0; i < count; i++) {
        int64_t sum = words[LAST];
        for (size_t k = 0; k < WIDTH; k++)
            sum += weight_at(words + LAST + 1, k) * hidden.of[i][k] +
                   weight_at(words + LAST + 1, WIDTH + k) * begun.of[i][k];
        scores[i] = (int32_t)(sum / 1024);
    }
    return whole_by_hand(words, &hidden, block_words, count);
}

/* Rows enter a batch at a time, the last of which is not full. */
static int32_t score_with(const Net *net, Arena *arena, const int16_t (*rows)[COLUMNS],
                          const uint32_t *block_words, size_t count, int32_t *scores) {
    NetPass *pass = net_open(net, arena, count);
    assert_non_null(pass);
    for (size_t first = 0; first < count; first += FOREST_BATCH) {
        const size_t some = count - first < FOREST_BATCH ? count - first : FOREST_BATCH;
        Column columns[COLUMNS];
        for (size_t f = 0; f < COLUMNS; f++)
            for (size_t i = 0; i < FOREST_BATCH; i++)
                columns[f].values[i] = rows[first + (i < some ? i : 0)][f];
        net_enter(pass, columns, some, block_words + first);
    }
    return net_score(pass, scores);
}

static void scores_are_the_sums_that_the_header_tells(void **state) {
    (void)state;
    static const size_t counts[] = {1, 2, 3, 5, 31, 32, 33, 64, 79};
    int32_t words[ALL_WORDS];
    uint32_t seed = 3;
    write_net(words);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        int16_t rows[MOST_BLOCKS][COLUMNS];
        uint32_t block_words[MOST_BLOCKS];
        int32_t scores[MOST_BLOCKS], expected[MOST_BLOCKS];
        Arena arena;
        Net net;
        for (size_t block = 0; block < counts[i]; block++) {
            for (size_t f = 0; f < COLUMNS; f++) rows[block][f] = (int16_t)draw(&seed, 40);
            block_words[block] = (uint32_t)(draw(&seed, 30) + 30);
        }
        arena_init(&arena, allocator_default());
        assert_int_equal(read_words(&net, &arena, words, ALL_WORDS, COLUMNS), DECANT_OK);
        const int32_t whole = score_with(&net, &arena, (const int16_t(*)[COLUMNS])rows, block_words,
                                         counts[i], scores);
        assert_int_equal(whole, score_by_hand(words, (const int16_t(*)[COLUMNS])rows, block_words,
                                              counts[i], expected));
        for (size_t block = 0; block < counts[i]; block++)
            assert_int_equal(scores[block], expected[block]);
        assert_true(counts[i] < 3 || scores[0] != scores[2]);
        arena_done(&arena);
    }
}

static void a_net_may_tell_of_blocks_alone(void **state) {
    (void)state;
    static const int16_t rows[1][COLUMNS] = {{1, 2, 3, 4, 5}};
    int32_t words[ALL_WORDS], score = 0, same = 0;
    const uint32_t block_words = 7;
    Arena arena;
    Net net;
    write_net(words);
    arena_init(&arena, allocator_default());
    assert_int_equal(read_words(&net, &arena, words, ALL_WORDS, COLUMNS), DECANT_OK);
    assert_int_not_equal(score_with(&net, &arena, rows, &block_words, 1, &score), 0);
    assert_int_equal(read_words(&net, &arena, words, WORDS, COLUMNS), DECANT_OK);
    assert_int_equal(score_with(&net, &arena, rows, &block_words, 1, &same), 0);
    assert_int_equal(same, score);
    arena_done(&arena);
}

static void a_document_without_blocks_has_no_scores(void **state) {
    (void)state;
    int32_t words[ALL_WORDS], none = 42;
    Arena arena;
    Net net;
    write_net(words);
    arena_init(&arena, allocator_default());
    assert_int_equal(read_words(&net, &arena, words, ALL_WORDS, COLUMNS), DECANT_OK);
    assert_int_equal(score_with(&net, &arena, NULL, NULL, 0, &none), 0);
    assert_int_equal(none, 42);
    arena_done(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_end_early_or_late_are_refused),
        cmocka_unit_test(numbers_out_of_range_are_refused),
        cmocka_unit_test(a_net_reads_no_column_that_its_reader_lacks),
        cmocka_unit_test(sums_that_could_overflow_are_refused),
        cmocka_unit_test(refused_memory_is_told),
        cmocka_unit_test(scores_are_the_sums_that_the_header_tells),
        cmocka_unit_test(a_net_may_tell_of_blocks_alone),
        cmocka_unit_test(a_document_without_blocks_has_no_scores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
