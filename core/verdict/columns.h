/* SPDX-License-Identifier: MIT
 * columns.h - every column of the rows that models read, group by group: evidence, neighbours,
 * surroundings, the document, what the pass before said, and what blocks are about. */
#ifndef VERDICT_COLUMNS_H
#define VERDICT_COLUMNS_H

#include "document/evidence.h"
#include "verdict/verdict.h"

/* In words: {n} the value, {p} a share as a percentage, {l} log-odds, 256 a unit, as odds ("52 to
 * 1"), {e} {o} {j} an ending, an opening, a joint; behind a ~ the words for a value of 0, where
 * those are others. */

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
    X(COPIES, "copies", "its copies in the document: {n}")

/* Where the neighbours stand: offset in stretches, name, words. */
#define NEIGHBOUR_OFFSETS(X)                                                                       \
    X(-3, "before3", "the third line before it")                                                   \
    X(-2, "before2", "the second line before it")                                                  \
    X(-1, "before1", "the line before it")                                                         \
    X(1, "after1", "the line after it")                                                            \
    X(2, "after2", "the second line after it")                                                     \
    X(3, "after3", "the third line after it")

/* What surrounds a block beyond its neighbours one by one; from NEAR5_WORDS on, what surrounds its
 * stretch. Prose: a stretch of 20 words and more
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
    X(MARKS_BREAK, "document.marks_break", "the way its quotation marks are typed changes ({n})")  \
    X(SCRIPT, "document.script", "is written in its script")

/* Where words say that text belongs: noise above 0, 256 a unit of log-odds. */
#define LEAN_MEASURES(X)                                                                           \
    X(BEFORE3, "lean.before3", "the words of the third line before lean to noise, {l}")            \
    X(BEFORE2, "lean.before2", "the words of the second line before lean to noise, {l}")           \
    X(BEFORE1, "lean.before1", "the words of the line before lean to noise, {l}")                  \
    X(STRETCH, "lean.stretch", "the words of its line lean to noise, {l}")                         \
    X(AFTER1, "lean.after1", "the words of the line after lean to noise, {l}")                     \
    X(AFTER2, "lean.after2", "the words of the second line after lean to noise, {l}")              \
    X(AFTER3, "lean.after3", "the words of the third line after lean to noise, {l}")               \
    X(NEAR5, "lean.near5", "the words around it lean to noise, {l}")                               \
    X(NEAR10, "lean.near10", "the words around it lean to noise, {l}")                             \
    X(DOCUMENT, "lean.document", "the words of the document lean to noise, {l}")                   \
    X(BLOCK, "lean", "its words lean to noise, {l}")

/* What tells that another hand wrote it: quotation marks typed unlike those of the rest (marks.h),
 * and first words as articles begin with (256 a unit of log-odds). */
#define HAND_MEASURES(X)                                                                           \
    X(MARKS, "marks", "its quotation marks are typed unlike the others ({n})")                     \
    X(MARKS_STRETCH, "marks.stretch", "its line's quotation marks are unlike the others ({n})")    \
    X(MARKS_NEAR5, "marks.near5", "quotation marks around it are unlike the others ({n})")         \
    X(MARKS_BREAK, "marks.break", "from here on quotation marks are typed otherwise ({n})")        \
    X(OPENS_BEFORE1, "opens.before1", "the line before reads like an article's beginning ({l})")   \
    X(OPENS_STRETCH, "opens.stretch", "its line reads like an article's beginning ({l})")          \
    X(OPENS_AFTER1, "opens.after1", "the line after reads like an article's beginning ({l})")      \
    X(OPENS, "opens", "reads like an article's beginning ({l})")

/* What the pass before says of a block and its surroundings. Scores: 256 is a unit of log-odds.
 * The first seven are neighbouring blocks in order, the next five lines; the last three are the
 * same for the whole document. */
#define PASS_MEASURES(X)                                                                           \
    X(BEFORE3, "pass.before3", "the third sentence before looks foreign ({l})")                    \
    X(BEFORE2, "pass.before2", "the second sentence before looks foreign ({l})")                   \
    X(BEFORE1, "pass.before1", "the sentence before looks foreign ({l})")                          \
    X(SCORE, "pass.score", "looks foreign by itself ({l})")                                        \
    X(AFTER1, "pass.after1", "the sentence after looks foreign ({l})")                             \
    X(AFTER2, "pass.after2", "the second sentence after looks foreign ({l})")                      \
    X(AFTER3, "pass.after3", "the third sentence after looks foreign ({l})")                       \
    X(STRETCH_BEFORE2, "pass.stretch_before2", "the second line before looks foreign ({l})")       \
    X(STRETCH_BEFORE1, "pass.stretch_before1", "the line before looks foreign ({l})")              \
    X(STRETCH, "pass.stretch", "its line looks foreign ({l})")                                     \
    X(STRETCH_AFTER1, "pass.stretch_after1", "the line after looks foreign ({l})")                 \
    X(STRETCH_AFTER2, "pass.stretch_after2", "the second line after looks foreign ({l})")          \
    X(NEAR5, "pass.near5", "what stands around it looks foreign ({l})")                            \
    X(NEAR10, "pass.near10", "what stands around it looks foreign ({l})")                          \
    X(ALL_BEFORE, "pass.all_before", "all before it looks foreign ({l})")                          \
    X(ALL_AFTER, "pass.all_after", "all after it looks foreign ({l})")                             \
    X(KEPT_BEFORE, "pass.kept_before", "the last sure text is {n} blocks away")                    \
    X(KEPT_AFTER, "pass.kept_after", "the next sure text is {n} blocks away")                      \
    X(GAIN_BEFORE, "pass.gain_before", "weight of the foreign run up to here ({n})")               \
    X(GAIN_AFTER, "pass.gain_after", "weight of the foreign run from here ({n})")                  \
    X(DOC_MEAN, "pass.mean", "the document looks foreign ({l})")                                   \
    X(DOC_MAX, "pass.max", "the most foreign block of the document ({l})")                         \
    X(DOC_SHARE, "pass.share", "{p} of the words look foreign")

/* What is told of the run of suspect blocks around a block, at three levels of suspicion. */
#define STRAND_MEASURES(X)                                                                         \
    X(BLOCKS, "blocks", "stands in a suspect run of {n} blocks")                                   \
    X(WORDS, "words", "stands in a suspect run of {n} words")                                      \
    X(MEAN, "mean", "the run around it looks foreign ({l})")                                       \
    X(MAX, "max", "the run around it looks foreign at its clearest ({l})")                         \
    X(CARRY, "carry", "{p} of the run's content words stand outside it")                           \
    X(NAMES, "names", "{p} of the run's names stand outside it")                                   \
    X(PLACE, "place", "is block {n} of the run")                                                   \
    X(TO_START, "to_start", "the run begins {n} blocks from the document's start")                 \
    X(TO_END, "to_end", "the run ends {n} blocks from the document's end")                         \
    X(JOINT, "joint", "the way the run is joined to the text before ({n})")

#define STRAND_LEVELS(X) X(-3, "run_low") X(-2, "run_mid") X(0, "run_high")

/* What the runs of blocks say that were judged as a whole: of a block, the runs that hold it, begin
 * with it and end with it (expected number, in ten-thousandths) and the best score of one; the same
 * for the whole document. */
#define VOTE_MEASURES(X)                                                                           \
    X(HELD, "votes.held", "runs that look foreign hold it ({n})")                                  \
    X(BEST, "votes.best", "the most foreign run that holds it ({l})")                              \
    X(BEGINS, "votes.begins", "foreign runs begin with it ({n})")                                  \
    X(ENDS, "votes.ends", "foreign runs end with it ({n})")                                        \
    X(BEHIND, "votes.behind", "its best run is behind the document's ({n})")                       \
    X(DOC_BEST, "votes.doc_best", "the most foreign run of the document ({l})")                    \
    X(DOC_NEXT, "votes.doc_next", "the most foreign run apart from that ({l})")                    \
    X(DOC_ALL, "votes.doc_all", "foreign runs of the document ({n})")

/* What is told of the run that holds a block and was judged most foreign: how far its ends are from
 * the block, and values of its row (runs.h). */
#define BEST_MEASURES(X)                                                                           \
    X(BEFORE, "best.before", "its most foreign run begins {n} blocks before")                      \
    X(AFTER, "best.after", "its most foreign run ends {n} blocks after")                           \
    X(WORDS, "best.words", "its most foreign run has {n} words")                                   \
    X(SHARE, "best.share", "its most foreign run is {p} of the document")                          \
    X(REST, "best.rest", "what is not of its run looks foreign ({l})")                             \
    X(GAIN, "best.gain", "weight of its most foreign run ({n})")                                   \
    X(FIRST_WORDS, "best.first_words", "its most foreign run begins with a line of {n} words")     \
    X(LAST_WORDS, "best.last_words", "its most foreign run ends in a line of {n} words")           \
    X(BACK, "best.back", "{p} of its run's sentences lead back to those before")                   \
    X(SELVES, "best.selves", "its run speaks of its author more than the rest does ({n})")         \
    X(DASHES, "best.dashes", "its run's dashes are typed unlike the others ({n})")                 \
    X(OPENS, "best.opens", "its run reads like an article's beginning ({l})")                      \
    X(TOKENS, "best.tokens", "its most foreign run has {n} content words")                         \
    X(ALIKE, "best.alike", "its run and the rest are about the same ({n})")                        \
    X(EXPLAINS, "best.explains", "its run is about something else ({n})")                          \
    X(EXPLAINS_WORD, "best.explains_word", "its run is about something else, word by word ({n})")  \
    X(EXPLAINS_LESS, "best.explains_less", "runs beside its run are about something else ({n})")   \
    X(EXPLAINS_SHARE, "best.explains_share", "no cut parts topics as its run does ({n})")          \
    X(CUT_BEFORE, "best.cut_before", "the topic changes where its run begins ({n})")               \
    X(CUT_AFTER, "best.cut_after", "the topic changes where its run ends ({n})")

/* How far a block is about what the rest is (agreement.h): the square of a cosine with its sign,
 * permille. Cut: all that stands before it, and all from it on. */
#define AGREEMENTS(X)                                                                              \
    X(REST, "agrees.rest", "is about what the rest is ({n})")                                      \
    X(CUT, "agrees.cut", "from here on it is about what all before is ({n})")                      \
    X(CUT_EXPLAINS, "agrees.cut_explains", "the topic changes here ({n})")                         \
    X(CUT_SHARE, "agrees.cut_share", "no cut parts topics as the one before it ({n})")

/* The same of so many blocks before, after and around it. Border: those from it on, and those
 * before. Apart: but for what the whole document is about. */
#define AGREEMENT_RINGS(X)                                                                         \
    X(BEFORE, "before", "is about what stands before it ({n})")                                    \
    X(AFTER, "after", "is about what stands after it ({n})")                                       \
    X(BORDER, "border", "what begins with it is about what stands before ({n})")                   \
    X(BEFORE_APART, "before_apart", "goes on about what stands before it ({n})")                   \
    X(AFTER_APART, "after_apart", "what stands after it goes on about it ({n})")                   \
    X(BORDER_APART, "border_apart", "what begins with it goes on about what stands before ({n})")  \
    X(REST, "rest", "what stands around it is about what the rest is ({n})")                       \
    X(EXPLAINS, "explains", "what stands around it is about something else ({n})")                 \
    X(SHARE, "share", "no cut parts topics as what stands around it does ({n})")

#define AGREEMENT_REACHES(X) X(1, "agrees1") X(3, "agrees3") X(8, "agrees8") X(20, "agrees20")

enum {
#define X(id, name, words) NEIGHBOUR_##id,
    NEIGHBOUR_MEASURES(X) NEIGHBOUR_COUNT
#undef X
};
#define X(offset, name, words) +1
enum { OFFSET_COUNT = 0 NEIGHBOUR_OFFSETS(X) };
#undef X
enum {
#define X(id, name, words) SURROUND_##id,
    SURROUNDINGS(X) SURROUND_COUNT
#undef X
};
enum {
#define X(id, name, words) WHOLE_##id,
    WHOLE_MEASURES(X) WHOLE_COUNT
#undef X
};
enum {
#define X(id, name, words) LEAN_##id,
    LEAN_MEASURES(X) LEAN_COUNT
#undef X
};
enum {
#define X(id, name, words) HAND_##id,
    HAND_MEASURES(X) HAND_COUNT
#undef X
};
enum {
#define X(id, name, words) PASS_##id,
    PASS_MEASURES(X) PASS_COUNT
#undef X
};
enum {
#define X(id, name, words) STRAND_##id,
    STRAND_MEASURES(X) STRAND_COUNT
#undef X
};
enum {
#define X(id, name, words) VOTE_##id,
    VOTE_MEASURES(X) VOTE_COUNT
#undef X
};
enum {
#define X(id, name, words) BEST_##id,
    BEST_MEASURES(X) BEST_COUNT,
#undef X
    BEST_OF_ROW = BEST_WORDS, /* the first that is of the run's row */
    BEST_TOLD = BEST_COUNT - BEST_OF_ROW
};

/* What a block is told of runs: VOTE_MEASURES, then BEST_MEASURES. */
enum { VOTE_WIDTH = VOTE_COUNT + BEST_COUNT };
typedef int16_t VoteRow[VOTE_WIDTH];

enum {
#define X(id, name, words) AGREEMENT_##id,
    AGREEMENTS(X) AGREEMENT_COUNT
#undef X
};
enum {
#define X(id, name, words) RING_##id,
    AGREEMENT_RINGS(X) RING_COUNT
#undef X
};
#define X(reach, name) +1
enum {
    REACH_COUNT = 0 AGREEMENT_REACHES(X),
    AGREEMENT_WIDTH = AGREEMENT_COUNT + REACH_COUNT * RING_COUNT
};
#undef X

/* What is told of a block: AGREEMENTS, then AGREEMENT_RINGS of each reach. */
typedef int16_t AgreementRow[AGREEMENT_WIDTH];

#define X(level, name) +1
enum { LEVEL_COUNT = 0 STRAND_LEVELS(X) };
#undef X

/* Where each group of columns begins. */
enum {
    COLUMN_NEIGHBOURS = EVIDENCE_TEXT_COUNT,
    COLUMN_SURROUNDINGS = COLUMN_NEIGHBOURS + OFFSET_COUNT * NEIGHBOUR_COUNT,
    COLUMN_WHOLE = COLUMN_SURROUNDINGS + SURROUND_COUNT,
    COLUMN_LEANS = COLUMN_WHOLE + WHOLE_COUNT,
    COLUMN_HANDS = COLUMN_LEANS + LEAN_COUNT,
    FIRST_WIDTH = COLUMN_HANDS + HAND_COUNT,
    COLUMN_PASS = FIRST_WIDTH,
    COLUMN_STRANDS = COLUMN_PASS + PASS_COUNT,
    COLUMN_VOTES = COLUMN_STRANDS + LEVEL_COUNT * STRAND_COUNT,
    COLUMN_BEST = COLUMN_VOTES + VOTE_COUNT,
    COLUMN_AGREEMENTS = COLUMN_BEST + BEST_COUNT,
    WIDTH = COLUMN_AGREEMENTS + AGREEMENT_WIDTH
};

/* Columns that the first pass reads, the second, and the third; nets read all. Their count, names
 * and words are told by verdict.h. */
enum {
    COLUMNS_FIRST = FIRST_WIDTH,
    COLUMNS_SECOND = COLUMN_VOTES,
    COLUMNS_THIRD = COLUMN_AGREEMENTS
};

/* What the columns of a neighbour hold where there is none. */
enum { COLUMNS_MISSING = INT16_MIN };

/* A column's words with its value in their placeholder, said of `whose` ("": the block itself). */
void column_words(const char *format, const char *whose, int value, char *words, size_t size);

#endif
