/* SPDX-License-Identifier: MIT
 * decant.c - the front door: wires the rooms into a pipeline and runs documents through it. */
#include "decant.h"

#include "input/charset.h"
#include "input/input.h"
#include "pour.h"
#include "verdict/gate.h"

#include <stdio.h>
#include <string.h>

enum { LEAST_CAP = 4096, MOST_CAP = 1 << 30, SENTENCE_SIZE = 512 };

typedef enum State {
    SETTING_UP, /* no document yet */
    BETWEEN,    /* no document is open */
    READING,    /* a document is open */
    SENDING,    /* inside a callback */
    LOST,       /* the document failed: `latched` until the next start */
    BROKEN      /* the pipeline failed to open: `latched` for good */
} State;

struct decant {
    decant_allocator allocator;
    decant_sink sink;
    decant_options options;
    State state;
    decant_status latched;
    RuleSet *rules;
    Model *model;
    Arena arena; /* of the part at hand */
    Input input;
    Interrupt interrupt;
    Pour pour;                        /* the document at hand */
    char *name, *own_label, *own_url; /* its name, charset and address */
    char *own_id, *own_site;          /* what the corpus calls it, and its site */
    char *charset, *url;              /* copies of the options */
    Profile profile;                  /* what the corpus knows */
    char sentence[SENTENCE_SIZE];
};

/* ---- words ---------------------------------------------------------------------------------- */

const char *decant_status_name(decant_status status) {
    static const char *const names[] = {"ok",       "stopped",   "out of memory", "bad argument",
                                        "bad rule", "bad model", "bad input",     "bad profile"};
    return (size_t)status < sizeof names / sizeof *names ? names[status] : "unknown status";
}

const char *decant_kind_name(decant_kind kind) {
    static const char *const names[DECANT_KINDS] = {"nav",     "footer", "teaser",  "bleed",
                                                    "related", "promo",  "comment", "share",
                                                    "repeat",  "meta",   "other"};
    return (size_t)kind < DECANT_KINDS ? names[kind] : "other";
}

const char *decant_from_name(decant_from from) {
    return from == DECANT_HTML ? "html" : from == DECANT_TEXT ? "text" : "auto";
}

const char *decant_version(void) {
    return DECANT_VERSION;
}

size_t decant_evidence_count(decant_from from) {
    return from == DECANT_HTML ? page_column_count() : feature_count();
}

const char *decant_evidence_name(decant_from from, size_t index) {
    return from == DECANT_HTML ? page_column_name(index) : feature_name(index);
}

const char *decant_run_measure_name(size_t index) {
    return run_column_name(index);
}

const char *decant_gate_measure_name(size_t index) {
    return gate_column_name(index);
}

const char *decant_error(const decant *pipeline) {
    return pipeline ? pipeline->sentence : "out of memory: there is no pipeline";
}

/* Keeps the sentence for decant_error and hands the status back. */
static decant_status tell(decant *pipeline, decant_status status, const char *sentence) {
    snprintf(pipeline->sentence, sizeof pipeline->sentence, "%s", sentence);
    return status;
}

/* ---- opening and closing -------------------------------------------------------------------- */

/* The caller's options, as far as the caller knows them. NULL or why they are no good. */
static const char *read_options(decant_options *ret, const decant_options *options) {
    *ret = (decant_options)DECANT_OPTIONS_INIT;
    if (!options) return NULL;
    if (options->size < sizeof options->size) return "options: size is not set";
    memcpy(ret, options, options->size < sizeof *ret ? options->size : sizeof *ret);
    if (ret->allocator && (!ret->allocator->resize || !ret->allocator->release)) {
        ret->allocator = NULL;
        return "options: an allocator needs both resize and release";
    }
    if (ret->max_document < LEAST_CAP || ret->max_document > MOST_CAP)
        return "options: max_document must be from 4096 bytes to 1 GiB";
    if (ret->min_confidence < 0 || ret->min_confidence > 1000)
        return "options: min_confidence must be from 0 to 1000 permille";
    if (ret->max_loss < 0 || ret->max_loss > 1000)
        return "options: max_loss must be from 0 to 1000 permille";
    if (ret->from < DECANT_AUTO || ret->from > DECANT_HTML)
        return "options: from is none that is known";
    if (ret->format < DECANT_PLAIN || ret->format > DECANT_MARKDOWN)
        return "options: format is none that is known";
    if (ret->favor < DECANT_FAVOR_NEITHER || ret->favor > DECANT_FAVOR_RECALL)
        return "options: favor is none that is known";
    if (ret->charset && !charset_is_known(ret->charset))
        return "options: charset is none that is known";
    return NULL;
}

/* A copy from the pipeline's allocator; NULL for NULL, or where memory is refused. */
static char *copy_text(decant *pipeline, const char *text) {
    if (!text) return NULL;
    const size_t size = strlen(text) + 1;
    char *copy = pipeline->allocator.resize(pipeline->allocator.user, NULL, 0, size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static void forget_text(decant *pipeline, char **text) {
    if (*text) pipeline->allocator.release(pipeline->allocator.user, *text, strlen(*text) + 1);
    *text = NULL;
}

static void forget_document(decant *pipeline) {
    forget_text(pipeline, &pipeline->name);
    forget_text(pipeline, &pipeline->own_label);
    forget_text(pipeline, &pipeline->own_url);
    forget_text(pipeline, &pipeline->own_id);
    forget_text(pipeline, &pipeline->own_site);
}

static decant_status copy_options(decant *pipeline) {
    decant_options *options = &pipeline->options;
    pipeline->charset = copy_text(pipeline, options->charset);
    pipeline->url = copy_text(pipeline, options->url);
    if ((options->charset && !pipeline->charset) || (options->url && !pipeline->url))
        return tell(pipeline, DECANT_NO_MEMORY, "out of memory for the options");
    options->charset = pipeline->charset;
    options->url = pipeline->url;
    return DECANT_OK;
}

static decant_status open_rooms(decant *pipeline) {
    arena_init(&pipeline->arena, &pipeline->allocator);
    input_init(&pipeline->input, &pipeline->allocator, pipeline->options.max_document);
    pipeline->rules = rules_open(&pipeline->allocator);
    if (!pipeline->rules) return tell(pipeline, DECANT_NO_MEMORY, "out of memory for the rules");
    return copy_options(pipeline);
}

decant_status decant_open(decant **ret, const decant_options *options, const decant_sink *sink) {
    if (!ret) return DECANT_BAD_ARGUMENT;
    *ret = NULL;
    decant_options known;
    const char *problem = read_options(&known, options);
    if (!sink) problem = "open: there is no sink";
    const decant_allocator *allocator = known.allocator ? known.allocator : allocator_default();
    decant *pipeline = allocator->resize(allocator->user, NULL, 0, sizeof *pipeline);
    if (!pipeline) return DECANT_NO_MEMORY;
    memset(pipeline, 0, sizeof *pipeline);
    pipeline->allocator = *allocator;
    pipeline->options = known;
    pipeline->interrupt = (Interrupt){known.interrupt, known.interrupt_user};
    if (sink) pipeline->sink = *sink;
    *ret = pipeline;
    pipeline->latched =
        problem ? tell(pipeline, DECANT_BAD_ARGUMENT, problem) : open_rooms(pipeline);
    pipeline->state = pipeline->latched ? BROKEN : SETTING_UP;
    return pipeline->latched;
}

void decant_close(decant *pipeline) {
    if (!pipeline) return;
    decant_allocator allocator = pipeline->allocator;
    if (pipeline->rules) rules_close(pipeline->rules);
    if (pipeline->model) model_close(pipeline->model);
    if (pipeline->arena.allocator) arena_done(&pipeline->arena);
    if (pipeline->input.allocator) input_done(&pipeline->input);
    forget_document(pipeline);
    forget_text(pipeline, &pipeline->charset);
    forget_text(pipeline, &pipeline->url);
    allocator.release(allocator.user, pipeline, sizeof *pipeline);
}

/* ---- settings ------------------------------------------------------------------------------- */

/* Whether settings may still change. */
static decant_status demand_setting_up(decant *pipeline) {
    if (!pipeline) return DECANT_BAD_ARGUMENT;
    if (pipeline->state == BROKEN) return pipeline->latched;
    if (pipeline->state == SETTING_UP) return DECANT_OK;
    return tell(pipeline, DECANT_BAD_ARGUMENT, "settings must come before the first document");
}

decant_status decant_add_rules(decant *pipeline, const char *name, const char *text, size_t size) {
    decant_status status = demand_setting_up(pipeline);
    if (status) return status;
    if (!text && size) return tell(pipeline, DECANT_BAD_ARGUMENT, "rules: there is no text");
    const char *problem = "";
    status = rules_add(pipeline->rules, name ? name : "rules", text ? text : "", size, &problem);
    if (status == DECANT_NO_MEMORY) problem = "out of memory for the rules";
    return status ? tell(pipeline, status, problem) : DECANT_OK;
}

decant_status decant_without_rule(decant *pipeline, const char *id) {
    decant_status status = demand_setting_up(pipeline);
    if (status) return status;
    if (id && rules_without(pipeline->rules, id)) return DECANT_OK;
    snprintf(pipeline->sentence, sizeof pipeline->sentence, "there is no rule %s", id ? id : "");
    return DECANT_BAD_ARGUMENT;
}

decant_status decant_use_model(decant *pipeline, const void *data, size_t size) {
    decant_status status = demand_setting_up(pipeline);
    if (status) return status;
    if (!data) return tell(pipeline, DECANT_BAD_ARGUMENT, "model: there is no data");
    Model *model = model_open(&pipeline->allocator, data, size, &status);
    if (!model)
        return tell(pipeline, status,
                    status == DECANT_NO_MEMORY ? "out of memory for the model"
                                               : "the model is not of the kind this version reads");
    model_close(pipeline->model);
    pipeline->model = model;
    return DECANT_OK;
}

decant_status decant_use_profile(decant *pipeline, const void *data, size_t size) {
    decant_status status = demand_setting_up(pipeline);
    if (status) return status;
    pipeline->profile = (Profile){.level = 0};
    if (!data) return DECANT_OK;
    status = profile_read(&pipeline->profile, data, size);
    if (status) pipeline->profile = (Profile){.level = 0};
    return status ? tell(pipeline, status, "no profile that this version reads") : DECANT_OK;
}

decant_status decant_rules(decant *pipeline, int (*each)(void *user, const decant_rule *),
                           void *user) {
    if (!pipeline || !each) return DECANT_BAD_ARGUMENT;
    if (pipeline->state == BROKEN) return pipeline->latched;
    decant_rule rule;
    for (size_t i = 0; i < rules_count(pipeline->rules); i++)
        if (rules_get(pipeline->rules, i, &rule) && each(user, &rule))
            return tell(pipeline, DECANT_STOPPED, "the listing of rules was stopped");
    return DECANT_OK;
}

/* ---- documents ------------------------------------------------------------------------------ */

/* Makes a part of what the input holds; `more`: the document goes on after it. */
static decant_status pour(decant *pipeline, bool more) {
    size_t taken = 0;
    decant_status status = pour_part(&pipeline->pour, input_held(&pipeline->input), more, &taken);
    if (!status) input_let_go(&pipeline->input, taken);
    return status;
}

/* Sets the state by how a call ended, and keeps its sentence. */
static decant_status settle(decant *pipeline, decant_status status, State next) {
    pipeline->state = status ? LOST : next;
    pipeline->latched = status;
    if (!status) return status;
    input_clear(&pipeline->input);
    return tell(pipeline, status,
                status == DECANT_STOPPED     ? "a callback stopped the pipeline"
                : status == DECANT_NO_MEMORY ? "out of memory"
                                             : decant_status_name(status));
}

/* Whether a document is open. */
static decant_status demand_document(decant *pipeline) {
    if (!pipeline) return DECANT_BAD_ARGUMENT;
    switch (pipeline->state) {
    case READING:
        return DECANT_OK;
    case LOST:
    case BROKEN:
        return pipeline->latched;
    case SENDING:
        return tell(pipeline, DECANT_BAD_ARGUMENT, "called from within a callback");
    default:
        return tell(pipeline, DECANT_BAD_ARGUMENT, "no document was started");
    }
}

/* The compiled-in model, unless the caller brought another. */
static decant_status demand_model(decant *pipeline) {
    decant_status status = DECANT_OK;
    if (!pipeline->model) pipeline->model = model_open(&pipeline->allocator, NULL, 0, &status);
    return status;
}

/* What the caller tells of a document, as far as it knows the fields. */
static decant_status read_about(decant *pipeline, decant_about *ret, const decant_about *about) {
    *ret = (decant_about)DECANT_ABOUT_INIT;
    if (!about) return DECANT_OK;
    if (about->size < sizeof about->size)
        return tell(pipeline, DECANT_BAD_ARGUMENT, "about: size is not set");
    memcpy(ret, about, about->size < sizeof *ret ? about->size : sizeof *ret);
    if (ret->from < DECANT_AUTO || ret->from > DECANT_HTML)
        return tell(pipeline, DECANT_BAD_ARGUMENT, "about: from is none that is known");
    return DECANT_OK;
}

/* Copies of what is known of the document. False where memory is refused. */
static bool copy_about(decant *pipeline, const char *name, const decant_about *about) {
    const bool is_known = about->charset && charset_is_known(about->charset);
    pipeline->name = copy_text(pipeline, name ? name : "");
    pipeline->own_label = copy_text(pipeline, is_known ? about->charset : NULL);
    pipeline->own_url = copy_text(pipeline, about->url);
    pipeline->own_id = copy_text(pipeline, about->id);
    pipeline->own_site = copy_text(pipeline, about->site);
    return pipeline->name && (!is_known || pipeline->own_label) &&
           (!about->url || pipeline->own_url) && (!about->id || pipeline->own_id) &&
           (!about->site || pipeline->own_site);
}

decant_status decant_start_about(decant *pipeline, const char *name, const decant_about *about) {
    if (!pipeline) return DECANT_BAD_ARGUMENT;
    if (pipeline->state == BROKEN) return pipeline->latched;
    if (pipeline->state == READING || pipeline->state == SENDING)
        return tell(pipeline, DECANT_BAD_ARGUMENT, "the document before was not finished");
    decant_about known;
    decant_status status = read_about(pipeline, &known, about);
    if (status) return status;
    forget_document(pipeline);
    input_clear(&pipeline->input);
    if (!copy_about(pipeline, name, &known)) return settle(pipeline, DECANT_NO_MEMORY, LOST);
    status = demand_model(pipeline);
    const decant_options *options = &pipeline->options;
    pipeline->pour = (Pour){.arena = &pipeline->arena,
                            .rules = pipeline->rules,
                            .model = pipeline->model,
                            .options = options,
                            .sink = &pipeline->sink,
                            .interrupt = &pipeline->interrupt,
                            .profile = pipeline->profile.bytes.at ? &pipeline->profile : NULL,
                            .name = pipeline->name,
                            .id = pipeline->own_id,
                            .site = pipeline->own_site,
                            .label = options->charset ? options->charset : pipeline->own_label,
                            .url = pipeline->own_url ? pipeline->own_url : options->url,
                            .from = known.from ? known.from : options->from};
    return settle(pipeline, status, READING);
}

decant_status decant_start(decant *pipeline, const char *name) {
    return decant_start_about(pipeline, name, NULL);
}

/* A part is poured only when a byte comes that no longer fits: then it is certain that the document
 * goes on, and chunk borders have no say. */
decant_status decant_feed(decant *pipeline, const void *data, size_t size) {
    decant_status status = demand_document(pipeline);
    if (status) return status;
    if (!data && size) return tell(pipeline, DECANT_BAD_ARGUMENT, "feed: there is no data");
    Str rest = {data, size};
    pipeline->state = SENDING;
    while (rest.len && !status) {
        if (input_is_full(&pipeline->input)) status = pour(pipeline, true);
        if (!status) status = input_gather(&pipeline->input, &rest);
    }
    return settle(pipeline, status, READING);
}

decant_status decant_finish(decant *pipeline) {
    decant_status status = demand_document(pipeline);
    if (status) return status;
    pipeline->state = SENDING;
    while (!status && input_held(&pipeline->input).len) status = pour(pipeline, false);
    if (!status) status = pour_end(&pipeline->pour);
    return settle(pipeline, status, BETWEEN);
}
