/* SPDX-License-Identifier: MIT
 * sweep.c - tells a sink what the ledger says, in the order of the input. */
#include "output/sweep.h"

#include "output/notes.h"

enum { WORDS_SIZE = 160 };

typedef struct Sweep {
    const Document *document;
    const Wording *wording;
    const decant_sink *sink;
    Progress *progress;
} Sweep;

static void move_to(Sweep *sweep, uint64_t raw_offset) {
    Locator *place = &sweep->progress->place;
    uint64_t from = place->offset - sweep->document->offset;
    locate_advance(place, sweep->document->raw.at + from, (size_t)(raw_offset - from));
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

/* Fills in the reasons, which stand with the first block of every finding. */
static void give_reasons(const Sweep *sweep, const Block *first, decant_dropped *dropped,
                         char words[DECANT_REASONS][WORDS_SIZE]) {
    for (size_t r = 0; r < DECANT_REASONS && first->verdict.reasons[r].weight > 0; r++) {
        size_t feature = first->verdict.reasons[r].evidence;
        sweep->wording->words(feature, first->verdict.reasons[r].value, words[r], WORDS_SIZE);
        dropped->reasons[r] = (decant_reason){
            .evidence = sweep->wording->name(feature),
            .weight = (int)((int64_t)first->verdict.reasons[r].weight * 1000 / 1024),
            .words = words[r]};
        dropped->reason_count = r + 1;
    }
}

static decant_status send_dropped(Sweep *sweep, const Entry *entry) {
    const Document *document = sweep->document;
    const Block *first = &document->blocks[entry->first];
    decant_summary *summary = &sweep->progress->summary;
    char words[DECANT_REASONS][WORDS_SIZE];
    move_to(sweep, (uint64_t)(first->text.at - document->raw.at));
    decant_dropped dropped = {.start = document->offset + entry->span.start,
                              .end = document->offset + entry->span.end,
                              .line = locate_line(&sweep->progress->place),
                              .column = locate_column(&sweep->progress->place),
                              .kind = (decant_kind)first->verdict.kind,
                              .confidence = run_confidence(document, entry),
                              .text = (const char *)document->raw.at + entry->span.start,
                              .size = (size_t)(entry->span.end - entry->span.start),
                              .blocks = entry->last - entry->first};
    move_to(sweep, entry->span.end);
    summary->dropped += dropped.size;
    summary->kind_bytes[dropped.kind] += dropped.size;
    summary->dropped_blocks += dropped.blocks;
    summary->runs++;
    if (!sweep->sink->dropped) return DECANT_OK;
    give_reasons(sweep, first, &dropped, words);
    return sweep->sink->dropped(sweep->sink->user, &dropped) ? DECANT_STOPPED : DECANT_OK;
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
    bool here = document->first_invalid >= span.start && document->first_invalid < span.end;
    if (!document->invalid_bytes || progress->told_encoding || !here) return DECANT_OK;
    Locator at = progress->place;
    locate_advance(&at, document->raw.at + span.start,
                   (size_t)(document->first_invalid - span.start));
    progress->told_encoding = true;
    return note_send(sweep->sink, DECANT_NOTE_ENCODING, &at,
                     "bytes that are not UTF-8 are passed through as they are");
}

static decant_status begin_part(Sweep *sweep) {
    Progress *progress = sweep->progress;
    progress->summary.parts++;
    progress->summary.bytes += sweep->document->raw.len;
    progress->summary.blocks += sweep->document->block_count;
    progress->limited_rules += sweep->document->limited_rules;
    add_makeup(&progress->makeup, sweep->document);
    if (progress->summary.parts == 1) return DECANT_OK;
    return note_send(
        sweep->sink, DECANT_NOTE_PART, &progress->place,
        "the document is too long to be judged at once and goes on here as a part of its own");
}

decant_status sweep_part(const Document *document, const Ledger *ledger, const Wording *wording,
                         const decant_sink *sink, Progress *progress) {
    Sweep sweep = {document, wording, sink, progress};
    decant_status status = begin_part(&sweep);
    for (size_t i = 0; i < ledger->count && !status; i++) {
        const Entry *entry = &ledger->entries[i];
        status = note_encoding(&sweep, entry->span);
        if (status) break;
        status = entry->dropped ? send_dropped(&sweep, entry) : send_kept(&sweep, entry->span);
    }
    return status;
}

decant_status sweep_end(const decant_sink *sink, int max_loss, Progress *progress) {
    if (!progress->summary.parts) progress->summary.parts = 1;
    decant_status status = notes_at_end(sink, max_loss, progress);
    if (status || !sink->summary) return status;
    return sink->summary(sink->user, &progress->summary) ? DECANT_STOPPED : DECANT_OK;
}
