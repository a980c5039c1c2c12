/* SPDX-License-Identifier: MIT
 * test_skeleton.c - skeletons of small pages, byte by byte, and the way back from them. */
#include "segment/nesting.h"
#include "segment/skeleton.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* A page in memory of its exact size, and its skeleton. */
typedef struct Written {
    Arena arena;
    uint8_t *page;
    Skeleton skeleton;
} Written;

static void write_page(Written *ret, const char *page, size_t size) {
    arena_init(&ret->arena, allocator_default());
    ret->page = malloc(size ? size : 1);
    assert_non_null(ret->page);
    if (size) memcpy(ret->page, page, size);
    assert_int_equal(
        skeleton_write(&ret->skeleton, &ret->arena, (Str){ret->page, size}, TAG_UNKNOWN, false),
        DECANT_OK);
}

static void written_done(Written *written) {
    arena_done(&written->arena);
    free(written->page);
}

typedef struct Case {
    const char *page, *skeleton;
} Case;

/* Texts are Ā ā Ă ă ... in their order. */
static void expect(const Case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Written written;
        write_page(&written, cases[i].page, strlen(cases[i].page));
        const Str bytes = written.skeleton.bytes;
        if (bytes.len != strlen(cases[i].skeleton) ||
            memcmp(bytes.at, cases[i].skeleton, bytes.len) != 0)
            fail_msg("%s gives %.*s, not %s", cases[i].page, (int)bytes.len, (const char *)bytes.at,
                     cases[i].skeleton);
        written_done(&written);
    }
}

#define EXPECT(...)                                                                                \
    do {                                                                                           \
        static const Case cases[] = {__VA_ARGS__};                                                 \
        expect(cases, sizeof cases / sizeof *cases);                                               \
    } while (0)

static void tags_are_bare_names_in_small_letters(void **state) {
    (void)state;
    EXPECT({"<P Class=\"a>b\" id=c>x</P >", "<p>Ā</p>"}, {"<hr/><x-Card y>", "<hr/><x-Card>"},
           {"<ul class=x/>", "<ul>"}, {"<p", ""}, {"", ""});
}

static void every_run_of_text_is_one_code_point(void **state) {
    (void)state;
    EXPECT({"one two", "Ā"}, {"<p>one</p>two<li>three", "<p>Ā</p>ā<li>Ă"}, {"a &lt; b", "Ā"},
           {"one<!-- -->two", "Āā"});
}

static void inline_elements_are_left_out(void **state) {
    (void)state;
    EXPECT({"<p>a<b>b</b><a href=x>c</a><br>d<img>", "<p>ĀāĂă"}, {"<p>a<b><p>b</b>c", "<p>Ā<p>āĂ"},
           {"<b>a<p>b</b>", "<br>Ā<p>ā"},
           {"<select><option>a<b>b</select>", "<select><option>Āā</select>"});
}

static void white_space_alone_is_left_out(void **state) {
    (void)state;
    EXPECT({"<p> \t </p>", "<p></p>"}, {"<p> \n </p>", "<p></p>"},
           {"<p>&#32;&#xA;&Tab;</p>", "<p></p>"}, {"<p>&nbsp;</p>", "<p>Ā</p>"},
           {"<p> &#32 </p>", "<p>Ā</p>"});
}

static void what_changes_no_tree_is_left_out(void **state) {
    (void)state;
    EXPECT({"a<!-- <p> -->b", "Āā"}, {"<script>if (a<b) '<p>'</script>c", "Ā"},
           {"<style>p{}</style >c", "Ā"}, {"<meta a><link b><base c>d", "Ā"}, {"<?php x ?>a", "Ā"},
           {"<script></script>a</script>", "Ā"});
}

static void elements_of_text_keep_their_text_or_their_place(void **state) {
    (void)state;
    EXPECT({"<title>A <b></title>c", "<title>Ā</title>ā"},
           {"<textarea></textarea>c", "<textarea></textarea>Ā"},
           {"<iframe>a<p></iframe>b", "<iframe></iframe>Ā"},
           {"<noscript><p>a</noscript>", "<noscript><p>Ā</noscript>"},
           {"<xmp><b></xmp>", "<xmp>Ā</xmp>"}, {"<title>cut", "<title>Ā</title>"});
}

static void a_drawing_is_an_empty_element(void **state) {
    (void)state;
    EXPECT({"<svg a=b><g><path d='x'/></g></svg>c", "<svg/>Ā"},
           {"<svg><text>Hi</text></svg>c", "<svg>x</svg>Ā"}, {"<svg/>c", "<svg/>Ā"},
           {"<svg><style>a</style><title>b</title></svg>c", "<svg>x</svg>Ā"},
           {"<p><svg><path></p>b", "<p><svg/></p>Ā"}, {"<p><a><svg><path></a>b", "<p><svg/>Ā"});
}

static void html_in_a_drawing_stays(void **state) {
    (void)state;
    EXPECT({"<svg><p>a</svg>", "<svg><p>Ā</svg>"},
           {"<svg><foreignObject><div>a</div></foreignObject></svg>",
            "<svg><foreignobject><div>Ā</div></foreignobject></svg>"},
           {"<svg><font>a</font></svg>b", "<svg>x</svg>Ā"},
           {"<svg><font color=red>a</svg>", "<svg><br>Ā</svg>"},
           {"<svg><b>a</svg>", "<svg><br>Ā</svg>"});
}

static void the_first_doctype_stays_unless_a_tag_came_before(void **state) {
    (void)state;
    EXPECT({"<!DOCTYPE html><p>", "<!DOCTYPE html><p>"}, {"<p><!DOCTYPE html>", "<p>"});
}

static void a_hidden_input_says_so(void **state) {
    (void)state;
    EXPECT({"<input type=HIDDEN value=1>", "<input type=hidden>"}, {"<input type=text>", "<input>"},
           {"<input type=text type=hidden>", "<input>"});
}

static void an_end_of_a_form_sets_text_free(void **state) {
    (void)state;
    EXPECT({"<form>a</form>b", "<form>Ā<!----></form>ā"});
}

static void a_select_holds_options_alone(void **state) {
    (void)state;
    EXPECT({"<select><option>a<div>b</div></select>c", "<select><option>Āā</div></select>Ă"},
           {"<select><input>", "<select><input>"}, {"<select><style>a</style>b", "<select>Āā"});
}

static void a_byte_order_mark_is_no_text(void **state) {
    (void)state;
    EXPECT({"\xEF\xBB\xBF<p>a", "<p>Ā"});
}

static void rows_lead_back_to_the_page(void **state) {
    (void)state;
    static const char page[] = "<DIV id=a><script>x</script>One &amp; <p>two</p></DIV>";
    Written written;
    write_page(&written, page, sizeof page - 1);
    const Skeleton *skeleton = &written.skeleton;
    assert_int_equal(skeleton->tag_count, 2);
    assert_int_equal(skeleton->tags[0].tag, TAG_DIV);
    assert_int_equal(skeleton->tags[0].at, 0);
    assert_int_equal(skeleton->tags[0].inside, 4);
    assert_int_equal(skeleton->tags[0].end, 10);
    assert_int_equal(skeleton->tags[1].tag, TAG_P);
    assert_memory_equal(skeleton->bytes.at + skeleton->tags[1].at, "<p>", 3);
    assert_int_equal(skeleton->text_count, 2);
    assert_memory_equal(page + skeleton->texts[0].start, "One &amp; ", 10);
    assert_int_equal(skeleton->texts[0].end - skeleton->texts[0].start, 10);
    assert_true(skeleton->texts[0].has_reference);
    assert_false(skeleton->texts[1].has_reference);
    written_done(&written);
}

static void a_text_knows_the_inline_elements_around_it(void **state) {
    (void)state;
    static const char page[] = "a <b>b<i>c</i></b><code>d</code> <a href=x>e</a><br>f<br><br>g<a>h";
    static const struct {
        uint8_t style, breaks;
        bool is_link, is_spaced;
    } expected[] = {{0, 0, false, false},
                    {STYLE_STRONG, 0, false, false},
                    {STYLE_STRONG | STYLE_EMPHASIS, 0, false, false},
                    {STYLE_CODE, 0, false, false},
                    {0, 0, true, true},
                    {0, 1, false, false},
                    {0, 2, false, false},
                    {0, 0, false, false}};
    Written written;
    write_page(&written, page, sizeof page - 1);
    assert_int_equal(written.skeleton.text_count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < written.skeleton.text_count; i++) {
        const SkeletonText *text = &written.skeleton.texts[i];
        assert_int_equal(text->style, expected[i].style);
        assert_int_equal(text->breaks, expected[i].breaks);
        assert_int_equal(text->link > 0, expected[i].is_link);
        assert_int_equal(text->is_spaced, expected[i].is_spaced);
    }
    written_done(&written);
}

static void a_link_ends_at_the_next_and_at_the_end_of_a_cell(void **state) {
    (void)state;
    static const char page[] = "<a href=x>a<a href=y>b<table><tr><td><a href=z>c<td>d";
    static const uint32_t links[] = {1, 2, 3, 0};
    Written written;
    write_page(&written, page, sizeof page - 1);
    assert_int_equal(written.skeleton.text_count, 4);
    for (size_t i = 0; i < 4; i++) assert_int_equal(written.skeleton.texts[i].link, links[i]);
    written_done(&written);
}

static void what_a_page_breaks_off_in_is_left_to_the_next(void **state) {
    (void)state;
    static const struct {
        const char *page;
        size_t taken;
        Tag raw;
    } cases[] = {{"<p>one</p><p>tw", 13, TAG_UNKNOWN},
                 {"<p>one<div class=", 6, TAG_UNKNOWN},
                 {"<p>one<script>a", 14, TAG_SCRIPT},
                 {"<p>one</p>", 6, TAG_UNKNOWN},
                 {"one", 3, TAG_UNKNOWN},
                 {"<!-- one", 8, TAG_UNKNOWN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena arena;
        Skeleton skeleton;
        arena_init(&arena, allocator_default());
        const Str page = {(const uint8_t *)cases[i].page, strlen(cases[i].page)};
        assert_int_equal(skeleton_write(&skeleton, &arena, page, TAG_UNKNOWN, true), DECANT_OK);
        assert_int_equal(skeleton.taken, cases[i].taken);
        assert_int_equal(skeleton.raw, cases[i].raw);
        arena_done(&arena);
    }
}

static void a_page_may_begin_in_a_script(void **state) {
    (void)state;
    Arena arena;
    Skeleton skeleton;
    static const char page[] = "'<p>'</script><p>a";
    arena_init(&arena, allocator_default());
    const Str bytes = {(const uint8_t *)page, sizeof page - 1};
    assert_int_equal(skeleton_write(&skeleton, &arena, bytes, TAG_SCRIPT, false), DECANT_OK);
    assert_int_equal(skeleton.bytes.len, 5);
    assert_memory_equal(skeleton.bytes.at, "<p>Ā", 5);
    arena_done(&arena);
}

static void every_text_has_a_character_of_its_own(void **state) {
    (void)state;
    uint32_t before = 0xFF;
    for (size_t i = 0; i < SKELETON_TEXTS; i++) {
        const uint32_t code = skeleton_code(i);
        if (code <= before || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ||
            (code >= 0xFDD0 && code < 0x10000) || (code & 0xFFFE) == 0xFFFE ||
            skeleton_text(code) != i)
            fail_msg("text %zu is U+%04X", i, code);
        before = code;
    }
    static const uint32_t none[] = {0,      'x',    0xFF,   0xD800,  0xDFFF,
                                    0xFDD0, 0xFFFD, 0xFFFF, 0x1FFFF, 0x110000};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(skeleton_text(none[i]), SIZE_MAX);
}

/* `count` times a text. */
static char *repeated(const char *text, size_t count) {
    const size_t size = strlen(text);
    char *all = malloc(size * count + 1);
    assert_non_null(all);
    for (size_t i = 0; i < count; i++) memcpy(all + i * size, text, size);
    all[size * count] = 0;
    return all;
}

static void what_is_nested_too_deep_is_left_out_with_its_end_tags(void **state) {
    (void)state;
    char *page = repeated("<div>", NESTING_MOST + 10);
    char *ends = repeated("</div>", NESTING_MOST + 10);
    page = realloc(page, strlen(page) + strlen(ends) + 1);
    assert_non_null(page);
    strcat(page, ends);
    Written written;
    write_page(&written, page, strlen(page));
    assert_true(written.skeleton.is_capped);
    assert_int_equal(written.skeleton.tag_count, NESTING_MOST);
    assert_int_equal(written.skeleton.bytes.len, NESTING_MOST * (5 + 6));
    written_done(&written);
    free(page);
    free(ends);
}

static void items_paragraphs_and_cells_do_not_nest(void **state) {
    (void)state;
    static const char *const parts[] = {"<p>a", "<li>a", "<dt>a<dd>b", "<option>a", "<tr><td>a"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *page = repeated(parts[i], 3000);
        Written written;
        write_page(&written, page, strlen(page));
        assert_false(written.skeleton.is_capped);
        written_done(&written);
        free(page);
    }
}

static void *refuse(void *user, void *block, size_t old_size, size_t new_size) {
    size_t *left = user;
    if (*left == 0) return NULL;
    --*left;
    const decant_allocator *real = allocator_default();
    return real->resize(real->user, block, old_size, new_size);
}

static void release(void *user, void *block, size_t size) {
    (void)user;
    const decant_allocator *real = allocator_default();
    real->release(real->user, block, size);
}

static void refused_memory_is_told(void **state) {
    (void)state;
    char *page = repeated("<p>text <b>", 20000);
    bool done = false;
    for (size_t allowed = 0; !done; allowed++) {
        size_t left = allowed;
        const decant_allocator few = {&left, refuse, release};
        Arena arena;
        Skeleton skeleton;
        arena_init(&arena, &few);
        decant_status status = skeleton_write(
            &skeleton, &arena, (Str){(const uint8_t *)page, strlen(page)}, TAG_UNKNOWN, false);
        done = status == DECANT_OK;
        assert_true(done || status == DECANT_NO_MEMORY);
        assert_true(allowed < 1000);
        arena_done(&arena);
    }
    free(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_are_bare_names_in_small_letters),
        cmocka_unit_test(every_run_of_text_is_one_code_point),
        cmocka_unit_test(inline_elements_are_left_out),
        cmocka_unit_test(white_space_alone_is_left_out),
        cmocka_unit_test(what_changes_no_tree_is_left_out),
        cmocka_unit_test(elements_of_text_keep_their_text_or_their_place),
        cmocka_unit_test(a_drawing_is_an_empty_element),
        cmocka_unit_test(html_in_a_drawing_stays),
        cmocka_unit_test(the_first_doctype_stays_unless_a_tag_came_before),
        cmocka_unit_test(a_hidden_input_says_so),
        cmocka_unit_test(an_end_of_a_form_sets_text_free),
        cmocka_unit_test(a_select_holds_options_alone),
        cmocka_unit_test(a_byte_order_mark_is_no_text),
        cmocka_unit_test(rows_lead_back_to_the_page),
        cmocka_unit_test(a_text_knows_the_inline_elements_around_it),
        cmocka_unit_test(a_link_ends_at_the_next_and_at_the_end_of_a_cell),
        cmocka_unit_test(what_a_page_breaks_off_in_is_left_to_the_next),
        cmocka_unit_test(a_page_may_begin_in_a_script),
        cmocka_unit_test(every_text_has_a_character_of_its_own),
        cmocka_unit_test(what_is_nested_too_deep_is_left_out_with_its_end_tags),
        cmocka_unit_test(items_paragraphs_and_cells_do_not_nest),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("skeleton", tests, NULL, NULL);
}
