/* SPDX-License-Identifier: MIT
 * test_scan.c - the tokens of HTML pages, state by state of the standard's tokenization (13.2.5).
 *
 * Tokens are written down as they are found, with | between them:
 *   <name a b=v c='v' d="v"/>  </name>     tags; known names in small letters, unknown ones as is
 *   T(text) R() W() S() P()                text: data, RCDATA, rawtext, script, plaintext; then
 *                                          & if it may hold references, _ if it is white space
 *   !(all of it)  D()  X()                 comment, doctype, cut tag
 *   C(text)                                CDATA
 * and NUL bytes as ~. */
#include "segment/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTES_SIZE = 4096 };

typedef struct Notes {
    char text[NOTES_SIZE];
    size_t size;
} Notes;

static void note(Notes *notes, const char *text, size_t size) {
    assert_true(size < NOTES_SIZE - notes->size);
    for (size_t i = 0; i < size; i++) notes->text[notes->size++] = text[i] ? text[i] : '~';
    notes->text[notes->size] = '\0';
}

static void note_range(Notes *notes, Str page, const char *before, ScanRange range,
                       const char *after) {
    assert_true(range.start <= range.end && range.end <= page.len);
    note(notes, before, strlen(before));
    note(notes, (const char *)page.at + range.start, range.end - range.start);
    note(notes, after, strlen(after));
}

static void note_attributes(Notes *notes, Str page, ScanRange rest) {
    static const char *const before[] = {"", "=", "='", "=\""}, *const after[] = {"", "", "'",
                                                                                  "\""};
    ScanAttribute attribute;
    while (scan_attribute(page, &rest, &attribute)) {
        note_range(notes, page, " ", attribute.name, "");
        note_range(notes, page, before[attribute.quotes], attribute.value, after[attribute.quotes]);
    }
}

static void note_tag(Notes *notes, Str page, const ScanToken *token) {
    const char *name = tag_name(token->tag);
    const char *open = token->kind == SCAN_END_TAG ? "</" : "<";
    if (token->tag == TAG_UNKNOWN) note_range(notes, page, open, token->name, "");
    else note_range(notes, page, open, (ScanRange){0, 0}, name);
    note_attributes(notes, page, token->inside);
    if (token->self_closing) note(notes, "/", 1);
    note(notes, ">", 1);
}

static void note_token(Notes *notes, Str page, const ScanToken *token) {
    const ScanRange all = {token->start, token->end};
    if (notes->size) note(notes, "|", 1);
    switch (token->kind) {
    case SCAN_TEXT:
        note(notes, &"TRWSP"[token->text], 1);
        if (token->has_reference) note(notes, "&", 1);
        if (token->is_blank) note(notes, "_", 1);
        note_range(notes, page, "(", all, ")");
        break;
    case SCAN_START_TAG:
    case SCAN_END_TAG:
        note_tag(notes, page, token);
        break;
    case SCAN_COMMENT:
        note_range(notes, page, "!(", all, ")");
        break;
    case SCAN_DOCTYPE:
        note_range(notes, page, "D(", all, ")");
        break;
    case SCAN_CDATA:
        note_range(notes, page, "C(", token->inside, ")");
        break;
    case SCAN_CUT_TAG:
        note_range(notes, page, "X(", all, ")");
        break;
    }
}

/* Scans on to the end of the page; tokens have to tile it. */
static void note_tokens(Notes *notes, Scanner *scanner) {
    size_t end = scanner->at;
    ScanToken token;
    while (scan_next(scanner, &token)) {
        assert_int_equal(token.start, end);
        assert_true(token.end > token.start);
        end = token.end;
        note_token(notes, scanner->page, &token);
    }
    assert_int_equal(end, scanner->page.len);
}

/* A copy of its own size, so that a read past its end is seen. To be freed. */
static uint8_t *copy_page(const char *text, size_t size) {
    uint8_t *page = malloc(size ? size : 1);
    assert_non_null(page);
    if (size) memcpy(page, text, size);
    return page;
}

static void expect_scan(const char *text, size_t size, Scanner scanner, const char *tokens) {
    Notes notes = {.size = 0};
    uint8_t *page = copy_page(text, size);
    scanner.page = (Str){page, size};
    note_tokens(&notes, &scanner);
    assert_string_equal(notes.text, tokens);
    free(page);
}

typedef struct Case {
    const char *page, *tokens;
} Case;

static void expect_all(const Case *cases, size_t count, Scanner scanner) {
    for (size_t i = 0; i < count; i++)
        expect_scan(cases[i].page, strlen(cases[i].page), scanner, cases[i].tokens);
}

#define EXPECT_IN(scanner, ...)                                                                    \
    expect_all((const Case[]){__VA_ARGS__}, sizeof((const Case[]){__VA_ARGS__}) / sizeof(Case),    \
               scanner)
#define EXPECT(...)                EXPECT_IN((Scanner){.at = 0}, __VA_ARGS__)
#define EXPECT_FOREIGN(...)        EXPECT_IN((Scanner){.is_foreign = true}, __VA_ARGS__)
#define EXPECT_BYTES(text, tokens) expect_scan(text, sizeof(text) - 1, (Scanner){.at = 0}, tokens)

/* ---- text ------------------------------------------------------------------------------------ */

static void an_empty_page_has_no_tokens(void **state) {
    (void)state;
    EXPECT({"", ""});
}

static void text_goes_on_to_the_next_tag(void **state) {
    (void)state;
    EXPECT({"abc", "T(abc)"}, {"abc<p>d", "T(abc)|<p>|T(d)"});
}

static void a_less_than_sign_before_anything_but_a_letter_is_text(void **state) {
    (void)state;
    EXPECT({"a < b", "T(a < b)"}, {"1<2<p>", "T(1<2)|<p>"}, {"<3 you", "T(<3 you)"},
           {"<<p>", "T(<)|<p>"}, {"<=><->< ><\n>", "T(<=><->< ><\n>)"}, {"<é>", "T(<é>)"});
}

static void a_less_than_sign_at_the_end_is_text(void **state) {
    (void)state;
    EXPECT({"<", "T(<)"}, {"a<", "T(a<)"}, {"<p><", "<p>|T(<)"});
}

static void a_less_than_sign_and_a_slash_at_the_end_are_text(void **state) {
    (void)state;
    EXPECT({"</", "T(</)"}, {"a</", "T(a</)"});
}

static void a_greater_than_sign_alone_is_text(void **state) {
    (void)state;
    EXPECT({">", "T(>)"}, {"a > b", "T(a > b)"}, {"<p>>", "<p>|T(>)"});
}

static void an_ampersand_in_text_is_told(void **state) {
    (void)state;
    EXPECT({"a &amp; b", "T&(a &amp; b)"}, {"&", "T&(&)"}, {"a<b>&", "T(a)|<b>|T&(&)"},
           {"  &nbsp;", "T&(  &nbsp;)"});
}

static void text_of_white_space_alone_is_blank(void **state) {
    (void)state;
    EXPECT({" ", "T_( )"}, {"\t\n\f\r ", "T_(\t\n\f\r )"}, {"<p> <p>", "<p>|T_( )|<p>"});
}

static void vertical_tabs_and_no_break_spaces_are_not_white_space(void **state) {
    (void)state;
    EXPECT({"\v", "T(\v)"}, {"\xc2\xa0", "T(\xc2\xa0)"});
}

static void a_byte_order_mark_is_text(void **state) {
    (void)state;
    EXPECT({"\xef\xbb\xbf<p>", "T(\xef\xbb\xbf)|<p>"});
}

/* ---- tags ------------------------------------------------------------------------------------ */

static void a_tag_is_its_name_in_angle_brackets(void **state) {
    (void)state;
    EXPECT({"<p>", "<p>"}, {"</p>", "</p>"}, {"<p></p>", "<p>|</p>"});
}

static void names_are_known_in_any_case(void **state) {
    (void)state;
    EXPECT({"<DIV>", "<div>"}, {"</BlockQuote>", "</blockquote>"},
           {"<FONT SIZE=1>", "<font SIZE=1>"}, {"<foreignObject>", "<foreignobject>"});
}

static void other_names_stay_as_they_are_written(void **state) {
    (void)state;
    EXPECT({"<My-Tag>", "<My-Tag>"}, {"</o:P>", "</o:P>"}, {"<divv>", "<divv>"}, {"<di>", "<di>"},
           {"<annotation-xmlx>", "<annotation-xmlx>"},
           {"<abcdefghijklmnopqrstuvwxyz>", "<abcdefghijklmnopqrstuvwxyz>"});
}

static void a_name_goes_on_to_white_space_a_slash_or_the_end(void **state) {
    (void)state;
    EXPECT({"<a<b>", "<a<b>"}, {"<p\"x>", "<p\"x>"}, {"<p'=>", "<p'=>"}, {"<div\fid>", "<div id>"},
           {"<div\rid>", "<div id>"}, {"<div/id>", "<div id>"}, {"<h1-x>", "<h1-x>"});
}

static void a_slash_before_the_end_closes_a_tag_itself(void **state) {
    (void)state;
    EXPECT({"<br/>", "<br/>"}, {"<br />", "<br/>"}, {"<br//>", "<br/>"}, {"<br a/>", "<br a/>"},
           {"<br a=\"b\"/>", "<br a=\"b\"/>"}, {"</br/>", "</br/>"});
}

static void a_slash_that_the_end_does_not_follow_means_nothing(void **state) {
    (void)state;
    EXPECT({"<br/ >", "<br>"}, {"<br / a>", "<br a>"}, {"<br/a/b>", "<br a b>"});
}

static void a_slash_in_an_unquoted_value_belongs_to_it(void **state) {
    (void)state;
    EXPECT({"<a href=/>", "<a href=/>"}, {"<a href=x/>", "<a href=x/>"},
           {"<a href=/a/b/>", "<a href=/a/b/>"}, {"<a href=x />", "<a href=x/>"});
}

static void an_end_tag_may_have_attributes(void **state) {
    (void)state;
    EXPECT({"</p id=x>", "</p id=x>"}, {"</p >", "</p>"}, {"</p\n>", "</p>"});
}

static void a_tag_that_the_page_ends_in_is_cut(void **state) {
    (void)state;
    EXPECT({"<p", "X(<p)"}, {"a<p ", "T(a)|X(<p )"}, {"<p/", "X(<p/)"}, {"</p", "X(</p)"},
           {"</p ", "X(</p )"}, {"<p id", "X(<p id)"}, {"<p id ", "X(<p id )"},
           {"<p id=", "X(<p id=)"}, {"<p id= ", "X(<p id= )"}, {"<p id=x", "X(<p id=x)"},
           {"<p id=x ", "X(<p id=x )"});
}

static void a_tag_whose_quotes_are_not_closed_is_cut(void **state) {
    (void)state;
    EXPECT({"<p id=\"x><b>", "X(<p id=\"x><b>)"}, {"<p id='>\"", "X(<p id='>\")"},
           {"<p id=\"x\"", "X(<p id=\"x\")"}, {"<p id=\"", "X(<p id=\")"});
}

/* ---- attributes ------------------------------------------------------------------------------ */

static void attributes_stand_between_white_space(void **state) {
    (void)state;
    EXPECT({"<p a b>", "<p a b>"}, {"<p\ta\nb\fc\rd >", "<p a b c d>"}, {"<p  a  >", "<p a>"});
}

static void values_stand_in_double_quotes_single_quotes_or_none(void **state) {
    (void)state;
    EXPECT({"<p a=\"1\" b='2' c=3>", "<p a=\"1\" b='2' c=3>"});
}

static void white_space_may_stand_around_the_equals_sign(void **state) {
    (void)state;
    EXPECT({"<p a = 1>", "<p a=1>"}, {"<p a\n=\n\"1\">", "<p a=\"1\">"},
           {"<p a= '1'>", "<p a='1'>"}, {"<p a =1 b>", "<p a=1 b>"});
}

static void empty_values_are_values(void **state) {
    (void)state;
    EXPECT({"<p a=\"\">", "<p a=\"\">"}, {"<p a=''>", "<p a=''>"}, {"<p a=>", "<p a=>"},
           {"<p a= >", "<p a=>"});
}

static void quoted_values_hold_anything_but_their_quote(void **state) {
    (void)state;
    EXPECT({"<p a=\"<b> '/' =\"> ", "<p a=\"<b> '/' =\">|T_( )"}, {"<p a='\"'>", "<p a='\"'>"},
           {"<p a=\"x\ny\">", "<p a=\"x\ny\">"});
}

static void unquoted_values_hold_anything_but_white_space_and_the_end(void **state) {
    (void)state;
    EXPECT({"<p a=b\"c>", "<p a=b\"c>"}, {"<p a=b'c'd>", "<p a=b'c'd>"}, {"<p a=b=c>", "<p a=b=c>"},
           {"<p a=<b>", "<p a=<b>"}, {"<p a=`b`>", "<p a=`b`>"}, {"<p a=1\fb>", "<p a=1 b>"},
           {"<p a==>", "<p a==>"});
}

static void white_space_may_be_missing_after_a_quoted_value(void **state) {
    (void)state;
    EXPECT({"<p a=\"1\"b=\"2\">", "<p a=\"1\" b=\"2\">"}, {"<p a='1'b>", "<p a='1' b>"},
           {"<p a=\"1\"/b>", "<p a=\"1\" b>"}, {"<p a=\"1\"\"2\">", "<p a=\"1\" \"2\">"});
}

static void an_equals_sign_where_a_name_should_begin_is_its_first_letter(void **state) {
    (void)state;
    EXPECT({"<p =>", "<p =>"}, {"<p =a>", "<p =a>"}, {"<p =a=b>", "<p =a=b>"}, {"<p/=a>", "<p =a>"},
           {"<p ==b>", "<p ==b>"}, {"<p a=\"1\"=b>", "<p a=\"1\" =b>"}, {"<p a/=b>", "<p a =b>"},
           {"<p a / =b>", "<p a =b>"});
}

static void quotes_and_less_than_signs_may_stand_in_a_name(void **state) {
    (void)state;
    EXPECT({"<p \"a\">", "<p \"a\">"}, {"<p a'b=c>", "<p a'b=c>"}, {"<p <b>", "<p <b>"},
           {"<p a<b=c>", "<p a<b=c>"});
}

static void names_that_come_twice_are_both_told(void **state) {
    (void)state;
    EXPECT({"<p a=1 a=2 A=3>", "<p a=1 a=2 A=3>"});
}

static void references_stay_in_values(void **state) {
    (void)state;
    EXPECT({"<a href=\"?a&amp;b\">", "<a href=\"?a&amp;b\">"},
           {"<a href=?a&b=c>", "<a href=?a&b=c>"});
}

/* ---- comments -------------------------------------------------------------------------------- */

static void a_comment_ends_at_two_dashes_and_the_end(void **state) {
    (void)state;
    EXPECT({"<!--a-->b", "!(<!--a-->)|T(b)"}, {"<!---->", "!(<!---->)"},
           {"<!-- a -- b > c -->d", "!(<!-- a -- b > c -->)|T(d)"},
           {"<!-- <p> -->", "!(<!-- <p> -->)"}, {"<!----->x", "!(<!----->)|T(x)"},
           {"<!--a--->x", "!(<!--a--->)|T(x)"});
}

static void a_comment_may_end_in_the_dashes_that_open_it(void **state) {
    (void)state;
    EXPECT({"<!-->a", "!(<!-->)|T(a)"}, {"<!--->a", "!(<!--->)|T(a)"});
}

static void a_comment_may_end_with_an_exclamation_mark(void **state) {
    (void)state;
    EXPECT({"<!--a--!>b", "!(<!--a--!>)|T(b)"}, {"<!----!>b", "!(<!----!>)|T(b)"},
           {"<!--a--!b-->c", "!(<!--a--!b-->)|T(c)"}, {"<!--a--!-->c", "!(<!--a--!-->)|T(c)"},
           {"<!--a-!>b-->c", "!(<!--a-!>b-->)|T(c)"});
}

static void the_dashes_that_open_a_comment_do_not_end_it_with_an_exclamation_mark(void **state) {
    (void)state;
    EXPECT({"<!--!>a-->b", "!(<!--!>a-->)|T(b)"}, {"<!---!>a-->b", "!(<!---!>a-->)|T(b)"});
}

static void a_comment_in_a_comment_is_none(void **state) {
    (void)state;
    EXPECT({"<!--<!-->a", "!(<!--<!-->)|T(a)"}, {"<!--a<!--b-->c-->", "!(<!--a<!--b-->)|T(c-->)"},
           {"<!--<!->-->", "!(<!--<!->-->)"}, {"<!--<!--!>a", "!(<!--<!--!>)|T(a)"});
}

static void a_comment_without_an_end_goes_on_to_the_end_of_the_page(void **state) {
    (void)state;
    EXPECT({"<!--", "!(<!--)"}, {"<!--a", "!(<!--a)"}, {"<!--a-", "!(<!--a-)"},
           {"<!--a--", "!(<!--a--)"}, {"<!--a--!", "!(<!--a--!)"},
           {"<!-- <p>a</p>", "!(<!-- <p>a</p>)"});
}

static void an_exclamation_mark_begins_a_bogus_comment(void **state) {
    (void)state;
    EXPECT({"<!>a", "!(<!>)|T(a)"}, {"<!a>b", "!(<!a>)|T(b)"}, {"<!-a>b", "!(<!-a>)|T(b)"},
           {"<!->b", "!(<!->)|T(b)"}, {"<!element a \"b>c", "!(<!element a \"b>)|T(c)"},
           {"<! -->a", "!(<! -->)|T(a)"});
}

static void a_question_mark_begins_a_bogus_comment(void **state) {
    (void)state;
    EXPECT({"<?xml version=\"1.0\"?>a", "!(<?xml version=\"1.0\"?>)|T(a)"}, {"<?>a", "!(<?>)|T(a)"},
           {"<?php echo \">\" ?>", "!(<?php echo \">)|T(\" ?>)"});
}

static void an_end_tag_without_a_letter_is_a_bogus_comment(void **state) {
    (void)state;
    EXPECT({"</1>a", "!(</1>)|T(a)"}, {"</ p>a", "!(</ p>)|T(a)"}, {"</=a b>c", "!(</=a b>)|T(c)"},
           {"<//>a", "!(<//>)|T(a)"}, {"</</p>a", "!(</</p>)|T(a)"});
}

static void an_end_tag_without_a_name_is_a_token_too(void **state) {
    (void)state;
    EXPECT({"</>", "!(</>)"}, {"a</>b", "T(a)|!(</>)|T(b)"});
}

static void a_bogus_comment_without_an_end_goes_on_to_the_end_of_the_page(void **state) {
    (void)state;
    EXPECT({"<!", "!(<!)"}, {"<!a", "!(<!a)"}, {"<?", "!(<?)"}, {"</1 <p", "!(</1 <p)"},
           {"</ ", "!(</ )"});
}

static void a_cdata_section_outside_foreign_content_is_a_bogus_comment(void **state) {
    (void)state;
    EXPECT({"<![CDATA[a>b]]>", "!(<![CDATA[a>)|T(b]]>)"}, {"<![CDATA[", "!(<![CDATA[)"});
}

/* ---- doctypes -------------------------------------------------------------------------------- */

static void a_doctype_is_known_in_any_case(void **state) {
    (void)state;
    EXPECT({"<!DOCTYPE html>", "D(<!DOCTYPE html>)"},
           {"<!doctype html><p>", "D(<!doctype html>)|<p>"}, {"<!DocType>", "D(<!DocType>)"});
}

static void a_doctype_ends_at_the_first_greater_than_sign(void **state) {
    (void)state;
    EXPECT({"<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://a.b/c\">",
            "D(<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://a.b/c\">)"},
           {"<!DOCTYPE html PUBLIC \"a>b\">", "D(<!DOCTYPE html PUBLIC \"a>)|T(b\">)"},
           {"<!DOCTYPE a SYSTEM '>", "D(<!DOCTYPE a SYSTEM '>)"},
           {"<!DOCTYPEhtml>", "D(<!DOCTYPEhtml>)"});
}

static void a_doctype_without_an_end_goes_on_to_the_end_of_the_page(void **state) {
    (void)state;
    EXPECT({"<!doctype", "D(<!doctype)"}, {"<!doctype html <p", "D(<!doctype html <p)"});
}

static void a_doctype_misspelt_is_a_bogus_comment(void **state) {
    (void)state;
    EXPECT({"<!doctyp>", "!(<!doctyp>)"}, {"<! doctype html>", "!(<! doctype html>)"},
           {"<!doctyp", "!(<!doctyp)"});
}

/* ---- RCDATA and rawtext ---------------------------------------------------------------------- */

static void title_and_textarea_hold_text_with_references(void **state) {
    (void)state;
    EXPECT({"<title>a<b>&amp;</title>c", "<title>|R&(a<b>&amp;)|</title>|T(c)"},
           {"<textarea><!--</textarea>-->", "<textarea>|R(<!--)|</textarea>|T(-->)"},
           {"<TITLE>a</tItLe>", "<title>|R(a)|</title>"});
}

static void style_and_its_like_hold_text_without_references(void **state) {
    (void)state;
    EXPECT({"<style>a>b&<p></style>", "<style>|W(a>b&<p>)|</style>"},
           {"<xmp><p></xmp>", "<xmp>|W(<p>)|</xmp>"},
           {"<iframe><p></iframe>", "<iframe>|W(<p>)|</iframe>"},
           {"<noembed><p></noembed>", "<noembed>|W(<p>)|</noembed>"},
           {"<noframes><p></noframes>", "<noframes>|W(<p>)|</noframes>"});
}

static void an_element_that_is_empty_has_no_text(void **state) {
    (void)state;
    EXPECT({"<title></title>", "<title>|</title>"}, {"<style></style>a", "<style>|</style>|T(a)"},
           {"<script></script>", "<script>|</script>"}, {"<style>", "<style>"});
}

static void raw_text_of_white_space_is_blank(void **state) {
    (void)state;
    EXPECT({"<style> \n</style>", "<style>|W_( \n)|</style>"},
           {"<title> </title>", "<title>|R_( )|</title>"});
}

static void only_its_own_end_tag_ends_an_element(void **state) {
    (void)state;
    EXPECT({"<title></p></titles></titl></title>", "<title>|R(</p></titles></titl>)|</title>"},
           {"<style></script></style>", "<style>|W(</script>)|</style>"},
           {"<xmp>< /xmp></ xmp><//xmp></xmp>", "<xmp>|W(< /xmp></ xmp><//xmp>)|</xmp>"});
}

static void the_name_of_an_end_tag_ends_in_white_space_a_slash_or_the_end(void **state) {
    (void)state;
    EXPECT({"<title>a</title >", "<title>|R(a)|</title>"},
           {"<title>a</title/>", "<title>|R(a)|</title/>"},
           {"<title>a</title\n>", "<title>|R(a)|</title>"},
           {"<title>a</title\f>", "<title>|R(a)|</title>"},
           {"<title>a</title\r>", "<title>|R(a)|</title>"},
           {"<title>a</title\t>", "<title>|R(a)|</title>"},
           {"<title>a</title\"></title>", "<title>|R(a</title\">)|</title>"});
}

static void the_end_tag_of_raw_text_may_have_attributes(void **state) {
    (void)state;
    EXPECT({"<style>a</style b=\"</style>\">c", "<style>|W(a)|</style b=\"</style>\">|T(c)"});
}

static void raw_text_without_an_end_tag_goes_on_to_the_end_of_the_page(void **state) {
    (void)state;
    EXPECT({"<title>a<p>", "<title>|R(a<p>)"}, {"<style>a</", "<style>|W(a</)"},
           {"<style>a<", "<style>|W(a<)"}, {"<style>a</styl", "<style>|W(a</styl)"},
           {"<style>a</style", "<style>|W(a</style)"});
}

static void an_end_tag_of_raw_text_may_be_cut(void **state) {
    (void)state;
    EXPECT({"<style>a</style ", "<style>|W(a)|X(</style )"},
           {"<title>a</title/", "<title>|R(a)|X(</title/)"});
}

static void a_start_tag_that_closes_itself_begins_raw_text_all_the_same(void **state) {
    (void)state;
    EXPECT({"<title/>a<b></title>", "<title/>|R(a<b>)|</title>"},
           {"<script src=\"a\"/><p></script>", "<script src=\"a\"/>|S(<p>)|</script>"});
}

static void an_end_tag_begins_no_raw_text(void **state) {
    (void)state;
    EXPECT({"</style><p>", "</style>|<p>"}, {"</script><p>", "</script>|<p>"},
           {"</plaintext><p>", "</plaintext>|<p>"});
}

static void a_start_tag_that_is_cut_begins_no_raw_text(void **state) {
    (void)state;
    EXPECT({"<style a", "X(<style a)"});
}

static void the_content_of_noscript_is_markup(void **state) {
    (void)state;
    EXPECT({"<noscript><p>a</noscript>", "<noscript>|<p>|T(a)|</noscript>"});
}

static void plaintext_goes_on_to_the_end_of_the_page(void **state) {
    (void)state;
    EXPECT({"<plaintext>a</plaintext><p>&", "<plaintext>|P(a</plaintext><p>&)"},
           {"<plaintext> ", "<plaintext>|P_( )"}, {"<plaintext>", "<plaintext>"});
}

/* ---- script ---------------------------------------------------------------------------------- */

static void a_script_ends_at_its_end_tag(void **state) {
    (void)state;
    EXPECT({"<script>a<b && \"</p>\"</script>c", "<script>|S(a<b && \"</p>\")|</script>|T(c)"},
           {"<SCRIPT>a</Script\n>", "<script>|S(a)|</script>"},
           {"<script>\"<script>\"</script>", "<script>|S(\"<script>\")|</script>"},
           {"<script></scripts></script>", "<script>|S(</scripts>)|</script>"});
}

static void an_escaped_script_ends_at_its_end_tag_too(void **state) {
    (void)state;
    EXPECT({"<script><!--a</script>-->", "<script>|S(<!--a)|</script>|T(-->)"},
           {"<script><!--a--></script>", "<script>|S(<!--a-->)|</script>"},
           {"<script><!--<b>//--></script>", "<script>|S(<!--<b>//-->)|</script>"});
}

static void a_script_in_an_escaped_script_hides_one_end_tag(void **state) {
    (void)state;
    EXPECT({"<script><!--<script>a</script>b--></script>c",
            "<script>|S(<!--<script>a</script>b-->)|</script>|T(c)"},
           {"<script><!--<script></script></script>-->",
            "<script>|S(<!--<script></script>)|</script>|T(-->)"},
           {"<script><!--<SCRIPT/</Script\n</sCRIPT>",
            "<script>|S(<!--<SCRIPT/</Script\n)|</script>"});
}

static void a_script_may_be_double_escaped_again(void **state) {
    (void)state;
    EXPECT({"<script><!--<script></script><script></script></script>a",
            "<script>|S(<!--<script></script><script></script>)|</script>|T(a)"},
           {"<script><!--<script><script></script></script>a",
            "<script>|S(<!--<script><script></script>)|</script>|T(a)"});
}

static void an_arrow_ends_the_escaping_of_a_script(void **state) {
    (void)state;
    EXPECT({"<script><!--<script>--></script>a", "<script>|S(<!--<script>-->)|</script>|T(a)"},
           {"<script><!--<script>---></script>a", "<script>|S(<!--<script>--->)|</script>|T(a)"},
           {"<script><!-- --><script></script>a", "<script>|S(<!-- --><script>)|</script>|T(a)"},
           {"<script><!-- -- > <script></script></script>a",
            "<script>|S(<!-- -- > <script></script>)|</script>|T(a)"});
}

static void the_dashes_that_begin_escaping_may_end_it(void **state) {
    (void)state;
    EXPECT({"<script><!--><script></script>a", "<script>|S(<!--><script>)|</script>|T(a)"},
           {"<script><!---><script></script>a", "<script>|S(<!---><script>)|</script>|T(a)"});
}

static void a_script_may_be_escaped_again(void **state) {
    (void)state;
    EXPECT({"<script><!----><!--<script></script></script>a",
            "<script>|S(<!----><!--<script></script>)|</script>|T(a)"},
           {"<script><!--<script>--><!--</script>a",
            "<script>|S(<!--<script>--><!--)|</script>|T(a)"});
}

static void no_bang_ends_the_escaping_of_a_script(void **state) {
    (void)state;
    EXPECT({"<script><!-- --!><script></script></script>a",
            "<script>|S(<!-- --!><script></script>)|</script>|T(a)"});
}

static void only_two_dashes_begin_escaping(void **state) {
    (void)state;
    EXPECT({"<script><!-<script></script>a", "<script>|S(<!-<script>)|</script>|T(a)"},
           {"<script><! --<script></script>a", "<script>|S(<! --<script>)|</script>|T(a)"},
           {"<script><!<!--<script></script></script>a",
            "<script>|S(<!<!--<script></script>)|</script>|T(a)"});
}

static void only_the_whole_name_double_escapes_a_script(void **state) {
    (void)state;
    EXPECT({"<script><!--<scripts></script>a", "<script>|S(<!--<scripts>)|</script>|T(a)"},
           {"<script><!--<script-></script>a", "<script>|S(<!--<script->)|</script>|T(a)"},
           {"<script><!--< script></script>a", "<script>|S(<!--< script>)|</script>|T(a)"},
           {"<script><!--<script></scripts></script></script>a",
            "<script>|S(<!--<script></scripts></script>)|</script>|T(a)"});
}

static void a_script_without_its_end_tag_goes_on_to_the_end_of_the_page(void **state) {
    (void)state;
    EXPECT({"<script>a", "<script>|S(a)"}, {"<script>a</script", "<script>|S(a</script)"},
           {"<script><!--<script></script>", "<script>|S(<!--<script></script>)"},
           {"<script><!--<script", "<script>|S(<!--<script)"}, {"<script><!-", "<script>|S(<!-)"},
           {"<script><!--", "<script>|S(<!--)"});
}

static void every_script_is_escaped_on_its_own(void **state) {
    (void)state;
    EXPECT({"<script><!--</script><script><script></script>a",
            "<script>|S(<!--)|</script>|<script>|S(<script>)|</script>|T(a)"},
           {"<script><!--</script>--><script><!--<script></script></script>a",
            "<script>|S(<!--)|</script>|T(-->)|<script>|S(<!--<script></script>)|</script>|T(a)"},
           {"<script><!--</script><script><!--<script>--></script>a",
            "<script>|S(<!--)|</script>|<script>|S(<!--<script>-->)|</script>|T(a)"});
}

/* ---- foreign content ------------------------------------------------------------------------- */

static void a_cdata_section_in_foreign_content_is_text(void **state) {
    (void)state;
    EXPECT_FOREIGN({"<![CDATA[a<b>&]]>c", "C(a<b>&)|T(c)"}, {"<![CDATA[]]>", "C()"},
                   {"a<![CDATA[ ]]>", "T(a)|C( )"});
}

static void a_cdata_section_ends_at_two_brackets_and_the_end(void **state) {
    (void)state;
    EXPECT_FOREIGN({"<![CDATA[]>]]>", "C(]>)"}, {"<![CDATA[]]]>", "C(])"},
                   {"<![CDATA[a]] >]]>", "C(a]] >)"}, {"<![CDATA[>]]>", "C(>)"});
}

static void a_cdata_section_without_an_end_goes_on_to_the_end_of_the_page(void **state) {
    (void)state;
    EXPECT_FOREIGN({"<![CDATA[", "C()"}, {"<![CDATA[a]]", "C(a]])"}, {"<![CDATA[a>", "C(a>)"},
                   {"<![CDATA[]", "C(])"});
}

static void the_name_of_a_cdata_section_is_in_capitals(void **state) {
    (void)state;
    EXPECT_FOREIGN({"<![cdata[a]]>", "!(<![cdata[a]]>)"}, {"<![CDATA a]]>", "!(<![CDATA a]]>)"},
                   {"<![CDATA", "!(<![CDATA)"});
}

static void no_start_tag_in_foreign_content_begins_raw_text(void **state) {
    (void)state;
    EXPECT_FOREIGN({"<style><p></style>", "<style>|<p>|</style>"},
                   {"<script><p></script>", "<script>|<p>|</script>"},
                   {"<title><b>", "<title>|<b>"}, {"<textarea><b>", "<textarea>|<b>"},
                   {"<plaintext><b>", "<plaintext>|<b>"});
}

static void start_tags_at_an_integration_point_go_by_the_rules_of_html(void **state) {
    (void)state;
    EXPECT_IN(((Scanner){.is_foreign = true, .is_integration_point = true}),
              {"<style><p></style>", "<style>|W(<p>)|</style>"},
              {"<title><b></title>", "<title>|R(<b>)|</title>"}, {"<![CDATA[a]]>", "C(a)"});
}

/* ---- NUL bytes ------------------------------------------------------------------------------- */

static void a_nul_byte_is_text_like_others(void **state) {
    (void)state;
    EXPECT_BYTES("a\0b", "T(a~b)");
    EXPECT_BYTES("\0", "T(~)");
    EXPECT_BYTES("<\0>", "T(<~>)");
    EXPECT_BYTES(" \0", "T( ~)");
}

static void a_nul_byte_in_a_name_makes_it_another(void **state) {
    (void)state;
    EXPECT_BYTES("<p\0>", "<p~>");
    EXPECT_BYTES("<div\0 a\0=\0>", "<div~ a~=~>");
    EXPECT_BYTES("<title\0><p>", "<title~>|<p>");
}

static void a_nul_byte_in_an_end_tag_keeps_raw_text_open(void **state) {
    (void)state;
    EXPECT_BYTES("<title></title\0></title>", "<title>|R(</title~>)|</title>");
}

static void nul_bytes_are_no_end_of_anything(void **state) {
    (void)state;
    EXPECT_BYTES("<!--\0-->\0", "!(<!--~-->)|T(~)");
    EXPECT_BYTES("<p a=\"\0\">\0</p>", "<p a=\"~\">|T(~)|</p>");
    EXPECT_BYTES("<script>\0</script>", "<script>|S(~)|</script>");
    EXPECT_BYTES("</\0>a", "!(</~>)|T(a)");
    EXPECT_BYTES("<!\0>a", "!(<!~>)|T(a)");
}

/* ---- what the tree says ---------------------------------------------------------------------- */

/* Scans the next token and notes it. */
static ScanToken note_next(Notes *notes, Scanner *scanner) {
    ScanToken token;
    assert_true(scan_next(scanner, &token));
    note_token(notes, scanner->page, &token);
    return token;
}

static Str str(const char *text) {
    return (Str){(const uint8_t *)text, strlen(text)};
}

static void foreign_content_begins_and_ends_between_two_tokens(void **state) {
    (void)state;
    Notes notes = {.size = 0};
    Scanner scanner = {.page = str("<svg><title><![CDATA[a]]></title></svg><title><b></title>")};
    note_next(&notes, &scanner);
    scanner.is_foreign = true;
    for (int i = 0; i < 4; i++) note_next(&notes, &scanner);
    scanner.is_foreign = false;
    note_tokens(&notes, &scanner);
    assert_string_equal(notes.text, "<svg>|<title>|C(a)|</title>|</svg>|<title>|R(<b>)|</title>");
}

static void a_start_tag_that_the_tree_drops_is_followed_by_markup(void **state) {
    (void)state;
    Notes notes = {.size = 0};
    Scanner scanner = {.page = str("<select><style><option></select>")};
    note_next(&notes, &scanner);
    note_next(&notes, &scanner);
    assert_int_equal(scanner.raw, TAG_STYLE);
    scanner.raw = TAG_UNKNOWN;
    note_tokens(&notes, &scanner);
    assert_string_equal(notes.text, "<select>|<style>|<option>|</select>");
}

static void a_page_may_be_the_content_of_an_element(void **state) {
    (void)state;
    EXPECT_IN((Scanner){.raw = TAG_TEXTAREA}, {"<p></textarea><p>", "R(<p>)|</textarea>|<p>"});
    EXPECT_IN((Scanner){.raw = TAG_SCRIPT}, {"<!--<script></script>", "S(<!--<script></script>)"});
}

/* ---- what tokens tell ------------------------------------------------------------------------ */

static void a_text_tells_the_element_it_stands_in(void **state) {
    (void)state;
    Notes notes = {.size = 0};
    Scanner scanner = {.page = str("a<xmp>b</xmp>")};
    assert_int_equal(note_next(&notes, &scanner).tag, TAG_UNKNOWN);
    note_next(&notes, &scanner);
    assert_int_equal(note_next(&notes, &scanner).tag, TAG_XMP);
}

static void a_text_tells_where_its_white_space_ends(void **state) {
    (void)state;
    Notes notes = {.size = 0};
    Scanner scanner = {.page = str("<p> \n a b </p> ")};
    note_next(&notes, &scanner);
    ScanToken text = note_next(&notes, &scanner);
    assert_int_equal(text.inside.start, 6);
    assert_int_equal(text.inside.end, 10);
    note_next(&notes, &scanner);
    text = note_next(&notes, &scanner);
    assert_int_equal(text.inside.start, text.end);
    assert_int_equal(text.inside.end, text.end);
}

static void a_tag_tells_where_its_name_and_its_attributes_stand(void **state) {
    (void)state;
    Notes notes = {.size = 0};
    Scanner scanner = {.page = str("</p x><a-b c=d/>")};
    ScanToken tag = note_next(&notes, &scanner);
    assert_int_equal(tag.name.start, 2);
    assert_int_equal(tag.name.end, 3);
    tag = note_next(&notes, &scanner);
    assert_int_equal(tag.name.start, 7);
    assert_int_equal(tag.name.end, 10);
    assert_int_equal(tag.inside.start, 10);
    assert_int_equal(tag.inside.end, 15);
}

/* The value of the attribute in the first tag of the page, or "-" if it has none. */
static void expect_attribute(const char *page, const char *name, const char *value) {
    Notes notes = {.size = 0}, found = {.size = 0};
    uint8_t *copy = copy_page(page, strlen(page));
    Scanner scanner = {.page = {copy, strlen(page)}};
    ScanAttribute attribute;
    ScanToken tag = note_next(&notes, &scanner);
    if (scan_find_attribute(scanner.page, tag.inside, name, &attribute))
        note_range(&found, scanner.page, "", attribute.value, "");
    else note(&found, "-", 1);
    assert_string_equal(found.text, value);
    free(copy);
}

static void an_attribute_is_found_by_its_name_in_any_case(void **state) {
    (void)state;
    expect_attribute("<input type=hidden>", "type", "hidden");
    expect_attribute("<input a='type=b' TYPE=\"text\">", "type", "text");
    expect_attribute("<div data-id=1 ID=2>", "id", "2");
    expect_attribute("<p hidden>", "hidden", "");
}

static void the_first_of_attributes_with_one_name_is_found(void **state) {
    (void)state;
    expect_attribute("<input type=a type=b Type=c>", "type", "a");
    expect_attribute("<input type type=b>", "type", "");
}

static void an_attribute_that_is_not_there_is_not_found(void **state) {
    (void)state;
    expect_attribute("<p>", "id", "-");
    expect_attribute("<p idx=1 i=2 a='id=3'>", "id", "-");
    expect_attribute("<p =id>", "id", "-");
}

/* ---- names ----------------------------------------------------------------------------------- */

static const char *const names[] = {
#define TAG(id, name, slot) name,
#include "document/tag.list"
#undef TAG
};

static const unsigned slots[] = {
#define TAG(id, name, slot) slot,
#include "document/tag.list"
#undef TAG
};

enum { NAMES = sizeof names / sizeof *names };

static void every_name_has_the_slot_that_the_list_says(void **state) {
    (void)state;
    for (size_t i = 0; i < NAMES; i++)
        if (slots[i] != tag_slot(str(names[i])))
            fail_msg("the slot of %s is %u", names[i], tag_slot(str(names[i])));
}

static void every_name_is_read_as_the_tag_it_names(void **state) {
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        const size_t size = strlen(names[i]);
        uint8_t *exact = copy_page(names[i], size);
        assert_int_equal(tag_read((Str){exact, size}, 0, size), i + 1);
        assert_string_equal(tag_name((Tag)(i + 1)), names[i]);
        for (size_t at = 0; at < size; at++)
            if (exact[at] >= 'a') exact[at] -= 'a' - 'A';
        assert_int_equal(tag_read((Str){exact, size}, 0, size), i + 1);
        free(exact);
    }
}

static void a_name_is_read_alike_whatever_follows_it(void **state) {
    (void)state;
    char text[64];
    for (size_t i = 0; i < NAMES; i++) {
        const int size = snprintf(text, sizeof text, "<%s\xFF/ZZZZZZZZZZZZZZZZ", names[i]);
        assert_int_equal(tag_read((Str){(uint8_t *)text, (size_t)size}, 1, strlen(names[i]) + 1),
                         i + 1);
    }
}

static void a_name_with_one_byte_changed_is_another(void **state) {
    (void)state;
    for (size_t i = 0; i < NAMES; i++)
        for (size_t at = 0; names[i][at]; at++)
            for (unsigned byte = 0; byte < 256; byte++) {
                const size_t size = strlen(names[i]);
                uint8_t name[32] = {0};
                memcpy(name, names[i], size);
                name[at] = (uint8_t)byte;
                const Tag tag = tag_read((Str){name, sizeof name}, 0, size);
                if (byte >= 'A' && byte <= 'Z') name[at] |= 0x20;
                if (tag == TAG_UNKNOWN) assert_memory_not_equal(name, names[i], size);
                else assert_memory_equal(name, tag_name(tag), size + 1);
            }
}

static void nothing_else_has_a_name(void **state) {
    (void)state;
    assert_string_equal(tag_name(TAG_UNKNOWN), "");
    assert_string_equal(tag_name(TAG_COUNT), "");
}

/* ---- hostile pages --------------------------------------------------------------------------- */

/* Scans the piece over and over, a million bytes of it: a search that is done anew each time would
 * take minutes. */
static void expect_fast(const char *before, const char *piece) {
    enum { PAGE_SIZE = 1000000 };
    const size_t head = strlen(before), size = strlen(piece);
    uint8_t *page = malloc(PAGE_SIZE);
    assert_non_null(page);
    memcpy(page, before, head);
    for (size_t at = head; at < PAGE_SIZE; at++) page[at] = (uint8_t)piece[(at - head) % size];
    Scanner scanner = {.page = {page, PAGE_SIZE}};
    ScanToken token;
    size_t end = 0;
    for (; scan_next(&scanner, &token); end = token.end) assert_true(token.end > token.start);
    assert_int_equal(end, PAGE_SIZE);
    free(page);
}

static void scripts_that_never_leave_their_escaping_are_searched_once(void **state) {
    (void)state;
    expect_fast("", "<script><!--</script>");
    expect_fast("", "<script><!--<script></script></script>");
    expect_fast("<script>", "<!--");
    expect_fast("<script>", "<!--<script>");
}

static void what_never_ends_is_searched_once(void **state) {
    (void)state;
    static const char *const pieces[] = {"<!--",  "<!",      "</",      "<![CDATA[", "<p ",
                                         "<p a=", "<p a=\"", "<script", "<title>",   "<?"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) expect_fast("", pieces[i]);
}

static void many_small_tokens_are_read_one_by_one(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "<", "<>", "</>", "<!>", "<p>", "<!-->", "<p a>", "<p/a=b c='", "a<b ><c>&", "<xmp></xmp>"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) expect_fast("", pieces[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_page_has_no_tokens),
        cmocka_unit_test(text_goes_on_to_the_next_tag),
        cmocka_unit_test(a_less_than_sign_before_anything_but_a_letter_is_text),
        cmocka_unit_test(a_less_than_sign_at_the_end_is_text),
        cmocka_unit_test(a_less_than_sign_and_a_slash_at_the_end_are_text),
        cmocka_unit_test(a_greater_than_sign_alone_is_text),
        cmocka_unit_test(an_ampersand_in_text_is_told),
        cmocka_unit_test(text_of_white_space_alone_is_blank),
        cmocka_unit_test(vertical_tabs_and_no_break_spaces_are_not_white_space),
        cmocka_unit_test(a_byte_order_mark_is_text),
        cmocka_unit_test(a_tag_is_its_name_in_angle_brackets),
        cmocka_unit_test(names_are_known_in_any_case),
        cmocka_unit_test(other_names_stay_as_they_are_written),
        cmocka_unit_test(a_name_goes_on_to_white_space_a_slash_or_the_end),
        cmocka_unit_test(a_slash_before_the_end_closes_a_tag_itself),
        cmocka_unit_test(a_slash_that_the_end_does_not_follow_means_nothing),
        cmocka_unit_test(a_slash_in_an_unquoted_value_belongs_to_it),
        cmocka_unit_test(an_end_tag_may_have_attributes),
        cmocka_unit_test(a_tag_that_the_page_ends_in_is_cut),
        cmocka_unit_test(a_tag_whose_quotes_are_not_closed_is_cut),
        cmocka_unit_test(attributes_stand_between_white_space),
        cmocka_unit_test(values_stand_in_double_quotes_single_quotes_or_none),
        cmocka_unit_test(white_space_may_stand_around_the_equals_sign),
        cmocka_unit_test(empty_values_are_values),
        cmocka_unit_test(quoted_values_hold_anything_but_their_quote),
        cmocka_unit_test(unquoted_values_hold_anything_but_white_space_and_the_end),
        cmocka_unit_test(white_space_may_be_missing_after_a_quoted_value),
        cmocka_unit_test(an_equals_sign_where_a_name_should_begin_is_its_first_letter),
        cmocka_unit_test(quotes_and_less_than_signs_may_stand_in_a_name),
        cmocka_unit_test(names_that_come_twice_are_both_told),
        cmocka_unit_test(references_stay_in_values),
        cmocka_unit_test(a_comment_ends_at_two_dashes_and_the_end),
        cmocka_unit_test(a_comment_may_end_in_the_dashes_that_open_it),
        cmocka_unit_test(a_comment_may_end_with_an_exclamation_mark),
        cmocka_unit_test(the_dashes_that_open_a_comment_do_not_end_it_with_an_exclamation_mark),
        cmocka_unit_test(a_comment_in_a_comment_is_none),
        cmocka_unit_test(a_comment_without_an_end_goes_on_to_the_end_of_the_page),
        cmocka_unit_test(an_exclamation_mark_begins_a_bogus_comment),
        cmocka_unit_test(a_question_mark_begins_a_bogus_comment),
        cmocka_unit_test(an_end_tag_without_a_letter_is_a_bogus_comment),
        cmocka_unit_test(an_end_tag_without_a_name_is_a_token_too),
        cmocka_unit_test(a_bogus_comment_without_an_end_goes_on_to_the_end_of_the_page),
        cmocka_unit_test(a_cdata_section_outside_foreign_content_is_a_bogus_comment),
        cmocka_unit_test(a_doctype_is_known_in_any_case),
        cmocka_unit_test(a_doctype_ends_at_the_first_greater_than_sign),
        cmocka_unit_test(a_doctype_without_an_end_goes_on_to_the_end_of_the_page),
        cmocka_unit_test(a_doctype_misspelt_is_a_bogus_comment),
        cmocka_unit_test(title_and_textarea_hold_text_with_references),
        cmocka_unit_test(style_and_its_like_hold_text_without_references),
        cmocka_unit_test(an_element_that_is_empty_has_no_text),
        cmocka_unit_test(raw_text_of_white_space_is_blank),
        cmocka_unit_test(only_its_own_end_tag_ends_an_element),
        cmocka_unit_test(the_name_of_an_end_tag_ends_in_white_space_a_slash_or_the_end),
        cmocka_unit_test(the_end_tag_of_raw_text_may_have_attributes),
        cmocka_unit_test(raw_text_without_an_end_tag_goes_on_to_the_end_of_the_page),
        cmocka_unit_test(an_end_tag_of_raw_text_may_be_cut),
        cmocka_unit_test(a_start_tag_that_closes_itself_begins_raw_text_all_the_same),
        cmocka_unit_test(an_end_tag_begins_no_raw_text),
        cmocka_unit_test(a_start_tag_that_is_cut_begins_no_raw_text),
        cmocka_unit_test(the_content_of_noscript_is_markup),
        cmocka_unit_test(plaintext_goes_on_to_the_end_of_the_page),
        cmocka_unit_test(a_script_ends_at_its_end_tag),
        cmocka_unit_test(an_escaped_script_ends_at_its_end_tag_too),
        cmocka_unit_test(a_script_in_an_escaped_script_hides_one_end_tag),
        cmocka_unit_test(a_script_may_be_double_escaped_again),
        cmocka_unit_test(an_arrow_ends_the_escaping_of_a_script),
        cmocka_unit_test(the_dashes_that_begin_escaping_may_end_it),
        cmocka_unit_test(a_script_may_be_escaped_again),
        cmocka_unit_test(no_bang_ends_the_escaping_of_a_script),
        cmocka_unit_test(only_two_dashes_begin_escaping),
        cmocka_unit_test(only_the_whole_name_double_escapes_a_script),
        cmocka_unit_test(a_script_without_its_end_tag_goes_on_to_the_end_of_the_page),
        cmocka_unit_test(every_script_is_escaped_on_its_own),
        cmocka_unit_test(a_cdata_section_in_foreign_content_is_text),
        cmocka_unit_test(a_cdata_section_ends_at_two_brackets_and_the_end),
        cmocka_unit_test(a_cdata_section_without_an_end_goes_on_to_the_end_of_the_page),
        cmocka_unit_test(the_name_of_a_cdata_section_is_in_capitals),
        cmocka_unit_test(no_start_tag_in_foreign_content_begins_raw_text),
        cmocka_unit_test(start_tags_at_an_integration_point_go_by_the_rules_of_html),
        cmocka_unit_test(a_nul_byte_is_text_like_others),
        cmocka_unit_test(a_nul_byte_in_a_name_makes_it_another),
        cmocka_unit_test(a_nul_byte_in_an_end_tag_keeps_raw_text_open),
        cmocka_unit_test(nul_bytes_are_no_end_of_anything),
        cmocka_unit_test(foreign_content_begins_and_ends_between_two_tokens),
        cmocka_unit_test(a_start_tag_that_the_tree_drops_is_followed_by_markup),
        cmocka_unit_test(a_page_may_be_the_content_of_an_element),
        cmocka_unit_test(a_text_tells_the_element_it_stands_in),
        cmocka_unit_test(a_text_tells_where_its_white_space_ends),
        cmocka_unit_test(a_tag_tells_where_its_name_and_its_attributes_stand),
        cmocka_unit_test(an_attribute_is_found_by_its_name_in_any_case),
        cmocka_unit_test(the_first_of_attributes_with_one_name_is_found),
        cmocka_unit_test(an_attribute_that_is_not_there_is_not_found),
        cmocka_unit_test(every_name_has_the_slot_that_the_list_says),
        cmocka_unit_test(every_name_is_read_as_the_tag_it_names),
        cmocka_unit_test(a_name_is_read_alike_whatever_follows_it),
        cmocka_unit_test(a_name_with_one_byte_changed_is_another),
        cmocka_unit_test(nothing_else_has_a_name),
        cmocka_unit_test(scripts_that_never_leave_their_escaping_are_searched_once),
        cmocka_unit_test(what_never_ends_is_searched_once),
        cmocka_unit_test(many_small_tokens_are_read_one_by_one),
    };
    return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
