/* SPDX-License-Identifier: MIT
 * pipeline.h - library pipelines set up from settings. */
#ifndef CMD_PIPELINE_H
#define CMD_PIPELINE_H

#include "buffer.h"
#include "decant.h"
#include "mapping.h"
#include "options.h"

/* Settings, and what the files that they name hold: read once for all pipelines. */
typedef struct Kit {
    const Settings *settings;
    Buffer *rules; /* of settings->rules */
    Buffer model;
    Mapping profile;
} Kit;

/* False after complaining. Fit for kit_done either way. */
bool kit_read(Kit *kit, const Settings *settings);
void kit_done(Kit *kit);

/* A pipeline that asks `interrupt` (NULL: nobody) with the sink's user. NULL after complaining. */
decant *pipeline_open(const Kit *kit, const decant_sink *sink, int (*interrupt)(void *user));

#endif
