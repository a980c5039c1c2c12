/* SPDX-License-Identifier: MIT
 * soup.c - makes, stirs and reduces pages by their tokens. */
#include "soup.h"

#include "compare.h"
#include "segment/scan.h"

#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

uint32_t soup_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static Str str_of(const char *text) {
    return (Str){(const uint8_t *)text, strlen(text)};
}

static Str *room_for(size_t count) {
    Str *tokens = malloc((count ? count : 1) * sizeof *tokens);
    if (!tokens) abort();
    return tokens;
}

void soup_free(Soup *soup) {
    free(soup->tokens);
    *soup = (Soup){0};
}

/* ---- making ---------------------------------------------------------------------------------- */

#define BOTH(name) "<" name ">", "</" name ">"

static const char *const blocks[] = {
    BOTH("p"),       BOTH("div"),
    BOTH("ul"),      BOTH("ol"),
    BOTH("li"),      BOTH("dl"),
    BOTH("dt"),      BOTH("dd"),
    BOTH("h1"),      BOTH("h2"),
    BOTH("table"),   BOTH("tbody"),
    BOTH("thead"),   BOTH("tr"),
    BOTH("td"),      BOTH("th"),
    BOTH("caption"), BOTH("colgroup"),
    BOTH("form"),    BOTH("pre"),
    BOTH("center"),  BOTH("section"),
    BOTH("article"), BOTH("address"),
    BOTH("button"),  BOTH("object"),
    BOTH("body"),    BOTH("html"),
    BOTH("details"), BOTH("blockquote"),
    "<hr>",          "<col>",
    "<input>",       "<input type=hidden>",
    "<!-- x -->",    "<head>",
};

static const char *const inlines[] = {
    BOTH("b"),    BOTH("i"), BOTH("a"),    BOTH("em"),    BOTH("span"),   BOTH("font"),
    BOTH("nobr"), BOTH("u"), BOTH("code"), BOTH("label"), BOTH("strong"), "<br>",
    "</br>",      "<img>",   "<a href=x>", "<wbr>",
};

static const char *const oddities[] = {
    BOTH("select"),
    BOTH("option"),
    BOTH("optgroup"),
    BOTH("svg"),
    BOTH("math"),
    BOTH("mi"),
    BOTH("foreignObject"),
    BOTH("g"),
    BOTH("desc"),
    BOTH("title"),
    BOTH("textarea"),
    BOTH("script"),
    BOTH("style"),
    BOTH("template"),
    BOTH("noscript"),
    BOTH("iframe"),
    BOTH("xmp"),
    BOTH("unknown"),
    BOTH("marquee"),
    BOTH("ruby"),
    BOTH("rt"),
    BOTH("summary"),
    BOTH("frameset"),
    "<![CDATA[x]]>",
    "<svg/>",
    "<g/>",
    "<annotation-xml encoding=text/html>",
    "</annotation-xml>",
    "<font color=x>",
    "&#32;",
    " ",
    "\n",
    "<!doctype html>",
    "<image>",
};

#define PICK(list, seed) str_of(list[soup_random(seed) % (sizeof list / sizeof *list)])

static Str make_token(uint32_t *seed, uint32_t oddness) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    const uint32_t sort = soup_random(seed) % 16;
    if (sort < 4) return (Str){(const uint8_t *)letters + soup_random(seed) % 26, 1};
    if (sort < 4 + oddness) return PICK(oddities, seed);
    return sort < 12 ? PICK(blocks, seed) : PICK(inlines, seed);
}

Soup soup_make(uint32_t *seed, size_t count) {
    const uint32_t oddness = soup_random(seed) % 4;
    Soup soup = {room_for(count), count};
    for (size_t i = 0; i < count; i++) soup.tokens[i] = make_token(seed, oddness);
    return soup;
}

Soup soup_cut(Str page) {
    Soup soup = {room_for(page.len), 0};
    Scanner scanner = {.page = page};
    ScanToken token;
    while (scan_next(&scanner, &token))
        soup.tokens[soup.count++] = (Str){page.at + token.start, token.end - token.start};
    return soup;
}

/* ---- stirring -------------------------------------------------------------------------------- */

static void take_out(Soup *soup, size_t at, size_t count) {
    memmove(soup->tokens + at, soup->tokens + at + count,
            (soup->count - at - count) * sizeof *soup->tokens);
    soup->count -= count;
}

static void put_in(Soup *soup, size_t at, Str token) {
    Str *tokens = room_for(soup->count + 1);
    memcpy(tokens, soup->tokens, at * sizeof *tokens);
    tokens[at] = token;
    memcpy(tokens + at + 1, soup->tokens + at, (soup->count - at) * sizeof *tokens);
    free(soup->tokens);
    soup->tokens = tokens;
    soup->count++;
}

void soup_stir(Soup *soup, uint32_t *seed) {
    enum { CHANGES = 6 };
    for (int i = 0; i < CHANGES && soup->count; i++) {
        const size_t at = soup_random(seed) % soup->count, to = soup_random(seed) % soup->count;
        const Str token = soup->tokens[at];
        const uint32_t way = soup_random(seed) % 4;
        if (way < 2) take_out(soup, at, 1);
        if (way == 1 && to <= soup->count) put_in(soup, to, token);
        if (way == 2) put_in(soup, to, token);
        if (way == 3) put_in(soup, to, make_token(seed, 2));
    }
}

/* ---- comparing ------------------------------------------------------------------------------- */

char *soup_page(const Soup *soup, size_t *ret_size) {
    size_t size = 0;
    for (size_t i = 0; i < soup->count; i++) size += soup->tokens[i].len;
    char *page = malloc(size + 1);
    if (!page) abort();
    *ret_size = 0;
    for (size_t i = 0; i < soup->count; *ret_size += soup->tokens[i++].len)
        memcpy(page + *ret_size, soup->tokens[i].at, soup->tokens[i].len);
    page[size] = '\0';
    return page;
}

/* The page at hand, for when gumbo ends the program: a failed assertion of its own. */
static const char *page_at_hand;

static void on_abort(int number) {
    static const char words[] = "Bail out! gumbo gave up on: ";
    (void)number;
    const bool told = write(1, words, sizeof words - 1) > 0 &&
                      write(1, page_at_hand, strlen(page_at_hand)) >= 0 && write(1, "\n", 1) > 0;
    _exit(told ? 1 : 2);
}

bool soup_is_equal(const Soup *soup) {
    size_t size, at;
    char *page = soup_page(soup, &size);
    page_at_hand = page;
    signal(SIGABRT, on_abort);
    const bool is_equal = compare_trees(page, size, &at);
    signal(SIGABRT, SIG_DFL);
    free(page);
    return is_equal;
}

/* ---- reducing -------------------------------------------------------------------------------- */

/* Takes tokens out, whole rows of them at first, as long as trees differ. */
void soup_reduce(Soup *soup) {
    Str *tokens = room_for(soup->count);
    for (size_t row = soup->count / 2; row > 0;) {
        bool is_smaller = false;
        for (size_t at = 0; at + row <= soup->count;) {
            Soup less = {tokens, soup->count};
            memcpy(tokens, soup->tokens, soup->count * sizeof *tokens);
            take_out(&less, at, row);
            if (soup_is_equal(&less)) {
                at++;
                continue;
            }
            take_out(soup, at, row);
            is_smaller = true;
        }
        if (row > 1 || !is_smaller) row /= 2;
    }
    free(tokens);
}

/* ---- what is known --------------------------------------------------------------------------- */

#define INLINE  "(a|b|code|em|font|i|img|label|nobr|rt|ruby|span|strong|u|wbr)"
#define HEADING "h[1-6]"
#define ORDINARY                                                                                   \
    "(annotation-xml|desc|foreignObject|g|main|mi|optgroup|option|unknown|[a-z]+-[a-z]+)"
#define REST "[^>]*>.*"

/* Patterns of what is left of a page. All of them are broken markup, and differ in the elements
 * that a text stands in, or keep a text that the page's own tree has not. */
static const struct {
    const char *pattern, *words;
} families[] = {
    {"<" INLINE REST "<" HEADING REST "<" HEADING,
     "a heading after an inline element that was left open in a heading"},
    {"<" HEADING REST "<" INLINE REST "<" HEADING, "the same"},
    {"</form>", "gumbo puts text before </form> outside of it"},
    {"<" INLINE REST "<" ORDINARY "\\W", "an element of no meaning left open in an inline one"},
    {"</?" INLINE REST "<frameset", "a frameset after inline elements"},
    {"<template>.*<", "tables and inline elements in a template"},
    {"<(table|thead|tbody|tr)>.*<" INLINE REST "<template", "a template in what a table puts out"},
    {"<select>.*<(caption|table|tbody|thead|td|th|tr)>", "parts of a table in a select"},
    {"<table>.*<select>.*</table>", "a select that a table ends"},
    {"<ruby>.*<(rt|rp)>", "an element left open in ruby"},
    {"<select>.*<template>", "a template in a select"},
    {"<(svg|math)>.*<(annotation-xml|desc|foreignObject|mi|title)\\W",
     "integration points go by their name"},
    {"<(svg|math)>.*</", "the end of an element that did not begin, in a drawing left open"},
    {"<(svg|math)>.*<!\\[CDATA", "CDATA in a drawing whose ends do not match"},
};

const char *soup_known(const Soup *soup) {
    size_t size;
    const char *known = NULL;
    char *page = soup_page(soup, &size);
    for (size_t i = 0; i < sizeof families / sizeof *families && !known; i++) {
        regex_t pattern;
        if (regcomp(&pattern, families[i].pattern, REG_EXTENDED | REG_NOSUB)) abort();
        if (regexec(&pattern, page, 0, NULL, 0) == 0) known = families[i].words;
        regfree(&pattern);
    }
    free(page);
    return known;
}
