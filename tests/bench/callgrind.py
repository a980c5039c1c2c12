# SPDX-License-Identifier: MIT
"""Counts instructions a byte, and by function, with valgrind: callgrind.py DECANT DATA"""
import re
import shutil
import subprocess
import sys

import text

SIZE = 2_000_000

decant, data = sys.argv[1:3]
if not shutil.which("valgrind"):
    raise SystemExit("callgrind: please install valgrind")
_, one, _ = text.write(data)
sample, counts = text.FOLDER / "sample.txt", text.FOLDER / "callgrind.out"


def instructions(size):
    sample.write_bytes(one.read_bytes()[:size])
    subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=%s" % counts, decant, "-q",
                    str(sample)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return int(re.search(r"^(?:summary|totals): (\d+)", counts.read_text(), re.M).group(1))


start = instructions(1)
full = instructions(SIZE)
print("start-up: %.1f million instructions" % (start / 1e6))
print("then %.1f instructions a byte over %d bytes" % ((full - start) / SIZE, SIZE))


def table(title, *options):
    report = subprocess.run(["callgrind_annotate", *options, str(counts)], check=True,
                            capture_output=True, text=True)
    found = re.findall(r"^ *([\d,]+) \([ \d.]+%\)  ([^\s/?][^:\n]*):(\w+)", report.stdout, re.M)
    print("\n" + title)
    for count, file, function in found[:25]:
        print("%8.1f  %-28s %s" % (int(count.replace(",", "")) / SIZE, function, file))


table("instructions a byte, a function with all that it calls", "--inclusive=yes")
table("instructions a byte, a function alone")
