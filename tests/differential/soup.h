/* SPDX-License-Identifier: MIT
 * soup.h - pages made of tokens: made up at random, changed, and cut down to what differs. */
#ifndef DIFFERENTIAL_SOUP_H
#define DIFFERENTIAL_SOUP_H

#include "base/bytes.h"

/* Tags, texts and comments in order. */
typedef struct Soup {
    Str *tokens;
    size_t count;
} Soup;

/* Numbers that look random and are the same everywhere. */
uint32_t soup_random(uint32_t *seed);

/* `count` tokens of all sorts at random. */
Soup soup_make(uint32_t *seed, size_t count);

/* The tokens of a page, which is borrowed. */
Soup soup_cut(Str page);

/* Takes a few tokens out, copies and moves others. */
void soup_stir(Soup *soup, uint32_t *seed);

/* The page that the tokens make, to be freed. */
char *soup_page(const Soup *soup, size_t *ret_size);

/* Whether the page's tree is that of its skeleton. Where gumbo gives up, the page is printed. */
bool soup_is_equal(const Soup *soup);

/* Takes out all tokens that a difference can do without. */
void soup_reduce(Soup *soup);

/* What is known to differ, in words; NULL: nothing known. */
const char *soup_known(const Soup *soup);

void soup_free(Soup *soup);

#endif
