/* SPDX-License-Identifier: MIT
 * test_unpack.c - packed streams of every sort: many members, any chunks, broken and cut ones. */
#include "decant.h"

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

enum { MOST = 1 << 20 };

/* Packed or unpacked bytes. */
typedef struct Bytes {
    char at[MOST];
    size_t size;
} Bytes;

/* ---- packing -------------------------------------------------------------------------------- */

typedef size_t (*Packer)(char *ret, const char *text, size_t size);

static size_t pack_gzip(char *ret, const char *text, size_t size) {
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)text;
    stream.avail_in = (unsigned)size;
    stream.next_out = (Bytef *)ret;
    stream.avail_out = MOST;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return stream.total_out;
}

static size_t pack_zstd_window(char *ret, const char *text, size_t size, int window_log) {
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_outBuffer out = {ret, MOST, 0};
    ZSTD_inBuffer in = {text, size, 0};
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    assert_false(ZSTD_isError(ZSTD_compressStream2(context, &out, &in, ZSTD_e_flush)));
    assert_int_equal(ZSTD_compressStream2(context, &out, &in, ZSTD_e_end), 0);
    ZSTD_freeCCtx(context);
    return out.pos;
}

static size_t pack_zstd(char *ret, const char *text, size_t size) {
    return pack_zstd_window(ret, text, size, 17);
}

static size_t pack_xz(char *ret, const char *text, size_t size) {
    size_t packed = 0;
    assert_int_equal(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, NULL, (const uint8_t *)text, size,
                                             (uint8_t *)ret, &packed, MOST),
                     LZMA_OK);
    return packed;
}

static size_t pack_bzip2(char *ret, const char *text, size_t size) {
    unsigned packed = MOST;
    assert_int_equal(
        BZ2_bzBuffToBuffCompress(ret, &packed, (char *)(uintptr_t)text, (unsigned)size, 9, 0, 0),
        BZ_OK);
    return packed;
}

static const Packer packers[] = {pack_gzip, pack_zstd, pack_xz, pack_bzip2};
static const char *const packings[] = {"gzip", "zstd", "xz", "bzip2"};
enum { PACKERS = sizeof packers / sizeof *packers };

static void add_member(Bytes *packed, Packer pack, const char *text, size_t size) {
    static char member[MOST];
    const size_t member_size = pack(member, text, size);
    assert_true(member_size <= MOST - packed->size);
    memcpy(packed->at + packed->size, member, member_size);
    packed->size += member_size;
}

static void add_text(Bytes *packed, Packer pack, const char *text) {
    add_member(packed, pack, text, strlen(text));
}

/* ---- unpacking ------------------------------------------------------------------------------ */

static int take_bytes(void *user, const void *data, size_t size) {
    Bytes *unpacked = user;
    assert_true(size <= MOST - unpacked->size);
    memcpy(unpacked->at + unpacked->size, data, size);
    unpacked->size += size;
    return 0;
}

typedef struct Outcome {
    decant_status status;
    char packing[16], error[160];
} Outcome;

/* Feeds chunks of one size, each a block of its own. */
static Outcome unpack(Bytes *unpacked, const char *packed, size_t size, size_t chunk) {
    Outcome outcome = {DECANT_OK, "", ""};
    decant_unpacker *unpacker = NULL;
    unpacked->size = 0;
    assert_int_equal(decant_unpacker_open(&unpacker, NULL, take_bytes, unpacked), DECANT_OK);
    for (size_t at = 0; at < size && !outcome.status; at += chunk) {
        const size_t part = size - at < chunk ? size - at : chunk;
        char *copy = malloc(part);
        assert_non_null(copy);
        memcpy(copy, packed + at, part);
        outcome.status = decant_unpacker_feed(unpacker, copy, part);
        free(copy);
    }
    if (!outcome.status) outcome.status = decant_unpacker_finish(unpacker);
    else assert_int_equal(decant_unpacker_finish(unpacker), outcome.status);
    snprintf(outcome.packing, sizeof outcome.packing, "%s", decant_unpacker_packing(unpacker));
    snprintf(outcome.error, sizeof outcome.error, "%s", decant_unpacker_error(unpacker));
    decant_unpacker_close(unpacker);
    return outcome;
}

static void expect_unpacked(const Bytes *unpacked, const char *text) {
    assert_int_equal(unpacked->size, strlen(text));
    assert_memory_equal(unpacked->at, text, unpacked->size);
}

static void expect_whole(const Bytes *packed, const char *packing, const char *text) {
    static Bytes unpacked;
    for (size_t chunk = 1; chunk <= packed->size + 1; chunk++) {
        const Outcome outcome = unpack(&unpacked, packed->at, packed->size, chunk);
        assert_int_equal(outcome.status, DECANT_OK);
        assert_string_equal(outcome.packing, packing);
        assert_string_equal(outcome.error, "");
        expect_unpacked(&unpacked, text);
    }
}

/* ---- what is whole -------------------------------------------------------------------------- */

static void each_packing_is_told_by_its_first_bytes(void **state) {
    (void)state;
    for (size_t i = 0; i < PACKERS; i++) {
        static Bytes packed;
        packed.size = 0;
        add_text(&packed, packers[i], "some text, some text");
        expect_whole(&packed, packings[i], "some text, some text");
    }
}

static void members_are_unpacked_one_after_the_other(void **state) {
    (void)state;
    for (size_t i = 0; i < PACKERS; i++) {
        static Bytes packed;
        packed.size = 0;
        add_text(&packed, packers[i], "one ");
        add_text(&packed, packers[i], "");
        add_text(&packed, packers[i], "three");
        expect_whole(&packed, packings[i], "one three");
    }
}

static void zeros_behind_members_are_padding(void **state) {
    (void)state;
    for (size_t i = 0; i < PACKERS; i++) {
        static Bytes packed;
        packed.size = 0;
        add_text(&packed, packers[i], "one ");
        take_bytes(&packed, "\0\0\0\0", 4);
        add_text(&packed, packers[i], "two");
        take_bytes(&packed, "\0\0\0\0\0\0\0\0", 8);
        expect_whole(&packed, packings[i], "one two");
    }
}

static void skippable_frames_are_skipped(void **state) {
    (void)state;
    static Bytes packed;
    packed.size = 0;
    take_bytes(&packed, "\x5D\x2A\x4D\x18\x03\0\0\0abc", 11);
    add_text(&packed, pack_zstd, "one ");
    take_bytes(&packed, "\x50\x2A\x4D\x18\0\0\0\0", 8);
    add_text(&packed, pack_zstd, "two");
    expect_whole(&packed, "zstd", "one two");
}

static void what_is_not_packed_passes_through(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "B",
                                        "BZ",
                                        "BZh9 is no bzip2",
                                        "\x1F\x8B",
                                        "\x1F\x8B\x07x",
                                        "\xFD\x37zXZ",
                                        "{\"text\":\"a\"}\n",
                                        "\x28\xB5\x2Fx"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        static Bytes packed;
        packed.size = 0;
        take_bytes(&packed, texts[i], strlen(texts[i]));
        expect_whole(&packed, "none", texts[i]);
    }
}

/* Bytes that do not pack well, more than fit into any buffer. */
static void fill(char *text, size_t size) {
    uint32_t seed = 3;
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525 + 1013904223;
        text[i] = (char)('a' + (seed >> 24) % 20);
    }
}

static void large_members_are_unpacked_in_pieces(void **state) {
    (void)state;
    enum { SIZE = 400000 };
    static char text[SIZE];
    static Bytes packed, unpacked;
    fill(text, SIZE);
    for (size_t i = 0; i < PACKERS; i++) {
        packed.size = 0;
        add_member(&packed, packers[i], text, SIZE);
        for (size_t chunk = 999; chunk <= MOST; chunk *= 33) {
            assert_int_equal(unpack(&unpacked, packed.at, packed.size, chunk).status, DECANT_OK);
            assert_int_equal(unpacked.size, SIZE);
            assert_memory_equal(unpacked.at, text, SIZE);
        }
    }
}

/* ---- what is not ---------------------------------------------------------------------------- */

static void a_stream_cut_anywhere_is_told(void **state) {
    (void)state;
    static Bytes packed, unpacked;
    for (size_t i = 0; i < PACKERS; i++) {
        packed.size = 0;
        add_text(&packed, packers[i], "one ");
        const size_t first = packed.size;
        add_text(&packed, packers[i], "two");
        for (size_t size = 11; size < packed.size; size++) {
            if (size == first) continue;
            const Outcome outcome = unpack(&unpacked, packed.at, size, 5);
            assert_int_equal(outcome.status, DECANT_BAD_INPUT);
            assert_true(*outcome.error);
            assert_true(unpacked.size <= 7 && !memcmp(unpacked.at, "one two", unpacked.size));
            if (size > first) assert_true(unpacked.size >= 4);
        }
    }
}

static void what_was_readable_before_a_broken_byte_is_there(void **state) {
    (void)state;
    enum { SIZE = 300000 };
    static char text[SIZE];
    static Bytes packed, unpacked;
    fill(text, SIZE);
    for (size_t i = 0; i < PACKERS; i++) {
        packed.size = 0;
        add_text(&packed, packers[i], "one ");
        const size_t first = packed.size;
        add_member(&packed, packers[i], text, SIZE);
        const size_t second = packed.size;
        add_text(&packed, packers[i], "good");
        memset(packed.at + (first + second) / 2, 0xA5, 64);
        const Outcome outcome = unpack(&unpacked, packed.at, packed.size, 4096);
        assert_int_equal(outcome.status, DECANT_BAD_INPUT);
        assert_true(unpacked.size >= 4);
        assert_memory_equal(unpacked.at, "one ", 4);
        assert_non_null(strstr(outcome.error, " is broken behind "));
    }
}

static void faults_are_told_with_their_offset(void **state) {
    (void)state;
    static Bytes packed, unpacked;
    packed.size = 0;
    add_text(&packed, pack_gzip, "one");
    assert_int_equal(packed.size, 23);
    take_bytes(&packed, "\x1F\x8B\x08", 3);
    assert_string_equal(unpack(&unpacked, packed.at, packed.size, 1).error,
                        "the gzip member at byte 23 is cut short at byte 26");
    memcpy(packed.at + 23, "\x1F\x8Bx", 3);
    const Outcome outcome = unpack(&unpacked, packed.at, packed.size, 1);
    assert_int_equal(outcome.status, DECANT_BAD_INPUT);
    assert_string_equal(outcome.error,
                        "behind the last gzip member, at byte 23, comes something else");
    expect_unpacked(&unpacked, "one");
}

static void a_wrong_checksum_is_told(void **state) {
    (void)state;
    static Bytes packed, unpacked;
    packed.size = 0;
    add_text(&packed, pack_gzip, "one");
    packed.at[packed.size - 6] ^= 1;
    assert_int_equal(unpack(&unpacked, packed.at, packed.size, 1).status, DECANT_BAD_INPUT);
    expect_unpacked(&unpacked, "one");
}

static size_t pack_large_zstd(char *ret, const char *text, size_t size) {
    return pack_zstd_window(ret, text, size, 28);
}

/* A stream whose first block's header asks for a dictionary of 256 MiB. */
static size_t pack_large_xz(char *ret, const char *text, size_t size) {
    const size_t packed = pack_xz(ret, text, size);
    uint8_t *header = (uint8_t *)ret + 12;
    const size_t header_size = ((size_t)header[0] + 1) * 4;
    size_t filter = 2;
    while (header[filter] != 0x21) filter++;
    header[filter + 2] = 32;
    const uint32_t crc = lzma_crc32(header, header_size - 4, 0);
    for (size_t i = 0; i < 4; i++) header[header_size - 4 + i] = (uint8_t)(crc >> i * 8);
    return packed;
}

static void too_large_a_window_is_refused(void **state) {
    (void)state;
    static const Packer large[] = {pack_large_zstd, pack_large_xz};
    static Bytes packed, unpacked;
    for (size_t i = 0; i < 2; i++) {
        packed.size = 0;
        add_text(&packed, large[i], "text");
        const Outcome outcome = unpack(&unpacked, packed.at, packed.size, 100);
        assert_int_equal(outcome.status, DECANT_BAD_INPUT);
        assert_non_null(
            strstr(outcome.error, " member at byte 0 needs a window of more than 128 MiB"));
    }
}

static void a_frame_that_needs_a_dictionary_is_told(void **state) {
    (void)state;
    static const char frame[] = "\x28\xB5\x2F\xFD\x21\x07\x03\x19\0\0one";
    static Bytes unpacked;
    const Outcome outcome = unpack(&unpacked, frame, sizeof frame - 1, 3);
    assert_int_equal(outcome.status, DECANT_BAD_INPUT);
    assert_string_equal(outcome.error, "the zstd member at byte 0 needs a dictionary");
}

static int say_no(void *user, const void *data, size_t size) {
    (void)user;
    (void)data;
    (void)size;
    return 1;
}

static void a_writer_that_says_no_stops_it(void **state) {
    (void)state;
    static Bytes packed;
    packed.size = 0;
    add_text(&packed, pack_gzip, "one");
    decant_unpacker *unpacker = NULL;
    assert_int_equal(decant_unpacker_open(&unpacker, NULL, say_no, NULL), DECANT_OK);
    assert_int_equal(decant_unpacker_feed(unpacker, packed.at, packed.size), DECANT_OK);
    assert_int_equal(decant_unpacker_finish(unpacker), DECANT_STOPPED);
    decant_unpacker_close(unpacker);
    assert_int_equal(decant_unpacker_open(&unpacker, NULL, say_no, NULL), DECANT_OK);
    assert_int_equal(decant_unpacker_feed(unpacker, "plain text", 10), DECANT_STOPPED);
    assert_int_equal(decant_unpacker_feed(unpacker, "more", 4), DECANT_STOPPED);
    decant_unpacker_close(unpacker);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_packing_is_told_by_its_first_bytes),
        cmocka_unit_test(members_are_unpacked_one_after_the_other),
        cmocka_unit_test(zeros_behind_members_are_padding),
        cmocka_unit_test(skippable_frames_are_skipped),
        cmocka_unit_test(what_is_not_packed_passes_through),
        cmocka_unit_test(large_members_are_unpacked_in_pieces),
        cmocka_unit_test(a_stream_cut_anywhere_is_told),
        cmocka_unit_test(what_was_readable_before_a_broken_byte_is_there),
        cmocka_unit_test(faults_are_told_with_their_offset),
        cmocka_unit_test(a_wrong_checksum_is_told),
        cmocka_unit_test(too_large_a_window_is_refused),
        cmocka_unit_test(a_frame_that_needs_a_dictionary_is_told),
        cmocka_unit_test(a_writer_that_says_no_stops_it),
    };
    return cmocka_run_group_tests_name("unpack", tests, NULL, NULL);
}
