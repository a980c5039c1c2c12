/* SPDX-License-Identifier: MIT
 * test_json.c - the tokens of JSON, well-formed and as pages have it.
 *
 * Tokens are written down as they are found: { } [ ] for both ends of objects and arrays, K and S
 * with the bytes of a key or string, N with those of a number, t f 0 for true, false and null, _
 * for a missing value, and ! at the end where reading broke off. */
#include "base/json.h"

#include "refusing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTES_SIZE = 1024 };

/* A copy of its own size, so that a read past its end is seen. To be freed. */
static uint8_t *copy_bytes(const char *text, size_t size) {
    uint8_t *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    if (size) memcpy(copy, text, size);
    return copy;
}

static void note_token(char *notes, Str bytes, const JsonToken *token) {
    const size_t used = strlen(notes);
    const char *text = (const char *)bytes.at + token->start;
    const int size = (int)(token->end - token->start);
    static const char signs[] = "{}[]KSNtf0";
    const char sign = token->kind == JSON_NULL && size == 0 ? '_' : signs[token->kind];
    const bool has_text =
        token->kind == JSON_KEY || token->kind == JSON_STRING || token->kind == JSON_NUMBER;
    snprintf(notes + used, NOTES_SIZE - used, "%c%.*s", sign, has_text ? size : 0, text);
}

static void note_all(char *notes, Str bytes) {
    JsonReader reader = {.bytes = bytes};
    JsonToken token;
    size_t end = 0;
    *notes = '\0';
    while (json_next(&reader, &token)) {
        assert_true(token.start >= end && token.end >= token.start && token.end <= bytes.len);
        assert_true(token.depth <= JSON_DEPTH);
        end = token.end;
        note_token(notes, bytes, &token);
    }
    if (reader.is_broken) strcat(notes, "!");
}

static void expect_tokens(const char *text, const char *tokens) {
    char notes[NOTES_SIZE];
    uint8_t *copy = copy_bytes(text, strlen(text));
    note_all(notes, (Str){copy, strlen(text)});
    free(copy);
    assert_string_equal(notes, tokens);
}

/* What the string says, with NUL bytes as ~. */
static void expect_text(const char *string, size_t size, const char *text) {
    Arena arena;
    Str found;
    char shown[NOTES_SIZE];
    uint8_t *copy = copy_bytes(string, size);
    const Str bytes = {copy, size};
    JsonReader reader = {.bytes = bytes};
    JsonToken token;
    arena_init(&arena, allocator_default());
    assert_true(json_next(&reader, &token));
    assert_int_equal(token.kind, JSON_STRING);
    assert_int_equal(json_text(&found, &arena, bytes, &token), DECANT_OK);
    assert_true(found.len < NOTES_SIZE);
    for (size_t i = 0; i < found.len; i++) shown[i] = found.at[i] ? (char)found.at[i] : '~';
    shown[found.len] = '\0';
    free(copy);
    arena_done(&arena);
    assert_string_equal(shown, text);
}

#define EXPECT_TEXT(string, text) expect_text(string, sizeof(string) - 1, text)

static void nothing_has_no_tokens(void **state) {
    (void)state;
    expect_tokens("", "");
    expect_tokens(" \t\r\n", "");
}

static void an_object_has_keys_and_values(void **state) {
    (void)state;
    expect_tokens("{\"a\": \"b\", \"c\": 1}", "{K\"a\"S\"b\"K\"c\"N1}");
}

static void an_array_has_values(void **state) {
    (void)state;
    expect_tokens("[1, \"b\", true, false, null]", "[N1S\"b\"tf0]");
}

static void both_may_be_empty(void **state) {
    (void)state;
    expect_tokens("{}", "{}");
    expect_tokens("[{}, []]", "[{}[]]");
}

static void they_stand_in_each_other(void **state) {
    (void)state;
    expect_tokens("{\"a\":[{\"b\":[]},2],\"c\":{}}", "{K\"a\"[{K\"b\"[]}N2]K\"c\"{}}");
}

static void a_single_value_is_json_too(void **state) {
    (void)state;
    expect_tokens("\"a\"", "S\"a\"");
    expect_tokens("-1.5e+10", "N-1.5e+10");
    expect_tokens("null", "0");
}

static void tokens_tell_where_they_stand(void **state) {
    (void)state;
    const Str bytes = {(const uint8_t *)" {\"ab\" : -12 }", 14};
    static const size_t ranges[][2] = {{1, 2}, {2, 6}, {9, 12}, {13, 14}};
    JsonReader reader = {.bytes = bytes};
    JsonToken token;
    for (size_t i = 0; i < 4; i++) {
        assert_true(json_next(&reader, &token));
        assert_int_equal(token.start, ranges[i][0]);
        assert_int_equal(token.end, ranges[i][1]);
    }
    assert_false(json_next(&reader, &token));
    assert_false(reader.is_broken);
}

static void both_ends_have_the_depth_of_what_they_stand_in(void **state) {
    (void)state;
    const char *text = "{\"a\":[1]}";
    static const unsigned depths[] = {0, 1, 1, 2, 1, 0};
    JsonReader reader = {.bytes = {(const uint8_t *)text, strlen(text)}};
    JsonToken token;
    for (size_t i = 0; i < 6; i++) {
        assert_true(json_next(&reader, &token));
        assert_int_equal(token.depth, depths[i]);
    }
}

static void a_quote_behind_a_backslash_ends_no_string(void **state) {
    (void)state;
    expect_tokens("[\"a\\\"b\", \"c\\\\\", \"\\\\\\\"\"]", "[S\"a\\\"b\"S\"c\\\\\"S\"\\\\\\\"\"]");
}

static void brackets_in_strings_are_text(void **state) {
    (void)state;
    expect_tokens("[\"}],{\"]", "[S\"}],{\"]");
}

static void line_breaks_and_controls_may_stand_in_strings(void **state) {
    (void)state;
    expect_tokens("{\"a\": \"b\r\n\tc\x01\"}", "{K\"a\"S\"b\r\n\tc\x01\"}");
}

static void commas_may_be_too_many(void **state) {
    (void)state;
    expect_tokens("{\"a\": 1,}", "{K\"a\"N1}");
    expect_tokens("[,1,,2,],", "[N1N2]");
}

static void commas_may_be_missing(void **state) {
    (void)state;
    expect_tokens("{\"a\": 1 \"b\": 2}", "{K\"a\"N1K\"b\"N2}");
    expect_tokens("[{} {}]", "[{}{}]");
}

static void a_missing_value_is_an_empty_null(void **state) {
    (void)state;
    expect_tokens("{\"a\": , \"b\":}", "{K\"a\"_K\"b\"_}");
}

static void a_semicolon_may_stand_at_the_end(void **state) {
    (void)state;
    expect_tokens("{\"a\": 1};", "{K\"a\"N1}");
}

static void values_may_stand_side_by_side(void **state) {
    (void)state;
    expect_tokens("{\"a\":1}\n{\"b\":2}", "{K\"a\"N1}{K\"b\"N2}");
    expect_tokens("{}, {}", "{}{}");
}

static void comments_are_skipped(void **state) {
    (void)state;
    expect_tokens("// a\n{/* b */\"c\": /* d */ 1 // e\r}", "{K\"c\"N1}");
    expect_tokens("{} /* never ends", "{}");
}

static void slashes_in_strings_are_no_comments(void **state) {
    (void)state;
    expect_tokens("[\"https://a.b/*\"]", "[S\"https://a.b/*\"]");
}

static void what_hides_a_script_is_skipped(void **state) {
    (void)state;
    expect_tokens("<!-- {} -->", "{}");
    expect_tokens("<![CDATA[ {} ]]>", "{}");
    expect_tokens("//<![CDATA[\n{}\n//]]>", "{}");
    expect_tokens("/*<![CDATA[*/{}/*]]>*/", "{}");
    expect_tokens("\xEF\xBB\xBF{}", "{}");
}

static void a_hidden_script_may_stand_on_one_line(void **state) {
    (void)state;
    expect_tokens("//<![CDATA[ {\"a\": 1} //]]>", "{K\"a\"N1}");
}

static void other_text_breaks_it_off(void **state) {
    (void)state;
    expect_tokens("{\"a\": b}", "{K\"a\"!");
    expect_tokens("{a: 1}", "{!");
    expect_tokens("{'a': 1}", "{!");
    expect_tokens("<p>", "!");
}

static void what_came_before_a_break_counts(void **state) {
    (void)state;
    expect_tokens("{\"a\": 1, \"b\": \"c\" d", "{K\"a\"N1K\"b\"S\"c\"!");
}

static void a_key_without_a_colon_breaks_it_off(void **state) {
    (void)state;
    expect_tokens("{\"a\"}", "{!");
    expect_tokens("{\"a\" \"b\"}", "{!");
}

static void ends_that_do_not_fit_break_it_off(void **state) {
    (void)state;
    expect_tokens("[1}", "[N1!");
    expect_tokens("{\"a\":1]", "{K\"a\"N1!");
    expect_tokens("]", "!");
}

static void an_end_that_is_missing_is_told(void **state) {
    (void)state;
    expect_tokens("{\"a\": [1", "{K\"a\"[N1!");
    expect_tokens("\"a", "!");
    expect_tokens("\"a\\\"", "!");
    expect_tokens("{\"a\":", "{K\"a\"!");
}

static void deep_nesting_breaks_it_off(void **state) {
    (void)state;
    char text[2 * JSON_DEPTH + 3], notes[NOTES_SIZE];
    memset(text, '[', JSON_DEPTH + 1);
    memset(text + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
    note_all(notes, (Str){(const uint8_t *)text, 2 * JSON_DEPTH + 2});
    assert_int_equal(strlen(notes), JSON_DEPTH + 1);
    assert_int_equal(notes[JSON_DEPTH], '!');
    note_all(notes, (Str){(const uint8_t *)text + 1, 2 * JSON_DEPTH});
    assert_int_equal(strlen(notes), 2 * JSON_DEPTH);
}

static void a_value_can_be_skipped(void **state) {
    (void)state;
    const char *text = "[{\"a\": [1, {}]}, 2]";
    JsonReader reader = {.bytes = {(const uint8_t *)text, strlen(text)}};
    JsonToken token;
    assert_true(json_next(&reader, &token));
    assert_true(json_next(&reader, &token));
    assert_true(json_skip(&reader, &token));
    assert_true(json_next(&reader, &token));
    assert_int_equal(token.kind, JSON_NUMBER);
    assert_true(json_skip(&reader, &token));
    assert_true(json_next(&reader, &token));
    assert_int_equal(token.kind, JSON_ARRAY_END);
}

static void skipping_tells_where_there_is_no_end(void **state) {
    (void)state;
    const char *text = "[[1, 2]";
    JsonReader reader = {.bytes = {(const uint8_t *)text, strlen(text)}};
    JsonToken token;
    assert_true(json_next(&reader, &token));
    assert_false(json_skip(&reader, &token));
}

static void a_key_is_compared_as_it_is_written(void **state) {
    (void)state;
    const Str bytes = {(const uint8_t *)"\"name\"", 6};
    const JsonToken token = {JSON_KEY, 0, 0, 6}, number = {JSON_NUMBER, 0, 0, 6};
    assert_true(json_is(bytes, &token, "name"));
    assert_false(json_is(bytes, &token, "nam"));
    assert_false(json_is(bytes, &token, "names"));
    assert_false(json_is(bytes, &token, "Name"));
    assert_false(json_is(bytes, &number, "name"));
}

static void plain_strings_say_what_stands_in_them(void **state) {
    (void)state;
    EXPECT_TEXT("\"\"", "");
    EXPECT_TEXT("\"a \xC3\xA4 \xF0\x9F\x98\x80\"", "a \xC3\xA4 \xF0\x9F\x98\x80");
}

static void escapes_are_resolved(void **state) {
    (void)state;
    EXPECT_TEXT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
    EXPECT_TEXT("\"\\u0041\\u00e4\\u20AC\"", "A\xC3\xA4\xE2\x82\xAC");
    EXPECT_TEXT("\"\\u0000\"", "~");
}

static void two_surrogates_are_one_character(void **state) {
    (void)state;
    EXPECT_TEXT("\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80");
}

static void lone_surrogates_are_replaced(void **state) {
    (void)state;
    EXPECT_TEXT("\"\\ud83d\"", "\xEF\xBF\xBD");
    EXPECT_TEXT("\"\\ude00x\"", "\xEF\xBF\xBDx");
    EXPECT_TEXT("\"\\ud83d\\u0041\"", "\xEF\xBF\xBD"
                                      "A");
}

static void escapes_that_are_none_stand_for_their_sign(void **state) {
    (void)state;
    EXPECT_TEXT("\"\\q\\'\"", "q'");
    EXPECT_TEXT("\"\\u12\"", "\xEF\xBF\xBD"
                             "12");
    EXPECT_TEXT("\"\\\xC3\xA4\"", "\xEF\xBF\xBD\xC3\xA4");
}

static void invalid_bytes_are_replaced(void **state) {
    (void)state;
    EXPECT_TEXT("\"a\xFF\xC3\"", "a\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_TEXT("\"\xED\xA0\x80\"", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_TEXT("\"\xC0\x80\xF4\x90\x80\x80\"",
                "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void any_bytes_are_safe_and_cut_anywhere(void **state) {
    (void)state;
    static const char text[] =
        "//<![CDATA[\n{\"a\\u00e4\": [1.5, {\"b\": \"\\ud83d\\ude00\"}, true],"
        " /* c */ \"d\": , \"e\": null,};-->\xEF\xBB\xBF[\"\xC3\"]";
    char notes[NOTES_SIZE];
    for (size_t size = 0; size < sizeof text; size++) {
        uint8_t *copy = copy_bytes(text, size);
        note_all(notes, (Str){copy, size});
        for (size_t at = 0; at < size; at++) {
            const uint8_t byte = copy[at];
            copy[at] = (uint8_t)(byte * 31 + size);
            note_all(notes, (Str){copy, size});
            copy[at] = byte;
        }
        free(copy);
    }
}

static void refused_memory_is_told(void **state) {
    (void)state;
    const Str bytes = {(const uint8_t *)"\"a\"", 3};
    const JsonToken token = {JSON_STRING, 0, 0, 3};
    Arena arena;
    Str text;
    arena_init(&arena, &refusing);
    assert_int_equal(json_text(&text, &arena, bytes, &token), DECANT_NO_MEMORY);
    arena_done(&arena);
}

static void long_strings_of_quotes_are_read_once(void **state) {
    (void)state;
    const size_t size = 4 << 20;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, '\\', size);
    for (size_t i = 2; i < size; i += 2) text[i] = '"';
    text[0] = '"';
    JsonReader reader = {.bytes = {(uint8_t *)text, size}};
    JsonToken token;
    assert_false(json_next(&reader, &token));
    assert_true(reader.is_broken);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_has_no_tokens),
        cmocka_unit_test(an_object_has_keys_and_values),
        cmocka_unit_test(an_array_has_values),
        cmocka_unit_test(both_may_be_empty),
        cmocka_unit_test(they_stand_in_each_other),
        cmocka_unit_test(a_single_value_is_json_too),
        cmocka_unit_test(tokens_tell_where_they_stand),
        cmocka_unit_test(both_ends_have_the_depth_of_what_they_stand_in),
        cmocka_unit_test(a_quote_behind_a_backslash_ends_no_string),
        cmocka_unit_test(brackets_in_strings_are_text),
        cmocka_unit_test(line_breaks_and_controls_may_stand_in_strings),
        cmocka_unit_test(commas_may_be_too_many),
        cmocka_unit_test(commas_may_be_missing),
        cmocka_unit_test(a_missing_value_is_an_empty_null),
        cmocka_unit_test(a_semicolon_may_stand_at_the_end),
        cmocka_unit_test(values_may_stand_side_by_side),
        cmocka_unit_test(comments_are_skipped),
        cmocka_unit_test(slashes_in_strings_are_no_comments),
        cmocka_unit_test(what_hides_a_script_is_skipped),
        cmocka_unit_test(a_hidden_script_may_stand_on_one_line),
        cmocka_unit_test(other_text_breaks_it_off),
        cmocka_unit_test(what_came_before_a_break_counts),
        cmocka_unit_test(a_key_without_a_colon_breaks_it_off),
        cmocka_unit_test(ends_that_do_not_fit_break_it_off),
        cmocka_unit_test(an_end_that_is_missing_is_told),
        cmocka_unit_test(deep_nesting_breaks_it_off),
        cmocka_unit_test(a_value_can_be_skipped),
        cmocka_unit_test(skipping_tells_where_there_is_no_end),
        cmocka_unit_test(a_key_is_compared_as_it_is_written),
        cmocka_unit_test(plain_strings_say_what_stands_in_them),
        cmocka_unit_test(escapes_are_resolved),
        cmocka_unit_test(two_surrogates_are_one_character),
        cmocka_unit_test(lone_surrogates_are_replaced),
        cmocka_unit_test(escapes_that_are_none_stand_for_their_sign),
        cmocka_unit_test(invalid_bytes_are_replaced),
        cmocka_unit_test(any_bytes_are_safe_and_cut_anywhere),
        cmocka_unit_test(refused_memory_is_told),
        cmocka_unit_test(long_strings_of_quotes_are_read_once),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
