/* SPDX-License-Identifier: MIT
 * reader.h - the text of a page by simple means, for pages without puzzles: what events are held
 * against. */
#ifndef PROPERTIES_READER_H
#define PROPERTIES_READER_H

#include <stddef.h>
#include <stdint.h>

/* A sign that is shown. White space and control characters are none. */
typedef struct Sign {
    uint64_t at; /* in the page's own bytes */
    uint32_t code;
} Sign;

typedef struct Signs {
    Sign *at;
    size_t count, capacity;
} Signs;

/* The signs of a page in such a charset, in order. */
Signs read_page(const uint8_t *page, size_t size, const char *charset);

/* The signs of a text in UTF-8. */
Signs read_text(const char *text, size_t size);

#endif
