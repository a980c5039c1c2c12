/* SPDX-License-Identifier: MIT
 * pipeline.c - sets pipelines up from settings. */
#include "pipeline.h"

#include "input.h"
#include "message.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { RULES_LIMIT = 16 << 20, MODEL_LIMIT = 64 << 20 };

static bool read_file(Buffer *buffer, const char *path, size_t limit) {
    buffer->bytes = input_slurp(path, limit, &buffer->size);
    buffer->capacity = buffer->size;
    return buffer->bytes != NULL;
}

bool kit_read(Kit *kit, const Settings *settings) {
    *kit = (Kit){.settings = settings};
    const size_t count = settings->rules.count;
    kit->rules = calloc(count + 1, sizeof *kit->rules);
    if (!kit->rules) complain("%s", strerror(ENOMEM));
    bool good = kit->rules != NULL;
    for (size_t i = 0; i < count && good; i++)
        good = read_file(&kit->rules[i], settings->rules.items[i], RULES_LIMIT);
    if (good && settings->profile) good = mapping_open(&kit->profile, settings->profile);
    return good && (!settings->model || read_file(&kit->model, settings->model, MODEL_LIMIT));
}

void kit_done(Kit *kit) {
    for (size_t i = 0; kit->rules && i < kit->settings->rules.count; i++)
        buffer_done(&kit->rules[i]);
    free(kit->rules);
    buffer_done(&kit->model);
    mapping_close(&kit->profile);
}

static bool set_up(decant *pipeline, const Kit *kit) {
    const Settings *settings = kit->settings;
    for (size_t i = 0; i < settings->rules.count; i++) {
        const Buffer *rules = &kit->rules[i];
        if (!decant_add_rules(pipeline, settings->rules.items[i], rules->bytes, rules->size))
            continue;
        complain("%s", decant_error(pipeline));
        return false;
    }
    for (size_t i = 0; i < settings->without.count; i++) {
        const char *id = settings->without.items[i];
        if (!decant_without_rule(pipeline, id)) continue;
        complain("--without: there is no rule '%s' (see --list-rules)", id);
        return false;
    }
    if (settings->profile && decant_use_profile(pipeline, kit->profile.bytes, kit->profile.size)) {
        complain("%s: %s", settings->profile, decant_error(pipeline));
        return false;
    }
    if (!settings->model || !decant_use_model(pipeline, kit->model.bytes, kit->model.size))
        return true;
    complain("%s: %s", settings->model, decant_error(pipeline));
    return false;
}

decant *pipeline_open(const Kit *kit, const decant_sink *sink, int (*interrupt)(void *user)) {
    const Settings *settings = kit->settings;
    decant_options options = DECANT_OPTIONS_INIT;
    options.max_document = settings->max_document;
    options.max_loss = settings->max_loss;
    options.min_confidence = settings->min_confidence;
    options.favor = (decant_favor)settings->favor;
    options.from = settings_from(settings);
    options.format = settings->format == FORMAT_MARKDOWN ? DECANT_MARKDOWN : DECANT_PLAIN;
    options.links = settings->links;
    options.charset = settings->charset;
    options.url = settings->url;
    options.no_kinds = !settings->summary;
    options.interrupt = interrupt;
    options.interrupt_user = sink->user;
    decant *pipeline = NULL;
    decant_status status = decant_open(&pipeline, &options, sink);
    if (status)
        complain("%s",
                 *decant_error(pipeline) ? decant_error(pipeline) : decant_status_name(status));
    if (!status && set_up(pipeline, kit)) return pipeline;
    decant_close(pipeline);
    return NULL;
}
