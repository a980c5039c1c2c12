# SPDX-License-Identifier: MIT
"""Corpora that bench.py measures on: the suites' texts as JSON Lines, pages as a web archive, each
packed too, and a stream of JSON Lines of any length."""
import gzip
import json

import text

ENOUGH = 100_000_000  # bytes of JSON Lines: the texts over and over


def lines_of(texts):
    return [json.dumps({"id": "d%d" % number, "source": "bench", "text": one.decode("utf8", "replace")},
                       ensure_ascii=False).encode() + b"\n" for number, one in enumerate(texts)]


def write_lines(data):
    """Writes JSON Lines, plain and packed: (what they are, how many, the one, the other)."""
    name, texts = text.documents(data)
    lines = lines_of(texts)
    times = 1 + ENOUGH // max(1, sum(map(len, lines)))
    plain, packed = text.FOLDER / "records.jsonl", text.FOLDER / "records.jsonl.gz"
    with open(plain, "wb") as out:
        for _ in range(times):
            out.writelines(lines)
    with gzip.open(packed, "wb", compresslevel=6) as out:
        out.writelines(lines * max(1, times // 4))
    return name, len(lines) * times, plain, packed


def response(number, page):
    """A WARC record of a page as a server sent it."""
    http = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page)) + page
    head = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/%d\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\n"
            "Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
            % (number, number, len(http)))
    return head.encode() + http + b"\r\n\r\n"


def write_archive(paths):
    """Writes pages as a web archive, a gzip member a record: how many bytes of pages, and the file."""
    archive = text.FOLDER / "records.warc.gz"
    size = 0
    with open(archive, "wb") as out:
        for number, path in enumerate(paths):
            page = path.read_bytes()
            size += len(page)
            out.write(gzip.compress(response(number, page), 6))
    return size, archive


def stream(megabytes):
    """Yields JSON Lines of made-up articles, about a megabyte at a time."""
    number = 0
    for chunk in text.stream(megabytes):
        lines = []
        for article in chunk.split(b"\n\n"):
            number += 1
            lines.append(json.dumps({"id": number, "text": article.decode("utf8", "replace")}).encode())
        yield b"\n".join(lines) + b"\n"
