#!/bin/sh
# SPDX-License-Identifier: MIT
# --output-dir: a file for each input file; what stands in the way is told.
# shellcheck disable=SC2317 # functions are called by ok
. tests/cli/lib.sh

mkdir -p crawl/a/b crawl/c
cp "$page" crawl/a/page.html
cp "$page" crawl/a/b/old.htm
cp "$noisy" crawl/story.txt
cp "$noisy" crawl/c/bare
listed() { (cd "$1" && find . -type f ! -path './.decant/*' | sort | sed 's/..//' | tr '\n' ' '); }

run "$decant" -q --output-dir tree crawl
is "--output-dir exits with 0 and prints nothing" "0 " "$rc $err$(cat out)"
is "each file has its own, pages called .txt" "a/b/old.txt a/page.txt c/bare story.txt " "$(listed tree)"
"$decant" -q crawl/a/page.html >want
same "it holds the file's text" want tree/a/page.txt
same "of plain text too" "$pure" tree/c/bare
run "$decant" -q --format markdown --output-dir deep/down/md crawl
is "folders are made; as Markdown pages are called .md" "a/b/old.md a/page.md c/bare story.txt " "$(listed deep/down/md)"
run "$decant" -q --format json --output-dir json crawl
is "records are called .jsonl, whatever they were" "a/b/old.jsonl a/page.jsonl c/bare.jsonl story.jsonl " "$(listed json)"
is "one a line" 1 "$(wc -l <json/story.jsonl | tr -d ' ')"
run "$decant" -q --output-dir named crawl/a/page.html ./crawl//story.txt
is "what is named itself keeps its path" "crawl/a/page.txt crawl/story.txt " "$(listed named)"
run "$decant" --log log.jsonl --output-dir logged crawl
"$decant" --log want.jsonl -o /dev/null crawl
same "the log is one, as ever" want.jsonl log.jsonl
run "$decant" --output-dir loud crawl/story.txt
like "or goes to standard error" '^crawl/story.txt:[0-9]+:[0-9]+: ' "$err"

run "$decant" -q --output-dir tree crawl
is "a folder that holds a run is refused" "2 decant: tree: holds a run already (--resume goes on with it)" "$rc $err"
run "$decant" -q --output-dir crawl crawl
is "so is one that holds anything else" "2 decant: crawl: is not empty" "$rc $err"
run "$decant" -q --output-dir crawl/story.txt crawl/c
is "and a file" "2 decant: crawl/story.txt: Not a directory" "$rc $err"
run "$decant" -q --output-dir x -o y crawl
is "--output does not go with it" "2 decant: --output and --output-dir do not go together" "$rc $err"
run "$decant" -q --resume crawl
is "--resume needs a folder" "2 decant: --resume needs --output-dir" "$rc $err"

cp "$pure" crawl/a/page.txt
run "$decant" -q --output-dir twice crawl
is "of two files with one name the second is left out" \
    "2 decant: crawl/a/page.txt: left out: twice/a/page.txt is there already" "$rc $err"
is "and the others go on" "a/b/old.txt a/page.txt c/bare story.txt " "$(listed twice)"
same "the first stands" want twice/a/page.txt
rm crawl/a/page.txt
cp "$pure" twice.txt
mkdir folder
cp "$pure" folder/deep.txt
mkdir crawl/twice.txt
cp folder/deep.txt crawl/twice.txt/deep.txt
run "$decant" -q --output-dir stands twice.txt crawl folder
is "a file may stand where a folder would" 2 "$rc"
like "which is told" '^decant: stands/twice.txt/deep.txt: Not a directory$' "$err"
is "and the others go on" "a/b/old.txt a/page.txt c/bare deep.txt story.txt twice.txt " "$(listed stands)"
rm -r crawl/twice.txt
outside='has no place below --output-dir (name a folder, or a file by a path that leads down from here)'
for path in "$PWD/crawl/story.txt" ../x/story.txt crawl/../crawl/story.txt .decant/part; do
    run "$decant" -q --output-dir "outside$((n += 1))" "$path"
    is "$(basename "$path") is refused where its path leads out" "2 decant: $path: $outside" "$rc $(echo "$err" | head -n 1)"
done
run "$decant" -q --output-dir stdin - <crawl/story.txt
is "standard input has no name" "2 decant: standard input: $outside" "$rc $err"
run "$decant" -q --output-dir whole "$PWD/crawl"
is "a folder may stand anywhere" "0 a/b/old.txt a/page.txt c/bare story.txt " "$rc $(listed whole)"

run "$decant" -q --output-dir crawl/clean crawl
is "the output folder is not read, though it stands in what is" "0 a/b/old.txt a/page.txt c/bare story.txt " \
    "$rc $(listed crawl/clean)"
rm -r crawl/clean

run "$decant" -q --output-dir gaps missing.txt crawl/story.txt
is "a file that is missing is told" "2 decant: missing.txt: No such file or directory" "$rc $err"
is "and leaves no file" "crawl/story.txt " "$(listed gaps)"
run "$decant" -q --output-dir gaps --resume missing.txt crawl/story.txt
is "nor does it get well by going on" "2 " "$rc $err"

# ---- sums ----

run "$decant" -q --summary sums.json --url https://WWW.Example.org:8080/x crawl/story.txt crawl/c/bare
is "--summary exits with 0" "0 " "$rc $err"
value() { "$python" -c 'import json, sys; print(eval(sys.argv[2], {"sums": json.load(open(sys.argv[1]))}))' "$@"; }
if command -v "$python" >/dev/null; then
    is "it counts documents" 2 "$(value sums.json 'sums["documents"]')"
    is "and bytes: those of the files, of the text, and the rest" True \
        "$(value sums.json "sums['bytes'] == $(cat crawl/story.txt crawl/c/bare | wc -c) == sums['kept'] + sums['dropped'] and sums['kept'] == $(wc -c <out)")"
    is "and what went, by kind" True "$(value sums.json 'sum(sums["kinds"].values()) == sums["dropped"] > 0')"
    is "and all of it by site" True \
        "$(value sums.json 'list(sums["sites"]) == ["www.example.org"] and sums["sites"]["www.example.org"]["bytes"] == sums["bytes"]')"
    "$decant" -q --summary again.json --url https://WWW.Example.org:8080/x crawl/story.txt crawl/c/bare >/dev/null
    same "the same run gives the same bytes" sums.json again.json
fi
run "$decant" -q --hadoop-counters crawl/story.txt
is "--hadoop-counters tells Hadoop" "0 reporter:counter:decant,documents,1" "$rc $(echo "$err" | head -n 1)"
is "six counters" 6 "$(echo "$err" | grep -Ec '^reporter:counter:decant,[a-z]+,[0-9]+$')"

# ---- progress ----

mkfifo pipe
"$decant" -q pipe crawl/story.txt 2>said >text &
process=$!
exec 3<>pipe
sleep 0.3
kill -USR1 $process
sleep 0.3
exec 3>&-
wait $process
is "SIGUSR1 does not end a run" 0 $?
like "it is told how far it is" '^decant: 0 documents in [0-9]+ s, 0\.0 MB/s, 0\.0 % removed$' "$(cat said)"
is "once" 1 "$(wc -l <said | tr -d ' ')"
if command -v "$python" >/dev/null; then
    # Long enough to be shown on any machine: it waits for a pipe.
    timeout 60 sh -c 'exec 3>pipe; sleep 1.6' &
    TERM=xterm "$python" "$here/terminal.py" stderr "$decant" -q pipe crawl/story.txt >seen
    like "a terminal shows the line" 'decant: 0 documents in [0-9]+ s' "$(cat seen)"
    like "and in the end the last of it" 'decant: 2 documents in ' "$(cat seen)"
    timeout 60 sh -c 'exec 3>pipe; sleep 1.6' &
    TERM=xterm "$python" "$here/terminal.py" stderr "$decant" pipe crawl/story.txt >seen
    is "but not among the lines of the log" 0 "$(grep -c documents seen)"
fi
finish
