#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Writes reference_table.c: the named character references of the HTML standard (13.5), which
# Python's html.entities.html5 lists.
import html.entities
import string
import sys

LETTERS = range(ord("A"), ord("z") + 1)


def rows(values, width):
    for at in range(0, len(values), width):
        yield "    " + ", ".join(str(value) for value in values[at:at + width]) + ",\n"


def tables():
    values = html.entities.html5
    names = sorted(name[:-1] for name in values if name.endswith(";"))
    bare = {name for name in values if not name.endswith(";")}
    assert bare <= set(names)
    signs, records, pieces = bytearray(), [], {}
    for name in names:
        assert all(char in string.ascii_letters + string.digits for char in name)
        assert name not in bare or values[name] == values[name + ";"]
        piece = name.encode() + values[name + ";"].encode()
        records.append((len(signs), len(name), len(piece) - len(name), int(name in bare)))
        signs += piece
    first = [sum(name[0] < chr(letter) for name in names) for letter in LETTERS]
    assert len(signs) < 1 << 16 and max(record[1] for record in records) < 32
    assert max(record[2] for record in records) <= 7
    return signs, records, first + [len(names)]


def main():
    signs, records, first = tables()
    bare_sizes = [record[1] for record in records if record[3]]
    assert (min(bare_sizes), max(bare_sizes)) == (2, 6)
    assert max(record[1] for record in records) == 31
    out = sys.stdout
    out.write("""/* SPDX-License-Identifier: MIT
 * reference_table.c - written by reference_table.py from the HTML standard's named character
 * references as Python's html.entities.html5 has them; not to be edited. */
#include "segment/reference_table.h"

/* clang-format off */
""")
    out.write(f"const uint16_t reference_first[{len(first)}] = {{\n")
    out.writelines(rows(first, 16))
    out.write(f"}};\n\nconst ReferenceName reference_names[{len(records)}] = {{\n")
    pieces = ["{%d, %d, %d, %d}" % record for record in records]
    out.writelines(rows(pieces, 5))
    out.write(f"}};\n\nconst uint8_t reference_signs[{len(signs)}] = {{\n")
    out.writelines(rows(signs, 24))
    out.write("};\n")


main()
