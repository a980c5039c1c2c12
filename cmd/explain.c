/* SPDX-License-Identifier: MIT
 * explain.c - decant explain [FILE...]: every piece of a document, its verdict, and why. */
#include "commands.h"

#include "decant.h"
#include "log.h"
#include "message.h"
#include "output.h"
#include "paths.h"
#include "pipeline.h"

typedef struct Explaining {
    Output output;
    decant_log *log;
    decant *pipeline;
    int status;
} Explaining;

static int on_judged(void *user, const decant_judged *judged) {
    return log_failed(decant_log_judged(((Explaining *)user)->log, judged));
}

static int on_note(void *user, const decant_note *note) {
    return log_failed(decant_log_note(((Explaining *)user)->log, note));
}

static int on_summary(void *user, const decant_summary *summary) {
    return log_failed(decant_log_summary(((Explaining *)user)->log, summary));
}

/* False when there is no use in going on. */
static bool explain_file(Explaining *explaining, const char *path) {
    Fed fed = FED_STOPPED;
    if (!log_failed(decant_log_start(explaining->log, path)))
        fed = pipeline_feed(explaining->pipeline, path);
    if (fed != FED) explaining->status = EXIT_TROUBLE;
    return output_flush(&explaining->output) == 0 && fed != FED_STOPPED;
}

static void explain_files(Explaining *explaining, Paths *paths) {
    Found file;
    PathsResult result;
    while ((result = paths_next(paths, &file)) != PATHS_END) {
        if (result == PATHS_TROUBLE) explaining->status = EXIT_TROUBLE;
        else if (!explain_file(explaining, file.path)) break;
    }
}

int explain_run(const Settings *settings) {
    Explaining explaining = {.status = EXIT_TROUBLE};
    const decant_sink sink = {
        .user = &explaining, .judged = on_judged, .note = on_note, .summary = on_summary};
    if (output_open(&explaining.output, NULL) &&
        log_open(&explaining.log, settings, "explain", &explaining.output))
        explaining.pipeline = pipeline_open(settings, &sink);
    Paths *paths = explaining.pipeline ? paths_open(settings) : NULL;
    if (paths) {
        explaining.status = EXIT_FINE;
        explain_files(&explaining, paths);
    }
    paths_close(paths);
    decant_close(explaining.pipeline);
    decant_log_close(explaining.log);
    return output_close(&explaining.output, true) ? explaining.status : EXIT_TROUBLE;
}
