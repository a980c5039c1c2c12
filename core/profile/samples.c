/* SPDX-License-Identifier: MIT
 * samples.c - gathers samples; when there are twice as many as may stay, some go. */
#include "profile/samples.h"

#include <stdlib.h>
#include <string.h>

static size_t bytes_of(const Sample *sample) {
    return (size_t)sample->name_size + sample->line_size;
}

static void forget(Samples *samples, Sample *sample) {
    if (bytes_of(sample))
        samples->allocator->release(samples->allocator->user, sample->bytes, bytes_of(sample));
}

static int compare(const void *one, const void *other) {
    const Sample *a = one, *b = other;
    if (a->site != b->site) return a->site < b->site ? -1 : 1;
    if (a->id != b->id) return a->id < b->id ? -1 : 1;
    if (bytes_of(a) != bytes_of(b)) return bytes_of(a) < bytes_of(b) ? -1 : 1;
    return bytes_of(a) ? memcmp(a->bytes, b->bytes, bytes_of(a)) : 0;
}

static int compare_turns(const void *one, const void *other) {
    const Sample *a = one, *b = other;
    if (a->turn != b->turn) return a->turn < b->turn ? -1 : 1;
    return a->id != b->id ? a->id < b->id ? -1 : 1 : compare(one, other);
}

/* Sorts by site and id, takes out what is there twice, and counts turns. */
static void take_turns(Samples *samples) {
    size_t kept = 0;
    if (samples->count) qsort(samples->items, samples->count, sizeof *samples->items, compare);
    for (size_t i = 0; i < samples->count; i++) {
        Sample sample = samples->items[i];
        const Sample *before = kept ? &samples->items[kept - 1] : NULL;
        if (before && compare(&sample, before) == 0) {
            forget(samples, &sample);
            continue;
        }
        sample.turn = before && before->site == sample.site ? before->turn + 1 : 0;
        samples->items[kept++] = sample;
    }
    samples->count = kept;
}

void samples_settle(Samples *samples) {
    take_turns(samples);
    if (samples->count <= samples->most) return;
    qsort(samples->items, samples->count, sizeof *samples->items, compare_turns);
    for (size_t i = samples->most; i < samples->count; i++) forget(samples, &samples->items[i]);
    samples->count = samples->most;
    take_turns(samples);
}

static decant_status make_room(Samples *samples) {
    if (samples->count < samples->capacity) return DECANT_OK;
    if (samples->count && samples->count == 2 * samples->most) {
        samples_settle(samples);
        return DECANT_OK;
    }
    size_t capacity = samples->capacity ? samples->capacity * 2 : 16;
    if (capacity > 2 * samples->most) capacity = 2 * samples->most;
    Sample *items =
        samples->allocator->resize(samples->allocator->user, samples->items,
                                   samples->capacity * sizeof *items, capacity * sizeof *items);
    if (!items) return DECANT_NO_MEMORY;
    samples->items = items;
    samples->capacity = capacity;
    return DECANT_OK;
}

decant_status samples_add(Samples *samples, const Imprint *imprint) {
    decant_status status = make_room(samples);
    if (status) return status;
    Sample sample = {.site = imprint->site,
                     .id = imprint->id,
                     .name_size = (uint32_t)imprint->site_name.len,
                     .line_size = (uint32_t)imprint->samples.len};
    if (bytes_of(&sample)) {
        sample.bytes =
            samples->allocator->resize(samples->allocator->user, NULL, 0, bytes_of(&sample));
        if (!sample.bytes) return DECANT_NO_MEMORY;
        if (sample.name_size) memcpy(sample.bytes, imprint->site_name.at, sample.name_size);
        if (sample.line_size)
            memcpy(sample.bytes + sample.name_size, imprint->samples.at, sample.line_size);
    }
    samples->items[samples->count++] = sample;
    return DECANT_OK;
}

void samples_done(Samples *samples) {
    for (size_t i = 0; i < samples->count; i++) forget(samples, &samples->items[i]);
    if (samples->items)
        samples->allocator->release(samples->allocator->user, samples->items,
                                    samples->capacity * sizeof *samples->items);
}
