/* SPDX-License-Identifier: MIT
 * notes.h - what is to be said about a document as a whole. */
#ifndef OUTPUT_NOTES_H
#define OUTPUT_NOTES_H

#include "output/sweep.h"

/* Sends a note; `place` is NULL where it is about no place. */
decant_status note_send(const decant_sink *sink, decant_note_code code, const Locator *place,
                        const char *words);

/* The notes that only the finished document can tell: match limits, losses, no prose. */
decant_status notes_at_end(const decant_sink *sink, int max_loss, const Progress *progress);

#endif
