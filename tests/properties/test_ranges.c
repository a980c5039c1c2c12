/* SPDX-License-Identifier: MIT
 * test_ranges.c - what an event of a page reads stands in its range of the page's own bytes, marks
 * of lists and tables aside, and every text of a page is in some event. */
#include "fixtures.h"
#include "reader.h"
#include "restless.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An event's range and signs. */
typedef struct Range {
    uint64_t start, end;
    Signs signs;
    bool is_dropped;
} Range;

typedef struct Ranges {
    Range *at;
    size_t count;
    char charset[32];
} Ranges;

static int add_range(Ranges *ranges, Range range) {
    ranges->at = realloc(ranges->at, (ranges->count + 1) * sizeof *ranges->at);
    assert_non_null(ranges->at);
    ranges->at[ranges->count++] = range;
    return 0;
}

static int on_kept(void *user, const decant_kept *kept) {
    return add_range(user,
                     (Range){kept->start, kept->end, read_text(kept->text, kept->size), false});
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    return add_range(
        user, (Range){dropped->start, dropped->end, read_text(dropped->text, dropped->size), true});
}

static int on_summary(void *user, const decant_summary *summary) {
    Ranges *ranges = user;
    snprintf(ranges->charset, sizeof ranges->charset, "%s", summary->charset);
    return 0;
}

static Ranges ranges_of(const Fixture *page, const decant_options *options) {
    Ranges ranges = {0};
    decant *pipeline;
    const decant_sink sink = {
        .user = &ranges, .kept = on_kept, .dropped = on_dropped, .summary = on_summary};
    assert_int_equal(decant_open(&pipeline, options, &sink), DECANT_OK);
    assert_int_equal(restless_use(pipeline), DECANT_OK);
    assert_int_equal(decant_start(pipeline, page->path), DECANT_OK);
    assert_int_equal(decant_feed(pipeline, page->text, page->size), DECANT_OK);
    assert_int_equal(decant_finish(pipeline), DECANT_OK);
    decant_close(pipeline);
    return ranges;
}

static void free_ranges(Ranges *ranges) {
    for (size_t i = 0; i < ranges->count; i++) free(ranges->at[i].signs.at);
    free(ranges->at);
}

/* Signs that the layout of kept text may put between those of the page. */
static bool is_mark(decant_format format, uint32_t code) {
    const char *marks = format == DECANT_MARKDOWN ? "-|.:0123456789*`\\#>" : "-|.0123456789";
    return code < 0x80 && strchr(marks, (int)code);
}

/* Goes past the page's signs in the range; false where the event's are others. */
static bool is_right(const Range *range, const Signs *page, size_t *at, decant_format format) {
    size_t i = 0;
    for (; *at < page->count && page->at[*at].at < range->end; ++*at, i++) {
        const uint32_t code = page->at[*at].code;
        while (!range->is_dropped && i < range->signs.count && range->signs.at[i].code != code &&
               is_mark(format, range->signs.at[i].code))
            i++;
        if (i == range->signs.count || range->signs.at[i].code != code) return false;
    }
    while (!range->is_dropped && i < range->signs.count && is_mark(format, range->signs.at[i].code))
        i++;
    return i == range->signs.count;
}

static void check_page(const Fixture *page, const decant_options *options) {
    Ranges ranges = ranges_of(page, options);
    Signs signs = read_page(page->text, page->size, ranges.charset);
    size_t at = 0;
    for (size_t i = 0; i < ranges.count; i++) {
        const Range *range = &ranges.at[i];
        if (range->end < range->start || (i && range->start < range[-1].end))
            fail_msg("%s: bytes %llu to %llu come after byte %llu", page->path,
                     (unsigned long long)range->start, (unsigned long long)range->end,
                     i ? (unsigned long long)range[-1].end : 0);
        if (at < signs.count && signs.at[at].at < range->start)
            fail_msg("%s: the text at byte %llu is in no event", page->path,
                     (unsigned long long)signs.at[at].at);
        if (!is_right(range, &signs, &at, options->format))
            fail_msg("%s: bytes %llu to %llu read something else, %s %llu", page->path,
                     (unsigned long long)range->start, (unsigned long long)range->end,
                     at < signs.count ? "from byte" : "at the end of",
                     (unsigned long long)(at < signs.count ? signs.at[at].at : page->size));
    }
    if (at < signs.count)
        fail_msg("%s: the text at byte %llu is in no event", page->path,
                 (unsigned long long)signs.at[at].at);
    free(signs.at);
    free_ranges(&ranges);
}

static void check_pages(const decant_options *options) {
    Fixtures fixtures = fixtures_read("fixtures");
    for (size_t i = 0; i < fixtures.count; i++)
        if (fixtures.at[i].is_page) check_page(&fixtures.at[i], options);
    fixtures_free(&fixtures);
}

static void events_read_what_stands_in_their_ranges(void **state) {
    (void)state;
    const decant_options options = DECANT_OPTIONS_INIT;
    check_pages(&options);
}

static void so_they_do_in_markdown(void **state) {
    (void)state;
    decant_options options = DECANT_OPTIONS_INIT;
    options.format = DECANT_MARKDOWN;
    check_pages(&options);
}

/* The end of its row is an event of its own, without bytes. */
static void a_table_ends_where_its_last_text_does(void **state) {
    (void)state;
    static char page[] =
        "<!doctype html><p>text before it<table><tr><td>the first cell<td>the second cell"
        "<tr><td>the third cell<td>the fourth cell</table>";
    const Fixture fixture = {.path = page, .text = (uint8_t *)page, .size = sizeof page - 1};
    decant_options options = DECANT_OPTIONS_INIT;
    options.format = DECANT_MARKDOWN;
    check_page(&fixture, &options);
}

static void no_text_is_lost_between_parts(void **state) {
    (void)state;
    decant_options options = DECANT_OPTIONS_INIT;
    options.max_document = 4096;
    check_pages(&options);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_read_what_stands_in_their_ranges),
        cmocka_unit_test(so_they_do_in_markdown),
        cmocka_unit_test(a_table_ends_where_its_last_text_does),
        cmocka_unit_test(no_text_is_lost_between_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
