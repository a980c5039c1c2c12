/* SPDX-License-Identifier: MIT
 * output.c - buffered writing that reports every failure and leaves no half file behind. */
#include "output.h"

#include "message.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_SIZE = 65536, ASIDES = 8 };

/* Files to remove when a signal ends the program: a handler can be told of them in no other way. */
static char *volatile asides[ASIDES];

static const int deadly[] = {SIGHUP, SIGINT, SIGPIPE, SIGTERM};
enum { DEADLY = sizeof deadly / sizeof *deadly };

static void remove_asides(int number) {
    for (size_t i = 0; i < ASIDES; i++)
        if (asides[i]) unlink(asides[i]);
    signal(number, SIG_DFL);
    raise(number);
}

static void hold_signals(int how) {
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < DEADLY; i++) sigaddset(&set, deadly[i]);
    sigprocmask(how, &set, NULL);
}

static void catch_signals(void) {
    signal(SIGXFSZ, SIG_IGN); /* a write then fails, which is told like a full disk */
    for (size_t i = 0; i < DEADLY; i++) {
        struct sigaction action = {0};
        sigaction(deadly[i], NULL, &action);
        if (action.sa_handler != SIG_DFL) continue;
        action.sa_handler = remove_asides;
        sigaction(deadly[i], &action, NULL);
    }
}

/* Enters (or, with NULL for `to`, strikes off) a file in the list of those to remove. */
static void asides_replace(char *from, char *to) {
    for (size_t i = 0; i < ASIDES; i++) {
        if (asides[i] != from) continue;
        asides[i] = to;
        return;
    }
}

bool output_attach(Output *output, int fd, const char *name) {
    *output = (Output){.fd = fd, .name = name, .buffer = malloc(BUFFER_SIZE)};
    if (!output->buffer) complain("%s: %s", name, strerror(ENOMEM));
    output->open = output->buffer != NULL;
    return output->open;
}

/* The permissions of the file that is replaced, or those a new file would get. */
static mode_t mode_of(const struct stat *old) {
    if (old) return old->st_mode & 0777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static int open_aside(Output *output, mode_t mode) {
    size_t size = strlen(output->path) + sizeof ".XXXXXX";
    output->aside = malloc(size);
    if (!output->aside) return -1;
    snprintf(output->aside, size, "%s.XXXXXX", output->path);
    catch_signals();
    hold_signals(SIG_BLOCK);
    int fd = mkstemp(output->aside);
    if (fd >= 0) asides_replace(NULL, output->aside);
    hold_signals(SIG_UNBLOCK);
    if (fd >= 0) {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        fchmod(fd, mode);
    }
    return fd;
}

/* The full path of a file that is not there yet; NULL if it cannot be there. */
static char *path_of_new(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char *given = slash ? strndup(path, (size_t)(name - path)) : strdup(".");
    char *folder = given ? realpath(given, NULL) : NULL;
    size_t size = folder ? strlen(folder) + strlen(name) + 2 : 0;
    char *full = folder ? malloc(size) : NULL;
    if (full) snprintf(full, size, "%s/%s", folder, name);
    free(given);
    free(folder);
    return full;
}

/* Writes to the file itself. */
static int write_file(void *user, const void *data, size_t size) {
    Output *output = user;
    const char *at = data;
    while (size && !output->error) {
        ssize_t written = write(output->fd, at, size);
        if (written >= 0) {
            at += written;
            size -= (size_t)written;
            output->written += (uint64_t)written;
        } else if (errno != EINTR) {
            output->error = errno;
        }
    }
    return output->error;
}

/* The end of opening: a file that is open, or errno. */
static bool opened(Output *output) {
    if (output->fd < 0) output->error = errno;
    else if (pack_ending(output->name) &&
             !(output->packer = packer_open(output->name, output->written, write_file, output)))
        output->error = ENOMEM;
    return !output->error || output_close(output, false);
}

/* Opens what is there and is no regular file: true if `path` is such. */
static bool open_special(Output *output, const char *path, const struct stat *status) {
    if (S_ISREG(status->st_mode)) return false;
    if (S_ISDIR(status->st_mode)) errno = EISDIR;
    else output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return true;
}

bool output_open(Output *output, const char *path) {
    if (!path || !strcmp(path, "-")) return output_attach(output, STDOUT_FILENO, "standard output");
    if (!output_attach(output, -1, path)) return false;
    struct stat old;
    bool exists = stat(path, &old) == 0;
    if (!exists || !open_special(output, path, &old)) {
        /* A link stays a link: the file it leads to is replaced. */
        output->path = exists ? realpath(path, NULL) : path_of_new(path);
        if (output->path) output->fd = open_aside(output, mode_of(exists ? &old : NULL));
    }
    return opened(output);
}

/* Opens PATH.part behind its first `offset` bytes; -1 and errno where it has not as many. */
static int open_part(Output *output, uint64_t offset) {
    size_t size = strlen(output->path) + sizeof ".part";
    struct stat status;
    output->aside = malloc(size);
    if (!output->aside) return -1;
    snprintf(output->aside, size, "%s.part", output->path);
    /* A run that went to its end is gone on with where more is to be done. */
    output->finished =
        offset && access(output->aside, F_OK) && !rename(output->path, output->aside);
    int fd = open(output->aside, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd >= 0 && fstat(fd, &status) == 0 && (uint64_t)status.st_size < offset) errno = ENODATA;
    else if (fd >= 0 && !ftruncate(fd, (off_t)offset) && lseek(fd, 0, SEEK_END) >= 0) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

bool output_go_on(Output *output, const char *path, uint64_t offset) {
    if (!path || !strcmp(path, "-")) return output_open(output, path);
    if (!output_attach(output, -1, path)) return false;
    struct stat old;
    bool exists = stat(path, &old) == 0;
    if (!exists || !open_special(output, path, &old)) {
        signal(SIGXFSZ, SIG_IGN);
        output->lasts = true;
        output->path = exists ? realpath(path, NULL) : path_of_new(path);
        if (output->path) output->fd = open_part(output, offset);
        output->written = offset;
    }
    return opened(output);
}

static void write_out(Output *output, const void *data, size_t size) {
    if (!output->packer) write_file(output, data, size);
    else if (!output->error && !packer_feed(output->packer, data, size) && !output->error)
        output->error = ENOMEM;
}

static int empty_buffer(Output *output) {
    write_out(output, output->buffer, output->used);
    output->used = 0;
    return output->error ? -1 : 0;
}

/* What is packed cannot be read before its end anyhow. */
int output_flush(Output *output) {
    return output->packer ? -(output->error != 0) : empty_buffer(output);
}

int output_mark(Output *output) {
    empty_buffer(output);
    if (output->packer && !output->error && !packer_end(output->packer) && !output->error)
        output->error = ENOMEM;
    return output->error ? -1 : 0;
}

int output_write(void *user, const void *data, size_t size) {
    Output *output = user;
    output->taken += size;
    if (size > BUFFER_SIZE - output->used && empty_buffer(output)) return -1;
    if (size >= BUFFER_SIZE) {
        write_out(output, data, size);
        return output->error ? -1 : 0;
    }
    if (size) memcpy(output->buffer + output->used, data, size);
    output->used += size;
    return 0;
}

int output_text(Output *output, const char *text) {
    return output_write(output, text, strlen(text));
}

int output_format(Output *output, const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size < 0 || (size_t)size >= sizeof text) return -1;
    return output_write(output, text, (size_t)size);
}

bool output_same(const Output *one, const Output *other) {
    if (one->path && other->path) return !strcmp(one->path, other->path);
    struct stat a, b;
    return one->fd == other->fd ||
           (fstat(one->fd, &a) == 0 && fstat(other->fd, &b) == 0 && S_ISREG(a.st_mode) &&
            a.st_dev == b.st_dev && a.st_ino == b.st_ino);
}

bool output_close(Output *output, bool good) {
    if (!output->open) return true;
    if (good) output_mark(output);
    if (output->fd > STDERR_FILENO && close(output->fd) && !output->error) output->error = errno;
    if (output->aside) {
        const bool untouched = output->finished && !output->taken;
        if (((good && !output->error) || untouched) && rename(output->aside, output->path))
            output->error = errno;
        if ((!good || output->error) && !output->lasts) unlink(output->aside);
        asides_replace(output->aside, NULL);
    }
    int error = output->error;
    /* A reader that went away knows; and of standard error nobody could be told. */
    if (error && error != EPIPE && output->fd != STDERR_FILENO)
        complain("%s: %s", output->name,
                 error == ENODATA ? "lacks what the run to go on with wrote" : strerror(error));
    packer_close(output->packer);
    free(output->aside);
    free(output->path);
    free(output->buffer);
    *output = (Output){0};
    return !error;
}
