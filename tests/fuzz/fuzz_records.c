/* SPDX-License-Identifier: MIT
 * fuzz_records.c - frames any bytes twice, whole and in chunks, reads every WARC record, and stops
 * hard where lines do not tile the stream, or where the chunks make a difference. The first byte is
 * the size of the chunks, the second chooses framing and limit. */
#include "decant.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool is_right) {
    if (!is_right) abort();
}

typedef struct Frames {
    const uint8_t *stream;
    decant_framing framing;
    size_t limit;
    decant_capture_reader *reader;
    uint64_t end, number, sum; /* of the last record; the sum is of all that they tell */
} Frames;

static void add_to_sum(Frames *frames, uint64_t value) {
    frames->sum = (frames->sum ^ value) * 0x100000001B3u;
}

static void check_bytes(const Frames *frames, const decant_record *record) {
    const uint64_t whole = record->end - record->start;
    const size_t size = frames->framing == DECANT_LINES ? (size_t)whole : record->size;
    check(record->size <= frames->limit);
    check(!size || memcmp(record->data, frames->stream + record->start, size) == 0);
    if (frames->framing == DECANT_LINES) check(record->start == frames->end);
    check(record->start >= frames->end && record->size <= whole);
    check(record->number == frames->number || record->number == frames->number + 1);
}

static int take_record(void *user, const decant_record *record) {
    Frames *frames = user;
    decant_capture capture;
    check_bytes(frames, record);
    frames->end = record->end;
    frames->number = record->number;
    add_to_sum(frames, record->number);
    add_to_sum(frames, record->start);
    add_to_sum(frames, record->end);
    add_to_sum(frames, record->size);
    add_to_sum(frames, record->goes_on ? 1 : 0);
    add_to_sum(frames, record->fault ? strlen(record->fault) : 0);
    check(decant_capture_read(frames->reader, record->data, record->size, &capture) == DECANT_OK);
    check(capture.size <= 4096 && (!capture.url || strlen(capture.url) < record->size));
    for (size_t i = 0; i < capture.size; i++) add_to_sum(frames, (uint8_t)capture.body[i]);
    return 0;
}

static uint64_t frame(const uint8_t *stream, size_t size, size_t chunk, uint8_t choice) {
    Frames frames = {.stream = stream,
                     .framing = choice & 1 ? DECANT_WARC : DECANT_LINES,
                     .limit = choice & 2 ? 1u + choice : 100000};
    decant_framer *framer = NULL;
    check(decant_capture_reader_open(&frames.reader, 4096, NULL) == DECANT_OK);
    check(decant_framer_open(&framer, frames.framing, frames.limit, NULL, take_record, &frames) ==
          DECANT_OK);
    for (size_t at = 0; at < size; at += chunk)
        check(decant_framer_feed(framer, stream + at, size - at < chunk ? size - at : chunk) ==
              DECANT_OK);
    check(decant_framer_finish(framer) == DECANT_OK);
    if (frames.framing == DECANT_LINES) check(frames.end == size);
    decant_framer_close(framer);
    decant_capture_reader_close(frames.reader);
    return frames.sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    const size_t chunk = data[0] ? data[0] : 1;
    check(frame(data + 2, size - 2, chunk, data[1]) == frame(data + 2, size - 2, size, data[1]));
    return 0;
}
