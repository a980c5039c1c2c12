/* SPDX-License-Identifier: MIT
 * form.h - what a cleaned document comes out as: its text, a line of JSON that tells of it, the
 * JSON line that it stood in written again, or the spans that would go. All but the first is
 * gathered until the document is whole. */
#ifndef CMD_FORM_H
#define CMD_FORM_H

#include "buffer.h"
#include "channel.h"
#include "record.h"

typedef enum Shape {
    SHAPE_NOTHING, /* the text is not wanted */
    SHAPE_TEXT,
    SHAPE_RECORD,
    SHAPE_LINE, /* of a JSON line */
    SHAPE_SPANS /* the line as it was, and what would go as attributes */
} Shape;

/* A JSON line that a document stands in. */
typedef struct LineOrigin {
    const decant_record *record;
    decant_line *line;
    decant_line_field from, into; /* where the document stands, and where its text is put */
    const char *value;            /* of `from` */
    size_t size;
} LineOrigin;

/* Zeroed, it is empty. */
typedef struct Form {
    Shape shape;
    Tape *tape;
    Record *record;      /* of SHAPE_RECORD */
    LineOrigin line;     /* of SHAPE_LINE and SHAPE_SPANS */
    Buffer kept;         /* of SHAPE_LINE: texts of a page, or ranges of a text */
    Buffer spans;        /* of SHAPE_SPANS */
    uint64_t at, points; /* how far that has come, in bytes and code points */
    Buffer out;
} Form;

/* Begins a document. False after complaining. */
void form_begin(Form *form, Shape shape, Tape *tape);
bool form_begin_capture(Form *form, Tape *tape, const decant_capture *capture);
bool form_begin_record(Form *form, Tape *tape, const char *name);
void form_begin_line(Form *form, Shape shape, Tape *tape, const LineOrigin *line);

/* Takes events, fit to be returned from a sink. */
int form_kept(Form *form, const decant_kept *kept);
int form_fact(Form *form, const decant_fact *fact);
int form_dropped(Form *form, const decant_dropped *dropped);

/* Writes what was gathered. NULL, or why it cannot be written. */
const char *form_end(Form *form);

/* Writes a line that holds no document, or one that could not be judged, as it was. */
void form_pass(Form *form, Shape shape, Tape *tape, const decant_record *record,
               const decant_line *line);

/* Forgets what was gathered. */
void form_clear(Form *form);
void form_done(Form *form);

#endif
