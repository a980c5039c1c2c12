/* SPDX-License-Identifier: MIT
 * odds.h - scores, log-odds in 1024ths of a unit, as probabilities and as features. */
#ifndef VERDICT_ODDS_H
#define VERDICT_ODDS_H

#include "base/bytes.h"

enum {
    ODDS_ONE = 1 << 16,    /* the probability of what is certain */
    ODDS_NONE = -10 * 1024 /* the score of a block or a run that is not there */
};

/* A score as a feature: 256 a unit. */
static inline int16_t odds_feature(int64_t score) {
    return clamp16(score / 4);
}

/* The probability that a score stands for, of ODDS_ONE: 1 / (1 + e^-x), where e^x is 2^(x log2 e),
 * and 2^x is read off a table of eighths, linear between. */
static inline uint32_t odds_probability(int32_t score) {
    static const uint32_t powers[] = {65536,  71468,  77936,  84990, 92682,
                                      101070, 110218, 120194, 131072};
    enum { MOST = 15 * 1024, LOG2_E = 1477 /* 1.4427 times 1024 */ };
    const uint32_t size = (uint32_t)min_int(score < 0 ? -max_int(score, -MOST) : score, MOST);
    const uint32_t power = size * LOG2_E / 1024; /* of 2, times 1024 */
    const uint32_t step = power % 1024 / 128, rest = power % 128;
    const uint64_t eighth = powers[step] + (uint64_t)(powers[step + 1] - powers[step]) * rest / 128;
    const uint64_t odds = eighth << power / 1024; /* times ODDS_ONE */
    const uint32_t larger = (uint32_t)(odds * ODDS_ONE / (odds + ODDS_ONE));
    return score < 0 ? ODDS_ONE - larger : larger;
}

#endif
