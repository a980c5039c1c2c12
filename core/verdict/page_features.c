/* SPDX-License-Identifier: MIT
 * page_features.c - computes the rows. What a row needs of its surroundings comes from sums made
 * once, so a row costs the same wherever it stands. */
#include "verdict/page_features.h"

#include "document/stretch.h"
#include "verdict/features.h"
#include "verdict/lean.h"
#include "verdict/names.h"
#include "verdict/odds.h"

#include <string.h>

enum {
    SHORT_WORDS = 5,
    NOISY = 300,  /* permille of a block that rules matched */
    SURE = -1024, /* a score below is sure text */
    FAR_AWAY = 999,
    REACH = 4 /* PAGE_OFFSETS reach so far on both sides */
};
_Static_assert((int)PAGE_OFFSET_COUNT == 2 * REACH, "neighbours on both sides");

/* Sums over all blocks before an index. */
typedef struct Sums {
    uint32_t words, prose_words, prose, noisy, points, link_points;
} Sums;

/* Of what a pass said, sums over blocks: scores and counts weigh by words + 1. */
typedef struct Said {
    int64_t score;
    uint32_t weight, foreign; /* foreign: weight of what looks so */
} Said;

struct PageFeatures {
    const Document *document;
    Sums *sums; /* block_count + 1 */
    /* of each block, with REACH rows of nothing at both ends */
    int16_t (*neighbours)[PAGE_NEIGHBOUR_COUNT];
    int16_t (*near)[PAGE_COLUMN_WHOLE - PAGE_COLUMN_NEAR];
    uint32_t *heading_of; /* of each block: the heading above + 1 */
    uint32_t *alike_of;   /* of each block: the number of its look */
    size_t looks;
    int16_t whole[PAGE_WHOLE_COUNT];
    /* what the last pass said; NULL before there was one */
    int16_t *scores;                  /* of each block, with nothing at both ends */
    Said *before;                     /* block_count + 1 */
    Said *elements;                   /* of each element, what stands below with it */
    Said *alike;                      /* of each look */
    int16_t (*pass)[PAGE_PASS_COUNT]; /* of each block */
};

/* ---- neighbours and what stands near --------------------------------------------------------- */

static void fill_neighbours(PageFeatures *features) {
    const Document *document = features->document;
    int16_t(*rows)[PAGE_NEIGHBOUR_COUNT] = features->neighbours;
    for (size_t i = 0; i < document->block_count + 2 * REACH; i++) {
        if (i < REACH || i >= document->block_count + REACH) {
            for (int m = 0; m < PAGE_NEIGHBOUR_COUNT; m++) rows[i][m] = COLUMNS_MISSING;
            continue;
        }
        const Block *block = &document->blocks[i - REACH];
        const int16_t *evidence = block->evidence;
        rows[i][PAGE_NEIGHBOUR_WORDS] = evidence[EVIDENCE_WORDS];
        rows[i][PAGE_NEIGHBOUR_ENDING] = evidence[EVIDENCE_ENDING];
        rows[i][PAGE_NEIGHBOUR_LINK_SHARE] = evidence[EVIDENCE_LINK_SHARE];
        rows[i][PAGE_NEIGHBOUR_LEVEL] = evidence[EVIDENCE_LEVEL];
        rows[i][PAGE_NEIGHBOUR_STOP_SHARE] = evidence[EVIDENCE_STOP_SHARE];
        rows[i][PAGE_NEIGHBOUR_NOISE] = noise_of(evidence);
        rows[i][PAGE_NEIGHBOUR_META] = meta_of(evidence);
        rows[i][PAGE_NEIGHBOUR_CANDIDATE] = evidence[EVIDENCE_CANDIDATE_SHARE];
        rows[i][PAGE_NEIGHBOUR_KIN] = 0;
    }
}

static void fill_sums(PageFeatures *features) {
    const Document *document = features->document;
    features->sums[0] = (Sums){0};
    for (size_t i = 0; i < document->block_count; i++) {
        const Block *block = &document->blocks[i];
        Sums sums = features->sums[i];
        sums.words += block->shape.words;
        sums.points += block->shape.points;
        sums.link_points += block_link_points(block);
        sums.noisy += features->neighbours[i + REACH][PAGE_NEIGHBOUR_NOISE] >= NOISY;
        if (block_is_prose(block)) sums.prose_words += block->shape.words, sums.prose++;
        features->sums[i + 1] = sums;
    }
}

static void tell_near(const PageFeatures *features, size_t block, size_t reach, int16_t *ret) {
    const size_t count = features->document->block_count;
    const size_t from = block > reach ? block - reach : 0;
    const size_t end = block + reach + 1 < count ? block + reach + 1 : count;
    const Sums *a = &features->sums[from], *b = &features->sums[end];
    ret[PAGE_NEAR_WORDS] = clamp16((b->words - a->words) / (uint32_t)(end - from));
    ret[PAGE_NEAR_LINK_SHARE] =
        clamp16(permille(b->link_points - a->link_points, b->points - a->points));
    ret[PAGE_NEAR_PROSE_SHARE] =
        clamp16(permille(b->prose_words - a->prose_words, b->words - a->words));
    ret[PAGE_NEAR_NOISY] = clamp16(b->noisy - a->noisy);
}

static void fill_near(PageFeatures *features) {
    static const uint8_t reaches[] = {
#define X(reach, name) reach,
        PAGE_REACHES(X)
#undef X
    };
    enum { FLOW = PAGE_REACH_COUNT * PAGE_NEAR_COUNT };
    const Document *document = features->document;
    const size_t count = document->block_count;
    const Sums *all = &features->sums[count];
    int16_t away = FAR_AWAY;
    for (size_t i = 0; i < count; i++) {
        int16_t *row = features->near[i];
        for (size_t r = 0; r < sizeof reaches; r++)
            tell_near(features, i, reaches[r], row + r * PAGE_NEAR_COUNT);
        row[FLOW + PAGE_FLOW_SINCE_PROSE] = away;
        row[FLOW + PAGE_FLOW_PROSE_BEFORE] =
            clamp16(permille(features->sums[i].prose_words, all->prose_words));
        row[FLOW + PAGE_FLOW_LINKS_BEFORE] =
            clamp16(permille(features->sums[i].link_points, all->link_points));
        away = block_is_prose(&document->blocks[i]) ? 1 : (int16_t)min_int(away + 1, FAR_AWAY);
    }
    away = FAR_AWAY;
    for (size_t i = count; i-- > 0;) {
        features->near[i][FLOW + PAGE_FLOW_UNTIL_PROSE] = away;
        away = block_is_prose(&document->blocks[i]) ? 1 : (int16_t)min_int(away + 1, FAR_AWAY);
    }
}

static void fill_headings(PageFeatures *features) {
    const Document *document = features->document;
    uint32_t heading = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        features->heading_of[i] = heading;
        if (document->blocks[i].evidence[EVIDENCE_LEVEL]) heading = (uint32_t)i + 1;
    }
}

/* Numbers the looks of blocks, in the order they are met. */
static decant_status number_looks(PageFeatures *features) {
    const Document *document = features->document;
    struct Slot {
        uint32_t look, number;
    } * slots;
    size_t size = 16;
    while (size < document->block_count * 2) size *= 2;
    const ArenaMark mark = arena_mark(document->arena);
    slots = arena_array(document->arena, size, sizeof *slots);
    if (!slots) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++) {
        const uint32_t look = document->page->elements[document->page->markup[i].element].look;
        size_t slot = look * 0x9E3779B1u & (size - 1);
        while (slots[slot].number && slots[slot].look != look) slot = (slot + 1) & (size - 1);
        if (!slots[slot].number) slots[slot] = (struct Slot){look, (uint32_t)++features->looks};
        features->alike_of[i] = slots[slot].number - 1;
    }
    arena_rewind(document->arena, mark);
    return DECANT_OK;
}

/* ---- sums of scores -------------------------------------------------------------------------- */

static void add_said(Said *sum, const Said *more) {
    sum->score += more->score;
    sum->weight += more->weight;
    sum->foreign += more->foreign;
}

static int16_t mean_of(const Said *said) {
    return said->weight ? odds_feature(said->score / said->weight) : 0;
}

static Said said_of(const Document *document, const int32_t *scores, size_t block) {
    const uint32_t weight = document->blocks[block].shape.words + 1u;
    return (Said){(int64_t)scores[block] * weight, weight, scores[block] > 0 ? weight : 0};
}

/* What is said of the blocks in each element and below. */
static void sum_elements(const Document *document, const int32_t *scores, Said *ret) {
    const Page *page = document->page;
    memset(ret, 0, page->element_count * sizeof *ret);
    for (size_t i = 0; i < document->block_count; i++) {
        const Said own = said_of(document, scores, i);
        add_said(&ret[page->markup[i].element], &own);
    }
    for (size_t i = page->element_count; i-- > 1;)
        add_said(&ret[page->elements[i].parent], &ret[i]);
}

/* ---- where words lean ------------------------------------------------------------------------ */

/* Of each element the nearest around it that holds more than it does. */
static void find_wider(const Page *page, const Said *elements, uint32_t *ret) {
    ret[0] = 0;
    for (size_t i = 1; i < page->element_count; i++) {
        const uint32_t parent = page->elements[i].parent;
        ret[i] = elements[parent].weight > elements[i].weight ? parent : ret[parent];
    }
}

static decant_status fill_leans(PageFeatures *features, const Lexicon *lexicon) {
    const Document *document = features->document;
    const Page *page = document->page;
    const ArenaMark mark = arena_mark(document->arena);
    int32_t *leans = arena_take(document->arena, document->block_count, sizeof *leans);
    Said *elements = arena_take(document->arena, page->element_count, sizeof *elements);
    uint32_t *wider = arena_take(document->arena, page->element_count, sizeof *wider);
    if (!leans || !elements || !wider) return DECANT_NO_MEMORY;
    lean_blocks(document, lexicon, leans);
    sum_elements(document, leans, elements);
    find_wider(page, elements, wider);
    for (size_t i = 0; i < document->block_count; i++) {
        int16_t *row = features->near[i] + (PAGE_COLUMN_LEANS - PAGE_COLUMN_NEAR);
        uint32_t element = page->markup[i].element;
        row[PAGE_LEAN_BLOCK] = odds_feature(leans[i]);
        for (int ring = PAGE_LEAN_OWN; ring < PAGE_LEAN_COUNT; ring++) {
            row[ring] = mean_of(&elements[element]);
            element = wider[element];
        }
    }
    arena_rewind(document->arena, mark);
    return DECANT_OK;
}

static decant_status fill_names(PageFeatures *features, const Lexicon *lexicon) {
    const Document *document = features->document;
    const ArenaMark mark = arena_mark(document->arena);
    NamesRow *rows = names_measure(document, lexicon);
    if (!rows) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++)
        memcpy(features->near[i] + (PAGE_COLUMN_NAMES - PAGE_COLUMN_NEAR), rows[i], sizeof rows[i]);
    arena_rewind(document->arena, mark);
    return DECANT_OK;
}

/* ---- the page as a whole --------------------------------------------------------------------- */

/* Permille of the page's words whose block has this evidence. */
static int16_t share_with(const Document *document, Evidence evidence) {
    uint64_t words = 0;
    for (size_t i = 0; i < document->block_count; i++)
        if (document->blocks[i].evidence[evidence]) words += document->blocks[i].shape.words;
    return clamp16(permille(words, document->word_count));
}

static void tell_shares(const Document *document, int16_t *whole) {
    static const struct {
        uint16_t column, evidence;
    } shares[] = {{PAGE_WHOLE_IN_ARTICLE, EVIDENCE_REGION_ARTICLE},
                  {PAGE_WHOLE_IN_MAIN, EVIDENCE_REGION_MAIN},
                  {PAGE_WHOLE_IN_NAV, EVIDENCE_REGION_NAV},
                  {PAGE_WHOLE_IN_FOOTER, EVIDENCE_REGION_FOOTER},
                  {PAGE_WHOLE_IN_TABLE, EVIDENCE_REGION_TABLE},
                  {PAGE_WHOLE_IN_ITEM, EVIDENCE_REGION_ITEM},
                  {PAGE_WHOLE_IN_PARAGRAPH, EVIDENCE_REGION_PARAGRAPH},
                  {PAGE_WHOLE_IN_VERBATIM, EVIDENCE_REGION_VERBATIM},
                  {PAGE_WHOLE_AS_COMMENT, EVIDENCE_ROLE_COMMENT},
                  {PAGE_WHOLE_AS_THREAD, EVIDENCE_ROLE_THREAD},
                  {PAGE_WHOLE_AS_PRODUCT, EVIDENCE_ROLE_PRODUCT},
                  {PAGE_WHOLE_AS_POST, EVIDENCE_ROLE_POST},
                  {PAGE_WHOLE_AS_CARD, EVIDENCE_ROLE_CARD},
                  {PAGE_WHOLE_AS_ARTICLE, EVIDENCE_ROLE_ARTICLE},
                  {PAGE_WHOLE_AS_RELATED, EVIDENCE_ROLE_RELATED},
                  {PAGE_WHOLE_AS_SECTION, EVIDENCE_ROLE_SECTION},
                  {PAGE_WHOLE_AS_ACCOUNT, EVIDENCE_ROLE_ACCOUNT},
                  {PAGE_WHOLE_AS_SHOP, EVIDENCE_ROLE_SHOP},
                  {PAGE_WHOLE_HIDDEN, EVIDENCE_HIDDEN}};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        whole[shares[i].column] = share_with(document, (Evidence)shares[i].evidence);
}

static void tell_types(const Document *document, int16_t *whole) {
    const Metadata *metadata = document->page->metadata;
    const uint32_t types = metadata ? metadata->types : 0;
    whole[PAGE_WHOLE_TYPES] = clamp16(types);
    whole[PAGE_WHOLE_IS_ARTICLE] = (types & PAGE_ARTICLE) != 0;
    whole[PAGE_WHOLE_IS_PRODUCT] = (types & PAGE_PRODUCT) != 0;
    whole[PAGE_WHOLE_IS_FORUM] = (types & PAGE_FORUM) != 0;
    whole[PAGE_WHOLE_IS_LISTING] = (types & PAGE_LISTING) != 0;
}

static void fill_whole(PageFeatures *features) {
    const Document *document = features->document;
    const Sums *all = &features->sums[document->block_count];
    int16_t *whole = features->whole;
    uint64_t brief = 0, stops = 0, headings = 0, candidate = 0;
    uint32_t largest = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        const Block *block = &document->blocks[i];
        brief += block->shape.words <= SHORT_WORDS;
        stops += block->shape.stop_words;
        headings += block->evidence[EVIDENCE_LEVEL] > 0;
        if (block->evidence[EVIDENCE_CANDIDATE_AWAY] == 0) candidate += block->shape.words;
        if (block->shape.words > largest) largest = block->shape.words;
    }
    whole[PAGE_WHOLE_BLOCKS] = clamp16((int64_t)document->block_count);
    whole[PAGE_WHOLE_WORDS] = clamp16(document->word_count);
    whole[PAGE_WHOLE_LINK_SHARE] = clamp16(permille(all->link_points, all->points));
    whole[PAGE_WHOLE_PROSE_SHARE] = clamp16(permille(all->prose_words, all->words));
    whole[PAGE_WHOLE_PROSE_BLOCKS] = clamp16(all->prose);
    whole[PAGE_WHOLE_SHORT_SHARE] = clamp16(permille(brief, document->block_count));
    whole[PAGE_WHOLE_STOP_SHARE] = clamp16(permille(stops, document->word_count));
    whole[PAGE_WHOLE_NOISY_SHARE] = clamp16(permille(all->noisy, document->block_count));
    whole[PAGE_WHOLE_HEADINGS] = clamp16((int64_t)headings);
    whole[PAGE_WHOLE_LARGEST] = clamp16(largest);
    whole[PAGE_WHOLE_SCRIPT] = document->script;
    whole[PAGE_WHOLE_CANDIDATE] = clamp16(permille(candidate, document->word_count));
    tell_types(document, whole);
    tell_shares(document, whole);
}

PageFeatures *page_features_open(const Document *document, const Lexicon *words,
                                 const Lexicon *names) {
    Arena *arena = document->arena;
    const size_t count = document->block_count;
    PageFeatures *features = arena_alloc(arena, sizeof *features);
    if (!features) return NULL;
    features->document = document;
    features->sums = arena_take(arena, count + 1, sizeof *features->sums);
    features->neighbours = arena_take(arena, count + 2 * REACH, sizeof *features->neighbours);
    features->near = arena_take(arena, count, sizeof *features->near);
    features->heading_of = arena_take(arena, count, sizeof *features->heading_of);
    features->alike_of = arena_take(arena, count, sizeof *features->alike_of);
    if (!features->sums || !features->neighbours || !features->near || !features->heading_of ||
        !features->alike_of)
        return NULL;
    fill_neighbours(features);
    fill_sums(features);
    fill_near(features);
    fill_headings(features);
    fill_whole(features);
    if (number_looks(features) || fill_leans(features, words) || fill_names(features, names))
        return NULL;
    return features;
}

/* ---- what a pass said ------------------------------------------------------------------------ */

static Said between(const PageFeatures *features, size_t from, size_t end) {
    const Said *a = &features->before[from], *b = &features->before[end];
    return (Said){b->score - a->score, b->weight - a->weight, b->foreign - a->foreign};
}

static bool open_pass(PageFeatures *features) {
    const Document *document = features->document;
    Arena *arena = document->arena;
    const size_t count = document->block_count;
    features->scores = arena_take(arena, count + 2 * PAGE_SCORES_REACH, sizeof *features->scores);
    features->before = arena_take(arena, count + 1, sizeof *features->before);
    features->elements =
        arena_take(arena, document->page->element_count, sizeof *features->elements);
    features->alike = arena_take(arena, features->looks, sizeof *features->alike);
    features->pass = arena_take(arena, count, sizeof *features->pass);
    return features->scores && features->before && features->elements && features->alike &&
           features->pass;
}

static void sum_pass(PageFeatures *features, const int32_t *scores) {
    const Document *document = features->document;
    memset(features->alike, 0, features->looks * sizeof *features->alike);
    features->before[0] = (Said){0};
    for (size_t i = 0; i < document->block_count; i++) {
        const Said own = said_of(document, scores, i);
        add_said(&features->alike[features->alike_of[i]], &own);
        features->before[i + 1] = features->before[i];
        add_said(&features->before[i + 1], &own);
    }
    sum_elements(document, scores, features->elements);
}

static void tell_containers(const PageFeatures *features, size_t block, int16_t *row) {
    const Page *page = features->document->page;
    uint32_t element = page->markup[block].element;
    row[PAGE_PASS_OWN] = mean_of(&features->elements[element]);
    for (int up = 1; up <= 5; up++) {
        element = page->elements[element].parent;
        if (up <= 3) row[PAGE_PASS_AROUND1 + up - 1] = mean_of(&features->elements[element]);
    }
    const Said *wide = &features->elements[element];
    row[PAGE_PASS_AROUND5] = mean_of(wide);
    row[PAGE_PASS_AROUND5_SHARE] = clamp16(permille(wide->foreign, wide->weight));
}

/* Where the text below a heading ends: at the next of its level or higher. */
static size_t end_below(const Document *document, size_t heading) {
    enum { FARTHEST = 40 };
    const int16_t level = document->blocks[heading].evidence[EVIDENCE_LEVEL];
    size_t end = heading + 1;
    for (; end < document->block_count && end <= heading + FARTHEST; end++) {
        const int16_t other = document->blocks[end].evidence[EVIDENCE_LEVEL];
        if (other && other <= level) break;
    }
    return end;
}

static int16_t mean_near(const PageFeatures *features, size_t block, size_t reach) {
    const size_t count = features->document->block_count;
    const Said near = between(features, block > reach ? block - reach : 0,
                              block + reach + 1 < count ? block + reach + 1 : count);
    return mean_of(&near);
}

static void tell_block(const PageFeatures *features, const int32_t *scores, size_t block) {
    const Document *document = features->document;
    int16_t *row = features->pass[block];
    row[PAGE_PASS_NEAR3] = mean_near(features, block, 3);
    row[PAGE_PASS_NEAR10] = mean_near(features, block, 10);
    row[PAGE_PASS_NEAR30] = mean_near(features, block, 30);
    tell_containers(features, block, row);
    row[PAGE_PASS_ALIKE] = mean_of(&features->alike[features->alike_of[block]]);
    const Said before = between(features, 0, block);
    const Said after = between(features, block + 1, document->block_count);
    row[PAGE_PASS_ALL_BEFORE] = mean_of(&before);
    row[PAGE_PASS_ALL_AFTER] = mean_of(&after);
    const uint32_t heading = features->heading_of[block];
    row[PAGE_PASS_HEADING] = heading ? odds_feature(scores[heading - 1]) : INT16_MIN;
    row[PAGE_PASS_BELOW] = INT16_MIN;
    if (!document->blocks[block].evidence[EVIDENCE_LEVEL]) return;
    const Said below = between(features, block + 1, end_below(document, block));
    row[PAGE_PASS_BELOW] = mean_of(&below);
}

/* How far the sure text is, and how much of it there is. */
static void tell_kept(const PageFeatures *features, const int32_t *scores) {
    const Document *document = features->document;
    const size_t count = document->block_count;
    int16_t away = FAR_AWAY;
    uint64_t kept = 0, all = 0;
    int32_t least = INT16_MAX;
    for (size_t i = 0; i < count; i++) {
        if (scores[i] < SURE) all += document->blocks[i].shape.words;
        least = min_int(least, scores[i]);
    }
    const Said page = between(features, 0, count);
    for (size_t i = 0; i < count; i++) {
        int16_t *row = features->pass[i];
        const bool is_sure = scores[i] < SURE;
        row[PAGE_PASS_KEPT_BEFORE] = away;
        row[PAGE_PASS_KEPT_SHARE_BEFORE] = clamp16(permille(kept, all));
        row[PAGE_PASS_PAGE_MEAN] = mean_of(&page);
        row[PAGE_PASS_PAGE_LEAST] = odds_feature(least);
        row[PAGE_PASS_PAGE_SHARE] = clamp16(permille(page.foreign, page.weight));
        row[PAGE_PASS_PAGE_KEPT] = clamp16((int64_t)all);
        if (is_sure) kept += document->blocks[i].shape.words;
        away = is_sure ? 1 : (int16_t)min_int(away + 1, FAR_AWAY);
    }
    away = FAR_AWAY;
    for (size_t i = count; i-- > 0;) {
        features->pass[i][PAGE_PASS_KEPT_AFTER] = away;
        away = scores[i] < SURE ? 1 : (int16_t)min_int(away + 1, FAR_AWAY);
    }
}

decant_status page_features_add_pass(PageFeatures *features, const int32_t *scores) {
    const size_t count = features->document->block_count;
    if (!features->scores && !open_pass(features)) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < PAGE_SCORES_REACH; i++) {
        features->scores[i] = INT16_MIN;
        features->scores[count + PAGE_SCORES_REACH + i] = INT16_MIN;
    }
    for (size_t i = 0; i < count; i++)
        features->scores[PAGE_SCORES_REACH + i] = odds_feature(scores[i]);
    sum_pass(features, scores);
    for (size_t i = 0; i < count; i++) tell_block(features, scores, i);
    tell_kept(features, scores);
    return DECANT_OK;
}

/* ---- columns --------------------------------------------------------------------------------- */

/* Whether two blocks look alike (2) or stand in one element (1). */
static int16_t kinship(const Page *page, size_t one, size_t other) {
    const uint32_t a = page->markup[one].element, b = page->markup[other].element;
    if (page->elements[a].look == page->elements[b].look) return 2;
    return page->elements[a].parent == page->elements[b].parent;
}

static void write_kin(const PageFeatures *features, const size_t *blocks, Column *columns) {
    static const int8_t offsets[] = {
#define X(at, name, words) at,
        PAGE_OFFSETS(X)
#undef X
    };
    const Document *document = features->document;
    for (size_t i = 0; i < sizeof offsets; i++)
        for (size_t row = 0; row < FOREST_BATCH; row++) {
            const size_t other = blocks[row] + (size_t)(ptrdiff_t)offsets[i];
            if (other >= document->block_count) continue;
            columns[i * PAGE_NEIGHBOUR_COUNT + PAGE_NEIGHBOUR_KIN].values[row] =
                kinship(document->page, blocks[row], other);
        }
}

static void write_batch(const void *user, const size_t blocks[FOREST_BATCH], Column *columns) {
    enum { SIDE = REACH * PAGE_NEIGHBOUR_COUNT };
    const PageFeatures *features = user;
    const int16_t *rows[6][FOREST_BATCH];
    for (size_t row = 0; row < FOREST_BATCH; row++) {
        const size_t block = blocks[row];
        rows[0][row] = features->document->blocks[block].evidence;
        rows[1][row] = features->neighbours[block];
        rows[2][row] = features->neighbours[block + REACH + 1];
        rows[3][row] = features->near[block];
        if (!features->scores) continue;
        rows[4][row] = features->scores + block;
        rows[5][row] = features->pass[block];
    }
    forest_columns(rows[0], EVIDENCE_COUNT, columns);
    forest_columns(rows[1], SIDE, columns + PAGE_COLUMN_NEIGHBOURS);
    forest_columns(rows[2], SIDE, columns + PAGE_COLUMN_NEIGHBOURS + SIDE);
    write_kin(features, blocks, columns + PAGE_COLUMN_NEIGHBOURS);
    forest_columns(rows[3], PAGE_COLUMN_WHOLE - PAGE_COLUMN_NEAR, columns + PAGE_COLUMN_NEAR);
    if (!features->scores) return;
    forest_columns(rows[4], PAGE_SCORES, columns + PAGE_COLUMN_SCORES);
    forest_columns(rows[5], PAGE_PASS_COUNT, columns + PAGE_COLUMN_PASS);
}

Batch page_features_batch(const PageFeatures *features) {
    Batch batch = {.features = features, .write = write_batch};
    batch.columns = arena_array(features->document->arena, PAGE_WIDTH, sizeof *batch.columns);
    for (int i = 0; batch.columns && i < PAGE_WHOLE_COUNT; i++)
        for (size_t row = 0; row < FOREST_BATCH; row++)
            batch.columns[PAGE_COLUMN_WHOLE + i].values[row] = features->whole[i];
    return batch;
}
