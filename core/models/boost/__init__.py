# SPDX-License-Identifier: MIT
"""Gradient boosting of symmetric trees, in which every node of a level asks the same question.

A tree of depth 6 is then six comparisons, which C makes for many rows at once (models/forest.h); the
libraries that Debian has grow other trees. Second-order boosting on the logistic loss (Friedman 2001;
Chen and Guestrin 2016), trees as in CatBoost (Prokhorenkova and others 2018), from histograms of 64 bins.
The same rows and seed give the same trees."""
import ctypes
import pathlib
import subprocess
import tempfile

import numpy as np

BINS = 64


def load_histogram():
    source = pathlib.Path(__file__).resolve().parent / "histogram.c"
    with tempfile.TemporaryDirectory() as folder:
        library = f"{folder}/histogram.so"
        subprocess.run(["cc", "-O3", "-shared", "-fPIC", "-o", library, str(source)], check=True)
        return ctypes.CDLL(library).add_histogram


add_histogram = load_histogram()


class Bins:
    """Whole numbers as bins of their column: bin b holds what is over cuts[b - 1] and at most cuts[b].

    Most columns hold one value in most rows: the bin of that is left out of `rows` and `bins` (both by
    column) and told by `usual`."""

    def __init__(self, table, weight):
        self.cuts, self.usual, self.rows, self.bins = [], [], [], []
        for column in table.T:
            values, number = np.unique(column, return_inverse=True)
            mass = np.cumsum(np.bincount(number, weight))
            quantiles = np.searchsorted(mass, np.linspace(0, mass[-1], BINS + 1)[1:-1])
            few = len(values) <= BINS
            cuts = values[:-1] if few else np.unique(values[np.minimum(quantiles, len(values) - 2)])
            bins = np.searchsorted(cuts, values)[number].astype(np.uint8)
            usual = int(np.argmax(np.bincount(bins)))
            rows = np.flatnonzero(bins != usual)
            self.cuts.append(cuts)
            self.usual.append(usual)
            self.rows.append(rows.astype(np.uint32))
            self.bins.append(bins[rows])

    def over(self, feature, cut, count):
        """Which of `count` rows are over a cut."""
        out = np.full(count, self.usual[feature] > cut, np.uint8)
        out[self.rows[feature]] = self.bins[feature] > cut
        return out


class Tree:
    """A feature and a threshold a level (greater goes right), the leaves' values and the curvature in each."""

    def __init__(self, features, thresholds, leaves, covers):
        self.features, self.thresholds, self.leaves, self.covers = features, thresholds, leaves, covers


class Grower:
    """Grows trees on the same rows."""

    def __init__(self, bins, weight, depth, rate, seed, shrink, least, sample, columns):
        self.bins, self.weight, self.depth, self.rate = bins, weight, depth, rate
        self.shrink, self.least, self.sample, self.columns = shrink, least, sample, columns
        self.asked = np.array([f for f, cuts in enumerate(bins.cuts) if len(cuts)], np.int32)
        self.random = np.random.default_rng(seed)

    def sums(self, features, leaves, count, pairs):
        """Sums of the pairs by feature, leaf and bin."""
        point = lambda array: ctypes.c_void_p(array.ctypes.data)
        out = np.zeros((len(features), count, BINS, 2), np.float32)
        whole = np.stack([np.bincount(leaves, pairs[:, side], count) for side in (0, 1)], axis=1)
        for i, feature in enumerate(features):
            rows, bins = self.bins.rows[feature], self.bins.bins[feature]
            add_histogram(point(rows), point(bins), ctypes.c_size_t(len(rows)), point(leaves),
                          ctypes.c_size_t(BINS), point(pairs), point(out[i]))
            out[i, :, self.bins.usual[feature]] = whole - out[i].sum(axis=1)
        return out

    def ask(self, features, leaves, count, pairs):
        """The feature and the cut that gain most over all leaves; a leaf gains if enough is on both sides."""
        left = np.cumsum(self.sums(features, leaves, count, pairs), axis=2, dtype=np.float64)
        whole = left[:, :, -1:, :]
        right = whole - left
        worth = lambda side: side[..., 0] ** 2 / (side[..., 1] + self.shrink)
        gain = worth(left) + worth(right) - worth(whole)
        gain[(left[..., 1] < self.least) | (right[..., 1] < self.least)] = 0
        gain = gain.sum(axis=1)
        best = int(np.argmax(gain))
        return features[best // BINS], best % BINS, gain.flat[best] > 0

    def grow(self, gradient, curvature):
        """A tree, and the leaf of every row."""
        taken = self.weight * (self.random.random(len(gradient)) < self.sample)
        pairs = np.stack([gradient * taken, curvature * taken], axis=1).astype(np.float32)
        some = max(1, int(len(self.asked) * self.columns))
        some = np.sort(self.random.choice(self.asked, some, replace=False))
        leaves = np.zeros(len(gradient), np.uint8)
        features, thresholds = [], []
        for level in range(self.depth):
            feature, cut, gains = self.ask(some, leaves, 1 << level, pairs)
            features.append(int(feature) if gains else 0)
            thresholds.append(int(self.bins.cuts[feature][cut]) if gains else 32767)
            leaves = leaves * 2 + (self.bins.over(feature, cut, len(leaves)) if gains else 0)
        sums = [np.bincount(leaves, pairs[:, side], 1 << self.depth) for side in (0, 1)]
        return Tree(features, thresholds, -self.rate * sums[0] / (sums[1] + self.shrink), sums[1]), leaves


def boost(rows, label, weight, trees, depth, rate, seed, classes=0, shrink=5.0, least=5.0, sample=0.8, columns=0.6):
    """Trees whose leaves sum to the log-odds of the label; of several classes, a list of trees for each."""
    grower = Grower(Bins(rows, weight), weight, depth, rate, seed, shrink, least, sample, columns)
    score = np.zeros((max(classes, 1), len(label)))
    wanted = np.arange(classes)[:, None] == label if classes else (label > 0)[None]
    out = [[] for _ in score]
    for _ in range(trees):
        odds = np.exp(score - (score.max(axis=0) if classes else 0))
        share = odds / odds.sum(axis=0) if classes else odds / (1 + odds)
        for k in range(len(score)):
            curvature = np.maximum(share[k] * (1 - share[k]), 1e-16)
            tree, leaves = grower.grow(share[k] - wanted[k], curvature)
            score[k] += tree.leaves[leaves]
            out[k].append(tree)
    return out if classes else out[0]
