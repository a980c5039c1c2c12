/* SPDX-License-Identifier: MIT
 * refusing.h - an allocator that has no memory to give. */
#ifndef UNIT_REFUSING_H
#define UNIT_REFUSING_H

#include "decant.h"

extern const decant_allocator refusing;

#endif
