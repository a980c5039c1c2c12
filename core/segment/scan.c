/* SPDX-License-Identifier: MIT
 * scan.c - tokenises HTML. The standard's states, most of which differ in the errors they report,
 * come down to a few searches: what ends a tag depends on quotes, all else ends at one sign or at a
 * few in a row. */
#include "segment/scan.h"

#include "language/letters.h"

#include <string.h>

enum { BYTE_SPACE = 1, BYTE_LETTER = 2, BYTE_ENDS_NAME = 4 };

/* What a byte is to tags. */
static const uint8_t byte_classes[256] = {
    ['\t'] = BYTE_SPACE | BYTE_ENDS_NAME,
    ['\n'] = BYTE_SPACE | BYTE_ENDS_NAME,
    ['\f'] = BYTE_SPACE | BYTE_ENDS_NAME,
    ['\r'] = BYTE_SPACE | BYTE_ENDS_NAME,
    [' '] = BYTE_SPACE | BYTE_ENDS_NAME,
    ['/'] = BYTE_ENDS_NAME,
    ['>'] = BYTE_ENDS_NAME,
};

bool scan_is_space(uint8_t byte) {
    return byte_classes[byte] & BYTE_SPACE;
}

bool scan_ends_name(uint8_t byte) {
    return byte_classes[byte] & BYTE_ENDS_NAME;
}

static uint8_t make_small(uint8_t byte) {
    return (uint8_t)(byte - 'A') < 26 ? byte | 0x20 : byte;
}

static size_t skip_space(Str page, size_t at) {
    while (at < page.len && scan_is_space(page.at[at])) at++;
    return at;
}

/* The first such byte from `at` on, or the end of the page. */
static size_t find_byte(Str page, size_t at, uint8_t byte) {
    const uint8_t *found = at < page.len ? memchr(page.at + at, byte, page.len - at) : NULL;
    return found ? (size_t)(found - page.at) : page.len;
}

bool scan_stands_at(Str page, size_t at, const char *text, size_t size) {
    if (page.len < size || at > page.len - size) return false;
    for (size_t i = 0; i < size; i++)
        if (make_small(page.at[at + i]) != (uint8_t)text[i]) return false;
    return true;
}

/* Whether a name of a tag stands at `at`, with its end. */
static bool name_stands_at(Str page, size_t at, const char *name, size_t size) {
    return scan_stands_at(page, at, name, size) && at + size < page.len &&
           scan_ends_name(page.at[at + size]);
}

/* ---- raw text ------------------------------------------------------------------------------- */

/* The first "-->" from `at` on, or the end of the page. */
static size_t find_arrow(Str page, size_t at) {
    for (size_t end = at + 2; (end = find_byte(page, end, '>')) < page.len; end++)
        if (page.at[end - 1] == '-' && page.at[end - 2] == '-') return end - 2;
    return page.len;
}

/* Where the text of an element ends: at its end tag or with the page. */
static size_t find_end_tag(Str page, size_t at, const char *name) {
    const size_t size = strlen(name);
    for (; (at = find_byte(page, at, '<')) < page.len; at++)
        if (scan_stands_at(page, at + 1, "/", 1) && name_stands_at(page, at + 2, name, size))
            return at;
    return page.len;
}

/* The same for script: in "<!-- -->" its text is escaped, and a <script> in there makes it double
 * escaped, so that the next </script> takes back just that. */
static size_t find_script_end(Scanner *scanner) {
    const Str page = scanner->page;
    enum { PLAIN, ESCAPED, DOUBLE_ESCAPED } state = PLAIN;
    for (size_t at = scanner->at; (at = find_byte(page, at, '<')) < page.len; at++) {
        if (at > scanner->arrow) state = PLAIN;
        if (state == PLAIN && scan_stands_at(page, at + 1, "!--", 3)) {
            state = ESCAPED;
            /* Its dashes may be those of the arrow. Where none follows, no later search helps. */
            if (scanner->arrow < at + 2) scanner->arrow = find_arrow(page, at + 2);
        } else if (scan_stands_at(page, at + 1, "/", 1)) {
            if (!name_stands_at(page, at + 2, "script", 6)) continue;
            if (state != DOUBLE_ESCAPED) return at;
            state = ESCAPED;
        } else if (state == ESCAPED && name_stands_at(page, at + 1, "script", 6)) {
            state = DOUBLE_ESCAPED;
        }
    }
    return page.len;
}

/* How the text of an element is read. */
static const uint8_t text_of[TAG_COUNT] = {
    [TAG_TITLE] = SCAN_RCDATA,     [TAG_TEXTAREA] = SCAN_RCDATA, [TAG_STYLE] = SCAN_RAWTEXT,
    [TAG_XMP] = SCAN_RAWTEXT,      [TAG_IFRAME] = SCAN_RAWTEXT,  [TAG_NOEMBED] = SCAN_RAWTEXT,
    [TAG_NOFRAMES] = SCAN_RAWTEXT, [TAG_SCRIPT] = SCAN_SCRIPT,   [TAG_PLAINTEXT] = SCAN_PLAINTEXT,
};

static size_t find_raw_end(Scanner *scanner, ScanText text) {
    if (text == SCAN_PLAINTEXT) return scanner->page.len;
    if (text == SCAN_SCRIPT) return find_script_end(scanner);
    return find_end_tag(scanner->page, scanner->at, tag_name(scanner->raw));
}

/* ---- attributes ----------------------------------------------------------------------------- */

/* Reads the value at `at`, behind the = and white space, and gives the place behind it. */
static size_t read_value(Str page, size_t at, ScanAttribute *ret) {
    const uint8_t quote = at < page.len ? page.at[at] : '>';
    if (quote == '"' || quote == '\'') {
        const size_t end = find_byte(page, at + 1, quote);
        ret->quotes = quote == '"' ? SCAN_DOUBLE_QUOTED : SCAN_SINGLE_QUOTED;
        ret->value = (ScanRange){at + 1, end};
        return end < page.len ? end + 1 : end;
    }
    size_t end = at;
    while (end < page.len && !scan_is_space(page.at[end]) && page.at[end] != '>') end++;
    ret->quotes = SCAN_UNQUOTED;
    ret->value = (ScanRange){at, end};
    return end;
}

/* Reads the next attribute from *at on; false at the > that ends the tag or at the end of the page,
 * where *at is then. *ret_slash: whether there is a / right before, which no value took. */
static inline bool read_attribute(Str page, size_t *at, ScanAttribute *ret, bool *ret_slash) {
    const size_t from = *at;
    size_t start = from;
    while (start < page.len && (scan_is_space(page.at[start]) || page.at[start] == '/')) start++;
    *at = start;
    *ret_slash = start > from && page.at[start - 1] == '/';
    if (start == page.len || page.at[start] == '>') return false;
    size_t end = start + 1; /* a = is no sign of a value here */
    while (end < page.len && !scan_ends_name(page.at[end]) && page.at[end] != '=') end++;
    *ret = (ScanAttribute){.name = {start, end}, .value = {end, end}};
    const size_t sign = skip_space(page, end);
    *at = sign < page.len && page.at[sign] == '='
              ? read_value(page, skip_space(page, sign + 1), ret)
              : sign;
    return true;
}

bool scan_attribute(Str page, ScanRange *rest, ScanAttribute *ret) {
    bool slash;
    return read_attribute((Str){page.at, rest->end}, &rest->start, ret, &slash);
}

bool scan_find_attribute(Str page, ScanRange attributes, const char *name, ScanAttribute *ret) {
    const size_t size = strlen(name);
    while (scan_attribute(page, &attributes, ret))
        if (ret->name.end - ret->name.start == size &&
            scan_stands_at(page, ret->name.start, name, size))
            return true;
    return false;
}

/* ---- markup --------------------------------------------------------------------------------- */

/* Whether markup begins at `at`: a < is text where nothing follows it that makes it a sign. */
static bool begins_markup(Str page, size_t at) {
    if (page.len - at < 2 || page.at[at] != '<') return false;
    const uint8_t next = page.at[at + 1];
    return letter_is_ascii(next) || next == '!' || next == '?' ||
           (next == '/' && page.len - at > 2);
}

static size_t find_text_end(Str page, size_t at) {
    do at = find_byte(page, at + 1, '<');
    while (at < page.len && !begins_markup(page, at));
    return at;
}

/* The end of the markup whose last byte is at `last`, which may be the end of the page. */
static size_t end_behind(Str page, size_t last) {
    return last < page.len ? last + 1 : page.len;
}

static void read_tag(Scanner *scanner, ScanToken *ret) {
    const Str page = scanner->page;
    const bool is_end = page.at[ret->start + 1] == '/';
    const size_t name = ret->start + 1 + is_end;
    size_t at = name;
    while (at < page.len && !scan_ends_name(page.at[at])) at++;
    const size_t name_end = at;
    ScanAttribute attribute;
    bool slash;
    while (read_attribute(page, &at, &attribute, &slash)) continue;
    ret->end = end_behind(page, at);
    ret->kind = at == page.len ? SCAN_CUT_TAG : is_end ? SCAN_END_TAG : SCAN_START_TAG;
    if (ret->kind == SCAN_CUT_TAG) return;
    ret->tag = tag_read(page, name, name_end);
    ret->name = (ScanRange){name, name_end};
    ret->inside = (ScanRange){name_end, at};
    ret->self_closing = slash;
    if (!is_end && (!scanner->is_foreign || scanner->is_integration_point) &&
        text_of[ret->tag] != SCAN_DATA)
        scanner->raw = ret->tag;
}

/* A comment ends at "-->" or "--!>". The dashes of the first may be those that open it. */
static size_t find_comment_end(Str page, size_t start) {
    const uint8_t *bytes = page.at;
    for (size_t at = start + 4; (at = find_byte(page, at, '>')) < page.len; at++) {
        if (bytes[at - 1] == '-' && bytes[at - 2] == '-') return at + 1;
        const bool is_bang = bytes[at - 1] == '!' && bytes[at - 2] == '-' && bytes[at - 3] == '-';
        if (is_bang && at - 3 >= start + 4) return at + 1;
    }
    return page.len;
}

static void read_cdata(Str page, ScanToken *ret) {
    const size_t start = ret->start + 9;
    size_t at = start + 1;
    do at = find_byte(page, at + 1, '>');
    while (at < page.len && !(page.at[at - 1] == ']' && page.at[at - 2] == ']'));
    ret->kind = SCAN_CDATA;
    ret->end = end_behind(page, at);
    ret->inside = (ScanRange){start, at < page.len ? at - 2 : at};
}

/* Comments, declarations, and all that the standard makes bogus comments. */
static void read_declaration(const Scanner *scanner, ScanToken *ret) {
    const Str page = scanner->page;
    const size_t at = ret->start;
    if (scanner->is_foreign && page.len - at >= 9 && memcmp(page.at + at, "<![CDATA[", 9) == 0) {
        read_cdata(page, ret);
        return;
    }
    ret->kind = scan_stands_at(page, at, "<!doctype", 9) ? SCAN_DOCTYPE : SCAN_COMMENT;
    ret->end = scan_stands_at(page, at, "<!--", 4) ? find_comment_end(page, at)
                                                   : end_behind(page, find_byte(page, at + 2, '>'));
}

static void read_markup(Scanner *scanner, ScanToken *ret) {
    const uint8_t *sign = scanner->page.at + ret->start + 1;
    if (letter_is_ascii(*sign) || (*sign == '/' && letter_is_ascii(sign[1])))
        read_tag(scanner, ret);
    else read_declaration(scanner, ret);
}

/* ---- text ----------------------------------------------------------------------------------- */

static void read_text(Str page, size_t end, ScanText text, ScanToken *ret) {
    const Str before = {page.at, end};
    ret->kind = SCAN_TEXT;
    ret->text = text;
    ret->end = end;
    ret->inside = (ScanRange){skip_space(before, ret->start), end};
    ret->is_blank = ret->inside.start == end;
    ret->has_reference = (text == SCAN_DATA || text == SCAN_RCDATA) &&
                         find_byte(before, ret->inside.start, '&') < end;
}

bool scan_next(Scanner *scanner, ScanToken *ret) {
    const Str page = scanner->page;
    if (scanner->at >= page.len) return false;
    *ret = (ScanToken){.start = scanner->at, .end = scanner->at};
    const ScanText text = (ScanText)text_of[scanner->raw];
    if (text != SCAN_DATA) {
        const size_t end = find_raw_end(scanner, text);
        ret->tag = scanner->raw;
        scanner->raw = TAG_UNKNOWN;
        if (end > ret->start) read_text(page, end, text, ret);
        else ret->tag = TAG_UNKNOWN;
    }
    if (ret->end == ret->start) {
        if (begins_markup(page, ret->start)) read_markup(scanner, ret);
        else read_text(page, find_text_end(page, ret->start), SCAN_DATA, ret);
    }
    scanner->at = ret->end;
    return true;
}
