/* SPDX-License-Identifier: MIT
 * alike.c - blocks and elements of one look: posts, cards, rows and menu items stand in elements of
 * the same names and classes, over and over. */
#include "document/stretch.h"
#include "filters/filter.h"

enum {
    CARDS_REACH = 6 /* elements around a block that are looked at */
};

/* Sums over what looks the same. */
typedef struct Group {
    uint64_t key; /* 0: free */
    uint32_t blocks, elements, words, prose_words, points, link_points, met;
} Group;

/* Open-addressed, half full at most. */
typedef struct Groups {
    Group *slots;
    size_t mask;
} Groups;

static decant_status open_groups(Groups *groups, Arena *arena, size_t most) {
    size_t size = 16;
    while (size < most * 2) size *= 2;
    groups->slots = arena_array(arena, size, sizeof *groups->slots);
    groups->mask = size - 1;
    return groups->slots ? DECANT_OK : DECANT_NO_MEMORY;
}

static Group *find(const Groups *groups, uint64_t key) {
    key |= (uint64_t)1 << 63;
    size_t slot = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & groups->mask;
    while (groups->slots[slot].key && groups->slots[slot].key != key)
        slot = (slot + 1) & groups->mask;
    groups->slots[slot].key = key;
    return &groups->slots[slot];
}

static void add(Group *group, const Block *block) {
    group->blocks++;
    group->words += block->shape.words;
    group->points += block->shape.points;
    group->link_points += block_link_points(block);
    if (block_is_prose(block)) group->prose_words += block->shape.words;
}

static decant_status judge_blocks(Document *document) {
    const Page *page = document->page;
    Groups groups;
    if (open_groups(&groups, document->arena, document->block_count)) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++)
        add(find(&groups, page->elements[page->markup[i].element].look), &document->blocks[i]);
    for (size_t i = 0; i < document->block_count; i++) {
        Group *group = find(&groups, page->elements[page->markup[i].element].look);
        int16_t *evidence = document->blocks[i].evidence;
        evidence[EVIDENCE_ALIKE_BLOCKS] = clamp16(group->blocks);
        evidence[EVIDENCE_ALIKE_WORDS] = clamp16(group->words / group->blocks);
        evidence[EVIDENCE_ALIKE_LINK_SHARE] = clamp16(permille(group->link_points, group->points));
        evidence[EVIDENCE_ALIKE_PROSE_SHARE] = clamp16(permille(group->prose_words, group->words));
        evidence[EVIDENCE_ALIKE_PLACE] = clamp16(++group->met);
    }
    return DECANT_OK;
}

/* Siblings of one look are told apart from others by their parent. */
static uint64_t card_key(const Page *page, uint32_t element) {
    const Element *of = &page->elements[element];
    return (uint64_t)of->parent << 32 | of->name;
}

/* Sums over the blocks in an element and below. */
static Group *sum_elements(const Document *document) {
    const Page *page = document->page;
    Group *sums = arena_array(document->arena, page->element_count, sizeof *sums);
    if (!sums) return NULL;
    for (size_t i = 0; i < document->block_count; i++)
        add(&sums[page->markup[i].element], &document->blocks[i]);
    for (size_t i = page->element_count; i-- > 1;) {
        Group *parent = &sums[page->elements[i].parent];
        parent->words += sums[i].words;
        parent->points += sums[i].points;
        parent->link_points += sums[i].link_points;
    }
    return sums;
}

/* The largest set of siblings of one look that an element around the block belongs to. */
static void judge_cards(const Page *page, const Groups *cards, Block *block, uint32_t element) {
    const Group *best = NULL;
    int best_up = 0;
    for (int up = 1; up <= CARDS_REACH && element; up++, element = page->elements[element].parent) {
        const Group *group = find(cards, card_key(page, element));
        if (group->elements < 2 || (best && group->elements <= best->elements)) continue;
        best = group;
        best_up = up;
    }
    if (!best) return;
    block->evidence[EVIDENCE_CARDS] = clamp16(best->elements);
    block->evidence[EVIDENCE_CARDS_UP] = clamp16(best_up);
    block->evidence[EVIDENCE_CARDS_WORDS] = clamp16(best->words / best->elements);
    block->evidence[EVIDENCE_CARDS_LINK_SHARE] = clamp16(permille(best->link_points, best->points));
}

static decant_status judge(Document *document) {
    const Page *page = document->page;
    Groups cards;
    if (!page) return DECANT_OK;
    const Group *sums = sum_elements(document);
    if (!sums || open_groups(&cards, document->arena, page->element_count)) return DECANT_NO_MEMORY;
    for (uint32_t i = 1; i < page->element_count; i++) {
        Group *group = find(&cards, card_key(page, i));
        group->elements++;
        group->words += sums[i].words;
        group->points += sums[i].points;
        group->link_points += sums[i].link_points;
    }
    for (size_t i = 0; i < document->block_count; i++)
        judge_cards(page, &cards, &document->blocks[i], page->markup[i].element);
    return judge_blocks(document);
}

const Filter filter_alike = {
    .name = "alike", .summary = "posts, cards, rows and items of one look", .judge = judge};
