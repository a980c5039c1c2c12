#!/bin/sh
# SPDX-License-Identifier: MIT
# --resume: a run that is killed again and again comes to the same bytes as one that is not.
. tests/cli/lib.sh

mkdir crawl
n=0
while [ $n -lt 15 ]; do
    mkdir "crawl/$n"
    m=0
    while [ $m -lt 20 ]; do
        { echo "Document $m of folder $n has this to say."; cat "$noisy"; } >"crawl/$n/$m.txt"
        cp "$page" "crawl/$n/$m.page.html"
        m=$((m + 1))
    done
    n=$((n + 1))
done
head -c 100 /dev/urandom >crawl/7/noise.txt
printf '{"text":"One line.\\nAll rights reserved.","url":"https://a.example/1"}\nno line\n{"id":3}\n' >crawl/8/lines.jsonl
gzip -nc "$noisy" | head -c 500 >crawl/8/cut.txt.gz
ln -s nowhere crawl/7/link.txt

# What stands in the tree, and in the files of the whole run.
same_run() { # NAME WANTED GOT
    (cd "$2" && find . -type f ! -path './tree/.decant/*' -exec cksum {} + | sort) >wanted.list
    (cd "$3" && find . -type f ! -path './tree/.decant/*' -exec cksum {} + | sort) >got.list
    same "$1" wanted.list got.list
    diff wanted.list got.list | brief
}
# begin FOLDER OPTION...: runs in a folder of its own; the log packed, the sums by site.
begin() {
    cd "$1" || exit 2
    shift
    "$decant" --output-dir tree --resume --log "$log" --rejects rejects.gz --summary sums.json "$@" ../crawl 2>../err
    begun=$?
    cd ..
    return $begun
}

for log in log.jsonl log.jsonl.zst; do
    rm -rf whole broken
    mkdir whole broken
    begin whole -j 1
    is "a run goes through, with trouble ($log)" "2 603" "$? $(find whole/tree -type f ! -path '*/.decant/*' | wc -l | tr -d ' ')"

    seed=$(date +%s)
    kills=0
    echo "# seed $seed"
    while [ $kills -lt 200 ]; do
        begin broken -j 3 &
        process=$!
        sleep "$(awk -v seed="$((seed + kills))" -v most=$((kills + 5)) 'BEGIN { srand(seed); print rand() * most / 10 }')"
        # The shell's child is decant's parent: the run itself is killed.
        if ! kill -0 $process 2>/dev/null; then break; fi
        signal=KILL
        [ $((kills % 3)) -eq 2 ] && signal=TERM
        pkill -$signal -P $process 2>/dev/null
        wait $process 2>/dev/null
        kills=$((kills + 1))
    done
    wait $process
    rc=$?
    is "killed $kills times it comes to its end, and remembers the trouble" 2 $rc
    [ $rc -eq 2 ] || brief <err
    ok "it was killed at all" test $kills -gt 0
    same_run "with the same bytes everywhere, and nothing else" whole broken
    [ "$log" = log.jsonl ] || continue

    begin broken
    is "gone on with once more, there is nothing to do" 2 $?
    same_run "and nothing changes" whole broken
done

mkdir early early/tree early/tree/.decant
: >early/tree/.decant/lock
begin early
is "a run may be killed before it has done anything" 2 $?
same_run "and comes to the same" whole early

# ---- what must be as it was ----

go() { run "$decant" --output-dir tree --resume --log log.jsonl "$@"; }
rm -rf crawl
mkdir crawl
for n in 1 2 3; do cp "$noisy" crawl/$n.txt; done
go crawl
is "a run of three" 0 "$rc"
cp -p crawl/2.txt kept.txt
go --favor recall crawl
is "other options are refused" "2 decant: tree/.decant/checkpoint: the run to go on with had another --favor" "$rc $err"
echo more >>crawl/2.txt
go crawl
is "so is a file that has changed" \
    "2 decant: crawl/2.txt: is not what the run to go on with read here, or has changed since" "$rc $err"
cp -p kept.txt crawl/2.txt
cp "$noisy" crawl/1b.txt
go crawl
is "or has come between" \
    "2 decant: crawl/1b.txt: is not what the run to go on with read here, or has changed since" "$rc $err"
rm crawl/1b.txt crawl/3.txt
go crawl
is "or is there no more" "2 decant: tree: the run to go on with read more files than there are now" "$rc $err"
cp -p kept.txt crawl/3.txt
touch -r tree/1.txt crawl/3.txt
rm -rf tree log.jsonl
go crawl
cp log.jsonl first.jsonl
cp "$noisy" crawl/4.txt
go crawl
is "what comes after the others is done" "0 4" "$rc $(find tree -name '*.txt' | wc -l | tr -d ' ')"
head -c "$(wc -c <first.jsonl | tr -d ' ')" log.jsonl >start.jsonl
same "and the log goes on" first.jsonl start.jsonl
cp log.jsonl want.jsonl
for ending in gz xz bz2; do
    rm -rf packed
    mkdir packed
    for files in 'crawl/1.txt' 'crawl/1.txt crawl/2.txt' 'crawl/1.txt crawl/2.txt crawl/3.txt crawl/4.txt'; do
        # shellcheck disable=SC2086 # a word a file
        "$decant" --output-dir packed/tree --resume --log "packed/log.$ending" $files
    done
    case $ending in gz) tool=gzip ;; xz) tool=xz ;; bz2) tool=bzip2 ;; esac
    if command -v $tool >/dev/null; then
        $tool -dc "packed/log.$ending" >got.jsonl
        same "so does one that is packed as .$ending" want.jsonl got.jsonl
    else
        skip "a log packed as .$ending" "there is no $tool"
    fi
done
rm tree/1.txt
go crawl
is "a text that is gone is told" "2 decant: crawl/1.txt: what the run to go on with made of it is not there any more" "$rc $err"
cp "$pure" tree/1.txt
rm log.jsonl
go crawl
is "so is the log" "2 decant: log.jsonl: lacks what the run to go on with wrote" "$rc $err"
rm -f log.jsonl.part
cp tree/.decant/checkpoint saved
for damage in '' nonsense '{}' '{"schema":1,"version":"'"$("$decant" --version | cut -d' ' -f2)"'"}'; do
    printf %s "$damage" >tree/.decant/checkpoint
    go crawl
    like "a checkpoint that holds '$damage' is told" '^decant: tree/\.decant/checkpoint:' "$err"
    is "and exits with 2" 2 "$rc"
done

rm -rf tree
go crawl
cp tree/.decant/manifest saved
: >tree/.decant/manifest
go crawl
is "a manifest that lacks files is told" "2 decant: tree/.decant/manifest: lacks files that were finished" "$rc $err"
sed 's/^done/done done/' saved >tree/.decant/manifest
go crawl
is "so is one that is something else" "2 decant: tree/.decant/manifest:1: not a line of a manifest" "$rc $err"

rm -rf tree crawl
mkdir crawl
mkfifo crawl.pipe
"$decant" -q --output-dir tree crawl.pipe 2>first.err &
process=$!
exec 3<>crawl.pipe
sleep 0.5
go crawl.pipe
is "two runs do not write to one folder" "2 decant: tree: another run is writing there" "$rc $err"
exec 3>&-
wait $process
finish
