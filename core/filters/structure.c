/* SPDX-License-Identifier: MIT
 * structure.c - where markup puts a block: the elements around it by their names and by what they
 * are called, what is hidden, links and emphasis in it, the heading above. */
#include "document/region.h"
#include "document/stretch.h"
#include "filters/filter.h"

#include <string.h>

/* How far above something stands: 1 for the element itself, 0 for nowhere. */
typedef struct Above {
    uint8_t hidden, aria, heading; /* heading: the level of one that is the element or around it */
    uint8_t regions[REGION_COUNT], roles[ROLE_COUNT];
} Above;

static void step_up(uint8_t *distances, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (distances[i] && distances[i] < UINT8_MAX) distances[i]++;
}

static uint8_t heading_level(uint8_t tag) {
    return (uint8_t)(tag >= TAG_H1 && tag <= TAG_H6 ? tag - TAG_H1 + 1 : 0);
}

/* What is above an element: what is above its parent, one step further, and the element's own. */
static void look_above(const Element *element, const Above *parent, Above *ret) {
    *ret = *parent;
    step_up(&ret->hidden, 1);
    step_up(&ret->aria, 1);
    step_up(ret->regions, REGION_COUNT);
    step_up(ret->roles, ROLE_COUNT);
    const Region region = region_of((Tag)element->tag);
    if (region != REGION_NONE) ret->regions[region] = 1;
    for (Roles roles = element->roles; roles; roles &= roles - 1)
        ret->roles[__builtin_ctzll(roles)] = 1;
    if (element->hidden & ~HIDDEN_ARIA) ret->hidden = 1;
    if (element->hidden & HIDDEN_ARIA) ret->aria = 1;
    if (heading_level(element->tag)) ret->heading = heading_level(element->tag);
}

static void judge_above(Block *block, const Above *above, const Element *element, Roles roles) {
    int16_t *evidence = block->evidence;
    evidence[EVIDENCE_LEVEL] = above->heading;
    evidence[EVIDENCE_DEPTH] = element->depth;
    evidence[EVIDENCE_HIDDEN] = above->hidden;
    evidence[EVIDENCE_HIDDEN_ARIA] = above->aria;
#define REGION(id, name, tags) evidence[EVIDENCE_REGION_##id] = above->regions[REGION_##id];
#include "document/region.list"
#undef REGION
#define ROLE(id, name, words)                                                                      \
    evidence[EVIDENCE_ROLE_##id] = roles & ROLE_BIT(ROLE_##id) ? 1 : above->roles[ROLE_##id];
#include "document/role.list"
#undef ROLE
}

static void judge_inline(Block *block, const Markup *markup) {
    int16_t *evidence = block->evidence;
    const size_t bytes = block->text.len;
    evidence[EVIDENCE_LINK_SHARE] = clamp16(min_int(permille(markup->link_bytes, bytes), 1000));
    evidence[EVIDENCE_LINKS] = clamp16(markup->links);
    evidence[EVIDENCE_STRONG_SHARE] = clamp16(min_int(permille(markup->strong_bytes, bytes), 1000));
    evidence[EVIDENCE_CODE_SHARE] = clamp16(min_int(permille(markup->code_bytes, bytes), 1000));
}

/* Tells blocks of the heading above them. */
static void judge_headings(Document *document) {
    int16_t since = 0, level = 0, noise = 0, words = 0;
    for (size_t i = 0; i < document->block_count; i++) {
        Block *block = &document->blocks[i];
        int16_t *evidence = block->evidence;
        evidence[EVIDENCE_SINCE_HEADING] = since;
        evidence[EVIDENCE_HEADING_LEVEL] = level;
        evidence[EVIDENCE_HEADING_NOISE] = noise;
        evidence[EVIDENCE_HEADING_WORDS] = words;
        if (since) since = clamp16(since + 1);
        if (!evidence[EVIDENCE_LEVEL]) continue;
        since = 1;
        level = evidence[EVIDENCE_LEVEL];
        words = clamp16(block->shape.words);
        noise = hit_share(document, block, RULE_RELATED);
        noise = (int16_t)max_int(noise, hit_share(document, block, RULE_COMMENT));
        noise = (int16_t)max_int(noise, hit_share(document, block, RULE_SHARE));
        noise = (int16_t)max_int(noise, hit_share(document, block, RULE_NEWSLETTER));
    }
}

static decant_status judge(Document *document) {
    const Page *page = document->page;
    if (!page) return DECANT_OK;
    Above *above = arena_take(document->arena, page->element_count, sizeof *above);
    if (!above) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < page->element_count; i++) {
        static const Above nothing = {0};
        const Element *element = &page->elements[i];
        look_above(element, i ? &above[element->parent] : &nothing, &above[i]);
    }
    for (size_t i = 0; i < document->block_count; i++) {
        const Markup *markup = &page->markup[i];
        judge_above(&document->blocks[i], &above[markup->element], &page->elements[markup->element],
                    markup->roles);
        judge_inline(&document->blocks[i], markup);
    }
    judge_headings(document);
    return DECANT_OK;
}

const Filter filter_structure = {
    .name = "structure", .summary = "where the markup of a page puts a block", .judge = judge};
