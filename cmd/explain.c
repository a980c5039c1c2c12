/* SPDX-License-Identifier: MIT
 * explain.c - decant explain [FILE...]: every piece of a document, its verdict, and why. */
#include "commands.h"

#include "documents.h"
#include "message.h"
#include "output.h"

typedef struct Explaining {
    Output output;
    bool trouble;
} Explaining;

static int on_message(void *user, unsigned channel, const void *data, size_t size) {
    Explaining *explaining = user;
    if (channel == CHANNEL_LOG) return output_write(&explaining->output, data, size);
    if (documents_watch(&explaining->trouble, channel, data, size)) return -1;
    const bool is_pause = channel == CHANNEL_PAUSE || channel == CHANNEL_END;
    return is_pause ? output_flush(&explaining->output) : 0;
}

int explain_run(const Settings *settings) {
    Explaining explaining = {0};
    Plan plan = {.settings = settings,
                 .log = "explain",
                 .jobs = settings->jobs,
                 .user = &explaining,
                 .write = on_message};
    if (!output_open(&explaining.output, NULL)) return EXIT_TROUBLE;
    plan.log_fd = explaining.output.fd;
    const bool good = documents_run(&plan) == RAN && !explaining.trouble;
    return output_close(&explaining.output, true) && good ? EXIT_FINE : EXIT_TROUBLE;
}
