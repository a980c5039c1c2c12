/* SPDX-License-Identifier: MIT
 * test_markup.c - what the filters of pages say of small ones, against figures by hand. Rules are
 * the tests' own (part.h). */
#include "filters/filter.h"
#include "part.h"
#include "sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_SIZE = 16384, FAR = 999 };

/* Twelve words, the last with a stop. */
#define PROSE "aa aa aa aa aa aa aa aa aa aa aa aa."

/* A page, and a piece of evidence of its first block. */
typedef struct Case {
    const char *page;
    Evidence evidence;
    int value;
} Case;

static int first_evidence(RuleSet *rules, const char *page, Evidence evidence) {
    Sheet sheet;
    sheet_judge(&sheet, rules, page);
    assert_true(sheet.document.block_count > 0);
    const int value = sheet.document.blocks[0].evidence[evidence];
    sheet_done(&sheet);
    return value;
}

static void expect_cases(RuleSet *rules, const Case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const int value = first_evidence(rules, cases[i].page, cases[i].evidence);
        if (value != cases[i].value)
            fail_msg("%s of %s is %d, not %d", evidence_name(cases[i].evidence), cases[i].page,
                     value, cases[i].value);
    }
}

#define EXPECT_CASES(...)                                                                          \
    do {                                                                                           \
        static const Case cases[] = {__VA_ARGS__};                                                 \
        expect_cases(*state, cases, sizeof cases / sizeof *cases);                                 \
    } while (0)

static const Filter *filter_named(const char *name) {
    for (size_t i = 0; filter_at(i); i++)
        if (strcmp(filter_at(i)->name, name) == 0) return filter_at(i);
    fail_msg("there is no filter %s", name);
    return NULL;
}

static char *repeated(const char *piece, size_t times, const char *tail) {
    const size_t size = strlen(piece);
    char *text = malloc(size * times + strlen(tail) + 1);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++) memcpy(text + i * size, piece, size);
    memcpy(text + size * times, tail, strlen(tail) + 1);
    return text;
}

/* ---- structure: regions, roles, what is hidden ------------------------------------------------
 */

static void every_region_has_its_elements(void **state) {
    EXPECT_CASES(
        {"<article>x", EVIDENCE_REGION_ARTICLE, 1}, {"<main>x", EVIDENCE_REGION_MAIN, 1},
        {"<nav>x", EVIDENCE_REGION_NAV, 1}, {"<menu>x", EVIDENCE_REGION_NAV, 1},
        {"<header>x", EVIDENCE_REGION_HEADER, 1}, {"<hgroup>x", EVIDENCE_REGION_HEADER, 1},
        {"<footer>x", EVIDENCE_REGION_FOOTER, 1}, {"<aside>x", EVIDENCE_REGION_ASIDE, 1},
        {"<section>x", EVIDENCE_REGION_SECTION, 1}, {"<form>x", EVIDENCE_REGION_FORM, 1},
        {"<fieldset>x", EVIDENCE_REGION_FORM, 1}, {"<search>x", EVIDENCE_REGION_FORM, 1},
        {"<ul>x", EVIDENCE_REGION_LIST, 1}, {"<ol>x", EVIDENCE_REGION_LIST, 1},
        {"<dir>x", EVIDENCE_REGION_LIST, 1}, {"<ul><li>x", EVIDENCE_REGION_ITEM, 1},
        {"<table><tr><td>x", EVIDENCE_REGION_TABLE, 4},
        {"<table><tr><td>x", EVIDENCE_REGION_CELL, 1},
        {"<table><tr><th>x", EVIDENCE_REGION_CELL_HEAD, 1},
        {"<table><thead><tr><td>x", EVIDENCE_REGION_CELL_HEAD, 3},
        {"<table><caption>x", EVIDENCE_REGION_CELL_HEAD, 1},
        {"<dl><dt>x", EVIDENCE_REGION_DEFINITIONS, 1}, {"<dl>x", EVIDENCE_REGION_DEFINITIONS, 1},
        {"<dl><dd>x", EVIDENCE_REGION_DEFINITIONS, 1}, {"<figure>x", EVIDENCE_REGION_FIGURE, 1},
        {"<figcaption>x", EVIDENCE_REGION_FIGCAPTION, 1},
        {"<blockquote>x", EVIDENCE_REGION_QUOTE, 1}, {"<pre>x", EVIDENCE_REGION_VERBATIM, 1},
        {"<listing>x", EVIDENCE_REGION_VERBATIM, 1}, {"<xmp>x", EVIDENCE_REGION_VERBATIM, 1},
        {"<plaintext>x", EVIDENCE_REGION_VERBATIM, 1}, {"<details>x", EVIDENCE_REGION_DETAILS, 1},
        {"<summary>x", EVIDENCE_REGION_SUMMARY, 1}, {"<dialog>x", EVIDENCE_REGION_DIALOG, 1},
        {"<body><noscript>x", EVIDENCE_REGION_NOSCRIPT, 1},
        {"<template>x", EVIDENCE_REGION_TEMPLATE, 1}, {"<button>x", EVIDENCE_REGION_CONTROL, 1},
        {"<select><option>x", EVIDENCE_REGION_CONTROL, 1},
        {"<textarea>x</textarea>", EVIDENCE_REGION_CONTROL, 1},
        {"<legend>x", EVIDENCE_REGION_CONTROL, 1}, {"<address>x", EVIDENCE_REGION_ADDRESS, 1},
        {"<p>x", EVIDENCE_REGION_PARAGRAPH, 1}, {"<h1>x", EVIDENCE_REGION_TITLE, 1},
        {"<h2>x", EVIDENCE_REGION_HEADING, 1}, {"<h6>x", EVIDENCE_REGION_HEADING, 1},
        {"<h1>x", EVIDENCE_REGION_HEADING, 0}, {"<div>x", EVIDENCE_REGION_PARAGRAPH, 0});
}

static void a_region_is_told_by_how_far_above_it_stands(void **state) {
    EXPECT_CASES(
        {"<nav><ul><li>x", EVIDENCE_REGION_ITEM, 1}, {"<nav><ul><li>x", EVIDENCE_REGION_LIST, 2},
        {"<nav><ul><li>x", EVIDENCE_REGION_NAV, 3}, {"<nav><ul><li>x", EVIDENCE_REGION_MAIN, 0},
        {"<section><section><div>x", EVIDENCE_REGION_SECTION, 2},
        {"<nav>\n<div>x", EVIDENCE_REGION_NAV, 2});
}

static void inline_elements_are_no_step(void **state) {
    EXPECT_CASES({"<article><p><b><i>x", EVIDENCE_REGION_ARTICLE, 2},
                 {"<article><p><span class=nav>x", EVIDENCE_REGION_ARTICLE, 2},
                 {"<div class=nav><p><a href=y>x", EVIDENCE_ROLE_NAV, 2});
}

static void what_stands_farther_than_can_be_told_stands_255_up(void **state) {
    char *divs = repeated("<div>", 300, "x"), page[4096];
    snprintf(page, sizeof page, "<nav class=share hidden>%s", divs);
    EXPECT_CASES({"<nav><p>x", EVIDENCE_REGION_NAV, 2});
    assert_int_equal(first_evidence(*state, page, EVIDENCE_REGION_NAV), 255);
    assert_int_equal(first_evidence(*state, page, EVIDENCE_ROLE_SHARE), 255);
    assert_int_equal(first_evidence(*state, page, EVIDENCE_HIDDEN), 255);
    assert_int_equal(first_evidence(*state, page, EVIDENCE_DEPTH), 255);
    free(divs);
}

static void what_ended_is_not_above(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state,
                "<nav class=share hidden>x</nav><p>x<div><aside>x</aside><p>x</div>");
    EXPECT_SHEET(&sheet, REGION_NAV, 1, 0, 0, 0);
    EXPECT_SHEET(&sheet, ROLE_SHARE, 1, 0, 0, 0);
    EXPECT_SHEET(&sheet, HIDDEN, 1, 0, 0, 0);
    EXPECT_SHEET(&sheet, REGION_ASIDE, 0, 0, 1, 0);
    EXPECT_SHEET(&sheet, REGION_PARAGRAPH, 0, 1, 0, 1);
    sheet_done(&sheet);
}

static void roles_are_told_by_how_far_above_they_stand(void **state) {
    EXPECT_CASES({"<div class='post-comments'>x", EVIDENCE_ROLE_POST, 1},
                 {"<div class='post-comments'>x", EVIDENCE_ROLE_COMMENT, 1},
                 {"<div id=sideBar>x", EVIDENCE_ROLE_SIDEBAR, 1},
                 {"<div id=sidebar><div><p>x", EVIDENCE_ROLE_SIDEBAR, 3},
                 {"<div role=navigation>x", EVIDENCE_ROLE_NAV, 1},
                 {"<div role=banner>x", EVIDENCE_ROLE_HEADER, 1},
                 {"<div role=banner>x", EVIDENCE_ROLE_PROMO, 0},
                 {"<p itemprop=articleBody>x", EVIDENCE_ROLE_BODY, 1},
                 {"<div class=share><div class=share><p>x", EVIDENCE_ROLE_SHARE, 2},
                 {"<div class=shares2>x", EVIDENCE_ROLE_SHARE, 1},
                 {"<div class=shareware>x", EVIDENCE_ROLE_SHARE, 0},
                 {"<nav>x", EVIDENCE_ROLE_NAV, 0});
}

static void inline_elements_that_hold_all_of_a_block_count_as_its_own(void **state) {
    EXPECT_CASES({"<p><span class=share>x</span>", EVIDENCE_ROLE_SHARE, 1},
                 {"<p><span class=share>x</span> y", EVIDENCE_ROLE_SHARE, 0},
                 {"<p>x <span class=share>y</span>", EVIDENCE_ROLE_SHARE, 0},
                 {"<p><i class=share><b>x</b> y</i>", EVIDENCE_ROLE_SHARE, 1},
                 {"<p><i class=share>x</i><b class=share>y</b>", EVIDENCE_ROLE_SHARE, 1},
                 {"<p><i class=share>x</i> <b class=share>y</b>", EVIDENCE_ROLE_SHARE, 1},
                 {"<div class=share><p><a class=share>x</a>", EVIDENCE_ROLE_SHARE, 1},
                 {"<div class=share><p><a class=share>x</a> y", EVIDENCE_ROLE_SHARE, 2},
                 {"<p><time>x</time>", EVIDENCE_ROLE_META, 1},
                 {"<p><label>x</label>", EVIDENCE_ROLE_FORM, 1});
}

static void every_way_to_hide_is_told(void **state) {
    EXPECT_CASES({"<div hidden>x", EVIDENCE_HIDDEN, 1}, {"<div hidden><p>x", EVIDENCE_HIDDEN, 2},
                 {"<div style='color: red; display: none'>x", EVIDENCE_HIDDEN, 1},
                 {"<div style='visibility:hidden'>x", EVIDENCE_HIDDEN, 1},
                 {"<div style='display: block'>x", EVIDENCE_HIDDEN, 0},
                 {"<template><div>x", EVIDENCE_HIDDEN, 2}, {"<div>x", EVIDENCE_HIDDEN, 0},
                 {"<div aria-hidden=true>x", EVIDENCE_HIDDEN, 0},
                 {"<div aria-hidden=true>x", EVIDENCE_HIDDEN_ARIA, 1},
                 {"<div aria-hidden=true><p>x", EVIDENCE_HIDDEN_ARIA, 2},
                 {"<div aria-hidden=false>x", EVIDENCE_HIDDEN_ARIA, 0},
                 {"<div hidden>x", EVIDENCE_HIDDEN_ARIA, 0},
                 {"<div hidden aria-hidden=true>x", EVIDENCE_HIDDEN, 1},
                 {"<div hidden aria-hidden=true>x", EVIDENCE_HIDDEN_ARIA, 1});
}

static void a_heading_has_the_level_of_its_element(void **state) {
    EXPECT_CASES(
        {"<h1>x", EVIDENCE_LEVEL, 1}, {"<h2>x", EVIDENCE_LEVEL, 2}, {"<h3>x", EVIDENCE_LEVEL, 3},
        {"<h4>x", EVIDENCE_LEVEL, 4}, {"<h5>x", EVIDENCE_LEVEL, 5}, {"<h6>x", EVIDENCE_LEVEL, 6},
        {"<p>x", EVIDENCE_LEVEL, 0}, {"<h2><a href=y>x", EVIDENCE_LEVEL, 2},
        {"<h2><div>x</div></h2>", EVIDENCE_LEVEL, 2},
        {"<h2><div><h4>x</h4></div></h2>", EVIDENCE_LEVEL, 4}, {"<header>x", EVIDENCE_LEVEL, 0});
}

static void depth_counts_from_the_root(void **state) {
    EXPECT_CASES({"x", EVIDENCE_DEPTH, 1}, {"<p>x", EVIDENCE_DEPTH, 2},
                 {"<div><p><b>x", EVIDENCE_DEPTH, 3});
}

/* ---- structure: inline elements and headings --------------------------------------------------
 */

static void links_emphasis_and_code_are_told_as_shares(void **state) {
    EXPECT_CASES({"<p>ab<a href=y>cd</a>", EVIDENCE_LINK_SHARE, 500},
                 {"<p>ab<a href=y>cd</a>", EVIDENCE_LINKS, 1},
                 {"<p><a href=y>abc</a>", EVIDENCE_LINK_SHARE, 1000},
                 {"<p><a href=y>a</a> <a href=z>b</a>c", EVIDENCE_LINKS, 2},
                 {"<p>ab<a name=y>cd</a>", EVIDENCE_LINK_SHARE, 0},
                 {"<p>ab<a name=y>cd</a>", EVIDENCE_LINKS, 0},
                 {"<p>abc<b>d</b>", EVIDENCE_STRONG_SHARE, 250},
                 {"<p>abc<strong>d</strong>", EVIDENCE_STRONG_SHARE, 250},
                 {"<p>abc<i>d</i>", EVIDENCE_STRONG_SHARE, 0},
                 {"<p>abc<code>defgh</code>", EVIDENCE_CODE_SHARE, 625},
                 {"<p><b><code><a href=y>x</a></code></b>", EVIDENCE_LINK_SHARE, 1000},
                 {"<p><b><code><a href=y>x</a></code></b>", EVIDENCE_STRONG_SHARE, 1000},
                 {"<p><b><code><a href=y>x</a></code></b>", EVIDENCE_CODE_SHARE, 1000});
}

static void blocks_are_told_of_the_heading_above(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state, "<p>a<h1>b c d</h1><p>e<p>f<h3>g</h3><p>h");
    EXPECT_SHEET(&sheet, LEVEL, 0, 1, 0, 0, 3, 0);
    EXPECT_SHEET(&sheet, SINCE_HEADING, 0, 0, 1, 2, 3, 1);
    EXPECT_SHEET(&sheet, HEADING_LEVEL, 0, 0, 1, 1, 1, 3);
    EXPECT_SHEET(&sheet, HEADING_WORDS, 0, 0, 3, 3, 3, 1);
    EXPECT_SHEET(&sheet, HEADING_NOISE, 0, 0, 0, 0, 0, 0);
    sheet_done(&sheet);
}

static void a_heading_that_is_a_phrase_of_noise_is_told_to_what_stands_below(void **state) {
    static const char *const words[] = {"qrelated", "qcomment", "qshare", "qnewsletter"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char page[128];
        Sheet sheet;
        snprintf(page, sizeof page, "<h2>x %s</h2><p>a<h2>b</h2><p>c", words[i]);
        sheet_judge(&sheet, *state, page);
        const int share = (int)(strlen(words[i]) * 1000 / (strlen(words[i]) + 2));
        EXPECT_SHEET(&sheet, HEADING_NOISE, 0, share, share, 0);
        sheet_done(&sheet);
    }
    EXPECT_CASES({"<h2>qrights</h2><p>x", EVIDENCE_HEADING_NOISE, 0});
}

static void other_phrases_of_a_heading_are_no_noise_below(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state, "<h2>qrights</h2><p>a<p>qrelated<p>b");
    EXPECT_SHEET(&sheet, HEADING_NOISE, 0, 0, 0, 0);
    sheet_done(&sheet);
}

/* ---- container ------------------------------------------------------------------------------- */

static void the_elements_around_a_block_are_summed_up(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state, "<div><div><p>a b c<p>d</div><p>e f</div><div>g</div>");
    EXPECT_SHEET(&sheet, OWN_WORDS, 3, 1, 2, 1);
    EXPECT_SHEET(&sheet, OWN_BLOCKS, 1, 1, 1, 1);
    EXPECT_SHEET(&sheet, OWN_SHARE, 428, 142, 285, 142);
    EXPECT_SHEET(&sheet, AROUND1_WORDS, 4, 4, 6, 7);
    EXPECT_SHEET(&sheet, AROUND1_BLOCKS, 2, 2, 3, 4);
    EXPECT_SHEET(&sheet, AROUND1_SHARE, 571, 571, 857, 1000);
    EXPECT_SHEET(&sheet, AROUND2_WORDS, 6, 6, 7, 7);
    EXPECT_SHEET(&sheet, AROUND2_BLOCKS, 3, 3, 4, 4);
    EXPECT_SHEET(&sheet, AROUND3_WORDS, 7, 7, 7, 7);
    EXPECT_SHEET(&sheet, AROUND5_BLOCKS, 4, 4, 4, 4);
    sheet_done(&sheet);
}

static void each_ring_is_as_far_around_as_its_name_says(void **state) {
    static const char page[] =
        "a<div>b<div>c<div>d<div>e<div>f<div>g</div></div></div></div></div></div>";
    Sheet sheet;
    sheet_judge(&sheet, *state, page);
    EXPECT_SHEET(&sheet, OWN_WORDS, 7, 6, 5, 4, 3, 2, 1);
    EXPECT_SHEET(&sheet, AROUND1_WORDS, 7, 7, 6, 5, 4, 3, 2);
    EXPECT_SHEET(&sheet, AROUND2_WORDS, 7, 7, 7, 6, 5, 4, 3);
    EXPECT_SHEET(&sheet, AROUND3_WORDS, 7, 7, 7, 7, 6, 5, 4);
    EXPECT_SHEET(&sheet, AROUND5_WORDS, 7, 7, 7, 7, 7, 7, 6);
    EXPECT_SHEET(&sheet, OWN_BLOCKS, 7, 6, 5, 4, 3, 2, 1);
    sheet_done(&sheet);
}

static void links_and_prose_of_what_stands_around_are_shares(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state,
                "<div><p><a href=y>abcd</a><p>ef gh</div><div><p>" PROSE "<p>a b c d</div>");
    EXPECT_SHEET(&sheet, OWN_LINK_SHARE, 1000, 0, 0, 0);
    EXPECT_SHEET(&sheet, AROUND1_LINK_SHARE, 500, 500, 0, 0);
    EXPECT_SHEET(&sheet, AROUND2_LINK_SHARE, 108, 108, 108, 108); /* 4 of 37 */
    EXPECT_SHEET(&sheet, OWN_PROSE_SHARE, 0, 0, 1000, 0);
    EXPECT_SHEET(&sheet, AROUND1_PROSE_SHARE, 0, 0, 750, 750);
    EXPECT_SHEET(&sheet, AROUND3_PROSE_SHARE, 631, 631, 631, 631); /* 12 of 19 */
    sheet_done(&sheet);
}

static void prose_has_twelve_words_and_an_end(void **state) {
    EXPECT_CASES({"<p>a b c d e f g h i j k l.", EVIDENCE_OWN_PROSE_SHARE, 1000},
                 {"<p>a b c d e f g h i j k l!", EVIDENCE_OWN_PROSE_SHARE, 1000},
                 {"<p>a b c d e f g h i j k (l)", EVIDENCE_OWN_PROSE_SHARE, 1000},
                 {"<p>a b c d e f g h i j k l", EVIDENCE_OWN_PROSE_SHARE, 0},
                 {"<p>a b c d e f g h i j k l:", EVIDENCE_OWN_PROSE_SHARE, 0},
                 {"<p>a b c d e f g h i j k.", EVIDENCE_OWN_PROSE_SHARE, 0});
}

static void a_part_is_the_nearest_element_that_marks_one(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state,
                "<article><div><p>a b</div><ul><li>c</ul></article><nav>d</nav><p>e f g");
    EXPECT_SHEET(&sheet, PART_WORDS, 3, 3, 1, 7);
    EXPECT_SHEET(&sheet, PART_BLOCKS, 2, 2, 1, 4);
    EXPECT_SHEET(&sheet, PART_SHARE, 428, 428, 142, 1000);
    sheet_done(&sheet);
}

static void parts_are_marked_by_some_regions_alone(void **state) {
    static const char *const parts[] = {"article", "main",    "nav",  "header", "footer",
                                        "aside",   "section", "form", "dialog"};
    static const char *const others[] = {"div", "ul", "blockquote", "figure", "details", "address"};
    char page[128];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        snprintf(page, sizeof page, "<%s><div>a</div></%s>b c d", parts[i], parts[i]);
        assert_int_equal(first_evidence(*state, page, EVIDENCE_PART_SHARE), 250);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        snprintf(page, sizeof page, "<%s><div>a</div></%s>b c d", others[i], others[i]);
        assert_int_equal(first_evidence(*state, page, EVIDENCE_PART_SHARE), 1000);
    }
    EXPECT_CASES({"<table><tr><td>a</table>b c d", EVIDENCE_PART_SHARE, 250});
}

/* ---- container: the best part of the page -----------------------------------------------------
 */

static void the_best_part_is_where_paragraphs_stand(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state,
                "<div><p>" PROSE "<p>" PROSE "<p>a</div><div><p>b</div><nav>c</nav>d");
    EXPECT_SHEET(&sheet, CANDIDATE_SHARE, 1000, 1000, 1000, 500, 500, 500);
    EXPECT_SHEET(&sheet, CANDIDATE_AWAY, 0, 0, 0, 2, 1, 0);
    EXPECT_SHEET(&sheet, CANDIDATE_DEPTH, 1, 1, 1, -1, -1, -1);
    sheet_done(&sheet);
}

static void without_a_paragraph_the_page_is_its_best_part(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state, "<p>a<div><p>b c</div>");
    EXPECT_SHEET(&sheet, CANDIDATE_SHARE, 0, 0);
    EXPECT_SHEET(&sheet, CANDIDATE_AWAY, 0, 0);
    EXPECT_SHEET(&sheet, CANDIDATE_DEPTH, 2, 3);
    sheet_done(&sheet);
}

/* What a paragraph scores, next to one of 320 signs with eight commas: 12. */
static int score_of(RuleSet *rules, size_t points, size_t commas, bool is_link) {
    char page[PAGE_SIZE], text[1024], best[321];
    Sheet sheet;
    memset(best, 'x', 320);
    memset(best + 300, ',', 8);
    best[320] = '\0';
    memset(text, 'y', points);
    memset(text, ',', commas);
    text[points] = '\0';
    snprintf(page, sizeof page,
             "<div><div><div><p>%s</p></div></div></div>"
             "<div><div><div><p>%s%s%s</p></div></div></div>",
             best, is_link ? "<a href=z>" : "", text, is_link ? "</a>" : "");
    sheet_judge(&sheet, rules, page);
    assert_int_equal(sheet.document.block_count, 2);
    assert_int_equal(sheet.document.blocks[0].evidence[EVIDENCE_CANDIDATE_SHARE], 1000);
    const int share = sheet.document.blocks[1].evidence[EVIDENCE_CANDIDATE_SHARE];
    sheet_done(&sheet);
    return share;
}

static void a_paragraph_scores_by_its_length_and_its_commas(void **state) {
    static const struct {
        size_t points, commas;
        int score;
    } cases[] = {{24, 0, 0},  {24, 9, 0},  {25, 0, 1},  {25, 3, 4},  {99, 0, 1},  {100, 0, 2},
                 {199, 0, 2}, {200, 0, 3}, {300, 0, 4}, {900, 0, 4}, {300, 8, 12}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(score_of(*state, cases[i].points, cases[i].commas, false),
                         cases[i].score * 1000 / 12);
    assert_int_equal(score_of(*state, 300, 8, true), 0);
}

static void links_take_their_share_off_a_score(void **state) {
    char page[PAGE_SIZE], text[101];
    memset(text, 'x', 100);
    text[100] = '\0';
    /* 2 the first; the second half of 2, of which links take half again. */
    snprintf(page, sizeof page,
             "<div><div><div><p>%s</p></div></div></div>"
             "<div><div><div><p>%.50s<a href=y>%.50s</a></p></div></div></div>",
             text, text, text);
    Sheet sheet;
    sheet_judge(&sheet, *state, page);
    EXPECT_SHEET(&sheet, CANDIDATE_SHARE, 1000, 250);
    sheet_done(&sheet);
}

/* ---- alike ----------------------------------------------------------------------------------- */

static void blocks_whose_elements_look_the_same_are_a_group(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state,
                "<ul><li>a b c<li><a href=y>defg</a></ul><p>h<ul><li>" PROSE "</ul>");
    EXPECT_SHEET(&sheet, ALIKE_BLOCKS, 3, 3, 1, 3);
    EXPECT_SHEET(&sheet, ALIKE_WORDS, 5, 5, 1, 5);             /* 16 of 3 */
    EXPECT_SHEET(&sheet, ALIKE_LINK_SHARE, 125, 125, 0, 125);  /* 4 of 32 */
    EXPECT_SHEET(&sheet, ALIKE_PROSE_SHARE, 750, 750, 0, 750); /* 12 of 16 */
    EXPECT_SHEET(&sheet, ALIKE_PLACE, 1, 2, 1, 3);
    sheet_done(&sheet);
}

static void a_look_is_name_and_class_of_three_elements(void **state) {
    EXPECT_CASES(
        {"<p class=a>x</p><p class=a>x", EVIDENCE_ALIKE_BLOCKS, 2},
        {"<p class=a>x</p><p class=b>x", EVIDENCE_ALIKE_BLOCKS, 1},
        {"<p id=a>x</p><p id=b>x", EVIDENCE_ALIKE_BLOCKS, 2},
        {"<p>x</p><div>x", EVIDENCE_ALIKE_BLOCKS, 1},
        {"<div class=a><p>x</div><div class=b><p>x", EVIDENCE_ALIKE_BLOCKS, 1},
        {"<div class=a><div><p>x</div></div><div class=b><div><p>x", EVIDENCE_ALIKE_BLOCKS, 1},
        {"<div class=a><div><div><p>x</div></div></div><div class=b><div><div><p>x",
         EVIDENCE_ALIKE_BLOCKS, 2},
        {"<p><b class=a>x</b></p><p><i class=b>x", EVIDENCE_ALIKE_BLOCKS, 2});
}

static void an_element_of_which_there_are_several_is_a_card(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state,
                "<div class=c><p>a b c</div><div class=c><h3>d</h3><p>e f</div>"
                "<div class=c><p><a href=y>g</a></div><div>h</div>");
    EXPECT_SHEET(&sheet, CARDS, 3, 3, 3, 3, 0);
    EXPECT_SHEET(&sheet, CARDS_UP, 2, 2, 2, 2, 0);
    EXPECT_SHEET(&sheet, CARDS_WORDS, 2, 2, 2, 2, 0);              /* 7 of 3 */
    EXPECT_SHEET(&sheet, CARDS_LINK_SHARE, 142, 142, 142, 142, 0); /* 1 of 7 */
    sheet_done(&sheet);
}

static void cards_stand_in_one_element(void **state) {
    EXPECT_CASES({"<ul><li>x<li>y<li>z</ul>", EVIDENCE_CARDS, 3},
                 {"<ul><li>x<li>y<li>z</ul>", EVIDENCE_CARDS_UP, 1},
                 {"<div><p>x</div><section><p>y</section>", EVIDENCE_CARDS, 0},
                 {"<ul><li>x<li></li><li> <b></b></ul>", EVIDENCE_CARDS, 0},
                 {"<p>x", EVIDENCE_CARDS, 0});
}

static void of_sets_of_cards_the_largest_counts_and_of_equal_ones_the_nearest(void **state) {
    EXPECT_CASES({"<div><p>x<p>y</div><div><p>x</div><div><p>x</div>", EVIDENCE_CARDS, 3},
                 {"<div><p>x<p>y</div><div><p>x</div><div><p>x</div>", EVIDENCE_CARDS_UP, 2},
                 {"<div><p>x<p>y<p>z</div><div><p>x</div>", EVIDENCE_CARDS, 3},
                 {"<div><p>x<p>y<p>z</div><div><p>x</div>", EVIDENCE_CARDS_UP, 1},
                 {"<div><p>x<p>y</div><div><p>x</div>", EVIDENCE_CARDS, 2},
                 {"<div><p>x<p>y</div><div><p>x</div>", EVIDENCE_CARDS_UP, 1});
}

static void cards_are_looked_for_six_elements_up(void **state) {
    static const char rest[] = "x</div></div></div></div></div></div><div class=c>y";
    char page[256];
    snprintf(page, sizeof page, "<div class=c><div><div><div><div><p>%s", rest);
    assert_int_equal(first_evidence(*state, page, EVIDENCE_CARDS), 2);
    assert_int_equal(first_evidence(*state, page, EVIDENCE_CARDS_UP), 6);
    snprintf(page, sizeof page, "<div class=c><div><div><div><div><div><p>%s", rest);
    assert_int_equal(first_evidence(*state, page, EVIDENCE_CARDS), 0);
    assert_int_equal(first_evidence(*state, page, EVIDENCE_CARDS_UP), 0);
}

static void many_groups_are_kept_apart(void **state) {
    enum { COUNT = 500 };
    char page[COUNT * 40], *at = page;
    Sheet sheet;
    for (int i = 0; i < COUNT; i++) at += sprintf(at, "<p class=c%d>x</p>", i % 100);
    sheet_judge(&sheet, *state, page);
    assert_int_equal(sheet.document.block_count, COUNT);
    for (int i = 0; i < COUNT; i++) {
        const int16_t *evidence = sheet.document.blocks[i].evidence;
        assert_int_equal(evidence[EVIDENCE_ALIKE_BLOCKS], COUNT / 100);
        assert_int_equal(evidence[EVIDENCE_ALIKE_PLACE], i / 100 + 1);
        assert_int_equal(evidence[EVIDENCE_CARDS], COUNT / 100);
    }
    sheet_done(&sheet);
}

/* ---- overlap --------------------------------------------------------------------------------- */

/* A page that says this of itself, whatever it says. */
typedef struct Telling {
    Sheet sheet;
    Page page;
    Metadata metadata;
} Telling;

static void judge_telling(Telling *ret, RuleSet *rules, const char *page, const char *title,
                          const char *description) {
    sheet_read(&ret->sheet, rules, page);
    ret->metadata = (Metadata){.types = 0};
    ret->metadata.fields[META_TITLE].value = (Str){(const uint8_t *)title, strlen(title)};
    ret->metadata.fields[META_DESCRIPTION].value =
        (Str){(const uint8_t *)description, strlen(description)};
    ret->page = *ret->sheet.document.page;
    ret->page.metadata = &ret->metadata;
    ret->sheet.document.page = &ret->page;
    assert_int_equal(filters_judge(&ret->sheet.document), DECANT_OK);
}

static void words_that_stand_in_title_and_description_are_counted(void **state) {
    Telling telling;
    judge_telling(&telling, *state, "<p>The old wall<p>wall, wall, moved<p>other<p>...",
                  "The old harbour wall", "It moved");
    EXPECT_SHEET(&telling.sheet, TITLE_SHARE, 1000, 666, 0, 0);
    EXPECT_SHEET(&telling.sheet, TITLE_COVER, 750, 250, 0, 0);
    EXPECT_SHEET(&telling.sheet, DESCRIPTION_SHARE, 0, 333, 0, 0);
    sheet_done(&telling.sheet);
}

/* A title, a block, and how much of the title it covers. */
typedef struct Cover {
    const char *title, *text;
    int cover;
} Cover;

static void expect_covers(RuleSet *rules, const Cover *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Telling telling;
        judge_telling(&telling, rules, cases[i].text, cases[i].title, "");
        EXPECT_SHEET(&telling.sheet, TITLE_COVER, cases[i].cover);
        sheet_done(&telling.sheet);
    }
}

static void words_are_the_same_in_any_case_and_between_any_signs(void **state) {
    static const Cover cases[] = {{"Öl - 2024/25 \"Wall\"", "öl: WALL, 25; 2024.", 1000},
                                  {"a b", "ab", 0},
                                  {"ab", "a b", 0},
                                  {"a a a b", "a", 500},
                                  {"", "a", 0}};
    expect_covers(*state, cases, sizeof cases / sizeof *cases);
}

static void signs_of_scripts_without_spaces_are_words(void **state) {
    static const Cover cases[] = {{"港の壁", "壁", 333},
                                  {"港の壁", "壁港", 666},
                                  {"港の壁 wall", "壁 wall", 500},
                                  {"港の壁 wall", "壁wall", 500},
                                  {"港の壁 wall", "wall壁港", 750}};
    expect_covers(*state, cases, sizeof cases / sizeof *cases);
}

static void the_first_64_words_count(void **state) {
    for (size_t before = 63; before <= 64; before++) {
        Telling telling;
        char *page = repeated("x ", before, "wall");
        judge_telling(&telling, *state, page, "wall", page);
        EXPECT_SHEET(&telling.sheet, TITLE_COVER, before < 64 ? 1000 : 0);
        EXPECT_SHEET(&telling.sheet, TITLE_SHARE, before < 64 ? 15 : 0);
        EXPECT_SHEET(&telling.sheet, DESCRIPTION_SHARE, 1000);
        sheet_done(&telling.sheet);
        free(page);
    }
}

static void a_title_of_64_words_and_more_is_told_too(void **state) {
    char title[1024], *at = title;
    Telling telling;
    for (int i = 0; i < 70; i++) at += sprintf(at, "w%d ", i);
    judge_telling(&telling, *state, title, title, "");
    EXPECT_SHEET(&telling.sheet, TITLE_COVER, 1000);
    sheet_done(&telling.sheet);
    judge_telling(&telling, *state, "w0 w63 w64 w69", title, "");
    EXPECT_SHEET(&telling.sheet, TITLE_COVER, 31); /* 2 of 64 */
    EXPECT_SHEET(&telling.sheet, TITLE_SHARE, 500);
    sheet_done(&telling.sheet);
}

static void blocks_are_told_how_far_the_title_is(void **state) {
    Telling telling;
    judge_telling(&telling, *state, "<p>a<p>b<h1>The wall</h1><p>c<h2>The wall</h2><p>d<p>e",
                  "The wall", "");
    EXPECT_SHEET(&telling.sheet, SINCE_TITLE, 0, 0, 0, 1, 2, 1, 2);
    EXPECT_SHEET(&telling.sheet, UNTIL_TITLE, 2, 1, 0, 1, 0, FAR, FAR);
    sheet_done(&telling.sheet);
}

static void the_title_is_a_heading_that_says_most_of_it(void **state) {
    static const struct {
        const char *text;
        int until;
    } cases[] = {{"<h2>a b c", 0},           {"<h2>a b", FAR}, {"<p>a b c d e", FAR},
                 {"<h1>x y z a b c x y", 0}, {"<h6>e d c", 0}, {"<h1>a a a", FAR}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Telling telling;
        judge_telling(&telling, *state, cases[i].text, "a b c d e", "");
        EXPECT_SHEET(&telling.sheet, UNTIL_TITLE, cases[i].until);
        sheet_done(&telling.sheet);
    }
}

static void a_page_tells_its_title_itself(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state,
                "<title>The old wall</title><meta name=description content='It has moved'>"
                "<p>a<h1>The old wall</h1><p>It moved");
    EXPECT_SHEET(&sheet, TITLE_SHARE, 0, 1000, 0);
    EXPECT_SHEET(&sheet, DESCRIPTION_SHARE, 0, 0, 1000);
    EXPECT_SHEET(&sheet, UNTIL_TITLE, 1, 0, FAR);
    sheet_done(&sheet);
}

static void a_page_without_title_is_far_from_it(void **state) {
    Telling telling;
    judge_telling(&telling, *state, "<h1>a</h1><p>b", "", "");
    EXPECT_SHEET(&telling.sheet, TITLE_SHARE, 0, 0);
    EXPECT_SHEET(&telling.sheet, TITLE_COVER, 0, 0);
    EXPECT_SHEET(&telling.sheet, SINCE_TITLE, 0, 0);
    EXPECT_SHEET(&telling.sheet, UNTIL_TITLE, FAR, FAR);
    sheet_done(&telling.sheet);
}

static void a_page_without_metadata_is_told_nothing_of_it(void **state) {
    Sheet sheet;
    sheet_read(&sheet, *state, "<title>a</title><h1>a</h1>");
    Page page = *sheet.document.page;
    page.metadata = NULL;
    sheet.document.page = &page;
    assert_int_equal(filters_judge(&sheet.document), DECANT_OK);
    EXPECT_SHEET(&sheet, TITLE_SHARE, 0);
    EXPECT_SHEET(&sheet, TITLE_COVER, 0);
    EXPECT_SHEET(&sheet, UNTIL_TITLE, 0);
    sheet_done(&sheet);
}

/* ---- documents and pages of all sorts ---------------------------------------------------------
 */

static const char *const page_filters[] = {"structure", "container", "alike", "overlap"};
enum { PAGE_FILTERS = sizeof page_filters / sizeof *page_filters };

static void plain_text_has_the_evidence_of_text_alone(void **state) {
    Part part;
    part_judge(&part, *state, "The wall.\n\nqrights\n");
    Block *blocks = part.document.blocks;
    assert_int_equal(blocks[1].evidence - blocks[0].evidence, EVIDENCE_TEXT_COUNT);
    int16_t *exact = malloc(EVIDENCE_TEXT_COUNT * sizeof *exact);
    assert_non_null(exact);
    memset(exact, 0x55, EVIDENCE_TEXT_COUNT * sizeof *exact);
    for (size_t i = 0; i < 2; i++) blocks[i].evidence = exact;
    for (size_t i = 0; i < PAGE_FILTERS; i++)
        assert_int_equal(filter_named(page_filters[i])->judge(&part.document), DECANT_OK);
    for (size_t i = 0; i < EVIDENCE_TEXT_COUNT; i++) assert_int_equal(exact[i], 0x5555);
    free(exact);
    part_done(&part);
}

static void blocks_of_pages_have_all_evidence(void **state) {
    Sheet sheet;
    sheet_read(&sheet, *state, "<p>a<p>b");
    const Block *blocks = sheet.document.blocks;
    assert_int_equal(blocks[1].evidence - blocks[0].evidence, EVIDENCE_COUNT);
    sheet_done(&sheet);
}

static void a_page_without_blocks_has_nothing_to_judge(void **state) {
    static const char *const pages[] = {"", " \n", "<div><p></p></div>", "<title>x</title>",
                                        "<script>x</script><!-- y -->"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        Sheet sheet;
        sheet_judge(&sheet, *state, pages[i]);
        assert_int_equal(sheet.document.block_count, 0);
        sheet_done(&sheet);
    }
}

static void filters_of_pages_set_evidence_of_markup_alone(void **state) {
    Sheet sheet;
    sheet_judge(&sheet, *state, "<nav class=share><a href=y>a b</a></nav><h1>c</h1><p>" PROSE);
    for (size_t i = 0; i < sheet.document.block_count; i++) {
        int16_t before[EVIDENCE_TEXT_COUNT];
        memcpy(before, sheet.document.blocks[i].evidence, sizeof before);
        for (size_t f = 0; f < PAGE_FILTERS; f++)
            assert_int_equal(filter_named(page_filters[f])->judge(&sheet.document), DECANT_OK);
        assert_memory_equal(before, sheet.document.blocks[i].evidence, sizeof before);
    }
    sheet_done(&sheet);
}

static void a_page_without_a_tree_stands_in_one_element(void **state) {
    Sheet sheet;
    sheet_read(&sheet, *state, "<nav><p><a class=share href=y>ab</a></nav><h1>c d</h1><p>" PROSE);
    Element root = {.end = 1};
    Markup markup[3];
    memcpy(markup, sheet.document.page->markup, sizeof markup);
    for (size_t i = 0; i < 3; i++) markup[i].element = 0;
    Page page = *sheet.document.page;
    page.elements = &root;
    page.element_count = 1;
    page.markup = markup;
    sheet.document.page = &page;
    assert_int_equal(filters_judge(&sheet.document), DECANT_OK);
    EXPECT_SHEET(&sheet, REGION_NAV, 0, 0, 0);
    EXPECT_SHEET(&sheet, ROLE_SHARE, 1, 0, 0);
    EXPECT_SHEET(&sheet, LEVEL, 0, 0, 0);
    EXPECT_SHEET(&sheet, DEPTH, 0, 0, 0);
    EXPECT_SHEET(&sheet, LINK_SHARE, 1000, 0, 0);
    EXPECT_SHEET(&sheet, OWN_WORDS, 15, 15, 15);
    EXPECT_SHEET(&sheet, AROUND5_SHARE, 1000, 1000, 1000);
    EXPECT_SHEET(&sheet, PART_BLOCKS, 3, 3, 3);
    EXPECT_SHEET(&sheet, CANDIDATE_SHARE, 1000, 1000, 1000);
    EXPECT_SHEET(&sheet, CANDIDATE_AWAY, 0, 0, 0);
    EXPECT_SHEET(&sheet, CANDIDATE_DEPTH, 0, 0, 0);
    EXPECT_SHEET(&sheet, ALIKE_PLACE, 1, 2, 3);
    EXPECT_SHEET(&sheet, CARDS, 0, 0, 0);
    sheet_done(&sheet);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* An allocator that refuses after so many requests. */
static void *resize(void *user, void *block, size_t old_size, size_t new_size) {
    size_t *left = user;
    (void)old_size;
    if (!*left) return NULL;
    --*left;
    return realloc(block, new_size);
}

static void release(void *user, void *block, size_t size) {
    (void)user;
    (void)size;
    free(block);
}

static void refused_memory_is_told(void **state) {
    static const size_t requests[PAGE_FILTERS] = {1, 1, 3, 0}; /* so many arrays each */
    char *text = repeated("<p>x", 4000, ""); /* enough for each to ask for memory of its own */
    Sheet sheet;
    sheet_judge(&sheet, *state, text);
    for (size_t i = 0; i < PAGE_FILTERS; i++)
        for (size_t allowed = 0; allowed <= requests[i]; allowed++) {
            size_t left = allowed;
            const decant_allocator allocator = {&left, resize, release};
            Arena arena;
            Document document = sheet.document;
            arena_init(&arena, &allocator);
            document.arena = &arena;
            assert_int_equal(filter_named(page_filters[i])->judge(&document),
                             allowed < requests[i] ? DECANT_NO_MEMORY : DECANT_OK);
            arena_done(&arena);
        }
    sheet_done(&sheet);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_region_has_its_elements),
        cmocka_unit_test(a_region_is_told_by_how_far_above_it_stands),
        cmocka_unit_test(inline_elements_are_no_step),
        cmocka_unit_test(what_stands_farther_than_can_be_told_stands_255_up),
        cmocka_unit_test(what_ended_is_not_above),
        cmocka_unit_test(roles_are_told_by_how_far_above_they_stand),
        cmocka_unit_test(inline_elements_that_hold_all_of_a_block_count_as_its_own),
        cmocka_unit_test(every_way_to_hide_is_told),
        cmocka_unit_test(a_heading_has_the_level_of_its_element),
        cmocka_unit_test(depth_counts_from_the_root),
        cmocka_unit_test(links_emphasis_and_code_are_told_as_shares),
        cmocka_unit_test(blocks_are_told_of_the_heading_above),
        cmocka_unit_test(a_heading_that_is_a_phrase_of_noise_is_told_to_what_stands_below),
        cmocka_unit_test(other_phrases_of_a_heading_are_no_noise_below),
        cmocka_unit_test(the_elements_around_a_block_are_summed_up),
        cmocka_unit_test(each_ring_is_as_far_around_as_its_name_says),
        cmocka_unit_test(links_and_prose_of_what_stands_around_are_shares),
        cmocka_unit_test(prose_has_twelve_words_and_an_end),
        cmocka_unit_test(a_part_is_the_nearest_element_that_marks_one),
        cmocka_unit_test(parts_are_marked_by_some_regions_alone),
        cmocka_unit_test(the_best_part_is_where_paragraphs_stand),
        cmocka_unit_test(without_a_paragraph_the_page_is_its_best_part),
        cmocka_unit_test(a_paragraph_scores_by_its_length_and_its_commas),
        cmocka_unit_test(links_take_their_share_off_a_score),
        cmocka_unit_test(blocks_whose_elements_look_the_same_are_a_group),
        cmocka_unit_test(a_look_is_name_and_class_of_three_elements),
        cmocka_unit_test(an_element_of_which_there_are_several_is_a_card),
        cmocka_unit_test(cards_stand_in_one_element),
        cmocka_unit_test(of_sets_of_cards_the_largest_counts_and_of_equal_ones_the_nearest),
        cmocka_unit_test(cards_are_looked_for_six_elements_up),
        cmocka_unit_test(many_groups_are_kept_apart),
        cmocka_unit_test(words_that_stand_in_title_and_description_are_counted),
        cmocka_unit_test(words_are_the_same_in_any_case_and_between_any_signs),
        cmocka_unit_test(signs_of_scripts_without_spaces_are_words),
        cmocka_unit_test(the_first_64_words_count),
        cmocka_unit_test(a_title_of_64_words_and_more_is_told_too),
        cmocka_unit_test(blocks_are_told_how_far_the_title_is),
        cmocka_unit_test(the_title_is_a_heading_that_says_most_of_it),
        cmocka_unit_test(a_page_tells_its_title_itself),
        cmocka_unit_test(a_page_without_title_is_far_from_it),
        cmocka_unit_test(a_page_without_metadata_is_told_nothing_of_it),
        cmocka_unit_test(plain_text_has_the_evidence_of_text_alone),
        cmocka_unit_test(blocks_of_pages_have_all_evidence),
        cmocka_unit_test(a_page_without_blocks_has_nothing_to_judge),
        cmocka_unit_test(filters_of_pages_set_evidence_of_markup_alone),
        cmocka_unit_test(a_page_without_a_tree_stands_in_one_element),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("markup", tests, set_up_rules, tear_down_rules);
}
