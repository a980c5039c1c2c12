/* SPDX-License-Identifier: MIT
 * learn.c - decant learn: a profile of what documents repeat and how they open, or the sum of
 * several. */
#include "commands.h"

#include "decant.h"
#include "documents.h"
#include "mapping.h"
#include "message.h"
#include "output.h"
#include "paths.h"

typedef struct Learning {
    decant_profile *profile;
    bool trouble;
} Learning;

static int add(Learning *learning, const void *imprint, size_t size) {
    if (!decant_profile_add(learning->profile, imprint, size)) return 0;
    complain("%s", decant_profile_error(learning->profile));
    return -1;
}

static int on_message(void *user, unsigned channel, const void *data, size_t size) {
    Learning *learning = user;
    if (channel == CHANNEL_IMPRINT) return add(learning, data, size);
    return documents_watch(&learning->trouble, channel, data, size);
}

/* False where there is no profile to be written. */
static bool learn_documents(Learning *learning, const Settings *settings) {
    const Plan plan = {.settings = settings,
                       .wants_imprints = true,
                       .jobs = settings->jobs,
                       .user = learning,
                       .write = on_message};
    return documents_run(&plan) == RAN;
}

static bool merge_profile(Learning *learning, const char *path) {
    Mapping mapping;
    if (!mapping_open(&mapping, path)) return false;
    const decant_status status =
        decant_profile_merge(learning->profile, mapping.bytes, mapping.size);
    mapping_close(&mapping);
    if (status) complain("%s: %s", path, decant_profile_error(learning->profile));
    return !status;
}

static bool merge_profiles(Learning *learning, const Settings *settings) {
    Paths *paths = paths_open(settings);
    Found found;
    PathsResult result = PATHS_END;
    bool good = paths != NULL;
    while (good && (result = paths_next(paths, &found)) != PATHS_END)
        good = result == PATHS_FOUND && merge_profile(learning, found.path);
    paths_close(paths);
    return good;
}

static bool write_profile(const Learning *learning, Output *output) {
    const decant_status status = decant_profile_write(learning->profile, output_write, output);
    if (status && status != DECANT_STOPPED) complain("%s", decant_profile_error(learning->profile));
    return !status;
}

int learn_run(const Settings *settings) {
    Learning learning = {.profile = NULL};
    Output output = {0};
    if (!settings->output) {
        complain("learn: --output names no file for the profile");
        return EXIT_TROUBLE;
    }
    if (!output_open(&output, settings->output)) return EXIT_TROUBLE;
    const decant_status status = decant_profile_open(&learning.profile, settings->size, NULL);
    if (status) complain("%s", decant_profile_error(learning.profile));
    bool good = !status && (settings->merge ? merge_profiles(&learning, settings)
                                            : learn_documents(&learning, settings));
    good = good && write_profile(&learning, &output);
    decant_profile_close(learning.profile);
    good = output_close(&output, good) && good;
    return good && !learning.trouble ? EXIT_FINE : EXIT_TROUBLE;
}
