/* SPDX-License-Identifier: MIT
 * channel.h - what workers and the reader tell the writer of a run (crew.h), in the order of the
 * documents. */
#ifndef CMD_CHANNEL_H
#define CMD_CHANNEL_H

#include "crew.h"
#include "decant.h"

enum {
    CHANNEL_TEXT = CHANNEL_COMPLAINT + 1, /* bytes for the output of that name, and so the others */
    CHANNEL_LOG,
    CHANNEL_REJECTS,
    CHANNEL_ATTRIBUTES,
    CHANNEL_IMPRINT,  /* of a document (decant.h) */
    CHANNEL_BEGIN,    /* a file begins: its path and its name (paths.h), both NUL-terminated */
    CHANNEL_DOCUMENT, /* DocumentDone and behind it the document's address, if it is known */
    CHANNEL_PAUSE,    /* there may be nothing more for a while: nothing; outputs are flushed */
    CHANNEL_END       /* a file ends: FileDone */
};

/* What became of a document. */
typedef enum Fate {
    FATE_JUDGED,
    FATE_REJECTED, /* it could not be read, or took too long */
    FATE_PASSED    /* a record without a document: of JSON without the key, of WARC no text */
} Fate;

typedef struct DocumentDone {
    Fate fate;
    decant_summary summary; /* of one that was judged */
} DocumentDone;

/* What became of a file. */
typedef enum Fed {
    FED,        /* all of it went through */
    FED_NOT,    /* it could not be opened, or not be read from its first byte: nothing was sent */
    FED_CUT,    /* its packing is broken: what was readable went through */
    FED_PARTLY, /* it broke off: what was sent of it is not whole */
    FED_STOPPED /* nobody takes what is sent: there is no use in going on */
} Fed;

enum { SKIPPED_TYPES = 8 };

typedef struct FileDone {
    Fed fed;
    bool is_records;
    uint64_t records; /* those that were sent, if it is records */
    struct {
        const char *type; /* of WARC; NULL past the last */
        uint64_t count;
    } skipped[SKIPPED_TYPES];
} FileDone;

#endif
