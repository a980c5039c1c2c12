/* SPDX-License-Identifier: MIT
 * compare.h - the tree of a page's skeleton against the tree of the page itself, both by gumbo. */
#ifndef DIFFERENTIAL_COMPARE_H
#define DIFFERENTIAL_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether every run of text stands under the same elements in both trees, and leads back to the
 * same place of the page. Where not, *ret_at is where in the page. Both trees leave out what is in
 * svg and math, and the text of scripts, styles and frames. */
bool compare_trees(const char *page, size_t size, size_t *ret_at);

#endif
