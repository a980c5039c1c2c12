/* SPDX-License-Identifier: MIT
 * page.h - what an HTML page adds to a document: its elements, and what markup says of each block.
 * Elements are those that hold text and are not inline; they are numbered as their start tags
 * stand, the root first, so that an element's descendants follow it. */
#ifndef DOCUMENT_PAGE_H
#define DOCUMENT_PAGE_H

#include "base/bytes.h"
#include "document/metadata.h"
#include "document/role.h"
#include "document/tag.h"

/* How an element says that it is not shown: bits. */
enum { HIDDEN_ATTRIBUTE = 1, HIDDEN_ARIA = 2, HIDDEN_STYLE = 4, HIDDEN_TEMPLATE = 8 };

/* What the attributes of an element call it, class, id, role and itemprop: the words in them, and
 * the names as they stand there; hashed, NAMES_MOST of both at most. */
typedef struct Naming {
    const uint32_t *names;
    uint32_t count;
} Naming;

enum { NAMES_MOST = 64 };

typedef struct Element {
    uint32_t parent;  /* its number; the root's own is 0 */
    uint32_t end;     /* the number after its last descendant's */
    uint32_t look;    /* hash of its name and class, and of those of its parent and grandparent */
    uint32_t name;    /* hash of its name and class alone */
    uint32_t ordinal; /* of a list item: its number, as its list counts; of a cell: its place in
                         its row */
    Roles roles;
    Naming naming;
    uint8_t tag;    /* Tag */
    uint8_t depth;  /* of the root 0, at most 255 */
    uint8_t hidden; /* HIDDEN_ bits of its own */
} Element;

/* An inline element that texts stand in. */
typedef struct InlineElement {
    const struct InlineElement *outer; /* the one around it; NULL: none */
    Naming naming;
    Roles roles; /* its own, and of those around it */
} InlineElement;

/* A run of a block's text that stands in the same inline elements. */
typedef struct Inline {
    uint32_t start, end; /* in the document's raw text */
    uint32_t link;       /* number + 1 in page->links; 0: none */
    uint8_t style;       /* STYLE_ bits */
} Inline;

/* What inline elements make of a text: bits. */
enum { STYLE_STRONG = 1, STYLE_EMPHASIS = 2, STYLE_CODE = 4 };

/* What markup says of a block. */
typedef struct Markup {
    uint32_t element;                    /* the innermost it stands in */
    uint32_t first_inline, inline_count; /* in page->inlines */
    const InlineElement *around;         /* the innermost that its first text stands in, or NULL */
    Roles roles;                         /* of the inline elements that all of its texts stand in */
    uint32_t link_bytes, strong_bytes, code_bytes;
    uint16_t links;   /* that it holds, or the parts of which it holds */
    bool is_verbatim; /* white space counts, as in pre */
} Markup;

typedef struct Page {
    Str bytes; /* its own bytes in the document, before they were decoded */
    const Element *elements;
    size_t element_count;
    const Markup *markup; /* of each block */
    const Inline *inlines;
    size_t inline_count;
    const Str *links; /* where links lead: the values of href, decoded */
    size_t link_count;
    const Metadata *metadata;
} Page;

#endif
