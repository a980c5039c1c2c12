/* SPDX-License-Identifier: MIT
 * filter.c - decant [FILE...]: clean text to one place, the log to another. */
#include "commands.h"

#include "documents.h"
#include "log.h"
#include "message.h"
#include "output.h"
#include "pipeline.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What became of the documents of a file. */
typedef struct Counts {
    uint64_t judged, passed, rejected;
} Counts;

typedef struct Run {
    const Settings *settings;
    Output text, log_file, rejects, attributes;
    const char *format; /* of the log; NULL where none is wanted */
    decant_log *log;    /* the same log, for what is to be said about files */
    char *path;         /* of the file at hand */
    Counts counts;
    bool begun;  /* there was something to read */
    bool any;    /* a file went through */
    bool broken; /* one broke off: what was written is not whole */
    int status;
} Run;

/* ---- outputs ---- */

static bool open_log(Run *run) {
    const Settings *settings = run->settings;
    if (settings->quiet && !settings->log) return true;
    run->format = settings->log ? "jsonl" : "text";
    const bool good = settings->log
                          ? output_open(&run->log_file, settings->log)
                          : output_attach(&run->log_file, STDERR_FILENO, "standard error");
    return good && log_open(&run->log, settings, run->format, run->log_file.fd, output_write,
                            &run->log_file);
}

/* No two outputs may go to one place; what stands on standard error is none of them. */
static bool are_apart(Run *run) {
    static const char *const names[] = {"text", "log", "rejects", "attributes"};
    const Output *outputs[] = {&run->text, &run->log_file, &run->rejects, &run->attributes};
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
        if (!outputs[i]->open || (i == 1 && !run->settings->log)) continue;
        for (size_t j = 0; j < i; j++) {
            if (!outputs[j]->open || (j == 1 && !run->settings->log)) continue;
            if (!output_same(outputs[i], outputs[j])) continue;
            complain("%s and %s would both go to %s (name another with --output or --%s)", names[j],
                     names[i], outputs[i]->name, names[i]);
            return false;
        }
    }
    return true;
}

static bool open_outputs(Run *run) {
    const Settings *settings = run->settings;
    return output_open(&run->text, settings->output) && open_log(run) &&
           (!settings->rejects || output_open(&run->rejects, settings->rejects)) &&
           (!settings->attributes || output_open(&run->attributes, settings->attributes)) &&
           are_apart(run);
}

static int flush(Run *run) {
    Output *outputs[] = {&run->log_file, &run->text, &run->rejects, &run->attributes};
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        if (outputs[i]->open && output_flush(outputs[i])) return -1;
    return 0;
}

static bool close_outputs(Run *run, bool good) {
    Output *outputs[] = {&run->text, &run->log_file, &run->rejects, &run->attributes};
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        good = output_close(outputs[i], good) && good;
    return good;
}

/* ---- what the run tells ---- */

static int begin_file(Run *run, const char *path) {
    free(run->path);
    run->path = strdup(path);
    run->counts = (Counts){0};
    run->begun = true;
    if (!run->path) complain("%s: %s", path, strerror(ENOMEM));
    return run->path ? 0 : -1;
}

static void count(Run *run, const void *data) {
    DocumentDone done;
    memcpy(&done, data, sizeof done);
    if (done.fate == FATE_JUDGED) run->counts.judged++;
    if (done.fate == FATE_PASSED) run->counts.passed++;
    if (done.fate == FATE_REJECTED) run->counts.rejected++;
}

/* Says in the log what became of a stream's records. */
static int note_records(Run *run, const FileDone *done) {
    const Counts *counts = &run->counts;
    char words[1024];
    int size = snprintf(words, sizeof words,
                        "%" PRIu64 " records: %" PRIu64 " judged, %" PRIu64
                        " without text, %" PRIu64 " rejected",
                        done->records, counts->judged, counts->passed, counts->rejected);
    for (size_t i = 0; i < SKIPPED_TYPES && done->skipped[i].type; i++)
        size += snprintf(words + size, sizeof words - (size_t)size, "%s%" PRIu64 " %s",
                         i ? ", " : "; skipped: ", done->skipped[i].count, done->skipped[i].type);
    const decant_note note = {.code = DECANT_NOTE_RECORDS, .name = "records", .words = words};
    return log_failed(decant_log_start(run->log, run->path)) ||
           log_failed(decant_log_note(run->log, &note));
}

static int end_file(Run *run, const FileDone *done) {
    const Counts *counts = &run->counts;
    const bool is_plain = !done->skipped[0].type && !counts->passed && !counts->rejected;
    run->begun = true;
    if (done->fed == FED || done->fed == FED_CUT) run->any = true;
    if (done->fed == FED_PARTLY || done->fed == FED_STOPPED) run->broken = true;
    if (done->fed != FED || counts->rejected) run->status = EXIT_TROUBLE;
    if (done->fed == FED_STOPPED) return -1;
    if (done->is_records && run->log && !is_plain && note_records(run, done)) return -1;
    if (flush(run)) return -1;
    if (done->is_records && counts->rejected)
        complain("%s: %" PRIu64 " of %" PRIu64 " records were rejected", run->path,
                 counts->rejected, done->records);
    return 0;
}

static int on_message(void *user, unsigned channel, const void *data, size_t size) {
    Run *run = user;
    FileDone done;
    switch (channel) {
    case CHANNEL_COMPLAINT:
        if (run->log_file.open && output_flush(&run->log_file)) return -1;
        complaint_write(data, size);
        return 0;
    case CHANNEL_TEXT:
        return output_write(&run->text, data, size);
    case CHANNEL_LOG:
        return output_write(&run->log_file, data, size);
    case CHANNEL_REJECTS:
        return output_write(&run->rejects, data, size);
    case CHANNEL_ATTRIBUTES:
        return output_write(&run->attributes, data, size);
    case CHANNEL_BEGIN:
        return begin_file(run, data);
    case CHANNEL_DOCUMENT:
        count(run, data);
        return 0;
    case CHANNEL_PAUSE:
        return flush(run);
    default:
        memcpy(&done, data, sizeof done);
        return end_file(run, &done);
    }
}

/* ---- the command ---- */

static int write_rule(void *user, const decant_rule *rule) {
    return output_text(user, rule->id) || output_text(user, "\t") ||
           output_text(user, rule->kind) || output_text(user, "\t") ||
           output_text(user, rule->language) || output_text(user, "\n");
}

static int list_rules(const Settings *settings) {
    const decant_sink sink = {0};
    Output output = {0};
    Kit kit;
    decant *pipeline = NULL;
    if (kit_read(&kit, settings)) pipeline = pipeline_open(&kit, &sink, NULL);
    bool good = pipeline && output_open(&output, settings->output);
    const decant_status status = good ? decant_rules(pipeline, write_rule, &output) : DECANT_OK;
    if (status && status != DECANT_STOPPED) complain("%s", decant_error(pipeline));
    good = good && !status;
    good = output_close(&output, good) && good;
    decant_close(pipeline);
    kit_done(&kit);
    return good ? EXIT_FINE : EXIT_TROUBLE;
}

int filter_run(const Settings *settings) {
    if (settings->list_rules) return list_rules(settings);
    Run run = {.settings = settings};
    Ran ran = RAN_NOT;
    if (open_outputs(&run)) {
        const Plan plan = {.settings = settings,
                           .log = run.format,
                           .log_fd = run.log_file.fd,
                           .wants_text = true,
                           .jobs = settings->jobs,
                           .user = &run,
                           .write = on_message};
        ran = documents_run(&plan);
    }
    bool good = ran == RAN && (run.any || !run.begun) && !run.broken;
    decant_log_close(run.log);
    good = close_outputs(&run, good) && good;
    free(run.path);
    return good ? run.status : EXIT_TROUBLE;
}
