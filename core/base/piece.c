/* SPDX-License-Identifier: MIT
 * piece.c - a piece's size stands in front of it. */
#include "base/piece.h"

typedef union Head {
    size_t size;
    max_align_t align;
} Head;

void *piece_take(const decant_allocator *allocator, size_t size) {
    if (size > SIZE_MAX - sizeof(Head)) return NULL;
    size += sizeof(Head);
    Head *head = allocator->resize(allocator->user, NULL, 0, size);
    if (!head) return NULL;
    head->size = size;
    return head + 1;
}

void piece_give_back(const decant_allocator *allocator, void *piece) {
    if (!piece) return;
    Head *head = (Head *)piece - 1;
    allocator->release(allocator->user, head, head->size);
}
