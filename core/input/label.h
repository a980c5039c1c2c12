/* SPDX-License-Identifier: MIT
 * label.h - the charsets that can be read, and the labels they go by in the Encoding Standard. */
#ifndef INPUT_LABEL_H
#define INPUT_LABEL_H

#include "base/bytes.h"

/* How a charset is decoded. */
typedef enum Method { UTF_8, UTF_16LE, UTF_16BE, ONE_BYTE, MANY_BYTES, ISO_2022_JP } Method;

typedef struct Charset {
    const char *name;   /* the Encoding Standard's */
    const char *labels; /* with one space between them */
    Method method;
    const char *iconv, *other_iconv; /* what iconvs call it; NULL: read without one */
} Charset;

/* The charset of a label, white space around it and case aside; NULL where there is none. */
const Charset *label_find(Str label);
const Charset *label_find_text(const char *label); /* NULL for NULL too */

/* Three that are asked for by name. */
const Charset *label_utf_8(void);
const Charset *label_windows_1252(void);
const Charset *label_utf_16(Method method);
bool label_is_utf_16(const Charset *charset);

#endif
