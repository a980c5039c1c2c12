/* SPDX-License-Identifier: MIT
 * form.c - gathers and writes what documents come out as. */
#include "form.h"

#include "message.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct Range {
    uint64_t start, end;
} Range;

static const char out_of_memory[] = "out of memory";

static int send(Form *form, unsigned channel, const Buffer *bytes) {
    return tape_send(form->tape, channel, bytes->bytes, bytes->size);
}

/* ---- attributes, as Dolma has them: {"id":...,"attributes":{"decant__KIND":[[START,END,SCORE]]}}
 */

/* The id as the line has it; null where there is none. */
static bool add_id(Buffer *out, const decant_record *record, const decant_line *line) {
    const char *value;
    size_t size;
    if (!line || !decant_line_value(line, DECANT_LINE_ID, &value, &size))
        return buffer_add(out, "null", 4);
    uint64_t start = decant_line_offset(line, DECANT_LINE_ID, 0);
    uint64_t end = decant_line_offset(line, DECANT_LINE_ID, size);
    if (start && record->data[start - 1] == '"') start--, end++;
    return buffer_add(out, record->data + start, (size_t)(end - start));
}

/* A document's spans are gathered as they come and sorted by kind when they are written. */
typedef struct Span {
    decant_kind kind;
    int confidence;
    uint64_t start, end; /* code points */
} Span;

/* Moves on to a byte of the value: every byte that does not continue one begins a code point. */
static uint64_t points_to(Form *form, uint64_t offset) {
    for (; form->at < offset; form->at++)
        form->points += ((unsigned char)form->line.value[form->at] & 0xC0) != 0x80;
    return form->points;
}

static int add_span(Form *form, const decant_dropped *dropped) {
    Span span = {.kind = dropped->kind, .confidence = dropped->confidence};
    span.start = points_to(form, dropped->start);
    span.end = points_to(form, dropped->end);
    return buffer_write(&form->spans, &span, sizeof span);
}

static bool add_kind(Buffer *out, const Buffer *spans, decant_kind kind, bool *any) {
    bool good = true, first = true;
    for (size_t at = 0; at < spans->size && good; at += sizeof(Span)) {
        Span span;
        char text[128];
        memcpy(&span, spans->bytes + at, sizeof span);
        if (span.kind != kind) continue;
        int size = first ? snprintf(text, sizeof text, "%s\"decant__%s\":[", *any ? "," : "",
                                    decant_kind_name(kind))
                         : snprintf(text, sizeof text, ",");
        good = buffer_add(out, text, (size_t)size);
        size = snprintf(text, sizeof text, "[%" PRIu64 ",%" PRIu64 ",%d.%03d]", span.start,
                        span.end, span.confidence / 1000, span.confidence % 1000);
        good = good && buffer_add(out, text, (size_t)size);
        *any = true;
        first = false;
    }
    return good && (first || buffer_add(out, "]", 1));
}

static bool write_spans(Form *form, const decant_record *record, const decant_line *line) {
    Buffer *out = &form->out;
    bool any = false;
    out->size = 0;
    bool good = buffer_add(out, "{\"id\":", 6) && add_id(out, record, line) &&
                buffer_add(out, ",\"attributes\":{", 15);
    for (int kind = 0; kind < DECANT_KINDS && good; kind++)
        good = add_kind(out, &form->spans, (decant_kind)kind, &any);
    good = good && buffer_add(out, "}}\n", 3);
    return good && !send(form, CHANNEL_ATTRIBUTES, out);
}

/* ---- lines ---- */

void form_pass(Form *form, Shape shape, Tape *tape, const decant_record *record,
               const decant_line *line) {
    form->tape = tape;
    form_clear(form);
    if (shape == SHAPE_NOTHING) return;
    tape_send(tape, CHANNEL_TEXT, record->data, (size_t)(record->end - record->start));
    if (shape == SHAPE_SPANS && !record->goes_on) write_spans(form, record, line);
}

static decant_status keep_ranges(const Form *form) {
    decant_status status = DECANT_OK;
    for (size_t at = 0; at < form->kept.size && !status; at += sizeof(Range)) {
        Range range;
        memcpy(&range, form->kept.bytes + at, sizeof range);
        status = decant_line_keep(form->line.line, range.start, range.end);
    }
    return status;
}

/* The line with the text that stays, and its break. */
static const char *write_line(Form *form) {
    const LineOrigin *origin = &form->line;
    const decant_record *record = origin->record;
    Buffer *out = &form->out;
    out->size = 0;
    decant_status status = decant_line_begin(origin->line, origin->into, buffer_write, out);
    if (!status && origin->from == DECANT_LINE_TEXT) status = keep_ranges(form);
    else if (!status) status = decant_line_put(origin->line, form->kept.bytes, form->kept.size);
    if (!status) status = decant_line_end(origin->line);
    const size_t size = (size_t)(record->end - record->start) - record->size;
    if (status == DECANT_STOPPED ||
        (!status && !buffer_add(out, record->data + record->size, size)))
        status = DECANT_NO_MEMORY;
    if (status) return decant_status_name(status);
    send(form, CHANNEL_TEXT, out);
    return NULL;
}

/* ---- either ---- */

void form_begin(Form *form, Shape shape, Tape *tape) {
    form_clear(form);
    form->shape = shape;
    form->tape = tape;
}

bool form_begin_record(Form *form, Tape *tape, const char *name) {
    form_begin(form, SHAPE_RECORD, tape);
    form->record = record_open(name);
    return form->record != NULL;
}

bool form_begin_capture(Form *form, Tape *tape, const decant_capture *capture) {
    form_begin(form, SHAPE_RECORD, tape);
    form->record = record_open_capture(capture);
    return form->record != NULL;
}

void form_begin_line(Form *form, Shape shape, Tape *tape, const LineOrigin *line) {
    form_begin(form, shape, tape);
    form->line = *line;
}

/* Ranges that touch are one. */
static int add_range(Buffer *ranges, const decant_kept *kept) {
    Range range = {kept->start, kept->end}, last;
    if (ranges->size) {
        memcpy(&last, ranges->bytes + ranges->size - sizeof last, sizeof last);
        if (last.end == range.start) {
            range.start = last.start;
            ranges->size -= sizeof last;
        }
    }
    return buffer_write(ranges, &range, sizeof range);
}

int form_kept(Form *form, const decant_kept *kept) {
    switch (form->shape) {
    case SHAPE_TEXT:
        return tape_send(form->tape, CHANNEL_TEXT, kept->text, kept->size);
    case SHAPE_RECORD:
        return !record_text(form->record, kept);
    case SHAPE_LINE:
        if (form->line.from == DECANT_LINE_TEXT) return add_range(&form->kept, kept);
        return buffer_write(&form->kept, kept->text, kept->size);
    default:
        return 0;
    }
}

int form_fact(Form *form, const decant_fact *fact) {
    return form->shape == SHAPE_RECORD && !record_fact(form->record, fact);
}

int form_dropped(Form *form, const decant_dropped *dropped) {
    return form->shape == SHAPE_SPANS ? add_span(form, dropped) : 0;
}

const char *form_end(Form *form) {
    const char *problem = NULL;
    const LineOrigin *origin = &form->line;
    if (form->shape == SHAPE_LINE) problem = write_line(form);
    if (form->shape == SHAPE_SPANS) {
        tape_send(form->tape, CHANNEL_TEXT, origin->record->data,
                  (size_t)(origin->record->end - origin->record->start));
        write_spans(form, origin->record, origin->line);
    }
    if (form->shape == SHAPE_RECORD) {
        form->out.size = 0;
        if (record_write(form->record, buffer_write, &form->out)) problem = out_of_memory;
        else send(form, CHANNEL_TEXT, &form->out);
    }
    form_clear(form);
    return problem;
}

void form_clear(Form *form) {
    record_close(form->record);
    form->record = NULL;
    buffer_clear(&form->kept);
    buffer_clear(&form->spans);
    buffer_clear(&form->out);
    form->at = form->points = 0;
    form->shape = SHAPE_NOTHING;
}

void form_done(Form *form) {
    form_clear(form);
    buffer_done(&form->kept);
    buffer_done(&form->spans);
    buffer_done(&form->out);
}
