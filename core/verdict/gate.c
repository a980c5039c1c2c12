/* SPDX-License-Identifier: MIT
 * gate.c - measures a document for the gate. */
#include "verdict/gate.h"

#include "verdict/odds.h"

#include <string.h>

_Static_assert((int)GATE_MEAN - (int)GATE_HELD == VOTE_COUNT, "votes, as votes.c tells them");
_Static_assert((int)GATE_TOP1 - (int)GATE_MEAN == PASS_COUNT - PASS_DOC_MEAN, "what a pass says");

static const char *const names[] = {
#define X(id, name) "gate." name,
    GATE_MEASURES(X)
#undef X
};

const char *gate_column_name(size_t column) {
    if (column < GATE_OWN) return run_column_name(column);
    return column < GATE_WIDTH ? names[column - GATE_OWN] : NULL;
}

static void copy_run(const Features *features, const int16_t *run_row, int16_t *row) {
    if (run_row) {
        memcpy(row, run_row, RUN_WIDTH * sizeof *row);
        return;
    }
    for (size_t i = 0; i < RUN_WHOLE; i++) row[i] = COLUMNS_MISSING;
    memcpy(row + RUN_WHOLE, features_whole(features), WHOLE_COUNT * sizeof *row);
}

/* The highest scores, how many blocks look foreign, and the share expected to be. */
static void measure_last(const Document *document, const int32_t *scores, int16_t *own) {
    enum { TOP = GATE_TOP4 - GATE_TOP1 + 1 };
    int32_t top[TOP] = {ODDS_NONE, ODDS_NONE, ODDS_NONE, ODDS_NONE};
    uint64_t expected = 0, weight = 0, blocks = 0, words = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        const uint64_t size = document->blocks[i].shape.words + 1u;
        int32_t score = scores[i];
        expected += size * odds_probability(score);
        weight += size;
        if (score > 0) blocks++, words += size;
        for (int k = 0; k < TOP; k++) {
            const int32_t lower = min_int(score, top[k]);
            top[k] = max_int(score, top[k]);
            score = lower;
        }
    }
    for (int k = 0; k < TOP; k++) own[GATE_TOP1 + k] = odds_feature(top[k]);
    own[GATE_EXPECTED] = clamp16((int64_t)(weight ? expected * 1000 / weight / ODDS_ONE : 0));
    own[GATE_BLOCKS] = clamp16((int64_t)blocks);
    own[GATE_WORDS] = clamp16((int64_t)words);
}

static size_t most_foreign(const Document *document, const int32_t *scores) {
    size_t best = 0;
    for (size_t i = 1; i < document->block_count; i++)
        if (scores[i] > scores[best]) best = i;
    return best;
}

void gate_measure(const Document *document, const Features *features, const int16_t *run_row,
                  const int32_t *scores, int32_t whole, int16_t row[GATE_WIDTH]) {
    int16_t *own = row + GATE_OWN;
    copy_run(features, run_row, row);
    memcpy(own + GATE_HELD, features_votes(features, most_foreign(document, scores)),
           VOTE_COUNT * sizeof *own);
    memcpy(own + GATE_MEAN, features_said(features), (GATE_TOP1 - GATE_MEAN) * sizeof *own);
    measure_last(document, scores, own);
    own[GATE_NET] = odds_feature(whole);
}
