/* SPDX-License-Identifier: MIT
 * render.h - blocks of a page as readable text: as plain text or as Markdown. What stands between
 * two blocks depends on where they stand in the page: paragraphs are parted by an empty line, the
 * next item of a list and the next row of a table by a line break, cells of a row by a bar. */
#ifndef OUTPUT_RENDER_H
#define OUTPUT_RENDER_H

#include "document/document.h"
#include "output/line.h"

/* Margins end here: what is nested deeper stands no further in. */
enum { MARGIN_MOST = 32 };

/* Where a block stands, as far as it shows. Elements by number; 0: in none. */
typedef struct Setting {
    uint32_t list;       /* what holds the outermost item around it */
    uint32_t quote;      /* the outermost around it, where that shows */
    uint32_t row, table; /* of a table that is one by its cells */
    uint32_t column;     /* from 1 */
    uint8_t level;       /* of a heading, where that shows */
    bool is_verbatim;
    bool begins_item;                             /* the first of an item that is rendered */
    char first[MARGIN_MOST], others[MARGIN_MOST]; /* what its lines begin with: at their ends */
    uint8_t margin;                               /* so many bytes of them */
    uint8_t in_quote; /* those of them behind the outermost quote's sign */
} Setting;

/* What an element holds. */
typedef struct Inside {
    uint32_t blocks;
    uint8_t columns; /* of a table and what is in it */
    bool is_crowded; /* of a row: a cell holds several blocks */
    bool is_table;   /* it has a row of several cells with a block each */
} Inside;

typedef struct Renderer {
    const Document *document;
    Line *line; /* where the text goes */
    decant_format format;
    bool links;         /* Markdown only: where links lead */
    Inside *inside;     /* of each element, in the document's arena */
    Setting before;     /* of the block that was rendered last */
    uint32_t element;   /* that it stands in */
    size_t cells, rows; /* of the row and the table that are open */
    bool any;           /* anything was rendered of the document so far */
} Renderer;

/* `any`: whether something of the document was rendered before this part. */
decant_status render_open(Renderer *renderer, const Document *document, Line *line,
                          decant_format format, bool links, bool any);

/* Adds a block, and before it what parts it from the one before. Blocks come in their order. */
void render_block(Renderer *renderer, size_t block);

/* Adds what is still open at the part's end. */
void render_close(Renderer *renderer);

#endif
