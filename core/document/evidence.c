/* SPDX-License-Identifier: MIT
 * evidence.c - the names and words of evidence.list. */
#include "document/evidence.h"

static const struct {
    const char *name, *words;
} table[] = {
#define EVIDENCE(id, name, words) {name, words},
#include "document/evidence.list"
#undef EVIDENCE
};

const char *evidence_name(size_t evidence) {
    return evidence < EVIDENCE_COUNT ? table[evidence].name : NULL;
}

const char *evidence_words(size_t evidence) {
    return evidence < EVIDENCE_COUNT ? table[evidence].words : "";
}
