/* SPDX-License-Identifier: MIT
 * pipeline.h - a library pipeline set up from settings, and files fed to it. */
#ifndef CMD_PIPELINE_H
#define CMD_PIPELINE_H

#include "decant.h"
#include "options.h"

/* NULL after complaining. */
decant *pipeline_open(const Settings *settings, const decant_sink *sink);

typedef enum Fed {
    FED,        /* the whole document went through */
    FED_NOT,    /* it could not be opened, or not be read from its first byte: nothing was sent */
    FED_PARTLY, /* it broke off: events of its beginning may have been sent */
    FED_STOPPED /* the sink refused: there is no use in going on */
} Fed;

/* Feeds the file `path` ("-" is standard input) as one document. Complains about what goes wrong,
 * but leaves what the sink refuses to the sink. */
Fed pipeline_feed(decant *pipeline, const char *path);

#endif
