/* SPDX-License-Identifier: MIT
 * progress.c - a thread that waits for SIGUSR1 and, on a terminal, for the clock. */
#include "progress.h"

#include "message.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST = 200, LEFT_LONGEST = 80, PERIOD = 250000000 /* nanoseconds */ };

struct Progress {
    pthread_t thread;
    struct timespec start;
    bool terminal; /* the line is shown all the while */
    bool shown;    /* it stands there */
    atomic_bool ended;
    atomic_uint_fast64_t expected, read, documents, bytes, dropped;
};

static double seconds_since(const struct timespec *start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

/* " 1:02:03 left", or nothing where that cannot be told. */
static void write_left(const Progress *progress, double seconds, char text[LEFT_LONGEST]) {
    const double expected = (double)progress->expected, read = (double)progress->read;
    *text = '\0';
    if (read <= 0 || read > expected || progress->ended) return;
    const unsigned long left = (unsigned long)(seconds * (expected - read) / read);
    if (left >= 3600)
        snprintf(text, LEFT_LONGEST, ", %lu:%02lu:%02lu left", left / 3600, left / 60 % 60,
                 left % 60);
    else snprintf(text, LEFT_LONGEST, ", %lu:%02lu left", left / 60, left % 60);
}

static void write_line(const Progress *progress, char line[LONGEST]) {
    const double seconds = seconds_since(&progress->start);
    const double bytes = (double)progress->bytes;
    char left[LEFT_LONGEST];
    write_left(progress, seconds, left);
    snprintf(line, LONGEST, "%llu documents in %.0f s, %.1f MB/s, %.1f %% removed%s",
             (unsigned long long)progress->documents, seconds,
             seconds > 0 ? bytes / seconds / 1e6 : 0,
             bytes > 0 ? 100 * (double)progress->dropped / bytes : 0, left);
}

/* The cursor goes back to the line's start, so that what is said next takes its place. */
static void show(Progress *progress) {
    char line[LONGEST], shown[LONGEST + 16];
    write_line(progress, line);
    int size = snprintf(shown, sizeof shown, "decant: %s\033[K\r", line);
    ssize_t written = write(STDERR_FILENO, shown, (size_t)size);
    (void)written; /* a terminal that is gone needs no line */
    progress->shown = true;
}

static void say(const Progress *progress) {
    char line[LONGEST];
    write_line(progress, line);
    complain("%s", line);
}

static void *watch(void *user) {
    Progress *progress = user;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    for (;;) {
        const struct timespec period = {.tv_nsec = PERIOD};
        int got = progress->terminal ? sigtimedwait(&set, NULL, &period) : sigwaitinfo(&set, NULL);
        if (progress->ended) return NULL;
        if (got == SIGUSR1) say(progress);
        else if (got < 0 && errno == EAGAIN && seconds_since(&progress->start) >= 1) show(progress);
    }
}

/* A line that is written over needs a terminal to itself. */
static bool has_terminal(const Settings *settings) {
    const bool log_elsewhere = settings->quiet || settings->log;
    const bool text_elsewhere = settings->output || settings->output_dir || !isatty(STDOUT_FILENO);
    return log_elsewhere && text_elsewhere && is_terminal(STDERR_FILENO);
}

/* The thread holds all signals: they are for those who know what to clean up. SIGUSR1 is held by
 * every thread, so that it waits until this one asks. */
static int start(Progress *progress) {
    sigset_t all, held, asked;
    sigfillset(&all);
    sigemptyset(&asked);
    sigaddset(&asked, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &all, &held);
    int error = pthread_create(&progress->thread, NULL, watch, progress);
    pthread_sigmask(SIG_SETMASK, &held, NULL);
    return error ? error : pthread_sigmask(SIG_BLOCK, &asked, NULL);
}

Progress *progress_open(const Settings *settings) {
    Progress *progress = calloc(1, sizeof *progress);
    int error = ENOMEM;
    if (progress) {
        progress->terminal = has_terminal(settings);
        clock_gettime(CLOCK_MONOTONIC, &progress->start);
        error = start(progress);
    }
    if (!error) return progress;
    complain("%s", strerror(error));
    free(progress);
    return NULL;
}

void progress_expect(Progress *progress, uint64_t bytes) {
    progress->expected = bytes;
}

void progress_read(Progress *progress, uint64_t bytes) {
    progress->read += bytes;
}

void progress_document(Progress *progress, uint64_t bytes, uint64_t dropped) {
    progress->documents++;
    progress->bytes += bytes;
    progress->dropped += dropped;
}

void progress_close(Progress *progress) {
    if (!progress) return;
    progress->ended = true;
    pthread_kill(progress->thread, SIGUSR1);
    pthread_join(progress->thread, NULL);
    if (progress->shown) say(progress);
    free(progress);
}
