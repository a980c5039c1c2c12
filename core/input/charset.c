/* SPDX-License-Identifier: MIT
 * charset.c - labels and the prescan by the Encoding and HTML standards, a guess by uchardet where
 * they say nothing, and decoding through iconv, which is asked once for each sign. */
#include "input/charset.h"

#include "base/lanes.h"
#include "language/letters.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

enum {
    HEAD = 1024,            /* bytes in which the standard looks for a declaration */
    LONG_HEAD = 8 << 10,    /* bytes in which it is looked for until the body begins */
    SAMPLE = 256 << 10,     /* bytes that a guess is made from */
    VALID_PER_INVALID = 10, /* valid sequences for every invalid byte that make a page UTF-8 */
    REPLACEMENT = 0xFFFD,
    ESCAPE = 0x1B
};

/* ---- charsets and their labels -------------------------------------------------------------- */

typedef enum Method { UTF_8, UTF_16LE, UTF_16BE, ONE_BYTE, MANY_BYTES, ISO_2022_JP } Method;

typedef struct Charset {
    const char *name;   /* the Encoding Standard's */
    const char *labels; /* with one space between them */
    Method method;
    const char *iconv, *other_iconv; /* what iconvs call it; NULL: read without one */
} Charset;

/* The labels of the Encoding Standard, and a few at the end of a row that uchardet or pages use.
 * Missing is "replacement", whose labels name charsets that browsers refuse to read. */
static const Charset charsets[] = {
    {"utf-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 utf8mb4",
     UTF_8, NULL, NULL},
    /* x-user-defined: what the HTML standard makes of it in a meta element. */
    {"windows-1252",
     "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 "
     "iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined",
     ONE_BYTE, NULL, NULL},
    {"ibm866", "866 cp866 csibm866 ibm866", ONE_BYTE, "CP866", NULL},
    {"iso-8859-2",
     "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
     ONE_BYTE, "ISO-8859-2", NULL},
    {"iso-8859-3",
     "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
     ONE_BYTE, "ISO-8859-3", NULL},
    {"iso-8859-4",
     "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
     ONE_BYTE, "ISO-8859-4", NULL},
    {"iso-8859-5",
     "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 "
     "iso_8859-5:1988",
     ONE_BYTE, "ISO-8859-5", NULL},
    {"iso-8859-6",
     "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
     "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
     ONE_BYTE, "ISO-8859-6", NULL},
    {"iso-8859-7",
     "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
     "iso_8859-7 iso_8859-7:1987 sun_eu_greek",
     ONE_BYTE, "ISO-8859-7", NULL},
    {"iso-8859-8",
     "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
     "iso_8859-8 iso_8859-8:1988 visual",
     ONE_BYTE, "ISO-8859-8", NULL},
    {"iso-8859-8-i", "csiso88598i iso-8859-8-i logical", ONE_BYTE, "ISO-8859-8", NULL},
    {"iso-8859-10", "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6", ONE_BYTE,
     "ISO-8859-10", NULL},
    {"iso-8859-13", "iso-8859-13 iso8859-13 iso885913", ONE_BYTE, "ISO-8859-13", NULL},
    {"iso-8859-14", "iso-8859-14 iso8859-14 iso885914", ONE_BYTE, "ISO-8859-14", NULL},
    {"iso-8859-15", "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin9", ONE_BYTE,
     "ISO-8859-15", NULL},
    {"iso-8859-16", "iso-8859-16", ONE_BYTE, "ISO-8859-16", NULL},
    {"koi8-r", "cskoi8r koi koi8 koi8-r koi8_r", ONE_BYTE, "KOI8-R", NULL},
    {"koi8-u", "koi8-ru koi8-u", ONE_BYTE, "KOI8-U", NULL},
    {"macintosh", "csmacintosh mac macintosh x-mac-roman", ONE_BYTE, "MACINTOSH", NULL},
    {"windows-874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874 cp874", ONE_BYTE,
     "CP874", NULL},
    {"windows-1250", "cp1250 windows-1250 x-cp1250", ONE_BYTE, "CP1250", NULL},
    {"windows-1251", "cp1251 windows-1251 x-cp1251 win-1251", ONE_BYTE, "CP1251", NULL},
    {"windows-1253", "cp1253 windows-1253 x-cp1253", ONE_BYTE, "CP1253", NULL},
    {"windows-1254",
     "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 "
     "latin5 windows-1254 x-cp1254",
     ONE_BYTE, "CP1254", NULL},
    {"windows-1255", "cp1255 windows-1255 x-cp1255", ONE_BYTE, "CP1255", NULL},
    {"windows-1256", "cp1256 windows-1256 x-cp1256", ONE_BYTE, "CP1256", NULL},
    {"windows-1257", "cp1257 windows-1257 x-cp1257", ONE_BYTE, "CP1257", NULL},
    {"windows-1258", "cp1258 windows-1258 x-cp1258", ONE_BYTE, "CP1258", NULL},
    {"x-mac-cyrillic", "x-mac-cyrillic x-mac-ukrainian mac-cyrillic", ONE_BYTE, "MACUKRAINIAN",
     "MACCYRILLIC"},
    {"gbk",
     "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk cp936 euc-cn",
     MANY_BYTES, "GB18030", "GBK"},
    {"gb18030", "gb18030", MANY_BYTES, "GB18030", NULL},
    {"big5", "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950", MANY_BYTES, "BIG5-HKSCS", "BIG5"},
    {"euc-jp", "cseucpkdfmtjapanese euc-jp x-euc-jp", MANY_BYTES, "EUC-JP-MS", "EUC-JP"},
    {"iso-2022-jp", "csiso2022jp iso-2022-jp", ISO_2022_JP, "EUC-JP-MS", "EUC-JP"},
    {"shift_jis", "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932",
     MANY_BYTES, "CP932", "SHIFT_JIS"},
    {"euc-kr",
     "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 "
     "ksc_5601 windows-949 cp949 uhc",
     MANY_BYTES, "CP949", "EUC-KR"},
    {"utf-16be", "unicodefffe utf-16be", UTF_16BE, NULL, NULL},
    {"utf-16le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le", UTF_16LE,
     NULL, NULL},
};

static const Charset *const utf_8 = &charsets[0];
static const Charset *const windows_1252 = &charsets[1];

static bool is_space(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\f' || byte == '\r';
}

static uint8_t lower(uint8_t byte) {
    return letter_is_ascii(byte) ? byte | 0x20 : byte;
}

/* Whether `text`, in small letters, stands at `at`, in letters of either case. */
static bool stands_at(Str bytes, size_t at, const char *text) {
    size_t size = strlen(text);
    if (bytes.len < at || bytes.len - at < size) return false;
    for (size_t i = 0; i < size; i++)
        if (lower(bytes.at[at + i]) != (uint8_t)text[i]) return false;
    return true;
}

static bool is_text(Str bytes, const char *text) {
    return bytes.len == strlen(text) && stands_at(bytes, 0, text);
}

/* Whether one of the words of `labels` is `label`. */
static bool names(const char *labels, Str label) {
    for (const char *word = labels; *word;) {
        size_t size = strcspn(word, " ");
        if (size == label.len) {
            size_t same = 0;
            while (same < size && lower(label.at[same]) == (uint8_t)word[same]) same++;
            if (same == size) return true;
        }
        word += size + (word[size] == ' ');
    }
    return false;
}

/* The standard's "get an encoding"; NULL where the label is not known. */
static const Charset *find_charset(Str label) {
    while (label.len && is_space(label.at[0])) label = (Str){label.at + 1, label.len - 1};
    while (label.len && is_space(label.at[label.len - 1])) label.len--;
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
        if (names(charsets[i].labels, label)) return &charsets[i];
    return NULL;
}

static const Charset *find_charset_of(const char *label) {
    return label ? find_charset((Str){(const uint8_t *)label, strlen(label)}) : NULL;
}

static bool is_utf_16(const Charset *charset) {
    return charset->method == UTF_16LE || charset->method == UTF_16BE;
}

static const Charset *utf_16(Method method) {
    return find_charset_of(method == UTF_16LE ? "utf-16le" : "utf-16be");
}

/* ---- what a page declares ------------------------------------------------------------------- */

typedef struct Attribute {
    Str name, value; /* as they stand in the page */
} Attribute;

static Str cut(Str bytes, size_t start, size_t end) {
    return (Str){bytes.at + start, end - start};
}

static void skip_spaces(Str head, size_t *at) {
    while (*at < head.len && is_space(head.at[*at])) ++*at;
}

/* Where `text` comes next, from `at` on; the end of the head if it does not. */
static size_t find(Str head, size_t at, const char *text) {
    while (at < head.len && !stands_at(head, at, text)) at++;
    return at;
}

/* Reads a value that begins at *at. False where the head ends in it. */
static bool read_value(Str head, size_t *at, Str *ret) {
    size_t start = *at;
    if (start == head.len) return false;
    uint8_t quote = head.at[start];
    if (quote != '"' && quote != '\'') {
        while (*at < head.len && !is_space(head.at[*at]) && head.at[*at] != '>') ++*at;
        *ret = cut(head, start, *at);
        return *at < head.len;
    }
    const uint8_t *end = memchr(head.at + start + 1, quote, head.len - start - 1);
    *at = end ? (size_t)(end - head.at) + 1 : head.len;
    if (end) *ret = cut(head, start + 1, *at - 1);
    return end;
}

/* The standard's "get an attribute"; false where there is none or the head ends in it. */
static bool read_attribute(Str head, size_t *at, Attribute *ret) {
    *ret = (Attribute){0};
    while (*at < head.len && (is_space(head.at[*at]) || head.at[*at] == '/')) ++*at;
    if (*at == head.len || head.at[*at] == '>') return false;
    size_t start = *at;
    for (; *at < head.len; ++*at) {
        uint8_t byte = head.at[*at];
        if (is_space(byte) || byte == '/' || byte == '>' || (byte == '=' && *at > start)) break;
    }
    ret->name = cut(head, start, *at);
    skip_spaces(head, at);
    if (*at == head.len) return false;
    if (head.at[*at] != '=') return true;
    ++*at;
    skip_spaces(head, at);
    return read_value(head, at, &ret->value);
}

/* The standard's "extracting a character encoding from a meta element". */
static const Charset *extract_charset(Str content) {
    size_t at = 0;
    do {
        at = find(content, at, "charset");
        if (at == content.len) return NULL;
        at += strlen("charset");
        skip_spaces(content, &at);
    } while (at == content.len || content.at[at] != '=');
    at++;
    skip_spaces(content, &at);
    if (at == content.len) return NULL;
    size_t start = at;
    uint8_t quote = content.at[at];
    if (quote == '"' || quote == '\'') {
        const uint8_t *end = memchr(content.at + at + 1, quote, content.len - at - 1);
        return end ? find_charset(cut(content, at + 1, (size_t)(end - content.at))) : NULL;
    }
    while (at < content.len && !is_space(content.at[at]) && content.at[at] != ';') at++;
    return find_charset(cut(content, start, at));
}

/* What a meta element tells whose attributes begin at *at; NULL where it tells nothing. */
static const Charset *read_meta(Str head, size_t *at) {
    enum { HTTP_EQUIV = 1, CONTENT = 2, CHARSET = 4 };
    unsigned seen = 0; /* a name that comes again does not count */
    bool is_content_type = false, needs_content_type = false;
    const Charset *charset = NULL;
    Attribute attribute;
    while (read_attribute(head, at, &attribute)) {
        if (is_text(attribute.name, "http-equiv") && !(seen & HTTP_EQUIV)) {
            seen |= HTTP_EQUIV;
            is_content_type = is_text(attribute.value, "content-type");
        } else if (is_text(attribute.name, "content") && !(seen & CONTENT)) {
            const Charset *found = extract_charset(attribute.value);
            if (found && !charset && !(seen & CHARSET)) {
                charset = found;
                needs_content_type = true;
            }
            seen |= CONTENT;
        } else if (is_text(attribute.name, "charset") && !(seen & CHARSET)) {
            seen |= CHARSET;
            charset = find_charset(attribute.value);
            needs_content_type = false;
        }
    }
    if (*at == head.len || (needs_content_type && !is_content_type)) return NULL;
    return charset;
}

/* The standard's "get an XML encoding". */
static const Charset *read_xml(Str head) {
    if (!stands_at(head, 0, "<?xml")) return NULL;
    head.len = find(head, 0, ">");
    size_t at = find(head, 0, "encoding") + strlen("encoding");
    while (at < head.len && head.at[at] <= ' ') at++;
    if (at >= head.len || head.at[at++] != '=') return NULL;
    while (at < head.len && head.at[at] <= ' ') at++;
    Str label = {0};
    if (at == head.len || (head.at[at] != '"' && head.at[at] != '\'')) return NULL;
    if (!read_value(head, &at, &label)) return NULL;
    return find_charset(label);
}

/* Passes over the tag, declaration or comment that the "<" at *at begins, to its last byte; the
 * charset of a meta element that tells one. */
static const Charset *read_markup(Str head, size_t *at, bool *in_body) {
    size_t name = *at + 1 + stands_at(head, *at, "</");
    if (stands_at(head, *at, "<!--")) {
        *at = find(head, *at + 2, "-->") + 2;
    } else if (stands_at(head, *at, "<meta") && *at + 5 < head.len &&
               (is_space(head.at[*at + 5]) || head.at[*at + 5] == '/')) {
        *at += 5;
        return read_meta(head, at);
    } else if (name < head.len && letter_is_ascii(head.at[name])) {
        Attribute attribute;
        if (stands_at(head, *at, "<body")) *in_body = true;
        while (*at < head.len && !is_space(head.at[*at]) && head.at[*at] != '>') ++*at;
        while (read_attribute(head, at, &attribute)) continue;
    } else if (stands_at(head, *at, "<!") || stands_at(head, *at, "</") ||
               stands_at(head, *at, "<?")) {
        *at = find(head, *at, ">");
    }
    return NULL;
}

/* The standard's "prescan a byte stream to determine its encoding", which goes on beyond the
 * standard's 1024 bytes until the body begins: many a page declares its charset late. */
static const Charset *read_declaration(Str raw) {
    static const uint8_t wide_xml_le[] = {'<', 0, '?', 0, 'x', 0};
    static const uint8_t wide_xml_be[] = {0, '<', 0, '?', 0, 'x'};
    Str head = {raw.at, raw.len < LONG_HEAD ? raw.len : LONG_HEAD};
    if (head.len >= sizeof wide_xml_le) {
        if (!memcmp(head.at, wide_xml_le, sizeof wide_xml_le)) return utf_16(UTF_16LE);
        if (!memcmp(head.at, wide_xml_be, sizeof wide_xml_be)) return utf_16(UTF_16BE);
    }
    const Charset *charset = NULL;
    bool in_body = false;
    for (size_t at = 0; at < head.len && !charset; at++) {
        const uint8_t *next = memchr(head.at + at, '<', head.len - at);
        if (!next) break;
        at = (size_t)(next - head.at);
        if (in_body && at >= HEAD) break;
        charset = read_markup(head, &at, &in_body);
    }
    if (!charset) charset = read_xml(head);
    /* Who can read this in ASCII does not read UTF-16. */
    return charset && is_utf_16(charset) ? utf_8 : charset;
}

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
    if (raw.len >= 3 && !memcmp(raw.at, "\xEF\xBB\xBF", 3)) return utf_8;
    if (raw.len >= 2 && !memcmp(raw.at, "\xFF\xFE", 2)) return utf_16(UTF_16LE);
    if (raw.len >= 2 && !memcmp(raw.at, "\xFE\xFF", 2)) return utf_16(UTF_16BE);
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
        charset = find_charset_of(uchardet_get_charset(detector));
    }
    uchardet_delete(detector);
    return charset;
}

/* For a page that declares nothing, or wrongly UTF-8. */
static Choice choose_by_bytes(Str raw, const Survey *found) {
    if (found->first_high == raw.len) {
        /* Of what is written in ASCII, ISO-2022-JP alone is not, and it has escapes. */
        const Charset *charset = NULL;
        if (raw.len && memchr(raw.at, ESCAPE, raw.len)) charset = guess(raw, 0);
        if (charset && charset->method == ISO_2022_JP) return (Choice){charset, CHARSET_GUESSED};
        return (Choice){utf_8, CHARSET_DEFAULT};
    }
    if (is_mostly_utf_8(found)) return (Choice){utf_8, CHARSET_GUESSED};
    const Charset *charset = guess(raw, found->first_high);
    if (charset && !is_utf_16(charset)) return (Choice){charset, CHARSET_GUESSED};
    return (Choice){windows_1252, CHARSET_DEFAULT};
}

static Choice choose(Str raw, const Survey *found, const char *label) {
    const Charset *given = find_charset_of(label);
    const Charset *mark = read_mark(raw);
    /* "utf-16" alone does not tell which of the two: the mark does. */
    if (given && mark && is_utf_16(given) && is_utf_16(mark)) return (Choice){mark, CHARSET_GIVEN};
    if (given) return (Choice){given, CHARSET_GIVEN};
    if (mark) return (Choice){mark, CHARSET_MARK};
    const Charset *declared = read_declaration(raw);
    if (!declared) return choose_by_bytes(raw, found);
    bool is_valid = found->sequences && !found->invalid;
    bool is_ascii = found->first_high == raw.len;
    if (declared == utf_8 && !is_ascii && !is_mostly_utf_8(found))
        return choose_by_bytes(raw, found);
    if (declared != utf_8 && is_valid && !is_utf_16(declared))
        return (Choice){utf_8, CHARSET_GUESSED};
    return (Choice){declared, CHARSET_DECLARED};
}

bool charset_is_known(const char *label) {
    return find_charset_of(label);
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
    if (code < 0x80) {
        sign.text[sign.text_size++] = (uint8_t)code;
        return sign;
    }
    unsigned trails = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const uint8_t lead[] = {0, 0xC0, 0xE0, 0xF0};
    sign.text[sign.text_size++] = (uint8_t)(lead[trails] | code >> 6 * trails);
    while (trails--) sign.text[sign.text_size++] = (uint8_t)(0x80 | (code >> 6 * trails & 0x3F));
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
    if (charset == windows_1252) return sign_of(byte < 0xA0 ? controls[byte - 0x80] : byte, 1);
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

decant_status charset_decode(Decoded *ret, Arena *arena, Str raw, const char *label) {
    Survey found = survey(raw);
    Choice choice = choose(raw, &found, label);
    *ret = (Decoded){.text = raw, .charset = choice.charset->name, .source = choice.source};
    if (choice.charset == utf_8) {
        ret->undecodable = found.invalid;
        ret->first_undecodable = found.first_invalid;
        return DECANT_OK;
    }
    bool is_superset = choice.charset->method == ONE_BYTE || choice.charset->method == MANY_BYTES;
    if (!raw.len || (is_superset && found.first_high == raw.len)) return DECANT_OK;
    Decoder decoder = {.charset = choice.charset, .arena = arena, .raw = raw, .ret = ret};
    if (!open_pipe(&decoder)) {
        decoder.charset = windows_1252;
        ret->charset = windows_1252->name;
        ret->source = CHARSET_DEFAULT;
    }
    decant_status status = reserve(&decoder, raw.len + raw.len / 4);
    if (!status) status = decode(&decoder);
    if (decoder.pipe != (iconv_t)-1) iconv_close(decoder.pipe);
    if (!status) ret->text = (Str){decoder.text, decoder.size};
    return status;
}
