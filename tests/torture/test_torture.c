/* SPDX-License-Identifier: MIT
 * test_torture.c - the nth allocation or the nth callback fails, for every n: the status says so,
 * nothing leaks, and the pipeline is still good for what comes next. */
#include "allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAP = 4096, TEXT_SIZE = 12000 };

/* A text of prose and noise in several languages, some bytes of it no UTF-8. */
static void make_text(char text[TEXT_SIZE + 512]) {
    static const char *const lines[] = {
        "The council discussed the harbour wall of 1911. It will decide in the spring.\n\n",
        "Subscribe to our newsletter\r\n",
        "Alle Rechte vorbehalten. Impressum | Datenschutz\n",
        "\xC2\xA9 2025 Harbour Gazette. All rights reserved. | Privacy Policy | Terms of Use\n",
        "Read more: Ten walks along the coast that you should not miss this su...\n\n",
        "\xE7\x89\x88\xE6\x9D\x83\xE6\x89\x80\xE6\x9C\x89 \xFF\n",
        "By Ida Brandt, Staff Writer March 4, 2025 5:53PM\n",
    };
    size_t used = 0;
    for (size_t i = 0; used < TEXT_SIZE; i++)
        used += (size_t)sprintf(text + used, "%s", lines[i * i % 17 % 7]);
}

/* A page in windows-1251 that is longer than a part, with metadata, lists, a table and code. */
static void make_page(char page[TEXT_SIZE + 512]) {
    static const char *const items[] = {
        "<div class='post'><h2>\xCF\xEE\xE3\xEE\xE4\xE0</h2><p>\xC2\xE5\xF2\xE5\xF0 "
        "\xE4\xF3\xE5\xF2 "
        "<b>from the</b> <a href='/sea?a=1&amp;b=2'>sea</a>, and nobody goes out.</p></div>\n",
        "<ul><li>one<li>two<ol start=3><li>three</ol></ul>\n",
        "<table><tr><th>a<td>b<tr><th>c<td>d</table><pre>x\n  <b>y</b>\n</pre>\n",
        "<svg><path d='M0'/></svg><footer>&copy; 2025 Gazette. All rights reserved.</footer>\n",
        "<nav><a href=/>Home</a> <a href=/x>News</a></nav><script>var a = '<p>';</script>\n",
    };
    size_t used = (size_t)sprintf(
        page, "<!doctype html><html lang=ru><meta charset=windows-1251><title>Page | Site</title>"
              "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"Page\","
              "\"author\":{\"name\":\"Ida Brandt\"},\"datePublished\":\"2025-03-04\"}</script>\n");
    for (size_t i = 0; used < TEXT_SIZE; i++)
        used += (size_t)sprintf(page + used, "%s", items[i * i % 17 % 5]);
}

typedef void (*Maker)(char document[TEXT_SIZE + 512]);
static const Maker makers[] = {make_text, make_page};
enum { MAKERS = sizeof makers / sizeof *makers };

/* A pipeline whose events all go into a log. */
typedef struct Run {
    Books books;
    decant_allocator allocator;
    decant *pipeline;
    decant_log *log;
    size_t callbacks_left; /* then callbacks say no */
    size_t callbacks, written;
} Run;

static int count_written(void *user, const void *data, size_t size) {
    Run *run = user;
    (void)data;
    run->written += size;
    return 0;
}

static int answer(Run *run) {
    run->callbacks++;
    if (run->callbacks_left == 0) return 1;
    run->callbacks_left--;
    return 0;
}

static int on_kept(void *user, const decant_kept *kept) {
    (void)kept;
    return answer(user);
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    Run *run = user;
    return answer(run) || decant_log_dropped(run->log, dropped);
}

static int on_note(void *user, const decant_note *note) {
    Run *run = user;
    return answer(run) || decant_log_note(run->log, note);
}

static int on_summary(void *user, const decant_summary *summary) {
    Run *run = user;
    return answer(run) || decant_log_summary(run->log, summary);
}

static int on_block(void *user, const decant_block *block) {
    (void)block;
    return answer(user);
}

static int on_fact(void *user, const decant_fact *fact) {
    (void)fact;
    return answer(user);
}

static int on_judged(void *user, const decant_judged *judged) {
    Run *run = user;
    return answer(run) || decant_log_judged(run->log, judged);
}

static int on_imprint(void *user, const decant_imprint *imprint) {
    (void)imprint;
    return answer(user);
}

static int on_element(void *user, const decant_element *element) {
    (void)element;
    return answer(user);
}

static decant_status open_run(Run *run) {
    static const char own[] = "rule own.test\nlanguage en\nkind advert\ntrigger harbour\n"
                              "pattern harbour wall\nmatch A harbour wall.\nmiss A horse.\n";
    decant_options options = DECANT_OPTIONS_INIT;
    decant_log_options log_options = DECANT_LOG_OPTIONS_INIT;
    const decant_sink sink = {run,     on_kept,   on_dropped, on_note,  on_summary, on_block,
                              on_fact, on_judged, on_block,   on_block, on_imprint, on_element};
    run->allocator = torture_allocator(&run->books);
    options.allocator = &run->allocator;
    options.max_document = CAP;
    options.format = DECANT_MARKDOWN;
    options.links = 1;
    options.url = "https://example.org/";
    log_options.format = "jsonl";
    decant_status status =
        decant_log_open(&run->log, &log_options, &run->allocator, count_written, run);
    if (!status) status = decant_open(&run->pipeline, &options, &sink);
    if (!status) status = decant_add_rules(run->pipeline, "own.rules", own, strlen(own));
    return status;
}

static decant_status pour(Run *run, const char *document) {
    decant_status status = decant_log_start(run->log, "document");
    if (!status) status = decant_start(run->pipeline, "document");
    if (!status) status = decant_feed(run->pipeline, document, strlen(document));
    return status ? status : decant_finish(run->pipeline);
}

/* Closes everything; all memory must have come back, each block under its own size. */
static void close_run(Run *run) {
    decant_close(run->pipeline);
    decant_log_close(run->log);
    assert_int_equal(run->books.outstanding, 0);
    assert_int_equal(run->books.wrong_sizes, 0);
}

/* Early calls fail one by one; later ones, which repeat, in growing steps. */
static size_t next_refusal(size_t n) {
    return n + 1 + n / 256;
}

static void a_refused_allocation_while_opening_is_told_and_leaks_nothing(void **state) {
    (void)state;
    decant_status status = DECANT_NO_MEMORY;
    for (size_t n = 0; status; n = next_refusal(n)) {
        Run run = {.books.until_refusal = n, .callbacks_left = SIZE_MAX};
        status = open_run(&run);
        assert_true(status == DECANT_OK || status == DECANT_NO_MEMORY);
        if (status && run.pipeline) assert_string_not_equal(decant_error(run.pipeline), "");
        close_run(&run);
    }
}

/* The log, which callbacks call, may be what is refused: then they stop the pipeline. */
static bool is_refusal(decant_status status) {
    return status == DECANT_NO_MEMORY || status == DECANT_STOPPED;
}

static void a_refused_allocation_in_a_document_loses_that_document_alone(void **state) {
    (void)state;
    char document[TEXT_SIZE + 512];
    for (int i = 0; i < MAKERS; i++) {
        decant_status status = DECANT_NO_MEMORY;
        makers[i](document);
        for (size_t n = 0; status; n = next_refusal(n)) {
            Run run = {.books.until_refusal = SIZE_MAX, .callbacks_left = SIZE_MAX};
            assert_int_equal(open_run(&run), DECANT_OK);
            run.books.until_refusal = n;
            status = pour(&run, document);
            assert_true(status == DECANT_OK || is_refusal(status));
            run.books.until_refusal = SIZE_MAX;
            if (status) assert_int_equal(pour(&run, document), DECANT_OK);
            close_run(&run);
        }
    }
}

static void memory_stays_where_it_is_from_document_to_document(void **state) {
    (void)state;
    enum { WARM = 45 }; /* patterns that are tried more often get machine code */
    char document[TEXT_SIZE + 512];
    for (int maker = 0; maker < MAKERS; maker++) {
        Run run = {.books.until_refusal = SIZE_MAX, .callbacks_left = SIZE_MAX};
        makers[maker](document);
        assert_int_equal(open_run(&run), DECANT_OK);
        for (int i = 0; i < WARM; i++) assert_int_equal(pour(&run, document), DECANT_OK);
        size_t most = run.books.most, left = run.books.outstanding;
        for (int i = 0; i < 10; i++) assert_int_equal(pour(&run, document), DECANT_OK);
        assert_int_equal(run.books.most, most);
        assert_int_equal(run.books.outstanding, left);
        close_run(&run);
    }
}

static void stop_everywhere(Run *run, const char *document) {
    assert_int_equal(open_run(run), DECANT_OK);
    assert_int_equal(pour(run, document), DECANT_OK);
    const size_t callbacks = run->callbacks, written = run->written;
    for (size_t n = 0; n < callbacks; n++) {
        run->callbacks_left = n;
        assert_int_equal(pour(run, document), DECANT_STOPPED);
    }
    run->callbacks_left = SIZE_MAX;
    run->callbacks = run->written = 0;
    assert_int_equal(pour(run, document), DECANT_OK);
    assert_int_equal(run->callbacks, callbacks);
    assert_int_equal(run->written, written);
    close_run(run);
}

static void any_callback_may_stop_a_document_and_the_next_one_is_whole(void **state) {
    (void)state;
    char document[TEXT_SIZE + 512];
    for (int i = 0; i < MAKERS; i++) {
        Run run = {.books.until_refusal = SIZE_MAX, .callbacks_left = SIZE_MAX};
        makers[i](document);
        stop_everywhere(&run, document);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_allocation_while_opening_is_told_and_leaks_nothing),
        cmocka_unit_test(a_refused_allocation_in_a_document_loses_that_document_alone),
        cmocka_unit_test(memory_stays_where_it_is_from_document_to_document),
        cmocka_unit_test(any_callback_may_stop_a_document_and_the_next_one_is_whole),
    };
    return cmocka_run_group_tests_name("torture", tests, NULL, NULL);
}
