/* SPDX-License-Identifier: MIT
 * skeleton.c - drives the scanner over a page and writes down what a tree is built from. */
#include "segment/skeleton.h"

#include "segment/nesting.h"

#include <string.h>

enum { FOREIGN_DEPTH = 200, NAME_BYTES = 64, DOCTYPE_BYTES = 512, FIRST_CODE = 0x100 };

/* A drawing or formula that may turn out to hold nothing of the page: where the skeleton was. */
typedef struct Drawing {
    size_t bytes, tags, texts;
    bool has_text, breaks_out;
} Drawing;

typedef struct Writer {
    Arena *arena;
    Skeleton *skeleton;
    Scanner scanner;
    Nesting nesting;
    uint8_t *bytes;
    size_t size, capacity, tag_capacity, text_capacity;
    Tag foreign[FOREIGN_DEPTH]; /* open elements of svg or math */
    size_t foreign_depth;
    Drawing drawing;
    bool in_select, after_tag, failed;
} Writer;

/* ---- writing --------------------------------------------------------------------------------- */

static bool reserve(Writer *writer, size_t more) {
    if (writer->size + more <= writer->capacity) return true;
    size_t capacity = writer->capacity * 2 + more;
    uint8_t *grown = arena_grow(writer->arena, writer->bytes, writer->size, capacity, 1);
    if (!grown) {
        writer->failed = true;
        return false;
    }
    writer->bytes = grown;
    writer->capacity = capacity;
    return true;
}

static void put(Writer *writer, const char *text, size_t size) {
    if (!reserve(writer, size)) return;
    memcpy(writer->bytes + writer->size, text, size);
    writer->size += size;
}

static void put_text(Writer *writer, const char *text) {
    put(writer, text, strlen(text));
}

/* Surrogates and the code points that are no characters stand for nothing. */
uint32_t skeleton_code(size_t text) {
    uint32_t code = FIRST_CODE + (uint32_t)text;
    if (code >= 0xD800) code += 0x800;
    if (code >= 0xFDD0) code += 0x10000 - 0xFDD0;
    uint32_t planes = code < 0x10000 ? 0 : (code - 0x10000) / 0xFFF0;
    return code + planes * 0x10;
}

size_t skeleton_text(uint32_t code) {
    if (code < FIRST_CODE || code > 0x10FFFF || (code & 0xFFF0) == 0xFFF0) return SIZE_MAX;
    if ((code >= 0xD800 && code < 0xE000) || (code >= 0xFDD0 && code < 0x10000)) return SIZE_MAX;
    if (code >= 0x10000) code -= (code - 0x10000) / 0x10000 * 0x10;
    if (code >= 0x10000) code -= 0x10000 - 0xFDD0;
    if (code >= 0xE000) code -= 0x800;
    return code - FIRST_CODE;
}

static void put_code(Writer *writer, uint32_t code) {
    char utf8[4];
    size_t size = 0;
    if (code < 0x800) {
        utf8[size++] = (char)(0xC0 | code >> 6);
    } else if (code < 0x10000) {
        utf8[size++] = (char)(0xE0 | code >> 12);
        utf8[size++] = (char)(0x80 | (code >> 6 & 0x3F));
    } else {
        utf8[size++] = (char)(0xF0 | code >> 18);
        utf8[size++] = (char)(0x80 | (code >> 12 & 0x3F));
        utf8[size++] = (char)(0x80 | (code >> 6 & 0x3F));
    }
    utf8[size++] = (char)(0x80 | (code & 0x3F));
    put(writer, utf8, size);
}

static void put_name(Writer *writer, const ScanToken *token) {
    if (token->tag != TAG_UNKNOWN) {
        put_text(writer, tag_name(token->tag));
        return;
    }
    size_t size = token->name.end - token->name.start;
    put(writer, (const char *)writer->scanner.page.at + token->name.start,
        size < NAME_BYTES ? size : NAME_BYTES);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void add_tag(Writer *writer, const ScanToken *token) {
    Skeleton *skeleton = writer->skeleton;
    if (skeleton->tag_count == writer->tag_capacity) {
        size_t capacity = writer->tag_capacity ? writer->tag_capacity * 2 : 256;
        SkeletonTag *grown =
            arena_grow(writer->arena, skeleton->tags, skeleton->tag_count, capacity, sizeof *grown);
        writer->failed |= !grown;
        if (!grown) return;
        skeleton->tags = grown;
        writer->tag_capacity = capacity;
    }
    skeleton->tags[skeleton->tag_count++] = (SkeletonTag){.at = writer->size,
                                                          .page = {token->start, token->end},
                                                          .inside = token->inside,
                                                          .tag = token->tag};
}

/* The bytes of a character reference to white space at the beginning of a text; 0 if there is none.
 */
static size_t blank_reference(Str text) {
    static const char *const references[] = {"&#9;",  "&#10;",  "&#12;", "&#13;",
                                             "&#32;", "&#x9;",  "&#xa;", "&#xc;",
                                             "&#xd;", "&#x20;", "&tab;", "&newline;"};
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        const size_t size = strlen(references[i]);
        size_t same = 0;
        while (same < size && same < text.len &&
               (text.at[same] | (text.at[same] >= 'A' && text.at[same] <= 'Z' ? 0x20 : 0)) ==
                   (uint8_t)references[i][same])
            same++;
        if (same == size) return size;
    }
    return 0;
}

/* Whether a text is white space alone, references to it counted. */
static bool is_blank(const Writer *writer, const ScanToken *token, ScanRange page) {
    Str text = {writer->scanner.page.at + page.start, page.end - page.start};
    if (token->is_blank || !token->has_reference) return token->is_blank;
    while (text.len) {
        const bool is_space = strchr(" \t\n\f\r", text.at[0]) && text.at[0];
        const size_t size = is_space ? 1 : blank_reference(text);
        if (!size) return false;
        text = (Str){text.at + size, text.len - size};
    }
    return true;
}

/* A run of text: its code point, or white space for white space. */
static void add_text(Writer *writer, const ScanToken *token, ScanRange page) {
    Skeleton *skeleton = writer->skeleton;
    if (is_blank(writer, token, page)) {
        const uint8_t *at = writer->scanner.page.at + page.start;
        put_text(writer, memchr(at, '\n', page.end - page.start) ? "\n" : " ");
        return;
    }
    if (skeleton->text_count == SKELETON_TEXTS) {
        skeleton->is_capped = true;
        return;
    }
    if (skeleton->text_count == writer->text_capacity) {
        size_t capacity = writer->text_capacity ? writer->text_capacity * 2 : 256;
        SkeletonText *grown = arena_grow(writer->arena, skeleton->texts, skeleton->text_count,
                                         capacity, sizeof *grown);
        writer->failed |= !grown;
        if (!grown) return;
        skeleton->texts = grown;
        writer->text_capacity = capacity;
    }
    put_code(writer, skeleton_code(skeleton->text_count));
    skeleton->texts[skeleton->text_count++] =
        (SkeletonText){.page = page, .text = token->text, .has_reference = token->has_reference};
}

/* ---- svg and math ---------------------------------------------------------------------------- */

/* Whether what stands in a foreign element is HTML again. */
static bool leads_back(Tag tag) {
    return tag == TAG_FOREIGNOBJECT || tag == TAG_DESC || tag == TAG_TITLE || tag == TAG_MI ||
           tag == TAG_MO || tag == TAG_MN || tag == TAG_MS || tag == TAG_MTEXT ||
           tag == TAG_ANNOTATION_XML;
}

/* Tells the scanner where it stands. */
static void settle_foreign(Writer *writer) {
    writer->scanner.is_foreign = writer->foreign_depth > 0;
    writer->scanner.is_integration_point =
        writer->foreign_depth > 0 && leads_back(writer->foreign[writer->foreign_depth - 1]);
}

/* The start tags that end svg and math wherever they stand, by the standard. */
static bool breaks_out(Writer *writer, const ScanToken *token) {
    ScanAttribute found;
    switch (token->tag) {
    case TAG_B:
    case TAG_BIG:
    case TAG_BLOCKQUOTE:
    case TAG_BODY:
    case TAG_BR:
    case TAG_CENTER:
    case TAG_CODE:
    case TAG_DD:
    case TAG_DIV:
    case TAG_DL:
    case TAG_DT:
    case TAG_EM:
    case TAG_EMBED:
    case TAG_H1:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6:
    case TAG_HEAD:
    case TAG_HR:
    case TAG_I:
    case TAG_IMG:
    case TAG_LI:
    case TAG_LISTING:
    case TAG_MENU:
    case TAG_META:
    case TAG_NOBR:
    case TAG_OL:
    case TAG_P:
    case TAG_PRE:
    case TAG_RUBY:
    case TAG_S:
    case TAG_SMALL:
    case TAG_SPAN:
    case TAG_STRONG:
    case TAG_STRIKE:
    case TAG_SUB:
    case TAG_SUP:
    case TAG_TABLE:
    case TAG_TT:
    case TAG_U:
    case TAG_UL:
    case TAG_VAR:
        return true;
    case TAG_FONT:
        return scan_find_attribute(writer->scanner.page, token->inside, "color", &found) ||
               scan_find_attribute(writer->scanner.page, token->inside, "face", &found) ||
               scan_find_attribute(writer->scanner.page, token->inside, "size", &found);
    default:
        return false;
    }
}

/* Ends svg or math. Where nothing in it broke out, it was a drawing: an empty element stands for
 * it, or one with a text, since text has effects of its own. */
static void leave_foreign(Writer *writer) {
    const Drawing *drawing = &writer->drawing;
    writer->foreign_depth = 0;
    settle_foreign(writer);
    if (drawing->breaks_out || writer->failed) return;
    writer->size = drawing->bytes;
    writer->skeleton->tag_count = drawing->tags;
    writer->skeleton->text_count = drawing->texts;
    put_text(writer, drawing->has_text ? "<svg>x</svg>" : "<svg/>");
}

static void put_start(Writer *writer, const ScanToken *token, const char *attributes) {
    add_tag(writer, token);
    put_text(writer, "<");
    put_name(writer, token);
    put_text(writer, attributes);
    put_text(writer, token->self_closing ? "/>" : ">");
}

static void put_end(Writer *writer, const ScanToken *token) {
    if (token->tag == TAG_FORM) put_text(writer, "<!---->"); /* gumbo keeps text back otherwise */
    put_text(writer, "</");
    put_name(writer, token);
    put_text(writer, ">");
}

static void open_foreign(Writer *writer, const ScanToken *token) {
    if (!writer->foreign_depth)
        writer->drawing = (Drawing){.bytes = writer->size,
                                    .tags = writer->skeleton->tag_count,
                                    .texts = writer->skeleton->text_count};
    if (writer->foreign_depth == FOREIGN_DEPTH) {
        writer->skeleton->is_capped = true;
        return;
    }
    put_start(writer, token, "");
    if (!token->self_closing) writer->foreign[writer->foreign_depth++] = token->tag;
    else if (!writer->foreign_depth) leave_foreign(writer);
    settle_foreign(writer);
}

/* An end tag in svg or math: of an element there, or else of the HTML around, which ends them. */
static void close_foreign(Writer *writer, const ScanToken *token) {
    size_t i = writer->foreign_depth;
    while (i > 0 && writer->foreign[i - 1] != token->tag) i--;
    if (i == 0 && !nesting_has(&writer->nesting, token->tag)) return;
    if (i > 0) put_end(writer, token);
    if (i <= 1) leave_foreign(writer);
    else writer->foreign_depth = i - 1;
    settle_foreign(writer);
    if (i == 0 && nesting_close(&writer->nesting, token->tag)) put_end(writer, token);
}

/* ---- HTML ------------------------------------------------------------------------------------ */

/* Skips the text that was just opened and its end tag. */
static void skip_raw(Writer *writer, ScanToken *text) {
    const Tag tag = writer->scanner.raw;
    ScanToken token;
    *text = (ScanToken){.is_blank = true};
    while (writer->scanner.raw == tag && scan_next(&writer->scanner, &token)) *text = token;
    if (text->kind != SCAN_TEXT) return; /* its end tag came at once */
    const size_t at = writer->scanner.at;
    if (!scan_next(&writer->scanner, &token)) return;
    if (token.kind != SCAN_END_TAG || token.tag != tag) writer->scanner.at = at;
}

/* Writes an element whose content is text alone, or leaves it out. */
static void write_raw(Writer *writer, const ScanToken *token) {
    ScanToken text;
    const bool is_out = token->tag == TAG_SCRIPT || token->tag == TAG_STYLE;
    const bool is_kept = token->tag == TAG_TITLE || token->tag == TAG_TEXTAREA ||
                         token->tag == TAG_XMP || token->tag == TAG_PLAINTEXT;
    if (!is_out) put_start(writer, token, "");
    skip_raw(writer, &text);
    if (is_out) return;
    if (is_kept && text.kind == SCAN_TEXT && text.end > text.start)
        add_text(writer, &text, (ScanRange){text.start, text.end});
    if (token->tag == TAG_PLAINTEXT) return;
    put_text(writer, "</");
    put_text(writer, tag_name(token->tag));
    put_text(writer, ">");
}

/* In a select most start tags are dropped. */
static bool is_dropped_in_select(Writer *writer, const ScanToken *token) {
    if (!writer->in_select) return false;
    switch (token->tag) {
    case TAG_OPTION:
    case TAG_OPTGROUP:
    case TAG_SCRIPT:
    case TAG_TEMPLATE:
        return false;
    case TAG_INPUT:
    case TAG_TEXTAREA:
    case TAG_KEYGEN:
    case TAG_SELECT:
    case TAG_CAPTION:
    case TAG_TABLE:
    case TAG_TBODY:
    case TAG_TFOOT:
    case TAG_THEAD:
    case TAG_TR:
    case TAG_TD:
    case TAG_TH:
        writer->in_select = false;
        return false;
    default:
        writer->scanner.raw = TAG_UNKNOWN;
        return true;
    }
}

static bool is_hidden_input(const Writer *writer, const ScanToken *token) {
    static const char hidden[] = "hidden";
    ScanAttribute type;
    if (!scan_find_attribute(writer->scanner.page, token->inside, "type", &type)) return false;
    if (type.value.end - type.value.start != sizeof hidden - 1) return false;
    for (size_t i = 0; i < sizeof hidden - 1; i++)
        if ((writer->scanner.page.at[type.value.start + i] | 0x20) != hidden[i]) return false;
    return true;
}

static void write_start(Writer *writer, const ScanToken *token) {
    const bool was_select = writer->in_select;
    if (is_dropped_in_select(writer, token)) return;
    switch (token->tag) {
    case TAG_META:
    case TAG_LINK:
    case TAG_BASE:
    case TAG_BASEFONT:
    case TAG_BGSOUND:
        return;
    case TAG_SVG:
    case TAG_MATH:
        open_foreign(writer, token);
        return;
    case TAG_SELECT:
        writer->in_select = !was_select;
        break;
    default:
        break;
    }
    if (writer->scanner.raw != TAG_UNKNOWN) {
        write_raw(writer, token);
        return;
    }
    if (!nesting_open(&writer->nesting, token->tag)) {
        writer->skeleton->is_capped = true;
        return;
    }
    bool hidden = token->tag == TAG_INPUT && is_hidden_input(writer, token);
    put_start(writer, token, hidden ? " type=hidden" : "");
}

static void write_end(Writer *writer, const ScanToken *token) {
    if (token->tag == TAG_SCRIPT || token->tag == TAG_STYLE) return;
    if (token->tag == TAG_SELECT) writer->in_select = false;
    if (nesting_close(&writer->nesting, token->tag)) put_end(writer, token);
}

static void write_tag(Writer *writer, const ScanToken *token) {
    const bool is_start = token->kind == SCAN_START_TAG, in_foreign = writer->foreign_depth > 0;
    const bool is_html = !in_foreign || writer->scanner.is_integration_point;
    if (!is_html && is_start && breaks_out(writer, token)) {
        writer->drawing.breaks_out = true;
        writer->foreign_depth = 0;
        settle_foreign(writer);
        write_start(writer, token);
    } else if (!is_html) {
        if (is_start) open_foreign(writer, token);
        else close_foreign(writer, token);
    } else if (is_start) {
        if (in_foreign && token->tag != TAG_SVG) writer->drawing.breaks_out = true;
        write_start(writer, token);
    } else if (in_foreign && token->tag == writer->foreign[writer->foreign_depth - 1]) {
        close_foreign(writer, token);
    } else {
        write_end(writer, token);
    }
}

static void write_token(Writer *writer, const ScanToken *token) {
    switch (token->kind) {
    case SCAN_TEXT:
        writer->drawing.has_text |= !token->is_blank;
        add_text(writer, token, (ScanRange){token->start, token->end});
        break;
    case SCAN_CDATA:
        writer->drawing.has_text = true;
        if (token->inside.end > token->inside.start) add_text(writer, token, token->inside);
        break;
    case SCAN_START_TAG:
    case SCAN_END_TAG:
        write_tag(writer, token);
        writer->after_tag = true;
        break;
    case SCAN_DOCTYPE:
        if (!writer->after_tag && token->end - token->start <= DOCTYPE_BYTES)
            put(writer, (const char *)writer->scanner.page.at + token->start,
                token->end - token->start);
        break;
    case SCAN_COMMENT:
    case SCAN_CUT_TAG:
        break;
    }
}

decant_status skeleton_write(Skeleton *ret, Arena *arena, Str page) {
    *ret = (Skeleton){0};
    Writer *writer = arena_alloc(arena, sizeof *writer);
    if (!writer) return DECANT_NO_MEMORY;
    writer->arena = arena;
    writer->skeleton = ret;
    writer->scanner.page = page;
    if (page.len >= 3 && memcmp(page.at, "\xEF\xBB\xBF", 3) == 0) writer->scanner.at = 3;
    reserve(writer, page.len / 16 + 256);
    ScanToken token;
    while (!writer->failed && scan_next(&writer->scanner, &token)) write_token(writer, &token);
    ret->bytes = (Str){writer->bytes, writer->size};
    return writer->failed ? DECANT_NO_MEMORY : DECANT_OK;
}
