/* SPDX-License-Identifier: MIT
 * metadata_value.c - cleans what pages say about themselves: strings and lists of names. */
#include "language/letters.h"
#include "segment/metadata_parts.h"
#include "segment/reference.h"

#include <string.h>

/* ---- values --------------------------------------------------------------------------------- */

void value_begin(Value *value, size_t limit) {
    value->limit = limit;
    value->size = 0;
    value->has_space = value->is_full = false;
}

static void add_sign(Value *value, const uint8_t *bytes, size_t size) {
    const size_t space = value->has_space && value->size > 0;
    if (value->size + space + size > value->limit) {
        value->is_full = true;
        return;
    }
    if (space) value->bytes[value->size++] = ' ';
    memcpy(value->bytes + value->size, bytes, size);
    value->size += size;
    value->has_space = false;
}

static void add_letter(Value *value, const uint8_t *at, const Letter *letter) {
    static const uint8_t replacement[] = {0xEF, 0xBF, 0xBD};
    const bool is_control = letter->code < 0x20 || (letter->code >= 0x7F && letter->code < 0xA0);
    if (letter->letter == LETTER_SPACE || is_control) value->has_space = true;
    else if (letter->code == 0xAD) return; /* a soft hyphen says nothing */
    else if (letter->code == 0xFFFD) add_sign(value, replacement, sizeof replacement);
    else add_sign(value, at, letter->size);
}

static void add_letters(Value *value, const uint8_t *at, const uint8_t *end) {
    while (at < end) {
        const Letter letter = letter_read(at, end);
        add_letter(value, at, &letter);
        at += letter.size;
    }
}

void value_add(Value *value, Str text, ValueText how) {
    const uint8_t *at = text.at, *const end = text.at + text.len;
    while (at < end && !value->is_full) {
        uint8_t sign[REFERENCE_SIZE];
        size_t size, taken = 0;
        if (*at == '&' && how != VALUE_PLAIN)
            taken =
                reference_read((Str){at, (size_t)(end - at)}, how == VALUE_ATTRIBUTE, sign, &size);
        if (taken) add_letters(value, sign, sign + size);
        const Letter letter = letter_read(at, end);
        if (!taken) add_letter(value, at, &letter);
        at += taken ? taken : letter.size;
    }
}

void value_resolve(Value *value) {
    uint8_t copy[VALUE_SIZE];
    const size_t copy_size = value->size;
    if (!memchr(value->bytes, '&', copy_size)) return;
    memcpy(copy, value->bytes, copy_size);
    value_begin(value, value->limit);
    for (const uint8_t *at = copy, *end = copy + copy_size; at < end;) {
        uint8_t sign[REFERENCE_SIZE];
        size_t size = 0, taken = reference_read((Str){at, (size_t)(end - at)}, false, sign, &size);
        if (taken && at[taken - 1] != ';') taken = 0;
        const Letter letter = letter_read(at, end);
        if (taken) add_letters(value, sign, sign + size);
        else add_letter(value, at, &letter);
        at += taken ? taken : letter.size;
    }
}

bool str_keep(Str *ret, Arena *arena, Str text) {
    uint8_t *copy = arena_take(arena, text.len, 1);
    *ret = (Str){copy, copy ? text.len : 0};
    if (copy && text.len) memcpy(copy, text.at, text.len);
    return copy;
}

/* ---- comparing ------------------------------------------------------------------------------ */

Str str_trim(Str text) {
    while (text.len && scan_is_space(*text.at)) text.at++, text.len--;
    while (text.len && scan_is_space(text.at[text.len - 1])) text.len--;
    return text;
}

bool str_starts(Str str, const char *text) {
    size_t i = 0;
    for (; text[i]; i++)
        if (i == str.len || str_small(str.at[i]) != (uint8_t)text[i]) return false;
    return true;
}

/* The next letter or digit, small; 0 at the end. */
static uint32_t next_word_sign(const uint8_t **at, const uint8_t *end) {
    while (*at < end) {
        const Letter letter = letter_read(*at, end);
        *at += letter.size;
        if (letter.letter >= LETTER_LOWER && letter.letter <= LETTER_DIGIT)
            return letter_lower(letter.code);
    }
    return 0;
}

/* Whether the letters and digits of b begin with those of a. */
static bool begins_alike(Str a, const uint8_t *b, const uint8_t *b_end, bool *ret_all) {
    const uint8_t *at = a.at, *const end = a.at + a.len;
    for (;;) {
        const uint32_t sign = next_word_sign(&at, end);
        if (!sign) break;
        if (sign != next_word_sign(&b, b_end)) return false;
    }
    *ret_all = next_word_sign(&b, b_end) == 0;
    return true;
}

static size_t count_word_signs(Str text) {
    const uint8_t *at = text.at, *const end = text.at + text.len;
    size_t count = 0;
    while (next_word_sign(&at, end)) count++;
    return count;
}

bool str_alike(Str a, Str b) {
    bool is_all;
    if (!a.len || !b.len || !count_word_signs(a)) return false;
    return begins_alike(a, b.at, b.at + b.len, &is_all) && is_all;
}

bool str_within(Str part, Str whole) {
    if (whole.len > 100 || count_word_signs(part) < 3) return false;
    bool is_all;
    for (size_t i = 0; i < whole.len; i++)
        if (begins_alike(part, whole.at + i, whole.at + whole.len, &is_all)) return true;
    return false;
}

/* ---- names ---------------------------------------------------------------------------------- */

/* Behind such words a name may follow. */
static Str skip_by(Str name) {
    static const char *const words[] = {"view all posts by",
                                        "read more about",
                                        "written by",
                                        "published by",
                                        "posted by",
                                        "posts by",
                                        "post by",
                                        "text by",
                                        "words by",
                                        "story by",
                                        "article by",
                                        "recipe by",
                                        "guide by",
                                        "by ",
                                        "by:",
                                        "author:",
                                        "authors:",
                                        "author ",
                                        "authors ",
                                        ": ",
                                        ":",
                                        "& ",
                                        "| "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_starts(name, words[i])) continue;
        const size_t size = strlen(words[i]);
        name = str_trim((Str){name.at + size, name.len - size});
    }
    return name;
}

/* Whether what follows a comma is a title of the name before it: MD, Ph.D., CFP, E-RYT 200. */
static bool is_credential(Str piece) {
    size_t capitals = 0, small = 0, count = 0;
    if (str_is(piece, "jr.") || str_is(piece, "jr") || str_is(piece, "sr.") ||
        str_starts(piece, "ph.d") || str_starts(piece, "phd"))
        return true;
    for (const uint8_t *at = piece.at, *end = at + piece.len; at < end; count++) {
        const Letter letter = letter_read(at, end);
        capitals += letter.letter == LETTER_UPPER;
        small += letter.letter == LETTER_LOWER || letter.letter >= LETTER_CASELESS;
        at += letter.size;
    }
    return piece.len > 0 && capitals >= 2 && count <= 12 && small <= 1;
}

/* What divides names at `at`, commas aside: its size, 0 for none. */
static size_t divider_size(Str list, size_t at) {
    static const char *const dividers[] = {" and ",  " & ", ";",  " | ", " und ",
                                           " with ", "、",  "，", " et "};
    for (size_t i = 0; i < sizeof dividers / sizeof *dividers; i++)
        if (str_starts((Str){list.at + at, list.len - at}, dividers[i])) return strlen(dividers[i]);
    return 0;
}

/* Whether the comma at `at` stands between two names, and not before what one of them is. */
static bool is_dividing(Str list, size_t at) {
    size_t end = at + 1;
    while (end < list.len && list.at[end] != ',' && !divider_size(list, end)) end++;
    return !is_credential(str_trim((Str){list.at + at + 1, end - at - 1}));
}

bool name_next(Str *rest, Str *ret) {
    Str list = str_trim(*rest);
    if (list.len == 0) return false;
    list = skip_by(list);
    if (str_starts(list, "and ")) list = (Str){list.at + 4, list.len - 4};
    size_t at = 0, size = 0;
    for (; at < list.len && size == 0; at += size == 0)
        size = list.at[at] == ',' ? is_dividing(list, at) : divider_size(list, at);
    *ret = str_trim((Str){list.at, at});
    *rest = (Str){list.at + at + size, list.len - at - size};
    return true;
}

Str name_turn(Str name, uint8_t buffer[NAME_SIZE]) {
    const uint8_t *comma =
        name.len && name.len <= NAME_SIZE ? memchr(name.at, ',', name.len) : NULL;
    if (!comma) return name;
    const Str last = str_trim((Str){name.at, (size_t)(comma - name.at)});
    const Str first = str_trim((Str){comma + 1, (size_t)(name.at + name.len - comma) - 1});
    if (!last.len || !first.len || is_credential(first) || memchr(first.at, ',', first.len) ||
        memchr(name.at, ';', name.len))
        return name;
    memcpy(buffer, first.at, first.len);
    buffer[first.len] = ' ';
    memcpy(buffer + first.len + 1, last.at, last.len);
    return (Str){buffer, first.len + 1 + last.len};
}

bool name_is_fine(Str name) {
    static const char *const nobody[] = {
        "admin",  "administrator", "unknown",    "anonymous", "guest",      "author", "null",
        "none",   "undefined",     "n/a",        "by",        "wordpress",  "user",   "webmaster",
        "editor", "staff",         "super user", "root",      "site admin", "test"};
    if (name.len < 2 || name.len > 120 || memchr(name.at, '@', name.len)) return false;
    static const char *const beginnings[] = {
        "http",   "www.",   "//",     "view ",   "read ",     "more ",  "see ",       "all ",
        "about ", "share ", "follow", "updated", "published", "posted", "the author", "from the"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (str_starts(name, beginnings[i])) return false;
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
        if (str_is(name, nobody[i])) return false;
    size_t letters = 0;
    for (const uint8_t *at = name.at, *end = at + name.len; at < end;) {
        const Letter letter = letter_read(at, end);
        if (memchr("{}<>=", *at, 5)) return false;
        letters += letter.letter >= LETTER_LOWER && letter.letter <= LETTER_UNSPACED;
        at += letter.size;
    }
    return letters >= 2 || letters * 3 >= name.len;
}

/* Words that follow a name under a title. */
static bool ends_byline(Str rest) {
    static const char *const words[] = {
        " | ",    " • ",      " · ",     " - ",        " – ",     " — ",      " » ",
        " on ",   " posted ", " in ",    " published", " / ",     " updated", " reviewed ",
        " at ",   " last ",   " follow", " for ",      "|",       "•",        " written ",
        " is a ", " was ",    " read ",  " | ",        " about ", " share",   " min read"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(rest, words[i])) return true;
    return rest.len > 1 && *rest.at == ' ' && (uint8_t)(rest.at[1] - '0') < 10;
}

static bool is_date_word(Str word) {
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdecmontuewedthufrisatsun";
    if (word.len < 3 || word.len > 10) return false;
    for (size_t i = 0; i < sizeof months - 1; i += 3)
        if (str_starts(word, (const char[]){months[i], months[i + 1], months[i + 2], '\0'}))
            return true;
    return false;
}

/* Without the words of a date at its end, whose numbers were cut off. */
static Str cut_date_words(Str name) {
    for (;;) {
        size_t at = name.len;
        while (at > 0 && name.at[at - 1] != ' ') at--;
        if (!is_date_word((Str){name.at + at, name.len - at})) return name;
        name = str_trim((Str){name.at, at});
        while (name.len && name.at[name.len - 1] == ',') name.len--;
    }
}

Str name_in_byline(Str line) {
    line = str_trim(line);
    const Str name = skip_by(line), none = {line.at, 0};
    size_t end = 0, words = 1;
    for (; end < name.len && !ends_byline((Str){name.at + end, name.len - end}); end++)
        words += name.at[end] == ' ';
    Str cut = str_trim((Str){name.at, end});
    if (end + 1 < name.len && (uint8_t)(name.at[end + 1] - '0') < 10) cut = cut_date_words(cut);
    while (cut.len && strchr(",:;", cut.at[cut.len - 1])) cut.len--;
    if (cut.len == 0 || cut.len > 80 || words > 10) return none;
    const Letter first = letter_read(cut.at, cut.at + cut.len);
    return first.letter == LETTER_LOWER && name.at == line.at && words > 1 ? none : cut;
}

/* Two to four words that begin with capitals. */
static Str take_capitalised(Str text) {
    size_t at = 0, end = 0, words = 0;
    while (at < text.len && words < 4) {
        const Letter first = letter_read(text.at + at, text.at + text.len);
        if (first.letter != LETTER_UPPER) break;
        while (at < text.len && text.at[at] != ' ' && text.at[at] != ',' && text.at[at] != '|')
            at++;
        end = at;
        words++;
        if (at == text.len || text.at[at] != ' ') break;
        at++;
    }
    return (Str){text.at, words >= 2 ? end : 0};
}

Str name_in_text(Str text) {
    for (size_t at = 0; at + 3 < text.len; at++) {
        const bool is_start = at == 0 || (at > 1 && text.at[at - 2] == '|');
        if (!is_start || !str_starts((Str){text.at + at, text.len - at}, "by ")) continue;
        const size_t from = at + 3 + (text.at[at + 3] == '|' ? 2 : 0);
        if (from >= text.len) break;
        const Str name = name_in_byline(take_capitalised((Str){text.at + from, text.len - from}));
        if (name.len) return name;
    }
    return (Str){text.at, 0};
}
