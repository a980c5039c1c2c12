/* SPDX-License-Identifier: MIT
 * frame.h - cuts a stream into records: what the framings have in common. A framing is a file and a
 * line in frame.c. */
#ifndef INPUT_FRAME_H
#define INPUT_FRAME_H

#include "base/bytes.h"
#include "decant.h"
#include "input/input.h"

typedef struct Framing {
    /* Looks at what is held and goes on by one step. False where that needs more bytes, which do
     * not come once the stream has `ended`, and after a failure. */
    bool (*step)(decant_framer *framer, bool ended);
    size_t slack; /* so many bytes besides those of a record a step may need to see */
} Framing;

extern const Framing framing_lines, framing_warc;

enum { FRAMER_FAULT = 160, WARC_TYPES = 7 };

/* What the bytes held begin with. */
typedef enum WarcPlace {
    WARC_BETWEEN, /* line breaks, then a header */
    WARC_HEADER,
    WARC_BLOCK,  /* a record that is delivered, header and all */
    WARC_OVER,   /* the same, and it is over the limit */
    WARC_PASSED, /* a record that is passed over */
    WARC_LOST    /* bytes whose end is where the next header begins */
} WarcPlace;

typedef struct WarcState {
    WarcPlace place;
    uint64_t size; /* of the record; what is left of it in WARC_PASSED */
    uint64_t skipped[WARC_TYPES];
} WarcState;

struct decant_framer {
    decant_allocator allocator;
    const Framing *framing;
    size_t limit;
    int (*each)(void *user, const decant_record *);
    void *user;
    decant_status status; /* the first failure */
    bool has_ended;
    Input input;
    size_t from;     /* what is held of the input begins here */
    uint64_t offset; /* of that in the stream */
    uint64_t cut;    /* bytes that were cut off behind what is held */
    size_t searched; /* so many of the bytes held were searched in vain */
    uint64_t number; /* of the last record */
    bool goes_on;    /* what was sent last was a piece of it, not the last one */
    char fault[FRAMER_FAULT];
    WarcState warc;
};

/* What is held: bytes from `offset` on. */
Str framer_held(const decant_framer *framer);

/* Lets go of the first bytes held. */
void framer_pass(decant_framer *framer, size_t size);

/* Lets go of all but the first bytes held, as the record they begin is over the limit. */
void framer_cut(decant_framer *framer, size_t kept);

/* Sends a record of which end, size, fault and goes_on are set: the first bytes held. Goes on at
 * its end. False for a failure. */
bool framer_send(decant_framer *framer, decant_record record);

#endif
