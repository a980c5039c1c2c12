/* SPDX-License-Identifier: MIT
 * learn.c - decant learn: a profile of what documents repeat and how they open, or the sum of
 * several. */
#include "commands.h"

#include "decant.h"
#include "input.h"
#include "message.h"
#include "output.h"
#include "pipeline.h"

typedef struct Learning {
    const Settings *settings;
    decant_profile *profile;
    int status;
} Learning;

static int on_imprint(void *user, const decant_imprint *imprint) {
    Learning *learning = user;
    if (!decant_profile_add(learning->profile, imprint->data, imprint->size)) return 0;
    complain("%s", decant_profile_error(learning->profile));
    return 1;
}

/* False when there is no use in going on. */
static bool learn_files(Learning *learning) {
    const TextList files = learning->settings->operands;
    const decant_sink sink = {.user = learning, .imprint = on_imprint};
    decant *pipeline = pipeline_open(learning->settings, &sink);
    bool going = pipeline != NULL;
    for (size_t i = 0; going && i < (files.count ? files.count : 1); i++) {
        const Fed fed = pipeline_feed(pipeline, files.count ? files.items[i] : input_unnamed());
        if (fed != FED) learning->status = EXIT_TROUBLE;
        going = fed != FED_STOPPED;
    }
    decant_close(pipeline);
    return going;
}

static bool merge_files(Learning *learning) {
    const TextList files = learning->settings->operands;
    for (size_t i = 0; i < files.count; i++) {
        size_t size = 0;
        const void *data = input_map(files.items[i], &size);
        if (!data) return false;
        if (decant_profile_merge(learning->profile, data, size)) {
            complain("%s: %s", files.items[i], decant_profile_error(learning->profile));
            return false;
        }
    }
    return true;
}

static bool write_profile(const Learning *learning, Output *output) {
    decant_status status = decant_profile_write(learning->profile, output_write, output);
    if (status && status != DECANT_STOPPED) complain("%s", decant_profile_error(learning->profile));
    return !status;
}

int learn_run(const Settings *settings) {
    Learning learning = {.settings = settings, .status = EXIT_FINE};
    Output output = {0};
    if (!settings->output) {
        complain("learn: --output names no file for the profile");
        return EXIT_TROUBLE;
    }
    if (!output_open(&output, settings->output)) return EXIT_TROUBLE;
    const decant_status status = decant_profile_open(&learning.profile, settings->size, NULL);
    if (status) complain("%s", decant_profile_error(learning.profile));
    bool good = !status && (settings->merge ? merge_files(&learning) : learn_files(&learning));
    good = good && write_profile(&learning, &output);
    decant_profile_close(learning.profile);
    return output_close(&output, good) && good ? learning.status : EXIT_TROUBLE;
}
