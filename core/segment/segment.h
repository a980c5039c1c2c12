/* SPDX-License-Identifier: MIT
 * segment.h - turns a document's raw bytes into blocks. */
#ifndef SEGMENT_SEGMENT_H
#define SEGMENT_SEGMENT_H

#include "document/document.h"

/* The most blocks a part may hold; a document with more goes on as a next part. */
enum { SEGMENT_MAX_BLOCKS = 1 << 15 };

/* Cuts document->raw into blocks, reads their shape, words and rule hits. Where `more` is true the
 * document goes on after raw: then only whole paragraphs are taken (or, where raw holds a single
 * one, as much as possible up to a block boundary). *ret_taken is the count of raw bytes that the
 * blocks and the white space around them cover; raw is shortened to it. It is never 0 for a raw
 * that is not empty. With `more` false it is all of raw unless SEGMENT_MAX_BLOCKS was reached. */
decant_status segment_text(Document *document, RuleSet *rules, bool more, size_t *ret_taken);

#endif
