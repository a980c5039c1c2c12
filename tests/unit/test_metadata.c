/* SPDX-License-Identifier: MIT
 * test_metadata.c - what a page says about itself. */
#include "segment/metadata.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LD(json) "<script type=\"application/ld+json\">" json "</script>"

typedef struct Read {
    Arena arena;
    Metadata metadata;
} Read;

/* The page stands in memory of its own size while it is read, and is gone afterwards. */
static void read_bytes(Read *ret, const char *page, size_t size) {
    uint8_t *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    if (size) memcpy(copy, page, size);
    arena_init(&ret->arena, allocator_default());
    assert_int_equal(metadata_read(&ret->metadata, &ret->arena, (Str){copy, size}), DECANT_OK);
    free(copy);
}

static void expect_str(Str found, const char *value) {
    if (found.len != strlen(value) || (found.len && memcmp(found.at, value, found.len) != 0))
        fail_msg("\"%.*s\" is not \"%s\"", (int)found.len, (const char *)found.at, value);
}

/* The value of a field, and where it is from; "" if it is to be absent. */
static void expect(const char *page, MetadataField field, const char *value, const char *source) {
    Read read;
    read_bytes(&read, page, strlen(page));
    const MetadataValue *found = &read.metadata.fields[field];
    expect_str(found->value, value);
    if (source) assert_string_equal(found->source, source);
    else assert_null(found->source);
    arena_done(&read.arena);
}

static void expect_date(const char *text, const char *date) {
    char page[1024];
    snprintf(page, sizeof page, "<meta property='article:published_time' content=\"%s\">", text);
    expect(page, META_PUBLISHED, date, *date ? "article:published_time" : NULL);
}

static void expect_authors(const char *page, const char *names) {
    Read read;
    read_bytes(&read, page, strlen(page));
    expect_str(read.metadata.fields[META_AUTHOR].value, names);
    arena_done(&read.arena);
}

static void expect_author(const char *content, const char *names) {
    char page[1024];
    snprintf(page, sizeof page, "<meta name=author content=\"%s\">", content);
    expect_authors(page, names);
}

static void expect_types(const char *page, uint32_t types) {
    Read read;
    read_bytes(&read, page, strlen(page));
    assert_int_equal(read.metadata.types, types);
    arena_done(&read.arena);
}

/* ---- nothing -------------------------------------------------------------------------------- */

static void an_empty_page_says_nothing(void **state) {
    (void)state;
    for (int field = 0; field < METADATA_FIELDS; field++)
        expect("", (MetadataField)field, "", NULL);
}

static void a_page_without_metadata_says_nothing(void **state) {
    (void)state;
    for (int field = 0; field < METADATA_FIELDS; field++)
        expect("<p>Text and <b>more</b> of it</p>", (MetadataField)field, "", NULL);
}

static void every_field_and_type_has_a_name(void **state) {
    (void)state;
    assert_string_equal(metadata_name(META_TITLE), "title");
    assert_string_equal(metadata_name(META_TYPE), "type");
    assert_string_equal(page_type_name(PAGE_RECIPE), "recipe");
    assert_string_equal(page_type_name(PAGE_WEBSITE), "website");
    assert_string_equal(page_type_name(PAGE_ARTICLE | PAGE_WEBSITE), "article");
    assert_null(page_type_name(0));
}

/* ---- titles --------------------------------------------------------------------------------- */

static void the_title_element_is_the_title(void **state) {
    (void)state;
    expect("<title>A day out</title>", META_TITLE, "A day out", "title");
}

static void og_title_comes_before_it(void **state) {
    (void)state;
    expect("<title>A day out, and more</title><meta property=og:title content='A day out'>",
           META_TITLE, "A day out", "og:title");
}

static void a_heading_that_says_the_same_comes_first(void **state) {
    (void)state;
    expect("<title>A DAY out | News</title><h1>A Day Out</h1>", META_TITLE, "A Day Out", "h1");
}

static void a_heading_that_shares_half_of_the_words_comes_first(void **state) {
    (void)state;
    expect("<title>Seven ways to cook beans at home</title><h1>Seven ways to cook beans</h1>",
           META_TITLE, "Seven ways to cook beans", "h1");
}

static void a_heading_that_shares_none_is_not_the_title(void **state) {
    (void)state;
    expect("<title>Cooking beans</title><h1>My Blog</h1>", META_TITLE, "Cooking beans", "title");
}

static void a_later_heading_may_be_the_title(void **state) {
    (void)state;
    expect("<title>Cooking beans</title><h1>My Blog</h1><h1>Cooking beans</h1>", META_TITLE,
           "Cooking beans", "h1");
}

static void a_heading_alone_is_the_title(void **state) {
    (void)state;
    expect("<h1>Cooking <em>beans</em></h1>", META_TITLE, "Cooking beans", "h1");
}

static void blocks_in_a_heading_are_divided(void **state) {
    (void)state;
    expect("<h1>Cooking<br>beans<div>well</div></h1>", META_TITLE, "Cooking beans well", "h1");
}

static void the_name_of_the_site_is_cut_off(void **state) {
    (void)state;
    static const char *const signs[] = {" | ", " - ", " :: ", " – ", " — ", " · ", " » "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        char page[256];
        snprintf(page, sizeof page,
                 "<meta property=og:site_name content='The Times'>"
                 "<meta property=og:title content='A day - out%sthe times'>",
                 signs[i]);
        expect(page, META_TITLE, "A day - out", "og:title");
    }
}

static void the_name_of_the_host_is_cut_off(void **state) {
    (void)state;
    expect("<link rel=canonical href='https://www.times.example/a'>"
           "<meta property=og:title content='A day out | Times'>",
           META_TITLE, "A day out", "og:title");
}

static void a_short_end_of_the_title_element_is_cut_off(void **state) {
    (void)state;
    expect("<title>A whole day out | Times</title>", META_TITLE, "A whole day out", "title");
}

static void other_ends_stay(void **state) {
    (void)state;
    expect("<meta property=og:site_name content='The Times'>"
           "<meta property=og:title content='A day out - with children'>",
           META_TITLE, "A day out - with children", "og:title");
}

static void the_sign_of_a_link_to_a_heading_is_cut_off(void **state) {
    (void)state;
    expect("<h1>Middleware<a href='#m'>¶</a></h1>", META_TITLE, "Middleware", "h1");
}

static void the_title_of_a_drawing_is_none(void **state) {
    (void)state;
    expect("<title>A day out</title><svg><title>Logo</title></svg>", META_TITLE, "A day out",
           "title");
}

static void a_long_title_is_cut(void **state) {
    (void)state;
    char page[3000] = "<title>";
    for (int i = 0; i < 600; i++) strcat(page, "\xC3\xA4");
    Read read;
    read_bytes(&read, page, strlen(page));
    assert_int_equal(read.metadata.fields[META_TITLE].value.len, 512);
    arena_done(&read.arena);
}

static void no_title_is_cut_inside_a_character(void **state) {
    (void)state;
    char page[3000] = "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"A";
    for (int i = 0; i < 600; i++) strcat(page, "\xC3\xA4");
    strcat(page, "\"}</script>");
    Read read;
    read_bytes(&read, page, strlen(page));
    assert_int_equal(read.metadata.fields[META_TITLE].value.len, 511);
    arena_done(&read.arena);
}

/* ---- values --------------------------------------------------------------------------------- */

static void references_are_decoded(void **state) {
    (void)state;
    expect("<meta name=description content='Q&amp;A &#8211; &quot;x&quot;'>", META_DESCRIPTION,
           "Q&A \xE2\x80\x93 \"x\"", "meta:description");
}

static void references_that_were_escaped_twice_are_decoded(void **state) {
    (void)state;
    expect("<title>Q&amp;amp;A &amp;#039;x&amp;#039; AT&T</title>", META_TITLE, "Q&A 'x' AT&T",
           "title");
}

static void white_space_is_collapsed(void **state) {
    (void)state;
    expect("<title>\n  A\t\tday&nbsp; &#10;out \r\n</title>", META_TITLE, "A day out", "title");
}

static void invalid_bytes_are_replaced(void **state) {
    (void)state;
    expect("<title>A\xFF"
           "B\xC3</title>",
           META_TITLE,
           "A\xEF\xBF\xBD"
           "B\xEF\xBF\xBD",
           "title");
}

static void the_first_of_two_values_counts(void **state) {
    (void)state;
    expect("<meta name=description content=one><meta name=description content=two>",
           META_DESCRIPTION, "one", "meta:description");
}

static void an_empty_value_is_none(void **state) {
    (void)state;
    expect("<meta name=description content='  '><meta property=og:description content=two>",
           META_DESCRIPTION, "two", "og:description");
}

static void names_may_be_capitals(void **state) {
    (void)state;
    expect("<META NAME='Description' CONTENT=one>", META_DESCRIPTION, "one", "meta:description");
}

/* ---- single fields -------------------------------------------------------------------------- */

static void the_language_is_that_of_html(void **state) {
    (void)state;
    expect("<html lang=pt-BR><meta property=og:locale content=en_US>", META_LANGUAGE, "pt-BR",
           "html:lang");
}

static void a_locale_is_a_language(void **state) {
    (void)state;
    expect("<meta property=og:locale content=en_US>", META_LANGUAGE, "en-US", "og:locale");
}

static void what_is_no_language_is_left_out(void **state) {
    (void)state;
    expect("<html lang='{{ lang }}'>", META_LANGUAGE, "", NULL);
}

static void the_address_is_the_canonical_one(void **state) {
    (void)state;
    expect("<meta property=og:url content='https://a.example/b?c'>"
           "<link rel='canonical' href='https://a.example/b?x=1&amp;y=2'>",
           META_URL, "https://a.example/b?x=1&y=2", "link:canonical");
}

static void relative_addresses_are_left_out(void **state) {
    (void)state;
    expect("<link rel=canonical href=/b><meta property=og:url content='https://a.example/b'>",
           META_URL, "https://a.example/b", "og:url");
}

static void the_image_is_that_of_cards(void **state) {
    (void)state;
    expect("<meta property=og:image content='https://a.example/b.jpg'>", META_IMAGE,
           "https://a.example/b.jpg", "og:image");
}

static void the_site_names_itself(void **state) {
    (void)state;
    expect("<meta property=og:site_name content='The Times'>", META_SITE, "The Times",
           "og:site_name");
    expect(LD("{\"@type\":\"WebSite\",\"name\":\"The Times\"}"), META_SITE, "The Times", "json-ld");
}

/* ---- dates ---------------------------------------------------------------------------------- */

static void iso_dates_are_kept(void **state) {
    (void)state;
    expect_date("2024-03-31", "2024-03-31");
    expect_date("2024-03-31T10:20:30+02:00", "2024-03-31T10:20:30+02:00");
    expect_date("2024-03-31T10:20:30.123Z", "2024-03-31T10:20:30Z");
    expect_date("2024-03-31 10:20", "2024-03-31T10:20");
    expect_date("2024-03-31T10:20:30-0700", "2024-03-31T10:20:30-07:00");
    expect_date("2024/3/1", "2024-03-01");
    expect_date("20240331", "2024-03-31");
}

static void written_dates_are_made_iso_dates(void **state) {
    (void)state;
    expect_date("March 31, 2024", "2024-03-31");
    expect_date("Mar. 31st 2024", "2024-03-31");
    expect_date("31 March 2024", "2024-03-31");
    expect_date("Sunday, 31st of March, 2024", "2024-03-31");
    expect_date("31-Mar-2024", "2024-03-31");
    expect_date("31.03.2024", "2024-03-31");
    expect_date("Updated: MAY 3, 2024", "2024-05-03");
}

static void dates_in_other_languages_are_read(void **state) {
    (void)state;
    expect_date("31. März 2024", "2024-03-31");
    expect_date("31 de marzo de 2024", "2024-03-31");
    expect_date("1er août 2024", "2024-08-01");
    expect_date("2024年3月31日", "2024-03-31");
}

static void dates_of_mail_are_read(void **state) {
    (void)state;
    expect_date("Sun, 31 Mar 2024 10:20:30 +0200", "2024-03-31T10:20:30+02:00");
    expect_date("Sun, 31 Mar 2024 10:20:30 GMT", "2024-03-31T10:20:30Z");
}

static void numbers_that_may_be_two_days_are_left_out(void **state) {
    (void)state;
    expect_date("03/04/2024", "");
    expect_date("31/03/2024", "2024-03-31");
    expect_date("03/31/2024", "2024-03-31");
    expect_date("04/04/2024", "2024-04-04");
}

static void days_that_are_none_are_left_out(void **state) {
    (void)state;
    expect_date("2024-02-30", "");
    expect_date("2023-02-29", "");
    expect_date("2024-02-29", "2024-02-29");
    expect_date("2024-13-01", "");
    expect_date("0000-00-00", "");
    expect_date("1970-01-01T00:00:00Z", "");
    expect_date("2024-03", "");
    expect_date("last week", "");
    expect_date("1711879200", "");
}

static void times_that_are_none_are_left_out(void **state) {
    (void)state;
    expect_date("2024-03-31T25:00:00", "2024-03-31");
    expect_date("2024-03-31 10:20 pm", "2024-03-31");
    expect_date("2024-03-31T10:20:30+99:00", "2024-03-31T10:20:30");
}

static void the_day_of_the_last_change_is_another_field(void **state) {
    (void)state;
    const char *page = "<meta property=article:published_time content=2024-03-31>"
                       "<meta property=article:modified_time content=2024-04-01>";
    expect(page, META_PUBLISHED, "2024-03-31", "article:published_time");
    expect(page, META_MODIFIED, "2024-04-01", "article:modified_time");
}

static void a_time_element_tells_the_day(void **state) {
    (void)state;
    expect("<h1>A</h1><time datetime=2024-03-31>yesterday</time>", META_PUBLISHED, "2024-03-31",
           "time");
    expect("<h1>A</h1><time>March 31, 2024</time>", META_PUBLISHED, "2024-03-31", "time");
}

static void a_class_tells_the_day(void **state) {
    (void)state;
    expect("<h1>A</h1><p class='post-date'>March 31, 2024</p>", META_PUBLISHED, "2024-03-31",
           "class");
    expect("<h1>A</h1><p class=postDate>March 31, 2024</p>", META_PUBLISHED, "2024-03-31", "class");
}

static void the_text_under_a_heading_tells_the_day(void **state) {
    (void)state;
    expect("<h1>A</h1><p>News <p>March 31, 2024 <p>Text", META_PUBLISHED, "2024-03-31", "text");
}

static void days_on_a_page_of_goods_are_not_its_own(void **state) {
    (void)state;
    expect(LD("{\"@type\":\"Product\",\"name\":\"A\"}") "<time datetime=2024-03-31></time>",
           META_PUBLISHED, "", NULL);
}

/* ---- authors -------------------------------------------------------------------------------- */

static void lists_of_authors_are_split(void **state) {
    (void)state;
    expect_author("Ann Adams, Bob Brown and Cy Cole", "Ann Adams, Bob Brown, Cy Cole");
    expect_author("By Ann Adams &amp; Bob Brown", "Ann Adams, Bob Brown");
    expect_author("Written by: Ann Adams; Bob Brown", "Ann Adams, Bob Brown");
    expect_author("Ann Adams, and Bob Brown", "Ann Adams, Bob Brown");
}

static void titles_stay_with_their_name(void **state) {
    (void)state;
    Read read;
    const char *page = "<meta name=author content='Ann Adams, Ph.D., MD, Bob Brown'>";
    read_bytes(&read, page, strlen(page));
    assert_int_equal(read.metadata.author_count, 2);
    expect_str(read.metadata.authors[0].value, "Ann Adams, Ph.D., MD");
    expect_str(read.metadata.authors[1].value, "Bob Brown");
    assert_string_equal(read.metadata.authors[1].source, "meta:author");
    arena_done(&read.arena);
}

static void addresses_are_no_names(void **state) {
    (void)state;
    expect_author("https://a.example/ann", "");
    expect_author("ann@a.example", "");
    expect_author("@ann", "");
    expect_author("www.a.example", "");
}

static void nobody_is_no_author(void **state) {
    (void)state;
    expect_author("admin", "");
    expect_author("Unknown", "");
    expect_author("{{ author }}", "");
    expect_author("12345", "");
}

static void an_author_is_told_once(void **state) {
    (void)state;
    expect_authors("<meta name=author content='Ann Adams'><meta name=author content='ANN ADAMS'>",
                   "Ann Adams");
}

static void the_site_is_no_author_beside_others(void **state) {
    (void)state;
    expect_authors("<meta property=og:site_name content='The Times'>"
                   "<meta name=author content='Ann Adams, The Times'>",
                   "Ann Adams");
}

static void a_site_that_says_so_is_its_own_author(void **state) {
    (void)state;
    expect_authors("<meta property=og:site_name content='Ann Adams'>"
                   "<meta name=author content='Ann Adams'>",
                   "Ann Adams");
}

static void names_of_citations_are_turned(void **state) {
    (void)state;
    expect_authors("<meta name=citation_author content='Adams, Ann'>"
                   "<meta name=citation_author content='Bob Brown'>",
                   "Ann Adams, Bob Brown");
    expect_authors("<meta name=citation_author content='Adams ,  Ann'>", "Ann Adams");
}

static void a_card_tells_who_wrote_it(void **state) {
    (void)state;
    expect("<meta name=twitter:label1 content='Written by'>"
           "<meta name=twitter:data1 content='Ann Adams'>",
           META_AUTHOR, "Ann Adams", "twitter:data");
    expect_authors("<meta name=twitter:label1 content='Price'>"
                   "<meta name=twitter:data1 content='Ann Adams'>",
                   "");
}

static void a_link_to_the_author_tells_the_name(void **state) {
    (void)state;
    expect("<a rel=author href=/ann>Ann Adams</a>", META_AUTHOR, "Ann Adams", "rel=author");
}

static void a_byline_tells_the_name(void **state) {
    (void)state;
    expect("<h1>A</h1><p class=byline>By Ann Adams | March 31, 2024</p>", META_AUTHOR, "Ann Adams",
           "class");
    expect_authors("<h1>A</h1><p class=byline><span>By</span> <b>Ann Adams</b><div>Reporter</div>",
                   "Ann Adams");
}

static void what_stands_beside_authors_is_no_name(void **state) {
    (void)state;
    expect_authors("<h1>A</h1><p class=author-bio>Ann Adams writes</p>", "");
    expect_authors("<h1>A</h1><p class=author>Read more</p>", "");
}

static void the_text_under_a_heading_tells_the_name(void **state) {
    (void)state;
    expect("<h1>A</h1><p>News</p><p>By Ann Adams</p><p>Text", META_AUTHOR, "Ann Adams", "text");
}

static void more_authors_than_fit_are_left_out(void **state) {
    (void)state;
    Read read;
    const char *page = "<meta name=author content='Aa,Bb,Cc,Dd,Ee,Ff,Gg,Hh,Ii,Jj'>";
    read_bytes(&read, page, strlen(page));
    assert_int_equal(read.metadata.author_count, METADATA_AUTHORS);
    arena_done(&read.arena);
}

/* ---- JSON-LD -------------------------------------------------------------------------------- */

static void json_ld_tells_of_an_article(void **state) {
    (void)state;
    const char *page = LD("{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\","
                          "\"headline\":\"A day &amp; out\",\"author\":{\"@type\":\"Person\","
                          "\"name\":\"Ann Adams\"},\"datePublished\":\"2024-03-31\","
                          "\"dateModified\":\"2024-04-01T10:00:00Z\",\"publisher\":{\"name\":"
                          "\"The Times\"},\"image\":[\"https://a.example/b.jpg\"],"
                          "\"mainEntityOfPage\":{\"@id\":\"x\",\"url\":\"https://a.example/\"},"
                          "\"inLanguage\":\"en\",\"description\":\"It was.\"}");
    expect(page, META_TITLE, "A day & out", "json-ld");
    expect(page, META_AUTHOR, "Ann Adams", "json-ld");
    expect(page, META_PUBLISHED, "2024-03-31", "json-ld");
    expect(page, META_MODIFIED, "2024-04-01T10:00:00Z", "json-ld");
    expect(page, META_SITE, "The Times", "json-ld");
    expect(page, META_IMAGE, "https://a.example/b.jpg", "json-ld");
    expect(page, META_URL, "https://a.example/", "json-ld");
    expect(page, META_LANGUAGE, "en", "json-ld");
    expect(page, META_DESCRIPTION, "It was.", "json-ld");
    expect(page, META_TYPE, "article", "json-ld");
}

static void authors_may_be_strings_objects_and_lists(void **state) {
    (void)state;
    expect_authors(LD("{\"@type\":\"Article\",\"author\":\"Ann Adams\"}"), "Ann Adams");
    expect_authors(
        LD("{\"@type\":\"Article\",\"author\":[\"Ann Adams\",{\"name\":\"Bob Brown\"}]}"),
        "Ann Adams, Bob Brown");
}

static void nodes_may_be_told_by_their_id(void **state) {
    (void)state;
    expect_authors(LD("{\"@graph\":[{\"@type\":\"Article\",\"author\":{\"@id\":\"#ann\"}},"
                      "{\"@type\":\"Person\",\"@id\":\"#ann\",\"name\":\"Ann Adams\"}]}"),
                   "Ann Adams");
    expect_authors(LD("{\"@type\":\"Article\",\"author\":{\"@id\":\"#ann\"}}")
                       LD("{\"@type\":\"Person\",\"@id\":\"#ann\",\"name\":\"Ann Adams\"}"),
                   "Ann Adams");
}

static void the_article_of_a_graph_is_what_the_page_is_about(void **state) {
    (void)state;
    const char *page = LD("{\"@graph\":[{\"@type\":\"WebPage\",\"name\":\"Page\",\"datePublished\":"
                          "\"2020-01-01\"},{\"@type\":[\"Thing\",\"BlogPosting\"],\"headline\":"
                          "\"Post\",\"datePublished\":\"2024-03-31\"}]}");
    expect(page, META_TITLE, "Post", "json-ld");
    expect(page, META_PUBLISHED, "2024-03-31", "json-ld");
}

static void comments_and_reviews_are_not_the_page(void **state) {
    (void)state;
    const char *page =
        LD("{\"@type\":\"Article\",\"comment\":[{\"author\":\"Bob\",\"datePublished\":"
           "\"2020-01-01\"}],\"author\":\"Ann Adams\"}");
    expect_authors(page, "Ann Adams");
    expect(page, META_PUBLISHED, "", NULL);
}

static void json_ld_may_be_untidy(void **state) {
    (void)state;
    expect_authors(LD("\n//<![CDATA[\n{\"@type\":\"Article\",\"x\":\"a\nb\",\"author\":\"Ann "
                      "Adams\",};\n//]]>"),
                   "Ann Adams");
}

static void json_ld_that_breaks_off_counts_as_far_as_it_goes(void **state) {
    (void)state;
    expect_authors(LD("{\"@type\":\"Article\",\"author\":\"Ann Adams\",\"a\":\"b\" c"),
                   "Ann Adams");
}

static void other_scripts_are_not_read(void **state) {
    (void)state;
    expect_authors("<script>{\"@type\":\"Article\",\"author\":\"Ann Adams\"}</script>", "");
}

static void a_block_that_is_too_long_is_not_read(void **state) {
    (void)state;
    const size_t size = 300 << 10;
    char *page = malloc(size);
    assert_non_null(page);
    memset(page, ' ', size);
    const char *head =
        "<script type=\"application/ld+json\">{\"@type\":\"Article\",\"author\":\"Ann "
        "Adams\"}";
    memcpy(page, head, strlen(head));
    memcpy(page + size - 9, "</script>", 9);
    Read read;
    read_bytes(&read, page, size);
    expect_str(read.metadata.fields[META_AUTHOR].value, "");
    arena_done(&read.arena);
    free(page);
}

/* ---- microdata ------------------------------------------------------------------------------ */

static void microdata_tells_of_an_article(void **state) {
    (void)state;
    const char *page = "<div itemscope itemtype='https://schema.org/Article'>"
                       "<span itemprop=headline>A day out</span><div itemprop=author itemscope "
                       "itemtype='https://schema.org/Person'><i>by</i> <b itemprop=name>Ann "
                       "Adams</b></div><meta itemprop=datePublished content=2024-03-31>"
                       "<time itemprop=dateModified datetime=2024-04-01>x</time></div>";
    expect(page, META_TITLE, "A day out", "microdata");
    expect(page, META_AUTHOR, "Ann Adams", "microdata");
    expect(page, META_PUBLISHED, "2024-03-31", "microdata");
    expect(page, META_MODIFIED, "2024-04-01", "microdata");
    expect(page, META_TYPE, "article", "microdata");
}

static void items_in_an_article_are_not_the_page(void **state) {
    (void)state;
    expect_authors("<div itemscope itemtype=https://schema.org/Article><div itemprop=comment "
                   "itemscope itemtype=https://schema.org/Comment><b itemprop=author>Bob "
                   "Brown</b></div><b itemprop=author>Ann Adams</b></div>",
                   "Ann Adams");
}

/* ---- types ---------------------------------------------------------------------------------- */

static void pages_say_of_what_type_they_are(void **state) {
    (void)state;
    expect_types("<meta property=og:type content=article>", PAGE_ARTICLE);
    expect_types("<meta property=og:type content=product.group>", PAGE_LISTING);
    expect_types(LD("{\"@type\":\"http://schema.org/QAPage\"}"), PAGE_FORUM);
    expect_types(LD("[{\"@type\":\"Product\"},{\"@type\":\"ItemList\"}]"),
                 PAGE_PRODUCT | PAGE_LISTING);
    expect_types(LD("{\"@type\":\"TechArticle\",\"publisher\":{\"@type\":\"Organization\"}}"),
                 PAGE_DOCUMENTATION);
    expect_types("<p itemscope itemtype=http://schema.org/Recipe>", PAGE_RECIPE);
    expect_types("<meta property=og:type content=cat>", 0);
}

static void what_the_page_is_about_gives_its_type(void **state) {
    (void)state;
    expect("<meta property=og:type content=article>" LD("{\"@type\":\"Product\"}"), META_TYPE,
           "product", "json-ld");
    expect("<meta property=og:type content=article>", META_TYPE, "article", "og:type");
}

/* ---- safety --------------------------------------------------------------------------------- */

static const char rich[] =
    "<!doctype html><html lang=en><title>A day &amp; out | Times</title><meta property=og:title "
    "content='A day &amp; out'><meta name=author content='Ann Adams, Bob Brown'>" LD(
        "{\"@graph\":[{\"@type\":\"Article\",\"@id\":\"#a\",\"author\":[{\"@id\":\"#b\"}],"
        "\"datePublished\":\"2024-03-31T10:00:00+02:00\",\"headline\":\"\\u0041 \\ud83d\\ude00\"},"
        "{\"@id\":\"#b\",\"name\":\"Ann\"}]}") "<h1>A day<br>out</h1><div itemscope "
                                               "itemtype=http://schema.org/Article><p "
                                               "itemprop='author' "
                                               "itemscope><b itemprop=name>Ann</b></p><time>31. "
                                               "M\xC3\xA4rz 2024</time><a rel=author>By Ann | "
                                               "x</a><p class='byline postDate'>By Ann Adams, MD "
                                               "on March 3rd, 2024</p></div><svg><title>x";

static void a_page_may_be_cut_at_any_byte(void **state) {
    (void)state;
    for (size_t size = 0; size < sizeof rich; size++) {
        Read read;
        read_bytes(&read, rich, size);
        arena_done(&read.arena);
    }
}

static void any_byte_may_be_another(void **state) {
    (void)state;
    static const char others[] = {'\0', '<', '"', '\\', '&', (char)0xC3, (char)0xFF, ' '};
    char page[sizeof rich];
    memcpy(page, rich, sizeof rich);
    for (size_t at = 0; at < sizeof rich - 1; at++) {
        for (size_t i = 0; i < sizeof others; i++) {
            Read read;
            page[at] = others[i];
            read_bytes(&read, page, sizeof rich - 1);
            arena_done(&read.arena);
        }
        page[at] = rich[at];
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

/* A page whose JSON-LD takes more than one chunk of an arena. */
static char *write_long_page(void) {
    const char *head = "<script type=application/ld+json>[", *node = "{\"name\":\"A\"},";
    char *page = malloc(strlen(head) + 4000 * strlen(node) + 1);
    assert_non_null(page);
    char *at = page + sprintf(page, "%s", head);
    for (int i = 0; i < 4000; i++) at += sprintf(at, "%s", node);
    return page;
}

static void refused_memory_is_told(void **state) {
    (void)state;
    char *page = write_long_page();
    size_t refusals = 0;
    for (bool done = false; !done;) {
        size_t left = refusals;
        const decant_allocator few = {&left, refuse, release};
        Arena arena;
        Metadata metadata;
        arena_init(&arena, &few);
        const decant_status status =
            metadata_read(&metadata, &arena, (Str){(const uint8_t *)page, strlen(page)});
        arena_done(&arena);
        done = status == DECANT_OK;
        assert_true(done || status == DECANT_NO_MEMORY);
        refusals += !done;
    }
    assert_true(refusals >= 2);
    free(page);
}

/* `unit` over and over, 4 MiB of it. */
static void expect_quick(const char *head, const char *unit) {
    const size_t size = 4 << 20, head_size = strlen(head), unit_size = strlen(unit);
    char *page = malloc(size);
    assert_non_null(page);
    memcpy(page, head, head_size);
    for (size_t i = head_size; i < size; i++) page[i] = unit[(i - head_size) % unit_size];
    Read read;
    read_bytes(&read, page, size);
    arena_done(&read.arena);
    free(page);
}

static void what_goes_on_and_on_is_read_once(void **state) {
    (void)state;
    expect_quick("", "<div itemscope itemprop=author>");
    expect_quick("", "<p itemprop=name class=byline>a");
    expect_quick("", "<h1>a | b - c");
    expect_quick("<title>", "a | ");
    expect_quick("<meta name=author content='", "A, MD, ");
    expect_quick("<meta name=date content='", "1 jan ");
    expect_quick("", LD("{\"author\":{\"@id\":\"#a\"}}"));
    expect_quick("<script type=application/ld+json>", "{\"author\":[");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_page_says_nothing),
        cmocka_unit_test(a_page_without_metadata_says_nothing),
        cmocka_unit_test(every_field_and_type_has_a_name),
        cmocka_unit_test(the_title_element_is_the_title),
        cmocka_unit_test(og_title_comes_before_it),
        cmocka_unit_test(a_heading_that_says_the_same_comes_first),
        cmocka_unit_test(a_heading_that_shares_half_of_the_words_comes_first),
        cmocka_unit_test(a_heading_that_shares_none_is_not_the_title),
        cmocka_unit_test(a_later_heading_may_be_the_title),
        cmocka_unit_test(a_heading_alone_is_the_title),
        cmocka_unit_test(blocks_in_a_heading_are_divided),
        cmocka_unit_test(the_name_of_the_site_is_cut_off),
        cmocka_unit_test(the_name_of_the_host_is_cut_off),
        cmocka_unit_test(a_short_end_of_the_title_element_is_cut_off),
        cmocka_unit_test(other_ends_stay),
        cmocka_unit_test(the_sign_of_a_link_to_a_heading_is_cut_off),
        cmocka_unit_test(the_title_of_a_drawing_is_none),
        cmocka_unit_test(a_long_title_is_cut),
        cmocka_unit_test(no_title_is_cut_inside_a_character),
        cmocka_unit_test(references_are_decoded),
        cmocka_unit_test(references_that_were_escaped_twice_are_decoded),
        cmocka_unit_test(white_space_is_collapsed),
        cmocka_unit_test(invalid_bytes_are_replaced),
        cmocka_unit_test(the_first_of_two_values_counts),
        cmocka_unit_test(an_empty_value_is_none),
        cmocka_unit_test(names_may_be_capitals),
        cmocka_unit_test(the_language_is_that_of_html),
        cmocka_unit_test(a_locale_is_a_language),
        cmocka_unit_test(what_is_no_language_is_left_out),
        cmocka_unit_test(the_address_is_the_canonical_one),
        cmocka_unit_test(relative_addresses_are_left_out),
        cmocka_unit_test(the_image_is_that_of_cards),
        cmocka_unit_test(the_site_names_itself),
        cmocka_unit_test(iso_dates_are_kept),
        cmocka_unit_test(written_dates_are_made_iso_dates),
        cmocka_unit_test(dates_in_other_languages_are_read),
        cmocka_unit_test(dates_of_mail_are_read),
        cmocka_unit_test(numbers_that_may_be_two_days_are_left_out),
        cmocka_unit_test(days_that_are_none_are_left_out),
        cmocka_unit_test(times_that_are_none_are_left_out),
        cmocka_unit_test(the_day_of_the_last_change_is_another_field),
        cmocka_unit_test(a_time_element_tells_the_day),
        cmocka_unit_test(a_class_tells_the_day),
        cmocka_unit_test(the_text_under_a_heading_tells_the_day),
        cmocka_unit_test(days_on_a_page_of_goods_are_not_its_own),
        cmocka_unit_test(lists_of_authors_are_split),
        cmocka_unit_test(titles_stay_with_their_name),
        cmocka_unit_test(addresses_are_no_names),
        cmocka_unit_test(nobody_is_no_author),
        cmocka_unit_test(an_author_is_told_once),
        cmocka_unit_test(the_site_is_no_author_beside_others),
        cmocka_unit_test(a_site_that_says_so_is_its_own_author),
        cmocka_unit_test(names_of_citations_are_turned),
        cmocka_unit_test(a_card_tells_who_wrote_it),
        cmocka_unit_test(a_link_to_the_author_tells_the_name),
        cmocka_unit_test(a_byline_tells_the_name),
        cmocka_unit_test(what_stands_beside_authors_is_no_name),
        cmocka_unit_test(the_text_under_a_heading_tells_the_name),
        cmocka_unit_test(more_authors_than_fit_are_left_out),
        cmocka_unit_test(json_ld_tells_of_an_article),
        cmocka_unit_test(authors_may_be_strings_objects_and_lists),
        cmocka_unit_test(nodes_may_be_told_by_their_id),
        cmocka_unit_test(the_article_of_a_graph_is_what_the_page_is_about),
        cmocka_unit_test(comments_and_reviews_are_not_the_page),
        cmocka_unit_test(json_ld_may_be_untidy),
        cmocka_unit_test(json_ld_that_breaks_off_counts_as_far_as_it_goes),
        cmocka_unit_test(other_scripts_are_not_read),
        cmocka_unit_test(a_block_that_is_too_long_is_not_read),
        cmocka_unit_test(microdata_tells_of_an_article),
        cmocka_unit_test(items_in_an_article_are_not_the_page),
        cmocka_unit_test(pages_say_of_what_type_they_are),
        cmocka_unit_test(what_the_page_is_about_gives_its_type),
        cmocka_unit_test(a_page_may_be_cut_at_any_byte),
        cmocka_unit_test(any_byte_may_be_another),
        cmocka_unit_test(refused_memory_is_told),
        cmocka_unit_test(what_goes_on_and_on_is_read_once),
    };
    return cmocka_run_group_tests_name("metadata", tests, NULL, NULL);
}
