#!/bin/sh
# SPDX-License-Identifier: MIT
# HTML pages as a person meets them: told by their bytes, in every format, in any charset.
# shellcheck disable=SC2317 # functions are called by ok
page=$PWD/fixtures/html/sphinx-xhtml/input.html
foreign=$PWD/fixtures/charset/gbk/input.html
shell=$PWD/fixtures/html/javascript-shell/input.html
. tests/cli/lib.sh

cp "$page" page.html
prints() { grep -q -e "$1" out; }
prints_not() { ! grep -q -e "$1" out; }

# ---- what is a page ----

run "$decant" -q page.html
is "a page is cleaned" "0 " "$rc $err"
ok "what it prints holds no markup" prints_not '</*\(div\|p\|li\)\b'
cp out plain
cp page.html page.txt
run "$decant" -q page.txt
same "its bytes tell that it is one, whatever its name" out plain
run "$decant" -q <page.html
same "and from standard input" out plain
run "$decant" -q --from html page.html
same "--from html says so" out plain
run "$decant" -q --from text page.html
ok "--from text takes it for text" prints '<'
printf 'a &amp; b <b>c</b>\n' >snippet
run "$decant" -q --from html --format json snippet
like "--from html takes anything for a page" '"text":' "$(cat out)"
run "$decant" -q --from text snippet
is "what is no page stays as it is" 'a &amp; b <b>c</b>' "$(cat out)"

# ---- formats ----

run "$decant" -q --format markdown page.html
ok "--format markdown has headings" prints '^#'
run "$decant" -q --format markdown page.html
ok "and no links" prints_not ']('
cat >links.html <<'END'
<!DOCTYPE html><title>Tides</title><main><article><h1>Tides</h1>
<p>The tide tables for the harbour are printed <a href="/tides?y=1&amp;m=2">every year</a> in November, and the
first copies go to the pilots, who have waited for them since the summer and know most of them by heart.</p>
<p>Whoever wants one of the others can <em>write</em> to the harbour office, which sends them out in the second
week of December, or fetch one in person on any day but Sunday, when the office is closed to the public.</p>
<p>Older tables are kept in the town's archive, where they can be read, but not be taken home, since the last copy
of the table for 1911 was taken home by a reader and never seen again by anyone of the archive.</p></article></main>
END
run "$decant" -q --format markdown --links links.html
ok "--links keeps them, references decoded" prints '\[every year\](/tides?y=1&m=2)'
ok "emphasis is kept" prints '\*write\*'
run "$decant" -q --format json page.html links.html
is "--format json prints a line a document" 2 "$(wc -l <out | tr -d ' ')"
ok "each of them parses" "$python" -c 'import json, sys; [json.loads(line)["text"] for line in sys.stdin]' <out
like "with what the page says of itself" '"title":"Tides"' "$(cat out)"
like "and where that stood" '"sources":\{[^}]*"title":' "$(cat out)"
run "$decant" -q --format json --url https://harbour.example/tides links.html
like "--url tells where a page is from" '"url":"https://harbour.example/tides"' "$(cat out)"
run "$decant" -q --format json "$pure"
like "plain text is a line too" '^\{"doc":"[^"]*","text":".*"\}$' "$(cat out)"

# ---- charsets ----

run "$decant" -q "$foreign"
ok "another charset comes out as UTF-8" "$python" -c 'import sys; sys.stdin.buffer.read().decode("utf8")' <out
cp out declared
run "$decant" -q --charset gbk "$foreign"
same "--charset says what is declared" out declared
run "$decant" -q --charset klingon "$foreign"
like "a charset that is not known is refused" '^decant: .*charset' "$err"
is "and exits with 2" 2 "$rc"

# ---- logs ----

run "$decant" --log log.jsonl -o clean page.html
like "a record tells that it is a page" '"type":"document".*"from":"html","charset":"utf-8"' "$(cat log.jsonl)"
run "$decant" restore clean log.jsonl
like "a page cannot be restored, and it is told why" 'the log is of a page: .* cannot be restored$' "$err"
is "which exits with 2" 2 "$rc"
run "$decant" "$shell"
is "a page for scripts comes out empty" "0 0" "$rc $(wc -c <out | tr -d ' ')"
like "with a note that says so" 'note: the page holds next to no text' "$err"
printf '<!DOCTYPE html><html></html>' >nothing.html
run "$decant" nothing.html
is "a page without text is fine" "0 0" "$rc $(wc -c <out | tr -d ' ')"
run "$decant" check page.html
like "check tells places in the page" '^page\.html:[0-9]+:[0-9]+: [a-z]+: ' "$(cat out)"

# ---- long pages ----

{
    printf '<!DOCTYPE html><title>Long</title><main>'
    awk 'BEGIN { while (n++ < 4000) print "<p>Paragraph " n " of a page that is longer than a part may be.</p>" }'
} >long.html
run "$decant" --max-document 64K --log log.jsonl -o clean long.html
is "a page over the cap goes on in parts" 0 "$rc"
like "which a note tells" '"note":"part"' "$(cat log.jsonl)"
all_there() {
    cat clean log.jsonl >both
    n=0
    while [ $((n += 371)) -lt 4000 ]; do grep -q "Paragraph $n of" both || return 1; done
}
ok "and nothing of it is lost" all_there

finish
