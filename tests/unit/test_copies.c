/* SPDX-License-Identifier: MIT
 * test_copies.c - which copies of a text are made noise. */
#include "verdict/copies.h"

#include "refusing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT = 1024, NOISE = 3 * 512, MOST_BLOCKS = 8, WORDS = 8 };

#define KEEPERS "Two keepers row out to it at dusk"
#define SAILORS "Two sailors row out to it at dusk"

/* A block. */
typedef struct Piece {
    const char *text;
    int32_t score;
    int less;       /* words than WORDS */
    int copies;     /* besides those that there are */
    Evidence place; /* what it stands in; 0: nothing that counts */
    int16_t up;     /* so many elements up; 0: one */
} Piece;

static int count_copies(const Piece *pieces, size_t count, const char *text) {
    int copies = 0;
    for (size_t i = 0; i < count; i++) copies += strcmp(pieces[i].text, text) == 0;
    return copies;
}

static decant_status settle(const Piece *pieces, size_t count, const decant_allocator *allocator,
                            int32_t *scores) {
    static int16_t evidence[MOST_BLOCKS][EVIDENCE_COUNT];
    Block blocks[MOST_BLOCKS] = {0};
    Arena arena;
    arena_init(&arena, allocator);
    memset(evidence, 0, sizeof evidence);
    for (size_t i = 0; i < count; i++) {
        const Piece *piece = &pieces[i];
        evidence[i][EVIDENCE_COPIES] =
            (int16_t)(count_copies(pieces, count, piece->text) + piece->copies);
        if (piece->place) evidence[i][piece->place] = piece->up ? piece->up : 1;
        blocks[i].text = (Str){(const uint8_t *)piece->text, strlen(piece->text)};
        blocks[i].shape.words = (uint16_t)(WORDS - piece->less);
        blocks[i].evidence = evidence[i];
        scores[i] = piece->score;
    }
    const Document document = {.arena = &arena, .blocks = blocks, .block_count = count};
    const decant_status status = copies_settle(&document, scores);
    arena_done(&arena);
    return status;
}

/* Where the bits of `gone` are set, blocks are noise; the others keep their scores. */
static void expect(const Piece *pieces, size_t count, unsigned gone) {
    int32_t scores[MOST_BLOCKS];
    assert_int_equal(settle(pieces, count, allocator_default(), scores), DECANT_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(scores[i], gone >> i & 1 ? NOISE : pieces[i].score);
}

#define EXPECT(gone, ...)                                                                          \
    expect((const Piece[]){__VA_ARGS__}, sizeof(Piece[]){__VA_ARGS__} / sizeof(Piece), gone)

static void of_copies_the_surest_stays(void **state) {
    (void)state;
    EXPECT(1 << 0 | 1 << 2, {.text = KEEPERS, .score = -UNIT},
           {.text = KEEPERS, .score = -2 * UNIT}, {.text = KEEPERS, .score = 0});
}

static void of_copies_as_sure_the_first_stays(void **state) {
    (void)state;
    EXPECT(1 << 1, {.text = KEEPERS, .score = -UNIT}, {.text = KEEPERS, .score = -UNIT});
}

static void each_text_has_its_own_copies(void **state) {
    (void)state;
    EXPECT(1 << 1 | 1 << 2, {.text = KEEPERS, .score = -2 * UNIT},
           {.text = SAILORS, .score = -UNIT}, {.text = KEEPERS, .score = -UNIT},
           {.text = SAILORS, .score = -2 * UNIT});
}

static void what_is_noise_already_is_not_made_less(void **state) {
    (void)state;
    EXPECT(0, {.text = KEEPERS, .score = -UNIT}, {.text = KEEPERS, .score = 4 * UNIT});
}

static void what_stands_once_stays(void **state) {
    (void)state;
    EXPECT(0, {.text = KEEPERS, .score = -UNIT}, {.text = SAILORS, .score = -UNIT});
}

/* Evidence of copies passes over case, which may tell texts apart. */
static void other_letters_are_another_text(void **state) {
    (void)state;
    EXPECT(0, {.text = KEEPERS, .copies = 1},
           {.text = "TWO KEEPERS ROW OUT TO IT AT DUSK", .copies = 1});
}

static void few_words_may_come_back(void **state) {
    (void)state;
    EXPECT(0, {.text = KEEPERS, .less = 4}, {.text = KEEPERS, .less = 4});
}

static void tables_and_code_repeat_themselves(void **state) {
    (void)state;
    static const Evidence places[] = {EVIDENCE_REGION_TABLE, EVIDENCE_REGION_VERBATIM,
                                      EVIDENCE_REGION_DEFINITIONS};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        EXPECT(0, {.text = KEEPERS, .place = places[i]}, {.text = KEEPERS, .place = places[i]});
    EXPECT(1 << 1, {.text = KEEPERS, .place = EVIDENCE_REGION_QUOTE}, {.text = KEEPERS});
}

static void steps_come_back_in_other_instructions(void **state) {
    (void)state;
    EXPECT(0, {.text = KEEPERS, .place = EVIDENCE_REGION_ITEM, .up = 3},
           {.text = KEEPERS, .place = EVIDENCE_REGION_ITEM});
}

static void what_a_list_item_holds_deep_inside_is_no_step(void **state) {
    (void)state;
    EXPECT(1 << 1, {.text = KEEPERS, .place = EVIDENCE_REGION_ITEM, .up = 4},
           {.text = KEEPERS, .place = EVIDENCE_REGION_ITEM, .up = 4});
}

static void a_page_without_blocks_has_no_copies(void **state) {
    (void)state;
    expect(NULL, 0, 0);
}

static void refused_memory_is_told(void **state) {
    (void)state;
    const Piece piece = {.text = KEEPERS};
    int32_t scores[MOST_BLOCKS];
    assert_int_equal(settle(&piece, 1, &refusing, scores), DECANT_NO_MEMORY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_copies_the_surest_stays),
        cmocka_unit_test(of_copies_as_sure_the_first_stays),
        cmocka_unit_test(each_text_has_its_own_copies),
        cmocka_unit_test(what_is_noise_already_is_not_made_less),
        cmocka_unit_test(what_stands_once_stays),
        cmocka_unit_test(other_letters_are_another_text),
        cmocka_unit_test(few_words_may_come_back),
        cmocka_unit_test(tables_and_code_repeat_themselves),
        cmocka_unit_test(steps_come_back_in_other_instructions),
        cmocka_unit_test(what_a_list_item_holds_deep_inside_is_no_step),
        cmocka_unit_test(a_page_without_blocks_has_no_copies),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("copies", tests, NULL, NULL);
}
