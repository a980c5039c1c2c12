/* SPDX-License-Identifier: MIT
 * locate.h - from offsets to lines and columns, in one pass: lines end at LF, CR LF or CR. */
#ifndef DOCUMENT_LOCATE_H
#define DOCUMENT_LOCATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place in a document that only moves forward. Zeroed, it is the document's start. */
typedef struct Locator {
    uint64_t offset;
    uint64_t lines;      /* line ends passed */
    uint64_t line_start; /* offset of the current line's first byte */
    bool after_cr;       /* the byte before is CR: an LF here ends no second line */
} Locator;

/* Moves past the next `size` bytes of the document. */
void locate_advance(Locator *locator, const uint8_t *bytes, size_t size);

/* Line and column of the place, from 1; columns count bytes. */
uint64_t locate_line(const Locator *locator);
uint64_t locate_column(const Locator *locator);

#endif
