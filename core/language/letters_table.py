#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Writes letters_table.c: class, script and lower case of every code point as a two-stage table.
import sys
import unicodedata

SHIFT = 7
BLOCK = 1 << SHIFT
SPACES = {*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x2028, 0x2029,
          0x202F, 0x205F, 0x3000, 0xFEFF}
JOINERS = {0xAD, 0x200C, 0x200D, 0x2060}
REPLACEMENT = 0xFFFD
SCRIPT_NAMES = [
    ("LATIN", "LATIN"), ("FULLWIDTH LATIN", "LATIN"), ("FEMININE ORDINAL", "LATIN"),
    ("MASCULINE ORDINAL", "LATIN"), ("KELVIN SIGN", "LATIN"), ("ANGSTROM SIGN", "LATIN"),
    ("ROMAN NUMERAL", "LATIN"), ("SMALL ROMAN NUMERAL", "LATIN"), ("CYRILLIC", "CYRILLIC"),
    ("GREEK", "GREEK"), ("OHM SIGN", "GREEK"), ("ARABIC", "ARABIC"), ("HEBREW", "HEBREW"),
    ("CJK UNIFIED IDEOGRAPH", "HAN"), ("CJK COMPATIBILITY IDEOGRAPH", "HAN"),
    ("IDEOGRAPHIC ITERATION MARK", "HAN"), ("IDEOGRAPHIC CLOSING MARK", "HAN"),
    ("IDEOGRAPHIC NUMBER ZERO", "HAN"), ("VERTICAL IDEOGRAPHIC ITERATION MARK", "HAN"),
    ("HANGZHOU NUMERAL", "HAN"), ("HIRAGANA", "KANA"), ("KATAKANA", "KANA"),
    ("HALFWIDTH KATAKANA", "KANA"), ("HENTAIGANA", "KANA"), ("HANGUL", "HANGUL"),
    ("HALFWIDTH HANGUL", "HANGUL"),
]
UNSPACED_NAMES = ("THAI", "LAO", "KHMER", "MYANMAR")


def script_of(name):
    for start, script in SCRIPT_NAMES:
        if name.startswith(start):
            return script
    return "OTHER"


def letter_kind(char, category, name, script):
    if script in ("HAN", "KANA") or name.startswith(UNSPACED_NAMES):
        return "UNSPACED"
    if category == "Ll" or (category == "Nl" and char.upper() != char):
        return "LOWER"
    if category in ("Lu", "Lt") or (category == "Nl" and char.lower() != char):
        return "UPPER"
    return "CASELESS"


def class_and_script(code):
    char = chr(code)
    category = unicodedata.category(char)
    name = unicodedata.name(char, "")
    if code in SPACES:
        return "SPACE", "NONE"
    if category[0] == "M" or code in JOINERS:
        return "MARK", "NONE"
    if code == REPLACEMENT or category[0] in "CZ":
        return "OTHER_SIGN", "NONE"
    if category[0] == "L" or category == "Nl":
        script = script_of(name)
        return letter_kind(char, category, name, script), script
    if category == "Nd":
        return "DIGIT", "NONE"
    return ("PUNCTUATION" if category[0] == "P" else "SYMBOL"), "NONE"


def lower_of(code):
    if code == 0x130:  # the only capital whose full lower case is longer than its simple one
        return ord("i")
    lower = chr(code).lower()
    return ord(lower) if len(lower) == 1 else code


def rows(values, width):
    for at in range(0, len(values), width):
        yield "    " + ", ".join(str(value) for value in values[at:at + width]) + ",\n"


def tables():
    records, blocks, stage1, stage2 = {}, {}, [], []
    for start in range(0, 0x110000, BLOCK):
        block = []
        for code in range(start, start + BLOCK):
            letter, script = class_and_script(code)
            record = (letter, script, lower_of(code) - code)
            block.append(records.setdefault(record, len(records)))
        block = tuple(block)
        if block not in blocks:
            blocks[block] = len(blocks)
            stage2.extend(block)
        stage1.append(blocks[block])
    assert len(records) <= 256 and len(blocks) <= 256
    return list(records), stage1, stage2


def ascii_rows():
    for code in range(128):
        letter, script = class_and_script(code)
        yield f"    {{{code}, 1, LETTER_{letter}, SCRIPT_{script}}},\n"


def main():
    records, stage1, stage2 = tables()
    out = sys.stdout
    out.write(f"""/* SPDX-License-Identifier: MIT
 * letters_table.c - written by letters_table.py from Unicode {unicodedata.unidata_version}; not to be
 * edited. */
#include "language/letters_table.h"

/* clang-format off */
const Letter letter_ascii[128] = {{
""")
    out.writelines(ascii_rows())
    out.write("};\n\nconst LetterRecord letter_records[] = {\n")
    out.writelines(f"    {{{delta}, LETTER_{letter}, SCRIPT_{script}}},\n"
                   for letter, script, delta in records)
    out.write(f"}};\n\nconst uint8_t letter_blocks[{len(stage1)}] = {{\n")
    out.writelines(rows(stage1, 24))
    out.write("};\n\nconst uint8_t letter_rows[] = {\n")
    out.writelines(rows(stage2, 24))
    out.write("};\n")


main()
