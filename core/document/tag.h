/* SPDX-License-Identifier: MIT
 * tag.h - the element names of HTML as numbers. */
#ifndef DOCUMENT_TAG_H
#define DOCUMENT_TAG_H

#include "base/bytes.h"

/* The names themselves stand in tag.list. */
typedef enum Tag {
    TAG_UNKNOWN, /* any other name */
#define TAG(id, name, slot) TAG_##id,
#include "document/tag.list"
#undef TAG
    TAG_COUNT
} Tag;

/* The tag whose name is page[start..end), in capitals, small letters or both (ASCII: the Kelvin
 * sign is no k). */
Tag tag_read(Str page, size_t start, size_t end);

/* Its name in small letters; "" for TAG_UNKNOWN. */
const char *tag_name(Tag tag);

/* Whether it is an element of running text (b, span, a ...), or something void that stands in it
 * (img, br): blocks go on across its tags, and no tree of blocks depends on them. */
bool tag_is_inline(Tag tag);

/* The slot of a name, as tag.list has it. The name has 15 bytes at most. */
unsigned tag_slot(Str name);

#endif
