/* SPDX-License-Identifier: MIT
 * paths.h - the files that a command reads, one after the other: its operands, what stands in
 * folders, what a list names. */
#ifndef CMD_PATHS_H
#define CMD_PATHS_H

#include "options.h"
#include <stdint.h>

/* Holds the names of the files of one folder at a time, and of those above it. */
typedef struct Paths Paths;

/* A file to read; its texts are valid until the next one is asked for. */
typedef struct Found {
    const char *path; /* "-" is standard input */
    const char *name; /* below the folder that was named; of what was named itself, as given */
} Found;

typedef enum PathsResult {
    PATHS_FOUND,
    PATHS_END,
    PATHS_TROUBLE /* something was complained about; the search may go on */
} PathsResult;

/* What the settings name: operands or the list --files0-from; standard input where there is
 * neither. A folder's files come in the order of their names, by bytes, each folder within it in
 * its place; hidden ones are passed over, links are not followed (so there are no loops), and
 * --include and --exclude choose among the rest. NULL after complaining. */
Paths *paths_open(const Settings *settings);

PathsResult paths_next(Paths *paths, Found *ret);

/* How many bytes the files hold that the settings name; 0 where that cannot be told beforehand. */
uint64_t paths_size(const Settings *settings);

/* NULL is fine. */
void paths_close(Paths *paths);

#endif
