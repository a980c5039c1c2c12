/* SPDX-License-Identifier: MIT
 * label.c - the table of charsets and labels. */
#include "input/label.h"

#include "language/letters.h"

#include <string.h>

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

static bool is_space(uint8_t byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\f' || byte == '\r';
}

static uint8_t lower(uint8_t byte) {
    return letter_is_ascii(byte) ? byte | 0x20 : byte;
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
const Charset *label_find(Str label) {
    while (label.len && is_space(label.at[0])) label = (Str){label.at + 1, label.len - 1};
    while (label.len && is_space(label.at[label.len - 1])) label.len--;
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
        if (names(charsets[i].labels, label)) return &charsets[i];
    return NULL;
}

const Charset *label_find_text(const char *label) {
    return label ? label_find((Str){(const uint8_t *)label, strlen(label)}) : NULL;
}

const Charset *label_utf_8(void) {
    return &charsets[0];
}

const Charset *label_windows_1252(void) {
    return &charsets[1];
}

bool label_is_utf_16(const Charset *charset) {
    return charset->method == UTF_16LE || charset->method == UTF_16BE;
}

const Charset *label_utf_16(Method method) {
    return label_find_text(method == UTF_16LE ? "utf-16le" : "utf-16be");
}
