/* SPDX-License-Identifier: MIT
 * edges.c - takes what is over the threshold for the run that is nearly the same blocks. */
#include "verdict/edges.h"

typedef struct Segment {
    uint32_t first, end; /* blocks over the threshold */
    const Run *best;
} Segment;

/* More than three of four blocks that either holds are held by both. */
static bool are_alike(const Segment *segment, const Run *run) {
    const int64_t first = max_int((int)segment->first, (int)run->first);
    const int64_t end = min_int((int)segment->end, (int)run->end);
    const int64_t from = min_int((int)segment->first, (int)run->first);
    const int64_t to = max_int((int)segment->end, (int)run->end);
    return 4 * (end - first) > 3 * (to - from);
}

/* Lists the segments; of each block, the number of its segment + 1, 0 for none. */
static size_t list_segments(const int32_t *scores, size_t count, int32_t threshold,
                            Segment *segments, uint32_t *segment_of) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const bool over = scores[i] > threshold, goes_on = i && segment_of[i - 1];
        if (over && !goes_on) segments[found++] = (Segment){.first = (uint32_t)i};
        segment_of[i] = over ? (uint32_t)found : 0;
        if (over) segments[found - 1].end = (uint32_t)i + 1;
    }
    return found;
}

static void settle_segment(const Segment *segment, int32_t threshold, int32_t *scores) {
    for (size_t i = segment->first; i < segment->end; i++)
        if (i < segment->best->first || i >= segment->best->end) scores[i] = threshold;
    for (size_t i = segment->best->first; i < segment->best->end; i++)
        scores[i] = max_int(scores[i], threshold + 1);
}

/* A run about a segment holds its own middle block in common with it. */
decant_status edges_settle(const Document *document, const Run *runs, size_t run_count,
                           int32_t threshold, int32_t *scores) {
    enum { LEAST = -1024 };
    const size_t count = document->block_count;
    Segment *segments = arena_take(document->arena, count, sizeof *segments);
    uint32_t *segment_of = arena_take(document->arena, count, sizeof *segment_of);
    if (!segments || !segment_of) return DECANT_NO_MEMORY;
    const size_t found = list_segments(scores, count, threshold, segments, segment_of);
    for (size_t i = 0; i < run_count; i++) {
        const Run *run = &runs[i];
        const uint32_t number = segment_of[(run->first + run->end) / 2];
        Segment *segment = number ? &segments[number - 1] : NULL;
        if (!segment || run->score <= LEAST || !are_alike(segment, run)) continue;
        if (!segment->best || run->score > segment->best->score) segment->best = run;
    }
    for (size_t i = 0; i < found; i++)
        if (segments[i].best) settle_segment(&segments[i], threshold, scores);
    return DECANT_OK;
}
