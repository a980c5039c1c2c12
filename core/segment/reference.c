/* SPDX-License-Identifier: MIT
 * reference.c - decodes character references. Names are letters and digits alone, so that one with
 * a semicolon is the whole run of those; the few that go without are short. */
#include "segment/reference.h"

#include "base/utf8.h"
#include "language/letters.h"
#include "segment/reference_table.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD, LAST_CODE = 0x10FFFF };

/* What 0x80 to 0x9F mean: bytes of windows-1252; 0 where they mean themselves. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static bool is_digit(uint8_t byte) {
    return (uint8_t)(byte - '0') < 10;
}

static bool is_letter_or_digit(uint8_t byte) {
    return letter_is_ascii(byte) || is_digit(byte);
}

/* ---- numbers -------------------------------------------------------------------------------- */

/* What a digit of either case is worth; 16 for what is none. */
static unsigned digit_value(uint8_t byte) {
    if (is_digit(byte)) return byte - (unsigned)'0';
    const unsigned letter = (byte | 0x20u) - 'a';
    return letter < 6 ? 10 + letter : 16;
}

static uint32_t code_of_number(uint32_t number) {
    if (number == 0 || number > LAST_CODE || (number >= 0xD800 && number < 0xE000))
        return REPLACEMENT;
    if (number >= 0x80 && number < 0xA0 && windows_1252[number - 0x80])
        return windows_1252[number - 0x80];
    return number;
}

/* Behind "&#". */
static size_t read_number(Str text, uint8_t *ret, size_t *ret_size) {
    const bool is_hex = text.len > 2 && (text.at[2] | 0x20) == 'x';
    const unsigned base = is_hex ? 16 : 10;
    const size_t start = is_hex ? 3 : 2;
    size_t at = start;
    uint32_t number = 0;
    for (; at < text.len && digit_value(text.at[at]) < base; at++)
        if (number <= LAST_CODE) number = number * base + digit_value(text.at[at]);
    if (at == start) return 0;
    *ret_size = utf8_write(code_of_number(number), ret);
    return at + (at < text.len && text.at[at] == ';');
}

/* ---- names ---------------------------------------------------------------------------------- */

static int compare_name(const uint8_t *name, size_t size, const ReferenceName *known) {
    const size_t common = size < known->size ? size : known->size;
    const int order = memcmp(name, reference_signs + known->at, common);
    return order ? order : (int)size - known->size;
}

/* NULL where no reference has that name. */
static const ReferenceName *find_name(const uint8_t *name, size_t size) {
    if (size == 0 || size > REFERENCE_LONGEST || !letter_is_ascii(*name)) return NULL;
    size_t low = reference_first[*name - 'A'], high = reference_first[*name - 'A' + 1];
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = compare_name(name, size, &reference_names[middle]);
        if (order == 0) return &reference_names[middle];
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}

/* The longest name at the beginning of the run that goes without a semicolon. */
static const ReferenceName *find_bare_name(const uint8_t *run, size_t size) {
    if (size > REFERENCE_BARE_LONGEST) size = REFERENCE_BARE_LONGEST;
    for (; size >= REFERENCE_BARE_SHORTEST; size--) {
        const ReferenceName *found = find_name(run, size);
        if (found && found->is_bare) return found;
    }
    return NULL;
}

static size_t read_name(Str text, bool in_attribute, uint8_t *ret, size_t *ret_size) {
    const uint8_t *run = text.at + 1;
    size_t size = 0;
    while (size <= REFERENCE_LONGEST && size + 1 < text.len && is_letter_or_digit(run[size]))
        size++;
    const uint8_t next = size + 1 < text.len ? run[size] : 0;
    const ReferenceName *found = next == ';' ? find_name(run, size) : NULL;
    const bool has_semicolon = found;
    if (!found) found = find_bare_name(run, size);
    if (!found) return 0;
    if (in_attribute && !has_semicolon && (found->size < size || next == '=')) return 0;
    memcpy(ret, reference_signs + found->at + found->size, found->value_size);
    *ret_size = found->value_size;
    return 1 + found->size + (size_t)has_semicolon;
}

size_t reference_read(Str text, bool in_attribute, uint8_t ret[REFERENCE_SIZE], size_t *ret_size) {
    *ret_size = 0;
    if (text.len < 2 || text.at[0] != '&') return 0;
    if (text.at[1] == '#') return read_number(text, ret, ret_size);
    return read_name(text, in_attribute, ret, ret_size);
}
