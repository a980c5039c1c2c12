/* SPDX-License-Identifier: MIT
 * filter.c - decant [FILE...]: clean text to one place, the log to another. */
#include "commands.h"

#include "decant.h"
#include "log.h"
#include "message.h"
#include "output.h"
#include "paths.h"
#include "pipeline.h"
#include "record.h"
#include <unistd.h>

typedef struct Run {
    const Settings *settings;
    Output text, log_file;
    decant_log *log; /* NULL where none is wanted */
    decant *pipeline;
    Record *record; /* of the document at hand, where records are printed */
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
    return !record_fact(((Run *)user)->record, fact);
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    return log_failed(decant_log_dropped(((Run *)user)->log, dropped));
}

static int on_note(void *user, const decant_note *note) {
    return log_failed(decant_log_note(((Run *)user)->log, note));
}

static int on_summary(void *user, const decant_summary *summary) {
    return log_failed(decant_log_summary(((Run *)user)->log, summary));
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

/* Opens what is written to; complains when it cannot. */
static bool open_outputs(Run *run) {
    const Settings *settings = run->settings;
    if (!output_open(&run->text, settings->output)) return false;
    if (settings->list_rules || (settings->quiet && !settings->log)) return true;
    bool good = settings->log ? output_open(&run->log_file, settings->log)
                              : output_attach(&run->log_file, STDERR_FILENO, "standard error");
    if (good && settings->log && output_same(&run->text, &run->log_file)) {
        complain("text and log would both go to %s (name another with --output or --log)",
                 run->log_file.name);
        good = false;
    }
    return good && log_open(&run->log, settings, settings->log ? "jsonl" : "text", &run->log_file);
}

static bool flush(Run *run) {
    return (!run->log || output_flush(&run->log_file) == 0) && output_flush(&run->text) == 0;
}

/* One document. False when there is no use in going on. */
static bool run_file(Run *run, const char *path) {
    bool begun = !run->log || !log_failed(decant_log_start(run->log, path));
    const bool is_record = run->settings->format == FORMAT_JSON;
    if (begun && is_record) begun = (run->record = record_open(path)) != NULL;
    Fed fed = begun ? pipeline_feed(run->pipeline, path) : FED_STOPPED;
    if (fed == FED && is_record && record_write(run->record, &run->text)) fed = FED_STOPPED;
    record_close(run->record);
    run->record = NULL;
    if (fed == FED) run->any = true;
    else run->status = EXIT_TROUBLE;
    if (fed == FED_PARTLY || fed == FED_STOPPED) run->broken = true;
    return flush(run) && fed != FED_STOPPED;
}

static void run_files(Run *run) {
    Paths *paths = paths_open(run->settings);
    Found file;
    PathsResult result = PATHS_END;
    bool going = paths != NULL, found = !going;
    while (going && (result = paths_next(paths, &file)) != PATHS_END) {
        found = true;
        if (result == PATHS_TROUBLE) run->status = EXIT_TROUBLE;
        else going = run_file(run, file.path);
    }
    if (!found) run->any = true;
    paths_close(paths);
}

int filter_run(const Settings *settings) {
    Run run = {.settings = settings, .status = EXIT_TROUBLE};
    if (open_outputs(&run)) {
        decant_sink sink = {.user = &run, .kept = on_kept};
        if (settings->format == FORMAT_JSON) {
            sink.kept = on_record_text;
            sink.fact = on_fact;
        }
        if (run.log) {
            sink.dropped = on_dropped;
            sink.note = on_note;
            sink.summary = on_summary;
        }
        run.pipeline = pipeline_open(settings, &sink);
    }
    if (run.pipeline) {
        run.status = EXIT_FINE;
        if (settings->list_rules) run.status = list_rules(&run);
        else run_files(&run);
    }
    bool good = (run.any || settings->list_rules) && !run.broken && flush(&run);
    decant_close(run.pipeline);
    decant_log_close(run.log);
    good = output_close(&run.text, good) && good;
    good = output_close(&run.log_file, good) && good;
    return good ? run.status : EXIT_TROUBLE;
}
