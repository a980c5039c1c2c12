/* SPDX-License-Identifier: MIT
 * progress.h - how far a run is: a line on a terminal, or whenever the process gets SIGUSR1. */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include "options.h"
#include <stdint.h>

typedef struct Progress Progress;

/* Begins to watch; before other threads are begun, so that none of them gets the signal. NULL after
 * complaining. */
Progress *progress_open(const Settings *settings);

/* Tells how many bytes will be read in all, where that is known. */
void progress_expect(Progress *progress, uint64_t bytes);

/* Tells of bytes that were read, and of a document that is done. From any thread. */
void progress_read(Progress *progress, uint64_t bytes);
void progress_document(Progress *progress, uint64_t bytes, uint64_t dropped);

/* Ends it; the line that stands on a terminal gets its last word. NULL is fine. */
void progress_close(Progress *progress);

#endif
