#!/bin/sh
# SPDX-License-Identifier: MIT
# decant features, for developers: what the trainer reads.
. tests/cli/lib.sh

cp "$noisy" a.txt
cp "$pure" 'b "\ .txt'
run "$decant" features a.txt 'b "\ .txt'
is "features exits with 0" "0 " "$rc $err"
like "the first line names them" '^\{"features":\["[a-z_0-9.]+"(,"[a-z_0-9.]+")*\]\}$' "$(head -n 1 out)"
is "a line a document" '{"doc":"a.txt"} {"doc":"b \"\\ .txt"}' "$(grep '^{"doc"' out | tr '\n' ' ' | sed 's/ $//')"
is "a block's line has start, end and as many values as there are names" "" "$(awk '
    NR == 1 { names = gsub(/,/, ",") + 1; next }
    /^\{/ { next }
    NF != names + 2 || $2 <= $1 || /[^-0-9 ]/ { print NR ": " NF; exit }' out)"
cp out want
printf 'a.txt\0b "\\ .txt' >list
run "$decant" features --files0-from list
same "--files0-from reads names from a file" want out
run sh -c '"$1" features --files0-from - <list' sh "$decant"
same "or from standard input" want out
run "$decant" features a.txt missing
is "a missing file is told" "2 decant: missing: No such file or directory" "$rc $err"
run "$decant" --help
is "the command is not in the help" 0 "$(grep -c features out)"
run "$decant" features --model a.txt a.txt
like "a file that is no model is told" '^decant: a\.txt: ' "$err"

printf '<!doctype html><h1>One</h1><p>Two &amp; "three"' >page.html
run "$decant" features --from html page.html
like "pages have evidence of their own" '"link_share"' "$(head -n 1 out)"
run "$decant" features --from html --texts page.html
is "--texts prints what blocks read" '"One" "Two & \"three\""' "$(sed 1,2d out | tr '\n' ' ' | sed 's/ $//')"
run "$decant" features --from html page.html
names=$(head -n 1 out | tr ',' '\n' | wc -l)
run "$decant" features --from html --binary page.html
is "--binary prints a record of bytes a block" $((2 * (12 + 2 * names))) "$(sed 1d out | wc -c | tr -d ' ')"

printf '<body class=one><div id=two><p>a</p></div><p><b class="three four">b</b>' >named.html
run "$decant" features --from html --names named.html
sed 1d out | od -An -v -tu4 -w4 | tr -d ' ' >numbers
is "--names prints a document, its elements and its blocks with all they are called" \
    $((3 * (1 + 5 + 2) + 2 + 2 + 4)) "$(wc -l <numbers | tr -d ' ')"
is "the first record is of the document" "0 0 0" "$(head -n 3 numbers | xargs)"
is "a block's record has its element and the names of what is inline around it" "2 4 4" \
    "$(tail -n 7 numbers | head -n 3 | xargs)"

finish
