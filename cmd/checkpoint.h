/* SPDX-License-Identifier: MIT
 * checkpoint.h - how far a run into an output folder was when all that it had written was whole:
 * what
 * --resume goes on from. A file of JSON, replaced as a whole. */
#ifndef CMD_CHECKPOINT_H
#define CMD_CHECKPOINT_H

#include "options.h"
#include "output.h"
#include "totals.h"

enum { CHECKPOINT_OUTPUTS = 4 };

/* An output of the whole run, such as the log. */
typedef struct CheckpointOutput {
    const char *path; /* as given */
    Output *output;   /* NULL until it is open */
    uint64_t offset;  /* how much of its file counts */
} CheckpointOutput;

typedef struct Checkpoint {
    uint64_t files;    /* finished, failed ones among them */
    uint64_t manifest; /* bytes of the manifest that count */
    bool trouble;      /* something has failed so far */
    CheckpointOutput outputs[CHECKPOINT_OUTPUTS];
    size_t output_count;
} Checkpoint;

/* Writes the checkpoint of a run with these settings and totals. False after complaining. */
bool checkpoint_save(const Checkpoint *checkpoint, const char *path, const Settings *settings,
                     const Totals *totals);

/* Reads it; complains, and returns false, also where the settings are others than those it is of.
 * Paths of outputs are those of the settings. */
bool checkpoint_load(Checkpoint *checkpoint, const char *path, const Settings *settings,
                     Totals *totals);

#endif
