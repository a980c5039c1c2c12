/* SPDX-License-Identifier: MIT
 * region.c - which element marks which region. */
#include "document/region.h"

Region region_of(Tag tag) {
    switch (tag) {
#define T(tag)                 case TAG_##tag:
#define REGION(id, name, tags) tags return REGION_##id;
#include "document/region.list"
#undef REGION
#undef T
    default:
        return REGION_NONE;
    }
}
