/* SPDX-License-Identifier: MIT
 * check.c - decant check PATH...: what would go, a line a finding, for people and for CI. */
#include "commands.h"

#include "decant.h"
#include "log.h"
#include "message.h"
#include "output.h"
#include "paths.h"
#include "pipeline.h"
#include <stdint.h>

typedef struct Checking {
    const Settings *settings;
    Output output;
    decant_log *log; /* the sink of findings */
    decant *pipeline;
    uint64_t files, findings, bytes, noise;
    bool trouble, stopped;
} Checking;

static int on_dropped(void *user, const decant_dropped *dropped) {
    return log_failed(decant_log_dropped(((Checking *)user)->log, dropped));
}

static int on_note(void *user, const decant_note *note) {
    return log_failed(decant_log_note(((Checking *)user)->log, note));
}

static int on_summary(void *user, const decant_summary *summary) {
    Checking *checking = user;
    checking->findings += summary->runs;
    checking->bytes += summary->bytes;
    checking->noise += summary->dropped;
    return 0;
}

static void check_file(Checking *checking, const char *path) {
    Fed fed = FED_STOPPED;
    if (!log_failed(decant_log_start(checking->log, path)))
        fed = pipeline_feed(checking->pipeline, path);
    if (fed == FED || fed == FED_PARTLY) checking->files++;
    if (fed != FED) checking->trouble = true;
    checking->stopped = output_flush(&checking->output) || fed == FED_STOPPED;
}

static void check_files(Checking *checking, Paths *paths) {
    Found file;
    PathsResult result;
    while (!checking->stopped && (result = paths_next(paths, &file)) != PATHS_END) {
        if (result == PATHS_TROUBLE) checking->trouble = true;
        else check_file(checking, file.path);
    }
}

static void write_summary(const Checking *checking) {
    if (checking->settings->quiet) return;
    uint64_t share = checking->bytes ? checking->noise * 1000 / checking->bytes : 0;
    complain("%llu finding%s in %llu file%s: %llu of %llu bytes (%llu.%llu %%)",
             (unsigned long long)checking->findings, checking->findings == 1 ? "" : "s",
             (unsigned long long)checking->files, checking->files == 1 ? "" : "s",
             (unsigned long long)checking->noise, (unsigned long long)checking->bytes,
             (unsigned long long)share / 10, (unsigned long long)share % 10);
}

static int verdict(const Checking *checking) {
    uint64_t allowed = (uint64_t)checking->settings->max_noise;
    if (checking->trouble) return EXIT_TROUBLE;
    return checking->noise * 1000 > checking->bytes * allowed ? EXIT_NOISE : EXIT_FINE;
}

int check_run(const Settings *settings) {
    Checking checking = {.settings = settings};
    decant_sink sink = {
        .user = &checking, .dropped = on_dropped, .note = on_note, .summary = on_summary};
    if (output_open(&checking.output, NULL) &&
        log_open(&checking.log, settings, "text", &checking.output))
        checking.pipeline = pipeline_open(settings, &sink);
    Paths *paths = checking.pipeline ? paths_open(settings) : NULL;
    const bool ran = paths != NULL;
    checking.trouble = !ran;
    if (ran) check_files(&checking, paths);
    paths_close(paths);
    decant_close(checking.pipeline);
    decant_log_close(checking.log);
    if (!output_close(&checking.output, true)) checking.trouble = true;
    else if (ran) write_summary(&checking);
    return verdict(&checking);
}
