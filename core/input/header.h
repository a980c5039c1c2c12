/* SPDX-License-Identifier: MIT
 * header.h - blocks of named fields, as WARC records and HTTP messages begin with one: a first
 * line, fields, an empty line. */
#ifndef INPUT_HEADER_H
#define INPUT_HEADER_H

#include "base/bytes.h"

/* The size of the block that the bytes begin with, the empty line included; 0 where it does not
 * end. `searched`: so many bytes were searched before, in vain. */
size_t header_size(Str bytes, size_t searched);

/* The next field of that name, case aside, white space around its value left out; moves *header
 * behind it. False where there is none. Lines that go on are not joined. */
bool header_next(Str *header, const char *name, Str *ret);

/* The first field of that name; empty where there is none. */
Str header_field(Str header, const char *name);

/* The next item of a list, white space around it left out, empty ones too; moves *list behind it.
 * False at the end. */
bool header_item(Str *list, char separator, Str *ret);

/* The number that is all of the text; false where it is none. */
bool header_number(Str text, uint64_t *ret);

/* Whether the text is that word, case aside. */
bool header_is(Str text, const char *word);

/* The text without white space around it. */
Str header_trim(Str text);

#endif
