/* SPDX-License-Identifier: MIT
 * desk.h - what a worker works at: a pipeline of its own, readers of records, a log. */
#ifndef CMD_DESK_H
#define CMD_DESK_H

#include "documents.h"
#include "pipeline.h"

typedef struct Desk Desk;

/* NULL after complaining. */
Desk *desk_open(const Plan *plan, const Kit *kit);

/* Does a unit (unit.h) and frees it; all that comes of it goes on the tape. */
void desk_work(void *desk, void *unit, Tape *tape);

void desk_close(void *desk);

#endif
