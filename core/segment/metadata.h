/* SPDX-License-Identifier: MIT
 * metadata.h - reads what a page says about itself, from its head and from its text. */
#ifndef SEGMENT_METADATA_H
#define SEGMENT_METADATA_H

#include "base/arena.h"
#include "document/metadata.h"

/* Reads the metadata of a page, which may be any bytes that are meant to be UTF-8, in one go. What
 * is unclear is left out. Values live in the arena. DECANT_OK or DECANT_NO_MEMORY. */
decant_status metadata_read(Metadata *ret, Arena *arena, Str page);

/* Its name: "title", "author" ... */
const char *metadata_name(MetadataField field);

/* The name of the first of the types: "article", "product" ...; NULL for none. */
const char *page_type_name(uint32_t types);

#endif
