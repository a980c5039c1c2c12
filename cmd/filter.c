/* SPDX-License-Identifier: MIT
 * filter.c - decant [FILE...]: clean text to one place, the log to another. */
#include "commands.h"

#include "documents.h"
#include "log.h"
#include "message.h"
#include "mirror.h"
#include "output.h"
#include "pipeline.h"
#include "progress.h"
#include "totals.h"
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
    Totals *totals;
    Progress *progress;
    Mirror *mirror; /* NULL where all text goes to one place */
    Output text;    /* of the file at hand, where each has one of its own */
    Output log_file, rejects, attributes;
    const char *format; /* of the log; NULL where none is wanted */
    decant_log *log;    /* the same log, for what is to be said about files */
    char *path, *name;  /* of the file at hand (paths.h) */
    Counts counts;
    bool begun;  /* there was something to read */
    bool any;    /* a file went through */
    bool broken; /* one broke off: what was written is not whole */
    int status;
} Run;

/* ---- outputs ---- */

/* Opens an output of the whole run. */
static bool open_output(Run *run, Output *output, const char *path) {
    return run->mirror ? mirror_output(run->mirror, output, path) : output_open(output, path);
}

static bool open_log(Run *run) {
    const Settings *settings = run->settings;
    if (settings->quiet && !settings->log) return true;
    run->format = settings->log ? "jsonl" : "text";
    const bool good = settings->log
                          ? open_output(run, &run->log_file, settings->log)
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

static bool options_fit(const Settings *settings) {
    if (settings->output_dir && settings->output)
        complain("--output and --output-dir do not go together");
    else if (settings->resume && !settings->output_dir) complain("--resume needs --output-dir");
    else return true;
    return false;
}

static bool open_outputs(Run *run) {
    const Settings *settings = run->settings;
    if (!settings->output_dir) {
        if (!output_open(&run->text, settings->output)) return false;
    } else if (!(run->mirror = mirror_open(settings, run->totals))) {
        return false;
    }
    return open_log(run) &&
           (!settings->rejects || open_output(run, &run->rejects, settings->rejects)) &&
           (!settings->attributes || open_output(run, &run->attributes, settings->attributes)) &&
           are_apart(run) && (!run->mirror || mirror_ready(run->mirror));
}

/* Begins the run. False after complaining. */
static bool begin_run(Run *run) {
    if (!options_fit(run->settings)) return false;
    run->totals = totals_open();
    run->progress = run->totals ? progress_open(run->settings) : NULL;
    if (!run->progress || !open_outputs(run)) return false;
    progress_expect(run->progress, paths_size(run->settings));
    if (run->mirror && mirror_had_trouble(run->mirror)) run->status = EXIT_TROUBLE;
    return true;
}

static int flush(Run *run) {
    Output *outputs[] = {&run->log_file, &run->text, &run->rejects, &run->attributes};
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        if (outputs[i]->open && output_flush(outputs[i])) return -1;
    return 0;
}

static bool close_outputs(Run *run, bool good) {
    Output *outputs[] = {&run->text, &run->log_file, &run->rejects, &run->attributes};
    good = mirror_close(run->mirror, good) && good;
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        good = output_close(outputs[i], good) && good;
    return good;
}

static bool write_summary(const Run *run) {
    Output output = {0};
    const char *path = run->settings->summary;
    if (!path) return true;
    /* A run into a folder that is killed here is gone on with: it finds its own beginnings. */
    bool good =
        (run->settings->output_dir ? output_go_on(&output, path, 0) : output_open(&output, path)) &&
        totals_write(run->totals, &output) == 0;
    return output_close(&output, good) && good;
}

static void tell_hadoop(const Run *run) {
    const Sums *all = totals_all(run->totals);
    if (!run->settings->hadoop_counters) return;
    dprintf(STDERR_FILENO,
            "reporter:counter:decant,documents,%" PRIu64 "\n"
            "reporter:counter:decant,passed,%" PRIu64 "\n"
            "reporter:counter:decant,rejected,%" PRIu64 "\n"
            "reporter:counter:decant,bytes,%" PRIu64 "\n"
            "reporter:counter:decant,kept,%" PRIu64 "\n"
            "reporter:counter:decant,dropped,%" PRIu64 "\n",
            all->documents, all->passed, all->rejected, all->bytes, all->kept, all->dropped);
}

/* ---- what the run tells ---- */

/* Whether a file is to be read, or was by the run that is gone on with. */
static Turn turn_of(void *user, const Found *found) {
    const Run *run = user;
    switch (run->mirror ? mirror_past(run->mirror, found) : MIRROR_NEW) {
    case MIRROR_NEW:
        return TURN_READ;
    case MIRROR_DONE:
        return TURN_SKIP;
    default:
        return TURN_STOP;
    }
}

static Found file_at_hand(const Run *run) {
    return (Found){.path = run->path, .name = run->name};
}

/* `names`: path and name. */
static int begin_file(Run *run, const char *names) {
    run->path = strdup(names);
    run->name = strdup(names + strlen(names) + 1);
    run->counts = (Counts){0};
    run->begun = true;
    if (!run->path || !run->name) {
        complain("%s: %s", names, strerror(ENOMEM));
        return -1;
    }
    const Found found = file_at_hand(run);
    if (!run->mirror) return 0;
    if (!mirror_begin(run->mirror, &found, &run->text)) return -1;
    if (!run->text.open) run->status = EXIT_TROUBLE; /* it is judged for the log alone */
    return 0;
}

static int count(Run *run, const void *data, size_t size) {
    DocumentDone done;
    memcpy(&done, data, sizeof done);
    const char *url = (const char *)data + sizeof done;
    size_t url_size = size - sizeof done;
    if (!url_size && run->settings->url) {
        url = run->settings->url;
        url_size = strlen(url);
    }
    if (done.fate == FATE_PASSED) {
        run->counts.passed++;
        return !totals_pass(run->totals, url, url_size);
    }
    if (done.fate == FATE_REJECTED) {
        run->counts.rejected++;
        return !totals_reject(run->totals, url, url_size);
    }
    run->counts.judged++;
    progress_document(run->progress, done.summary.bytes, done.summary.dropped);
    return !totals_add(run->totals, &done.summary, url, url_size);
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

/* Puts what was made of a file in its place, and forgets it. */
static int leave_file(Run *run, bool is_whole) {
    const Found found = file_at_hand(run);
    if (run->mirror && run->status) mirror_note_trouble(run->mirror);
    const bool good = !run->mirror || mirror_end(run->mirror, &found, &run->text, is_whole);
    if (!good) run->broken = true;
    free(run->path);
    free(run->name);
    run->path = run->name = NULL;
    return good ? 0 : -1;
}

static int end_file(Run *run, const FileDone *done) {
    const Counts *counts = &run->counts;
    const bool is_whole = done->fed == FED || done->fed == FED_CUT;
    const bool is_plain = !done->skipped[0].type && !counts->passed && !counts->rejected;
    run->begun = true;
    if (is_whole) run->any = true;
    if (done->fed == FED_STOPPED || (done->fed == FED_PARTLY && !run->mirror)) run->broken = true;
    if (done->fed != FED || counts->rejected) run->status = EXIT_TROUBLE;
    if (done->fed == FED_STOPPED) return -1;
    if (done->is_records && run->log && !is_plain && note_records(run, done)) return -1;
    if (flush(run)) return -1;
    if (done->is_records && counts->rejected)
        complain("%s: %" PRIu64 " of %" PRIu64 " records were rejected", run->path,
                 counts->rejected, done->records);
    return run->path ? leave_file(run, is_whole) : 0;
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
        return run->text.open ? output_write(&run->text, data, size) : 0;
    case CHANNEL_LOG:
        return output_write(&run->log_file, data, size);
    case CHANNEL_REJECTS:
        return output_write(&run->rejects, data, size);
    case CHANNEL_ATTRIBUTES:
        return output_write(&run->attributes, data, size);
    case CHANNEL_BEGIN:
        return begin_file(run, data);
    case CHANNEL_DOCUMENT:
        return count(run, data, size);
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
    if (begin_run(&run)) {
        const Plan plan = {.settings = settings,
                           .log = run.format,
                           .log_fd = run.log_file.fd,
                           .wants_text = true,
                           .jobs = settings->jobs,
                           .user = &run,
                           .write = on_message,
                           .turn = turn_of,
                           .progress = run.progress};
        ran = documents_run(&plan);
    }
    bool good = ran == RAN && (run.any || !run.begun) && !run.broken;
    decant_log_close(run.log);
    good = close_outputs(&run, good) && good;
    progress_close(run.progress);
    if (good) good = write_summary(&run);
    if (good) tell_hadoop(&run);
    totals_close(run.totals);
    free(run.path);
    free(run.name);
    return good ? run.status : EXIT_TROUBLE;
}
