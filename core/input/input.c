/* SPDX-License-Identifier: MIT
 * input.c - one buffer that doubles up to exactly the cap and is kept from document to document. */
#include "input/input.h"

#include <string.h>

enum { FIRST_CAPACITY = 64 << 10 };

void input_init(Input *input, const decant_allocator *allocator, size_t cap) {
    *input = (Input){.allocator = allocator, .cap = cap};
}

static decant_status grow(Input *input, size_t needed) {
    size_t capacity = input->capacity ? input->capacity : FIRST_CAPACITY;
    while (capacity < needed) capacity = capacity > input->cap / 2 ? input->cap : capacity * 2;
    if (capacity > input->cap) capacity = input->cap;
    uint8_t *bytes =
        input->allocator->resize(input->allocator->user, input->bytes, input->capacity, capacity);
    if (!bytes) return DECANT_NO_MEMORY;
    input->bytes = bytes;
    input->capacity = capacity;
    return DECANT_OK;
}

decant_status input_gather(Input *input, Str *data) {
    size_t room = input->cap - input->size;
    size_t size = data->len < room ? data->len : room;
    if (!size) return DECANT_OK;
    if (input->size + size > input->capacity) {
        decant_status status = grow(input, input->size + size);
        if (status) return status;
    }
    memcpy(input->bytes + input->size, data->at, size);
    input->size += size;
    *data = (Str){data->at + size, data->len - size};
    return DECANT_OK;
}

bool input_is_full(const Input *input) {
    return input->size == input->cap;
}

Str input_held(const Input *input) {
    return (Str){input->bytes, input->size};
}

void input_let_go(Input *input, size_t taken) {
    input->size -= taken;
    if (input->size && taken) memmove(input->bytes, input->bytes + taken, input->size);
}

void input_cut(Input *input, size_t kept) {
    if (kept < input->size) input->size = kept;
}

void input_clear(Input *input) {
    input->size = 0;
}

void input_done(Input *input) {
    if (input->bytes)
        input->allocator->release(input->allocator->user, input->bytes, input->capacity);
    *input = (Input){.allocator = input->allocator, .cap = input->cap};
}
