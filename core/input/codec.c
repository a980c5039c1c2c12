/* SPDX-License-Identifier: MIT
 * codec.c - the states of codecs. */
#include "input/codec.h"

#include <string.h>

void *codec_open(const Codec *codec, const decant_allocator *allocator) {
    void *state = allocator->resize(allocator->user, NULL, 0, codec->state_size);
    return state ? memset(state, 0, codec->state_size) : NULL;
}

void codec_close(const Codec *codec, void *state, const decant_allocator *allocator) {
    if (!state) return;
    codec->end(state);
    allocator->release(allocator->user, state, codec->state_size);
}
