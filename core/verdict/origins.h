/* SPDX-License-Identifier: MIT
 * origins.h - which documents of a corpus the text of a block is of, as far as a profile knows.
 *
 * A document is told by its words in a row (profile/imprint.h). Another document's opening in the
 * midst of this one is proof that it is foreign, whatever it is about. This document's own proves
 * nothing against it: where the profile knows it, under its id or by what stands here, its blocks
 * are its own. */
#ifndef VERDICT_ORIGINS_H
#define VERDICT_ORIGINS_H

#include "document/document.h"
#include "profile/profile.h"

typedef enum OriginKind {
    ORIGIN_UNKNOWN,
    ORIGIN_OWN,      /* text of this very document */
    ORIGIN_OPENING,  /* of another's opening, or of what that says of itself */
    ORIGIN_REST,     /* goes on from another's opening */
    ORIGIN_TITLE,    /* is another's title */
    ORIGIN_NOISE,    /* is a line that went from another */
    ORIGIN_OWN_NOISE /* is a line that went from another copy of this one */
} OriginKind;

typedef struct Origin {
    uint8_t kind;  /* OriginKind */
    int16_t share; /* permille of its words in a row that the other document has */
    uint32_t text; /* the other document's number in the profile */
} Origin;

/* Traces every block of a document, in its arena. `id`: its key; 0 where that is not known. */
decant_status origins_trace(const Document *document, const Profile *profile, uint64_t id,
                            Origin **ret);

#endif
