/* SPDX-License-Identifier: MIT
 * votes.h - what runs that were judged as a whole say of each block. */
#ifndef VERDICT_VOTES_H
#define VERDICT_VOTES_H

#include "verdict/runs.h"

typedef struct Votes Votes;

/* Opens the vote on a document's blocks, in its arena. NULL when memory is refused. */
Votes *votes_open(const Document *document);

/* Casts a judged run's vote; `row` is what it was judged by. Runs come in any order, but that of
 * those as good the first is the best. */
void votes_cast(Votes *votes, const Run *run, const int16_t *row);

/* The rows of all blocks, which live as long as the document, once all runs were cast: those are
 * told again. NULL when memory is refused. */
VoteRow *votes_count(const Votes *votes, const Run *runs, size_t count);

#endif
