#!/bin/sh
# SPDX-License-Identifier: MIT
# JSON Lines: one line in, one line out, whatever it holds; what log, rejects and attributes say.
# shellcheck disable=SC2317 # functions are called by ok
. tests/cli/lib.sh

command -v "$python" >/dev/null || { skip "JSON Lines" "there is no python"; finish; }

# Lines of all sorts: of the text, of pages, without a document, broken, blank.
"$python" - "$noisy" "$page" <<'END'
import json, sys
text, page = (open(name).read() for name in sys.argv[1:])
escaped = json.dumps(text)
raw = json.dumps(text, ensure_ascii=False)
lines = [
    b'{"id":"first","text":' + escaped.encode() + b',"n":1.50}\n',
    b'{ "id" : 17 ,\t"text":' + raw.encode() + b', "x":"\\ud800 \\u0000"}\r\n',
    b"\n",
    b" \t\r\n",
    b'{"id":"broken","text":"abc\n',
    b"\xff\xfe{}\n",
    b'{"id":"none","other":[1,{"text":"deep"}]}\n',
    b'{"text":5}\n',
    b'[1]\n',
    b'{"text":"bad \xff byte, \\ud800 lone, \\u0000 nul"}\n',
    b'{"meta":{"body":' + escaped.encode() + b',"url":"http://example.org/a"},"text":"short"}\n',
    b'{"html":' + json.dumps(page).encode() + b',"text":"old \\u00fc"}\n',
    b'{"html":' + json.dumps(page).encode() + b'}\n',
    b'{"id":"last","text":' + raw.encode() + b'}']
open("in.jsonl", "wb").write(b"".join(lines))
END
cat >look.py <<'END'
"""look.py WHAT: prints what a test asks of in.jsonl, out, log, attributes."""
import json, sys
lines = open("in.jsonl", "rb").read().split(b"\n")
outs = open("out", "rb").read().split(b"\n")
clean = open(sys.argv[2]).read() if len(sys.argv) > 2 else ""
load = lambda line: json.loads(line.decode(errors="surrogateescape"))
if sys.argv[1] == "same":
    print(*[i + 1 for i, (a, b) in enumerate(zip(lines, outs)) if a == b])
if sys.argv[1] == "texts":
    print(*[i + 1 for i in (0, 1, 13) if load(outs[i])["text"] == clean])
if sys.argv[1] == "around":
    ends = lambda line: (line[:line.index(b'"text":') + 8], line[line.rindex(b'"', 0, line.rindex(b'"x"') - 2):])
    print(ends(lines[1]) == ends(outs[1]))
if sys.argv[1] == "raw":
    for line in open("log"):
        record = json.loads(line)
        if record["type"] == "drop" and record["from"] == "text":
            raw = lines[record["record"] - 1][record["raw_start"]:record["raw_end"]]
            if json.loads(b'"%s"' % raw) != record["text"]:
                print("no", record)
if sys.argv[1] == "places":
    whole = open("in.jsonl", "rb").read()
    for line in open("log"):
        record = json.loads(line)
        if "record_start" in record:
            got = whole[record["record_start"]:record["record_end"]].rstrip(b"\n").rstrip(b"\r")
            if got != lines[record["record"] - 1].rstrip(b"\r"):
                print("no", record)
if sys.argv[1] == "spans":
    for line, out in zip(lines, open("attributes")):
        spans = [s for k in json.loads(out)["attributes"].values() for s in k]
        if not spans: continue
        text = load(line)["text"]
        for start, end, score in sorted(spans, reverse=True):
            assert 0 < score <= 1
            text = text[:start] + text[end:]
        print(json.loads(out)["id"], text == clean)
END

run "$decant" --log log --rejects rejects in.jsonl
is "broken lines exit with 2" 2 "$rc"
is "and are told in a sentence" "decant: in.jsonl: 3 of 14 records were rejected" "$err"
is "a line for a line, the last without its break" "$(wc -l <in.jsonl)" "$(wc -l <out)"
is "lines without noise, without text, blank or broken come out as they were" \
    "3 4 5 6 7 8 9 10 11 12 13" "$("$python" look.py same)"
is "of others the text is clean" "1 2 14" "$("$python" look.py texts "$pure")"
is "and all else as it was" True "$("$python" look.py around)"
is "places in the log lead to the same bytes of the line" "" "$("$python" look.py raw)"
is "and to the line in its file" "" "$("$python" look.py places)"
like "records are called by their id" '"type":"document","schema":3,"doc":"first","record":1,' "$(cat log)"
like "which may be a number" '"doc":"17","record":2,' "$(cat log)"
like "or by file and line" '"doc":"in.jsonl:10","record":10,' "$(cat log)"
like "a record without text is noted" '"type":"note","schema":3,"doc":"none","record":7,"note":"no-text"' "$(cat log)"
like "a broken line is told with its reason" \
    '"type":"reject","schema":3,"doc":"in.jsonl:5","record":5,"file":"in.jsonl",.*"reason":"a string does not end' "$(cat log)"
like "a note sums up" '"note":"records","words":"14 records: 6 judged, 3 without text, 3 rejected"' "$(cat log)"
is "rejects hold the lines" 3 "$(wc -l <rejects)"
like "as they are" '"doc":"in.jsonl:5".*"text":"\{\\"id\\":\\"broken\\",\\"text\\":\\"abc"\}$' "$(cat rejects)"
like "or in Base64" '"doc":"in.jsonl:6".*"base64":"//57fQ=="\}$' "$(cat rejects)"
cp out first
run "$decant" --log log2 --from jsonl - <in.jsonl
same "standard input gives the same" first out
run "$decant" -q --from jsonl <in.jsonl
same "so does a quiet run" first out
run "$decant" in.jsonl
like "the readable log has them too" '^first:7:1: teaser: ' "$err"
like "and the broken line" '^in\.jsonl:5: reject: a string does not end' "$err"

run "$decant" -q --attributes attributes in.jsonl
same "with --attributes the records stay as they are" in.jsonl out
is "and each has a line of attributes" 14 "$(wc -l <attributes)"
is "whose code points are what would go" "first True
17 True
last True" "$("$python" look.py spans "$pure")"

run "$decant" -q --text-key meta.body in.jsonl
is "a key may lead into objects" "$(cat "$pure")" \
    "$("$python" -c 'import json; print(json.loads(open("out", "rb").read().split(b"\n")[10])["meta"]["body"])')"
run "$decant" -q --text-key a..b in.jsonl
is "a key without a name is refused" "2 decant: a key of JSON Lines has an empty part" "$rc $err"

"$decant" -q "$page" >page.txt
run "$decant" -q --html-key html in.jsonl
is "the text of a page goes to the text's key" "$(cat page.txt)" \
    "$("$python" -c 'import json; print(json.loads(open("out", "rb").read().split(b"\n")[11])["text"], end="")')"
is "or takes the page's place" "$(cat page.txt)" \
    "$("$python" -c 'import json; print(json.loads(open("out", "rb").read().split(b"\n")[12])["html"], end="")')"

for pack in gzip bzip2 xz zstd; do
    command -v $pack >/dev/null || { skip "$pack" "there is no $pack"; continue; }
    $pack -c in.jsonl >packed."$pack"
    run "$decant" -q --from jsonl packed."$pack"
    same "lines packed by $pack" first out
done
gzip -c in.jsonl >in.jsonl.gz
run "$decant" -q in.jsonl.gz
same "are told by the ending before that of the packing" first out
gzip -c in.jsonl in.jsonl >two.jsonl.gz
size=$(gzip -c in.jsonl | wc -c)
head -c "$((size + 400))" two.jsonl.gz >cut.jsonl.gz
run "$decant" -q -o cut.out cut.jsonl.gz
is "a member that is cut short exits with 2" 2 "$rc"
like "and is told with the place" '^decant: cut\.jsonl\.gz: .* at byte [0-9]+' "$err"
ok "what was readable comes out" test "$(wc -c <cut.out)" -gt "$(wc -c <first)"

run "$decant" -q --timeout 0.000001 --rejects late in.jsonl
is "documents that take too long exit with 2" 2 "$rc"
same "and come out as they were" in.jsonl out
like "with the reason among the rejects" '"reason":"it took longer than --timeout allows"' "$(cat late)"
run "$decant" -q --timeout 0.000001 "$noisy"
is "a text that takes too long is told" "2 decant: $noisy: it took longer than --timeout allows" "$rc $err"
run "$decant" -q --timeout 0 "$noisy"
same "0 is no limit" "$pure" out
run "$decant" --timeout soon "$noisy"
is "a timeout is a number" "2 decant: --timeout: 'soon' is not a number of seconds from 0 to 86400" "$rc $err"

run "$decant" restore first log
is "records are not restored" "2 decant: log:1: the log is of records of JSON Lines or WARC: files of text alone can be restored" "$rc $err"
run "$decant" check in.jsonl
is "decant check reads records too" 2 "$rc"
like "and names them" '^17:7:1: teaser: ' "$(cat out)"
run "$decant" explain in.jsonl
like "so does decant explain" '^first: [0-9]+ blocks' "$(cat out)"
like "which names records without text as well" '^none$' "$(cat out)"
run "$decant" -q --rejects same --attributes same in.jsonl
like "no two outputs go to one file" 'would both go to same' "$err"
: >empty.jsonl
run "$decant" -q empty.jsonl
is "no line in, no line out" "0 0" "$rc $(wc -c <out)"

finish
