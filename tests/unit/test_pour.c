/* SPDX-License-Identifier: MIT
 * test_pour.c - pages through the library from outside: events, facts, notes, charsets, parts.
 * Models are made by hand: what stands in a nav element goes. */
#include "decant.h"

#include "sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT = 1024, LEAST_CAP = 4096, LINE_SIZE = 512 };

/* ---- what is told ---------------------------------------------------------------------------- */

/* Bytes that grow. */
typedef struct Text {
    char *at;
    size_t size, capacity;
} Text;

static void add(Text *text, const char *bytes, size_t size) {
    if (text->capacity - text->size <= size) {
        text->capacity = text->capacity * 2 + size + 4096;
        text->at = realloc(text->at, text->capacity);
        assert_non_null(text->at);
    }
    memcpy(text->at + text->size, bytes, size);
    text->size += size;
    text->at[text->size] = '\0';
}

static void add_word(Text *text, const char *word) {
    add(text, word, strlen(word));
}

/* All events of a pipeline, a line each, as they read: of ranges the document's bytes; line breaks
 * of texts as "/". */
typedef struct Record {
    Text lines;
    Text clean;        /* all kept texts */
    const char *input; /* NULL: ranges are not told */
    size_t input_size;
    uint64_t at; /* where the last range ended */
    uint64_t kept, dropped;
    size_t facts, notes, blocks;
    bool any_range;
    decant_summary summary;
    size_t summaries;
    int calls_left; /* then callbacks return 1; negative: never */
} Record;

static int answer(Record *record) {
    return record->calls_left >= 0 && record->calls_left-- == 0;
}

static void add_text(Record *record, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) add(&record->lines, text[i] == '\n' ? "/" : text + i, 1);
    add_word(&record->lines, "\n");
}

static void tell_range(Record *record, char sign, uint64_t start, uint64_t end) {
    assert_int_equal(record->summaries, 0);
    assert_true(start >= record->at && end >= start && end <= record->input_size);
    record->at = end;
    record->any_range = true;
    add(&record->lines, &sign, 1);
    if (record->input) add(&record->lines, record->input + start, (size_t)(end - start));
    add_word(&record->lines, " = ");
}

static int on_kept(void *user, const decant_kept *kept) {
    Record *record = user;
    tell_range(record, '+', kept->start, kept->end);
    add_text(record, kept->text, kept->size);
    add(&record->clean, kept->text, kept->size);
    record->kept += kept->end - kept->start;
    return answer(record);
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    Record *record = user;
    char place[64];
    assert_int_equal(dropped->from, DECANT_HTML);
    assert_true(dropped->end > dropped->start && dropped->blocks > 0);
    tell_range(record, '-', dropped->start, dropped->end);
    snprintf(place, sizeof place, "%s %llu:%llu ", decant_kind_name(dropped->kind),
             (unsigned long long)dropped->line, (unsigned long long)dropped->column);
    add_word(&record->lines, place);
    add_text(record, dropped->text, dropped->size);
    record->dropped += dropped->end - dropped->start;
    return answer(record);
}

static int on_note(void *user, const decant_note *note) {
    Record *record = user;
    char line[LINE_SIZE];
    assert_true(strlen(note->words) > 0);
    snprintf(line, sizeof line, "?%s %llu\n", note->name, (unsigned long long)note->offset);
    add_word(&record->lines, line);
    record->notes++;
    return answer(record);
}

static int on_fact(void *user, const decant_fact *fact) {
    Record *record = user;
    assert_false(record->any_range);
    assert_true(strlen(fact->source) > 0);
    add_word(&record->lines, ":");
    add_word(&record->lines, fact->name);
    add_word(&record->lines, " = ");
    add(&record->lines, fact->value, fact->size);
    add_word(&record->lines, "\n");
    record->facts++;
    return answer(record);
}

static int on_summary(void *user, const decant_summary *summary) {
    Record *record = user;
    record->summary = *summary;
    record->summaries++;
    return answer(record);
}

static const decant_sink all_events = {.kept = on_kept,
                                       .dropped = on_dropped,
                                       .note = on_note,
                                       .summary = on_summary,
                                       .fact = on_fact};

static void forget(Record *record) {
    free(record->lines.at);
    free(record->clean.at);
    *record = (Record){.calls_left = -1};
}

/* ---- pipelines ------------------------------------------------------------------------------- */

/* What stands in a nav element goes. */
static void use_nav_model(decant *pipeline) {
    size_t size = 0;
    Forge forge;
    forge_model(&forge);
    sheet_stump(&forge, SHEET_FIRST, "in_nav", 0, -2 * UNIT, UNIT);
    sheet_stump(&forge, SHEET_SECOND, "in_nav", 0, -2 * UNIT, UNIT);
    sheet_decision(&forge, 0, 0);
    uint8_t *bytes = forge_bytes(&forge, &size);
    assert_int_equal(decant_use_model(pipeline, bytes, size), DECANT_OK);
    free(bytes);
}

static decant *open_sink(Record *record, const decant_options *options, decant_sink sink) {
    decant *pipeline = NULL;
    *record = (Record){.calls_left = -1};
    sink.user = record;
    assert_int_equal(decant_open(&pipeline, options, &sink), DECANT_OK);
    use_nav_model(pipeline);
    return pipeline;
}

/* Feeds a document in chunks. */
static decant_status feed(decant *pipeline, Record *record, const char *page, size_t size,
                          size_t chunk) {
    record->input = page;
    record->input_size = size;
    record->at = 0;
    decant_status status = decant_start(pipeline, "page.html");
    for (size_t at = 0; at < size && !status; at += chunk)
        status = decant_feed(pipeline, page + at, size - at < chunk ? size - at : chunk);
    return status ? status : decant_finish(pipeline);
}

static void pour_bytes(Record *ret, const decant_options *options, const char *page, size_t size) {
    decant *pipeline = open_sink(ret, options, all_events);
    assert_int_equal(feed(pipeline, ret, page, size, SIZE_MAX / 2), DECANT_OK);
    assert_int_equal(ret->summaries, 1);
    assert_int_equal(ret->summary.bytes, size);
    assert_int_equal(ret->summary.kept, ret->kept);
    assert_int_equal(ret->summary.dropped, ret->dropped);
    decant_close(pipeline);
}

static void pour(Record *ret, const decant_options *options, const char *page) {
    pour_bytes(ret, options, page, strlen(page));
}

static void expect_lines(const Record *record, const char *expected) {
    assert_string_equal(record->lines.at ? record->lines.at : "", expected);
}

/* The events of a page, where options are as they come. */
static void expect_events(const char *page, const char *expected) {
    Record record;
    decant_options options = DECANT_OPTIONS_INIT;
    options.from = DECANT_HTML;
    pour(&record, &options, page);
    expect_lines(&record, expected);
    forget(&record);
}

/* ---- kept and dropped -------------------------------------------------------------------------
 */

static void ranges_come_in_order_with_what_they_read(void **state) {
    (void)state;
    expect_events("<nav>a</nav><p>b <b>c</b></p>\n<nav><i>d</i> &amp;<p>e</p></nav><p> f <p>g",
                  "-a = nav 1:6 a\n"
                  "+b <b>c = b c\n"
                  "-d</i> &amp;<p>e = nav 2:9 d &//e\n"
                  "+f <p>g = //f//g\n"
                  "+ = /\n");
}

static void findings_of_several_kinds_are_told_each(void **state) {
    (void)state;
    expect_events("<nav>a<div class=share>b</div><p class=share>c<p>d</nav>",
                  "-a = nav 1:6 a\n"
                  "-b</div><p class=share>c = share 1:24 b//c\n"
                  "-d = nav 1:50 d\n"
                  "?shell 0\n"
                  "?empty 0\n");
}

static void a_range_begins_and_ends_with_a_sign(void **state) {
    (void)state;
    expect_events("<div> <b> a</b> <!-- x --> <i>b </i> </div> <nav>  c\n </nav>",
                  "+a</b> <!-- x --> <i>b = a b\n"
                  "-c = nav 1:52 c\n"
                  "+ = /\n");
}

static void the_last_event_ends_the_text_at_the_pages_end(void **state) {
    (void)state;
    Record record;
    static const char page[] = "<p>a</p><nav>b</nav> ";
    decant_options options = DECANT_OPTIONS_INIT;
    pour(&record, &options, page);
    assert_int_equal(record.at, strlen(page));
    assert_string_equal(record.clean.at, "a\n");
    forget(&record);
}

static void where_nothing_is_kept_nothing_ends(void **state) {
    (void)state;
    Record record;
    pour(&record, NULL, "<html><nav>a</nav>");
    assert_null(record.clean.at);
    forget(&record);
}

static void a_page_that_is_cut_into_chunks_says_the_same(void **state) {
    (void)state;
    static const char page[] = "<!doctype html><title>a</title><nav>b &amp; c</nav><p>d\xC3\xA9<b>e"
                               "</b><script>f</script><nav>g</nav>\r\n<p>h";
    Record whole, pieces;
    pour(&whole, NULL, page);
    for (size_t chunk = 1; chunk < sizeof page; chunk += 3) {
        decant *pipeline = open_sink(&pieces, NULL, all_events);
        assert_int_equal(feed(pipeline, &pieces, page, sizeof page - 1, chunk), DECANT_OK);
        assert_string_equal(pieces.lines.at, whole.lines.at);
        decant_close(pipeline);
        forget(&pieces);
    }
    forget(&whole);
}

static void a_callback_that_says_no_stops_the_page_alone(void **state) {
    (void)state;
    static const char page[] = "<html><title>a</title><nav>b</nav><p>c<nav>d</nav>\xFF<p>e";
    Record record;
    size_t stopped = 0;
    decant *pipeline = open_sink(&record, NULL, all_events);
    for (int calls = 0;; calls++) {
        record.calls_left = calls;
        const decant_status status = feed(pipeline, &record, page, sizeof page - 1, 1000);
        if (status == DECANT_OK) break;
        assert_int_equal(status, DECANT_STOPPED);
        forget(&record);
        stopped++;
    }
    assert_int_equal(stopped, 7);
    forget(&record);
    decant_close(pipeline);
}

static void a_sink_without_callbacks_is_fine(void **state) {
    (void)state;
    static const char page[] = "<html><title>a</title><nav>b</nav><p>c";
    const decant_sink sink = {0};
    Record record;
    decant *pipeline = open_sink(&record, NULL, sink);
    assert_int_equal(feed(pipeline, &record, page, sizeof page - 1, 7), DECANT_OK);
    decant_close(pipeline);
}

/* What kept events and the summary say does not depend on who else listens. */
static void events_are_the_same_whoever_listens(void **state) {
    (void)state;
    static const char page[] = "<html><nav>a</nav><p>b<nav>c</nav><pre>d</pre><table><tr><td>e"
                               "<td>f</table>";
    const decant_sink kept_alone = {.kept = on_kept, .summary = on_summary};
    for (int format = DECANT_PLAIN; format <= DECANT_MARKDOWN; format++) {
        Record all, some;
        decant_options options = DECANT_OPTIONS_INIT;
        options.format = (decant_format)format;
        pour(&all, &options, page);
        decant *pipeline = open_sink(&some, &options, kept_alone);
        assert_int_equal(feed(pipeline, &some, page, sizeof page - 1, 1000), DECANT_OK);
        assert_string_equal(some.clean.at, all.clean.at);
        assert_int_equal(some.kept, all.kept);
        assert_int_equal(some.summary.dropped, all.summary.dropped);
        assert_int_equal(some.summary.runs, all.summary.runs);
        decant_close(pipeline);
        forget(&all);
        forget(&some);
    }
}

static void min_confidence_keeps_what_is_less_sure(void **state) {
    (void)state;
    static const char page[] = "<html><nav>a</nav><p>b";
    static const struct {
        int min_confidence;
        uint64_t runs;
    } cases[] = {{0, 1}, {750, 1}, {751, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Record record;
        decant_options options = DECANT_OPTIONS_INIT;
        options.min_confidence = cases[i].min_confidence;
        pour(&record, &options, page);
        assert_int_equal(record.summary.runs, cases[i].runs);
        forget(&record);
    }
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static int on_judged(void *user, const decant_judged *judged) {
    Record *record = user;
    char line[64];
    assert_false(record->any_range);
    assert_true(judged->start < judged->end && judged->end <= record->input_size);
    snprintf(line, sizeof line, "#%llu line %llu %s %d ", (unsigned long long)judged->number,
             (unsigned long long)judged->line,
             judged->drops ? decant_kind_name(judged->kind) : "kept", judged->confidence);
    add_word(&record->lines, line);
    if (judged->reason_count) add_word(&record->lines, judged->reasons[0].weight > 0 ? "+" : "-");
    if (judged->reason_count) add_word(&record->lines, judged->reasons[0].evidence);
    add_word(&record->lines, " ");
    add_text(record, judged->text, judged->size);
    return answer(record);
}

static void every_block_is_told_with_its_verdict_and_what_speaks_for_it(void **state) {
    (void)state;
    static const char page[] = "<html><nav>a\n b</nav>\n<p>c<nav>d";
    const decant_sink sink = {.judged = on_judged};
    Record record;
    decant *pipeline = open_sink(&record, NULL, sink);
    assert_int_equal(feed(pipeline, &record, page, sizeof page - 1, 1000), DECANT_OK);
    expect_lines(&record, "#1 line 1 nav 750 +in_nav a b\n"
                          "#2 line 3 kept 0 -in_nav c\n"
                          "#3 line 3 nav 750 +in_nav d\n");
    decant_close(pipeline);
    forget(&record);
}

static void a_sink_that_refuses_a_block_stops_the_pipeline(void **state) {
    (void)state;
    const decant_sink sink = {.judged = on_judged};
    Record record;
    decant *pipeline = open_sink(&record, NULL, sink);
    record.calls_left = 1;
    assert_int_equal(feed(pipeline, &record, "<html><p>a<p>b<p>c", 18, 1000), DECANT_STOPPED);
    decant_close(pipeline);
    forget(&record);
}

/* ---- facts ----------------------------------------------------------------------------------- */

static void facts_are_told_before_anything_else(void **state) {
    (void)state;
    expect_events("<html lang='en-GB'><title>The wall</title><meta name=author content=Ida>"
                  "<meta property=og:site_name content=Gazette><p>a",
                  ":title = The wall\n"
                  ":author = Ida\n"
                  ":site = Gazette\n"
                  ":language = en-GB\n"
                  "+a = a\n"
                  "+ = /\n");
}

static void a_language_of_two_letters_is_a_fact(void **state) {
    (void)state;
    expect_events("<html lang=en><p>a", ":language = en\n+a = a\n+ = /\n");
    expect_events("<html lang=\"en\"><p>a", ":language = en\n+a = a\n+ = /\n");
}

static void every_author_is_a_fact(void **state) {
    (void)state;
    Record record;
    pour(&record, NULL,
         "<html><script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": "
         "\"Wall\", \"author\": [{\"@type\": \"Person\", \"name\": \"Ida Brandt\"}, {\"@type\": "
         "\"Person\", \"name\": \"Jon Holm\"}]}</script><p>a");
    expect_lines(&record, ":title = Wall\n"
                          ":author = Ida Brandt\n"
                          ":author = Jon Holm\n"
                          ":type = article\n"
                          "+a = a\n"
                          "+ = /\n");
    forget(&record);
}

static int on_source(void *user, const decant_fact *fact) {
    Record *record = user;
    add_word(&record->lines, fact->name);
    add_word(&record->lines, " ");
    add_word(&record->lines, fact->source);
    add_word(&record->lines, "\n");
    return 0;
}

static void facts_tell_where_they_stood(void **state) {
    (void)state;
    static const char page[] = "<html><meta property=og:title content='The wall'><p>a";
    const decant_sink sink = {.fact = on_source};
    Record record;
    decant_options options = DECANT_OPTIONS_INIT;
    options.url = "https://a.org/b";
    decant *pipeline = open_sink(&record, &options, sink);
    assert_int_equal(feed(pipeline, &record, page, sizeof page - 1, 1000), DECANT_OK);
    expect_lines(&record, "title og:title\nurl given\n");
    decant_close(pipeline);
    forget(&record);
}

static void an_url_that_is_given_is_told_of_pages_that_do_not_tell_theirs(void **state) {
    (void)state;
    static const struct {
        const char *page, *lines;
    } cases[] = {
        {"<html><p>a", ":url = https://a.org/b\n+a = a\n+ = /\n"},
        {"<html><link rel=canonical href='https://c.org/d'><p>a",
         ":url = https://c.org/d\n+a = a\n+ = /\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Record record;
        char url[] = "https://a.org/b";
        decant_options options = DECANT_OPTIONS_INIT;
        options.url = url;
        decant *pipeline = open_sink(&record, &options, all_events);
        memset(url, 'x', sizeof url - 1); /* it was copied */
        assert_int_equal(feed(pipeline, &record, cases[i].page, strlen(cases[i].page), 1000),
                         DECANT_OK);
        expect_lines(&record, cases[i].lines);
        decant_close(pipeline);
        forget(&record);
    }
}

static void plain_text_tells_no_facts(void **state) {
    (void)state;
    Record record;
    decant_options options = DECANT_OPTIONS_INIT;
    options.url = "https://a.org/b";
    pour(&record, &options, "The wall.\n");
    assert_int_equal(record.facts, 0);
    forget(&record);
}

/* ---- the summary ------------------------------------------------------------------------------
 */

static void a_summary_counts_what_is_kept_and_dropped_and_all_else_is_markup(void **state) {
    (void)state;
    Record record;
    static const char page[] = "<html><nav>ab<p>c</nav><p>d <b>e</b></p>";
    pour(&record, NULL, page);
    const decant_summary *summary = &record.summary;
    assert_int_equal(summary->bytes, sizeof page - 1);
    assert_int_equal(summary->dropped, 6); /* ab<p>c */
    assert_int_equal(summary->kept, 6);    /* d <b>e */
    assert_int_equal(summary->kind_bytes[DECANT_NAV], 6);
    assert_int_equal(summary->blocks, 3);
    assert_int_equal(summary->dropped_blocks, 2);
    assert_int_equal(summary->runs, 1);
    assert_int_equal(summary->parts, 1);
    assert_int_equal(summary->from, DECANT_HTML);
    assert_string_equal(summary->charset, "utf-8");
    forget(&record);
}

static void an_empty_page_has_a_summary(void **state) {
    (void)state;
    Record record;
    decant_options options = DECANT_OPTIONS_INIT;
    options.from = DECANT_HTML;
    pour(&record, &options, "");
    assert_int_equal(record.summary.from, DECANT_HTML);
    assert_int_equal(record.summary.parts, 1);
    assert_int_equal(record.summary.blocks, 0);
    forget(&record);
}

/* ---- notes ----------------------------------------------------------------------------------- */

/* `times` pieces between head and tail. */
static char *repeated(const char *head, const char *piece, size_t times, const char *tail) {
    const size_t size = strlen(piece), start = strlen(head);
    char *text = malloc(start + size * times + strlen(tail) + 1);
    assert_non_null(text);
    memcpy(text, head, start);
    for (size_t i = 0; i < times; i++) memcpy(text + start + i * size, piece, size);
    memcpy(text + start + size * times, tail, strlen(tail) + 1);
    return text;
}

static bool has_note(const Record *record, const char *name) {
    char line[64];
    snprintf(line, sizeof line, "?%s ", name);
    return record->lines.at && strstr(record->lines.at, line) != NULL;
}

static void elements_that_are_nested_too_deep_are_noted(void **state) {
    (void)state;
    for (size_t depth = 100; depth <= 1000; depth += 900) {
        Record record;
        char *page = repeated("<html>", "<div>", depth, "a");
        pour(&record, NULL, page);
        assert_int_equal(has_note(&record, "nesting"), depth > 500);
        assert_string_equal(record.clean.at, "a\n");
        forget(&record);
        free(page);
    }
}

static void a_page_without_a_tree_is_noted_and_keeps_its_texts(void **state) {
    (void)state;
    Record record;
    char *page = repeated("<html><nav>b</nav>", "<p>", 400000, "<p>a<p>c");
    pour(&record, NULL, page);
    assert_true(has_note(&record, "tree"));
    assert_string_equal(record.clean.at, "b\n\na\n\nc\n"); /* nothing stands in a nav element */
    assert_int_equal(record.summary.blocks, 3);
    forget(&record);
    free(page);
}

static void a_page_that_holds_next_to_no_text_is_a_shell(void **state) {
    (void)state;
    static const struct {
        const char *page, *lines;
    } cases[] = {{"<html><script>x</script>", "?shell 0\n"},
                 {"<html><nav>a</nav>", "-a = nav 1:12 a\n?shell 0\n?empty 0\n"},
                 {"<html><p>a", "+a = a\n+ = /\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_events(cases[i].page, cases[i].lines);
}

static void a_page_that_loses_all_of_much_text_is_empty_and_no_shell(void **state) {
    (void)state;
    Record record;
    char *page = repeated("<html><nav>", "a ", 101, "</nav>");
    pour(&record, NULL, page);
    assert_true(has_note(&record, "empty"));
    assert_false(has_note(&record, "shell"));
    forget(&record);
    free(page);
}

static void pages_lose_much_and_nothing_is_said_of_it(void **state) {
    (void)state;
    Record record;
    char *page = repeated("<html><nav>", "wall ", 500, "</nav><p>a");
    pour(&record, NULL, page);
    assert_int_equal(record.notes, 0);
    forget(&record);
    free(page);
}

static void the_first_byte_that_means_nothing_is_noted_where_it_stands(void **state) {
    (void)state;
    expect_events(
        "<html>\n<nav>a</nav><p>\xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 "
        "\xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xFF <p>\xC3\xA8 \xC3\xA8 \xC3\xA8 \xC3\xA8 "
        "\xC3\xA8 \xC3\xA8 \xC3\xA8 \xC3\xA8 \xC3\xA8 \xC3\xA8 \xFF",
        "?encoding 52\n"
        "-a = nav 2:6 a\n"
        "+\xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 "
        "\xC3\xA9 \xC3\xA9 \xFF <p>\xC3\xA8 \xC3\xA8 \xC3\xA8 \xC3\xA8 \xC3\xA8 \xC3\xA8 "
        "\xC3\xA8 \xC3\xA8 \xC3\xA8 \xC3\xA8 \xFF = é é é é é é é é é é \uFFFD//è è è è è "
        "è è è è è \uFFFD\n"
        "+ = /\n");
}

/* ---- how a page is laid out --------------------------------------------------------------------
 */

static void expect_text(const decant_options *options, const char *page, const char *clean) {
    Record record;
    pour(&record, options, page);
    assert_string_equal(record.clean.at, clean);
    forget(&record);
}

static void a_page_is_laid_out_as_it_is_asked_for(void **state) {
    (void)state;
    static const char page[] = "<html><h1>a</h1><nav>b</nav><p>c <b>d</b> <a href='/e?f&amp;g'>h"
                               "</a><ul><li>i<li>j</ul>";
    decant_options options = DECANT_OPTIONS_INIT;
    expect_text(&options, page, "a\n\nc d h\n\n- i\n- j\n");
    options.links = 1;
    expect_text(&options, page, "a\n\nc d h\n\n- i\n- j\n");
    options.format = DECANT_MARKDOWN;
    expect_text(&options, page, "# a\n\nc **d** [h](/e?f&g)\n\n- i\n- j\n");
    options.links = 0;
    expect_text(&options, page, "# a\n\nc **d** h\n\n- i\n- j\n");
}

static void options_that_are_none_are_refused_at_open(void **state) {
    (void)state;
    static const char *const charsets[] = {"utf-9", "", "replacement?", "html"};
    const decant_sink sink = {0};
    for (size_t i = 0; i < 6; i++) {
        decant *pipeline = NULL;
        decant_options options = DECANT_OPTIONS_INIT;
        if (i < 4) options.charset = charsets[i];
        if (i == 4) options.from = (decant_from)3;
        if (i == 5) options.format = (decant_format)2;
        assert_int_equal(decant_open(&pipeline, &options, &sink), DECANT_BAD_ARGUMENT);
        assert_string_not_equal(decant_error(pipeline), "");
        assert_int_equal(decant_start(pipeline, "a"), DECANT_BAD_ARGUMENT);
        decant_close(pipeline);
    }
}

/* ---- which way a document goes -----------------------------------------------------------------
 */

static int on_from(void *user, const decant_summary *summary) {
    Record *record = user;
    add_word(&record->lines, decant_from_name(summary->from));
    add_word(&record->lines, summary->charset ? summary->charset : "");
    add_word(&record->lines, " ");
    return 0;
}

static int on_clean(void *user, const decant_kept *kept) {
    Record *record = user;
    add(&record->clean, kept->text, kept->size);
    return 0;
}

static void each_document_of_a_pipeline_is_read_as_what_it_is(void **state) {
    (void)state;
    static const char *const documents[] = {"The wall.\n",
                                            "<html><nav>a</nav><p>b",
                                            "",
                                            "a < b <p>c\n",
                                            "<!-- x --><meta charset=latin1><p>\xE9t\xE9",
                                            "The wall.\n"};
    const decant_sink sink = {.summary = on_from, .kept = on_clean};
    Record record;
    decant *pipeline = open_sink(&record, NULL, sink);
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        assert_int_equal(feed(pipeline, &record, documents[i], strlen(documents[i]), 1), DECANT_OK);
    expect_lines(&record, "text htmlutf-8 text text htmlwindows-1252 text ");
    assert_string_equal(record.clean.at, "The wall.\nb\na < b <p>c\nété\nThe wall.\n");
    decant_close(pipeline);
    forget(&record);
}

static void a_document_is_read_as_what_the_caller_says(void **state) {
    (void)state;
    Record record;
    decant_options options = DECANT_OPTIONS_INIT;
    options.from = DECANT_TEXT;
    pour(&record, &options, "<html><p>a");
    assert_int_equal(record.summary.from, DECANT_TEXT);
    assert_null(record.summary.charset);
    assert_string_equal(record.clean.at, "<html><p>a");
    forget(&record);
    options.from = DECANT_HTML;
    pour(&record, &options, "a<br>b");
    assert_int_equal(record.summary.from, DECANT_HTML);
    assert_string_equal(record.clean.at, "a\nb\n");
    forget(&record);
}

static void a_document_that_failed_leaves_nothing_to_the_next(void **state) {
    (void)state;
    static const char page[] = "<html><script>a", text[] = "<p>b</p><nav>c</nav>";
    Record record;
    decant *pipeline = open_sink(&record, NULL, all_events);
    record.calls_left = 0;
    assert_int_equal(feed(pipeline, &record, page, sizeof page - 1, 3), DECANT_STOPPED);
    forget(&record);
    assert_int_equal(feed(pipeline, &record, text, sizeof text - 1, 3), DECANT_OK);
    expect_lines(&record, "+b = b\n-c = nav 1:14 c\n+ = /\n");
    decant_close(pipeline);
    forget(&record);
}

/* ---- charsets -------------------------------------------------------------------------------- */

/* ASCII in UTF-16, little endian, with a mark; "~" for a letter that is none. */
static size_t widen(const char *text, char *ret) {
    size_t size = 0;
    ret[size++] = (char)0xFF;
    ret[size++] = (char)0xFE;
    for (; *text; text++) {
        ret[size++] = *text == '~' ? 0x16 : *text;
        ret[size++] = *text == '~' ? 0x04 : '\0'; /* a Cyrillic letter */
    }
    return size;
}

static int on_offsets(void *user, const decant_kept *kept) {
    Record *record = user;
    char line[64];
    snprintf(line, sizeof line, "+%llu-%llu ", (unsigned long long)kept->start,
             (unsigned long long)kept->end);
    add_word(&record->lines, line);
    add_text(record, kept->text, kept->size);
    return 0;
}

static int on_dropped_offsets(void *user, const decant_dropped *dropped) {
    Record *record = user;
    char line[64];
    snprintf(line, sizeof line, "-%llu-%llu ", (unsigned long long)dropped->start,
             (unsigned long long)dropped->end);
    add_word(&record->lines, line);
    add_text(record, dropped->text, dropped->size);
    return 0;
}

static void ranges_of_a_page_in_utf_16_are_those_of_its_bytes(void **state) {
    (void)state;
    char page[256];
    const size_t size = widen("<html><nav>~a</nav><p>b~ <b>c</b>", page);
    const decant_sink sink = {
        .kept = on_offsets, .dropped = on_dropped_offsets, .summary = on_from};
    Record record;
    decant *pipeline = open_sink(&record, NULL, sink);
    assert_int_equal(feed(pipeline, &record, page, size, 5), DECANT_OK);
    expect_lines(&record, "-24-28 Жa\n+46-60 bЖ c\n+68-68 /\nhtmlutf-16le ");
    decant_close(pipeline);
    forget(&record);
}

static void ranges_of_a_page_in_windows_1251_are_those_of_its_bytes(void **state) {
    (void)state;
    static const char page[] =
        "<html><meta charset=windows-1251><nav>\xCC\xE5\xED\xFE</nav><p>\xCC\xE8\xF0 <b>\xE2</b>";
    Record record;
    pour(&record, NULL, page);
    expect_lines(&record, "-\xCC\xE5\xED\xFE = nav 1:39 Меню\n"
                          "+\xCC\xE8\xF0 <b>\xE2 = Мир в\n"
                          "+ = /\n");
    assert_string_equal(record.summary.charset, "windows-1251");
    forget(&record);
}

static void a_charset_that_is_given_goes_before_what_the_page_declares(void **state) {
    (void)state;
    static const char page[] = "<html><meta charset=utf-8><p>\xCC\xE8\xF0";
    Record record;
    char label[] = " Windows-1251 ";
    decant_options options = DECANT_OPTIONS_INIT;
    options.charset = label;
    decant *pipeline = open_sink(&record, &options, all_events);
    memset(label, 'x', sizeof label - 1); /* it was copied */
    assert_int_equal(feed(pipeline, &record, page, sizeof page - 1, 1000), DECANT_OK);
    assert_string_equal(record.clean.at, "Мир\n");
    assert_string_equal(record.summary.charset, "windows-1251");
    decant_close(pipeline);
    forget(&record);
}

/* ---- parts ----------------------------------------------------------------------------------- */

static void pour_capped(Record *ret, const char *page, size_t size) {
    decant_options options = DECANT_OPTIONS_INIT;
    options.max_document = LEAST_CAP;
    pour_bytes(ret, &options, page, size);
}

/* The kept text without white space. */
static char *squeezed(const Record *record) {
    char *text = malloc(record->clean.size + 1), *to = text;
    assert_non_null(text);
    for (size_t i = 0; i < record->clean.size; i++)
        if (!strchr(" \n", record->clean.at[i])) *to++ = record->clean.at[i];
    *to = '\0';
    return text;
}

/* A page over the cap, which is met `after` bytes into `middle`. */
static char *page_cut_in(const char *middle, size_t after) {
    const size_t before = LEAST_CAP - after;
    char *page = malloc(before + strlen(middle) + 16);
    assert_non_null(page);
    memset(page, 'x', before);
    memcpy(page, "<html><p>", 9);
    memcpy(page + before - 4, "</p>", 4);
    strcpy(page + before, middle);
    strcat(page, "<p>last");
    return page;
}

static void expect_cut_anywhere(const char *middle, const char *text) {
    for (size_t after = 0; after <= strlen(middle); after++) {
        Record record;
        char *page = page_cut_in(middle, after);
        pour_capped(&record, page, strlen(page));
        char *found = squeezed(&record);
        const char *rest = found + strspn(found, "x");
        if (strcmp(rest, text) != 0) fail_msg("%s, cut at %zu: %s", middle, after, rest);
        assert_int_equal(rest - found, LEAST_CAP - after - 13);
        assert_int_equal(record.summary.parts, 2);
        assert_false(has_note(&record, "encoding"));
        free(found);
        forget(&record);
        free(page);
    }
}

static void a_page_over_the_cap_goes_on_wherever_it_is_cut(void **state) {
    (void)state;
    expect_cut_anywhere(
        "<p class='a b'>one &amp; two</p><!-- three --><section><b>four</b></section>",
        "one&twofourlast");
}

static void a_script_over_the_cap_is_no_text(void **state) {
    (void)state;
    expect_cut_anywhere("<p>a<script>if (b < c) '<p>d</p>';</script><p>e", "aelast");
    expect_cut_anywhere("<p>a<style>p > b { }</style>e", "aelast");
    expect_cut_anywhere("<p>a<textarea>b <p>c</textarea>e", "ab<p>celast");
}

static void a_sign_that_the_cap_cuts_is_whole_in_the_next_part(void **state) {
    (void)state;
    expect_cut_anywhere("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
                        "\xC3\xA9<p>d\xC3\xA9j\xC3\xA0 vu \xF0\x9F\x98\x80 <b>\xE6\xB5\xB7</b>",
                        "éééééééééédéjàvu😀海last");
}

static void further_parts_are_noted_where_they_start(void **state) {
    (void)state;
    static const char piece[] = "<p>a b c d e f g h i j k l m n o p</p><h2>q</h2>\n";
    Record record;
    char *page = repeated("<html>", piece, 400, "");
    pour_capped(&record, page, strlen(page));
    uint64_t before = 0;
    size_t notes = 0;
    for (const char *at = record.lines.at; (at = strstr(at, "?part ")); at++, notes++) {
        const uint64_t offset = strtoull(at + 6, NULL, 10);
        assert_true(offset > before && offset - before <= LEAST_CAP);
        before = offset;
    }
    assert_true(notes >= 4);
    assert_int_equal(notes + 1, record.summary.parts);
    assert_int_equal(record.summary.blocks, 800);
    forget(&record);
    free(page);
}

static void a_part_goes_on_with_the_text_of_the_one_before(void **state) {
    (void)state;
    Record record, whole;
    char *page = repeated("<html>", "<p>one two three</p><h2>four</h2>", 300, "");
    pour_capped(&record, page, strlen(page));
    pour(&whole, NULL, page);
    assert_true(record.summary.parts > 1);
    assert_string_equal(record.clean.at, whole.clean.at);
    forget(&record);
    forget(&whole);
    free(page);
}

static void chunks_change_nothing_in_a_page_of_many_parts(void **state) {
    (void)state;
    static const size_t chunks[] = {1, 100, 4096, 5000};
    Record whole, pieces;
    char *page =
        repeated("<html>", "<p>d\xC3\xA9j\xC3\xA0</p><nav>a</nav><script>b<p></script>", 300, "");
    decant_options options = DECANT_OPTIONS_INIT;
    options.max_document = LEAST_CAP;
    pour(&whole, &options, page);
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        decant *pipeline = open_sink(&pieces, &options, all_events);
        assert_int_equal(feed(pipeline, &pieces, page, strlen(page), chunks[i]), DECANT_OK);
        assert_string_equal(pieces.lines.at, whole.lines.at);
        decant_close(pipeline);
        forget(&pieces);
    }
    forget(&whole);
    free(page);
}

static void one_text_over_the_cap_goes_on_in_parts(void **state) {
    (void)state;
    Record record;
    char *page = repeated("<html><p>", "wall ", 3000, "");
    pour_capped(&record, page, strlen(page));
    char *found = squeezed(&record);
    assert_int_equal(strlen(found), 3000 * 4);
    assert_true(record.summary.parts >= 3);
    free(found);
    forget(&record);
    free(page);
}

static void one_text_over_the_cap_is_cut_between_its_signs(void **state) {
    (void)state;
    for (size_t before = 0; before < 4; before++) {
        char head[16];
        Record record;
        snprintf(head, sizeof head, "<html><p>%.*s", (int)before, "xxx");
        char *page = repeated(head, "\xF0\x9F\x98\x80", 3000, "");
        pour_capped(&record, page, strlen(page));
        char *found = squeezed(&record);
        if (strlen(found) != before + 3000 * 4) fail_msg("%zu bytes", strlen(found));
        assert_false(has_note(&record, "encoding"));
        free(found);
        forget(&record);
        free(page);
    }
}

static void one_text_over_the_cap_keeps_its_references(void **state) {
    (void)state;
    for (size_t before = 0; before < 5; before++) {
        char head[16];
        Record record;
        snprintf(head, sizeof head, "<html><p>%.*s", (int)before, "xxxx");
        char *page = repeated(head, "&amp;", 3000, "");
        pour_capped(&record, page, strlen(page));
        char *found = squeezed(&record);
        if (strlen(found) != before + 3000) fail_msg("%zu bytes", strlen(found));
        free(found);
        forget(&record);
        free(page);
    }
}

static void a_script_of_many_parts_is_no_text(void **state) {
    (void)state;
    Record record;
    char *page = repeated("<html><p>a<script>", "b('<p>c</p>');\n", 1000, "</script><p>d");
    pour_capped(&record, page, strlen(page));
    assert_string_equal(record.clean.at, "a\n\nd\n");
    forget(&record);
    free(page);
}

static void facts_are_told_once(void **state) {
    (void)state;
    Record record;
    char *page = repeated("<html><title>a</title>", "<p>b c d e f g h</p>", 1000, "<h1>z</h1>");
    pour_capped(&record, page, strlen(page));
    assert_true(record.summary.parts > 2);
    assert_int_equal(record.facts, 1);
    forget(&record);
    free(page);
}

static void the_charset_of_a_page_is_that_of_its_first_part(void **state) {
    (void)state;
    static const char head[] = "<html><meta charset=windows-1251>";
    Record record;
    char *page = repeated(head, "<p>\xCC\xE8\xF0</p>", 1000, "");
    pour_capped(&record, page, strlen(page));
    char *found = squeezed(&record);
    assert_int_equal(strlen(found), 6000);
    assert_memory_equal(found + 5994, "Мир", 6);
    free(found);
    forget(&record);
    free(page);
}

static void a_charset_that_the_first_part_leaves_open_is_found_out_later(void **state) {
    (void)state;
    Record record;
    char *page = repeated("<html>", "<p>a b c d e f</p>", 300,
                          "<p>\xC3 la fin de l'\xE9t\xE9, le th\xE9\xE2tre \xE9tait ferm\xE9");
    pour_capped(&record, page, strlen(page));
    assert_true(record.summary.parts > 1);
    assert_non_null(strstr(record.clean.at, "été"));
    forget(&record);
    free(page);
}

static void a_page_in_utf_16_goes_on_in_parts(void **state) {
    (void)state;
    Record record;
    char *text = repeated("<html>", "<p>a~b</p><hr>", 500, "");
    char *page = malloc(strlen(text) * 2 + 2);
    assert_non_null(page);
    const size_t size = widen(text, page);
    pour_capped(&record, page, size);
    char *found = squeezed(&record);
    assert_int_equal(strlen(found), 500 * 4);
    assert_string_equal(record.summary.charset, "utf-16le");
    assert_false(has_note(&record, "encoding"));
    free(found);
    free(page);
    free(text);
    forget(&record);
}

/* 131072 texts are as many as a skeleton takes, 32768 blocks as many as a part. */
static void a_page_of_more_texts_than_are_read_at_once_goes_on(void **state) {
    (void)state;
    enum { COUNT = (1 << 17) + 1000 };
    Record record;
    char *page = repeated("<html>", "<p>a", COUNT, "");
    pour(&record, NULL, page);
    char *found = squeezed(&record);
    assert_int_equal(strlen(found), COUNT);
    assert_int_equal(record.summary.blocks, COUNT);
    assert_int_equal(record.summary.parts, 5);
    assert_int_equal(record.kept, COUNT * 4 - 3 * 5);
    free(found);
    forget(&record);
    free(page);
}

static void parts_by_blocks_are_noted_between_their_blocks(void **state) {
    (void)state;
    enum { BLOCKS = 1 << 15 };
    static const char piece[] = "<p title='so long that there is memory for a tree, too, by all of "
                                "the bytes that such a page has'>a";
    const decant_sink sinks[] = {{.note = on_note, .summary = on_summary},
                                 {.note = on_note, .dropped = on_dropped}};
    for (size_t i = 0; i < 2; i++) {
        Record record;
        char *page = repeated("<html><nav>b</nav>", piece, BLOCKS + 1, "");
        decant *pipeline = open_sink(&record, NULL, sinks[i]);
        assert_int_equal(feed(pipeline, &record, page, strlen(page), SIZE_MAX / 2), DECANT_OK);
        const char *note = strstr(record.lines.at, "?part ");
        assert_non_null(note);
        assert_false(has_note(&record, "tree"));
        const size_t size = sizeof piece - 1,
                     last = strlen("<html><nav>b</nav>") + (BLOCKS - 1) * size;
        assert_in_range(strtoul(note + 6, NULL, 10), last, last + size);
        decant_close(pipeline);
        forget(&record);
        free(page);
    }
}

/* Rows of tables are what a renderer ends by itself. */
static void ranges_are_in_order_where_a_part_ends_in_a_table(void **state) {
    (void)state;
    for (int format = DECANT_PLAIN; format <= DECANT_MARKDOWN; format++) {
        Record record;
        decant_options options = DECANT_OPTIONS_INIT;
        options.format = (decant_format)format;
        options.max_document = LEAST_CAP;
        char *page = repeated("<html><nav>x</nav><table>", "<tr><td>a<td>b</tr>", 500, "</table>");
        pour(&record, &options, page);
        assert_true(record.summary.parts > 1);
        forget(&record);
        free(page);
    }
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static int on_block(void *user, const decant_block *block) {
    Record *record = user;
    char line[64];
    size_t nav = 0;
    assert_int_equal(block->from, DECANT_HTML);
    while (strcmp(decant_evidence_name(DECANT_HTML, nav), "in_nav") != 0) nav++;
    snprintf(line, sizeof line, "%llu-%llu %d ", (unsigned long long)block->start,
             (unsigned long long)block->end, block->values[nav]);
    add_word(&record->lines, line);
    add_text(record, block->text, block->size);
    record->blocks++;
    return answer(record);
}

static void blocks_of_pages_are_told_with_text_and_evidence(void **state) {
    (void)state;
    static const char page[] = "<html><nav>a</nav><p>b <b>c</b>&amp;<nav><div>d";
    const decant_sink sink = {.block = on_block};
    Record record;
    decant *pipeline = open_sink(&record, NULL, sink);
    assert_int_equal(feed(pipeline, &record, page, sizeof page - 1, 1000), DECANT_OK);
    expect_lines(&record, "11-12 1 a\n21-36 0 b c&\n46-47 2 d\n");
    decant_close(pipeline);
    forget(&record);
}

static int on_values(void *user, const decant_block *block) {
    Record *record = user;
    for (size_t i = 0; i < decant_evidence_count(block->from); i++)
        record->at += (uint16_t)block->values[i]; /* all of them are there to be read */
    record->blocks++;
    return 0;
}

static void a_block_has_a_value_for_every_name(void **state) {
    (void)state;
    static const char *const documents[] = {"<html><p>a<p>b", "The wall."};
    const decant_sink sink = {.block = on_values};
    Record record;
    decant *pipeline = open_sink(&record, NULL, sink);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(feed(pipeline, &record, documents[i], strlen(documents[i]), 100),
                         DECANT_OK);
    assert_int_equal(record.blocks, 3);
    assert_true(decant_evidence_count(DECANT_HTML) > decant_evidence_count(DECANT_TEXT));
    for (int from = DECANT_TEXT; from <= DECANT_HTML; from++) {
        size_t count = 0;
        while (decant_evidence_name((decant_from)from, count)) count++;
        assert_int_equal(count, decant_evidence_count((decant_from)from));
    }
    decant_close(pipeline);
    forget(&record);
}

static void blocks_of_later_parts_stand_where_they_stand_in_the_document(void **state) {
    (void)state;
    Record record;
    const decant_sink sink = {.block = on_block};
    decant_options options = DECANT_OPTIONS_INIT;
    options.max_document = LEAST_CAP;
    decant *pipeline = open_sink(&record, &options, sink);
    char *page = repeated("<html>", "<p>wall", 1000, "");
    assert_int_equal(feed(pipeline, &record, page, strlen(page), 1000), DECANT_OK);
    assert_int_equal(record.blocks, 1000);
    const char *line = record.lines.at;
    for (unsigned long i = 0; i < 1000; i++) {
        char expected[64];
        snprintf(expected, sizeof expected, "%lu-%lu 0 wall\n", 9 + i * 7, 13 + i * 7);
        assert_memory_equal(line, expected, strlen(expected));
        line += strlen(expected);
    }
    decant_close(pipeline);
    forget(&record);
    free(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_come_in_order_with_what_they_read),
        cmocka_unit_test(findings_of_several_kinds_are_told_each),
        cmocka_unit_test(a_range_begins_and_ends_with_a_sign),
        cmocka_unit_test(the_last_event_ends_the_text_at_the_pages_end),
        cmocka_unit_test(where_nothing_is_kept_nothing_ends),
        cmocka_unit_test(a_page_that_is_cut_into_chunks_says_the_same),
        cmocka_unit_test(a_callback_that_says_no_stops_the_page_alone),
        cmocka_unit_test(a_sink_without_callbacks_is_fine),
        cmocka_unit_test(events_are_the_same_whoever_listens),
        cmocka_unit_test(min_confidence_keeps_what_is_less_sure),
        cmocka_unit_test(every_block_is_told_with_its_verdict_and_what_speaks_for_it),
        cmocka_unit_test(a_sink_that_refuses_a_block_stops_the_pipeline),
        cmocka_unit_test(facts_are_told_before_anything_else),
        cmocka_unit_test(a_language_of_two_letters_is_a_fact),
        cmocka_unit_test(every_author_is_a_fact),
        cmocka_unit_test(facts_tell_where_they_stood),
        cmocka_unit_test(an_url_that_is_given_is_told_of_pages_that_do_not_tell_theirs),
        cmocka_unit_test(plain_text_tells_no_facts),
        cmocka_unit_test(a_summary_counts_what_is_kept_and_dropped_and_all_else_is_markup),
        cmocka_unit_test(an_empty_page_has_a_summary),
        cmocka_unit_test(elements_that_are_nested_too_deep_are_noted),
        cmocka_unit_test(a_page_without_a_tree_is_noted_and_keeps_its_texts),
        cmocka_unit_test(a_page_that_holds_next_to_no_text_is_a_shell),
        cmocka_unit_test(a_page_that_loses_all_of_much_text_is_empty_and_no_shell),
        cmocka_unit_test(pages_lose_much_and_nothing_is_said_of_it),
        cmocka_unit_test(the_first_byte_that_means_nothing_is_noted_where_it_stands),
        cmocka_unit_test(a_page_is_laid_out_as_it_is_asked_for),
        cmocka_unit_test(options_that_are_none_are_refused_at_open),
        cmocka_unit_test(each_document_of_a_pipeline_is_read_as_what_it_is),
        cmocka_unit_test(a_document_is_read_as_what_the_caller_says),
        cmocka_unit_test(a_document_that_failed_leaves_nothing_to_the_next),
        cmocka_unit_test(ranges_of_a_page_in_utf_16_are_those_of_its_bytes),
        cmocka_unit_test(ranges_of_a_page_in_windows_1251_are_those_of_its_bytes),
        cmocka_unit_test(a_charset_that_is_given_goes_before_what_the_page_declares),
        cmocka_unit_test(a_page_over_the_cap_goes_on_wherever_it_is_cut),
        cmocka_unit_test(a_script_over_the_cap_is_no_text),
        cmocka_unit_test(a_sign_that_the_cap_cuts_is_whole_in_the_next_part),
        cmocka_unit_test(further_parts_are_noted_where_they_start),
        cmocka_unit_test(a_part_goes_on_with_the_text_of_the_one_before),
        cmocka_unit_test(chunks_change_nothing_in_a_page_of_many_parts),
        cmocka_unit_test(one_text_over_the_cap_goes_on_in_parts),
        cmocka_unit_test(one_text_over_the_cap_is_cut_between_its_signs),
        cmocka_unit_test(one_text_over_the_cap_keeps_its_references),
        cmocka_unit_test(a_script_of_many_parts_is_no_text),
        cmocka_unit_test(facts_are_told_once),
        cmocka_unit_test(the_charset_of_a_page_is_that_of_its_first_part),
        cmocka_unit_test(a_charset_that_the_first_part_leaves_open_is_found_out_later),
        cmocka_unit_test(a_page_in_utf_16_goes_on_in_parts),
        cmocka_unit_test(a_page_of_more_texts_than_are_read_at_once_goes_on),
        cmocka_unit_test(parts_by_blocks_are_noted_between_their_blocks),
        cmocka_unit_test(ranges_are_in_order_where_a_part_ends_in_a_table),
        cmocka_unit_test(blocks_of_pages_are_told_with_text_and_evidence),
        cmocka_unit_test(a_block_has_a_value_for_every_name),
        cmocka_unit_test(blocks_of_later_parts_stand_where_they_stand_in_the_document),
    };
    return cmocka_run_group_tests_name("pour", tests, NULL, NULL);
}
