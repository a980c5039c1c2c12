/* SPDX-License-Identifier: MIT
 * runner.c - the sink that checks events and writes them down. */
#include "runner.h"

#include "fixtures.h"
#include "language/letters.h"

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

static uint64_t hashed(uint64_t hash, const void *data, size_t size) {
    const uint8_t *bytes = data;
    for (size_t i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 0x100000001B3u;
    return hash;
}

/* A text's next range begins where the last one ended and holds the input's own bytes. */
static const char *problem_of_text(const Runner *runner, uint64_t start, uint64_t end,
                                   const char *text, size_t size) {
    if (start != runner->at) return "a gap or an overlap";
    if (end <= start || end - start != size) return "a range of a wrong size";
    if (end > runner->size) return "a range past the end";
    return memcmp(runner->input + start, text, size) != 0 ? "other bytes" : NULL;
}

/* A page's next range may leave markup out; what it reads is text. */
static const char *problem_of_page(const Runner *runner, uint64_t start, uint64_t end,
                                   const char *text, size_t size) {
    if (start < runner->at) return "an overlap";
    if (end < start || !size) return "a range of a wrong size";
    if (end > runner->size) return "a range past the end";
    for (const uint8_t *at = (const uint8_t *)text, *stop = at + size; at < stop;) {
        const Letter letter = letter_read(at, stop);
        if (letter.code == 0xFFFD && letter.size == 1) return "a text that is not UTF-8";
        at += letter.size;
    }
    return NULL;
}

static void check_range(Runner *runner, uint64_t start, uint64_t end, const char *text,
                        size_t size) {
    if (!runner->text_problem)
        runner->text_problem = problem_of_text(runner, start, end, text, size);
    if (!runner->page_problem)
        runner->page_problem = problem_of_page(runner, start, end, text, size);
    runner->at = end;
}

/* Counts lines up to `offset`, which never goes back. */
static void move_to(Runner *runner, uint64_t offset) {
    for (; runner->place < offset && runner->place < runner->size; runner->place++) {
        const uint8_t *at = runner->input + runner->place;
        const bool goes_on = *at == '\r' && runner->place + 1 < runner->size && at[1] == '\n';
        const bool ends = (*at == '\r' && !goes_on) || *at == '\n';
        runner->line += ends;
        runner->column = ends ? 1 : runner->column + 1;
    }
}

static void keep_text(Runner *runner, const char *text, size_t text_size) {
    const size_t size = runner->clean_size + text_size;
    if (size > runner->clean_capacity) {
        runner->clean_capacity = size * 2;
        runner->clean = grown(runner->clean, runner->clean_capacity);
    }
    memcpy(runner->clean + runner->clean_size, text, text_size);
    runner->clean_size = size;
}

static int on_kept(void *user, const decant_kept *kept) {
    Runner *runner = user;
    check_range(runner, kept->start, kept->end, kept->text, kept->size);
    runner->kept += kept->end - kept->start;
    Event *event = new_event(runner, 'k');
    event->start = kept->start;
    event->end = kept->end;
    event->hash = hashed(0, kept->text, kept->size);
    if (runner->keep_clean) keep_text(runner, kept->text, kept->size);
    return 0;
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    Runner *runner = user;
    check_range(runner, dropped->start, dropped->end, dropped->text, dropped->size);
    if (dropped->end == dropped->start) runner->page_problem = "a drop without bytes";
    runner->dropped += dropped->end - dropped->start;
    move_to(runner, dropped->start);
    if (dropped->line != runner->line || dropped->column != runner->column)
        runner->page_problem = "a drop on another line";
    Event *event = new_event(runner, 'd');
    event->start = dropped->start;
    event->end = dropped->end;
    event->line = dropped->line;
    event->column = dropped->column;
    event->blocks = dropped->blocks;
    event->kind = (int)dropped->kind;
    event->confidence = dropped->confidence;
    event->hash = hashed(0, dropped->text, dropped->size);
    for (size_t i = 0; i < dropped->reason_count; i++)
        event->hash = hashed(event->hash, &dropped->reasons[i].weight, sizeof(int));
    return 0;
}

static int on_note(void *user, const decant_note *note) {
    Event *event = new_event(user, 'n');
    event->kind = (int)note->code;
    event->start = note->offset;
    event->line = note->line;
    return 0;
}

static int on_fact(void *user, const decant_fact *fact) {
    Runner *runner = user;
    if (runner->at) runner->page_problem = "a fact after a range";
    runner->text_problem = "a fact";
    Event *event = new_event(runner, 'f');
    event->hash = hashed(hashed(0, fact->name, strlen(fact->name)), fact->value, fact->size);
    return 0;
}

static int on_summary(void *user, const decant_summary *summary) {
    Runner *runner = user;
    Event *event = new_event(runner, 's');
    event->start = summary->kept;
    event->end = summary->bytes;
    event->blocks = summary->blocks;
    event->kind = (int)summary->from;
    event->hash = summary->charset ? hashed(0, summary->charset, strlen(summary->charset)) : 0;
    runner->is_page = summary->from == DECANT_HTML;
    const char **problem = runner->is_page ? &runner->page_problem : &runner->text_problem;
    const uint64_t all = summary->kept + summary->dropped;
    if (summary->bytes != runner->size) *problem = "a summary of another size";
    if (runner->is_page ? all > summary->bytes : all != summary->bytes)
        *problem = "a sum that is off";
    if (summary->kept != runner->kept) *problem = "a summary that keeps other bytes";
    if (summary->dropped != runner->dropped) *problem = "a summary of other drops";
    if (runner->is_page != (summary->charset != NULL)) *problem = "a charset where none belongs";
    if (!runner->is_page && runner->at != runner->size && !*problem)
        *problem = "an end that is missing";
    return 0;
}

void runner_open(Runner *runner, const decant_options *options) {
    *runner = (Runner){0};
    const decant_sink sink = {.user = runner,
                              .kept = on_kept,
                              .dropped = on_dropped,
                              .note = on_note,
                              .fact = on_fact,
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
    runner->at = runner->kept = runner->dropped = runner->place = 0;
    runner->line = runner->column = 1;
    runner->count = runner->clean_size = 0;
    runner->text_problem = runner->page_problem = NULL;
    decant_status status = decant_start(runner->pipeline, "document");
    if (!status) status = feed(runner, chunks);
    if (!status) status = decant_finish(runner->pipeline);
    if (status) return decant_error(runner->pipeline);
    if (!runner->count || runner->events[runner->count - 1].what != 's') return "no summary";
    return runner->is_page ? runner->page_problem : runner->text_problem;
}

bool runner_equal(const Runner *a, const Runner *b) {
    return a->count == b->count && memcmp(a->events, b->events, a->count * sizeof *a->events) == 0;
}
