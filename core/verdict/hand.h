/* SPDX-License-Identifier: MIT
 * hand.h - what tells of each block that another hand wrote it (columns.h, HAND_MEASURES). */
#ifndef VERDICT_HAND_H
#define VERDICT_HAND_H

#include "verdict/columns.h"

/* Rows of all blocks, in the document's arena. */
decant_status hand_measure(const Document *document, int16_t (**ret_rows)[HAND_COUNT]);

#endif
