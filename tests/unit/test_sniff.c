/* SPDX-License-Identifier: MIT
 * test_sniff.c - what is taken for a page and what for text. */
#include "input/sniff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* The verdict on a copy of exactly that size. */
static bool sniff(const char *text, size_t size) {
    uint8_t *head = malloc(size ? size : 1);
    assert_non_null(head);
    memcpy(head, text, size);
    const bool ret = sniff_html((Str){head, size});
    free(head);
    return ret;
}

static void expect(const char *const *texts, size_t count, bool is_page) {
    for (size_t i = 0; i < count; i++)
        if (sniff(texts[i], strlen(texts[i])) != is_page)
            fail_msg("%s is taken for %s", texts[i], is_page ? "text" : "a page");
}

#define EXPECT(is_page, ...)                                                                       \
    expect((const char *const[]){__VA_ARGS__},                                                     \
           sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *), is_page)

static void a_doctype_makes_a_page(void **state) {
    (void)state;
    EXPECT(true, "<!DOCTYPE html>", "<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">",
           "<!doctypehtml>", "<!DOCTYPE\n  html >");
    EXPECT(false, "<!DOCTYPE svg>", "<!DOCTYPE>", "<!ELEMENT html>");
}

static void a_tag_of_a_page_makes_one(void **state) {
    (void)state;
    EXPECT(true, "<html lang=en>", "<HEAD>", "<body\n>", "<p>", "<p class=a>", "<div\tid=b>",
           "<h1>", "<table>", "<title>", "<meta charset=utf-8>", "<script>", "<br/>", "<a href=x>");
}

static void a_word_between_angles_makes_none(void **state) {
    (void)state;
    EXPECT(false, "<pizza>", "<paragraph>", "<bob@example.org>", "<http://example.org/>", "<3",
           "< p>", "</p>", "<p", "<", "<>", "<h1x>", "<!>", "<--");
}

static void plain_text_and_markdown_are_text(void **state) {
    (void)state;
    EXPECT(false, "", " ", "Once upon a time.", "# Title\n\n<p>html in it</p>", "- <b>item</b>",
           "```html\n<!DOCTYPE html>\n```", "a < b", "&lt;p&gt;", "> <p>", "{\"html\": \"<p>\"}",
           "%PDF-1.4");
}

static void white_space_may_come_before(void **state) {
    (void)state;
    EXPECT(true, " \t\r\n\f<p>", "\n\n<!DOCTYPE html>");
    EXPECT(false, " \n text", "\n\n");
}

static void comments_may_come_before(void **state) {
    (void)state;
    EXPECT(true, "<!-- saved --><html>", "<!---->\n<!-- a > b -->\n<p>", "<!--><p>");
    EXPECT(false, "<!-- a comment -->", "<!-- a --> text", "<!-- <p>", "<!-- -- > <p>");
}

static void an_xml_declaration_may_come_before(void **state) {
    (void)state;
    EXPECT(true, "<?xml version=\"1.0\"?><html>", "<?xml version=\"1.0\"?>\n<!DOCTYPE html>",
           "<?xml version=\"1.0\"?><?xml-stylesheet href=\"a\"?><!-- --><html>");
    EXPECT(false, "<?xml version=\"1.0\"?><rss>", "<?xml <html>", "<?php ?><html>");
}

static void a_byte_order_mark_may_come_before(void **state) {
    (void)state;
    EXPECT(true, "\xEF\xBB\xBF<p>", "\xEF\xBB\xBF \n<!DOCTYPE html>");
    EXPECT(false, "\xEF\xBB\xBF", "\xEF\xBB\xBFtext", "\xEF\xBB<p>");
}

/* ASCII as UTF-16 with its byte order mark; the bytes it has. */
static size_t widen(const char *text, bool is_little, char *ret) {
    memcpy(ret, is_little ? "\xFF\xFE" : "\xFE\xFF", 2);
    size_t size = 2;
    for (; *text; text++) {
        ret[size++] = is_little ? *text : 0;
        ret[size++] = is_little ? 0 : *text;
    }
    return size;
}

static void utf16_is_read_by_its_byte_order_mark(void **state) {
    (void)state;
    char wide[128];
    for (int is_little = 0; is_little < 2; is_little++) {
        assert_true(sniff(wide, widen("<!DOCTYPE html>", is_little, wide)));
        assert_true(sniff(wide, widen("\n<!-- a --><p>", is_little, wide)));
        assert_false(sniff(wide, widen("text <p>", is_little, wide)));
        assert_false(sniff(wide, widen("", is_little, wide)));
    }
}

static void utf16_without_a_mark_is_read_by_its_first_two_units(void **state) {
    (void)state;
    char wide[128];
    for (int is_little = 0; is_little < 2; is_little++) {
        const size_t page = widen("<!DOCTYPE html>", is_little, wide);
        assert_true(sniff(wide + 2, page - 2));
        const size_t text = widen("text <p>", is_little, wide);
        assert_false(sniff(wide + 2, text - 2));
    }
}

static void other_signs_of_utf16_do_not_look_like_ascii(void **state) {
    (void)state;
    static const char little[] = "\xFF\xFE<\x01p\x01>\x01", big[] = "\xFE\xFF\x01<\x01p\x01>";
    assert_false(sniff(little, sizeof little - 1));
    assert_false(sniff(big, sizeof big - 1));
}

/* No read past the end, and one answer up to the sign that decides, another from there on. */
static void expect_from(const char *text, size_t size, size_t deciding) {
    for (size_t cut = 0; cut <= size; cut++)
        if (sniff(text, cut) != (cut >= deciding)) fail_msg("wrong at %zu of %s", cut, text);
}

static void a_head_may_be_cut_in_every_byte(void **state) {
    (void)state;
    static const char page[] = "\xEF\xBB\xBF <?xml version='1.0'?><!-- <p> --> <!DOCTYPE html><p>";
    char wide[256];
    const size_t deciding = (size_t)(strstr(page, " html>") - page) + 5;
    expect_from(page, sizeof page - 1, deciding);
    expect_from(" <p class=a>", 12, 4);
    expect_from(wide, widen(" <body>", true, wide), 2 + 2 * 7);
}

static void what_comes_late_is_not_looked_at(void **state) {
    (void)state;
    enum { SIZE = 100000 };
    static char late[SIZE + 4];
    memset(late, ' ', SIZE);
    memcpy(late + SIZE, "<p>", 3);
    assert_false(sniff(late, SIZE + 3));
    memcpy(late, "<!--", 4);
    assert_false(sniff(late, SIZE + 3));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_doctype_makes_a_page),
        cmocka_unit_test(a_tag_of_a_page_makes_one),
        cmocka_unit_test(a_word_between_angles_makes_none),
        cmocka_unit_test(plain_text_and_markdown_are_text),
        cmocka_unit_test(white_space_may_come_before),
        cmocka_unit_test(comments_may_come_before),
        cmocka_unit_test(an_xml_declaration_may_come_before),
        cmocka_unit_test(a_byte_order_mark_may_come_before),
        cmocka_unit_test(utf16_is_read_by_its_byte_order_mark),
        cmocka_unit_test(utf16_without_a_mark_is_read_by_its_first_two_units),
        cmocka_unit_test(other_signs_of_utf16_do_not_look_like_ascii),
        cmocka_unit_test(a_head_may_be_cut_in_every_byte),
        cmocka_unit_test(what_comes_late_is_not_looked_at),
    };
    return cmocka_run_group_tests_name("sniff", tests, NULL, NULL);
}
