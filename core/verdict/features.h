/* SPDX-License-Identifier: MIT
 * features.h - the rows that models read: a block's evidence, what its neighbours and its document
 * add, and (for the second pass) what the first pass made of them. */
#ifndef VERDICT_FEATURES_H
#define VERDICT_FEATURES_H

#include "document/stretch.h"
#include "verdict/verdict.h"

/* What is told of each of the three stretches before and after a block's own. */
#define NEIGHBOUR_MEASURES(X)                                                                      \
    X(WORDS, "words", "has %d words")                                                              \
    X(ENDING, "ending", "the way it ends (%d)")                                                    \
    X(OPENING, "opening", "the way it begins (%d)")                                                \
    X(JOINT, "joint", "the way it is joined (%d)")                                                 \
    X(HEADLINE, "headline", "reads like a headline")                                               \
    X(CARRY, "carry", "%d per mille of its content words stand elsewhere")                         \
    X(CUT, "cut", "breaks off at %d bytes")                                                        \
    X(NOISE, "noise", "%d per mille of it is a phrase of noise")                                   \
    X(META, "meta", "%d per mille of it is a byline, a stamp or a credit")                         \
    X(STOP_SHARE, "stop_share", "share of function words: %d per mille")                           \
    X(CAPITALISED, "capitalised", "share of capitalised words: %d per mille")                      \
    X(COPIES, "copies", "stands %d times in the document")

/* Where the neighbours stand: offset in stretches, name, words. */
#define NEIGHBOUR_OFFSETS(X)                                                                       \
    X(-3, "before3", "the third line before it")                                                   \
    X(-2, "before2", "the second line before it")                                                  \
    X(-1, "before1", "the line before it")                                                         \
    X(1, "after1", "the line after it")                                                            \
    X(2, "after2", "the second line after it")                                                     \
    X(3, "after3", "the third line after it")

/* What surrounds a block beyond its neighbours one by one. Prose: a stretch of 20 words and more
 * that ends in a stop. Noisy: a stretch that rules match in 300 per mille and more. */
#define SURROUNDINGS(X)                                                                            \
    X(BLOCK_BEFORE_WORDS, "block_before.words", "the sentence before has %d words")                \
    X(BLOCK_BEFORE_ENDING, "block_before.ending", "the way the sentence before ends (%d)")         \
    X(BLOCK_AFTER_WORDS, "block_after.words", "the sentence after has %d words")                   \
    X(BLOCK_AFTER_OPENING, "block_after.opening", "the way the sentence after begins (%d)")        \
    X(NEAR5_WORDS, "near5.words", "lines around it have %d words on average")                      \
    X(NEAR10_WORDS, "near10.words", "lines around it have %d words on average")                    \
    X(NEAR5_NOISY, "near5.noisy", "%d lines around it are noise by their words")                   \
    X(NEAR10_NOISY, "near10.noisy", "%d lines around it are noise by their words")                 \
    X(NEAR5_PROSE, "near5.prose", "%d lines around it are prose")                                  \
    X(PROSE_BEFORE, "prose_before", "%d lines of prose stand before it")                           \
    X(PROSE_AFTER, "prose_after", "%d lines of prose stand after it")                              \
    X(SINCE_PROSE, "since_prose", "the last line of prose is %d lines away")                       \
    X(UNTIL_PROSE, "until_prose", "the next line of prose is %d lines away")                       \
    X(NOISY_BEFORE, "noisy_before", "%d lines before it are noise by their words")                 \
    X(NOISY_AFTER, "noisy_after", "%d lines after it are noise by their words")

/* What is told of the document as a whole. */
#define WHOLE_MEASURES(X)                                                                          \
    X(BLOCKS, "document.blocks", "the document has %d blocks")                                     \
    X(STRETCHES, "document.stretches", "the document has %d lines")                                \
    X(WORDS, "document.words", "the document has %d words")                                        \
    X(STRETCH_WORDS, "document.stretch_words", "its lines have %d words on average")               \
    X(PROSE_SHARE, "document.prose_share", "%d per mille of the document is prose")                \
    X(CLOSED_SHARE, "document.closed_share", "%d per mille of its lines end in a stop")            \
    X(SHORT_SHARE, "document.short_share", "%d per mille of its lines are short")                  \
    X(NOISY_SHARE, "document.noisy_share", "%d per mille of its lines are noise by their words")   \
    X(CUTS, "document.cuts", "%d of its lines break off")                                          \
    X(BLANK_SHARE, "document.blank_share", "%d per mille of its lines follow a blank line")        \
    X(STOP_SHARE, "document.stop_share", "share of function words: %d per mille")                  \
    X(CAPITALISED, "document.capitalised", "share of capitalised words: %d per mille")             \
    X(CARRY, "document.carry", "%d per mille of a line's content words stand elsewhere")           \
    X(WEAKEST_GAP, "document.weakest_gap", "%d per mille of the words cross its weakest gap")      \
    X(HEADLINES, "document.headlines", "%d of its lines read like headlines")                      \
    X(SCRIPT, "document.script", "its script (%d)")

/* What the first pass says of a block and its surroundings. Scores: 256 is a unit of log-odds. */
#define SECOND_MEASURES(X)                                                                         \
    X(SCORE, "first.score", "looks foreign by itself (%d)")                                        \
    X(BEFORE1, "first.before1", "the sentence before looks foreign (%d)")                          \
    X(BEFORE2, "first.before2", "the second sentence before looks foreign (%d)")                   \
    X(BEFORE3, "first.before3", "the third sentence before looks foreign (%d)")                    \
    X(AFTER1, "first.after1", "the sentence after looks foreign (%d)")                             \
    X(AFTER2, "first.after2", "the second sentence after looks foreign (%d)")                      \
    X(AFTER3, "first.after3", "the third sentence after looks foreign (%d)")                       \
    X(STRETCH, "first.stretch", "its line looks foreign (%d)")                                     \
    X(STRETCH_BEFORE1, "first.stretch_before1", "the line before looks foreign (%d)")              \
    X(STRETCH_BEFORE2, "first.stretch_before2", "the second line before looks foreign (%d)")       \
    X(STRETCH_AFTER1, "first.stretch_after1", "the line after looks foreign (%d)")                 \
    X(STRETCH_AFTER2, "first.stretch_after2", "the second line after looks foreign (%d)")          \
    X(NEAR5, "first.near5", "what stands around it looks foreign (%d)")                            \
    X(NEAR10, "first.near10", "what stands around it looks foreign (%d)")                          \
    X(ALL_BEFORE, "first.all_before", "all before it looks foreign (%d)")                          \
    X(ALL_AFTER, "first.all_after", "all after it looks foreign (%d)")                             \
    X(DOC_MEAN, "first.mean", "the document looks foreign (%d)")                                   \
    X(DOC_MAX, "first.max", "the most foreign block of the document (%d)")                         \
    X(DOC_SHARE, "first.share", "%d per mille of the words look foreign")                          \
    X(KEPT_BEFORE, "first.kept_before", "the last sure text is %d blocks away")                    \
    X(KEPT_AFTER, "first.kept_after", "the next sure text is %d blocks away")                      \
    X(GAIN_BEFORE, "first.gain_before", "weight of the foreign run up to here (%d)")               \
    X(GAIN_AFTER, "first.gain_after", "weight of the foreign run from here (%d)")

/* What is told of the run of suspect blocks around a block, at three levels of suspicion. */
#define RUN_MEASURES(X)                                                                            \
    X(BLOCKS, "blocks", "stands in a suspect run of %d blocks")                                    \
    X(WORDS, "words", "stands in a suspect run of %d words")                                       \
    X(MEAN, "mean", "the run around it looks foreign (%d)")                                        \
    X(MAX, "max", "the run around it looks foreign at its clearest (%d)")                          \
    X(CARRY, "carry", "%d per mille of the run's content words stand outside it")                  \
    X(NAMES, "names", "%d per mille of the run's names stand outside it")                          \
    X(PLACE, "place", "is block %d of the run")                                                    \
    X(TO_START, "to_start", "the run begins %d blocks from the document's start")                  \
    X(TO_END, "to_end", "the run ends %d blocks from the document's end")                          \
    X(JOINT, "joint", "the way the run is joined to the text before (%d)")

#define RUN_LEVELS(X) X(-3, "run_low") X(-2, "run_mid") X(0, "run_high")

/* What the second pass says of a run of suspect blocks, and of the document it stands in: what the
 * judge of runs reads beside the row of the run's clearest block. */
#define THIRD_MEASURES(X)                                                                          \
    X(MAX, "third.max", "the clearest block of its run looks foreign (%d)")                        \
    X(MEAN, "third.mean", "its run looks foreign (%d)")                                            \
    X(GAIN, "third.gain", "weight of its run (%d)")                                                \
    X(BLOCKS, "third.blocks", "its run has %d blocks")                                             \
    X(WORDS, "third.words", "its run has %d words")                                                \
    X(CARRY, "third.carry", "%d per mille of its run's content words stand outside it")            \
    X(NAMES, "third.names", "%d per mille of its run's names stand outside it")                    \
    X(TO_START, "third.to_start", "its run begins %d blocks from the document's start")            \
    X(TO_END, "third.to_end", "its run ends %d blocks from the document's end")                    \
    X(JOINT, "third.joint", "the way its run is joined to the text before (%d)")                   \
    X(OPENING, "third.opening", "the way its run begins (%d)")                                     \
    X(HEADLINE, "third.headline", "its run begins like a headline")                                \
    X(META, "third.meta", "%d per mille of its run's first block is a byline or a stamp")          \
    X(ENDING, "third.ending", "the way its run ends (%d)")                                         \
    X(CUT, "third.cut", "its run breaks off after %d bytes")                                       \
    X(JOINT_AFTER, "third.joint_after", "the way the text after its run is joined (%d)")           \
    X(ENDING_BEFORE, "third.ending_before", "the way the text before its run ends (%d)")           \
    X(SCORE_BEFORE, "third.score_before", "the block before its run looks foreign (%d)")           \
    X(SCORE_AFTER, "third.score_after", "the block after its run looks foreign (%d)")              \
    X(DOC_MEAN, "third.doc_mean", "the document looks foreign (%d)")                               \
    X(DOC_SHARE, "third.doc_share", "%d per mille of the document's words look foreign")           \
    X(DOC_RUNS, "third.doc_runs", "the document has %d suspect runs")                              \
    X(DOC_GAIN, "third.doc_gain", "weight of the document's other suspect runs (%d)")

/* A run of blocks whose second score is over FEATURES_SUSPECT, and its highest block. */
typedef struct SuspectRun {
    uint32_t first, end, clearest;
    int64_t gain; /* sum of how far its scores are over FEATURES_SUSPECT */
} SuspectRun;

enum { FEATURES_SUSPECT = -512 };

typedef struct Features Features;

/* Looks the document's surroundings up once, in its arena. NULL when memory is refused. */
Features *features_open(const Document *document);

/* Adds what the first pass said: a score for every block, 1024 a unit of log-odds. */
decant_status features_second(Features *features, const int32_t *scores);

/* Adds what the second pass said: finds the suspect runs and what the third-pass columns of their
 * blocks hold. */
decant_status features_third(Features *features, const int32_t *scores, const SuspectRun **ret_runs,
                             size_t *ret_count);

/* Writes the rows of blocks first to end (exclusive), feature_count() values apart. Columns of a
 * pass that was not added yet are 0. */
void features_rows(const Features *features, size_t first, size_t end, int16_t *rows);

/* Columns of the first pass, and of the first two. */
size_t features_first_width(void);
size_t features_second_width(void);

#endif
