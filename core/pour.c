/* SPDX-License-Identifier: MIT
 * pour.c - leads a part from room to room: plain text one way, a page the other. */
#include "pour.h"

#include "filters/filter.h"
#include "input/charset.h"
#include "input/sniff.h"
#include "output/notes.h"
#include "profile/keys.h"
#include "segment/metadata.h"
#include "segment/segment.h"
#include "verdict/corpus.h"
#include "verdict/gate.h"
#include "verdict/model.h"

#include <string.h>

enum { INLINE_NAMES = 1024 };

static decant_status send_elements(Pour *pour, const Document *document) {
    const Page *page = document->page;
    if (!pour->sink->element || !page) return DECANT_OK;
    for (size_t i = 0; i < page->element_count; i++) {
        const Element *element = &page->elements[i];
        const decant_element event = {.parent = element->parent,
                                      .names = element->naming.names,
                                      .name_count = element->naming.count};
        if (pour->sink->element(pour->sink->user, &event)) return DECANT_STOPPED;
    }
    return DECANT_OK;
}

/* The names of the inline elements around a block. */
static size_t list_names(const Markup *markup, uint32_t names[INLINE_NAMES]) {
    size_t count = 0;
    for (const InlineElement *at = markup->around; at; at = at->outer)
        for (uint32_t i = 0; i < at->naming.count && count < INLINE_NAMES; i++)
            names[count++] = at->naming.names[i];
    return count;
}

static decant_status send_blocks(Pour *pour, Document *document) {
    uint32_t names[INLINE_NAMES];
    int16_t *rows = NULL;
    if (!pour->sink->block) return DECANT_OK;
    const size_t width = document->page ? page_column_count() : feature_count();
    decant_status status = verdict_features(document, pour->model, &rows);
    for (size_t i = 0; i < document->block_count && !status; i++) {
        const Block *block = &document->blocks[i];
        decant_block event = {.start = block->span.start,
                              .end = block->span.end,
                              .from = pour->from,
                              .values = rows + i * width,
                              .value_count = width,
                              .text = (const char *)block->text.at,
                              .size = block->text.len,
                              .names = names};
        if (document->page) {
            event.element = document->page->markup[i].element;
            event.name_count = list_names(&document->page->markup[i], names);
        }
        if (pour->sink->block(pour->sink->user, &event)) status = DECANT_STOPPED;
    }
    return status;
}

static decant_status send_runs(Pour *pour, Document *document) {
    RunSearch *search = NULL;
    Run run;
    int16_t row[RUN_WIDTH];
    if (!pour->sink->run) return DECANT_OK;
    decant_status status = verdict_search_runs(document, pour->model, &search);
    while (search && !status && runs_next(search, &run, row)) {
        decant_block event = {.start = document->blocks[run.first].span.start,
                              .end = document->blocks[run.end - 1].span.end,
                              .from = pour->from,
                              .values = row,
                              .value_count = RUN_WIDTH};
        if (pour->sink->run(pour->sink->user, &event)) status = DECANT_STOPPED;
    }
    return status;
}

static decant_status send_gate(Pour *pour, const Document *document) {
    const int16_t *row = NULL;
    if (!pour->sink->gate) return DECANT_OK;
    decant_status status = verdict_gate_row(document, pour->model, &row);
    const decant_block event = {
        .end = document->raw.len, .from = pour->from, .values = row, .value_count = GATE_WIDTH};
    if (!status && row && pour->sink->gate(pour->sink->user, &event)) status = DECANT_STOPPED;
    return status;
}

/* What a favour adds to the verdict's thresholds: a unit of log-odds. */
static int32_t margin_of(decant_favor favor) {
    enum { UNIT = 1024 };
    return favor == DECANT_FAVOR_PRECISION ? UNIT : favor == DECANT_FAVOR_RECALL ? -UNIT : 0;
}

/* ---- the corpus ------------------------------------------------------------------------------ */

static Str str_of(const char *text) {
    return text ? (Str){(const uint8_t *)text, strlen(text)} : (Str){NULL, 0};
}

/* Who a document is: as it was described, else by its name and by what a page says of itself. */
static Identity identify(const Pour *pour, const Document *document, uint8_t host[HOST_SIZE]) {
    const Metadata *metadata = document->page ? document->page->metadata : NULL;
    Identity identity = {.id = str_of(pour->id), .site = str_of(pour->site)};
    Str url = str_of(pour->url);
    if (!url.len && metadata) url = metadata->fields[META_URL].value;
    if (!pour->site && url.len) identity.site = host_of(url, host);
    if (!pour->id) identity.id = str_of(pour->name);
    return identity;
}

/* Lets the verdicts know what the corpus knows, and leaves an imprint: of a document's first part,
 * which is all of it but for giants. */
static decant_status meet_corpus(Pour *pour, Document *document) {
    uint8_t host[HOST_SIZE];
    Str bytes;
    decant_status status = DECANT_OK;
    if (!pour->profile && !pour->sink->imprint) return DECANT_OK;
    const Identity identity = identify(pour, document, host);
    if (pour->profile)
        status = corpus_settle(document, pour->profile, &identity, pour->options->min_confidence);
    if (status || !pour->sink->imprint || pour->progress.summary.parts) return status;
    status = imprint_make(document, identity.id, identity.site, &bytes);
    const decant_imprint imprint = {bytes.at, bytes.len};
    if (!status && pour->sink->imprint(pour->sink->user, &imprint)) status = DECANT_STOPPED;
    return status;
}

/* What somebody listens to. */
static VerdictDetail detail_of(const Pour *pour) {
    const decant_sink *sink = pour->sink;
    if (sink->dropped || sink->judged) return DETAIL_REASONS;
    return sink->summary && !pour->options->no_kinds ? DETAIL_KINDS : DETAIL_NONE;
}

/* Evidence and verdicts of a segmented part. */
static decant_status judge_part(Pour *pour, Document *document) {
    const decant_options *options = pour->options;
    const decant_sink *sink = pour->sink;
    decant_status status = filters_judge(document);
    if (!status && is_interrupted(pour->interrupt)) status = DECANT_STOPPED;
    if (!status)
        status = verdict_decide(document, pour->model, options->min_confidence,
                                margin_of(options->favor), detail_of(pour));
    if (!status) status = meet_corpus(pour, document);
    if (!status && sink->judged) status = verdict_explain(document, pour->model);
    if (!status) status = send_elements(pour, document);
    if (!status) status = send_blocks(pour, document);
    if (!status) status = send_runs(pour, document);
    return status ? status : send_gate(pour, document);
}

/* ---- plain text ------------------------------------------------------------------------------ */

static decant_status pour_text(Pour *pour, Str held, bool more, size_t *ret_taken) {
    const Wording wording = {feature_name, feature_words};
    Document document = {.arena = pour->arena,
                         .interrupt = pour->interrupt,
                         .name = pour->name,
                         .raw = held,
                         .offset = pour->progress.place.offset};
    Ledger ledger;
    decant_status status = model_demand_texts(pour->model);
    if (!status)
        status = segment_text(&document, pour->rules, &pour->model->lexicon, more, ret_taken);
    document.last_part = !more && *ret_taken == held.len;
    if (!status) status = judge_part(pour, &document);
    if (!status) status = ledger_seal(&document, &ledger);
    if (!status) status = sweep_part(&document, &ledger, &wording, pour->sink, &pour->progress);
    return status;
}

/* ---- pages ----------------------------------------------------------------------------------- */

static decant_status send_fact(Pour *pour, MetadataField field, const MetadataValue *value) {
    const decant_fact fact = {.name = metadata_name(field),
                              .value = (const char *)value->value.at,
                              .size = value->value.len,
                              .source = value->source};
    if (!value->source) return DECANT_OK;
    return pour->sink->fact(pour->sink->user, &fact) ? DECANT_STOPPED : DECANT_OK;
}

static decant_status send_facts(Pour *pour, const Metadata *metadata) {
    decant_status status = DECANT_OK;
    const char *url = pour->url;
    const MetadataValue given = {.value = {(const uint8_t *)url, url ? strlen(url) : 0},
                                 .source = url ? "given" : NULL};
    if (!pour->sink->fact) return DECANT_OK;
    for (MetadataField field = 0; field < METADATA_FIELDS && !status; field++) {
        if (field == META_AUTHOR)
            for (size_t i = 0; i < metadata->author_count && !status; i++)
                status = send_fact(pour, field, &metadata->authors[i]);
        else if (field == META_URL && !metadata->fields[field].source)
            status = send_fact(pour, field, &given);
        else status = send_fact(pour, field, &metadata->fields[field]);
    }
    return status;
}

static decant_status note_end(Pour *pour, SegmentPageEnd end) {
    const Locator *place = &pour->progress.place;
    decant_status status = DECANT_OK;
    if (end.is_flat)
        status = note_send(pour->sink, DECANT_NOTE_TREE, place,
                           "the page's tree would be too large: its texts are judged without one");
    if (end.is_capped && !status)
        status =
            note_send(pour->sink, DECANT_NOTE_NESTING, place,
                      "elements are nested too deep: some count as part of what is around them");
    return status;
}

/* Judges a page's next part and sends what becomes of it. */
static decant_status pour_blocks(Pour *pour, SegmentPage *page, const Decoded *decoded,
                                 uint64_t offset, bool *ret_last) {
    static const Wording wording = {page_column_name, page_column_words};
    const Style style = {pour->options->format, pour->options->links != 0};
    Document document = {
        .arena = pour->arena, .interrupt = pour->interrupt, .name = pour->name, .offset = offset};
    Ledger ledger;
    document.invalid_bytes = decoded->undecodable;
    document.first_invalid = decoded->first_undecodable;
    decant_status status =
        segment_page_next(page, &document, pour->rules, &pour->model->page_words);
    *ret_last = document.last_part;
    if (!status) status = judge_part(pour, &document);
    if (!status) status = ledger_seal_page(&document, &ledger);
    if (!status)
        status = sweep_page(&document, &ledger, &wording, &style, pour->sink, &pour->progress);
    return status;
}

static decant_status pour_page(Pour *pour, Str held, bool more, size_t *ret_taken) {
    const uint64_t offset = pour->progress.place.offset;
    Decoded decoded;
    SegmentPage *page = NULL;
    const char *label = pour->charset ? pour->charset : pour->label;
    decant_status status = model_demand_pages(pour->model);
    if (!status) status = charset_decode(&decoded, pour->arena, held, label, more);
    if (status) return status;
    pour->progress.summary.charset = decoded.charset;
    if (decoded.source != CHARSET_DEFAULT) pour->charset = decoded.charset;
    const SegmentSource source = {.bytes = held,
                                  .page = decoded.text,
                                  .map = &decoded.map,
                                  .raw = pour->raw,
                                  .more = more,
                                  .interrupt = pour->interrupt};
    status = segment_page_open(&page, pour->arena, &source);
    if (status) return status;
    const SegmentPageEnd end = segment_page_end(page);
    *ret_taken = (size_t)source_map_raw(&decoded.map, end.taken);
    if (!*ret_taken) *ret_taken = held.len;
    pour->raw = end.raw;
    status = note_end(pour, end);
    if (!status && offset == 0) status = send_facts(pour, segment_page_metadata(page));
    const ArenaMark mark = arena_mark(pour->arena);
    for (bool is_last = false; !status && !is_last;) {
        status = pour_blocks(pour, page, &decoded, offset, &is_last);
        arena_rewind(pour->arena, mark);
    }
    if (!status) sweep_page_end((Str){held.at, *ret_taken}, offset, &pour->progress);
    return status;
}

/* ---- either ---------------------------------------------------------------------------------- */

decant_status pour_part(Pour *pour, Str held, bool more, size_t *ret_taken) {
    if (is_interrupted(pour->interrupt)) return DECANT_STOPPED;
    if (pour->from == DECANT_AUTO) pour->from = sniff_html(held) ? DECANT_HTML : DECANT_TEXT;
    pour->progress.summary.from = pour->from;
    decant_status status = pour->from == DECANT_HTML ? pour_page(pour, held, more, ret_taken)
                                                     : pour_text(pour, held, more, ret_taken);
    arena_reset(pour->arena);
    return status;
}

decant_status pour_end(Pour *pour) {
    if (pour->from == DECANT_AUTO) pour->from = DECANT_TEXT; /* of nothing */
    pour->progress.summary.from = pour->from;
    if (pour->from == DECANT_HTML && !pour->charset) pour->progress.summary.charset = "utf-8";
    return sweep_end(pour->sink, pour->options->max_loss, &pour->progress);
}
