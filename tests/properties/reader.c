/* SPDX-License-Identifier: MIT
 * reader.c - passes over comments, tags and elements that are not shown; decodes the rest. */
#include "reader.h"

#include "input/charset.h"
#include "language/letters.h"
#include "segment/reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void add(Signs *signs, uint64_t at, uint32_t code) {
    if (code < ' ' || letter_class(code) == LETTER_SPACE) return;
    if (signs->count == signs->capacity) {
        signs->capacity = signs->capacity ? signs->capacity * 2 : 1024;
        signs->at = realloc(signs->at, signs->capacity * sizeof *signs->at);
        if (!signs->at) abort();
    }
    signs->at[signs->count++] = (Sign){at, code};
}

Signs read_text(const char *text, size_t size) {
    Signs signs = {0};
    const uint8_t *start = (const uint8_t *)text, *end = start + size;
    for (const uint8_t *at = start; at < end;) {
        const Letter letter = letter_read(at, end);
        add(&signs, (uint64_t)(at - start), letter.code);
        at += letter.size;
    }
    return signs;
}

/* The first such word from `at` on, in letters of either case; the end if there is none. */
static size_t find(Str page, size_t at, const char *word) {
    const size_t size = strlen(word);
    for (; at + size <= page.len; at++)
        if (strncasecmp((const char *)page.at + at, word, size) == 0) return at;
    return page.len;
}

/* Behind the > of the tag at `at`. */
static size_t behind_tag(Str page, size_t at) {
    uint8_t quote = 0;
    for (; at < page.len; at++) {
        const uint8_t byte = page.at[at];
        if (quote) quote = byte == quote ? 0 : quote;
        else if (byte == '"' || byte == '\'') quote = byte;
        else if (byte == '>') return at + 1;
    }
    return page.len;
}

/* Behind the markup at `at`, with the whole of an element that is not shown; `at` if there is none.
 */
static size_t behind_markup(Str page, size_t at) {
    static const char *const silent[] = {"script", "style",  "title",   "svg",
                                         "math",   "iframe", "noembed", "noframes"};
    if (page.len - at < 2 || page.at[at] != '<') return at;
    if (find(page, at, "<!--") == at) {
        const size_t end = find(page, at + 4, "-->");
        return end < page.len ? end + 3 : end;
    }
    const uint8_t next = page.at[at + 1];
    if (!letter_is_ascii(next) && next != '/' && next != '!' && next != '?') return at;
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        char start[16], end[16];
        snprintf(start, sizeof start, "<%s", silent[i]);
        snprintf(end, sizeof end, "</%s", silent[i]);
        const size_t name = at + strlen(start);
        if (find((Str){page.at, name < page.len ? name : page.len}, at, start) != at) continue;
        if (letter_is_ascii(page.at[name])) continue;
        return behind_tag(page, find(page, behind_tag(page, at), end));
    }
    return behind_tag(page, at);
}

Signs read_page(const uint8_t *page, size_t size, const char *charset) {
    Signs signs = {0};
    Arena arena;
    Decoded decoded;
    arena_init(&arena, allocator_default());
    if (charset_decode(&decoded, &arena, (Str){page, size}, charset, false)) abort();
    const Str text = decoded.text;
    for (size_t at = 0; at < text.len;) {
        const size_t behind = behind_markup(text, at);
        const uint64_t raw = source_map_raw(&decoded.map, at);
        uint8_t meant[REFERENCE_SIZE];
        size_t meant_size = 0, taken = 0;
        if (behind > at) {
            at = behind;
            continue;
        }
        if (text.at[at] == '&')
            taken = reference_read((Str){text.at + at, text.len - at}, false, meant, &meant_size);
        for (const uint8_t *from = meant; taken && from < meant + meant_size;) {
            const Letter letter = letter_read(from, meant + meant_size);
            add(&signs, raw, letter.code);
            from += letter.size;
        }
        const Letter letter = letter_read(text.at + at, text.at + text.len);
        if (!taken) add(&signs, raw, letter.code);
        at += taken ? taken : letter.size;
    }
    arena_done(&arena);
    return signs;
}
