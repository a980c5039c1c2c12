/* SPDX-License-Identifier: MIT
 * sniff.c - looks at the beginning of a document, and no further than SNIFF_MOST bytes. */
#include "input/sniff.h"

#include <string.h>

enum { SNIFF_MOST = 4096 };

static bool is_space(uint8_t byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static uint8_t small(uint8_t byte) {
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

static bool begins_with(Str text, const char *word) {
    const size_t size = strlen(word);
    if (text.len < size) return false;
    for (size_t i = 0; i < size; i++)
        if (small(text.at[i]) != (uint8_t)word[i]) return false;
    return true;
}

/* Whether such a tag stands there: its name and what ends it. */
static bool is_tag(Str text, const char *name) {
    const size_t size = strlen(name) + 1;
    if (text.len <= size || text.at[0] != '<') return false;
    if (!begins_with((Str){text.at + 1, text.len - 1}, name)) return false;
    return is_space(text.at[size]) || text.at[size] == '>' || text.at[size] == '/';
}

static Str after(Str text, size_t size) {
    return (Str){text.at + size, text.len - size};
}

static Str skip_space(Str text) {
    while (text.len && is_space(text.at[0])) text = after(text, 1);
    return text;
}

/* Minifiers take the white space out of it. */
static bool is_doctype(Str text) {
    static const char word[] = "<!doctype";
    return begins_with(text, word) && begins_with(skip_space(after(text, sizeof word - 1)), "html");
}

/* The text after the first such word; nothing where there is none. */
static Str after_word(Str text, const char *word) {
    while (text.len && !begins_with(text, word)) text = after(text, 1);
    return after(text, text.len ? strlen(word) : 0);
}

/* Whether these are UTF-16 by a byte order mark, or by two units of ASCII; where the high byte of a
 * unit is then: 1 in little endian, 0 in big. */
static bool is_utf16(Str head, size_t *ret_high) {
    if (head.len < 4) return false;
    const uint8_t *at = head.at;
    const bool has_mark = (at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF);
    *ret_high = has_mark ? at[0] == 0xFF : at[1] == 0;
    return has_mark ||
           (at[*ret_high] == 0 && at[*ret_high + 2] == 0 && at[!*ret_high] && at[!*ret_high + 2]);
}

/* UTF-16 in a byte a unit: what is no ASCII is all one. The mark, if there is one, is left out. */
static Str narrow(Str head, size_t high, uint8_t *bytes) {
    size_t size = 0;
    for (size_t i = head.at[high] ? 2 : 0; i + 1 < head.len && size < SNIFF_MOST; i += 2)
        bytes[size++] = head.at[i + high] ? 0xFF : head.at[i + !high];
    return (Str){bytes, size};
}

bool sniff_html(Str head) {
    static const char *const tags[] = {"html", "head",  "script", "iframe", "h1",    "div",
                                       "font", "table", "a",      "style",  "title", "b",
                                       "body", "br",    "p",      "meta"};
    uint8_t bytes[SNIFF_MOST];
    Str text = head;
    size_t high;
    if (is_utf16(head, &high)) text = narrow(head, high, bytes);
    else if (text.len >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0) text = after(text, 3);
    if (text.len > SNIFF_MOST) text.len = SNIFF_MOST;
    for (;;) {
        text = skip_space(text);
        if (begins_with(text, "<!--")) text = after_word(text, "-->");
        else if (begins_with(text, "<?xml")) text = after_word(text, "?>");
        else break;
    }
    if (is_doctype(text)) return true;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (is_tag(text, tags[i])) return true;
    return false;
}
