/* SPDX-License-Identifier: MIT
 * sniff.h - whether a document is HTML, by its first bytes. */
#ifndef INPUT_SNIFF_H
#define INPUT_SNIFF_H

#include "base/bytes.h"

/* Whether the document that begins with these bytes is an HTML page: what follows white space, a
 * byte order mark, comments and an XML declaration is a doctype or a tag that the MIME Sniffing
 * Standard (7.1, "identifying an unknown MIME type") takes for a page's. */
bool sniff_html(Str head);

#endif
