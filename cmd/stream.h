/* SPDX-License-Identifier: MIT
 * stream.h - a file or standard input, unpacked as its first bytes tell. */
#ifndef CMD_STREAM_H
#define CMD_STREAM_H

#include "channel.h"
#include "input.h"

typedef struct Stream Stream;

enum { STREAM_AHEAD = 16 }; /* enough to tell what it is */

/* Opens a file and reads its first bytes, `ahead` of them, from 1 to STREAM_AHEAD. NULL after
 * complaining. */
Stream *stream_open(const char *path, size_t ahead);

/* Whether it begins with these bytes, unpacked. */
bool stream_begins(const Stream *stream, const char *bytes);

/* How many bytes of the file were read so far, and how many it has; 0 where that is not known. */
uint64_t stream_offset(const Stream *stream);
uint64_t stream_size(const Stream *stream);

/* Where a stream goes. */
typedef struct Basin {
    decant_write write;       /* takes unpacked bytes; non-zero stops */
    void (*wait)(void *user); /* called before input has to be waited for; may be NULL */
    void *user;
} Basin;

/* Reads it to its end: FED; FED_CUT or FED_PARTLY after complaining; FED_STOPPED. */
Fed stream_pour(Stream *stream, const Basin *basin);

/* NULL is fine. */
void stream_close(Stream *stream);

#endif
