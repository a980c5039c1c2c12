/* SPDX-License-Identifier: MIT
 * restless.h - a model without sense that keeps and drops blocks by their length in turn, and calls
 * them two kinds: so that tiling is tried on many odd runs, whatever the real model has learned. */
#ifndef PROPERTIES_RESTLESS_H
#define PROPERTIES_RESTLESS_H

#include "decant.h"

enum { RESTLESS_WORDS = 512 };

/* Makes a pipeline use it; before its first document. */
decant_status restless_use(decant *pipeline);

#endif
