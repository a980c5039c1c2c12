/* SPDX-License-Identifier: MIT
 * known_lines.h - see known_lines.c. */
#ifndef VERDICT_KNOWN_LINES_H
#define VERDICT_KNOWN_LINES_H

#include "verdict/known.h"
#include "verdict/origins.h"

/* Marks lines that are another's title, or noise. Of a page markup tells better; and where it is
 * not known what is the document's own, they may well be what it is about. What is noise in another
 * copy of the document is here only if there is much of it: if this is all that the copy shows,
 * too. */
void known_lines_mark(const Trace *trace, const Known *own, Origin *origins);

#endif
