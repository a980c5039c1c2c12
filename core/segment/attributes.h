/* SPDX-License-Identifier: MIT
 * attributes.h - what an element's start tag says of it besides its name. */
#ifndef SEGMENT_ATTRIBUTES_H
#define SEGMENT_ATTRIBUTES_H

#include "document/page.h"
#include "segment/scan.h"

/* Sets roles, hidden and name of an element whose tag is set, from the attributes in its start tag.
 * For a list (ol), ordinal is the number before its first. */
void attributes_read(Element *element, Str page, ScanRange inside);

#endif
