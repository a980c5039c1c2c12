/* SPDX-License-Identifier: MIT
 * lean.h - where the words of a block, and of a page those of the heading
 * above it, say it belongs. */
#ifndef VERDICT_LEAN_H
#define VERDICT_LEAN_H

#include "document/document.h"
#include "models/lexicon.h"

/* Where so many words lean together, 1024 a unit of log-odds, by the sum of their leans in a
 * lexicon, 16 a unit. */
int32_t lean_of(int32_t sum, int words);

/* Where a block's first words lean as LEXICON_HEADING, 1024 a unit of log-odds. */
int32_t lean_first_words(const Shape *shape);

/* Of each block, 1024 a unit of log-odds: noise is above 0. */
void lean_blocks(const Document *document, const Lexicon *lexicon, int32_t *ret_leans);

#endif
