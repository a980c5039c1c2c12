# SPDX-License-Identifier: MIT
"""Trains networks over the blocks of documents, and scores in integers as net.c does.

Needs python3-torch. net.h tells what such a network is, its fixed point and its words. The same data and
seed give the same words on one machine."""
import math
import re
from multiprocessing import Pool

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from forests import FOLDS, pairs

LEVEL, HIDDEN, WEIGHT, SCORE = 256, 512, 2048, 1024     # of a unit
LEVEL_MOST, HIDDEN_MOST = 4, 16                         # units
CUTS = 15
WHOLE = 0.3                                             # what documents count beside blocks in training
SHARED = {}                                             # what forked trainers read


class Inputs:
    """Columns as levels: by rank among the rows that are given, so that outliers count no more than others."""

    def __init__(self, names, rows, skipped):
        self.columns, self.cuts, self.levels = [], [], []
        for column, name in enumerate(names):
            values, counts = np.unique(rows[:, column], return_counts=True)
            if len(values) > 1 and not re.match(skipped, name):
                self.columns.append(column)
                self.add(values, counts / counts.sum())

    def add(self, values, share):
        ranks = np.cumsum(share)
        if len(values) <= CUTS + 1:
            cuts = values[:-1]
        else:
            places = np.searchsorted(ranks, np.arange(1, CUTS + 1) / (CUTS + 1))
            cuts = np.unique(values[np.minimum(places, len(values) - 2)])
        bins = np.searchsorted(cuts, values)
        mass = np.bincount(bins, share)
        level = 2 * np.bincount(bins, share * (ranks - share / 2)) / mass - 1
        level -= (level * mass).sum()
        level /= max(np.sqrt((level ** 2 * mass).sum()), 0.2)
        self.cuts.append(cuts)
        self.levels.append(np.rint(np.clip(level, -LEVEL_MOST, LEVEL_MOST) * LEVEL).astype(np.int16))

    def of(self, rows):
        """The levels of rows."""
        out = np.empty((len(rows), len(self.columns)), np.int16)
        for i, (column, cuts, levels) in enumerate(zip(self.columns, self.cuts, self.levels)):
            out[:, i] = levels[np.searchsorted(cuts, rows[:, column])]
        return out

    def words(self):
        out = []
        for column, cuts, levels in zip(self.columns, self.cuts, self.levels):
            out += [column, len(cuts), *map(int, cuts), *map(int, levels)]
        return out


class Group:
    """Documents in a row, zeros between them."""

    def __init__(self, documents, first, gap):
        parts = [np.r_[np.arange(first[d], first[d + 1]), np.full(gap, -1)] for d in documents]
        self.block, self.documents = np.concatenate(parts), documents
        self.there = self.block >= 0
        self.number = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        self.count = len(parts)


def groups(documents, first, gap, most=1600):
    some, size = [], 0
    for document in documents:
        blocks = first[document + 1] - first[document]
        if size and size + blocks > most:
            yield Group(some, first, gap)
            some, size = [], 0
        if blocks:
            some.append(document)
            size += blocks + gap
    if some:
        yield Group(some, first, gap)


class Network(nn.Module):
    """As net.h tells, in floats; `whole`: it tells of documents."""

    def __init__(self, inputs, width, dilations, dropout, whole):
        super().__init__()
        self.first = nn.Linear(inputs, width)
        self.windows = nn.ModuleList(nn.Conv1d(width, width, 3, padding=d, dilation=d) for d in dilations)
        self.means = nn.ModuleList(nn.Linear(2 * width, width, bias=False) for _ in dilations)
        self.last = nn.Linear(2 * width, 1)
        self.drop_input, self.drop = nn.Dropout(0.8 * dropout), nn.Dropout(dropout)
        for window in self.windows:
            nn.init.normal_(window.weight, 0, (3 * width) ** -0.5)
        self.whole = nn.Linear(3 * width, 1) if whole else None

    def forward(self, levels, weight, there, number, count):
        """Scores of blocks in a row, and of their documents: `weight` of each in the mean by words, where they are
        `there`, the `number` of their document, of which there are `count`."""
        def mean(hidden, by):
            sums = torch.zeros(count, hidden.shape[1]).index_add_(0, number, hidden * by)
            return sums / torch.zeros(count, 1).index_add_(0, number, by).clamp(min=1e-6)
        def means(hidden):
            return torch.cat([mean(hidden, weight * there), mean(hidden, there)], 1)
        begun = hidden = torch.relu(self.first(self.drop_input(levels))).clamp(max=HIDDEN_MOST) * there
        for window, of_means in zip(self.windows, self.means):
            whole = means(hidden)
            more = window(hidden.t()[None])[0].t() + of_means(self.drop(whole))[number]
            hidden = (hidden + self.drop(torch.relu(more))).clamp(max=HIDDEN_MOST) * there
        scores = self.last(self.drop(torch.cat([hidden, begun], 1)))[:, 0]
        if self.whole is None:
            return scores, None
        most = torch.zeros(count, hidden.shape[1]).scatter_reduce(0, number[:, None].expand_as(hidden), hidden, "amax")
        return scores, self.whole(self.drop(torch.cat([means(hidden), most], 1)))[:, 0]


def words_weight(words):
    """Of a block in the mean by words, as net.c has it."""
    return np.floor(np.sqrt(np.maximum(words, 1).astype(np.int64) * 256)).astype(np.int64)


class Net:
    """A network in integers."""

    def __init__(self, network, inputs, dilations):
        fixed = lambda array, unit: np.rint(array.detach().numpy().astype(float) * unit).astype(np.int64)
        weight = lambda array: np.clip(fixed(array, WEIGHT), -32768, 32767)
        self.inputs, self.dilations = inputs, dilations
        self.biases, self.first = fixed(network.first.bias, LEVEL * WEIGHT), weight(network.first.weight)
        self.layers = [(fixed(window.bias, HIDDEN * WEIGHT), weight(window.weight), weight(means.weight))
                       for window, means in zip(network.windows, network.means)]
        told = lambda last: (int(fixed(last.bias, HIDDEN * WEIGHT)[0]), weight(last.weight)[0])
        self.bias, self.last = told(network.last)
        self.whole = network.whole and told(network.whole)

    def words(self):
        out = [len(self.inputs.columns), len(self.biases), len(self.layers), *self.inputs.words(), *self.dilations]
        out += self.biases.tolist() + pairs(self.first.reshape(-1))
        for biases, window, means in self.layers:
            out += biases.tolist() + pairs(window.transpose(0, 2, 1).reshape(-1)) + pairs(means.reshape(-1))
        out += [self.bias] + pairs(self.last)
        return out + [self.whole[0]] + pairs(self.whole[1]) if self.whole else out

    def score_group(self, levels, words, group):
        """Sums in floats of 53 bits, which hold them exactly."""
        most, weight = HIDDEN_MOST * HIDDEN, words_weight(words) * group.there
        shifted = lambda sums, unit: np.minimum(np.maximum(sums, 0).astype(np.int64) // unit, most) * group.there[:, None]
        begun = hidden = shifted(levels @ self.first.T.astype(float) + self.biases, LEVEL * WEIGHT // HIDDEN)
        for dilation, (biases, window, means) in zip(self.dilations, self.layers):
            by = lambda w: np.stack([np.bincount(group.number, column * w, group.count) for column in hidden.T], 1)
            whole = [by(w).astype(np.int64) // np.maximum(np.bincount(group.number, w, group.count), 1).astype(np.int64)[:, None]
                     for w in (weight, group.there)]
            sums = (biases + np.concatenate(whole, 1) @ means.T.astype(float))[group.number]
            padded = np.pad(hidden, ((dilation, dilation), (0, 0))).astype(float)
            for part in range(3):
                sums += padded[part * dilation:len(hidden) + part * dilation] @ window[:, :, part].T.astype(float)
            hidden = np.minimum(hidden + shifted(sums, WEIGHT), most) * group.there[:, None]
        sums = self.bias + np.concatenate([hidden, begun], 1) @ self.last.astype(float)
        return np.trunc(sums / (HIDDEN * WEIGHT // SCORE)).astype(np.int64)

    def score(self, levels, words, first, documents):
        """The scores that C would give to the blocks of some documents; 0 of others."""
        out = np.zeros(len(levels), np.int64)
        for group in groups(documents, first, max(self.dilations)):
            found = self.score_group(levels[group.block] * group.there[:, None].astype(float), words[group.block], group)
            out[group.block[group.there]] = found[group.there]
        return out


def rate(done, most=2e-3, rise=0.25):
    """How fast to learn when so much of the training is done: up, and down to nothing."""
    return most * (done / rise if done < rise else 0.5 + 0.5 * math.cos(math.pi * (done - rise) / (1 - rise)))


def log_loss(found, label, weight):
    return (functional.binary_cross_entropy_with_logits(found, label, reduction="none") * weight).sum()


def train(levels, label, weight, words, first, whole, documents, inputs, width, dilations, dropout, epochs, batch, clip, seed,
          shrink=1.0):
    """A network for the blocks of some documents, whose levels are given; of `batch` blocks, more or less, it learns
    at once, no more than `clip`. AdamW (Loshchilov and Hutter 2019). Scores are told `shrink` times as surely.
    `whole`: None, or label and weight of each document, which it is to tell of, too."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng, gap = np.random.default_rng(seed), max(dilations)
    network = Network(levels.shape[1], width, dilations, dropout, whole is not None)
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=0.05)
    blocks = np.concatenate([np.arange(first[d], first[d + 1]) for d in documents])
    unit, of_words, done = weight[blocks].mean() * batch, np.sqrt(np.maximum(words, 1)), 0
    unit_whole = whole and whole[1][documents].sum() / len(blocks) * batch
    for _ in range(epochs):
        for group in groups(rng.permutation(documents), first, gap, batch):
            for part in optimiser.param_groups:
                part["lr"] = rate(done / (epochs * len(blocks)))
            done += group.there.sum()
            pick = lambda array: torch.from_numpy((array[group.block] * group.there).astype(np.float32))
            there = torch.from_numpy(group.there.astype(np.float32))[:, None]
            known = torch.from_numpy((levels[group.block] / LEVEL).astype(np.float32)) * there
            found, told = network(known, pick(of_words)[:, None], there, torch.from_numpy(group.number), group.count)
            loss = log_loss(found, pick(label), pick(weight)) / unit
            if whole is not None:
                loss = loss + WHOLE * log_loss(told, *(torch.from_numpy(some[group.documents].astype(np.float32)) for some in whole)) / unit_whole
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), clip)
            optimiser.step()
    with torch.no_grad():
        network.last.weight.mul_(shrink)
        network.last.bias.mul_(shrink)
    return Net(network, inputs, dilations)


def train_fold(job):
    k, options = job
    documents = np.flatnonzero(SHARED["select"] & (SHARED["fold"] != k))
    return train(*(SHARED[name] for name in ("levels", "label", "weight", "words", "first", "whole")), documents, **options)


def train_folds(shared, **options):
    """Networks trained without each fold of documents, and one on all; two at a time. `shared` holds levels, label,
    weight and words of blocks, the first block of each document and the end, fold and select of documents, and
    their label and weight or None (whole)."""
    SHARED.update(shared)
    with Pool(2) as pool:
        return pool.map(train_fold, [(k, options) for k in range(FOLDS + 1)], chunksize=1)


def score_fold(job):
    k, net = job
    documents = np.flatnonzero(SHARED["scored"] & (SHARED["fold"] == k))
    return net.score(SHARED["levels"], SHARED["words"], SHARED["first"], documents)


def score_folds(shared, nets):
    """Scores of the documents that `shared` says are scored, each by the network that never saw it; 0 of others."""
    SHARED.update(shared)
    with Pool(2) as pool:
        return sum(pool.map(score_fold, list(enumerate(nets[:FOLDS])), chunksize=1))
