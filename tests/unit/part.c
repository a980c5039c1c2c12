/* SPDX-License-Identifier: MIT
 * part.c - parts of documents and rules of their own, for tests. */
#include "part.h"

#include "filters/filter.h"
#include "segment/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "q" and the kind's name without hyphens. */
static void write_word(RuleKind kind, char word[32]) {
    size_t size = 0;
    word[size++] = 'q';
    for (const char *at = rule_kind_name(kind); *at && size < 31; at++)
        if (*at != '-') word[size++] = *at;
    word[size] = '\0';
}

static void add_rule(RuleSet *rules, RuleKind kind) {
    char word[32], text[512];
    const char *problem = "";
    write_word(kind, word);
    int size = snprintf(text, sizeof text,
                        "rule own.%s\nlanguage any\nkind %s\ntrigger %s\npattern \\b%s\\b\n"
                        "match %s\nmiss other\n",
                        word, rule_kind_name(kind), word, word, word);
    if (rules_add(rules, "own.rules", text, (size_t)size, &problem)) fail_msg("%s", problem);
}

RuleSet *open_own_rules(void) {
    RuleSet *rules = rules_open(allocator_default());
    decant_rule rule;
    assert_non_null(rules);
    for (size_t i = 0; i < rules_count(rules); i++)
        if (rules_get(rules, i, &rule)) assert_true(rules_without(rules, rule.id));
    for (int kind = 0; kind < RULE_KIND_COUNT; kind++) add_rule(rules, (RuleKind)kind);
    return rules;
}

int set_up_rules(void **state) {
    *state = open_own_rules();
    return 0;
}

int tear_down_rules(void **state) {
    rules_close(*state);
    return 0;
}

void part_cut(Part *ret, RuleSet *rules, const void *bytes, size_t size, uint64_t offset,
              bool more) {
    static const Lexicon no_lexicon = {0};
    *ret = (Part){.raw = malloc(size ? size : 1)};
    assert_non_null(ret->raw);
    if (size) memcpy(ret->raw, bytes, size);
    arena_init(&ret->arena, allocator_default());
    ret->document = (Document){.arena = &ret->arena,
                               .name = "test",
                               .raw = {ret->raw, size},
                               .offset = offset,
                               .last_part = !more};
    assert_int_equal(segment_text(&ret->document, rules, &no_lexicon, more, &ret->taken),
                     DECANT_OK);
}

void part_judge(Part *ret, RuleSet *rules, const char *text) {
    part_cut(ret, rules, text, strlen(text), 0, false);
    assert_int_equal(filters_judge(&ret->document), DECANT_OK);
}

void part_done(Part *part) {
    arena_done(&part->arena);
    free(part->raw);
}

int part_evidence(const Part *part, size_t block, Evidence evidence) {
    assert_true(block < part->document.block_count);
    return part->document.blocks[block].evidence[evidence];
}

void expect_evidence(const Part *part, Evidence evidence, const int *values, size_t count) {
    assert_int_equal(part->document.block_count, count);
    for (size_t i = 0; i < count; i++) {
        int value = part_evidence(part, i, evidence);
        if (value != values[i])
            fail_msg("%s of block %zu is %d, not %d", evidence_name(evidence), i, value, values[i]);
    }
}
