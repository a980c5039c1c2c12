#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""How far the log's confidence can be trusted, and its kinds, out of fold.

  calibration.py --data ../shared/bench --decant build/decant --work build/model text/bleed text/glue html/news

Runs the program with the model that never saw a document's fold, as predict.py does, and holds the findings
of its log against the labels: of a text the suite's spans, counted in bytes that are no white space; of a
page the blocks that align.py finds in the annotators' text, counted in words. For each set it prints

 - up to ten bins of equal mass by confidence (findings of one confidence are never parted), once counting
   findings, which are right if most of one is noise, and once counting what they hold; with the expected
   calibration error, the mean distance of what was said from what was right;
 - of texts, the kind that the log names against the label that most of a finding has.
"""
import argparse
import bisect
import collections
import itertools
import json
import subprocess
from multiprocessing import Pool

import align
import predict

BINS = 10
KIND_OF = {"dup": "repeat"}      # labels that are called otherwise than the kind they are

# `held`: how much of each label it holds; "clean" is what should have stayed.
Finding = collections.namedtuple("Finding", "confidence kind held")


def size(finding):
    return sum(finding.held.values())


def right(finding):
    """The share of a finding that is noise."""
    return 1 - finding.held["clean"] / size(finding)


def label(finding):
    return finding.held.most_common(1)[0][0]


# ---- findings ---------------------------------------------------------------------------------

def run(command, document):
    out = subprocess.run(command, input=document, stdout=subprocess.PIPE, check=True).stdout
    return out.decode("utf8", "replace").split("\n")[:-1]


def drops(decant, model, document, more):
    log = run([decant, "-o", "/dev/null", "--log", "-", "--log-text", "none", "--model", model, *more, "-"], document)
    return [record for record in map(json.loads, log) if record["type"] == "drop"]


def overlaps(spans, start, end):
    """(start, end, what else a span has) of the parts of sorted spans that lie in a range."""
    i = max(bisect.bisect_right(spans, [start]) - 1, 0)
    while i < len(spans) and spans[i][0] < end:
        if spans[i][1] > start:
            yield max(start, spans[i][0]), min(end, spans[i][1]), spans[i][2:]
        i += 1


def text_findings(decant, model, document, more, truth):
    solid = list(itertools.accumulate((byte not in b" \t\r\n\f\v" for byte in document), initial=0))
    spans, neutral = sorted(truth["spans"]), sorted(truth.get("neutral", []))
    for drop in drops(decant, model, document, more):
        start, end = drop["start"], drop["end"]
        held = collections.Counter(clean=solid[end] - solid[start])
        for low, high, rest in overlaps(spans, start, end):
            held[rest[0]] += solid[high] - solid[low]
            held["clean"] -= solid[high] - solid[low]
        for low, high, _ in overlaps(neutral, start, end):
            held["clean"] -= solid[high] - solid[low]
        yield Finding(drop["confidence"], drop["kind"], held)


def page_findings(decant, model, document, more, truth):
    command = [decant, "features", *more, "--model", model]
    texts = [json.loads(line, strict=False) for line in run([*command, "--texts", "-"], document)[2:]]
    starts = [int(line.split(" ", 1)[0]) for line in run([*command, "-"], document)[2:]]
    if truth.get("text") is None:
        labels, trust = align.label_snippets(texts, truth["with"], truth["without"])
    else:
        labels, trust = align.label_blocks(texts, truth["text"])
    for drop in drops(decant, model, document, more):
        held = collections.Counter()
        for i in range(bisect.bisect_left(starts, drop["start"]), bisect.bisect_left(starts, drop["end"])):
            held["noise" if labels[i] < 0.5 else "clean"] += trust[i] * len(align.words_of(texts[i]))
        yield Finding(drop["confidence"], drop["kind"], held)


def findings_of(job):
    find, *rest = job
    return [finding for finding in find(*rest) if size(finding) > 0]


def jobs(args):
    """What findings_of takes, of every document of a set."""
    if args.set.startswith("html/"):
        find, texts, truths = page_findings, predict.page_jobs(args), predict.read(f"{args.data}/{args.set}.truth.jsonl.gz")
    else:
        find, texts, truths = text_findings, predict.text_jobs(args), predict.read(f"{args.data}/{args.set}.jsonl.gz")
    for (_, model, document, more), truth in zip(texts, truths):
        yield find, args.decant, model, document, more, truth


# ---- what is printed --------------------------------------------------------------------------

def bins_of(findings, weigh):
    """The findings in bins of equal mass, the least sure first."""
    bins = [[] for _ in range(BINS)]
    total, before = sum(map(weigh, findings)), 0
    by_confidence = sorted(findings, key=lambda finding: finding.confidence)
    for _, same in itertools.groupby(by_confidence, key=lambda finding: finding.confidence):
        same = list(same)
        mass = sum(map(weigh, same))
        bins[min(int((before + mass / 2) / total * BINS), BINS - 1)] += same
        before += mass
    return [part for part in bins if part]


def mean(findings, value, weigh):
    return sum(value(f) * weigh(f) for f in findings) / sum(map(weigh, findings))


def print_calibration(findings, title, weigh, is_right):
    error = 0
    print(f"  {title}\n    {'confidence':>15} {'share':>7} {'said':>7} {'right':>7}")
    for part in bins_of(findings, weigh):
        said, was = mean(part, lambda f: f.confidence, weigh), mean(part, is_right, weigh)
        share = sum(map(weigh, part)) / sum(map(weigh, findings))
        error += share * abs(said - was)
        print(f"    {part[0].confidence:7.3f}-{part[-1].confidence:.3f} {share:7.3f} {said:7.3f} {was:7.3f}")
    print(f"    expected calibration error {error:.4f}")


def print_kinds(findings):
    counts = collections.Counter((label(f), f.kind) for f in findings)
    kinds = sorted({kind for _, kind in counts})
    print("  findings by label and kind\n    " + f"{'':10}" + "".join(f"{kind:>9}" for kind in kinds))
    for row in sorted({name for name, _ in counts}):
        print(f"    {row:10}" + "".join(f"{counts[row, kind] or '.':>9}" for kind in kinds))
    named = [(KIND_OF.get(name, name), kind, count) for (name, kind), count in counts.items()]
    known = [(name == kind, count) for name, kind, count in named if name in kinds]
    same, all_ = sum(count for is_same, count in known if is_same), sum(count for _, count in known)
    print(f"    of {all_} whose label is a kind, {same / max(all_, 1):.3f} have that kind")


def report(args):
    with Pool(2) as pool:
        documents = pool.map(findings_of, jobs(args), chunksize=8)
    findings = [finding for document in documents for finding in document]
    unit = "words" if args.set.startswith("html/") else "bytes"
    print(f"{args.set}: {len(findings)} findings in {len(documents)} documents")
    if not findings:
        return
    print_calibration(findings, "counting findings", lambda f: 1, lambda f: float(right(f) >= 0.5))
    print_calibration(findings, f"counting {unit}", size, right)
    if unit == "bytes":
        print_kinds(findings)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--decant", default="build/decant")
    ap.add_argument("--work", default="build/model")
    ap.add_argument("sets", nargs="+", metavar="set", help="such as text/bleed, text/dump or html/news")
    args = ap.parse_args()
    for args.set in args.sets:
        report(args)


if __name__ == "__main__":
    main()
