/* SPDX-License-Identifier: MIT
 * supply.c - files to units. A file that is one document is read by the worker that gets it; the
 * records of a stream are read here, and handed over in batches. */
#include "supply.h"

#include "message.h"
#include "pack.h"
#include "paths.h"
#include "unit.h"
#include <string.h>

enum {
    BATCH = 256 << 10,       /* bytes of records that make a batch */
    LINE_LIMIT = 256 << 20,  /* of a line of JSON that is read: a longer one passes through */
    RECORD_LIMIT = 64 << 20, /* of a WARC record */
    FILE_WEIGHT = 1 << 20,   /* of one that waits open: four of them a worker */
};

typedef struct Supply {
    const Plan *plan;
    Crew *crew;
    /* Of the stream of records at hand. */
    const char *path;
    const Stream *stream;
    uint64_t told; /* how much of it progress knows of */
    decant_framing framing;
    decant_framer *framer;
    Unit *batch; /* NULL: empty */
    uint64_t records;
} Supply;

/* ---- records ---- */

static bool hand_over(Supply *supply) {
    Unit *unit = supply->batch;
    supply->batch = NULL;
    if (!unit) return true;
    unit_settle(unit);
    return crew_submit(supply->crew, unit, unit->bytes.capacity, true);
}

static int on_record(void *user, const decant_record *record) {
    Supply *supply = user;
    if (!supply->batch) supply->batch = unit_open(supply->path, NULL, supply->framing);
    if (!supply->batch || !unit_add(supply->batch, record)) return -1;
    supply->records = record->number;
    return supply->batch->bytes.size >= BATCH && !hand_over(supply) ? -1 : 0;
}

static void tell_progress(Supply *supply) {
    const uint64_t read = stream_offset(supply->stream);
    if (supply->plan->progress) progress_read(supply->plan->progress, read - supply->told);
    supply->told = read;
}

static int on_bytes(void *user, const void *data, size_t size) {
    Supply *supply = user;
    tell_progress(supply);
    const decant_status status = decant_framer_feed(supply->framer, data, size);
    if (status && status != DECANT_STOPPED)
        complain("%s: %s", supply->path, decant_status_name(status));
    return status ? -1 : 0;
}

/* Nobody is kept waiting for a batch to fill. */
static void on_wait(void *user) {
    hand_over(user);
}

static void count_skipped(const Supply *supply, FileDone *done) {
    size_t count = 0;
    for (size_t i = 0; count < SKIPPED_TYPES; i++) {
        done->skipped[count].type =
            decant_framer_skipped(supply->framer, i, &done->skipped[count].count);
        if (!done->skipped[count].type) return;
        count += done->skipped[count].count > 0;
    }
}

static FileDone supply_records(Supply *supply, Stream *stream) {
    FileDone done = {.fed = FED_PARTLY, .is_records = true};
    const Basin basin = {on_bytes, on_wait, supply};
    const size_t limit = supply->framing == DECANT_LINES ? LINE_LIMIT : RECORD_LIMIT;
    supply->records = 0;
    supply->stream = stream;
    supply->told = 0;
    decant_status status =
        decant_framer_open(&supply->framer, supply->framing, limit, NULL, on_record, supply);
    if (status) complain("%s: %s", supply->path, decant_status_name(status));
    else done.fed = stream_pour(stream, &basin);
    if (done.fed != FED_STOPPED && !status && decant_framer_finish(supply->framer))
        done.fed = FED_STOPPED;
    /* The last batch may be the only one: then there will be no other. */
    if (supply->batch && done.fed != FED_STOPPED) {
        Unit *unit = supply->batch;
        supply->batch = NULL;
        unit_settle(unit);
        if (!crew_submit(supply->crew, unit, unit->bytes.capacity, false)) done.fed = FED_STOPPED;
    }
    unit_close(supply->batch);
    supply->batch = NULL;
    count_skipped(supply, &done);
    done.records = supply->records;
    decant_framer_close(supply->framer);
    supply->framer = NULL;
    return done;
}

/* ---- files ---- */

static bool ends_in(const char *name, size_t size, const char *ending) {
    const size_t length = strlen(ending);
    return size > length && !memcmp(name + size - length, ending, length);
}

static bool is_named_lines(const char *path) {
    const size_t size = strlen(path) - pack_ending(path);
    return ends_in(path, size, ".jsonl") || ends_in(path, size, ".ndjson");
}

/* Whether a file is a stream of records, and of which. */
static bool is_records(Supply *supply, const Stream *stream, const char *path) {
    const int from = supply->plan->settings->from;
    const bool is_auto = from == FROM_AUTO;
    supply->framing = DECANT_WARC;
    if (from == FROM_WARC || from == FROM_WET || (is_auto && stream_begins(stream, "WARC/1.")))
        return true;
    supply->framing = DECANT_LINES;
    return from == FROM_JSONL || (is_auto && is_named_lines(path));
}

static bool tell_begin(const Supply *supply, const Found *found) {
    Buffer names = {0};
    const bool good = buffer_add(&names, found->path, strlen(found->path) + 1) &&
                      buffer_add(&names, found->name, strlen(found->name) + 1) &&
                      !tape_send(crew_tape(supply->crew), CHANNEL_BEGIN, names.bytes, names.size);
    buffer_done(&names);
    return good;
}

static bool tell_end(const Supply *supply, const FileDone *done) {
    return !tape_send(crew_tape(supply->crew), CHANNEL_END, done, sizeof *done) &&
           done->fed != FED_STOPPED;
}

static bool supply_file(Supply *supply, const Found *found) {
    FileDone done = {.fed = FED_NOT};
    if (!tell_begin(supply, found)) return false;
    Stream *stream =
        stream_open(found->path, supply->plan->settings->from == FROM_AUTO ? STREAM_AHEAD : 1);
    if (!stream) return tell_end(supply, &done);
    supply->path = found->path;
    if (is_records(supply, stream, found->path)) {
        done = supply_records(supply, stream);
        stream_close(stream);
        return tell_end(supply, &done);
    }
    if (supply->plan->progress) progress_read(supply->plan->progress, stream_size(stream));
    Unit *unit = unit_open(found->path, stream, DECANT_LINES);
    return unit && crew_submit(supply->crew, unit, FILE_WEIGHT, false);
}

/* What is to become of a file. */
static bool take_file(Supply *supply, const Found *found) {
    const Plan *plan = supply->plan;
    const Turn turn = plan->turn ? plan->turn(plan->user, found) : TURN_READ;
    return turn == TURN_SKIP || (turn == TURN_READ && supply_file(supply, found));
}

bool supply_all(const Plan *plan, Crew *crew) {
    Supply supply = {.plan = plan, .crew = crew};
    Paths *paths = paths_open(plan->settings);
    bool going = paths != NULL;
    Found found;
    PathsResult result = PATHS_END;
    while (going && (result = paths_next(paths, &found)) != PATHS_END) {
        const FileDone trouble = {.fed = FED_NOT};
        if (result == PATHS_TROUBLE) going = tell_end(&supply, &trouble);
        else going = take_file(&supply, &found);
    }
    paths_close(paths);
    return going;
}
