/* SPDX-License-Identifier: MIT
 * pipeline.c - sets a pipeline up from settings and feeds it files. */
#include "pipeline.h"

#include "input.h"
#include "message.h"
#include <stdlib.h>

enum { RULES_LIMIT = 16 << 20, MODEL_LIMIT = 64 << 20 };

static bool add_rules(decant *pipeline, const char *path) {
    size_t size = 0;
    char *text = input_slurp(path, RULES_LIMIT, &size);
    if (!text) return false;
    decant_status status = decant_add_rules(pipeline, path, text, size);
    free(text);
    if (status) complain("%s", decant_error(pipeline));
    return !status;
}

static bool use_model(decant *pipeline, const char *path) {
    size_t size = 0;
    char *data = input_slurp(path, MODEL_LIMIT, &size);
    if (!data) return false;
    decant_status status = decant_use_model(pipeline, data, size);
    free(data);
    if (status) complain("%s: %s", path, decant_error(pipeline));
    return !status;
}

static bool use_profile(decant *pipeline, const char *path) {
    size_t size = 0;
    const void *data = input_map(path, &size);
    if (!data) return false;
    decant_status status = decant_use_profile(pipeline, data, size);
    if (status) complain("%s: %s", path, decant_error(pipeline));
    return !status;
}

static bool set_up(decant *pipeline, const Settings *settings) {
    for (size_t i = 0; i < settings->rules.count; i++)
        if (!add_rules(pipeline, settings->rules.items[i])) return false;
    for (size_t i = 0; i < settings->without.count; i++) {
        const char *id = settings->without.items[i];
        if (!decant_without_rule(pipeline, id)) continue;
        complain("--without: there is no rule '%s' (see --list-rules)", id);
        return false;
    }
    if (settings->profile && !use_profile(pipeline, settings->profile)) return false;
    return !settings->model || use_model(pipeline, settings->model);
}

decant *pipeline_open(const Settings *settings, const decant_sink *sink) {
    decant_options options = DECANT_OPTIONS_INIT;
    options.max_document = settings->max_document;
    options.max_loss = settings->max_loss;
    options.min_confidence = settings->min_confidence;
    options.favor = (decant_favor)settings->favor;
    options.from = (decant_from)settings->from;
    options.format = settings->format == FORMAT_MARKDOWN ? DECANT_MARKDOWN : DECANT_PLAIN;
    options.links = settings->links;
    options.charset = settings->charset;
    options.url = settings->url;
    decant *pipeline = NULL;
    decant_status status = decant_open(&pipeline, &options, sink);
    if (status)
        complain("%s",
                 *decant_error(pipeline) ? decant_error(pipeline) : decant_status_name(status));
    if (!status && set_up(pipeline, settings)) return pipeline;
    decant_close(pipeline);
    return NULL;
}

static Fed tell(const decant *pipeline, const char *path, decant_status status) {
    if (!status) return FED;
    if (status == DECANT_STOPPED) return FED_STOPPED;
    complain("%s: %s", path,
             *decant_error(pipeline) ? decant_error(pipeline) : decant_status_name(status));
    return FED_PARTLY;
}

static Fed feed_open_file(decant *pipeline, Input *input, const char *path) {
    char chunk[INPUT_CHUNK];
    ptrdiff_t size = input_read(input, chunk, sizeof chunk);
    if (size < 0) return FED_NOT;
    decant_status status = decant_start(pipeline, path);
    while (!status && size > 0) {
        status = decant_feed(pipeline, chunk, (size_t)size);
        if (!status) size = input_read(input, chunk, sizeof chunk);
    }
    if (!status) status = decant_finish(pipeline);
    Fed fed = tell(pipeline, path, status);
    return fed == FED && size < 0 ? FED_PARTLY : fed;
}

Fed pipeline_feed(decant *pipeline, const char *path) {
    Input input;
    if (!input_open(&input, path)) return FED_NOT;
    Fed fed = feed_open_file(pipeline, &input, path);
    input_close(&input);
    return fed;
}
