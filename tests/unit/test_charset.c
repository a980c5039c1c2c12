/* SPDX-License-Identifier: MIT
 * test_charset.c - which charset a page is taken for, what it decodes to, and the way back from the
 * text to the bytes. */
#include "base/arena.h"
#include "document/source_map.h"
#include "input/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes written as a string, NUL bytes among them too. */
#define BYTES(text)                                                                                \
    (Str) {                                                                                        \
        (const uint8_t *)(text), sizeof(text) - 1                                                  \
    }

/* The start of a page that declares nothing. */
#define PLAIN "<!DOCTYPE html><html><head><title>A</title></head><body><p>"

static Arena arena;

static int open_arena(void **state) {
    (void)state;
    arena_init(&arena, allocator_default());
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_done(&arena);
    return 0;
}

static Str str_of(const char *text) {
    return (Str){(const uint8_t *)text, strlen(text)};
}

static Decoded decode(Str raw, const char *label) {
    Decoded decoded;
    assert_int_equal(charset_decode(&decoded, &arena, raw, label, false), DECANT_OK);
    return decoded;
}

static void expect_text(const Decoded *decoded, Str text) {
    if (decoded->text.len != text.len || memcmp(decoded->text.at, text.at, text.len))
        fail_msg("\"%.*s\" is not \"%.*s\"", (int)decoded->text.len, (const char *)decoded->text.at,
                 (int)text.len, (const char *)text.at);
}

static void expect_charset(Str raw, const char *label, const char *charset, CharsetSource source) {
    Decoded decoded = decode(raw, label);
    if (strcmp(decoded.charset, charset) || decoded.source != source)
        fail_msg("\"%.*s\" is taken for %s by source %d, not for %s by %d", (int)raw.len,
                 (const char *)raw.at, decoded.charset, (int)decoded.source, charset, (int)source);
}

static void expect_declared(const char *head, const char *charset) {
    expect_charset(str_of(head), NULL, charset, CHARSET_DECLARED);
}

/* A page that, as it declares nothing, is taken for UTF-8. */
static void expect_undeclared(const char *head) {
    expect_charset(str_of(head), NULL, "utf-8", CHARSET_DEFAULT);
}

/* Decodes under that label to that text without a loss. */
static void expect_decoded(const char *label, Str raw, const char *text) {
    Decoded decoded = decode(raw, label);
    expect_text(&decoded, str_of(text));
    assert_int_equal(decoded.undecodable, 0);
}

/* `before`, then spaces up to `size`, then `after`. */
static Str spread(const char *before, size_t size, const char *after) {
    size_t front = strlen(before), back = strlen(after);
    assert_true(front <= size);
    uint8_t *page = arena_alloc(&arena, size + back);
    assert_non_null(page);
    memset(page, ' ', size);
    memcpy(page, before, front);
    memcpy(page + size, after, back);
    return (Str){page, size + back};
}

static Str repeat(const char *text, size_t times, const char *after) {
    size_t size = strlen(text), back = strlen(after);
    uint8_t *page = arena_alloc(&arena, size * times + back);
    assert_non_null(page);
    for (size_t i = 0; i < times; i++) memcpy(page + i * size, text, size);
    memcpy(page + size * times, after, back);
    return (Str){page, size * times + back};
}

/* ---- the order of sources -------------------------------------------------------------------- */

static void the_callers_label_comes_first(void **state) {
    (void)state;
    expect_charset(BYTES("\xEF\xBB\xBF<meta charset=koi8-r>\xC3\xA9"), "windows-1251",
                   "windows-1251", CHARSET_GIVEN);
}

static void a_label_that_is_not_known_is_passed_over(void **state) {
    (void)state;
    expect_charset(BYTES("<meta charset=koi8-r>\xC1"), "utf-99", "koi8-r", CHARSET_DECLARED);
    expect_charset(BYTES("<meta charset=koi8-r>\xC1"), "", "koi8-r", CHARSET_DECLARED);
}

static void a_mark_comes_before_a_declaration(void **state) {
    (void)state;
    expect_charset(BYTES("\xEF\xBB\xBF<meta charset=koi8-r>"), NULL, "utf-8", CHARSET_MARK);
    expect_charset(BYTES("\xFF\xFE<\0"), NULL, "utf-16le", CHARSET_MARK);
    expect_charset(BYTES("\xFE\xFF\0<"), NULL, "utf-16be", CHARSET_MARK);
}

static void a_mark_stays_in_the_text(void **state) {
    (void)state;
    Decoded utf_8 = decode(BYTES("\xEF\xBB\xBFone"), NULL);
    Decoded utf_16 = decode(BYTES("\xFF\xFEo\0n\0e\0"), NULL);
    expect_text(&utf_8, BYTES("\xEF\xBB\xBFone"));
    expect_text(&utf_16, BYTES("\xEF\xBB\xBFone"));
}

static void utf_16_without_a_mark_is_told_by_its_first_two_units(void **state) {
    (void)state;
    expect_charset(BYTES("<\0p\0>\0"), NULL, "utf-16le", CHARSET_GUESSED);
    expect_charset(BYTES("\0<\0p\0>"), NULL, "utf-16be", CHARSET_GUESSED);
    expect_charset(BYTES("<\0p>"), NULL, "utf-8", CHARSET_DEFAULT);
}

static void the_mark_tells_which_utf_16_the_label_means(void **state) {
    (void)state;
    Decoded decoded = decode(BYTES("\xFE\xFF\0a\0b"), "utf-16");
    assert_string_equal(decoded.charset, "utf-16be");
    assert_int_equal(decoded.source, CHARSET_GIVEN);
    expect_text(&decoded, BYTES("\xEF\xBB\xBF"
                                "ab"));
}

static void a_declaration_comes_before_a_guess(void **state) {
    (void)state;
    expect_declared("<meta charset=windows-1251><p>\xEF\xF0\xE8\xE2\xE5\xF2", "windows-1251");
    expect_declared("<meta charset=iso-8859-2><p>\xEF\xF0\xE8\xE2\xE5\xF2", "iso-8859-2");
}

static void ascii_is_utf_8(void **state) {
    (void)state;
    expect_undeclared(PLAIN "One and two.");
    expect_charset(BYTES(""), NULL, "utf-8", CHARSET_DEFAULT);
    expect_charset((Str){NULL, 0}, NULL, "utf-8", CHARSET_DEFAULT);
}

static void valid_utf_8_is_utf_8_whatever_is_declared(void **state) {
    (void)state;
    expect_charset(BYTES("<meta charset=iso-8859-1><p>caf\xC3\xA9"), NULL, "utf-8",
                   CHARSET_GUESSED);
    expect_charset(BYTES(PLAIN "caf\xC3\xA9"), NULL, "utf-8", CHARSET_GUESSED);
}

static void valid_utf_8_is_not_utf_8_where_the_caller_says_so(void **state) {
    (void)state;
    expect_decoded("latin1", BYTES("caf\xC3\xA9"), "cafÃ©");
}

static void a_declared_utf_8_page_with_few_bad_bytes_passes_through(void **state) {
    (void)state;
    Str page = repeat("<meta charset=utf-8>\xC3\xA9", 300, "\xE9 \xFF");
    Decoded decoded = decode(page, NULL);
    assert_string_equal(decoded.charset, "utf-8");
    assert_int_equal(decoded.source, CHARSET_DECLARED);
    assert_ptr_equal(decoded.text.at, page.at);
    assert_int_equal(decoded.text.len, page.len);
    assert_int_equal(decoded.undecodable, 2);
    assert_int_equal(decoded.first_undecodable, page.len - 3);
}

static void an_undeclared_utf_8_page_with_few_bad_bytes_is_utf_8(void **state) {
    (void)state;
    Str page = repeat("\xC3\xA9t\xC3\xA9 ", 100, "\xC3");
    expect_charset(page, NULL, "utf-8", CHARSET_GUESSED);
    assert_int_equal(decode(page, NULL).undecodable, 1);
}

static void a_page_that_is_hardly_utf_8_is_guessed_whatever_it_declares(void **state) {
    (void)state;
    Str page = repeat("<meta charset=utf-8><p>\xC2\xF7\xE5\xF0\xE0 \xE6\xE8\xF2\xE5\xEB\xE8 "
                      "\xE4\xE5\xF0\xE5\xE2\xED\xE8 \xF1\xEE\xE1\xF0\xE0\xEB\xE8\xF1\xFC \xE2 "
                      "\xEA\xEB\xF3\xE1\xE5. ",
                      5, "");
    expect_charset(page, NULL, "windows-1251", CHARSET_GUESSED);
}

static void what_tells_nothing_is_windows_1252(void **state) {
    (void)state;
    expect_charset(BYTES("\x81"), NULL, "windows-1252", CHARSET_DEFAULT);
}

static void western_pages_are_guessed_to_be_windows_1252(void **state) {
    (void)state;
    Str page = repeat("<p>Der B\xFCrgermeister hat die neue Br\xFC"
                      "cke er\xF6"
                      "ffnet.</p>",
                      3, "");
    Decoded decoded = decode(page, NULL);
    assert_string_equal(decoded.charset, "windows-1252");
    assert_non_null(strstr((const char *)decoded.text.at, "Brücke eröffnet"));
}

static void the_first_bytes_of_a_long_ascii_page_do_not_hide_the_rest(void **state) {
    (void)state;
    Str page = spread(PLAIN, 400000,
                      "\xC2\xF7\xE5\xF0\xE0 \xE6\xE8\xF2\xE5\xEB\xE8 \xE4\xE5\xF0\xE5\xE2\xED\xE8 "
                      "\xF1\xEE\xE1\xF0\xE0\xEB\xE8\xF1\xFC \xE2 \xEA\xEB\xF3\xE1\xE5");
    expect_charset(page, NULL, "windows-1251", CHARSET_GUESSED);
}

/* ---- labels ---------------------------------------------------------------------------------- */

static void labels_lead_to_the_standards_charsets(void **state) {
    static const char *const labels[][2] = {{"latin1", "windows-1252"},
                                            {"iso-8859-1", "windows-1252"},
                                            {"us-ascii", "windows-1252"},
                                            {"gb2312", "gbk"},
                                            {"ks_c_5601-1987", "euc-kr"},
                                            {"x-sjis", "shift_jis"},
                                            {"sjis", "shift_jis"},
                                            {"iso-8859-9", "windows-1254"},
                                            {"tis-620", "windows-874"},
                                            {"iso-8859-11", "windows-874"},
                                            {"unicode-1-1-utf-8", "utf-8"},
                                            {"utf8", "utf-8"},
                                            {"utf-16", "utf-16le"},
                                            {"unicodefffe", "utf-16be"},
                                            {"big5-hkscs", "big5"},
                                            {"koi", "koi8-r"},
                                            {"logical", "iso-8859-8-i"},
                                            {"x-mac-roman", "macintosh"},
                                            {"csiso2022jp", "iso-2022-jp"},
                                            {"gb18030", "gb18030"},
                                            {"x-user-defined", "windows-1252"}};
    (void)state;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        expect_charset(BYTES("\xA4\xA4"), labels[i][0], labels[i][1], CHARSET_GIVEN);
}

static void case_and_white_space_of_a_label_do_not_count(void **state) {
    (void)state;
    expect_charset(BYTES("\xC1"), " \t\r\nKOI8-R\f", "koi8-r", CHARSET_GIVEN);
}

static void a_label_is_known_if_it_can_be_read(void **state) {
    static const char *const unknown[] = {"",           "utf",         "utf-8 utf8", "replacement",
                                          "hz-gb-2312", "iso-2022-kr", "utf-7",      "ebcdic",
                                          "koi8-r ,",   "latin1\x01"};
    (void)state;
    assert_true(charset_is_known("Windows-1252"));
    assert_true(charset_is_known("iso_8859-1:1987"));
    assert_true(charset_is_known(" big5 "));
    assert_false(charset_is_known(NULL));
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_false(charset_is_known(unknown[i]));
}

/* ---- what a page declares -------------------------------------------------------------------- */

static void values_are_read_with_quotes_and_without(void **state) {
    (void)state;
    expect_declared("<meta charset=koi8-r>", "koi8-r");
    expect_declared("<meta charset='koi8-r'>", "koi8-r");
    expect_declared("<META\nCHARSET = \"KOI8-R\" />", "koi8-r");
    expect_declared("<meta/charset=koi8-r >", "koi8-r");
    expect_declared("<meta charset=\" koi8-r \">", "koi8-r");
}

static void comments_are_passed_over(void **state) {
    (void)state;
    expect_declared("<!-- <meta charset=big5> --><meta charset=koi8-r>", "koi8-r");
    expect_declared("<!--><meta charset=koi8-r>", "koi8-r");
    expect_declared("<!--> <meta charset=koi8-r> -->", "koi8-r");
    expect_undeclared("<!-- <meta charset=koi8-r>");
}

static void content_counts_with_its_http_equiv_on_either_side(void **state) {
    (void)state;
    expect_declared("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r");
    expect_declared("<meta content='text/html; charset=koi8-r' http-equiv=content-type>", "koi8-r");
    expect_undeclared("<meta content='text/html; charset=koi8-r'>");
    expect_undeclared("<meta http-equiv=refresh content='text/html; charset=koi8-r'>");
}

static void charset_counts_before_content(void **state) {
    (void)state;
    expect_declared("<meta http-equiv=content-type content='a; charset=big5' charset=koi8-r>",
                    "koi8-r");
    expect_declared("<meta charset=koi8-r http-equiv=content-type content='a; charset=big5'>",
                    "koi8-r");
    expect_undeclared("<meta charset=nothing http-equiv=content-type content='a; charset=big5'>");
}

static void a_charset_is_found_in_content_as_the_standard_does(void **state) {
    (void)state;
#define CONTENT(value) "<meta http-equiv=content-type content=\"" value "\">"
    expect_declared(CONTENT("text/html;charset = koi8-r; x"), "koi8-r");
    expect_declared(CONTENT("text/html;charset='koi8-r'x"), "koi8-r");
    expect_declared(CONTENT("charset charsetcharset=koi8-r"), "koi8-r");
    expect_declared(CONTENT("CHARSET=koi8-r"), "koi8-r");
    expect_undeclared(CONTENT("text/html;charset='koi8-r"));
    expect_undeclared(CONTENT("text/html;charset="));
    expect_undeclared(CONTENT("text/html;charset"));
    expect_undeclared(CONTENT("text/html"));
#undef CONTENT
}

static void a_charset_in_another_attribute_or_tag_does_not_count(void **state) {
    (void)state;
    expect_undeclared("<meta name=\"x\" value=\"<meta charset=koi8-r>\">");
    expect_undeclared("<a title='<meta charset=koi8-r>'>");
    expect_undeclared("<metal charset=koi8-r>");
    expect_undeclared("<script charset=koi8-r>");
    expect_undeclared("</meta charset=koi8-r>");
    expect_undeclared("<! meta charset=koi8-r>");
}

static void a_name_that_comes_twice_counts_once(void **state) {
    (void)state;
    expect_declared("<meta charset=koi8-r charset=big5>", "koi8-r");
    expect_undeclared("<meta http-equiv=x http-equiv=content-type content='charset=koi8-r'>");
}

static void the_first_known_declaration_counts(void **state) {
    (void)state;
    expect_declared("<meta charset=nothing><meta charset=koi8-r><meta charset=big5>", "koi8-r");
}

static void utf_16_in_a_meta_element_means_utf_8(void **state) {
    (void)state;
    expect_declared("<meta charset=utf-16>", "utf-8");
    expect_declared("<meta charset=utf-16be>", "utf-8");
    expect_declared("<?xml version='1.0' encoding='utf-16'?>", "utf-8");
}

static void x_user_defined_in_a_meta_element_means_windows_1252(void **state) {
    (void)state;
    expect_declared("<meta charset=x-user-defined>", "windows-1252");
}

static void an_xml_declaration_counts_where_no_meta_does(void **state) {
    (void)state;
    expect_declared("<?xml version=\"1.0\" encoding=\"koi8-r\"?><html>", "koi8-r");
    expect_declared("<?xml version='1.0' encoding = 'koi8-r' ?><meta charset=big5>", "big5");
    expect_undeclared(" <?xml version='1.0' encoding='koi8-r'?>");
    expect_undeclared("<?xml version='1.0'?> encoding='koi8-r'");
    expect_undeclared("<?xml encoding=koi8-r?>");
    expect_undeclared("<?xml encoding='koi8-r");
}

static void a_wide_xml_declaration_is_utf_16(void **state) {
    (void)state;
    expect_charset(BYTES("<\0?\0x\0m\0l\0"), NULL, "utf-16le", CHARSET_DECLARED);
    expect_charset(BYTES("\0<\0?\0x\0m\0l"), NULL, "utf-16be", CHARSET_DECLARED);
}

static void a_late_declaration_counts_before_the_body(void **state) {
    (void)state;
    expect_charset(spread("<html><head>", 6000, "<meta charset=koi8-r>"), NULL, "koi8-r",
                   CHARSET_DECLARED);
    expect_charset(spread("<html><head>", 9000, "<meta charset=koi8-r>"), NULL, "utf-8",
                   CHARSET_DEFAULT);
    expect_charset(spread("<html><body>", 6000, "<meta charset=koi8-r>"), NULL, "utf-8",
                   CHARSET_DEFAULT);
    expect_charset(spread("<html><body>", 600, "<meta charset=koi8-r>"), NULL, "koi8-r",
                   CHARSET_DECLARED);
}

static void a_declaration_that_is_cut_off_does_not_count(void **state) {
    static const char whole[] = "<meta http-equiv=content-type content='charset=koi8-r'>";
    (void)state;
    for (size_t size = 0; size < sizeof whole - 1; size++)
        expect_charset((Str){(const uint8_t *)whole, size}, NULL, "utf-8", CHARSET_DEFAULT);
}

/* ---- decoding -------------------------------------------------------------------------------- */

static void utf_16_is_read_in_both_orders(void **state) {
    (void)state;
    expect_decoded("utf-16le", BYTES("a\0\xE9\0\x2D\x4E\x3D\xD8\x00\xDE"), "aé中😀");
    expect_decoded("utf-16be", BYTES("\0a\0\xE9\x4E\x2D\xD8\x3D\xDE\x00"), "aé中😀");
}

static void half_a_pair_of_utf_16_is_undecodable(void **state) {
    (void)state;
    Decoded decoded = decode(BYTES("a\0\x00\xDE"
                                   "b\0\x3D\xD8"
                                   "c\0\x3D\xD8"
                                   "d"),
                             "utf-16le");
    expect_text(&decoded, BYTES("a\xEF\xBF\xBD"
                                "b\xEF\xBF\xBD"
                                "c\xEF\xBF\xBD\xEF\xBF\xBD"));
    assert_int_equal(decoded.undecodable, 7);
    assert_int_equal(decoded.first_undecodable, 2);
}

static void chinese_is_read(void **state) {
    (void)state;
    expect_decoded("gb2312", BYTES("<p>\xD6\xD0\xCE\xC4\xA1\xA3\x80"), "<p>中文。€");
    expect_decoded("gb18030", BYTES("\xD6\xD0\x94\x39\xFC\x36\x81\x30\x84\x36"), "中😀¥");
    expect_decoded("big5", BYTES("\xA4\xA4\xA4\xE5\xA1\x43\xA1\x45\xA3\xE1"), "中文。‧€");
    expect_decoded("big5", BYTES("\x88\x62\x88\xA5"), "\xC3\x8A\xCC\x84\xC3\xAA\xCC\x8C");
}

static void japanese_is_read(void **state) {
    (void)state;
    expect_decoded("shift_jis", BYTES("\x93\xFA\x96\x7B\\\x83\x5C\xB1\x81\x60\x87\x40"),
                   "日本\\ソｱ～①");
    expect_decoded("euc-jp", BYTES("\xC6\xFC\xCB\xDC\x8E\xB1\xA1\xC1\xAD\xA1\x8F\xB0\xA1"),
                   "日本ｱ～①丂");
}

static void iso_2022_jp_is_read_through_its_escapes(void **state) {
    (void)state;
    expect_decoded("iso-2022-jp",
                   BYTES("<p>\x1B$B"
                         "F|K\\-!\x1B(B</p>\n\x1B(J\\~\x1B(I1\x1B$@F|\x1B(B"),
                   "<p>日本①</p>\n¥‾ｱ日");
    expect_charset(BYTES("<p>\x1B$B:rF|$N8a8e\x1B(B</p>"), NULL, "iso-2022-jp", CHARSET_GUESSED);
}

static void what_iso_2022_jp_does_not_know_is_undecodable(void **state) {
    (void)state;
    Decoded decoded = decode(BYTES("\x1B$BF|\x1B[\x1B(B\xFFz\x1B$B"), "iso-2022-jp");
    expect_text(&decoded, BYTES("日\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"));
    assert_int_equal(decoded.first_undecodable, 5);
    assert_int_equal(source_map_raw(&decoded.map, decoded.text.len), 15);
}

static void korean_is_read(void **state) {
    (void)state;
    expect_decoded("euc-kr", BYTES("\xC7\xD1\xB1\xB9\xBE\xEE \x8C\x63"), "한국어 똠");
}

static void cyrillic_is_read(void **state) {
    (void)state;
    expect_decoded("koi8-r", BYTES("\xED\xC9\xD2 \xA3"), "Мир ё");
    expect_decoded("windows-1251", BYTES("\xCC\xE8\xF0 \xB8\x98"), "Мир ё\xC2\x98");
    expect_decoded("ibm866", BYTES("\x8C\xA8\xE0"), "Мир");
    expect_decoded("iso-8859-5", BYTES("\xBC\xD8\xE0"), "Мир");
}

static void windows_1252_is_read_as_browsers_do(void **state) {
    (void)state;
    expect_decoded("iso-8859-1", BYTES("\x93It\x92s\x94 \x96 \x80 5 \xE9"), "“It’s” – € 5 é");
    expect_decoded("windows-1252", BYTES("\x81\x8D\x8F\x90\x9D"),
                   "\xC2\x81\xC2\x8D\xC2\x8F\xC2\x90\xC2\x9D");
}

static void a_letter_is_not_held_back_for_an_accent(void **state) {
    (void)state;
    expect_decoded("windows-1258", BYTES("a\xEC, \xE2\xF2"), "a\xCC\x81, \xC3\xA2\xCC\xA3");
    expect_decoded("windows-1255", BYTES("\xF9\xD1"), "\xD7\xA9\xD7\x81");
}

static void nul_bytes_stay(void **state) {
    (void)state;
    Decoded decoded = decode(BYTES("a\0\xE9\0"), "latin1");
    expect_text(&decoded, BYTES("a\0é\0"));
}

static void ascii_is_not_copied(void **state) {
    (void)state;
    Str raw = BYTES("<meta charset=shift_jis><p>One.");
    Decoded decoded = decode(raw, NULL);
    assert_ptr_equal(decoded.text.at, raw.at);
    assert_string_equal(decoded.charset, "shift_jis");
    assert_int_equal(source_map_raw(&decoded.map, 7), 7);
}

static void an_undecodable_sequence_is_one_sign(void **state) {
    (void)state;
    Decoded decoded = decode(BYTES("a\xC7\xFF"
                                   "b\xC7\x80"
                                   "c\xFF"
                                   "d"),
                             "euc-kr");
    expect_text(&decoded, BYTES("a\xEF\xBF\xBD"
                                "b\xEF\xBF\xBD"
                                "c\xEF\xBF\xBD"
                                "d"));
    assert_int_equal(decoded.undecodable, 5);
    assert_int_equal(decoded.first_undecodable, 1);
}

static void a_lead_byte_does_not_swallow_a_tag(void **state) {
    (void)state;
    static const char *const labels[] = {"gbk", "shift_jis", "euc-kr", "euc-jp", "big5"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        Decoded decoded = decode(BYTES("\xC6<p>"), labels[i]);
        if (strcmp(labels[i], "shift_jis")) expect_text(&decoded, BYTES("\xEF\xBF\xBD<p>"));
        if (!strcmp(labels[i], "shift_jis")) expect_text(&decoded, BYTES("ﾆ<p>"));
    }
}

static void a_sign_that_the_page_ends_in_is_undecodable(void **state) {
    static const struct {
        const char *label;
        Str raw;
        uint64_t bad;
    } ends[] = {{"gbk", {(const uint8_t *)"a\xD6", 2}, 1},
                {"gb18030", {(const uint8_t *)"a\x94\x39\xFC", 4}, 2},
                {"euc-jp", {(const uint8_t *)"a\x8F\xB0", 3}, 2},
                {"shift_jis", {(const uint8_t *)"a\x93", 2}, 1},
                {"utf-16le", {(const uint8_t *)"a\0b", 3}, 1}};
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        Decoded decoded = decode(ends[i].raw, ends[i].label);
        assert_int_equal(decoded.undecodable, ends[i].bad);
        assert_int_equal(decoded.text.at[0], 'a');
        assert_memory_equal(decoded.text.at + decoded.text.len - 3, "\xEF\xBF\xBD", 3);
    }
}

/* ---- the way back ---------------------------------------------------------------------------- */

static void a_map_without_runs_is_the_identity(void **state) {
    (void)state;
    const SourceMap map = {0};
    assert_int_equal(source_map_raw(&map, 0), 0);
    assert_int_equal(source_map_raw(&map, 123456789), 123456789);
}

static void code_points_of_the_same_sizes_share_a_run(void **state) {
    (void)state;
    SourceMap map = {0};
    assert_int_equal(source_map_add(&map, &arena, 1, 1, 10), DECANT_OK);
    assert_int_equal(source_map_add(&map, &arena, 3, 2, 1), DECANT_OK);
    assert_int_equal(source_map_add(&map, &arena, 3, 2, 4), DECANT_OK);
    assert_int_equal(map.count, 2);
    assert_int_equal(source_map_raw(&map, 9), 9);
    assert_int_equal(source_map_raw(&map, 10), 10);
    assert_int_equal(source_map_raw(&map, 12), 10);
    assert_int_equal(source_map_raw(&map, 13), 12);
    assert_int_equal(source_map_raw(&map, 24), 18);
    assert_int_equal(source_map_raw(&map, 25), 20);
    assert_int_equal(source_map_raw(&map, 1000), 20);
    assert_true(sizeof(SourceRun) <= 16);
}

static void a_code_point_may_take_more_raw_bytes_than_a_step_holds(void **state) {
    (void)state;
    SourceMap map = {0};
    for (int i = 0; i < 3; i++)
        assert_int_equal(source_map_add(&map, &arena, 3, 1000, 1), DECANT_OK);
    for (uint64_t at = 0; at <= 9; at++) assert_int_equal(source_map_raw(&map, at), at / 3 * 1000);
}

static void a_map_refuses_what_its_offsets_cannot_hold(void **state) {
    (void)state;
    SourceMap map = {0};
    assert_int_equal(source_map_add(&map, &arena, 3, 1, SOURCE_MAP_MAX / 3), DECANT_OK);
    assert_int_equal(source_map_add(&map, &arena, 1, 1, 1), DECANT_NO_MEMORY);
}

/* A code point in raw bytes and in UTF-8. */
typedef struct Piece {
    const char *raw, *text;
    uint8_t raw_size; /* 0: up to the first NUL */
} Piece;

/* Every offset of a text of a thousand pieces in no order leads to the start of its piece. */
static void expect_exact(const char *label, const Piece *pieces, size_t count) {
    enum { PIECES = 1000, LONGEST = 8 };
    static uint8_t raw[PIECES * LONGEST];
    static size_t way[PIECES * LONGEST + 1];
    size_t raw_size = 0, text_size = 0;
    uint32_t random = 12345;
    for (size_t i = 0; i < PIECES; i++) {
        random = random * 1664525 + 1013904223;
        const Piece *piece = &pieces[(random >> 16) % count];
        size_t size = piece->raw_size ? piece->raw_size : strlen(piece->raw);
        for (size_t j = 0; j < strlen(piece->text); j++) way[text_size++] = raw_size;
        memcpy(raw + raw_size, piece->raw, size);
        raw_size += size;
    }
    way[text_size] = raw_size;
    Decoded decoded = decode((Str){raw, raw_size}, label);
    assert_int_equal(decoded.text.len, text_size);
    for (size_t at = 0; at <= text_size; at++)
        assert_int_equal(source_map_raw(&decoded.map, at), way[at]);
}

static void every_offset_of_a_mixed_text_leads_back(void **state) {
    (void)state;
    static const Piece gb18030[] = {{"a", "a", 0},
                                    {" ", " ", 0},
                                    {"\xD6\xD0", "中", 0},
                                    {"\xCE\xC4", "文", 0},
                                    {"\xA8\xA6", "é", 0},
                                    {"\x94\x39\xFC\x36", "😀", 0},
                                    {"\xFF", "\xEF\xBF\xBD", 0}};
    static const Piece windows_1251[] = {
        {"a", "a", 0}, {"\xCC", "М", 0}, {"\xE8", "и", 0}, {"\x97", "—", 0}};
    static const Piece utf_16le[] = {{"a", "a", 2},
                                     {"\xE9", "é", 2},
                                     {"\x2D\x4E", "中", 2},
                                     {"\x3D\xD8\x00\xDE", "😀", 4},
                                     {"\x00\xDE", "\xEF\xBF\xBD", 2}};
    static const Piece big5[] = {
        {"a", "a", 0}, {"\xA4\xA4", "中", 0}, {"\x88\x62", "\xC3\x8A\xCC\x84", 0}};
    static const Piece euc_jp[] = {
        {"a", "a", 0}, {"\xC6\xFC", "日", 0}, {"\x8E\xB1", "ｱ", 0}, {"\x8F\xB0\xA1", "丂", 0}};
    static const Piece iso_2022_jp[] = {
        {"\x1B(Ba", "a", 0}, {"\x1B$BF|", "日", 0}, {"\x1B(B\x1B$B\x1B(I1", "ｱ", 0}};
    expect_exact("gb18030", gb18030, 7);
    expect_exact("windows-1251", windows_1251, 4);
    expect_exact("utf-16le", utf_16le, 5);
    expect_exact("big5", big5, 3);
    expect_exact("euc-jp", euc_jp, 4);
    expect_exact("iso-2022-jp", iso_2022_jp, 3);
}

static const char *const all[] = {
    "utf-8",        "ibm866",        "iso-8859-2",   "iso-8859-3",   "iso-8859-4",   "iso-8859-5",
    "iso-8859-6",   "iso-8859-7",    "iso-8859-8",   "iso-8859-8-i", "iso-8859-10",  "iso-8859-13",
    "iso-8859-14",  "iso-8859-15",   "iso-8859-16",  "koi8-r",       "koi8-u",       "macintosh",
    "windows-874",  "windows-1250",  "windows-1251", "windows-1252", "windows-1253", "windows-1254",
    "windows-1255", "windows-1256",  "windows-1257", "windows-1258", "gbk",          "gb18030",
    "big5",         "euc-jp",        "iso-2022-jp",  "shift_jis",    "euc-kr",       "utf-16be",
    "utf-16le",     "x-mac-cyrillic"};

enum { ALL = sizeof all / sizeof *all };

/* Random bytes, the half of them ASCII and many of those escapes. */
static Str rubbish(uint32_t seed, size_t size) {
    static const char often[] = "<>\x1B$B(J(I@&;\\ \n";
    uint8_t *bytes = arena_alloc(&arena, size);
    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525 + 1013904223;
        uint8_t byte = (uint8_t)(seed >> 24);
        bytes[i] = seed & 0x10000 ? byte : (uint8_t)often[byte % (sizeof often - 1)];
    }
    return (Str){bytes, size};
}

static void random_bytes_decode_to_a_text_that_leads_back(void **state) {
    (void)state;
    for (size_t i = 0; i < ALL; i++) {
        Str raw = rubbish((uint32_t)i, 3000 + i);
        Decoded decoded = decode(raw, all[i]);
        assert_string_equal(decoded.charset, all[i]);
        assert_int_equal(source_map_raw(&decoded.map, 0), 0);
        assert_int_equal(source_map_raw(&decoded.map, decoded.text.len), raw.len);
        assert_true(decoded.undecodable <= raw.len);
        assert_true(decoded.first_undecodable < raw.len);
        uint64_t before = 0;
        for (size_t at = 0; at < decoded.text.len; at++) {
            uint64_t back = source_map_raw(&decoded.map, at);
            assert_true(back >= before && back < raw.len);
            before = back;
        }
    }
}

static void random_bytes_decode_to_valid_utf_8(void **state) {
    (void)state;
    for (size_t i = 1; i < ALL; i++) { /* all but UTF-8 */
        Decoded decoded = decode(rubbish(77 + (uint32_t)i, 3000), all[i]);
        Decoded again = decode(decoded.text, "utf-8");
        assert_int_equal(again.undecodable, 0);
    }
}

static void random_bytes_without_a_label_decode(void **state) {
    (void)state;
    for (uint32_t seed = 0; seed < 50; seed++) {
        Str raw = rubbish(seed, 200 + seed);
        Decoded decoded = decode(raw, NULL);
        assert_int_equal(source_map_raw(&decoded.map, decoded.text.len), raw.len);
    }
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* An allocator that refuses after some calls. */
static void *resize_limited(void *user, void *block, size_t old_size, size_t new_size) {
    size_t *left = user;
    (void)old_size;
    if (!*left) return NULL;
    --*left;
    return realloc(block, new_size);
}

static void release_limited(void *user, void *block, size_t size) {
    (void)user;
    (void)size;
    free(block);
}

static void refused_memory_is_an_error(void **state) {
    (void)state;
    static const char *const labels[] = {"windows-1251", "gbk", "iso-2022-jp", "utf-16le"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        Str raw = rubbish((uint32_t)i, 300000);
        decant_status status = DECANT_NO_MEMORY;
        size_t allowed = 0;
        for (; status; allowed++) {
            size_t left = allowed;
            const decant_allocator limited = {&left, resize_limited, release_limited};
            Arena scarce;
            Decoded decoded;
            arena_init(&scarce, &limited);
            status = charset_decode(&decoded, &scarce, raw, labels[i], false);
            assert_true(status == DECANT_OK || status == DECANT_NO_MEMORY);
            arena_done(&scarce);
        }
        assert_true(allowed > 2 && allowed < 50);
    }
}

static void what_is_utf_8_takes_no_memory(void **state) {
    (void)state;
    size_t none = 0;
    const decant_allocator refusing = {&none, resize_limited, release_limited};
    Arena scarce;
    Decoded decoded;
    arena_init(&scarce, &refusing);
    assert_int_equal(charset_decode(&decoded, &scarce, BYTES("caf\xC3\xA9"), NULL, false),
                     DECANT_OK);
    assert_int_equal(charset_decode(&decoded, &scarce, BYTES("cafe"), "koi8-r", false), DECANT_OK);
    arena_done(&scarce);
}

/* ---- the pages of fixtures/ ------------------------------------------------------------------ */

static Str read_fixture(const char *name) {
    char path[128];
    snprintf(path, sizeof path, "fixtures/charset/%s/input.html", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    enum { LARGEST = 16 << 10 };
    uint8_t *bytes = arena_alloc(&arena, LARGEST);
    assert_non_null(bytes);
    size_t size = fread(bytes, 1, LARGEST, file);
    fclose(file);
    return (Str){bytes, size};
}

static void pages_are_taken_for_what_they_are(void **state) {
    (void)state;
    static const struct {
        const char *name, *charset;
        CharsetSource source;
    } pages[] = {{"utf-16", "utf-16le", CHARSET_MARK},
                 {"gbk", "gbk", CHARSET_DECLARED},
                 {"shift-jis", "shift_jis", CHARSET_DECLARED},
                 {"euc-kr", "euc-kr", CHARSET_DECLARED},
                 {"koi8-r", "koi8-r", CHARSET_GUESSED},
                 {"windows-1251", "windows-1251", CHARSET_DECLARED}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        Str raw = read_fixture(pages[i].name);
        Decoded decoded = decode(raw, NULL);
        assert_string_equal(decoded.charset, pages[i].charset);
        assert_int_equal(decoded.source, pages[i].source);
        assert_int_equal(decoded.undecodable, 0);
    }
}

/* Each test has an arena of its own. */
#define in_arena(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_arena(the_callers_label_comes_first),
        in_arena(a_label_that_is_not_known_is_passed_over),
        in_arena(a_mark_comes_before_a_declaration),
        in_arena(a_mark_stays_in_the_text),
        in_arena(utf_16_without_a_mark_is_told_by_its_first_two_units),
        in_arena(the_mark_tells_which_utf_16_the_label_means),
        in_arena(a_declaration_comes_before_a_guess),
        in_arena(ascii_is_utf_8),
        in_arena(valid_utf_8_is_utf_8_whatever_is_declared),
        in_arena(valid_utf_8_is_not_utf_8_where_the_caller_says_so),
        in_arena(a_declared_utf_8_page_with_few_bad_bytes_passes_through),
        in_arena(an_undeclared_utf_8_page_with_few_bad_bytes_is_utf_8),
        in_arena(a_page_that_is_hardly_utf_8_is_guessed_whatever_it_declares),
        in_arena(what_tells_nothing_is_windows_1252),
        in_arena(western_pages_are_guessed_to_be_windows_1252),
        in_arena(the_first_bytes_of_a_long_ascii_page_do_not_hide_the_rest),
        in_arena(labels_lead_to_the_standards_charsets),
        in_arena(case_and_white_space_of_a_label_do_not_count),
        in_arena(a_label_is_known_if_it_can_be_read),
        in_arena(values_are_read_with_quotes_and_without),
        in_arena(comments_are_passed_over),
        in_arena(content_counts_with_its_http_equiv_on_either_side),
        in_arena(charset_counts_before_content),
        in_arena(a_charset_is_found_in_content_as_the_standard_does),
        in_arena(a_charset_in_another_attribute_or_tag_does_not_count),
        in_arena(a_name_that_comes_twice_counts_once),
        in_arena(the_first_known_declaration_counts),
        in_arena(utf_16_in_a_meta_element_means_utf_8),
        in_arena(x_user_defined_in_a_meta_element_means_windows_1252),
        in_arena(an_xml_declaration_counts_where_no_meta_does),
        in_arena(a_wide_xml_declaration_is_utf_16),
        in_arena(a_late_declaration_counts_before_the_body),
        in_arena(a_declaration_that_is_cut_off_does_not_count),
        in_arena(utf_16_is_read_in_both_orders),
        in_arena(half_a_pair_of_utf_16_is_undecodable),
        in_arena(chinese_is_read),
        in_arena(japanese_is_read),
        in_arena(iso_2022_jp_is_read_through_its_escapes),
        in_arena(what_iso_2022_jp_does_not_know_is_undecodable),
        in_arena(korean_is_read),
        in_arena(cyrillic_is_read),
        in_arena(windows_1252_is_read_as_browsers_do),
        in_arena(a_letter_is_not_held_back_for_an_accent),
        in_arena(nul_bytes_stay),
        in_arena(ascii_is_not_copied),
        in_arena(an_undecodable_sequence_is_one_sign),
        in_arena(a_lead_byte_does_not_swallow_a_tag),
        in_arena(a_sign_that_the_page_ends_in_is_undecodable),
        in_arena(a_map_without_runs_is_the_identity),
        in_arena(code_points_of_the_same_sizes_share_a_run),
        in_arena(a_code_point_may_take_more_raw_bytes_than_a_step_holds),
        in_arena(a_map_refuses_what_its_offsets_cannot_hold),
        in_arena(every_offset_of_a_mixed_text_leads_back),
        in_arena(random_bytes_decode_to_a_text_that_leads_back),
        in_arena(random_bytes_decode_to_valid_utf_8),
        in_arena(random_bytes_without_a_label_decode),
        in_arena(refused_memory_is_an_error),
        in_arena(what_is_utf_8_takes_no_memory),
        in_arena(pages_are_taken_for_what_they_are),
    };
    return cmocka_run_group_tests_name("charset", tests, NULL, NULL);
}
