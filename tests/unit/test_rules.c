/* SPDX-License-Identifier: MIT
 * test_rules.c - rules files, triggers, matching and its limits; and every built-in rule's
 * examples.
 */
#include "language/letters.h"
#include "language/words.h"
#include "rules/rules.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- helpers --------------------------------------------------------------------------------- */

typedef struct Found {
    Arena arena;
    RuleHit *hits;
    size_t count, capacity, limited;
} Found;

static Str str(const char *text) {
    return (Str){(const uint8_t *)text, strlen(text)};
}

/* Searches a text whose words were met. */
static void find(RuleSet *rules, Str text, Found *ret) {
    *ret = (Found){.hits = NULL};
    arena_init(&ret->arena, allocator_default());
    rules_meet_beginning(rules, text);
    assert_int_equal(rules_match(rules, text, &ret->arena, &ret->hits, &ret->count, &ret->capacity,
                                 &ret->limited),
                     DECANT_OK);
}

static void found_done(Found *found) {
    arena_done(&found->arena);
}

/* Meets a word by its hash. */
static void meet(RuleSet *rules, uint32_t hash) {
    rules_meet(rules, rules_word(rules, hash));
}

static bool is_joint(const uint8_t *at, const uint8_t *end, Letter letter) {
    if (letter.code != '\'' && letter.code != 0x2019) return false;
    if (at + letter.size >= end) return false;
    LetterClass next = (LetterClass)letter_read(at + letter.size, end).letter;
    return next == LETTER_LOWER || next == LETTER_UPPER || next == LETTER_CASELESS;
}

/* The word a scanner stands in: all of it, and its part since the last joint of lower case and
 * capital, where fused texts meet, or apostrophe. */
typedef struct Word {
    uint32_t whole, part;
    bool begun, has_letter, has_digit, after_lower, after_digit;
} Word;

static const Word no_word = {.whole = WORD_HASH_START, .part = WORD_HASH_START};

static void end_part(RuleSet *rules, Word *word) {
    if (word->begun) meet(rules, word->part);
    word->part = WORD_HASH_START;
}

/* Ends the word there may be, which is the last of the text or not. */
static void end_word(RuleSet *rules, Word *word, bool is_last) {
    if (!word->begun) return;
    if (is_last) {
        rules_meet_last(rules, word->part);
        rules_meet_last(rules, word->has_letter ? word->whole : word_hash("0"));
    }
    end_part(rules, word);
    meet(rules, word->whole);
    if (word->has_digit) meet(rules, word_hash("0"));
    *word = no_word;
}

static void add_letter(RuleSet *rules, Word *word, Letter letter) {
    uint32_t lower = letter.code == 0x2019 ? '\'' : letter_lower(letter.code);
    bool is_digit = letter.letter == LETTER_DIGIT, is_apostrophe = lower == '\'';
    if (is_apostrophe || (word->after_lower && letter.letter == LETTER_UPPER) ||
        (word->after_digit && !is_digit))
        end_part(rules, word);
    word->whole = word_hash_add(word->whole, lower);
    if (!is_digit && !is_apostrophe) word->part = word_hash_add(word->part, lower);
    word->begun = true;
    word->has_digit |= is_digit;
    word->has_letter |= !is_digit;
    word->after_digit = is_digit;
    word->after_lower = letter.letter == LETTER_LOWER;
}

/* Whether no word follows. */
static bool is_over(const uint8_t *at, const uint8_t *end) {
    for (Letter letter; at < end; at += letter.size) {
        letter = letter_read(at, end);
        if (letter.letter >= LETTER_LOWER && letter.letter <= LETTER_DIGIT) return false;
    }
    return true;
}

/* Meets digits with the marks next to them; *marked is the hash of the last ones with the mark
 * before them, or 0. */
static void meet_marked_digit(RuleSet *rules, Letter before, Letter letter, uint32_t *marked) {
    const bool was_digit = before.letter == LETTER_DIGIT, is_digit = letter.letter == LETTER_DIGIT;
    if (is_digit && !was_digit) {
        const bool is_marked = before.letter == LETTER_PUNCTUATION;
        const uint32_t mark = word_hash_add(WORD_HASH_START, before.code);
        *marked = is_marked ? word_hash_add(mark, '0') : 0;
        if (is_marked) meet(rules, *marked);
    }
    if (!was_digit || letter.letter != LETTER_PUNCTUATION) return;
    meet(rules, word_hash_add(word_hash_add(WORD_HASH_START, '0'), letter.code));
    if (*marked) meet(rules, word_hash_add(*marked, letter.code));
}

/* Meets a text's words as a scanner does: words, signs, unspaced code points, and "0". */
static void meet_words(RuleSet *rules, Str text) {
    const uint8_t *at = text.at, *end = at + text.len;
    Word word = no_word;
    Letter before = {.letter = LETTER_SPACE};
    uint32_t marked = 0;
    rules_begin(rules);
    for (Letter letter; at < end; at += letter.size, before = letter) {
        letter = letter_read(at, end);
        LetterClass kind = (LetterClass)letter.letter;
        meet_marked_digit(rules, before, letter, &marked);
        if ((kind >= LETTER_LOWER && kind <= LETTER_MARK && kind != LETTER_UNSPACED) ||
            (word.begun && is_joint(at, end, letter))) {
            add_letter(rules, &word, letter);
            continue;
        }
        end_word(rules, &word, is_over(at, end));
        uint32_t hash = word_hash_add(WORD_HASH_START, letter.code);
        if (kind != LETTER_SPACE) meet(rules, hash);
        if (kind == LETTER_UNSPACED && is_over(at + letter.size, end)) rules_meet_last(rules, hash);
    }
    end_word(rules, &word, true);
}

static void find_by_words(RuleSet *rules, Str text, Found *ret) {
    meet_words(rules, text);
    find(rules, text, ret);
}

static const RuleHit *hit_of(const Found *found, const RuleSet *rules, const char *id) {
    for (size_t i = 0; i < found->count; i++) {
        decant_rule rule;
        rules_get(rules, found->hits[i].rule, &rule);
        if (strcmp(rule.id, id) == 0) return &found->hits[i];
    }
    return NULL;
}

static void assert_no_hit(RuleSet *rules, const char *id, Str text) {
    Found found;
    find_by_words(rules, text, &found);
    if (hit_of(&found, rules, id)) fail_msg("%s matches", id);
    found_done(&found);
}

static RuleSet *open_rules(void) {
    RuleSet *rules = rules_open(allocator_default());
    assert_non_null(rules);
    return rules;
}

static void add(RuleSet *rules, const char *text) {
    const char *problem = "";
    if (rules_add(rules, "own.rules", text, strlen(text), &problem)) fail_msg("%s", problem);
}

static RuleSet *open_with(const char *text) {
    RuleSet *rules = open_rules();
    add(rules, text);
    return rules;
}

/* ---- the built-in rules ---------------------------------------------------------------------- */

/* Where a data file is being read. */
typedef struct Reading {
    RuleSet *rules;
    char id[256];
    size_t rule_count, problems;
} Reading;

/* The copy of a rule that is tried on every text. */
static const char *const bare_id = "~";

static void report(Reading *reading, const char *what, const char *text) {
    print_error("%s: %s: %s\n", reading->id, what, text);
    reading->problems++;
}

static bool does_match(Reading *reading, const char *text, const char *id) {
    Found found;
    find_by_words(reading->rules, str(text), &found);
    bool matches = hit_of(&found, reading->rules, id) != NULL;
    if (found.limited) report(reading, "runs into its limit on", text);
    found_done(&found);
    return matches;
}

static void take_pattern(Reading *reading, const char *pattern) {
    static char text[8192];
    snprintf(text, sizeof text, "rule %s\nkind share\nlanguage any\npattern %s\n", bare_id,
             pattern);
    rules_close(reading->rules);
    reading->rules = open_with(text);
}

static void read_line(Reading *reading, char *line) {
    line[strcspn(line, "\r\n")] = 0;
    char *rest = strchr(line, ' ');
    if (!rest) return;
    *rest++ = 0;
    if (strcmp(line, "rule") == 0) {
        snprintf(reading->id, sizeof reading->id, "%s", rest);
        reading->rule_count++;
    } else if (strcmp(line, "pattern") == 0) {
        take_pattern(reading, rest);
    } else if (strcmp(line, "match") == 0) {
        if (!does_match(reading, rest, bare_id)) report(reading, "does not match", rest);
        else if (!does_match(reading, rest, reading->id))
            report(reading, "has no trigger in", rest);
    } else if (strcmp(line, "miss") == 0) {
        if (does_match(reading, rest, bare_id)) report(reading, "matches, but should not", rest);
    }
}

static void read_data(Reading *reading) {
    glob_t files;
    assert_int_equal(glob("core/rules/data/*.rules", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        static char line[8192];
        FILE *file = fopen(files.gl_pathv[i], "r");
        assert_non_null(file);
        while (fgets(line, sizeof line, file)) read_line(reading, line);
        fclose(file);
    }
    globfree(&files);
}

static void built_in_rules_match_their_examples_and_miss_their_misses(void **state) {
    (void)state;
    Reading reading = {.rules = open_rules()};
    read_data(&reading);
    assert_int_equal(reading.problems, 0);
    assert_int_equal(reading.rule_count + 1, rules_count(reading.rules));
    rules_close(reading.rules);
}

static void every_built_in_file_would_pass_as_a_users_own(void **state) {
    (void)state;
    glob_t files;
    assert_int_equal(glob("core/rules/data/*.rules", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        static char text[1 << 19];
        FILE *file = fopen(files.gl_pathv[i], "r");
        assert_non_null(file);
        size_t size = fread(text, 1, sizeof text, file);
        fclose(file);
        /* other ids, as the built-in rules are there already */
        for (size_t at = 0; at + 6 < size; at++)
            if ((at == 0 || text[at - 1] == '\n') && memcmp(text + at, "rule ", 5) == 0)
                text[at + 5] = '~';
        RuleSet *rules = open_rules();
        const char *problem = "";
        if (rules_add(rules, files.gl_pathv[i], text, size, &problem)) fail_msg("%s", problem);
        rules_close(rules);
    }
    globfree(&files);
}

/* ---- files ----------------------------------------------------------------------------------- */

static void assert_problem(const char *text, size_t size, const char *expected) {
    RuleSet *rules = open_rules();
    size_t count = rules_count(rules);
    const char *problem = "";
    assert_int_equal(rules_add(rules, "own", text, size, &problem), DECANT_BAD_RULE);
    assert_string_equal(problem, expected);
    assert_int_equal(rules_count(rules), count);
    rules_close(rules);
}

static void a_bad_file_is_told_with_its_line(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"rule a\nwords b\n", "own:2: unknown keyword in \"words b\""},
        {"rule a b\n", "own:1: a rule's id is one short word, unlike \"a b\""},
        {"rule a\nrule b\n", "own:2: no blank line before the rule \"b\""},
        {"kind share\n", "own:1: no rule is begun before \"kind share\""},
        {"rule a\nkind cheese\n",
         "own:2: unknown kind \"cheese\": the kinds are rights policy contact powered newsletter "
         "subscribe app donate advert share related read-more navigation comment byline dateline "
         "stamp credit bio signoff tags"},
        {"rule a\nlanguage tlh\n", "own:2: unknown language \"tlh\""},
        {"rule a\nlanguage en\nlanguage de\n", "own:3: a second language \"de\""},
        {"rule a\nkind share\nlanguage en\n\n", "own:4: the rule has no pattern"},
        {"rule a\nlanguage en\npattern x", "own:3: the rule has no kind"},
        {"rule a\nkind share\npattern x\n\n", "own:4: the rule has no language"},
        {"rule a\npattern x\npattern y\n", "own:3: a second pattern \"y\""},
        {"rule a\npattern\n", "own:2: nothing follows \"pattern\""},
        {"rule a\npattern \n", "own:2: nothing follows \"pattern \""},
        {"# x\n\nrule a\nkind share\nlanguage en\npattern (x\n\n",
         "own:7: the pattern does not compile: missing closing parenthesis at byte 2"},
        {"rule a\ntrigger Big\n",
         "own:2: a trigger is one lower-case word, one sign or 0, unlike \"Big\""},
        {"rule a\ntrigger e-mail\n",
         "own:2: a trigger is one lower-case word, one sign or 0, unlike \"e-mail\""},
        {"rule a\ntrigger 12\n",
         "own:2: a trigger is one lower-case word, one sign or 0, unlike \"12\""},
        {"rule a\ntrigger 広告\n",
         "own:2: a trigger is one lower-case word, one sign or 0, unlike \"広告\""},
        {"rule a\nkind share\nlanguage en\npattern x\n\nrule a\nkind share\nlanguage en\npattern "
         "y\n",
         "own:9: a rule of this id is there already"},
        {"rule a\ntrigger a\ntrigger b\ntrigger c\ntrigger d\n",
         "own:5: one line of triggers too many \"d\""},
        {"rule a\nlongest 4x\n", "own:2: not one number in \"4x\""},
        {"rule a\nlongest 0\n", "own:2: not one number in \"0\""},
        {"rule a\nlongest 4\nlongest 5\n", "own:3: not one number in \"5\""},
        {"rule a\nlongest 10000000\n", "own:2: not one number in \"10000000\""},
        {"rule \xFF\n", "own:1: the line is not UTF-8"},
        {"rule a\x01\n", "own:1: the line holds a control character"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_problem(cases[i][0], strlen(cases[i][0]), cases[i][1]);
    assert_problem("rule a\0b\n", 9, "own:1: the line holds a control character");
}

static void caps_of_a_rule_are_told(void **state) {
    (void)state;
    static char text[8192];
    size_t at = (size_t)snprintf(text, sizeof text, "rule a\ntrigger ");
    memset(text + at, 'x', 65);
    assert_problem(text, at + 65,
                   "own:2: a trigger too long "
                   "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"");
    for (int i = 0; i < 193; i++) memcpy(text + at + 2 * i, "w ", 2);
    assert_problem(text, at + 386, "own:2: one trigger too many \"w\"");
    at = (size_t)snprintf(text, sizeof text, "rule a\npattern ");
    memset(text + at, 'x', 4097);
    assert_problem(text, at + 4097,
                   "own:2: a pattern too long "
                   "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"");
    assert_problem(text, 7 + 4300, "own:2: the line is too long");
}

static void more_rules_than_the_cap_are_refused(void **state) {
    (void)state;
    enum { RULES = 4097, BYTES = 64 };
    char *text = calloc(RULES, BYTES), *at = text;
    assert_non_null(text);
    for (int i = 0; i < RULES; i++)
        at += sprintf(at, "rule r%d\nkind share\nlanguage en\npattern x\n\n", i);
    RuleSet *rules = open_rules();
    const char *problem = "";
    assert_int_equal(rules_add(rules, "own", text, strlen(text), &problem), DECANT_BAD_RULE);
    assert_non_null(strstr(problem, "one rule too many"));
    rules_close(rules);
    free(text);
}

static void any_line_ends_a_bom_and_comments_will_do(void **state) {
    (void)state;
    RuleSet *rules =
        open_with("\xEF\xBB\xBF# mine\r\nrule a\r\n# why\r\nkind share\r\nlanguage any\r\n"
                  "pattern x\r\n \t\r\nrule b\r\nkind share\r\nlanguage de\r\npattern y");
    decant_rule rule;
    assert_true(rules_get(rules, rules_count(rules) - 2, &rule));
    assert_string_equal(rule.id, "a");
    assert_string_equal(rule.kind, "share");
    assert_string_equal(rule.language, "any");
    assert_string_equal(rule.pattern, "x");
    assert_true(rules_get(rules, rules_count(rules) - 1, &rule));
    assert_string_equal(rule.pattern, "y");
    rules_close(rules);
}

static void a_files_name_may_tell_the_kind(void **state) {
    (void)state;
    const char text[] = "rule a\nlanguage en\npattern x\n\nrule b\nlanguage en\npattern x\n";
    RuleSet *rules = open_rules();
    const char *problem;
    assert_int_equal(rules_add(rules, "my/read-more.rules", text, strlen(text), &problem), 0);
    decant_rule rule;
    rules_get(rules, rules_count(rules) - 1, &rule);
    assert_string_equal(rule.kind, "read-more");
    rules_close(rules);
}

static void a_refused_file_leaves_no_trace(void **state) {
    (void)state;
    RuleSet *rules = open_rules();
    const char bad[] =
        "rule a\nkind share\nlanguage en\ntrigger qwertz\npattern qwertz\n\nrule b\n";
    const char *problem;
    assert_int_equal(rules_add(rules, "own", bad, strlen(bad), &problem), DECANT_BAD_RULE);
    assert_no_hit(rules, "a", str("One qwertz."));
    add(rules, "rule a\nkind share\nlanguage en\ntrigger asdf\npattern asdf\n");
    Found found;
    find_by_words(rules, str("An asdf."), &found);
    assert_non_null(hit_of(&found, rules, "a"));
    found_done(&found);
    rules_close(rules);
}

static void an_empty_file_adds_nothing(void **state) {
    (void)state;
    RuleSet *rules = open_rules();
    size_t count = rules_count(rules);
    const char *problem;
    assert_int_equal(rules_add(rules, "own", NULL, 0, &problem), DECANT_OK);
    add(rules, "\n\n# nothing\n");
    assert_int_equal(rules_count(rules), count);
    rules_close(rules);
}

/* ---- matching -------------------------------------------------------------------------------- */

#define OWN(id, trigger, pattern)                                                                  \
    "rule " id "\nkind share\nlanguage en\n" trigger "pattern " pattern "\n\n"

static void assert_range(RuleSet *rules, const char *id, Str text, uint32_t start, uint32_t end) {
    Found found;
    find_by_words(rules, text, &found);
    const RuleHit *hit = hit_of(&found, rules, id);
    if (!hit) fail_msg("%s does not match", id);
    assert_int_equal(hit->start, start);
    assert_int_equal(hit->end, end);
    assert_int_equal(hit->kind, RULE_SHARE);
    found_done(&found);
}

static void a_rule_is_tried_where_one_of_its_triggers_stands(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "trigger zebra ☂ gnu\n", "zebra|☂|gnu|lion"));
    assert_range(rules, "a", str("One Zebra."), 4, 9);
    assert_range(rules, "a", str("One GNU."), 4, 7);
    assert_range(rules, "a", str("☂"), 0, 3);
    assert_no_hit(rules, "a", str("One lion."));
    rules_close(rules);
}

static void a_rule_without_trigger_is_tried_everywhere(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "", "lion"));
    assert_range(rules, "a", str("One lion."), 4, 8);
    Found found;
    rules_begin(rules);
    find(rules, str("A lion"), &found);
    assert_non_null(hit_of(&found, rules, "a"));
    found_done(&found);
    rules_close(rules);
}

static void digits_are_one_trigger(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "trigger 0\n", "lions: \\d+"));
    assert_range(rules, "a", str("Lions: 27"), 0, 9);
    rules_close(rules);
}

static void a_trigger_may_have_to_come_first(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "trigger ^zebra ^☂ ^0 ^完\n", "\\w+$|☂"));
    const char *const texts[] = {"Zebra",    "» zebra",  "ZebraGnu", "zebra's tail", "☂ x",
                                 "27 lions", "3rd lion", "(4",       "完了"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Found found;
        find_by_words(rules, str(texts[i]), &found);
        if (!hit_of(&found, rules, "a")) fail_msg("%s", texts[i]);
        found_done(&found);
    }
    assert_no_hit(rules, "a", str("One zebra"));
    assert_no_hit(rules, "a", str("x ☂"));
    assert_no_hit(rules, "a", str("Zebras"));
    assert_no_hit(rules, "a", str("未完"));
    rules_close(rules);
}

static void a_trigger_may_have_to_come_last(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "trigger zebra$ 0$ 完$\n", "^.+"));
    const char *const texts[] = {"Zebra", "A zebra »", "GnuZebra", "gnus'Zebra", "In 27", "未完。"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Found found;
        find_by_words(rules, str(texts[i]), &found);
        if (!hit_of(&found, rules, "a")) fail_msg("%s", texts[i]);
        found_done(&found);
    }
    assert_no_hit(rules, "a", str("Zebra gnu"));
    assert_no_hit(rules, "a", str("One zebras"));
    assert_no_hit(rules, "a", str("27 lions"));
    assert_no_hit(rules, "a", str("完了"));
    rules_close(rules);
}

static void a_digit_may_have_to_stand_by_a_mark(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "trigger .0 0/\n", "^.+"));
    assert_range(rules, "a", str("1.5"), 0, 3);
    assert_range(rules, "a", str("a .5"), 0, 4);
    assert_range(rules, "a", str("1/2"), 0, 3);
    assert_no_hit(rules, "a", str("5. lion"));
    assert_no_hit(rules, "a", str("5 / 6"));
    rules_close(rules);
}

static void a_digit_may_have_to_stand_between_marks(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "trigger .0. /0-\n", "^.+"));
    assert_range(rules, "a", str("4.12.20"), 0, 7);
    assert_range(rules, "a", str("a .5."), 0, 5);
    assert_range(rules, "a", str("4/5-6"), 0, 5);
    assert_no_hit(rules, "a", str("4.12"));
    assert_no_hit(rules, "a", str("4.12/20"));
    assert_no_hit(rules, "a", str("4.x1.20"));
    rules_close(rules);
}

static void every_line_of_triggers_must_be_met(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "trigger zebra gnu\ntrigger lion\ntrigger 0\n", "\\w+$"));
    assert_range(rules, "a", str("gnu 2 lion"), 6, 10);
    assert_no_hit(rules, "a", str("gnu zebra 2"));
    assert_no_hit(rules, "a", str("2 lions and a lion"));
    assert_no_hit(rules, "a", str("gnu and a lion"));
    rules_close(rules);
}

static void a_text_over_the_longest_is_not_tried(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "longest 6\n", "é+"));
    assert_range(rules, "a", str("éééééé"), 0, 12);
    assert_range(rules, "a", str("é   é  é"), 0, 2);
    assert_no_hit(rules, "a", str("ééééééé"));
    rules_close(rules);
}

static void a_rule_turned_off_is_not_tried(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "", "lion") OWN("b", "", "lion"));
    assert_true(rules_without(rules, "a"));
    assert_false(rules_without(rules, "no.such.rule"));
    assert_no_hit(rules, "a", str("A lion"));
    assert_range(rules, "b", str("A lion"), 2, 6);
    decant_rule rule;
    assert_false(rules_get(rules, rules_count(rules) - 2, &rule));
    rules_close(rules);
}

static void hits_come_in_the_order_of_the_rules(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "trigger gnu\n", "gnu") OWN("b", "", "lion")
                                   OWN("c", "trigger lion\n", "lion"));
    Found found;
    find_by_words(rules, str("lion gnu lion gnu"), &found);
    assert_int_equal(found.count, 3);
    for (size_t i = 0; i < 3; i++) assert_int_equal(found.hits[i].rule, rules_count(rules) - 3 + i);
    found_done(&found);
    rules_close(rules);
}

static void no_more_than_64_rules_are_tried(void **state) {
    (void)state;
    char text[8192], *at = text;
    for (int i = 0; i < 70; i++)
        at +=
            sprintf(at, "rule r%d\nkind share\nlanguage en\ntrigger qwertz\npattern qwertz\n\n", i);
    RuleSet *rules = open_with(text);
    Found found;
    find_by_words(rules, str("qwertz"), &found);
    assert_int_equal(found.count, 64);
    assert_non_null(hit_of(&found, rules, "r63"));
    found_done(&found);
    rules_close(rules);
}

static void an_empty_match_is_none(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "", "x*"));
    assert_no_hit(rules, "a", str("lion"));
    assert_range(rules, "a", str("boxx"), 2, 4);
    rules_close(rules);
}

static void white_space_of_any_kind_is_one_space_to_a_pattern(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "", "all rights reserved$"));
    assert_range(rules, "a", str("© All rights reserved"), 3, 22);
    assert_range(rules, "a", str("All \r\n rights\t \xC2\xA0reserved"), 0, 25);
    assert_range(rules, "a", str("e all\xE3\x80\x80rights  reserved"), 2, 24);
    rules_close(rules);
}

static void double_spaces_are_found_wherever_they_stand(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "", "x y"));
    char text[64] = "";
    for (uint32_t i = 1; i < 40; i++) {
        memset(text, 'x', i);
        memcpy(text + i, "  yzzzz", 8);
        assert_range(rules, "a", str(text), i - 1, i + 3);
    }
    rules_close(rules);
}

static void invalid_bytes_neither_match_nor_harm(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "", "lion.gnu") OWN("b", "", "\\x{FFFD}"));
    assert_range(rules, "a", str("\xFF\xC3 lion\xE2gnu \xF0\x9F"), 3, 11);
    assert_no_hit(rules, "b", str("\xFF"));
    rules_close(rules);
}

static void of_a_long_text_both_ends_are_searched(void **state) {
    (void)state;
    enum { SIZE = 30001 };
    RuleSet *rules = open_with(OWN("first", "", "^é?lion") OWN("last", "", "gnu$") OWN(
        "inner", "", "zebra") OWN("caret", "", "^hare") OWN("dollar", "", "hare$"));
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (size_t i = 1; i + 1 < SIZE; i += 2) memcpy(text + i, "\xC3\xA9", 2);
    memcpy(text, "lion ", 5);
    memcpy(text + 15000, " zebra ", 7);
    memcpy(text + SIZE - 4, " gnu", 4);
    assert_range(rules, "first", (Str){(const uint8_t *)text, SIZE}, 0, 4);
    assert_range(rules, "last", (Str){(const uint8_t *)text, SIZE}, SIZE - 3, SIZE);
    assert_no_hit(rules, "inner", (Str){(const uint8_t *)text, SIZE});
    memset(text, ' ', SIZE);
    memcpy(text + 2044, "hare", 4);
    memcpy(text + SIZE - 2048, "hare", 4);
    assert_no_hit(rules, "caret", (Str){(const uint8_t *)text, SIZE});
    assert_no_hit(rules, "dollar", (Str){(const uint8_t *)text, SIZE});
    free(text);
    rules_close(rules);
}

static void a_text_of_4096_bytes_is_searched_whole(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "", "zebra"));
    char text[4096];
    memset(text, '\t', sizeof text);
    memcpy(text + 2046, "zebra", 5);
    assert_range(rules, "a", (Str){(const uint8_t *)text, sizeof text}, 2046, 2051);
    rules_close(rules);
}

static void a_runaway_pattern_is_given_up_and_counted(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "", "(?:(a|b|ab)+)+\\d") OWN("b", "", "b$"));
    char text[120];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'b';
    for (int i = 0; i < 3; i++) {
        Found found;
        find(rules, (Str){(const uint8_t *)text, sizeof text}, &found);
        assert_int_equal(found.limited, 1);
        assert_null(hit_of(&found, rules, "a"));
        assert_non_null(hit_of(&found, rules, "b"));
        found_done(&found);
    }
    rules_close(rules);
}

static void deep_recursion_is_bounded(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "", "(\\((?:[^()]|(?1))*+\\))$"));
    char text[4000];
    memset(text, '(', sizeof text / 2);
    memset(text + sizeof text / 2, ')', sizeof text / 2);
    Found found;
    find(rules, (Str){(const uint8_t *)text, sizeof text}, &found);
    assert_int_equal(found.limited + found.count, 1);
    found_done(&found);
    rules_close(rules);
}

static void much_used_rules_match_the_same(void **state) {
    (void)state;
    RuleSet *rules = open_with(OWN("a", "", "(?:lion|gnu)s? (?=and)"));
    for (int i = 0; i < 200; i++) assert_range(rules, "a", str("Two gnus and a lion"), 4, 9);
    rules_close(rules);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* Refuses one request; counts what is out. */
typedef struct Miser {
    size_t requests, refused, out;
} Miser;

static void *miser_resize(void *user, void *block, size_t old_size, size_t new_size) {
    Miser *miser = user;
    if (++miser->requests == miser->refused) return NULL;
    void *grown = realloc(block, new_size);
    assert_non_null(grown);
    miser->out += new_size - (block ? old_size : 0);
    return grown;
}

static void miser_release(void *user, void *block, size_t size) {
    Miser *miser = user;
    miser->out -= size;
    free(block);
}

static decant_status use_rules(Miser *miser) {
    const decant_allocator allocator = {miser, miser_resize, miser_release};
    const char text[] = OWN("a", "", "lion") OWN("b", "trigger gnu\n", "gnu|(?:x+)+y");
    const char *problem;
    RuleSet *rules = rules_open(&allocator);
    if (!rules) return DECANT_NO_MEMORY;
    Arena arena;
    RuleHit *hits = NULL;
    size_t count = 0, capacity = 0, limited = 0;
    arena_init(&arena, &allocator);
    decant_status status = rules_add(rules, "own", text, strlen(text), &problem);
    const Str noise = str("© 2024 lion, gnu. All rights reserved.");
    meet_words(rules, noise);
    for (int i = 0; i < 50 && !status; i++)
        status = rules_match(rules, noise, &arena, &hits, &count, &capacity, &limited);
    arena_done(&arena);
    rules_close(rules);
    return status;
}

static void a_refused_allocation_is_an_error_without_leaks(void **state) {
    (void)state;
    Miser all = {0};
    assert_int_equal(use_rules(&all), DECANT_OK);
    assert_int_equal(all.out, 0);
    for (size_t nth = 1; nth <= all.requests; nth++) {
        Miser miser = {.refused = nth};
        decant_status status = use_rules(&miser);
        if (status && status != DECANT_NO_MEMORY) fail_msg("request %zu: status %d", nth, status);
        assert_int_equal(miser.out, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_rules_match_their_examples_and_miss_their_misses),
        cmocka_unit_test(every_built_in_file_would_pass_as_a_users_own),
        cmocka_unit_test(a_bad_file_is_told_with_its_line),
        cmocka_unit_test(caps_of_a_rule_are_told),
        cmocka_unit_test(more_rules_than_the_cap_are_refused),
        cmocka_unit_test(any_line_ends_a_bom_and_comments_will_do),
        cmocka_unit_test(a_files_name_may_tell_the_kind),
        cmocka_unit_test(a_refused_file_leaves_no_trace),
        cmocka_unit_test(an_empty_file_adds_nothing),
        cmocka_unit_test(a_rule_is_tried_where_one_of_its_triggers_stands),
        cmocka_unit_test(a_rule_without_trigger_is_tried_everywhere),
        cmocka_unit_test(digits_are_one_trigger),
        cmocka_unit_test(a_trigger_may_have_to_come_first),
        cmocka_unit_test(a_trigger_may_have_to_come_last),
        cmocka_unit_test(a_digit_may_have_to_stand_by_a_mark),
        cmocka_unit_test(a_digit_may_have_to_stand_between_marks),
        cmocka_unit_test(every_line_of_triggers_must_be_met),
        cmocka_unit_test(a_text_over_the_longest_is_not_tried),
        cmocka_unit_test(a_rule_turned_off_is_not_tried),
        cmocka_unit_test(hits_come_in_the_order_of_the_rules),
        cmocka_unit_test(no_more_than_64_rules_are_tried),
        cmocka_unit_test(an_empty_match_is_none),
        cmocka_unit_test(white_space_of_any_kind_is_one_space_to_a_pattern),
        cmocka_unit_test(double_spaces_are_found_wherever_they_stand),
        cmocka_unit_test(invalid_bytes_neither_match_nor_harm),
        cmocka_unit_test(of_a_long_text_both_ends_are_searched),
        cmocka_unit_test(a_text_of_4096_bytes_is_searched_whole),
        cmocka_unit_test(a_runaway_pattern_is_given_up_and_counted),
        cmocka_unit_test(deep_recursion_is_bounded),
        cmocka_unit_test(much_used_rules_match_the_same),
        cmocka_unit_test(a_refused_allocation_is_an_error_without_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
