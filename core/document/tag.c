/* SPDX-License-Identifier: MIT
 * tag.c - looks element names up in one step: a name of up to 15 bytes is two numbers, and a
 * multiplication that was searched for leads each known one to a slot of its own. */
#include "document/tag.h"

#include "base/lanes.h"

enum { LONGEST_NAME = 15, SLOT_BITS = 10 };

#define TAG_FACTOR 0x1C0D064078880A45u

/* A name in small letters with zeroes behind, and its length in the last byte. */
typedef struct TagKey {
    uint64_t low, high;
} TagKey;

/* Room for every name and its zeroes. */
typedef struct KnownTag {
    char name[LONGEST_NAME + 1];
    uint8_t size;
} KnownTag;

static const KnownTag known_tags[TAG_COUNT] = {
    [TAG_UNKNOWN] = {"", 0},
#define TAG(id, name, slot) [TAG_##id] = {name, sizeof name - 1},
#include "document/tag.list"
#undef TAG
};

static const uint8_t slots[1 << SLOT_BITS] = {
#define TAG(id, name, slot) [slot] = TAG_##id,
#include "document/tag.list"
#undef TAG
};

/* Capitals made small. Lanes over 0x7F are taken out first, so that no sum carries. */
static uint64_t make_small(uint64_t bytes) {
    const uint64_t ascii = bytes & LANES_OF(0x7F);
    const uint64_t capitals =
        (ascii + LANES_OF(0x80 - 'A')) & ~(ascii + LANES_OF(0x7F - 'Z')) & ~bytes & LANES_OF(0x80);
    return bytes | capitals >> 2;
}

/* The lowest `count` lanes, all from eight on. */
static uint64_t first_lanes(uint64_t lanes, size_t count) {
    return count < LANES ? lanes & (((uint64_t)1 << 8 * count) - 1) : lanes;
}

static TagKey make_key(uint64_t low, uint64_t high, size_t size) {
    high = first_lanes(high, size > LANES ? size - LANES : 0);
    return (TagKey){make_small(first_lanes(low, size)), make_small(high) | (uint64_t)size << 56};
}

static TagKey read_key(Str page, size_t start, size_t size) {
    if (page.len - start >= 2 * LANES)
        return make_key(lanes_read(page.at + start), lanes_read(page.at + start + LANES), size);
    uint64_t low = 0, high = 0;
    for (size_t i = 0; i < size; i++) {
        const uint64_t byte = page.at[start + i];
        if (i < LANES) low |= byte << 8 * i;
        else high |= byte << 8 * (i - LANES);
    }
    return make_key(low, high, size);
}

static unsigned find_slot(TagKey key) {
    return (unsigned)((key.low + key.high) * TAG_FACTOR >> (64 - SLOT_BITS));
}

Tag tag_read(Str page, size_t start, size_t end) {
    if (end - start > LONGEST_NAME) return TAG_UNKNOWN;
    const TagKey key = read_key(page, start, end - start);
    const Tag tag = (Tag)slots[find_slot(key)];
    const KnownTag *known = &known_tags[tag];
    const uint8_t *name = (const uint8_t *)known->name;
    const uint64_t high = lanes_read(name + LANES) | (uint64_t)known->size << 56;
    return key.low == lanes_read(name) && key.high == high ? tag : TAG_UNKNOWN;
}

const char *tag_name(Tag tag) {
    return tag < TAG_COUNT ? known_tags[tag].name : "";
}

bool tag_is_inline(Tag tag) {
    static const bool inline_tags[TAG_COUNT] = {
        [TAG_A] = true,      [TAG_ABBR] = true,   [TAG_ACRONYM] = true, [TAG_AREA] = true,
        [TAG_B] = true,      [TAG_BDI] = true,    [TAG_BDO] = true,     [TAG_BIG] = true,
        [TAG_BLINK] = true,  [TAG_BR] = true,     [TAG_CITE] = true,    [TAG_CODE] = true,
        [TAG_DATA] = true,   [TAG_DEL] = true,    [TAG_DFN] = true,     [TAG_EM] = true,
        [TAG_FONT] = true,   [TAG_I] = true,      [TAG_IMG] = true,     [TAG_INS] = true,
        [TAG_KBD] = true,    [TAG_LABEL] = true,  [TAG_MAP] = true,     [TAG_MARK] = true,
        [TAG_METER] = true,  [TAG_NOBR] = true,   [TAG_OUTPUT] = true,  [TAG_PROGRESS] = true,
        [TAG_Q] = true,      [TAG_RB] = true,     [TAG_RP] = true,      [TAG_RT] = true,
        [TAG_RTC] = true,    [TAG_RUBY] = true,   [TAG_S] = true,       [TAG_SAMP] = true,
        [TAG_SMALL] = true,  [TAG_SOURCE] = true, [TAG_SPAN] = true,    [TAG_STRIKE] = true,
        [TAG_STRONG] = true, [TAG_SUB] = true,    [TAG_SUP] = true,     [TAG_TIME] = true,
        [TAG_TRACK] = true,  [TAG_TT] = true,     [TAG_U] = true,       [TAG_VAR] = true,
        [TAG_WBR] = true,
    };
    return tag < TAG_COUNT && inline_tags[tag];
}

unsigned tag_slot(Str name) {
    return find_slot(read_key(name, 0, name.len));
}
