/* SPDX-License-Identifier: MIT
 * part.h - one part of a document for tests of what works on it: from text to blocks to evidence.
 * A failure on the way fails the test. */
#ifndef UNIT_PART_H
#define UNIT_PART_H

#include "document/document.h"

/* `raw` is a copy of the text's exact size, so that sanitizers see a read past its end. */
typedef struct Part {
    Arena arena;
    Document document;
    uint8_t *raw;
    size_t taken;
} Part;

/* A rule set without the built-in rules, so that figures can be computed by hand. It knows one word
 * for each rule kind: q and the kind's name without hyphens, such as qrights and qreadmore. */
RuleSet *open_own_rules(void);

/* cmocka group fixtures: *state is a RuleSet as open_own_rules makes it. */
int set_up_rules(void **state);
int tear_down_rules(void **state);

/* Cuts bytes into blocks, of a document that goes on if `more`. */
void part_cut(Part *ret, RuleSet *rules, const void *bytes, size_t size, uint64_t offset,
              bool more);

/* Cuts a whole document and runs all filters. */
void part_judge(Part *ret, RuleSet *rules, const char *text);

void part_done(Part *part);

/* The evidence of a block, by its name as logs tell it. */
int part_evidence(const Part *part, size_t block, Evidence evidence);

/* Fails unless the evidence of the blocks is `values`, one each. */
void expect_evidence(const Part *part, Evidence evidence, const int *values, size_t count);

/* The same with the values written out. */
#define EXPECT(part, evidence, ...)                                                                \
    expect_evidence(part, EVIDENCE_##evidence, (const int[]){__VA_ARGS__},                         \
                    sizeof(int[]){__VA_ARGS__} / sizeof(int))

#endif
