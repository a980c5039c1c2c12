/* SPDX-License-Identifier: MIT
 * names.h - where what elements are called leans: sites name the parts of a page after their use,
 * and many sites in the same words. */
#ifndef VERDICT_NAMES_H
#define VERDICT_NAMES_H

#include "document/document.h"
#include "models/lexicon.h"
#include "verdict/page_columns.h"

/* Of each block of a page, 256 a unit of log-odds; noise is above 0. A name of several elements of
 * one ring counts once. */
typedef int16_t NamesRow[PAGE_NAMES_COUNT];

/* The rings are the uses of the lexicon. In the document's arena; NULL when memory is refused. */
NamesRow *names_measure(const Document *document, const Lexicon *lexicon);

#endif
