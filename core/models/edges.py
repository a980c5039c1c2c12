# SPDX-License-Identifier: MIT
"""Where what is foreign begins and ends, as verdict/edges.c finds it: a forest for each of what may happen at the
border before a block, and the best ways through documents by these and by the blocks' scores."""
import re

import numpy as np

from forests import UNIT, score_folds, train_folds

NAMES = ("none", "begins", "ends")
STAYS, GOES, FAR = -2 * UNIT, 3 * UNIT, -7 * UNIT   # of measure_borders() there


def shares(promise):
    """How much borders count, in permille, in documents that promise so much (half an F1, in millionths)."""
    return np.clip((promise - 400000) * 600 // 100000, 0, 600)


def before(values, first):
    """What stands before each: the first have nothing there."""
    out = np.r_[np.zeros(1, values.dtype), values[:-1]]
    out[first[:-1][np.diff(first) > 0]] = 0
    return out


class Edges:
    """The borders of documents' blocks, which are scored. `first`: where each document begins, and the end."""

    def __init__(self, first, score):
        self.first, self.score = first, score
        inside = np.ones(len(score), bool)
        inside[first[:-1][np.diff(first) > 0]] = False
        self.open = inside & (np.maximum(score, before(score, first)) > STAYS) & (np.minimum(score, before(score, first)) < GOES)
        self.earns = np.tile(np.array([0, FAR, FAR]), (len(score), 1))

    def train(self, table, width, skipped, noise, weight, scored, trees, rate):
        """Forests for each fold and for all, one for each of NAMES, over those of the first `width` columns whose names
        `skipped` does not match. Of open borders those that weigh anything train, those of `scored` blocks are scored."""
        was = before(noise, self.first)
        label = np.where(noise & ~was, NAMES.index("begins"), np.where(was & ~noise, NAMES.index("ends"), 0))
        train, at = np.flatnonzero(self.open & (weight > 0)), np.flatnonzero(self.open & scored)
        told = np.array([not re.match(skipped, name) for name in table.names[:width]], np.int16)
        shared = {"rows": table.rows[train, :width] * told, "label": label[train], "weight": weight[train] / weight[train].mean(),
                  "fold": table.fold[train], "select": np.ones(len(train), bool)}
        forests = train_folds(shared, width, trees, 6, rate, columns=0.2, classes=len(NAMES))
        for edge in range(len(NAMES)):
            self.earns[at, edge] = score_folds([forest[edge] for forest in forests], table.rows[at], table.fold[at])
        return forests

    def settle(self, threshold, share=1000):
        """By how much the best way that takes a block for foreign is better than the best that does not. Thresholds
        and how much borders count, in permille: of all blocks, or of each."""
        own = self.score - threshold
        earns = np.trunc(self.earns * np.reshape(share, (-1, 1)) / 1000).astype(np.int64)
        order, length = self.steps()
        stays, foreign = np.zeros((2, len(own)), np.int64)
        for k in range(length.max()):
            at = order[:np.searchsorted(-length, -k)] + k
            if k:
                none, begins, ends = earns[at].T
                stays[at] = np.maximum(stays[at - 1] + none, foreign[at - 1] + ends)
                foreign[at] = np.maximum(stays[at - 1] + begins, foreign[at - 1] + none)
            foreign[at] += own[at]
        out = foreign - stays
        behind = np.zeros((2, len(order)), np.int64)
        for k in range(length.max())[::-1]:
            n = np.searchsorted(-length, -k)
            at = order[:n] + k
            rest, goes = behind[:, :n]
            out[at] += goes - rest
            none, begins, ends = earns[at].T
            goes = goes + own[at]
            behind[:, :n] = np.maximum(rest + none, goes + begins), np.maximum(rest + ends, goes + none)
        return out

    def steps(self):
        """Where documents begin and how long they are, the longest first."""
        length = np.diff(self.first)
        order = np.argsort(-length, kind="stable")
        return self.first[order], length[order]
