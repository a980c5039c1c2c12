/* SPDX-License-Identifier: MIT
 * check.c - decant check PATH...: what would go, a line a finding, for people and for CI. */
#include "commands.h"

#include "decant.h"
#include "log.h"
#include "message.h"
#include "output.h"
#include "pipeline.h"
#include <errno.h>
#include <fts.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static int by_name(const FTSENT **one, const FTSENT **other) {
    return strcmp((*one)->fts_name, (*other)->fts_name);
}

/* Checks a folder's regular files in the order of their names. Hidden files and folders are passed
 * over, and links are not followed: so there are no loops. */
static void check_folder(Checking *checking, const char *path) {
    char *roots[] = {(char *)(uintptr_t)path, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    FTSENT *entry = NULL;
    errno = 0;
    while (tree && !checking->stopped && (entry = fts_read(tree))) {
        bool hidden = entry->fts_level > 0 && entry->fts_name[0] == '.';
        if (hidden && entry->fts_info == FTS_D) fts_set(tree, entry, FTS_SKIP);
        if (entry->fts_info == FTS_F && !hidden && S_ISREG(entry->fts_statp->st_mode))
            check_file(checking, entry->fts_path);
        if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR || entry->fts_info == FTS_NS) {
            complain("%s: %s", entry->fts_path, strerror(entry->fts_errno));
            checking->trouble = true;
        }
        errno = 0;
    }
    if (!entry && errno) {
        complain("%s: %s", path, strerror(errno));
        checking->trouble = true;
    }
    if (tree) fts_close(tree);
}

static void check_path(Checking *checking, const char *path) {
    struct stat status;
    if (strcmp(path, "-") && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        check_folder(checking, path);
    else check_file(checking, path);
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
    checking.trouble = !checking.pipeline;
    for (size_t i = 0; checking.pipeline && !checking.stopped && i < settings->operands.count; i++)
        check_path(&checking, settings->operands.items[i]);
    bool ran = checking.pipeline != NULL;
    decant_close(checking.pipeline);
    decant_log_close(checking.log);
    if (!output_close(&checking.output, true)) checking.trouble = true;
    else if (ran) write_summary(&checking);
    return verdict(&checking);
}
