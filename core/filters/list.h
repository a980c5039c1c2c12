/* SPDX-License-Identifier: MIT
 * list.h - every filter, in the order they run. A new one: its file, and a line here. */

FILTER(layout)  /* first: others may read what a block looks like */
FILTER(signoff) /* where the document may have ended */
FILTER(footer)
FILTER(teaser)
FILTER(bleed)
FILTER(related)
FILTER(navigation)
FILTER(listing) /* what looks like noise and is none */
FILTER(share)
FILTER(promo)
FILTER(comment)
FILTER(metadata)
FILTER(repeat)
FILTER(structure) /* pages alone, from here on: first, as others read links and headings */
FILTER(container)
FILTER(alike)
FILTER(overlap)
