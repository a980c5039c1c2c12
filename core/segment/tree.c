/* SPDX-License-Identifier: MIT
 * tree.c - the only file that knows gumbo. It has gumbo parse the skeleton in memory that is
 * counted, and walks the tree it gets.
 *
 * gumbo does not survive a refused allocation, so its allocator jumps out of it, to the one setjmp
 * beside the call; all its memory is an arena that is given back as a whole. */
#include "segment/tree.h"

#include "language/letters.h"
#include "segment/attributes.h"

#include <gumbo.h>
#include <setjmp.h>
#include <string.h>

/* Memory for a tree: so many times the page, and at least so much. A page of 278,000 bytes, the
 * mean of 1,497 real ones, needs about one and a half times its size. */
enum { TREE_TIMES = 8, TREE_LEAST = 16 << 20 };

/* Elements deeper than this are taken for their ancestors: foreign content may nest deeper than
 * skeletons let HTML nest. */
enum { DEEPEST = 1024 };

/* So often that gumbo takes memory, it is asked whether to go on. */
enum { TAKES = 4096 };

typedef struct Budget {
    Arena arena;
    size_t left;
    const Interrupt *interrupt;
    uint32_t takes;       /* since it was asked */
    decant_status status; /* why it jumped out, if not for the budget's end */
    jmp_buf out;
} Budget;

/* An element that the walk is in. */
typedef struct Level {
    const GumboNode *node;
    uint32_t number;  /* of its element + 1; 0: none so far */
    uint32_t ordinal; /* of an item or a cell: which one it is in its list or row, from 1 */
    uint32_t parts;   /* so many of those stand in it */
} Level;

typedef struct Walk {
    Tree *tree;
    Arena *arena;
    Str page;
    const Skeleton *skeleton;
    size_t capacity; /* of the elements */
    size_t last_tag; /* where the search for a tag begins */
    uint32_t gap;
    uint32_t silent; /* elements around whose text is none of the page */
    Level levels[DEEPEST];
    size_t depth; /* levels in use */
    bool failed;
} Walk;

static void *take(void *user, size_t size) {
    Budget *budget = user;
    void *memory = NULL;
    if (++budget->takes % TAKES == 0 && is_interrupted(budget->interrupt))
        budget->status = DECANT_STOPPED;
    else if (size <= budget->left && !(memory = arena_take(&budget->arena, 1, size)))
        budget->status = DECANT_NO_MEMORY;
    if (!memory) longjmp(budget->out, 1);
    budget->left -= size;
    return memory;
}

static void give(void *user, void *memory) {
    (void)user;
    (void)memory;
}

/* NULL where memory ran out. */
static const GumboNode *parse(Budget *budget, Str bytes) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = give;
    options.userdata = budget;
    options.max_errors = 0;
    if (setjmp(budget->out)) return NULL;
    return gumbo_parse_with_options(&options, (const char *)bytes.at, bytes.len)->document;
}

/* ---- elements -------------------------------------------------------------------------------- */

/* The row of a start tag that stands at this place of the skeleton; NULL if there is none, as for
 * elements that the standard implies or clones. Elements come nearly in the order of their tags. */
static const SkeletonTag *find_tag(Walk *walk, const GumboElement *element) {
    const SkeletonTag *tags = walk->skeleton->tags;
    const size_t at = element->start_pos.offset, count = walk->skeleton->tag_count;
    if (!element->original_tag.length || !count) return NULL;
    size_t low = 0, high = count;
    if (tags[walk->last_tag].at <= at) {
        low = walk->last_tag;
        high = low + 64 < count && tags[low + 64].at > at ? low + 64 : count;
    }
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (tags[middle].at < at) low = middle + 1;
        else high = middle;
    }
    if (low == count || tags[low].at != at) return NULL;
    walk->last_tag = low;
    return &tags[low];
}

static Element *add_element(Walk *walk) {
    Tree *tree = walk->tree;
    if (tree->element_count == walk->capacity) {
        const size_t capacity = walk->capacity ? walk->capacity * 2 : 256;
        Element *grown =
            arena_grow(walk->arena, tree->elements, tree->element_count, capacity, sizeof *grown);
        if (!grown) walk->failed = true;
        if (!grown) return NULL;
        tree->elements = grown;
        walk->capacity = capacity;
    }
    Element *element = &tree->elements[tree->element_count++];
    *element = (Element){.name = WORD_HASH_START};
    return element;
}

static Tag tag_of(const GumboElement *element, const SkeletonTag *tag) {
    if (tag) return (Tag)tag->tag;
    const char *name = gumbo_normalized_tagname(element->tag);
    return tag_read((Str){(const uint8_t *)name, strlen(name)}, 0, strlen(name));
}

/* Places an element of a tree below its parent. */
static void settle(Tree *tree, Element *element, uint32_t parent, uint32_t ordinal) {
    const Element *above = &tree->elements[parent];
    if (element == above) return; /* the root */
    element->parent = parent;
    element->depth = (uint8_t)(above->depth < UINT8_MAX ? above->depth + 1 : UINT8_MAX);
    const uint32_t grand = tree->elements[above->parent].name;
    element->look = element->name ^ above->name * 31 ^ grand * 1009;
    if (ordinal) element->ordinal = ordinal + (above->tag == TAG_OL ? above->ordinal : 0);
}

/* Makes elements of the open levels that are none so far; the innermost one's number. */
static uint32_t open_levels(Walk *walk) {
    const size_t depth = walk->depth < DEEPEST ? walk->depth : DEEPEST;
    size_t first = depth;
    while (first && !walk->levels[first - 1].number) first--;
    for (size_t i = first; i < depth && !walk->failed; i++) {
        Element *element = add_element(walk);
        if (!element) return 0;
        const GumboNode *node = walk->levels[i].node;
        const SkeletonTag *tag = find_tag(walk, &node->v.element);
        element->tag = (uint8_t)tag_of(&node->v.element, tag);
        if (tag)
            walk->failed |=
                !attributes_read(element, walk->arena, walk->page, skeleton_attributes(tag));
        if (node->type == GUMBO_NODE_TEMPLATE) element->hidden |= HIDDEN_TEMPLATE;
        settle(walk->tree, element, i ? walk->levels[i - 1].number - 1 : 0,
               walk->levels[i].ordinal);
        walk->levels[i].number = (uint32_t)walk->tree->element_count;
    }
    return depth ? walk->levels[depth - 1].number - 1 : 0;
}

/* ---- the walk -------------------------------------------------------------------------------- */

static void place_texts(Walk *walk, const char *signs) {
    const uint8_t *at = (const uint8_t *)signs, *end = at + strlen(signs);
    while (at < end) {
        const Letter letter = letter_read(at, end);
        const size_t text = skeleton_text(letter.code);
        at += letter.size;
        if (text >= walk->skeleton->text_count) continue;
        const uint32_t element = open_levels(walk);
        if (walk->failed) return;
        walk->tree->places[text] = (Place){element, walk->silent ? 0 : walk->gap};
    }
}

static const GumboVector *children_of(const GumboNode *node) {
    switch (node->type) {
    case GUMBO_NODE_DOCUMENT:
        return &node->v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        return &node->v.element.children;
    default:
        return NULL;
    }
}

static bool is_element(const GumboNode *node) {
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

/* The text of a title is what the page is called, not what it shows. */
static bool is_silent(const GumboNode *node) {
    return is_element(node) && node->v.element.tag == GUMBO_TAG_TITLE;
}

/* The only br in a skeleton is the one that stands for any inline element. */
static bool parts_texts(const GumboNode *node) {
    return node->v.element.tag != GUMBO_TAG_BR;
}

/* Items and cells are counted, those without text too. */
static bool is_counted(const GumboNode *node) {
    const GumboTag tag = node->v.element.tag;
    return tag == GUMBO_TAG_LI || tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
}

static void enter(Walk *walk, const GumboNode *node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA)
        place_texts(walk, node->v.text.text);
    if (!is_element(node)) return;
    walk->gap += parts_texts(node);
    walk->silent += is_silent(node);
    if (walk->depth < DEEPEST) {
        Level *level = &walk->levels[walk->depth];
        *level = (Level){.node = node};
        if (walk->depth && is_counted(node)) level->ordinal = ++level[-1].parts;
    }
    walk->depth++;
}

static void leave(Walk *walk, const GumboNode *node) {
    if (!is_element(node)) return;
    walk->gap += parts_texts(node);
    walk->silent -= is_silent(node);
    walk->depth--;
    const uint32_t number = walk->depth < DEEPEST ? walk->levels[walk->depth].number : 0;
    if (number) walk->tree->elements[number - 1].end = (uint32_t)walk->tree->element_count;
}

/* Goes through the tree by the way it is linked, without recursion. */
static void walk_tree(Walk *walk, const GumboNode *root) {
    const GumboNode *node = root;
    enter(walk, node);
    while (!walk->failed) {
        const GumboVector *children = children_of(node);
        if (children && children->length) {
            node = children->data[0];
            enter(walk, node);
            continue;
        }
        for (;;) {
            leave(walk, node);
            if (node == root) return;
            const GumboVector *siblings = children_of(node->parent);
            const size_t next = node->index_within_parent + 1;
            if (next < siblings->length) {
                node = siblings->data[next];
                enter(walk, node);
                break;
            }
            node = node->parent;
        }
    }
}

/* Whether a text of the skeleton is that of a title. */
static bool stands_in_title(const Skeleton *skeleton, size_t text) {
    static const char title[] = "<title>";
    const size_t at = skeleton->texts[text].at, size = sizeof title - 1;
    return at >= size && memcmp(skeleton->bytes.at + at - size, title, size) == 0;
}

/* Without a tree: texts between which the skeleton has no tag stand in one place. */
static void place_flat(Walk *walk) {
    const Skeleton *skeleton = walk->skeleton;
    walk->tree->is_flat = true;
    walk->tree->element_count = 0;
    Element *root = add_element(walk);
    if (!root) return;
    root->end = 1;
    uint32_t gap = 0;
    for (size_t i = 0; i < skeleton->text_count; i++) {
        const uint32_t at = skeleton->texts[i].at;
        const size_t between = i ? at - skeleton->texts[i - 1].at : 0;
        if (i == 0 || memchr(skeleton->bytes.at + skeleton->texts[i - 1].at, '<', between)) gap++;
        walk->tree->places[i] = (Place){0, stands_in_title(skeleton, i) ? 0 : gap};
    }
}

decant_status tree_build(Tree *ret, Arena *arena, Str page, const Skeleton *skeleton,
                         const Interrupt *interrupt) {
    *ret = (Tree){.places = arena_array(arena, skeleton->text_count, sizeof *ret->places)};
    Walk *walk = arena_alloc(arena, sizeof *walk);
    if (!ret->places || !walk) return DECANT_NO_MEMORY;
    walk->tree = ret;
    walk->arena = arena;
    walk->page = page;
    walk->skeleton = skeleton;
    Budget budget = {.left = page.len * TREE_TIMES + TREE_LEAST, .interrupt = interrupt};
    arena_init(&budget.arena, arena->allocator);
    const GumboNode *document = parse(&budget, skeleton->bytes);
    if (document) walk_tree(walk, document);
    else if (!budget.status) place_flat(walk);
    if (document && !ret->element_count && add_element(walk)) ret->elements[0].end = 1;
    arena_done(&budget.arena);
    return walk->failed ? DECANT_NO_MEMORY : budget.status;
}
