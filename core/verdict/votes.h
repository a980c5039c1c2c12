/* SPDX-License-Identifier: MIT
 * votes.h - what runs that were judged as a whole say of each block. */
#ifndef VERDICT_VOTES_H
#define VERDICT_VOTES_H

#include "verdict/features.h"

/* Counts VOTE_COUNT measures of every block, in the document's arena. */
decant_status votes_count(const Document *document, const Run *runs, size_t count,
                          int16_t (**ret_votes)[VOTE_COUNT]);

#endif
