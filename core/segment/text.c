/* SPDX-License-Identifier: MIT
 * text.c - plain text into blocks: lines, paragraphs (hard-wrapped ones too), sentences.
 *
 * A first pass lists pieces (ranges and joints); then blocks are made at their exact number and
 * each is read once. */
#include "base/lanes.h"
#include "document/line_break.h"
#include "language/letters.h"
#include "segment/cut.h"
#include "segment/segment.h"
#include "segment/shape.h"

#include <string.h>

/* A line without its break. */
typedef struct Line {
    size_t from, to;   /* all of it */
    size_t start, end; /* without white space at its ends; start == end: blank */
    size_t next;       /* where the next line begins */
    bool page_break;   /* ends in a form feed or a paragraph separator */
} Line;

/* A block to be: where it stands and how it is joined to the one before. */
typedef struct Piece {
    uint32_t start, end; /* bytes of the part, which has 1 GiB at most */
    uint8_t joint;       /* Joint */
} Piece;

typedef struct Pieces {
    Arena *arena;
    Piece *items;
    size_t count, capacity;
} Pieces;

/* How wide the lines of a hard-wrapped text are; 0: lines are paragraphs. */
typedef struct Wrap {
    uint32_t width;
} Wrap;

enum {
    LONGEST_WRAP = 110, /* columns: wider lines are paragraphs of their own */
    SHORTEST_WRAP = 40,
    WRAP_SAMPLE = 4096, /* lines looked at */
    WRAP_PAIRS = 4      /* fewer prove nothing */
};

/* Whether a line break parts paragraphs by itself: a form feed, VT or paragraph separator. */
static bool is_page_break(const uint8_t *at) {
    return *at == '\f' || *at == '\v' || (*at == 0xE2 && at[2] == 0xA9);
}

/* Moves *start and *end inwards over white space and byte order marks. */
static void trim(const uint8_t *text, size_t *start, size_t *end) {
    while (*start < *end) {
        Letter letter = letter_read(text + *start, text + *end);
        if (letter.letter != LETTER_SPACE) break;
        *start += letter.size;
    }
    while (*end > *start) {
        size_t before = *end - 1;
        while (before > *start && *end - before < 4 && (text[before] & 0xC0) == 0x80) before--;
        Letter letter = letter_read(text + before, text + *end);
        if (letter.letter != LETTER_SPACE || before + letter.size != *end) break;
        *end = before;
    }
}

/* Passes over eight bytes at a time up to the first that may begin a line break. */
static size_t skip_text(Str raw, size_t at) {
    for (; raw.len - at >= LANES; at += LANES) {
        const uint64_t bytes = lanes_read(raw.at + at);
        const uint64_t others = bytes ^ LANES_OF(0xE2); /* U+2028 and U+2029 begin with E2 */
        uint64_t breaks =
            ((bytes - LANES_OF('\r' + 1)) & ~bytes) | ((others - LANES_OF(1)) & ~others);
        if (breaks & LANES_OF(0x80)) return at + lanes_first(breaks & LANES_OF(0x80));
    }
    return at;
}

static Line read_line(Str raw, size_t from) {
    Line line = {.from = from, .to = raw.len, .start = from, .next = raw.len};
    for (size_t at = from; (at = skip_text(raw, at)) < raw.len; at++) {
        if (raw.at[at] > '\r' && raw.at[at] != 0xE2) continue;
        size_t size = line_break(raw.at + at, raw.at + raw.len);
        if (size == 0) continue;
        line.page_break = is_page_break(raw.at + at);
        line.to = at;
        line.next = at + size;
        break;
    }
    line.end = line.to;
    trim(raw.at, &line.start, &line.end);
    return line;
}

/* The code points of a line; of one wider than LONGEST_WRAP, enough to say so. */
static uint32_t count_points(Str raw, Line line) {
    uint32_t points = 0;
    size_t at = line.from;
    for (; line.to - at >= LANES && points <= LONGEST_WRAP; at += LANES) {
        const uint64_t bytes = lanes_read(raw.at + at);
        uint64_t trails = bytes >> 7 & ~(bytes >> 6) & LANES_OF(1);
        points += LANES - (uint32_t)(trails * LANES_OF(1) >> 56);
    }
    for (; at < line.to && points <= LONGEST_WRAP; at++) points += (raw.at[at] & 0xC0) != 0x80;
    return points;
}

static uint32_t first_word_points(Str raw, Line line) {
    uint32_t points = 0;
    for (size_t at = line.start; at < line.end && raw.at[at] > ' '; at++)
        points += (raw.at[at] & 0xC0) != 0x80;
    return points;
}

static bool begins_item(Str raw, Line line) {
    uint8_t byte = raw.at[line.start];
    bool mark = byte == '-' || byte == '*' || byte == '+' || byte == '>' || byte == '|' ||
                byte == '#' ||
                (byte == 0xE2 && line.end - line.start > 2 && raw.at[line.start + 1] == 0x80);
    bool number = false;
    for (size_t at = line.start; at < line.end && raw.at[at] >= '0' && raw.at[at] <= '9'; at++)
        number = at + 1 < line.end && (raw.at[at + 1] == '.' || raw.at[at + 1] == ')');
    return mark || number;
}

/* Whether a writer who fills lines up to `width` would have broken `line` before `next`. */
static bool is_wrapped(Str raw, Line line, Line next, uint32_t width) {
    return count_points(raw, line) + 1 + first_word_points(raw, next) > width &&
           !begins_item(raw, next);
}

/* Looks at the lines' lengths: the width that nearly all stay within, and whether neighbours are
 * filled up to it. */
static Wrap find_wrap(Str raw) {
    uint32_t lengths[LONGEST_WRAP + 2] = {0}, lines = 0;
    size_t at = 0;
    for (; at < raw.len && lines < WRAP_SAMPLE; lines++) {
        Line line = read_line(raw, at);
        const size_t bytes = line.to - line.from; /* will do for a line that is short anyway */
        uint32_t points = bytes < SHORTEST_WRAP ? (uint32_t)bytes : count_points(raw, line);
        at = line.next;
        lengths[points > LONGEST_WRAP ? LONGEST_WRAP + 1 : points]++;
        if (lengths[LONGEST_WRAP + 1] * 50 > WRAP_SAMPLE) return (Wrap){0};
    }
    uint32_t filled = lines - lengths[0], within = 0, width = 0;
    while (width <= LONGEST_WRAP && within * 50 < filled * 49) within += lengths[++width];
    if (width > LONGEST_WRAP || width < SHORTEST_WRAP) return (Wrap){0};
    uint32_t pairs = 0, wrapped = 0;
    Line before = {0};
    for (at = 0; at < raw.len && lines; lines--) {
        Line line = read_line(raw, at);
        at = line.next;
        if (before.end > before.start && line.end > line.start) {
            pairs++;
            wrapped += is_wrapped(raw, before, line, width);
        }
        before = line;
    }
    return (Wrap){pairs >= WRAP_PAIRS && wrapped * 10 >= pairs * 6 ? width : 0};
}

static decant_status add_piece(Pieces *pieces, size_t start, size_t end, Joint joint) {
    if (pieces->count == pieces->capacity) {
        size_t capacity = pieces->capacity ? pieces->capacity * 2 : 256;
        Piece *grown =
            arena_grow(pieces->arena, pieces->items, pieces->count, capacity, sizeof *grown);
        if (!grown) return DECANT_NO_MEMORY;
        pieces->items = grown;
        pieces->capacity = capacity;
    }
    if (pieces->count == 0) joint = JOINT_START;
    pieces->items[pieces->count++] = (Piece){(uint32_t)start, (uint32_t)end, (uint8_t)joint};
    return DECANT_OK;
}

/* Cuts the paragraph start..end into pieces. */
static decant_status add_paragraph(Pieces *pieces, Str raw, size_t start, size_t end, Joint joint) {
    const Str text = {raw.at + start, end - start};
    size_t from = 0;
    Cut cut;
    while (cut_next(text, from, &cut)) {
        if (add_piece(pieces, start + from, start + cut.end, joint)) return DECANT_NO_MEMORY;
        from = cut.next;
        joint = cut.joint;
        if (pieces->count > 2 * SEGMENT_MAX_BLOCKS) break;
    }
    return add_piece(pieces, start + from, end, joint);
}

/* Where pieces may stop when the part has to end: after the last that began before the limit. */
static size_t drop_last_paragraph(Pieces *pieces, bool more) {
    size_t count = pieces->count;
    if (count > SEGMENT_MAX_BLOCKS) count = SEGMENT_MAX_BLOCKS;
    else if (!more) return count;
    else count--;
    size_t whole = count;
    while (whole && pieces->items[whole].joint >= JOINT_SENTENCE) whole--;
    return whole ? whole : count;
}

static decant_status list_pieces(Pieces *pieces, Str raw) {
    const Wrap wrap = find_wrap(raw);
    Joint joint = JOINT_PARAGRAPH;
    for (size_t at = 0; at < raw.len && pieces->count <= SEGMENT_MAX_BLOCKS;) {
        Line line = read_line(raw, at);
        at = line.next;
        if (line.start == line.end) {
            joint = JOINT_PARAGRAPH;
            continue;
        }
        size_t start = line.start;
        while (wrap.width && at < raw.len && !line.page_break) {
            Line next = read_line(raw, at);
            if (next.start == next.end || !is_wrapped(raw, line, next, wrap.width)) break;
            line = next;
            at = next.next;
        }
        if (add_paragraph(pieces, raw, start, line.end, joint)) return DECANT_NO_MEMORY;
        joint = line.page_break ? JOINT_PARAGRAPH : JOINT_LINE;
    }
    return DECANT_OK;
}

static decant_status make_blocks(Document *document, const Pieces *pieces, size_t count) {
    document->blocks = arena_take(document->arena, count, sizeof *document->blocks);
    if (!document->blocks) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const Piece *piece = &pieces->items[i];
        Block *block = &document->blocks[i];
        memset(block, 0, sizeof *block);
        block->text = (Str){document->raw.at + piece->start, piece->end - piece->start};
        block->span = (Span){document->offset + piece->start, document->offset + piece->end};
        block->joint = piece->joint;
        if (i) block->paragraph = block[-1].paragraph + (piece->joint < JOINT_SENTENCE);
    }
    document->block_count = count;
    document->paragraph_count = count ? document->blocks[count - 1].paragraph + 1 : 0;
    return DECANT_OK;
}

/* The last code point boundary at or before `size`. */
static size_t whole_points(Str raw, size_t size) {
    size_t cut = size;
    while (cut && size - cut < 4 && (raw.at[cut - 1] & 0xC0) == 0x80) cut--;
    if (cut && raw.at[cut - 1] >= 0xC0 && size - cut < 3) {
        Letter letter = letter_read(raw.at + cut - 1, raw.at + size);
        return letter.size == 1 ? cut - 1 : size;
    }
    return size;
}

static void trim_piece(Str raw, Piece *piece) {
    size_t start = piece->start, end = piece->end;
    trim(raw.at, &start, &end);
    *piece = (Piece){(uint32_t)start, (uint32_t)end, piece->joint};
}

/* Where the part ends and how many pieces it takes. */
static size_t settle_part(Pieces *pieces, Str raw, bool more, size_t *ret_count) {
    *ret_count = pieces->count ? drop_last_paragraph(pieces, more) : 0;
    if (*ret_count == 0 && more) {
        /* one endless piece: take what ends at a code point */
        size_t taken = whole_points(raw, raw.len);
        if (taken == 0) taken = raw.len;
        *ret_count = pieces->count;
        Piece *last = pieces->count ? &pieces->items[pieces->count - 1] : NULL;
        if (last && last->end > taken) last->end = (uint32_t)taken;
        if (last) trim_piece(raw, last);
        if (last && last->start == last->end) --*ret_count;
        return taken;
    }
    return *ret_count < pieces->count ? pieces->items[*ret_count].start : raw.len;
}

/* Pieces are listed in memory of their own, given back before the blocks are read. */
static decant_status cut_blocks(Document *document, bool more, size_t *ret_taken) {
    Arena scratch;
    Pieces pieces = {.arena = &scratch};
    size_t count = 0;
    arena_init(&scratch, document->arena->allocator);
    decant_status status = list_pieces(&pieces, document->raw);
    if (!status) {
        *ret_taken = settle_part(&pieces, document->raw, more, &count);
        document->raw.len = *ret_taken;
        status = make_blocks(document, &pieces, count);
    }
    arena_done(&scratch);
    return status;
}

decant_status segment_text(Document *document, RuleSet *rules, const Lexicon *lexicon, bool more,
                           size_t *ret_taken) {
    decant_status status = cut_blocks(document, more, ret_taken);
    return status ? status : shape_blocks(document, rules, lexicon);
}
