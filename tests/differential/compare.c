/* SPDX-License-Identifier: MIT
 * compare.c - walks both trees and lists the texts of each with the path of blocks that
 * leads to them. */
#include "compare.h"

#include "language/letters.h"
#include "segment/skeleton.h"

#include <gumbo.h>
#include <stdlib.h>
#include <string.h>

typedef struct Text {
    uint64_t path; /* hash of the elements it stands in */
    size_t at;     /* in the page, of what is no white space; SIZE_MAX: a sign without a row */
} Text;

typedef struct Walk {
    Str page;
    const Skeleton *skeleton; /* NULL: the page's own tree */
    Text *texts;
    size_t count, capacity;
} Walk;

static bool is_space(uint8_t byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r' && byte != '\v');
}

/* Behind white space, and references to it. */
static size_t skip_space(Str page, size_t at) {
    static const char reference[] = "&#32;";
    enum { SIZE = sizeof reference - 1 };
    for (;;) {
        if (at < page.len && is_space(page.at[at])) at++;
        else if (at + SIZE <= page.len && memcmp(page.at + at, reference, SIZE) == 0) at += SIZE;
        else return at;
    }
}

static void add(Walk *walk, uint64_t path, size_t at) {
    if (at != SIZE_MAX) at = skip_space(walk->page, at);
    if (walk->count == walk->capacity) {
        walk->capacity = walk->capacity ? walk->capacity * 2 : 256;
        walk->texts = realloc(walk->texts, walk->capacity * sizeof *walk->texts);
        if (!walk->texts) abort();
    }
    walk->texts[walk->count++] = (Text){path, at};
}

/* A text of the skeleton's tree is the signs of one run of text or more. */
static void add_signs(Walk *walk, uint64_t path, const char *text) {
    const uint8_t *at = (const uint8_t *)text, *end = at + strlen(text);
    while (at < end) {
        const Letter letter = letter_read(at, end);
        const size_t number = skeleton_text(letter.code);
        if (number < walk->skeleton->text_count)
            add(walk, path, walk->skeleton->texts[number].start);
        else if (letter.code >= 0x80) add(walk, path, SIZE_MAX);
        at += letter.size;
    }
}

static void add_text(Walk *walk, uint64_t path, const GumboText *text) {
    if (walk->skeleton) {
        add_signs(walk, path, text->text);
        return;
    }
    for (const char *at = text->text; *at; at++) {
        if (is_space((uint8_t)*at)) continue;
        add(walk, path, text->start_pos.offset);
        return;
    }
}

/* Whether what stands in an element counts. */
static bool counts(const GumboElement *element) {
    if (element->tag_namespace != GUMBO_NAMESPACE_HTML) return false;
    switch (element->tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
        return false;
    default:
        return true;
    }
}

/* Inline elements are in no path: skeletons do without them. */
static bool is_inline(const GumboElement *element) {
    const char *name = gumbo_normalized_tagname(element->tag);
    return tag_is_inline(tag_read((Str){(const uint8_t *)name, strlen(name)}, 0, strlen(name)));
}

/* Pages under test are shallow. */
static void walk_node(Walk *walk, const GumboNode *node, uint64_t path) {
    const GumboVector *children = NULL;
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) {
        add_text(walk, path, &node->v.text);
    } else if (node->type == GUMBO_NODE_DOCUMENT) {
        children = &node->v.document.children;
    } else if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
        if (!counts(&node->v.element)) return;
        if (!is_inline(&node->v.element)) path = path * 1000003 + (uint64_t)node->v.element.tag + 1;
        children = &node->v.element.children;
    }
    for (unsigned i = 0; children && i < children->length; i++)
        walk_node(walk, children->data[i], path);
}

static void *take(void *arena, size_t size) {
    void *memory = arena_take(arena, 1, size);
    if (!memory) abort();
    return memory;
}

static void give(void *arena, void *memory) {
    (void)arena;
    (void)memory;
}

/* gumbo does not give all of its memory back: it gets an arena. */
static void walk_tree(Walk *walk, Arena *arena, Str bytes) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = give;
    options.userdata = arena;
    options.max_errors = 0;
    walk_node(walk, gumbo_parse_with_options(&options, (const char *)bytes.at, bytes.len)->document,
              0);
}

/* Whether two texts are one. gumbo tells the place of an ignored tag for a text that follows it. */
static bool are_same(const Walk *whole, const Text *a, const Text *b) {
    const bool at_tag = a->at < whole->page.len && whole->page.at[a->at] == '<';
    return a->path == b->path && (a->at == b->at || at_tag);
}

/* A text of the page's tree may be several runs, where ignored tags stood between them. */
static bool are_equal(const Walk *whole, const Walk *bare, size_t *ret_at) {
    size_t a = 0;
    for (size_t b = 0; b < bare->count; b++) {
        const Text *text = &bare->texts[b];
        *ret_at = text->at;
        if (a < whole->count && are_same(whole, &whole->texts[a], text)) a++;
        else if (b == 0 || text->path != text[-1].path) return false;
    }
    if (a < whole->count) *ret_at = whole->texts[a].at;
    return a == whole->count;
}

bool compare_trees(const char *page, size_t size, size_t *ret_at) {
    Arena arena;
    Skeleton skeleton;
    const Str bytes = {(const uint8_t *)page, size};
    arena_init(&arena, allocator_default());
    if (skeleton_write(&skeleton, &arena, bytes, TAG_UNKNOWN, false)) abort();
    Walk whole = {.page = bytes}, bare = {.page = bytes, .skeleton = &skeleton};
    walk_tree(&whole, &arena, bytes);
    walk_tree(&bare, &arena, skeleton.bytes);
    const bool equal = are_equal(&whole, &bare, ret_at);
    free(whole.texts);
    free(bare.texts);
    arena_done(&arena);
    return equal;
}
