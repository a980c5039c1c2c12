/* SPDX-License-Identifier: MIT
 * sheet.h - a page cut into blocks, for tests of what works on it. A failure on the way fails the
 * test. */
#ifndef UNIT_SHEET_H
#define UNIT_SHEET_H

#include "segment/segment.h"

/* `bytes` is a copy of the page's exact size, so that sanitizers see a read past its end. */
typedef struct Sheet {
    Arena arena;
    uint8_t *bytes;
    SourceMap map; /* the identity */
    SegmentPage *page;
    SegmentPageEnd end;
    Document document; /* its first part */
} Sheet;

/* Cuts a page of a document that goes on if `more`, and that begins in the element `raw`. */
void sheet_cut(Sheet *ret, RuleSet *rules, const char *page, size_t size, Tag raw, bool more);

/* The same with a whole document. */
void sheet_read(Sheet *ret, RuleSet *rules, const char *page);

void sheet_done(Sheet *sheet);

/* The blocks' texts in a row, a " / " between two. */
const char *sheet_texts(const Sheet *sheet);

#endif
