/* SPDX-License-Identifier: MIT
 * html.c - an HTML page into blocks: runs of text between the tags of block-level elements.
 *
 * A page is opened once: skeleton, tree, and a list of pieces (which texts make a block). Its
 * parts, of SEGMENT_MAX_BLOCKS blocks at most, are then documents whose raw text is what the blocks
 * read, an empty line between two, decoded and with white space collapsed. Block spans lead back to
 * the page. */
#include "segment/segment.h"

#include "language/letters.h"
#include "segment/metadata.h"
#include "segment/reference.h"
#include "segment/shape.h"
#include "segment/skeleton.h"
#include "segment/tree.h"

#include <string.h>

/* Texts first to end (exclusive) make a block, unless they say nothing. */
typedef struct Piece {
    uint32_t first, end;
} Piece;

struct SegmentPage {
    Arena *arena;
    Str bytes, page; /* the same in UTF-8 */
    const SourceMap *map;
    Metadata metadata;
    Tag raw; /* the element whose text it begins in */
    Skeleton skeleton;
    Tree tree;
    Piece *pieces;
    size_t piece_count, next_piece;
};

/* ---- pieces ---------------------------------------------------------------------------------- */

static bool is_verbatim(const SegmentPage *page, uint32_t element) {
    for (;; element = page->tree.elements[element].parent) {
        const uint8_t tag = page->tree.elements[element].tag;
        if (tag == TAG_PRE || tag == TAG_TEXTAREA || tag == TAG_LISTING || tag == TAG_XMP ||
            tag == TAG_PLAINTEXT)
            return true;
        if (element == 0) return false;
    }
}

/* Whether a text is the sign that documentation hangs on its headings as a link to them. */
static bool is_permalink(const SegmentPage *page, size_t text) {
    static const char *const signs[] = {"#",      "\xC2\xB6", "\xC2\xA7", "&para;",
                                        "&#182;", "&#xb6;",   "&sect;"};
    const SkeletonText *of = &page->skeleton.texts[text];
    Str sign = {page->page.at + of->start, of->end - of->start};
    if (!of->link) return false;
    while (sign.len && scan_is_space(sign.at[0])) sign = (Str){sign.at + 1, sign.len - 1};
    while (sign.len && scan_is_space(sign.at[sign.len - 1])) sign.len--;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (sign.len == strlen(signs[i]) && scan_stands_at(sign, 0, signs[i], sign.len))
            return true;
    return false;
}

/* Whether a text begins a block: what stands beyond tags is another, and beyond two line breaks,
 * unless they are lines of code; so is a permalink. */
static bool begins_piece(const SegmentPage *page, size_t text) {
    const Place *place = &page->tree.places[text];
    if (place->gap != place[-1].gap) return true;
    if (is_permalink(page, text) || is_permalink(page, text - 1)) return true;
    return page->skeleton.texts[text].breaks > 1 && !is_verbatim(page, place->element);
}

static decant_status list_pieces(SegmentPage *page) {
    const size_t count = page->skeleton.text_count;
    page->pieces = arena_take(page->arena, count, sizeof *page->pieces);
    if (!page->pieces) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (!page->tree.places[i].gap) continue;
        const bool begins = i == 0 || begins_piece(page, i);
        if (begins) page->pieces[page->piece_count++].first = (uint32_t)i;
        page->pieces[page->piece_count - 1].end = (uint32_t)i + 1;
    }
    return DECANT_OK;
}

decant_status segment_page_open(SegmentPage **ret, Arena *arena, const SegmentSource *source) {
    SegmentPage *page = arena_alloc(arena, sizeof *page);
    *ret = page;
    if (!page) return DECANT_NO_MEMORY;
    *page = (SegmentPage){.arena = arena,
                          .bytes = source->bytes,
                          .page = source->page,
                          .map = source->map,
                          .raw = source->raw};
    decant_status status = metadata_read(&page->metadata, arena, source->page);
    if (!status)
        status = skeleton_write(&page->skeleton, arena, source->page, source->raw, source->more);
    if (!status)
        status = tree_build(&page->tree, arena, source->page, &page->skeleton, source->interrupt);
    return status ? status : list_pieces(page);
}

const Metadata *segment_page_metadata(const SegmentPage *page) {
    return &page->metadata;
}

SegmentPageEnd segment_page_end(const SegmentPage *page) {
    return (SegmentPageEnd){.taken = page->skeleton.taken,
                            .raw = page->skeleton.raw,
                            .is_flat = page->tree.is_flat,
                            .is_capped = page->skeleton.is_capped};
}

/* ---- the text of a block --------------------------------------------------------------------- */

/* What stands between two signs: the strongest of all that was met there. */
typedef enum Gap { GAP_NONE, GAP_WIDTHLESS, GAP_SPACE, GAP_BREAK } Gap;

/* The raw text of a part while it is written. */
typedef struct TextWriter {
    const SegmentPage *page;
    Document *document;
    uint8_t *bytes;
    size_t size, capacity;
    size_t start; /* of the block at hand */
    Gap gap;      /* since the last sign */
    bool is_verbatim;
    bool says; /* the block at hand has a sign that is no white space */
    bool failed;
} TextWriter;

static bool reserve(TextWriter *writer, size_t more) {
    if (writer->failed) return false;
    if (writer->capacity - writer->size >= more) return true;
    const size_t capacity = writer->capacity * 2 + more;
    uint8_t *grown = arena_grow(writer->document->arena, writer->bytes, writer->size, capacity, 1);
    writer->failed = !grown;
    if (!grown) return false;
    writer->bytes = grown;
    writer->capacity = capacity;
    return true;
}

static void put_bytes(TextWriter *writer, const void *bytes, size_t size) {
    memcpy(writer->bytes + writer->size, bytes, size);
    writer->size += size;
}

static void widen_gap(TextWriter *writer, Gap gap) {
    if (gap > writer->gap) writer->gap = gap;
}

/* Whether a byte may be copied as it is, with no look at what stands around it. */
static bool is_plain(uint8_t byte) {
    return byte > ' ' && byte < 0x7F && byte != '&';
}

/* What is owed before a sign; nothing at a block's beginning. */
static void fill_gap(TextWriter *writer) {
    if (writer->says && writer->gap == GAP_WIDTHLESS) put_bytes(writer, "\u200B", 3);
    if (writer->says && writer->gap > GAP_WIDTHLESS)
        writer->bytes[writer->size++] = writer->gap == GAP_SPACE ? ' ' : '\n';
    writer->gap = GAP_NONE;
    writer->says = true;
}

static void add_bytes(TextWriter *writer, const void *bytes, size_t size) {
    fill_gap(writer);
    put_bytes(writer, bytes, size);
}

/* A white space sign. Verbatim text keeps it, but for lines without a sign at its beginning. */
static void add_blank(TextWriter *writer, const uint8_t *at, Letter letter) {
    enum { ZERO_WIDTH_SPACE = 0x200B, BYTE_ORDER_MARK = 0xFEFF };
    if (letter.code == BYTE_ORDER_MARK) return;
    if (!writer->is_verbatim)
        widen_gap(writer, letter.code == ZERO_WIDTH_SPACE ? GAP_WIDTHLESS : GAP_SPACE);
    else if (*at == '\n' && !writer->says) writer->size = writer->start;
    else if (letter.size > 1 || *at == '\n' || *at == '\t') put_bytes(writer, at, letter.size);
    else put_bytes(writer, " ", 1);
}

static void add_break(TextWriter *writer) {
    add_blank(writer, (const uint8_t *)"\n", letter_ascii['\n']);
}

/* CR LF and CR alone are line breaks as LF is. */
static const uint8_t *add_return(TextWriter *writer, const uint8_t *at, const uint8_t *end) {
    add_break(writer);
    return at + (at + 1 < end && at[1] == '\n' ? 2 : 1);
}

static void note_invalid(TextWriter *writer, const uint8_t *at) {
    Document *document = writer->document;
    const SegmentPage *page = writer->page;
    if (document->invalid_bytes++) return;
    document->first_invalid = source_map_raw(page->map, (uint64_t)(at - page->page.at));
}

/* One code point that is not plain; where it ends. */
static const uint8_t *add_point(TextWriter *writer, const uint8_t *at, const uint8_t *end,
                                bool decodes) {
    uint8_t decoded[REFERENCE_SIZE];
    size_t size = 0, taken = 0;
    if (*at == '&' && decodes)
        taken = reference_read((Str){at, (size_t)(end - at)}, false, decoded, &size);
    if (taken) {
        const Letter letter = letter_read(decoded, decoded + size);
        if (letter.letter == LETTER_SPACE) add_blank(writer, decoded, letter);
        else if (letter.code >= ' ') add_bytes(writer, decoded, size);
        return at + taken;
    }
    if (*at == '\r') return add_return(writer, at, end);
    const Letter letter = letter_read(at, end);
    if (letter.letter == LETTER_SPACE) {
        add_blank(writer, at, letter);
    } else if (letter.code == 0xFFFD && letter.size == 1) {
        note_invalid(writer, at);
        add_bytes(writer, "\xEF\xBF\xBD", 3);
    } else if (letter.code >= ' ') {
        add_bytes(writer, at, letter.size);
    }
    return at + letter.size;
}

/* Bytes of the page: references decoded, white space collapsed. */
static void add_range(TextWriter *writer, size_t start, size_t stop, bool decodes) {
    const uint8_t *at = writer->page->page.at + start, *end = writer->page->page.at + stop;
    if (!reserve(writer, (stop - start) * 3 + 8)) return;
    while (at < end) {
        const uint8_t *from = at;
        while (at < end && is_plain(*at)) at++;
        if (at > from) add_bytes(writer, from, (size_t)(at - from));
        else at = add_point(writer, at, end, decodes);
    }
}

/* The white space and the line breaks before a text in verbatim text: as far back as the text
 * before, or the tag that the block begins behind. */
static void add_before(TextWriter *writer, size_t text) {
    const SegmentPage *page = writer->page;
    const SkeletonText *row = &page->skeleton.texts[text];
    Scanner scanner = {.page = {page->page.at, row->start},
                       .raw = text ? TAG_UNKNOWN : page->raw,
                       .at = text ? row[-1].end : 0};
    const bool begins = !writer->says;
    ScanToken token;
    while ((row->is_spaced || row->breaks) && scan_next(&scanner, &token)) {
        const bool is_tag = token.kind == SCAN_START_TAG || token.kind == SCAN_END_TAG;
        if (token.kind == SCAN_TEXT && token.text == SCAN_DATA) {
            add_range(writer, token.start, token.end, true);
        } else if (is_tag && token.tag == TAG_BR) {
            if (reserve(writer, 1)) add_break(writer);
        } else if (is_tag && begins && !tag_is_inline(token.tag)) {
            writer->size = writer->start;
            writer->says = false;
        }
    }
}

static void add_text(TextWriter *writer, size_t text) {
    const SkeletonText *row = &writer->page->skeleton.texts[text];
    if (writer->is_verbatim) add_before(writer, text);
    else if (row->breaks) widen_gap(writer, GAP_BREAK);
    else if (row->is_spaced) widen_gap(writer, GAP_SPACE);
    add_range(writer, row->start, row->end, row->text == SCAN_DATA || row->text == SCAN_RCDATA);
}

/* ---- blocks ---------------------------------------------------------------------------------- */

/* Everything of a part that grows with its blocks. */
typedef struct Part {
    SegmentPage *page;
    Document *document;
    TextWriter writer;
    Markup *markup;
    Inline *inlines;
    size_t inline_count;
    size_t *starts; /* of each block in the raw text */
} Part;

static void add_inline(Part *part, Markup *markup, const SkeletonText *text, size_t from) {
    const uint32_t bytes = (uint32_t)(part->writer.size - from);
    Inline *before = markup->inline_count ? &part->inlines[part->inline_count - 1] : NULL;
    if (!markup->inline_count) markup->around = text->around;
    markup->roles &= text->around ? text->around->roles : 0;
    if (text->link) markup->link_bytes += bytes;
    if (text->style & STYLE_STRONG) markup->strong_bytes += bytes;
    if (text->style & STYLE_CODE) markup->code_bytes += bytes;
    if (text->link && (!before || before->link != text->link) && markup->links < UINT16_MAX)
        markup->links++;
    if (before && before->link == text->link && before->style == text->style) {
        before->end = (uint32_t)part->writer.size;
        return;
    }
    part->inlines[part->inline_count++] = (Inline){.start = (uint32_t)from,
                                                   .end = (uint32_t)part->writer.size,
                                                   .link = text->link,
                                                   .style = text->style};
    markup->inline_count++;
}

/* Takes white space off the end of the block at hand. */
static void trim_end(Part *part, Markup *markup) {
    TextWriter *writer = &part->writer;
    while (writer->size > writer->start && writer->bytes[writer->size - 1] <= ' ') writer->size--;
    for (; markup->inline_count; markup->inline_count--, part->inline_count--) {
        Inline *last = &part->inlines[part->inline_count - 1];
        if (last->end > writer->size) last->end = (uint32_t)writer->size;
        if (last->end > last->start) break;
    }
}

/* Writes a piece's text; false where it says nothing. */
static bool write_piece(Part *part, const Piece *piece, Markup *ret_markup) {
    const SegmentPage *page = part->page;
    TextWriter *writer = &part->writer;
    const Place *place = &page->tree.places[piece->first];
    const size_t before = writer->size, inlines_before = part->inline_count;
    *ret_markup = (Markup){.element = place->element,
                           .first_inline = (uint32_t)part->inline_count,
                           .roles = ~(Roles)0,
                           .is_verbatim = is_verbatim(page, place->element)};
    if (!reserve(writer, 2)) return false;
    if (before) memcpy(writer->bytes + before, "\n\n", 2);
    writer->start = writer->size = before + (before ? 2 : 0);
    writer->is_verbatim = ret_markup->is_verbatim;
    writer->says = false;
    writer->gap = GAP_NONE;
    for (uint32_t i = piece->first; i < piece->end && !writer->failed; i++) {
        const size_t from = writer->says ? writer->size : writer->start;
        add_text(writer, i);
        if (writer->says && writer->size > from)
            add_inline(part, ret_markup, &page->skeleton.texts[i], from);
    }
    trim_end(part, ret_markup);
    if (writer->says) return true;
    writer->size = before;
    part->inline_count = inlines_before;
    return false;
}

/* Where a piece stands in the page's own bytes. */
static Span span_of(const SegmentPage *page, const Piece *piece) {
    const SkeletonText *first = &page->skeleton.texts[piece->first],
                       *last = &page->skeleton.texts[piece->end - 1];
    size_t start = first->start, end = last->end;
    while (start < end && scan_is_space(page->page.at[start])) start++;
    while (end > start && scan_is_space(page->page.at[end - 1])) end--;
    return (Span){source_map_raw(page->map, start), source_map_raw(page->map, end)};
}

static bool open_part(Part *part, size_t most) {
    Arena *arena = part->document->arena;
    const Piece *pieces = part->page->pieces + part->page->next_piece;
    const SegmentPage *page = part->page;
    size_t texts = 0, bytes = 0;
    for (size_t i = 0; i < most; i++) {
        texts += pieces[i].end - pieces[i].first;
        bytes += page->skeleton.texts[pieces[i].end - 1].end -
                 page->skeleton.texts[pieces[i].first].start + 2;
    }
    part->markup = arena_take(arena, most, sizeof *part->markup);
    part->inlines = arena_take(arena, texts, sizeof *part->inlines);
    part->starts = arena_take(arena, most + 1, sizeof *part->starts);
    part->document->blocks = arena_array(arena, most, sizeof *part->document->blocks);
    part->writer.capacity = bytes / 2 + 64;
    part->writer.bytes = arena_take(arena, part->writer.capacity, 1);
    return part->markup && part->inlines && part->starts && part->document->blocks &&
           part->writer.bytes;
}

/* Blocks know their text once all of it is written. */
static void settle_texts(Part *part) {
    Document *document = part->document;
    document->raw = (Str){part->writer.bytes, part->writer.size};
    for (size_t i = 0; i < document->block_count; i++) {
        const size_t end =
            i + 1 < document->block_count ? part->starts[i + 1] - 2 : part->writer.size;
        document->blocks[i].text =
            (Str){part->writer.bytes + part->starts[i], end - part->starts[i]};
    }
}

static decant_status make_blocks(Part *part, size_t most) {
    SegmentPage *page = part->page;
    Document *document = part->document;
    for (size_t i = 0; i < most && !part->writer.failed; i++) {
        const Piece *piece = &page->pieces[page->next_piece++];
        const size_t number = document->block_count;
        if (!write_piece(part, piece, &part->markup[number])) continue;
        part->starts[number] = part->writer.start;
        const Span span = span_of(page, piece);
        document->blocks[number].span =
            (Span){document->offset + span.start, document->offset + span.end};
        document->blocks[number].joint = number ? JOINT_PARAGRAPH : JOINT_START;
        document->block_count++;
    }
    if (part->writer.failed) return DECANT_NO_MEMORY;
    settle_texts(part);
    return DECANT_OK;
}

/* What filters are told of the page. */
static Page *describe(const Part *part) {
    const SegmentPage *page = part->page;
    Page *ret = arena_alloc(part->document->arena, sizeof *ret);
    if (!ret) return NULL;
    *ret = (Page){.bytes = page->bytes,
                  .elements = page->tree.elements,
                  .element_count = page->tree.element_count,
                  .markup = part->markup,
                  .inlines = part->inlines,
                  .inline_count = part->inline_count,
                  .links = page->skeleton.links,
                  .link_count = page->skeleton.link_count,
                  .metadata = &page->metadata};
    return ret;
}

decant_status segment_page_next(SegmentPage *page, Document *document, RuleSet *rules,
                                const Lexicon *lexicon) {
    const size_t left = page->piece_count - page->next_piece;
    const size_t most = left < SEGMENT_MAX_BLOCKS ? left : SEGMENT_MAX_BLOCKS;
    Part part = {
        .page = page, .document = document, .writer = {.page = page, .document = document}};
    if (!open_part(&part, most)) return DECANT_NO_MEMORY;
    decant_status status = make_blocks(&part, most);
    document->page = describe(&part);
    document->last_part = page->next_piece == page->piece_count;
    if (!document->page) return DECANT_NO_MEMORY;
    return status ? status : shape_blocks(document, rules, lexicon);
}
