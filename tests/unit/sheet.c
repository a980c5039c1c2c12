/* SPDX-License-Identifier: MIT
 * sheet.c - pages cut into blocks, for tests. */
#include "sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

void sheet_cut(Sheet *ret, RuleSet *rules, const char *page, size_t size, Tag raw, bool more) {
    *ret = (Sheet){.bytes = malloc(size ? size : 1)};
    assert_non_null(ret->bytes);
    memcpy(ret->bytes, page, size);
    arena_init(&ret->arena, allocator_default());
    const Str bytes = {ret->bytes, size};
    const SegmentSource source = {
        .bytes = bytes, .page = bytes, .map = &ret->map, .raw = raw, .more = more};
    assert_int_equal(segment_page_open(&ret->page, &ret->arena, &source), DECANT_OK);
    ret->end = segment_page_end(ret->page);
    ret->document = (Document){.arena = &ret->arena, .name = "test"};
    assert_int_equal(segment_page_next(ret->page, &ret->document, rules), DECANT_OK);
}

void sheet_read(Sheet *ret, RuleSet *rules, const char *page) {
    sheet_cut(ret, rules, page, strlen(page), TAG_UNKNOWN, false);
    assert_int_equal(ret->end.taken, strlen(page));
}

void sheet_done(Sheet *sheet) {
    arena_done(&sheet->arena);
    free(sheet->bytes);
}

const char *sheet_texts(const Sheet *sheet) {
    const Document *document = &sheet->document;
    size_t size = 1, at = 0;
    for (size_t i = 0; i < document->block_count; i++) size += document->blocks[i].text.len + 3;
    char *texts = arena_array(document->arena, size, 1);
    assert_non_null(texts);
    for (size_t i = 0; i < document->block_count; i++) {
        const Str text = document->blocks[i].text;
        if (i) memcpy(texts + at, " / ", 3);
        at += i ? 3 : 0;
        memcpy(texts + at, text.at, text.len);
        at += text.len;
    }
    return texts;
}
