/* SPDX-License-Identifier: MIT
 * test_decant.c - the library from outside: order of calls, options, events, chunks, parts. */
#include "decant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All events of a pipeline, written down as text, and how they fit together. */
typedef struct Record {
    char *text;
    size_t size, capacity;
    const char *input; /* NULL: ranges are not compared */
    uint64_t at;       /* where the last range ended */
    uint64_t kept, dropped, runs, parts;
    size_t summaries;
    int calls_left; /* then callbacks return 1; negative: never */
    decant *inside; /* not NULL: callbacks call the pipeline, and must be refused */
} Record;

__attribute__((format(printf, 2, 3))) static void note_down(Record *record, const char *format,
                                                            ...) {
    if (record->capacity - record->size < 1024) {
        record->capacity = record->capacity ? record->capacity * 2 : 4096;
        record->text = realloc(record->text, record->capacity);
        assert_non_null(record->text);
    }
    va_list arguments;
    va_start(arguments, format);
    record->size += (size_t)vsnprintf(record->text + record->size, 1024, format, arguments);
    va_end(arguments);
}

static int answer(Record *record) {
    if (record->inside) {
        assert_int_equal(decant_feed(record->inside, "x", 1), DECANT_BAD_ARGUMENT);
        assert_int_equal(decant_finish(record->inside), DECANT_BAD_ARGUMENT);
        assert_int_equal(decant_start(record->inside, "x"), DECANT_BAD_ARGUMENT);
    }
    return record->calls_left >= 0 && record->calls_left-- == 0;
}

static void expect_range(Record *record, uint64_t start, uint64_t end, const char *text,
                         size_t size) {
    assert_int_equal(record->summaries, 0);
    assert_int_equal(start, record->at);
    assert_true(end > start);
    assert_int_equal(end - start, size);
    if (record->input) assert_memory_equal(text, record->input + start, size);
    record->at = end;
}

static int on_kept(void *user, const decant_kept *kept) {
    Record *record = user;
    expect_range(record, kept->start, kept->end, kept->text, kept->size);
    record->kept += kept->size;
    note_down(record, "kept to %llu\n", (unsigned long long)kept->end);
    return answer(record);
}

/* Lines and columns counted the slow way. */
static void expect_place(const Record *record, const decant_dropped *dropped) {
    uint64_t line = 1, start = 0, at = dropped->start;
    if (!record->input) return;
    while (at < dropped->end && strchr(" \t\r\n\f\v", record->input[at])) at++;
    for (uint64_t i = 0; i < at; i++) {
        bool pair = record->input[i] == '\n' && i && record->input[i - 1] == '\r';
        if (record->input[i] != '\n' && record->input[i] != '\r') continue;
        line += !pair;
        start = i + 1;
    }
    assert_int_equal(dropped->line, line);
    assert_int_equal(dropped->column, at - start + 1);
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    Record *record = user;
    expect_range(record, dropped->start, dropped->end, dropped->text, dropped->size);
    expect_place(record, dropped);
    assert_in_range(dropped->confidence, 0, 1000);
    assert_in_range(dropped->kind, 0, DECANT_KINDS - 1);
    assert_true(dropped->blocks > 0 && dropped->reason_count <= DECANT_REASONS);
    record->dropped += dropped->size;
    record->runs++;
    note_down(record, "%s to %llu at %llu:%llu, %d, %zu blocks:", decant_kind_name(dropped->kind),
              (unsigned long long)dropped->end, (unsigned long long)dropped->line,
              (unsigned long long)dropped->column, dropped->confidence, dropped->blocks);
    for (size_t i = 0; i < dropped->reason_count; i++)
        note_down(record, " %s %d %s;", dropped->reasons[i].evidence, dropped->reasons[i].weight,
                  dropped->reasons[i].words);
    note_down(record, "\n");
    return answer(record);
}

static int on_note(void *user, const decant_note *note) {
    Record *record = user;
    note_down(record, "note %s %s %llu %llu\n", note->name, note->words,
              (unsigned long long)note->offset, (unsigned long long)note->line);
    return answer(record);
}

static int on_summary(void *user, const decant_summary *summary) {
    Record *record = user;
    uint64_t by_kind = 0;
    for (int kind = 0; kind < DECANT_KINDS; kind++) by_kind += summary->kind_bytes[kind];
    assert_int_equal(summary->bytes, record->at);
    assert_int_equal(summary->kept, record->kept);
    assert_int_equal(summary->dropped, record->dropped);
    assert_int_equal(summary->dropped, by_kind);
    assert_int_equal(summary->runs, record->runs);
    assert_int_equal(summary->bytes, summary->kept + summary->dropped);
    record->parts = summary->parts;
    record->summaries++;
    note_down(record, "blocks %llu, dropped %llu, parts %llu\n",
              (unsigned long long)summary->blocks, (unsigned long long)summary->dropped_blocks,
              (unsigned long long)summary->parts);
    return answer(record);
}

static int on_block(void *user, const decant_block *block) {
    Record *record = user;
    uint64_t sum = 0;
    assert_true(block->start < block->end);
    for (size_t i = 0; i < decant_evidence_count(DECANT_TEXT); i++)
        sum = sum * 31 + (uint16_t)block->values[i];
    note_down(record, "block %llu to %llu %llu\n", (unsigned long long)block->start,
              (unsigned long long)block->end, (unsigned long long)sum);
    return answer(record);
}

static decant_sink sink_of(Record *record) {
    return (decant_sink){.user = record,
                         .kept = on_kept,
                         .dropped = on_dropped,
                         .note = on_note,
                         .summary = on_summary,
                         .block = on_block};
}

static void forget(Record *record) {
    free(record->text);
    *record = (Record){.calls_left = -1};
}

/* A scraped page of about `size` bytes: prose, and what sites put around it. */
static char *make_page(size_t size) {
    static const char *const lines[] = {
        "The council met on Tuesday to discuss the harbour wall, which has stood since 1911.\n\n",
        "Engineers found that the wall had moved. \"By 4.5 cm,\" said Ida Brandt, their head.\n\n",
        "Subscribe to our newsletter\r\n",
        "Share on Facebook Tweet Email\r\r",
        "\xC2\xA9 2025 Harbour Gazette. All rights reserved. | Privacy Policy | Terms of Use\n",
        "A second survey, in the spring, will decide whether the wall is raised or rebuilt.\n",
        "Read more: Ten walks along the coast that you should not miss this su...\n\n",
        "Fishermen said they would rather keep the old quay \xFF than wait for years.\f\n",
        "\n   \n\t",
    };
    char *page = malloc(size + 512);
    size_t used = 0;
    assert_non_null(page);
    page[0] = '\0';
    for (size_t i = 0; used < size; i++)
        used += (size_t)sprintf(page + used, "%s", lines[i * i % 23 % 9]);
    return page;
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Feeds a document in chunks of up to `most` bytes. */
static decant_status pour(decant *pipeline, const char *text, size_t size, size_t most) {
    uint32_t seed = 1;
    decant_status status = decant_start(pipeline, "page.txt");
    for (size_t at = 0; at < size && !status;) {
        size_t step = most > 2 ? next_random(&seed) % most + 1 : most;
        if (step > size - at) step = size - at;
        status = decant_feed(pipeline, text + at, step);
        at += step;
    }
    return status ? status : decant_finish(pipeline);
}

static decant *open_capped(Record *record, size_t max_document) {
    decant_options options = DECANT_OPTIONS_INIT;
    const decant_sink sink = sink_of(record);
    decant *pipeline = NULL;
    *record = (Record){.calls_left = -1};
    options.max_document = max_document;
    assert_int_equal(decant_open(&pipeline, &options, &sink), DECANT_OK);
    return pipeline;
}

/* ---- events --------------------------------------------------------------------------------- */

static void kept_and_dropped_ranges_tile_the_document(void **state) {
    (void)state;
    Record record;
    char *page = make_page(20000);
    decant *pipeline = open_capped(&record, 8 << 20);
    record.input = page;
    assert_int_equal(pour(pipeline, page, strlen(page), SIZE_MAX), DECANT_OK);
    assert_int_equal(record.at, strlen(page));
    assert_int_equal(record.summaries, 1);
    assert_int_equal(record.parts, 1);
    assert_non_null(strstr(record.text, "note encoding"));
    decant_close(pipeline);
    forget(&record);
    free(page);
}

static void an_empty_document_has_a_summary_and_nothing_else(void **state) {
    (void)state;
    Record record;
    decant *pipeline = open_capped(&record, 8 << 20);
    assert_int_equal(pour(pipeline, "", 0, 1), DECANT_OK);
    assert_string_equal(record.text, "blocks 0, dropped 0, parts 1\n");
    decant_close(pipeline);
    forget(&record);
}

static void white_space_alone_is_kept(void **state) {
    (void)state;
    Record record;
    decant *pipeline = open_capped(&record, 8 << 20);
    assert_int_equal(pour(pipeline, " \n\n ", 4, 1), DECANT_OK);
    assert_string_equal(record.text, "kept to 4\nblocks 0, dropped 0, parts 1\n");
    decant_close(pipeline);
    forget(&record);
}

static void expect_same_in_chunks(size_t size, size_t cap) {
    static const size_t chunks[] = {1, 7, 100, 4096, 5000};
    Record whole, pieces;
    char *page = make_page(size);
    decant *pipeline = open_capped(&whole, cap);
    whole.input = page;
    assert_int_equal(pour(pipeline, page, strlen(page), SIZE_MAX), DECANT_OK);
    decant_close(pipeline);
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        pipeline = open_capped(&pieces, cap);
        pieces.input = page;
        assert_int_equal(pour(pipeline, page, strlen(page), chunks[i]), DECANT_OK);
        assert_string_equal(pieces.text, whole.text);
        decant_close(pipeline);
        forget(&pieces);
    }
    forget(&whole);
    free(page);
}

static void chunks_change_nothing(void **state) {
    (void)state;
    expect_same_in_chunks(20000, 8 << 20);
}

static void chunks_change_nothing_in_a_document_of_many_parts(void **state) {
    (void)state;
    expect_same_in_chunks(30000, 4096);
}

static void a_document_of_just_the_cap_is_one_part(void **state) {
    (void)state;
    Record record;
    char *page = make_page(8192);
    decant *pipeline = open_capped(&record, 4096);
    assert_int_equal(pour(pipeline, page, 4096, 1000), DECANT_OK);
    assert_int_equal(record.parts, 1);
    assert_null(strstr(record.text, "note part"));
    decant_close(pipeline);
    forget(&record);
    free(page);
}

static void each_further_part_is_noted_where_it_starts(void **state) {
    (void)state;
    Record record;
    char *page = make_page(20000);
    decant *pipeline = open_capped(&record, 4096);
    record.input = page;
    assert_int_equal(pour(pipeline, page, strlen(page), 1000), DECANT_OK);
    size_t notes = 0;
    for (const char *at = record.text; (at = strstr(at, "note part")); at++) notes++;
    assert_true(record.parts >= 5);
    assert_int_equal(notes, record.parts - 1);
    decant_close(pipeline);
    forget(&record);
    free(page);
}

static void a_giant_line_goes_on_in_parts_too(void **state) {
    (void)state;
    Record record;
    size_t size = 50000;
    char *line = malloc(size);
    assert_non_null(line);
    memset(line, 'a', size);
    decant *pipeline = open_capped(&record, 4096);
    record.input = line;
    assert_int_equal(pour(pipeline, line, size, 999), DECANT_OK);
    assert_int_equal(record.at, size);
    decant_close(pipeline);
    forget(&record);
    free(line);
}

static void documents_leave_nothing_behind_for_the_next(void **state) {
    (void)state;
    Record record;
    char *page = make_page(9000), *other = make_page(70000);
    decant *pipeline = open_capped(&record, 16384);
    char *first = NULL;
    for (int i = 0; i < 3; i++) {
        const char *text = i == 1 ? other : page;
        assert_int_equal(pour(pipeline, text, strlen(text), 3000), DECANT_OK);
        if (i == 0) first = strdup(record.text);
        if (i == 2) assert_string_equal(record.text, first);
        forget(&record);
    }
    decant_close(pipeline);
    free(first);
    free(page);
    free(other);
}

/* What was told of blocks, against lines counted the slow way and dropped events. */
typedef struct Blocks {
    const char *page;
    uint64_t number, drops, dropped_blocks;
} Blocks;

static int on_judged(void *user, const decant_judged *judged) {
    Blocks *blocks = user;
    uint64_t line = 1;
    for (const char *at = blocks->page; at < blocks->page + judged->start; at++)
        line += *at == '\n' || (*at == '\r' && at[1] != '\n');
    assert_int_equal(judged->number, ++blocks->number);
    assert_int_equal(judged->line, line);
    assert_memory_equal(judged->text, blocks->page + judged->start, judged->size);
    blocks->drops += judged->drops != 0;
    return 0;
}

static int on_its_drop(void *user, const decant_dropped *dropped) {
    ((Blocks *)user)->dropped_blocks += dropped->blocks;
    return 0;
}

static void blocks_are_numbered_and_located_through_all_parts(void **state) {
    (void)state;
    char *page = make_page(20000);
    Blocks blocks = {.page = page};
    const decant_sink sink = {.user = &blocks, .judged = on_judged, .dropped = on_its_drop};
    decant_options options = DECANT_OPTIONS_INIT;
    decant *pipeline = NULL;
    options.max_document = 4096;
    options.favor = DECANT_FAVOR_RECALL;
    assert_int_equal(decant_open(&pipeline, &options, &sink), DECANT_OK);
    assert_int_equal(pour(pipeline, page, strlen(page), 1000), DECANT_OK);
    assert_true(blocks.number > 100 && blocks.drops > 0);
    assert_int_equal(blocks.drops, blocks.dropped_blocks);
    decant_close(pipeline);
    free(page);
}

static void two_pipelines_do_not_meet(void **state) {
    (void)state;
    Record alone, left, right;
    char *page = make_page(12000);
    size_t size = strlen(page);
    decant *pipeline = open_capped(&alone, 8192);
    assert_int_equal(pour(pipeline, page, size, SIZE_MAX), DECANT_OK);
    decant_close(pipeline);
    decant *pipes[] = {open_capped(&left, 8192), open_capped(&right, 8192)};
    for (int i = 0; i < 2; i++) assert_int_equal(decant_start(pipes[i], "a"), DECANT_OK);
    for (size_t at = 0; at < size; at++)
        for (int i = 0; i < 2; i++)
            assert_int_equal(decant_feed(pipes[i], page + at, 1), DECANT_OK);
    for (int i = 0; i < 2; i++) assert_int_equal(decant_finish(pipes[i]), DECANT_OK);
    assert_string_equal(left.text, alone.text);
    assert_string_equal(right.text, alone.text);
    for (int i = 0; i < 2; i++) decant_close(pipes[i]);
    forget(&alone);
    forget(&left);
    forget(&right);
    free(page);
}

static void a_sink_without_callbacks_is_fine(void **state) {
    (void)state;
    const decant_sink sink = {0};
    decant *pipeline = NULL;
    assert_int_equal(decant_open(&pipeline, NULL, &sink), DECANT_OK);
    assert_int_equal(pour(pipeline, "All rights reserved. \xFF", 22, 1), DECANT_OK);
    decant_close(pipeline);
}

static int take_summary(void *user, const decant_summary *summary) {
    *(decant_summary *)user = *summary;
    return 0;
}

static decant_summary summarise(const char *page, int no_kinds) {
    decant_options options = DECANT_OPTIONS_INIT;
    decant_summary summary = {0};
    const decant_sink sink = {.user = &summary, .summary = take_summary};
    decant *pipeline = NULL;
    options.no_kinds = no_kinds;
    assert_int_equal(decant_open(&pipeline, &options, &sink), DECANT_OK);
    assert_int_equal(pour(pipeline, page, strlen(page), SIZE_MAX), DECANT_OK);
    decant_close(pipeline);
    return summary;
}

static void a_summary_does_without_kinds_where_it_may(void **state) {
    (void)state;
    static const char story[] =
        "The harbour wall has stood since 1911, and it moved by four centimetres in the spring.\n"
        "\nEngineers found the gap when a tide came through it. They will drive sheet piles into "
        "the clay behind the wall before winter, the council said, and close the quay to lorries.\n"
        "\nFishermen keep their berths, but they will have to land their catch at the old slip.\n"
        "\n\xC2\xA9 2025 Harbour Gazette. All rights reserved.\n"
        "Privacy Policy | Terms of Use | Contact Us\n";
    const decant_summary with = summarise(story, 0), without = summarise(story, 1);
    assert_true(with.kind_bytes[DECANT_FOOTER] > 0);
    assert_int_equal(without.kind_bytes[DECANT_FOOTER], 0);
    assert_int_equal(without.kind_bytes[DECANT_OTHER], without.dropped);
    assert_int_equal(without.dropped, with.dropped);
}

/* ---- failures ------------------------------------------------------------------------------- */

static void a_callback_that_says_no_stops_the_document_alone(void **state) {
    (void)state;
    Record record;
    char *page = make_page(9000);
    size_t size = strlen(page), stopped = 0;
    decant *pipeline = open_capped(&record, 4096);
    for (int calls = 0;; calls++) {
        record.calls_left = calls;
        decant_status status = pour(pipeline, page, size, 1000);
        if (status == DECANT_OK) break;
        assert_int_equal(status, DECANT_STOPPED);
        assert_string_not_equal(decant_error(pipeline), "");
        assert_int_equal(decant_feed(pipeline, "x", 1), DECANT_STOPPED);
        assert_int_equal(decant_finish(pipeline), DECANT_STOPPED);
        forget(&record);
        stopped++;
    }
    assert_true(stopped > 10);
    decant_close(pipeline);
    forget(&record);
    free(page);
}

static void calls_out_of_order_are_refused_with_a_sentence(void **state) {
    (void)state;
    Record record;
    decant *pipeline = open_capped(&record, 4096);
    assert_string_equal(decant_error(pipeline), "");
    assert_int_equal(decant_feed(pipeline, "x", 1), DECANT_BAD_ARGUMENT);
    assert_string_equal(decant_error(pipeline), "no document was started");
    assert_int_equal(decant_finish(pipeline), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_start(pipeline, NULL), DECANT_OK);
    assert_int_equal(decant_start(pipeline, "b"), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_without_rule(pipeline, "x"), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_use_model(pipeline, "x", 1), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_add_rules(pipeline, "x", "", 0), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_feed(pipeline, NULL, 1), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_feed(pipeline, NULL, 0), DECANT_OK);
    assert_int_equal(decant_finish(pipeline), DECANT_OK);
    assert_int_equal(decant_finish(pipeline), DECANT_BAD_ARGUMENT);
    decant_close(pipeline);
    forget(&record);
}

static void callbacks_cannot_call_the_pipeline_they_come_from(void **state) {
    (void)state;
    Record record;
    char *page = make_page(9000);
    decant *pipeline = open_capped(&record, 4096);
    record.inside = pipeline;
    assert_int_equal(pour(pipeline, page, strlen(page), 1000), DECANT_OK);
    decant_close(pipeline);
    forget(&record);
    free(page);
}

static void nothing_at_all_is_a_bad_argument(void **state) {
    (void)state;
    const decant_sink sink = {0};
    decant *pipeline = NULL;
    assert_int_equal(decant_open(NULL, NULL, &sink), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_open(&pipeline, NULL, NULL), DECANT_BAD_ARGUMENT);
    assert_string_not_equal(decant_error(pipeline), "");
    assert_int_equal(decant_start(pipeline, "a"), DECANT_BAD_ARGUMENT);
    decant_close(pipeline);
    assert_int_equal(decant_start(NULL, "a"), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_feed(NULL, "a", 1), DECANT_BAD_ARGUMENT);
    assert_int_equal(decant_finish(NULL), DECANT_BAD_ARGUMENT);
    assert_string_not_equal(decant_error(NULL), "");
    decant_close(NULL);
}

/* ---- options -------------------------------------------------------------------------------- */

static decant_status try_options(const decant_options *options) {
    const decant_sink sink = {0};
    decant *pipeline = NULL;
    decant_status status = decant_open(&pipeline, options, &sink);
    assert_non_null(pipeline);
    if (status) assert_non_null(strstr(decant_error(pipeline), "options: "));
    decant_close(pipeline);
    return status;
}

static void options_out_of_range_are_refused_with_a_sentence(void **state) {
    (void)state;
    const decant_allocator half = {0};
    const decant_options good = DECANT_OPTIONS_INIT;
    decant_options bad[9];
    for (size_t i = 0; i < 9; i++) bad[i] = good;
    bad[0].size = 0;
    bad[1].max_document = 4095;
    bad[2].max_document = ((size_t)1 << 30) + 1;
    bad[3].min_confidence = -1;
    bad[4].min_confidence = 1001;
    bad[5].max_loss = -1;
    bad[6].max_loss = 1001;
    bad[7].allocator = &half;
    bad[8].favor = (decant_favor)3;
    for (size_t i = 0; i < 9; i++) assert_int_equal(try_options(&bad[i]), DECANT_BAD_ARGUMENT);
    assert_int_equal(try_options(&good), DECANT_OK);
    assert_int_equal(try_options(NULL), DECANT_OK);
}

static void older_callers_get_defaults_for_what_they_do_not_know(void **state) {
    (void)state;
    decant_options old = {.size = offsetof(decant_options, max_document),
                          .max_document = 1,
                          .min_confidence = -1,
                          .max_loss = -1};
    assert_int_equal(try_options(&old), DECANT_OK);
    old.size = offsetof(decant_options, min_confidence);
    assert_int_equal(try_options(&old), DECANT_BAD_ARGUMENT);
}

static void newer_callers_are_read_as_far_as_known(void **state) {
    (void)state;
    struct {
        decant_options known;
        int unknown;
    } options = {DECANT_OPTIONS_INIT, 1};
    options.known.size = sizeof options;
    assert_int_equal(try_options(&options.known), DECANT_OK);
}

/* ---- rules, models, names ------------------------------------------------------------------- */

typedef struct Rules {
    size_t count;
    char first[128], last[128];
} Rules;

static int on_rule(void *user, const decant_rule *rule) {
    Rules *rules = user;
    assert_true(rule->id && rule->kind && rule->language && rule->pattern);
    if (!rules->count++) snprintf(rules->first, sizeof rules->first, "%s", rule->id);
    snprintf(rules->last, sizeof rules->last, "%s", rule->id);
    return 0;
}

static int stop_at_rule(void *user, const decant_rule *rule) {
    (void)user;
    (void)rule;
    return 1;
}

static void rules_are_listed_added_and_turned_off(void **state) {
    (void)state;
    static const char own[] = "rule own.test\nlanguage en\nkind advert\ntrigger zebra\n"
                              "pattern zebra\nmatch A zebra.\nmiss A horse.\n";
    Record record;
    Rules before = {0}, after = {0};
    decant *pipeline = open_capped(&record, 4096);
    assert_int_equal(decant_rules(pipeline, on_rule, &before), DECANT_OK);
    assert_int_equal(decant_rules(pipeline, stop_at_rule, NULL), DECANT_STOPPED);
    assert_int_equal(decant_add_rules(pipeline, "own.rules", own, strlen(own)), DECANT_OK);
    assert_int_equal(decant_without_rule(pipeline, before.first), DECANT_OK);
    assert_int_equal(decant_rules(pipeline, on_rule, &after), DECANT_OK);
    assert_string_equal(after.last, "own.test");
    assert_string_not_equal(after.first, before.first);
    assert_int_equal(after.count, before.count);
    assert_int_equal(decant_without_rule(pipeline, "no.such.rule"), DECANT_BAD_ARGUMENT);
    assert_string_equal(decant_error(pipeline), "there is no rule no.such.rule");
    decant_close(pipeline);
    forget(&record);
}

static void a_bad_rule_is_told_by_file_and_line(void **state) {
    (void)state;
    Record record;
    static const char bad[] = "rule own.test\nlanguage en\nkind advert\npattern (\n"
                              "match A zebra.\nmiss A horse.\n";
    decant *pipeline = open_capped(&record, 4096);
    assert_int_equal(decant_add_rules(pipeline, "own.rules", bad, strlen(bad)), DECANT_BAD_RULE);
    assert_memory_equal(decant_error(pipeline), "own.rules:", 10);
    assert_int_equal(decant_add_rules(pipeline, "own.rules", NULL, 1), DECANT_BAD_ARGUMENT);
    assert_int_equal(pour(pipeline, "text", 4, 4), DECANT_OK);
    decant_close(pipeline);
    forget(&record);
}

static void model_data_of_another_kind_is_refused(void **state) {
    (void)state;
    Record record;
    decant *pipeline = open_capped(&record, 4096);
    assert_int_equal(decant_use_model(pipeline, "no model", 8), DECANT_BAD_MODEL);
    assert_string_not_equal(decant_error(pipeline), "");
    assert_int_equal(decant_use_model(pipeline, NULL, 0), DECANT_BAD_ARGUMENT);
    assert_int_equal(pour(pipeline, "text", 4, 4), DECANT_OK);
    decant_close(pipeline);
    forget(&record);
}

/* ---- time ----------------------------------------------------------------------------------- */

/* A clock that stands still but when it is asked. */
typedef struct Clock {
    long asked, limit;
} Clock;

static int tick(void *user) {
    Clock *clock = user;
    return clock->asked++ >= clock->limit;
}

static decant *open_timed(Clock *clock) {
    decant_options options = DECANT_OPTIONS_INIT;
    const decant_sink sink = {0};
    decant *pipeline = NULL;
    options.interrupt = tick;
    options.interrupt_user = clock;
    assert_int_equal(decant_open(&pipeline, &options, &sink), DECANT_OK);
    return pipeline;
}

static char *many_paragraphs(bool is_page, size_t *size) {
    enum { PARAGRAPHS = 400, ROOM = 200 };
    char *text = malloc(PARAGRAPHS * ROOM);
    assert_non_null(text);
    *size = (size_t)sprintf(text, "%s", is_page ? "<!doctype html><body>" : "");
    for (int i = 0; i < PARAGRAPHS; i++)
        *size += (size_t)sprintf(text + *size,
                                 "%sThe harbour board of town %d met again, and "
                                 "the %d boats stayed where they were.%s",
                                 is_page ? "<p>" : "", i, i * 7, is_page ? "</p>" : "\n\n");
    return text;
}

static void a_clock_that_runs_out_stops_the_document_alone(void **state) {
    (void)state;
    for (int is_page = 0; is_page < 2; is_page++) {
        size_t size;
        char *text = many_paragraphs(is_page, &size);
        Clock clock = {.limit = LONG_MAX};
        decant *pipeline = open_timed(&clock);
        assert_int_equal(pour(pipeline, text, size, size), DECANT_OK);
        const long asked = clock.asked;
        assert_in_range(asked, 15, 10000); /* each filter, each pass, and now and then between */
        for (long limit = 0; limit < asked; limit += 1 + asked / 40) {
            clock = (Clock){.limit = limit};
            assert_int_equal(pour(pipeline, text, size, size), DECANT_STOPPED);
            assert_int_equal(clock.asked, limit + 1);
        }
        clock = (Clock){.limit = LONG_MAX};
        assert_int_equal(pour(pipeline, text, size, size), DECANT_OK);
        assert_int_equal(clock.asked, asked);
        decant_close(pipeline);
        free(text);
    }
}

static int on_charset(void *user, const decant_summary *summary) {
    snprintf(user, 64, "%s %s", decant_from_name(summary->from),
             summary->charset ? summary->charset : "none");
    return 0;
}

static void what_is_known_of_a_document_counts_for_that_one(void **state) {
    (void)state;
    static const char page[] = "<p>Gr\xC3\xBC\xC3\x9F"
                               "e aus Ulm";
    char said[64];
    const decant_sink sink = {.user = said, .summary = on_charset};
    decant *pipeline = NULL;
    decant_about about = DECANT_ABOUT_INIT;
    about.from = DECANT_HTML;
    about.charset = "iso-8859-2";
    assert_int_equal(decant_open(&pipeline, NULL, &sink), DECANT_OK);
    assert_int_equal(decant_start_about(pipeline, "a", &about), DECANT_OK);
    decant_feed(pipeline, page, sizeof page - 1);
    assert_int_equal(decant_finish(pipeline), DECANT_OK);
    assert_string_equal(said, "html iso-8859-2");
    about.charset = "no charset at all";
    assert_int_equal(decant_start_about(pipeline, "a", &about), DECANT_OK);
    decant_feed(pipeline, page, sizeof page - 1);
    assert_int_equal(decant_finish(pipeline), DECANT_OK);
    assert_string_equal(said, "html utf-8");
    assert_int_equal(decant_start(pipeline, "a"), DECANT_OK);
    decant_feed(pipeline, "text", 4);
    assert_int_equal(decant_finish(pipeline), DECANT_OK);
    assert_string_equal(said, "text none");
    about.size = 0;
    assert_int_equal(decant_start_about(pipeline, "a", &about), DECANT_BAD_ARGUMENT);
    decant_close(pipeline);
}

static void names_hold_for_every_value_and_beyond(void **state) {
    (void)state;
    assert_string_equal(decant_kind_name(DECANT_NAV), "nav");
    assert_string_equal(decant_kind_name(DECANT_OTHER), "other");
    assert_string_equal(decant_kind_name((decant_kind)99), "other");
    assert_string_equal(decant_status_name(DECANT_NO_MEMORY), "out of memory");
    assert_non_null(decant_status_name((decant_status)99));
    assert_string_equal(decant_version(), DECANT_VERSION);
    assert_true(decant_evidence_count(DECANT_TEXT) > 0);
    for (size_t i = 0; i < decant_evidence_count(DECANT_TEXT); i++)
        assert_non_null(decant_evidence_name(DECANT_TEXT, i));
    assert_null(decant_evidence_name(DECANT_TEXT, decant_evidence_count(DECANT_TEXT)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_and_dropped_ranges_tile_the_document),
        cmocka_unit_test(an_empty_document_has_a_summary_and_nothing_else),
        cmocka_unit_test(white_space_alone_is_kept),
        cmocka_unit_test(chunks_change_nothing),
        cmocka_unit_test(chunks_change_nothing_in_a_document_of_many_parts),
        cmocka_unit_test(a_document_of_just_the_cap_is_one_part),
        cmocka_unit_test(each_further_part_is_noted_where_it_starts),
        cmocka_unit_test(a_giant_line_goes_on_in_parts_too),
        cmocka_unit_test(documents_leave_nothing_behind_for_the_next),
        cmocka_unit_test(blocks_are_numbered_and_located_through_all_parts),
        cmocka_unit_test(two_pipelines_do_not_meet),
        cmocka_unit_test(a_sink_without_callbacks_is_fine),
        cmocka_unit_test(a_summary_does_without_kinds_where_it_may),
        cmocka_unit_test(a_callback_that_says_no_stops_the_document_alone),
        cmocka_unit_test(calls_out_of_order_are_refused_with_a_sentence),
        cmocka_unit_test(callbacks_cannot_call_the_pipeline_they_come_from),
        cmocka_unit_test(nothing_at_all_is_a_bad_argument),
        cmocka_unit_test(options_out_of_range_are_refused_with_a_sentence),
        cmocka_unit_test(older_callers_get_defaults_for_what_they_do_not_know),
        cmocka_unit_test(newer_callers_are_read_as_far_as_known),
        cmocka_unit_test(rules_are_listed_added_and_turned_off),
        cmocka_unit_test(a_bad_rule_is_told_by_file_and_line),
        cmocka_unit_test(model_data_of_another_kind_is_refused),
        cmocka_unit_test(a_clock_that_runs_out_stops_the_document_alone),
        cmocka_unit_test(what_is_known_of_a_document_counts_for_that_one),
        cmocka_unit_test(names_hold_for_every_value_and_beyond),
    };
    return cmocka_run_group_tests_name("decant", tests, NULL, NULL);
}
