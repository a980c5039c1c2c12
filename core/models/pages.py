# SPDX-License-Identifier: MIT
"""The benchmark's pages: the texts of their blocks, as `decant features` tells them, and which of these the
annotators' texts hold (align.py)."""
import gzip
import json
import os
import subprocess

import numpy as np

import align
from forests import read_blocks, write_list

SETS = ("wcxb", "news", "snippets")
PERMALINKS = ("#", "\u00b6", "\u00a7")


def read_jsonl(path):
    with gzip.open(path, "rt", encoding="utf8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def unpack_pages(data, work, sets=SETS):
    """The pages of sets, unpacked into WORK/pages."""
    os.makedirs(f"{work}/pages", exist_ok=True)
    pages = []
    for name in sets:
        for truth in read_jsonl(f"{data}/html/{name}.truth.jsonl.gz"):
            path = f"{work}/pages/{name}-{truth['id']}.html"
            if not os.path.exists(path):
                with gzip.open(f"{data}/html/{name}.pages/{truth['id']}.html.gz") as packed, open(path, "wb") as out:
                    out.write(packed.read())
            pages.append({"set": name, "path": path, "fold": truth["fold"], "type": truth["type"], "truth": truth})
    return pages


def features(decant, paths, listing, model):
    """The command that prints the features of pages."""
    write_list(listing, paths)
    return [decant, "features", "--from", "html", "--files0-from", listing, "--model", model]


def read_texts(job):
    """The blocks' texts of each page."""
    out = subprocess.run(features(*job) + ["--texts"], stdout=subprocess.PIPE, check=True).stdout
    out = out.decode("utf8", "replace")
    pages = []
    for line in out.split("\n")[1:]:
        if line.startswith("{"):
            pages.append([])
        elif line:
            pages[-1].append(json.loads(line, strict=False))
    return pages


def read_rows(job):
    """Names, the number of the page of each block, and the rows."""
    names, blocks = read_blocks(features(*job))
    return names, blocks["doc"].astype(np.int64), blocks["row"].copy()


def read_shown(job):
    """Which blocks of each page stand in no template and no noscript."""
    names, page, rows = read_rows(job)
    unseen = rows[:, [names.index(name) for name in ("in_template", "in_noscript")]].max(axis=1) > 0
    return [~unseen[page == number] for number in range(len(job[1]))]


def label_page(page):
    """Labels and weights of a page's blocks. Permalinks say nothing, but are known for noise."""
    truth = page["truth"]
    if page["set"] == "snippets":
        return align.label_snippets(page["texts"], truth["with"], truth["without"])
    labels, weights = align.label_blocks(page["texts"], truth["text"])
    for i, text in enumerate(page["texts"]):
        if text in PERMALINKS:
            labels[i], weights[i] = 0.0, 1.0
    return labels, weights
