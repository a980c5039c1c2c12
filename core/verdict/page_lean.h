/* SPDX-License-Identifier: MIT
 * page_lean.h - where the words of a block, and those of the heading above it, say it belongs. */
#ifndef VERDICT_PAGE_LEAN_H
#define VERDICT_PAGE_LEAN_H

#include "document/document.h"
#include "models/lexicon.h"

/* Of each block, 1024 a unit of log-odds: noise is above 0. */
void page_lean(const Document *document, const Lexicon *lexicon, int32_t *ret_leans);

#endif
