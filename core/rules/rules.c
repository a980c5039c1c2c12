/* SPDX-License-Identifier: MIT
 * rules.c - the set of rules: taking files in, finding a block's rules by trigger, trying them. */
#include "rules/rules.h"

#include "rules/excerpt.h"
#include "rules/parse.h"
#include "rules/rules_data.h"

#include "language/letters.h"

#include <stdio.h>
#include <string.h>

enum {
    MOST_RULES = 4096,
    TRIED_RULES = 64, /* a block */
    ID_BITS = 13,
    ID_SLOTS = 1 << ID_BITS, /* twice MOST_RULES */
    FILTER_BITS = 15,
    LAST_MET = INT32_MAX,
    RULE_WORDS = MOST_RULES / 64
};

typedef struct Rule {
    const char *id, *pattern;
    uint8_t kind, language;
    uint16_t longest; /* code points of a text that may match; 0: any number */
    bool broken;      /* a built-in pattern that does not compile */
    Pattern *compiled;
} Rule;

/* One trigger of one rule. */
typedef struct Trigger {
    uint32_t hash;
    uint16_t rule;
    uint8_t line; /* its number */
} Trigger;

/* A word that is a trigger, and whether the text at hand holds it: those that it does are chained.
 */
typedef struct TriggerWord {
    uint32_t hash;
    uint32_t first, count; /* of its entries */
    uint32_t next_met;     /* number of the next; 0: not met; LAST_MET: the last */
} TriggerWord;

/* Rules that have a word in the same trigger line, of those whose bits share a word. */
typedef struct Entry {
    size_t at; /* line * RULE_WORDS + rule / 64 */
    uint64_t rules;
} Entry;

/* Invariant: slots hold index + 1 of a word, 0 where free; at most two thirds are used. The entries
 * of a word stand together; no two say `at` the same. */
struct RuleSet {
    const decant_allocator *allocator;
    Arena arena; /* rules, triggers, slots, the text of files */
    PatternEngine *engine;
    Rule *rules;
    size_t count, capacity;
    Trigger *triggers;
    size_t trigger_count, trigger_capacity;
    TriggerWord *words;
    Entry *entries;
    uint32_t met; /* the first of the words that the text at hand holds, or LAST_MET */
    uint32_t *slots;
    uint32_t slot_bits;
    uint16_t *ids;                           /* ID_SLOTS of index + 1, by the id's hash */
    uint64_t filter[1 << (FILTER_BITS - 6)]; /* a bit for trigger hashes */
    uint64_t on[RULE_WORDS];
    uint64_t without[RULE_GROUPS * RULE_WORDS]; /* rules that have no such line of triggers */
    Excerpt excerpt;
    char problem[640];
};

static bool bit_get(const uint64_t *bits, size_t index) {
    return bits[index / 64] >> index % 64 & 1;
}
static void bit_set(uint64_t *bits, size_t index) {
    bits[index / 64] |= 1ull << index % 64;
}
static void bit_clear(uint64_t *bits, size_t index) {
    bits[index / 64] &= ~(1ull << index % 64);
}

static uint32_t spread(uint32_t hash, uint32_t bits) {
    return hash * 0x9E3779B1u >> (32 - bits);
}

/* ---- ids ------------------------------------------------------------------------------------- */

/* The slot of the rule `id`, or the free one where it belongs. */
static uint16_t *id_slot(const RuleSet *set, const char *id) {
    uint32_t hash = WORD_HASH_START;
    for (const char *at = id; *at; at++) hash = word_hash_add(hash, (uint8_t)*at);
    for (uint32_t slot = spread(hash, ID_BITS);; slot = (slot + 1) % ID_SLOTS) {
        uint16_t found = set->ids[slot];
        if (!found || strcmp(set->rules[found - 1].id, id) == 0) return &set->ids[slot];
    }
}

static void forget_from(RuleSet *set, size_t count) {
    for (size_t i = count; i < set->count; i++) {
        pattern_free(set->engine, set->rules[i].compiled);
        bit_clear(set->on, i);
    }
    set->count = count;
    while (set->trigger_count && set->triggers[set->trigger_count - 1].rule >= count)
        set->trigger_count--;
    memset(set->ids, 0, ID_SLOTS * sizeof *set->ids);
    for (size_t i = 0; i < count; i++) *id_slot(set, set->rules[i].id) = (uint16_t)(i + 1);
}

/* ---- adding ---------------------------------------------------------------------------------- */

/* A file being added. */
typedef struct Adding {
    RuleSet *set;
    const char *name;
    size_t line;
    RuleKind kind; /* what the file's name tells */
    bool compiles; /* patterns are compiled at once, to be checked */
    RuleDraft draft;
} Adding;

static decant_status refuse(Adding *adding, const char *sentence) {
    snprintf(adding->set->problem, sizeof adding->set->problem, "%.240s:%zu: %s", adding->name,
             adding->line, sentence);
    return DECANT_BAD_RULE;
}

static decant_status reserve(RuleSet *set, size_t triggers) {
    if (set->count == set->capacity) {
        size_t capacity = set->capacity ? set->capacity * 2 : 512;
        Rule *rules = arena_grow(&set->arena, set->rules, set->count, capacity, sizeof *rules);
        if (!rules) return DECANT_NO_MEMORY;
        set->rules = rules;
        set->capacity = capacity;
    }
    if (set->trigger_count + triggers > set->trigger_capacity) {
        size_t capacity = set->trigger_capacity ? set->trigger_capacity * 2 : 2560;
        Trigger *grown =
            arena_grow(&set->arena, set->triggers, set->trigger_count, capacity, sizeof *grown);
        if (!grown) return DECANT_NO_MEMORY;
        set->triggers = grown;
        set->trigger_capacity = capacity;
    }
    return DECANT_OK;
}

static void enter(RuleSet *set, const RuleDraft *draft, uint16_t *slot, Pattern *compiled) {
    size_t index = set->count++;
    set->rules[index] = (Rule){.id = draft->id,
                               .pattern = draft->pattern,
                               .kind = (uint8_t)draft->kind,
                               .language = (uint8_t)draft->language,
                               .longest = draft->longest,
                               .compiled = compiled};
    *slot = (uint16_t)(index + 1);
    for (size_t i = 0; i < draft->trigger_count; i++)
        set->triggers[set->trigger_count++] = (Trigger){.hash = draft->triggers[i].hash,
                                                        .rule = (uint16_t)index,
                                                        .line = draft->triggers[i].group};
    bit_set(set->on, index);
    for (uint8_t line = 0; line < RULE_GROUPS; line++) {
        uint64_t *without = &set->without[line * RULE_WORDS];
        if (line < draft->group_count) bit_clear(without, index);
        else bit_set(without, index);
    }
}

/* Makes a rule of the draft and begins the next. */
static decant_status end_rule(Adding *adding) {
    RuleSet *set = adding->set;
    RuleDraft *draft = &adding->draft;
    if (!draft->id) return DECANT_OK;
    const char *missing = parse_missing(draft);
    if (missing) return refuse(adding, missing);
    if (set->count == MOST_RULES) return refuse(adding, "one rule too many: 4096 is the most");
    uint16_t *slot = id_slot(set, draft->id);
    if (*slot) return refuse(adding, "a rule of this id is there already");
    Pattern *compiled = NULL;
    if (adding->compiles) {
        char problem[PARSE_PROBLEM_BYTES];
        decant_status status =
            pattern_compile(set->engine, draft->pattern, &compiled, problem, sizeof problem);
        if (status) return status == DECANT_BAD_RULE ? refuse(adding, problem) : status;
    }
    if (reserve(set, draft->trigger_count)) {
        pattern_free(set->engine, compiled);
        return DECANT_NO_MEMORY;
    }
    enter(set, draft, slot, compiled);
    parse_begin(draft, adding->kind);
    return DECANT_OK;
}

static decant_status add_line(Adding *adding, const char *line) {
    char problem[PARSE_PROBLEM_BYTES];
    if (*line == '#') return DECANT_OK;
    if (!line[strspn(line, " \t")]) return end_rule(adding);
    return parse_line(&adding->draft, line, problem) ? DECANT_OK : refuse(adding, problem);
}

static Adding begin_file(RuleSet *set, const char *name, bool compiles) {
    const char *slash = strrchr(name, '/');
    const char *base = slash ? slash + 1 : name;
    Adding adding = {.set = set, .name = name, .compiles = compiles};
    adding.kind = parse_kind(base, strcspn(base, "."));
    parse_begin(&adding.draft, adding.kind);
    return adding;
}

/* ---- finding by trigger ---------------------------------------------------------------------- */

static uint32_t *word_slot(const RuleSet *set, uint32_t hash) {
    uint32_t mask = (1u << set->slot_bits) - 1;
    for (uint32_t slot = spread(hash, set->slot_bits);; slot = (slot + 1) & mask) {
        uint32_t found = set->slots[slot];
        if (!found || set->words[found - 1].hash == hash) return &set->slots[slot];
    }
}

static bool open_index(RuleSet *set) {
    uint32_t bits = 6;
    while ((size_t)1 << bits < set->trigger_count * 3 / 2) bits++;
    set->slots = arena_array(&set->arena, (size_t)1 << bits, sizeof *set->slots);
    set->slot_bits = bits;
    set->words = arena_array(&set->arena, set->trigger_count, sizeof *set->words);
    set->entries = arena_array(&set->arena, set->trigger_count, sizeof *set->entries);
    memset(set->filter, 0, sizeof set->filter);
    set->met = LAST_MET;
    return set->slots && set->words && set->entries;
}

/* Adds a trigger to those of its word. */
static void add_entry(RuleSet *set, TriggerWord *word, const Trigger *trigger) {
    const size_t at = trigger->line * (size_t)RULE_WORDS + trigger->rule / 64u;
    Entry *entry = &set->entries[word->first], *end = entry + word->count;
    while (entry < end && entry->at != at) entry++;
    if (entry == end) word->count++;
    entry->at = at;
    entry->rules |= 1ull << trigger->rule % 64;
}

/* Builds slots, words and entries anew: counts the entries that each word may need, then places
 * them. */
static decant_status index_triggers(RuleSet *set) {
    uint32_t words = 0, entries = 0;
    if (!open_index(set)) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < set->trigger_count; i++) {
        uint32_t hash = set->triggers[i].hash;
        uint32_t *slot = word_slot(set, hash);
        if (!*slot) {
            set->words[words++].hash = hash;
            *slot = words;
            bit_set(set->filter, spread(hash, FILTER_BITS));
        }
        set->words[*slot - 1].count++;
    }
    for (uint32_t i = 0; i < words; i++) {
        set->words[i].first = entries;
        entries += set->words[i].count;
        set->words[i].count = 0;
    }
    for (size_t i = 0; i < set->trigger_count; i++) {
        const Trigger *trigger = &set->triggers[i];
        add_entry(set, &set->words[*word_slot(set, trigger->hash) - 1], trigger);
    }
    return DECANT_OK;
}

uint32_t rules_word(const RuleSet *set, uint32_t hash) {
    return bit_get(set->filter, spread(hash, FILTER_BITS)) ? *word_slot(set, hash) : 0;
}

void rules_begin(RuleSet *set) {
    while (set->met != LAST_MET) {
        TriggerWord *word = &set->words[set->met - 1];
        set->met = word->next_met;
        word->next_met = 0;
    }
}

void rules_meet(RuleSet *set, uint32_t word) {
    if (!word || set->words[word - 1].next_met) return;
    set->words[word - 1].next_met = set->met;
    set->met = word;
}

/* ---- the set --------------------------------------------------------------------------------- */

/* What does not parse is passed over: the tests see to it that everything does. */
static decant_status add_built_in(RuleSet *set) {
    for (const RulesFile *file = rules_files; file->name; file++) {
        Adding adding = begin_file(set, file->name, false);
        decant_status status = DECANT_OK;
        for (const char *const *line = file->lines; *line && !status; line++) {
            adding.line++;
            status = add_line(&adding, *line);
        }
        if (!status) status = end_rule(&adding);
        if (status == DECANT_NO_MEMORY) return status;
    }
    return index_triggers(set);
}

RuleSet *rules_open(const decant_allocator *allocator) {
    RuleSet *set = allocator->resize(allocator->user, NULL, 0, sizeof *set);
    if (!set) return NULL;
    memset(set, 0, offsetof(RuleSet, excerpt));
    set->problem[0] = 0;
    set->allocator = allocator;
    arena_init(&set->arena, allocator);
    set->engine = pattern_engine_open(allocator);
    set->ids = arena_array(&set->arena, ID_SLOTS, sizeof *set->ids);
    if (set->engine && set->ids && add_built_in(set) == DECANT_OK) return set;
    rules_close(set);
    return NULL;
}

void rules_close(RuleSet *set) {
    if (!set) return;
    for (size_t i = 0; i < set->count; i++) pattern_free(set->engine, set->rules[i].compiled);
    pattern_engine_close(set->engine);
    arena_done(&set->arena);
    set->allocator->release(set->allocator->user, set, sizeof *set);
}

/* What is wrong with the bytes of a line; NULL if nothing. */
static const char *bad_bytes(const char *line, size_t size) {
    if (size > RULE_LINE_BYTES) return "the line is too long";
    const uint8_t *at = (const uint8_t *)line, *end = at + size;
    while (at < end) {
        Letter letter = letter_read(at, end);
        if (letter.size == 1 && letter.code > 0x7F) return "the line is not UTF-8";
        if (letter.code < ' ' && letter.code != '\t') return "the line holds a control character";
        at += letter.size;
    }
    return NULL;
}

/* Adds the lines of `text`, which ends in a NUL and is cut into strings. */
static decant_status add_text(Adding *adding, char *text, size_t size) {
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) text += 3, size -= 3;
    decant_status status = DECANT_OK;
    for (char *line = text, *end = text + size; line < end && !status;) {
        char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop) stop = end;
        char *next = stop + 1;
        if (stop > line && stop[-1] == '\r') stop--;
        *stop = 0;
        adding->line++;
        const char *bad = bad_bytes(line, (size_t)(stop - line));
        status = bad ? refuse(adding, bad) : add_line(adding, line);
        line = next;
    }
    return status ? status : end_rule(adding);
}

decant_status rules_add(RuleSet *set, const char *name, const char *text, size_t size,
                        const char **problem) {
    *problem = set->problem;
    set->problem[0] = 0;
    size_t count = set->count;
    char *copy = size < SIZE_MAX ? arena_array(&set->arena, size + 1, 1) : NULL;
    if (!copy) return DECANT_NO_MEMORY;
    if (size) memcpy(copy, text, size);
    Adding adding = begin_file(set, name, true);
    decant_status status = add_text(&adding, copy, size);
    if (!status) status = index_triggers(set);
    if (status) forget_from(set, count);
    return status;
}

bool rules_without(RuleSet *set, const char *id) {
    uint16_t found = *id_slot(set, id);
    if (found) bit_clear(set->on, found - 1u);
    return found != 0;
}

size_t rules_count(const RuleSet *set) {
    return set->count;
}

bool rules_get(const RuleSet *set, size_t index, decant_rule *ret) {
    const Rule *rule = &set->rules[index];
    *ret = (decant_rule){.id = rule->id,
                         .kind = rule_kind_name((RuleKind)rule->kind),
                         .language = rule->language == LANGUAGE_NONE
                                         ? "any"
                                         : language_tag((Language)rule->language),
                         .pattern = rule->pattern};
    return bit_get(set->on, index);
}

/* ---- matching -------------------------------------------------------------------------------- */

/* Where the hits of a block go. */
typedef struct Hits {
    Arena *arena;
    RuleHit **items;
    size_t *count, *capacity;
} Hits;

static decant_status add_hit(Hits hits, RuleHit hit) {
    if (*hits.count == *hits.capacity) {
        size_t capacity = *hits.capacity ? *hits.capacity * 2 : 64;
        RuleHit *grown = arena_grow(hits.arena, *hits.items, *hits.count, capacity, sizeof *grown);
        if (!grown) return DECANT_NO_MEMORY;
        *hits.items = grown;
        *hits.capacity = capacity;
    }
    (*hits.items)[(*hits.count)++] = hit;
    return DECANT_OK;
}

static decant_status compile_rule(RuleSet *set, Rule *rule) {
    char problem[PARSE_PROBLEM_BYTES];
    if (rule->compiled || rule->broken) return DECANT_OK;
    decant_status status =
        pattern_compile(set->engine, rule->pattern, &rule->compiled, problem, sizeof problem);
    rule->broken = status == DECANT_BAD_RULE;
    return rule->broken ? DECANT_OK : status;
}

/* Tries one rule on the excerpt. */
static decant_status try_rule(RuleSet *set, size_t index, Hits hits, size_t *limited) {
    Rule *rule = &set->rules[index];
    if (compile_rule(set, rule)) return DECANT_NO_MEMORY;
    if (rule->broken) return DECANT_OK;
    for (size_t i = 0; i < set->excerpt.part_count; i++) {
        const ExcerptPart *part = &set->excerpt.parts[i];
        uint32_t start, end;
        switch (pattern_find(set->engine, rule->compiled, part->subject, &start, &end)) {
        case PATTERN_NONE:
            break;
        case PATTERN_LIMIT:
            ++*limited;
            return DECANT_OK;
        case PATTERN_NO_MEMORY:
            return DECANT_NO_MEMORY;
        case PATTERN_FOUND:
            return add_hit(hits, (RuleHit){.rule = (uint16_t)index,
                                           .kind = rule->kind,
                                           .start = excerpt_offset(part, start),
                                           .end = excerpt_offset(part, end)});
        }
    }
    return DECANT_OK;
}

void rules_meet_first(RuleSet *set, uint32_t hash) {
    rules_meet(set, rules_word(set, parse_first(hash)));
}

void rules_meet_last(RuleSet *set, uint32_t hash) {
    rules_meet(set, rules_word(set, parse_last(hash)));
}

void rules_meet_beginning(RuleSet *set, Str text) {
    const uint8_t *at = text.at, *end = at + text.len;
    Letter letter = {0};
    for (bool is_first = true; at < end; at += letter.size, is_first = false) {
        letter = letter_read(at, end);
        if (letter.letter >= LETTER_LOWER && letter.letter <= LETTER_DIGIT) break;
        if (is_first) rules_meet_first(set, word_hash_add(WORD_HASH_START, letter.code));
    }
    if (at < end && letter.letter == LETTER_DIGIT) rules_meet_first(set, word_hash("0"));
    uint32_t hash = WORD_HASH_START;
    LetterClass before = LETTER_SPACE;
    for (; at < end; at += letter.size) {
        if (before == LETTER_LOWER || before == LETTER_UPPER)
            for (; at < end && *at >= 'a' && *at <= 'z'; at++, before = LETTER_LOWER)
                hash = word_hash_add(hash, *at);
        if (at == end) break;
        letter = letter_read(at, end);
        LetterClass now = (LetterClass)letter.letter;
        bool is_apostrophe = letter.code == '\'' || letter.code == 0x2019;
        if ((now < LETTER_LOWER || now > LETTER_MARK) && !is_apostrophe) break;
        if (now == LETTER_UNSPACED && before != LETTER_SPACE) break;
        if ((before == LETTER_LOWER && now == LETTER_UPPER) ||
            (before == LETTER_DIGIT) != (now == LETTER_DIGIT) || is_apostrophe)
            rules_meet_first(set, hash);
        hash = word_hash_add(hash, is_apostrophe ? '\'' : letter_lower(letter.code));
        before = now;
        if (now == LETTER_UNSPACED) break;
    }
    rules_meet_first(set, hash);
}

/* Marks the rules of which each line of triggers is met; false if there are none. */
static bool find_candidates(const RuleSet *set, uint64_t *candidates, size_t words) {
    enum { SECOND = RULE_WORDS, THIRD = 2 * RULE_WORDS };
    uint64_t met[RULE_GROUPS * RULE_WORDS], any = 0;
    _Static_assert(RULE_GROUPS == 3, "a rule has three lines");
    for (size_t i = 0; i < words; i++) {
        met[i] = set->without[i];
        met[SECOND + i] = set->without[SECOND + i];
        met[THIRD + i] = set->without[THIRD + i];
    }
    for (uint32_t number = set->met; number != LAST_MET;) {
        const TriggerWord *word = &set->words[number - 1];
        number = word->next_met;
        const Entry *entry = &set->entries[word->first], *end = entry + word->count;
        for (; entry < end; entry++) met[entry->at] |= entry->rules;
    }
    for (size_t i = 0; i < words; i++)
        any |= candidates[i] = met[i] & met[SECOND + i] & met[THIRD + i] & set->on[i];
    return any != 0;
}

decant_status rules_match(RuleSet *set, Str text, Arena *arena, RuleHit **hits, size_t *hit_count,
                          size_t *hit_capacity, size_t *limited) {
    uint64_t candidates[RULE_WORDS];
    const size_t words = (set->count + 63) / 64;
    if (!find_candidates(set, candidates, words)) return DECANT_OK;
    excerpt_read(&set->excerpt, text);
    const Hits found = {arena, hits, hit_count, hit_capacity};
    size_t tried = 0;
    for (size_t i = 0; i < words; i++) {
        for (; candidates[i] && tried < TRIED_RULES; candidates[i] &= candidates[i] - 1) {
            const size_t index = i * 64 + (size_t)__builtin_ctzll(candidates[i]);
            uint16_t longest = set->rules[index].longest;
            if (longest && set->excerpt.points > longest) continue;
            tried++;
            if (try_rule(set, index, found, limited)) return DECANT_NO_MEMORY;
        }
    }
    return DECANT_OK;
}
