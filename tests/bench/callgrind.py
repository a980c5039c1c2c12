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
print("then %.1f instructions a byte over %d bytes\n" % ((full - start) / SIZE, SIZE))
report = subprocess.run(["callgrind_annotate", str(counts)], check=True, capture_output=True, text=True)
print("\n".join(report.stdout.splitlines()[:60]))
