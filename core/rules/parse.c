/* SPDX-License-Identifier: MIT
 * parse.c - one keyword a line; every line is checked as it is taken. */
#include "rules/parse.h"

#include "language/letters.h"

#include <stdio.h>
#include <string.h>

const char *rule_kind_name(RuleKind kind) {
    static const char *const names[RULE_KIND_COUNT] = {
#define X(id, name) name,
        RULE_KINDS(X)
#undef X
    };
    return kind < RULE_KIND_COUNT ? names[kind] : "";
}

RuleKind parse_kind(const char *name, size_t size) {
    for (int kind = 0; kind < RULE_KIND_COUNT; kind++) {
        const char *known = rule_kind_name((RuleKind)kind);
        if (strlen(known) == size && memcmp(known, name, size) == 0) return (RuleKind)kind;
    }
    return RULE_KIND_COUNT;
}

void parse_begin(RuleDraft *draft, RuleKind kind) {
    *draft = (RuleDraft){.kind = kind, .language = LANGUAGE_NONE};
}

static bool complain(char *problem, const char *sentence, const char *about) {
    snprintf(problem, PARSE_PROBLEM_BYTES, "%s \"%.64s\"", sentence, about);
    return false;
}

static bool take_id(RuleDraft *draft, const char *rest, char *problem) {
    if (draft->id) return complain(problem, "no blank line before the rule", rest);
    if (strchr(rest, ' ') || strlen(rest) > RULE_ID_BYTES)
        return complain(problem, "a rule's id is one short word, unlike", rest);
    draft->id = rest;
    return true;
}

static bool take_kind(RuleDraft *draft, const char *rest, char *problem) {
#define X(id, name) " " name
    static const char kinds[] = RULE_KINDS(X);
#undef X
    draft->kind = parse_kind(rest, strlen(rest));
    if (draft->kind < RULE_KIND_COUNT) return true;
    snprintf(problem, PARSE_PROBLEM_BYTES, "unknown kind \"%.64s\": the kinds are%s", rest, kinds);
    return false;
}

static bool take_language(RuleDraft *draft, const char *rest, char *problem) {
    if (draft->has_language) return complain(problem, "a second language", rest);
    draft->has_language = true;
    if (strcmp(rest, "any") == 0) return true;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (strcmp(rest, language_tag((Language)i)) == 0) draft->language = (Language)i;
    return draft->language != LANGUAGE_NONE || complain(problem, "unknown language", rest);
}

static bool take_pattern(RuleDraft *draft, const char *rest, char *problem) {
    if (draft->pattern) return complain(problem, "a second pattern", rest);
    if (strlen(rest) > PATTERN_LONGEST) return complain(problem, "a pattern too long", rest);
    draft->pattern = rest;
    return true;
}

static bool is_word_letter(Letter letter) {
    return letter.letter == LETTER_LOWER || letter.letter == LETTER_CASELESS ||
           letter.letter == LETTER_DIGIT || letter.letter == LETTER_MARK;
}

static bool is_punctuation(uint32_t code) {
    return letter_class(code) == LETTER_PUNCTUATION;
}

/* Whether the text is a digit with a punctuation mark before it, after it or both: ".0", "0.",
 * ".0."; its hash. */
static bool is_marked_digit(Str text, uint32_t *hash) {
    const uint8_t *at = text.at, *end = at + text.len;
    bool before = false, digit = false, after = false;
    *hash = WORD_HASH_START;
    for (Letter letter; at < end; at += letter.size) {
        letter = letter_read(at, end);
        const bool is_mark = is_punctuation(letter.code);
        if (letter.code == '0' && !digit) digit = true;
        else if (is_mark && !digit && !before) before = true;
        else if (is_mark && digit && !after) after = true;
        else return false;
        *hash = word_hash_add(*hash, letter.code);
    }
    return digit && (before || after);
}

/* Reads a single code point, if scanners can meet it. */
static bool read_sign(Letter letter, uint32_t *hash) {
    *hash = word_hash_add(WORD_HASH_START, letter.code);
    return letter.letter == LETTER_DIGIT ? letter.code == '0' : letter.letter != LETTER_UPPER;
}

/* The hash of a trigger, if scanners can meet it: a lower-case word, "0", a single other code
 * point, or a marked digit. */
static bool read_trigger(Str text, uint32_t *hash) {
    const uint8_t *at = text.at, *end = at + text.len;
    if (is_marked_digit(text, hash)) return true;
    Letter letter = letter_read(at, end);
    if (letter.size == text.len) return read_sign(letter, hash);
    *hash = WORD_HASH_START;
    for (; at < end && *at >= 'a' && *at <= 'z'; at++) *hash = word_hash_add(*hash, *at);
    bool has_letter = at > text.at;
    for (; at < end; at += letter.size) {
        letter = letter_read(at, end);
        bool is_inner = has_letter && at + letter.size < end;
        bool is_apostrophe = letter.code == '\'' || letter.code == 0x2019;
        if (!is_word_letter(letter) && !(is_apostrophe && is_inner)) return false;
        if (letter_lower(letter.code) != letter.code) return false;
        if (letter.letter != LETTER_DIGIT) has_letter = true;
        *hash = word_hash_add(*hash, is_apostrophe ? '\'' : letter.code);
    }
    return has_letter;
}

static bool complain_of_trigger(char *problem, const char *sentence, Str word) {
    char shown[RULE_TRIGGER_BYTES + 1];
    size_t size = word.len < sizeof shown ? word.len : RULE_TRIGGER_BYTES;
    snprintf(shown, sizeof shown, "%.*s", (int)size, (const char *)word.at);
    return complain(problem, sentence, shown);
}

static bool take_trigger(RuleDraft *draft, Str word, char *problem) {
    bool is_first = word.len > 1 && word.at[0] == '^';
    bool is_last = word.len > 1 && !is_first && word.at[word.len - 1] == '$';
    Str bare = {word.at + is_first, word.len - is_first - is_last};
    uint32_t hash;
    if (word.len > RULE_TRIGGER_BYTES)
        return complain_of_trigger(problem, "a trigger too long", word);
    if (draft->trigger_count == RULE_TRIGGERS)
        return complain_of_trigger(problem, "one trigger too many", word);
    if (!read_trigger(bare, &hash))
        return complain_of_trigger(problem,
                                   "a trigger is one lower-case word, one sign or 0, unlike", word);
    if (is_first) hash = parse_first(hash);
    if (is_last) hash = parse_last(hash);
    draft->triggers[draft->trigger_count].hash = hash;
    draft->triggers[draft->trigger_count++].group = draft->group_count;
    return true;
}

static bool take_triggers(RuleDraft *draft, const char *rest, char *problem) {
    const size_t before = draft->trigger_count;
    if (draft->group_count == RULE_GROUPS)
        return complain(problem, "one line of triggers too many", rest);
    while (*rest) {
        size_t size = strcspn(rest, " ");
        if (size && !take_trigger(draft, (Str){(const uint8_t *)rest, size}, problem)) return false;
        rest += size;
        rest += strspn(rest, " ");
    }
    if (draft->trigger_count == before) return complain(problem, "no trigger in", rest);
    draft->group_count++;
    return true;
}

static bool take_longest(RuleDraft *draft, const char *rest, char *problem) {
    uint16_t points = 0;
    const char *at = rest;
    for (; *at >= '0' && *at <= '9' && points < 1000; at++)
        points = (uint16_t)(points * 10 + (*at - '0'));
    if (*at || !points || draft->longest) return complain(problem, "not one number in", rest);
    draft->longest = points;
    return true;
}

static bool take_example(RuleDraft *draft, const char *rest, char *problem) {
    (void)draft, (void)rest, (void)problem; /* examples are for tests and readers */
    return true;
}

bool parse_line(RuleDraft *draft, const char *line, char problem[PARSE_PROBLEM_BYTES]) {
    static const struct {
        const char *word;
        bool (*take)(RuleDraft *draft, const char *rest, char *problem);
    } keywords[] = {
        {"rule", take_id},          {"kind", take_kind},       {"language", take_language},
        {"trigger", take_triggers}, {"pattern", take_pattern}, {"match", take_example},
        {"miss", take_example},     {"longest", take_longest},
    };
    size_t size = strcspn(line, " ");
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (strlen(keywords[i].word) != size || memcmp(keywords[i].word, line, size) != 0) continue;
        if (!line[size] || !line[size + 1]) return complain(problem, "nothing follows", line);
        if (i > 0 && !draft->id) return complain(problem, "no rule is begun before", line);
        return keywords[i].take(draft, line + size + 1, problem);
    }
    return complain(problem, "unknown keyword in", line);
}

const char *parse_missing(const RuleDraft *draft) {
    if (draft->kind == RULE_KIND_COUNT) return "the rule has no kind";
    if (!draft->has_language) return "the rule has no language";
    if (!draft->pattern) return "the rule has no pattern";
    return NULL;
}
