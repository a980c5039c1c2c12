/* SPDX-License-Identifier: MIT
 * explain.c - decant explain [FILE...]: every piece of a document, its verdict, and why. */
#include "commands.h"

#include "documents.h"
#include "message.h"
#include "output.h"
#include <string.h>

typedef struct Explaining {
    Output output;
    bool trouble;
} Explaining;

static int on_message(void *user, unsigned channel, const void *data, size_t size) {
    Explaining *explaining = user;
    FileDone file;
    DocumentDone document;
    switch (channel) {
    case CHANNEL_COMPLAINT:
        complaint_write(data, size);
        return 0;
    case CHANNEL_LOG:
        return output_write(&explaining->output, data, size);
    case CHANNEL_DOCUMENT:
        memcpy(&document, data, sizeof document);
        explaining->trouble |= document.fate == FATE_REJECTED;
        return 0;
    case CHANNEL_PAUSE:
        return output_flush(&explaining->output);
    case CHANNEL_END:
        memcpy(&file, data, sizeof file);
        explaining->trouble |= file.fed != FED;
        return file.fed == FED_STOPPED ? -1 : output_flush(&explaining->output);
    default:
        return 0;
    }
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
