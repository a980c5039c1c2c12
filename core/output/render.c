/* SPDX-License-Identifier: MIT
 * render.c - decides what stands between blocks and how each is written. */
#include "output/render.h"

#include "language/letters.h"

#include <stdio.h>
#include <string.h>

/* Rows are filled up to so many columns. */
enum { COLUMNS_MOST = 64 };

static bool is_markdown(const Renderer *renderer) {
    return renderer->format == DECANT_MARKDOWN;
}

static bool is_within(const Renderer *renderer, uint32_t element, uint32_t around) {
    return element >= around && element < renderer->document->page->elements[around].end;
}

/* ---- where a block stands -------------------------------------------------------------------- */

/* A row whose cells hold a block each at most, in a table that has rows of several of them: any
 * other table is there for the layout. */
static uint32_t table_of_row(const Renderer *renderer, uint32_t row) {
    const Element *elements = renderer->document->page->elements;
    uint32_t table = elements[row].parent;
    while (table && elements[table].tag != TAG_TABLE) table = elements[table].parent;
    return !renderer->inside[row].is_crowded && renderer->inside[table].is_table ? table : 0;
}

static void add_margin(Setting *setting, const char *first, const char *others) {
    const size_t size = strlen(first);
    if (setting->margin + size > MARGIN_MOST) return;
    setting->margin += (uint8_t)size;
    memcpy(setting->first + MARGIN_MOST - setting->margin, first, size);
    memcpy(setting->others + MARGIN_MOST - setting->margin, others, size);
}

/* An item's mark stands where its first block is rendered. */
static void look_at_item(const Renderer *renderer, uint32_t number, Setting *setting) {
    static const char spaces[] = "             ";
    const Element *elements = renderer->document->page->elements, *item = &elements[number];
    const bool begins = !is_within(renderer, renderer->element, number);
    char mark[sizeof spaces] = "- ";
    if (item->tag == TAG_DT) mark[0] = '\0';
    else if (item->tag == TAG_DD) mark[0] = is_markdown(renderer) ? ':' : ' ';
    else if (elements[item->parent].tag == TAG_OL)
        snprintf(mark, sizeof mark, "%u. ", (unsigned)item->ordinal);
    const char *blank = spaces + sizeof spaces - 1 - strlen(mark);
    add_margin(setting, begins ? mark : blank, blank);
    setting->list = item->parent;
    setting->begins_item |= begins && !(item->tag == TAG_DT && is_markdown(renderer));
}

static void look_at_quote(uint32_t number, Setting *setting) {
    setting->quote = number;
    setting->in_quote = setting->margin;
    add_margin(setting, "> ", "> ");
}

/* Looks at one of the elements around a block, from the innermost on. What is in the cell of a row
 * does not show. */
static void look_at(const Renderer *renderer, uint32_t number, Setting *setting) {
    const Element *element = &renderer->document->page->elements[number];
    switch (element->tag) {
    case TAG_TD:
    case TAG_TH:
        if (!setting->row) setting->column = element->ordinal;
        break;
    case TAG_TR:
        if (!setting->row && table_of_row(renderer, number))
            *setting = (Setting){
                .row = number, .table = table_of_row(renderer, number), .column = setting->column};
        break;
    case TAG_LI:
    case TAG_DT:
    case TAG_DD:
        look_at_item(renderer, number, setting);
        break;
    case TAG_BLOCKQUOTE:
        if (is_markdown(renderer)) look_at_quote(number, setting);
        break;
    default:
        if (is_markdown(renderer) && element->tag >= TAG_H1 && element->tag <= TAG_H6)
            setting->level = (uint8_t)(element->tag - TAG_H1 + 1);
    }
}

static Setting find_setting(const Renderer *renderer, size_t block) {
    const Page *page = renderer->document->page;
    const Markup *markup = &page->markup[block];
    Setting setting = {.row = 0};
    for (uint32_t i = markup->element; i; i = page->elements[i].parent)
        look_at(renderer, i, &setting);
    setting.is_verbatim = markup->is_verbatim && !setting.row;
    if (setting.row) setting.level = 0;
    return setting;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void add_times(Line *line, const char *word, size_t times) {
    while (times--) line_word(line, word);
}

/* A line without text, but for what shows of its margin. */
static void add_empty(const Renderer *renderer, const Setting *setting, size_t size) {
    const char *margin = setting->others + MARGIN_MOST - setting->margin;
    while (size && margin[size - 1] == ' ') size--;
    line_word(renderer->line, "\n");
    line_add(renderer->line, margin, size);
}

static void begin_line(const Renderer *renderer, const Setting *setting) {
    const size_t size = setting->margin;
    line_word(renderer->line, "\n");
    line_add(renderer->line, setting->others + MARGIN_MOST - size, size);
}

/* A line break in a block. */
static void break_line(const Renderer *renderer, const Setting *setting, bool is_last) {
    if (setting->row || setting->level) line_word(renderer->line, " ");
    else if (is_last) add_empty(renderer, setting, setting->margin);
    else begin_line(renderer, setting);
}

/* ---- signs ----------------------------------------------------------------------------------- */

/* What is escaped in a text. */
typedef enum Escapes { ESCAPE_NOTHING, ESCAPE_BARS, ESCAPE_MARKUP } Escapes;

static bool is_digit(uint8_t byte) {
    return byte >= '0' && byte <= '9';
}

static bool is_word(uint8_t byte) {
    return letter_is_ascii(byte) || is_digit(byte);
}

/* Blocks are parted by line breaks in the raw text. */
static bool begins_line(Str raw, const uint8_t *at) {
    return at == raw.at || at[-1] == '\n';
}

/* Whether a line begins with a number that ends here. */
static bool ends_number(Str raw, const uint8_t *at) {
    enum { MOST_DIGITS = 9 };
    const uint8_t *from = at;
    while (from > raw.at && is_digit(from[-1]) && at - from < MOST_DIGITS) from--;
    return from < at && begins_line(raw, from);
}

static bool begins_reference(const uint8_t *at, const uint8_t *end) {
    const uint8_t *name = ++at;
    while (at < end && (is_word(*at) || *at == '#')) at++;
    return at > name && at < end && *at == ';';
}

/* Whether Markdown would take a sign of a text for markup. */
static bool is_markup(Str raw, const uint8_t *at) {
    const uint8_t *end = raw.at + raw.len;
    const uint8_t next = at + 1 < end ? at[1] : '\n';
    const bool ends_word = next == ' ' || next == '\n';
    switch (*at) {
    case '\\':
    case '*':
    case '[':
    case ']':
    case '<':
    case '`':
    case '~':
        return true;
    case '_':
        return begins_line(raw, at) || !is_word(at[-1]) || !is_word(next);
    case '&':
        return begins_reference(at, end);
    case '#':
        return begins_line(raw, at) || (next == '\n' && (at[-1] == ' ' || at[-1] == '#'));
    case '>':
    case '=':
        return begins_line(raw, at);
    case '-':
        return begins_line(raw, at) && (ends_word || next == '-');
    case '+':
        return begins_line(raw, at) && ends_word;
    case '.':
    case ')':
        return ends_word && ends_number(raw, at);
    default:
        return false;
    }
}

static bool is_escaped(const Renderer *renderer, const Setting *setting, const uint8_t *at,
                       Escapes escapes) {
    if (*at == '|') return escapes && setting->row;
    return escapes == ESCAPE_MARKUP && is_markup(renderer->document->raw, at);
}

static void add_text(const Renderer *renderer, const Setting *setting, Str text, Escapes escapes) {
    const bool is_hard = escapes == ESCAPE_MARKUP && !setting->row && !setting->level;
    const uint8_t *from = text.at, *end = text.at + text.len;
    for (const uint8_t *at = text.at; at < end; at++) {
        const bool is_break = *at == '\n';
        if (!is_break && !is_escaped(renderer, setting, at, escapes)) continue;
        line_add(renderer->line, from, (size_t)(at - from));
        from = at + is_break;
        if (!is_break || is_hard) line_word(renderer->line, "\\");
        if (is_break) break_line(renderer, setting, from < end && *from == '\n');
    }
    line_add(renderer->line, from, (size_t)(end - from));
}

/* ---- Markdown -------------------------------------------------------------------------------- */

/* The most ` in a row. */
static size_t longest_ticks(Str text) {
    size_t longest = 0, ticks = 0;
    for (size_t i = 0; i < text.len; i++) {
        ticks = text.at[i] == '`' ? ticks + 1 : 0;
        if (ticks > longest) longest = ticks;
    }
    return longest;
}

/* Code that stands in a line. */
static void add_code(const Renderer *renderer, const Setting *setting, Str text) {
    if (!text.len) return;
    const size_t ticks = longest_ticks(text) + 1;
    const char *space = text.at[0] == '`' || text.at[text.len - 1] == '`' ? " " : "";
    add_times(renderer->line, "`", ticks);
    line_word(renderer->line, space);
    add_text(renderer, setting, text, ESCAPE_BARS);
    line_word(renderer->line, space);
    add_times(renderer->line, "`", ticks);
}

/* Code does not go on over a line break: at a line's beginning it could be taken for markup. */
static void add_code_lines(const Renderer *renderer, const Setting *setting, Str text) {
    const uint8_t *stop;
    while ((stop = memchr(text.at, '\n', text.len))) {
        const size_t size = (size_t)(stop - text.at);
        add_code(renderer, setting, (Str){text.at, size});
        add_text(renderer, setting, (Str){stop, 1}, ESCAPE_MARKUP);
        text = (Str){stop + 1, text.len - size - 1};
    }
    add_code(renderer, setting, text);
}

/* Lines of code of their own. */
static void add_fenced(const Renderer *renderer, const Setting *setting, Str text) {
    const size_t longest = longest_ticks(text), ticks = longest < 3 ? 3 : longest + 1;
    add_times(renderer->line, "`", ticks);
    begin_line(renderer, setting);
    add_text(renderer, setting, text, ESCAPE_NOTHING);
    begin_line(renderer, setting);
    add_times(renderer->line, "`", ticks);
}

static Str trimmed(Str text) {
    while (text.len && text.at[0] <= ' ') text = (Str){text.at + 1, text.len - 1};
    while (text.len && text.at[text.len - 1] <= ' ') text.len--;
    return text;
}

/* A ! before a link would make it a picture. */
static void open_link(const Renderer *renderer) {
    Line *line = renderer->line;
    const bool is_called = line->size && line->bytes[line->size - 1] == '!';
    if (is_called) line->size--;
    line_word(line, is_called ? "\\![" : "[");
}

static bool is_safe_in_address(uint8_t byte) {
    return byte > ' ' && byte != 0x7F && !strchr("()<>\\|", byte);
}

static void close_link(const Renderer *renderer, Str address) {
    const uint8_t *at = address.at, *end = at + address.len;
    line_word(renderer->line, "](");
    while (at < end) {
        const Letter letter = letter_read(at, end);
        char escaped[] = "%00";
        snprintf(escaped, sizeof escaped, "%%%02X", *at);
        if (letter.size > 1 || (*at < 0x80 && is_safe_in_address(*at)))
            line_add(renderer->line, at, letter.size);
        else line_word(renderer->line, escaped);
        at += letter.size;
    }
    line_word(renderer->line, ")");
}

/* ---- runs in the same inline elements -------------------------------------------------------- */

/* The code point that ends at a place. */
static Letter letter_before(Str raw, const uint8_t *at) {
    const uint8_t *end = at;
    do at--;
    while (at > raw.at && (*at & 0xC0) == 0x80);
    return letter_read(at, end);
}

static bool is_sign(Letter letter) {
    return letter.letter == LETTER_PUNCTUATION || letter.letter == LETTER_SYMBOL;
}

/* Whether marks stand between a sign within and a word without: Markdown takes them for text. */
static bool is_torn(Letter within, Letter without) {
    return is_sign(within) && !is_sign(without) && without.letter != LETTER_SPACE;
}

static bool takes_marks(Str raw, Str text) {
    const uint8_t *end = text.at + text.len, *raw_end = raw.at + raw.len;
    const bool torn_before =
        text.at > raw.at && is_torn(letter_read(text.at, end), letter_before(raw, text.at));
    return !torn_before &&
           !(end < raw_end && is_torn(letter_before(raw, end), letter_read(end, raw_end)));
}

static void add_marked(const Renderer *renderer, const Setting *setting, Str text, uint8_t style) {
    static const char *const marks[] = {"", "**", "*", "***"};
    line_word(renderer->line, marks[style]);
    add_text(renderer, setting, text, ESCAPE_MARKUP);
    line_word(renderer->line, marks[style]);
}

/* What shows of the inline elements around a run. */
static Inline shown(const Renderer *renderer, const Setting *setting, uint32_t number) {
    Inline run = renderer->document->page->inlines[number];
    if (!renderer->links) run.link = 0;
    if (run.style & STYLE_CODE) run.style = STYLE_CODE;
    else if (setting->level) run.style = 0;
    return run;
}

/* White space at the ends stands outside of the marks. */
static void add_run(const Renderer *renderer, const Setting *setting, const Inline *run) {
    const Str raw = renderer->document->raw;
    const Str all = {raw.at + run->start, run->end - run->start}, text = trimmed(all);
    const uint8_t *end = all.at + all.len, *text_end = text.at + text.len;
    add_text(renderer, setting, (Str){all.at, (size_t)(text.at - all.at)}, ESCAPE_MARKUP);
    if (!text.len) return;
    const uint8_t style = run->link || takes_marks(raw, text) ? run->style : 0;
    if (run->link) open_link(renderer);
    if (run->style & STYLE_CODE) add_code_lines(renderer, setting, text);
    else add_marked(renderer, setting, text, style);
    if (run->link) close_link(renderer, trimmed(renderer->document->page->links[run->link - 1]));
    add_text(renderer, setting, (Str){text_end, (size_t)(end - text_end)}, ESCAPE_MARKUP);
}

static void add_runs(const Renderer *renderer, const Setting *setting, const Markup *markup) {
    const uint32_t end = markup->first_inline + markup->inline_count;
    for (uint32_t i = markup->first_inline; i < end;) {
        Inline run = shown(renderer, setting, i);
        while (++i < end) {
            const Inline next = shown(renderer, setting, i);
            if (next.link != run.link || next.style != run.style) break;
            run.end = next.end;
        }
        add_run(renderer, setting, &run);
    }
}

/* ---- between blocks -------------------------------------------------------------------------- */

/* Goes on to a column of the row. */
static void go_to_column(Renderer *renderer, uint32_t column) {
    do line_word(renderer->line, renderer->cells++ ? " | " : "| ");
    while (renderer->cells < column && renderer->cells < COLUMNS_MOST);
}

/* Behind a table's first row Markdown tells how many columns there are. */
static void end_row(Renderer *renderer) {
    const Setting *before = &renderer->before;
    const uint32_t columns = renderer->inside[before->table].columns;
    if (!before->row || !is_markdown(renderer)) return;
    if (!renderer->rows && renderer->cells < columns) go_to_column(renderer, columns);
    line_word(renderer->line, " |");
    if (renderer->rows++) return;
    begin_line(renderer, before);
    line_word(renderer->line, "|");
    add_times(renderer->line, " --- |", renderer->cells);
}

/* A line break before the next item or row, else an empty line. */
static void add_gap(const Renderer *renderer, const Setting *setting) {
    const Setting *before = &renderer->before;
    const bool is_next = (setting->row && setting->table == before->table) ||
                         (setting->begins_item && setting->list == before->list);
    if (!renderer->any) return;
    if (!is_next && setting->quote && setting->quote == before->quote)
        add_empty(renderer, setting, (size_t)setting->margin - setting->in_quote);
    else if (!is_next) line_word(renderer->line, "\n");
    line_word(renderer->line, "\n");
}

/* Ends what the block before left open, and begins the line of the next. */
static void part(Renderer *renderer, const Setting *setting) {
    end_row(renderer);
    if (setting->table != renderer->before.table) renderer->rows = 0;
    renderer->cells = 0;
    add_gap(renderer, setting);
    line_add(renderer->line, setting->first + MARGIN_MOST - setting->margin, setting->margin);
    add_times(renderer->line, "#", setting->level);
    if (setting->level) line_word(renderer->line, " ");
}

static void add_block(const Renderer *renderer, const Setting *setting, size_t block) {
    const Str text = renderer->document->blocks[block].text;
    if (!is_markdown(renderer)) add_text(renderer, setting, text, ESCAPE_NOTHING);
    else if (setting->is_verbatim) add_fenced(renderer, setting, text);
    else add_runs(renderer, setting, &renderer->document->page->markup[block]);
}

void render_block(Renderer *renderer, size_t block) {
    const Setting setting = find_setting(renderer, block);
    const bool same_row = setting.row && setting.row == renderer->before.row;
    if (!same_row) part(renderer, &setting);
    if (setting.row && is_markdown(renderer)) go_to_column(renderer, setting.column);
    else if (same_row) line_word(renderer->line, " | ");
    add_block(renderer, &setting, block);
    renderer->before = setting;
    renderer->element = renderer->document->page->markup[block].element;
    renderer->any = true;
}

void render_close(Renderer *renderer) {
    end_row(renderer);
    renderer->before = (Setting){.row = 0};
}

/* ---- what elements hold ---------------------------------------------------------------------- */

static uint8_t larger(uint32_t one, uint32_t other) {
    const uint32_t ret = one > other ? one : other;
    return (uint8_t)(ret < COLUMNS_MOST ? ret : COLUMNS_MOST);
}

/* Adds what an element holds to what its parent does. */
static void tell_parent(const Element *element, const Inside *inside, Inside *parent) {
    parent->blocks += inside->blocks;
    switch (element->tag) {
    case TAG_TD:
    case TAG_TH:
        parent->is_crowded |= inside->blocks > 1;
        parent->columns = larger(parent->columns, element->ordinal);
        break;
    case TAG_TR:
        parent->is_table |= inside->blocks > 1 && !inside->is_crowded;
        parent->columns = larger(parent->columns, inside->columns);
        break;
    case TAG_THEAD:
    case TAG_TBODY:
    case TAG_TFOOT:
        parent->is_table |= inside->is_table;
        parent->columns = larger(parent->columns, inside->columns);
        break;
    default:
        break;
    }
}

decant_status render_open(Renderer *renderer, const Document *document, Line *line,
                          decant_format format, bool links, bool any) {
    const Page *page = document->page;
    Inside *inside = arena_array(document->arena, page->element_count, sizeof *inside);
    *renderer = (Renderer){.document = document,
                           .line = line,
                           .format = format,
                           .links = links,
                           .inside = inside,
                           .any = any};
    if (!inside) return DECANT_NO_MEMORY;
    for (size_t i = 0; i < document->block_count; i++) inside[page->markup[i].element].blocks++;
    for (size_t i = page->element_count; i-- > 1;)
        tell_parent(&page->elements[i], &inside[i], &inside[page->elements[i].parent]);
    return DECANT_OK;
}
