/* SPDX-License-Identifier: MIT
 * mirror.c - files in an output folder, and the checkpoints of a run. */
#include "mirror.h"

#include "checkpoint.h"
#include "manifest.h"
#include "message.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A checkpoint comes after so many files, or bytes written: never by the clock, so that packed
 * outputs are cut at the same places in every run. */
enum { FILES_MOST = 256, BYTES_MOST = 4 << 20, NAME_LONGEST = 2 * PATH_MAX + 256 };

struct Mirror {
    const Settings *settings;
    const char *folder;
    Totals *totals;
    Checkpoint checkpoint;
    int lock;
    Output manifest;
    uint64_t files, bytes; /* since the last checkpoint: files finished, and bytes of theirs */
    uint64_t taken;        /* what the outputs of the whole run had taken then */
    /* of the earlier run, for mirror_past alone */
    Lines past;
    uint64_t past_left;
};

/* DIR/NAME, or where it is NULL, DIR; the buffer is the caller's. False after complaining. */
static bool path_in(const char *folder, const char *name, char path[PATH_MAX]) {
    int size = snprintf(path, PATH_MAX, "%s/%s", folder, name);
    if (size > 0 && size < PATH_MAX) return true;
    complain("%s/%s: %s", folder, name, strerror(ENAMETOOLONG));
    return false;
}

/* Complains, and leaves errno as it was. */
static bool failed(const char *path, int error) {
    complain("%s: %s", path, strerror(error));
    errno = error;
    return false;
}

/* ---- names ---- */

static bool is_one_of(const char *ending, const char *words) {
    size_t size = strlen(ending);
    if (!size) return false;
    for (const char *at = words; (at = strstr(at, ending)); at += size)
        if (at[-1] == ' ' && at[size] == ' ') return true;
    return false;
}

/* What the name of a file's text ends in, by that of its own; NULL where it stays as it is. */
static const char *ending_for(const Settings *settings, const char *ending) {
    const bool is_lines = settings->from == FROM_JSONL || is_one_of(ending, " .jsonl .ndjson ");
    const bool is_archive = settings->from >= FROM_WARC || is_one_of(ending, " .warc .wet ");
    if (is_lines) return NULL;
    if (is_archive || settings->format >= FORMAT_JSON) return ".jsonl";
    if (!is_one_of(ending, " .html .htm .xhtml .xht .shtml ")) return NULL;
    return settings->format == FORMAT_MARKDOWN ? ".md" : ".txt";
}

/* Copies the components of a path; false where it leads out of the folder. */
static bool copy_components(const char *name, char *to) {
    const char *start = to;
    if (*name == '/') return false;
    while (*name) {
        size_t size = strcspn(name, "/");
        const bool here = size == 1 && *name == '.';
        if (size == 2 && !strncmp(name, "..", size)) return false;
        if (size && !here) {
            if (to != start) *to++ = '/';
            memcpy(to, name, size);
            to += size;
        }
        name += size;
        name += strspn(name, "/");
    }
    *to = '\0';
    return to != start;
}

char *mirror_name(const Settings *settings, const char *name) {
    static const char known[] = " .html .htm .xhtml .xht .shtml .txt .text .md .warc .wet ";
    char *copy = malloc(strlen(name) + sizeof ".jsonl");
    if (!copy) {
        failed(name, ENOMEM);
        return NULL;
    }
    if (!copy_components(name, copy) || !strcmp(name, "-") ||
        (!strncmp(copy, ".decant", 7) && (!copy[7] || copy[7] == '/'))) {
        complain("%s: has no place below --output-dir (name a folder, or a file by a path that "
                 "leads down from here)",
                 !strcmp(name, "-") ? "standard input" : name);
        free(copy);
        return NULL;
    }
    size_t size = strlen(copy);
    copy[size -= pack_ending(copy)] = '\0';
    const char *base = strrchr(copy, '/');
    char *ending = strrchr(base ? base : copy, '.');
    if (!ending || ending == copy || ending[-1] == '/') ending = copy + size;
    const char *wanted = ending_for(settings, ending);
    if (wanted) strcpy(*ending && is_one_of(ending, known) ? ending : copy + size, wanted);
    return copy;
}

/* ---- folders ---- */

/* Makes a folder and those above it. */
static bool make_folder(char *path) {
    if (!mkdir(path, 0777) || errno == EEXIST) return true;
    char *slash = errno == ENOENT ? strrchr(path, '/') : NULL;
    if (!slash || slash == path) return failed(path, errno);
    *slash = '\0';
    bool good = make_folder(path);
    *slash = '/';
    return good && (!mkdir(path, 0777) || errno == EEXIST || failed(path, errno));
}

/* Makes the folders that a file stands in. */
static bool make_folders_of(char *path) {
    char *slash = strrchr(path, '/');
    *slash = '\0';
    bool good = make_folder(path);
    *slash = '/';
    return good;
}

/* Whether nothing is in the folder, but for the beginnings of a run that did not come to write a
 * checkpoint. */
static bool folder_is_empty(const char *folder, bool is_begun) {
    DIR *stream = opendir(folder);
    if (!stream) return failed(folder, errno);
    const struct dirent *entry;
    bool empty = true;
    while (empty && (entry = readdir(stream)))
        empty = !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") ||
                (is_begun && !strcmp(entry->d_name, ".decant"));
    closedir(stream);
    if (!empty) complain("%s: is not empty", folder);
    return empty;
}

/* One run at a time. */
static bool lock_folder(Mirror *mirror) {
    char path[PATH_MAX];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (!path_in(mirror->folder, ".decant/lock", path)) return false;
    mirror->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (mirror->lock < 0) return failed(path, errno);
    if (!fcntl(mirror->lock, F_SETLK, &lock)) return true;
    if (errno != EACCES && errno != EAGAIN) return failed(path, errno);
    complain("%s: another run is writing there", mirror->folder);
    return false;
}

/* ---- opening ---- */

static void note_output(Checkpoint *checkpoint, const char *path) {
    if (path && strcmp(path, "-") && checkpoint->output_count < CHECKPOINT_OUTPUTS)
        checkpoint->outputs[checkpoint->output_count++].path = path;
}

static uint64_t taken_by_outputs(const Checkpoint *checkpoint) {
    uint64_t taken = 0;
    for (size_t i = 0; i < checkpoint->output_count; i++)
        if (checkpoint->outputs[i].output) taken += checkpoint->outputs[i].output->taken;
    return taken;
}

static bool begin_run(Mirror *mirror, const char *checkpoint) {
    char inside[PATH_MAX];
    return folder_is_empty(mirror->folder, mirror->settings->resume) &&
           path_in(mirror->folder, ".decant", inside) && make_folder(inside) &&
           lock_folder(mirror) &&
           checkpoint_save(&mirror->checkpoint, checkpoint, mirror->settings, mirror->totals);
}

static bool take_up_run(Mirror *mirror, const char *checkpoint) {
    if (!mirror->settings->resume) {
        complain("%s: holds a run already (--resume goes on with it)", mirror->folder);
        return false;
    }
    return lock_folder(mirror) &&
           checkpoint_load(&mirror->checkpoint, checkpoint, mirror->settings, mirror->totals);
}

static bool open_run(Mirror *mirror) {
    char folder[PATH_MAX], path[PATH_MAX];
    if (!path_in(mirror->folder, "", folder) ||
        !path_in(mirror->folder, ".decant/checkpoint", path) || !make_folders_of(folder))
        return false;
    return access(path, F_OK) ? begin_run(mirror, path) : take_up_run(mirror, path);
}

Mirror *mirror_open(const Settings *settings, Totals *totals) {
    Mirror *mirror = calloc(1, sizeof *mirror);
    if (!mirror) {
        complain("%s", strerror(ENOMEM));
        return NULL;
    }
    mirror->settings = settings;
    mirror->folder = settings->output_dir;
    mirror->totals = totals;
    mirror->lock = -1;
    note_output(&mirror->checkpoint, settings->log);
    note_output(&mirror->checkpoint, settings->rejects);
    note_output(&mirror->checkpoint, settings->attributes);
    if (open_run(mirror)) return mirror;
    mirror_close(mirror, false);
    return NULL;
}

bool mirror_output(Mirror *mirror, Output *output, const char *path) {
    Checkpoint *checkpoint = &mirror->checkpoint;
    for (size_t i = 0; path && i < checkpoint->output_count; i++) {
        CheckpointOutput *one = &checkpoint->outputs[i];
        if (strcmp(one->path, path) || one->output) continue;
        if (!output_go_on(output, path, one->offset)) return false;
        one->output = output;
        return true;
    }
    return output_open(output, path);
}

/* Takes back the files that were finished after the last checkpoint: they are done again. */
static bool take_back(Mirror *mirror, const char *path) {
    Lines manifest;
    Finished finished;
    int got = 1;
    if (access(path, F_OK)) return true; /* broken off before the first of them */
    if (!lines_open(&manifest, path, '\n', NAME_LONGEST)) return false;
    while ((got = manifest_next(&manifest, &finished)) > 0) {
        char made[PATH_MAX];
        if (manifest.number <= mirror->checkpoint.files || !finished.done) continue;
        char *name = mirror_name(mirror->settings, finished.name);
        if (name && path_in(mirror->folder, name, made)) unlink(made);
        free(name);
    }
    lines_close(&manifest);
    return got == 0;
}

/* Opens the manifest behind what counts of it. */
static bool open_manifest(Mirror *mirror, const char *path) {
    const uint64_t counts = mirror->checkpoint.manifest;
    struct stat status;
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0 || fstat(fd, &status)) return failed(path, errno);
    if ((uint64_t)status.st_size < counts) {
        complain("%s: lacks files that were finished", path);
        close(fd);
        return false;
    }
    if (ftruncate(fd, (off_t)counts) || lseek(fd, 0, SEEK_END) < 0 ||
        !output_attach(&mirror->manifest, fd, "the manifest of --output-dir"))
        return failed(path, errno);
    mirror->manifest.written = counts;
    return true;
}

bool mirror_ready(Mirror *mirror) {
    char path[PATH_MAX];
    mirror->past_left = mirror->checkpoint.files;
    return path_in(mirror->folder, ".decant/manifest", path) && take_back(mirror, path) &&
           open_manifest(mirror, path) && lines_open(&mirror->past, path, '\n', NAME_LONGEST);
}

bool mirror_had_trouble(const Mirror *mirror) {
    return mirror->checkpoint.trouble;
}

void mirror_note_trouble(Mirror *mirror) {
    mirror->checkpoint.trouble = true;
}

/* ---- files ---- */

MirrorPast mirror_past(Mirror *mirror, const Found *found) {
    Finished then, now = {.name = found->name};
    char path[PATH_MAX];
    struct stat status;
    if (!mirror->past_left) return MIRROR_NEW;
    mirror->past_left--;
    const int got = manifest_next(&mirror->past, &then);
    if (!got) complain("%s/.decant/manifest: lacks files that were finished", mirror->folder);
    if (got <= 0) return MIRROR_OTHER;
    finished_look(&now, found->path);
    if (!finished_same(&then, &now)) {
        complain("%s: is not what the run to go on with read here, or has changed since",
                 found->path);
        return MIRROR_OTHER;
    }
    if (!then.done) return MIRROR_DONE;
    char *name = mirror_name(mirror->settings, found->name);
    bool same = name && path_in(mirror->folder, name, path) && !lstat(path, &status) &&
                (uint64_t)status.st_size == then.bytes;
    free(name);
    if (!same)
        complain("%s: what the run to go on with made of it is not there any more", found->path);
    return same ? MIRROR_DONE : MIRROR_OTHER;
}

/* Where the text of an input file goes. */
static bool place_of(const Mirror *mirror, const Found *found, char path[PATH_MAX]) {
    char *name = mirror_name(mirror->settings, found->name);
    bool good = name && path_in(mirror->folder, name, path);
    free(name);
    return good;
}

bool mirror_begin(Mirror *mirror, const Found *found, Output *text) {
    char path[PATH_MAX];
    struct stat status;
    if (!place_of(mirror, found, path)) return true;
    if (!make_folders_of(path)) return errno == ENOTDIR;
    if (!lstat(path, &status)) {
        complain("%s: left out: %s is there already", found->path, path);
        return true;
    }
    if (errno != ENOENT) return failed(path, errno) || errno == ENOTDIR;
    return path_in(mirror->folder, ".decant/part", path) && output_go_on(text, path, 0);
}

static bool save_checkpoint(Mirror *mirror) {
    Checkpoint *checkpoint = &mirror->checkpoint;
    char path[PATH_MAX];
    for (size_t i = 0; i < checkpoint->output_count; i++) {
        CheckpointOutput *one = &checkpoint->outputs[i];
        if (!one->output) continue;
        if (output_mark(one->output)) return false;
        one->offset = one->output->written;
    }
    mirror->files = mirror->bytes = 0;
    mirror->taken = taken_by_outputs(checkpoint);
    checkpoint->manifest = mirror->manifest.written;
    return path_in(mirror->folder, ".decant/checkpoint", path) &&
           checkpoint_save(checkpoint, path, mirror->settings, mirror->totals);
}

bool mirror_end(Mirror *mirror, const Found *found, Output *text, bool good) {
    Finished finished = {.done = text->open && good, .bytes = text->taken, .name = found->name};
    char part[PATH_MAX], path[PATH_MAX];
    if (!output_close(text, good) && finished.done) return false;
    finished_look(&finished, found->path);
    if (manifest_write(&mirror->manifest, &finished) || output_flush(&mirror->manifest))
        return false;
    if (finished.done &&
        (!path_in(mirror->folder, ".decant/part", part) || !place_of(mirror, found, path)))
        return false;
    if (finished.done && rename(part, path)) return failed(path, errno);
    mirror->checkpoint.files++;
    mirror->files++;
    mirror->bytes += finished.bytes;
    const uint64_t written = mirror->bytes + taken_by_outputs(&mirror->checkpoint) - mirror->taken;
    return (mirror->files < FILES_MOST && written < BYTES_MOST) || save_checkpoint(mirror);
}

bool mirror_close(Mirror *mirror, bool whole) {
    if (!mirror) return true;
    if (whole && mirror->past_left) {
        complain("%s: the run to go on with read more files than there are now", mirror->folder);
        whole = false;
    } else if (whole) {
        whole = save_checkpoint(mirror);
    }
    if (mirror->manifest.open) {
        close(mirror->manifest.fd);
        mirror->manifest.fd = -1;
        output_close(&mirror->manifest, true);
    }
    lines_close(&mirror->past);
    if (mirror->lock >= 0) close(mirror->lock);
    free(mirror);
    return whole;
}
