/* SPDX-License-Identifier: MIT
 * attributes.h - what an element's start tag says of it besides its name. */
#ifndef SEGMENT_ATTRIBUTES_H
#define SEGMENT_ATTRIBUTES_H

#include "base/arena.h"
#include "document/page.h"
#include "segment/scan.h"

/* Sets roles, hidden, name and naming of an element whose tag is set, from the attributes in its
 * start tag. For a list (ol), ordinal is the number before its first. False where memory is
 * refused. */
bool attributes_read(Element *element, Arena *arena, Str page, ScanRange inside);

#endif
