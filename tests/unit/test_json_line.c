/* SPDX-License-Identifier: MIT
 * test_json_line.c - what a JSON line says, where it says it, and the line written again. */
#include "decant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const paths[DECANT_LINE_FIELDS] = {"text", "page.html", "id", "meta.url",
                                                      "a\\.b.c\\\\"};

static decant_line *open_line(void) {
    decant_line *line = NULL;
    assert_int_equal(decant_line_open(&line, paths, NULL), DECANT_OK);
    return line;
}

static void expect_says(const decant_line *line, decant_line_field field, const char *value,
                        size_t value_size) {
    const char *text;
    size_t size;
    assert_int_equal(decant_line_value(line, field, &text, &size), 1);
    assert_int_equal(size, value_size);
    assert_memory_equal(text, value, size);
}

static void expect_field(const char *json, decant_line_field field, const char *value,
                         size_t size) {
    decant_line *line = open_line();
    assert_int_equal(decant_line_read(line, json, strlen(json)), DECANT_OK);
    expect_says(line, field, value, size);
    decant_line_close(line);
}

static void expect_no_field(const char *json, decant_line_field field) {
    const char *text;
    size_t size;
    decant_line *line = open_line();
    assert_int_equal(decant_line_read(line, json, strlen(json)), DECANT_OK);
    assert_int_equal(decant_line_value(line, field, &text, &size), 0);
    decant_line_close(line);
}

static void expect_problem(const char *json, const char *problem) {
    decant_line *line = open_line();
    assert_int_equal(decant_line_read(line, json, strlen(json)), DECANT_BAD_INPUT);
    assert_string_equal(decant_line_error(line), problem);
    decant_line_close(line);
}

/* ---- values --------------------------------------------------------------------------------- */

static void a_field_is_found_by_its_dotted_path(void **state) {
    (void)state;
    expect_field("{\"text\":\"one\"}", DECANT_LINE_TEXT, "one", 3);
    expect_field("{\"n\":[{\"url\":\"no\"}],\"meta\":{\"x\":{\"url\":\"no\"},\"url\":\"yes\"}}",
                 DECANT_LINE_URL, "yes", 3);
    expect_field(" { \"page\" : { \"html\" : \"\" } } \r\n", DECANT_LINE_HTML, "", 0);
    expect_no_field("{\"url\":\"x\",\"meta\":[{\"url\":\"y\"}],\"m\":{\"meta\":{\"url\":\"z\"}}}",
                    DECANT_LINE_URL);
    expect_no_field("{\"meta\":\"url\"}", DECANT_LINE_URL);
}

static void a_backslash_makes_a_dot_part_of_a_key(void **state) {
    (void)state;
    expect_field("{\"a.b\":{\"c\\\\\":\"site\"}}", DECANT_LINE_SITE, "site", 4);
}

static void a_key_may_be_written_with_escapes(void **state) {
    (void)state;
    expect_field("{\"t\\u0065xt\":\"one\"}", DECANT_LINE_TEXT, "one", 3);
    expect_no_field("{\"t\\u0065xts\":\"one\"}", DECANT_LINE_TEXT);
}

static void of_equal_keys_the_last_counts(void **state) {
    (void)state;
    expect_field("{\"text\":\"one\",\"text\":\"two\"}", DECANT_LINE_TEXT, "two", 3);
    expect_no_field("{\"text\":\"one\",\"text\":null}", DECANT_LINE_TEXT);
    expect_no_field("{\"meta\":{\"url\":\"one\"},\"meta\":{\"u\":1}}", DECANT_LINE_URL);
    expect_field("{\"meta\":{\"u\":1},\"meta\":{\"url\":\"\"},\"m\":{}}", DECANT_LINE_URL, "", 0);
}

static void ids_may_be_numbers_and_nothing_else_may(void **state) {
    (void)state;
    expect_field("{\"id\":-12.50e3}", DECANT_LINE_ID, "-12.50e3", 8);
    expect_no_field("{\"text\":12}", DECANT_LINE_TEXT);
    expect_no_field("{\"id\":true}", DECANT_LINE_ID);
    expect_no_field("{}", DECANT_LINE_ID);
}

static void escapes_are_resolved(void **state) {
    (void)state;
    expect_field("{\"text\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\uDE00\"}", DECANT_LINE_TEXT,
                 "\"\\/\b\f\n\r\t\xC3\xA9\xF0\x9F\x98\x80", 14);
}

static void nul_lone_surrogates_and_invalid_bytes_are_kept(void **state) {
    (void)state;
    expect_field("{\"text\":\"a\\u0000b\"}", DECANT_LINE_TEXT, "a\0b", 3);
    expect_field("{\"text\":\"\\ud83d!\\ude00\\ud83d\\ud83d\"}", DECANT_LINE_TEXT,
                 "\xED\xA0\xBD!\xED\xB8\x80\xED\xA0\xBD\xED\xA0\xBD", 13);
    expect_field("{\"text\":\"\xFF\xC3\\n\x80\"}", DECANT_LINE_TEXT, "\xFF\xC3\n\x80", 4);
}

static void a_byte_order_mark_in_front_is_fine(void **state) {
    (void)state;
    expect_field("\xEF\xBB\xBF{\"text\":\"one\"}", DECANT_LINE_TEXT, "one", 3);
}

/* ---- problems ------------------------------------------------------------------------------- */

static void what_is_wrong_is_told_with_its_offset(void **state) {
    (void)state;
    expect_problem("", "the line ends too early at byte 0");
    expect_problem("[1]", "the line is no object at byte 0");
    expect_problem("\"text\"", "the line is no object at byte 0");
    expect_problem("{\"a\":1", "the line ends too early at byte 6");
    expect_problem("{\"a\":1,}", "this is no key at byte 7");
    expect_problem("{\"a\" 1}", "a colon is missing at byte 5");
    expect_problem("{\"a\":1 \"b\":2}", "a comma or } is missing at byte 7");
    expect_problem("{\"a\":[1 2]}", "a comma or ] is missing at byte 8");
    expect_problem("{\"a\":[1,]}", "this is no value at byte 8");
    expect_problem("{\"a\":\"b}", "a string does not end at byte 5");
    expect_problem("{\"a\":\"\\x\"}", "a backslash begins no escape at byte 6");
    expect_problem("{\"a\":\"\\u12g4\"}", "a backslash begins no escape at byte 6");
    expect_problem("{\"a\":\"b\tc\"}", "a control character stands in a string at byte 7");
    expect_problem("{\"a\":01}", "a number begins with 0 at byte 6");
    expect_problem("{\"a\":1.}", "a number lacks a digit at byte 7");
    expect_problem("{\"a\":nul}", "this is no value at byte 5");
    expect_problem("{} {}", "something follows the object at byte 3");
}

static void after_a_problem_there_are_no_values(void **state) {
    (void)state;
    const char *text;
    size_t size;
    decant_line *line = open_line();
    assert_int_equal(decant_line_read(line, "{\"text\":\"a\",", 12), DECANT_BAD_INPUT);
    assert_int_equal(decant_line_value(line, DECANT_LINE_TEXT, &text, &size), 0);
    assert_int_equal(decant_line_read(line, "{\"text\":\"a\"}", 12), DECANT_OK);
    assert_string_equal(decant_line_error(line), "");
    assert_int_equal(decant_line_value(line, DECANT_LINE_TEXT, &text, &size), 1);
    decant_line_close(line);
}

/* {"a": and `depth` - 1 arrays in each other. */
static decant_status read_nested(size_t depth) {
    const size_t size = 5 + 2 * (depth - 1) + 1;
    char *json = malloc(size);
    assert_non_null(json);
    memcpy(json, "{\"a\":", 5);
    memset(json + 5, '[', depth - 1);
    memset(json + 5 + depth - 1, ']', depth - 1);
    json[size - 1] = '}';
    decant_line *line = open_line();
    const decant_status status = decant_line_read(line, json, size);
    decant_line_close(line);
    free(json);
    return status;
}

static void nesting_is_followed_to_a_depth_of_1024(void **state) {
    (void)state;
    assert_int_equal(read_nested(1024), DECANT_OK);
    assert_int_equal(read_nested(1025), DECANT_BAD_INPUT);
    assert_int_equal(read_nested(5000000), DECANT_BAD_INPUT);
}

static void paths_without_keys_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"", ".", "a.", ".a", "a..b"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *const tried[DECANT_LINE_FIELDS] = {bad[i]};
        decant_line *line = NULL;
        assert_int_equal(decant_line_open(&line, tried, NULL), DECANT_BAD_ARGUMENT);
        assert_null(line);
    }
}

static void a_line_cut_anywhere_is_a_problem(void **state) {
    (void)state;
    static const char json[] = "{\"text\":\"a\\ud83d\\ude00\",\"id\":-1.5e+7,\"n\":[true,{}]}";
    for (size_t size = 0; size + 1 < sizeof json; size++) {
        char *cut = malloc(size + 1);
        assert_non_null(cut);
        memcpy(cut, json, size);
        decant_line *line = open_line();
        assert_int_equal(decant_line_read(line, cut, size), DECANT_BAD_INPUT);
        decant_line_close(line);
        free(cut);
    }
}

/* ---- against jansson ------------------------------------------------------------------------ */

static uint32_t stir(uint32_t *seed) {
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* A line from pieces that mostly fit. */
static size_t make_line(char line[512], uint32_t *seed) {
    static const char *const pieces[] = {
        "{",       "}",    "[",   "]",    ",",     ":",     "\"text\"", "\"id\":", "\"a\":1,",
        "\"\\n\"", "true", "0.5", "-1e3", "\"\":", "null,", " ",        "\"\\u12", "\"text\":\"x\"",
        "\\u00e9", "\"",   "1",   "-",    "[1,2]", "{}",    "{\"b\":",  "\"b\":[", "\xC3\xA9"};
    size_t size = (size_t)sprintf(line, "%s", "{");
    const size_t count = stir(seed) % 12;
    for (size_t i = 0; i < count; i++)
        size += (size_t)sprintf(line + size, "%s",
                                pieces[stir(seed) % (sizeof pieces / sizeof *pieces)]);
    size += (size_t)sprintf(line + size, "%s", stir(seed) % 4 ? "}" : "");
    return size;
}

static void jansson_takes_and_refuses_the_same_lines(void **state) {
    (void)state;
    decant_line *line = open_line();
    uint32_t seed = 5;
    size_t taken = 0;
    for (int i = 0; i < 200000; i++) {
        char json[512];
        const size_t size = make_line(json, &seed);
        json_t *root = json_loadb(json, size, JSON_ALLOW_NUL, NULL);
        const bool is_object = json_is_object(root);
        const bool is_taken = decant_line_read(line, json, size) == DECANT_OK;
        if (is_taken != is_object) fail_msg("%.*s: %s", (int)size, json, decant_line_error(line));
        const json_t *text = is_object ? json_object_get(root, "text") : NULL;
        if (json_is_string(text))
            expect_says(line, DECANT_LINE_TEXT, json_string_value(text), json_string_length(text));
        taken += is_taken;
        json_decref(root);
    }
    assert_in_range(taken, 1000, 199000);
    decant_line_close(line);
}

/* ---- places, and the line again ------------------------------------------------------------- */

typedef struct Written {
    char bytes[4096];
    size_t size, calls_left;
} Written;

static int write_down(void *user, const void *data, size_t size) {
    Written *written = user;
    if (!written->calls_left) return 1;
    written->calls_left--;
    assert_true(size <= sizeof written->bytes - written->size);
    memcpy(written->bytes + written->size, data, size);
    written->size += size;
    return 0;
}

static void expect_written(const Written *written, const char *text) {
    assert_int_equal(written->size, strlen(text));
    assert_memory_equal(written->bytes, text, written->size);
}

static void offsets_lead_back_to_the_line(void **state) {
    (void)state;
    static const char json[] = "{\"text\":\"a\\n\\u00e9b\\ud83d\\ude00\"}";
    static const uint64_t places[] = {9, 10, 12, 12, 18, 19, 19, 19, 19, 31, 31};
    decant_line *line = open_line();
    assert_int_equal(decant_line_read(line, json, sizeof json - 1), DECANT_OK);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        assert_int_equal(decant_line_offset(line, DECANT_LINE_TEXT, i), places[i]);
    assert_int_equal(decant_line_offset(line, DECANT_LINE_HTML, 0), 0);
    decant_line_close(line);
}

/* A long value of plain runs and escapes, of which every sign's place is known. */
static void offsets_of_long_values_are_right_throughout(void **state) {
    (void)state;
    enum { SIGNS = 20000 };
    static char json[SIGNS * 12 + 16];
    static size_t raw_at[SIGNS * 4];
    size_t size = (size_t)sprintf(json, "{\"text\":\""), value = 0;
    uint32_t seed = 7;
    for (int i = 0; i < SIGNS; i++) {
        static const char *const signs[] = {"\\ud83d\\ude00", "\\u00e9", "\\n"};
        static const size_t sizes[] = {4, 2, 1};
        const uint32_t kind = stir(&seed) % 50;
        for (size_t k = 0; k < (kind < 3 ? sizes[kind] : 1); k++) raw_at[value++] = size;
        size += (size_t)sprintf(json + size, "%s", kind < 3 ? signs[kind] : "x");
    }
    sprintf(json + size, "\"}");
    decant_line *line = open_line();
    assert_int_equal(decant_line_read(line, json, size + 2), DECANT_OK);
    for (size_t i = 0; i < value; i++)
        assert_int_equal(decant_line_offset(line, DECANT_LINE_TEXT, i), raw_at[i]);
    assert_int_equal(decant_line_offset(line, DECANT_LINE_TEXT, value), size);
    decant_line_close(line);
}

static void what_is_kept_stays_as_it_was_written(void **state) {
    (void)state;
    static const char json[] =
        "{\"x\":1e5 , \"text\" :\"a\\u0062\\n-cut-\\/\\u00E9\xFF\", \"y\":[ ]} ";
    Written written = {.calls_left = 100};
    decant_line *line = open_line();
    assert_int_equal(decant_line_read(line, json, sizeof json - 1), DECANT_OK);
    expect_says(line, DECANT_LINE_TEXT, "ab\n-cut-/\xC3\xA9\xFF", 12);
    assert_int_equal(decant_line_begin(line, DECANT_LINE_TEXT, write_down, &written), DECANT_OK);
    assert_int_equal(decant_line_keep(line, 0, 3), DECANT_OK);
    assert_int_equal(decant_line_keep(line, 8, 12), DECANT_OK);
    assert_int_equal(decant_line_end(line), DECANT_OK);
    expect_written(&written, "{\"x\":1e5 , \"text\" :\"a\\u0062\\n\\/\\u00E9\xFF\", \"y\":[ ]} ");
    decant_line_close(line);
}

static void ranges_that_cut_an_escape_are_refused(void **state) {
    (void)state;
    static const char json[] = "{\"text\":\"\\u00e9\"}";
    Written written = {.calls_left = 100};
    decant_line *line = open_line();
    assert_int_equal(decant_line_read(line, json, sizeof json - 1), DECANT_OK);
    assert_int_equal(decant_line_keep(line, 0, 2), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_line_begin(line, DECANT_LINE_TEXT, write_down, &written), DECANT_OK);
    assert_int_equal(decant_line_keep(line, 0, 1), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_line_keep(line, 1, 2), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_line_keep(line, 0, 3), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_line_keep(line, 2, 1), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_line_keep(line, 0, 2), DECANT_OK);
    assert_int_equal(decant_line_end(line), DECANT_OK);
    assert_int_equal(decant_line_end(line), DECANT_BAD_ARGUMENT);
    expect_written(&written, json);
    decant_line_close(line);
}

static void what_is_put_gets_its_escapes(void **state) {
    (void)state;
    static const char json[] = "{\"page\":{\"html\":\"<p>\"}}";
    Written written = {.calls_left = 100};
    decant_line *line = open_line();
    assert_int_equal(decant_line_read(line, json, sizeof json - 1), DECANT_OK);
    assert_int_equal(decant_line_begin(line, DECANT_LINE_HTML, write_down, &written), DECANT_OK);
    assert_int_equal(decant_line_put(line, "say \"\\\"\n\0\x1F/\x7F\xC3\xA9", 14), DECANT_OK);
    assert_int_equal(decant_line_put(line, "", 0), DECANT_OK);
    assert_int_equal(decant_line_end(line), DECANT_OK);
    expect_written(&written,
                   "{\"page\":{\"html\":\"say \\\"\\\\\\\"\\n\\u0000\\u001f/\x7F\xC3\xA9\"}}");
    decant_line_close(line);
}

static void a_writer_that_says_no_stops_it(void **state) {
    (void)state;
    static const char json[] = "{\"text\":\"one two\"}";
    decant_line *line = open_line();
    for (size_t calls = 0; calls < 4; calls++) {
        Written written = {.calls_left = calls};
        assert_int_equal(decant_line_read(line, json, sizeof json - 1), DECANT_OK);
        decant_status status = decant_line_begin(line, DECANT_LINE_TEXT, write_down, &written);
        if (!status) status = decant_line_keep(line, 0, 3);
        if (!status) status = decant_line_put(line, "\n", 1);
        if (!status) status = decant_line_end(line);
        assert_int_equal(status, DECANT_STOPPED);
    }
    decant_line_close(line);
}

static void only_strings_can_be_written_anew(void **state) {
    (void)state;
    Written written = {.calls_left = 100};
    decant_line *line = open_line();
    assert_int_equal(decant_line_read(line, "{\"id\":7}", 8), DECANT_OK);
    assert_int_equal(decant_line_begin(line, DECANT_LINE_ID, write_down, &written),
                     DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_line_begin(line, DECANT_LINE_TEXT, write_down, &written),
                     DECANT_BAD_ARGUMENT);
    assert_int_equal(written.size, 0);
    decant_line_close(line);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_is_found_by_its_dotted_path),
        cmocka_unit_test(a_backslash_makes_a_dot_part_of_a_key),
        cmocka_unit_test(a_key_may_be_written_with_escapes),
        cmocka_unit_test(of_equal_keys_the_last_counts),
        cmocka_unit_test(ids_may_be_numbers_and_nothing_else_may),
        cmocka_unit_test(escapes_are_resolved),
        cmocka_unit_test(nul_lone_surrogates_and_invalid_bytes_are_kept),
        cmocka_unit_test(a_byte_order_mark_in_front_is_fine),
        cmocka_unit_test(what_is_wrong_is_told_with_its_offset),
        cmocka_unit_test(after_a_problem_there_are_no_values),
        cmocka_unit_test(nesting_is_followed_to_a_depth_of_1024),
        cmocka_unit_test(paths_without_keys_are_refused),
        cmocka_unit_test(a_line_cut_anywhere_is_a_problem),
        cmocka_unit_test(jansson_takes_and_refuses_the_same_lines),
        cmocka_unit_test(offsets_lead_back_to_the_line),
        cmocka_unit_test(offsets_of_long_values_are_right_throughout),
        cmocka_unit_test(what_is_kept_stays_as_it_was_written),
        cmocka_unit_test(ranges_that_cut_an_escape_are_refused),
        cmocka_unit_test(what_is_put_gets_its_escapes),
        cmocka_unit_test(a_writer_that_says_no_stops_it),
        cmocka_unit_test(only_strings_can_be_written_anew),
    };
    return cmocka_run_group_tests_name("json_line", tests, NULL, NULL);
}
