/* SPDX-License-Identifier: MIT
 * sheet.h - a page cut into blocks, for tests of what works on it, and parts of models that judge
 * pages. A failure on the way fails the test. */
#ifndef UNIT_SHEET_H
#define UNIT_SHEET_H

#include "forge.h"
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

/* The same, and runs all filters. */
void sheet_judge(Sheet *ret, RuleSet *rules, const char *page);

/* The same of a page whose words lean as the lexicon says. */
void sheet_lean(Sheet *ret, RuleSet *rules, const Lexicon *lexicon, const char *page);

void sheet_done(Sheet *sheet);

/* The blocks' texts in a row, a " / " between two. */
const char *sheet_texts(const Sheet *sheet);

/* Fails unless the evidence of the blocks is `values`, one each. */
void sheet_expect(const Sheet *sheet, Evidence evidence, const int *values, size_t count);

/* The same with the values written out. */
#define EXPECT_SHEET(sheet, evidence, ...)                                                         \
    sheet_expect(sheet, EVIDENCE_##evidence, (const int[]){__VA_ARGS__},                           \
                 sizeof(int[]){__VA_ARGS__} / sizeof(int))

/* Sections of a model that judges pages. */
enum { SHEET_FIRST = 32, SHEET_SECOND, SHEET_NET, SHEET_DECISION };

/* The index of a page's column by its name. */
size_t sheet_column(const char *name);

/* A section with a forest of one tree of one node over a page's column. */
void sheet_stump(Forge *forge, int32_t tag, const char *column, int threshold, int32_t low,
                 int32_t high);

/* The bounds of a page's threshold; confidence rises from 0 at -2 units to 1000 at 2. */
void sheet_decision(Forge *forge, int32_t least, int32_t most);

#endif
