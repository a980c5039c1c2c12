/* SPDX-License-Identifier: MIT
 * desk.c - leads the documents of a unit through the pipeline, one after the other. What comes of a
 * record is held back until that is judged to its end: one that fails leaves no trace but the
 * reject. */
#include "desk.h"

#include "form.h"
#include "log.h"
#include "message.h"
#include "unit.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BODY_LIMIT = 64 << 20, REJECTED_LIMIT = 1 << 20, SHARE = 8 << 20 };

struct Desk {
    const Plan *plan;
    decant *pipeline;
    decant_log *log, *rejects; /* NULL where none is wanted */
    decant_line *line;
    decant_capture_reader *captures;
    Tape *tape; /* of the unit at hand */
    /* Of the document at hand. */
    Form form;
    bool holds_log; /* the log is gathered */
    Buffer held_log, imprint, name, url, site;
    DocumentDone done;
    decant_status status;     /* of a file: why it stopped */
    uint64_t fed;             /* bytes of it so far */
    int64_t begun, begun_own; /* by the wall's clock and by the thread's, in nanoseconds */
    bool is_late;             /* it ran out of time */
};

/* ---- events ---- */

static int64_t now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* A document has its time for each SHARE of its bytes. The thread's own clock, which is dear to
 * ask, is never ahead of the wall's. */
static int on_interrupt(void *user) {
    Desk *desk = user;
    const int64_t shares = 1 + (int64_t)(desk->fed / SHARE);
    const int64_t limit = shares * desk->plan->settings->timeout * 1000;
    if (limit && now(CLOCK_MONOTONIC) - desk->begun > limit &&
        now(CLOCK_THREAD_CPUTIME_ID) - desk->begun_own > limit)
        desk->is_late = true;
    return desk->is_late;
}

static int on_kept(void *user, const decant_kept *kept) {
    return form_kept(&((Desk *)user)->form, kept);
}

static int on_fact(void *user, const decant_fact *fact) {
    Desk *desk = user;
    if (!strcmp(fact->name, "url")) {
        desk->url.size = 0;
        buffer_add(&desk->url, fact->value, fact->size);
    }
    return form_fact(&desk->form, fact);
}

static int on_dropped(void *user, const decant_dropped *dropped) {
    Desk *desk = user;
    return form_dropped(&desk->form, dropped) ||
           (desk->log && log_failed(decant_log_dropped(desk->log, dropped)));
}

static int on_judged(void *user, const decant_judged *judged) {
    return log_failed(decant_log_judged(((Desk *)user)->log, judged));
}

static int on_note(void *user, const decant_note *note) {
    return log_failed(decant_log_note(((Desk *)user)->log, note));
}

static int on_summary(void *user, const decant_summary *summary) {
    Desk *desk = user;
    desk->done.summary = *summary;
    return desk->log && log_failed(decant_log_summary(desk->log, summary));
}

static int on_block(void *user, const decant_block *block) {
    const Plan *plan = ((const Desk *)user)->plan;
    return plan->block(plan->user, block);
}

static int on_element(void *user, const decant_element *element) {
    const Plan *plan = ((const Desk *)user)->plan;
    return plan->element(plan->user, element);
}

static int on_imprint(void *user, const decant_imprint *imprint) {
    return buffer_write(&((Desk *)user)->imprint, imprint->data, imprint->size);
}

static int write_log(void *user, const void *data, size_t size) {
    Desk *desk = user;
    return desk->holds_log ? buffer_write(&desk->held_log, data, size)
                           : tape_send(desk->tape, CHANNEL_LOG, data, size);
}

static int write_rejects(void *user, const void *data, size_t size) {
    return tape_send(((Desk *)user)->tape, CHANNEL_REJECTS, data, size);
}

/* ---- opening and closing ---- */

static decant_sink sink_of(Desk *desk) {
    const Plan *plan = desk->plan;
    const Settings *settings = plan->settings;
    decant_sink sink = {.user = desk, .summary = on_summary};
    if (plan->block && settings->runs) sink.run = on_block;
    else if (plan->block && settings->gate) sink.gate = on_block;
    else if (plan->block) sink.block = on_block;
    if (plan->element) sink.element = on_element;
    if (plan->wants_text) {
        sink.kept = on_kept;
        sink.fact = on_fact;
    }
    if (settings->attributes) sink.dropped = on_dropped;
    if (plan->wants_imprints) sink.imprint = on_imprint;
    if (!plan->log) return sink;
    sink.note = on_note;
    if (!strcmp(plan->log, "explain")) sink.judged = on_judged;
    else sink.dropped = on_dropped;
    return sink;
}

/* Complains about keys that are none. */
static bool open_line(Desk *desk) {
    const Settings *settings = desk->plan->settings;
    const char *const paths[DECANT_LINE_FIELDS] = {[DECANT_LINE_TEXT] = settings->text_key,
                                                   [DECANT_LINE_HTML] = settings->html_key,
                                                   [DECANT_LINE_ID] = settings->id_key,
                                                   [DECANT_LINE_URL] = settings->url_key,
                                                   [DECANT_LINE_SITE] = settings->site_key};
    decant_status status = decant_line_open(&desk->line, paths, NULL);
    if (status == DECANT_BAD_ARGUMENT) complain("a key of JSON Lines has an empty part");
    else if (status) complain("%s", decant_status_name(status));
    return !status;
}

static bool set_up(Desk *desk, const Kit *kit) {
    const Plan *plan = desk->plan;
    const decant_sink sink = sink_of(desk);
    if (plan->log &&
        !log_open(&desk->log, plan->settings, plan->log, plan->log_fd, write_log, desk))
        return false;
    if (plan->settings->rejects &&
        !log_open(&desk->rejects, plan->settings, "jsonl", -1, write_rejects, desk))
        return false;
    if (decant_capture_reader_open(&desk->captures, BODY_LIMIT, NULL)) {
        complain("%s", strerror(ENOMEM));
        return false;
    }
    if (!open_line(desk)) return false;
    desk->pipeline = pipeline_open(kit, &sink, on_interrupt);
    return desk->pipeline != NULL;
}

Desk *desk_open(const Plan *plan, const Kit *kit) {
    Desk *desk = calloc(1, sizeof *desk);
    if (!desk) complain("%s", strerror(ENOMEM));
    if (!desk) return NULL;
    desk->plan = plan;
    if (set_up(desk, kit)) return desk;
    desk_close(desk);
    return NULL;
}

void desk_close(void *closing) {
    Desk *desk = closing;
    decant_close(desk->pipeline);
    decant_log_close(desk->log);
    decant_log_close(desk->rejects);
    decant_line_close(desk->line);
    decant_capture_reader_close(desk->captures);
    form_done(&desk->form);
    buffer_done(&desk->held_log);
    buffer_done(&desk->imprint);
    buffer_done(&desk->name);
    buffer_done(&desk->url);
    buffer_done(&desk->site);
    free(desk);
}

/* ---- a document ---- */

/* Begins one; `origin`: of a record. False when there is no use in going on. */
static bool begin(Desk *desk, const char *name, const decant_origin *origin) {
    decant_log *const logs[] = {desk->log, desk->rejects};
    desk->done = (DocumentDone){0};
    desk->url.size = 0;
    desk->held_log.size = 0;
    desk->imprint.size = 0;
    desk->holds_log = origin != NULL;
    desk->fed = 0;
    desk->is_late = false;
    desk->begun = now(CLOCK_MONOTONIC);
    desk->begun_own = now(CLOCK_THREAD_CPUTIME_ID);
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        if (!logs[i]) continue;
        decant_status status = decant_log_start(logs[i], name);
        if (!status && origin) status = decant_log_origin(logs[i], origin);
        if (log_failed(status)) return false;
    }
    return !desk->plan->begin || !desk->plan->begin(desk->plan->user, name);
}

/* Tells the writer what became of it, after its log. */
static void end(Desk *desk, Fate fate) {
    DocumentDone done = desk->done;
    Buffer message = {0};
    done.fate = fate;
    desk->holds_log = false;
    if (desk->held_log.size)
        tape_send(desk->tape, CHANNEL_LOG, desk->held_log.bytes, desk->held_log.size);
    buffer_clear(&desk->held_log);
    if (fate == FATE_JUDGED && desk->imprint.size)
        tape_send(desk->tape, CHANNEL_IMPRINT, desk->imprint.bytes, desk->imprint.size);
    buffer_clear(&desk->imprint);
    if (buffer_add(&message, &done, sizeof done) &&
        buffer_add(&message, desk->url.bytes, desk->url.size))
        tape_send(desk->tape, CHANNEL_DOCUMENT, message.bytes, message.size);
    buffer_done(&message);
}

/* Gives it up: of all that came of it, the reason stays. */
static void reject(Desk *desk, const char *reason, const char *data, size_t size) {
    const decant_reject telling = {.reason = reason}, giving = {reason, data, size};
    buffer_clear(&desk->held_log);
    if (desk->log) log_failed(decant_log_reject(desk->log, &telling));
    if (desk->rejects) log_failed(decant_log_reject(desk->rejects, &giving));
    end(desk, FATE_REJECTED);
}

/* Why the pipeline failed; NULL where that is since nobody takes what it sends. */
static const char *why(const Desk *desk, decant_status status) {
    static const char late[] = "it took longer than --timeout allows";
    if (desk->is_late) return late;
    if (status == DECANT_STOPPED) return NULL;
    return *decant_error(desk->pipeline) ? decant_error(desk->pipeline)
                                         : decant_status_name(status);
}

/* What the settings say of every document. */
static decant_about about_any(const Desk *desk) {
    decant_about about = DECANT_ABOUT_INIT;
    about.site = desk->plan->settings->site;
    return about;
}

/* ---- a file ---- */

static int feed_file(void *user, const void *data, size_t size) {
    Desk *desk = user;
    desk->fed += size;
    desk->status = decant_feed(desk->pipeline, data, size);
    return desk->status != DECANT_OK;
}

static bool begin_form(Desk *desk, const char *name) {
    const Plan *plan = desk->plan;
    if (plan->wants_text && plan->settings->format >= FORMAT_JSON)
        return form_begin_record(&desk->form, desk->tape, name);
    form_begin(&desk->form, plan->wants_text ? SHAPE_TEXT : SHAPE_NOTHING, desk->tape);
    return true;
}

/* Ends a file that failed in the pipeline. */
static Fed fail_file(Desk *desk, const char *path) {
    const char *reason = why(desk, desk->status);
    if (!reason) return FED_STOPPED;
    complain("%s: %s", path, reason);
    reject(desk, reason, NULL, 0);
    return FED_PARTLY;
}

static Fed judge_file(Desk *desk, Unit *unit) {
    const Basin basin = {.write = feed_file, .user = desk};
    if (!begin(desk, unit->path, NULL) || !begin_form(desk, unit->path)) return FED_STOPPED;
    const decant_about about = about_any(desk);
    desk->status = decant_start_about(desk->pipeline, unit->path, &about);
    if (desk->status) return fail_file(desk, unit->path);
    const Fed fed = stream_pour(unit->stream, &basin);
    if (desk->status) return fail_file(desk, unit->path);
    if (fed == FED || fed == FED_CUT) desk->status = decant_finish(desk->pipeline);
    if (desk->status) return fail_file(desk, unit->path);
    if (fed != FED && fed != FED_CUT) return fed;
    const char *problem = form_end(&desk->form);
    if (problem) complain("%s: %s", unit->path, problem);
    end(desk, FATE_JUDGED);
    return problem ? FED_PARTLY : fed;
}

static void work_file(Desk *desk, Unit *unit) {
    const FileDone done = {.fed = judge_file(desk, unit)};
    form_clear(&desk->form);
    tape_send(desk->tape, CHANNEL_END, &done, sizeof done);
}

/* ---- a record ---- */

/* FILE:NUMBER, for a record that has no name; or its name. NULL where memory is refused. */
static const char *name_record(Desk *desk, const Unit *unit, const decant_record *record,
                               const char *name, size_t size) {
    char number[24];
    desk->name.size = 0;
    bool good = true;
    if (name && size && !memchr(name, '\0', size)) {
        good = buffer_add(&desk->name, name, size);
    } else {
        snprintf(number, sizeof number, ":%" PRIu64, record->number);
        good = buffer_add(&desk->name, unit->path, strlen(unit->path)) &&
               buffer_add(&desk->name, number, strlen(number));
    }
    return good && buffer_add(&desk->name, "", 1) ? desk->name.bytes : unit->path;
}

static decant_origin origin_of(const Unit *unit, const decant_record *record) {
    return (decant_origin){
        .file = unit->path, .record = record->number, .start = record->start, .end = record->end};
}

/* Leads a document in memory through the pipeline. */
static decant_status judge(Desk *desk, const char *name, const decant_about *about,
                           const char *data, size_t size) {
    desk->fed = size;
    decant_status status = decant_start_about(desk->pipeline, name, about);
    if (!status) status = decant_feed(desk->pipeline, data, size);
    return status ? status : decant_finish(desk->pipeline);
}

/* ---- JSON Lines ---- */

static Shape line_shape(const Desk *desk) {
    if (!desk->plan->wants_text) return SHAPE_NOTHING;
    return desk->plan->settings->attributes ? SHAPE_SPANS : SHAPE_LINE;
}

static bool is_blank(const decant_record *record) {
    for (size_t i = 0; i < record->size; i++)
        if (!strchr(" \t\r", record->data[i]) || !record->data[i]) return false;
    return true;
}

/* The line comes out as it was, and the reason is told. */
static bool reject_line(Desk *desk, const decant_record *record, bool is_read, const char *reason) {
    const bool is_whole = !record->fault;
    form_pass(&desk->form, line_shape(desk), desk->tape, record, is_read ? desk->line : NULL);
    if (!record->goes_on)
        reject(desk, reason, is_whole ? record->data : NULL, is_whole ? record->size : 0);
    return true;
}

/* A record without a document. */
static bool pass_line(Desk *desk, const decant_record *record) {
    const Settings *settings = desk->plan->settings;
    char words[160];
    snprintf(words, sizeof words, "the record has no text at \"%.64s\"%s%.64s%s",
             settings->text_key, settings->html_key ? " and no page at \"" : "",
             settings->html_key ? settings->html_key : "", settings->html_key ? "\"" : "");
    const decant_note note = {.code = DECANT_NOTE_NO_TEXT, .name = "no-text", .words = words};
    form_pass(&desk->form, line_shape(desk), desk->tape, record, desk->line);
    if (desk->log && log_failed(decant_log_note(desk->log, &note))) return false;
    end(desk, FATE_PASSED);
    return true;
}

/* Where the document is, and where its clean text goes. False where there is none. */
static bool find_document(const Desk *desk, const decant_record *record, LineOrigin *ret) {
    const char *text;
    size_t size;
    *ret = (LineOrigin){.record = record, .line = desk->line};
    const bool has_text = decant_line_value(desk->line, DECANT_LINE_TEXT, &text, &size);
    ret->from = DECANT_LINE_HTML;
    ret->into = has_text ? DECANT_LINE_TEXT : DECANT_LINE_HTML;
    if (decant_line_value(desk->line, DECANT_LINE_HTML, &ret->value, &ret->size)) return true;
    ret->from = DECANT_LINE_TEXT;
    ret->value = text;
    ret->size = size;
    return has_text;
}

/* A field of the line as a text, where there is one. */
static bool read_value(Desk *desk, decant_line_field field, Buffer *buffer, const char **ret) {
    const char *value;
    size_t size;
    buffer->size = 0;
    if (!decant_line_value(desk->line, field, &value, &size)) return true;
    if (!buffer_add(buffer, value, size) || !buffer_add(buffer, "", 1)) return false;
    buffer->size--;
    *ret = buffer->bytes;
    return true;
}

/* What the line says of its document besides. */
static bool read_about(Desk *desk, const LineOrigin *line, decant_about *ret) {
    *ret = about_any(desk);
    ret->from = line->from == DECANT_LINE_HTML ? DECANT_HTML : DECANT_TEXT;
    if (ret->from == DECANT_HTML) ret->charset = "utf-8";
    return read_value(desk, DECANT_LINE_URL, &desk->url, &ret->url) &&
           read_value(desk, DECANT_LINE_SITE, &desk->site, &ret->site);
}

/* One line that is an object. False when there is no use in going on. */
static bool judge_line(Desk *desk, const Unit *unit, const decant_record *record) {
    const char *id = NULL;
    size_t id_size = 0;
    LineOrigin line;
    decant_about about;
    const bool has_text = find_document(desk, record, &line);
    decant_line_value(desk->line, DECANT_LINE_ID, &id, &id_size);
    const char *name = name_record(desk, unit, record, id, id_size);
    decant_origin origin = origin_of(unit, record);
    if (has_text) origin.line = desk->line;
    origin.field = line.from;
    if (!begin(desk, name, &origin)) return false;
    if (!has_text) return pass_line(desk, record);
    if (!read_about(desk, &line, &about))
        return reject_line(desk, record, true, decant_status_name(DECANT_NO_MEMORY));
    form_begin_line(&desk->form, line_shape(desk), desk->tape, &line);
    const decant_status status = judge(desk, name, &about, line.value, line.size);
    const char *problem = status ? why(desk, status) : form_end(&desk->form);
    if (status && !problem) problem = decant_status_name(DECANT_NO_MEMORY);
    if (problem) return reject_line(desk, record, true, problem);
    end(desk, FATE_JUDGED);
    return true;
}

static bool work_line(Desk *desk, const Unit *unit, const decant_record *record) {
    if (!record->fault && is_blank(record)) {
        form_pass(&desk->form, line_shape(desk), desk->tape, record, NULL);
        return true;
    }
    decant_status status = DECANT_BAD_INPUT;
    if (!record->fault) status = decant_line_read(desk->line, record->data, record->size);
    if (!status) return judge_line(desk, unit, record);
    const decant_origin origin = origin_of(unit, record);
    const char *error = decant_line_error(desk->line);
    if (!begin(desk, name_record(desk, unit, record, NULL, 0), &origin)) return false;
    return reject_line(desk, record, false,
                       record->fault ? record->fault
                       : *error      ? error
                                     : decant_status_name(status));
}

/* ---- WARC ---- */

static bool reject_capture(Desk *desk, const decant_record *record, const char *reason) {
    form_clear(&desk->form);
    reject(desk, reason, record->data,
           record->size < REJECTED_LIMIT ? record->size : REJECTED_LIMIT);
    return true;
}

static bool judge_capture(Desk *desk, const decant_record *record, const decant_capture *capture,
                          const char *name) {
    decant_about about = about_any(desk);
    about.from = capture->from;
    about.charset = capture->charset;
    about.url = capture->url;
    form_begin(&desk->form, SHAPE_NOTHING, desk->tape);
    if (desk->plan->wants_text && !form_begin_capture(&desk->form, desk->tape, capture))
        return false;
    const decant_status status = judge(desk, name, &about, capture->body, capture->size);
    const char *problem = status ? why(desk, status) : form_end(&desk->form);
    if (status && !problem) problem = decant_status_name(DECANT_NO_MEMORY);
    if (problem) return reject_capture(desk, record, problem);
    if (capture->url) {
        desk->url.size = 0;
        buffer_add(&desk->url, capture->url, strlen(capture->url));
    }
    end(desk, FATE_JUDGED);
    return true;
}

static bool work_capture(Desk *desk, const Unit *unit, const decant_record *record) {
    decant_capture capture = {0};
    const decant_status status =
        decant_capture_read(desk->captures, record->data, record->size, &capture);
    const char *url = status ? NULL : capture.url;
    const char *name = name_record(desk, unit, record, url, url ? strlen(url) : 0);
    const decant_origin origin = origin_of(unit, record);
    if (!begin(desk, name, &origin)) return false;
    if (record->fault) return reject_capture(desk, record, record->fault);
    if (status) return reject_capture(desk, record, decant_status_name(status));
    if (capture.from == DECANT_AUTO) {
        end(desk, FATE_PASSED);
        return true;
    }
    if (capture.fault) return reject_capture(desk, record, capture.fault);
    return judge_capture(desk, record, &capture, name);
}

/* ---- either ---- */

void desk_work(void *user, void *working, Tape *tape) {
    Desk *desk = user;
    Unit *unit = working;
    bool going = true;
    desk->tape = tape;
    if (unit->stream) work_file(desk, unit);
    for (size_t i = 0; i < unit->count && going; i++)
        going = unit->framing == DECANT_LINES ? work_line(desk, unit, &unit->records[i])
                                              : work_capture(desk, unit, &unit->records[i]);
    const FileDone stop = {.fed = FED_STOPPED};
    if (going) tape_send(tape, CHANNEL_PAUSE, NULL, 0);
    else tape_send(tape, CHANNEL_END, &stop, sizeof stop);
    unit_close(unit);
}
