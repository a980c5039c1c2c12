/* SPDX-License-Identifier: MIT
 * log.h - a library log writer set up from settings. */
#ifndef CMD_LOG_H
#define CMD_LOG_H

#include "decant.h"
#include "options.h"
#include <stdbool.h>

/* Opens a log of `format` that writes to `write`; in the end it goes to the descriptor `fd`, which
 * tells colours and width. False after complaining. */
bool log_open(decant_log **ret, const Settings *settings, const char *format, int fd,
              decant_write write, void *user);

/* Whether a log call failed, fit to be returned from a sink. What its output refused is told when
 * that is closed; anything else is complained about. */
bool log_failed(decant_status status);

#endif
