/* SPDX-License-Identifier: MIT
 * declaration.h - the charset that a page declares. */
#ifndef INPUT_DECLARATION_H
#define INPUT_DECLARATION_H

#include "input/label.h"

/* What its first bytes declare: a meta element, or an XML declaration; NULL for nothing. The HTML
 * standard's "prescan a byte stream to determine its encoding", which goes on beyond the standard's
 * 1024 bytes until the body begins: many a page declares its charset late. */
const Charset *declaration_read(Str raw);

#endif
