/* SPDX-License-Identifier: MIT
 * cut.h - where a paragraph falls apart: sentence ends, and places where two texts are fused. */
#ifndef SEGMENT_CUT_H
#define SEGMENT_CUT_H

#include "document/document.h"

typedef struct Cut {
    size_t end;  /* where the piece before ends */
    size_t next; /* where the piece after begins: white space lies between */
    Joint joint; /* JOINT_SENTENCE or JOINT_FUSED */
} Cut;

/* The next cut of the paragraph `text` after `from`; false if there is none. Never inside a number,
 * address, abbreviation, initialism, ellipsis or anything that looks like code. */
bool cut_next(Str text, size_t from, Cut *ret);

#endif
