/* SPDX-License-Identifier: MIT
 * page.h - the verdict on an HTML page: what verdict.h promises, for documents that have one. */
#ifndef VERDICT_PAGE_H
#define VERDICT_PAGE_H

#include "verdict/verdict.h"

decant_status page_decide(Document *document, const Model *model, int min_confidence,
                          int32_t margin, VerdictDetail detail);
decant_status page_explain(Document *document, const Model *model);
decant_status page_rows(Document *document, const Model *model, int16_t **ret_rows);

#endif
