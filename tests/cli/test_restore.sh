#!/bin/sh
# SPDX-License-Identifier: MIT
# Clean text and log give the input again, byte for byte, or a clear message.
. tests/cli/lib.sh

# there_and_back NAME FILE...: cleaning and restoring gives the files again.
there_and_back() {
    what=$1
    shift
    cat "$@" >want
    "$decant" --log log.jsonl -o clean.txt "$@" && run "$decant" restore clean.txt log.jsonl
    is "$what: restore exits with 0" "0 " "$rc $err"
    same "$what: byte for byte" want out
}

# Text around what is surely dropped, so that restoring has something to do.
cp "$noisy" plain
sed 's/$/\r/' "$noisy" >crlf
tr '\n' '\r' <"$noisy" >cr
{ printf '\357\273\277'; cat "$noisy"; } >bom
awk '{ print; if (NR % 2) print "" }' "$noisy" >blank
sed 's/o/\xff/3; s/e/\xc3/5; s/a/\xed\xa0\x80/2' "$noisy" >invalid
sed 's/o/@/3; s/e/@/7' "$noisy" | tr '@' '\000' >nul
sed 's/ /\xe2\x80\xa8/9; s/ /\x0c/20; s/ /"\\/4' "$noisy" >odd
printf '%s' "$(cat "$noisy")" >unended
: >empty
printf '\n\n \t\n' >white
for file in plain crlf cr bom blank invalid nul odd unended empty white; do
    there_and_back $file $file
done
there_and_back "many documents" plain nul empty invalid unended crlf white plain bom
"$decant" -q --log log.jsonl -o clean.txt plain
ok "something was dropped at all" grep -q '"type":"drop"' log.jsonl
"$decant" -q --log log.jsonl -o clean.txt invalid
awk '{ while (n++ < 400) print "Line " n " of a document that is judged in parts, one after the other." }' "$pure" >long
cat "$noisy" >>long
cat long long >want
"$decant" --max-document 4K --log log.jsonl -o clean.txt long long && run "$decant" restore clean.txt log.jsonl
same "documents in parts: byte for byte" want out

# ---- one of several ----

name=$(printf 'n\377me')
cp nul "$name" 2>/dev/null || name=other
cp nul "$name"
"$decant" --log log.jsonl -o clean.txt plain "$name" crlf
for file in plain "$name" crlf; do
    run "$decant" restore --document "$file" clean.txt log.jsonl
    same "--document restores one of several" "$file" out
done
run "$decant" restore --document nobody clean.txt log.jsonl
is "a document that is not there is told" "2 decant: log.jsonl: no document 'nobody'" "$rc $err"
run "$decant" restore -o back clean.txt log.jsonl
cat plain "$name" crlf >want
same "-o writes to a file" want back
run sh -c '"$1" restore - log.jsonl <clean.txt' sh "$decant"
same "the clean text may be standard input" want out
run sh -c '"$1" restore clean.txt - <log.jsonl' sh "$decant"
same "so may the log" want out
run "$decant" restore - -
is "but not both" 2 "$rc"

# ---- what does not fit ----

# refused NAME MESSAGE: restoring fails so, and leaves the old file.
refused() {
    echo old >back
    run "$decant" restore -o back clean.bad log.bad
    is "$1 exits with 2" 2 "$rc"
    like "$1 is told" "$2" "$err"
    is "$1 leaves no half file" "old 1" "$(cat back) $(find . -name 'back*' | wc -l | tr -d ' ')"
}
fresh() {
    "$decant" -q --log log.bad -o clean.bad plain crlf
}
fresh
head -c 100 clean.txt >clean.bad
refused "a clean text that is too short" '^decant: clean\.bad: ends too early: log\.bad:[0-9]+ wants [0-9]+ more bytes$'
fresh
echo more >>clean.bad
refused "a clean text that is too long" '^decant: clean\.bad: goes on after byte [0-9]+, where the log ends$'
fresh
sed '2s/^.\{20\}/{nonsense/' log.bad >log.new && mv log.new log.bad
refused "a line that does not parse" '^decant: log\.bad:2: column [0-9]+: '
fresh
echo '[1]' >>log.bad
refused "a line that is no record" "^decant: log\.bad:[0-9]+: not a record of decant's log$"
fresh
grep '"type":"document"' log.bad >log.new && mv log.new log.bad
refused "a missing record" '^decant: (log\.bad:1: the document.s counts do not add up|clean\.bad: )'
fresh
sed '$d' log.bad >log.new && mv log.new log.bad
refused "a log that breaks off" '^decant: (log\.bad: ends within a document|clean\.bad: goes on)'
fresh
sed 's/"start":\([0-9]*\)/"start":-\1/' log.bad >log.new && mv log.new log.bad
refused "a negative count" '^decant: log\.bad:1: the record has no count "start"$'
fresh
sed 's/\("text":"[^"]*\)[a-z] /\1 /' log.bad >log.new && mv log.new log.bad
refused "a text that is too short" '^decant: log\.bad:1: the record is of [0-9]+ bytes and holds [0-9]+$'
fresh
sed 's/"text":"[^"]*"/"base64":"?"/' log.bad >log.new && mv log.new log.bad
refused "Base64 that is none" '^decant: log\.bad:1: "base64" does not parse$'
fresh
sed 's/"schema":3/"schema":7/' log.bad >log.new && mv log.new log.bad
refused "a log of another version" '^decant: log\.bad:1: a log of another version of decant$'
fresh
for text in preview none; do
    "$decant" -q --log log.bad --log-text $text -o clean.bad plain crlf
    refused "a log with --log-text $text" 'restoring needs a log written with --log-text=full$'
done
fresh
rm log.bad
refused "a missing log" '^decant: log\.bad: No such file or directory$'

finish
