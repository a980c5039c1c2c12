/* SPDX-License-Identifier: MIT
 * features.h - the rows that models read: a block's evidence, what its neighbours and its document
 * add, and (for the second pass) what the first pass made of them. */
#ifndef VERDICT_FEATURES_H
#define VERDICT_FEATURES_H

#include "document/stretch.h"
#include "verdict/verdict.h"

/* In words: {n} the value, {p} a share as a percentage, {e} {o} {j} an ending, an opening, a joint.
 */

/* What is told of each of the three stretches before and after a block's own. */
#define NEIGHBOUR_MEASURES(X)                                                                      \
    X(WORDS, "words", "has {n} words")                                                             \
    X(ENDING, "ending", "ends in {e}")                                                             \
    X(OPENING, "opening", "begins with {o}")                                                       \
    X(JOINT, "joint", "stands {j}")                                                                \
    X(HEADLINE, "headline", "reads like a headline")                                               \
    X(CARRY, "carry", "{p} of its content words stand elsewhere")                                  \
    X(CUT, "cut", "breaks off at {n} bytes")                                                       \
    X(NOISE, "noise", "{p} of it is a phrase of noise")                                            \
    X(META, "meta", "{p} of it is a byline, a stamp or a credit")                                  \
    X(STOP_SHARE, "stop_share", "{p} of its words are function words")                             \
    X(CAPITALISED, "capitalised", "{p} of its words are capitalised")                              \
    X(COPIES, "copies", "stands {n} times in the document")

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
    X(BLOCK_BEFORE_WORDS, "block_before.words", "the sentence before has {n} words")               \
    X(BLOCK_BEFORE_ENDING, "block_before.ending", "the sentence before ends in {e}")               \
    X(BLOCK_AFTER_WORDS, "block_after.words", "the sentence after has {n} words")                  \
    X(BLOCK_AFTER_OPENING, "block_after.opening", "the sentence after begins with {o}")            \
    X(NEAR5_WORDS, "near5.words", "lines around it have {n} words on average")                     \
    X(NEAR10_WORDS, "near10.words", "lines around it have {n} words on average")                   \
    X(NEAR5_NOISY, "near5.noisy", "{n} lines around it are noise by their words")                  \
    X(NEAR10_NOISY, "near10.noisy", "{n} lines around it are noise by their words")                \
    X(NEAR5_PROSE, "near5.prose", "{n} lines around it are prose")                                 \
    X(PROSE_BEFORE, "prose_before", "{n} lines of prose stand before it")                          \
    X(PROSE_AFTER, "prose_after", "{n} lines of prose stand after it")                             \
    X(SINCE_PROSE, "since_prose", "the last line of prose is {n} lines away")                      \
    X(UNTIL_PROSE, "until_prose", "the next line of prose is {n} lines away")                      \
    X(NOISY_BEFORE, "noisy_before", "{n} lines before it are noise by their words")                \
    X(NOISY_AFTER, "noisy_after", "{n} lines after it are noise by their words")

/* What is told of the document as a whole. */
#define WHOLE_MEASURES(X)                                                                          \
    X(BLOCKS, "document.blocks", "the document has {n} blocks")                                    \
    X(STRETCHES, "document.stretches", "the document has {n} lines")                               \
    X(WORDS, "document.words", "the document has {n} words")                                       \
    X(STRETCH_WORDS, "document.stretch_words", "its lines have {n} words on average")              \
    X(PROSE_SHARE, "document.prose_share", "{p} of the document is prose")                         \
    X(CLOSED_SHARE, "document.closed_share", "{p} of its lines end in a stop")                     \
    X(SHORT_SHARE, "document.short_share", "{p} of its lines are short")                           \
    X(NOISY_SHARE, "document.noisy_share", "{p} of its lines are noise by their words")            \
    X(CUTS, "document.cuts", "{n} of its lines break off")                                         \
    X(BLANK_SHARE, "document.blank_share", "{p} of its lines follow a blank line")                 \
    X(STOP_SHARE, "document.stop_share", "{p} of its words are function words")                    \
    X(CAPITALISED, "document.capitalised", "{p} of its words are capitalised")                     \
    X(CARRY, "document.carry", "{p} of a line's content words stand elsewhere")                    \
    X(WEAKEST_GAP, "document.weakest_gap", "{p} of the words cross its weakest gap")               \
    X(HEADLINES, "document.headlines", "{n} of its lines read like headlines")                     \
    X(SCRIPT, "document.script", "is written in its script")

/* What the first pass says of a block and its surroundings. Scores: 256 is a unit of log-odds. */
#define SECOND_MEASURES(X)                                                                         \
    X(SCORE, "first.score", "looks foreign by itself ({n})")                                       \
    X(BEFORE1, "first.before1", "the sentence before looks foreign ({n})")                         \
    X(BEFORE2, "first.before2", "the second sentence before looks foreign ({n})")                  \
    X(BEFORE3, "first.before3", "the third sentence before looks foreign ({n})")                   \
    X(AFTER1, "first.after1", "the sentence after looks foreign ({n})")                            \
    X(AFTER2, "first.after2", "the second sentence after looks foreign ({n})")                     \
    X(AFTER3, "first.after3", "the third sentence after looks foreign ({n})")                      \
    X(STRETCH, "first.stretch", "its line looks foreign ({n})")                                    \
    X(STRETCH_BEFORE1, "first.stretch_before1", "the line before looks foreign ({n})")             \
    X(STRETCH_BEFORE2, "first.stretch_before2", "the second line before looks foreign ({n})")      \
    X(STRETCH_AFTER1, "first.stretch_after1", "the line after looks foreign ({n})")                \
    X(STRETCH_AFTER2, "first.stretch_after2", "the second line after looks foreign ({n})")         \
    X(NEAR5, "first.near5", "what stands around it looks foreign ({n})")                           \
    X(NEAR10, "first.near10", "what stands around it looks foreign ({n})")                         \
    X(ALL_BEFORE, "first.all_before", "all before it looks foreign ({n})")                         \
    X(ALL_AFTER, "first.all_after", "all after it looks foreign ({n})")                            \
    X(DOC_MEAN, "first.mean", "the document looks foreign ({n})")                                  \
    X(DOC_MAX, "first.max", "the most foreign block of the document ({n})")                        \
    X(DOC_SHARE, "first.share", "{p} of the words look foreign")                                   \
    X(KEPT_BEFORE, "first.kept_before", "the last sure text is {n} blocks away")                   \
    X(KEPT_AFTER, "first.kept_after", "the next sure text is {n} blocks away")                     \
    X(GAIN_BEFORE, "first.gain_before", "weight of the foreign run up to here ({n})")              \
    X(GAIN_AFTER, "first.gain_after", "weight of the foreign run from here ({n})")

/* What is told of the run of suspect blocks around a block, at three levels of suspicion. */
#define RUN_MEASURES(X)                                                                            \
    X(BLOCKS, "blocks", "stands in a suspect run of {n} blocks")                                   \
    X(WORDS, "words", "stands in a suspect run of {n} words")                                      \
    X(MEAN, "mean", "the run around it looks foreign ({n})")                                       \
    X(MAX, "max", "the run around it looks foreign at its clearest ({n})")                         \
    X(CARRY, "carry", "{p} of the run's content words stand outside it")                           \
    X(NAMES, "names", "{p} of the run's names stand outside it")                                   \
    X(PLACE, "place", "is block {n} of the run")                                                   \
    X(TO_START, "to_start", "the run begins {n} blocks from the document's start")                 \
    X(TO_END, "to_end", "the run ends {n} blocks from the document's end")                         \
    X(JOINT, "joint", "the way the run is joined to the text before ({n})")

#define RUN_LEVELS(X) X(-3, "run_low") X(-2, "run_mid") X(0, "run_high")

/* What the second pass says of a run of suspect blocks, and of the document it stands in: what the
 * judge of runs reads beside the row of the run's clearest block. */
#define THIRD_MEASURES(X)                                                                          \
    X(MAX, "third.max", "the clearest block of its run looks foreign ({n})")                       \
    X(MEAN, "third.mean", "its run looks foreign ({n})")                                           \
    X(GAIN, "third.gain", "weight of its run ({n})")                                               \
    X(BLOCKS, "third.blocks", "its run has {n} blocks")                                            \
    X(WORDS, "third.words", "its run has {n} words")                                               \
    X(CARRY, "third.carry", "{p} of its run's content words stand outside it")                     \
    X(NAMES, "third.names", "{p} of its run's names stand outside it")                             \
    X(TO_START, "third.to_start", "its run begins {n} blocks from the document's start")           \
    X(TO_END, "third.to_end", "its run ends {n} blocks from the document's end")                   \
    X(JOINT, "third.joint", "the way its run is joined to the text before ({n})")                  \
    X(OPENING, "third.opening", "the way its run begins ({n})")                                    \
    X(HEADLINE, "third.headline", "its run begins like a headline")                                \
    X(META, "third.meta", "{p} of its run's first block is a byline or a stamp")                   \
    X(ENDING, "third.ending", "the way its run ends ({n})")                                        \
    X(CUT, "third.cut", "its run breaks off after {n} bytes")                                      \
    X(JOINT_AFTER, "third.joint_after", "the way the text after its run is joined ({n})")          \
    X(ENDING_BEFORE, "third.ending_before", "the way the text before its run ends ({n})")          \
    X(SCORE_BEFORE, "third.score_before", "the block before its run looks foreign ({n})")          \
    X(SCORE_AFTER, "third.score_after", "the block after its run looks foreign ({n})")             \
    X(DOC_MEAN, "third.doc_mean", "the document looks foreign ({n})")                              \
    X(DOC_SHARE, "third.doc_share", "{p} of the document's words look foreign")                    \
    X(DOC_RUNS, "third.doc_runs", "the document has {n} suspect runs")                             \
    X(DOC_GAIN, "third.doc_gain", "weight of the document's other suspect runs ({n})")

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
