/* SPDX-License-Identifier: MIT
 * test_sweep.c - what a run of dropped blocks says of itself, and what is noted of a document. */
#include "output/sweep.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

enum { FEATURES = 5, MOST_NOTES = 8 };

static const char *name_of(size_t feature) {
    static const char *const names[FEATURES] = {"a", "b", "c", "d", "e"};
    return names[feature];
}

static void words_of(size_t feature, int value, char *words, size_t size) {
    snprintf(words, size, "%s is %d", name_of(feature), value);
}

static const Wording wording = {name_of, words_of};

/* What a sink was told. Words are copied: they last only for the call. */
typedef struct Told {
    decant_dropped dropped;
    char words[DECANT_REASONS][64];
    decant_note notes[MOST_NOTES];
    char sentences[MOST_NOTES][160];
    size_t drops, note_count;
    decant_summary summary;
} Told;

static int on_dropped(void *user, const decant_dropped *dropped) {
    Told *told = user;
    told->dropped = *dropped;
    for (size_t i = 0; i < dropped->reason_count; i++)
        snprintf(told->words[i], sizeof told->words[i], "%s", dropped->reasons[i].words);
    told->drops++;
    return 0;
}

static int on_note(void *user, const decant_note *note) {
    Told *told = user;
    told->notes[told->note_count] = *note;
    snprintf(told->sentences[told->note_count++], sizeof *told->sentences, "%s", note->words);
    return 0;
}

static int on_summary(void *user, const decant_summary *summary) {
    ((Told *)user)->summary = *summary;
    return 0;
}

static decant_sink sink_of(Told *told) {
    return (decant_sink){
        .user = told, .dropped = on_dropped, .note = on_note, .summary = on_summary};
}

/* A document of one line a block, every block `size` bytes long, of which some are dropped. */
typedef struct Case {
    Arena arena;
    char text[4096];
    Block blocks[100];
    Document document;
    Progress progress;
} Case;

static void make(Case *test, size_t blocks, size_t size) {
    memset(test, 0, sizeof *test);
    arena_init(&test->arena, allocator_default());
    for (size_t i = 0; i < blocks; i++) {
        char *line = test->text + i * (size + 1);
        memset(line, 'x', size);
        line[size] = '\n';
        test->blocks[i].text = (Str){(const uint8_t *)line, size};
        test->blocks[i].shape = (Shape){.letters = (uint32_t)size,
                                        .points = (uint32_t)size,
                                        .words = 4,
                                        .stop_words = 1,
                                        .stops = 1};
    }
    test->document = (Document){.arena = &test->arena,
                                .raw = {(const uint8_t *)test->text, blocks * (size + 1)},
                                .blocks = test->blocks,
                                .block_count = blocks,
                                .last_part = true};
}

static void sweep(Case *test, Told *told, int max_loss) {
    Ledger ledger;
    memset(told, 0, sizeof *told);
    const decant_sink sink = sink_of(told);
    assert_int_equal(ledger_seal(&test->document, &ledger), DECANT_OK);
    assert_int_equal(sweep_part(&test->document, &ledger, &wording, &sink, &test->progress),
                     DECANT_OK);
    assert_int_equal(sweep_end(&sink, max_loss, &test->progress), DECANT_OK);
    arena_done(&test->arena);
}

static void drop(Block *block, int confidence) {
    block->verdict.drop = true;
    block->verdict.kind = DECANT_FOOTER;
    block->verdict.confidence = (int16_t)confidence;
}

static void reason(Block *block, size_t at, uint16_t feature, int16_t value, int32_t weight) {
    block->verdict.reasons[at].evidence = feature;
    block->verdict.reasons[at].value = value;
    block->verdict.reasons[at].weight = weight;
}

static const decant_note *find_note(const Told *told, decant_note_code code) {
    for (size_t i = 0; i < told->note_count; i++)
        if (told->notes[i].code == code) return &told->notes[i];
    return NULL;
}

/* ---- runs ----------------------------------------------------------------------------------- */

static void the_confidence_of_a_run_is_the_mean_by_length(void **state) {
    (void)state;
    Case test;
    Told told;
    make(&test, 4, 10);
    drop(&test.blocks[2], 900);
    drop(&test.blocks[3], 600);
    test.blocks[3].text.len = 5;
    sweep(&test, &told, 1000);
    assert_int_equal(told.drops, 1);
    assert_int_equal(told.dropped.blocks, 2);
    assert_int_equal(told.dropped.confidence, 800);
    assert_int_equal(told.dropped.line, 3);
    assert_int_equal(told.dropped.column, 1);
}

static void the_reasons_of_a_run_are_those_of_its_first_block(void **state) {
    (void)state;
    Case test;
    Told told;
    make(&test, 4, 10);
    drop(&test.blocks[1], 900);
    drop(&test.blocks[2], 900);
    reason(&test.blocks[1], 0, 0, 7, 3072);
    reason(&test.blocks[1], 1, 1, 8, 2048);
    reason(&test.blocks[2], 0, 1, 10, 2560);
    sweep(&test, &told, 1000);
    assert_int_equal(told.dropped.reason_count, 2);
    assert_string_equal(told.dropped.reasons[0].evidence, "a");
    assert_string_equal(told.words[0], "a is 7");
    assert_int_equal(told.dropped.reasons[0].weight, 3000);
    assert_string_equal(told.words[1], "b is 8");
    assert_int_equal(told.dropped.reasons[1].weight, 2000);
}

static void what_speaks_for_keeping_is_no_reason(void **state) {
    (void)state;
    Case test;
    Told told;
    make(&test, 2, 10);
    drop(&test.blocks[1], 900);
    reason(&test.blocks[1], 0, 0, 7, -3072);
    sweep(&test, &told, 1000);
    assert_int_equal(told.dropped.reason_count, 0);
}

/* ---- notes ---------------------------------------------------------------------------------- */

static void losing_more_than_max_loss_is_noted(void **state) {
    (void)state;
    Case test;
    Told told;
    for (int drops = 5; drops <= 6; drops++) {
        make(&test, 10, 10);
        for (int i = 0; i < drops; i++) drop(&test.blocks[i], 900);
        sweep(&test, &told, 500);
        assert_int_equal(find_note(&told, DECANT_NOTE_LOSS) != NULL, drops > 5);
    }
    assert_string_equal(told.notes[0].name, "max-loss");
    assert_string_equal(told.sentences[0], "60.0 % of the text was dropped, more than 50.0 %");
}

static void losing_everything_is_noted_as_empty(void **state) {
    (void)state;
    Case test;
    Told told;
    make(&test, 3, 10);
    for (int i = 0; i < 3; i++) drop(&test.blocks[i], 900);
    sweep(&test, &told, 1000);
    assert_int_equal(told.note_count, 1);
    assert_string_equal(told.notes[0].name, "empty");
    assert_int_equal(told.summary.kept, 0);
    assert_int_equal(told.summary.dropped_blocks, 3);
}

static void many_short_lines_without_sentences_are_no_prose(void **state) {
    (void)state;
    Case test;
    Told told;
    make(&test, 60, 10);
    for (int i = 0; i < 60; i++) test.blocks[i].shape.stop_words = test.blocks[i].shape.stops = 0;
    sweep(&test, &told, 1000);
    assert_non_null(find_note(&told, DECANT_NOTE_NO_PROSE));
    make(&test, 60, 10);
    sweep(&test, &told, 1000);
    assert_null(find_note(&told, DECANT_NOTE_NO_PROSE));
}

static void bytes_that_are_no_text_are_no_prose(void **state) {
    (void)state;
    Case test;
    Told told;
    make(&test, 1, 10);
    test.blocks[0].shape = (Shape){.points = 10, .letters = 4};
    sweep(&test, &told, 1000);
    assert_non_null(find_note(&told, DECANT_NOTE_NO_PROSE));
}

static void the_first_bad_byte_is_noted_where_it_stands_and_once(void **state) {
    (void)state;
    Case test;
    Told told;
    make(&test, 3, 10);
    test.document.invalid_bytes = 2;
    test.document.first_invalid = 25;
    drop(&test.blocks[1], 900);
    sweep(&test, &told, 1000);
    assert_int_equal(told.note_count, 1);
    assert_int_equal(told.notes[0].code, DECANT_NOTE_ENCODING);
    assert_int_equal(told.notes[0].offset, 25);
    assert_int_equal(told.notes[0].line, 3);
}

static void rules_given_up_are_counted(void **state) {
    (void)state;
    Case test;
    Told told;
    make(&test, 1, 10);
    test.document.limited_rules = 2;
    sweep(&test, &told, 1000);
    assert_string_equal(told.notes[0].name, "rule-limit");
    assert_string_equal(told.sentences[0], "rules were given up at a match limit 2 times");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_confidence_of_a_run_is_the_mean_by_length),
        cmocka_unit_test(the_reasons_of_a_run_are_those_of_its_first_block),
        cmocka_unit_test(what_speaks_for_keeping_is_no_reason),
        cmocka_unit_test(losing_more_than_max_loss_is_noted),
        cmocka_unit_test(losing_everything_is_noted_as_empty),
        cmocka_unit_test(many_short_lines_without_sentences_are_no_prose),
        cmocka_unit_test(bytes_that_are_no_text_are_no_prose),
        cmocka_unit_test(the_first_bad_byte_is_noted_where_it_stands_and_once),
        cmocka_unit_test(rules_given_up_are_counted),
    };
    return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
