/* SPDX-License-Identifier: MIT
 * test_differential.c - trees of skeletons are the trees of their pages: small pages that are hard,
 * pages made up at random, and fixtures that were changed. With arguments: page files, of which it
 * tells those that differ, or --soup SEED PAGES for more made-up pages. */
#include "compare.h"
#include "soup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void hard_pages_have_the_same_tree(void **state) {
    (void)state;
    static const char *const pages[] = {
        "",
        "text alone",
        "<!DOCTYPE html><title>a &amp; b</title><p>c<p>d<ul><li>e<li>f<ul><li>g</ul>h</ul>i",
        "<p>a<div>b</p>c</div>d",
        "<b>a<p>b</b>c</p>d",
        "<a href=x>a<a href=y>b</a>c</a>d",
        "<table><tr><td>a<td>b<tr>c<td>d</table>e",
        "<table>a<tr>b</table>c",
        "<table><caption>a</caption><tbody><tr><th>b</th></tr></tbody></table>",
        "<div><table><p>a<tr><td><table><tr><td>b</table>c</table>d",
        "<dl><dt>a<dd>b<dt>c</dl>d",
        "<select><option>a<option>b<p>c</select>d",
        "<select><optgroup>a<option>b</optgroup>c",
        "<svg><circle/></svg>a<svg><text>b</text></svg>c",
        "<p>a<svg><p>b</svg>c",
        "<a><svg><path></a>b",
        "<div><svg><g></div>a",
        "<math><mi>x</mi></math>a",
        "<script>var a = '<p>'</script>a<style>p{}</style>b",
        "<noscript><p>a</noscript>b",
        "<iframe>a<p></iframe>b<textarea>c</p></textarea>d<xmp><p></xmp>e",
        "a<!-- <p> -->b<!-->c<!--d--!>e",
        "<ul><li><p>a</ul>b<h1>c<h2>d</h1>e",
        "<button>a<button>b</button>c",
        "<form>a<form>b<p></p></form>c",
        "<p>a<button><p>b</button>c</p>d",
        "<object><p>a</object>b</p>c",
        "<html><body a><body b><head>a</body>b</html>c",
        "<head><title>a</title>b<title>c</title>",
        "<template><tr><td>a</template>b",
        "</p>a</br>b</div>c",
        "<pre>\na</pre><nobr>b<nobr>c",
        "<plaintext>a<p>",
        "&#32;<table>&#10;<tr>&#x20;<td>a",
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        size_t at = 0;
        if (!compare_trees(pages[i], strlen(pages[i]), &at))
            fail_msg("%s: another tree at byte %zu", pages[i], at);
    }
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void pages_made_up_of_plain_elements_have_the_same_tree(void **state) {
    (void)state;
    static const char *const names[] = {"p",  "div",   "b",  "i",  "a",  "ul", "li",
                                        "td", "table", "tr", "em", "dl", "dt", "dd",
                                        "br", "span",  "ol", "hr", "pre"};
    enum { NAMES = sizeof names / sizeof *names, PAGES = 3000, TOKENS = 24 };
    uint32_t seed = 7;
    for (int round = 0; round < PAGES; round++) {
        char page[TOKENS * 16] = "";
        for (int i = 0; i < TOKENS; i++) {
            const char *name = names[next_random(&seed) % NAMES];
            const uint32_t form = next_random(&seed) % 10;
            char token[16];
            if (form < 5) snprintf(token, sizeof token, "<%s>", name);
            else if (form < 8) snprintf(token, sizeof token, "</%s>", name);
            else snprintf(token, sizeof token, "%c", (int)('a' + i));
            strcat(page, token);
        }
        size_t at = 0;
        if (!compare_trees(page, strlen(page), &at))
            fail_msg("%s: another tree at byte %zu", page, at);
    }
}

/* Tells of a page that differs what is left of it; false where that is not known. */
static bool is_known(Soup *soup) {
    soup_reduce(soup);
    size_t size;
    char *page = soup_page(soup, &size);
    const char *known = soup_known(soup);
    if (!known) print_message("# another tree: %s\n", page);
    free(page);
    return known != NULL;
}

typedef struct Count {
    size_t pages, known, unknown;
} Count;

static void compare_soup(Soup *soup, Count *count) {
    count->pages++;
    if (soup_is_equal(soup)) return;
    ++*(is_known(soup) ? &count->known : &count->unknown);
}

static Count compare_soups(uint32_t seed, size_t pages) {
    enum { LEAST = 4, MOST = 28 };
    Count count = {0};
    while (count.pages < pages) {
        Soup soup = soup_make(&seed, LEAST + count.pages % (MOST - LEAST));
        compare_soup(&soup, &count);
        soup_free(&soup);
    }
    return count;
}

static void soup_of_tags_has_the_tree_of_its_skeleton(void **state) {
    (void)state;
    const Count count = compare_soups(1, 20000);
    print_message("# of %zu pages %zu differ in a way that is known\n", count.pages, count.known);
    assert_int_equal(count.unknown, 0);
}

static char *read_file(const char *path, size_t *ret_size) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) abort();
    *ret_size = (size_t)ftell(file);
    char *page = malloc(*ret_size + 1);
    rewind(file);
    if (!page || fread(page, 1, *ret_size, file) != *ret_size) abort();
    fclose(file);
    return page;
}

static void stir_page(const char *path, uint32_t *seed, Count *count) {
    enum { TIMES = 12 };
    size_t size;
    char *page = read_file(path, &size);
    for (int i = 0; i < TIMES; i++) {
        Soup soup = soup_cut((Str){(const uint8_t *)page, size});
        if (i) soup_stir(&soup, seed);
        compare_soup(&soup, count);
        soup_free(&soup);
    }
    free(page);
}

static void stirred_pages_have_the_trees_of_their_skeletons(void **state) {
    (void)state;
    Count count = {0};
    uint32_t seed = 3;
    glob_t found;
    assert_int_equal(glob("fixtures/*/*/input.html", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (!strstr(found.gl_pathv[i], "/charset/")) stir_page(found.gl_pathv[i], &seed, &count);
    globfree(&found);
    print_message("# of %zu pages %zu differ in a way that is known\n", count.pages, count.known);
    assert_int_equal(count.unknown, 0);
}

/* Tells where a page differs, and why; false where that is not known. */
static bool compare_file(const char *path) {
    size_t size, at = 0;
    char *page = read_file(path, &size);
    bool is_fine = compare_trees(page, size, &at);
    if (!is_fine) {
        Soup soup = soup_cut((Str){(const uint8_t *)page, size});
        is_fine = is_known(&soup);
        printf("%s: another tree at byte %zu: %s\n", path, at,
               is_fine ? soup_known(&soup) : "not known");
        soup_free(&soup);
    }
    free(page);
    return is_fine;
}

/* --soup SEED PAGES: as many made-up pages from that seed on. */
static int compare_more_soups(char **arguments) {
    const Count count =
        compare_soups((uint32_t)atol(arguments[0]), strtoul(arguments[1], NULL, 10));
    printf("%zu pages, %zu differ in a way that is known, %zu in another\n", count.pages,
           count.known, count.unknown);
    return count.unknown > 0;
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "--soup") == 0) return compare_more_soups(argv + 2);
    int different = 0;
    for (int i = 1; i < argc; i++) different += !compare_file(argv[i]);
    if (argc > 1) {
        printf("%d pages, %d differ in a way that is not known\n", argc - 1, different);
        return different > 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hard_pages_have_the_same_tree),
        cmocka_unit_test(pages_made_up_of_plain_elements_have_the_same_tree),
        cmocka_unit_test(soup_of_tags_has_the_tree_of_its_skeleton),
        cmocka_unit_test(stirred_pages_have_the_trees_of_their_skeletons),
    };
    return cmocka_run_group_tests_name("differential", tests, NULL, NULL);
}
