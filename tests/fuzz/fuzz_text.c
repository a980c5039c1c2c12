/* SPDX-License-Identifier: MIT
 * fuzz_text.c - feeds any bytes to the library and stops hard where events do not tile them. The
 * first two bytes choose how: the size of chunks and the cap of a document. */
#include "decant.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t chunk = size ? (size_t)data[0] + 1 : 1;
    decant_options options = DECANT_OPTIONS_INIT;
    if (size > 1 && data[1] & 1) options.max_document = 4096 + ((size_t)data[1] << 6);
    size_t head = size < 2 ? size : 2;
    Check check = {.input = data + head, .size = size - head};
    const decant_sink sink = {
        .user = &check, .kept = on_kept, .dropped = on_dropped, .summary = on_summary};
    decant *pipeline = NULL;
    if (decant_open(&pipeline, &options, &sink) || decant_start(pipeline, "fuzz")) abort();
    for (size_t at = 0; at < check.size; at += chunk) {
        size_t left = (size_t)check.size - at;
        if (decant_feed(pipeline, check.input + at, left < chunk ? left : chunk)) abort();
    }
    if (decant_finish(pipeline) || check.at != check.size) abort();
    decant_close(pipeline);
    return 0;
}
