/* SPDX-License-Identifier: MIT
 * supply.h - the reader of a run: opens files one after the other, tells what they are, and hands
 * units to the crew. */
#ifndef CMD_SUPPLY_H
#define CMD_SUPPLY_H

#include "crew.h"
#include "documents.h"

/* Hands over all that the plan's settings name. False after complaining, where it could not begin,
 * and where the crew was stopped. */
bool supply_all(const Plan *plan, Crew *crew);

#endif
