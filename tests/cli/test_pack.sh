#!/bin/sh
# SPDX-License-Identifier: MIT
# Outputs are packed as their names end.
. tests/cli/lib.sh

cp "$noisy" story.txt
awk '{ while (n++ < 30000) print "Line " n " of a long text that fills more than one buffer of any library." }' "$pure" >big.txt
"$decant" -q -o want.txt --log want.jsonl story.txt
: >none.txt

# What a packed file holds, in $python's words.
unpack() {
    "$python" -c '
import bz2, gzip, lzma, sys
opens = {"gz": gzip.open, "xz": lzma.open, "bz2": bz2.open}
sys.stdout.buffer.write(opens[sys.argv[1].rsplit(".")[-1]](sys.argv[1]).read())' "$1"
}

for ending in gz xz bz2 zst; do
    if [ $ending = zst ]; then
        command -v zstd >/dev/null || { skip "packs .zst" "there is no zstd"; continue; }
        unpack() { zstd -dcq "$1"; }
    elif ! command -v "$python" >/dev/null; then
        skip "packs .$ending" "there is no python"
        continue
    fi
    run "$decant" -q -o clean.$ending --log log.jsonl.$ending story.txt
    is "clean text and log are packed as .$ending" "0 " "$rc $err"
    unpack clean.$ending >got
    same "the text of .$ending is whole" want.txt got
    unpack log.jsonl.$ending >got
    same "and so is the log" want.jsonl got
    "$decant" -q -o again.$ending story.txt
    same "the same bytes come out again" clean.$ending again.$ending
    run "$decant" -q -o big.$ending big.txt
    unpack big.$ending >got
    same "a long text goes through .$ending" big.txt got
    ok "and gets short" test "$(wc -c <big.$ending)" -lt "$(($(wc -c <big.txt) / 4))"
    run "$decant" -q -o none.$ending none.txt
    is "nothing is packed too" "0 0" "$rc $(unpack none.$ending | wc -c | tr -d ' ')"
    ok "in a member of its own" test -s none.$ending
    cp clean.$ending old.$ending
    run "$decant" -q -o old.$ending missing.txt
    same "a failed run leaves the old .$ending" clean.$ending old.$ending
done
run "$decant" -q -o .gz story.txt
same "a name that is all ending is no ending" want.txt .gz
if [ -e /dev/full ]; then
    ln -s /dev/full full.gz
    run "$decant" -q -o full.gz story.txt
    is "a full disk is told" "2 decant: full.gz: No space left on device" "$rc $err"
else
    skip "a full disk" "there is no /dev/full"
fi
finish
