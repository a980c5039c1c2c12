/* SPDX-License-Identifier: MIT
 * commands.h - what main.c picks from: each returns the exit status. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "options.h"

int filter_run(const Settings *settings);
int check_run(const Settings *settings);
int explain_run(const Settings *settings);
int restore_run(const Settings *settings);
int learn_run(const Settings *settings);
int profile_run(const Settings *settings);
int completion_run(const Settings *settings);
int features_run(const Settings *settings);

/* --help, --version and --man-options. */
int help_run(const Settings *settings);

#endif
