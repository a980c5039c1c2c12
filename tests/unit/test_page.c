/* SPDX-License-Identifier: MIT
 * test_page.c - columns and rows of pages against figures by hand, and what models made by hand
 * decide of them. Rules are the tests' own (part.h). */
#include "verdict/page_features.h"

#include "document/stretch.h"
#include "filters/filter.h"
#include "forge.h"
#include "language/words.h"
#include "part.h"
#include "sheet.h"
#include "verdict/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT = 1024, MOST_BLOCKS = 128, FAR_AWAY = 999, GONE = INT16_MIN };

/* Twelve words, the last with a stop; 25 signs. */
#define PROSE "aa aa aa aa aa aa aa aa aa aa aa aa."

/* ---- names and words ------------------------------------------------------------------------- */

static void every_column_has_a_name_of_its_own(void **state) {
    (void)state;
    size_t count = 0;
    for (; page_column_name(count); count++)
        for (size_t i = 0; i < count; i++)
            assert_string_not_equal(page_column_name(i), page_column_name(count));
    assert_int_equal(count, page_column_count());
    assert_int_equal(count, PAGE_WIDTH);
    assert_null(page_column_name(count + 1));
    assert_null(page_column_name(SIZE_MAX));
}

static void names_are_words_that_logs_and_scripts_can_hold(void **state) {
    (void)state;
    static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";
    for (size_t i = 0; i < page_column_count(); i++) {
        assert_true(strlen(page_column_name(i)) > 0);
        assert_int_equal(strspn(page_column_name(i), signs), strlen(page_column_name(i)));
    }
}

static void columns_stand_in_their_groups(void **state) {
    (void)state;
    for (size_t i = 0; i < EVIDENCE_COUNT; i++)
        assert_string_equal(page_column_name(i), evidence_name(i));
    assert_int_equal(sheet_column("before4.words"), PAGE_COLUMN_NEIGHBOURS);
    assert_int_equal(sheet_column("after4.kin"), PAGE_COLUMN_NEAR - 1);
    assert_int_equal(sheet_column("near3.words"), PAGE_COLUMN_NEAR);
    assert_int_equal(sheet_column("near20.noisy"), PAGE_COLUMN_FLOW - 1);
    assert_int_equal(sheet_column("since_prose"), PAGE_COLUMN_FLOW);
    assert_int_equal(sheet_column("lean"), PAGE_COLUMN_LEANS);
    assert_int_equal(sheet_column("page.blocks"), PAGE_COLUMN_WHOLE);
    assert_int_equal(sheet_column("page.candidate"), PAGE_FIRST_WIDTH - 1);
    assert_int_equal(sheet_column("pass.before8"), PAGE_COLUMN_SCORES);
    assert_int_equal(sheet_column("pass.score"), PAGE_COLUMN_SCORES + PAGE_SCORES_REACH);
    assert_int_equal(sheet_column("pass.near3"), PAGE_COLUMN_PASS);
    assert_int_equal(sheet_column("pass.kept"), PAGE_WIDTH - 1);
}

static void words_tell_the_value_as_a_reader_would(void **state) {
    (void)state;
    static const struct {
        const char *column;
        int value;
        const char *words;
    } cases[] = {
        {"words", 17, "has 17 words"},
        {"in_nav", 2, "stands in an element of sort \"nav\", 2 up"},
        {"in_nav", 0, "stands in no element of sort \"nav\""},
        {"as_share", 1, "stands in what is called \"share\", 1 up"},
        {"as_share", 0, "stands in nothing that is called \"share\""},
        {"level", 3, "is a heading of level 3"},
        {"level", 0, "is no heading"},
        {"links", 0, "holds no link"},
        {"link_share", 0, "0 % of it are links"},
        {"link_share", 586, "59 % of it are links"},
        {"until_title", 0, "is the page's title"},
        {"until_title", 4, "stands 4 blocks before the page's title"},
        {"own.link_share", 1000, "100 % of what stands in its element are links"},
        {"around5.words", 7, "what stands five elements around it has 7 words"},
        {"cards", 0, "stands in no element of which there are several"},
        {"before1.words", 3, "the block before it: has 3 words"},
        {"after4.ending", ENDING_STOP, "the fourth block after it: ends in a full stop"},
        {"before2.words", GONE, "the second block before it is missing"},
        {"near8.noisy", 2, "2 blocks near it are noise by their words"},
        {"page.in_nav", 95, "10 % of the page stand in navigation"},
        {"pass.score", -256, "looks foreign by itself (1 to 3)"},
        {"called", 1011, "class and id of all it stands in lean to noise, 52 to 1"},
        {"lean", 0, "its words and its heading's lean to noise, 1 to 1"},
        {"pass.heading", GONE, "what is asked is missing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[160];
        page_column_words(sheet_column(cases[i].column), cases[i].value, words, sizeof words);
        assert_string_equal(words, cases[i].words);
    }
}

static void words_hold_no_placeholder_and_end_within_their_room(void **state) {
    (void)state;
    static const int values[] = {-32768, -1, 0, 1, 7, 999, 32767};
    for (size_t i = 0; i < page_column_count(); i++)
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            char words[256] = "";
            page_column_words(i, values[v], words, sizeof words);
            assert_true(strlen(words) > 0 && strlen(words) < 120);
            assert_null(strpbrk(words, "{}~"));
        }
}

static void words_are_cut_to_the_room_there_is(void **state) {
    (void)state;
    for (size_t i = 0; i < page_column_count(); i += 7)
        for (size_t size = 1; size < 100; size += 9) {
            char *words = malloc(size);
            char whole[256];
            assert_non_null(words);
            page_column_words(i, 1234, words, size);
            page_column_words(i, 1234, whole, sizeof whole);
            assert_memory_equal(words, whole, strlen(words));
            assert_true(strlen(words) == size - 1 || strlen(words) == strlen(whole));
            free(words);
        }
}

static void a_column_that_is_none_has_no_words(void **state) {
    (void)state;
    char words[16] = "x";
    page_column_words(page_column_count(), 1, words, sizeof words);
    assert_string_equal(words, "");
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* A page and all its rows. */
typedef struct Table {
    Sheet sheet;
    PageFeatures *features;
    int16_t *rows;
} Table;

static void read_rows(Table *table) {
    const size_t count = table->sheet.document.block_count;
    Batch batch = page_features_batch(table->features);
    assert_non_null(batch.columns);
    batch_rows(&batch, count, PAGE_WIDTH, table->rows);
}

static const Lexicon no_lexicon = {0};

static void open_judged(Table *table, const Lexicon *lexicon) {
    assert_true(table->sheet.document.block_count <= MOST_BLOCKS);
    table->features = page_features_open(&table->sheet.document, lexicon, &no_lexicon);
    table->rows = calloc((size_t)MOST_BLOCKS * PAGE_WIDTH, sizeof *table->rows);
    assert_non_null(table->features);
    assert_non_null(table->rows);
    read_rows(table);
}

static void open_table(Table *ret, void **state, const char *page) {
    sheet_judge(&ret->sheet, *state, page);
    open_judged(ret, &no_lexicon);
}

static void close_table(Table *table) {
    sheet_done(&table->sheet);
    free(table->rows);
}

static int value_of(const Table *table, size_t block, const char *name) {
    return table->rows[block * PAGE_WIDTH + sheet_column(name)];
}

static void expect_column(const Table *table, const char *name, const int *values, size_t count) {
    assert_int_equal(table->sheet.document.block_count, count);
    for (size_t i = 0; i < count; i++) {
        const int value = value_of(table, i, name);
        if (value != values[i])
            fail_msg("%s of block %zu is %d, not %d", name, i, value, values[i]);
    }
}

#define EXPECT_COLUMN(table, name, ...)                                                            \
    expect_column(table, name, (const int[]){__VA_ARGS__}, sizeof(int[]){__VA_ARGS__} / sizeof(int))

/* Six blocks of 2, 1, 12, 1, 3 and 2 words, and of 6, 6, 25, 5, 11 and 12 signs. */
static const char small[] = "<nav><a href=x>one two</a></nav><h2>qshare</h2><p>" PROSE
                            "<ul><li>three<li>four five six</ul><footer>qrights seven</footer>";

static void a_row_begins_with_the_blocks_own_evidence(void **state) {
    Table table;
    open_table(&table, state, small);
    for (size_t i = 0; i < table.sheet.document.block_count; i++)
        assert_memory_equal(table.rows + i * PAGE_WIDTH, table.sheet.document.blocks[i].evidence,
                            EVIDENCE_COUNT * sizeof(int16_t));
    close_table(&table);
}

static void neighbours_are_four_blocks_on_each_side_and_missing_beyond_the_page(void **state) {
    Table table;
    open_table(&table, state, small);
    EXPECT_COLUMN(&table, "before4.words", GONE, GONE, GONE, GONE, 2, 1);
    EXPECT_COLUMN(&table, "before3.words", GONE, GONE, GONE, 2, 1, 12);
    EXPECT_COLUMN(&table, "before2.words", GONE, GONE, 2, 1, 12, 1);
    EXPECT_COLUMN(&table, "before1.words", GONE, 2, 1, 12, 1, 3);
    EXPECT_COLUMN(&table, "after1.words", 1, 12, 1, 3, 2, GONE);
    EXPECT_COLUMN(&table, "after2.words", 12, 1, 3, 2, GONE, GONE);
    EXPECT_COLUMN(&table, "after3.words", 1, 3, 2, GONE, GONE, GONE);
    EXPECT_COLUMN(&table, "after4.words", 3, 2, GONE, GONE, GONE, GONE);
    close_table(&table);
}

static void every_measure_of_a_neighbour_beyond_the_page_is_missing(void **state) {
    Table table;
    open_table(&table, state, "<p>x");
    for (size_t i = PAGE_COLUMN_NEIGHBOURS; i < PAGE_COLUMN_NEAR; i++)
        assert_int_equal(table.rows[i], GONE);
    close_table(&table);
}

static void neighbours_are_told_with_all_their_measures(void **state) {
    static const struct {
        const char *column;
        uint16_t evidence;
    } measures[] = {{"before1.words", EVIDENCE_WORDS},
                    {"before1.ending", EVIDENCE_ENDING},
                    {"before1.link_share", EVIDENCE_LINK_SHARE},
                    {"before1.level", EVIDENCE_LEVEL},
                    {"before1.stop_share", EVIDENCE_STOP_SHARE},
                    {"before1.candidate", EVIDENCE_CANDIDATE_SHARE}};
    Table table;
    open_table(&table, state, "<h3>The <a href=x>wall</a> is of the town.</h3><p>qbyline qshare x");
    const int16_t *first = table.sheet.document.blocks[0].evidence;
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        assert_int_equal(value_of(&table, 1, measures[i].column), first[measures[i].evidence]);
    assert_true(first[EVIDENCE_STOP_SHARE] > 0 && first[EVIDENCE_LINK_SHARE] > 0);
    EXPECT_COLUMN(&table, "after1.noise", 375, GONE); /* 6 of 16 */
    EXPECT_COLUMN(&table, "after1.meta", 437, GONE);  /* 7 of 16 */
    EXPECT_COLUMN(&table, "before1.noise", GONE, 0);
    close_table(&table);
}

static void neighbours_of_one_look_are_kin_and_siblings_half_so(void **state) {
    Table table;
    open_table(&table, state, small);
    EXPECT_COLUMN(&table, "before1.kin", GONE, 1, 1, 0, 2, 0);
    EXPECT_COLUMN(&table, "after1.kin", 1, 1, 0, 2, 0, GONE);
    EXPECT_COLUMN(&table, "before2.kin", GONE, GONE, 1, 0, 0, 0);
    EXPECT_COLUMN(&table, "before3.kin", GONE, GONE, GONE, 0, 0, 1);
    close_table(&table);
}

static void what_stands_near_is_summed_up(void **state) {
    Table table;
    open_table(&table, state, small);
    EXPECT_COLUMN(&table, "near3.words", 4, 3, 3, 3, 3, 4);
    EXPECT_COLUMN(&table, "near3.link_share", 142, 113, 92, 92, 0, 0); /* 6 of 42, 53, 65 */
    EXPECT_COLUMN(&table, "near3.prose_share", 750, 631, 571, 571, 631, 666);
    EXPECT_COLUMN(&table, "near3.noisy", 1, 1, 2, 2, 2, 1);
    EXPECT_COLUMN(&table, "near8.words", 3, 3, 3, 3, 3, 3);
    EXPECT_COLUMN(&table, "near20.noisy", 2, 2, 2, 2, 2, 2);
    close_table(&table);
}

static void each_reach_is_as_far_as_its_name_says(void **state) {
    char page[64 * 8] = "", *at = page;
    Table table;
    for (int i = 0; i < 50; i++) at += sprintf(at, "<p>%s", i == 25 ? "qshare" : "x");
    open_table(&table, state, page);
    for (int i = 0; i < 50; i++) {
        const int away = abs(i - 25);
        assert_int_equal(value_of(&table, (size_t)i, "near3.noisy"), away <= 3);
        assert_int_equal(value_of(&table, (size_t)i, "near8.noisy"), away <= 8);
        assert_int_equal(value_of(&table, (size_t)i, "near20.noisy"), away <= 20);
    }
    close_table(&table);
}

static void the_flow_of_prose_and_links_is_told(void **state) {
    Table table;
    open_table(&table, state, small);
    EXPECT_COLUMN(&table, "since_prose", FAR_AWAY, FAR_AWAY, FAR_AWAY, 1, 2, 3);
    EXPECT_COLUMN(&table, "until_prose", 2, 1, FAR_AWAY, FAR_AWAY, FAR_AWAY, FAR_AWAY);
    EXPECT_COLUMN(&table, "prose_before", 0, 0, 0, 1000, 1000, 1000);
    EXPECT_COLUMN(&table, "links_before", 0, 1000, 1000, 1000, 1000, 1000);
    close_table(&table);
}

static void the_page_is_told_in_every_row(void **state) {
    static const struct {
        const char *column;
        int value;
    } measures[] = {{"page.blocks", 6},        {"page.words", 21},        {"page.link_share", 92},
                    {"page.prose_share", 571}, {"page.prose_blocks", 1},  {"page.short_share", 833},
                    {"page.noisy_share", 333}, {"page.headings", 1},      {"page.largest", 12},
                    {"page.candidate", 1000},  {"page.in_nav", 95},       {"page.in_footer", 95},
                    {"page.in_item", 190},     {"page.in_paragraph", 571}};
    Table table;
    open_table(&table, state, small);
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        for (size_t block = 0; block < 6; block++)
            assert_int_equal(value_of(&table, block, measures[i].column), measures[i].value);
    close_table(&table);
}

static void shares_of_the_page_are_of_its_words(void **state) {
    static const struct {
        const char *start, *column;
    } cases[] = {{"<article>", "page.in_article"},
                 {"<main>", "page.in_main"},
                 {"<nav>", "page.in_nav"},
                 {"<footer>", "page.in_footer"},
                 {"<table><tr><td>", "page.in_table"},
                 {"<ul><li>", "page.in_item"},
                 {"<p>", "page.in_paragraph"},
                 {"<pre>", "page.in_verbatim"},
                 {"<div class=comment>", "page.as_comment"},
                 {"<div class=thread>", "page.as_thread"},
                 {"<div class=product>", "page.as_product"},
                 {"<div class=post>", "page.as_post"},
                 {"<div class=card>", "page.as_card"},
                 {"<div class=article>", "page.as_article"},
                 {"<div class=related>", "page.as_related"},
                 {"<div class=section>", "page.as_section"},
                 {"<div class=user>", "page.as_account"},
                 {"<div class=price>", "page.as_shop"},
                 {"<div hidden>", "page.hidden"}};
    enum { COUNT = sizeof cases / sizeof *cases };
    for (size_t i = 0; i < COUNT; i++) {
        char page[128];
        Table table;
        snprintf(page, sizeof page, "<div>a b c</div>%sd", cases[i].start);
        open_table(&table, state, page);
        for (size_t other = 0; other < COUNT; other++)
            assert_int_equal(value_of(&table, 0, cases[other].column), other == i ? 250 : 0);
        close_table(&table);
    }
}

static void what_a_page_says_that_it_is_is_told(void **state) {
    Table table;
    sheet_judge(&table.sheet, *state, "<p>x");
    const Metadata metadata = {.types = PAGE_ARTICLE | PAGE_LISTING};
    Page page = *table.sheet.document.page;
    page.metadata = &metadata;
    table.sheet.document.page = &page;
    open_judged(&table, &no_lexicon);
    EXPECT_COLUMN(&table, "page.types", PAGE_ARTICLE | PAGE_LISTING);
    EXPECT_COLUMN(&table, "page.is_article", 1);
    EXPECT_COLUMN(&table, "page.is_listing", 1);
    EXPECT_COLUMN(&table, "page.is_product", 0);
    EXPECT_COLUMN(&table, "page.is_forum", 0);
    close_table(&table);
}

static void a_page_that_says_nothing_of_itself_has_no_type(void **state) {
    Table table;
    sheet_judge(&table.sheet, *state, "<p>x");
    Page page = *table.sheet.document.page;
    page.metadata = NULL;
    table.sheet.document.page = &page;
    open_judged(&table, &no_lexicon);
    EXPECT_COLUMN(&table, "page.types", 0);
    EXPECT_COLUMN(&table, "page.is_article", 0);
    close_table(&table);
}

static void rows_are_the_same_wherever_in_a_batch_they_stand(void **state) {
    char page[4096] = "", *at = page;
    Table table;
    for (int i = 0; i < 12; i++) at += sprintf(at, "%s", small);
    open_table(&table, state, page);
    assert_int_equal(table.sheet.document.block_count, 72);
    int32_t scores[72];
    for (int i = 0; i < 72; i++) scores[i] = i * 37 % 19 * 300 - 2000;
    assert_int_equal(page_features_add_pass(table.features, scores), DECANT_OK);
    read_rows(&table);
    Batch batch = page_features_batch(table.features);
    for (size_t i = 0; i < 72; i++) {
        batch_add(&batch, i);
        batch_fill(&batch);
        for (size_t c = 0; c < PAGE_WIDTH; c++)
            for (size_t row = 0; row < FOREST_BATCH; row += 31)
                if (batch.columns[c].values[row] != table.rows[i * PAGE_WIDTH + c])
                    fail_msg("%s of block %zu", page_column_name(c), i);
        batch.count = 0;
    }
    close_table(&table);
}

/* ---- where words lean ------------------------------------------------------------------------ */

static uint32_t hash_of(const char *word) {
    const uint8_t *at = (const uint8_t *)word;
    return word_next(&at, at + strlen(word));
}

/* Leans of few words, some, many and of a heading's, a byte each. */
static void forge_word(Forge *forge, const char *word, int8_t few, int8_t some, int8_t many,
                       int8_t heading) {
    forge_put(forge, (int32_t)hash_of(word));
    forge_put(forge, (int32_t)((uint8_t)few | (uint32_t)(uint8_t)some << 8 |
                               (uint32_t)(uint8_t)many << 16 | (uint32_t)(uint8_t)heading << 24));
}

/* Rows of a page with a lexicon: every block leans to its page by a quarter of a unit. */
static void open_leaning(Table *ret, void **state, const char *page) {
    Forge forge = {.count = 0};
    Lexicon lexicon;
    Arena arena;
    arena_init(&arena, allocator_default());
    forge_put(&forge, -UNIT / 4);
    forge_word(&forge, "buy", 16, 32, -16, 0);
    forge_word(&forge, "related", 0, 0, 0, 48);
    assert_int_equal(lexicon_read(&lexicon, &arena, forge.words, forge.count), DECANT_OK);
    sheet_lean(&ret->sheet, *state, &lexicon, page);
    open_judged(ret, &lexicon);
    arena_done(&arena);
}

static void words_lean_by_how_many_stand_in_a_block(void **state) {
    Table table;
    open_leaning(&table, state, "<p>other<p>Buy<p>buy a b c<p>" PROSE " buy a b c");
    EXPECT_COLUMN(&table, "lean", -64, 192, 192, -128); /* over 1, 1, 2 and 4 */
    close_table(&table);
}

static void a_headings_words_lean_what_stands_below_it(void **state) {
    Table table;
    open_leaning(&table, state, "<p>x<h2>related</h2><p>x<p>buy<h2>y</h2><p>x");
    EXPECT_COLUMN(&table, "lean", -64, -64, 704, 960, 704, -64);
    close_table(&table);
}

static void leans_of_what_stands_around_are_means_by_words(void **state) {
    Table table;
    open_leaning(&table, state,
                 "<div><div><section><section><p>buy</section></section><p>x</div></div><p>x<p>x");
    EXPECT_COLUMN(&table, "lean.own", 192, -64, -64, -64);
    EXPECT_COLUMN(&table, "lean.wider1", 64, 64, 0, 0);
    EXPECT_COLUMN(&table, "lean.wider2", 0, 0, 0, 0);
    EXPECT_COLUMN(&table, "lean.wider3", 0, 0, 0, 0);
    close_table(&table);
}

static void words_of_a_lexicon_that_are_none_are_refused(void **state) {
    (void)state;
    static const int32_t words[] = {0, 0, 1};
    Arena arena;
    Lexicon lexicon;
    arena_init(&arena, allocator_default());
    assert_int_equal(lexicon_read(&lexicon, &arena, words, 0), DECANT_BAD_MODEL);
    assert_int_equal(lexicon_read(&lexicon, &arena, words, 2), DECANT_BAD_MODEL);
    assert_int_equal(lexicon_read(&lexicon, &arena, words, 3), DECANT_BAD_MODEL); /* no hash */
    assert_int_equal(lexicon_read(&lexicon, &arena, words, 1), DECANT_OK);
    assert_int_equal(lexicon_leans(&lexicon, hash_of("buy")), 0x80808080);
    arena_done(&arena);
}

/* ---- rows after a pass ----------------------------------------------------------------------- */

/* Scores of the blocks of `small`, which weigh 3, 2, 13, 2, 4 and 3. */
static const int32_t scores_of_small[] = {UNIT, 2 * UNIT, -4 * UNIT, -2 * UNIT, 0, UNIT / 2};

static void open_pass(Table *ret, void **state) {
    open_table(ret, state, small);
    assert_int_equal(page_features_add_pass(ret->features, scores_of_small), DECANT_OK);
    read_rows(ret);
}

static void columns_of_a_pass_that_was_not_made_are_nothing(void **state) {
    Table table;
    open_table(&table, state, small);
    for (size_t block = 0; block < 6; block++)
        for (size_t i = PAGE_FIRST_WIDTH; i < PAGE_WIDTH; i++)
            assert_int_equal(table.rows[block * PAGE_WIDTH + i], 0);
    close_table(&table);
}

static void a_pass_sees_the_scores_of_eight_blocks_on_each_side(void **state) {
    char page[MOST_BLOCKS * 4] = "", *at = page;
    int32_t scores[20];
    Table table;
    for (int i = 0; i < 20; i++) at += sprintf(at, "<p>x"), scores[i] = i * 400;
    open_table(&table, state, page);
    assert_int_equal(page_features_add_pass(table.features, scores), DECANT_OK);
    read_rows(&table);
    for (int i = 0; i < 20; i++)
        for (int offset = -8; offset <= 8; offset++) {
            const int other = i + offset;
            const int score = table.rows[i * PAGE_WIDTH + PAGE_COLUMN_SCORES + 8 + offset];
            assert_int_equal(score, other < 0 || other >= 20 ? GONE : other * 100);
        }
    close_table(&table);
}

static void a_pass_sees_means_by_words_of_what_stands_near(void **state) {
    Table table;
    open_pass(&table, state);
    EXPECT_COLUMN(&table, "pass.score", 256, 512, -1024, -512, 0, 128);
    EXPECT_COLUMN(&table, "pass.before1", GONE, 256, 512, -1024, -512, 0);
    EXPECT_COLUMN(&table, "pass.after1", 512, -1024, -512, 0, 128, GONE);
    EXPECT_COLUMN(&table, "pass.near3", -627, -522, -450, -450, -538, -634);
    EXPECT_COLUMN(&table, "pass.near10", -450, -450, -450, -450, -450, -450);
    EXPECT_COLUMN(&table, "pass.near30", -450, -450, -450, -450, -450, -450);
    EXPECT_COLUMN(&table, "pass.all_before", 0, 256, 358, -640, -627, -522);
    EXPECT_COLUMN(&table, "pass.all_after", -538, -634, -71, 54, 128, 0);
    close_table(&table);
}

static void a_pass_sees_means_of_the_elements_around(void **state) {
    Table table;
    open_pass(&table, state);
    EXPECT_COLUMN(&table, "pass.own", 256, 512, -1024, -512, 0, 128);
    EXPECT_COLUMN(&table, "pass.around1", -450, -450, -450, -170, -170, -450);
    EXPECT_COLUMN(&table, "pass.around2", -450, -450, -450, -450, -450, -450);
    EXPECT_COLUMN(&table, "pass.around3", -450, -450, -450, -450, -450, -450);
    EXPECT_COLUMN(&table, "pass.around5", -450, -450, -450, -450, -450, -450);
    EXPECT_COLUMN(&table, "pass.around5_share", 296, 296, 296, 296, 296, 296);
    close_table(&table);
}

static void each_ring_of_a_pass_is_as_far_around_as_its_name_says(void **state) {
    static const int32_t scores[] = {-7 * UNIT, 0, 0, 0, 0, 0, 0};
    static const char page[] = "<div>a<div>b<div>c<div>d<div>e<div>f<div>g";
    Table table;
    open_table(&table, state, page);
    assert_int_equal(page_features_add_pass(table.features, scores), DECANT_OK);
    read_rows(&table); /* the first block weighs a seventh of what its element holds */
    EXPECT_COLUMN(&table, "pass.own", -256, 0, 0, 0, 0, 0, 0);
    EXPECT_COLUMN(&table, "pass.around1", -256, -256, 0, 0, 0, 0, 0);
    EXPECT_COLUMN(&table, "pass.around2", -256, -256, -256, 0, 0, 0, 0);
    EXPECT_COLUMN(&table, "pass.around3", -256, -256, -256, -256, 0, 0, 0);
    EXPECT_COLUMN(&table, "pass.around5", -256, -256, -256, -256, -256, -256, 0);
    close_table(&table);
}

static void a_pass_sees_what_looks_the_same(void **state) {
    Table table;
    open_pass(&table, state);
    EXPECT_COLUMN(&table, "pass.alike", 256, 512, -1024, -170, -170, 128);
    close_table(&table);
}

static void a_pass_sees_the_heading_above_and_what_stands_below_one(void **state) {
    Table table;
    open_pass(&table, state);
    EXPECT_COLUMN(&table, "pass.heading", GONE, GONE, 512, 512, 512, 512);
    EXPECT_COLUMN(&table, "pass.below", GONE, -634, GONE, GONE, GONE, GONE);
    close_table(&table);
}

static void what_stands_below_a_heading_ends_at_one_of_its_level_or_higher(void **state) {
    static const int32_t scores[] = {0, UNIT, 0, 2 * UNIT, 0, -UNIT, 0, 0, 4 * UNIT};
    Table table;
    open_table(&table, state, "<h2>a</h2><p>b<h3>c</h3><p>d<h2>e</h2><p>f<h1>g</h1><h1>h</h1><p>i");
    assert_int_equal(page_features_add_pass(table.features, scores), DECANT_OK);
    read_rows(&table);
    EXPECT_COLUMN(&table, "pass.below", 256, GONE, 512, GONE, -256, GONE, 0, 1024, GONE);
    close_table(&table);
}

static void no_more_than_forty_blocks_stand_below_a_heading(void **state) {
    char page[MOST_BLOCKS * 8] = "<h2>a</h2>", *at = page + strlen(page);
    int32_t scores[61] = {0};
    Table table;
    for (int i = 1; i <= 60; i++) {
        at += sprintf(at, "<p>x");
        scores[i] = i <= 40 ? 400 : 32000;
    }
    open_table(&table, state, page);
    assert_int_equal(page_features_add_pass(table.features, scores), DECANT_OK);
    read_rows(&table);
    assert_int_equal(value_of(&table, 0, "pass.below"), 100);
    close_table(&table);
}

static void a_pass_sees_how_far_sure_text_is_and_how_much_of_it_there_is(void **state) {
    Table table;
    open_pass(&table, state);
    EXPECT_COLUMN(&table, "pass.kept_before", FAR_AWAY, FAR_AWAY, FAR_AWAY, 1, 1, 2);
    EXPECT_COLUMN(&table, "pass.kept_after", 2, 1, 1, FAR_AWAY, FAR_AWAY, FAR_AWAY);
    EXPECT_COLUMN(&table, "pass.kept_share_before", 0, 0, 0, 923, 1000, 1000);
    EXPECT_COLUMN(&table, "pass.mean", -450, -450, -450, -450, -450, -450);
    EXPECT_COLUMN(&table, "pass.least", -1024, -1024, -1024, -1024, -1024, -1024);
    EXPECT_COLUMN(&table, "pass.share", 296, 296, 296, 296, 296, 296);
    EXPECT_COLUMN(&table, "pass.kept", 13, 13, 13, 13, 13, 13);
    close_table(&table);
}

static void a_score_of_minus_one_unit_is_not_sure(void **state) {
    static const int32_t scores[] = {-UNIT, -UNIT - 1, 0};
    Table table;
    open_table(&table, state, "<p>a<p>b<p>c");
    assert_int_equal(page_features_add_pass(table.features, scores), DECANT_OK);
    read_rows(&table);
    EXPECT_COLUMN(&table, "pass.kept", 1, 1, 1);
    EXPECT_COLUMN(&table, "pass.kept_before", FAR_AWAY, FAR_AWAY, 1);
    close_table(&table);
}

static void a_pass_replaces_what_the_one_before_said(void **state) {
    static const int32_t others[] = {0, 0, 0, 0, 0, -2 * UNIT};
    Table table, alone;
    open_pass(&table, state);
    assert_int_equal(page_features_add_pass(table.features, others), DECANT_OK);
    read_rows(&table);
    open_table(&alone, state, small);
    assert_int_equal(page_features_add_pass(alone.features, others), DECANT_OK);
    read_rows(&alone);
    assert_memory_equal(table.rows, alone.rows, 6 * PAGE_WIDTH * sizeof *alone.rows);
    close_table(&table);
    close_table(&alone);
}

/* ---- decisions ------------------------------------------------------------------------------- */

/* A page as a model judged it. */
typedef struct Case {
    Sheet sheet;
    Model *model;
    char drops[MOST_BLOCKS + 1]; /* x for a dropped block, . for a kept one */
} Case;

static Model *open_model(const Forge *forge) {
    size_t size = 0;
    decant_status status = DECANT_OK;
    uint8_t *bytes = forge_bytes(forge, &size);
    Model *model = model_open(allocator_default(), bytes, size, &status);
    free(bytes);
    assert_int_equal(status, DECANT_OK);
    assert_non_null(model);
    return model;
}

static void decide_by(Case *ret, void **state, const Forge *forge, const char *page,
                      int min_confidence, int32_t margin, VerdictDetail detail) {
    *ret = (Case){.model = open_model(forge)};
    sheet_judge(&ret->sheet, *state, page);
    Document *document = &ret->sheet.document;
    assert_true(document->block_count <= MOST_BLOCKS);
    assert_int_equal(verdict_decide(document, ret->model, min_confidence, margin, detail),
                     DECANT_OK);
    for (size_t i = 0; i < document->block_count; i++)
        ret->drops[i] = document->blocks[i].verdict.drop ? 'x' : '.';
}

static void decide(Case *ret, void **state, const Forge *forge, const char *page,
                   int min_confidence, VerdictDetail detail) {
    decide_by(ret, state, forge, page, min_confidence, 0, detail);
}

static void case_done(Case *of) {
    sheet_done(&of->sheet);
    model_close(of->model);
}

static void expect_drops(void **state, const Forge *forge, const char *page, int min_confidence,
                         const char *drops) {
    Case of;
    decide(&of, state, forge, page, min_confidence, DETAIL_REASONS);
    if (strcmp(of.drops, drops) != 0) fail_msg("of %s %s goes, not %s", page, of.drops, drops);
    case_done(&of);
}

/* A model that scores blocks by their level: paragraphs -2 units, h1 -1, h2 0, h3 1, h4 2. */
static void forge_levels(Forge *forge, int32_t least, int32_t most) {
    const size_t level = sheet_column("level");
    forge_model(forge);
    forge_forest(forge, SHEET_FIRST, level + 1, 4, 1, -2 * UNIT);
    for (int i = 0; i < 4; i++) forge_tree(forge, level, i, 0, UNIT);
    forge_end_section(forge);
    sheet_decision(forge, least, most);
}

/* A model that drops all there is. */
static void forge_all(Forge *forge) {
    forge_model(forge);
    forge_constant(forge, SHEET_FIRST, UNIT);
    sheet_decision(forge, 0, 0);
}

static void a_model_without_sections_keeps_every_page(void **state) {
    Forge forge;
    forge_model(&forge);
    expect_drops(state, &forge, small, 0, "......");
}

static void a_model_of_texts_has_no_say_in_pages(void **state) {
    Forge forge;
    forge_model(&forge);
    static const int32_t tags[] = {FORGE_FIRST, FORGE_SECOND, FORGE_THIRD, FORGE_RUNS,
                                   FORGE_DUMP,  FORGE_GATE,   FORGE_GLANCE};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        forge_constant(&forge, tags[i], 4 * UNIT);
    expect_drops(state, &forge, small, 0, "......");
}

static void a_page_without_blocks_is_judged_too(void **state) {
    int16_t *rows = NULL;
    Forge forge;
    Case of;
    forge_all(&forge);
    decide(&of, state, &forge, "<div></div>", 0, DETAIL_REASONS);
    assert_string_equal(of.drops, "");
    assert_int_equal(verdict_features(&of.sheet.document, of.model, &rows), DECANT_OK);
    case_done(&of);
}

static void what_scores_over_the_threshold_goes(void **state) {
    static const char page[] = "<p>a<h1>b</h1><h2>c</h2><h3>d</h3><h4>e</h4>";
    static const struct {
        int32_t threshold;
        const char *drops;
    } cases[] = {
        {INT32_MIN, "xxxxx"}, {-2 * UNIT - 1, "xxxxx"}, {-2 * UNIT, ".xxxx"}, {-1, "..xxx"},
        {0, "...xx"},         {UNIT - 1, "...xx"},      {UNIT, "....x"},      {2 * UNIT, "....."},
        {INT32_MAX, "....."}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Forge forge;
        forge_levels(&forge, cases[i].threshold, cases[i].threshold);
        expect_drops(state, &forge, page, 0, cases[i].drops);
    }
}

static void a_sign_to_click_goes_whatever_it_scores(void **state) {
    static const struct {
        const char *page, *drops;
    } cases[] = {{"<p>a b c<p><a href=x>#</a>", ".x"},
                 {"<p>a b c<p>#", ".."},
                 {"<p>a b c<p><a href=x>up</a>", ".."},
                 {"<p>a b c<p><a href=x>&raquo;</a>", ".x"},
                 {"<h1>a <a href=x>&para;</a></h1>", ".x"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Forge forge;
        forge_levels(&forge, UNIT, UNIT);
        expect_drops(state, &forge, cases[i].page, 0, cases[i].drops);
    }
}

/* A block weighs three times its words and one; of the words of a paragraph 1000 in 1000 belong, of
 * h1 750, of h2 500, of h3 250, of h4 none. What is kept promises the words that belong of it, over
 * all its words and all that belong. */
static const struct {
    const char *page, *drops;
} promises[] = {
    /* 3000 / 19000 < 8000 / 29000 > 15000 / 57000 */
    {"<h1>a</h1><h2>a b c</h2><h3>a b c d e f g h i</h3>", "..x"},
    /* 3000 / 13000 < 8000 / 23000 > 9000 / 27000 */
    {"<h1>a</h1><h2>a b c</h2><h3>a</h3>", "..x"},
    /* 14000 / 49000 > 21000 / 77000 */
    {"<h3>a b c d e f g h i</h3><h2>a b c d e f g h i</h2>", "x."},
    /* 5000 / 16000 > 6000 / 20000 */
    {"<h2>a b c</h2><h3>a</h3>", ".x"},
    /* 2000 / 26500 < 22500 / 108500 */
    {"<h2>a</h2><h3>a b c d e f g h i j k l m n o p q r s t u v w x y z 1</h3>", ".."},
    /* 82000 / 166000 < 84000 / 170000 */
    {"<h2>a</h2><p>a b c d e f g h i j k l m n o p q r s t u v w x y z 1", ".."},
    /* 4000 / 8000 > 4000 / 12000 */
    {"<h4>a</h4><p>a", "x."},
    {"<h3>a", "."},   /* the best there is */
    {"<h3>***", "."}, /* which weighs 1 */
    {"<h4>a", "x"},   /* promises nothing, whatever is kept */
    {"<h3>a</h3><h4>a</h4>", ".x"},
};

static void a_page_finds_the_threshold_that_promises_most(void **state) {
    Forge forge;
    forge_levels(&forge, -4 * UNIT, 4 * UNIT);
    for (size_t i = 0; i < sizeof promises / sizeof *promises; i++)
        expect_drops(state, &forge, promises[i].page, 0, promises[i].drops);
}

static void a_page_that_promises_next_to_nothing_goes_whatever_the_bounds(void **state) {
    for (int32_t score = 1179; score <= 1180; score++) { /* 213 and 212 in 1000 belong */
        Forge forge;
        forge_model(&forge);
        forge_constant(&forge, SHEET_FIRST, score);
        sheet_decision(&forge, 4 * UNIT, 4 * UNIT);
        expect_drops(state, &forge, "<p>a<p>b", 0, score == 1179 ? ".." : "xx");
    }
}

static void the_threshold_stays_within_its_bounds(void **state) {
    Forge forge;
    forge_levels(&forge, -4 * UNIT, UNIT - 1); /* it would be over 1 unit */
    expect_drops(state, &forge, "<h3>a", 0, "x");
    forge_levels(&forge, -4 * UNIT, UNIT);
    expect_drops(state, &forge, "<h3>a", 0, ".");
    forge_levels(&forge, UNIT, 4 * UNIT); /* it would be 0 */
    expect_drops(state, &forge, "<h2>a</h2><h3>a b c</h3><h4>a</h4>", 0, "..x");
}

static void the_threshold_lies_at_the_end_of_a_step(void **state) {
    static const char page[] = "<p>" PROSE "<h1>a</h1>";
    for (int32_t score = -1; score <= 128; score++) {
        Forge forge;
        forge_model(&forge);
        forge_forest(&forge, SHEET_FIRST, sheet_column("level") + 1, 1, 1, 0);
        forge_tree(&forge, sheet_column("level"), 0, 0, score);
        forge_end_section(&forge);
        forge_section(&forge, SHEET_DECISION); /* one belongs, from the other on nothing does */
        const int32_t words[] = {-4 * UNIT, 4 * UNIT, 0, 0, 1, 1000};
        for (size_t i = 0; i < 6; i++) forge_put(&forge, words[i]);
        forge_end_section(&forge);
        /* A step of 128 has one fate. */
        expect_drops(state, &forge, page, 0, score == 128 ? ".x" : "..");
    }
}

static void scores_as_high_and_low_as_models_can_make_them_do_no_harm(void **state) {
    for (int32_t sign = -1; sign <= 1; sign += 2) {
        Forge forge;
        forge_model(&forge);
        forge_constant(&forge, SHEET_FIRST, sign * FOREST_MAX_BIAS);
        forge_constant(&forge, SHEET_SECOND, sign * FOREST_MAX_BIAS);
        forge_net(&forge, SHEET_NET, 0, 0, sign * FORGE_NET_MOST, sign * FORGE_NET_MOST);
        sheet_decision(&forge, INT32_MIN, INT32_MAX);
        expect_drops(state, &forge, small, 0, sign > 0 ? "xxxxxx" : "......");
    }
}

static void what_is_less_sure_than_min_confidence_stays(void **state) {
    static const char page[] = "<h1>b</h1><h2>c</h2><h3>d</h3><h4>e</h4>";
    static const struct {
        int min_confidence;
        const char *drops;
    } cases[] = {{0, "xxxx"},   {250, "xxxx"}, {251, ".xxx"}, {500, ".xxx"},
                 {501, "..xx"}, {750, "..xx"}, {751, "...x"}, {1000, "...x"}};
    Forge forge;
    forge_levels(&forge, -4 * UNIT, -4 * UNIT);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_drops(state, &forge, page, cases[i].min_confidence, cases[i].drops);
}

static void a_margin_moves_the_threshold(void **state) {
    static const char page[] = "<h1>b</h1><h2>c</h2><h3>d</h3><h4>e</h4>";
    static const struct {
        int32_t margin;
        const char *drops;
    } cases[] = {{-UNIT, ".xxx"}, {0, "..xx"}, {UNIT - 1, "..xx"}, {UNIT, "...x"}};
    Forge forge;
    forge_levels(&forge, 0, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Case of;
        decide_by(&of, state, &forge, page, 0, cases[i].margin, DETAIL_REASONS);
        assert_string_equal(of.drops, cases[i].drops);
        case_done(&of);
    }
}

static void every_block_has_its_score_and_confidence(void **state) {
    Case of;
    Forge forge;
    forge_levels(&forge, 0, 0);
    decide(&of, state, &forge, "<p>a<h1>b</h1><h3>c</h3>", 0, DETAIL_NONE);
    const Block *blocks = of.sheet.document.blocks;
    static const int32_t scores[] = {-2 * UNIT, -UNIT, UNIT};
    static const int confidences[] = {0, 250, 750};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(blocks[i].verdict.score, scores[i]);
        assert_int_equal(blocks[i].verdict.confidence, confidences[i]);
    }
    case_done(&of);
}

/* ---- passes ---------------------------------------------------------------------------------- */

static void the_second_pass_knows_the_scores_of_the_first(void **state) {
    Forge forge;
    forge_model(&forge);
    sheet_stump(&forge, SHEET_FIRST, "in_nav", 0, -UNIT, UNIT);
    sheet_stump(&forge, SHEET_SECOND, "pass.before1", 0, -UNIT, 2 * UNIT);
    sheet_decision(&forge, 0, 0);
    expect_drops(state, &forge, small, 0, ".x....");
}

static void a_net_sees_what_stands_around_a_block(void **state) {
    Forge forge;
    forge_model(&forge);
    sheet_stump(&forge, SHEET_FIRST, "in_nav", 0, -UNIT, -UNIT);
    forge_net(&forge, SHEET_NET, sheet_column("in_nav"), 0, -UNIT, 4 * UNIT);
    sheet_decision(&forge, 0, 0);
    expect_drops(state, &forge, small, 0, ".x....");
}

static void what_a_net_says_counts_three_eighths(void **state) {
    Case of;
    Forge forge;
    forge_model(&forge);
    forge_constant(&forge, SHEET_FIRST, UNIT);
    forge_net(&forge, SHEET_NET, 0, 0, 2 * UNIT, 2 * UNIT);
    sheet_decision(&forge, 0, 0);
    decide(&of, state, &forge, "<p>a", 0, DETAIL_NONE);
    assert_int_equal(of.sheet.document.blocks[0].verdict.score, (5 + 3 * 2) * UNIT / 8);
    case_done(&of);
}

static void what_was_said_before_counts_a_quarter(void **state) {
    Case of;
    Forge forge;
    forge_model(&forge);
    forge_constant(&forge, SHEET_FIRST, -UNIT);
    forge_constant(&forge, SHEET_SECOND, 2 * UNIT);
    sheet_decision(&forge, 0, 0);
    decide(&of, state, &forge, "<p>a", 0, DETAIL_NONE);
    assert_int_equal(of.sheet.document.blocks[0].verdict.score, 5 * UNIT / 4);
    case_done(&of);
}

static void features_are_told_as_the_last_pass_reads_them(void **state) {
    int16_t *rows = NULL;
    Sheet sheet;
    Forge forge;
    forge_model(&forge);
    sheet_stump(&forge, SHEET_FIRST, "in_nav", 0, -UNIT, UNIT);
    Model *model = open_model(&forge);
    sheet_judge(&sheet, *state, small);
    assert_int_equal(verdict_features(&sheet.document, model, &rows), DECANT_OK);
    for (size_t i = 0; i < 6; i++) {
        const int16_t *row = rows + i * page_column_count();
        assert_memory_equal(row, sheet.document.blocks[i].evidence, EVIDENCE_COUNT * sizeof *row);
        assert_int_equal(row[sheet_column("pass.score")], i ? -256 : 256);
    }
    sheet_done(&sheet);
    model_close(model);
}

/* ---- edges ----------------------------------------------------------------------------------- */

/* What happens at a border: nothing earns 0, anything else costs so much. */
static void put_edges(Forge *forge, int32_t cost) {
    forge_constant(forge, FORGE_PAGE_EDGES + EDGE_NONE, 0);
    forge_constant(forge, FORGE_PAGE_EDGES + EDGE_BEGINS, -cost);
    forge_constant(forge, FORGE_PAGE_EDGES + EDGE_ENDS, -cost);
}

static const char between_prose[] = "<p>" PROSE "<h3>c</h3><p>b " PROSE;

static void borders_of_a_page_count_if_it_promises_much(void **state) {
    static const struct {
        const char *page, *drops;
        int32_t cost;
    } cases[] = {{between_prose, ".x.", 0},
                 {between_prose, "...", 8 * UNIT},
                 {"<h1>a</h1><h3>a b c d e f g h i</h3><h1>a</h1>", ".x.", 8 * UNIT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Forge forge;
        forge_levels(&forge, 0, 0);
        put_edges(&forge, cases[i].cost);
        expect_drops(state, &forge, cases[i].page, 0, cases[i].drops);
    }
}

static void borders_of_a_page_know_the_last_scores(void **state) {
    static const char *const drops[] = {".x.", "..."};
    for (int i = 0; i < 2; i++) {
        Forge forge; /* the last score of the heading is five parts of eight of 256 */
        forge_levels(&forge, 0, 0);
        forge_net(&forge, SHEET_NET, 0, 0, 0, 0);
        put_edges(&forge, 0);
        sheet_stump(&forge, FORGE_PAGE_EDGES + EDGE_BEGINS, "pass.score", 159 + i, -8 * UNIT, 0);
        expect_drops(state, &forge, between_prose, 0, drops[i]);
    }
}

/* ---- kinds and reasons ------------------------------------------------------------------------
 */

static const struct {
    const char *page;
    decant_kind kind;
} kinds[] = {
    {"<nav>x", DECANT_NAV},
    {"<div class=menu>x", DECANT_NAV},
    {"<div class=breadcrumb>x", DECANT_NAV},
    {"<div class=pager>x", DECANT_NAV},
    {"<div class=skiplink>x", DECANT_NAV},
    {"<div class=toc>x", DECANT_NAV},
    {"<footer>x", DECANT_FOOTER},
    {"<div class=footer>x", DECANT_FOOTER},
    {"<div class=copyright>x", DECANT_FOOTER},
    {"<div class=related>x", DECANT_RELATED},
    {"<div class=share>x", DECANT_SHARE},
    {"<div class=promo>x", DECANT_PROMO},
    {"<div class=ad>x", DECANT_PROMO},
    {"<div class=newsletter>x", DECANT_PROMO},
    {"<div class=cookie>x", DECANT_PROMO},
    {"<div class=paywall>x", DECANT_PROMO},
    {"<div class=comments>x", DECANT_COMMENT},
    {"<div class=byline>x", DECANT_META},
    {"<div class=bio>x", DECANT_META},
    {"<div class=tags>x", DECANT_META},
    {"<div class=sidebar>x", DECANT_OTHER},
    {"<p>x", DECANT_OTHER},
    /* the nearest counts, and of what is as near the first */
    {"<nav><div class=share>x", DECANT_SHARE},
    {"<div class=share><nav>x", DECANT_NAV},
    {"<div class=share><div class=footer><p>x", DECANT_FOOTER},
    {"<nav class=share>x", DECANT_NAV},
    {"<div class='tags footer'>x", DECANT_FOOTER},
    /* words that say it plainly go before */
    {"<p>qrights", DECANT_FOOTER},
    {"<p>qpolicy", DECANT_FOOTER},
    {"<p>qpowered", DECANT_FOOTER},
    {"<p>qrelated", DECANT_RELATED},
    {"<p>qshare", DECANT_SHARE},
    {"<p>qnewsletter", DECANT_PROMO},
    {"<p>qsubscribe", DECANT_PROMO},
    {"<p>qapp", DECANT_PROMO},
    {"<p>qdonate", DECANT_PROMO},
    {"<p>qadvert", DECANT_PROMO},
    {"<p>qcomment", DECANT_COMMENT},
    {"<p>qstamp", DECANT_META},
    {"<p>qbyline", DECANT_META},
    {"<p>qnavigation", DECANT_NAV},
    {"<nav>qrights", DECANT_FOOTER},
    {"<nav>qrights qshare", DECANT_FOOTER},
    {"<div class=share>qrights xxxxxx", DECANT_FOOTER}, /* 7 of 14 */
    {"<div class=share>qrights xxxxxxx", DECANT_SHARE}, /* 7 of 15 */
    /* links where nothing else tells */
    {"<p><a href=y>xxxxxxx</a>xxx", DECANT_NAV},
    {"<p><a href=y>xxxxxx</a>xxxx", DECANT_OTHER},
    {"<div class=share><a href=y>x</a>", DECANT_SHARE},
};

static void a_kind_is_told_by_words_then_by_what_is_around_then_by_links(void **state) {
    Forge forge;
    forge_all(&forge);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Case of;
        decide(&of, state, &forge, kinds[i].page, 0, DETAIL_REASONS);
        assert_string_equal(of.drops, "x");
        const uint8_t kind = of.sheet.document.blocks[0].verdict.kind;
        if (kind != kinds[i].kind)
            fail_msg("%s is of kind %s, not %s", kinds[i].page, decant_kind_name((decant_kind)kind),
                     decant_kind_name(kinds[i].kind));
        case_done(&of);
    }
}

static void copies_of_which_nothing_else_is_known_are_repeats(void **state) {
    Case of;
    Forge forge;
    forge_all(&forge);
    decide(&of, state, &forge,
           "<p>The old wall has moved<p>The old wall has moved<nav>The old "
           "wall has moved",
           0, true);
    const Block *blocks = of.sheet.document.blocks;
    assert_int_equal(blocks[0].verdict.kind, DECANT_OTHER);
    assert_int_equal(blocks[1].verdict.kind, DECANT_REPEAT);
    assert_int_equal(blocks[2].verdict.kind, DECANT_NAV);
    case_done(&of);
}

static void reasons_are_what_pulled_the_first_score_furthest(void **state) {
    static const struct {
        const char *column;
        int32_t low, high;
    } trees[] = {{"links", -100, 100}, {"in_nav", -700, 700}, {"as_share", 900, -900}};
    Case of;
    Forge forge;
    forge_model(&forge);
    size_t width = 0;
    for (size_t i = 0; i < 3; i++) {
        const size_t column = sheet_column(trees[i].column);
        if (column + 1 > width) width = column + 1;
    }
    forge_forest(&forge, SHEET_FIRST, width, 3, 1, 0);
    for (size_t i = 0; i < 3; i++)
        forge_tree(&forge, sheet_column(trees[i].column), 0, trees[i].low, trees[i].high);
    forge_end_section(&forge);
    sheet_stump(&forge, SHEET_SECOND, "words", 0, -UNIT, UNIT); /* tells no reason */
    sheet_decision(&forge, 0, 0);
    decide(&of, state, &forge, "<nav class=share><div><a href=x>a</a><a href=y>b</a>", 0,
           DETAIL_REASONS);
    const Verdict *verdict = &of.sheet.document.blocks[0].verdict;
    assert_string_equal(of.drops, "x");
    assert_int_equal(verdict->reasons[0].evidence, sheet_column("in_nav"));
    assert_int_equal(verdict->reasons[0].value, 2);
    assert_int_equal(verdict->reasons[0].weight, 700);
    assert_int_equal(verdict->reasons[1].evidence, sheet_column("links"));
    assert_int_equal(verdict->reasons[1].value, 2);
    assert_int_equal(verdict->reasons[1].weight, 100);
    assert_int_equal(verdict->reasons[2].weight, 0);
    case_done(&of);
}

/* First scores of 500 for links, what has none is kept. */
static void forge_links(Forge *forge) {
    forge_model(forge);
    sheet_stump(forge, SHEET_FIRST, "links", 0, -500, 500);
    sheet_stump(forge, SHEET_SECOND, "pass.score", 0, -UNIT, UNIT);
    sheet_decision(forge, 0, 0);
}

#define LINK "<a href=x>x</a>"

static void reasons_stand_at_the_first_block_of_each_finding_alone(void **state) {
    static const char page[] = "<nav>" LINK "<div>" LINK "</div></nav><footer>" LINK
                               "</footer><p>text<footer>" LINK "<p>" LINK "</footer>";
    Case of;
    Forge forge;
    forge_links(&forge);
    decide(&of, state, &forge, page, 0, DETAIL_REASONS);
    assert_string_equal(of.drops, "xxx.xx");
    static const bool has_reason[] = {true, false, true, false, true, false};
    for (size_t i = 0; i < 6; i++) {
        const Verdict *verdict = &of.sheet.document.blocks[i].verdict;
        assert_int_equal(verdict->reasons[0].weight, has_reason[i] ? 500 : 0);
    }
    case_done(&of);
}

static void more_findings_than_a_batch_holds_have_their_reasons(void **state) {
    char page[MOST_BLOCKS * 40] = "", *at = page;
    Case of;
    Forge forge;
    forge_links(&forge);
    for (int i = 0; i < 75; i++)
        at += sprintf(at, i % 2 ? "<nav>" LINK "</nav>" : "<footer>" LINK "</footer>");
    decide(&of, state, &forge, page, 0, DETAIL_REASONS);
    for (size_t i = 0; i < 75; i++) {
        const Verdict *verdict = &of.sheet.document.blocks[i].verdict;
        assert_int_equal(verdict->kind, i % 2 ? DECANT_NAV : DECANT_FOOTER);
        assert_int_equal(verdict->reasons[0].evidence, sheet_column("links"));
        assert_int_equal(verdict->reasons[0].weight, 500);
    }
    case_done(&of);
}

static void what_speaks_for_a_verdict_is_told_of_every_block(void **state) {
    static const char page[] = "<nav>" LINK "<div>" LINK "</div></nav><p>text";
    static const int32_t weights[] = {500, 500, -500};
    Case of;
    Forge forge;
    forge_links(&forge);
    decide(&of, state, &forge, page, 0, DETAIL_REASONS);
    assert_int_equal(verdict_explain(&of.sheet.document, of.model), DECANT_OK);
    for (size_t i = 0; i < 3; i++) {
        const Verdict *verdict = &of.sheet.document.blocks[i].verdict;
        assert_int_equal(verdict->reasons[0].evidence, sheet_column("links"));
        assert_int_equal(verdict->reasons[0].weight, weights[i]);
    }
    case_done(&of);
}

static void reasons_are_told_where_they_are_asked_for(void **state) {
    Case of;
    Forge forge;
    forge_links(&forge);
    decide(&of, state, &forge, "<footer>" LINK, 0, DETAIL_NONE);
    const Verdict *verdict = &of.sheet.document.blocks[0].verdict;
    assert_true(verdict->drop);
    assert_int_equal(verdict->kind, DECANT_FOOTER);
    assert_int_equal(verdict->reasons[0].weight, 0);
    case_done(&of);
}

/* ---- model data ------------------------------------------------------------------------------ */

static decant_status open_status(const Forge *forge) {
    size_t size = 0;
    decant_status status = DECANT_OK;
    uint8_t *bytes = forge_bytes(forge, &size);
    Model *model = model_open(allocator_default(), bytes, size, &status);
    free(bytes);
    model_close(model);
    return status;
}

static void a_decision_on_pages_that_contradicts_itself_is_refused(void **state) {
    (void)state;
    static const struct {
        size_t count;
        int32_t words[8];
        decant_status status;
    } cases[] = {{0, {0}, DECANT_BAD_MODEL},
                 {1, {0}, DECANT_BAD_MODEL},
                 {2, {0, 0}, DECANT_BAD_MODEL}, /* no knot */
                 {3, {0, 0, 0}, DECANT_BAD_MODEL},
                 {4, {0, 0, 0, 500}, DECANT_OK},
                 {4, {1, 0, 0, 500}, DECANT_BAD_MODEL}, /* the least over the most */
                 {4, {INT32_MIN, INT32_MAX, 0, 500}, DECANT_OK},
                 {4, {0, 0, 0, -1}, DECANT_BAD_MODEL},
                 {4, {0, 0, 0, 1001}, DECANT_BAD_MODEL},
                 {5, {0, 0, 0, 500, 1}, DECANT_BAD_MODEL}, /* half a knot */
                 {6, {0, 0, 0, 500, 1, 400}, DECANT_OK},
                 {6, {0, 0, 0, 500, 0, 600}, DECANT_BAD_MODEL}, /* scores that do not rise */
                 {6, {0, 0, 0, 500, -1, 600}, DECANT_BAD_MODEL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Forge forge;
        forge_model(&forge);
        forge_section(&forge, SHEET_DECISION);
        for (size_t w = 0; w < cases[i].count; w++) forge_put(&forge, cases[i].words[w]);
        forge_end_section(&forge);
        if (open_status(&forge) != cases[i].status) fail_msg("decision %zu", i);
    }
}

static void a_decision_on_pages_has_no_more_knots_than_fit(void **state) {
    (void)state;
    for (int32_t count = MODEL_KNOTS; count <= MODEL_KNOTS + 1; count++) {
        Forge forge;
        forge_model(&forge);
        forge_section(&forge, SHEET_DECISION);
        forge_put(&forge, 0);
        forge_put(&forge, 0);
        for (int32_t i = 0; i < count; i++) {
            forge_put(&forge, i);
            forge_put(&forge, 500);
        }
        forge_end_section(&forge);
        assert_int_equal(open_status(&forge), count == MODEL_KNOTS ? DECANT_OK : DECANT_BAD_MODEL);
    }
}

static void sections_that_mean_nothing_are_refused(void **state) {
    (void)state;
    static const int32_t tags[] = {SHEET_FIRST - 1, SHEET_DECISION + 1};
    for (size_t i = 0; i < 2; i++) {
        Forge forge;
        forge_model(&forge);
        forge_constant(&forge, tags[i], 0);
        assert_int_equal(open_status(&forge), DECANT_BAD_MODEL);
    }
}

static void the_first_pass_may_not_ask_for_features_of_a_later_one(void **state) {
    (void)state;
    static const struct {
        int32_t tag;
        const char *column;
        decant_status status;
    } cases[] = {{SHEET_FIRST, "words", DECANT_OK},
                 {SHEET_FIRST, "in_nav", DECANT_OK},
                 {SHEET_FIRST, "page.candidate", DECANT_OK},
                 {SHEET_FIRST, "pass.before8", DECANT_BAD_MODEL},
                 {SHEET_SECOND, "pass.kept", DECANT_OK}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Forge forge;
        forge_model(&forge);
        sheet_stump(&forge, cases[i].tag, cases[i].column, 0, -1, 1);
        assert_int_equal(open_status(&forge), cases[i].status);
    }
}

static void a_net_reads_what_the_first_pass_does(void **state) {
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        Forge forge;
        forge_model(&forge);
        forge_net(&forge, SHEET_NET, PAGE_FIRST_WIDTH - 1 + more, 0, 0, UNIT);
        assert_int_equal(open_status(&forge), more ? DECANT_BAD_MODEL : DECANT_OK);
    }
}

static void a_pass_may_not_ask_for_more_than_there_is(void **state) {
    (void)state;
    Forge forge;
    forge_model(&forge);
    forge_forest(&forge, SHEET_SECOND, PAGE_WIDTH + 1, 1, 1, 0);
    forge_tree(&forge, PAGE_WIDTH, 0, -1, 1);
    forge_end_section(&forge);
    assert_int_equal(open_status(&forge), DECANT_BAD_MODEL);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* An allocator that refuses after so many requests. */
static void *resize(void *user, void *block, size_t old_size, size_t new_size) {
    size_t *left = user;
    (void)old_size;
    if (!*left) return NULL;
    --*left;
    return realloc(block, new_size);
}

static void release(void *user, void *block, size_t size) {
    (void)user;
    (void)size;
    free(block);
}

/* Judges in an arena whose first chunk of 64 KiB has so much room left, and that gets no more than
 * so many others. */
static decant_status judge_with(const Document *judged, const Model *model, size_t room,
                                size_t others, bool decides) {
    enum { CHUNK = 64 << 10 };
    size_t left = 1 + others;
    int16_t *rows = NULL;
    const decant_allocator allocator = {&left, resize, release};
    Arena arena;
    Document document = *judged;
    arena_init(&arena, &allocator);
    assert_non_null(arena_take(&arena, 1, CHUNK - room));
    document.arena = &arena;
    const decant_status status = decides ? verdict_decide(&document, model, 0, 0, DETAIL_REASONS)
                                         : verdict_features(&document, model, &rows);
    arena_done(&arena);
    return status;
}

static void refused_memory_is_told(void **state) {
    Sheet sheet;
    Forge forge;
    forge_links(&forge);
    Model *model = open_model(&forge);
    sheet_judge(&sheet, *state, small);
    for (int decides = 0; decides < 2; decides++) {
        bool was_enough = false;
        for (size_t others = 0; others < 4; others++)
            for (size_t room = 0; room < 64 << 10; room += room < 4096 ? 16 : 1024) {
                const decant_status status =
                    judge_with(&sheet.document, model, room, others, decides);
                was_enough |= status == DECANT_OK;
                assert_true(status == DECANT_OK || status == DECANT_NO_MEMORY);
                const bool holds_a_batch = others || room >= PAGE_WIDTH * sizeof(Column);
                if (!holds_a_batch) assert_int_equal(status, DECANT_NO_MEMORY);
            }
        assert_true(was_enough);
    }
    sheet_done(&sheet);
    model_close(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_has_a_name_of_its_own),
        cmocka_unit_test(names_are_words_that_logs_and_scripts_can_hold),
        cmocka_unit_test(columns_stand_in_their_groups),
        cmocka_unit_test(words_tell_the_value_as_a_reader_would),
        cmocka_unit_test(words_hold_no_placeholder_and_end_within_their_room),
        cmocka_unit_test(words_are_cut_to_the_room_there_is),
        cmocka_unit_test(a_column_that_is_none_has_no_words),
        cmocka_unit_test(a_row_begins_with_the_blocks_own_evidence),
        cmocka_unit_test(neighbours_are_four_blocks_on_each_side_and_missing_beyond_the_page),
        cmocka_unit_test(every_measure_of_a_neighbour_beyond_the_page_is_missing),
        cmocka_unit_test(neighbours_are_told_with_all_their_measures),
        cmocka_unit_test(neighbours_of_one_look_are_kin_and_siblings_half_so),
        cmocka_unit_test(what_stands_near_is_summed_up),
        cmocka_unit_test(each_reach_is_as_far_as_its_name_says),
        cmocka_unit_test(the_flow_of_prose_and_links_is_told),
        cmocka_unit_test(the_page_is_told_in_every_row),
        cmocka_unit_test(shares_of_the_page_are_of_its_words),
        cmocka_unit_test(what_a_page_says_that_it_is_is_told),
        cmocka_unit_test(a_page_that_says_nothing_of_itself_has_no_type),
        cmocka_unit_test(rows_are_the_same_wherever_in_a_batch_they_stand),
        cmocka_unit_test(words_lean_by_how_many_stand_in_a_block),
        cmocka_unit_test(a_headings_words_lean_what_stands_below_it),
        cmocka_unit_test(leans_of_what_stands_around_are_means_by_words),
        cmocka_unit_test(words_of_a_lexicon_that_are_none_are_refused),
        cmocka_unit_test(columns_of_a_pass_that_was_not_made_are_nothing),
        cmocka_unit_test(a_pass_sees_the_scores_of_eight_blocks_on_each_side),
        cmocka_unit_test(a_pass_sees_means_by_words_of_what_stands_near),
        cmocka_unit_test(a_pass_sees_means_of_the_elements_around),
        cmocka_unit_test(each_ring_of_a_pass_is_as_far_around_as_its_name_says),
        cmocka_unit_test(a_pass_sees_what_looks_the_same),
        cmocka_unit_test(a_pass_sees_the_heading_above_and_what_stands_below_one),
        cmocka_unit_test(what_stands_below_a_heading_ends_at_one_of_its_level_or_higher),
        cmocka_unit_test(no_more_than_forty_blocks_stand_below_a_heading),
        cmocka_unit_test(a_pass_sees_how_far_sure_text_is_and_how_much_of_it_there_is),
        cmocka_unit_test(a_score_of_minus_one_unit_is_not_sure),
        cmocka_unit_test(a_pass_replaces_what_the_one_before_said),
        cmocka_unit_test(a_model_without_sections_keeps_every_page),
        cmocka_unit_test(a_model_of_texts_has_no_say_in_pages),
        cmocka_unit_test(a_page_without_blocks_is_judged_too),
        cmocka_unit_test(what_scores_over_the_threshold_goes),
        cmocka_unit_test(a_sign_to_click_goes_whatever_it_scores),
        cmocka_unit_test(a_page_finds_the_threshold_that_promises_most),
        cmocka_unit_test(a_page_that_promises_next_to_nothing_goes_whatever_the_bounds),
        cmocka_unit_test(the_threshold_stays_within_its_bounds),
        cmocka_unit_test(the_threshold_lies_at_the_end_of_a_step),
        cmocka_unit_test(scores_as_high_and_low_as_models_can_make_them_do_no_harm),
        cmocka_unit_test(what_is_less_sure_than_min_confidence_stays),
        cmocka_unit_test(a_margin_moves_the_threshold),
        cmocka_unit_test(every_block_has_its_score_and_confidence),
        cmocka_unit_test(the_second_pass_knows_the_scores_of_the_first),
        cmocka_unit_test(a_net_sees_what_stands_around_a_block),
        cmocka_unit_test(what_a_net_says_counts_three_eighths),
        cmocka_unit_test(what_was_said_before_counts_a_quarter),
        cmocka_unit_test(features_are_told_as_the_last_pass_reads_them),
        cmocka_unit_test(borders_of_a_page_count_if_it_promises_much),
        cmocka_unit_test(borders_of_a_page_know_the_last_scores),
        cmocka_unit_test(a_kind_is_told_by_words_then_by_what_is_around_then_by_links),
        cmocka_unit_test(copies_of_which_nothing_else_is_known_are_repeats),
        cmocka_unit_test(reasons_are_what_pulled_the_first_score_furthest),
        cmocka_unit_test(reasons_stand_at_the_first_block_of_each_finding_alone),
        cmocka_unit_test(more_findings_than_a_batch_holds_have_their_reasons),
        cmocka_unit_test(what_speaks_for_a_verdict_is_told_of_every_block),
        cmocka_unit_test(reasons_are_told_where_they_are_asked_for),
        cmocka_unit_test(a_decision_on_pages_that_contradicts_itself_is_refused),
        cmocka_unit_test(a_decision_on_pages_has_no_more_knots_than_fit),
        cmocka_unit_test(sections_that_mean_nothing_are_refused),
        cmocka_unit_test(the_first_pass_may_not_ask_for_features_of_a_later_one),
        cmocka_unit_test(a_pass_may_not_ask_for_more_than_there_is),
        cmocka_unit_test(a_net_reads_what_the_first_pass_does),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("page", tests, set_up_rules, tear_down_rules);
}
