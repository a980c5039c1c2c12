/* SPDX-License-Identifier: MIT
 * render.h - blocks of a page as readable text: as plain text or as Markdown. What stands between
 * two blocks depends on where they stand in the page: paragraphs are parted by an empty line, items
 * of a list and rows of a table by a line break, cells of a row by a bar. */
#ifndef OUTPUT_RENDER_H
#define OUTPUT_RENDER_H

#include "document/document.h"
#include "output/line.h"

/* Where a block stands, as far as it shows. Elements by number; 0: in none. */
typedef struct Setting {
    uint32_t item, list, list_root, definitions; /* `list`: the one that the item belongs to */
    uint32_t row, table;                         /* of a table that is one by its cells */
    uint8_t list_depth, quote_depth, level;
    bool is_verbatim;
} Setting;

typedef struct Renderer {
    const Document *document;
    Line *line; /* where the text goes */
    decant_format format;
    bool links;          /* Markdown only: where links lead */
    uint32_t *blocks_in; /* of each element, in the document's arena */
    Setting before;      /* of the block that was rendered last */
    size_t cells, rows;  /* of the table and the row that are open */
    uint32_t element;    /* of the block rendered last */
    bool any;            /* anything was rendered of the document so far */
    bool fresh;          /* nothing was of the part */
} Renderer;

/* `any`: whether something of the document was rendered before this part. */
decant_status render_open(Renderer *renderer, const Document *document, Line *line,
                          decant_format format, bool links, bool any);

/* Adds a block, and before it what parts it from the one before. Blocks come in their order. */
void render_block(Renderer *renderer, size_t block);

/* Adds what is still open at the part's end. */
void render_close(Renderer *renderer);

#endif
