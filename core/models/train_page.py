#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Trains the model for HTML pages and writes it as C.

  train_page.py --data ../shared/bench --decant build/decant --work build/model --out core/models/html.c

Needs python3-numpy, python3-torch and a C compiler. Blocks and their features come from `decant features` alone; their
labels from the annotators' texts (align.py), and where their words lean (lexicon.py). Five folds by
source domain: for each, models trained without it (WORK/page_K.model) score it, and those out-of-fold
scores feed the next pass, choose the threshold and calibrate the confidence. The same data and seed give
the same files.
"""
import argparse
import collections
import os
import pathlib
import re
import sys
from multiprocessing import Pool

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import edges
import lexicon
import names
import net
from forests import FOLDS, UNIT, calibrate, mean_forest, score_folds, train_folds, write_c, write_model
from pages import label_page, read_rows, read_texts, unpack_pages

PAGE_FIRST, PAGE_SECOND, PAGE_NET, PAGE_DECISION, PAGE_WORDS, PAGE_NAMES, PAGE_EDGES = 32, 33, 34, 35, 36, 37, 44
NET_SHARE = 3 / 8                 # as page.c
SKIPPED = r"(before|after|near)\d+\."   # what a net sees for itself
# What a border need not be told: what stands further away, and what the page is like.
SKIPPED_OF_EDGES = r"(before|after)[234]\.|near|page\.|pass\.(?!score|before[1-4]$|after[1-3]$)"
SEEDS = (5, 6)
SET_WEIGHT = {"wcxb": 1.0, "news": 2.0, "snippets": 0.7}
COPY_WORDS, COPY_ITEM, COPY_SCORE = 5, 3, 3 * UNIT // 2    # as copies.c
WORD = re.compile(r"\w+")
SHARED = {}                       # what forked trainers read


# ---- blocks -------------------------------------------------------------------------------------

class Table:
    """Every block of every page: its features, its label, its weight."""

    def __init__(self, args, pages):
        self.args, self.pages = args, pages
        self.empty = f"{args.work}/empty.model"
        write_model(self.empty, [])
        self.halves = np.array_split(np.arange(len(pages)), 2)
        with Pool(2) as pool:
            halves = pool.map(read_texts, self.jobs([(half, self.empty) for half in self.halves]), chunksize=1)
            for page, texts in zip(pages, (texts for half in halves for texts in half)):
                page["texts"] = texts
            labels = pool.map(label_page, pages, chunksize=16)
        self.page = np.repeat(np.arange(len(pages)), [len(page["texts"]) for page in pages])
        self.first = np.searchsorted(self.page, np.arange(len(pages) + 1))
        self.label = np.concatenate([np.array(values, float) for values, _ in labels])
        self.noise = self.label < 0.5
        self.trust = np.concatenate([np.array(weights, float) for _, weights in labels])
        self.fold = np.array([page["fold"] for page in pages])[self.page]
        self.words = np.array([len(WORD.findall(text)) for page in pages for text in page["texts"]], float)
        self.weigh()
        self.read([(np.arange(len(pages)), self.empty)])

    def jobs(self, parts):
        return [(self.args.decant, [self.pages[n]["path"] for n in numbers], f"{self.args.work}/list_{i}", model)
                for i, (numbers, model) in enumerate(parts)]

    def read(self, parts):
        """Reads the features of each (page numbers, model) part."""
        parts = [(half, model) for numbers, model in parts for half in np.array_split(numbers, 2)]
        with Pool(2) as pool:
            results = pool.map(read_rows, self.jobs(parts), chunksize=1)
        self.names = results[0][0]
        page = np.concatenate([numbers[result[1]] for (numbers, _), result in zip(parts, results)])
        order = np.argsort(page, kind="stable")
        assert np.array_equal(page[order], self.page)
        self.rows = np.concatenate([result[2] for result in results])[order]
        self.first_width = self.names.index("pass.before8")

    def weigh(self):
        """What a block is worth: its words, as a share of what the page ought to say. Pages weigh alike."""
        weight = (self.words + 0.5) ** 0.75
        for number, page in enumerate(self.pages):
            part = slice(self.first[number], self.first[number + 1])
            all_, good = weight[part].sum(), (weight[part] * ~self.noise[part] * (self.trust[part] > 0)).sum()
            known = weight[part] * self.trust[part]
            if page["set"] == "snippets":
                known = self.trust[part] * 1.0
                weight[part] = known / max(known.sum(), 1e-9) * SET_WEIGHT["snippets"]
                continue
            scale = 1 / max(good + 0.05 * all_, 1e-9)
            known = known * min(scale, 4 / max(known.sum(), 1e-9))
            weight[part] = known * SET_WEIGHT[page["set"]]
        self.weight = weight * (len(weight) / weight.sum())

    def thin(self, seed=5, most=150000):
        """Weights for training in less time: of the blocks that weigh little some stand for the others."""
        known, low, high = self.weight * (self.trust > 0), -12.0, 12.0
        for _ in range(60):
            middle = (low + high) / 2
            chance = np.minimum(1, 10 ** middle * known + 0.03) * (known > 0)
            low, high = (low, middle) if chance.sum() > most else (middle, high)
        taken = np.random.default_rng(seed).random(len(known)) < chance
        return np.where(taken, known / np.maximum(chance, 1e-9), 0.0)


# ---- figures ------------------------------------------------------------------------------------

class Scorer:
    """The benchmark's figures from kept blocks, for trying thresholds."""

    def __init__(self, table):
        self.table = table
        self.bags = [[collections.Counter(WORD.findall(text.lower())) for text in page["texts"]] for page in table.pages]
        self.wanted = [collections.Counter(WORD.findall((page["truth"].get("text") or "").lower())) for page in table.pages]

    def word_f1(self, number, keep):
        got = collections.Counter()
        for k in np.flatnonzero(keep[self.table.first[number]:self.table.first[number + 1]]):
            got.update(self.bags[number][k])
        want, size = self.wanted[number], sum(got.values())
        if not want or not size:
            return float(not want and not size)
        return 2 * sum((want & got).values()) / (sum(want.values()) + size)

    def snippets(self, number, keep):
        page = self.table.pages[number]
        kept = keep[self.table.first[number]:self.table.first[number + 1]]
        text = "\n".join(t for t, k in zip(page["texts"], kept) if k).lower()
        hit = sum(s.lower() in text for s in page["truth"]["with"])
        false = sum(s.lower() in text for s in page["truth"]["without"])
        return hit, len(page["truth"]["with"]) - hit, false

    def figures(self, keep):
        groups = collections.defaultdict(list)
        hits = np.zeros(3)
        for number, page in enumerate(self.table.pages):
            if page["set"] == "snippets":
                hits += self.snippets(number, keep)
                continue
            value = self.word_f1(number, keep)
            groups[page["set"]].append(value)
            if page["set"] == "wcxb":
                groups[page["type"]].append(value)
        out = {name: float(np.mean(values)) for name, values in groups.items()}
        out["snippets"] = 2 * hits[0] / (2 * hits[0] + hits[1] + hits[2])
        return out


def show(figures):
    order = ("wcxb", "article", "documentation", "service", "forum", "product", "collection", "listing", "news", "snippets")
    return ", ".join(f"{name} {figures[name]:.4f}" for name in order)


def confidence(knots, score):
    """What C reads off the knots: permille of noise."""
    return np.interp(score, knots[::2], knots[1::2]).astype(np.int64)


def find_thresholds(table, score, knots, step=128, reach=8 * UNIT):
    """Of each page the threshold that promises the best F1, and half of that in millionths, as threshold.c."""
    clipped = np.clip(score, -reach, reach - 1)
    weight = table.words.astype(np.int64) * 3 + 1
    good = weight * (1000 - confidence(knots, clipped))
    bins = (clipped + reach) // step
    count = 2 * reach // step
    cell = table.page * count + bins
    shape = (len(table.pages), count)
    kept = 1000 * np.bincount(cell, weight, shape[0] * count).reshape(shape).cumsum(axis=1)
    sure = np.bincount(cell, good, shape[0] * count).reshape(shape).cumsum(axis=1)
    promise = (sure * 1000000) // np.maximum(kept + sure[:, -1:], 1)
    return (np.argmax(promise, axis=1) + 1) * step - reach - 1, promise.max(axis=1)


def keep_best(table, found, thresholds, promise, least, most):
    """What page.c keeps: of each page what the best ways do, by its threshold, within bounds."""
    threshold = np.where(promise < 175000, -(1 << 31), np.clip(thresholds, least, most))
    return found.settle(threshold[table.page], edges.shares(promise)[table.page]) <= 0


def settle_copies(table, score):
    """What copies.c does: of a text that stands on a page several times the surest counts."""
    column = lambda name: table.rows[:, table.names.index(name)]
    repeats = (column("in_table") > 0) | (column("in_verbatim") > 0) | (column("in_definitions") > 0)
    repeats |= (column("in_item") > 0) & (column("in_item") <= COPY_ITEM)
    copies = collections.defaultdict(list)
    for block in np.flatnonzero((column("copies") > 1) & (column("words") >= COPY_WORDS) & ~repeats):
        page = table.page[block]
        copies[page, table.pages[page]["texts"][block - table.first[page]]].append(block)
    out = score.copy()
    for blocks in copies.values():
        blocks.remove(min(blocks, key=lambda block: (score[block], block)))
        out[blocks] = np.maximum(score[blocks], COPY_SCORE)
    return out


def choose_bounds(table, found, knots):
    """The bounds of the pages' thresholds that are best for all three sets together."""
    scorer, best, own = Scorer(table), -1.0, find_thresholds(table, found.score, knots)
    for least, most in ((-0.5, 0.75), (-0.5, 1.0), (-0.5, 1.25), (0, 1.0), (0, 1.5)):
        figures = scorer.figures(keep_best(table, found, *own, int(least * UNIT), int(most * UNIT)))
        worth = figures["wcxb"] + 0.5 * figures["news"] + 0.5 * figures["snippets"]
        print(f"thresholds {least:+.2f} to {most:+.2f}: {show(figures)}", flush=True)
        if worth > best:
            best, chosen, lines = worth, [int(least * UNIT), int(most * UNIT)], figures
    return chosen, lines


# ---- the whole ----------------------------------------------------------------------------------

def train_lexicons(table):
    """Lexicons of words and of names, learned without each fold, and one of all."""
    texts = [text for page in table.pages for text in page["texts"]]
    is_heading = table.rows[:, table.names.index("level")] > 0
    weight = table.thin()
    elements = names.Elements().read(table.jobs([(np.arange(len(table.pages)), table.empty)])[0])
    SHARED.update(table=table, weight=weight,
                  words=lexicon.Words(lexicon.parts_of_blocks(texts, is_heading, table.page), table.page),
                  names=names.Names(elements, np.flatnonzero(weight > 0), table.page))
    with Pool(2) as pool:
        return [(tag, pool.map(train_lexicon, [(name, k) for k in range(FOLDS + 1)], chunksize=1))
                for tag, name in ((PAGE_WORDS, "words"), (PAGE_NAMES, "names"))]


def train_lexicon(job):
    name, k = job
    table = SHARED["table"]
    return SHARED[name].learn(table.noise, SHARED["weight"] * (table.fold != k))


def train_pass(table, width, trees, rate, columns):
    """Of each fold the mean of two forests, which are trained on other blocks and other columns."""
    both = []
    for seed in SEEDS:
        weight = table.thin(seed)
        shared = {"rows": table.rows, "label": table.noise, "weight": weight, "fold": table.fold, "select": weight > 0}
        both.append(train_folds(shared, width, trees, 6, rate, seed=seed, shrink=20.0, least=30.0, columns=columns))
    return [mean_forest(forests) for forests in zip(*both)]


def train_net(table):
    """Networks over the pages' blocks in their order, and what they say out of fold."""
    inputs = net.Inputs(table.names[:table.first_width], table.rows[::5], SKIPPED)
    fold = np.array([page["fold"] for page in table.pages])
    words = table.rows[:, table.names.index("words")]
    shared = {"levels": inputs.of(table.rows), "label": table.noise, "weight": table.weight * (table.trust > 0), "words": words,
              "first": table.first, "fold": fold, "select": np.ones(len(fold), bool), "scored": np.ones(len(fold), bool),
              "whole": None}
    nets = net.train_folds(shared, inputs=inputs, width=48, dilations=(1, 2, 4, 8), dropout=0.4, epochs=6, batch=1200, clip=0.05,
                           seed=1, shrink=0.8)
    return nets, net.score_folds(shared, nets)


def train_edges(table, score, trees):
    """Borders between blocks that are known. Beside the known blocks of snippets' pages, which are few, those count for
    known that are surely one or the other."""
    found, weight = edges.Edges(table.first, score), table.weight * (table.trust > 0)
    few = np.array([page["set"] == "snippets" for page in table.pages])[table.page]
    known, sure = weight > 0, few & (weight == 0) & (np.abs(score) > 2 * UNIT)
    weight = np.where(sure, np.median(weight[few & known]), weight)
    weight = np.sqrt(weight * edges.before(weight, table.first)) * (known | edges.before(known, table.first))
    noise = np.where(sure, score > 0, table.noise)
    return found, found.train(table, len(table.names), SKIPPED_OF_EDGES, noise, weight, np.ones(len(noise), bool), trees, 0.1)


def read_by_fold(table, passes, work):
    """Reads the features of each page with the models that were trained without it."""
    numbers, fold = np.arange(len(table.pages)), np.array([page["fold"] for page in table.pages])
    for k in range(FOLDS):
        write_model(f"{work}/page_{k}.model", [(tag, words[k]) for tag, words in passes])
    table.read([(numbers[fold == k], f"{work}/page_{k}.model") for k in range(FOLDS)])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--decant", default="build/decant")
    ap.add_argument("--work", default="build/model")
    ap.add_argument("--out")
    ap.add_argument("--trees", type=int, nargs=2, default=(600, 200), help="of each pass")
    ap.add_argument("--edges", type=int, default=90)
    args = ap.parse_args()
    os.makedirs(args.work, exist_ok=True)
    pages = unpack_pages(args.data, args.work)
    table = Table(args, pages)
    print(f"{len(pages)} pages, {len(table.page)} blocks, {table.noise.mean():.3f} noise", flush=True)
    print("perfect choice:", show(Scorer(table).figures(~table.noise)), flush=True)
    passes, score = train_lexicons(table), None
    for tag, trees, rate, share in zip((PAGE_FIRST, PAGE_SECOND), args.trees, (0.08, 0.09), (0.1, 0.2)):
        read_by_fold(table, passes, args.work)
        width = table.first_width if tag == PAGE_FIRST else len(table.names)
        forests = train_pass(table, width, trees, rate, share)
        passes.append((tag, [forest.words() for forest in forests]))
        found = score_folds(forests, table.rows, table.fold)
        score = found if score is None else np.trunc((score + 3 * found) / 4).astype(np.int64)
        print(f"pass {len(passes) - 2}:", show(Scorer(table).figures(score <= 0)), flush=True)
    nets, found = train_net(table)
    passes.append((PAGE_NET, [one.words() for one in nets]))
    score = np.trunc((1 - NET_SHARE) * score + NET_SHARE * found).astype(np.int64)
    print("with the net:", show(Scorer(table).figures(score <= 0)), flush=True)
    score = settle_copies(table, score)
    read_by_fold(table, passes, args.work)
    found, forests = train_edges(table, score, args.edges)
    passes += [(PAGE_EDGES + i, [forest[i].words() for forest in forests]) for i in range(len(edges.NAMES))]
    known = table.trust > 0
    knots = calibrate(score[known], table.noise[known], table.weight[known], 30)
    bounds, figures = choose_bounds(table, found, knots)
    decision = bounds + knots
    print("decision", decision)
    np.savez(f"{args.work}/page_scores.npz", score=score, earns=found.earns)
    for k in range(FOLDS + 1):
        sections = [(tag, words[k]) for tag, words in passes] + [(PAGE_DECISION, decision)]
        if k < FOLDS:
            write_model(f"{args.work}/page_{k}.model", sections)
        elif args.out:
            write_c(args.out, "html", sections, ["Out of fold: " + show(figures)])


if __name__ == "__main__":
    main()
