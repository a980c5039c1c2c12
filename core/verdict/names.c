/* SPDX-License-Identifier: MIT
 * names.c - adds up where names lean, of each block in four rings: its own element and the inline
 * ones around it; the two elements around that; all further out; and the page's two outermost,
 * which tell what sort of page it is. The rings further out grow and shrink by an element as the
 * walk goes down and up the tree, so that it costs the same however deep a block stands. */
#include "verdict/names.h"

#include "verdict/lean.h"
#include "verdict/odds.h"

enum {
    NEAR = 2,      /* elements above a block's own that are near */
    OUTERMOST = 2, /* so many are the page's outermost, counted from the root */
    DEEPEST = 255  /* elements deeper than that are in no ring but blocks' own */
};

_Static_assert(DEEPEST <= UINT8_MAX, "a name is met once an element at most");

/* Names that the lexicon has, each as often as it was added. */
typedef struct Ring {
    uint8_t *times; /* of each entry of the lexicon */
    int32_t sum;
    int count;
} Ring;

/* The names of an element that the lexicon has: entries of it, each once. */
typedef struct Known {
    uint32_t *entries;
    uint32_t count;
} Known;

typedef struct Walk {
    const Page *page;
    const Lexicon *lexicon;
    Known *known;      /* of each element */
    uint32_t *entries; /* theirs */
    uint32_t *path;    /* elements from the root down */
    size_t depth;      /* of the path */
    Ring rings[PAGE_NAMES_RINGS];
    int32_t (*leans)[PAGE_NAMES_RINGS]; /* of each element, of the rings around its own */
} Walk;

/* ---- rings ----------------------------------------------------------------------------------- */

static bool has(const Known *known, uint32_t entry) {
    for (uint32_t i = 0; i < known->count; i++)
        if (known->entries[i] == entry) return true;
    return false;
}

/* Writes the entries from `entries` on: there is room for all names. */
static Known look_up(const Lexicon *lexicon, const Naming *naming, uint32_t *entries) {
    Known known = {.entries = entries};
    for (uint32_t i = 0; i < naming->count; i++) {
        const uint32_t entry = lexicon_entry(lexicon, naming->names[i]);
        if (entry != LEXICON_NO_ENTRY && !has(&known, entry)) entries[known.count++] = entry;
    }
    return known;
}

static void grow(Walk *walk, int use, const Known *known) {
    Ring *ring = &walk->rings[use];
    for (uint32_t i = 0; i < known->count; i++) {
        if (ring->times[known->entries[i]]++) continue;
        ring->count++;
        ring->sum += lexicon_lean(walk->lexicon, known->entries[i], (LexiconUse)use);
    }
}

static void shrink(Walk *walk, int use, const Known *known) {
    Ring *ring = &walk->rings[use];
    for (uint32_t i = 0; i < known->count; i++) {
        if (--ring->times[known->entries[i]]) continue;
        ring->count--;
        ring->sum -= lexicon_lean(walk->lexicon, known->entries[i], (LexiconUse)use);
    }
}

static int32_t lean_of_ring(const Walk *walk, int use) {
    return lean_of(walk->rings[use].sum, walk->rings[use].count);
}

/* ---- the walk -------------------------------------------------------------------------------- */

/* The element so many levels above what comes next on the path; NULL for one of the outermost, and
 * for one too deep. */
static const Known *above(const Walk *walk, size_t levels) {
    if (walk->depth < levels + OUTERMOST || walk->depth - levels >= DEEPEST) return NULL;
    return &walk->known[walk->path[walk->depth - levels]];
}

static void measure_around(Walk *walk, uint32_t element) {
    int32_t *leans = walk->leans[element];
    for (size_t levels = 1; levels <= NEAR && above(walk, levels); levels++)
        grow(walk, PAGE_NAMES_NEAR, above(walk, levels));
    for (int use = 0; use < PAGE_NAMES_RINGS; use++) leans[use] = lean_of_ring(walk, use);
    for (size_t levels = 1; levels <= NEAR && above(walk, levels); levels++)
        shrink(walk, PAGE_NAMES_NEAR, above(walk, levels));
}

static void enter(Walk *walk, uint32_t element) {
    const Known *far = above(walk, NEAR + 1);
    if (far) grow(walk, PAGE_NAMES_FAR, far);
    measure_around(walk, element);
    if (walk->depth < OUTERMOST) grow(walk, PAGE_NAMES_ROOT, &walk->known[element]);
    walk->path[walk->depth++] = element;
}

static void leave(Walk *walk) {
    const uint32_t element = walk->path[--walk->depth];
    const Known *far = above(walk, NEAR + 1);
    if (walk->depth < OUTERMOST) shrink(walk, PAGE_NAMES_ROOT, &walk->known[element]);
    if (far) shrink(walk, PAGE_NAMES_FAR, far);
}

static void walk_elements(Walk *walk) {
    uint32_t *entries = walk->entries;
    for (uint32_t i = 0; i < walk->page->element_count; i++) {
        const Element *element = &walk->page->elements[i];
        walk->known[i] = look_up(walk->lexicon, &element->naming, entries);
        entries += walk->known[i].count;
        while (walk->depth && walk->path[walk->depth - 1] != element->parent) leave(walk);
        enter(walk, i);
    }
}

typedef void Change(Walk *walk, int use, const Known *known);

/* Changes the own ring by the names of a block's element and of the inline ones around it. */
static void change_own(Walk *walk, const Markup *markup, Change *change) {
    uint32_t entries[NAMES_MOST];
    change(walk, PAGE_NAMES_OWN, &walk->known[markup->element]);
    for (const InlineElement *at = markup->around; at; at = at->outer) {
        const Known known = look_up(walk->lexicon, &at->naming, entries);
        change(walk, PAGE_NAMES_OWN, &known);
    }
}

static int32_t measure_own(Walk *walk, const Markup *markup) {
    change_own(walk, markup, grow);
    const int32_t lean = lean_of_ring(walk, PAGE_NAMES_OWN);
    change_own(walk, markup, shrink);
    return lean;
}

static decant_status open_walk(Walk *walk, Arena *arena) {
    const size_t count = walk->page->element_count, entries = lexicon_size(walk->lexicon);
    size_t names = 0;
    for (size_t i = 0; i < count; i++) names += walk->page->elements[i].naming.count;
    walk->known = arena_take(arena, count, sizeof *walk->known);
    walk->entries = arena_take(arena, names, sizeof *walk->entries);
    walk->path = arena_take(arena, count, sizeof *walk->path);
    walk->leans = arena_take(arena, count, sizeof *walk->leans);
    bool refused = !walk->known || !walk->entries || !walk->path || !walk->leans;
    for (int use = 0; use < PAGE_NAMES_RINGS; use++) {
        walk->rings[use].times = arena_array(arena, entries, sizeof *walk->rings[use].times);
        refused |= !walk->rings[use].times;
    }
    return refused ? DECANT_NO_MEMORY : DECANT_OK;
}

NamesRow *names_measure(const Document *document, const Lexicon *lexicon) {
    Arena *arena = document->arena;
    NamesRow *rows = arena_take(arena, document->block_count, sizeof *rows);
    const ArenaMark mark = arena_mark(arena);
    Walk walk = {.page = document->page, .lexicon = lexicon};
    if (!rows || open_walk(&walk, arena)) return NULL;
    walk_elements(&walk);
    for (size_t i = 0; i < document->block_count; i++) {
        const Markup *markup = &document->page->markup[i];
        const int32_t *leans = walk.leans[markup->element];
        int32_t all = lexicon->lean;
        for (int use = 0; use < PAGE_NAMES_RINGS; use++) {
            const int32_t lean = use == PAGE_NAMES_OWN ? measure_own(&walk, markup) : leans[use];
            rows[i][use] = odds_feature(lean);
            all += lean;
        }
        rows[i][PAGE_NAMES_ALL] = odds_feature(all);
    }
    arena_rewind(arena, mark);
    return rows;
}
