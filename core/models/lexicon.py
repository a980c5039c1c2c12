# SPDX-License-Identifier: MIT
"""Which words lean to noise and which to a page's own text: what lexicon.h tells is learned here.

A linear model over the words of a block, apart for blocks of few words, of some and of many, and over
those of the heading above (verdict/lean.c reads them in the same way). Of plain text the last use tells
by first words what begins as articles do. Only words of many pages are known, so that it learns how the
web speaks rather than what one site is about."""
import itertools
import pathlib
import re
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "language"))
from words_table import word_hash

MOST_WORDS, MOST_HEADING_WORDS, FEW_WORDS, SOME_WORDS = 64, 8, 3, 12
USES, HEADING = 4, 3
LEAST_PAGES = 20
UNIT, FINER = 1024, 16           # leans of blocks: 1024 a unit of log-odds; of words: 16
WIDE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff"    # scripts without spaces: a word a letter
WORD = re.compile(rf"[{WIDE}]|[^\W_{WIDE}]+")


def piece_hash(word):
    """As word_next of language/words.h."""
    return word_hash(word) | 1


def words_of(text, most=MOST_WORDS):
    return [match[0] for match in itertools.islice(WORD.finditer(text.lower()), most)]


def parts_of_blocks(texts, is_heading, page):
    """Of every block its words, by the use that its length calls for, and those of the heading above."""
    heading, last = [], -1
    for number, text in enumerate(texts):
        if page[number] != last:
            heading, last = [], page[number]
        found = words_of(text)
        use = 0 if len(found) <= FEW_WORDS else 1 if len(found) <= SOME_WORDS else 2
        yield (use, found), (HEADING, heading)
        if is_heading[number]:
            heading = found[:MOST_HEADING_WORDS]


def parts_of_openings(texts):
    """Of every text its first words."""
    return (((HEADING, words_of(text, MOST_HEADING_WORDS)),) for text in texts)


def count_pages(word, page, words):
    """On how many pages each of so many words stands; of every place of one, which it is and on which page."""
    seen = np.unique(word * (page.max() + 1) + page)
    return np.bincount(seen // (page.max() + 1), minlength=words)


class Words:
    """Of every block of all pages the words that count, by use, each with the share it has in the block's lean."""

    writes_all = False               # the words that lean nowhere, too

    def __init__(self, parts, page):
        numbers, hashes, block, word, share = {}, [], [], [], []
        for number, uses in enumerate(parts):
            for use, part in uses:
                for text in part:
                    if text not in numbers:
                        numbers[text] = len(hashes)
                        hashes.append(piece_hash(text))
                block += [number] * len(part)
                word += [numbers[text] * USES + use for text in part]
                share += [max(len(part), 1) ** -0.5] * len(part)
        self.hashes = np.array(hashes, np.uint32)
        self.block, self.word, self.share = np.array(block), np.array(word), np.array(share)
        known = count_pages(self.word, page[self.block], len(hashes) * USES)[self.word] >= LEAST_PAGES
        self.block, self.word, self.share = self.block[known], self.word[known], self.share[known]

    def learn(self, noise, weight, shrink=10.0, steps=150, rate=0.15):
        """The lexicon's words, learned from the blocks that have a weight: logistic regression by Adam (Kingma
        and Ba 2015), all blocks a step."""
        row = np.cumsum(weight > 0) - 1
        use = (weight > 0)[self.block]
        row, word, share = row[self.block[use]], self.word[use], self.share[use]
        noise, weight = noise[weight > 0], weight[weight > 0]
        lean = np.zeros(len(self.hashes) * USES + 1)
        mean, square = np.zeros(len(lean)), np.zeros(len(lean))
        for step in range(steps):
            score = np.bincount(row, share * lean[word], len(noise)) + lean[-1]
            error = weight * (1 / (1 + np.exp(-score)) - noise)
            pull = np.append(np.bincount(word, share * error[row], len(lean) - 1) + shrink * lean[:-1], error.sum())
            pull /= weight.sum()
            mean += 0.1 * (pull - mean)
            square += 0.01 * (pull ** 2 - square)
            size = np.sqrt(square / (1 - 0.99 ** (step + 1))) + 1e-9
            lean -= rate * (1 - step / steps) * mean / (1 - 0.9 ** (step + 1)) / size
        return self.as_words(lean)

    def as_words(self, lean):
        fine = np.clip(np.round(lean[:-1].reshape(-1, USES) * FINER), -127, 127).astype(np.int8)
        packed = np.ascontiguousarray(fine).view("<i4")[:, 0]
        out = [round(float(lean[-1]) * UNIT)]
        for value, leans in sorted(zip(self.hashes.view(np.int32).tolist(), packed.tolist())):
            if leans or self.writes_all:
                out += [value, leans]
        return out


def merge(words, others):
    """A lexicon of the uses of two that share none."""
    leans = dict(zip(words[1::2], words[2::2]))
    for value, lean in zip(others[1::2], others[2::2]):
        leans[value] = leans.get(value, 0) | lean
    return words[:1] + [word for item in sorted(leans.items()) for word in item]
