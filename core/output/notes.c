/* SPDX-License-Identifier: MIT
 * notes.c - judges a finished document by its counts. A note changes nothing, so it may only be
 * raised where a reader would nod. */
#include "output/notes.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    INDEX_BLOCKS = 30,    /* fewer blocks are too few to call a page an index */
    INDEX_WORDS = 8,      /* most words a block, on average */
    INDEX_STOP_WORDS = 4, /* most stop words in a hundred */
    INDEX_SENTENCES = 10, /* most sentence ends in a hundred blocks */
    SHELL_WORDS = 100,    /* most words of a page that is a shell for scripts */
    WORDS_SIZE = 160
};

static const char *note_name(decant_note_code code) {
    switch (code) {
    case DECANT_NOTE_PART:
        return "part";
    case DECANT_NOTE_LOSS:
        return "max-loss";
    case DECANT_NOTE_EMPTY:
        return "empty";
    case DECANT_NOTE_NO_PROSE:
        return "no-prose";
    case DECANT_NOTE_RULE_LIMIT:
        return "rule-limit";
    case DECANT_NOTE_ENCODING:
        return "encoding";
    case DECANT_NOTE_NESTING:
        return "nesting";
    case DECANT_NOTE_TREE:
        return "tree";
    case DECANT_NOTE_NO_TEXT:
        return "no-text";
    case DECANT_NOTE_RECORDS:
        return "records";
    case DECANT_NOTE_SHELL:
        return "shell";
    case DECANT_NOTE_SITE:
        return "site";
    }
    return "other";
}

decant_status note_send(const decant_sink *sink, decant_note_code code, const Locator *place,
                        const char *words) {
    decant_note note = {.code = code, .name = note_name(code), .words = words};
    if (place) {
        note.offset = place->offset;
        note.line = locate_line(place);
    }
    if (!sink->note) return DECANT_OK;
    return sink->note(sink->user, &note) ? DECANT_STOPPED : DECANT_OK;
}

static decant_status note_limits(const decant_sink *sink, uint64_t count) {
    if (!count) return DECANT_OK;
    char words[WORDS_SIZE];
    snprintf(words, sizeof words, "rules were given up at a match limit %" PRIu64 " time%s", count,
             count == 1 ? "" : "s");
    return note_send(sink, DECANT_NOTE_RULE_LIMIT, NULL, words);
}

/* Of a page that much goes as a rule, and says nothing. */
static decant_status note_loss(const decant_sink *sink, int max_loss, const Makeup *makeup,
                               bool is_page) {
    if (makeup->points && makeup->lost == makeup->points)
        return note_send(sink, DECANT_NOTE_EMPTY, NULL, "all of the text was dropped");
    if (is_page || makeup->lost * 1000 <= makeup->points * (uint64_t)max_loss) return DECANT_OK;
    char words[WORDS_SIZE];
    int share = permille(makeup->lost, makeup->points);
    snprintf(words, sizeof words, "%d.%d %% of the text was dropped, more than %d.%d %%",
             share / 10, share % 10, max_loss / 10, max_loss % 10);
    return note_send(sink, DECANT_NOTE_LOSS, NULL, words);
}

static decant_status note_no_prose(const decant_sink *sink, const Makeup *makeup, uint64_t blocks) {
    if (makeup->signs * 2 > makeup->points)
        return note_send(sink, DECANT_NOTE_NO_PROSE, NULL,
                         "mostly control characters and undecodable bytes: no text");
    if (blocks >= INDEX_BLOCKS && makeup->words <= blocks * INDEX_WORDS &&
        makeup->stop_words * 100 <= makeup->words * INDEX_STOP_WORDS &&
        makeup->sentences * 100 <= blocks * INDEX_SENTENCES)
        return note_send(sink, DECANT_NOTE_NO_PROSE, NULL,
                         "short lines with hardly a sentence: a list, an index or data, no prose");
    return DECANT_OK;
}

/* A page of which nothing is kept and which has next to no text. */
static decant_status note_shell(const decant_sink *sink, const Progress *progress) {
    if (progress->any_text || progress->makeup.words > SHELL_WORDS) return DECANT_OK;
    return note_send(sink, DECANT_NOTE_SHELL, NULL,
                     "the page holds next to no text: scripts may be what fills it");
}

decant_status notes_at_end(const decant_sink *sink, int max_loss, const Progress *progress) {
    decant_status status = note_limits(sink, progress->limited_rules);
    if (!status && progress->is_page) status = note_shell(sink, progress);
    else if (!status) status = note_no_prose(sink, &progress->makeup, progress->summary.blocks);
    if (!status) status = note_loss(sink, max_loss, &progress->makeup, progress->is_page);
    return status;
}
