# SPDX-License-Identifier: MIT
"""Compares the trees of real pages with those of their skeletons: pages.py TEST_DIFFERENTIAL DATA

DATA holds SET.pages/ID.html.gz. A byte order mark is taken off first, which gumbo takes for text."""
import glob
import gzip
import pathlib
import subprocess
import sys

program, data = sys.argv[1:3]
folder = pathlib.Path("build/differential")
folder.mkdir(parents=True, exist_ok=True)
paths = []
for i, source in enumerate(sorted(glob.glob(f"{data}/*.pages/*.html.gz"))):
    page = gzip.open(source).read()
    paths.append(folder / f"{i}.html")
    paths[-1].write_bytes(page.removeprefix(b"\xef\xbb\xbf"))
if not paths:
    raise SystemExit(f"differential: no pages in {data}")
out = subprocess.run([program, *map(str, paths)], stdout=subprocess.PIPE, text=True).stdout
print(out, end="")
for path in paths:
    path.unlink()
