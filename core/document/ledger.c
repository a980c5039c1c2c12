/* SPDX-License-Identifier: MIT
 * ledger.c - turns verdicts into ranges, and decides which white space goes with what is dropped.
 *
 * A gap is the white space before, between or after blocks. Of the two gaps around a dropped run
 * one stays: what is left is never glued together, and never spread apart either. */
#include "document/ledger.h"

#include "document/line_break.h"

#include <string.h>

/* A block's place in the part's raw bytes. */
static uint64_t starts(const Document *document, size_t block) {
    return (uint64_t)(document->blocks[block].text.at - document->raw.at);
}

static uint64_t ends(const Document *document, size_t block) {
    return starts(document, block) + document->blocks[block].text.len;
}

/* The white space before `block`; for block_count, the part's tail. */
static Span gap_before(const Document *document, size_t block) {
    return (Span){block ? ends(document, block - 1) : 0,
                  block < document->block_count ? starts(document, block) : document->raw.len};
}

static size_t count_breaks(const Document *document, Span gap) {
    const uint8_t *at = document->raw.at + gap.start, *end = document->raw.at + gap.end;
    size_t count = 0;
    while (at < end) {
        size_t size = line_break(at, end);
        count += size > 0;
        at += size ? size : 1;
    }
    return count;
}

/* Where the gap's first line break ends; the gap's start if there is none. */
static uint64_t after_first_break(const Document *document, Span gap) {
    const uint8_t *raw = document->raw.at;
    for (uint64_t at = gap.start; at < gap.end; at++) {
        size_t size = line_break(raw + at, raw + gap.end);
        if (size) return at + size;
    }
    return gap.start;
}

/* Whether `after` parts text more than `before` does: more line breaks, else more bytes. */
static bool is_stronger(const Document *document, Span after, Span before) {
    size_t breaks_after = count_breaks(document, after);
    size_t breaks_before = count_breaks(document, before);
    if (breaks_after != breaks_before) return breaks_after > breaks_before;
    return after.end - after.start > before.end - before.start;
}

static uint64_t byte_order_mark(const Document *document, Span head) {
    return head.end >= 3 && memcmp(document->raw.at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* The bytes that go with the dropped blocks first to last (exclusive), which have kept blocks or
 * the part's ends on both sides. */
static Span run_of_drops(const Document *document, size_t first, size_t last) {
    Span before = gap_before(document, first), after = gap_before(document, last);
    if (first == 0 && document->offset == 0)
        return (Span){byte_order_mark(document, before), after.end};
    if (last == document->block_count && document->last_part) {
        if (count_breaks(document, after) || !count_breaks(document, before))
            return (Span){before.start, after.start};
        return (Span){after_first_break(document, before), after.end};
    }
    if (is_stronger(document, after, before)) return (Span){before.start, after.start};
    return (Span){before.end, after.end};
}

/* Enters the bytes up to `end`, if there are any. */
static void enter(Ledger *ledger, uint64_t end, Entry entry) {
    uint64_t start = ledger->count ? ledger->entries[ledger->count - 1].span.end : 0;
    if (end == start) return;
    entry.span = (Span){start, end};
    ledger->entries[ledger->count++] = entry;
}

static bool is_dropped(const Document *document, size_t block) {
    return block < document->block_count && document->blocks[block].verdict.drop;
}

static bool goes_on(const Document *document, size_t block) {
    return is_dropped(document, block) && finding_goes_on(&document->blocks[block]);
}

/* An entry for each finding in turn; the white space between two goes with the first. */
static void enter_run(Ledger *ledger, const Document *document, size_t first, size_t last,
                      uint64_t end) {
    while (first < last) {
        size_t next = first + 1;
        while (goes_on(document, next)) next++;
        Entry entry = {.dropped = true, .first = (uint32_t)first, .last = (uint32_t)next};
        enter(ledger, next < last ? starts(document, next) : end, entry);
        first = next;
    }
}

static size_t most_entries(const Document *document) {
    size_t drops = 0;
    for (size_t i = 0; i < document->block_count; i++)
        if (is_dropped(document, i) && !(i && is_dropped(document, i - 1) && goes_on(document, i)))
            drops++;
    return drops * 2 + 1;
}

decant_status ledger_seal(Document *document, Ledger *ret) {
    Entry *entries = arena_array(document->arena, most_entries(document), sizeof *entries);
    *ret = (Ledger){.entries = entries};
    if (!entries) return DECANT_NO_MEMORY;
    for (size_t first = 0; first < document->block_count; first++) {
        if (!is_dropped(document, first)) continue;
        size_t last = first + 1;
        while (is_dropped(document, last)) last++;
        Span run = run_of_drops(document, first, last);
        enter(ret, run.start, (Entry){.dropped = false});
        enter_run(ret, document, first, last, run.end);
        first = last;
    }
    enter(ret, document->raw.len, (Entry){.dropped = false});
    return DECANT_OK;
}

/* Whether a block of a page belongs to the entry of the block before it. */
static bool is_joined(const Block *block) {
    if (block->verdict.drop != block[-1].verdict.drop) return false;
    return !block->verdict.drop || (block->verdict.kind == block[-1].verdict.kind &&
                                    block->verdict.known_as.at == block[-1].verdict.known_as.at);
}

decant_status ledger_seal_page(Document *document, Ledger *ret) {
    const Block *blocks = document->blocks;
    *ret = (Ledger){.entries =
                        arena_take(document->arena, document->block_count, sizeof *ret->entries)};
    if (!ret->entries) return DECANT_NO_MEMORY;
    for (uint32_t first = 0; first < document->block_count;) {
        uint32_t last = first + 1;
        while (last < document->block_count && is_joined(&blocks[last])) last++;
        ret->entries[ret->count++] =
            (Entry){.span = {blocks[first].span.start, blocks[last - 1].span.end},
                    .dropped = blocks[first].verdict.drop,
                    .first = first,
                    .last = last};
        first = last;
    }
    return DECANT_OK;
}
