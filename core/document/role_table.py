#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Writes role_table.c from role.list: an open-addressed table of word hashes.
import pathlib
import re
import sys

BITS = 11


def word_hash(word):
    value = 2166136261
    for char in word:
        value = (value ^ ord(char)) * 16777619 & 0xFFFFFFFF
    return value


def read(path):
    roles = re.findall(r'^ROLE\((\w+), "\w+", "([^"]*)"\)$', path.read_text(encoding="utf-8"), re.MULTILINE)
    out = {}
    for role, words in roles:
        for word in words.split():
            assert word not in out, f"{word} stands twice"
            out[word] = role
    return out


def place(words):
    slots = [None] * (1 << BITS)
    assert len(words) <= len(slots) // 2
    assert len({word_hash(word) for word in words}) == len(words)
    for word, role in sorted(words.items()):
        at = (word_hash(word) * 0x9E3779B1 & 0xFFFFFFFF) >> (32 - BITS)
        while slots[at]:
            at = (at + 1) % len(slots)
        slots[at] = (word_hash(word), role)
    return slots


def main():
    words = read(pathlib.Path(__file__).with_name("role.list"))
    sys.stdout.write(f"""/* SPDX-License-Identifier: MIT
 * role_table.c - the {len(words)} words of role.list, written by role_table.py; not to be edited. */
#include "document/role.h"

/* clang-format off */
const RoleEntry role_table[1 << ROLE_TABLE_BITS] = {{
""")
    for at, slot in enumerate(place(words)):
        if slot:
            sys.stdout.write(f"    [{at}] = {{0x{slot[0]:08X}, ROLE_{slot[1]}}},\n")
    sys.stdout.write("};\n")


main()
