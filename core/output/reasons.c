/* SPDX-License-Identifier: MIT
 * reasons.c - reasons from a verdict's features and weights. */
#include "output/reasons.h"

size_t reasons_give(const Wording *wording, const Verdict *verdict,
                    decant_reason reasons[DECANT_REASONS], ReasonWords words) {
    size_t count = 0;
    for (; count < DECANT_REASONS; count++) {
        const int32_t weight = verdict->reasons[count].weight;
        const size_t feature = verdict->reasons[count].evidence;
        if (verdict->drop ? weight <= 0 : weight >= 0) break;
        wording->words(feature, verdict->reasons[count].value, words[count], REASON_WORDS);
        reasons[count] = (decant_reason){.evidence = wording->name(feature),
                                         .weight = (int)((int64_t)weight * 1000 / 1024),
                                         .words = words[count]};
    }
    return count;
}
