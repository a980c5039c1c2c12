#!/bin/sh
# SPDX-License-Identifier: MIT
# Which files are read, and in which order: folders, globs, lists of names.
. tests/cli/lib.sh

mkdir -p crawl/b/deep crawl/.hidden crawl/a.d
for name in crawl/b.txt crawl/b/one.html crawl/b/two.txt crawl/b/deep/three.txt crawl/.hidden/no.txt crawl/.no.txt \
    crawl/a.d/four.htm "crawl/a.d/
five.txt"; do
    echo "This is $name." >"$name"
done
ln -s ../../crawl crawl/b/loop
ln -s b.txt crawl/link.txt
mkfifo crawl/pipe

# What is read, a line a document: the readable log of a document tells nothing, explain its name.
names() { "$decant" explain "$@" 2>err | sed -n 's/^\(.*\): [0-9]* blocks*, .*/\1/p' | tr '\n' ' '; }

all='crawl/a.d/\x0afive.txt crawl/a.d/four.htm crawl/b/deep/three.txt crawl/b/one.html crawl/b/two.txt crawl/b.txt '
is "a folder's files come in the order of their names, those of a folder in its place" "$all" "$(names crawl)"
is "nothing is said of links, pipes and hidden files" "" "$(cat err)"
run "$decant" -q crawl
is "cleaning reads folders too" 0 "$rc"
is "in the same order" "This is crawl/a.d/ five.txt. This is crawl/a.d/four.htm. This is crawl/b/deep/three.txt. \
This is crawl/b/one.html. This is crawl/b/two.txt. This is crawl/b.txt. " "$(tr '\n' ' ' <out)"
is "a folder may be a link, and end with a slash" "crawl/b/loop/b.txt " "$(names --include b.txt crawl/b/loop/)"
is "the folder at hand is a folder" "./b/one.html " "$(cd crawl && names --include one.html . && rm err)"
is "what is named itself is read although it is hidden" "crawl/.no.txt crawl/.hidden/no.txt " \
    "$(names crawl/.no.txt crawl/.hidden)"

is "--include takes files by name" "crawl/a.d/four.htm crawl/b/one.html " "$(names --include '*.htm' --include='*.html' crawl)"
is "or by their path below the folder" "crawl/b/deep/three.txt crawl/b/two.txt " "$(names --include 'b/*.txt' crawl)"
is "--exclude passes files over" "crawl/a.d/four.htm crawl/b/one.html " "$(names --exclude '*.txt' crawl)"
is "and folders with all that is in them" "crawl/b.txt " "$(names --exclude a.d --exclude b crawl)"
is "by their path too" 'crawl/b/one.html crawl/b/two.txt ' "$(names --exclude 'b/deep' --exclude 'a.*' --exclude b.txt crawl)"
is "--exclude is stronger than --include" "crawl/b/deep/three.txt " \
    "$(names --include '*.txt' --exclude two.txt --exclude b.txt --exclude a.d crawl)"
is "what is named itself is read, whatever globs say" "crawl/b.txt " "$(names --exclude '*' crawl/b.txt)"
run "$decant" check --max-noise 100 crawl
like "check reads the same files" ' in 6 files: ' "$err"
run "$decant" -q --exclude '*' crawl
is "a folder of which nothing is to be read is fine" "0 " "$rc $err$(cat out)"

find crawl -name '*.txt' ! -path '*/.*' -type f -print0 | sort -z >list
run "$decant" -q --files0-from list
is "--files0-from reads the names of a list" "0 4" "$rc $(grep -c '^This\|^five' out | awk '{ print $1 - 1 }')"
cp out want
run sh -c '"$1" -q --files0-from - <list' sh "$decant"
same "or of standard input" want out
printf 'crawl/b.txt' >short
is "the last name may lack its NUL" "crawl/b.txt " "$(names --files0-from short)"
printf 'crawl/b\0' >folders
is "a list may name folders" "crawl/b/deep/three.txt crawl/b/one.html crawl/b/two.txt " "$(names --files0-from folders)"
printf 'crawl/b.txt\0\0missing\0crawl/b/two.txt\0' >gaps
run "$decant" -q --files0-from gaps
is "an empty name is told, and one that is missing" "2 decant: gaps: name 2 is empty
decant: missing: No such file or directory" "$rc $err"
is "and the others are read" 2 "$(wc -l <out | tr -d ' ')"
printf 'crawl/b.txt\0-\0' >dashes
run sh -c '"$1" -q --files0-from - <dashes' sh "$decant"
is "a list on standard input cannot name it" "2 decant: name 2 of standard input is '-', standard input itself" "$rc $err"
head -c 300000 /dev/zero | tr '\0' x >endless
run "$decant" -q --files0-from endless
is "a name that does not end is told" "2 decant: endless:1: line too long" "$rc $err"
run "$decant" -q --files0-from list crawl
is "a list and operands do not go together" \
    "2 decant: files are named by --files0-from: 'crawl' cannot be named too" "$rc $err"
run "$decant" -q --files0-from none
is "a list that is missing is told" "2 decant: none: No such file or directory" "$rc $err"
run "$decant" check --files0-from list
ok "check takes a list in place of operands" test "$rc" -lt 2
mkdir many
for n in 1 2 3 4 5 6 7 8 9; do
    for m in 1 2 3 4 5 6 7 8 9; do cp crawl/b.txt many/$n$m.txt; done
    gzip -nc "$noisy" | head -c 400 >many/$n.cut.gz
done
run "$decant" -q -j 4 many
is "what is broken is told by its own name, whatever else is read meanwhile" \
    "$(for n in 1 2 3 4 5 6 7 8 9; do echo "decant: many/$n.cut.gz"; done)" "$(echo "$err" | cut -d: -f 1,2)"
if [ "$(id -u)" -ne 0 ]; then
    chmod 0 crawl/b
    run "$decant" -q crawl
    is "a folder that cannot be read is told" "2 decant: crawl/b: Permission denied" "$rc $err"
    chmod 755 crawl/b
else
    skip "a folder that cannot be read" "root reads everything"
fi
finish
