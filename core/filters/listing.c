/* SPDX-License-Identifier: MIT
 * listing.c - lists and tables as such: marked items, rows of cells, and what a colon leads in.
 * What stands in them is short and open like noise, yet belongs more often than not. */
#include "document/stretch.h"
#include "filters/filter.h"
#include "language/letters.h"

enum { ITEM_WORDS = 12, NUMBER_DIGITS = 3 };

/* What a line begins with. */
typedef enum ListMark { MARK_NONE, MARK_BULLET, MARK_NUMBER, MARK_BAR } ListMark;

static bool is_bullet(uint32_t code) {
    static const uint16_t bullets[] = {'*',    '+',    '-',    0xB7,   0x2013,
                                       0x2014, 0x2022, 0x2023, 0x25AA, 0x25B8,
                                       0x25BA, 0x25CB, 0x25CF, 0x25E6, 0x2713};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (bullets[i] == code) return true;
    return false;
}

/* Whether a text begins with a number and a stop or bracket after it. */
static bool is_numbered(Str text) {
    size_t digits = 0;
    while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9') digits++;
    if (digits == 0 || digits > NUMBER_DIGITS || digits == text.len) return false;
    return text.at[digits] == '.' || text.at[digits] == ')';
}

static ListMark mark_of(const Block *block) {
    const uint8_t *end = block->text.at + block->text.len;
    Letter first = letter_read(block->text.at, end);
    const uint8_t *next = block->text.at + first.size;
    if (first.code == '|') return MARK_BAR;
    if (first.letter == LETTER_DIGIT) return is_numbered(block->text) ? MARK_NUMBER : MARK_NONE;
    bool apart = next < end && letter_read(next, end).letter == LETTER_SPACE;
    return apart && is_bullet(first.code) ? MARK_BULLET : MARK_NONE;
}

/* A line that could be a list's: marked, or one short block without a sentence's end. */
static bool is_item(const Document *document, Stretch stretch, ListMark mark) {
    const Block *block = &document->blocks[stretch.end - 1];
    return mark != MARK_NONE ||
           (stretch.end - stretch.first == 1 && block->shape.words <= ITEM_WORDS &&
            block_ending(block) < ENDING_MARK);
}

/* Tells every block from..end how many lines of one mark stand together. */
static void end_run(Document *document, size_t from, size_t end, int64_t lines) {
    for (size_t i = from; i < end; i++)
        document->blocks[i].evidence[EVIDENCE_LIST_RUN] = clamp16(lines);
}

static decant_status judge(Document *document) {
    size_t from = 0;
    int64_t lines = 0, since_colon = 0; /* 0: none leads here */
    ListMark before = MARK_NONE;
    for (size_t i = 0; i < document->block_count;) {
        Stretch stretch = stretch_at(document, i);
        ListMark mark = mark_of(&document->blocks[i]);
        if (mark != before) {
            end_run(document, from, stretch.first, before == MARK_NONE ? 0 : lines);
            from = stretch.first;
            lines = 0;
        }
        lines++;
        before = mark;
        if (!is_item(document, stretch, mark)) since_colon = 0;
        for (; i < stretch.end; i++) {
            document->blocks[i].evidence[EVIDENCE_LIST_MARK] = (int16_t)mark;
            document->blocks[i].evidence[EVIDENCE_LIST_LED] = clamp16(since_colon);
        }
        if (block_ending(&document->blocks[stretch.end - 1]) == ENDING_COLON) since_colon = 1;
        else if (since_colon) since_colon++;
    }
    end_run(document, from, document->block_count, before == MARK_NONE ? 0 : lines);
    return DECANT_OK;
}

const Filter filter_listing = {
    .name = "listing", .summary = "lists, tables, and the colon that opens them", .judge = judge};
