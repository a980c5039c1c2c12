/* SPDX-License-Identifier: MIT
 * test_letters.c - decoding of UTF-8, classes, scripts and lower case. */
#include "language/letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static Letter read_first(const char *text) {
    const uint8_t *at = (const uint8_t *)text;
    return letter_read(at, at + strlen(text));
}

static void assert_letter(const char *text, uint32_t code, LetterClass letter, Script script) {
    Letter read = read_first(text);
    assert_int_equal(read.code, code);
    assert_int_equal(read.size, strlen(text));
    assert_int_equal(read.letter, letter);
    assert_int_equal(read.script, script);
}

static void letters_of_many_scripts_are_read(void **state) {
    (void)state;
    assert_letter("a", 'a', LETTER_LOWER, SCRIPT_LATIN);
    assert_letter("Z", 'Z', LETTER_UPPER, SCRIPT_LATIN);
    assert_letter("é", 0xE9, LETTER_LOWER, SCRIPT_LATIN);
    assert_letter("ǅ", 0x1C5, LETTER_UPPER, SCRIPT_LATIN);
    assert_letter("º", 0xBA, LETTER_CASELESS, SCRIPT_LATIN);
    assert_letter("Ж", 0x416, LETTER_UPPER, SCRIPT_CYRILLIC);
    assert_letter("ω", 0x3C9, LETTER_LOWER, SCRIPT_GREEK);
    assert_letter("م", 0x645, LETTER_CASELESS, SCRIPT_ARABIC);
    assert_letter("ש", 0x5E9, LETTER_CASELESS, SCRIPT_HEBREW);
    assert_letter("한", 0xD55C, LETTER_CASELESS, SCRIPT_HANGUL);
    assert_letter("क", 0x915, LETTER_CASELESS, SCRIPT_OTHER);
}

static void unspaced_scripts_are_told_apart(void **state) {
    (void)state;
    assert_letter("中", 0x4E2D, LETTER_UNSPACED, SCRIPT_HAN);
    assert_letter("𠀀", 0x20000, LETTER_UNSPACED, SCRIPT_HAN);
    assert_letter("々", 0x3005, LETTER_UNSPACED, SCRIPT_HAN);
    assert_letter("の", 0x306E, LETTER_UNSPACED, SCRIPT_KANA);
    assert_letter("ー", 0x30FC, LETTER_UNSPACED, SCRIPT_KANA);
    assert_letter("ไ", 0xE44, LETTER_UNSPACED, SCRIPT_OTHER);
    assert_letter("ក", 0x1780, LETTER_UNSPACED, SCRIPT_OTHER);
}

static void white_space_includes_the_invisible_kinds(void **state) {
    (void)state;
    const uint32_t spaces[] = {'\t',   '\n',   '\v',   '\f',   '\r',   ' ',    0x85,  0xA0,
                               0x2009, 0x200B, 0x2028, 0x2029, 0x202F, 0x3000, 0xFEFF};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        assert_int_equal(letter_class(spaces[i]), LETTER_SPACE);
}

static void marks_go_on_with_a_word(void **state) {
    (void)state;
    const uint32_t marks[] = {0x301, 0xAD, 0x200C, 0x200D, 0x64B, 0x93F, 0xFE0F, 0x2060};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        assert_int_equal(letter_class(marks[i]), LETTER_MARK);
}

static void digits_punctuation_and_symbols_have_no_script(void **state) {
    (void)state;
    assert_letter("7", '7', LETTER_DIGIT, SCRIPT_NONE);
    assert_letter("٣", 0x663, LETTER_DIGIT, SCRIPT_NONE);
    assert_letter(".", '.', LETTER_PUNCTUATION, SCRIPT_NONE);
    assert_letter("’", 0x2019, LETTER_PUNCTUATION, SCRIPT_NONE);
    assert_letter("。", 0x3002, LETTER_PUNCTUATION, SCRIPT_NONE);
    assert_letter("©", 0xA9, LETTER_SYMBOL, SCRIPT_NONE);
    assert_letter("|", '|', LETTER_SYMBOL, SCRIPT_NONE);
    assert_letter("½", 0xBD, LETTER_SYMBOL, SCRIPT_NONE);
    assert_letter("😀", 0x1F600, LETTER_SYMBOL, SCRIPT_NONE);
}

static void controls_and_unassigned_codes_are_other_signs(void **state) {
    (void)state;
    const uint32_t others[] = {0,      0x1B,     0x7F,     0xFFFD,    0xFFFF,
                               0xE000, 0x10FFFF, 0x110000, 0xFFFFFFFF};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(letter_class(others[i]), LETTER_OTHER_SIGN);
}

static void an_invalid_byte_is_read_on_its_own(void **state) {
    (void)state;
    const char *const texts[] = {
        "\x80",
        "\xBF\x80",
        "\xC0\x80",
        "\xC1\xBF",
        "\xC3",
        "\xC3(",
        "\xE0\x80\xAF",
        "\xE0\x9F\xBF",
        "\xE2\x82",
        "\xE2(\xA1",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xF0\x80\x80\xAF",
        "\xF0\x8F\xBF\xBF",
        "\xF0\x9F\x98",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFE",
        "\xFF",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Letter letter = read_first(texts[i]);
        assert_int_equal(letter.code, 0xFFFD);
        assert_int_equal(letter.size, 1);
        assert_int_equal(letter.letter, LETTER_OTHER_SIGN);
    }
}

static size_t encode(uint32_t code, uint8_t *at) {
    if (code < 0x80) return at[0] = (uint8_t)code, 1;
    size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i; i--, code >>= 6) at[i] = (uint8_t)(0x80 | (code & 0x3F));
    at[0] = (uint8_t)((0xF00 >> size & 0xFF) | code);
    return size;
}

static void every_code_point_is_read_as_it_was_written(void **state) {
    (void)state;
    for (uint32_t code = 0; code < 0x110000; code++) {
        if (code >= 0xD800 && code <= 0xDFFF) continue;
        uint8_t bytes[4];
        size_t size = encode(code, bytes);
        Letter letter = letter_read(bytes, bytes + size);
        if (letter.code != code || letter.size != size || letter.letter != letter_class(code))
            fail_msg("U+%04X was read as U+%04X of %d bytes", code, letter.code, letter.size);
    }
}

static void a_nul_byte_is_a_code_point_like_others(void **state) {
    (void)state;
    const uint8_t bytes[] = {0, 'a'};
    Letter letter = letter_read(bytes, bytes + 2);
    assert_int_equal(letter.code, 0);
    assert_int_equal(letter.size, 1);
}

static void lower_case_is_one_code_point(void **state) {
    (void)state;
    const uint32_t pairs[][2] = {
        {'A', 'a'},       {'Z', 'z'},          {'[', '['},     {'@', '@'},         {'z', 'z'},
        {0xC9, 0xE9},     {0x130, 'i'},        {0x3A3, 0x3C3}, {0x416, 0x436},     {0x1C4, 0x1C6},
        {0x1C5, 0x1C6},   {0xDF, 0xDF},        {0x1E9E, 0xDF}, {0x10400, 0x10428}, {0xFF21, 0xFF41},
        {0x4E2D, 0x4E2D}, {0x110000, 0x110000}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_int_equal(letter_lower(pairs[i][0]), pairs[i][1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_many_scripts_are_read),
        cmocka_unit_test(unspaced_scripts_are_told_apart),
        cmocka_unit_test(white_space_includes_the_invisible_kinds),
        cmocka_unit_test(marks_go_on_with_a_word),
        cmocka_unit_test(digits_punctuation_and_symbols_have_no_script),
        cmocka_unit_test(controls_and_unassigned_codes_are_other_signs),
        cmocka_unit_test(an_invalid_byte_is_read_on_its_own),
        cmocka_unit_test(every_code_point_is_read_as_it_was_written),
        cmocka_unit_test(a_nul_byte_is_a_code_point_like_others),
        cmocka_unit_test(lower_case_is_one_code_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
