/* SPDX-License-Identifier: MIT
 * runner.c - the sink that checks tiling and writes events down. */
#include "runner.h"

#include "fixtures.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *grown(void *old, size_t size) {
    void *grown = realloc(old, size);
    if (!grown) {
        printf("Bail out! out of memory\n");
        exit(1);
    }
    return grown;
}

static Event *new_event(Runner *runner, int what) {
    if (runner->count == runner->capacity) {
        runner->capacity = runner->capacity ? runner->capacity * 2 : 64;
        runner->events = grown(runner->events, runner->capacity * sizeof *runner->events);
    }
    Event *event = &runner->events[runner->count++];
    memset(event, 0, sizeof *event);
    event->what = what;
    return event;
}

/* The next range must begin where the last one ended and hold the input's own bytes. */
static void check_range(Runner *runner, uint64_t start, uint64_t end, const char *text,
                        size_t size) {
    if (start != runner->at) runner->problem = "a gap or an overlap";
    else if (end <= start || end - start != size) runner->problem = "a range of a wrong size";
    else if (end > runner->size) runner->problem = "a range past the end";
    else if (memcmp(runner->input + start, text, size) != 0) runner->problem = "other bytes";
    runner->at = end;
}

static int on_kept(void *user, const decant_kept *kept) {
    Runner *runner = user;
    check_range(runner, kept->start, kept->end, kept->text, kept->size);
    Event *event = new_event(runner, 'k');
    event->start = kept->start;
    event->end = kept->end;
    if (!runner->keep_clean) return 0;
    size_t size = runner->clean_size + kept->size;
    if (size > runner->clean_capacity) {
        runner->clean_capacity = size * 2;
        runner->clean = grown(runner->clean, runner->clean_capacity);
    }
    memcpy(runner->clean + runner->clean_size, kept->text, kept->size);
    runner->clean_size = size;
    return 0;
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    Runner *runner = user;
    check_range(runner, dropped->start, dropped->end, dropped->text, dropped->size);
    runner->dropped += dropped->size;
    Event *event = new_event(runner, 'd');
    event->start = dropped->start;
    event->end = dropped->end;
    event->line = dropped->line;
    event->column = dropped->column;
    event->blocks = dropped->blocks;
    event->kind = (int)dropped->kind;
    event->confidence = dropped->confidence;
    for (size_t i = 0; i < dropped->reason_count; i++)
        event->weights = event->weights * 31 + dropped->reasons[i].weight;
    return 0;
}

static int on_note(void *user, const decant_note *note) {
    Event *event = new_event(user, 'n');
    event->kind = (int)note->code;
    event->start = note->offset;
    event->line = note->line;
    return 0;
}

static int on_summary(void *user, const decant_summary *summary) {
    Runner *runner = user;
    Event *event = new_event(runner, 's');
    event->start = summary->kept;
    event->end = summary->bytes;
    event->blocks = summary->blocks;
    if (summary->bytes != runner->size) runner->problem = "a summary of another size";
    if (summary->kept + summary->dropped != summary->bytes) runner->problem = "a sum that is off";
    if (summary->dropped != runner->dropped) runner->problem = "a summary of other drops";
    return 0;
}

void runner_open(Runner *runner, const decant_options *options) {
    *runner = (Runner){0};
    const decant_sink sink = {.user = runner,
                              .kept = on_kept,
                              .dropped = on_dropped,
                              .note = on_note,
                              .summary = on_summary};
    if (decant_open(&runner->pipeline, options, &sink)) {
        printf("Bail out! %s\n", decant_error(runner->pipeline));
        exit(1);
    }
}

void runner_close(Runner *runner) {
    decant_close(runner->pipeline);
    free(runner->events);
    free(runner->clean);
    *runner = (Runner){0};
}

static decant_status feed(Runner *runner, Chunks chunks) {
    if (!chunks.most) return decant_feed(runner->pipeline, runner->input, (size_t)runner->size);
    decant_status status = DECANT_OK;
    uint32_t state = chunks.seed | 1;
    for (size_t at = 0, size = 0; at < runner->size && !status; at += size) {
        size = chunks.least + next_random(&state) % (chunks.most - chunks.least + 1);
        if (size > runner->size - at) size = (size_t)runner->size - at;
        status = decant_feed(runner->pipeline, runner->input + at, size);
    }
    return status;
}

const char *runner_run(Runner *runner, const uint8_t *text, size_t size, Chunks chunks) {
    runner->input = text;
    runner->size = size;
    runner->at = runner->dropped = 0;
    runner->count = runner->clean_size = 0;
    runner->problem = NULL;
    decant_status status = decant_start(runner->pipeline, "document");
    if (!status) status = feed(runner, chunks);
    if (!status) status = decant_finish(runner->pipeline);
    if (status) return decant_error(runner->pipeline);
    if (!runner->problem && runner->at != size) runner->problem = "an end that is missing";
    if (!runner->count || runner->events[runner->count - 1].what != 's') return "no summary";
    return runner->problem;
}

bool runner_equal(const Runner *a, const Runner *b) {
    return a->count == b->count && memcmp(a->events, b->events, a->count * sizeof *a->events) == 0;
}
