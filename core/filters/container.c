/* SPDX-License-Identifier: MIT
 * container.c - what else stands in the elements around a block: how much text, how much of it
 * links and prose, and how its surroundings compare with the best part of the page.
 *
 * The best part is found as Readability does (Arc90 2010): a paragraph gives its element's parent a
 * score for its length and commas, and that one's parent half of it; links take their share off. */
#include "document/region.h"
#include "document/stretch.h"
#include "filters/filter.h"

enum {
    PARAGRAPH_POINTS = 25, /* shorter blocks give no score */
    POINTS_A_SCORE = 100,
    MOST_LENGTH_SCORE = 3,
    SCORE_UNIT = 6 /* so that halves and thirds are whole */
};

/* Sums over the blocks in an element. */
typedef struct Sums {
    uint32_t words, blocks, points, link_points, prose_words;
    uint32_t score; /* of the element itself */
} Sums;

static uint32_t score_of(const Block *block) {
    if (block->shape.points < PARAGRAPH_POINTS) return 0;
    const uint32_t length = block->shape.points / POINTS_A_SCORE;
    const uint32_t score =
        1 + block->shape.commas + (length < MOST_LENGTH_SCORE ? length : MOST_LENGTH_SCORE);
    return score * (uint32_t)(1000 - block->evidence[EVIDENCE_LINK_SHARE]) / 1000 * SCORE_UNIT;
}

static void add_block(Sums *sums, const Element *elements, const Block *block, uint32_t element) {
    Sums *own = &sums[element];
    own->words += block->shape.words;
    own->blocks++;
    own->points += block->shape.points;
    own->link_points += block_link_points(block);
    if (block_is_prose(block)) own->prose_words += block->shape.words;
    const uint32_t score = score_of(block), parent = elements[element].parent;
    own->score += score / 2;
    sums[parent].score += score;
    sums[elements[parent].parent].score += score / 2;
}

/* Sums of descendants into their ancestors; scores stay where they are. */
static void add_up(Sums *sums, const Element *elements, size_t count) {
    for (size_t i = count; i-- > 1;) {
        Sums *parent = &sums[elements[i].parent];
        parent->words += sums[i].words;
        parent->blocks += sums[i].blocks;
        parent->points += sums[i].points;
        parent->link_points += sums[i].link_points;
        parent->prose_words += sums[i].prose_words;
    }
}

static int link_share(const Sums *sums) {
    return permille(sums->link_points, sums->points);
}

static uint32_t candidate_score(const Sums *sums) {
    return (uint32_t)((uint64_t)sums->score * (uint64_t)(1000 - link_share(sums)) / 1000);
}

/* The nearest element around that marks a part of a page; the root if there is none. */
static uint32_t part_of(const Element *elements, uint32_t element) {
    while (element) {
        switch (region_of((Tag)elements[element].tag)) {
        case REGION_ARTICLE:
        case REGION_MAIN:
        case REGION_NAV:
        case REGION_HEADER:
        case REGION_FOOTER:
        case REGION_ASIDE:
        case REGION_SECTION:
        case REGION_FORM:
        case REGION_DIALOG:
        case REGION_TABLE:
            return element;
        default:
            element = elements[element].parent;
        }
    }
    return 0;
}

static void tell(const Sums *sums, uint32_t element, int16_t *ret) {
    const Sums *of = &sums[element];
    ret[0] = clamp16(of->words);
    ret[1] = clamp16(of->blocks);
    ret[2] = clamp16(link_share(of));
    ret[3] = clamp16(permille(of->prose_words, of->words));
    ret[4] = clamp16(permille(of->words, sums[0].words));
}

static void judge_containers(Block *block, const Sums *sums, const Element *elements,
                             uint32_t element) {
    static const struct {
        uint8_t up;
        uint16_t evidence;
    } rings[] = {{0, EVIDENCE_OWN_WORDS},
                 {1, EVIDENCE_AROUND1_WORDS},
                 {2, EVIDENCE_AROUND2_WORDS},
                 {3, EVIDENCE_AROUND3_WORDS},
                 {5, EVIDENCE_AROUND5_WORDS}};
    uint32_t around = element;
    uint8_t up = 0;
    for (size_t i = 0; i < sizeof rings / sizeof *rings; i++) {
        for (; up < rings[i].up; up++) around = elements[around].parent;
        tell(sums, around, block->evidence + rings[i].evidence);
    }
    tell(sums, part_of(elements, element), block->evidence + EVIDENCE_PART_WORDS);
}

static void judge_candidate(Block *block, const Sums *sums, const Element *elements,
                            uint32_t element, uint32_t best) {
    const uint32_t most = candidate_score(&sums[best]);
    uint32_t score = 0, around = element;
    int up = 0;
    for (int i = 0; i < 3; i++, around = elements[around].parent) {
        const uint32_t own = candidate_score(&sums[around]);
        if (own > score) score = own;
    }
    around = element;
    while (!(around <= best && best < elements[around].end)) {
        around = elements[around].parent;
        up++;
    }
    block->evidence[EVIDENCE_CANDIDATE_SHARE] = clamp16(permille(score, most));
    block->evidence[EVIDENCE_CANDIDATE_AWAY] = clamp16(around == best ? 0 : up);
    block->evidence[EVIDENCE_CANDIDATE_DEPTH] = clamp16(around == best ? up : -1);
}

static decant_status judge(Document *document) {
    const Page *page = document->page;
    if (!page) return DECANT_OK;
    Sums *sums = arena_array(document->arena, page->element_count, sizeof *sums);
    if (!sums) return DECANT_NO_MEMORY;
    const Element *elements = page->elements;
    for (size_t i = 0; i < document->block_count; i++)
        add_block(sums, elements, &document->blocks[i], page->markup[i].element);
    add_up(sums, elements, page->element_count);
    uint32_t best = 0;
    for (uint32_t i = 0; i < page->element_count; i++)
        if (candidate_score(&sums[i]) > candidate_score(&sums[best])) best = i;
    for (size_t i = 0; i < document->block_count; i++) {
        judge_containers(&document->blocks[i], sums, elements, page->markup[i].element);
        judge_candidate(&document->blocks[i], sums, elements, page->markup[i].element, best);
    }
    return DECANT_OK;
}

const Filter filter_container = {
    .name = "container", .summary = "what else the elements around a block hold", .judge = judge};
