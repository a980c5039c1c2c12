/* SPDX-License-Identifier: MIT
 * charset.c - which charset a page is in, with a guess by uchardet where nothing tells, and
 * decoding through iconv, which is asked once for each sign. */
#include "input/charset.h"

#include "base/lanes.h"
#include "base/utf8.h"
#include "input/declaration.h"
#include "language/letters.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

enum {
    SAMPLE = 256 << 10,     /* bytes that a guess is made from */
    VALID_PER_INVALID = 10, /* valid sequences for every invalid byte that make a page UTF-8 */
    REPLACEMENT = 0xFFFD,
    ESCAPE = 0x1B
};

/* ---- which charset it is -------------------------------------------------------------------- */

/* How UTF-8 the bytes are. */
typedef struct Survey {
    size_t first_high;  /* the first byte that is not ASCII, or the end */
    uint64_t sequences; /* valid ones of two bytes and more */
    uint64_t invalid;   /* bytes outside of them */
    uint64_t first_invalid;
} Survey;

typedef struct Choice {
    const Charset *charset;
    CharsetSource source;
} Choice;

/* How many bytes from `at` on are ASCII. */
static size_t ascii_at(Str raw, size_t at) {
    size_t end = at;
    while (raw.len - end >= LANES) {
        uint64_t high = lanes_read(raw.at + end) & LANES_OF(0x80);
        if (high) return end + lanes_first(high) - at;
        end += LANES;
    }
    while (end < raw.len && raw.at[end] < 0x80) end++;
    return end - at;
}

static Survey survey(Str raw) {
    Survey found = {.first_high = ascii_at(raw, 0)};
    size_t at = found.first_high;
    while (at < raw.len) {
        Letter letter = letter_read(raw.at + at, raw.at + raw.len);
        if (letter.size > 1) {
            found.sequences++;
        } else if (!found.invalid++) {
            found.first_invalid = at;
        }
        at += letter.size;
        at += ascii_at(raw, at);
    }
    return found;
}

/* Whether what is not valid is damage: in other charsets hardly a byte in ten is valid. */
static bool is_mostly_utf_8(const Survey *found) {
    return found->sequences && found->invalid <= found->sequences / VALID_PER_INVALID;
}

static const Charset *read_mark(Str raw) {
    if (raw.len >= 3 && !memcmp(raw.at, "\xEF\xBB\xBF", 3)) return label_utf_8();
    if (raw.len >= 2 && !memcmp(raw.at, "\xFF\xFE", 2)) return label_utf_16(UTF_16LE);
    if (raw.len >= 2 && !memcmp(raw.at, "\xFE\xFF", 2)) return label_utf_16(UTF_16BE);
    return NULL;
}

/* What the bytes from `at` on look like; NULL where nothing comes to mind. uchardet is C++ and
 * takes its memory by new, past the allocator; a handle's is gone when this returns. Charsets that
 * it knows and the Encoding Standard does not are passed over: it sees them in other pages than
 * theirs. */
static const Charset *guess(Str raw, size_t at) {
    uchardet_t detector = uchardet_new();
    if (!detector) return NULL;
    size_t size = raw.len - at < SAMPLE ? raw.len - at : SAMPLE;
    const Charset *charset = NULL;
    if (!uchardet_handle_data(detector, (const char *)raw.at + at, size)) {
        uchardet_data_end(detector);
        charset = label_find_text(uchardet_get_charset(detector));
    }
    uchardet_delete(detector);
    return charset;
}

/* UTF-16 without a mark, if the first two units are ASCII; NULL if not. */
static const Charset *read_width(Str raw) {
    const uint8_t *at = raw.at;
    if (raw.len < 4) return NULL;
    if (at[0] && !at[1] && at[2] && !at[3]) return label_utf_16(UTF_16LE);
    return !at[0] && at[1] && !at[2] && at[3] ? label_utf_16(UTF_16BE) : NULL;
}

/* For a page that declares nothing, or wrongly UTF-8. */
static Choice choose_by_bytes(Str raw, const Survey *found) {
    const Charset *wide = read_width(raw);
    if (wide) return (Choice){wide, CHARSET_GUESSED};
    if (found->first_high == raw.len) {
        /* Of what is written in ASCII, ISO-2022-JP alone is not, and it has escapes. */
        const Charset *charset = NULL;
        if (raw.len && memchr(raw.at, ESCAPE, raw.len)) charset = guess(raw, 0);
        if (charset && charset->method == ISO_2022_JP) return (Choice){charset, CHARSET_GUESSED};
        return (Choice){label_utf_8(), CHARSET_DEFAULT};
    }
    if (is_mostly_utf_8(found)) return (Choice){label_utf_8(), CHARSET_GUESSED};
    const Charset *charset = guess(raw, found->first_high);
    if (charset && !label_is_utf_16(charset)) return (Choice){charset, CHARSET_GUESSED};
    return (Choice){label_windows_1252(), CHARSET_DEFAULT};
}

static Choice choose(Str raw, const Survey *found, const char *label) {
    const Charset *given = label_find_text(label);
    const Charset *mark = read_mark(raw);
    /* "utf-16" alone does not tell which of the two: the mark does. */
    if (given && mark && label_is_utf_16(given) && label_is_utf_16(mark))
        return (Choice){mark, CHARSET_GIVEN};
    if (given) return (Choice){given, CHARSET_GIVEN};
    if (mark) return (Choice){mark, CHARSET_MARK};
    const Charset *declared = declaration_read(raw);
    if (!declared) return choose_by_bytes(raw, found);
    bool is_valid = found->sequences && !found->invalid;
    bool is_ascii = found->first_high == raw.len;
    if (declared == label_utf_8() && !is_ascii && !is_mostly_utf_8(found))
        return choose_by_bytes(raw, found);
    if (declared != label_utf_8() && is_valid && !label_is_utf_16(declared))
        return (Choice){label_utf_8(), CHARSET_GUESSED};
    return (Choice){declared, CHARSET_DECLARED};
}

bool charset_is_known(const char *label) {
    return label_find_text(label);
}

/* ---- decoding ------------------------------------------------------------------------------- */

typedef enum SignKind {
    SIGN_UNKNOWN, /* not asked for yet */
    SIGN_FOUND,
    SIGN_CUT, /* more bytes are needed */
    SIGN_BAD  /* means nothing */
} SignKind;

/* What some bytes mean: a code point, in a few of Big5 two. */
typedef struct Sign {
    uint8_t text[4];
    uint8_t text_size, raw_size;
    uint8_t kind; /* SignKind */
} Sign;

/* Answers are kept: of a charset's signs few come in a page, and those often. */
enum { SINGLES = 256, PAIRS = 128 << 8 };

typedef struct Decoder {
    const Charset *charset;
    iconv_t pipe; /* where the charset has an iconv */
    Arena *arena;
    Str raw;
    uint8_t *text;
    size_t size, capacity; /* of text */
    Sign *singles;         /* by byte */
    Sign *pairs;           /* by the lower seven bits of the first byte, and the second */
    Decoded *ret;
} Decoder;

static Sign sign_of(uint32_t code, size_t raw_size) {
    Sign sign = {.raw_size = (uint8_t)raw_size, .kind = SIGN_FOUND};
    sign.text_size = (uint8_t)utf8_write(code, sign.text);
    return sign;
}

static Sign bad_sign(size_t raw_size) {
    Sign sign = sign_of(REPLACEMENT, raw_size);
    sign.kind = SIGN_BAD;
    return sign;
}

/* Bytes that mean nothing together, but for ASCII among them: that is read on its own, as
 * browsers do, so that no lead byte swallows a "<". */
static Sign bad_sequence(const uint8_t *at, size_t size) {
    size_t bad = 1;
    while (bad < size && at[bad] >= 0x80) bad++;
    return bad_sign(bad);
}

/* Where iconv differs from the Encoding Standard. */
static const struct Correction {
    char charset[16];
    uint16_t bytes, code;
} corrections[] = {
    {"gbk", 0x80, 0x20AC},       {"koi8-u", 0xAE, 0x45E},     {"koi8-u", 0xBE, 0x40E},
    {"macintosh", 0xC6, 0x2206}, {"macintosh", 0xF0, 0xF8FF}, {"x-mac-cyrillic", 0xFF, 0x20AC},
    {"big5", 0xA145, 0x2027},    {"big5", 0xA14E, 0xFE51},    {"big5", 0xA15A, 0x2574},
    {"big5", 0xA1C2, 0x00AF},    {"big5", 0xA1C3, 0xFFE3},    {"big5", 0xA1C5, 0x02CD},
    {"big5", 0xA1E3, 0xFF5E},    {"big5", 0xA1F2, 0x2295},    {"big5", 0xA1F3, 0x2299},
    {"big5", 0xA1FE, 0xFF0F},    {"big5", 0xA240, 0xFF3C},    {"big5", 0xA241, 0x2215},
    {"big5", 0xA242, 0xFE68},    {"big5", 0xA244, 0xFFE5},    {"big5", 0xA246, 0xFFE0},
    {"big5", 0xA247, 0xFFE1},    {"big5", 0xA2CC, 0x5341},    {"big5", 0xA2CE, 0x5345},
    {"big5", 0xA3E1, 0x20AC},
};

static const struct Correction *find_correction(const Charset *charset, const uint8_t *at,
                                                size_t size) {
    unsigned bytes = size == 1 ? at[0] : (unsigned)at[0] << 8 | at[1];
    for (size_t i = 0; i < sizeof corrections / sizeof *corrections && size <= 2; i++)
        if (corrections[i].bytes == bytes && !strcmp(corrections[i].charset, charset->name))
            return &corrections[i];
    return NULL;
}

/* What those bytes mean, at most four: all of them, and no others. */
static Sign ask(const Decoder *decoder, const uint8_t *at, size_t size) {
    const struct Correction *correction = find_correction(decoder->charset, at, size);
    if (correction) return sign_of(correction->code, size);
    char raw[4], text[16];
    char *from = raw, *to = text;
    size_t left = size, room = sizeof text;
    memcpy(raw, at, size);
    iconv(decoder->pipe, NULL, NULL, NULL, NULL);
    if (iconv(decoder->pipe, &from, &left, &to, &room) == (size_t)-1)
        return errno == EINVAL ? (Sign){.kind = SIGN_CUT} : bad_sequence(at, size);
    iconv(decoder->pipe, NULL, NULL, &to, &room); /* a letter held back, for an accent to come */
    size_t text_size = (size_t)(to - text);
    Sign sign = {.raw_size = (uint8_t)size, .kind = SIGN_FOUND};
    if (!text_size || text_size > sizeof sign.text) return bad_sequence(at, size);
    memcpy(sign.text, text, text_size);
    sign.text_size = (uint8_t)text_size;
    return sign;
}

/* What a byte from 0x80 on means by itself. */
static Sign ask_single(const Decoder *decoder, uint8_t byte) {
    static const uint16_t controls[32] = {
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
    const Charset *charset = decoder->charset;
    if (charset == label_windows_1252())
        return sign_of(byte < 0xA0 ? controls[byte - 0x80] : byte, 1);
    Sign sign = ask(decoder, &byte, 1);
    /* Browsers read what single-byte charsets leave free here as control characters. */
    if (sign.kind != SIGN_FOUND && charset->method == ONE_BYTE)
        return byte < 0xA0 ? sign_of(byte, 1) : bad_sign(1);
    return sign;
}

/* What the bytes at `at` mean, of which the first is not ASCII; reads no more than `left`. */
static Sign read_sign(Decoder *decoder, const uint8_t *at, size_t left) {
    Sign *single = &decoder->singles[at[0]];
    if (single->kind == SIGN_UNKNOWN) *single = ask_single(decoder, at[0]);
    if (single->kind != SIGN_CUT) return *single;
    if (left < 2) return bad_sign(1);
    Sign *pair = &decoder->pairs[(size_t)(at[0] & 0x7F) << 8 | at[1]];
    if (pair->kind == SIGN_UNKNOWN) *pair = ask(decoder, at, 2);
    if (pair->kind != SIGN_CUT) return *pair;
    for (size_t size = 3; size <= 4 && size <= left; size++) {
        Sign sign = ask(decoder, at, size);
        if (sign.kind != SIGN_CUT) return sign;
    }
    return bad_sequence(at, left < 4 ? left : 4);
}

static decant_status reserve(Decoder *decoder, size_t size) {
    if (size <= decoder->capacity - decoder->size) return DECANT_OK;
    size_t capacity = decoder->capacity + decoder->capacity / 2 + size;
    uint8_t *text = arena_grow(decoder->arena, decoder->text, decoder->size, capacity, 1);
    if (!text) return DECANT_NO_MEMORY;
    decoder->text = text;
    decoder->capacity = capacity;
    return DECANT_OK;
}

/* Adds ASCII as it is. */
static decant_status put_ascii(Decoder *decoder, const uint8_t *at, size_t size) {
    decant_status status = reserve(decoder, size);
    if (status) return status;
    memcpy(decoder->text + decoder->size, at, size);
    decoder->size += size;
    return source_map_add(&decoder->ret->map, decoder->arena, 1, 1, size);
}

/* Adds a sign that is read `skipped` bytes after the last one's end. */
static decant_status put(Decoder *decoder, Sign sign, size_t skipped) {
    Decoded *ret = decoder->ret;
    decant_status status = reserve(decoder, sign.text_size);
    if (status) return status;
    memcpy(decoder->text + decoder->size, sign.text, sign.text_size);
    decoder->size += sign.text_size;
    if (sign.kind == SIGN_BAD) {
        if (!ret->undecodable) ret->first_undecodable = ret->map.raw_size + skipped;
        ret->undecodable += sign.raw_size;
    }
    return source_map_add(&ret->map, decoder->arena, sign.text_size, skipped + sign.raw_size, 1);
}

/* Supersets of ASCII. */
static decant_status decode_bytes(Decoder *decoder) {
    Str raw = decoder->raw;
    decant_status status = DECANT_OK;
    for (size_t at = 0; at < raw.len && !status;) {
        size_t ascii = ascii_at(raw, at);
        if (ascii) {
            status = put_ascii(decoder, raw.at + at, ascii);
            at += ascii;
        } else {
            Sign sign = read_sign(decoder, raw.at + at, raw.len - at);
            status = put(decoder, sign, 0);
            at += sign.raw_size;
        }
    }
    return status;
}

static decant_status decode_utf_16(Decoder *decoder) {
    Str raw = decoder->raw;
    size_t low = decoder->charset->method == UTF_16LE ? 0 : 1; /* where the lower byte is */
    decant_status status = DECANT_OK;
    for (size_t at = 0; at < raw.len && !status;) {
        const uint8_t *unit = raw.at + at;
        size_t left = raw.len - at;
        Sign sign = bad_sign(left < 2 ? 1 : 2);
        uint32_t code = left < 2 ? 0xDC00 : unit[low] | (uint32_t)unit[1 - low] << 8;
        if (code < 0xD800 || code > 0xDFFF) {
            sign = sign_of(code, 2);
        } else if (code < 0xDC00 && left >= 4) {
            uint32_t second = unit[2 + low] | (uint32_t)unit[3 - low] << 8;
            if (second >= 0xDC00 && second <= 0xDFFF)
                sign = sign_of(0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00), 4);
        }
        status = put(decoder, sign, 0);
        at += sign.raw_size;
    }
    return status;
}

/* The sets that escapes of ISO-2022-JP switch to. */
typedef enum JapaneseSet { SET_ASCII, SET_ROMAN, SET_KATAKANA, SET_KANJI } JapaneseSet;

/* Whether an escape stands at `at`; all are of three bytes. */
static bool read_escape(Str raw, size_t at, JapaneseSet *set) {
    static const struct {
        char escape[4];
        JapaneseSet set;
    } escapes[] = {{"\x1B(B", SET_ASCII},
                   {"\x1B(J", SET_ROMAN},
                   {"\x1B(I", SET_KATAKANA},
                   {"\x1B$@", SET_KANJI},
                   {"\x1B$B", SET_KANJI}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (raw.len - at < 3 || memcmp(raw.at + at, escapes[i].escape, 3)) continue;
        *set = escapes[i].set;
        return true;
    }
    return false;
}

/* The sign at `at`, where no escape stands. Its characters are those of EUC-JP less the top
 * bits. */
static Sign read_japanese(Decoder *decoder, Str raw, size_t at, JapaneseSet set) {
    uint8_t byte = raw.at[at];
    bool is_graphic = byte > 0x20 && byte < 0x7F;
    if (byte >= 0x80 || byte == ESCAPE || byte == 0x0E || byte == 0x0F) return bad_sign(1);
    if (set == SET_ASCII || !is_graphic) return sign_of(byte, 1);
    if (set == SET_ROMAN) return sign_of(byte == '\\' ? 0xA5 : byte == '~' ? 0x203E : byte, 1);
    if (set == SET_KATAKANA) return byte < 0x60 ? sign_of(0xFF40u + byte, 1) : bad_sign(1);
    if (raw.len - at < 2 || raw.at[at + 1] <= 0x20 || raw.at[at + 1] >= 0x7F) return bad_sign(1);
    const uint8_t pair[2] = {byte | 0x80, raw.at[at + 1] | 0x80};
    return read_sign(decoder, pair, 2);
}

static decant_status decode_iso_2022_jp(Decoder *decoder) {
    Str raw = decoder->raw;
    JapaneseSet set = SET_ASCII;
    size_t skipped = 0; /* escapes: they belong to the sign after them */
    decant_status status = DECANT_OK;
    for (size_t at = 0; at < raw.len && !status;) {
        if (read_escape(raw, at, &set)) {
            skipped += 3;
            at += 3;
            continue;
        }
        Sign sign = read_japanese(decoder, raw, at, set);
        status = put(decoder, sign, skipped);
        at += sign.raw_size;
        skipped = 0;
    }
    decoder->ret->map.raw_size += skipped; /* escapes at the end, which end with the raw bytes */
    return status;
}

static decant_status decode(Decoder *decoder) {
    decoder->singles = arena_array(decoder->arena, SINGLES, sizeof(Sign));
    if (!decoder->singles) return DECANT_NO_MEMORY;
    Method method = decoder->charset->method;
    if (method == UTF_16LE || method == UTF_16BE) return decode_utf_16(decoder);
    if (method == ONE_BYTE) return decode_bytes(decoder);
    decoder->pairs = arena_array(decoder->arena, PAIRS, sizeof(Sign));
    if (!decoder->pairs) return DECANT_NO_MEMORY;
    return method == MANY_BYTES ? decode_bytes(decoder) : decode_iso_2022_jp(decoder);
}

/* Opens the iconv of a charset that needs one; false where this libc does not know it. */
static bool open_pipe(Decoder *decoder) {
    const iconv_t none = (iconv_t)-1;
    const Charset *charset = decoder->charset;
    decoder->pipe = none;
    if (!charset->iconv) return true;
    decoder->pipe = iconv_open("UTF-8", charset->iconv);
    if (decoder->pipe == none && charset->other_iconv)
        decoder->pipe = iconv_open("UTF-8", charset->other_iconv);
    return decoder->pipe != none;
}

/* Without a sign of UTF-8 that the end cuts in two. */
static Str whole_signs(Str raw) {
    for (size_t back = 1; back <= 3 && back < raw.len; back++) {
        const uint8_t byte = raw.at[raw.len - back];
        const size_t size = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
        if (byte >= 0xC0 && size > back) raw.len -= back;
        if (byte >= 0xC0 || byte < 0x80) break;
    }
    return raw;
}

decant_status charset_decode(Decoded *ret, Arena *arena, Str raw, const char *label, bool more) {
    const Str whole = more ? whole_signs(raw) : raw;
    Survey found = survey(whole);
    Choice choice = choose(whole, &found, label);
    *ret = (Decoded){.text = whole, .charset = choice.charset->name, .source = choice.source};
    if (choice.charset == label_utf_8()) {
        ret->undecodable = found.invalid;
        ret->first_undecodable = found.first_invalid;
        return DECANT_OK;
    }
    bool is_superset = choice.charset->method == ONE_BYTE || choice.charset->method == MANY_BYTES;
    if (!whole.len || (is_superset && found.first_high == whole.len)) return DECANT_OK;
    Decoder decoder = {.charset = choice.charset, .arena = arena, .raw = raw, .ret = ret};
    if (!open_pipe(&decoder)) {
        decoder.charset = label_windows_1252();
        ret->charset = label_windows_1252()->name;
        ret->source = CHARSET_DEFAULT;
    }
    decant_status status = reserve(&decoder, raw.len + raw.len / 4);
    if (!status) status = decode(&decoder);
    if (decoder.pipe != (iconv_t)-1) iconv_close(decoder.pipe);
    if (!status) ret->text = (Str){decoder.text, decoder.size};
    return status;
}
