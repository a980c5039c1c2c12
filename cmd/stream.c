/* SPDX-License-Identifier: MIT
 * stream.c - reads ahead as far as it takes to tell what the bytes are; the rest is read when
 * somebody wants it. */
#include "stream.h"

#include "buffer.h"
#include "message.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Enough to tell a WARC file; packed bytes are unpacked in sips until there is that much. */
enum { AHEAD = 16, SIP = 512 };

struct Stream {
    Input input;
    decant_unpacker *unpacker;
    const Basin *basin; /* NULL: bytes go to `ahead` */
    Buffer ahead;
    char chunk[INPUT_CHUNK]; /* as read; from `at` on it is still packed */
    size_t at, size;
    bool ended;
};

static int on_bytes(void *user, const void *data, size_t size) {
    Stream *stream = user;
    return stream->basin ? stream->basin->write(stream->basin->user, data, size)
                         : buffer_write(&stream->ahead, data, size);
}

/* Reads the next chunk. False after complaining. */
static bool read_chunk(Stream *stream) {
    const ptrdiff_t got = input_read(&stream->input, stream->chunk, sizeof stream->chunk);
    stream->at = 0;
    stream->size = got > 0 ? (size_t)got : 0;
    stream->ended = got == 0;
    return got >= 0;
}

static decant_status unpack(Stream *stream, size_t most) {
    const size_t left = stream->size - stream->at, size = left < most ? left : most;
    const char *bytes = stream->chunk + stream->at;
    stream->at += size;
    return stream->ended ? decant_unpacker_finish(stream->unpacker)
                         : decant_unpacker_feed(stream->unpacker, bytes, size);
}

/* A fault of the packing is met with again, and told, when the stream is poured. */
static bool look_ahead(Stream *stream) {
    if (!read_chunk(stream)) return false;
    while (stream->ahead.size < AHEAD && !stream->ended) {
        if (stream->at == stream->size && !read_chunk(stream)) return false;
        if (!stream->ended && unpack(stream, SIP)) break;
    }
    return true;
}

Stream *stream_open(const char *path) {
    Stream *stream = malloc(sizeof *stream);
    if (stream) {
        memset(stream, 0, offsetof(Stream, chunk));
        stream->at = stream->size = 0;
        stream->ended = false;
    }
    if (!stream || decant_unpacker_open(&stream->unpacker, NULL, on_bytes, stream)) {
        complain("%s: %s", path, strerror(ENOMEM));
        free(stream);
        return NULL;
    }
    if (input_open(&stream->input, path)) {
        if (look_ahead(stream)) return stream;
    }
    stream_close(stream);
    return NULL;
}

bool stream_begins(const Stream *stream, const char *bytes) {
    const size_t size = strlen(bytes);
    return stream->ahead.size >= size && !memcmp(stream->ahead.bytes, bytes, size);
}

static Fed tell(const Stream *stream, decant_status status) {
    if (!status) return FED;
    if (status == DECANT_STOPPED) return FED_STOPPED;
    const char *why = decant_unpacker_error(stream->unpacker);
    complain("%s: %s", stream->input.name, *why ? why : decant_status_name(status));
    return status == DECANT_BAD_INPUT ? FED_CUT : FED_PARTLY;
}

Fed stream_pour(Stream *stream, const Basin *basin) {
    decant_status status = DECANT_OK;
    stream->basin = basin;
    if (stream->ahead.size && basin->write(basin->user, stream->ahead.bytes, stream->ahead.size))
        return FED_STOPPED;
    while (!status) {
        if (stream->at < stream->size || stream->ended) status = unpack(stream, INPUT_CHUNK);
        if (status || stream->ended) break;
        if (basin->wait && input_waits(&stream->input)) basin->wait(basin->user);
        if (!read_chunk(stream)) return FED_PARTLY;
    }
    return tell(stream, status);
}

void stream_close(Stream *stream) {
    if (!stream) return;
    decant_unpacker_close(stream->unpacker);
    input_close(&stream->input);
    buffer_done(&stream->ahead);
    free(stream);
}
