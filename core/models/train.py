#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Trains the model for plain text and writes it as C.

  train.py --data ../shared/bench --decant build/decant --work build/model --out core/models/text.c

Needs python3-numpy, python3-torch and a C compiler. Features come from `decant features` alone, so that they
are computed once, in C. Five folds by source domain: for each, models trained without it
(WORK/fold_K.model) score it, and those out-of-fold scores feed the next pass, choose the thresholds
and calibrate the confidence. The same data and seed give the same files.
"""
import argparse
import collections
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
import edges
import lexicon
import net
from forests import FOLDS, UNIT, calibrate, read_blocks, score_folds, train_folds, write_c, write_list, write_model
from pages import label_page, read_jsonl, read_shown, read_texts, unpack_pages

BRIEF, DUMP_BRIEF = 40, 25        # bytes: what is shorter has a confidence of its own
SUSPECT, VOTES = -1536, 200       # of score_suspects() in verdict/verdict.c
# Between these a dump finds its threshold: over the higher one more noise would stay than the text is worth that
# would, too.
DUMP_BOUNDS = -UNIT, UNIT
NET_SHARE = 5 / 8                 # of ask_net() there
SEARCHED = ("bleed", "glue", "made")  # suites whose runs train the judge of runs
DUMPS = ("dump", "page", "snippets")
TEXTS = ("bleed", "glue", "made", "residue")
DUMPED = (*DUMPS, "residue")      # of which some are dumps
DIRTY, CLEAN = 0.1, 0.03          # of what an extractor left: shares of noise that make it a dump, and that do not
# What a net need not be told: it sees what stands around a block, and errs apart from the passes.
SKIPPED = r"(before|after|block_before|block_after|near)\d*\.|pass\.|run_|lean\.[ab]|opens\.[ab]"
SKIPPED_OF_DUMPS = SKIPPED + r"|votes|best|marks|opens"   # what is measured of other texts alone, or of their hand
# What a border need not be told: what stands further away, and what the document is like.
SKIPPED_OF_EDGES = r"(before|after)[23]\.|block_|near|(prose|since|until|noisy)_|document|lean\.|marks|opens\.|run_|" \
                   r"pass\.(stretch|near|all|kept|gain|mean|max|share)"
SENTENCE_END = re.compile(r'(?<=[.!?])\s+(?=["\u201c]?[A-Z])')
TAG_FIRST, TAG_SECOND, TAG_THIRD, TAG_DECISION, TAG_RUNS, TAG_DUMP, TAG_GATE, TAG_DUMP_DECISION, TAG_GLANCE, TAG_LEXICON, TAG_BRIEF, \
    TAG_DUMP_BRIEF, TAG_NET, TAG_DUMP_NET = range(1, 15)
TAG_KINDS, TAG_EDGES, TAG_DUMP_EDGES = 16, 28, 40
KINDS = "nav footer teaser bleed related promo comment share repeat meta other".split()
KIND_OF = {"dup": "repeat", "aside": "other"}
PROSE = [KINDS.index(name) for name in ("teaser", "bleed", "repeat")]  # noise that does not read like noise
EDGE_WEIGHT = {"bleed": 1, "glue": 2, "made": 0.6}  # of documents that teach where something foreign begins
GATE_WEIGHT = {"bleed": 1, "glue": 1, "made": 0.2, "residue": 0.6}  # of documents that teach what holds anything foreign
SUITE_WEIGHT = {"bleed": 1.0, "glue": 2.0, "dump": 0.8, "page": 0.6, "made": 0.6, "snippets": 0.5, "residue": 0.4}


# ---- documents --------------------------------------------------------------------------------

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


def dump_of(page, label, trust):
    """A page's texts as the lines of a dump."""
    raw, spans, neutral = b"", [], []
    for text, good, sure in zip(page["texts"], label, trust):
        span = [len(raw), len(raw) + len(text.encode())]
        raw += text.encode() + b"\n"
        if sure <= 0.5:
            neutral.append(span)
        elif good < 0.5:
            spans.append([*span, "unknown"])
    return {"id": f"{page['set']}-{page['truth']['id']}", "suite": "page", "kind": "page", "raw": raw,
            "spans": spans, "neutral": neutral}


def load_page_dumps(work, decant, pages, fold_of):
    """Every line of pages that a dump would have, known by the page's own reference."""
    paths = [page["path"] for page in pages]
    halves = [(decant, list(part), f"{work}/list_half_{i}", f"{work}/empty.model")
              for i, part in enumerate(np.array_split(paths, 2))]
    with Pool(2) as pool:
        texts = [page for half in pool.map(read_texts, halves, chunksize=1) for page in half]
        shown = [page for half in pool.map(read_shown, halves, chunksize=1) for page in half]
        for page, own, is_shown in zip(pages, texts, shown):
            page["texts"] = [text for text, there in zip(own, is_shown) if there]
        labels = pool.map(label_page, pages, chunksize=16)
    return [{**dump_of(page, *known), "fold": fold_of(page["truth"])} for page, known in zip(pages, labels)]


def describe_pages(work, decant, pages):
    """What pages say of themselves, by their ids: titles, descriptions, authors."""
    listing = f"{work}/list_pages"
    ids = {page["path"]: page["truth"]["id"] for page in pages}
    write_list(listing, ids)
    told = subprocess.run([decant, "-q", "--from", "html", "--format", "json", "--files0-from", listing],
                          stdout=subprocess.PIPE, check=True).stdout
    return {ids[line["doc"]]: line for line in map(json.loads, told.splitlines())}


class Folds:
    """The folds that the suites put the pages' sources in."""

    def __init__(self, suites, truths):
        self.of_source = {d["src"].split("-")[-1]: d["fold"] for docs in suites for d in docs}
        self.of_host = {urlparse(t["url"]).netloc: self.of_source[t["id"]] for t in truths if t["id"] in self.of_source}

    def of(self, truth):
        host = urlparse(truth["url"]).netloc
        return self.of_source.get(truth["id"], self.of_host.get(host, sum(host.encode()) % FOLDS))


def other_pages(work, decant, pages):
    """By language, pages without a text of annotators: what the program leaves of them is taken for it."""
    fold_of = {page["truth"]["id"]: page["fold"] for page in pages}
    told, truths = describe_pages(work, decant, pages), collections.defaultdict(list)
    for name, line in sorted(told.items()):
        truths[line.get("language", "")[:2].lower()].append(
            {"id": name, "type": "article", "title": line.get("title"), "text": line["text"]})
    return {language: compose.load_pages(some, told, [], lambda truth: fold_of[truth["id"]])
            for language, some in truths.items() if len(some) >= 2 * FOLDS and language}


def compose_documents(pages, others, per_fold, seed):
    """Documents of our own making: of the pages, of others by their language, and of articles in more."""
    phrases = compose.load_phrases(HERE.parent / "rules" / "data")
    composer = compose.Composer(pages, phrases, seed)
    names = dict(de="german", fr="french", es="spanish", it="italian", pt="portuguese", nl="dutch", pl="polish",
                 ru="russian", ja="japanese", zh="chinese", ar="arabic")
    fixtures = HERE.parent.parent / "fixtures" / "negative"
    articles = {tag: (fixtures / f"{name}-article" / "input.txt").read_text(encoding="utf8") for tag, name in names.items()}
    made = composer.documents(per_fold) + composer.foreign_documents(articles, per_fold // 20)
    for language, some in sorted(others.items()):
        of_language = compose.Composer(some, phrases, seed, language, compose.KINDS_OF_PROSE)
        made += of_language.documents(per_fold // 4, f"made-{language}")
    return made


# ---- features ---------------------------------------------------------------------------------

def run_features(job):
    """Names and blocks (document, start, end, row) of the documents of a list file; or runs of blocks."""
    decant, listing, model, *more = job
    return read_blocks([decant, "features", "--from", "text", "--files0-from", listing, "--model", model, *more])


class Table:
    """Every block of every document: its features, its label, its weight."""

    def __init__(self, args, docs):
        self.args, self.docs = args, docs
        os.makedirs(f"{args.work}/docs", exist_ok=True)
        for i, doc in enumerate(docs):
            with open(f"{args.work}/docs/{i}", "wb") as out:
                out.write(doc["raw"])
        self.fold_of_doc = np.array([d["fold"] for d in docs])
        self.suite = np.array([d["suite"] for d in docs])
        self.read([(np.arange(len(docs)), f"{args.work}/empty.model")])
        self.label()

    def read(self, parts):
        """Reads the features of each (document numbers, model) part."""
        self.names, self.doc, self.start, self.end, self.rows = self.features(parts)
        self.fold = self.fold_of_doc[self.doc]
        self.first_width = self.names.index("pass.before3")
        self.second_width = self.names.index("votes.held")
        self.third_width = self.names.index("agrees.rest")

    def features(self, parts, *more):
        """Names, and of every block or run: its document, where it starts and ends, its row."""
        jobs, members = [], []
        for i, (numbers, model) in enumerate(parts):
            for half in np.array_split(numbers, 2):
                listing = f"{self.args.work}/list_{i}_{len(jobs)}"
                write_list(listing, [f"{self.args.work}/docs/{n}" for n in half])
                jobs.append((self.args.decant, listing, model, *more))
                members.append(half)
        with Pool(2) as pool:
            results = pool.map(run_features, jobs, chunksize=1)
        doc = np.concatenate([m[blocks["doc"]] for m, (_, blocks) in zip(members, results)])
        order = np.argsort(doc, kind="stable")
        joined = lambda field: np.concatenate([blocks[field] for _, blocks in results])[order]
        return results[0][0], doc[order], joined("start").astype(np.int64), joined("end").astype(np.int64), joined("row")

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


# ---- words ------------------------------------------------------------------------------------

def source_of(doc):
    """The page that a document's text is from."""
    return doc.get("src", doc["id"]).split("-")[-1]


def learn_leans(table):
    """Which words lean to noise: a lexicon for each fold and one for all, from what real pages say. Foreign
    prose is left out: its words are those of any text."""
    use = np.flatnonzero((table.suite != "made")[table.doc] & table.known & ~np.isin(table.kind, PROSE))
    texts = [table.docs[d]["raw"][s:e].decode("utf8", "replace")
             for d, s, e in zip(table.doc[use], table.start[use], table.end[use])]
    numbers = {}
    source = np.array([numbers.setdefault(source_of(doc), len(numbers)) for doc in table.docs])[table.doc[use]]
    words = lexicon.Words(lexicon.parts_of_blocks(texts, np.zeros(len(use), bool), source), source)
    noise, weight, fold = table.noise[use].astype(float), table.weight[use], table.fold[use]
    return [words.learn(noise, weight * (fold != k)) for k in range(FOLDS + 1)]


def learn_openings(pages, share=0.5):
    """With which words articles begin: sentences of first paragraphs and descriptions, against later ones."""
    rng, texts, opens, page, fold = np.random.default_rng(9), [], [], [], []
    for number, source in enumerate(pages):
        lines = [line for line in source.lines if len(line) > 60]
        beginning = [s for text in lines[:1] + [source.description] for s in SENTENCE_END.split(text)[:3]]
        later = [s for line in lines[3:40] for s in SENTENCE_END.split(line) if rng.random() < share]
        for is_opening, sentences in ((True, beginning), (False, later)):
            sentences = [sentence for sentence in sentences if len(sentence) > 30]
            texts += sentences
            opens += [is_opening] * len(sentences)
            page += [number] * len(sentences)
            fold += [source.fold] * len(sentences)
    opens, fold = np.array(opens), np.array(fold)
    words = lexicon.Words(lexicon.parts_of_openings(texts), np.array(page))
    weight = np.where(opens, 1.0, 3 * opens.sum() / (~opens).sum())
    return [words.learn(opens.astype(float), weight * (fold != k), shrink=3.0) for k in range(FOLDS + 1)]


def learn_lexicons(table, pages):
    return [lexicon.merge(*both) for both in zip(learn_leans(table), learn_openings(pages))]


# ---- runs -------------------------------------------------------------------------------------

def noise_runs(doc):
    """The document's noise, what is parted by signs alone joined."""
    out = []
    for start, end, _ in sorted(doc["spans"]):
        if out and not re.search(rb"[0-9A-Za-z\x80-\xff]", doc["raw"][out[-1][1]:start]):
            out[-1][1] = max(end, out[-1][1])
        else:
            out.append([start, end])
    return out


class Runs:
    """Runs of blocks that might be foreign, and which of them are just what is."""

    def __init__(self, table, parts, most=50):
        numbers = [(n[np.isin(table.suite[n], SEARCHED)], model) for n, model in parts]
        self.names, self.doc, start, end, self.rows = table.features(numbers, "--runs")
        overlap = np.zeros(len(self.doc))
        first = np.searchsorted(self.doc, np.arange(len(table.docs) + 1))
        for number in np.unique(self.doc):
            part = slice(first[number], first[number + 1])
            s, e = start[part], end[part]
            for a, b in noise_runs(table.docs[number]):
                both = np.minimum(e, b) - np.maximum(s, a)
                overlap[part] = np.maximum(overlap[part], both / (np.maximum(e, b) - np.minimum(s, a)))
        self.foreign = overlap > 0.97
        self.fold = table.fold_of_doc[self.doc]
        count = np.diff(first)[self.doc]
        share = np.minimum(1, most / count)
        self.trains = self.foreign | (np.random.default_rng(8).random(len(self.doc)) < share)
        weight = np.where(self.foreign, 3.0, 1 / share)
        total = np.bincount(self.doc, weight * self.trains, len(table.docs))[self.doc]
        suites = np.array([{"made": 0.7}.get(name, 1.0) for name in table.suite])[self.doc]
        self.weight = weight * suites / np.sqrt(np.maximum(total, 1))
        self.weight *= self.trains.sum() / self.weight[self.trains].sum()

    def train(self, use, width, trees, depth, rate, **more):
        shared = {"rows": self.rows[use], "label": self.foreign[use], "weight": self.weight[use], "fold": self.fold[use],
                  "select": np.ones(use.sum(), bool)}
        return train_folds(shared, width, trees, depth, rate, **more)

    def glance(self, width):
        """Forests that pass over runs at a glance: of those that are foreign a few in a hundred."""
        forests = self.train(self.trains, width, 15, 5, 0.3)
        for k, forest in enumerate(forests):
            score = forest.score(self.rows[self.foreign & (self.fold != k)])
            forest.bias = -int(np.quantile(score, 0.02))
        self.passed = score_folds(forests, self.rows, self.fold) >= 0
        print(f"at a glance {self.passed.mean():.3f} pass, of the foreign {self.passed[self.foreign].mean():.3f}", flush=True)
        return forests

    def judge(self, trees):
        return self.train(self.trains & self.passed, self.rows.shape[1], trees, 6, 0.08, columns=0.3)


# ---- decisions --------------------------------------------------------------------------------

class Outcome:
    """What thresholds do to the documents that are no dumps, by bytes of blocks: a fast stand-in for the
    scorer."""

    def __init__(self, table, found, gate, dump):
        self.table, self.edges, self.gate = table, found, gate
        self.settled = {}   # blocks' scores by the threshold that they were settled at
        size = (table.end - table.start) * table.known
        self.clean, self.foul = size * ~table.noise, size * table.noise
        first = table.first_of_doc[:-1]
        self.clean_sum = np.add.reduceat(self.clean, first)
        self.foul_sum = np.add.reduceat(self.foul, first)
        self.kinds = np.array([d["kind"] for d in table.docs])
        self.put = np.array([bool(d["spans"]) for d in table.docs])
        self.is_dump = dump > 0

    def over(self, block, gate):
        """How far a block, settled at a threshold, and its document are over, whichever is less."""
        if block not in self.settled:
            self.settled[block] = self.edges.settle(block)
        return np.minimum(self.settled[block], self.gate[self.table.doc] - gate)

    def dropped(self, *thresholds):
        drop = self.over(*thresholds) > 0
        stays = np.r_[True, ~drop[:-1]] & self.table.end_mark
        return drop & ~stays

    def measure(self, drop):
        first = self.table.first_of_doc[:-1]
        lost = np.add.reduceat(self.clean * drop, first) / np.maximum(self.clean_sum, 1)
        left = 1 - np.add.reduceat(self.foul * drop, first) / np.maximum(self.foul_sum, 1)
        keep = 1 - lost
        h = 2 * keep * (1 - left) / np.maximum(keep + 1 - left, 1e-9)
        return lost, left, h

    def figures(self, measured, select):
        lost, left, h = measured
        noisy, clean = select & (self.foul_sum > 0), select & ~self.put
        mean = lambda values: values.mean() if len(values) else float("nan")
        return {"H": mean(h[noisy]), "loss": mean(lost[select]), "left": mean(left[noisy]),
                "exact": mean((lost[noisy] == 0) & (left[noisy] == 0)), "untouched": mean(lost[clean] == 0)}


def choose_decision(outcome):
    """The thresholds of block and gate that give most H and exact documents while bleed and glue stay
    untouched and lose little, and extracted text loses next to nothing: precision first. Of equals those with the
    higher gate."""
    best, chosen = -99.0, None
    suite = outcome.table.suite
    for block, gate in itertools.product(np.arange(-0.5, 1.6, 0.25), np.arange(2.5, -1, -0.02)):
        thresholds = int(block * UNIT), int(gate * UNIT)
        measured = outcome.measure(outcome.dropped(*thresholds))
        bleed, glue, residue = (outcome.figures(measured, (suite == s) & ~outcome.is_dump) for s in ("bleed", "glue", "residue"))
        worth = sum(f["H"] + 0.5 * f["exact"] for f in (bleed, glue))
        for f, loss in ((bleed, 0.0078), (glue, 0.0125)):
            worth -= 20 * max(0, 0.94 - f["untouched"]) + 60 * max(0, f["loss"] - loss)
        worth -= 60 * max(0, residue["loss"] - 0.010)
        if worth > best:
            best, chosen = worth, thresholds
    return chosen


# ---- the whole --------------------------------------------------------------------------------

def train_pass(table, width, select, trees, rate, **more):
    shared = {"rows": table.rows, "label": table.noise, "weight": table.train_weight, "fold": table.fold,
              "select": table.trains & select}
    return train_folds(shared, width, trees, 6, rate, **more)


def document_weight(table, weights):
    """Of each document that of its suite."""
    return np.array([weights.get(name, 0.0) for name in table.suite])


def train_documents(table, rows, label, weight, width, trees, depth, rate, **more):
    """Forests that judge a document by one row, and their scores."""
    shared = {"rows": rows, "label": label, "weight": weight, "fold": table.fold_of_doc, "select": weight > 0}
    forests = train_folds(shared, width, trees, depth, rate, **more)
    return forests, score_folds(forests, rows, table.fold_of_doc)


def holds_foreign(table, score, block=UNIT // 2, purity=0.75):
    """Whether the gate should open: noise was put in, or, where much is arguable, what would go is noise."""
    size = (table.end - table.start) * table.known * (score > block)
    first = table.first_of_doc[:-1]
    goes, foul = np.add.reduceat(size, first), np.add.reduceat(size * table.noise, first)
    put = np.array([bool(doc["spans"]) for doc in table.docs])
    return np.where(table.suite == "residue", foul > purity * np.maximum(goes, 1), put)


def load_documents(args):
    """Documents to train on, and the pages that some are made of."""
    suites = [load_suite(args.data, name) for name in ("bleed", "glue", "dump")]
    pages = unpack_pages(args.data, args.work)
    own = [page for page in pages if page["set"] == "wcxb"]
    folds = Folds(suites, [page["truth"] for page in own])
    with open(f"{args.work}/folds.json", "w") as out:
        json.dump({page["truth"]["id"]: folds.of(page["truth"]) for page in own}, out)
    sources = compose.load_pages([page["truth"] for page in own], describe_pages(args.work, args.decant, own),
                                 read_jsonl(f"{args.data}/text/dump.jsonl.gz"), folds.of)
    dumped = {doc["src"] for doc in suites[-1]}
    others = [page for page in pages if f"{page['set']}-{page['truth']['id']}" not in dumped and page["truth"].get("text", "").strip()]
    write_model(f"{args.work}/empty.model", [])
    more = load_page_dumps(args.work, args.decant, others, folds.of)
    unknown = other_pages(args.work, args.decant, [page for page in pages if page["set"] == "snippets"])
    made = compose_documents(sources, unknown, args.made, 11)
    residue = [d for i, name in enumerate(("trafilatura", "readability", "resiliparse"))
               for d in load_residue(args.data, args.work, name, 0.5, 20 + i)]
    docs = [d for s in suites for d in s] + load_snippets(args.data) + more + residue + made
    return [d for d in docs if d["raw"].strip()], sources.values()


def train_dump(table, trees):
    """Forests that tell a dump, of which much goes, from other texts, and their scores: over 0 it is one. What
    extractors leave is one where much of it is noise. Few are taken for dumps that are none; one that passes for an
    article keeps its noise, which costs more."""
    known = table.words * table.known
    share = (np.bincount(table.doc, known * table.noise, len(table.docs)) /
             np.maximum(np.bincount(table.doc, known, len(table.docs)), 1))
    left = table.suite == "residue"
    weights = {"dump": 3, "page": 1, "snippets": 1, "bleed": 1, "glue": 1, "residue": 2, "made": 0.5}
    weight = document_weight(table, weights) * ~(left & (share > CLEAN) & (share <= DIRTY))
    forests, score = train_documents(table, table.rows[table.first_of_doc[:-1]],
                                     np.isin(table.suite, DUMPS) | (left & (share > DIRTY)), weight,
                                     table.second_width, trees, 4, 0.06, columns=0.2)
    limit = int(np.quantile(score[np.isin(table.suite, ("bleed", "glue"))], 0.99))
    for forest in forests:
        forest.bias = -limit
    return forests, score - limit


def log_loss(score, noise, weight):
    return np.average(np.logaddexp(0, np.where(noise, -score, score) / UNIT), weights=weight)


class Trainer:
    """Trains forest after forest, each on what those before it, of the fold, say."""

    def __init__(self, args):
        self.args = args
        docs, self.pages = load_documents(args)
        self.table = Table(args, docs)
        self.sections = []       # (tag, words for each fold and for all)
        print(f"{len(self.table.docs)} documents, {len(self.table.doc)} blocks, {self.table.noise.mean():.3f} noise", flush=True)

    def parts(self, name):
        """Writes the models so far; the documents of each fold with the one that never saw them."""
        numbers = np.arange(len(self.table.docs))
        for k in range(FOLDS):
            write_model(f"{self.args.work}/{name}_{k}.model", [(tag, words[k]) for tag, words in self.sections])
        return [(numbers[self.table.fold_of_doc == k], f"{self.args.work}/{name}_{k}.model") for k in range(FOLDS)]

    def read(self, name):
        self.table.read(self.parts(name))
        print(name, "done", flush=True)

    def add_nets(self, score, is_dump):
        """Scores in which what the nets say has its share: one of dumps, one of all other texts."""
        whole = holds_foreign(self.table, score), document_weight(self.table, GATE_WEIGHT)
        found = self.train_net(TAG_NET, TEXTS, SKIPPED, ~is_dump, whole, dropout=0.35, epochs=7, batch=800, clip=5.0)
        found += self.train_net(TAG_DUMP_NET, DUMPED, SKIPPED_OF_DUMPS, is_dump, None, dropout=0.3, epochs=7, batch=1600, clip=0.05)
        return np.trunc((1 - NET_SHARE) * score + NET_SHARE * found).astype(np.int64)

    def train_net(self, tag, suites, skipped, scored, whole, **options):
        """Trains on those documents of some suites that it is to score; what it says of all it is to score. `whole`
        as net.train has it."""
        table = self.table
        select = np.isin(table.suite, suites) & scored
        inputs = net.Inputs(table.names, table.rows[select[table.doc]][::5], skipped)
        shared = {"levels": inputs.of(table.rows), "label": table.noise, "weight": table.weight * table.known, "words": table.words,
                  "first": table.first_of_doc, "fold": table.fold_of_doc, "select": select, "scored": scored,
                  "whole": whole}
        nets = net.train_folds(shared, inputs=inputs, width=48, dilations=(1, 2, 4, 8), seed=1, **options)
        self.add(tag, nets)
        found = net.score_folds(shared, nets)
        for suite in suites:
            use = (table.suite == suite)[table.doc] & table.known & scored[table.doc]
            print(f"net of {suite}: log-loss {log_loss(found[use], table.noise[use], table.weight[use]):.4f}", flush=True)
        return found

    def train_gate(self, score):
        rows = self.gate_rows()
        forests, gate = train_documents(self.table, rows, holds_foreign(self.table, score),
                                        document_weight(self.table, GATE_WEIGHT), rows.shape[1], self.args.gate, 5, 0.05,
                                        columns=0.15)
        self.add(TAG_GATE, forests)
        return gate

    def gate_rows(self):
        """What the gate reads of every document; zeros of dumps."""
        _, doc, _, _, found = self.table.features(self.parts("third"), "--gate")
        rows = np.zeros((len(self.table.docs), found.shape[1]), np.int16)
        rows[doc] = found
        return rows

    def add(self, tag, forests):
        self.sections.append((tag, [forest.words() for forest in forests]))
        return forests

    def train(self):
        table, args = self.table, self.args
        self.sections.append((TAG_LEXICON, learn_lexicons(table, self.pages)))
        self.read("lexicon")
        self.add(TAG_FIRST, train_pass(table, table.first_width, np.ones(len(table.doc), bool), args.first, 0.3))
        self.read("first")
        second = self.add(TAG_SECOND, train_pass(table, table.second_width, np.ones(len(table.doc), bool), args.second, 0.25))
        second = score_folds(second, table.rows, table.fold)
        self.read("second")
        forests, dump = train_dump(table, args.dump)
        self.add(TAG_DUMP, forests)
        runs = Runs(table, self.parts("second"))
        print(f"{len(runs.doc)} runs, {runs.foreign.sum()} foreign", flush=True)
        self.add(TAG_GLANCE, runs.glance(runs.names.index("run.peak") + 1))
        self.add(TAG_RUNS, runs.judge(args.runs))
        self.read("runs")
        suspect = (second > SUSPECT) | (table.rows[:, table.names.index("votes.held")] > VOTES)
        suspect &= (dump <= 0)[table.doc]
        third = self.add(TAG_THIRD, train_pass(table, table.third_width, suspect, args.third, 0.1, columns=0.4))
        score = np.where(suspect, score_folds(third, table.rows, table.fold), second)
        score = self.add_nets(score, dump > 0)
        gate = self.train_gate(score)
        self.read("gate")
        found = self.train_edges(score, dump > 0)
        np.savez(f"{args.work}/scores.npz", score=score, gate=gate, dump=dump, earns=found.earns)
        return found, gate, dump

    def train_edges(self, score, is_dump):
        """On rows in which the last scores are those of a pass: of texts, and of dumps, whose blocks weigh more apart."""
        table = self.table
        found, first = edges.Edges(table.first_of_doc, score), table.first_of_doc
        known = table.known & edges.before(table.known, first)
        count = np.bincount(table.doc, found.open, len(table.docs))
        weight = (document_weight(table, EDGE_WEIGHT) * ~is_dump / np.sqrt(np.maximum(count, 1)))[table.doc]
        dump_weight = np.sqrt(table.weight * edges.before(table.weight, first))
        dump_weight *= (np.isin(table.suite, DUMPED) & is_dump)[table.doc]
        for tag, own, scored, trees in ((TAG_EDGES, weight, ~is_dump, self.args.edges),
                                        (TAG_DUMP_EDGES, dump_weight, is_dump, self.args.dump_edges)):
            forests = found.train(table, table.second_width, SKIPPED_OF_EDGES, table.noise, own * known, scored[table.doc], trees, 0.08)
            for i in range(len(edges.NAMES)):
                self.add(tag + i, [forest[i] for forest in forests])
        return found


def decide(table, found, gate, dump):
    """The sections of decisions, and lines that tell what they bring."""
    outcome, score = Outcome(table, found, gate, dump), found.score
    chosen = choose_decision(outcome)
    over, is_dump = outcome.over(*chosen), outcome.is_dump[table.doc]
    size = (table.end - table.start).astype(float)
    use = ~is_dump & table.known & np.isin(table.suite, ("bleed", "glue"))[table.doc]
    usual = list(chosen) + gated_knots(over, table.noise, size, use & (size >= BRIEF))
    brief = [BRIEF] + gated_knots(over, table.noise, size, use & (size < BRIEF))
    sure_of = ("dump", "snippets")   # whose lines are known best: pages by themselves are labelled more roughly
    use = is_dump & table.known & np.isin(table.suite, sure_of)[table.doc]
    knots = lambda some: calibrate(score[some], table.noise[some], table.words[some], 28)
    dumps = list(DUMP_BOUNDS) + knots(use & (size >= DUMP_BRIEF))
    sections = [(TAG_DECISION, usual), (TAG_BRIEF, brief), (TAG_DUMP_DECISION, dumps),
                (TAG_DUMP_BRIEF, [DUMP_BRIEF] + knots(use & (size < DUMP_BRIEF)))]
    return sections, report(outcome, chosen)


def gated_knots(over, noise, size, use):
    """A curve of few knots where blocks surely stay, of more where that is in doubt."""
    sure, doubtful = use & (over <= -2 * UNIT), use & (over > -2 * UNIT)
    return calibrate(over[sure], noise[sure], size[sure], 4) + calibrate(over[doubtful], noise[doubtful], size[doubtful])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--decant", default="build/decant")
    ap.add_argument("--work", default="build/model")
    ap.add_argument("--out")
    ap.add_argument("--made", type=int, default=1100, help="composed documents a fold")
    ap.add_argument("--first", type=int, default=100, help="trees of the first pass")
    ap.add_argument("--second", type=int, default=120)
    ap.add_argument("--runs", type=int, default=240)
    ap.add_argument("--third", type=int, default=120)
    ap.add_argument("--dump", type=int, default=200)
    ap.add_argument("--gate", type=int, default=300)
    ap.add_argument("--edges", type=int, default=120)
    ap.add_argument("--dump-edges", type=int, default=90)
    args = ap.parse_args()

    os.makedirs(args.work, exist_ok=True)
    trainer = Trainer(args)
    decisions, lines = decide(trainer.table, *trainer.train())
    print("decisions", decisions)
    kinds = train_kinds(trainer.table)
    for k in range(FOLDS + 1):
        sections = [(tag, words[k]) for tag, words in trainer.sections] + decisions
        sections += [(TAG_KINDS + i, forest.words()) for i, forest in enumerate(kinds[k])]
        if k < FOLDS:
            write_model(f"{args.work}/fold_{k}.model", sections)
        elif args.out:
            write_c(args.out, "text", sections, lines)


def train_kinds(table):
    """A forest a kind, on the blocks that are noise; stamps and bylines among the others are meta. Of which there
    is little weighs a bit more."""
    names = table.names
    kind = table.kind.copy()
    meta = table.rows[:, [names.index(n) for n in ("byline", "stamp", "credit", "dateline")]].max(axis=1) >= 500
    kind[(kind == KINDS.index("other")) & meta] = KINDS.index("meta")
    select = (kind >= 0) & table.known & (np.random.default_rng(6).random(len(kind)) < 0.4)
    there = np.bincount(kind[select], table.weight[select], len(KINDS))
    weight = table.weight * (there.sum() / np.maximum(there, 1))[kind] ** 0.25
    shared = {"rows": table.rows, "label": kind, "weight": weight, "fold": table.fold, "select": select}
    out = train_folds(shared, table.first_width, 24, 5, 0.3, classes=len(KINDS))
    right = 0
    for k in range(FOLDS):
        test = select & (table.fold == k)
        guess = np.argmax([f.score(table.rows[test]) for f in out[k]], axis=0)
        right += (table.weight[test] * (guess == kind[test])).sum()
    print(f"kinds right: {right / table.weight[select].sum():.3f}")
    return out


def report(outcome, chosen):
    table = outcome.table
    measured = outcome.measure(outcome.dropped(*chosen))
    lines = ["Out of fold, thresholds of block and gate %d, %d:" % chosen]
    for suite in ("bleed", "glue", "residue", "made"):
        f = outcome.figures(measured, (table.suite == suite) & ~outcome.is_dump)
        lines.append(f"  {suite}: " + ", ".join(f"{k} {v:.3f}" for k, v in f.items()))
    lines.append("  dumps: " + ", ".join(f"{s} {outcome.is_dump[table.suite == s].mean():.3f}" for s in (*DUMPS, "bleed", "residue")))
    print("\n".join(lines), flush=True)
    for kind in sorted(set(outcome.kinds[np.isin(table.suite, ("bleed", "glue"))])):
        f = outcome.figures(measured, (outcome.kinds == kind) & np.isin(table.suite, ("bleed", "glue")))
        print(f"    {kind:20s} " + ", ".join(f"{k} {v:.3f}" for k, v in f.items()))
    return lines


if __name__ == "__main__":
    main()
