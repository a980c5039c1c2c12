/* SPDX-License-Identifier: MIT
 * texts.c - adds documents, thins their hashes, forgets documents. */
#include "profile/texts.h"

#include <stdlib.h>
#include <string.h>

static bool entry_is_known(const uint8_t *entry, int level) {
    return text_is_known(entry_hash(entry), entry_part(entry), level);
}

static uint32_t count_known(const uint8_t *entries, uint32_t count, int level) {
    uint32_t known = 0;
    for (uint32_t i = 0; i < count; i++) known += entry_is_known(entries + i * ENTRY_SIZE, level);
    return known;
}

/* Leaves the entries that are known at a level, and the name behind them. */
static void thin(Text *text, int level) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < text->entry_count; i++) {
        const uint8_t *entry = text->bytes + (size_t)i * ENTRY_SIZE;
        if (entry_is_known(entry, level))
            memmove(text->bytes + (size_t)kept++ * ENTRY_SIZE, entry, ENTRY_SIZE);
    }
    memmove(text->bytes + (size_t)kept * ENTRY_SIZE,
            text->bytes + (size_t)text->entry_count * ENTRY_SIZE, text->name_size);
    text->entry_count = kept;
}

/* Goes up to the level at which the hashes of all documents take half the room. */
static void find_level(Texts *texts, int level) {
    while (level < LEVELS - 1 && texts->counts[level] * ENTRY_SIZE > texts->room / 2) level++;
    if (level == texts->level) return;
    texts->level = level;
    for (size_t i = 0; i < texts->count; i++) thin(&texts->items[i], level);
}

static void forget(Texts *texts, Text *text) {
    if (text->capacity)
        texts->allocator->release(texts->allocator->user, text->bytes, text->capacity);
}

static decant_status make_room(Texts *texts) {
    if (texts->count < texts->capacity) return DECANT_OK;
    const size_t capacity = texts->capacity ? texts->capacity * 2 : 64;
    Text *items =
        texts->allocator->resize(texts->allocator->user, texts->items,
                                 texts->capacity * sizeof *items, capacity * sizeof *items);
    if (!items) return DECANT_NO_MEMORY;
    texts->items = items;
    texts->capacity = capacity;
    return DECANT_OK;
}

decant_status texts_add_known(Texts *texts, const Imprint *imprint) {
    if (imprint->id >= texts->end) return DECANT_OK;
    decant_status status = make_room(texts);
    if (status) return status;
    Text text = {.id = imprint->id,
                 .content = imprint->content,
                 .words = imprint->words,
                 .name_size = (uint32_t)imprint->id_name.len};
    const uint32_t known = count_known(imprint->entries, imprint->entry_count, texts->level);
    text.least = RECORD_SIZE + text.name_size +
                 ENTRY_SIZE * count_known(imprint->entries, imprint->entry_count, LEVELS - 1);
    text.capacity = (size_t)known * ENTRY_SIZE + text.name_size;
    if (text.capacity)
        text.bytes = texts->allocator->resize(texts->allocator->user, NULL, 0, text.capacity);
    if (text.capacity && !text.bytes) return DECANT_NO_MEMORY;
    for (uint32_t i = 0; i < imprint->entry_count; i++) {
        const uint8_t *entry = imprint->entries + (size_t)i * ENTRY_SIZE;
        if (entry_is_known(entry, texts->level))
            memcpy(text.bytes + (size_t)text.entry_count++ * ENTRY_SIZE, entry, ENTRY_SIZE);
    }
    if (text.name_size)
        memcpy(text.bytes + (size_t)known * ENTRY_SIZE, imprint->id_name.at, text.name_size);
    texts->items[texts->count++] = text;
    texts->least += text.least;
    if (texts->least > texts->room) texts_settle(texts);
    return DECANT_OK;
}

decant_status texts_add(Texts *texts, const Imprint *imprint) {
    for (int level = 0; level < LEVELS; level++)
        texts->counts[level] += count_known(imprint->entries, imprint->entry_count, level);
    find_level(texts, texts->level);
    return texts_add_known(texts, imprint);
}

void texts_merge_counts(Texts *texts, const uint64_t counts[LEVELS], int level, uint64_t end) {
    for (int i = 0; i < LEVELS; i++) texts->counts[i] += counts[i];
    if (end < texts->end) texts->end = end;
    find_level(texts, level > texts->level ? level : texts->level);
}

static int compare(const void *one, const void *other) {
    const Text *a = one, *b = other;
    if (a->id != b->id) return a->id < b->id ? -1 : 1;
    if (a->content != b->content) return a->content < b->content ? -1 : 1;
    return a->words < b->words ? -1 : a->words > b->words;
}

/* Sorts by id and takes out what is there twice. */
static void sort_once(Texts *texts) {
    size_t kept = 0;
    if (texts->count) qsort(texts->items, texts->count, sizeof *texts->items, compare);
    for (size_t i = 0; i < texts->count; i++) {
        Text *text = &texts->items[i];
        if (kept && compare(text, &texts->items[kept - 1]) == 0) forget(texts, text);
        else texts->items[kept++] = *text;
    }
    texts->count = kept;
}

void texts_settle(Texts *texts) {
    sort_once(texts);
    size_t kept = 0;
    texts->least = 0;
    for (size_t i = 0; i < texts->count && texts->items[i].id < texts->end; i++) {
        texts->least += texts->items[i].least;
        if (texts->least > texts->room / 2) texts->end = texts->items[i].id;
    }
    texts->least = 0;
    for (; kept < texts->count && texts->items[kept].id < texts->end; kept++)
        texts->least += texts->items[kept].least;
    for (size_t i = kept; i < texts->count; i++) forget(texts, &texts->items[i]);
    texts->count = kept;
}

void texts_done(Texts *texts) {
    for (size_t i = 0; i < texts->count; i++) forget(texts, &texts->items[i]);
    if (texts->items)
        texts->allocator->release(texts->allocator->user, texts->items,
                                  texts->capacity * sizeof *texts->items);
}
