/* SPDX-License-Identifier: MIT
 * stream.c - reads ahead as far as it takes to tell what the bytes are; the rest is read when
 * somebody wants it. */
#include "stream.h"

#include "message.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct Stream {
    char *path; /* the input's name: the caller's may be gone when a worker reads */
    Input input;
    char ahead[STREAM_AHEAD];
    size_t size;
};

/* False where there is nothing to read. Where there is something, a failure comes again when the
 * stream is poured. */
static bool look_ahead(Stream *stream, size_t ahead) {
    ptrdiff_t got;
    do {
        got = input_read(&stream->input, stream->ahead + stream->size, ahead - stream->size);
        if (got > 0) stream->size += (size_t)got;
    } while (got > 0 && stream->size < ahead);
    return got >= 0 || stream->size || stream->input.is_broken;
}

Stream *stream_open(const char *path, size_t ahead) {
    Stream *stream = calloc(1, sizeof *stream);
    if (stream) stream->path = strdup(path);
    if (!stream || !stream->path) {
        complain("%s: %s", path, strerror(ENOMEM));
        free(stream);
        return NULL;
    }
    if (input_open(&stream->input, stream->path) && look_ahead(stream, ahead)) return stream;
    stream_close(stream);
    return NULL;
}

bool stream_begins(const Stream *stream, const char *bytes) {
    const size_t size = strlen(bytes);
    return stream->size >= size && !memcmp(stream->ahead, bytes, size);
}

uint64_t stream_offset(const Stream *stream) {
    return stream->input.taken;
}

uint64_t stream_size(const Stream *stream) {
    return input_size(&stream->input);
}

Fed stream_pour(Stream *stream, const Basin *basin) {
    char chunk[INPUT_CHUNK];
    ptrdiff_t got = (ptrdiff_t)stream->size;
    memcpy(chunk, stream->ahead, stream->size);
    for (;;) {
        if (got > 0 && basin->write(basin->user, chunk, (size_t)got)) return FED_STOPPED;
        if (basin->wait && input_waits(&stream->input)) basin->wait(basin->user);
        got = input_read(&stream->input, chunk, sizeof chunk);
        if (got == 0) return FED;
        if (got < 0) return stream->input.is_broken ? FED_CUT : FED_PARTLY;
    }
}

void stream_close(Stream *stream) {
    if (!stream) return;
    input_close(&stream->input);
    free(stream->path);
    free(stream);
}
