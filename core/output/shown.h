/* SPDX-License-Identifier: MIT
 * shown.h - text as a terminal may be shown it: nothing in it can move the cursor, change colours
 * or turn what stands around it. */
#ifndef OUTPUT_SHOWN_H
#define OUTPUT_SHOWN_H

#include "output/line.h"

/* What colours are switched on and off by. */
#define SHOWN_PLAIN   "\033[0m"
#define SHOWN_BOLD    "\033[1m"
#define SHOWN_FAINT   "\033[2m"
#define SHOWN_GREEN   "\033[32m"
#define SHOWN_MAGENTA "\033[1;35m"
#define SHOWN_CYAN    "\033[1;36m"

/* Adds text that may hold anything: what a terminal must not see as an escape, \x1b or \u{202e}. */
void shown_add(Line *line, Str text);

/* Adds it within so many columns: white space as single spaces, the middle of a long one left out.
 */
void shown_add_within(Line *line, Str text, size_t columns);

#endif
