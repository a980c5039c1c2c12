/* SPDX-License-Identifier: MIT
 * verdict.h - weighs the evidence of a document's blocks and decides: the only place that does. */
#ifndef VERDICT_VERDICT_H
#define VERDICT_VERDICT_H

#include "document/document.h"

typedef struct Model Model;
typedef struct RunSearch RunSearch;

/* The model: data as written by models/train.py (copied), or the compiled-in one for NULL, of which
 * nothing is read until it is demanded. NULL and *status set on failure. */
Model *model_open(const decant_allocator *allocator, const void *data, size_t size,
                  decant_status *status);
void model_close(Model *model);

/* Reads what judges plain texts, or pages, of the compiled-in model, unless that was done: before
 * the first of either is segmented. */
decant_status model_demand_texts(Model *model);
decant_status model_demand_pages(Model *model);

/* What is told of blocks that go: without kinds those of a plain text are DECANT_OTHER (a page's
 * cost nothing), reasons are left at 0. Kinds cost little of what deciding costs, reasons about as
 * much. */
typedef enum VerdictDetail { DETAIL_NONE, DETAIL_KINDS, DETAIL_REASONS } VerdictDetail;

/* Sets the verdict of every block. `min_confidence` in permille, 0 for the model's threshold.
 * `margin` is added to the model's thresholds (twice to those of a text that is no dump), 1024 a
 * unit of log-odds: the higher, the less goes.
 */
decant_status verdict_decide(Document *document, const Model *model, int min_confidence,
                             int32_t margin, VerdictDetail detail);

/* Adds to every block's verdict what speaks for it; of those that go, what verdict_decide told. */
decant_status verdict_explain(Document *document, const Model *model);

/* The features a verdict reads of a block, by name: the evidence itself and what its surroundings
 * add. NULL past the end. */
const char *feature_name(size_t feature);
size_t feature_count(void);
/* The words of a reason for a feature with this value, written into `words`. */
void feature_words(size_t feature, int value, char *words, size_t size);

/* The same for blocks of HTML pages. */
const char *page_column_name(size_t column);
size_t page_column_count(void);
void page_column_words(size_t column, int value, char *words, size_t size);

/* The features of every block, a row of feature_count() values each (of a page,
 * page_column_count()), in the document's arena. */
decant_status verdict_features(Document *document, const Model *model, int16_t **ret_rows);

/* Begins to go through the runs of a plain text's blocks (verdict/runs.h); NULL if it has none. */
decant_status verdict_search_runs(const Document *document, const Model *model,
                                  RunSearch **ret_search);

/* The row by which the gate judges a plain text (verdict/gate.h), in its arena; NULL if it has
 * none. */
decant_status verdict_gate_row(const Document *document, const Model *model,
                               const int16_t **ret_row);

#endif
