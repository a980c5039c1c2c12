#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Out-of-fold predictions of the real program, for the benchmark's scorers.

  predict.py --data ../shared/bench --decant build/decant --work build/model text/bleed > bleed.pred
  ../shared/bench/score_text.py ../shared/bench/text/bleed.jsonl.gz bleed.pred

Runs the program once a document with the model that train.py made without the document's fold
(WORK/fold_K.model). Pages of the residue sets are in the fold of their source.
"""
import argparse
import gzip
import json
import subprocess
from concurrent.futures import ThreadPoolExecutor


def read(path):
    with gzip.open(path, "rt", encoding="utf8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--decant", default="build/decant")
    ap.add_argument("--work", default="build/model")
    ap.add_argument("set", help="such as text/bleed or residue/trafilatura")
    args = ap.parse_args()
    folds = {}
    for name in ("bleed", "glue", "dump"):
        for doc in read(f"{args.data}/text/{name}.jsonl.gz"):
            folds[doc["src"].split("-")[-1]] = doc["fold"]
    for truth in read(f"{args.data}/text/snippets.truth.jsonl.gz"):
        folds[truth["id"]] = truth["fold"]
    trained = read_folds(args.work)

    def predict(doc):
        source = doc.get("src", doc["id"])
        fold = folds.get(source, folds.get(source.split("-")[-1], trained.get(source.split("-")[-1], 0)))
        command = [args.decant, "-q", "--model", f"{args.work}/fold_{fold}.model", "-"]
        out = subprocess.run(command, input=doc["text"].encode(), stdout=subprocess.PIPE, check=True).stdout
        return json.dumps({"id": doc["id"], "text": out.decode("utf8", "replace")}, ensure_ascii=False)
    with ThreadPoolExecutor(2) as pool:
        for line in pool.map(predict, read(f"{args.data}/{args.set}.jsonl.gz")):
            print(line)


def read_folds(work):
    """The folds that train.py gave pages beyond the suites' own."""
    try:
        with open(f"{work}/folds.json") as lines:
            return json.load(lines)
    except FileNotFoundError:
        return {}


if __name__ == "__main__":
    main()
