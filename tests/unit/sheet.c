/* SPDX-License-Identifier: MIT
 * sheet.c - pages cut into blocks, for tests. */
#include "sheet.h"

#include "filters/filter.h"
#include "verdict/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static void cut(Sheet *ret, RuleSet *rules, const Lexicon *lexicon, const char *page, size_t size,
                Tag raw, bool more) {
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
    assert_int_equal(segment_page_next(ret->page, &ret->document, rules, lexicon), DECANT_OK);
}

void sheet_cut(Sheet *ret, RuleSet *rules, const char *page, size_t size, Tag raw, bool more) {
    static const Lexicon no_lexicon = {0};
    cut(ret, rules, &no_lexicon, page, size, raw, more);
}

void sheet_read(Sheet *ret, RuleSet *rules, const char *page) {
    sheet_cut(ret, rules, page, strlen(page), TAG_UNKNOWN, false);
    assert_int_equal(ret->end.taken, strlen(page));
}

void sheet_judge(Sheet *ret, RuleSet *rules, const char *page) {
    sheet_read(ret, rules, page);
    assert_int_equal(filters_judge(&ret->document), DECANT_OK);
}

void sheet_lean(Sheet *ret, RuleSet *rules, const Lexicon *lexicon, const char *page) {
    cut(ret, rules, lexicon, page, strlen(page), TAG_UNKNOWN, false);
    assert_int_equal(filters_judge(&ret->document), DECANT_OK);
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

void sheet_expect(const Sheet *sheet, Evidence evidence, const int *values, size_t count) {
    assert_int_equal(sheet->document.block_count, count);
    for (size_t i = 0; i < count; i++) {
        const int value = sheet->document.blocks[i].evidence[evidence];
        if (value != values[i])
            fail_msg("%s of block %zu is %d, not %d", evidence_name(evidence), i, value, values[i]);
    }
}

size_t sheet_column(const char *name) {
    for (size_t i = 0; i < page_column_count(); i++)
        if (strcmp(page_column_name(i), name) == 0) return i;
    fail_msg("there is no column %s", name);
    return 0;
}

void sheet_stump(Forge *forge, int32_t tag, const char *column, int threshold, int32_t low,
                 int32_t high) {
    const size_t index = sheet_column(column);
    forge_forest(forge, tag, index + 1, 1, 1, 0);
    forge_tree(forge, index, threshold, low, high);
    forge_end_section(forge);
}

void sheet_decision(Forge *forge, int32_t least, int32_t most) {
    const int32_t words[] = {least, most, -2048, 0, 2048, 1000};
    forge_section(forge, SHEET_DECISION);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) forge_put(forge, words[i]);
    forge_end_section(forge);
}
