/* SPDX-License-Identifier: MIT
 * message.c - what the program says about trouble, on standard error. */
#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Thread_local Listener listener; /* of this thread's complaints, if there is one */

Listener complaints_to(Listener next) {
    const Listener before = listener;
    listener = next;
    return before;
}

void complaint_write(const char *line, size_t size) {
    ssize_t written = write(STDERR_FILENO, line, size);
    (void)written; /* there is nowhere left to complain */
}

bool is_terminal(int fd) {
    const char *terminal = getenv("TERM");
    return isatty(fd) && terminal && strcmp(terminal, "dumb") != 0;
}

void complain(const char *format, ...) {
    static const char clear[] = "\033[K";
    char line[8192] = "decant: ";
    size_t used = strlen(line);
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line + used, sizeof line - used - sizeof clear, format, arguments);
    va_end(arguments);
    if (size > 0) used = strlen(line);
    if (is_terminal(STDERR_FILENO)) used += (size_t)sprintf(line + used, "%s", clear);
    line[used++] = '\n';
    if (listener.hear) listener.hear(listener.user, line, used);
    else complaint_write(line, used);
}
