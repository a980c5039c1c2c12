/* SPDX-License-Identifier: MIT
 * fuzz_text.c - feeds any bytes to the library and stops hard where events do not tile them. The
 * first two bytes choose how: the size of chunks, and whether the document is cut into small parts.
 */
#include "decant.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Check {
    const uint8_t *input;
    uint64_t size, at, dropped;
} Check;

static void check_range(Check *check, uint64_t start, uint64_t end, const char *text, size_t size) {
    if (start != check->at || end <= start || end - start != size || end > check->size) abort();
    if (memcmp(check->input + start, text, size) != 0) abort();
    check->at = end;
}

static int on_kept(void *user, const decant_kept *kept) {
    check_range(user, kept->start, kept->end, kept->text, kept->size);
    return 0;
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    Check *check = user;
    check_range(check, dropped->start, dropped->end, dropped->text, dropped->size);
    check->dropped += dropped->size;
    if (!dropped->line || !dropped->column || dropped->confidence < 0 ||
        dropped->confidence > 1000 || dropped->reason_count > DECANT_REASONS)
        abort();
    return 0;
}

static int on_summary(void *user, const decant_summary *summary) {
    const Check *check = user;
    if (summary->bytes != check->size || summary->dropped != check->dropped) abort();
    if (summary->kept + summary->dropped != summary->bytes) abort();
    return 0;
}

/* The pipeline of a cap. Opened once: a pipeline keeps nothing between documents, and opening one
 * costs more than a small document does. */
static decant *pipeline_of(bool small_parts, Check **ret_check) {
    static decant *pipelines[2];
    static Check check;
    *ret_check = &check;
    decant **pipeline = &pipelines[small_parts];
    decant_options options = DECANT_OPTIONS_INIT;
    options.from = DECANT_TEXT; /* fuzz_html is for pages */
    if (small_parts) options.max_document = 4096;
    const decant_sink sink = {
        .user = &check, .kept = on_kept, .dropped = on_dropped, .summary = on_summary};
    if (!*pipeline && decant_open(pipeline, &options, &sink)) abort();
    return *pipeline;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t head = size < 2 ? size : 2, chunk = size ? (size_t)data[0] + 1 : 1;
    Check *check;
    decant *pipeline = pipeline_of(size > 1 && data[1] & 1, &check);
    *check = (Check){.input = data + head, .size = size - head};
    if (decant_start(pipeline, "fuzz")) abort();
    for (size_t at = 0; at < check->size; at += chunk) {
        size_t left = (size_t)check->size - at;
        if (decant_feed(pipeline, check->input + at, left < chunk ? left : chunk)) abort();
    }
    if (decant_finish(pipeline) || check->at != check->size) abort();
    return 0;
}
