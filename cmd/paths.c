/* SPDX-License-Identifier: MIT
 * paths.c - operands, folders and lists of names, as one stream of files. */
#include "paths.h"

#include "input.h"
#include "lines.h"
#include "message.h"
#include <errno.h>
#include <fnmatch.h>
#include <fts.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct Paths {
    const Settings *settings;
    size_t operand; /* the next one */
    bool ended;
    Lines list; /* of --files0-from; closed where there is none */
    FTS *tree;  /* the folder at hand, NULL while there is none */
    size_t root_size;
    struct stat output; /* the folder of --output-dir, which is not read */
};

static int by_name(const FTSENT **one, const FTSENT **other) {
    return strcmp((*one)->fts_name, (*other)->fts_name);
}

static PathsResult trouble(const char *path, int error) {
    complain("%s: %s", path, strerror(error));
    return PATHS_TROUBLE;
}

/* ---- folders ---- */

static PathsResult open_folder(Paths *paths, const char *path) {
    char *roots[] = {(char *)(uintptr_t)path, NULL};
    paths->root_size = strlen(path);
    paths->tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
    return paths->tree ? PATHS_FOUND : trouble(path, errno);
}

/* What stands behind the folder's own name in an entry's path. */
static const char *name_below(const Paths *paths, const FTSENT *entry) {
    const char *name = entry->fts_path + paths->root_size;
    return name + strspn(name, "/");
}

/* Whether a glob is of an entry's name, or of its whole path below the folder that was named. */
static bool any_matches(const TextList *globs, const Paths *paths, const FTSENT *entry) {
    for (size_t i = 0; i < globs->count; i++)
        if (fnmatch(globs->items[i], entry->fts_name, 0) == 0 ||
            fnmatch(globs->items[i], name_below(paths, entry), 0) == 0)
            return true;
    return false;
}

/* Whether an entry is the folder that the run writes to. */
static bool is_output(const Paths *paths, const FTSENT *entry) {
    return entry->fts_info == FTS_D && paths->settings->output_dir &&
           entry->fts_statp->st_dev == paths->output.st_dev &&
           entry->fts_statp->st_ino == paths->output.st_ino;
}

/* Whether a file or folder that was come upon is passed over. */
static bool passed_over(const Paths *paths, const FTSENT *entry) {
    const Settings *settings = paths->settings;
    if (is_output(paths, entry)) return true;
    if (entry->fts_level == FTS_ROOTLEVEL) return false;
    if (entry->fts_name[0] == '.' || any_matches(&settings->exclude, paths, entry)) return true;
    return entry->fts_info != FTS_D && settings->include.count &&
           !any_matches(&settings->include, paths, entry);
}

/* The next file of the folder at hand; PATHS_END closes it. */
static PathsResult next_in_folder(Paths *paths, Found *ret) {
    FTSENT *entry;
    errno = 0;
    while ((entry = fts_read(paths->tree))) {
        const bool over = passed_over(paths, entry);
        if (over && entry->fts_info == FTS_D) fts_set(paths->tree, entry, FTS_SKIP);
        if (!over && entry->fts_info == FTS_F && S_ISREG(entry->fts_statp->st_mode)) {
            *ret = (Found){.path = entry->fts_path, .name = name_below(paths, entry)};
            return PATHS_FOUND;
        }
        if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR || entry->fts_info == FTS_NS)
            return trouble(entry->fts_path, entry->fts_errno);
        errno = 0;
    }
    int error = errno;
    fts_close(paths->tree);
    paths->tree = NULL;
    if (!error) return PATHS_END;
    complain("a folder could not be read to its end: %s", strerror(error));
    return PATHS_TROUBLE;
}

/* ---- what is named ---- */

/* The next name of the list. */
static PathsResult next_listed(Paths *paths, const char **ret) {
    const char *list = paths->settings->files0_from;
    const unsigned long long number = paths->list.number + 1;
    char *name;
    size_t size;
    int got = lines_next(&paths->list, &name, &size);
    if (got <= 0) {
        paths->ended = true;
        return got ? PATHS_TROUBLE : PATHS_END;
    }
    *ret = name;
    if (size && (strcmp(name, "-") || strcmp(list, "-"))) return PATHS_FOUND;
    if (size) complain("name %llu of standard input is '-', standard input itself", number);
    else complain("%s: name %llu is empty", paths->list.input.name, number);
    return PATHS_TROUBLE;
}

static PathsResult next_named(Paths *paths, const char **ret) {
    const TextList *operands = &paths->settings->operands;
    if (paths->ended) return PATHS_END;
    if (paths->list.open) return next_listed(paths, ret);
    paths->ended = paths->operand + 1 >= operands->count;
    *ret = operands->count ? operands->items[paths->operand++] : input_unnamed();
    return PATHS_FOUND;
}

PathsResult paths_next(Paths *paths, Found *ret) {
    for (;;) {
        PathsResult result = paths->tree ? next_in_folder(paths, ret) : PATHS_END;
        if (result != PATHS_END) return result;
        const char *path = NULL;
        struct stat status;
        result = next_named(paths, &path);
        if (result != PATHS_FOUND) return result;
        if (!strcmp(path, "-") || stat(path, &status) || !S_ISDIR(status.st_mode)) {
            *ret = (Found){.path = path, .name = path};
            return PATHS_FOUND;
        }
        if (open_folder(paths, path) == PATHS_TROUBLE) return PATHS_TROUBLE;
    }
}

Paths *paths_open(const Settings *settings) {
    Paths *paths = calloc(1, sizeof *paths);
    if (!paths) {
        complain("%s", strerror(ENOMEM));
        return NULL;
    }
    paths->settings = settings;
    if (settings->output_dir) stat(settings->output_dir, &paths->output);
    const char *list = settings->files0_from;
    if (!list || lines_open(&paths->list, list, '\0', PATH_MAX)) return paths;
    free(paths);
    return NULL;
}

uint64_t paths_size(const Settings *settings) {
    const TextList *operands = &settings->operands;
    uint64_t size = 0;
    if (settings->files0_from) return 0;
    for (size_t i = 0; i < (operands->count ? operands->count : 1); i++) {
        const char *path = operands->count ? operands->items[i] : "-";
        struct stat status;
        const int failed = strcmp(path, "-") ? stat(path, &status) : fstat(STDIN_FILENO, &status);
        if (failed) continue;
        if (!S_ISREG(status.st_mode)) return 0;
        size += (uint64_t)status.st_size;
    }
    return size;
}

void paths_close(Paths *paths) {
    if (!paths) return;
    if (paths->tree) fts_close(paths->tree);
    lines_close(&paths->list);
    free(paths);
}
