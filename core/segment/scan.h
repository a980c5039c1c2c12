/* SPDX-License-Identifier: MIT
 * scan.h - the tokens of an HTML page, one at a time, by the tokenization states of the HTML
 * standard (13.2.5).
 *
 *     Scanner scanner = {.page = page};
 *     ScanToken token;
 *     while (scan_next(&scanner, &token)) ...
 *
 * The tokens tile the page: the first starts at 0, each where the one before ends, the last ends
 * with the page, and none is empty. So nothing is decoded here: character references, NUL bytes and
 * line breaks stand in the text as they stand in the page.
 *
 * The page is any bytes in a superset of ASCII. Bytes from 0x80 on are letters like others, a byte
 * order mark too. White space is TAB, LF, FF, CR and the space.
 *
 * A page is read in one go forward, and in a time that grows as the page does, whatever it holds.
 * Nothing is allocated; the page is borrowed and has to outlive the scanner. */
#ifndef SEGMENT_SCAN_H
#define SEGMENT_SCAN_H

#include "base/bytes.h"
#include "document/tag.h"

/* Offsets into the page: start <= offset < end. */
typedef struct ScanRange {
    size_t start, end;
} ScanRange;

typedef enum ScanKind {
    SCAN_TEXT,
    SCAN_START_TAG,
    SCAN_END_TAG,
    SCAN_COMMENT, /* bogus ones too: <?xml ...>, <!element ...>, </3>; and </>, which is nothing */
    SCAN_DOCTYPE, /* one without an end too */
    SCAN_CDATA,   /* in foreign content: text in which & and < mean nothing */
    SCAN_CUT_TAG  /* a tag that the page ends in the middle of: the standard drops it */
} ScanKind;

/* How a text was read: the standard's names for it. */
typedef enum ScanText {
    SCAN_DATA,
    SCAN_RCDATA,   /* title, textarea: no tags, but character references */
    SCAN_RAWTEXT,  /* style, xmp, iframe, noembed, noframes: neither */
    SCAN_SCRIPT,   /* neither; an end tag may be hidden in <!-- <script ... --> */
    SCAN_PLAINTEXT /* neither; goes on to the end of the page */
} ScanText;

typedef struct ScanToken {
    size_t start, end; /* all of it, as it stands in the page */
    ScanKind kind;
    Tag tag;            /* of a tag; of a text in RCDATA and below: the element it stands in */
    ScanRange name;     /* of a tag: as it is written */
    ScanRange inside;   /* of a tag: what scan_attribute reads (end tags should have nothing there);
                           of CDATA: its text; of a text: all from the first byte that is not white
                           space */
    ScanText text;      /* of a text */
    bool self_closing;  /* of a tag: ends in />, which means something in foreign content alone */
    bool has_reference; /* of a text: holds an &, which may begin a character reference */
    bool is_blank;      /* of a text: white space alone (inside is empty) */
} ScanToken;

/* Set the page, and the rest to zero. Then the scanner sets `at` and `raw`, and whoever builds the
 * tree sets the others before each call, as the standard has it:
 *
 * - `is_foreign` while the adjusted current node is not an HTML element, but svg, math or something
 *   in them. There <![CDATA[ begins a section, and no start tag begins raw text.
 * - `is_integration_point` with it while that node is an integration point (foreignObject, mi ...):
 *   start tags go by HTML's rules then, and CDATA stays.
 * - `raw` names the element whose text comes next, after its start tag was read. Where the tree
 *   drops that tag (most in a select, or in a frameset), it is to be set to TAG_UNKNOWN: what
 *   follows is markup then. It may be set for a page that is the content of such an element.
 *
 * The content of noscript is markup: scripting is off. */
typedef struct Scanner {
    Str page;
    Tag raw; /* TAG_UNKNOWN: markup comes next */
    bool is_foreign, is_integration_point;
    size_t at; /* where the next token starts */
    size_t
        arrow; /* where the "-->" that a script was last searched for stands: searched for once */
} Scanner;

/* The next token; false at the end of the page. */
bool scan_next(Scanner *scanner, ScanToken *ret);

/* Whether those signs stand at `at`; letters of `text` are small and stand for capitals too. */
bool scan_stands_at(Str page, size_t at, const char *text, size_t size);

/* TAB, LF, FF, CR and the space. */
bool scan_is_space(uint8_t byte);

/* White space, / or >: what ends a tag's name. */
bool scan_ends_name(uint8_t byte);

/* How an attribute's value is written. */
typedef enum ScanQuotes {
    SCAN_NO_VALUE, /* just a name */
    SCAN_UNQUOTED, /* empty in <a b=> */
    SCAN_SINGLE_QUOTED,
    SCAN_DOUBLE_QUOTED
} ScanQuotes;

typedef struct ScanAttribute {
    ScanRange name;  /* as it is written; never empty */
    ScanRange value; /* without its quotes; character references stand in it */
    ScanQuotes quotes;
} ScanAttribute;

/* The next attribute in *rest, which is a tag's `inside` at first and shrinks with every call;
 * false if there is none. Names may come twice: the first counts, the others are to be ignored. */
bool scan_attribute(Str page, ScanRange *rest, ScanAttribute *ret);

/* The first attribute of that name, which is given in small letters, among a tag's `inside`; false
 * if there is none. */
bool scan_find_attribute(Str page, ScanRange attributes, const char *name, ScanAttribute *ret);

#endif
