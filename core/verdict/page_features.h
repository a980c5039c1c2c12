/* SPDX-License-Identifier: MIT
 * page_features.h - the rows that the models of HTML pages read: a block's evidence, what its
 * neighbours, containers and page add, and what the pass before made of them. */
#ifndef VERDICT_PAGE_FEATURES_H
#define VERDICT_PAGE_FEATURES_H

#include "models/lexicon.h"
#include "verdict/batch.h"
#include "verdict/page_columns.h"

typedef struct PageFeatures PageFeatures;

/* Looks the page's surroundings up once, in the document's arena, and where `words` and what
 * `names` elements have lean. NULL when memory is refused. */
PageFeatures *page_features_open(const Document *document, const Lexicon *words,
                                 const Lexicon *names);

/* Adds what a pass said: a score for every block, 1024 a unit of log-odds; replaces what the pass
 * before it said. The scores are not needed after. */
decant_status page_features_add_pass(PageFeatures *features, const int32_t *scores);

/* An empty batch that reads them; its columns are NULL when memory is refused. */
Batch page_features_batch(const PageFeatures *features);

#endif
