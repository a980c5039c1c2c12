# SPDX-License-Identifier: MIT
"""Counts instructions a byte, and by function, with valgrind:

    callgrind.py DECANT STEPS DATA [text|pages]

Of text it counts what the program does; of pages the library alone, once rules are compiled."""
import collections
import re
import shutil
import subprocess
import sys

import pages
import text

SIZE = 2_000_000
PAGES = 8
WARM = 41  # rounds until each rule that pages use has become machine code

decant, steps, data, *only = sys.argv[1:]
if not shutil.which("valgrind"):
    raise SystemExit("callgrind: please install valgrind")
counts = text.FOLDER / "callgrind.out"


def instructions(*command):
    subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=%s" % counts,
                    *map(str, command)], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return int(re.search(r"^(?:summary|totals): (\d+)", counts.read_text(), re.M).group(1))


def table(title, size, *options):
    report = subprocess.run(["callgrind_annotate", *options, str(counts)], check=True,
                            capture_output=True, text=True)
    found = re.findall(r"^ *([\d,]+) \([ \d.]+%\)  ([^\s/?][^:\n]*):(\w+)", report.stdout, re.M)
    print("\n" + title)
    for count, file, function in found[:25]:
        print("%8.1f  %-28s %s" % (int(count.replace(",", "")) / size, function, file))


def tables(size):
    table("instructions a byte, a function with all that it calls", size, "--inclusive=yes")
    table("instructions a byte, a function alone", size)


def libraries(size):
    """Whose instructions they are, most of all: functions alone, summed up by where they stand."""
    report = subprocess.run(["callgrind_annotate", str(counts)], check=True, capture_output=True,
                            text=True)
    sums = collections.Counter()
    for count, file in re.findall(r"^ *([\d,]+) \([ \d.]+%\)  .*\[(.*)\]$", report.stdout, re.M):
        sums[file.rsplit("/")[-1].split(".")[0]] += int(count.replace(",", ""))
    print("\ninstructions a byte: " + ", ".join(
        "%s %.1f" % (file, count / size) for file, count in sums.most_common(5)))


def of_text():
    _, one, _ = text.write(data)
    sample = text.FOLDER / "sample.txt"

    def of(size):
        sample.write_bytes(one.read_bytes()[:size])
        return instructions(decant, "-q", sample)

    start, full = of(1), of(SIZE)
    print("start-up: %.1f million instructions" % (start / 1e6))
    print("then %.1f instructions a byte over %d bytes" % ((full - start) / SIZE, SIZE))
    tables(SIZE)


def of_pages():
    for name, paths in pages.sets(data)[0].items():
        handful = pages.middling(paths, PAGES)
        size = sum(path.stat().st_size for path in handful)
        count = instructions("--toggle-collect=go_over", steps, "warm", WARM, *handful)
        print("\n== %s: %.1f instructions a byte over %d pages, %d bytes"
              % (name, count / size, len(handful), size))
        libraries(size)
        tables(size)


if only == ["pages"]:
    of_pages()
else:
    of_text()
