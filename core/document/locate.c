/* SPDX-License-Identifier: MIT
 * locate.c - counts line ends from LF to LF, looking for lone CRs in between. */
#include "document/locate.h"

#include <string.h>

/* Counts the CRs of a stretch that holds no LF. */
static void pass_returns(Locator *locator, const uint8_t *at, const uint8_t *end, uint64_t offset) {
    const uint8_t *start = at;
    while (at < end && (at = memchr(at, '\r', (size_t)(end - at)))) {
        at++;
        locator->lines++;
        locator->line_start = offset + (uint64_t)(at - start);
    }
}

void locate_advance(Locator *locator, const uint8_t *bytes, size_t size) {
    if (!size) return;
    const uint8_t *at = bytes, *end = bytes + size;
    while (at < end) {
        uint64_t offset = locator->offset + (uint64_t)(at - bytes);
        const uint8_t *feed = memchr(at, '\n', (size_t)(end - at));
        pass_returns(locator, at, feed ? feed : end, offset);
        if (!feed) break;
        bool paired = feed > bytes ? feed[-1] == '\r' : locator->after_cr;
        if (!paired) locator->lines++;
        at = feed + 1;
        locator->line_start = locator->offset + (uint64_t)(at - bytes);
    }
    locator->after_cr = end[-1] == '\r';
    locator->offset += size;
}

uint64_t locate_line(const Locator *locator) {
    return locator->lines + 1;
}

uint64_t locate_column(const Locator *locator) {
    return locator->offset - locator->line_start + 1;
}
