/* SPDX-License-Identifier: MIT
 * skeleton.c - drives the scanner over a page and writes down what a tree is built from. */
#include "segment/skeleton.h"

#include "base/utf8.h"
#include "segment/attributes.h"
#include "segment/nesting.h"
#include "segment/reference.h"

#include <string.h>

enum {
    FOREIGN_DEPTH = 200,
    INLINE_DEPTH = 64, /* deeper ones say nothing of the texts in them */
    NAME_BYTES = 64,
    DOCTYPE_BYTES = 512,
    FIRST_CODE = 0x100
};

/* An inline element that is open, and how deep it stands. */
typedef struct Surround {
    ScanRange inside;             /* its attributes */
    const InlineElement *element; /* NULL until a text stands in it */
    uint16_t depth;
    uint8_t tag;
} Surround;

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
    size_t link_capacity;
    uint32_t link;             /* number + 1 of the link that is open */
    uint32_t open[TAG_COUNT];  /* inline elements, by name */
    uint16_t depth[TAG_COUNT]; /* of nesting when the last of that name was opened */
    Surround surrounds[INLINE_DEPTH];
    size_t surround_count;
    uint8_t breaks;                     /* since the last text */
    bool is_spaced;                     /* since the last text */
    bool in_select, after_tag, in_body; /* what was met so far */
    bool failed;                        /* memory was refused */
    bool more, is_done; /* the document goes on; the page was read to where it can be */
} Writer;

/* ---- writing --------------------------------------------------------------------------------- */

/* Makes room in an array of `count` items for `more`; the array as it is then, or NULL. */
static void *reserve(Writer *writer, void *items, size_t count, size_t more, size_t *capacity,
                     size_t size) {
    if (count + more <= *capacity) return items;
    const size_t wanted = *capacity * 2 + more;
    void *grown = arena_grow(writer->arena, items, count, wanted, size);
    if (grown) *capacity = wanted;
    else writer->failed = true;
    return grown;
}

static void put(Writer *writer, const char *text, size_t size) {
    uint8_t *bytes = reserve(writer, writer->bytes, writer->size, size, &writer->capacity, 1);
    if (!bytes) return;
    writer->bytes = bytes;
    memcpy(bytes + writer->size, text, size);
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
    uint8_t utf8[UTF8_MOST];
    put(writer, (const char *)utf8, utf8_write(code, utf8));
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
    SkeletonTag *tags = reserve(writer, skeleton->tags, skeleton->tag_count, 1,
                                &writer->tag_capacity, sizeof *tags);
    if (!tags) return;
    skeleton->tags = tags;
    skeleton->tags[skeleton->tag_count++] = (SkeletonTag){.at = (uint32_t)writer->size,
                                                          .start = (uint32_t)token->start,
                                                          .end = (uint32_t)token->end,
                                                          .inside = (uint32_t)token->inside.start,
                                                          .tag = (uint8_t)token->tag};
}

/* The bytes of a character reference to white space at the beginning of a text; 0 if there is none.
 */
static size_t blank_reference(Str text) {
    static const char *const references[] = {"&#9;",  "&#10;",  "&#12;", "&#13;",
                                             "&#32;", "&#x9;",  "&#xa;", "&#xc;",
                                             "&#xd;", "&#x20;", "&tab;", "&newline;"};
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        const size_t size = strlen(references[i]);
        if (scan_stands_at(text, 0, references[i], size)) return size;
    }
    return 0;
}

/* Whether a text is white space alone, references to it counted. */
static bool is_blank(const Writer *writer, const ScanToken *token, ScanRange page) {
    Str text = {writer->scanner.page.at + page.start, page.end - page.start};
    if (token->is_blank || !token->has_reference) return token->is_blank;
    while (text.len) {
        const size_t size = scan_is_space(text.at[0]) ? 1 : blank_reference(text);
        if (!size) return false;
        text = (Str){text.at + size, text.len - size};
    }
    return true;
}

/* The styles that inline elements give a text. */
static const struct {
    uint8_t tag, style;
} styles[] = {
    {TAG_B, STYLE_STRONG},   {TAG_STRONG, STYLE_STRONG}, {TAG_EM, STYLE_EMPHASIS},
    {TAG_I, STYLE_EMPHASIS}, {TAG_CODE, STYLE_CODE},     {TAG_KBD, STYLE_CODE},
    {TAG_SAMP, STYLE_CODE},  {TAG_TT, STYLE_CODE},
};

static uint8_t style_of(const Writer *writer) {
    uint8_t style = 0;
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (writer->open[styles[i].tag]) style |= styles[i].style;
    return style;
}

/* Those of a block that has ended are no longer around. */
static void leave_surrounds(Writer *writer) {
    size_t *count = &writer->surround_count;
    while (*count && writer->surrounds[*count - 1].depth > writer->nesting.depth) --*count;
}

static const InlineElement *read_inline(Writer *writer, const Surround *surround,
                                        const InlineElement *outer) {
    Element element = {.tag = surround->tag};
    InlineElement *ret = arena_alloc(writer->arena, sizeof *ret);
    const bool has_attributes = surround->inside.end > surround->inside.start;
    writer->failed |=
        !ret || (has_attributes &&
                 !attributes_read(&element, writer->arena, writer->scanner.page, surround->inside));
    if (writer->failed) return NULL;
    if (element.tag == TAG_TIME) element.roles |= ROLE_BIT(ROLE_META);
    if (element.tag == TAG_LABEL) element.roles |= ROLE_BIT(ROLE_FORM);
    *ret = (InlineElement){outer, element.naming, element.roles | (outer ? outer->roles : 0)};
    return ret;
}

/* The innermost inline element around what comes next. */
static const InlineElement *find_around(Writer *writer) {
    const InlineElement *around = NULL;
    leave_surrounds(writer);
    for (size_t i = 0; i < writer->surround_count; i++) {
        Surround *surround = &writer->surrounds[i];
        if (!surround->element) surround->element = read_inline(writer, surround, around);
        around = surround->element;
    }
    return around;
}

/* A run of text: its code point. White space alone is told to the text that follows. */
static void add_text(Writer *writer, const ScanToken *token, ScanRange page) {
    Skeleton *skeleton = writer->skeleton;
    if (is_blank(writer, token, page)) {
        writer->is_spaced = true;
        return;
    }
    SkeletonText *texts = reserve(writer, skeleton->texts, skeleton->text_count, 1,
                                  &writer->text_capacity, sizeof *texts);
    if (!texts) return;
    skeleton->texts = texts;
    texts[skeleton->text_count] = (SkeletonText){.start = (uint32_t)page.start,
                                                 .end = (uint32_t)page.end,
                                                 .at = (uint32_t)writer->size,
                                                 .link = writer->link,
                                                 .around = find_around(writer),
                                                 .text = (uint8_t)token->text,
                                                 .style = style_of(writer),
                                                 .breaks = writer->breaks,
                                                 .is_spaced = writer->is_spaced,
                                                 .has_reference = token->has_reference};
    put_code(writer, skeleton_code(skeleton->text_count++));
    writer->breaks = 0;
    writer->is_spaced = false;
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

/* ---- inline elements ------------------------------------------------------------------------- */

/* A value of an attribute, its references decoded; as it stands where it has none. */
static Str decode_value(Writer *writer, Str value) {
    if (!value.len || !memchr(value.at, '&', value.len)) return value;
    /* twice the room: the shortest reference that means more bytes than it takes is &nGt; */
    uint8_t *bytes = arena_take(writer->arena, value.len + REFERENCE_SIZE, 2), *end = bytes;
    writer->failed |= !bytes;
    while (bytes && value.len) {
        size_t size = 1;
        size_t taken = value.at[0] == '&' ? reference_read(value, true, end, &size) : 0;
        if (!taken) *end = value.at[0];
        end += taken ? size : 1;
        taken += !taken;
        value = (Str){value.at + taken, value.len - taken};
    }
    return (Str){bytes, (size_t)(end - bytes)};
}

static void open_link(Writer *writer, const ScanToken *token) {
    Skeleton *skeleton = writer->skeleton;
    ScanAttribute href;
    writer->link = 0;
    if (!scan_find_attribute(writer->scanner.page, token->inside, "href", &href)) return;
    Str *links = reserve(writer, skeleton->links, skeleton->link_count, 1, &writer->link_capacity,
                         sizeof *links);
    if (!links) return;
    skeleton->links = links;
    const Str value = {writer->scanner.page.at + href.value.start,
                       href.value.end - href.value.start};
    links[skeleton->link_count++] = decode_value(writer, value);
    writer->link = (uint32_t)skeleton->link_count;
}

static void open_surround(Writer *writer, const ScanToken *token) {
    leave_surrounds(writer);
    if (writer->surround_count == INLINE_DEPTH) return;
    writer->surrounds[writer->surround_count++] =
        (Surround){.inside = token->inside,
                   .depth = (uint16_t)writer->nesting.depth,
                   .tag = (uint8_t)token->tag};
}

static void close_surround(Writer *writer, Tag tag) {
    size_t i = writer->surround_count;
    while (i && writer->surrounds[i - 1].tag != tag) i--;
    if (i) writer->surround_count = i - 1;
}

/* Ends the elements of unknown names that were left open since nesting was so deep: the end of an
 * inline element around them does that. */
static void end_unknown(Writer *writer, size_t depth) {
    Nesting *nesting = &writer->nesting;
    while (nesting->depth > depth && nesting->open[nesting->depth - 1] == TAG_UNKNOWN) {
        const uint32_t from = nesting->from[nesting->depth - 1];
        ScanToken tag = {.start = from, .name = {from + 1, from + 1}};
        while (!scan_ends_name(writer->scanner.page.at[tag.name.end])) tag.name.end++;
        nesting_close(nesting, TAG_UNKNOWN);
        put_end(writer, &tag);
    }
}

/* Inline elements change no tree of blocks: they tell something of the texts in them. */
static void note_inline(Writer *writer, const ScanToken *token) {
    uint32_t *open = &writer->open[token->tag];
    const bool is_start = token->kind == SCAN_START_TAG;
    if (token->tag == TAG_BR && writer->breaks < 2) writer->breaks++;
    if (token->tag == TAG_A && is_start) open_link(writer, token);
    else if (token->tag == TAG_A) writer->link = 0;
    if (is_start && !nesting_is_void(token->tag)) {
        ++*open;
        writer->depth[token->tag] = (uint16_t)writer->nesting.depth;
        open_surround(writer, token);
    } else if (!is_start && *open) {
        --*open;
        end_unknown(writer, writer->depth[token->tag]);
        close_surround(writer, token->tag);
    }
    if (!is_start && token->tag != TAG_BR) return;  /* the end of nothing ends no head either */
    if (!writer->in_body) put_text(writer, "<br>"); /* it ends the head */
    writer->in_body = true;
}

/* Whether an element may stand in a head. */
static bool is_of_head(Tag tag) {
    return tag == TAG_HTML || tag == TAG_HEAD || tag == TAG_TITLE || tag == TAG_NOSCRIPT ||
           tag == TAG_SCRIPT || tag == TAG_STYLE || tag == TAG_TEMPLATE;
}

/* Elements that were left open do not reach out of the cell they stand in. */
static void end_inline(Writer *writer, Tag tag) {
    if (tag != TAG_TD && tag != TAG_TH && tag != TAG_CAPTION) return;
    writer->link = 0;
    memset(writer->open, 0, sizeof writer->open);
    writer->surround_count = 0;
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

/* ---- HTML ------------------------------------------------------------------------------------ */

/* The end of a text that fills the page, less what may be a reference that goes on in the next. */
static size_t whole_references(const Writer *writer, const ScanToken *token) {
    enum { LONGEST = 40 };
    const uint8_t *end = writer->scanner.page.at + token->end;
    for (size_t back = 1; back <= LONGEST && back < token->end; back++) {
        const uint8_t byte = end[-(ptrdiff_t)back];
        if (byte == '&') return token->end - back;
        if (byte == ';' || scan_is_space(byte)) break;
    }
    return token->end;
}

/* Whether the page ends before a token: where it may break off in the middle of it, and where there
 * is enough for a page. What follows is left to the next then. */
static bool ends_before(Writer *writer, ScanToken *token) {
    Skeleton *skeleton = writer->skeleton;
    const bool is_full =
        skeleton->text_count >= SKELETON_TEXTS || skeleton->tag_count >= SKELETON_TAGS;
    const bool is_cut = writer->more && token->end == writer->scanner.page.len;
    if (!is_full && !is_cut) return false;
    if (token->kind == SCAN_TEXT && token->text != SCAN_DATA) skeleton->raw = token->tag;
    if (token->start == 0) {
        if (token->kind == SCAN_TEXT)
            skeleton->taken = token->end = whole_references(writer, token);
        return false;
    }
    skeleton->taken = token->start;
    writer->is_done = true;
    return true;
}

/* Reads the text that was just opened and its end tag; false where it is empty. */
static bool read_raw(Writer *writer, Tag tag, ScanToken *ret_text) {
    ScanToken end;
    if (!scan_next(&writer->scanner, ret_text) || ends_before(writer, ret_text) ||
        ret_text->kind != SCAN_TEXT)
        return false;
    const size_t at = writer->scanner.at;
    if (scan_next(&writer->scanner, &end) && (end.kind != SCAN_END_TAG || end.tag != tag))
        writer->scanner.at = at;
    return true;
}

/* Writes an element whose content is text alone, or leaves it out. */
static void write_raw(Writer *writer, const ScanToken *token) {
    ScanToken text;
    const bool is_out = token->tag == TAG_SCRIPT || token->tag == TAG_STYLE;
    const bool is_kept = token->tag == TAG_TITLE || token->tag == TAG_TEXTAREA ||
                         token->tag == TAG_XMP || token->tag == TAG_PLAINTEXT;
    if (!is_out) put_start(writer, token, "");
    if (read_raw(writer, token->tag, &text) && is_kept)
        add_text(writer, &text, (ScanRange){text.start, text.end});
    if (!is_out && token->tag != TAG_PLAINTEXT) put_end(writer, token);
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
    return scan_find_attribute(writer->scanner.page, token->inside, "type", &type) &&
           type.value.end - type.value.start == sizeof hidden - 1 &&
           scan_stands_at(writer->scanner.page, type.value.start, hidden, sizeof hidden - 1);
}

static void write_start(Writer *writer, const ScanToken *token) {
    const bool was_select = writer->in_select;
    if (is_dropped_in_select(writer, token)) return;
    if (tag_is_inline(token->tag)) {
        note_inline(writer, token);
        return;
    }
    end_inline(writer, token->tag);
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
    writer->in_body |= !is_of_head(token->tag);
    if (writer->scanner.raw != TAG_UNKNOWN) {
        write_raw(writer, token);
        return;
    }
    if (!nesting_open(&writer->nesting, token->tag, (uint32_t)token->start)) {
        writer->skeleton->is_capped = true;
        return;
    }
    bool hidden = token->tag == TAG_INPUT && is_hidden_input(writer, token);
    put_start(writer, token, hidden ? " type=hidden" : "");
}

/* Whether an end tag ends a select: its own, and that of what it stands in, if that is a table. */
static bool ends_select(const Writer *writer, Tag tag) {
    switch (tag) {
    case TAG_SELECT:
        return true;
    case TAG_CAPTION:
    case TAG_TABLE:
    case TAG_TBODY:
    case TAG_TFOOT:
    case TAG_THEAD:
    case TAG_TR:
    case TAG_TD:
    case TAG_TH:
        return nesting_has(&writer->nesting, TAG_TABLE);
    default:
        return false;
    }
}

static void write_end(Writer *writer, const ScanToken *token) {
    if (token->tag == TAG_SCRIPT || token->tag == TAG_STYLE) return;
    if (tag_is_inline(token->tag)) {
        note_inline(writer, token);
        return;
    }
    end_inline(writer, token->tag);
    if (ends_select(writer, token->tag)) writer->in_select = false;
    if (nesting_close(&writer->nesting, token->tag)) put_end(writer, token);
}

/* An end tag in svg or math: of an element there, or else of the HTML around, which ends them. */
static void close_foreign(Writer *writer, const ScanToken *token) {
    size_t i = writer->foreign_depth;
    while (i > 0 && writer->foreign[i - 1] != token->tag) i--;
    const bool is_inline = i == 0 && writer->open[token->tag] > 0;
    if (i == 0 && !is_inline && !nesting_has(&writer->nesting, token->tag)) return;
    if (i > 0) put_end(writer, token);
    if (is_inline) put_text(writer, writer->foreign[0] == TAG_MATH ? "</math>" : "</svg>");
    if (i <= 1) leave_foreign(writer);
    else writer->foreign_depth = i - 1;
    settle_foreign(writer);
    if (i == 0) write_end(writer, token);
}

/* Ends svg and math at a tag of HTML. An inline one is not written: a line break does it. */
static void break_out(Writer *writer, const ScanToken *token) {
    writer->drawing.breaks_out = true;
    writer->foreign_depth = 0;
    settle_foreign(writer);
    if (tag_is_inline(token->tag)) put_text(writer, "<br>");
    writer->in_body = true;
}

static void write_tag(Writer *writer, const ScanToken *token) {
    const bool is_start = token->kind == SCAN_START_TAG, in_foreign = writer->foreign_depth > 0;
    const bool is_html = !in_foreign || writer->scanner.is_integration_point;
    if (!is_html && is_start && breaks_out(writer, token)) {
        break_out(writer, token);
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

/* Whether a text is shown: one that the page begins in may be of an element that is not. */
static bool is_shown(const ScanToken *token) {
    return token->text != SCAN_SCRIPT && (token->text != SCAN_RAWTEXT || token->tag == TAG_XMP);
}

static void write_token(Writer *writer, const ScanToken *token) {
    switch (token->kind) {
    case SCAN_TEXT:
        writer->drawing.has_text |= !token->is_blank;
        if (is_shown(token)) add_text(writer, token, (ScanRange){token->start, token->end});
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

decant_status skeleton_write(Skeleton *ret, Arena *arena, Str page, Tag raw, bool more) {
    *ret = (Skeleton){.taken = page.len};
    Writer *writer = arena_alloc(arena, sizeof *writer);
    if (!writer) return DECANT_NO_MEMORY;
    writer->arena = arena;
    writer->skeleton = ret;
    writer->scanner = (Scanner){.page = page, .raw = raw};
    writer->more = more;
    if (page.len >= 3 && memcmp(page.at, "\xEF\xBB\xBF", 3) == 0) writer->scanner.at = 3;
    writer->bytes = reserve(writer, NULL, 0, page.len / 16 + 256, &writer->capacity, 1);
    ScanToken token;
    while (!writer->failed && !writer->is_done && scan_next(&writer->scanner, &token))
        if (!ends_before(writer, &token)) write_token(writer, &token);
    ret->bytes = (Str){writer->bytes, writer->size};
    return writer->failed ? DECANT_NO_MEMORY : DECANT_OK;
}
