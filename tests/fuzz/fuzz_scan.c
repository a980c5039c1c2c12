/* SPDX-License-Identifier: MIT
 * fuzz_scan.c - scans any bytes as an HTML page and stops hard where tokens do not tile it, where
 * what they tell lies outside of them, or where what follows the page in memory makes a difference.
 * The first byte chooses what the tree says between tokens. */
#include "segment/scan.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the first byte chooses. */
enum {
    FOREIGN = 1,       /* the page is in foreign content */
    POINT = 2,         /* ... and at an integration point */
    ALTERNATING = 4,   /* every start tag takes the page in and out of it */
    DROPPING = 8,      /* start tags are dropped: their text is markup */
    FIRST_RAW = 1 << 4 /* from here on: the element whose content the page is */
};

static void check(bool is_right) {
    if (!is_right) abort();
}

static void check_range(const ScanToken *token, ScanRange range) {
    check(range.start >= token->start && range.start <= range.end && range.end <= token->end);
}

static void check_attributes(Str page, const ScanToken *token) {
    ScanRange rest = token->inside;
    ScanAttribute attribute;
    for (size_t end = rest.start; scan_attribute(page, &rest, &attribute); end = rest.start) {
        check(attribute.name.start >= end && attribute.name.start < attribute.name.end);
        check(attribute.value.start >= attribute.name.end);
        check(attribute.value.start <= attribute.value.end && attribute.value.end <= rest.start);
        check(rest.start <= token->inside.end);
    }
}

static void check_text(Str page, const ScanToken *token) {
    const uint8_t *start = page.at + token->start;
    const size_t size = token->end - token->start;
    bool is_blank = true;
    for (size_t i = 0; i < size; i++)
        is_blank = is_blank && start[i] && strchr("\t\n\f\r ", start[i]);
    check(token->is_blank == is_blank && is_blank == (token->inside.start == token->inside.end));
    check(token->inside.end == token->end);
    const bool has_sign = memchr(start, '&', size) != NULL;
    check(token->has_reference == (has_sign && token->text <= SCAN_RCDATA));
}

static void check_token(Str page, const ScanToken *token) {
    if (token->kind == SCAN_TEXT || token->kind == SCAN_CDATA) check_range(token, token->inside);
    if (token->kind == SCAN_TEXT) check_text(page, token);
    if (token->kind != SCAN_START_TAG && token->kind != SCAN_END_TAG) return;
    check_range(token, token->name);
    check_range(token, token->inside);
    check(token->name.start < token->name.end && token->name.end == token->inside.start);
    check(page.at[token->end - 1] == '>' && token->inside.end == token->end - 1);
    check_attributes(page, token);
}

/* The tree's answer to a token. */
static void answer(Scanner *scanner, uint8_t choice, const ScanToken *token) {
    if (token->kind != SCAN_START_TAG) return;
    if (choice & ALTERNATING) scanner->is_foreign = !scanner->is_foreign;
    if (choice & DROPPING) scanner->raw = TAG_UNKNOWN;
}

static Scanner start(Str page, uint8_t choice) {
    static const Tag raws[] = {TAG_UNKNOWN, TAG_SCRIPT, TAG_TITLE, TAG_STYLE};
    return (Scanner){.page = page,
                     .raw = raws[choice / FIRST_RAW % (sizeof raws / sizeof *raws)],
                     .is_foreign = choice & FOREIGN,
                     .is_integration_point = choice & POINT};
}

static bool is_same_range(ScanRange one, ScanRange other) {
    return one.start == other.start && one.end == other.end;
}

static bool is_same(const ScanToken *one, const ScanToken *other) {
    return one->start == other->start && one->end == other->end && one->kind == other->kind &&
           one->tag == other->tag && is_same_range(one->name, other->name) &&
           is_same_range(one->inside, other->inside) && one->text == other->text &&
           one->self_closing == other->self_closing && one->has_reference == other->has_reference &&
           one->is_blank == other->is_blank;
}

/* The page lies once in memory of its own size, and once with what would end anything behind it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char ends[] = ">-->]]>\"'></script></title></style><p>";
    const uint8_t choice = size ? *data : 0;
    const size_t page_size = size ? size - 1 : 0;
    uint8_t *exact = malloc(page_size ? page_size : 1), *roomy = malloc(page_size + sizeof ends);
    check(exact && roomy);
    memcpy(exact, data + (size > 0), page_size);
    memcpy(roomy, exact, page_size);
    memcpy(roomy + page_size, ends, sizeof ends);
    Scanner scanner = start((Str){exact, page_size}, choice);
    Scanner other = start((Str){roomy, page_size}, choice);
    ScanToken token, same;
    size_t at = 0;
    for (; scan_next(&scanner, &token); at = token.end) {
        check(token.start == at && token.end > at && token.end <= page_size);
        check_token(scanner.page, &token);
        check(scan_next(&other, &same) && is_same(&token, &same));
        answer(&scanner, choice, &token);
        answer(&other, choice, &same);
    }
    check(at == page_size && !scan_next(&other, &same));
    free(exact);
    free(roomy);
    return 0;
}
