/* SPDX-License-Identifier: MIT
 * region.h - the parts of a page that elements mark by their names. */
#ifndef DOCUMENT_REGION_H
#define DOCUMENT_REGION_H

#include "document/tag.h"

/* The regions and their elements stand in region.list. */
typedef enum Region {
#define REGION(id, name, tags) REGION_##id,
#include "document/region.list"
#undef REGION
    REGION_COUNT,
    REGION_NONE = REGION_COUNT
} Region;

/* The region that an element of that name marks. */
Region region_of(Tag tag);

#endif
