# SPDX-License-Identifier: MIT
"""The pages that bench.py and callgrind.py measure on, and made-up ones that are to cost."""
import gzip
import pathlib

FOLDER = pathlib.Path("build/bench/pages")
MOST = 150
LARGEST = 12


def spread(items, count):
    """So many of them, evenly spaced."""
    return [items[i * len(items) // count] for i in range(count)] if len(items) > count else items


def middling(paths, count):
    """So many of the files that are neither small nor large, evenly spaced."""
    paths = sorted(paths, key=lambda path: path.stat().st_size)
    return spread(paths[len(paths) // 4:-(len(paths) // 4) or None], count)


def write(name, pages):
    """Writes pages, (name, bytes) each, into a folder of their own; their paths."""
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    paths = []
    for page, content in pages:
        paths.append(folder / (page + ".html"))
        paths[-1].write_bytes(content)
    return paths


def unpack(data, name):
    """All pages of a set of DATA/html."""
    found = sorted(pathlib.Path(data, "html").glob(name + ".pages/*.html.gz"))
    return [(path.name.removesuffix(".html.gz"), gzip.decompress(path.read_bytes()))
            for path in found]


def is_stripped(page):
    """Whether somebody took scripts out of it before."""
    return b"<script" not in page.lower()


def sets(data):
    """({set: paths}, paths of the largest of all); of the fixtures, where DATA has no pages."""
    samples, largest = {}, []
    for name in ("news", "wcxb", "snippets"):
        pages = unpack(data, name)
        if not pages:
            continue
        samples[name] = spread(pages, MOST)
        if name == "wcxb":
            samples["stripped"] = spread([page for page in pages if is_stripped(page[1])], MOST)
        largest = sorted(largest + pages, key=lambda page: -len(page[1]))[:LARGEST]
    if not samples:
        samples["fixtures"] = [(path.parent.name, path.read_bytes())
                               for path in sorted(pathlib.Path("fixtures").glob("*/*/input.html"))]
        largest = samples["fixtures"]
    return {name: write(name, pages) for name, pages in samples.items()}, write("largest", largest)


def attacks():
    """Pages of which every sign is meant to cost: paths, named by what they hold."""
    def nested(opening, count):
        return opening * count + b"x"

    def long(head, filling=b"x ", size=8_000_000):
        return head + filling * (size // len(filling))

    pages = {
        "nested div, 10^5": nested(b"<div>", 100_000),
        "nested table, 10^5": nested(b"<table>", 100_000),
        "nested table tr td, 10^5": nested(b"<table><tr><td>", 100_000),
        "nested svg, 10^5": nested(b"<svg>", 100_000),
        "dl dd, 3x10^4": nested(b"<dl><dd>", 30_000),
        "ul li x, 10^5": nested(b"<ul><li>x", 100_000),
        "b x, 10^5": nested(b"<b>x", 100_000),
        "a, 10^5": nested(b"<a>", 100_000),
        "a href x, 10^5": nested(b"<a href=/x>x", 100_000),
        "b i p x, 10^5": nested(b"<b><i><p>x", 100_000),
        "form x, 10^5": nested(b"<form>x</form>", 100_000),
        "select option, 10^5": nested(b"<select><option>x", 100_000),
        "x br, 5x10^5": b"x<br>" * 500_000,
        "p, 10^6": b"<p>" * 1_000_000,
        "p x, 10^6": b"<p>x" * 1_000_000,
        "end of b, 10^6": b"</b>" * 1_000_000,
        "end of p, 10^6": b"</p>" * 1_000_000,
        "attributes, 10^5": b"<p" + b"".join(b" a%d=b" % i for i in range(100_000)) + b">x",
        "classes, 10^6": b"<p class='" + b"ab " * 1_000_000 + b"'>x",
        "comment, 8 MB": long(b"<p>x<!--"),
        "comment of <!--, 8 MB": long(b"<p>x", b"<!--"),
        "script, 8 MB": long(b"<p>x<script>"),
        "script of <!--<script, 8 MB": long(b"<p>x<script>", b"<!--<script "),
        "quote, 8 MB": long(b"<p>x<a href='"),
        "title, 8 MB": long(b"<title>"),
        "<, 8 MB": long(b"<p>x", b"<"),
        "</, 8 MB": long(b"<p>x", b"</"),
        "&, 8 MB": long(b"<p>x", b"&"),
        "&amp;, 8 MB": long(b"<p>x", b"&amp;"),
        "words, 8 MB": long(b"<p>"),
        "one word, 8 MB": long(b"<p>", b"x"),
        "spaces, 8 MB": long(b"<p>x", b" "),
        "NUL, 8 MB": long(b"<p>x", b"\0"),
        "meta, 10^5": b"<meta property='og:title' content='x'>" * 100_000 + b"<p>x",
        "h1, 10^5": b"<h1>x</h1>" * 100_000,
        "json-ld of [, 10^6": b"<script type='application/ld+json'>" + b"[" * 1_000_000,
        "json-ld, 10^5":
            b"<script type='application/ld+json'>{\"@type\":\"Article\"}</script>" * 100_000,
    }
    files = write("attacks", [("%02d" % i, page) for i, page in enumerate(pages.values())])
    return dict(zip(pages, files))
