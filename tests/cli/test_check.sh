#!/bin/sh
# SPDX-License-Identifier: MIT
# decant check: what it finds, in which order, and how it exits.
. tests/cli/lib.sh

mkdir -p corpus/sub corpus/.hidden
cp "$noisy" corpus/b.txt
cp "$pure" corpus/a.txt
cp "$noisy" corpus/sub/c.txt
cp "$noisy" corpus/.hidden/d.txt
cp "$noisy" corpus/.e.txt
ln -s ../corpus corpus/loop
ln -s b.txt corpus/link.txt
mkfifo corpus/pipe

run "$decant" check corpus/a.txt
is "a clean file exits with 0" 0 "$rc"
is "a clean file has no findings" "" "$(cat out)"
like "a summary goes to standard error" '^decant: 0 findings in 1 file: 0 of [0-9]+ bytes \(0\.0 %\)$' "$err"
run "$decant" check corpus
is "noise exits with 1" 1 "$rc"
is "a line a finding" "" "$(grep -Ev '^corpus/[a-z./]+:[0-9]+:[0-9]+: [a-z]+: .+ \([01]\.[0-9]{2}\) ".*"$' out)"
is "files in the order of their names, none hidden, none twice" "corpus/b.txt corpus/sub/c.txt" \
    "$(cut -d: -f1 out | uniq | tr '\n' ' ' | sed 's/ $//')"
like "the summary counts" '^decant: [0-9]+ findings in 3 files: [0-9]+ of [0-9]+ bytes \([0-9]+\.[0-9] %\)$' "$err"
cp out first
run "$decant" check -q corpus/ corpus/sub
is "-q prints no summary" "" "$err"
run "$decant" check corpus
same "the same findings every time" first out
run "$decant" check corpus/.hidden corpus/.e.txt
is "what is named is read although it is hidden" 1 "$rc"
run "$decant" check corpus/loop
is "so is a link" 1 "$rc"
run "$decant" check - <"$noisy"
is "- is standard input" 1 "$rc"
like "under its name" '^-:[0-9]+:' "$(cat out)"

run "$decant" check --max-noise 100 corpus
is "--max-noise lets noise pass" 0 "$rc"
same "and lists it all the same" first out
run "$decant" check --max-noise 0.1 corpus
is "but no more than that" 1 "$rc"
run "$decant" check --min-confidence 1 corpus
ok "--min-confidence 1 finds no more" test "$(wc -l <out)" -le "$(wc -l <first)"

run "$decant" check --favor precision corpus
ok "--favor precision finds no more" test "$(wc -l <out)" -le "$(wc -l <first)"
run "$decant" check --favor recall corpus
ok "--favor recall finds no less" test "$(wc -l <out)" -ge "$(wc -l <first)"

run "$decant" check corpus/a.txt missing
is "trouble exits with 2" 2 "$rc"
like "and is told" '^decant: missing: No such file or directory$' "$err"
run "$decant" check missing corpus/b.txt
is "also where there is noise" 2 "$rc"
ok "and what can be read is read" test -s out
if [ "$(id -u)" -ne 0 ]; then
    chmod 0 corpus/sub
    run "$decant" check corpus
    is "a folder that cannot be read is trouble" 2 "$rc"
    chmod 755 corpus/sub
fi
if [ -e /dev/full ]; then
    run sh -c '"$1" check corpus >/dev/full' sh "$decant"
    is "a full disk is told" "2 decant: standard output: No space left on device" "$rc $err"
fi
mkdir nothing
run "$decant" check nothing
like "an empty folder is clean" '^decant: 0 findings in 0 files: 0 of 0 bytes \(0\.0 %\)$' "$err"

# A folder with long paths.
deep=$(awk 'BEGIN { while (n++ < 40) printf "%s/", "a-folder-with-quite-a-long-name-that-takes-its-place-in-the-path" }')
mkdir -p "deep/$deep"
cp "$noisy" "deep/${deep}x.txt"
run "$decant" check deep
is "a deep folder is searched to its end" 1 "$rc"

finish
