/* SPDX-License-Identifier: MIT
 * reference.h - character references of HTML, such as &amp; and &#8211;. */
#ifndef SEGMENT_REFERENCE_H
#define SEGMENT_REFERENCE_H

#include "base/bytes.h"

enum { REFERENCE_SIZE = 8 };

/* Decodes the character reference that `text` begins with, by the HTML standard (13.2.5.72 and on):
 * named, decimal or hexadecimal, and without a semicolon where the standard takes that. Gives the
 * bytes that it takes, or 0 where there is none and the & is just an &. Writes the 1 to 8 bytes of
 * UTF-8 that it means to `ret`; what means no character gives U+FFFD.
 *
 * In an attribute's value a name without a semicolon is none where a =, letter or digit follows:
 * there it is rather a part of an address. */
size_t reference_read(Str text, bool in_attribute, uint8_t ret[REFERENCE_SIZE], size_t *ret_size);

#endif
