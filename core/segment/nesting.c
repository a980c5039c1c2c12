/* SPDX-License-Identifier: MIT
 * nesting.c - a stack of names, by the rules of the standard's tree construction that keep it flat.
 */
#include "segment/nesting.h"

/* What a tag is to the others on the stack. */
enum {
    IS_VOID = 1,
    ENDS_PARAGRAPH = 2, /* its start tag ends an open paragraph */
    IS_BARRIER = 4,     /* no end tag of what is outside reaches through it */
    IS_PART = 8         /* a part of a table or a list: its start tag ends parts like it */
};

static const uint8_t roles[TAG_COUNT] = {
    [TAG_AREA] = IS_VOID,
    [TAG_BASE] = IS_VOID,
    [TAG_BASEFONT] = IS_VOID,
    [TAG_BGSOUND] = IS_VOID,
    [TAG_BR] = IS_VOID,
    [TAG_COL] = IS_VOID,
    [TAG_EMBED] = IS_VOID,
    [TAG_FRAME] = IS_VOID,
    [TAG_HR] = IS_VOID | ENDS_PARAGRAPH,
    [TAG_IMAGE] = IS_VOID,
    [TAG_IMG] = IS_VOID,
    [TAG_INPUT] = IS_VOID,
    [TAG_KEYGEN] = IS_VOID,
    [TAG_LINK] = IS_VOID,
    [TAG_META] = IS_VOID,
    [TAG_PARAM] = IS_VOID,
    [TAG_SOURCE] = IS_VOID,
    [TAG_TRACK] = IS_VOID,
    [TAG_WBR] = IS_VOID,
    [TAG_ADDRESS] = ENDS_PARAGRAPH,
    [TAG_ARTICLE] = ENDS_PARAGRAPH,
    [TAG_ASIDE] = ENDS_PARAGRAPH,
    [TAG_BLOCKQUOTE] = ENDS_PARAGRAPH,
    [TAG_CENTER] = ENDS_PARAGRAPH,
    [TAG_DETAILS] = ENDS_PARAGRAPH,
    [TAG_DIALOG] = ENDS_PARAGRAPH,
    [TAG_DIR] = ENDS_PARAGRAPH,
    [TAG_DIV] = ENDS_PARAGRAPH,
    [TAG_DL] = ENDS_PARAGRAPH,
    [TAG_FIELDSET] = ENDS_PARAGRAPH,
    [TAG_FIGCAPTION] = ENDS_PARAGRAPH,
    [TAG_FIGURE] = ENDS_PARAGRAPH,
    [TAG_FOOTER] = ENDS_PARAGRAPH,
    [TAG_FORM] = ENDS_PARAGRAPH,
    [TAG_H1] = ENDS_PARAGRAPH,
    [TAG_H2] = ENDS_PARAGRAPH,
    [TAG_H3] = ENDS_PARAGRAPH,
    [TAG_H4] = ENDS_PARAGRAPH,
    [TAG_H5] = ENDS_PARAGRAPH,
    [TAG_H6] = ENDS_PARAGRAPH,
    [TAG_HEADER] = ENDS_PARAGRAPH,
    [TAG_HGROUP] = ENDS_PARAGRAPH,
    [TAG_LISTING] = ENDS_PARAGRAPH,
    [TAG_MAIN] = ENDS_PARAGRAPH,
    [TAG_MENU] = ENDS_PARAGRAPH,
    [TAG_NAV] = ENDS_PARAGRAPH,
    [TAG_OL] = ENDS_PARAGRAPH,
    [TAG_P] = ENDS_PARAGRAPH,
    [TAG_PRE] = ENDS_PARAGRAPH,
    [TAG_SECTION] = ENDS_PARAGRAPH,
    [TAG_SUMMARY] = ENDS_PARAGRAPH,
    [TAG_UL] = ENDS_PARAGRAPH,
    [TAG_DD] = ENDS_PARAGRAPH | IS_PART,
    [TAG_DT] = ENDS_PARAGRAPH | IS_PART,
    [TAG_LI] = ENDS_PARAGRAPH | IS_PART,
    [TAG_OPTION] = IS_PART,
    [TAG_OPTGROUP] = IS_PART,
    [TAG_TBODY] = IS_PART,
    [TAG_THEAD] = IS_PART,
    [TAG_TFOOT] = IS_PART,
    [TAG_TR] = IS_PART,
    [TAG_TD] = IS_PART | IS_BARRIER,
    [TAG_TH] = IS_PART | IS_BARRIER,
    [TAG_CAPTION] = IS_BARRIER,
    [TAG_TABLE] = IS_BARRIER,
    [TAG_TEMPLATE] = IS_BARRIER,
    [TAG_OBJECT] = IS_BARRIER,
    [TAG_APPLET] = IS_BARRIER,
    [TAG_MARQUEE] = IS_BARRIER,
};

bool nesting_is_void(Tag tag) {
    return roles[tag] & IS_VOID;
}

bool nesting_has(const Nesting *nesting, Tag tag) {
    return nesting->count[tag] > 0;
}

/* Closes all elements from `depth` on. */
static void pop_to(Nesting *nesting, size_t depth) {
    while (nesting->depth > depth) nesting->count[nesting->open[--nesting->depth]]--;
}

/* The name that a start tag ends besides its own: dt and dd, td and th, sections of a table. */
static Tag twin_of(Tag tag) {
    switch (tag) {
    case TAG_DD:
        return TAG_DT;
    case TAG_DT:
        return TAG_DD;
    case TAG_TD:
        return TAG_TH;
    case TAG_TH:
        return TAG_TD;
    default:
        return tag;
    }
}

static bool is_list(Tag tag) {
    return tag == TAG_UL || tag == TAG_OL || tag == TAG_DL || tag == TAG_MENU || tag == TAG_DIR ||
           tag == TAG_SELECT;
}

/* Ends the innermost element of either name; not out of a table, nor of a list if it is a list's.
 */
static void end_part(Nesting *nesting, Tag tag, Tag twin) {
    if (!nesting_has(nesting, tag) && !nesting_has(nesting, twin)) return;
    for (size_t i = nesting->depth; i-- > 0;) {
        const Tag open = (Tag)nesting->open[i];
        if (open == tag || open == twin) {
            pop_to(nesting, i);
            return;
        }
        if (open == TAG_TABLE || is_list(open)) return;
        const bool is_cell = tag == TAG_TD || tag == TAG_TH || tag == TAG_TR || tag == TAG_TBODY ||
                             tag == TAG_THEAD || tag == TAG_TFOOT;
        if (roles[open] & IS_BARRIER && !is_cell) return;
    }
}

/* Ends the innermost element of that name, if nothing that no end tag reaches through is open in
 * it, nor `fence`. */
static void end_open(Nesting *nesting, Tag tag, Tag fence) {
    if (!nesting_has(nesting, tag)) return;
    for (size_t i = nesting->depth; i-- > 0;) {
        const Tag open = (Tag)nesting->open[i];
        if (open == tag) {
            pop_to(nesting, i);
            return;
        }
        if (roles[open] & IS_BARRIER || open == fence) return;
    }
}

bool nesting_open(Nesting *nesting, Tag tag, uint32_t from) {
    if (tag == TAG_FORM && nesting_has(nesting, tag)) return true; /* there is one at a time */
    if (roles[tag] & ENDS_PARAGRAPH) end_open(nesting, TAG_P, TAG_BUTTON);
    if (tag == TAG_BUTTON) end_open(nesting, tag, TAG_COUNT);
    if (roles[tag] & IS_PART) end_part(nesting, tag, twin_of(tag));
    if (roles[tag] & IS_VOID) return nesting->depth < NESTING_MOST;
    if (nesting->depth == NESTING_MOST) {
        nesting->refused[tag]++;
        return false;
    }
    nesting->from[nesting->depth] = from;
    nesting->open[nesting->depth++] = (uint8_t)tag;
    nesting->count[tag]++;
    return true;
}

bool nesting_close(Nesting *nesting, Tag tag) {
    if (nesting->refused[tag]) {
        nesting->refused[tag]--;
        return false;
    }
    if (!nesting_has(nesting, tag)) return true;
    for (size_t i = nesting->depth; i-- > 0;) {
        const Tag open = (Tag)nesting->open[i];
        if (open == tag) {
            pop_to(nesting, i);
            return true;
        }
        if (roles[open] & IS_BARRIER && !(roles[tag] & (IS_BARRIER | IS_PART))) return true;
    }
    return true;
}
