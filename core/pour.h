/* SPDX-License-Identifier: MIT
 * pour.h - one part of a document through the house: from the bytes that are held to events. */
#ifndef POUR_H
#define POUR_H

#include "document/tag.h"
#include "output/sweep.h"
#include "profile/profile.h"
#include "rules/rules.h"
#include "verdict/verdict.h"

/* What a document's parts share. Zeroed but for what the pipeline lends, it is a document's start.
 */
typedef struct Pour {
    Arena *arena; /* of the part at hand: reset after it */
    RuleSet *rules;
    Model *model;
    const Profile *profile; /* NULL: none */
    const decant_options *options;
    const decant_sink *sink;
    const Interrupt *interrupt;
    const char *name;
    const char *label, *url; /* charset and address that are given; NULL: none */
    const char *id, *site;   /* to the corpus; NULL: none */
    decant_from from;        /* DECANT_AUTO until the first part */
    const char *charset;     /* of a page, once it is known */
    Tag raw;                 /* of a page: the element whose text its next part begins in */
    Progress progress;
} Pour;

/* Makes a part of what is held, sends its events, and tells how many bytes it took: at least one.
 * `more`: the document goes on after what is held. */
decant_status pour_part(Pour *pour, Str held, bool more, size_t *ret_taken);

/* Ends the document: what is left of its events. */
decant_status pour_end(Pour *pour);

#endif
