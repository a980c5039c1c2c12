/* SPDX-License-Identifier: MIT
 * teaser.c - text that breaks off: in mid-word, in mid-sentence, at a width that teasers have, at
 * the same width as its neighbours, in an ellipsis, or in a prompt to read on. */
#include "document/stretch.h"
#include "filters/filter.h"
#include "language/letters.h"

enum {
    SHORTEST_CUT = 60, /* bytes: shorter lines without a stop are headings, labels, items */
    LONE_LETTERS = 4,  /* bytes: shorter words are no content words */
    NEARBY = 6,        /* stretches looked at on each side */
    EQUAL = 3          /* bytes by which equal cuts may differ: a trimmed space, a whole word */
};

/* What teaser says of one stretch. */
typedef struct Cut {
    Stretch stretch;
    size_t bytes; /* 0: not cut */
} Cut;

/* Whether sites like to cut at this size: bytes or code points, white space trimmed. */
static bool is_teaser_width(size_t size) {
    static const uint16_t widths[] = {100, 120, 140, 150, 155, 160, 180, 200, 220, 240,
                                      250, 255, 256, 260, 280, 300, 320, 350, 400, 500};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (size <= widths[i] && size + 2 >= widths[i]) return true;
    return false;
}

static bool is_open(Ending ending) {
    return ending == ENDING_LETTER || ending == ENDING_DIGIT || ending == ENDING_COMMA;
}

static bool ends_in_ellipsis(const Block *block) {
    if (block_ending(block) == ENDING_ELLIPSIS) return true;
    if (block->shape.last_code != ']' && block->shape.last_code != ')') return false;
    size_t len = block->text.len;
    const uint8_t *end = block->text.at + len - 1;
    bool dots = len >= 4 && end[-1] == '.' && end[-2] == '.';
    bool sign = len >= 4 && end[-1] == 0xA6 && end[-2] == 0x80 && end[-3] == 0xE2;
    return dots || sign;
}

/* Whether the block ends in a word that stands nowhere else: a fragment, perhaps. Only a content
 * word has a token to ask; the last token is the last word if that is long enough to be one. */
static bool ends_in_lone_word(const Document *document, const Block *block) {
    if (!block->token_count || block->shape.last_class != LETTER_LOWER) return false;
    const uint8_t *end = block->text.at + block->text.len, *at = end;
    while (at > block->text.at && end - at < LONE_LETTERS && (at[-1] >= 0x80 || at[-1] > '@')) at--;
    if (end - at < LONE_LETTERS) return false;
    uint32_t token = document->tokens[block->first_token + block->token_count - 1];
    return document->word_types[TOKEN_TYPE(token)].count == 1;
}

static void judge_cut(const Document *document, Cut cut) {
    const Block *last = &document->blocks[cut.stretch.end - 1];
    bool lone = ends_in_lone_word(document, last);
    for (size_t i = cut.stretch.first; i < cut.stretch.end; i++) {
        Block *block = &document->blocks[i];
        size_t bytes = stretch_bytes(document, i, cut.stretch);
        size_t points = 0;
        for (const uint8_t *at = block->text.at; at < last->text.at + last->text.len && bytes < 600;
             at++)
            points += (*at & 0xC0) != 0x80;
        block->evidence[EVIDENCE_CUT_BYTES] = clamp16((int64_t)bytes);
        if (lone) block->evidence[EVIDENCE_CUT_IN_WORD] = clamp16((int64_t)bytes);
        if (is_teaser_width(bytes) || is_teaser_width(points))
            block->evidence[EVIDENCE_CUT_WIDTH] = clamp16((int64_t)bytes);
    }
}

/* How many of the cuts first..end (exclusive) but `number` have the size of that one. */
static size_t count_equal(const Cut *cuts, size_t first, size_t end, size_t number) {
    size_t equal = 0;
    for (size_t i = first; i < end; i++) {
        size_t size = cuts[i].bytes, own = cuts[number].bytes;
        equal += i != number && size && (size > own ? size - own : own - size) <= EQUAL;
    }
    return equal;
}

/* Counts for each stretch the cuts near it, and for a cut those of equal size. */
static void judge_neighbours(const Document *document, const Cut *cuts, size_t count) {
    size_t nearby = 0; /* cuts in first..end */
    for (size_t number = 0, first = 0, end = 0; number < count; number++) {
        const Cut *own = &cuts[number];
        while (end < count && end <= number + NEARBY) nearby += cuts[end++].bytes > 0;
        while (first + NEARBY < number) nearby -= cuts[first++].bytes > 0;
        size_t others = nearby - (own->bytes > 0);
        size_t equal = own->bytes && others ? count_equal(cuts, first, end, number) : 0;
        for (size_t i = own->stretch.first; i < own->stretch.end; i++) {
            document->blocks[i].evidence[EVIDENCE_CUT_NEARBY] = (int16_t)others;
            document->blocks[i].evidence[EVIDENCE_EQUAL_CUTS] = (int16_t)equal;
        }
    }
}

static void judge_tail(const Document *document, Stretch stretch) {
    Block *last = &document->blocks[stretch.end - 1];
    int16_t read_more = hit_share(document, last, RULE_READ_MORE);
    bool ellipsis = ends_in_ellipsis(last);
    if (!read_more && !ellipsis) return;
    for (size_t i = stretch.first; i < stretch.end; i++) {
        int16_t *evidence = document->blocks[i].evidence;
        evidence[EVIDENCE_READ_MORE] = read_more;
        if (ellipsis)
            evidence[EVIDENCE_ELLIPSIS] = clamp16((int64_t)stretch_bytes(document, i, stretch));
    }
}

static decant_status judge(Document *document) {
    Cut *cuts = arena_take(document->arena, document->block_count, sizeof *cuts);
    if (!cuts) return DECANT_NO_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < document->block_count;) {
        Cut cut = {.stretch = stretch_at(document, i)};
        size_t bytes = stretch_bytes(document, i, cut.stretch);
        const Block *last = &document->blocks[cut.stretch.end - 1];
        if (bytes >= SHORTEST_CUT && is_open(block_ending(last))) {
            cut.bytes = bytes;
            judge_cut(document, cut);
        }
        judge_tail(document, cut.stretch);
        i = cut.stretch.end;
        cuts[count++] = cut;
    }
    judge_neighbours(document, cuts, count);
    return DECANT_OK;
}

const Filter filter_teaser = {
    .name = "teaser", .summary = "text that breaks off or says to read on", .judge = judge};
