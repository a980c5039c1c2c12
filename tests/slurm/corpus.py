#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""corpus.py FOLDER SHARDS: the documents of the fixtures, some thousand times under different sites, as
shards of JSON Lines packed by gzip: the same bytes every time."""
import gzip
import json
import pathlib
import sys

DOCUMENTS = 60  # of a shard
SITES = 5


def documents():
    for path in sorted(pathlib.Path("fixtures").glob("*/*/input.txt")):
        text = path.read_bytes()
        if len(text) < 20000:
            yield text.decode("utf8", "replace")


def main():
    folder, shards = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    texts = list(documents())
    folder.mkdir(parents=True, exist_ok=True)
    for shard in range(shards):
        lines = []
        for number in range(DOCUMENTS):
            at = shard * DOCUMENTS + number
            site = f"site{at % SITES}.example"
            text = texts[at % len(texts)] + f"\nThe desk of {site} is reached around the clock, also on Sundays.\n"
            lines.append(json.dumps({"id": at, "url": f"https://{site}/{at}", "text": text}, ensure_ascii=False) + "\n")
        packed = gzip.compress("".join(lines).encode(), mtime=0)
        (folder / f"{shard:02}.jsonl.gz").write_bytes(packed)


main()
