/* SPDX-License-Identifier: MIT
 * runs.h - foreign prose is told by runs, not by lines: the runs of lines that might be foreign,
 * one after the other, and the row of measures by which each is judged as a whole. */
#ifndef VERDICT_RUNS_H
#define VERDICT_RUNS_H

#include "models/forest.h"
#include "verdict/features.h"
#include "verdict/peaks.h"

/* Scores: 256 is a unit of log-odds. Shares: permille. -1: nothing to measure. */

/* What a glance shows: where it stands, what blocks say of it and beside it, and whether it is a
 * peak (peaks.h). */
#define RUN_GLANCE(X)                                                                              \
    X(BLOCKS, "blocks")                                                                            \
    X(WORDS, "words")                                                                              \
    X(LINES_BEFORE, "lines_before")                                                                \
    X(LINES_AFTER, "lines_after")                                                                  \
    X(MEAN, "mean")                                                                                \
    X(MAX, "max")                                                                                  \
    X(MIN, "min")                                                                                  \
    X(REST, "rest")                                                                                \
    X(FIRST, "first")                                                                              \
    X(LAST, "last")                                                                                \
    X(BEFORE1, "before1")                                                                          \
    X(AFTER1, "after1")                                                                            \
    X(JOINT, "joint")                                                                              \
    X(JOINT_AFTER, "joint_after")                                                                  \
    X(PEAK, "peak")

/* The run itself. */
#define RUN_BODY(X)                                                                                \
    X(LINES, "lines")                                                                              \
    X(SHARE, "share")                                                                              \
    X(WORDS_BEFORE, "words_before")                                                                \
    X(WORDS_AFTER, "words_after")                                                                  \
    X(GAIN, "gain")                                                                                \
    X(OVER, "over")                                                                                \
    X(SURE, "sure")                                                                                \
    X(REST_OVER, "rest_over")                                                                      \
    X(BEFORE2, "before2")                                                                          \
    X(AFTER2, "after2")                                                                            \
    X(NOISE, "noise")                                                                              \
    X(META, "meta")                                                                                \
    X(COPIES, "copies")                                                                            \
    X(HEADLINES, "headlines")                                                                      \
    X(CUTS, "cuts")                                                                                \
    X(BACK, "back")                                                                                \
    X(REST_BACK, "rest_back")

/* What its content words share with the rest. */
#define RUN_CARRY(X)                                                                               \
    X(TOKENS, "tokens")                                                                            \
    X(CARRIED, "carried")                                                                          \
    X(CARRIED_SIGMAS, "carried_sigmas")                                                            \
    X(NAMES, "names")                                                                              \
    X(NAMES_CARRIED, "names_carried")                                                              \
    X(NAMES_SIGMAS, "names_sigmas")                                                                \
    X(FROM_BEFORE, "from_before")                                                                  \
    X(TO_AFTER, "to_after")                                                                        \
    X(BRIDGE, "bridge")                                                                            \
    X(BREAK_BEFORE, "break_before")                                                                \
    X(BREAK_AFTER, "break_after")                                                                  \
    X(TAIL, "tail")                                                                                \
    X(HEAD, "head")                                                                                \
    X(SHARED, "shared")                                                                            \
    X(SHARED_NAMES, "shared_names")                                                                \
    X(SHARED_RATIO, "shared_ratio")                                                                \
    X(GAP_BEFORE, "gap_before")                                                                    \
    X(GAP_BEFORE_NAMES, "gap_before_names")                                                        \
    X(GAP_BEFORE_RANK, "gap_before_rank")                                                          \
    X(GAP_AFTER, "gap_after")                                                                      \
    X(GAP_AFTER_NAMES, "gap_after_names")                                                          \
    X(GAP_AFTER_RANK, "gap_after_rank")                                                            \
    X(GAP_INSIDE, "gap_inside")

/* What stands at its two edges. */
#define RUN_EDGES(X)                                                                               \
    X(OPENING, "opening")                                                                          \
    X(FIRST_WORDS, "first_words")                                                                  \
    X(FIRST_HEADLINE, "first_headline")                                                            \
    X(FIRST_META, "first_meta")                                                                    \
    X(FIRST_NOISE, "first_noise")                                                                  \
    X(FIRST_BACK, "first_back")                                                                    \
    X(FIRST_CUT, "first_cut")                                                                      \
    X(AFTER_LABEL, "after_label")                                                                  \
    X(AFTER_MARK, "after_mark")                                                                    \
    X(LAST_ENDING, "last_ending")                                                                  \
    X(LAST_WORDS, "last_words")                                                                    \
    X(LAST_CUT, "last_cut")                                                                        \
    X(LAST_ELLIPSIS, "last_ellipsis")                                                              \
    X(LAST_NOISE, "last_noise")                                                                    \
    X(ENDING_BEFORE, "ending_before")                                                              \
    X(WORDS_OF_BEFORE, "words_of_before")                                                          \
    X(HEADLINE_BEFORE, "headline_before")                                                          \
    X(NOISE_BEFORE, "noise_before")                                                                \
    X(META_BEFORE, "meta_before")                                                                  \
    X(OPENING_AFTER, "opening_after")                                                              \
    X(WORDS_OF_AFTER, "words_of_after")                                                            \
    X(HEADLINE_AFTER, "headline_after")                                                            \
    X(NOISE_AFTER, "noise_after")                                                                  \
    X(META_AFTER, "meta_after")                                                                    \
    X(BACK_AFTER, "back_after")

/* What tells that another hand wrote it: how much marks and dashes are typed unlike the rest's
 * (marks.h), by how many hundredths of a standard deviation it speaks to the reader, of its author
 * and in capitals more than the rest does, and whether its first words, and those behind it, are as
 * articles begin. */
#define RUN_HAND(X)                                                                                \
    X(MARKS, "marks")                                                                              \
    X(DASHES, "dashes")                                                                            \
    X(READERS, "readers")                                                                          \
    X(SELVES, "selves")                                                                            \
    X(SHOUTS, "shouts")                                                                            \
    X(OPENS, "opens")                                                                              \
    X(OPENS_AFTER, "opens_after")

/* Its style, and by how much it differs from the rest's. */
#define RUN_STYLE(X)                                                                               \
    X(SENTENCE, "sentence")                                                                        \
    X(LETTERS, "letters")                                                                          \
    X(STOPS, "stops")                                                                              \
    X(CAPITALISED, "capitalised")                                                                  \
    X(NAMED, "named")                                                                              \
    X(DIGITS, "digits")                                                                            \
    X(COMMAS, "commas")                                                                            \
    X(QUOTES, "quotes")                                                                            \
    X(READER, "reader")                                                                            \
    X(SELF, "self")                                                                                \
    X(CAPITALS, "capitals")

#define X(id, name) +1
enum { GLANCE_WIDTH = 0 RUN_GLANCE(X) };
#undef X
enum {
#define X(id, name) RUN_##id,
    RUN_GLANCE(X) RUN_BODY(X) RUN_CARRY(X) RUN_EDGES(X) RUN_HAND(X) RUN_OWN_COUNT,
#undef X
};
enum {
#define X(id, name) STYLE_##id,
    RUN_STYLE(X) STYLE_COUNT
#undef X
};

/* Columns of a run's row: its own measures, what it is about, its style, how that differs, and what
 * is told of the whole document. */
enum {
    RUN_TOPICS = RUN_OWN_COUNT,
    RUN_STYLES = RUN_TOPICS + TOPIC_COUNT,
    RUN_DIFFERENCES = RUN_STYLES + STYLE_COUNT,
    RUN_WHOLE = RUN_DIFFERENCES + STYLE_COUNT,
    RUN_WIDTH = RUN_WHOLE + WHOLE_COUNT
};

/* Begins to go through the runs of a document, in its arena, by what the last pass said of its
 * blocks; `glance` passes over runs that it scores below 0 by their first GLANCE_WIDTH values. All
 * are borrowed. NULL when memory is refused. */
RunSearch *runs_open(const Document *document, const Features *features, const int32_t *scores,
                     const Forest *glance);

/* The next run that might be foreign, its score still open, and the row of RUN_WIDTH values by
 * which it is judged. False when there are no more. */
bool runs_next(RunSearch *search, Run *ret_run, int16_t *ret_row);

/* The names of the values; NULL past the end. */
const char *run_column_name(size_t column);

#endif
