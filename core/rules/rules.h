/* SPDX-License-Identifier: MIT
 * rules.h - named PCRE2 patterns of phrases that noise uses, found through trigger words.
 *
 * A rule names the words without which it cannot match (its triggers), so that a block is only
 * searched for the few rules whose words it holds. Patterns are compiled when first tried. The
 * format of rules files is told in rules/README.md. */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include "base/arena.h"
#include "base/bytes.h"
#include "decant.h"

/* What a rule's match says about a block. The name is the file's and the log's. */
#define RULE_KINDS(X)                                                                              \
    X(RIGHTS, "rights")         /* copyright, licence, reserved rights */                          \
    X(POLICY, "policy")         /* terms, privacy, cookies, imprint, accessibility */              \
    X(CONTACT, "contact")       /* contact, corrections, tips, address */                          \
    X(POWERED, "powered")       /* powered by, theme by, template leaks */                         \
    X(NEWSLETTER, "newsletter") /* sign-up prompts */                                              \
    X(SUBSCRIBE, "subscribe")   /* paywall, metering, account, log in */                           \
    X(APP, "app")               /* download our app, follow us */                                  \
    X(DONATE, "donate")                                                                            \
    X(ADVERT, "advert")         /* advertisement labels, affiliate disclosures, shop widgets */    \
    X(SHARE, "share")           /* share rows, network names */                                    \
    X(RELATED, "related")       /* labels above other articles */                                  \
    X(READ_MORE, "read-more")   /* tails of teasers: continue reading, read more */                \
    X(NAVIGATION, "navigation") /* skip links, menus, pagination, search, back to top */           \
    X(COMMENT, "comment")       /* comment prompts, counters, policies */                          \
    X(BYLINE, "byline")         /* by NAME, staff writer */                                        \
    X(DATELINE, "dateline")     /* CITY (AGENCY) -, CITY, Month day - */                           \
    X(STAMP, "stamp")           /* dates, times, updated, published, read time, relative times */  \
    X(CREDIT, "credit")         /* photo credits, sources */                                       \
    X(BIO, "bio")               /* about the author */                                             \
    X(SIGNOFF, "signoff")       /* end marks: -30-, ###, ENDS, the end */                          \
    X(TAGS, "tags")             /* tags:, filed under */

typedef enum RuleKind {
#define X(id, name) RULE_##id,
    RULE_KINDS(X)
#undef X
        RULE_KIND_COUNT
} RuleKind;

const char *rule_kind_name(RuleKind kind);

/* A match of a rule in a block. */
typedef struct RuleHit {
    uint16_t rule;       /* index of the rule */
    uint8_t kind;        /* RuleKind */
    uint32_t start, end; /* bytes of the block's text */
} RuleHit;

typedef struct RuleSet RuleSet;

/* The built-in rules. NULL when memory is refused; what else can go wrong is in `problem`. */
RuleSet *rules_open(const decant_allocator *allocator);
void rules_close(RuleSet *rules);

/* Adds a file's rules. On failure *problem (static or owned by `rules`) is "NAME:LINE: sentence".
 */
decant_status rules_add(RuleSet *rules, const char *name, const char *text, size_t size,
                        const char **problem);

/* Turns a rule off; false if there is none of that id. */
bool rules_without(RuleSet *rules, const char *id);

size_t rules_count(const RuleSet *rules);
/* The rule at `index`, and whether it is on. */
bool rules_get(const RuleSet *rules, size_t index, decant_rule *ret);

/* The number of a trigger, which is a word (or a sign: a punctuation or symbol code point hashed as
 * a word), by its hash; 0 for a word that no rule asks for. Digits: every run of digits counts as
 * "0"; one that has a punctuation mark next to it is a word together with that as well, as in ".0",
 * "0." and ".0.". Good until rules are added. */
uint32_t rules_word(const RuleSet *rules, uint32_t word_hash);

/* Begins a text: forgets what was met. */
void rules_begin(RuleSet *rules);

/* Meets a word of the text by its number; 0 is fine. */
void rules_meet(RuleSet *rules, uint32_t word);

/* Meets the text's first or last word once more, as such, by its hash. */
void rules_meet_first(RuleSet *rules, uint32_t word_hash);
void rules_meet_last(RuleSet *rules, uint32_t word_hash);

/* Meets as first what a text begins with: its first sign, and its first word, whole and up to each
 * joint of lower case and capital or of digits and letters. */
void rules_meet_beginning(RuleSet *rules, Str text);

/* Tries, in the order of the rules, every rule of which each line of triggers is met by what was
 * met since rules_begin, on `text`. The first match of each rule counts. Hits are appended to
 * *hits, an arena array that is grown as needed; *limited counts rules given up at a match limit.
 * At most 64 rules are tried a block. */
decant_status rules_match(RuleSet *rules, Str text, Arena *arena, RuleHit **hits, size_t *hit_count,
                          size_t *hit_capacity, size_t *limited);

#endif
