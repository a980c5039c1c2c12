/* SPDX-License-Identifier: MIT
 * fuzz_charset.c - decodes any bytes in a charset that the first byte chooses, and stops hard where
 * the text is no UTF-8, or where it does not lead back to the bytes in order. */
#include "input/charset.h"

#include "language/letters.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool is_right) {
    if (!is_right) abort();
}

static const char *const labels[] = {
    NULL,           "utf-8",        "utf-16le",     "utf-16be",       "gbk",
    "gb18030",      "big5",         "euc-jp",       "iso-2022-jp",    "shift_jis",
    "euc-kr",       "ibm866",       "iso-8859-2",   "iso-8859-3",     "iso-8859-4",
    "iso-8859-5",   "iso-8859-6",   "iso-8859-7",   "iso-8859-8",     "iso-8859-8-i",
    "iso-8859-10",  "iso-8859-13",  "iso-8859-14",  "iso-8859-15",    "iso-8859-16",
    "koi8-r",       "koi8-u",       "macintosh",    "windows-874",    "windows-1250",
    "windows-1251", "windows-1252", "windows-1253", "windows-1254",   "windows-1255",
    "windows-1256", "windows-1257", "windows-1258", "x-mac-cyrillic", "of no charset"};

/* Signs of the text stand in the bytes in order. Two may come from the same bytes, as in Big5. */
static void check_text(const Decoded *decoded, Str raw) {
    const Str text = decoded->text;
    const bool is_raw = text.at == raw.at;
    uint64_t before = 0;
    for (size_t at = 0; at < text.len;) {
        const Letter letter = letter_read(text.at + at, text.at + text.len);
        check(is_raw || letter.code != 0xFFFD || letter.size > 1);
        const uint64_t from = source_map_raw(&decoded->map, at);
        check(from >= before && from < raw.len);
        check(source_map_raw(&decoded->map, at + letter.size - 1) == from || is_raw);
        before = from;
        at += letter.size;
    }
    check(source_map_raw(&decoded->map, text.len) == raw.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const size_t head = size > 0;
    const char *label = labels[(size ? data[0] : 0) % (sizeof labels / sizeof *labels)];
    const Str raw = {data + head, size - head};
    Arena arena;
    Decoded decoded;
    arena_init(&arena, allocator_default());
    check(charset_decode(&decoded, &arena, raw, label, false) == DECANT_OK);
    check(decoded.charset && charset_is_known(decoded.charset));
    check(decoded.undecodable ? decoded.first_undecodable < raw.len : !decoded.first_undecodable);
    check_text(&decoded, raw);
    arena_done(&arena);
    return 0;
}
