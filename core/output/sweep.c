/* SPDX-License-Identifier: MIT
 * sweep.c - tells a sink what the ledger says, in the order of the input. */
#include "output/sweep.h"

#include "output/judged.h"
#include "output/notes.h"
#include "output/render.h"

#include <stdio.h>

typedef struct Sweep {
    const Document *document;
    const Wording *wording;
    const decant_sink *sink;
    Progress *progress;
} Sweep;

/* Moves the place on to an offset in the part's bytes. */
static void move_to(Sweep *sweep, uint64_t offset) {
    Locator *place = &sweep->progress->place;
    const Document *document = sweep->document;
    const uint8_t *bytes = document->page ? document->page->bytes.at : document->raw.at;
    uint64_t from = place->offset - document->offset;
    locate_advance(place, bytes + from, (size_t)(offset - from));
}

static decant_status send_kept(Sweep *sweep, Span span) {
    const Document *document = sweep->document;
    decant_kept kept = {.start = document->offset + span.start,
                        .end = document->offset + span.end,
                        .text = (const char *)document->raw.at + span.start,
                        .size = (size_t)(span.end - span.start)};
    sweep->progress->summary.kept += kept.size;
    move_to(sweep, span.end);
    if (!sweep->sink->kept) return DECANT_OK;
    return sweep->sink->kept(sweep->sink->user, &kept) ? DECANT_STOPPED : DECANT_OK;
}

/* ---- dropped runs --------------------------------------------------------------------------- */

/* The mean over the run's blocks, each counting by its length. */
static int run_confidence(const Document *document, const Entry *entry) {
    uint64_t sum = 0, bytes = 0;
    for (size_t i = entry->first; i < entry->last; i++) {
        const Block *block = &document->blocks[i];
        sum += (uint64_t)block->verdict.confidence * block->text.len;
        bytes += block->text.len;
    }
    return bytes ? (int)((sum + bytes / 2) / bytes) : 0;
}

/* Counts a dropped run, and sends it with what is the same for text and pages filled in. */
static decant_status tell_dropped(Sweep *sweep, const Entry *entry, decant_dropped *dropped) {
    const Block *first = &sweep->document->blocks[entry->first];
    decant_summary *summary = &sweep->progress->summary;
    ReasonWords words;
    dropped->from = sweep->document->page ? DECANT_HTML : DECANT_TEXT;
    dropped->line = locate_line(&sweep->progress->place);
    dropped->column = locate_column(&sweep->progress->place);
    dropped->kind = (decant_kind)first->verdict.kind;
    dropped->confidence = run_confidence(sweep->document, entry);
    dropped->blocks = entry->last - entry->first;
    dropped->known_as = (const char *)first->verdict.known_as.at;
    dropped->known_size = first->verdict.known_as.len;
    summary->dropped += dropped->end - dropped->start;
    summary->kind_bytes[dropped->kind] += dropped->end - dropped->start;
    summary->dropped_blocks += dropped->blocks;
    summary->runs++;
    if (!sweep->sink->dropped) return DECANT_OK;
    dropped->reason_count = reasons_give(sweep->wording, &first->verdict, dropped->reasons, words);
    return sweep->sink->dropped(sweep->sink->user, dropped) ? DECANT_STOPPED : DECANT_OK;
}

static decant_status send_dropped(Sweep *sweep, const Entry *entry) {
    const Document *document = sweep->document;
    const Block *first = &document->blocks[entry->first];
    decant_dropped dropped = {.start = document->offset + entry->span.start,
                              .end = document->offset + entry->span.end,
                              .text = (const char *)document->raw.at + entry->span.start,
                              .size = (size_t)(entry->span.end - entry->span.start)};
    move_to(sweep, (uint64_t)(first->text.at - document->raw.at));
    decant_status status = tell_dropped(sweep, entry, &dropped);
    move_to(sweep, entry->span.end);
    return status;
}

/* ---- pages ----------------------------------------------------------------------------------- */

/* What a page's finding reads: its blocks as they stand in the raw text, an empty line between. */
static decant_status send_page_dropped(Sweep *sweep, const Entry *entry) {
    const Document *document = sweep->document;
    const Str first = document->blocks[entry->first].text,
              last = document->blocks[entry->last - 1].text;
    decant_dropped dropped = {.start = entry->span.start,
                              .end = entry->span.end,
                              .text = (const char *)first.at,
                              .size = (size_t)(last.at + last.len - first.at)};
    if (sweep->sink->dropped) move_to(sweep, entry->span.start - document->offset);
    return tell_dropped(sweep, entry, &dropped);
}

static decant_status send_text(const decant_sink *sink, Span span, const Line *line) {
    const decant_kept kept = {.start = span.start,
                              .end = span.end,
                              .text = (const char *)line->bytes,
                              .size = line->size};
    if (line->failed) return DECANT_NO_MEMORY;
    return sink->kept(sink->user, &kept) ? DECANT_STOPPED : DECANT_OK;
}

static decant_status send_page_kept(Sweep *sweep, const Entry *entry, Renderer *renderer) {
    sweep->progress->summary.kept += entry->span.end - entry->span.start;
    sweep->progress->any_text = true;
    if (!sweep->sink->kept) return DECANT_OK;
    line_clear(renderer->line);
    for (size_t i = entry->first; i < entry->last; i++) render_block(renderer, i);
    return send_text(sweep->sink, entry->span, renderer->line);
}

/* What is still open at the part's end, as text without bytes of its own. */
static decant_status close_page(Sweep *sweep, const Ledger *ledger, Renderer *renderer) {
    const uint64_t end = ledger->count ? ledger->entries[ledger->count - 1].span.end : 0;
    line_clear(renderer->line);
    render_close(renderer);
    if (!renderer->line->size || !sweep->sink->kept) return DECANT_OK;
    return send_text(sweep->sink, (Span){end, end}, renderer->line);
}

/* ---- the document as a whole ---------------------------------------------------------------- */

static void add_makeup(Makeup *makeup, const Document *document) {
    for (size_t i = 0; i < document->block_count; i++) {
        const Shape *shape = &document->blocks[i].shape;
        uint32_t named = shape->letters + shape->digits + shape->marks + shape->symbols;
        makeup->points += shape->points;
        makeup->lost += document->blocks[i].verdict.drop ? shape->points : 0;
        makeup->words += shape->words;
        makeup->stop_words += shape->stop_words;
        makeup->sentences += shape->stops;
        makeup->signs += shape->points > named ? shape->points - named : 0;
    }
}

/* Notes a byte that is not UTF-8 where the first one stands, before the event that holds it. */
static decant_status note_encoding(Sweep *sweep, Span span) {
    const Document *document = sweep->document;
    Progress *progress = sweep->progress;
    const bool is_page = document->page != NULL;
    bool here = document->first_invalid >= span.start && document->first_invalid < span.end;
    if (!document->invalid_bytes || progress->told_encoding || !here) return DECANT_OK;
    Locator at = progress->place;
    const uint8_t *bytes = is_page ? document->page->bytes.at : document->raw.at;
    locate_advance(&at, bytes + span.start, (size_t)(document->first_invalid - span.start));
    progress->told_encoding = true;
    return note_send(sweep->sink, DECANT_NOTE_ENCODING, &at,
                     is_page ? "bytes that mean nothing in the page's charset became U+FFFD"
                             : "bytes that are not UTF-8 are passed through as they are");
}

/* A part of a page begins with its first block: parts before it may be of the same bytes. */
static void advance_to_first(const Document *document, Locator *at) {
    const uint64_t from = at->offset - document->offset,
                   to = document->blocks[0].span.start - document->offset;
    locate_advance(at, document->page->bytes.at + from, (size_t)(to - from));
}

static decant_status begin_part(Sweep *sweep) {
    Progress *progress = sweep->progress;
    progress->summary.parts++;
    if (!sweep->document->page) progress->summary.bytes += sweep->document->raw.len;
    progress->summary.blocks += sweep->document->block_count;
    progress->limited_rules += sweep->document->limited_rules;
    add_makeup(&progress->makeup, sweep->document);
    if (progress->summary.parts == 1) return DECANT_OK;
    Locator at = progress->place;
    if (sweep->document->page && sweep->document->block_count)
        advance_to_first(sweep->document, &at);
    return note_send(
        sweep->sink, DECANT_NOTE_PART, &at,
        "the document is too long to be judged at once and goes on here as a part of its own");
}

/* Notes the sentences that stay although the site repeats them. */
static decant_status note_site(Sweep *sweep) {
    const Document *document = sweep->document;
    decant_status status = DECANT_OK;
    Locator at = sweep->progress->place;
    const uint8_t *bytes = document->page ? document->page->bytes.at : document->raw.at;
    for (size_t i = 0; i < document->block_count && !status; i++) {
        const Block *block = &document->blocks[i];
        if (!block->verdict.site_share || block->verdict.drop) continue;
        char words[96];
        locate_advance(&at, bytes + (at.offset - document->offset),
                       (size_t)(block->span.start - at.offset));
        snprintf(words, sizeof words,
                 "a sentence amid the text stays, although %d %% of the site's documents hold it",
                 block->verdict.site_share / 10);
        status = note_send(sweep->sink, DECANT_NOTE_SITE, &at, words);
    }
    return status;
}

/* Counts a part, and tells what was decided about its blocks. */
static decant_status open_part(Sweep *sweep) {
    const Progress *progress = sweep->progress;
    const size_t count = sweep->document->block_count;
    decant_status status = begin_part(sweep);
    if (!status) status = note_site(sweep);
    if (status) return status;
    return judged_send(sweep->document, sweep->wording, progress->place,
                       progress->summary.blocks - count, sweep->sink);
}

decant_status sweep_part(const Document *document, const Ledger *ledger, const Wording *wording,
                         const decant_sink *sink, Progress *progress) {
    Sweep sweep = {document, wording, sink, progress};
    decant_status status = open_part(&sweep);
    for (size_t i = 0; i < ledger->count && !status; i++) {
        const Entry *entry = &ledger->entries[i];
        status = note_encoding(&sweep, entry->span);
        if (status) break;
        status = entry->dropped ? send_dropped(&sweep, entry) : send_kept(&sweep, entry->span);
    }
    return status;
}

decant_status sweep_page(const Document *document, const Ledger *ledger, const Wording *wording,
                         const Style *style, const decant_sink *sink, Progress *progress) {
    Sweep sweep = {document, wording, sink, progress};
    Line line = {.allocator = document->arena->allocator};
    Renderer renderer;
    progress->is_page = true;
    decant_status status = open_part(&sweep);
    const uint64_t reached = progress->place.offset - document->offset;
    if (!status) status = note_encoding(&sweep, (Span){reached, document->page->bytes.len});
    if (!status)
        status = render_open(&renderer, document, &line, style->format, style->links,
                             progress->any_text);
    for (size_t i = 0; i < ledger->count && !status; i++) {
        const Entry *entry = &ledger->entries[i];
        status = entry->dropped ? send_page_dropped(&sweep, entry)
                                : send_page_kept(&sweep, entry, &renderer);
    }
    if (!status) status = close_page(&sweep, ledger, &renderer);
    line_done(&line);
    return status;
}

void sweep_page_end(Str bytes, uint64_t offset, Progress *progress) {
    const uint64_t reached = progress->place.offset - offset;
    progress->summary.bytes += bytes.len;
    locate_advance(&progress->place, bytes.at + reached, (size_t)(bytes.len - reached));
}

/* A page's text ends in a line break of its own. */
static decant_status end_text(const decant_sink *sink, const Progress *progress) {
    const uint64_t end = progress->place.offset;
    const decant_kept kept = {.start = end, .end = end, .text = "\n", .size = 1};
    if (!progress->any_text || !sink->kept) return DECANT_OK;
    return sink->kept(sink->user, &kept) ? DECANT_STOPPED : DECANT_OK;
}

decant_status sweep_end(const decant_sink *sink, int max_loss, Progress *progress) {
    if (!progress->summary.parts) progress->summary.parts = 1;
    decant_status status = end_text(sink, progress);
    if (!status) status = notes_at_end(sink, max_loss, progress);
    if (status || !sink->summary) return status;
    return sink->summary(sink->user, &progress->summary) ? DECANT_STOPPED : DECANT_OK;
}
