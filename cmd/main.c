/* SPDX-License-Identifier: MIT
 * main.c - picks the command; nothing else. */
#include "commands.h"

#include "message.h"
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Fills a closed standard descriptor, the wrong way round, so that no other file gets its number
 * and using it still fails. What goes to a closed standard error is lost, as its owner wanted. */
static void fill_descriptors(void) {
    const int modes[] = {O_WRONLY, O_RDONLY, O_WRONLY};
    for (int fd = 0; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) != fd) _exit(EXIT_TROUBLE);
}

/* Has the C library keep what is freed: every part takes the same memory again, and pages anew from
 * the system cost a tenth of the time of a long text. */
static void keep_memory(void) {
#ifdef __GLIBC__
    enum { KEPT = 1 << 28 };
    mallopt(M_MMAP_THRESHOLD, KEPT);
    mallopt(M_TRIM_THRESHOLD, KEPT);
#endif
}

static int run(const Settings *settings) {
    if (settings->help || settings->version || settings->man_options) return help_run(settings);
    switch (settings->command) {
    case COMMAND_CHECK:
        return check_run(settings);
    case COMMAND_EXPLAIN:
        return explain_run(settings);
    case COMMAND_RESTORE:
        return restore_run(settings);
    case COMMAND_LEARN:
        return learn_run(settings);
    case COMMAND_PROFILE:
        return profile_run(settings);
    case COMMAND_COMPLETION:
        return completion_run(settings);
    case COMMAND_FEATURES:
        return features_run(settings);
    default:
        return filter_run(settings);
    }
}

int main(int argc, char **argv) {
    fill_descriptors();
    keep_memory();
    Settings settings;
    int status = settings_read(&settings, argc, argv) ? run(&settings) : EXIT_TROUBLE;
    settings_done(&settings);
    return status;
}
