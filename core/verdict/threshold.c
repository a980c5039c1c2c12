/* SPDX-License-Identifier: MIT
 * threshold.c - finds the threshold of best promise among steps of an eighth of log-odds. */
#include "verdict/threshold.h"

int32_t threshold_find(const Document *document, const Confidence *confidence,
                       const int32_t *scores, uint64_t *ret_promise) {
    enum { STEP = 128, REACH = 8 * 1024, BINS = 2 * REACH / STEP };
    uint64_t words[BINS] = {0}, good[BINS] = {0}, all = 0, kept = 0, sure = 0;
    int32_t threshold = -REACH;
    for (size_t i = 0; i < document->block_count; i++) {
        const int32_t score = max_int(-REACH, min_int(scores[i], REACH - 1));
        const uint64_t weight = document->blocks[i].shape.words * 3u + 1; /* no word counts a bit */
        const size_t bytes = document->blocks[i].text.len;
        const int belongs = 1000 - model_confidence(confidence, score, bytes);
        words[(score + REACH) / STEP] += weight;
        good[(score + REACH) / STEP] += weight * (uint64_t)belongs;
    }
    for (int i = 0; i < BINS; i++) all += good[i];
    *ret_promise = 0;
    for (int i = 0; i < BINS; i++) {
        kept += words[i] * 1000;
        sure += good[i];
        const uint64_t promise = kept + all ? sure * 1000000 / (kept + all) : 0;
        if (promise <= *ret_promise) continue;
        *ret_promise = promise;
        threshold = (i + 1) * STEP - REACH - 1;
    }
    return threshold;
}
