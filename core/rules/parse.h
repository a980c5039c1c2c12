/* SPDX-License-Identifier: MIT
 * parse.h - reads the lines of a rules file into one rule after the other. */
#ifndef RULES_PARSE_H
#define RULES_PARSE_H

#include "base/bytes.h"
#include "language/words.h"
#include "rules/pattern.h"
#include "rules/rules.h"

enum {
    RULE_GROUPS = 3, /* trigger lines */
    RULE_TRIGGERS = 192,
    RULE_TRIGGER_BYTES = 64,
    RULE_ID_BYTES = 128,
    RULE_LINE_BYTES = 4200
};

/* A rule as far as it has been read. */
typedef struct RuleDraft {
    const char *id, *pattern; /* in the lines; NULL: not met yet */
    RuleKind kind;            /* RULE_KIND_COUNT: not met yet */
    Language language;        /* LANGUAGE_NONE for "any" */
    bool has_language;
    uint16_t longest; /* code points of a text that may match; 0: any number */
    struct {
        uint32_t hash; /* of a word, or parse_first or parse_last of one */
        uint8_t group; /* number of its trigger line */
    } triggers[RULE_TRIGGERS];
    size_t trigger_count;
    uint8_t group_count;
} RuleDraft;

enum { PARSE_PROBLEM_BYTES = 320 };

/* The hash of the trigger ^WORD, of a word's hash: the word as a text's first one. */
static inline uint32_t parse_first(uint32_t word_hash) {
    return word_hash_add(word_hash, '^');
}

/* The same of WORD$: the word as the last one. */
static inline uint32_t parse_last(uint32_t word_hash) {
    return word_hash_add(word_hash, '$');
}

/* An empty draft, of a kind if the file's name tells it. */
void parse_begin(RuleDraft *draft, RuleKind kind);

/* Takes a NUL-terminated line that is neither blank nor a comment; it must outlive the draft.
 * False, with a sentence in `problem`, if it is not right. */
bool parse_line(RuleDraft *draft, const char *line, char problem[PARSE_PROBLEM_BYTES]);

/* What the draft lacks to be a rule; NULL if nothing. */
const char *parse_missing(const RuleDraft *draft);

/* The kind of this name, up to `size` bytes long; RULE_KIND_COUNT if there is none. */
RuleKind parse_kind(const char *name, size_t size);

#endif
