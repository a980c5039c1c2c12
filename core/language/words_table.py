#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Writes words_table.c from stop_words.txt: an open-addressed table of word hashes.
import pathlib
import sys
import unicodedata

TAGS = "en de fr es it pt nl pl ru ja zh ar".split()
COLUMNS = ("stop", "reader", "self", "back")
BITS = 13


def word_hash(word):
    value = 2166136261
    for char in word:
        value = (value ^ ord(char)) * 16777619 & 0xFFFFFFFF
    return value


def slot_of(value, bits):
    return (value * 0x9E3779B1 & 0xFFFFFFFF) >> (32 - bits)


def is_of_word(char):
    return char == "'" or unicodedata.category(char)[0] in "LMN"


def read(path):
    words, column, bit = {}, 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("["):
            tag, column = line.strip("[]").split()
            bit, column = 1 << TAGS.index(tag), COLUMNS.index(column)
        elif line and not line.startswith("#"):
            for word in line.split():
                assert word == word.lower() and all(is_of_word(char) for char in word), word
                words.setdefault(word, [0] * len(COLUMNS))[column] |= bit
    return words


def place(words, bits):
    """The slots of a table of so many bits: of words, by their hashes, each with what is told of it."""
    slots = [None] * (1 << bits)
    hashes = {word_hash(word): told for word, told in words.items()}
    assert len(hashes) == len(words) < len(slots) and 0 not in hashes
    for value, told in sorted(hashes.items()):
        at = slot_of(value, bits)
        while slots[at]:
            at = (at + 1) % len(slots)
        slots[at] = (value, *told)
    return slots


def main():
    words = read(pathlib.Path(__file__).with_name("stop_words.txt"))
    assert len(words) <= 1 << (BITS - 1)
    slots = place(words, BITS)
    sys.stdout.write(f"""/* SPDX-License-Identifier: MIT
 * words_table.c - the {len(words)} words of stop_words.txt, written by words_table.py; not to be
 * edited. */
#include "language/words.h"

/* clang-format off */
const WordEntry word_table[1 << WORD_TABLE_BITS] = {{
""")
    for at, slot in enumerate(slots):
        if slot:
            sys.stdout.write(f"    [{at}] = {{0x{slot[0]:08X}, {slot[1]}, {slot[2]}, {slot[3]}, {slot[4]}}},\n")
    sys.stdout.write("};\n")


if __name__ == "__main__":
    main()
