/* SPDX-License-Identifier: MIT
 * crew.h - units of work done by several threads, their results written in the order of the units.
 *
 *     reader (the caller's thread) > units > workers > messages > writer
 *
 * What a worker makes of a unit are messages, each on a channel. They are written as if one worker
 * had done one unit after the other: those of the unit whose turn it is at once, those of others
 * when it comes. A worker that runs too far ahead waits for that, the reader waits where too many
 * units are under way: so memory is bounded whatever a unit makes, and one slow unit does not stop
 * the others at once. With one worker, or one unit in all, everything happens in the caller's
 * thread, by the same calls in the same order. */
#ifndef CMD_CREW_H
#define CMD_CREW_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Crew Crew;
typedef struct Tape Tape; /* the messages of a unit, in order */

/* Complaints (message.h) of reader and workers are messages on this channel, in their order; all
 * other channels are the caller's. */
enum { CHANNEL_COMPLAINT = 0 };

typedef struct CrewPlan {
    size_t workers; /* from 1 */
    void *user;
    /* What a worker works with, one for each; called in its thread. NULL after complaining. */
    void *(*hire)(void *user);
    void (*dismiss)(void *worker);
    /* Does a unit and frees it. */
    void (*work)(void *worker, void *unit, Tape *tape);
    /* Frees a unit that nobody will do. */
    void (*discard)(void *unit);
    /* Writes a message; non-zero stops the crew. From one thread at a time. */
    int (*write)(void *user, unsigned channel, const void *data, size_t size);
} CrewPlan;

/* Hires the first worker. NULL after complaining. */
Crew *crew_open(const CrewPlan *plan);

/* Hands a unit over, waiting where too many are under way. `weight`: the bytes it holds; `more`:
 * there will certainly be others. False, with the unit discarded, when there is no use in going on.
 */
bool crew_submit(Crew *crew, void *unit, size_t weight, bool more);

/* The reader's own tape: its messages come before those of the next unit. */
Tape *crew_tape(Crew *crew);

/* Waits until all is done and written: true, or false where it was stopped. */
bool crew_finish(Crew *crew);

/* NULL is fine. */
void crew_close(Crew *crew);

/* Appends a message: 0, or -1 when there is no use in going on. */
int tape_send(Tape *tape, unsigned channel, const void *data, size_t size);

#endif
