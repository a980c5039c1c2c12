/* SPDX-License-Identifier: MIT
 * votes.c - adds up runs by their probability. */
#include "verdict/votes.h"

#include "verdict/odds.h"

#include <string.h>

/* What is summed up of each block before it is told. */
typedef struct Ballot {
    int64_t change; /* of the sum of runs that hold it, from the block before */
    uint64_t begins, ends;
    int32_t best; /* run that holds it, but those that end the document */
    int32_t rest; /* best of those that begin here and end the document */
} Ballot;

/* Sums of probabilities as a feature: ten-thousandths. */
static int16_t as_votes(uint64_t sum) {
    return clamp16((int64_t)(sum * 10000 / ODDS_ONE));
}

static void cast(Ballot *ballots, size_t blocks, const Run *run) {
    const uint32_t odds = odds_probability(run->score);
    Ballot *first = &ballots[run->first];
    first->change += odds;
    ballots[run->end].change -= odds;
    first->begins += odds;
    ballots[run->end - 1].ends += odds;
    if (run->end == blocks) {
        first->rest = max_int(first->rest, run->score);
        return;
    }
    for (size_t i = run->first; i < run->end; i++)
        ballots[i].best = max_int(ballots[i].best, run->score);
}

/* The best run of the document, the best apart from it, and the expected number of runs. */
static void measure_document(const Run *runs, size_t count, int16_t *row) {
    const Run *best = NULL;
    int32_t next = ODDS_NONE;
    uint64_t all = 0;
    for (size_t i = 0; i < count; i++) {
        if (!best || runs[i].score > best->score) best = &runs[i];
        all += odds_probability(runs[i].score);
    }
    for (size_t i = 0; i < count; i++)
        if (runs[i].end <= best->first || runs[i].first >= best->end)
            next = max_int(next, runs[i].score);
    row[VOTE_DOC_BEST] = odds_feature(best ? best->score : ODDS_NONE);
    row[VOTE_DOC_NEXT] = odds_feature(next);
    row[VOTE_DOC_ALL] = as_votes(all);
}

static void tell(const Ballot *ballots, size_t blocks, int16_t (*votes)[VOTE_COUNT]) {
    int64_t held = 0;
    int32_t rest = ODDS_NONE;
    for (size_t i = 0; i < blocks; i++) {
        const Ballot *ballot = &ballots[i];
        int16_t *row = votes[i];
        held += ballot->change;
        rest = max_int(rest, ballot->rest);
        row[VOTE_HELD] = as_votes((uint64_t)held);
        row[VOTE_BEST] = odds_feature(max_int(ballot->best, rest));
        row[VOTE_BEGINS] = as_votes(ballot->begins);
        row[VOTE_ENDS] = as_votes(ballot->ends);
        row[VOTE_BEHIND] = clamp16((int64_t)row[VOTE_BEST] - row[VOTE_DOC_BEST]);
    }
}

decant_status votes_count(const Document *document, const Run *runs, size_t count,
                          int16_t (**ret_votes)[VOTE_COUNT]) {
    Arena *arena = document->arena;
    const size_t blocks = document->block_count;
    Ballot *ballots = arena_array(arena, blocks + 1, sizeof *ballots);
    int16_t(*votes)[VOTE_COUNT] = arena_take(arena, blocks, sizeof *votes);
    if (!ballots || !votes) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < blocks; i++) ballots[i].best = ballots[i].rest = ODDS_NONE;
    for (size_t i = 0; i < count; i++) cast(ballots, blocks, &runs[i]);
    int16_t whole[VOTE_COUNT] = {0};
    measure_document(runs, count, whole);
    for (size_t i = 0; i < blocks; i++) memcpy(votes[i], whole, sizeof whole);
    tell(ballots, blocks, votes);
    *ret_votes = votes;
    return DECANT_OK;
}
