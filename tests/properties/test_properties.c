/* SPDX-License-Identifier: MIT
 * test_properties.c - what must hold for every fixture, for its beginnings and for its mutants. */
#include "fixtures.h"
#include "restless.h"
#include "runner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static const Chunks WHOLE = {0, 0, 0};

/* A text up to this size is cut at every byte, a longer one at every 7th, a page at every 37th. */
enum { SMALL = 2048, STEP = 7, PAGE_STEP = 37, MUTANTS = 40, SECOND_TIME_PERMILLE = 20 };

typedef struct Bench {
    Fixtures fixtures;
    Runner runner, other; /* of the real model */
    Runner restless;      /* drops something of nearly every document */
    Runner page;          /* the same, and takes everything for a page */
} Bench;

static void open_restless(Runner *runner, const decant_options *options) {
    runner_open(runner, options);
    assert_int_equal(restless_use(runner->pipeline), DECANT_OK);
}

static int set_up(void **state) {
    Bench *bench = calloc(1, sizeof *bench);
    if (!bench) return -1;
    bench->fixtures = fixtures_read("fixtures");
    runner_open(&bench->runner, NULL);
    runner_open(&bench->other, NULL);
    open_restless(&bench->restless, NULL);
    decant_options options = DECANT_OPTIONS_INIT;
    options.from = DECANT_HTML;
    open_restless(&bench->page, &options);
    *state = bench;
    return 0;
}

static int tear_down(void **state) {
    Bench *bench = *state;
    runner_close(&bench->runner);
    runner_close(&bench->other);
    runner_close(&bench->restless);
    runner_close(&bench->page);
    fixtures_free(&bench->fixtures);
    free(bench);
    return 0;
}

/* Runs some bytes of a fixture in a copy of just that size. */
static void run(Runner *runner, const Fixture *fixture, const uint8_t *text, size_t size,
                Chunks chunks) {
    uint8_t *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, text, size);
    const char *problem = runner_run(runner, copy, size, chunks);
    if (problem) fail_msg("%s, %zu bytes: %s", fixture->path, size, problem);
    free(copy);
}

static void every_fixture_is_accounted_for(void **state) {
    Bench *bench = *state;
    uint64_t dropped[2] = {0, 0};
    for (size_t i = 0; i < bench->fixtures.count; i++) {
        const Fixture *fixture = &bench->fixtures.at[i];
        run(&bench->runner, fixture, fixture->text, fixture->size, WHOLE);
        run(&bench->restless, fixture, fixture->text, fixture->size, WHOLE);
        dropped[fixture->is_page] += bench->restless.dropped;
        if (fixture->is_page != bench->restless.is_page) fail_msg("%s: other kind", fixture->path);
        run(&bench->page, fixture, fixture->text, fixture->size, WHOLE);
    }
    assert_true(dropped[0] > 0 && dropped[1] > 0);
}

static void the_way_a_document_is_cut_into_chunks_changes_nothing(void **state) {
    static const Chunks ways[] = {{1, 1, 1}, {7, 7, 1}, {64, 64, 1}, {1, 97, 2}, {500, 700, 3}};
    Bench *bench = *state;
    for (size_t i = 0; i < bench->fixtures.count; i++) {
        const Fixture *fixture = &bench->fixtures.at[i];
        run(&bench->runner, fixture, fixture->text, fixture->size, WHOLE);
        for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
            run(&bench->other, fixture, fixture->text, fixture->size, ways[way]);
            if (!runner_equal(&bench->runner, &bench->other))
                fail_msg("%s in chunks of %zu to %zu bytes", fixture->path, ways[way].least,
                         ways[way].most);
        }
    }
}

static void a_used_pipeline_judges_like_a_fresh_one_in_any_order(void **state) {
    Bench *bench = *state;
    for (size_t i = bench->fixtures.count; i-- > 0;) {
        const Fixture *fixture = &bench->fixtures.at[i];
        Runner fresh;
        runner_open(&fresh, NULL);
        run(&fresh, fixture, fixture->text, fixture->size, WHOLE);
        run(&bench->runner, fixture, fixture->text, fixture->size, WHOLE);
        if (!runner_equal(&fresh, &bench->runner)) fail_msg("%s", fixture->path);
        runner_close(&fresh);
    }
}

static void a_page_between_two_texts_changes_neither(void **state) {
    Bench *bench = *state;
    const Fixture *text = NULL, *page = NULL;
    Runner fresh;
    runner_open(&fresh, NULL);
    for (size_t i = 0; i < bench->fixtures.count; i++) {
        const Fixture *fixture = &bench->fixtures.at[i];
        *(fixture->is_page ? &page : &text) = fixture;
        if (!text || !page) continue;
        run(&bench->other, text, text->text, text->size, WHOLE);
        run(&bench->runner, page, page->text, page->size, WHOLE);
        run(&bench->runner, text, text->text, text->size, WHOLE);
        if (!runner_equal(&bench->runner, &bench->other)) fail_msg("%s", text->path);
        run(&bench->runner, page, page->text, page->size, WHOLE);
        run(&fresh, page, page->text, page->size, WHOLE);
        if (!runner_equal(&bench->runner, &fresh)) fail_msg("%s", page->path);
    }
    runner_close(&fresh);
}

static void every_beginning_of_a_fixture_is_accounted_for(void **state) {
    Bench *bench = *state;
    for (size_t i = 0; i < bench->fixtures.count; i++) {
        const Fixture *fixture = &bench->fixtures.at[i];
        size_t step = fixture->is_page ? PAGE_STEP : fixture->size < SMALL ? 1 : STEP;
        for (size_t size = 0; size < fixture->size; size += step)
            run(&bench->restless, fixture, fixture->text, size, WHOLE);
    }
}

static void a_fixture_with_one_byte_changed_is_accounted_for(void **state) {
    static const uint8_t favourites[] = {0,   '\n', '\r', ' ',  '.',  '<',  '>',  '"',
                                         '&', '/',  '-',  0x80, 0xC3, 0xE2, 0xF0, 0xFF};
    Bench *bench = *state;
    uint32_t random = 2024;
    for (size_t i = 0; i < bench->fixtures.count; i++) {
        const Fixture *fixture = &bench->fixtures.at[i];
        for (int mutant = 0; mutant < MUTANTS && fixture->size; mutant++) {
            uint8_t *at = &fixture->text[next_random(&random) % fixture->size], old = *at;
            uint32_t chance = next_random(&random);
            *at = chance & 1 ? favourites[chance / 2 % sizeof favourites] : (uint8_t)(chance >> 8);
            run(&bench->restless, fixture, fixture->text, fixture->size, WHOLE);
            *at = old;
        }
    }
}

/* A page with a few pieces of markup put in at random. */
static Fixture mutant_of(const Fixture *fixture, uint32_t *random) {
    static const char *const pieces[] = {
        "<",         ">",        "\"",         "'",       "&",      "\0",        "</",
        "<!--",      "-->",      "<p>",        "</p>",    "<div>",  "</div>",    "<table>",
        "<td>",      "</table>", "<a>",        "</a>",    "<b>",    "</b>",      "<svg>",
        "</svg>",    "<math>",   "<mi>",       "<title>", "<pre>",  "</pre>",    "<script>",
        "</script>", "<select>", "<br>",       "&#0;",    "&#x3C;", "<![CDATA[", "]]>",
        "<li>",      "</ul>",    "<template>", "<form>",  "</form>"};
    enum { PIECES = sizeof pieces / sizeof *pieces, MOST = 6, LONGEST = 16 };
    Fixture mutant = {.path = fixture->path, .text = malloc(fixture->size + MOST * LONGEST)};
    assert_non_null(mutant.text);
    size_t at = 0;
    for (int i = 0; i < MOST; i++) {
        const char *piece = pieces[next_random(random) % PIECES];
        const size_t size = *piece ? strlen(piece) : 1;
        const size_t left = fixture->size - at, end = at + next_random(random) % (left + 1);
        memcpy(mutant.text + mutant.size, fixture->text + at, end - at);
        memcpy(mutant.text + mutant.size + (end - at), piece, size);
        mutant.size += end - at + size;
        at = end;
    }
    memcpy(mutant.text + mutant.size, fixture->text + at, fixture->size - at);
    mutant.size += fixture->size - at;
    return mutant;
}

static void a_page_with_markup_put_in_is_accounted_for(void **state) {
    Bench *bench = *state;
    uint32_t random = 4202;
    for (size_t i = 0; i < bench->fixtures.count; i++) {
        const Fixture *fixture = &bench->fixtures.at[i];
        for (int number = 0; number < MUTANTS && fixture->is_page; number++) {
            Fixture mutant = mutant_of(fixture, &random);
            run(&bench->page, &mutant, mutant.text, mutant.size, WHOLE);
            free(mutant.text);
        }
    }
}

static void clean_text_cleaned_again_loses_next_to_nothing(void **state) {
    Bench *bench = *state;
    size_t bytes = 0, lost = 0;
    bench->runner.keep_clean = true;
    for (size_t i = 0; i < bench->fixtures.count; i++) {
        const Fixture *fixture = &bench->fixtures.at[i];
        if (fixture->is_page) continue;
        run(&bench->runner, fixture, fixture->text, fixture->size, WHOLE);
        run(&bench->other, fixture, bench->runner.clean, bench->runner.clean_size, WHOLE);
        bytes += bench->runner.clean_size;
        lost += (size_t)bench->other.dropped;
    }
    bench->runner.keep_clean = false;
    print_message("# the second time %zu of %zu bytes go\n", lost, bytes);
    assert_true(lost * 1000 <= bytes * SECOND_TIME_PERMILLE);
}

/* All texts or all pages as one long document, which small parts cut in many places. */
static Fixture all_in_one(const Fixtures *fixtures, bool pages) {
    Fixture all = {.path = pages ? "all pages in one" : "all texts in one", .is_page = pages};
    for (size_t i = 0; i < fixtures->count; i++)
        all.size += fixtures->at[i].is_page == pages ? fixtures->at[i].size : 0;
    all.text = malloc(all.size);
    assert_non_null(all.text);
    uint8_t *at = all.text;
    for (size_t i = 0; i < fixtures->count; i++) {
        if (fixtures->at[i].is_page != pages) continue;
        memcpy(at, fixtures->at[i].text, fixtures->at[i].size);
        at += fixtures->at[i].size;
    }
    return all;
}

static void cut_into_parts(const Fixture *all) {
    static const Chunks ways[] = {{1, 1, 1}, {1, 5000, 2}, {4096, 4096, 3}};
    decant_options options = DECANT_OPTIONS_INIT;
    for (options.max_document = 4096; options.max_document < 40000; options.max_document *= 3) {
        Runner whole, cut;
        open_restless(&whole, &options);
        open_restless(&cut, &options);
        run(&whole, all, all->text, all->size, WHOLE);
        assert_true(whole.is_page == all->is_page);
        for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
            run(&cut, all, all->text, all->size, ways[way]);
            if (!runner_equal(&whole, &cut))
                fail_msg("%s in parts of %zu", all->path, options.max_document);
        }
        runner_close(&whole);
        runner_close(&cut);
    }
}

static void a_document_in_parts_is_accounted_for_whatever_its_chunks(void **state) {
    Bench *bench = *state;
    for (int pages = 0; pages < 2; pages++) {
        Fixture all = all_in_one(&bench->fixtures, pages);
        cut_into_parts(&all);
        free(all.text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fixture_is_accounted_for),
        cmocka_unit_test(the_way_a_document_is_cut_into_chunks_changes_nothing),
        cmocka_unit_test(a_used_pipeline_judges_like_a_fresh_one_in_any_order),
        cmocka_unit_test(a_page_between_two_texts_changes_neither),
        cmocka_unit_test(every_beginning_of_a_fixture_is_accounted_for),
        cmocka_unit_test(a_fixture_with_one_byte_changed_is_accounted_for),
        cmocka_unit_test(a_page_with_markup_put_in_is_accounted_for),
        cmocka_unit_test(clean_text_cleaned_again_loses_next_to_nothing),
        cmocka_unit_test(a_document_in_parts_is_accounted_for_whatever_its_chunks),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
