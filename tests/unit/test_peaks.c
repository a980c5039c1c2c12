/* SPDX-License-Identifier: MIT
 * test_peaks.c - which runs of lines stand out by what they are about, against comparing anew. */
#include "verdict/peaks.h"

#include "part.h"
#include "themes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

/* ---- helpers -------------------------------------------------------------------------------- */

typedef struct Subject {
    Part part;
    Topics *topics;
    Peaks *peaks;
} Subject;

static void open_subject(Subject *ret, void **state, const char *text) {
    part_judge(&ret->part, *state, text);
    ret->topics = topics_open(&ret->part.document);
    assert_non_null(ret->topics);
    ret->peaks = peaks_open(&ret->part.document, ret->topics);
    assert_non_null(ret->peaks);
}

/* What a run explains; the least of all if it is long and at neither end. */
static int64_t explained(const Subject *subject, size_t first, size_t end) {
    const bool is_inner = first && end < subject->part.document.block_count;
    return is_inner && end - first > PEAK_LINES + 1 ? INT64_MIN
                                                    : topics_explained(subject->topics, first, end);
}

/* Fails unless of a text of one block a line just the runs are peaks that explain 300 permille and
 * no less than those beside. */
static void expect_peaks(void **state, const char *text) {
    Subject subject;
    open_subject(&subject, state, text);
    const size_t count = subject.part.document.block_count;
    for (size_t first = 0; first < count; first++) {
        bool begins = first == 0;
        for (size_t end = first + 1; end <= count; end++) {
            const int64_t own = explained(&subject, first, end);
            const int16_t share = own > INT64_MIN ? topics_share(subject.topics, own) : 0;
            bool is_peak = share >= 300 && end - first < count;
            if (first && end < count && end - first > PEAK_LINES) is_peak = false;
            if (first && explained(&subject, first - 1, end) > own) is_peak = false;
            if (end < count && explained(&subject, first, end + 1) > own) is_peak = false;
            if (first + 1 < end && explained(&subject, first + 1, end) > own) is_peak = false;
            if (first + 1 < end && explained(&subject, first, end - 1) > own) is_peak = false;
            assert_int_equal(peaks_share(subject.peaks, first, end), is_peak ? share : 0);
            begins = begins || is_peak;
        }
        assert_int_equal(peaks_begin(subject.peaks, first), begins);
    }
    part_done(&subject.part);
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void what_is_about_something_else_below_is_a_peak(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL FOOTBALL KITCHEN);
    assert_true(peaks_share(subject.peaks, 6, 9) > 950);
    assert_true(peaks_begin(subject.peaks, 6));
    assert_int_equal(peaks_share(subject.peaks, 5, 9), 0);
    assert_int_equal(peaks_share(subject.peaks, 7, 9), 0);
    part_done(&subject.part);
}

static void so_it_is_between_other_lines(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL KITCHEN FOOTBALL);
    assert_true(peaks_share(subject.peaks, 3, 6) > 950);
    assert_true(peaks_begin(subject.peaks, 3));
    part_done(&subject.part);
}

static void the_whole_document_is_no_peak(void **state) {
    Subject subject;
    open_subject(&subject, state, FOOTBALL KITCHEN);
    assert_int_equal(peaks_share(subject.peaks, 0, 6), 0);
    part_done(&subject.part);
}

static void no_peak_begins_or_ends_within_a_line(void **state) {
    Subject subject;
    open_subject(&subject, state,
                 "The striker scored. The goalkeeper saved a penalty in the match.\n"
                 "Melt the butter. Whisk flour and milk into the sauce.\n");
    assert_int_equal(subject.part.document.block_count, 4);
    assert_true(peaks_share(subject.peaks, 2, 4) > 0);
    assert_int_equal(peaks_share(subject.peaks, 3, 4), 0);
    assert_false(peaks_begin(subject.peaks, 3));
    part_done(&subject.part);
}

static void peaks_are_as_compared_anew(void **state) {
    expect_peaks(
        state, FOOTBALL KITCHEN FOOTBALL KITCHEN KITCHEN KITCHEN KITCHEN FOOTBALL FOOTBALL KITCHEN);
    expect_peaks(state, KITCHEN "1 2 3\n" FOOTBALL "4 5 6\n\n7 8 9\n" KITCHEN);
    expect_peaks(state, "1 2 3\n4 5 6\n7 8 9\n");
    expect_peaks(state, "Nothing more was said.\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_about_something_else_below_is_a_peak),
        cmocka_unit_test(so_it_is_between_other_lines),
        cmocka_unit_test(the_whole_document_is_no_peak),
        cmocka_unit_test(no_peak_begins_or_ends_within_a_line),
        cmocka_unit_test(peaks_are_as_compared_anew),
    };
    return cmocka_run_group_tests_name("peaks", tests, set_up_rules, tear_down_rules);
}
