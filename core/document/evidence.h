/* SPDX-License-Identifier: MIT
 * evidence.h - every piece of evidence a filter can give a block: its id, its stable name, and how
 * a log puts it into words (%d is the value). Values are int16_t; shares are permille. One line
 * here and one filter that sets it is all a new evidence needs (then `make model`). */
#ifndef DOCUMENT_EVIDENCE_H
#define DOCUMENT_EVIDENCE_H

#include <stddef.h>

/* The list itself stands in evidence.list. */
typedef enum Evidence {
#define EVIDENCE(id, name, words) EVIDENCE_##id,
#include "document/evidence.list"
#undef EVIDENCE
    EVIDENCE_COUNT
} Evidence;

/* Evidence of any text comes first; what markup alone can tell follows. */
enum { EVIDENCE_TEXT_COUNT = EVIDENCE_LEVEL };

/* The stable name; NULL past the end. */
const char *evidence_name(size_t evidence);

/* The words of a reason, with at most one %d for the value. */
const char *evidence_words(size_t evidence);

#endif
