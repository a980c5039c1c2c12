/* SPDX-License-Identifier: MIT
 * test_tree.c - the elements that texts stand in, what their start tags say, and trees too large.
 */
#include "segment/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A page in memory of its exact size, its skeleton and its tree. */
typedef struct Grown {
    Arena arena;
    uint8_t *bytes;
    Skeleton skeleton;
    Tree tree;
} Grown;

static void grow_bytes(Grown *ret, const char *page, size_t size) {
    *ret = (Grown){.bytes = malloc(size ? size : 1)};
    assert_non_null(ret->bytes);
    memcpy(ret->bytes, page, size);
    const Str bytes = {ret->bytes, size};
    arena_init(&ret->arena, allocator_default());
    assert_int_equal(skeleton_write(&ret->skeleton, &ret->arena, bytes, TAG_UNKNOWN, false),
                     DECANT_OK);
    assert_int_equal(tree_build(&ret->tree, &ret->arena, bytes, &ret->skeleton, NULL), DECANT_OK);
}

static void grow(Grown *ret, const char *page) {
    grow_bytes(ret, page, strlen(page));
}

static void grown_done(Grown *grown) {
    arena_done(&grown->arena);
    free(grown->bytes);
}

static const Element *element_of(const Grown *grown, size_t text) {
    assert_true(text < grown->skeleton.text_count);
    return &grown->tree.elements[grown->tree.places[text].element];
}

/* The names of the elements around a text, from the root on. */
static void write_path(const Grown *grown, uint32_t element, char *path, size_t size) {
    const Element *elements = grown->tree.elements;
    if (element) write_path(grown, elements[element].parent, path, size);
    const size_t length = strlen(path);
    snprintf(path + length, size - length, "%s%s", element ? " " : "",
             tag_name((Tag)elements[element].tag));
}

/* Texts and the paths to them, in the page's order; "-" for one that is none of the page. */
typedef struct Case {
    const char *page;
    const char *paths[4];
} Case;

static void expect(const Case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Grown grown;
        grow(&grown, cases[i].page);
        for (size_t text = 0; text < 4 && cases[i].paths[text]; text++) {
            char path[256] = "";
            assert_true(text < grown.skeleton.text_count);
            const Place *place = &grown.tree.places[text];
            if (place->gap) write_path(&grown, place->element, path, sizeof path);
            else strcpy(path, "-");
            if (strcmp(path, cases[i].paths[text]) != 0)
                fail_msg("text %zu of %s stands in %s", text, cases[i].page, path);
        }
        grown_done(&grown);
    }
}

#define EXPECT(...)                                                                                \
    do {                                                                                           \
        static const Case cases[] = {__VA_ARGS__};                                                 \
        expect(cases, sizeof cases / sizeof *cases);                                               \
    } while (0)

/* ---- elements -------------------------------------------------------------------------------- */

static void elements_that_hold_text_are_numbered_in_order(void **state) {
    (void)state;
    Grown grown;
    grow(&grown, "<html><body><div></div><ul><li>a<li><p>b</ul><section><p>c</section>");
    static const struct {
        Tag tag;
        uint32_t parent, end;
        uint8_t depth;
    } expected[] = {{TAG_HTML, 0, 8, 0},    {TAG_BODY, 0, 8, 1}, {TAG_UL, 1, 6, 2},
                    {TAG_LI, 2, 4, 3},      {TAG_LI, 2, 6, 3},   {TAG_P, 4, 6, 4},
                    {TAG_SECTION, 1, 8, 2}, {TAG_P, 6, 8, 3}};
    assert_int_equal(grown.tree.element_count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < grown.tree.element_count; i++) {
        assert_int_equal(grown.tree.elements[i].tag, expected[i].tag);
        assert_int_equal(grown.tree.elements[i].parent, expected[i].parent);
        assert_int_equal(grown.tree.elements[i].end, expected[i].end);
        assert_int_equal(grown.tree.elements[i].depth, expected[i].depth);
    }
    grown_done(&grown);
}

static void a_page_without_text_is_its_root(void **state) {
    (void)state;
    static const char *const pages[] = {"", "<div><p></div>", "<!-- a -->", "<script>a</script>"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        Grown grown;
        grow(&grown, pages[i]);
        assert_int_equal(grown.tree.element_count, 1);
        assert_int_equal(grown.tree.elements[0].end, 1);
        grown_done(&grown);
    }
}

static void elements_that_the_standard_implies_exist(void **state) {
    (void)state;
    EXPECT(
        {"a", {"html body"}}, {"<li>a", {"html body li"}},
        {"<table><td>a", {"html body table tbody tr td"}},
        {"<table><tr><td>a<caption>b", {"html body table tbody tr td", "html body table caption"}},
        {"<p>a<div>b", {"html body p", "html body div"}}, {"</p>a", {"html body"}});
}

static void text_that_tables_do_not_hold_stands_before_them(void **state) {
    (void)state;
    EXPECT({"<div><table>a<tr>b<td>c</table>d",
            {"html body div", "html body div", "html body div table tbody tr td", "html body div"}},
           {"<table><tr><section>a</section><td>b",
            {"html body section", "html body table tbody tr td"}});
}

static void texts_between_the_same_tags_share_a_gap(void **state) {
    (void)state;
    Grown grown;
    grow(&grown, "<p>a<b>b</b><!-- -->c<p>d</p>e<div></div>f");
    const Place *places = grown.tree.places;
    assert_int_equal(places[0].gap, places[1].gap);
    assert_int_equal(places[0].gap, places[2].gap);
    for (size_t i = 3; i < grown.skeleton.text_count; i++)
        assert_true(places[i].gap > places[i - 1].gap);
    assert_int_equal(places[4].element, places[5].element);
    grown_done(&grown);
}

static void the_text_of_a_title_is_none_of_the_page(void **state) {
    (void)state;
    EXPECT({"<title>a</title><p>b", {"-", "html body p"}},
           {"<p>a<title>b</title>c", {"html body p", "-", "html body p"}});
}

static void what_stands_in_a_template_is_hidden(void **state) {
    (void)state;
    Grown grown;
    grow(&grown, "<template><p>a</template><p>b");
    const Element *in = element_of(&grown, 0), *out = element_of(&grown, 1);
    assert_int_equal(grown.tree.elements[in->parent].tag, TAG_TEMPLATE);
    assert_int_equal(grown.tree.elements[in->parent].hidden, HIDDEN_TEMPLATE);
    assert_int_equal(out->hidden, 0);
    grown_done(&grown);
}

static void ordinals_count_items_and_cells_also_those_without_text(void **state) {
    (void)state;
    static const struct {
        const char *page;
        uint32_t ordinals[3];
    } cases[] = {
        {"<ol><li>a<li>b<li>c</ol>", {1, 2, 3}},
        {"<ol><li>a<li><img><li>b</ol><ol><li>c", {1, 3, 1}},
        {"<ol start=5><li>a<li>b</ol><ul><li>c", {5, 6, 1}},
        {"<ol start=0><li>a</ol><ol start=-3><li>b</ol><ol start=x><li>c", {0, 1, 1}},
        {"<ol><li>a<ol><li>b</ol><li>c", {1, 1, 2}},
        {"<table><tr><td><th>a<td>b<tr><th>c", {2, 3, 1}},
        {"<table><tr><td><td><ul><li>a</ul><td>b</table><p>c", {1, 3, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Grown grown;
        grow(&grown, cases[i].page);
        for (size_t text = 0; text < 3; text++)
            if (element_of(&grown, text)->ordinal != cases[i].ordinals[text])
                fail_msg("text %zu of %s has ordinal %u", text, cases[i].page,
                         element_of(&grown, text)->ordinal);
        grown_done(&grown);
    }
}

static void elements_of_one_name_and_class_look_alike(void **state) {
    (void)state;
    Grown grown;
    grow(&grown, "<div><p class=x>a<p class=x>b<p class=y>c</div><nav><p class=x>d</nav>");
    assert_int_equal(element_of(&grown, 0)->look, element_of(&grown, 1)->look);
    assert_int_not_equal(element_of(&grown, 0)->look, element_of(&grown, 2)->look);
    assert_int_not_equal(element_of(&grown, 0)->look, element_of(&grown, 3)->look);
    assert_int_equal(element_of(&grown, 0)->name, element_of(&grown, 3)->name);
    grown_done(&grown);
}

/* ---- attributes ------------------------------------------------------------------------------ */

#define BIT(name) ROLE_BIT(ROLE_##name)

static void attributes_tell_roles(void **state) {
    (void)state;
    static const struct {
        const char *attributes;
        Roles roles;
    } cases[] = {
        {"", 0},
        {"class=nav", BIT(NAV)},
        {"class='post sidebar'", BIT(POST) | BIT(SIDEBAR)},
        {"CLASS=\"post-title main_content\"", BIT(POST) | BIT(TITLE) | BIT(MAIN) | BIT(CONTENT)},
        {"class=mainContent", BIT(MAIN) | BIT(CONTENT)},
        {"class=navX", BIT(NAV)},
        {"class=NAV", BIT(NAV)},
        {"class=naval", 0},
        {"class=xNAV", BIT(NAV)},
        {"class=nav2", BIT(NAV)},
        {"id=footer", BIT(FOOTER)},
        {"itemprop=articleBody", BIT(ARTICLE) | BIT(BODY)},
        {"role=navigation", BIT(NAV)},
        {"role=banner", BIT(HEADER)},
        {"class=banner", BIT(PROMO)},
        {"role=contentinfo", BIT(FOOTER)},
        {"role=complementary", BIT(SIDEBAR)},
        {"role=presentation", 0},
        {"role=main id=comments class=share", BIT(MAIN) | BIT(COMMENT) | BIT(SHARE)},
        {"class=nav class=footer", BIT(NAV)},
        {"data-class=nav title=footer", 0},
        {"class", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char page[256];
        Grown grown;
        snprintf(page, sizeof page, "<div %s>a", cases[i].attributes);
        grow(&grown, page);
        if (element_of(&grown, 0)->roles != cases[i].roles)
            fail_msg("%s gives roles %llx", cases[i].attributes,
                     (unsigned long long)element_of(&grown, 0)->roles);
        grown_done(&grown);
    }
}

/* Words and names in the order in which attributes have them; names begin after a space. */
static void attributes_tell_what_an_element_is_called(void **state) {
    (void)state;
    static const struct {
        const char *attributes;
        const char *names[5];
    } cases[] = {
        {"", {NULL}},
        {"class=one", {"one", " one"}},
        {"class='One-two'", {"one", "two", " one-two"}},
        {"class='one two'", {"one", "two", " one", " two"}},
        {"id=mainContent7", {"main", "content", " maincontent"}},
        {"class='a1 b_2'", {NULL}},
        {"class='12 3-4'", {NULL}},
        {"class=p-12x", {" p-x"}},
        {"role=banner", {"banner", " banner"}},
        {"itemprop=name class=one", {"name", " name", "one", " one"}},
        {"class=one class=two", {"one", " one"}},
        {"data-id=one rel=two title=three", {NULL}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char page[256];
        Grown grown;
        snprintf(page, sizeof page, "<div %s>a", cases[i].attributes);
        grow(&grown, page);
        const Naming *naming = &element_of(&grown, 0)->naming;
        uint32_t count = 0;
        for (; count < 5 && cases[i].names[count]; count++)
            if (count >= naming->count || naming->names[count] != word_hash(cases[i].names[count]))
                fail_msg("%s: name %u is not %s", cases[i].attributes, count,
                         cases[i].names[count]);
        assert_int_equal(naming->count, count);
        grown_done(&grown);
    }
}

static void an_element_has_so_many_names_at_most(void **state) {
    (void)state;
    char page[2048] = "<div class='";
    Grown grown;
    for (int i = 0; i < 100; i++) strcat(page, "one two-three ");
    strcat(page, "'>a");
    grow(&grown, page);
    assert_int_equal(element_of(&grown, 0)->naming.count, NAMES_MOST);
    grown_done(&grown);
}

static void attributes_tell_what_is_hidden(void **state) {
    (void)state;
    static const struct {
        const char *attributes;
        int hidden;
    } cases[] = {
        {"hidden", HIDDEN_ATTRIBUTE},
        {"hidden=until-found", HIDDEN_ATTRIBUTE},
        {"aria-hidden=true", HIDDEN_ARIA},
        {"aria-hidden=TRUE", HIDDEN_ARIA},
        {"aria-hidden=false", 0},
        {"style=display:none", HIDDEN_STYLE},
        {"style='color: red; DISPLAY : None !important'", HIDDEN_STYLE},
        {"style='visibility: hidden'", HIDDEN_STYLE},
        {"style='display: block; list-style: none'", 0},
        {"style='display:inline-block;text-decoration:none'", 0},
        {"style='overflow:hidden;visibility:visible'", 0},
        {"style='backface-visibility:hidden'", 0},
        {"style='display'", 0},
        {"hidden aria-hidden=true", HIDDEN_ATTRIBUTE | HIDDEN_ARIA},
        {"class=hidden", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char page[256];
        Grown grown;
        snprintf(page, sizeof page, "<div %s>a", cases[i].attributes);
        grow(&grown, page);
        if (element_of(&grown, 0)->hidden != cases[i].hidden)
            fail_msg("%s is hidden by %d", cases[i].attributes, element_of(&grown, 0)->hidden);
        grown_done(&grown);
    }
}

/* Every text of these pages stands in an element of its own name, whose class tells it; others have
 * none. */
static void attributes_reach_the_element_of_their_tag(void **state) {
    (void)state;
    static const char *const pages[] = {
        "<p class=share>share<p>-<p class=nav>nav",
        "<table><td class=share>share<tr><td>-<td class=nav>nav",
        "<ul><li><img><li class=nav>nav<li>-</ul><p class=share>share",
        "<table><tr><td class=nav>nav</td><section class=share>share</section>",
        "<b class=post><p>-<p class=nav>nav</b><p>-<p class=share>share",
        "<div class=nav>nav<script class=share>x</script><style class=footer>y</style></div>-",
        "<svg class=share><path/></svg><p class=nav>nav",
        "<svg class=share><text>x</text></svg><p class=nav>nav",
        "<svg><foreignObject><div class=nav>nav</div></foreignObject></svg><p class=share>share",
        "<select><div class=share><option class=nav>nav</select><p>-",
        "<p class=share>share</p></p><div class=nav>nav",
        "<form class=nav>nav<form class=share></form><p>-",
        "<body class=nav>nav<p>-",
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        Grown grown;
        grow(&grown, pages[i]);
        for (size_t text = 0; text < grown.skeleton.text_count; text++) {
            const char *at = pages[i] + grown.skeleton.texts[text].start;
            const Roles roles = strncmp(at, "nav", 3) == 0     ? BIT(NAV)
                                : strncmp(at, "share", 5) == 0 ? BIT(SHARE)
                                                               : 0;
            if (element_of(&grown, text)->roles != roles)
                fail_msg("text %zu of %s has wrong roles", text, pages[i]);
        }
        grown_done(&grown);
    }
}

/* ---- much ------------------------------------------------------------------------------------ */

/* `count` times a text. */
static char *repeated(const char *text, size_t count) {
    const size_t size = strlen(text);
    char *all = malloc(size * count + 1);
    assert_non_null(all);
    for (size_t i = 0; i < count; i++) memcpy(all + i * size, text, size);
    all[size * count] = 0;
    return all;
}

static void a_page_that_is_all_tags_is_flat(void **state) {
    (void)state;
    enum { PARAGRAPHS = 300000 };
    char *page = repeated("<p>a", PARAGRAPHS);
    memcpy(page, "<title>x</title><p>y<b>z</b>", 28);
    Grown grown;
    const clock_t start = clock();
    grow(&grown, page);
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    assert_true(grown.tree.is_flat);
    assert_int_equal(grown.tree.element_count, 1);
    assert_int_equal(grown.tree.elements[0].end, 1);
    const Place *places = grown.tree.places;
    assert_int_equal(places[0].gap, 0);
    assert_int_equal(places[1].gap, places[2].gap);
    for (size_t i = 3; i < grown.skeleton.text_count; i++)
        if (places[i].gap <= places[i - 1].gap || places[i].element) fail_msg("text %zu", i);
    grown_done(&grown);
    free(page);
}

static void deep_nesting_keeps_its_texts(void **state) {
    (void)state;
    enum { DEPTH = 100000 };
    char *page = repeated("<div>a", DEPTH);
    Grown grown;
    const clock_t start = clock();
    grow(&grown, page);
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    assert_true(grown.skeleton.is_capped);
    assert_int_equal(grown.skeleton.text_count, DEPTH);
    for (size_t i = 0; i < DEPTH; i++) assert_int_not_equal(grown.tree.places[i].gap, 0);
    assert_int_equal(element_of(&grown, DEPTH - 1)->depth, UINT8_MAX);
    grown_done(&grown);
    free(page);
}

static void deep_foreign_content_keeps_its_texts(void **state) {
    (void)state;
    char *page = repeated("<svg><foreignObject><div>a", 2000);
    Grown grown;
    grow(&grown, page);
    assert_int_equal(grown.skeleton.text_count, 2000);
    for (size_t i = 0; i < grown.tree.element_count; i++) {
        assert_true(grown.tree.elements[i].parent <= i);
        assert_true(grown.tree.elements[i].end > i);
        assert_true(grown.tree.elements[i].end <= grown.tree.element_count);
    }
    for (size_t i = 0; i < 2000; i++) assert_int_not_equal(grown.tree.places[i].gap, 0);
    grown_done(&grown);
    free(page);
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
    char *page = repeated("<div><p>text</div>", 2000);
    const Str bytes = {(const uint8_t *)page, strlen(page)};
    Arena kept;
    Skeleton skeleton;
    arena_init(&kept, allocator_default());
    assert_int_equal(skeleton_write(&skeleton, &kept, bytes, TAG_UNKNOWN, false), DECANT_OK);
    bool done = false;
    for (size_t allowed = 0; !done; allowed++) {
        size_t left = allowed;
        const decant_allocator few = {&left, refuse, release};
        Arena arena;
        Tree tree;
        arena_init(&arena, &few);
        const decant_status status = tree_build(&tree, &arena, bytes, &skeleton, NULL);
        done = status == DECANT_OK;
        assert_true(done || status == DECANT_NO_MEMORY);
        assert_true(!done || !tree.is_flat);
        assert_true(allowed < 1000);
        arena_done(&arena);
    }
    arena_done(&kept);
    free(page);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_that_hold_text_are_numbered_in_order),
        cmocka_unit_test(a_page_without_text_is_its_root),
        cmocka_unit_test(elements_that_the_standard_implies_exist),
        cmocka_unit_test(text_that_tables_do_not_hold_stands_before_them),
        cmocka_unit_test(texts_between_the_same_tags_share_a_gap),
        cmocka_unit_test(the_text_of_a_title_is_none_of_the_page),
        cmocka_unit_test(what_stands_in_a_template_is_hidden),
        cmocka_unit_test(ordinals_count_items_and_cells_also_those_without_text),
        cmocka_unit_test(elements_of_one_name_and_class_look_alike),
        cmocka_unit_test(attributes_tell_roles),
        cmocka_unit_test(attributes_tell_what_an_element_is_called),
        cmocka_unit_test(an_element_has_so_many_names_at_most),
        cmocka_unit_test(attributes_tell_what_is_hidden),
        cmocka_unit_test(attributes_reach_the_element_of_their_tag),
        cmocka_unit_test(a_page_that_is_all_tags_is_flat),
        cmocka_unit_test(deep_nesting_keeps_its_texts),
        cmocka_unit_test(deep_foreign_content_keeps_its_texts),
        cmocka_unit_test(refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
