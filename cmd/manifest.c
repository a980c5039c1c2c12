/* SPDX-License-Identifier: MIT
 * manifest.c - lines of the manifest, written and read. */
#include "manifest.h"

#include "message.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

void finished_look(Finished *finished, const char *path) {
    struct stat status;
    finished->size = 0;
    finished->modified = (struct timespec){0};
    if (stat(path, &status)) return;
    finished->size = (uint64_t)status.st_size;
    finished->modified = status.st_mtim;
}

bool finished_same(const Finished *one, const Finished *other) {
    return one->size == other->size && one->modified.tv_sec == other->modified.tv_sec &&
           one->modified.tv_nsec == other->modified.tv_nsec && !strcmp(one->name, other->name);
}

int manifest_write(Output *manifest, const Finished *finished) {
    output_format(manifest, "%s %" PRIu64 " %lld.%09ld %" PRIu64 " ",
                  finished->done ? "done" : "failed", finished->size,
                  (long long)finished->modified.tv_sec, finished->modified.tv_nsec,
                  finished->bytes);
    for (const char *at = finished->name; *at; at++) {
        if (*at == '\n') output_text(manifest, "\\n");
        else if (*at == '\\') output_text(manifest, "\\\\");
        else output_write(manifest, at, 1);
    }
    return output_text(manifest, "\n");
}

/* Undoes what stands for line breaks and backslashes, in place. */
static void read_name(char *name) {
    char *to = name;
    for (const char *at = name; *at; at++) {
        if (*at == '\\' && at[1]) at++, *to++ = *at == 'n' ? '\n' : *at;
        else *to++ = *at;
    }
    *to = '\0';
}

int manifest_next(Lines *manifest, Finished *ret) {
    char *line, state[8];
    size_t size;
    long long seconds;
    int name = 0, got = lines_next(manifest, &line, &size);
    if (got <= 0) return got;
    if (sscanf(line, "%7s %" SCNu64 " %lld.%9ld %" SCNu64 " %n", state, &ret->size, &seconds,
               &ret->modified.tv_nsec, &ret->bytes, &name) != 5 ||
        !name) {
        complain("%s:%llu: not a line of a manifest", manifest->input.name,
                 (unsigned long long)manifest->number);
        return -1;
    }
    ret->done = !strcmp(state, "done");
    ret->modified.tv_sec = (time_t)seconds;
    ret->name = line + name;
    read_name(line + name);
    return 1;
}
