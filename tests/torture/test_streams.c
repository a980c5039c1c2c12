/* SPDX-License-Identifier: MIT
 * test_streams.c - what reads corpora, with the nth allocation refused, for every n: the status
 * says so, nothing leaks, and nothing is held beyond what was asked for. */
#include "allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <bzlib.h>
#include <cmocka.h>
#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum { ROOM = 4096, LARGE = 3 << 20 };

static const char text[] = "<p>one two one two</p>";

/* ---- packed text ---------------------------------------------------------------------------- */

typedef struct Packed {
    char at[ROOM];
    size_t size;
} Packed;

static void add_gzip(Packed *packed) {
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)text;
    stream.avail_in = sizeof text - 1;
    stream.next_out = (Bytef *)packed->at + packed->size;
    stream.avail_out = (unsigned)(ROOM - packed->size);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed->size += stream.total_out;
    deflateEnd(&stream);
}

static void add_zstd(Packed *packed) {
    packed->size +=
        ZSTD_compress(packed->at + packed->size, ROOM - packed->size, text, sizeof text - 1, 3);
}

static void add_xz(Packed *packed) {
    assert_int_equal(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, NULL, (const uint8_t *)text,
                                             sizeof text - 1, (uint8_t *)packed->at, &packed->size,
                                             ROOM),
                     LZMA_OK);
}

static void add_bzip2(Packed *packed) {
    unsigned size = (unsigned)(ROOM - packed->size);
    assert_int_equal(BZ2_bzBuffToBuffCompress(packed->at + packed->size, &size,
                                              (char *)(uintptr_t)text, sizeof text - 1, 9, 0, 0),
                     BZ_OK);
    packed->size += size;
}

/* ---- what is tried -------------------------------------------------------------------------- */

typedef struct Trial {
    decant_status (*run)(const struct Trial *trial, const decant_allocator *allocator);
    void (*pack)(Packed *packed);
    const char *fields; /* of HTTP */
    decant_framing framing;
} Trial;

static int count_bytes(void *user, const void *data, size_t size) {
    (void)data;
    *(size_t *)user += size;
    return 0;
}

static decant_status unpack(const Trial *trial, const decant_allocator *allocator) {
    decant_unpacker *unpacker = NULL;
    Packed packed = {.size = 0};
    size_t unpacked = 0;
    trial->pack(&packed);
    trial->pack(&packed);
    decant_status status = decant_unpacker_open(&unpacker, allocator, count_bytes, &unpacked);
    if (!status) status = decant_unpacker_feed(unpacker, packed.at, packed.size);
    if (!status) status = decant_unpacker_finish(unpacker);
    if (!status) assert_int_equal(unpacked, 2 * (sizeof text - 1));
    decant_unpacker_close(unpacker);
    return status;
}

static int count_records(void *user, const decant_record *record) {
    if (!record->fault) *(size_t *)user += record->size;
    return 0;
}

/* Two records, of which one is large. */
static decant_status frame(const Trial *trial, const decant_allocator *allocator) {
    static char stream[LARGE + 200];
    const char *head = trial->framing == DECANT_WARC
                           ? "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3145728\r\n\r\n"
                           : "";
    const size_t head_size = strlen(head), size = head_size + LARGE;
    decant_framer *framer = NULL;
    size_t framed = 0;
    memcpy(stream, head, head_size);
    memset(stream + head_size, 'x', LARGE);
    memcpy(stream + size, "\r\n\r\n", 4);
    decant_status status =
        decant_framer_open(&framer, trial->framing, LARGE + 100, allocator, count_records, &framed);
    if (!status) status = decant_framer_feed(framer, stream, size + 4);
    if (!status) status = decant_framer_feed(framer, "x\n", 2);
    if (!status) status = decant_framer_finish(framer);
    if (!status) assert_in_range(framed, size, size + 1);
    decant_framer_close(framer);
    return status;
}

static decant_status read_line(const Trial *trial, const decant_allocator *allocator) {
    static const char json[] =
        "{\"t\\u0065xt\":\"\\ud83d\\ude00\",\"id\":1,\"page\":{\"html\":\"\\n\"}}";
    static const char *const paths[DECANT_LINE_FIELDS] = {"text", "page.html", "id"};
    (void)trial;
    decant_line *line = NULL;
    size_t written = 0;
    decant_status status = decant_line_open(&line, paths, allocator);
    if (!status) status = decant_line_read(line, json, sizeof json - 1);
    if (!status) status = decant_line_begin(line, DECANT_LINE_TEXT, count_bytes, &written);
    if (!status) status = decant_line_keep(line, 0, 4);
    if (!status) status = decant_line_end(line);
    if (!status) assert_int_equal(written, sizeof json - 1);
    decant_line_close(line);
    return status;
}

static decant_status read_capture(const Trial *trial, const decant_allocator *allocator) {
    char record[ROOM + 400];
    decant_capture_reader *reader = NULL;
    decant_capture capture;
    Packed packed = {.size = 0};
    trial->pack(&packed);
    int size = snprintf(record, sizeof record,
                        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\n"
                        "Content-Length: 5000\r\n\r\nHTTP/1.1 200 OK\r\n"
                        "Content-Type: text/html; charset=x\r\n%s\r\n",
                        trial->fields);
    memcpy(record + size, packed.at, packed.size);
    decant_status status = decant_capture_reader_open(&reader, 1000, allocator);
    if (!status) status = decant_capture_read(reader, record, (size_t)size + packed.size, &capture);
    if (!status) assert_int_equal(capture.size, sizeof text - 1);
    decant_capture_reader_close(reader);
    return status;
}

static void add_chunks(Packed *packed) {
    packed->size =
        (size_t)snprintf(packed->at, ROOM, "%zx\r\n%s\r\n0\r\n\r\n", sizeof text - 1, text);
}

static void add_brotli(Packed *packed) {
    static const char brotli[] = "\x8B\x0A\x80"
                                 "<p>one two one two</p>"
                                 "\x03";
    memcpy(packed->at, brotli, packed->size = sizeof brotli - 1);
}

static void any_allocation_may_be_refused(void **state) {
    (void)state;
    static const Trial trials[] = {
        {unpack, add_gzip, NULL, 0},
        {unpack, add_zstd, NULL, 0},
        {unpack, add_xz, NULL, 0},
        {unpack, add_bzip2, NULL, 0},
        {frame, NULL, NULL, DECANT_LINES},
        {frame, NULL, NULL, DECANT_WARC},
        {read_line, NULL, NULL, 0},
        {read_capture, add_gzip, "Content-Encoding: gzip\r\n", 0},
        {read_capture, add_zstd, "Content-Encoding: zstd\r\n", 0},
        {read_capture, add_brotli, "Content-Encoding: br\r\n", 0},
        {read_capture, add_chunks, "Transfer-Encoding: chunked\r\n", 0},
    };
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        decant_status status = DECANT_NO_MEMORY;
        for (size_t refused = 0; status; refused++) {
            Books books = {.until_refusal = refused};
            const decant_allocator allocator = torture_allocator(&books);
            assert_true(refused < 100);
            status = trials[i].run(&trials[i], &allocator);
            assert_true(status == DECANT_OK || status == DECANT_NO_MEMORY);
            assert_int_equal(books.outstanding, 0);
            assert_int_equal(books.wrong_sizes, 0);
            assert_true(books.most < 4 * LARGE);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_allocation_may_be_refused),
    };
    return cmocka_run_group_tests_name("streams", tests, NULL, NULL);
}
