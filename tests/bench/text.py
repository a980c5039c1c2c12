# SPDX-License-Identifier: MIT
"""The texts that bench.py and callgrind.py measure on, and a seeded stream of any length."""
import gzip
import json
import pathlib
import random

FOLDER = pathlib.Path("build/bench")
ENOUGH = 20_000_000


def documents(data):
    """The dump suite's texts; the fixtures over and over where there is no such suite."""
    suite = pathlib.Path(data, "text/dump.jsonl.gz")
    if suite.exists():
        with gzip.open(suite) as lines:
            return "dump suite", [json.loads(line)["text"].encode() for line in lines]
    fixtures = [path.read_bytes() for path in sorted(pathlib.Path("fixtures").glob("*/*/input.*"))]
    if not fixtures:
        raise SystemExit("bench: neither %s nor fixtures" % suite)
    times = 1 + ENOUGH // max(1, sum(map(len, fixtures)))
    return "fixtures, repeated", fixtures * times


def write(data):
    """Writes the texts as one file and as a file each: (what they are, the one, the many)."""
    name, texts = documents(data)
    many = FOLDER / "many"
    many.mkdir(parents=True, exist_ok=True)
    for old in many.iterdir():
        old.unlink()
    files = []
    for number, text in enumerate(texts):
        files.append(many / ("%05d.txt" % number))
        files[-1].write_bytes(text)
    one = FOLDER / "one.txt"
    one.write_bytes(b"\n\n".join(text.rstrip(b"\n") for text in texts) + b"\n")
    return name, one, files


def stream(megabytes, seed=1):
    """Yields made-up articles with footers and cut teasers, a megabyte at a time."""
    chance = random.Random(seed)
    syllables = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
    words = "the of and to in is was for on with as at by from that it".split() + [
        "".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(4000)]

    def sentence():
        text = " ".join(chance.choices(words, k=chance.randint(6, 24)))
        return text.capitalize() + chance.choice(". . . . ? !".split())

    def article():
        lines = [" ".join(sentence() for _ in range(chance.randint(2, 6)))
                 for _ in range(chance.randint(4, 20))]
        lines += [" ".join(sentence() for _ in range(4))[:160] for _ in range(chance.randint(0, 4))]
        lines.append("Copyright %d %s. All rights reserved." % (
            chance.randint(1990, 2030), chance.choice(words).title()))
        return "\n".join(lines) + "\n\n"

    pool = "".join(article() for _ in range(2000)).encode()
    size = 1 << 20
    for _ in range(megabytes):
        start = chance.randrange(len(pool) - size)
        yield pool[start:start + size]
