/* SPDX-License-Identifier: MIT
 * piece.h - memory for libraries that do not say how much they give back: every piece remembers. */
#ifndef BASE_PIECE_H
#define BASE_PIECE_H

#include "decant.h"

/* NULL where the allocator refuses. */
void *piece_take(const decant_allocator *allocator, size_t size);

/* NULL is fine. */
void piece_give_back(const decant_allocator *allocator, void *piece);

#endif
