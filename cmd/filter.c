/* SPDX-License-Identifier: MIT
 * filter.c - decant [FILE...]: clean text to one place, the log to another. */
#include "commands.h"

#include "decant.h"
#include "log.h"
#include "message.h"
#include "mirror.h"
#include "output.h"
#include "paths.h"
#include "pipeline.h"
#include "progress.h"
#include "record.h"
#include "totals.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Run {
    const Settings *settings;
    Totals *totals;
    Progress *progress;
    Mirror *mirror; /* NULL where all text goes to one place */
    Output text, log_file;
    decant_log *log; /* NULL where none is wanted */
    decant *pipeline;
    Record *record; /* of the document at hand, where records are printed */
    char *url;      /* that the document at hand tells of itself */
    bool any;       /* a document went through, or there was none to begin with */
    bool broken;    /* one broke off: what was written is not whole */
    int status;
} Run;

static int on_kept(void *user, const decant_kept *kept) {
    return output_write(&((Run *)user)->text, kept->text, kept->size);
}

static int on_record_text(void *user, const decant_kept *kept) {
    return !record_text(((Run *)user)->record, kept);
}

static int on_fact(void *user, const decant_fact *fact) {
    Run *run = user;
    if (!strcmp(fact->name, "url")) {
        free(run->url);
        run->url = strndup(fact->value, fact->size);
    }
    return run->record && !record_fact(run->record, fact);
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    return log_failed(decant_log_dropped(((Run *)user)->log, dropped));
}

static int on_note(void *user, const decant_note *note) {
    return log_failed(decant_log_note(((Run *)user)->log, note));
}

static int on_summary(void *user, const decant_summary *summary) {
    Run *run = user;
    const char *url = run->url ? run->url : run->settings->url;
    progress_document(run->progress, summary->bytes, summary->dropped);
    return !totals_add(run->totals, summary, url) ||
           (run->log && log_failed(decant_log_summary(run->log, summary)));
}

static int write_rule(void *user, const decant_rule *rule) {
    return output_text(user, rule->id) || output_text(user, "\t") ||
           output_text(user, rule->kind) || output_text(user, "\t") ||
           output_text(user, rule->language) || output_text(user, "\n");
}

static int list_rules(Run *run) {
    decant_status status = decant_rules(run->pipeline, write_rule, &run->text);
    if (status && status != DECANT_STOPPED) complain("%s", decant_error(run->pipeline));
    return status ? EXIT_TROUBLE : EXIT_FINE;
}

static bool options_fit(const Settings *settings) {
    if (settings->output_dir && settings->output)
        complain("--output and --output-dir do not go together");
    else if (settings->resume && !settings->output_dir) complain("--resume needs --output-dir");
    else return true;
    return false;
}

static bool open_log(Run *run) {
    const Settings *settings = run->settings;
    if (settings->list_rules || (settings->quiet && !settings->log)) return true;
    bool good = !settings->log ? output_attach(&run->log_file, STDERR_FILENO, "standard error")
                : run->mirror  ? mirror_output(run->mirror, &run->log_file, settings->log)
                               : output_open(&run->log_file, settings->log);
    if (good && settings->log && run->text.open && output_same(&run->text, &run->log_file)) {
        complain("text and log would both go to %s (name another with --output or --log)",
                 run->log_file.name);
        good = false;
    }
    return good && log_open(&run->log, settings, settings->log ? "jsonl" : "text", &run->log_file);
}

/* Opens what is written to; complains when it cannot. */
static bool open_outputs(Run *run) {
    const Settings *settings = run->settings;
    run->totals = totals_open();
    run->progress = run->totals ? progress_open(settings) : NULL;
    if (!run->progress || !options_fit(settings)) return false;
    if (settings->output_dir) {
        run->mirror = mirror_open(settings, run->totals);
        return run->mirror && open_log(run) && mirror_ready(run->mirror);
    }
    return output_open(&run->text, settings->output) && open_log(run);
}

static bool flush(Run *run) {
    return (!run->log || output_flush(&run->log_file) == 0) &&
           (!run->text.open || output_flush(&run->text) == 0);
}

/* One document. */
static Fed feed_file(Run *run, const char *path) {
    bool begun = !run->log || !log_failed(decant_log_start(run->log, path));
    const bool is_record = run->settings->format == FORMAT_JSON;
    if (begun && is_record) begun = (run->record = record_open(path)) != NULL;
    Fed fed = begun ? pipeline_feed(run->pipeline, path) : FED_STOPPED;
    if (fed == FED && is_record && record_write(run->record, &run->text)) fed = FED_STOPPED;
    record_close(run->record);
    run->record = NULL;
    free(run->url);
    run->url = NULL;
    return fed;
}

/* False when there is no use in going on. */
static bool run_file(Run *run, const Found *found) {
    if (run->mirror) {
        MirrorPast past = mirror_past(run->mirror, found);
        if (past == MIRROR_DONE) run->any = true;
        if (past == MIRROR_OTHER) run->broken = true;
        if (past != MIRROR_NEW) return past == MIRROR_DONE;
    }
    const bool begun = !run->mirror || mirror_begin(run->mirror, found, &run->text);
    Fed fed = begun ? feed_file(run, found->path) : FED_NOT;
    if (fed == FED) run->any = true;
    else run->status = EXIT_TROUBLE;
    if (fed == FED_STOPPED || (fed == FED_PARTLY && !run->mirror)) run->broken = true;
    if (!flush(run) || fed == FED_STOPPED) return false;
    if (!run->mirror) return true;
    if (fed != FED) mirror_note_trouble(run->mirror);
    if (mirror_end(run->mirror, found, &run->text, fed == FED)) return true;
    run->broken = true;
    return false;
}

static void run_files(Run *run) {
    Paths *paths = paths_open(run->settings);
    Found file;
    PathsResult result = PATHS_END;
    bool going = paths != NULL, found = !going;
    while (going && (result = paths_next(paths, &file)) != PATHS_END) {
        found = true;
        if (result == PATHS_TROUBLE) run->status = EXIT_TROUBLE;
        else going = run_file(run, &file);
    }
    if (!found) run->any = true;
    paths_close(paths);
}

static bool write_summary(const Run *run) {
    Output output = {0};
    const char *path = run->settings->summary;
    if (!path) return true;
    /* A run that is killed here is gone on with: it finds its own beginnings. */
    bool good =
        (run->settings->output_dir ? output_go_on(&output, path, 0) : output_open(&output, path)) &&
        totals_write(run->totals, &output) == 0;
    return output_close(&output, good) && good;
}

static void tell_hadoop(const Run *run) {
    const Counts *all = totals_all(run->totals);
    if (!run->settings->hadoop_counters) return;
    dprintf(STDERR_FILENO,
            "reporter:counter:decant,documents,%" PRIu64
            "\nreporter:counter:decant,rejected,%" PRIu64 "\nreporter:counter:decant,bytes,%" PRIu64
            "\nreporter:counter:decant,kept,%" PRIu64 "\nreporter:counter:decant,dropped,%" PRIu64
            "\n",
            all->documents, all->rejected, all->bytes, all->kept, all->dropped);
}

static void run_pipeline(Run *run) {
    const bool records = run->settings->format == FORMAT_JSON;
    decant_sink sink = {
        .user = run, .kept = records ? on_record_text : on_kept, .summary = on_summary};
    if (records || run->settings->summary) sink.fact = on_fact;
    if (run->log) {
        sink.dropped = on_dropped;
        sink.note = on_note;
    }
    run->pipeline = pipeline_open(run->settings, &sink);
    if (!run->pipeline) return;
    run->status = run->mirror && mirror_had_trouble(run->mirror) ? EXIT_TROUBLE : EXIT_FINE;
    if (run->settings->list_rules) run->status = list_rules(run);
    else run_files(run);
}

int filter_run(const Settings *settings) {
    Run run = {.settings = settings, .status = EXIT_TROUBLE};
    if (open_outputs(&run)) run_pipeline(&run);
    bool good = (run.any || settings->list_rules) && !run.broken && flush(&run);
    decant_close(run.pipeline);
    decant_log_close(run.log);
    good = mirror_close(run.mirror, good) && good;
    good = output_close(&run.text, good) && good;
    good = output_close(&run.log_file, good) && good;
    progress_close(run.progress);
    if (good) good = write_summary(&run);
    if (good) tell_hadoop(&run);
    totals_close(run.totals);
    return good ? run.status : EXIT_TROUBLE;
}
