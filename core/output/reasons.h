/* SPDX-License-Identifier: MIT
 * reasons.h - the reasons of a verdict, put into words. */
#ifndef OUTPUT_REASONS_H
#define OUTPUT_REASONS_H

#include "document/document.h"

/* How the features that the verdict's reasons speak of are named and put into words. */
typedef struct Wording {
    const char *(*name)(size_t feature);
    void (*words)(size_t feature, int value, char *words, size_t size);
} Wording;

/* Room for the words of a verdict's reasons. */
enum { REASON_WORDS = 160 };
typedef char ReasonWords[DECANT_REASONS][REASON_WORDS];

/* Fills in the reasons, up to the first that does not speak for the verdict; their words are
 * written into `words`. Returns how many there are. */
size_t reasons_give(const Wording *wording, const Verdict *verdict,
                    decant_reason reasons[DECANT_REASONS], ReasonWords words);

#endif
