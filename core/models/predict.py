#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Out-of-fold predictions of the real program, for the benchmark's scorers.

  predict.py --data ../shared/bench --decant build/decant --work build/model text/bleed > bleed.pred
  ../shared/bench/score_text.py ../shared/bench/text/bleed.jsonl.gz bleed.pred
  predict.py --data ../shared/bench --work build/model html/wcxb > wcxb.pred
  ../shared/bench/score_html.py ../shared/bench/html/wcxb --pred wcxb.pred

Runs the program once a document with the model that train.py or train_page.py made without the
document's fold (WORK/fold_K.model, WORK/page_K.model). Pages of the residue sets are in the fold of
their source.
"""
import argparse
import gzip
import json
import subprocess
from concurrent.futures import ThreadPoolExecutor


def read(path):
    with gzip.open(path, "rt", encoding="utf8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def run(decant, model, text, *more):
    command = [decant, "-q", "--model", model, *more, "-"]
    out = subprocess.run(command, input=text, stdout=subprocess.PIPE, check=True).stdout
    return out.decode("utf8", "replace")


def page_jobs(args):
    """The id, the fold and the bytes of every page of a set."""
    for truth in read(f"{args.data}/{args.set}.truth.jsonl.gz"):
        with gzip.open(f"{args.data}/{args.set}.pages/{truth['id']}.html.gz") as page:
            yield truth["id"], f"{args.work}/page_{truth['fold']}.model", page.read(), ("--from", "html")


def read_folds(work):
    """The folds that train.py gave pages beyond the suites' own."""
    try:
        with open(f"{work}/folds.json") as lines:
            return json.load(lines)
    except FileNotFoundError:
        return {}


def text_jobs(args):
    """The same of every text of a suite."""
    folds = {}
    for name in ("bleed", "glue", "dump"):
        for doc in read(f"{args.data}/text/{name}.jsonl.gz"):
            folds[doc["src"].split("-")[-1]] = doc["fold"]
    for truth in read(f"{args.data}/text/snippets.truth.jsonl.gz"):
        folds[truth["id"]] = truth["fold"]
    trained = read_folds(args.work)
    for doc in read(f"{args.data}/{args.set}.jsonl.gz"):
        source = doc.get("src", doc["id"])
        fold = folds.get(source, folds.get(source.split("-")[-1], trained.get(source.split("-")[-1], 0)))
        yield doc["id"], f"{args.work}/fold_{fold}.model", doc["text"].encode(), ("--from", "text")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--decant", default="build/decant")
    ap.add_argument("--work", default="build/model")
    ap.add_argument("set", help="such as text/bleed, residue/trafilatura or html/news")
    args = ap.parse_args()
    jobs = page_jobs(args) if args.set.startswith("html/") else text_jobs(args)

    def predict(job):
        name, model, text, more = job
        return json.dumps({"id": name, "text": run(args.decant, model, text, *more)}, ensure_ascii=False)
    with ThreadPoolExecutor(2) as pool:
        for line in pool.map(predict, jobs):
            print(line)


if __name__ == "__main__":
    main()
