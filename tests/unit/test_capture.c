/* SPDX-License-Identifier: MIT
 * test_capture.c - what WARC records hold: HTTP with all its codings, whole, broken and cut. */
#include "decant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum { MOST = 1 << 16 };

typedef struct Bytes {
    char at[MOST];
    size_t size;
} Bytes;

static void add(Bytes *bytes, const void *more, size_t size) {
    assert_true(size <= MOST - bytes->size);
    memcpy(bytes->at + bytes->size, more, size);
    bytes->size += size;
}

static void add_text(Bytes *bytes, const char *text) {
    add(bytes, text, strlen(text));
}

/* ---- bodies --------------------------------------------------------------------------------- */

/* By zlib: window bits of 31 wrap as gzip does, of 15 as zlib does, of -15 not at all. */
static void add_deflated(Bytes *bytes, const char *text, int window_bits) {
    z_stream stream = {0};
    char packed[1000];
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)text;
    stream.avail_in = (unsigned)strlen(text);
    stream.next_out = (Bytef *)packed;
    stream.avail_out = sizeof packed;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    add(bytes, packed, stream.total_out);
}

static void add_zstd(Bytes *bytes, const char *text, size_t size) {
    char packed[1000];
    add(bytes, packed, ZSTD_compress(packed, sizeof packed, text, size, 3));
}

/* <p>one two one two one two</p> */
#define BROTLI                                                                                     \
    "\x1B\x1D\x00\x00\xC4\x29\x47\x1A\x58\x20\x2D\xB3\xEB\x0B\xBE\xBD\x44\x11\x2A\x9C\xA5\x3A\x3B" \
    "\xB8\x0F\x88\x35"

/* ---- records -------------------------------------------------------------------------------- */

#define NAMES                                                                                      \
    "WARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2025-03-04T05:06:07Z\r\n"                          \
    "WARC-Target-URI: http://example.org/\r\nWARC-Payload-Digest: sha1:ABC\r\n"

/* A response whose HTTP header has these fields beside its status. */
static void make_response(Bytes *record, const char *fields, const char *body, size_t size) {
    char head[1000], http[600];
    const int http_size = snprintf(http, sizeof http, "HTTP/1.1 200 OK\r\n%s\r\n", fields);
    snprintf(head, sizeof head,
             "WARC/1.0\r\nWARC-Type: response\r\n" NAMES
             "Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s",
             http_size + (int)size, http);
    record->size = 0;
    add_text(record, head);
    add(record, body, size);
}

/* The record is a block of its own, so that reading past it is found out. */
static void expect_body_of(const char *record, size_t size, size_t limit, const char *body,
                           const char *fault) {
    decant_capture_reader *reader = NULL;
    decant_capture capture;
    char *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, record, size);
    assert_int_equal(decant_capture_reader_open(&reader, limit, NULL), DECANT_OK);
    for (int i = 0; i < 2; i++) { /* a reader is good for more than one */
        assert_int_equal(decant_capture_read(reader, copy, size, &capture), DECANT_OK);
        if (fault) assert_non_null(capture.fault);
        if (capture.fault) assert_string_equal(capture.fault, fault ? fault : "");
        assert_int_equal(capture.size, strlen(body));
        if (*body) assert_memory_equal(capture.body, body, capture.size);
    }
    decant_capture_reader_close(reader);
    free(copy);
}

static void expect_body(const char *fields, const char *sent, size_t size, const char *body,
                        const char *fault) {
    static Bytes record;
    make_response(&record, fields, sent, size);
    expect_body_of(record.at, record.size, 1000, body, fault);
}

static void expect_text(const char *fields, const char *sent, const char *body, const char *fault) {
    expect_body(fields, sent, strlen(sent), body, fault);
}

static decant_capture read_with(decant_capture_reader *reader, const char *record) {
    decant_capture capture;
    assert_int_equal(decant_capture_read(reader, record, strlen(record), &capture), DECANT_OK);
    return capture;
}

static decant_capture_reader *open_reader(void) {
    decant_capture_reader *reader = NULL;
    assert_int_equal(decant_capture_reader_open(&reader, 1000, NULL), DECANT_OK);
    return reader;
}

/* ---- what a record says --------------------------------------------------------------------- */

static void a_response_tells_where_it_is_from_and_what_it_is(void **state) {
    (void)state;
    static Bytes record;
    make_response(&record, "Content-Type: Text/HTML; a=b; Charset=\"windows-1251\"\r\n", "<p>", 3);
    decant_capture_reader *reader = open_reader();
    decant_capture capture;
    assert_int_equal(decant_capture_read(reader, record.at, record.size, &capture), DECANT_OK);
    assert_string_equal(capture.url, "http://example.org/");
    assert_string_equal(capture.date, "2025-03-04T05:06:07Z");
    assert_string_equal(capture.digest, "sha1:ABC");
    assert_string_equal(capture.id, "urn:uuid:1");
    assert_string_equal(capture.type, "text/html");
    assert_string_equal(capture.charset, "windows-1251");
    assert_int_equal(capture.status, 200);
    assert_int_equal(capture.from, DECANT_HTML);
    assert_int_equal(capture.size, 3);
    assert_null(capture.fault);
    decant_capture_reader_close(reader);
}

static void a_conversion_has_no_http(void **state) {
    (void)state;
    decant_capture_reader *reader = open_reader();
    const decant_capture capture =
        read_with(reader, "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: <http://x/>\r\n"
                          "WARC-Block-Digest: sha1:B\r\nContent-Type: text/plain\r\n"
                          "Content-Length: 14\r\n\r\nHTTP/1.1 is it");
    assert_string_equal(capture.url, "http://x/");
    assert_string_equal(capture.digest, "sha1:B");
    assert_string_equal(capture.type, "text/plain");
    assert_null(capture.date);
    assert_null(capture.charset);
    assert_int_equal(capture.status, 0);
    assert_int_equal(capture.from, DECANT_TEXT);
    assert_memory_equal(capture.body, "HTTP/1.1 is it", 14);
    decant_capture_reader_close(reader);
}

static void the_media_type_tells_what_to_read_it_as(void **state) {
    (void)state;
    static const struct {
        const char *type;
        decant_from from;
    } types[] = {{"text/html", DECANT_HTML},
                 {"application/xhtml+xml;x", DECANT_HTML},
                 {"TEXT/PLAIN ;x", DECANT_TEXT},
                 {"image/png", DECANT_AUTO},
                 {"", DECANT_AUTO}};
    decant_capture_reader *reader = open_reader();
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char record[300];
        snprintf(record, sizeof record,
                 "WARC/1.1\nWARC-Type: response\nContent-Length: 100\n\nHTTP/1.0 404\n"
                 "content-type:%s\n\nx",
                 types[i].type);
        const decant_capture capture = read_with(reader, record);
        assert_int_equal(capture.from, types[i].from);
        assert_int_equal(capture.status, 404);
        if (!*types[i].type) assert_null(capture.type);
    }
    decant_capture_reader_close(reader);
}

static void a_response_of_another_protocol_has_its_own_type(void **state) {
    (void)state;
    decant_capture_reader *reader = open_reader();
    const decant_capture capture = read_with(
        reader, "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: text/dns\r\nContent-Length: 3"
                "\r\n\r\n1.2");
    assert_string_equal(capture.type, "text/dns");
    assert_int_equal(capture.from, DECANT_AUTO);
    assert_int_equal(capture.size, 3);
    decant_capture_reader_close(reader);
}

static void responses_that_tell_to_wait_are_passed_over(void **state) {
    (void)state;
    decant_capture_reader *reader = open_reader();
    const decant_capture capture = read_with(
        reader, "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 64\r\n\r\n"
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
    assert_int_equal(capture.status, 200);
    assert_int_equal(capture.size, 1);
    decant_capture_reader_close(reader);
}

/* ---- codings -------------------------------------------------------------------------------- */

static void a_body_without_coding_is_as_it_is(void **state) {
    (void)state;
    expect_text("", "<p>one</p>", "<p>one</p>", NULL);
    expect_text("Content-Encoding: identity\r\n", "<p>", "<p>", NULL);
    expect_text("Content-Encoding: \r\n", "<p>", "<p>", NULL);
    expect_text("Content-Length: 3\r\n", "<p>", "<p>", NULL);
}

static void chunks_are_joined(void **state) {
    (void)state;
    expect_text("Transfer-Encoding: chunked\r\n",
                "3\r\none\r\n00A;x=y\r\n two three\r\n0\r\nTrailer: x\r\n\r\n", "one two three",
                NULL);
    expect_text("Transfer-Encoding: Chunked\r\n", "1 \na\n0\n\n", "a", NULL);
    expect_text("Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "", NULL);
}

static void broken_and_cut_chunks_are_told(void **state) {
    (void)state;
    static const char chunked[] = "Transfer-Encoding: chunked\r\n";
    expect_text(chunked, "3\r\none\r\nxyz\r\n", "one", "the body's chunked coding is broken");
    expect_text(chunked, "3\r\nonemore\r\n0\r\n", "one", "the body's chunked coding is broken");
    expect_text(chunked, "9\r\none", "one", "the body's chunked coding is cut short");
    expect_text(chunked, "3\r\none", "one", "the body's chunked coding is cut short");
    expect_text(chunked, "3\r\none\r\n", "one", "the body's chunked coding is cut short");
    expect_text(chunked, "fffffffffffffff\r\none", "one", "the body's chunked coding is cut short");
    expect_text(chunked, "3\r\none\r\nffffffffffffffff\r\n", "one",
                "the body's chunked coding is broken");
}

static void packed_bodies_are_unpacked(void **state) {
    (void)state;
    static Bytes body;
    static const int windows[] = {31, 15, -15};
    static const char *const fields[] = {"Content-Encoding: gzip\r\n",
                                         "Content-Encoding: deflate\r\n",
                                         "Content-Encoding: deflate\r\n"};
    for (int i = 0; i < 3; i++) {
        body.size = 0;
        add_deflated(&body, "<p>one two</p>", windows[i]);
        expect_body(fields[i], body.at, body.size, "<p>one two</p>", NULL);
    }
    body.size = 0;
    add_zstd(&body, "<p>one two</p>", 14);
    expect_body("Content-Encoding: zstd\r\n", body.at, body.size, "<p>one two</p>", NULL);
    expect_body("Content-Encoding: BR\r\n", BROTLI, sizeof BROTLI - 1,
                "<p>one two one two one two</p>", NULL);
}

static void codings_in_a_row_are_undone_from_the_last(void **state) {
    (void)state;
    static Bytes inner, packed, body;
    inner.size = packed.size = body.size = 0;
    add_deflated(&inner, "<p>one</p>", 15);
    add_zstd(&packed, inner.at, inner.size);
    char size[16];
    snprintf(size, sizeof size, "%zx\r\n", packed.size);
    add_text(&body, size);
    add(&body, packed.at, packed.size);
    add_text(&body, "\r\n0\r\n\r\n");
    expect_body("Content-Encoding: deflate, zstd\r\nTransfer-Encoding: chunked\r\n", body.at,
                body.size, "<p>one</p>", NULL);
    expect_body("Content-Encoding: deflate\r\nContent-Encoding: zstd\r\nTransfer-Encoding: "
                "chunked\r\n",
                body.at, body.size, "<p>one</p>", NULL);
}

static void members_in_a_row_are_one_body(void **state) {
    (void)state;
    static Bytes body;
    body.size = 0;
    add_deflated(&body, "one ", 31);
    add_deflated(&body, "two", 31);
    add_text(&body, "and rubbish");
    expect_body("Content-Encoding: gzip\r\n", body.at, body.size, "one two", NULL);
}

static void what_was_undone_already_stays(void **state) {
    (void)state;
    static const char page[] = "<!DOCTYPE html><title>Title</title><p>one two three four five</p>";
    expect_text("Content-Encoding: gzip\r\n", page, page, NULL);
    expect_text("Content-Encoding: deflate\r\n", page, page, NULL);
    expect_text("Content-Encoding: br\r\n", page, page, NULL);
    expect_text("Content-Encoding: zstd\r\n", page, page, NULL);
    expect_text("Transfer-Encoding: chunked\r\n", page, page, NULL);
    expect_text("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", page, page, NULL);
}

static void an_unknown_coding_is_told(void **state) {
    (void)state;
    expect_text("Content-Encoding: pack200-gzip\r\n", "<p>", "<p>",
                "the body's coding is not known: pack200-gzip");
}

static void packed_bodies_cut_anywhere_are_told(void **state) {
    (void)state;
    static Bytes body, record;
    body.size = 0;
    add_deflated(&body, "<p>one two</p>", 31);
    for (size_t size = 2; size < body.size; size++) {
        decant_capture_reader *reader = open_reader();
        decant_capture capture;
        make_response(&record, "Content-Encoding: gzip\r\n", body.at, size);
        assert_int_equal(decant_capture_read(reader, record.at, record.size, &capture), DECANT_OK);
        assert_string_equal(capture.fault, "the body's gzip coding is cut short");
        assert_true(capture.size <= 14);
        if (capture.size) assert_memory_equal(capture.body, "<p>one two</p>", capture.size);
        decant_capture_reader_close(reader);
    }
    body.at[body.size - 5] ^= 1;
    expect_body("Content-Encoding: gzip\r\n", body.at, body.size, "<p>one two</p>",
                "the body's gzip coding is broken");
}

/* ---- limits and faults ---------------------------------------------------------------------- */

static void a_body_over_the_limit_is_cut(void **state) {
    (void)state;
    static Bytes record, body;
    make_response(&record, "", "0123456789", 10);
    expect_body_of(record.at, record.size, 10, "0123456789", NULL);
    expect_body_of(record.at, record.size, 4, "0123", "the body is longer than 4 bytes");
    make_response(&record, "Transfer-Encoding: chunked\r\n", "5\r\n01234\r\n5\r\n56789\r\n0\r\n",
                  23);
    expect_body_of(record.at, record.size, 10, "0123456789", NULL);
    expect_body_of(record.at, record.size, 7, "0123456", "the body is longer than 7 bytes");
    body.size = 0;
    add_deflated(&body, "0123456789", 31);
    make_response(&record, "Content-Encoding: gzip\r\n", body.at, body.size);
    expect_body_of(record.at, record.size, 10, "0123456789", NULL);
    expect_body_of(record.at, record.size, 9, "012345678", "the body is longer than 9 bytes");
}

static void a_body_shorter_than_its_length_is_told(void **state) {
    (void)state;
    expect_text("Content-Length: 4\r\n", "<p>", "<p>",
                "the body is shorter than its Content-Length");
    expect_text("Content-Length: 2\r\n", "<p>", "<p>", NULL);
    expect_text("Content-Length: many\r\n", "<p>", "<p>", NULL);
}

static void a_record_that_was_captured_in_part_is_told(void **state) {
    (void)state;
    static const char record[] = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Truncated: length\r\n"
                                 "Content-Length: 22\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>";
    expect_body_of(record, sizeof record - 1, 100, "<p>",
                   "the record was cut short when it was captured");
}

static void a_record_cut_anywhere_is_told(void **state) {
    (void)state;
    static Bytes record;
    make_response(&record, "Content-Type: text/html\r\n", "<p>one</p>", 10);
    for (size_t size = 0; size < record.size; size++) {
        decant_capture_reader *reader = open_reader();
        decant_capture capture;
        char *copy = malloc(size + 1);
        assert_non_null(copy);
        memcpy(copy, record.at, size);
        assert_int_equal(decant_capture_read(reader, copy, size, &capture), DECANT_OK);
        assert_non_null(capture.fault);
        assert_true(capture.size <= 10);
        if (size > 200) assert_string_equal(capture.url, "http://example.org/");
        decant_capture_reader_close(reader);
        free(copy);
    }
}

static void what_is_no_record_is_told(void **state) {
    (void)state;
    expect_body_of("rubbish", 7, 100, "", "this is no WARC record");
    expect_body_of("", 0, 100, "", "this is no WARC record");
    expect_body_of("WARC/1.0\r\n\r\nx", 13, 100, "x",
                   "the WARC header lacks a proper Content-Length");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_response_tells_where_it_is_from_and_what_it_is),
        cmocka_unit_test(a_conversion_has_no_http),
        cmocka_unit_test(the_media_type_tells_what_to_read_it_as),
        cmocka_unit_test(a_response_of_another_protocol_has_its_own_type),
        cmocka_unit_test(responses_that_tell_to_wait_are_passed_over),
        cmocka_unit_test(a_body_without_coding_is_as_it_is),
        cmocka_unit_test(chunks_are_joined),
        cmocka_unit_test(broken_and_cut_chunks_are_told),
        cmocka_unit_test(packed_bodies_are_unpacked),
        cmocka_unit_test(codings_in_a_row_are_undone_from_the_last),
        cmocka_unit_test(members_in_a_row_are_one_body),
        cmocka_unit_test(what_was_undone_already_stays),
        cmocka_unit_test(an_unknown_coding_is_told),
        cmocka_unit_test(packed_bodies_cut_anywhere_are_told),
        cmocka_unit_test(a_body_over_the_limit_is_cut),
        cmocka_unit_test(a_body_shorter_than_its_length_is_told),
        cmocka_unit_test(a_record_that_was_captured_in_part_is_told),
        cmocka_unit_test(a_record_cut_anywhere_is_told),
        cmocka_unit_test(what_is_no_record_is_told),
    };
    return cmocka_run_group_tests_name("capture", tests, NULL, NULL);
}
