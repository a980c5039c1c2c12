/* SPDX-License-Identifier: MIT
 * votes.c - adds up runs by their probability. */
#include "verdict/votes.h"

#include "verdict/odds.h"

#include <string.h>

/* The best of some runs. */
typedef struct Best {
    Run run; /* scored ODDS_NONE: there is none */
    int16_t told[BEST_TOLD];
} Best;

/* What is summed up of each block before it is told. */
typedef struct Ballot {
    int64_t change; /* of the sum of runs that hold it, from the block before */
    uint64_t begins, ends;
    Best best; /* of those that hold it, but those that end the document */
    Best rest; /* of those that begin here and end the document */
} Ballot;

struct Votes {
    Arena *arena;
    size_t blocks;
    Ballot *ballots; /* blocks + 1 */
};

Votes *votes_open(const Document *document) {
    Arena *arena = document->arena;
    Votes *votes = arena_array(arena, 1, sizeof *votes);
    if (!votes) return NULL;
    votes->arena = arena;
    votes->blocks = document->block_count;
    votes->ballots = arena_array(arena, votes->blocks + 1, sizeof *votes->ballots);
    if (!votes->ballots) return NULL;
    for (size_t i = 0; i < votes->blocks; i++)
        votes->ballots[i].best.run.score = votes->ballots[i].rest.run.score = ODDS_NONE;
    return votes;
}

/* Sums of probabilities as a feature: ten-thousandths. */
static int16_t as_votes(uint64_t sum) {
    return clamp16((int64_t)(sum * 10000 / ODDS_ONE));
}

/* What of a run's row its blocks are told. */
static Best best_of(const Run *run, const int16_t *row) {
    static const uint8_t columns[BEST_TOLD] = {
#define X(of, id) [BEST_##of - BEST_OF_ROW] = id
        X(WORDS, RUN_WORDS),
        X(SHARE, RUN_SHARE),
        X(REST, RUN_REST),
        X(GAIN, RUN_GAIN),
        X(FIRST_WORDS, RUN_FIRST_WORDS),
        X(LAST_WORDS, RUN_LAST_WORDS),
        X(BACK, RUN_BACK),
        X(SELVES, RUN_SELVES),
        X(DASHES, RUN_DASHES),
        X(OPENS, RUN_OPENS),
        X(TOKENS, RUN_TOKENS),
        X(ALIKE, RUN_TOPICS + TOPIC_ALIKE),
        X(EXPLAINS, RUN_TOPICS + TOPIC_EXPLAINS),
        X(EXPLAINS_WORD, RUN_TOPICS + TOPIC_EXPLAINS_WORD),
        X(EXPLAINS_LESS, RUN_TOPICS + TOPIC_EXPLAINS_LESS),
        X(EXPLAINS_SHARE, RUN_TOPICS + TOPIC_EXPLAINS_SHARE),
        X(CUT_BEFORE, RUN_TOPICS + TOPIC_CUT_BEFORE),
        X(CUT_AFTER, RUN_TOPICS + TOPIC_CUT_AFTER)
#undef X
    };
    Best best = {.run = *run};
    for (int i = 0; i < BEST_TOLD; i++) best.told[i] = row[columns[i]];
    return best;
}

static void take_better(Best *best, const Best *other) {
    if (other->run.score > best->run.score) *best = *other;
}

void votes_cast(Votes *votes, const Run *run, const int16_t *row) {
    const uint32_t odds = odds_probability(run->score);
    const Best own = best_of(run, row);
    Ballot *ballots = votes->ballots, *first = &ballots[run->first];
    first->change += odds;
    ballots[run->end].change -= odds;
    first->begins += odds;
    ballots[run->end - 1].ends += odds;
    if (run->end == votes->blocks) {
        take_better(&first->rest, &own);
        return;
    }
    for (size_t i = run->first; i < run->end; i++) take_better(&ballots[i].best, &own);
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

static void tell_best(const Best *best, size_t block, int16_t *row) {
    if (best->run.score == ODDS_NONE) {
        for (int i = 0; i < BEST_COUNT; i++) row[i] = COLUMNS_MISSING;
        return;
    }
    row[BEST_BEFORE] = clamp16((int64_t)block - best->run.first);
    row[BEST_AFTER] = clamp16((int64_t)best->run.end - 1 - (int64_t)block);
    memcpy(row + BEST_OF_ROW, best->told, sizeof best->told);
}

VoteRow *votes_count(const Votes *votes, const Run *runs, size_t count) {
    VoteRow *rows = arena_take(votes->arena, votes->blocks, sizeof *rows);
    int16_t whole[VOTE_COUNT] = {0};
    int64_t held = 0;
    const Best *rest = &votes->ballots[0].rest;
    if (!rows) return NULL;
    measure_document(runs, count, whole);
    for (size_t i = 0; i < votes->blocks; i++) {
        const Ballot *ballot = &votes->ballots[i];
        int16_t *row = rows[i];
        held += ballot->change;
        if (ballot->rest.run.score > rest->run.score) rest = &ballot->rest;
        const Best *best = rest->run.score > ballot->best.run.score ? rest : &ballot->best;
        memcpy(row, whole, sizeof whole);
        row[VOTE_HELD] = as_votes((uint64_t)held);
        row[VOTE_BEST] = odds_feature(best->run.score);
        row[VOTE_BEGINS] = as_votes(ballot->begins);
        row[VOTE_ENDS] = as_votes(ballot->ends);
        row[VOTE_BEHIND] = clamp16((int64_t)row[VOTE_BEST] - row[VOTE_DOC_BEST]);
        tell_best(best, i, row + VOTE_COUNT);
    }
    return rows;
}
