/* SPDX-License-Identifier: MIT
 * filter.h - the contract of a filter: it reads an immutable document and adds evidence to its
 * blocks; it drops nothing, keeps no state and allocates from the document's arena alone, where its
 * memory is scratch: given back when it returns. */
#ifndef FILTERS_FILTER_H
#define FILTERS_FILTER_H

#include "document/document.h"

typedef struct Filter {
    const char *name;
    const char *summary;                        /* one line, for the man page */
    decant_status (*judge)(Document *document); /* DECANT_OK or DECANT_NO_MEMORY */
} Filter;

/* Runs every filter of list.h in its order. */
decant_status filters_judge(Document *document);

/* The filter at `index`; NULL past the end. */
const Filter *filter_at(size_t index);

#endif
