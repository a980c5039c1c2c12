/* SPDX-License-Identifier: MIT
 * message.h - what the program says about trouble, on standard error. */
#ifndef CMD_MESSAGE_H
#define CMD_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

/* How the program ends. */
enum { EXIT_FINE = 0, EXIT_NOISE = 1, EXIT_TROUBLE = 2 };

/* Whether a descriptor is a terminal that understands escapes. */
bool is_terminal(int fd);

/* Prints "decant: MESSAGE" and a line break, in one write; of a line of progress that stands on the
 * terminal nothing is left. */
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

/* Who gets the complaints of a thread instead, whole lines, to have them written in their turn. */
typedef struct Listener {
    void (*hear)(void *user, const char *line, size_t size); /* NULL: nobody */
    void *user;
} Listener;

/* Sets the calling thread's listener; returns the one before. */
Listener complaints_to(Listener next);

/* Writes a complaint that was listened to. */
void complaint_write(const char *line, size_t size);

#endif
