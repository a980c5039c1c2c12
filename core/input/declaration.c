/* SPDX-License-Identifier: MIT
 * declaration.c - the prescan of the HTML standard (13.2.3.2), with its own reading of attributes.
 */
#include "input/declaration.h"

#include "language/letters.h"

#include <string.h>

enum {
    HEAD = 1024,        /* bytes in which the standard looks for a declaration */
    LONG_HEAD = 8 << 10 /* bytes in which it is looked for until the body begins */
};

static bool is_space(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\f' || byte == '\r';
}

static uint8_t lower(uint8_t byte) {
    return letter_is_ascii(byte) ? byte | 0x20 : byte;
}

/* Whether `text`, in small letters, stands at `at`, in letters of either case. */
static bool stands_at(Str bytes, size_t at, const char *text) {
    size_t size = strlen(text);
    if (bytes.len < at || bytes.len - at < size) return false;
    for (size_t i = 0; i < size; i++)
        if (lower(bytes.at[at + i]) != (uint8_t)text[i]) return false;
    return true;
}

static bool is_text(Str bytes, const char *text) {
    return bytes.len == strlen(text) && stands_at(bytes, 0, text);
}

typedef struct Attribute {
    Str name, value; /* as they stand in the page */
} Attribute;

static Str cut(Str bytes, size_t start, size_t end) {
    return (Str){bytes.at + start, end - start};
}

static void skip_spaces(Str head, size_t *at) {
    while (*at < head.len && is_space(head.at[*at])) ++*at;
}

/* Where `text` comes next, from `at` on; the end of the head if it does not. */
static size_t find(Str head, size_t at, const char *text) {
    while (at < head.len && !stands_at(head, at, text)) at++;
    return at;
}

/* Reads a value that begins at *at. False where the head ends in it. */
static bool read_value(Str head, size_t *at, Str *ret) {
    size_t start = *at;
    if (start == head.len) return false;
    uint8_t quote = head.at[start];
    if (quote != '"' && quote != '\'') {
        while (*at < head.len && !is_space(head.at[*at]) && head.at[*at] != '>') ++*at;
        *ret = cut(head, start, *at);
        return *at < head.len;
    }
    const uint8_t *end = memchr(head.at + start + 1, quote, head.len - start - 1);
    *at = end ? (size_t)(end - head.at) + 1 : head.len;
    if (end) *ret = cut(head, start + 1, *at - 1);
    return end;
}

/* The standard's "get an attribute"; false where there is none or the head ends in it. */
static bool read_attribute(Str head, size_t *at, Attribute *ret) {
    *ret = (Attribute){0};
    while (*at < head.len && (is_space(head.at[*at]) || head.at[*at] == '/')) ++*at;
    if (*at == head.len || head.at[*at] == '>') return false;
    size_t start = *at;
    for (; *at < head.len; ++*at) {
        uint8_t byte = head.at[*at];
        if (is_space(byte) || byte == '/' || byte == '>' || (byte == '=' && *at > start)) break;
    }
    ret->name = cut(head, start, *at);
    skip_spaces(head, at);
    if (*at == head.len) return false;
    if (head.at[*at] != '=') return true;
    ++*at;
    skip_spaces(head, at);
    return read_value(head, at, &ret->value);
}

/* The standard's "extracting a character encoding from a meta element". */
static const Charset *extract_charset(Str content) {
    size_t at = 0;
    do {
        at = find(content, at, "charset");
        if (at == content.len) return NULL;
        at += strlen("charset");
        skip_spaces(content, &at);
    } while (at == content.len || content.at[at] != '=');
    at++;
    skip_spaces(content, &at);
    if (at == content.len) return NULL;
    size_t start = at;
    uint8_t quote = content.at[at];
    if (quote == '"' || quote == '\'') {
        const uint8_t *end = memchr(content.at + at + 1, quote, content.len - at - 1);
        return end ? label_find(cut(content, at + 1, (size_t)(end - content.at))) : NULL;
    }
    while (at < content.len && !is_space(content.at[at]) && content.at[at] != ';') at++;
    return label_find(cut(content, start, at));
}

/* What a meta element tells whose attributes begin at *at; NULL where it tells nothing. */
static const Charset *read_meta(Str head, size_t *at) {
    enum { HTTP_EQUIV = 1, CONTENT = 2, CHARSET = 4 };
    unsigned seen = 0; /* a name that comes again does not count */
    bool is_content_type = false, needs_content_type = false;
    const Charset *charset = NULL;
    Attribute attribute;
    while (read_attribute(head, at, &attribute)) {
        if (is_text(attribute.name, "http-equiv") && !(seen & HTTP_EQUIV)) {
            seen |= HTTP_EQUIV;
            is_content_type = is_text(attribute.value, "content-type");
        } else if (is_text(attribute.name, "content") && !(seen & CONTENT)) {
            const Charset *found = extract_charset(attribute.value);
            if (found && !charset && !(seen & CHARSET)) {
                charset = found;
                needs_content_type = true;
            }
            seen |= CONTENT;
        } else if (is_text(attribute.name, "charset") && !(seen & CHARSET)) {
            seen |= CHARSET;
            charset = label_find(attribute.value);
            needs_content_type = false;
        }
    }
    if (*at == head.len || (needs_content_type && !is_content_type)) return NULL;
    return charset;
}

/* The standard's "get an XML encoding". */
static const Charset *read_xml(Str head) {
    if (!stands_at(head, 0, "<?xml")) return NULL;
    head.len = find(head, 0, ">");
    size_t at = find(head, 0, "encoding") + strlen("encoding");
    while (at < head.len && head.at[at] <= ' ') at++;
    if (at >= head.len || head.at[at++] != '=') return NULL;
    while (at < head.len && head.at[at] <= ' ') at++;
    Str label = {0};
    if (at == head.len || (head.at[at] != '"' && head.at[at] != '\'')) return NULL;
    if (!read_value(head, &at, &label)) return NULL;
    return label_find(label);
}

/* Passes over the tag, declaration or comment that the "<" at *at begins, to its last byte; the
 * charset of a meta element that tells one. */
static const Charset *read_markup(Str head, size_t *at, bool *in_body) {
    size_t name = *at + 1 + stands_at(head, *at, "</");
    if (stands_at(head, *at, "<!--")) {
        *at = find(head, *at + 2, "-->") + 2;
    } else if (stands_at(head, *at, "<meta") && *at + 5 < head.len &&
               (is_space(head.at[*at + 5]) || head.at[*at + 5] == '/')) {
        *at += 5;
        return read_meta(head, at);
    } else if (name < head.len && letter_is_ascii(head.at[name])) {
        Attribute attribute;
        if (stands_at(head, *at, "<body")) *in_body = true;
        while (*at < head.len && !is_space(head.at[*at]) && head.at[*at] != '>') ++*at;
        while (read_attribute(head, at, &attribute)) continue;
    } else if (stands_at(head, *at, "<!") || stands_at(head, *at, "</") ||
               stands_at(head, *at, "<?")) {
        *at = find(head, *at, ">");
    }
    return NULL;
}

const Charset *declaration_read(Str raw) {
    static const uint8_t wide_xml_le[] = {'<', 0, '?', 0, 'x', 0};
    static const uint8_t wide_xml_be[] = {0, '<', 0, '?', 0, 'x'};
    Str head = {raw.at, raw.len < LONG_HEAD ? raw.len : LONG_HEAD};
    if (head.len >= sizeof wide_xml_le) {
        if (!memcmp(head.at, wide_xml_le, sizeof wide_xml_le)) return label_utf_16(UTF_16LE);
        if (!memcmp(head.at, wide_xml_be, sizeof wide_xml_be)) return label_utf_16(UTF_16BE);
    }
    const Charset *charset = NULL;
    bool in_body = false;
    for (size_t at = 0; at < head.len && !charset; at++) {
        const uint8_t *next = memchr(head.at + at, '<', head.len - at);
        if (!next) break;
        at = (size_t)(next - head.at);
        if (in_body && at >= HEAD) break;
        charset = read_markup(head, &at, &in_body);
    }
    if (!charset) charset = read_xml(head);
    /* Who can read this in ASCII does not read UTF-16. */
    return charset && label_is_utf_16(charset) ? label_utf_8() : charset;
}
