/* SPDX-License-Identifier: MIT
 * attributes.c - reads class, id, role, itemprop, style and their like. */
#include "segment/attributes.h"

#include "language/letters.h"

#include <string.h>

/* Where an attribute's name stands in the list of those that matter. */
typedef enum Known {
    KNOWN_NONE,
    KNOWN_CLASS,
    KNOWN_ID,
    KNOWN_ROLE,
    KNOWN_ITEMPROP,
    KNOWN_HIDDEN,
    KNOWN_ARIA_HIDDEN,
    KNOWN_STYLE,
    KNOWN_START
} Known;

static Known know(Str page, const ScanAttribute *attribute) {
    static const struct {
        const char *name;
        uint8_t size;
        uint8_t known;
    } list[] = {
        {"class", 5, KNOWN_CLASS},   {"id", 2, KNOWN_ID},
        {"role", 4, KNOWN_ROLE},     {"itemprop", 8, KNOWN_ITEMPROP},
        {"hidden", 6, KNOWN_HIDDEN}, {"aria-hidden", 11, KNOWN_ARIA_HIDDEN},
        {"style", 5, KNOWN_STYLE},   {"start", 5, KNOWN_START},
    };
    const size_t size = attribute->name.end - attribute->name.start;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (list[i].size == size && scan_stands_at(page, attribute->name.start, list[i].name, size))
            return (Known)list[i].known;
    return KNOWN_NONE;
}

static bool is_capital(uint8_t byte) {
    return byte >= 'A' && byte <= 'Z';
}

/* What is read off a start tag. */
typedef struct Reading {
    Element *element;
    uint32_t names[NAMES_MOST], count;
} Reading;

static void add_name(Reading *reading, uint32_t hash) {
    if (reading->count < NAMES_MOST) reading->names[reading->count++] = hash;
}

/* A word or name being read; shorter ones say nothing. */
typedef struct Spelling {
    uint32_t hash;
    size_t letters;
} Spelling;

enum { LEAST_LETTERS = 2 };

/* Words: runs of letters, parted by other signs and by a capital after a small letter. */
static void read_words(Reading *reading, Str value) {
    const Spelling none = {.hash = WORD_HASH_START};
    Spelling word = none;
    for (size_t i = 0; i <= value.len; i++) {
        const bool is_letter = i < value.len && letter_is_ascii(value.at[i]);
        const bool is_joint =
            is_letter && word.letters && is_capital(value.at[i]) && !is_capital(value.at[i - 1]);
        if (word.letters >= LEAST_LETTERS && (!is_letter || is_joint)) {
            reading->element->roles |= role_of_word(word.hash);
            add_name(reading, word.hash);
        }
        if (!is_letter || is_joint) word = none;
        if (!is_letter) continue;
        word.hash = word_hash_add(word.hash, value.at[i] | 0x20u);
        word.letters++;
    }
}

/* Names: what white space parts, but for digits, which count elements more often than they name
 * them. A name of letters alone is another than the word. */
static void read_names(Reading *reading, Str value) {
    const Spelling none = {.hash = word_hash_add(WORD_HASH_START, ' ')};
    Spelling name = none;
    for (size_t i = 0; i <= value.len; i++) {
        const bool is_end = i == value.len || scan_is_space(value.at[i]);
        if (is_end && name.letters >= LEAST_LETTERS) add_name(reading, name.hash);
        if (is_end) name = none;
        if (is_end || (value.at[i] >= '0' && value.at[i] <= '9')) continue;
        const bool is_letter = letter_is_ascii(value.at[i]);
        name.hash = word_hash_add(name.hash, is_letter ? value.at[i] | 0x20u : value.at[i]);
        name.letters += is_letter;
    }
}

static void read_value(Reading *reading, Str value) {
    read_words(reading, value);
    read_names(reading, value);
}

/* Landmarks of WAI-ARIA, whose names mean other things than the same words in a class. */
static void read_landmark(Reading *reading, Str value) {
    Roles *roles = &reading->element->roles;
    static const struct {
        const char *name;
        Roles roles;
    } landmarks[] = {
        {"banner", ROLE_BIT(ROLE_HEADER)},
        {"contentinfo", ROLE_BIT(ROLE_FOOTER)},
        {"complementary", ROLE_BIT(ROLE_SIDEBAR)},
        {"navigation", ROLE_BIT(ROLE_NAV)},
        {"presentation", 0},
        {"region", 0},
    };
    const Roles before = *roles;
    read_value(reading, value);
    for (size_t i = 0; i < sizeof landmarks / sizeof *landmarks; i++)
        if (value.len == strlen(landmarks[i].name) &&
            scan_stands_at(value, 0, landmarks[i].name, value.len))
            *roles = before | landmarks[i].roles;
}

static size_t skip_space(Str text, size_t at) {
    while (at < text.len && scan_is_space(text.at[at])) at++;
    return at;
}

/* Whether a style sets a property to a value: "display" to "none" in "color: red; DISPLAY: none".
 */
static bool declares(Str style, const char *property, const char *value) {
    const size_t size = strlen(property);
    for (size_t i = 0; i + size <= style.len; i++) {
        const bool begins = i == 0 || style.at[i - 1] == ';' || scan_is_space(style.at[i - 1]);
        if (!begins || !scan_stands_at(style, i, property, size)) continue;
        const size_t colon = skip_space(style, i + size);
        if (scan_stands_at(style, colon, ":", 1) &&
            scan_stands_at(style, skip_space(style, colon + 1), value, strlen(value)))
            return true;
    }
    return false;
}

static bool hides(Str style) {
    return declares(style, "display", "none") || declares(style, "visibility", "hidden");
}

/* A whole number of up to six digits; 1 where there is none. */
static uint32_t read_start(Str value) {
    uint32_t number = 0;
    if (!value.len || value.len > 6) return 1;
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] < '0' || value.at[i] > '9') return 1;
        number = number * 10 + (uint32_t)(value.at[i] - '0');
    }
    return number;
}

static uint32_t hash_bytes(uint32_t hash, Str bytes) {
    for (size_t i = 0; i < bytes.len; i++) hash = word_hash_add(hash, bytes.at[i]);
    return hash;
}

static void read_attribute(Reading *reading, Known known, Str value) {
    Element *element = reading->element;
    switch (known) {
    case KNOWN_CLASS:
        element->name = hash_bytes(element->name, value);
        read_value(reading, value);
        break;
    case KNOWN_ID:
    case KNOWN_ITEMPROP:
        read_value(reading, value);
        break;
    case KNOWN_ROLE:
        read_landmark(reading, value);
        break;
    case KNOWN_HIDDEN:
        element->hidden |= HIDDEN_ATTRIBUTE;
        break;
    case KNOWN_ARIA_HIDDEN:
        if (value.len == 4 && scan_stands_at(value, 0, "true", 4)) element->hidden |= HIDDEN_ARIA;
        break;
    case KNOWN_STYLE:
        if (hides(value)) element->hidden |= HIDDEN_STYLE;
        break;
    case KNOWN_START:
        if (element->tag == TAG_OL) element->ordinal = read_start(value) - 1;
        break;
    case KNOWN_NONE:
        break;
    }
}

static bool keep_names(const Reading *reading, Arena *arena) {
    uint32_t *names = arena_take(arena, reading->count, sizeof *names);
    if (!names) return false;
    memcpy(names, reading->names, reading->count * sizeof *names);
    reading->element->naming = (Naming){names, reading->count};
    return true;
}

bool attributes_read(Element *element, Arena *arena, Str page, ScanRange inside) {
    Reading reading;
    ScanAttribute attribute;
    uint32_t seen = 0;
    reading.element = element;
    reading.count = 0;
    element->name = word_hash_add(WORD_HASH_START, element->tag);
    while (scan_attribute(page, &inside, &attribute)) {
        const Known known = know(page, &attribute);
        if (known == KNOWN_NONE || seen & (1u << known)) continue;
        seen |= 1u << known;
        const Str value = {page.at + attribute.value.start,
                           attribute.value.end - attribute.value.start};
        read_attribute(&reading, known, value);
    }
    return !reading.count || keep_names(&reading, arena);
}
