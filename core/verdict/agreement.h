/* SPDX-License-Identifier: MIT
 * agreement.h - whether each block is about what stands around it is, and the rest of the document
 * (columns.h, AGREEMENTS): where one text ends and another begins, no word need change, but what
 * they are about does. */
#ifndef VERDICT_AGREEMENT_H
#define VERDICT_AGREEMENT_H

#include "verdict/columns.h"
#include "verdict/topics.h"

/* Rows of all blocks, in the document's arena. NULL when memory is refused. */
AgreementRow *agreement_measure(const Document *document, const Topics *topics);

#endif
