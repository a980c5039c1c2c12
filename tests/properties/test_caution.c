/* SPDX-License-Identifier: MIT
 * test_caution.c - options that make the verdict more cautious only ever take less away. */
#include "fixtures.h"
#include "language/letters.h"
#include "runner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

/* Marks every byte that a run of a document dropped. */
static void mark_drops(const Runner *runner, bool *marks, size_t size) {
    for (size_t at = 0; at < size; at++) marks[at] = false;
    for (size_t i = 0; i < runner->count; i++)
        if (runner->events[i].what == 'd')
            for (uint64_t at = runner->events[i].start; at < runner->events[i].end; at++)
                marks[at] = true;
}

/* White space aside, whose side of a dropped piece is a matter of what stands beside it, the
 * cautious run drops nothing that the bolder one keeps. */
static void expect_within(const Fixture *fixture, const bool *cautious, const bool *bold) {
    const uint8_t *end = fixture->text + fixture->size;
    for (size_t at = 0; at < fixture->size;) {
        const Letter letter = letter_read(fixture->text + at, end);
        if (letter.letter != LETTER_SPACE && cautious[at] && !bold[at])
            fail_msg("%s: byte %zu goes where less should go", fixture->path, at);
        at += letter.size;
    }
}

/* Runs a fixture with ever more cautious options, and sums up what goes with each. */
static void run_steps(const Fixture *fixture, Runner *steps, size_t count, uint64_t *dropped) {
    bool *before = calloc(fixture->size + 1, 1), *marks = calloc(fixture->size + 1, 1);
    assert_non_null(before);
    assert_non_null(marks);
    for (size_t i = 0; i < count; i++) {
        const char *problem =
            runner_run(&steps[i], fixture->text, fixture->size, (Chunks){0, 0, 0});
        if (problem) fail_msg("%s: %s", fixture->path, problem);
        mark_drops(&steps[i], marks, fixture->size);
        if (i) expect_within(fixture, marks, before);
        if (i && steps[i].dropped > steps[i - 1].dropped)
            fail_msg("%s: more bytes go at step %zu", fixture->path, i);
        dropped[i] += steps[i].dropped;
        bool *last = before;
        before = marks;
        marks = last;
    }
    free(before);
    free(marks);
}

/* Each step drops less than the one before, all fixtures taken together. */
static void expect_less_and_less(const decant_options *options, size_t count) {
    enum { MOST_STEPS = 8 };
    Runner steps[MOST_STEPS];
    uint64_t dropped[MOST_STEPS] = {0};
    assert_true(count <= MOST_STEPS);
    Fixtures fixtures = fixtures_read("fixtures");
    for (size_t i = 0; i < count; i++) runner_open(&steps[i], &options[i]);
    for (size_t i = 0; i < fixtures.count; i++) run_steps(&fixtures.at[i], steps, count, dropped);
    for (size_t i = 0; i < count; i++) {
        print_message("# step %zu: %llu bytes go\n", i, (unsigned long long)dropped[i]);
        if (i) assert_true(dropped[i] < dropped[i - 1]);
        runner_close(&steps[i]);
    }
    fixtures_free(&fixtures);
}

static void favouring_precision_drops_less_and_recall_more(void **state) {
    (void)state;
    const decant_favor steps[] = {DECANT_FAVOR_RECALL, DECANT_FAVOR_NEITHER,
                                  DECANT_FAVOR_PRECISION};
    decant_options options[3];
    for (size_t i = 0; i < 3; i++) {
        options[i] = (decant_options)DECANT_OPTIONS_INIT;
        options[i].favor = steps[i];
    }
    expect_less_and_less(options, 3);
}

static void the_higher_min_confidence_the_less_goes(void **state) {
    (void)state;
    const int steps[] = {0, 600, 800, 900, 950, 990};
    decant_options options[6];
    for (size_t i = 0; i < 6; i++) {
        options[i] = (decant_options)DECANT_OPTIONS_INIT;
        options[i].min_confidence = steps[i];
    }
    expect_less_and_less(options, 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(favouring_precision_drops_less_and_recall_more),
        cmocka_unit_test(the_higher_min_confidence_the_less_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
