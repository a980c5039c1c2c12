/* SPDX-License-Identifier: MIT
 * render.c - decides what stands between blocks and how each is written. */
#include "output/render.h"

#include <string.h>

/* ---- where a block stands -------------------------------------------------------------------- */

/* Whether the cells of a row hold a block each at most: else the table is there for the layout. */
static bool is_row(const Renderer *renderer, uint32_t row) {
    const Element *elements = renderer->document->page->elements;
    for (uint32_t i = row + 1;
         i<elements[row].end; i = elements[i].end> i ? elements[i].end : i + 1)
        if (renderer->blocks_in[i] > 1) return false;
    return true;
}

/* Looks at one of the elements around a block, from the innermost on. */
static void look_at(const Renderer *renderer, uint32_t number, Setting *setting) {
    const Tag tag = (Tag)renderer->document->page->elements[number].tag;
    const bool in_cell = setting->row || setting->table == UINT32_MAX;
    switch (tag) {
    case TAG_LI:
        if (!setting->item && !in_cell) setting->item = number;
        break;
    case TAG_UL:
    case TAG_OL:
        if (in_cell || !setting->item) break;
        if (!setting->list) setting->list = number;
        setting->list_root = number;
        if (setting->list_depth < UINT8_MAX) setting->list_depth++;
        break;
    case TAG_DT:
    case TAG_DD:
    case TAG_DL:
        if (!in_cell && !setting->item) setting->definitions = number;
        break;
    case TAG_TD:
    case TAG_TH:
        if (!setting->table) setting->table = UINT32_MAX; /* no list around it counts */
        break;
    case TAG_TR:
        if (!setting->row && setting->table == UINT32_MAX && !setting->item &&
            is_row(renderer, number))
            setting->row = number;
        break;
    case TAG_TABLE:
        if (setting->table == UINT32_MAX) setting->table = setting->row ? number : 0;
        break;
    case TAG_BLOCKQUOTE:
        if (setting->quote_depth < UINT8_MAX) setting->quote_depth++;
        break;
    default:
        if (tag >= TAG_H1 && tag <= TAG_H6 && !setting->level)
            setting->level = (uint8_t)(tag - TAG_H1 + 1);
    }
}

static Setting find_setting(const Renderer *renderer, size_t block) {
    const Page *page = renderer->document->page;
    Setting setting = {.is_verbatim = page->markup[block].is_verbatim};
    uint32_t element = page->markup[block].element;
    for (; element; element = page->elements[element].parent) look_at(renderer, element, &setting);
    if (!setting.list) setting.item = 0;
    if (setting.table == UINT32_MAX) setting.table = 0;
    if (!setting.table) setting.row = 0;
    return setting;
}

/* ---- signs ----------------------------------------------------------------------------------- */

static void add_times(Line *line, const char *word, size_t times) {
    while (times--) line_word(line, word);
}

/* What every line of a block begins with. */
static void add_margin(const Renderer *renderer, const Setting *setting) {
    if (renderer->format == DECANT_MARKDOWN) add_times(renderer->line, "> ", setting->quote_depth);
    if (setting->list) add_times(renderer->line, "  ", setting->list_depth);
}

static void end_line(const Renderer *renderer, const Setting *setting) {
    line_word(renderer->line, "\n");
    add_margin(renderer, setting);
}

static bool is_escaped(uint8_t byte) {
    return byte == '\\' || byte == '*' || byte == '_' || byte == '[' || byte == ']' ||
           byte == '<' || byte == '`' || byte == '|';
}

/* Whether Markdown would take the beginning of a line for something else than text. */
static bool begins_markup(Str text) {
    size_t digits = 0;
    while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9') digits++;
    if (digits)
        return digits + 1 < text.len && (text.at[digits] == '.' || text.at[digits] == ')') &&
               text.at[digits + 1] == ' ';
    if (!text.len) return false;
    const uint8_t first = text.at[0];
    const bool is_spaced = text.len > 1 && text.at[1] == ' ';
    return first == '#' || first == '>' || first == '~' || first == '=' ||
           ((first == '-' || first == '+') && (is_spaced || text.len == 1));
}

/* Text with its line breaks; in Markdown with what would be markup escaped. */
static void add_text(const Renderer *renderer, const Setting *setting, Str text, bool is_plain) {
    const bool is_markdown = renderer->format == DECANT_MARKDOWN && !is_plain;
    const uint8_t *from = text.at, *end = text.at + text.len;
    for (const uint8_t *at = text.at; at < end; at++) {
        if (*at == '\n') {
            line_add(renderer->line, from, (size_t)(at - from));
            if (setting->row) line_word(renderer->line, " ");
            else {
                if (is_markdown) line_word(renderer->line, "\\");
                end_line(renderer, setting);
            }
            from = at + 1;
        } else if (is_markdown && is_escaped(*at)) {
            line_add(renderer->line, from, (size_t)(at - from));
            line_word(renderer->line, "\\");
            from = at;
        }
    }
    line_add(renderer->line, from, (size_t)(end - from));
}

/* ---- Markdown -------------------------------------------------------------------------------- */

static Str trimmed(Str text, size_t *ret_before) {
    size_t start = 0;
    while (start < text.len && text.at[start] <= ' ') start++;
    while (text.len > start && text.at[text.len - 1] <= ' ') text.len--;
    *ret_before = start;
    return (Str){text.at + start, text.len - start};
}

static const char *mark_of(const Setting *setting, uint8_t style) {
    if (style & STYLE_CODE) return "`";
    if (setting->level) return "";
    if ((style & (STYLE_STRONG | STYLE_EMPHASIS)) == (STYLE_STRONG | STYLE_EMPHASIS)) return "***";
    return style & STYLE_STRONG ? "**" : style & STYLE_EMPHASIS ? "*" : "";
}

static void add_address(const Renderer *renderer, Str address) {
    line_word(renderer->line, "](");
    for (size_t i = 0; i < address.len; i++) {
        const uint8_t byte = address.at[i];
        if (byte <= ' ') line_word(renderer->line, "%20");
        else if (byte == '(') line_word(renderer->line, "%28");
        else if (byte == ')') line_word(renderer->line, "%29");
        else line_add(renderer->line, &byte, 1);
    }
    line_word(renderer->line, ")");
}

/* One run in the same inline elements. White space at its ends stands outside of its marks. */
static void add_inline(const Renderer *renderer, const Setting *setting, const Inline *run) {
    const Page *page = renderer->document->page;
    const Str all = {renderer->document->raw.at + run->start, run->end - run->start};
    size_t before;
    const Str text = trimmed(all, &before);
    const char *mark = text.len ? mark_of(setting, run->style) : "";
    const bool is_link = renderer->links && run->link && text.len;
    add_text(renderer, setting, (Str){all.at, before}, true);
    if (is_link) line_word(renderer->line, "[");
    line_word(renderer->line, mark);
    add_text(renderer, setting, text, run->style & STYLE_CODE);
    for (const char *at = mark + strlen(mark); at > mark; at--) line_add(renderer->line, at - 1, 1);
    if (is_link) add_address(renderer, page->links[run->link - 1]);
    add_text(renderer, setting, (Str){all.at + before + text.len, all.len - before - text.len},
             true);
}

static void add_markdown(const Renderer *renderer, const Setting *setting, size_t block) {
    const Page *page = renderer->document->page;
    const Markup *markup = &page->markup[block];
    const Str text = renderer->document->blocks[block].text;
    if (setting->is_verbatim && !setting->row) {
        line_word(renderer->line, "```");
        end_line(renderer, setting);
        add_text(renderer, setting, text, true);
        end_line(renderer, setting);
        line_word(renderer->line, "```");
        return;
    }
    if (setting->level) add_times(renderer->line, "#", setting->level);
    if (setting->level) line_word(renderer->line, " ");
    else if (begins_markup(text)) line_word(renderer->line, "\\");
    for (uint32_t i = 0; i < markup->inline_count; i++)
        add_inline(renderer, setting, &page->inlines[markup->first_inline + i]);
}

/* ---- between blocks -------------------------------------------------------------------------- */

static void add_mark(const Renderer *renderer, const Setting *setting) {
    const Element *elements = renderer->document->page->elements;
    if (elements[setting->list].tag != TAG_OL) {
        line_word(renderer->line, "- ");
        return;
    }
    line_number(renderer->line, elements[setting->item].ordinal);
    line_word(renderer->line, ". ");
}

/* Ends a row of Markdown, and behind a table's first row tells how many columns there are. */
static void end_row(Renderer *renderer) {
    if (renderer->format != DECANT_MARKDOWN || !renderer->before.row) return;
    line_word(renderer->line, " |");
    if (renderer->rows++) return;
    line_word(renderer->line, "\n|");
    add_times(renderer->line, " --- |", renderer->cells);
}

static void begin_row(Renderer *renderer, const Setting *setting) {
    if (setting->table != renderer->before.table) renderer->rows = 0;
    renderer->cells = 1;
    if (renderer->format == DECANT_MARKDOWN) line_word(renderer->line, "| ");
}

static bool is_within(const Renderer *renderer, uint32_t element, uint32_t around) {
    return element >= around && element < renderer->document->page->elements[around].end;
}

/* What parts a block from the one before, up to where its line begins. */
static void part(Renderer *renderer, const Setting *setting) {
    const Setting *before = &renderer->before;
    const bool same_row = setting->row && setting->row == before->row;
    if (same_row) {
        line_word(renderer->line, " | ");
        renderer->cells++;
        return;
    }
    if (!renderer->fresh) end_row(renderer);
    const bool is_tight =
        !renderer->fresh && ((setting->table && setting->table == before->table) ||
                             (setting->list_root && setting->list_root == before->list_root) ||
                             (setting->definitions && before->definitions &&
                              renderer->document->page->elements[setting->definitions].parent ==
                                  renderer->document->page->elements[before->definitions].parent));
    if (renderer->any) line_word(renderer->line, is_tight ? "\n" : "\n\n");
    if (setting->row) begin_row(renderer, setting);
}

/* An item's mark, where its first block stands; the margin of the others. */
static void begin(Renderer *renderer, const Setting *setting) {
    if (setting->row) return;
    const bool goes_on =
        !renderer->fresh && setting->item && is_within(renderer, renderer->element, setting->item);
    Setting outer = *setting;
    if (setting->list && !goes_on) outer.list_depth--;
    add_margin(renderer, &outer);
    if (setting->list && !goes_on) add_mark(renderer, setting);
}

void render_block(Renderer *renderer, size_t block) {
    const Setting setting = find_setting(renderer, block);
    part(renderer, &setting);
    begin(renderer, &setting);
    if (renderer->format == DECANT_MARKDOWN) add_markdown(renderer, &setting, block);
    else add_text(renderer, &setting, renderer->document->blocks[block].text, true);
    renderer->before = setting;
    renderer->element = renderer->document->page->markup[block].element;
    renderer->any = true;
    renderer->fresh = false;
}

void render_close(Renderer *renderer) {
    if (!renderer->fresh) end_row(renderer);
    renderer->before = (Setting){0};
}

decant_status render_open(Renderer *renderer, const Document *document, Line *line,
                          decant_format format, bool links, bool any) {
    const Page *page = document->page;
    *renderer =
        (Renderer){.document = document,
                   .line = line,
                   .format = format,
                   .links = links,
                   .blocks_in = arena_array(document->arena, page->element_count, sizeof(uint32_t)),
                   .any = any,
                   .fresh = true};
    if (!renderer->blocks_in) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++)
        renderer->blocks_in[page->markup[i].element]++;
    for (size_t i = page->element_count; i-- > 1;)
        renderer->blocks_in[page->elements[i].parent] += renderer->blocks_in[i];
    return DECANT_OK;
}
