/* SPDX-License-Identifier: MIT
 * fuzz_html.c - has the library read any bytes as an HTML page and stops hard where its events are
 * out of order, do not add up or are no text. The first byte chooses how: the format, the size of
 * parts, the charset and the chunks. */
#include "decant.h"

#include "language/letters.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the first byte chooses. */
enum { MARKDOWN = 1, LINKS = 2, SMALL_PARTS = 4, CHARSETS = 8, CHUNKS = 64, CHOICES = 64 };

typedef struct Check {
    uint64_t size, at, kept, dropped;
    bool any; /* kept or dropped events */
} Check;

static void check(bool is_right) {
    if (!is_right) abort();
}

static void check_text(const char *text, size_t size) {
    const uint8_t *at = (const uint8_t *)text, *end = at + size;
    while (at < end) {
        const Letter letter = letter_read(at, end);
        check(letter.code != 0xFFFD || letter.size > 1);
        check(letter.code >= ' ' || letter.code == '\n' || letter.code == '\t');
        at += letter.size;
    }
}

static void check_range(Check *state, uint64_t start, uint64_t end, const char *text, size_t size) {
    check(start >= state->at && end >= start && end <= state->size && size > 0);
    check_text(text, size);
    state->at = end;
    state->any = true;
}

static int on_kept(void *user, const decant_kept *kept) {
    Check *state = user;
    check_range(state, kept->start, kept->end, kept->text, kept->size);
    state->kept += kept->end - kept->start;
    return 0;
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    Check *state = user;
    check_range(state, dropped->start, dropped->end, dropped->text, dropped->size);
    check(dropped->end > dropped->start && dropped->line && dropped->column && dropped->blocks);
    check(dropped->confidence >= 0 && dropped->confidence <= 1000);
    state->dropped += dropped->end - dropped->start;
    return 0;
}

static int on_fact(void *user, const decant_fact *fact) {
    const Check *state = user;
    check(!state->any && fact->size > 0);
    check_text(fact->value, fact->size);
    return 0;
}

static int on_summary(void *user, const decant_summary *summary) {
    const Check *state = user;
    check(summary->from == DECANT_HTML && summary->bytes == state->size);
    check(summary->kept == state->kept && summary->dropped == state->dropped);
    check(summary->kept + summary->dropped <= summary->bytes);
    return 0;
}

static decant *pipeline_of(unsigned choice, Check **ret_check) {
    static const char *const charsets[CHOICES / CHARSETS] = {
        NULL, "utf-8", "windows-1252", "shift_jis", "gb18030", "utf-16le", "iso-2022-jp", "koi8-r"};
    static decant *pipelines[CHOICES];
    static Check state;
    *ret_check = &state;
    decant_options options = DECANT_OPTIONS_INIT;
    options.from = DECANT_HTML;
    options.format = choice & MARKDOWN ? DECANT_MARKDOWN : DECANT_PLAIN;
    options.links = (choice & LINKS) != 0;
    if (choice & SMALL_PARTS) options.max_document = 4096;
    options.charset = charsets[choice / CHARSETS];
    const decant_sink sink = {.user = &state,
                              .kept = on_kept,
                              .dropped = on_dropped,
                              .fact = on_fact,
                              .summary = on_summary};
    if (!pipelines[choice]) check(!decant_open(&pipelines[choice], &options, &sink));
    return pipelines[choice];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const unsigned choice = size ? data[0] : 0;
    const size_t head = size > 0, chunk = choice & CHUNKS ? 7 : 4096;
    Check *state;
    decant *pipeline = pipeline_of(choice % CHOICES, &state);
    *state = (Check){.size = size - head};
    check(!decant_start(pipeline, "fuzz"));
    for (size_t at = head; at < size; at += chunk)
        check(!decant_feed(pipeline, data + at, size - at < chunk ? size - at : chunk));
    check(!decant_finish(pipeline));
    return 0;
}
