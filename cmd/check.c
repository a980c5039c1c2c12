/* SPDX-License-Identifier: MIT
 * check.c - decant check PATH...: what would go, a line a finding, for people and for CI. */
#include "commands.h"

#include "documents.h"
#include "message.h"
#include "output.h"
#include <string.h>

typedef struct Checking {
    const Settings *settings;
    Output output;
    uint64_t files, findings, bytes, noise;
    bool trouble;
} Checking;

static void add_document(Checking *checking, const DocumentDone *done) {
    checking->findings += done->summary.runs;
    checking->bytes += done->summary.bytes;
    checking->noise += done->summary.dropped;
}

static void add_file(Checking *checking, const FileDone *done) {
    checking->files += done->fed != FED_NOT && done->fed != FED_STOPPED;
}

static int on_message(void *user, unsigned channel, const void *data, size_t size) {
    Checking *checking = user;
    FileDone file;
    DocumentDone document;
    if (channel == CHANNEL_LOG) return output_write(&checking->output, data, size);
    if (channel == CHANNEL_DOCUMENT) {
        memcpy(&document, data, sizeof document);
        add_document(checking, &document);
    }
    if (channel == CHANNEL_END) {
        memcpy(&file, data, sizeof file);
        add_file(checking, &file);
    }
    if (documents_watch(&checking->trouble, channel, data, size)) return -1;
    const bool is_pause = channel == CHANNEL_PAUSE || channel == CHANNEL_END;
    return is_pause ? output_flush(&checking->output) : 0;
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
    Plan plan = {.settings = settings,
                 .log = "text",
                 .jobs = settings->jobs,
                 .user = &checking,
                 .write = on_message};
    if (!output_open(&checking.output, NULL)) return EXIT_TROUBLE;
    plan.log_fd = checking.output.fd;
    const Ran ran = documents_run(&plan);
    checking.trouble |= ran != RAN;
    if (!output_close(&checking.output, true)) checking.trouble = true;
    else if (ran != RAN_NOT) write_summary(&checking);
    return verdict(&checking);
}
