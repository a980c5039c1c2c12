/* SPDX-License-Identifier: MIT
 * input.h - gathers a document's bytes until there are enough for a part. Where a part is cut never
 * depends on the chunks the bytes came in: only the cap and the document's end count. */
#ifndef INPUT_INPUT_H
#define INPUT_INPUT_H

#include "base/bytes.h"
#include "decant.h"

/* Invariant: size <= capacity <= cap. */
typedef struct Input {
    const decant_allocator *allocator;
    uint8_t *bytes;
    size_t size, capacity;
    size_t cap; /* the most bytes held: those of one part */
} Input;

/* An empty input that holds up to `cap` bytes. `allocator` must outlive it. */
void input_init(Input *input, const decant_allocator *allocator, size_t cap);

/* Takes as many of the bytes as there is room for, and shortens `data` to the rest. */
decant_status input_gather(Input *input, Str *data);

/* Whether no further byte fits. */
bool input_is_full(const Input *input);

/* What is held; valid until the next call that changes the input. */
Str input_held(const Input *input);

/* Lets go of the first `taken` bytes. */
void input_let_go(Input *input, size_t taken);

/* Lets go of all but the first `kept` bytes. */
void input_cut(Input *input, size_t kept);

/* Forgets all bytes but keeps the memory. */
void input_clear(Input *input);

/* Gives the memory back. */
void input_done(Input *input);

#endif
