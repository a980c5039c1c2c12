/* SPDX-License-Identifier: MIT
 * test_frame.c - streams cut into lines and WARC records: whatever the chunks, whatever is broken.
 */
#include "decant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a framer sends: a line a record, after its bytes were compared with the stream's. */
typedef struct Sent {
    const char *stream;
    decant_framing framing;
    char text[1 << 14];
    size_t size, records_left;
    uint64_t end; /* of the last record */
} Sent;

static int take_record(void *user, const decant_record *record) {
    Sent *sent = user;
    if (!sent->records_left) return 1;
    sent->records_left--;
    if (sent->framing == DECANT_LINES) assert_int_equal(record->start, sent->end);
    assert_in_range(record->start, sent->end, record->end);
    sent->end = record->end;
    const size_t whole = (size_t)(record->end - record->start);
    const size_t compared = sent->framing == DECANT_LINES ? whole : record->size;
    if (compared) assert_memory_equal(record->data, sent->stream + record->start, compared);
    sent->size +=
        (size_t)snprintf(sent->text + sent->size, sizeof sent->text - sent->size,
                         "%d: %d-%d (%d)%s%s%s\n", (int)record->number, (int)record->start,
                         (int)record->end, (int)record->size, record->goes_on ? " and on" : "",
                         record->fault ? " " : "", record->fault ? record->fault : "");
    assert_true(sent->size < sizeof sent->text);
    return 0;
}

/* Frames a stream in chunks of one size. Each is a block of its own, so that reading past it is
 * found out. */
static decant_framer *frame(Sent *sent, decant_framing framing, size_t limit, const char *stream,
                            size_t size, size_t chunk) {
    decant_framer *framer = NULL;
    *sent = (Sent){.stream = stream, .framing = framing, .records_left = SIZE_MAX};
    assert_int_equal(decant_framer_open(&framer, framing, limit, NULL, take_record, sent),
                     DECANT_OK);
    for (size_t at = 0; at < size; at += chunk) {
        const size_t part = size - at < chunk ? size - at : chunk;
        char *copy = malloc(part);
        assert_non_null(copy);
        memcpy(copy, stream + at, part);
        assert_int_equal(decant_framer_feed(framer, copy, part), DECANT_OK);
        free(copy);
    }
    assert_int_equal(decant_framer_finish(framer), DECANT_OK);
    return framer;
}

static void expect(decant_framing framing, size_t limit, const char *stream, const char *expected) {
    const size_t size = strlen(stream);
    for (size_t chunk = 1; chunk <= size + 1; chunk++) {
        static Sent sent;
        decant_framer_close(frame(&sent, framing, limit, stream, size, chunk));
        assert_string_equal(sent.text, expected);
    }
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void a_record_is_a_line_without_its_break(void **state) {
    (void)state;
    expect(DECANT_LINES, 100, "one\ntwo\r\nthree\rx\n", "1: 0-4 (3)\n2: 4-9 (3)\n3: 9-17 (7)\n");
    expect(DECANT_LINES, 100, "", "");
}

static void blank_lines_are_records(void **state) {
    (void)state;
    expect(DECANT_LINES, 100, "\n\r\n \n", "1: 0-1 (0)\n2: 1-3 (0)\n3: 3-5 (1)\n");
}

static void the_last_line_may_lack_its_break(void **state) {
    (void)state;
    expect(DECANT_LINES, 100, "one\ntwo", "1: 0-4 (3)\n2: 4-7 (3)\n");
    expect(DECANT_LINES, 100, "one\r", "1: 0-4 (4)\n");
}

static void a_line_over_the_limit_comes_in_pieces(void **state) {
    (void)state;
    expect(DECANT_LINES, 4, "abcdefghij\r\nabcd\r\nabcdefgh\nabcd\r",
           "1: 0-4 (4) and on the line is longer than 4 bytes\n"
           "1: 4-8 (4) and on the line is longer than 4 bytes\n"
           "1: 8-12 (2) the line is longer than 4 bytes\n"
           "2: 12-18 (4)\n"
           "3: 18-22 (4) and on the line is longer than 4 bytes\n"
           "3: 22-27 (4) the line is longer than 4 bytes\n"
           "4: 27-31 (4) and on the line is longer than 4 bytes\n"
           "4: 31-32 (1) the line is longer than 4 bytes\n");
}

static void a_long_line_is_one_record(void **state) {
    (void)state;
    enum { SIZE = 3 << 20 };
    char *stream = malloc(SIZE);
    assert_non_null(stream);
    memset(stream, 'x', SIZE);
    memcpy(stream + SIZE - 4, "\nyz\n", 4);
    static Sent sent;
    for (size_t chunk = 1000; chunk <= SIZE; chunk *= 17) {
        decant_framer_close(frame(&sent, DECANT_LINES, SIZE, stream, SIZE, chunk));
        assert_string_equal(sent.text, "1: 0-3145725 (3145724)\n2: 3145725-3145728 (2)\n");
    }
    free(stream);
}

/* ---- WARC ----------------------------------------------------------------------------------- */

#define HEAD(type, length)          "WARC/1.0\r\nWARC-Type: " type "\r\nContent-Length: " length "\r\n\r\n"
#define RECORD(type, length, block) HEAD(type, length) block "\r\n\r\n"

static void responses_and_conversions_are_records(void **state) {
    (void)state;
    expect(DECANT_WARC, 200,
           RECORD("warcinfo", "4", "info") RECORD("response", "5", "first")
               RECORD("conversion", "6", "second") RECORD("request", "0", ""),
           "1: 60-117 (57)\n2: 121-181 (60)\n");
}

static void other_records_are_counted_by_type(void **state) {
    (void)state;
    static const char stream[] =
        RECORD("warcinfo", "1", "i") RECORD("request", "1", "r") RECORD("REQUEST", "1", "r")
            RECORD("response", "1", "r") RECORD("revisit", "0", "") RECORD("news", "2", "\r\n");
    static const char *const names[] = {"warcinfo", "request",      "metadata", "revisit",
                                        "resource", "continuation", "other"};
    static const uint64_t counts[] = {1, 2, 0, 1, 0, 0, 1};
    static Sent sent;
    decant_framer *framer = frame(&sent, DECANT_WARC, 200, stream, sizeof stream - 1, 7);
    uint64_t count;
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(decant_framer_skipped(framer, i, &count), names[i]);
        assert_int_equal(count, counts[i]);
    }
    assert_null(decant_framer_skipped(framer, 7, &count));
    decant_framer_close(framer);
}

static void line_feeds_alone_and_missing_breaks_are_read(void **state) {
    (void)state;
    expect(DECANT_WARC, 200,
           "\n\nWARC/1.1\ncontent-length:3\nWARC-Type:response\n\none"
           "WARC/1.1\nContent-Length: 3 \nWARC-Type : response\n\ntwo\n",
           "1: 2-51 (49)\n2: 51-104 (53)\n");
}

static void a_record_over_the_limit_is_sent_as_far_as_that(void **state) {
    (void)state;
    expect(DECANT_WARC, 60,
           RECORD("response", "20", "aaaaaaaaaabbbbbbbbbb") RECORD("response", "3", "two"),
           "1: 0-73 (60) the header gives the record 73 bytes, and more than 60 are not held\n"
           "2: 77-132 (55)\n");
}

static void a_record_cut_short_is_told(void **state) {
    (void)state;
    expect(DECANT_WARC, 200, HEAD("response", "9") "abc", "1: 0-55 (55) the record is cut short\n");
    expect(DECANT_WARC, 200, "WARC/1.0\r\nWARC-Type: resp",
           "1: 0-25 (25) the WARC header is cut short\n");
    expect(DECANT_WARC, 200, "WARC/", "1: 0-5 (5) these bytes are no WARC record\n");
    expect(DECANT_WARC, 200, HEAD("request", "9") "abc",
           "1: 54-54 (0) the stream ends 6 bytes before the record that is passed over does\n");
}

static void a_wrong_length_costs_one_record(void **state) {
    (void)state;
    expect(DECANT_WARC, 200,
           RECORD("response", "2", "short") RECORD("response", "30", "long")
               RECORD("response", "4", "good"),
           "1: 0-61 (61) the record does not end where its Content-Length says\n"
           "2: 61-122 (61) the record does not end where its Content-Length says\n"
           "3: 122-178 (56)\n");
    expect(DECANT_WARC, 200, RECORD("response", "300", "long") RECORD("response", "4", "good"),
           "1: 0-62 (62) the record is cut short\n2: 62-118 (56)\n");
}

static void a_broken_header_costs_one_record(void **state) {
    (void)state;
    expect(DECANT_WARC, 200, RECORD("response", "x", "bad") RECORD("response", "4", "good"),
           "1: 0-59 (59) the WARC header lacks a proper Content-Length\n2: 59-115 (56)\n");
    expect(DECANT_WARC, 200, "WARC/1.0\r\nWARC-Type: resp\r\n" RECORD("response", "4", "good"),
           "1: 0-27 (27) another header begins within the WARC header\n2: 27-83 (56)\n");
}

static void bytes_that_are_no_record_are_told(void **state) {
    (void)state;
    expect(DECANT_WARC, 200, "rubbish\r\n" RECORD("response", "4", "good") "\nmore",
           "1: 0-9 (9) these bytes are no WARC record\n2: 9-65 (56)\n"
           "3: 70-74 (4) these bytes are no WARC record\n");
}

static void of_bytes_that_are_no_record_no_more_than_the_limit_is_held(void **state) {
    (void)state;
    expect(DECANT_WARC, 60,
           "0123456789012345678901234567890123456789012345678901234567\n"
           "\nrubbish\r\n" RECORD("response", "4", "good"),
           "1: 0-60 (60) and on these bytes are no WARC record\n"
           "1: 60-69 (9) these bytes are no WARC record\n2: 69-125 (56)\n");
}

static void a_header_has_an_end(void **state) {
    (void)state;
    enum { SIZE = 70000 };
    static char stream[SIZE + 100];
    static Sent sent;
    const size_t head = (size_t)sprintf(stream, "WARC/1.0\r\nWARC-Type: response\r\nX: ");
    memset(stream + head, 'x', SIZE - head);
    sprintf(stream + SIZE, "\r\n" RECORD("response", "4", "good"));
    for (size_t chunk = 100; chunk <= SIZE * 10; chunk *= 10) {
        decant_framer_close(frame(&sent, DECANT_WARC, SIZE * 2, stream, strlen(stream), chunk));
        assert_string_equal(sent.text, "1: 0-70002 (70002) the WARC header is too long\n"
                                       "2: 70002-70058 (56)\n");
    }
}

static void a_stream_may_be_cut_anywhere(void **state) {
    (void)state;
    static const char stream[] = RECORD("response", "5", "first") RECORD("request", "2", "no")
        RECORD("conversion", "6", "second");
    static Sent sent;
    for (size_t size = 0; size < sizeof stream; size++)
        for (size_t chunk = 1; chunk < 80; chunk += 13)
            decant_framer_close(frame(&sent, DECANT_WARC, 200, stream, size, chunk));
    assert_string_equal(sent.text, "1: 0-57 (57)\n2: 118-178 (60)\n");
}

/* ---- calls ---------------------------------------------------------------------------------- */

static void a_callback_that_says_no_stops_it(void **state) {
    (void)state;
    static Sent sent;
    sent = (Sent){.stream = "one\ntwo\n", .framing = DECANT_LINES, .records_left = 1};
    decant_framer *framer = NULL;
    assert_int_equal(decant_framer_open(&framer, DECANT_LINES, 9, NULL, take_record, &sent),
                     DECANT_OK);
    assert_int_equal(decant_framer_feed(framer, "one\ntwo\n", 8), DECANT_STOPPED);
    assert_int_equal(decant_framer_feed(framer, "x", 1), DECANT_STOPPED);
    assert_int_equal(decant_framer_finish(framer), DECANT_STOPPED);
    assert_string_equal(sent.text, "1: 0-4 (3)\n");
    decant_framer_close(framer);
}

static void arguments_out_of_range_are_refused(void **state) {
    (void)state;
    decant_framer *framer = NULL;
    assert_int_equal(decant_framer_open(&framer, DECANT_LINES, 0, NULL, take_record, NULL),
                     DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_framer_open(&framer, (decant_framing)9, 1, NULL, take_record, NULL),
                     DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_framer_open(&framer, DECANT_WARC, 1, NULL, NULL, NULL),
                     DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_framer_feed(NULL, "", 0), DECANT_BAD_ARGUMENT);
    decant_framer_close(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_a_line_without_its_break),
        cmocka_unit_test(blank_lines_are_records),
        cmocka_unit_test(the_last_line_may_lack_its_break),
        cmocka_unit_test(a_line_over_the_limit_comes_in_pieces),
        cmocka_unit_test(a_long_line_is_one_record),
        cmocka_unit_test(responses_and_conversions_are_records),
        cmocka_unit_test(other_records_are_counted_by_type),
        cmocka_unit_test(line_feeds_alone_and_missing_breaks_are_read),
        cmocka_unit_test(a_record_over_the_limit_is_sent_as_far_as_that),
        cmocka_unit_test(a_record_cut_short_is_told),
        cmocka_unit_test(a_wrong_length_costs_one_record),
        cmocka_unit_test(a_broken_header_costs_one_record),
        cmocka_unit_test(bytes_that_are_no_record_are_told),
        cmocka_unit_test(of_bytes_that_are_no_record_no_more_than_the_limit_is_held),
        cmocka_unit_test(a_header_has_an_end),
        cmocka_unit_test(a_stream_may_be_cut_anywhere),
        cmocka_unit_test(a_callback_that_says_no_stops_it),
        cmocka_unit_test(arguments_out_of_range_are_refused),
    };
    return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
