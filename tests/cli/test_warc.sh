#!/bin/sh
# SPDX-License-Identifier: MIT
# WARC and WET: a line of JSON a document, what is skipped and what is broken.
. tests/cli/lib.sh

command -v "$python" >/dev/null || { skip "WARC" "there is no python"; finish; }

"$python" - "$noisy" "$page" <<'END'
import gzip, sys
text, page = (open(name, "rb").read() for name in sys.argv[1:])

def record(kind, block, *headers):
    head = [b"WARC/1.1", b"WARC-Type: " + kind, *headers, b"Content-Length: %d" % len(block)]
    return b"\r\n".join(head) + b"\r\n\r\n" + block + b"\r\n\r\n"

def response(url, kind, body, *more):
    http = b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Type: " + kind, *more]) + b"\r\n\r\n" + body
    return record(b"response", http, b"WARC-Target-URI: " + url, b"WARC-Date: 2026-01-02T03:04:05Z",
                  b"WARC-Payload-Digest: sha1:ABC", b"Content-Type: application/http")

packed = gzip.compress(page)
records = [
    record(b"warcinfo", b"software: none\r\n"),
    record(b"request", b"GET / HTTP/1.1\r\n\r\n", b"WARC-Target-URI: http://example.org/page"),
    response(b"http://example.org/page", b"text/html; charset=utf-8", page),
    response(b"http://example.org/image", b"image/png", b"\x89PNG"),
    response(b"http://example.org/packed", b"text/html", packed, b"Content-Encoding: gzip"),
    response(b"http://example.org/text", b"text/plain", text),
    response(b"http://example.org/broken", b"text/html", packed[:300], b"Content-Encoding: gzip"),
    response(b"http://example.org/koi8", b"text/html; charset=koi8-r",
             "<p>\u0413\u043e\u0440\u043e\u0434 \u0441\u043f\u0438\u0442.</p>".encode("koi8-r")),
    record(b"metadata", b"x: y\r\n")]
open("a.warc", "wb").write(b"".join(records))
open("a.warc.gz", "wb").write(b"".join(gzip.compress(one) for one in records))
open("a.wet", "wb").write(record(b"conversion", text, b"WARC-Target-URI: http://example.org/wet",
                                 b"Content-Type: text/plain"))
END
field() { "$python" -c 'import json, sys
for line in open(sys.argv[1]): print(json.loads(line).get(sys.argv[2]))' "$1" "$2"; }

run "$decant" --log log --rejects rejects a.warc
is "a broken record exits with 2" "2 decant: a.warc: 1 of 6 records were rejected" "$rc $err"
is "a line a document" "http://example.org/page
http://example.org/packed
http://example.org/text
http://example.org/koi8" "$(field out url)"
like "which tells what the archive knows first" \
    '^\{"url":"http://example\.org/page","date":"2026-01-02T03:04:05Z","digest":"sha1:ABC","type":"text/html","title":"Why I' "$(cat out)"
is "a plain text is cleaned" "$(cat "$pure")" "$(field out text | sed -n '/^The port/,$p' | sed '$d')"
"$decant" -q --format json "$page" >page.json
is "a page comes out as a page of its own does" "$(field page.json text)" "$(head -n 1 out >one && field one text)"
is "so does one that was packed on its way" "$(field one text)" "$(sed -n 2p out >two && field two text)"
like "a note counts all records by type" \
    '"note":"records","words":"6 records: 4 judged, 1 without text, 1 rejected; skipped: 1 warcinfo, 1 request, 1 metadata"' "$(cat log)"
like "the log calls documents by their address" '"type":"document","schema":3,"doc":"http://example.org/text","record":4,"file":"a.warc"' "$(cat log)"
like "the charset is that of the transport" '"doc":"http://example.org/koi8",.*"charset":"koi8-r"' "$(cat log)"
like "a broken body is told with its reason" '"type":"reject",.*"doc":"http://example.org/broken",.*"reason":".*gzip' "$(cat log)"
is "and kept among the rejects" 1 "$(grep -c '"base64":' rejects)"
cp out first
run "$decant" -q a.warc.gz
same "packed by member it is the same" first out
run "$decant" -q --from warc <a.warc
same "and from standard input" first out
cp a.warc archive
run "$decant" -q archive
same "it tells by its first bytes" first out
run "$decant" -q --format markdown a.warc
like "texts may be Markdown" '## It is dry where it should be wet' "$(cat out)"
run "$decant" -q a.wet
is "a WET file is read too" "0 http://example.org/wet" "$rc $(field out url)"
run "$decant" -q --from wet a.wet
is "also by its name" "$(cat "$pure")" "$(field out text | sed '$d')"

size=$(wc -c <a.warc.gz)
head -c "$((size - 400))" a.warc.gz >cut.warc.gz
run "$decant" -q -o cut.out cut.warc.gz
is "an archive that is cut short exits with 2" 2 "$rc"
like "and is told with the place" '^decant: cut\.warc\.gz: .* at byte [0-9]+' "$err"
is "what was whole comes out" "$(head -n 3 first)" "$(cat cut.out)"
run "$decant" check a.wet
is "decant check reads archives" 1 "$rc"
like "and names their documents" '^http://example\.org/wet:7:1: teaser' "$(cat out)"

finish
