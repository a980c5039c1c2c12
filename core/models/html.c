/* SPDX-License-Identifier: MIT
 * html.c - no model yet. */
#include "models/html.h"

const int32_t model_html[] = {0x544E4344, 2, 0};
const size_t model_html_count = sizeof model_html / sizeof *model_html;
