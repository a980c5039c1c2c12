/* SPDX-License-Identifier: MIT
 * documents.h - a run over all documents of the settings: the reader (supply.h), the workers
 * (desk.h) and a command that is told, in order, what became of each (channel.h). */
#ifndef CMD_DOCUMENTS_H
#define CMD_DOCUMENTS_H

#include "channel.h"
#include "options.h"
#include "paths.h"
#include "progress.h"

/* What is to become of a file that was found. */
typedef enum Turn { TURN_READ, TURN_SKIP, TURN_STOP } Turn;

typedef struct Plan {
    const Settings *settings;
    const char *log; /* the format of the log on CHANNEL_LOG; NULL for none */
    int log_fd;      /* where it goes in the end: for colours and width */
    bool wants_text; /* on CHANNEL_TEXT */
    bool wants_imprints;
    size_t jobs; /* 0: as many as there are cores */
    void *user;  /* of the calls below */
    int (*write)(void *user, unsigned channel, const void *data, size_t size);
    /* Asked by the reader of each file in turn; or NULL: all are read. */
    Turn (*turn)(void *user, const Found *found);
    Progress *progress; /* that is told of bytes read; or NULL */
    /* With one job: called for each document, and each block or whatever else of it, each
     * element of a page; or NULL. */
    int (*begin)(void *user, const char *name);
    int (*block)(void *user, const decant_block *block);
    int (*element)(void *user, const decant_element *element);
} Plan;

typedef enum Ran {
    RAN,         /* to its end */
    RAN_NOT,     /* complained: it could not begin */
    RAN_STOPPED, /* it broke off, since writing failed or there was no memory */
} Ran;

Ran documents_run(const Plan *plan);

/* What a command does with the messages that it has no other use for: complaints are written, and
 * *trouble is set where a document was rejected or a file did not go through. Fit to be returned
 * from the write of a plan. */
int documents_watch(bool *trouble, unsigned channel, const void *data, size_t size);

#endif
