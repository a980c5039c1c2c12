/* SPDX-License-Identifier: MIT
 * interrupt.h - the caller's say whether work on a part goes on: asked between its steps, and
 * within those that may be long. */
#ifndef BASE_INTERRUPT_H
#define BASE_INTERRUPT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Interrupt {
    int (*ask)(void *user); /* non-zero: stop; NULL: nobody is asked */
    void *user;
} Interrupt;

/* Asks; `interrupt` may be NULL. */
static inline bool is_interrupted(const Interrupt *interrupt) {
    return interrupt && interrupt->ask && interrupt->ask(interrupt->user);
}

#endif
