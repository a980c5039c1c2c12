/* SPDX-License-Identifier: MIT
 * judged.h - what was decided about each block, and why. */
#ifndef OUTPUT_JUDGED_H
#define OUTPUT_JUDGED_H

#include "document/locate.h"
#include "output/reasons.h"

/* Sends an event for every block of a part, in order. `place` is one before the first; `before`
 * blocks of the document came in other parts. */
decant_status judged_send(const Document *document, const Wording *wording, Locator place,
                          uint64_t before, const decant_sink *sink);

#endif
