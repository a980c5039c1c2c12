/* SPDX-License-Identifier: MIT
 * filters.c - runs the filters of list.h. */
#include "filters/filter.h"

#define FILTER(name) extern const Filter filter_##name;
#include "filters/list.h"
#undef FILTER

static const Filter *const filters[] = {
#define FILTER(name) &filter_##name,
#include "filters/list.h"
#undef FILTER
};

enum { FILTER_COUNT = sizeof filters / sizeof *filters };

decant_status filters_judge(Document *document) {
    const ArenaMark mark = arena_mark(document->arena);
    decant_status status = DECANT_OK;
    for (size_t i = 0; i < FILTER_COUNT && !status; i++) {
        status = is_interrupted(document->interrupt) ? DECANT_STOPPED : filters[i]->judge(document);
        arena_rewind(document->arena, mark);
    }
    return status;
}

const Filter *filter_at(size_t index) {
    return index < FILTER_COUNT ? filters[index] : NULL;
}
