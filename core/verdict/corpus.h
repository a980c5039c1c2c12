/* SPDX-License-Identifier: MIT
 * corpus.h - what a profile of the corpus adds to a document's verdicts: what its site repeats
 * goes, and so does the text of other documents; what is known to be its own stays. */
#ifndef VERDICT_CORPUS_H
#define VERDICT_CORPUS_H

#include "document/document.h"
#include "profile/profile.h"

/* Who a document is to the corpus. */
typedef struct Identity {
    Str id, site; /* empty where that is not known */
} Identity;

/* Changes the verdicts of the blocks that the profile knows; all others stay as they are.
 * `min_confidence` in permille: what would go less surely stays. */
decant_status corpus_settle(Document *document, const Profile *profile, const Identity *identity,
                            int min_confidence);

/* The reasons that it gives, numbered from CORPUS_REASONS on, as features are named and worded. */
enum { CORPUS_REASONS = 0xFF00 };
const char *corpus_reason_name(size_t reason);
const char *corpus_reason_words(size_t reason);

#endif
