/* SPDX-License-Identifier: MIT
 * peaks.c - compares runs of lines with those that begin or end a line beside. */
#include "verdict/peaks.h"

#include "document/stretch.h"

enum {
    REACH = PEAK_LINES + 1,
    LEAST_SHARE = 300, /* permille of the best cut: those that explain less are never peaks */
    NO_LINE = -1
};

/* What the runs from a line on explain that stand inside: those of 1 line, of 2, ... */
typedef struct Row {
    int64_t by[REACH];
} Row;

struct Peaks {
    const Topics *topics;
    size_t count;     /* lines */
    int32_t *line_of; /* the line that begins with each block, or NO_LINE; block_count + 1 */
    size_t *blocks;   /* with which each line begins; count + 1 */
    Row *rows;        /* of each line */
};

/* What lines first to end explain; runs inside that are too long stand in no one's way. */
static int64_t explained(const Peaks *peaks, size_t first, size_t end) {
    if (first == 0 || end == peaks->count)
        return topics_explained(peaks->topics, peaks->blocks[first], peaks->blocks[end]);
    return end - first <= REACH ? peaks->rows[first].by[end - first - 1] : INT64_MIN;
}

static bool open_lines(Peaks *peaks, const Document *document) {
    const size_t blocks = document->block_count;
    peaks->line_of = arena_take(document->arena, blocks + 1, sizeof *peaks->line_of);
    peaks->blocks = arena_take(document->arena, blocks + 1, sizeof *peaks->blocks);
    if (!peaks->line_of || !peaks->blocks) return false;
    for (size_t i = 0; i <= blocks; i++) {
        const bool begins = stretch_begins(document, i);
        peaks->line_of[i] = begins ? (int32_t)peaks->count : NO_LINE;
        if (begins) peaks->blocks[peaks->count++] = i;
    }
    peaks->count--; /* the end is no line */
    return true;
}

static void fill_row(Peaks *peaks, size_t line) {
    Row *row = &peaks->rows[line];
    for (size_t i = 0; i < REACH && line + i + 1 < peaks->count; i++)
        row->by[i] =
            topics_explained(peaks->topics, peaks->blocks[line], peaks->blocks[line + i + 1]);
}

Peaks *peaks_open(const Document *document, const Topics *topics) {
    Peaks *peaks = arena_array(document->arena, 1, sizeof *peaks);
    if (!peaks) return NULL;
    peaks->topics = topics;
    if (!open_lines(peaks, document)) return NULL;
    peaks->rows = arena_take(document->arena, peaks->count, sizeof *peaks->rows);
    if (!peaks->rows) return NULL;
    for (size_t line = 1; line < peaks->count; line++) fill_row(peaks, line);
    return peaks;
}

/* How much lines first to end explain if they are a peak, permille; else 0. */
static int16_t share_of(const Peaks *peaks, size_t first, size_t end) {
    const bool is_whole = first == 0 && end == peaks->count;
    const bool is_inner = first > 0 && end < peaks->count;
    if (is_whole || (is_inner && end - first > PEAK_LINES)) return 0;
    const int64_t own = explained(peaks, first, end);
    const int16_t share = topics_share(peaks->topics, own);
    if (share < LEAST_SHARE) return 0;
    if (first > 0 && explained(peaks, first - 1, end) > own) return 0;
    if (end < peaks->count && explained(peaks, first, end + 1) > own) return 0;
    if (first + 1 < end &&
        (explained(peaks, first + 1, end) > own || explained(peaks, first, end - 1) > own))
        return 0;
    return share;
}

int16_t peaks_share(const Peaks *peaks, size_t first, size_t end) {
    const int32_t from = peaks->line_of[first], to = peaks->line_of[end];
    return from == NO_LINE || to == NO_LINE ? 0 : share_of(peaks, (size_t)from, (size_t)to);
}

bool peaks_begin(const Peaks *peaks, size_t block) {
    if (peaks->line_of[block] == NO_LINE) return false;
    const size_t line = (size_t)peaks->line_of[block];
    if (line == 0 || share_of(peaks, line, peaks->count)) return true;
    for (size_t end = line + 1; end < peaks->count && end <= line + PEAK_LINES; end++)
        if (share_of(peaks, line, end)) return true;
    return false;
}
