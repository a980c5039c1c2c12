#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Trains the model for plain text and writes it as C.

  train.py --data ../shared/bench --decant build/decant --work build/model --out core/models/text.c

Needs python3-numpy and a C compiler. Features come from `decant features` alone, so that they
are computed once, in C. Five folds by source domain: for each, models trained without it
(WORK/fold_K.model) score it, and those out-of-fold scores feed the next pass, choose the thresholds
and calibrate the confidence. The same data and seed give the same files.
"""
import argparse
import collections
import gzip
import itertools
import json
import math
import os
import pathlib
import re
import subprocess
import sys
from multiprocessing import Pool
from urllib.parse import urlparse

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import compose
from forests import FOLDS, UNIT, calibrate, score_folds, train_folds, write_c, write_model

SUSPECT = -512                   # FEATURES_SUSPECT of verdict/features.h
TAG_FIRST, TAG_SECOND, TAG_THIRD, TAG_DECISION, TAG_RUNS, TAG_KINDS = 1, 2, 3, 4, 5, 16
KINDS = "nav footer teaser bleed related promo comment share repeat meta other".split()
KIND_OF = {"dup": "repeat", "aside": "other"}
SUITE_WEIGHT = {"bleed": 1.0, "glue": 2.0, "dump": 0.8, "made": 0.6, "snippets": 0.5, "residue": 0.4}


# ---- documents --------------------------------------------------------------------------------

def read_jsonl(path):
    with gzip.open(path, "rt", encoding="utf8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def load_suite(data, name):
    docs = read_jsonl(f"{data}/text/{name}.jsonl.gz")
    return [{"id": d["id"], "suite": name, "kind": d["kind"], "raw": d["text"].encode(), "src": d["src"],
             "spans": d["spans"], "neutral": d.get("neutral", []), "fold": d["fold"]} for d in docs]


def load_snippets(data):
    """Pages of many languages of which only some lines are known: those that hold a snippet."""
    truths = {t["id"]: t for t in read_jsonl(f"{data}/text/snippets.truth.jsonl.gz")}
    docs = []
    for doc in read_jsonl(f"{data}/text/snippets.jsonl.gz"):
        truth, raw = truths[doc["id"]], doc["text"].encode()
        known = {}
        for name in ("with", "without"):
            for snippet in truth[name]:
                at = raw.find(snippet.encode()) if snippet.strip() else -1
                if at >= 0:
                    start, end = raw.rfind(b"\n", 0, at) + 1, raw.find(b"\n", at + len(snippet.encode()))
                    known[(start, end if end >= 0 else len(raw))] = name
        neutral, at = [], 0
        for start, end in sorted(known):
            if start > at:
                neutral.append([at, start])
            at = max(at, end)
        neutral.append([at, len(raw)])
        docs.append({"id": doc["id"], "suite": "snippets", "kind": "snippets", "raw": raw, "fold": truth["fold"],
                     "spans": [[s, e, "unknown"] for (s, e), name in known.items() if name == "without"],
                     "neutral": neutral})
    return docs


def known_lines(text, truth):
    """Which lines of a text its reference holds: True, False, or None where that is not clear. Words
    alone count: references print tables and lists without the marks that extractors give them."""
    words_of = lambda string: re.findall(r"\w+", string.lower())
    truth = words_of(truth)
    pairs, truth = set(zip(truth, truth[1:])), " %s " % " ".join(truth)
    out = []
    for line in text.split("\n"):
        words = words_of(line)
        inside = sum(pair in pairs for pair in zip(words, words[1:]))
        stands = " %s " % " ".join(words) in truth
        if len(words) > 2:
            out.append(True if stands else False if inside * 5 <= len(words) else None)
        else:
            out.append(None if stands else False)
    for i in range(1, len(out) - 1):
        if out[i] is None and out[i - 1] is True and out[i + 1] is not False:
            out[i] = True
    return out


def load_residue(data, work, name, share, seed):
    """A share of an extractor's output, its lines known by the page's own reference."""
    truths = {t["id"]: t["text"] for t in read_jsonl(f"{data}/html/wcxb.truth.jsonl.gz")}
    with open(f"{work}/folds.json") as lines:
        folds = json.load(lines)
    rng, docs = np.random.default_rng(seed), []
    for doc in read_jsonl(f"{data}/residue/{name}.jsonl.gz"):
        if rng.random() >= share or not truths[doc["id"]].strip():
            continue
        spans, neutral, at = [], [], 0
        for line, known in zip(doc["text"].split("\n"), known_lines(doc["text"], truths[doc["id"]])):
            end = at + len(line.encode())
            if known is None:
                neutral.append([at, end])
            elif not known and line.strip():
                spans.append([at, end, "unknown"])
            at = end + 1
        docs.append({"id": f"{name}-{doc['id']}", "suite": "residue", "kind": "residue", "raw": doc["text"].encode(),
                     "spans": spans, "neutral": neutral, "fold": folds[doc["id"]]})
    return docs


def compose_documents(data, work, suites, per_fold, seed):
    """Documents of our own making, in the folds that the suites put their sources in."""
    fold_of_source = {d["src"].split("-")[-1]: d["fold"] for docs in suites for d in docs}
    truths = read_jsonl(f"{data}/html/wcxb.truth.jsonl.gz")
    fold_of_host = {urlparse(t["url"]).netloc: fold_of_source[t["id"]] for t in truths if t["id"] in fold_of_source}

    def fold_of(truth):
        host = urlparse(truth["url"]).netloc
        return fold_of_source.get(truth["id"], fold_of_host.get(host, sum(host.encode()) % FOLDS))
    with open(f"{work}/folds.json", "w") as out:
        json.dump({truth["id"]: fold_of(truth) for truth in truths}, out)
    pages = compose.load_pages(truths, read_jsonl(f"{data}/text/dump.jsonl.gz"), fold_of)
    composer = compose.Composer(pages, compose.load_phrases(HERE.parent / "rules" / "data"), seed)
    names = dict(de="german", fr="french", es="spanish", it="italian", pt="portuguese", nl="dutch", pl="polish",
                 ru="russian", ja="japanese", zh="chinese", ar="arabic")
    fixtures = HERE.parent.parent / "fixtures" / "negative"
    articles = {tag: (fixtures / f"{name}-article" / "input.txt").read_text(encoding="utf8") for tag, name in names.items()}
    return composer.documents(per_fold) + composer.foreign_documents(articles, per_fold // 20)


# ---- features ---------------------------------------------------------------------------------

def run_features(job):
    """(names, rows, starts, ends, document numbers) of the documents of a list file."""
    decant, listing, model = job
    command = [decant, "features", "--files-from", listing, "--model", model]
    out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    head, _, body = out.partition(b"\n")
    names = json.loads(head)["features"]
    chunks, numbers, number, lines = [], [], -1, []
    for line in body.split(b"\n"):
        if line.startswith(b"{"):
            number += 1
        elif line:
            lines.append(line)
            numbers.append(number)
            if len(lines) == 20000:
                chunks.append(np.fromstring(b" ".join(lines), dtype=np.int64, sep=" "))
                lines = []
    chunks.append(np.fromstring(b" ".join(lines), dtype=np.int64, sep=" "))
    table = [c.reshape(-1, len(names) + 2) for c in chunks if len(c)]
    rows = np.concatenate([c[:, 2:].astype(np.int16) for c in table])
    ends = np.concatenate([c[:, :2] for c in table])
    return names, rows, ends[:, 0], ends[:, 1], np.array(numbers)


class Table:
    """Every block of every document: its features, its label, its weight."""

    def __init__(self, args, docs):
        self.args, self.docs = args, docs
        os.makedirs(f"{args.work}/docs", exist_ok=True)
        for i, doc in enumerate(docs):
            with open(f"{args.work}/docs/{i}", "wb") as out:
                out.write(doc["raw"])
        self.fold_of_doc = np.array([d["fold"] for d in docs])
        write_model(f"{args.work}/empty.model", [])
        self.read([(np.arange(len(docs)), f"{args.work}/empty.model")])
        self.label()

    def read(self, parts):
        """Reads the features of each (document numbers, model) part."""
        jobs, members = [], []
        for i, (numbers, model) in enumerate(parts):
            for half in np.array_split(numbers, 2):
                listing = f"{self.args.work}/list_{i}_{len(jobs)}"
                with open(listing, "w") as out:
                    out.writelines(f"{self.args.work}/docs/{n}\n" for n in half)
                jobs.append((self.args.decant, listing, model))
                members.append(half)
        with Pool(2) as pool:
            results = pool.map(run_features, jobs, chunksize=1)
        self.names = results[0][0]
        doc = np.concatenate([m[r[4]] for m, r in zip(members, results)])
        order = np.argsort(doc, kind="stable")
        self.doc = doc[order]
        self.rows = np.concatenate([r[1] for r in results])[order]
        self.start = np.concatenate([r[2] for r in results])[order]
        self.end = np.concatenate([r[3] for r in results])[order]
        self.fold = self.fold_of_doc[self.doc]
        self.first_width = self.names.index("pass.before3")
        self.pass_width = self.names.index("suspect.max")

    def label(self):
        """Noise if half of a block's bytes are; neutral blocks weigh nothing."""
        n = len(self.doc)
        self.noise = np.zeros(n, bool)
        self.kind = np.full(n, -1)
        self.known = np.ones(n, bool)
        first = np.searchsorted(self.doc, np.arange(len(self.docs) + 1))
        self.first_of_doc = first
        for i, doc in enumerate(self.docs):
            s, e = self.start[first[i]:first[i + 1]], self.end[first[i]:first[i + 1]]
            covered = np.zeros(len(s))
            for spans, value in ((doc["spans"], 1), (doc["neutral"], 0)):
                for span in spans:
                    a, b = np.searchsorted(e, span[0], "right"), np.searchsorted(s, span[1], "left")
                    for k in range(a, b):
                        overlap = min(e[k], span[1]) - max(s[k], span[0])
                        if 2 * overlap < e[k] - s[k]:
                            covered[k] += value * overlap
                            continue
                        at = first[i] + k
                        if value:
                            self.noise[at] = True
                            name = KIND_OF.get(span[2], span[2])
                            self.kind[at] = KINDS.index(name) if name in KINDS else -1
                        else:
                            self.known[at] = False
        words = np.maximum(self.rows[:, self.names.index("words")], 1).astype(float)
        self.words = words
        self.end_mark = (self.rows[:, self.names.index("end_mark")] > 0) & (words <= 2)
        weight = np.sqrt(words) * self.known
        for i, doc in enumerate(self.docs):
            part = slice(first[i], first[i + 1])
            w = weight[part]
            total = w.sum()
            if not total:
                continue
            noise = self.noise[part]
            share = w[noise].sum() / total
            if 0 < share < 1 and doc["suite"] != "residue":
                w[noise] *= min(3.0, max(1.0, math.sqrt((1 - share) / share)))
            weight[part] = w / w.sum() * SUITE_WEIGHT[doc["suite"]]
        self.weight = weight * (n / weight.sum())
        self.thin()

    def thin(self, near=8, share=0.35):
        """Which blocks train: all near a border of noise, a share of the others, which weigh more."""
        border = np.flatnonzero((self.doc[1:] != self.doc[:-1]) | (self.noise[1:] != self.noise[:-1]))
        n = len(self.doc)
        close = np.zeros(n + 1, int)
        np.add.at(close, np.maximum(border - near + 1, 0), 1)
        np.add.at(close, np.minimum(border + near + 1, n), -1)
        close = np.cumsum(close)[:n] > 0
        chosen = np.random.default_rng(5).random(n) < share
        self.trains = self.known & (close | chosen)
        self.train_weight = np.where(close, self.weight, self.weight / share)


# ---- decisions --------------------------------------------------------------------------------

class Runs:
    """The suspect runs of every document, as features.c finds them in the second scores."""

    def __init__(self, table, score):
        over = score > SUSPECT
        same = np.r_[False, (table.doc[1:] == table.doc[:-1]) & over[1:] & over[:-1]]
        begins = over & ~same
        self.of_block = np.where(over, np.cumsum(begins) - 1, -1)
        self.first = np.flatnonzero(begins)
        count = len(self.first)
        self.doc = table.doc[self.first]
        size = np.maximum(table.words, 1) * table.known
        run, members = self.of_block[over], np.flatnonzero(over)
        self.size = np.bincount(run, size[members], count)
        self.foul = np.bincount(run, (size * table.noise)[members], count)
        order = np.lexsort((members, -score[members], run))
        self.clearest = members[order][np.r_[True, np.diff(run[order]) > 0]] if count else members
        self.noise = 2 * self.foul > self.size
        length = (table.end - table.start).astype(float)
        all_ = np.bincount(table.doc, length, len(table.docs))[self.doc]
        self.share = (np.bincount(run, length[members], count) * 1000 / all_).astype(np.int64)


class Outcome:
    """What thresholds do to the documents, by bytes of blocks: a fast stand-in for the scorer."""

    def __init__(self, table, score, runs, run_score):
        self.table, self.score = table, score
        size = (table.end - table.start) * table.known
        self.clean, self.foul = size * ~table.noise, size * table.noise
        first = table.first_of_doc[:-1]
        self.clean_sum = np.add.reduceat(self.clean, first)
        self.foul_sum = np.add.reduceat(self.foul, first)
        self.suite = np.array([d["suite"] for d in table.docs])
        self.kinds = np.array([d["kind"] for d in table.docs])
        highest = np.full(len(table.docs), -(1 << 30))
        np.maximum.at(highest, runs.doc, run_score)
        self.runs = runs
        self.run_score = np.where(runs.of_block >= 0, run_score[runs.of_block], -(1 << 30))
        self.document_score = highest[table.doc]

    def dropped(self, block, run, document):
        """A run goes from its first to its last block over the threshold, as in verdict.c."""
        over = np.flatnonzero((self.score > block) & (self.runs.of_block >= 0))
        count = len(self.runs.first)
        begin, end = np.full(count, len(self.score)), np.full(count, -1)
        opens = over[~self.table.end_mark[over]]
        np.minimum.at(begin, self.runs.of_block[opens], opens)
        np.maximum.at(end, self.runs.of_block[over], over)
        number = np.arange(len(self.score))
        inside = (number >= begin[self.runs.of_block]) & (number <= end[self.runs.of_block])
        return inside & (self.run_score > run) & (self.document_score > document)

    def measure(self, thresholds):
        first, drop = self.table.first_of_doc[:-1], self.dropped(*thresholds)
        lost = np.add.reduceat(self.clean * drop, first) / np.maximum(self.clean_sum, 1)
        left = 1 - np.add.reduceat(self.foul * drop, first) / np.maximum(self.foul_sum, 1)
        keep = 1 - lost
        h = 2 * keep * (1 - left) / np.maximum(keep + 1 - left, 1e-9)
        return lost, left, h

    def figures(self, measured, select):
        lost, left, h = measured
        noisy, clean = select & (self.foul_sum > 0), select & (self.foul_sum == 0)
        mean = lambda values: values.mean() if len(values) else float("nan")
        return {"H": mean(h[noisy]), "loss": mean(lost[select]), "left": mean(left[noisy]),
                "exact": mean((lost[noisy] == 0) & (left[noisy] == 0)), "untouched": mean(lost[clean] == 0)}


def choose_decision(table, score, runs, run_score):
    """The outcome, the three thresholds and the price (what a run's score falls by if it is the whole
    document) that give most H and exact documents while bleed and glue stay untouched and lose little, and
    extracted text loses next to nothing: precision first."""
    best, chosen = -99.0, None
    for price in range(3 * UNIT, 6 * UNIT, UNIT // 2):
        outcome = Outcome(table, score, runs, run_score - price * runs.share // 1000)
        suites = {name: outcome.suite == name for name in ("bleed", "glue", "dump", "snippets", "residue")}
        for block, run, document in itertools.product((0.5, 0.6, 0.7), (0.3, 0.4, 0.5), (0, 0.05, 0.1, 0.15, 0.2, 0.3)):
            thresholds = tuple(int(t * UNIT) for t in (block, run, run + document))
            measured = outcome.measure(thresholds)
            bleed, glue, dump, snippets, residue = (outcome.figures(measured, s) for s in suites.values())
            worth = bleed["H"] + bleed["exact"] + 1.5 * glue["H"] + 0.5 * dump["H"] + 0.5 * snippets["H"]
            for f, untouched in ((bleed, 0.905), (glue, 0.90)):
                worth -= 20 * max(0, untouched - f["untouched"]) + 60 * max(0, f["loss"] - 0.0095)
            worth -= 10 * max(0, 0.804 - dump["H"]) + 80 * max(0, residue["loss"] - 0.0092)
            if worth > best:
                best, chosen = worth, (outcome, thresholds, price)
    return chosen


# ---- the whole --------------------------------------------------------------------------------

def train_pass(table, width, select, trees, rate):
    shared = {"rows": table.rows, "label": table.noise, "weight": table.train_weight, "fold": table.fold,
              "select": table.trains & select}
    return train_folds(shared, width, trees, 6, rate)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--decant", default="build/decant")
    ap.add_argument("--work", default="build/model")
    ap.add_argument("--out")
    ap.add_argument("--made", type=int, default=700, help="composed documents a fold")
    ap.add_argument("--first", type=int, default=100, help="trees of the first pass")
    ap.add_argument("--second", type=int, default=120)
    ap.add_argument("--third", type=int, default=60)
    args = ap.parse_args()

    os.makedirs(args.work, exist_ok=True)
    suites = [load_suite(args.data, name) for name in ("bleed", "glue", "dump")]
    made = compose_documents(args.data, args.work, suites, args.made, 11)
    residue = [d for i, name in enumerate(("trafilatura", "readability", "resiliparse"))
               for d in load_residue(args.data, args.work, name, 0.5, 20 + i)]
    docs = [d for s in suites for d in s] + load_snippets(args.data) + residue + made
    docs = [d for d in docs if d["raw"].strip()]
    table = Table(args, docs)
    print(f"{len(docs)} documents, {len(table.doc)} blocks, {table.noise.mean():.3f} noise", flush=True)

    passes, everything = [], np.ones(len(table.doc), bool)
    numbers = np.arange(len(docs))

    def read_with_passes(name):
        """The features that the passes so far give, each fold's by models that never saw it."""
        for k in range(FOLDS):
            write_model(f"{args.work}/{name}_{k}.model", [(tag, forests[k].words()) for tag, forests in passes])
        table.read([(numbers[table.fold_of_doc == k], f"{args.work}/{name}_{k}.model") for k in range(FOLDS)])

    passes.append((TAG_FIRST, train_pass(table, table.first_width, everything, args.first, 0.3)))
    read_with_passes("first")
    passes.append((TAG_SECOND, train_pass(table, table.pass_width, everything, args.second, 0.25)))
    second = score_folds(passes[1][1], table.rows, table.fold)
    read_with_passes("second")
    passes.append((TAG_THIRD, train_pass(table, table.pass_width, second > SUSPECT, args.third, 0.2)))
    score = np.where(second > SUSPECT, score_folds(passes[2][1], table.rows, table.fold), second)
    read_with_passes("third")
    print("passes done", flush=True)

    runs = Runs(table, score)
    judges, run_score = train_runs(table, runs)
    passes.append((TAG_RUNS, judges))
    outcome, chosen, price = choose_decision(table, score, runs, run_score)
    lines = report(outcome, chosen, price)
    use = outcome.dropped(*chosen) & table.known
    decision = list(chosen) + [price] + calibrate(outcome.run_score[use], table.noise[use], table.weight[use])
    print("decision", decision)
    np.savez(f"{args.work}/scores.npz", score=score, run=run_score)

    kinds = train_kinds(table)
    for k in range(FOLDS + 1):
        sections = [(tag, forests[k].words()) for tag, forests in passes] + [(TAG_DECISION, decision)]
        sections += [(TAG_KINDS + i, forest.words()) for i, forest in enumerate(kinds[k])]
        if k < FOLDS:
            write_model(f"{args.work}/fold_{k}.model", sections)
        elif args.out:
            write_c(args.out, "text", sections, lines)


def train_runs(table, runs):
    """The judge of runs, on the row of each run's clearest block. Every document's runs weigh alike."""
    rows, fold = table.rows[runs.clearest], table.fold_of_doc[runs.doc]
    size = np.sqrt(runs.size) + 1e-3
    share = size / np.bincount(runs.doc, size, len(table.docs))[runs.doc]
    weight = share * np.array([{"glue": 1.5, "dump": 0.5, "made": 0.5, "snippets": 0.3, "residue": 0.7}.get(d["suite"], 1.0) for d in table.docs])[runs.doc]
    weight *= len(weight) / weight.sum()
    shared = {"rows": rows, "label": runs.noise, "select": runs.size > 0, "weight": weight, "fold": fold}
    judges = train_folds(shared, rows.shape[1], 120, 5, 0.15)
    return judges, score_folds(judges, rows, fold)


def train_kinds(table):
    """A forest a kind, on the blocks that are noise; stamps and bylines among the others are meta."""
    names = table.names
    kind = table.kind.copy()
    meta = table.rows[:, [names.index(n) for n in ("byline", "stamp", "credit", "dateline")]].max(axis=1) >= 500
    kind[(kind == KINDS.index("other")) & meta] = KINDS.index("meta")
    select = (kind >= 0) & table.known & (np.random.default_rng(6).random(len(kind)) < 0.4)
    shared = {"rows": table.rows, "label": kind, "weight": table.weight, "fold": table.fold, "select": select}
    out = train_folds(shared, table.first_width, 12, 5, 0.4, classes=len(KINDS))
    right = 0
    for k in range(FOLDS):
        test = select & (table.fold == k)
        guess = np.argmax([f.score(table.rows[test]) for f in out[k]], axis=0)
        right += (table.weight[test] * (guess == kind[test])).sum()
    print(f"kinds right: {right / table.weight[select].sum():.3f}")
    return out


def report(outcome, chosen, price):
    measured = outcome.measure(chosen)
    lines = ["Out of fold, thresholds of block, run and document %d, %d, %d, price %d:" % (*chosen, price)]
    for suite in ("bleed", "glue", "dump", "snippets", "residue", "made"):
        f = outcome.figures(measured, outcome.suite == suite)
        lines.append(f"  {suite}: " + ", ".join(f"{k} {v:.3f}" for k, v in f.items()))
    print("\n".join(lines), flush=True)
    for kind in sorted(set(outcome.kinds[outcome.suite != "made"]) - {"snippets", "residue"}):
        f = outcome.figures(measured, (outcome.kinds == kind) & (outcome.suite != "made"))
        print(f"    {kind:20s} " + ", ".join(f"{k} {v:.3f}" for k, v in f.items()))
    return lines


if __name__ == "__main__":
    main()
