/* SPDX-License-Identifier: MIT
 * coding.h - undoes what HTTP does to a body on its way: chunks, and codings that pack it. */
#ifndef INPUT_CODING_H
#define INPUT_CODING_H

#include "base/bytes.h"
#include "decant.h"
#include "input/input.h"

enum { CODING_ROOM = 16 << 10, CODING_FAULT = 160 };

/* A body while it is undone, from one buffer into the other. */
typedef struct Body {
    const decant_allocator *allocator;
    size_t limit; /* the most bytes of it */
    Input buffers[2];
    Str bytes;                /* as far as it is undone: in the last buffer, or somewhere else */
    int last;                 /* of the buffers */
    char fault[CODING_FAULT]; /* the first; "" where there is none */
    uint8_t room[CODING_ROOM];
} Body;

/* An empty body. `allocator` must outlive it. */
void body_init(Body *body, const decant_allocator *allocator, size_t limit);
void body_done(Body *body);

/* Starts over with these bytes, which must stay. */
void body_start(Body *body, Str bytes);

/* Undoes one coding: "chunked", "gzip", "deflate", "br", "zstd", or nothing at all. Bytes that are
 * not so coded at all were undone by whoever wrote them down, and stay. Besides DECANT_OK there is
 * DECANT_NO_MEMORY alone: what is wrong is the body's fault, and what was readable is there. */
decant_status body_undo(Body *body, Str coding);

/* Cuts what is over the limit, which may be bytes that nothing was done to. */
void body_cut(Body *body);

/* Notes what is wrong with it, if nothing was before. */
void body_fault(Body *body, const char *fault);

#endif
