/* SPDX-License-Identifier: MIT
 * test_log.c - log lines for readers, and JSON records that parse and keep to their schema. */
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

enum { OUT_SIZE = 1 << 16 };

/* Collects what a log writes; checks that each call brings whole lines. */
typedef struct Out {
    char text[OUT_SIZE];
    size_t size;
    bool refuse;
} Out;

static int collect(void *user, const void *data, size_t size) {
    Out *out = user;
    if (out->refuse) return 1;
    assert_true(size && ((const char *)data)[size - 1] == '\n');
    assert_true(out->size + size < OUT_SIZE);
    memcpy(out->text + out->size, data, size);
    out->size += size;
    out->text[out->size] = '\0';
    return 0;
}

static decant_log *open_log(Out *out, const char *format, decant_log_text text, int color) {
    decant_log_options options = DECANT_LOG_OPTIONS_INIT;
    decant_log *log = NULL;
    options.format = format;
    options.text = text;
    options.color = color;
    memset(out, 0, sizeof *out);
    assert_int_equal(decant_log_open(&log, &options, NULL, collect, out), DECANT_OK);
    return log;
}

static decant_dropped sample(const char *text, size_t size) {
    return (decant_dropped){.from = DECANT_TEXT,
                            .start = 3204,
                            .end = 3204 + size,
                            .line = 14,
                            .column = 1,
                            .kind = DECANT_TEASER,
                            .confidence = 970,
                            .reasons = {{"cut_in_word", 2410, "cut in mid-word"},
                                        {"after_end", 405, "stands after the end"}},
                            .reason_count = 2,
                            .text = text,
                            .size = size,
                            .blocks = 1};
}

/* What the log writes for one drop, in `out`. */
static void log_drop(Out *out, const char *format, decant_log_text text, const char *document,
                     const char *bytes, size_t size) {
    decant_log *log = open_log(out, format, text, 0);
    const decant_dropped dropped = sample(bytes, size);
    assert_int_equal(decant_log_start(log, document), DECANT_OK);
    assert_int_equal(decant_log_dropped(log, &dropped), DECANT_OK);
    decant_log_close(log);
}

/* ---- text ----------------------------------------------------------------------------------- */

static void a_finding_is_a_line_for_readers(void **state) {
    (void)state;
    Out out;
    log_drop(&out, "text", DECANT_TEXT_FULL, "a.txt", "\nA passenger\n  shared he\n", 25);
    assert_string_equal(out.text, "a.txt:14:1: teaser: cut in mid-word, stands after the end "
                                  "(0.97) \"A passenger shared he\"\n");
}

static void long_text_is_shown_by_its_first_words(void **state) {
    (void)state;
    Out out;
    char text[400];
    for (size_t i = 0; i < sizeof text; i++) text[i] = "abcde "[i % 6];
    log_drop(&out, "text", DECANT_TEXT_FULL, "a.txt", text, sizeof text);
    assert_non_null(strstr(out.text, " abcde abcde\xE2\x80\xA6\"\n"));
    assert_int_equal(strlen(strchr(out.text, '"')), 1 + 59 + 3 + 2);
}

static void nothing_can_play_tricks_on_a_terminal(void **state) {
    (void)state;
    Out out;
    log_drop(&out, "text", DECANT_TEXT_FULL, "a\033.txt", "\033[2J\xE2\x80\xAE \xC2\x9B x\xFFy\0z",
             16);
    assert_non_null(strstr(out.text, "a\\x1b.txt:14:1:"));
    assert_non_null(strstr(out.text, "\"\\x1b[2J\\u{202e} \\u{009b} x\xEF\xBF\xBDy\\x00z\""));
}

static void notes_name_the_document_and_the_line_they_are_about(void **state) {
    (void)state;
    Out out;
    decant_log *log = open_log(&out, "text", DECANT_TEXT_FULL, 0);
    const decant_note whole = {DECANT_NOTE_EMPTY, "empty", "all of the text was dropped", 0, 0};
    const decant_note place = {DECANT_NOTE_PART, "part", "goes on here", 99, 7};
    decant_log_start(log, "a.txt");
    assert_int_equal(decant_log_note(log, &whole), DECANT_OK);
    assert_int_equal(decant_log_note(log, &place), DECANT_OK);
    assert_string_equal(out.text,
                        "a.txt: note: all of the text was dropped\na.txt:7: note: goes on here\n");
    decant_log_close(log);
}

static void colours_are_taken_back_before_the_line_ends(void **state) {
    (void)state;
    Out out;
    decant_log *log = open_log(&out, "text", DECANT_TEXT_FULL, 1);
    const decant_dropped dropped = sample("text", 4);
    decant_log_start(log, "a.txt");
    decant_log_dropped(log, &dropped);
    assert_non_null(strstr(out.text, "\033[1;35mteaser"));
    assert_non_null(strstr(out.text, "\033[0m\n"));
    decant_log_close(log);
}

/* ---- explain -------------------------------------------------------------------------------- */

static decant_judged judged_sample(const char *text) {
    return (decant_judged){.from = DECANT_TEXT,
                           .number = 1,
                           .line = 14,
                           .drops = 1,
                           .kind = DECANT_TEASER,
                           .confidence = 979,
                           .reasons = {{"cut_in_word", 2410, "cut in mid-word"},
                                       {"after_end", 405, "stands after the end"}},
                           .reason_count = 2,
                           .text = text,
                           .size = strlen(text)};
}

/* What the log writes for a block, in `out`. */
static void explain(Out *out, const decant_judged *judged, int width, int color) {
    decant_log_options options = DECANT_LOG_OPTIONS_INIT;
    decant_log *log = NULL;
    memset(out, 0, sizeof *out);
    options.format = "explain";
    options.width = width;
    options.color = color;
    assert_int_equal(decant_log_open(&log, &options, NULL, collect, out), DECANT_OK);
    assert_int_equal(decant_log_start(log, "a.txt"), DECANT_OK);
    assert_int_equal(decant_log_judged(log, judged), DECANT_OK);
    decant_log_close(log);
}

static void expect_explained(const decant_judged *judged, int width, const char *expected) {
    Out out;
    explain(&out, judged, width, 0);
    assert_string_equal(out.text, expected);
}

static void a_block_is_explained_below_its_text(void **state) {
    (void)state;
    const decant_judged judged = judged_sample("A passenger\n  shared he");
    expect_explained(&judged, 80,
                     "a.txt\n"
                     "   14  teaser   0.97  A passenger shared he\n"
                     "                      cut in mid-word, stands after the end\n");
}

static void a_document_is_named_before_its_first_block_alone(void **state) {
    (void)state;
    decant_judged judged = judged_sample("A passenger");
    judged.number = 2;
    judged.reason_count = 0;
    expect_explained(&judged, 80, "   14  teaser   0.97  A passenger\n");
}

static void what_surely_stays_has_a_confidence_of_0(void **state) {
    (void)state;
    decant_judged judged = judged_sample("A passenger");
    judged.drops = judged.confidence = 0;
    judged.reason_count = 1;
    expect_explained(&judged, 80,
                     "a.txt\n"
                     "   14  kept     0.00  A passenger\n"
                     "                      cut in mid-word\n");
}

static void reasons_that_do_not_fit_stand_on_a_line_of_their_own(void **state) {
    (void)state;
    const decant_judged judged = judged_sample("A passenger");
    expect_explained(&judged, 50,
                     "a.txt\n"
                     "   14  teaser   0.97  A passenger\n"
                     "                      cut in mid-word,\n"
                     "                      stands after the end\n");
}

static void long_text_is_shortened_in_the_middle(void **state) {
    (void)state;
    static const struct {
        const char *text, *shown;
    } cases[] = {{"abcdefghijkl", "abcdefghijkl"},
                 {"abcdefghijklm", "abcde\xE2\x80\xA6hijklm"},
                 {"abcdefghijklmnop", "abcde\xE2\x80\xA6klmnop"},
                 {"\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88",
                  "\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88"},
                 {"\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88\xE7\x89\x88"
                  "a",
                  "\xE7\x89\x88\xE7\x89\x88\xE2\x80\xA6\xE7\x89\x88\xE7\x89\x88"
                  "a"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char expected[200];
        decant_judged judged = judged_sample(cases[i].text);
        judged.reason_count = 0;
        snprintf(expected, sizeof expected, "a.txt\n   14  teaser   0.97  %s\n", cases[i].shown);
        expect_explained(&judged, 34, expected);
    }
}

static void no_block_can_play_tricks_on_a_terminal(void **state) {
    (void)state;
    const decant_judged judged = judged_sample("\033[2J\xE2\x80\xAE\tx\xFFy\x7F");
    Out out;
    explain(&out, &judged, 80, 0);
    assert_non_null(strstr(out.text, "  \\x1b[2J\\u{202e} x\\xffy\\x7f\n"));
}

static void verdicts_are_coloured_and_colours_taken_back(void **state) {
    (void)state;
    decant_judged judged = judged_sample("A passenger");
    Out out;
    explain(&out, &judged, 80, 1);
    assert_non_null(strstr(out.text, "\033[1;35mteaser\033[0m"));
    assert_non_null(strstr(out.text, "\033[0m\n"));
    judged.drops = 0;
    explain(&out, &judged, 80, 1);
    assert_non_null(strstr(out.text, "\033[32mkept\033[0m"));
}

static void notes_and_a_sum_stand_below_the_blocks(void **state) {
    (void)state;
    Out out;
    decant_log *log = open_log(&out, "explain", DECANT_TEXT_FULL, 0);
    const decant_note whole = {DECANT_NOTE_EMPTY, "empty", "all of the text was dropped", 0, 0};
    const decant_note place = {DECANT_NOTE_PART, "part", "goes on here", 99, 7};
    const decant_summary summary = {
        .bytes = 1000, .kept = 700, .dropped = 200, .blocks = 12, .dropped_blocks = 3};
    decant_log_start(log, "a.txt");
    assert_int_equal(decant_log_note(log, &place), DECANT_OK);
    assert_int_equal(decant_log_note(log, &whole), DECANT_OK);
    assert_int_equal(decant_log_summary(log, &summary), DECANT_OK);
    assert_string_equal(out.text, "    7  note           goes on here\n"
                                  "       note           all of the text was dropped\n"
                                  "a.txt: 12 blocks, 3 dropped; 200 of 900 bytes of text\n");
    decant_log_close(log);
}

static void other_formats_write_nothing_for_a_block(void **state) {
    (void)state;
    const decant_judged judged = judged_sample("A passenger");
    for (size_t i = 0; i < 2; i++) {
        Out out;
        decant_log *log = open_log(&out, decant_log_format(i), DECANT_TEXT_FULL, 0);
        decant_log_start(log, "a.txt");
        assert_int_equal(decant_log_judged(log, &judged), DECANT_OK);
        assert_int_equal(out.size, 0);
        decant_log_close(log);
    }
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static json_t *parse(const char *text, size_t size) {
    json_error_t error;
    json_t *record = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!record) fail_msg("%s in %s", error.text, text);
    return record;
}

static const char *string_of(const json_t *record, const char *key) {
    return json_string_value(json_object_get(record, key));
}

static void a_drop_is_a_record(void **state) {
    (void)state;
    Out out;
    log_drop(&out, "jsonl", DECANT_TEXT_FULL, "a.txt", "A \"b\" \\ c", 9);
    assert_string_equal(
        out.text,
        "{\"type\":\"drop\",\"schema\":3,\"doc\":\"a.txt\",\"from\":\"text\",\"start\":3204,"
        "\"end\":3213,\"line\":14,"
        "\"column\":1,\"kind\":\"teaser\",\"confidence\":0.970,\"blocks\":1,\"reasons\":["
        "{\"evidence\":\"cut_in_word\",\"weight\":2.410,\"words\":\"cut in mid-word\"},"
        "{\"evidence\":\"after_end\",\"weight\":0.405,\"words\":\"stands after the end\"}],"
        "\"text\":\"A \\\"b\\\" \\\\ c\"}\n");
}

/* A log of a document that is the text of a JSON line. */
static decant_log *log_of_line(Out *out, decant_line **ret_line, const char *format,
                               const char *bytes) {
    const char *const paths[DECANT_LINE_FIELDS] = {[DECANT_LINE_TEXT] = "text"};
    decant_log *log = open_log(out, format, DECANT_TEXT_FULL, 0);
    assert_int_equal(decant_line_open(ret_line, paths, NULL), DECANT_OK);
    assert_int_equal(decant_line_read(*ret_line, bytes, strlen(bytes)), DECANT_OK);
    const decant_origin origin = {.file = "in.jsonl",
                                  .record = 7,
                                  .start = 100,
                                  .end = 150,
                                  .line = *ret_line,
                                  .field = DECANT_LINE_TEXT};
    assert_int_equal(decant_log_start(log, "a"), DECANT_OK);
    assert_int_equal(decant_log_origin(log, &origin), DECANT_OK);
    return log;
}

static void a_record_tells_where_it_stands(void **state) {
    (void)state;
    Out out;
    decant_line *line;
    decant_log *log = log_of_line(&out, &line, "jsonl", "{\"text\":\"a\\u00e4b c\"}");
    const decant_dropped dropped = {.from = DECANT_TEXT,
                                    .start = 3,
                                    .end = 6,
                                    .line = 1,
                                    .column = 4,
                                    .text = "b c",
                                    .size = 3};
    const decant_summary summary = {.bytes = 6, .parts = 1};
    assert_int_equal(decant_log_dropped(log, &dropped), DECANT_OK);
    json_t *record = parse(out.text, out.size);
    assert_int_equal(json_integer_value(json_object_get(record, "record")), 7);
    assert_int_equal(json_integer_value(json_object_get(record, "raw_start")), 16);
    assert_int_equal(json_integer_value(json_object_get(record, "raw_end")), 19);
    json_decref(record);
    out.size = 0;
    assert_int_equal(decant_log_summary(log, &summary), DECANT_OK);
    record = parse(out.text, out.size);
    assert_string_equal(string_of(record, "file"), "in.jsonl");
    assert_int_equal(json_integer_value(json_object_get(record, "record_start")), 100);
    assert_int_equal(json_integer_value(json_object_get(record, "record_end")), 150);
    json_decref(record);
    decant_log_close(log);
    decant_line_close(line);
}

static void a_reject_tells_the_reason_and_the_record_if_it_is_given(void **state) {
    (void)state;
    const decant_reject telling = {.reason = "it is broken"},
                        giving = {"it is broken", "{\"a\xFF", 4};
    Out out;
    decant_line *line;
    decant_log *log = log_of_line(&out, &line, "jsonl", "{}");
    assert_int_equal(decant_log_reject(log, &telling), DECANT_OK);
    assert_string_equal(out.text,
                        "{\"type\":\"reject\",\"schema\":3,\"doc\":\"a\",\"record\":7,\"file\":"
                        "\"in.jsonl\",\"record_start\":100,\"record_end\":150,\"reason\":"
                        "\"it is broken\"}\n");
    out.size = 0;
    assert_int_equal(decant_log_reject(log, &giving), DECANT_OK);
    json_t *record = parse(out.text, out.size);
    assert_string_equal(string_of(record, "base64"), "eyJh/w==");
    json_decref(record);
    decant_log_close(log);
    decant_line_close(line);
    log = log_of_line(&out, &line, "text", "{}");
    assert_int_equal(decant_log_reject(log, &giving), DECANT_OK);
    assert_string_equal(out.text, "a: reject: it is broken\n");
    decant_log_close(log);
    decant_line_close(line);
}

static void every_code_point_survives_as_text(void **state) {
    (void)state;
    Out out;
    char text[600];
    size_t size = 0;
    for (int byte = 0; byte < 0x80; byte++) text[size++] = (char)byte;
    size += (size_t)sprintf(text + size, "\xC2\x80 \xDF\xBF \xE2\x80\xA8 \xEF\xBF\xBF \xEF\xBB\xBF "
                                         "\xF0\x9F\x98\x80 \xF4\x8F\xBF\xBF");
    log_drop(&out, "jsonl", DECANT_TEXT_FULL, "a.txt", text, size);
    json_t *record = parse(out.text, out.size);
    const json_t *value = json_object_get(record, "text");
    assert_int_equal(json_string_length(value), size);
    assert_memory_equal(json_string_value(value), text, size);
    json_decref(record);
}

static void bytes_that_are_not_utf8_become_base64(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *base64;
    } cases[] = {{"\xFF", "/w=="},
                 {"a\xFF", "Yf8="},
                 {"ab\xFF", "YWL/"},
                 {"\xC3", "ww=="},
                 {"\xED\xA0\x80", "7aCA"},
                 {"\xC0\x80", "wIA="},
                 {"\xF4\x90\x80\x80", "9JCAgA=="},
                 {"abc\x80", "YWJjgA=="}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Out out;
        log_drop(&out, "jsonl", DECANT_TEXT_FULL, "a\xFF.txt", cases[i].bytes,
                 strlen(cases[i].bytes));
        json_t *record = parse(out.text, out.size);
        assert_null(json_object_get(record, "text"));
        assert_string_equal(string_of(record, "base64"), cases[i].base64);
        assert_null(json_object_get(record, "doc"));
        assert_string_equal(string_of(record, "doc_base64"), "Yf8udHh0");
        json_decref(record);
    }
}

static void a_log_holds_as_much_text_as_was_asked_for(void **state) {
    (void)state;
    Out out;
    log_drop(&out, "jsonl", DECANT_TEXT_PREVIEW, "a.txt", " x\xFF \n y ", 8);
    json_t *record = parse(out.text, out.size);
    assert_string_equal(string_of(record, "preview"), "x\xEF\xBF\xBD y");
    assert_null(json_object_get(record, "base64"));
    json_decref(record);
    log_drop(&out, "jsonl", DECANT_TEXT_NONE, "a.txt", "abc", 3);
    assert_null(strstr(out.text, "abc"));
}

/* Whether every field of a record is known to its part of the schema, and no required one misses.
 */
static void expect_valid(const json_t *schema, const json_t *record) {
    const json_t *part =
        json_object_get(json_object_get(schema, "$defs"), string_of(record, "type"));
    const json_t *properties = json_object_get(part, "properties");
    const char *key;
    json_t *value;
    size_t index;
    assert_non_null(properties);
    json_object_foreach((json_t *)record, key, value) if (!json_object_get(properties, key))
        fail_msg("%s is not in the schema", key);
    json_array_foreach(json_object_get(part, "required"), index,
                       value) if (!json_object_get(record, json_string_value(value)))
        fail_msg("%s is missing", json_string_value(value));
}

static void all_records_keep_to_the_schema(void **state) {
    (void)state;
    Out out;
    json_error_t error;
    json_t *schema = json_load_file("core/output/log.schema.json", 0, &error);
    assert_non_null(schema);
    decant_log *log = open_log(&out, "jsonl", DECANT_TEXT_FULL, 0);
    const decant_dropped dropped = sample("text", 4);
    const decant_note note = {DECANT_NOTE_EMPTY, "empty", "all of the text was dropped", 0, 0};
    const decant_summary summary = {.bytes = UINT64_MAX >> 1,
                                    .dropped = 12,
                                    .from = DECANT_HTML,
                                    .charset = "gbk",
                                    .parts = 1,
                                    .kind_bytes = {[DECANT_NAV] = 4, [DECANT_TEASER] = 8}};
    decant_log_start(log, "a.txt");
    assert_int_equal(decant_log_dropped(log, &dropped), DECANT_OK);
    assert_int_equal(decant_log_note(log, &note), DECANT_OK);
    assert_int_equal(decant_log_summary(log, &summary), DECANT_OK);
    const decant_origin origin = {.file = "\xFF", .record = 1, .end = 9};
    const decant_reject reject = {"it is broken", "{\"", 2};
    assert_int_equal(decant_log_origin(log, &origin), DECANT_OK);
    assert_int_equal(decant_log_summary(log, &summary), DECANT_OK);
    assert_int_equal(decant_log_reject(log, &reject), DECANT_OK);
    size_t records = 0;
    for (char *line = out.text, *end; (end = strchr(line, '\n')); line = end + 1, records++) {
        json_t *record = parse(line, (size_t)(end - line));
        expect_valid(schema, record);
        json_decref(record);
    }
    assert_int_equal(records, 5);
    assert_non_null(
        strstr(out.text, "\"log_text\":\"full\",\"kinds\":{\"nav\":4,\"teaser\":8}}\n"));
    decant_log_close(log);
    json_decref(schema);
}

static int count_bytes(void *user, const void *data, size_t size) {
    (void)data;
    *(size_t *)user += size;
    return 0;
}

static void a_dropped_line_of_ten_megabytes_is_one_record(void **state) {
    (void)state;
    enum { SIZE = 10 << 20 };
    size_t written = 0;
    decant_log_options options = DECANT_LOG_OPTIONS_INIT;
    decant_log *log = NULL;
    char *text = malloc(SIZE);
    assert_non_null(text);
    memset(text, '"', SIZE);
    options.format = "jsonl";
    assert_int_equal(decant_log_open(&log, &options, NULL, count_bytes, &written), DECANT_OK);
    const decant_dropped dropped = sample(text, SIZE);
    decant_log_start(log, "a.txt");
    assert_int_equal(decant_log_dropped(log, &dropped), DECANT_OK);
    assert_true(written > 2 * SIZE && written < 2 * SIZE + 1000);
    decant_log_close(log);
    free(text);
}

/* ---- the writer ----------------------------------------------------------------------------- */

static void what_makes_no_sense_is_refused(void **state) {
    (void)state;
    Out out = {.size = 0};
    decant_log_options options = DECANT_LOG_OPTIONS_INIT;
    decant_log *log = NULL;
    assert_int_equal(decant_log_open(&log, &options, NULL, NULL, &out), DECANT_BAD_ARGUMENT);
    options.format = "csv";
    assert_int_equal(decant_log_open(&log, &options, NULL, collect, &out), DECANT_BAD_ARGUMENT);
    assert_null(log);
    log = open_log(&out, "text", DECANT_TEXT_FULL, 0);
    const decant_dropped dropped = sample("text", 4);
    assert_int_equal(decant_log_dropped(log, &dropped), DECANT_BAD_ARGUMENT);
    decant_log_close(log);
    decant_log_close(NULL);
}

static void older_callers_get_defaults_for_what_they_do_not_know(void **state) {
    (void)state;
    Out out = {.size = 0};
    decant_log_options options = {offsetof(decant_log_options, text), "text", 77, 77, -1};
    decant_log *log = NULL;
    assert_int_equal(decant_log_open(&log, &options, NULL, collect, &out), DECANT_OK);
    decant_log_close(log);
}

static void a_refused_write_stops_the_log(void **state) {
    (void)state;
    Out out;
    decant_log *log = open_log(&out, "text", DECANT_TEXT_FULL, 0);
    const decant_dropped dropped = sample("text", 4);
    decant_log_start(log, "a.txt");
    out.refuse = true;
    assert_int_equal(decant_log_dropped(log, &dropped), DECANT_STOPPED);
    out.refuse = false;
    assert_int_equal(decant_log_dropped(log, &dropped), DECANT_OK);
    decant_log_close(log);
}

static void the_formats_are_listed(void **state) {
    (void)state;
    assert_string_equal(decant_log_format(0), "text");
    assert_string_equal(decant_log_format(1), "jsonl");
    assert_string_equal(decant_log_format(2), "explain");
    assert_null(decant_log_format(3));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_is_a_line_for_readers),
        cmocka_unit_test(long_text_is_shown_by_its_first_words),
        cmocka_unit_test(nothing_can_play_tricks_on_a_terminal),
        cmocka_unit_test(notes_name_the_document_and_the_line_they_are_about),
        cmocka_unit_test(colours_are_taken_back_before_the_line_ends),
        cmocka_unit_test(a_block_is_explained_below_its_text),
        cmocka_unit_test(a_document_is_named_before_its_first_block_alone),
        cmocka_unit_test(what_surely_stays_has_a_confidence_of_0),
        cmocka_unit_test(reasons_that_do_not_fit_stand_on_a_line_of_their_own),
        cmocka_unit_test(long_text_is_shortened_in_the_middle),
        cmocka_unit_test(no_block_can_play_tricks_on_a_terminal),
        cmocka_unit_test(verdicts_are_coloured_and_colours_taken_back),
        cmocka_unit_test(notes_and_a_sum_stand_below_the_blocks),
        cmocka_unit_test(other_formats_write_nothing_for_a_block),
        cmocka_unit_test(a_drop_is_a_record),
        cmocka_unit_test(a_record_tells_where_it_stands),
        cmocka_unit_test(a_reject_tells_the_reason_and_the_record_if_it_is_given),
        cmocka_unit_test(every_code_point_survives_as_text),
        cmocka_unit_test(bytes_that_are_not_utf8_become_base64),
        cmocka_unit_test(a_log_holds_as_much_text_as_was_asked_for),
        cmocka_unit_test(all_records_keep_to_the_schema),
        cmocka_unit_test(a_dropped_line_of_ten_megabytes_is_one_record),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(older_callers_get_defaults_for_what_they_do_not_know),
        cmocka_unit_test(a_refused_write_stops_the_log),
        cmocka_unit_test(the_formats_are_listed),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
