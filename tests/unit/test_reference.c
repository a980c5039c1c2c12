/* SPDX-License-Identifier: MIT
 * test_reference.c - character references, state by state of the standard's tokenization
 * (13.2.5.72 and on). */
#include "segment/reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"

typedef struct Case {
    const char *text;
    size_t taken;      /* 0: no reference */
    const char *value; /* "" then */
} Case;

/* The text stands in memory of its own size, so that a read past its end is seen. */
static void expect_bytes(const char *text, size_t size, bool in_attribute, size_t taken,
                         const char *value) {
    uint8_t *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    if (size) memcpy(copy, text, size);
    char found[REFERENCE_SIZE + 1] = "";
    size_t found_size = 99;
    const size_t found_taken =
        reference_read((Str){copy, size}, in_attribute, (uint8_t *)found, &found_size);
    free(copy);
    assert_true(found_size <= REFERENCE_SIZE);
    found[found_size] = '\0';
    if (found_taken != taken || strcmp(found, value) != 0)
        fail_msg("%s: takes %zu and is \"%s\"", text, found_taken, found);
}

static void expect_cases(const Case *cases, size_t count, bool in_attribute) {
    for (size_t i = 0; i < count; i++)
        expect_bytes(cases[i].text, strlen(cases[i].text), in_attribute, cases[i].taken,
                     cases[i].value);
}

#define EXPECT(in_attribute, ...)                                                                  \
    expect_cases((const Case[]){__VA_ARGS__}, sizeof((const Case[]){__VA_ARGS__}) / sizeof(Case),  \
                 in_attribute)

static void names_with_a_semicolon_are_references(void **state) {
    (void)state;
    EXPECT(false, {"&amp;", 5, "&"}, {"&lt;", 4, "<"}, {"&gt;", 4, ">"}, {"&quot;", 6, "\""},
           {"&apos;", 6, "'"}, {"&nbsp;", 6, "\xC2\xA0"}, {"&eacute;", 8, "\xC3\xA9"},
           {"&hellip;x", 8, "\xE2\x80\xA6"}, {"&Afr;", 5, "\xF0\x9D\x94\x84"},
           {"&zwnj;", 6, "\xE2\x80\x8C"}, {"&Aacute;", 8, "\xC3\x81"}, {"&frac12;", 8, "\xC2\xBD"});
}

static void the_case_of_names_counts(void **state) {
    (void)state;
    EXPECT(false, {"&Dagger;", 8, "\xE2\x80\xA1"}, {"&dagger;", 8, "\xE2\x80\xA0"},
           {"&AMP;", 5, "&"}, {"&Amp;", 0, ""}, {"&NBSP;", 0, ""});
}

static void a_name_may_mean_two_code_points(void **state) {
    (void)state;
    EXPECT(false, {"&NotEqualTilde;", 15, "\xE2\x89\x82\xCC\xB8"},
           {"&acE;", 5, "\xE2\x88\xBE\xCC\xB3"}, {"&fjlig;", 7, "fj"},
           {"&ThickSpace;", 12, "\xE2\x81\x9F\xE2\x80\x8A"});
}

static void the_longest_name_is_known(void **state) {
    (void)state;
    EXPECT(false, {"&CounterClockwiseContourIntegral;", 33, "\xE2\x88\xB3"},
           {"&CounterClockwiseContourIntegral", 0, ""},
           {"&CounterClockwiseContourIntegrals;", 0, ""});
}

static void some_names_go_without_a_semicolon(void **state) {
    (void)state;
    EXPECT(false, {"&amp", 4, "&"}, {"&ampx", 4, "&"}, {"&amp x", 4, "&"},
           {"&copy2024", 5, "\xC2\xA9"}, {"&eacutex", 7, "\xC3\xA9"}, {"&frac123", 7, "\xC2\xBD"},
           {"&GT", 3, ">"});
}

static void most_names_do_not(void **state) {
    (void)state;
    EXPECT(false, {"&hellip", 0, ""}, {"&apos", 0, ""}, {"&mdash x", 0, ""}, {"&Afr", 0, ""});
}

static void the_longest_match_counts(void **state) {
    (void)state;
    EXPECT(false, {"&notit;", 4, "\xC2\xAC"}, {"&notin;", 7, "\xE2\x88\x89"},
           {"&notin", 4, "\xC2\xAC"}, {"&ampamp;", 4, "&"}, {"&sup1;", 6, "\xC2\xB9"},
           {"&sup11", 5, "\xC2\xB9"}, {"&sup;", 5, "\xE2\x8A\x83"}, {"&sup4", 0, ""});
}

static void names_that_nobody_knows_are_text(void **state) {
    (void)state;
    EXPECT(false, {"&nosuchname;", 0, ""}, {"&a;", 0, ""}, {"&Q;", 0, ""}, {"&1;", 0, ""},
           {"&_amp;", 0, ""}, {"&amp_;", 4, "&"}, {"&ZZ;", 0, ""}, {"&zzz;", 0, ""});
}

static void an_ampersand_alone_is_text(void **state) {
    (void)state;
    EXPECT(false, {"&", 0, ""}, {"&;", 0, ""}, {"& amp;", 0, ""}, {"&&amp;", 0, ""}, {"", 0, ""});
}

static void only_an_ampersand_begins_a_reference(void **state) {
    (void)state;
    EXPECT(false, {"amp;", 0, ""}, {"#65;", 0, ""},
           {"\xEF\xBC\x86"
            "amp;",
            0, ""});
}

static void in_attributes_a_bare_name_ends_before_no_letter_digit_or_equals_sign(void **state) {
    (void)state;
    EXPECT(true, {"&ampx", 0, ""}, {"&amp1", 0, ""}, {"&amp=", 0, ""}, {"&copy=1&", 0, ""},
           {"&notit;", 0, ""}, {"&notin", 0, ""}, {"&amp", 4, "&"}, {"&amp&", 4, "&"},
           {"&amp-", 4, "&"}, {"&copy ", 5, "\xC2\xA9"}, {"&lt\"", 3, "<"});
}

static void in_attributes_a_semicolon_makes_a_name_a_reference(void **state) {
    (void)state;
    EXPECT(true, {"&amp;x", 5, "&"}, {"&amp;=", 5, "&"}, {"&notin;", 7, "\xE2\x88\x89"});
}

static void in_attributes_numbers_are_read_as_elsewhere(void **state) {
    (void)state;
    EXPECT(true, {"&#65x", 4, "A"}, {"&#65=", 4, "A"}, {"&#x41;", 6, "A"}, {"&#x41g", 5, "A"});
}

static void decimal_numbers_are_code_points(void **state) {
    (void)state;
    EXPECT(false, {"&#65;", 5, "A"}, {"&#8211;", 7, "\xE2\x80\x93"}, {"&#228;", 6, "\xC3\xA4"},
           {"&#128512;", 9, "\xF0\x9F\x98\x80"}, {"&#0065;", 7, "A"}, {"&#10;", 5, "\n"},
           {"&#127;", 6, "\x7F"}, {"&#2047;", 7, "\xDF\xBF"}, {"&#2048;", 7, "\xE0\xA0\x80"});
}

static void hexadecimal_numbers_are_code_points(void **state) {
    (void)state;
    EXPECT(false, {"&#x41;", 6, "A"}, {"&#X41;", 6, "A"}, {"&#xe4;", 6, "\xC3\xA4"},
           {"&#xE4;", 6, "\xC3\xA4"}, {"&#x1F600;", 9, "\xF0\x9F\x98\x80"},
           {"&#xFFFF;", 8, "\xEF\xBF\xBF"}, {"&#x10FFFF;", 10, "\xF4\x8F\xBF\xBF"});
}

static void a_number_goes_without_a_semicolon(void **state) {
    (void)state;
    EXPECT(false, {"&#65", 4, "A"}, {"&#65 ", 4, "A"}, {"&#65a", 4, "A"}, {"&#x41", 5, "A"},
           {"&#x41z", 5, "A"});
}

static void a_number_without_digits_is_text(void **state) {
    (void)state;
    EXPECT(false, {"&#", 0, ""}, {"&#;", 0, ""}, {"&#x", 0, ""}, {"&#x;", 0, ""}, {"&#X", 0, ""},
           {"&#xg;", 0, ""}, {"&#a;", 0, ""}, {"&#-5;", 0, ""}, {"&# 65;", 0, ""});
}

static void bytes_of_windows_1252_mean_what_they_mean_there(void **state) {
    (void)state;
    EXPECT(false, {"&#x80;", 6, "\xE2\x82\xAC"}, {"&#128;", 6, "\xE2\x82\xAC"},
           {"&#150;", 6, "\xE2\x80\x93"}, {"&#x92;", 6, "\xE2\x80\x99"}, {"&#x9F;", 6, "\xC5\xB8"},
           {"&#x81;", 6, "\xC2\x81"}, {"&#x9D;", 6, "\xC2\x9D"}, {"&#xA0;", 6, "\xC2\xA0"});
}

static void numbers_that_are_no_character_are_replaced(void **state) {
    (void)state;
    EXPECT(false, {"&#0;", 4, REPLACEMENT}, {"&#x0;", 5, REPLACEMENT}, {"&#00", 4, REPLACEMENT},
           {"&#xD800;", 8, REPLACEMENT}, {"&#xDFFF;", 8, REPLACEMENT},
           {"&#xD7FF;", 8, "\xED\x9F\xBF"}, {"&#xE000;", 8, "\xEE\x80\x80"},
           {"&#x110000;", 10, REPLACEMENT}, {"&#1114112;", 10, REPLACEMENT});
}

static void numbers_of_any_length_are_read_to_their_end(void **state) {
    (void)state;
    EXPECT(false, {"&#4294967361;", 13, REPLACEMENT}, {"&#x100000041;", 13, REPLACEMENT},
           {"&#99999999999999999999999999999999;", 35, REPLACEMENT},
           {"&#xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF;", 37, REPLACEMENT},
           {"&#00000000000000000000000000000000065;", 38, "A"});
}

static void a_nul_byte_ends_a_name(void **state) {
    (void)state;
    expect_bytes("&amp\0;", 6, false, 4, "&");
    expect_bytes("&am\0p;", 6, false, 0, "");
    expect_bytes("&\0", 2, false, 0, "");
}

static void a_reference_may_be_cut_at_any_byte(void **state) {
    (void)state;
    static const char *const texts[] = {"&CounterClockwiseContourIntegral;", "&#x10FFFF;",
                                        "&#8211;", "&notin;", "&amp;"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (size_t size = 0; size < strlen(texts[i]); size++) {
            uint8_t *copy = malloc(size ? size : 1);
            assert_non_null(copy);
            if (size) memcpy(copy, texts[i], size);
            uint8_t found[REFERENCE_SIZE];
            size_t found_size;
            assert_true(reference_read((Str){copy, size}, i % 2, found, &found_size) <= size);
            free(copy);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_with_a_semicolon_are_references),
        cmocka_unit_test(the_case_of_names_counts),
        cmocka_unit_test(a_name_may_mean_two_code_points),
        cmocka_unit_test(the_longest_name_is_known),
        cmocka_unit_test(some_names_go_without_a_semicolon),
        cmocka_unit_test(most_names_do_not),
        cmocka_unit_test(the_longest_match_counts),
        cmocka_unit_test(names_that_nobody_knows_are_text),
        cmocka_unit_test(an_ampersand_alone_is_text),
        cmocka_unit_test(only_an_ampersand_begins_a_reference),
        cmocka_unit_test(in_attributes_a_bare_name_ends_before_no_letter_digit_or_equals_sign),
        cmocka_unit_test(in_attributes_a_semicolon_makes_a_name_a_reference),
        cmocka_unit_test(in_attributes_numbers_are_read_as_elsewhere),
        cmocka_unit_test(decimal_numbers_are_code_points),
        cmocka_unit_test(hexadecimal_numbers_are_code_points),
        cmocka_unit_test(a_number_goes_without_a_semicolon),
        cmocka_unit_test(a_number_without_digits_is_text),
        cmocka_unit_test(bytes_of_windows_1252_mean_what_they_mean_there),
        cmocka_unit_test(numbers_that_are_no_character_are_replaced),
        cmocka_unit_test(numbers_of_any_length_are_read_to_their_end),
        cmocka_unit_test(a_nul_byte_ends_a_name),
        cmocka_unit_test(a_reference_may_be_cut_at_any_byte),
    };
    return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
