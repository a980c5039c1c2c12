#!/bin/sh
# SPDX-License-Identifier: MIT
# Any number of workers gives the same bytes in the same order, and ends the same way.
# shellcheck disable=SC2317 # functions are called by ok
. tests/cli/lib.sh

fixtures=$(dirname "$(dirname "$(dirname "$noisy")")")
cp -r "$fixtures" all
jobs="2 3 8"

# agree NAME COMMAND...: output, messages and status are those of one worker.
agree() {
    agree_name=$1
    shift
    run "$decant" "$@" -j 1
    mv out out.1
    mv err err.1
    one=$rc
    for j in $jobs; do
        run "$decant" "$@" -j "$j"
        ok "$agree_name: $j workers give what one does" alike
    done
}
alike() { cmp -s out.1 out && cmp -s err.1 err && [ "$rc" -eq "$one" ]; }

agree "files" all missing all/archetype
agree "files as JSON" --format json all
agree "decant check" check all missing
agree "decant explain" explain all/archetype all/html

if command -v "$python" >/dev/null; then
    "$python" - "$noisy" "$page" <<'END'
import json, random, sys
text, page = (open(name).read() for name in sys.argv[1:])
chance, lines = random.Random(7), text.split("\n")
with open("many.jsonl", "w") as out:
    for n in range(1200):
        kind = chance.random()
        if kind < 0.02: out.write("broken %d\n" % n)
        elif kind < 0.04: out.write("\n")
        elif kind < 0.08: out.write(json.dumps({"id": n, "html": page}) + "\n")
        else:
            some = "\n".join(chance.sample(lines, chance.randint(1, len(lines))))
            out.write(json.dumps({"id": n, "text": some * (40 if kind > 0.99 else 1)}) + "\n")
END
    agree "records" --html-key html many.jsonl
    "$decant" -j 1 --html-key html --log log.1 --rejects rejects.1 many.jsonl >out.1 2>/dev/null
    for j in $jobs; do
        "$decant" -j "$j" --html-key html --log log.j --rejects rejects.j many.jsonl >out.j 2>/dev/null
        same "$j workers write the same log" log.1 log.j
        same "$j workers write the same rejects" rejects.1 rejects.j
        same "$j workers write the same text" out.1 out.j
    done
    "$decant" -q -j 1 --attributes spans.1 many.jsonl >/dev/null 2>&1
    "$decant" -q -j 4 --attributes spans.4 many.jsonl >/dev/null 2>&1
    same "and the same attributes" spans.1 spans.4

    cat many.jsonl many.jsonl many.jsonl >more.jsonl
    "$decant" -q -j 3 more.jsonl 2>piped.err | head -n 1 >piped
    is "a reader that goes away ends it without a word" "$(head -n 1 out.1)" "$(cat piped)"
    is "whatever is under way" "" "$(cat piped.err)"
    if [ -e /dev/full ]; then
        run sh -c '"$1" -q -j 3 more.jsonl >/dev/full' sh "$decant"
        is "a full disk is told once" "2 decant: standard output: No space left on device" "$rc $err"
        run "$decant" -j 3 -o whole.out --log /dev/full more.jsonl
        is "so is one under the log" "2 decant: /dev/full: No space left on device" "$rc $err"
        ok "and nothing is left behind" test ! -e whole.out
    fi
    mkfifo slow
    "$decant" -q -j 4 -o killed.out slow &
    pid=$!
    exec 3>slow
    cat many.jsonl >&3
    kill -TERM "$pid"
    wait "$pid"
    is "a signal ends it" 143 "$?"
    exec 3>&-
    is "and leaves no file" "" "$(ls killed.out* 2>/dev/null)"

    # What comes before a wait comes out before it ends.
    mkfifo in.fifo
    "$decant" -q -j 2 --from jsonl <in.fifo >answers &
    pid=$!
    exec 3>in.fifo
    echo '{"text":"A."}' >&3
    tries=0
    while [ ! -s answers ] && [ "$tries" -lt 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    is "a record is answered although no other comes" '{"text":"A."}' "$(cat answers)"
    exec 3>&-
    wait "$pid"
fi

yes "A sentence of a text that is longer than a part of it may be, and has no end." | head -c 3000000 >long.txt
agree "long texts beside short ones" --max-document 64K "$noisy" long.txt "$noisy" long.txt
run "$decant" -j 0 "$noisy"
is "there is one worker at least" "2 decant: --jobs: '0' is not a number from 1 to 1024" "$rc $err"
run "$decant" -q -j 64 "$noisy"
same "more workers than documents are fine" "$pure" out
run "$decant" -q -j 3 --rules "$noisy" "$noisy" "$noisy"
is "bad rules are told once" "2 1" "$rc $(printf '%s\n' "$err" | wc -l)"

finish
