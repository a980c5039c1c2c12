/* SPDX-License-Identifier: MIT
 * mirror.h - an output folder, in which every input file has a file of its own under the same path,
 * and a run that was broken off can be gone on with.
 *
 * DIR/.decant holds what that takes: `manifest` lists the input files that are finished, in order;
 * `checkpoint` tells how much of it counts, and of the log and the other outputs of the whole run;
 * `part` is the file that is being written. A file takes its name when it is whole, and after its
 * line stands in the manifest, so that what the last checkpoint does not know of can be taken back.
 * Whether a run is broken off and gone on with or not, the same bytes come to stand everywhere. */
#ifndef CMD_MIRROR_H
#define CMD_MIRROR_H

#include "options.h"
#include "output.h"
#include "paths.h"
#include "totals.h"

typedef struct Mirror Mirror;

/* Makes the folder of --output-dir, which must be new or empty, or takes it up with --resume;
 * `totals` are then those of the earlier run. NULL after complaining. */
Mirror *mirror_open(const Settings *settings, Totals *totals);

/* Opens an output of the whole run, such as the log, to go on where the last checkpoint was. Before
 * mirror_ready. */
bool mirror_output(Mirror *mirror, Output *output, const char *path);

/* Takes up the earlier run, whose outputs are open by now. False after complaining. */
bool mirror_ready(Mirror *mirror);

/* Whether the run has met with trouble before it was broken off; and that it has now. */
bool mirror_had_trouble(const Mirror *mirror);
void mirror_note_trouble(Mirror *mirror);

typedef enum MirrorPast {
    MIRROR_NEW,  /* the file is still to be done */
    MIRROR_DONE, /* it was finished by an earlier run */
    MIRROR_OTHER /* complained: it is not what the earlier run had at this place */
} MirrorPast;

/* Of each file in turn, as found: whether it is done. May be called from a thread of its own. */
MirrorPast mirror_past(Mirror *mirror, const Found *found);

/* Opens the file for an input file's text. Where that has no place in the folder, or another has it
 * already, this is told, and *text stays closed. False after complaining: there is no use in going
 * on. */
bool mirror_begin(Mirror *mirror, const Found *found, Output *text);

/* Puts the file in its place if `good`, and notes the input file as finished. False after
 * complaining: there is no use in going on. */
bool mirror_end(Mirror *mirror, const Found *found, Output *text, bool good);

/* Ends the run: `whole` if it went through all files. False after complaining. NULL is fine. */
bool mirror_close(Mirror *mirror, bool whole);

/* The path below the folder of what is made of an input file `name`, to be freed; NULL after
 * complaining. */
char *mirror_name(const Settings *settings, const char *name);

#endif
