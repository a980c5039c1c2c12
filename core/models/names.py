# SPDX-License-Identifier: MIT
"""What elements of pages are called, and which of that leans to noise: a lexicon (lexicon.h) whose uses are the
rings of verdict/names.h, learned as that of words is (lexicon.py).

Only names of many pages are known, so that it learns how the web names things rather than one site."""
import subprocess

import numpy as np

import lexicon
from pages import features

OWN, NEAR, FAR, ROOT = range(lexicon.USES)
NEAR_LEVELS, OUTERMOST = 2, 2    # as names.c
LEAST_PAGES = 5
DOCUMENT, ELEMENT, BLOCK = range(3)    # as features.c


class Elements:
    """The elements of some pages in a row, and the blocks: each name's place and hash."""

    def __init__(self):
        self.parent, self.depth, self.element, self.names, self.around = [], [], [], [], []

    def read(self, job):
        """Adds what `decant features --names` prints."""
        data = np.frombuffer(subprocess.run(features(*job) + ["--names"], stdout=subprocess.PIPE, check=True).stdout
                             .partition(b"\n")[2], "<u4")
        at, first = 0, 0
        while at < len(data):
            record, number, count = data[at:at + 3].tolist()
            names = data[at + 3:at + 3 + count]
            at += 3 + count
            if record == DOCUMENT:
                first = len(self.parent)
            elif record == ELEMENT:
                is_root = number + first == len(self.parent)
                self.parent.append(-1 if is_root else first + number)
                self.depth.append(0 if is_root else self.depth[first + number] + 1)
                self.names.append(names)
            else:
                self.element.append(first + number)
                self.around.append(names)
        return self


def expand(lists, numbers):
    """Of each of some numbers the items of its list: which of the numbers each is of, and all of them."""
    parts = [lists[number] for number in numbers]
    return np.repeat(np.arange(len(parts)), [len(part) for part in parts]), np.concatenate([np.empty(0, np.uint32), *parts])


class Names(lexicon.Words):
    """Of some blocks the names that count, by ring, each with the share it has in the ring's lean."""

    writes_all = True                # names.c counts the known

    def __init__(self, elements, blocks, page):
        parent, depth = np.array(elements.parent), np.array(elements.depth)
        at, level = np.array(elements.element)[blocks], 0
        rings, there = [(blocks, np.full(len(blocks), OWN), *expand(elements.around, blocks))], np.arange(len(blocks))
        while len(there):
            ring = np.where(depth[at] < OUTERMOST, ROOT, NEAR if level <= NEAR_LEVELS else FAR) if level else np.full(len(at), OWN)
            rings.append((blocks[there], ring, *expand(elements.names, at)))
            going = parent[at] >= 0
            there, at, level = there[going], parent[at][going], level + 1
        hashes, name = np.unique(np.concatenate([part[3] for part in rings]), return_inverse=True)
        block = np.concatenate([part[0][part[2]] for part in rings])
        use = np.concatenate([part[1][part[2]] for part in rings])
        once = np.unique((block * lexicon.USES + use) * len(hashes) + name)
        name, ring = once % len(hashes), once // len(hashes)
        pages = lexicon.count_pages(name * lexicon.USES + ring % lexicon.USES, page[ring // lexicon.USES], len(hashes) * lexicon.USES)
        known = pages.reshape(-1, lexicon.USES).max(axis=1) >= LEAST_PAGES
        name, ring = name[known[name]], ring[known[name]]
        share, use = np.bincount(ring)[ring] ** -0.5, ring % lexicon.USES
        learned = pages[name * lexicon.USES + use] >= LEAST_PAGES
        number = np.cumsum(known) - 1
        self.hashes, self.block = hashes[known], ring[learned] // lexicon.USES
        self.word, self.share = (number[name] * lexicon.USES + use)[learned], share[learned]
