/* SPDX-License-Identifier: MIT
 * copies.h - of a text that stands on a page several times one copy is its own: posts of a thread
 * are quoted, and some texts stand there once for wide screens and once for small ones. */
#ifndef VERDICT_COPIES_H
#define VERDICT_COPIES_H

#include "document/document.h"

/* Makes all copies of a text but the surest likely noise by their scores; what has few words, and
 * what stands in tables, code, definitions and list items may come back. DECANT_OK or
 * DECANT_NO_MEMORY. */
decant_status copies_settle(const Document *document, int32_t *scores);

#endif
