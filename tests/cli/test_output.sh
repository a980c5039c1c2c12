#!/bin/sh
# SPDX-License-Identifier: MIT
# Where text and log go, and what is left where writing them fails.
# shellcheck disable=SC2317 # functions are called by ok
. tests/cli/lib.sh

cp "$noisy" story.txt
awk '{ while (n++ < 3000) print "Line " n " of a long text that fills more than a pipe can hold." }' "$pure" >big.txt

# ---- standard output and standard error ----

run "$decant" story.txt
is "cleaning exits with 0" 0 "$rc"
same "standard output holds the clean text alone" out "$pure"
like "standard error tells file, line, column, kind and confidence" \
    '^story\.txt:[0-9]+:[0-9]+: [a-z]+: .+ \([01]\.[0-9][0-9]\) ".*"$' "$err"
cp err log.txt
run "$decant" -q story.txt
is "-q silences the log" "" "$err"
same "-q changes no text" out "$pure"
run "$decant" <story.txt
same "standard input is read where no file is named" out "$pure"
like "standard input is called -" '^-:[0-9]+:[0-9]+: ' "$err"
run "$decant" -q - <story.txt
same "- is standard input" out "$pure"
run "$decant" -q - story.txt <big.txt
same "- stands among files" out - <<END
$(cat big.txt "$pure")
END
run "$decant" </dev/null
is "an empty input is fine" "0  0" "$rc $err $(wc -c <out | tr -d ' ')"

# ---- colours ----

has_colour() { grep -q "$(printf '\033')\\[" "$1"; }
no_colour() { ! has_colour "$1"; }
ok "a file gets no colours" no_colour log.txt
run "$decant" --color=always story.txt
ok "--color=always colours" has_colour err
NO_COLOR=1 run "$decant" --color=always story.txt
ok "--color=always overrules NO_COLOR" has_colour err
if command -v "$python" >/dev/null; then
    on_terminal() { "$python" "$here/terminal.py" stderr "$decant" "$@" story.txt >seen; }
    TERM=xterm on_terminal
    ok "a terminal gets colours" has_colour seen
    TERM=dumb on_terminal
    ok "TERM=dumb gets none" no_colour seen
    NO_COLOR=1 TERM=xterm on_terminal
    ok "NO_COLOR gets none" no_colour seen
    NO_COLOR='' TERM=xterm on_terminal
    ok "an empty NO_COLOR counts for nothing" has_colour seen
    TERM=xterm on_terminal --color never
    ok "--color never gets none" no_colour seen
else
    skip "colours on a terminal" "there is no python"
fi

# ---- -o and --log ----

files() { find . -name "$1*" | wc -l | tr -d ' '; }

umask 027
run "$decant" -q -o clean.txt story.txt
same "-o writes the clean text" clean.txt "$pure"
is "a new file gets its mode from the umask" "-rw-r-----" "$(find clean.txt -ls | awk '{ print $3 }')"
umask 022
chmod 600 clean.txt
run "$decant" -q -o clean.txt big.txt
is "a file that is replaced keeps its mode" "-rw-------" "$(find clean.txt -ls | awk '{ print $3 }')"
ln -s clean.txt link.txt
run "$decant" -q -o link.txt story.txt
same "a link is written through" clean.txt "$pure"
ok "and stays a link" test -L link.txt
cp story.txt place.txt
run "$decant" -q -o place.txt place.txt
same "-o may name the input" place.txt "$pure"
run "$decant" --log noise.jsonl story.txt
is "--log silences the readable log" "" "$err"
is "a line a record" "document" "$(tail -n 1 noise.jsonl | sed 's/.*"type":"\([a-z]*\)".*/\1/')"
run "$decant" --log noise.jsonl --log-text none story.txt
ok "--log-text none leaves the text out" test "$(grep -c '"text":' noise.jsonl)" -eq 0
run "$decant" --log - story.txt
is "text and log cannot both go to standard output" \
    "2 decant: text and log would both go to standard output (name another with --output or --log)" "$rc $err"
run "$decant" --log - -o text.txt story.txt
is "--log - is fine with -o" "0 document" "$rc $(tail -n 1 out | sed 's/.*"type":"\([a-z]*\)".*/\1/')"
same "and the text is in the file" text.txt "$pure"
run "$decant" -o one --log ./one story.txt
is "nor can they go to one file" 2 "$rc"
run "$decant" -o no/such/folder story.txt
is "a file that cannot be made is named" "2 decant: no/such/folder: No such file or directory" "$rc $err"
mkdir folder
run "$decant" -o folder story.txt
is "a folder is no file" "2 decant: folder: Is a directory" "$rc $err"

# ---- failures ----

echo old >old.txt
cp old.txt kept.txt
run "$decant" -q -o old.txt --log old.jsonl missing.txt
is "no input, no output" 2 "$rc"
same "-o leaves the old file where nothing was read" old.txt kept.txt
ok "--log leaves nothing" test ! -e old.jsonl
(
    ulimit -f 16
    run "$decant" -q -o old.txt --log old.jsonl big.txt
    echo "$rc $err" >told
)
is "a file that cannot grow is told" "2 decant: old.txt: File too large" "$(cat told)"
same "and leaves the old file" old.txt kept.txt
is "and no other" 1 "$(files old)"
if [ -e /dev/full ]; then
    run sh -c '"$1" -q big.txt >/dev/full' sh "$decant"
    is "a full disk is told" "2 decant: standard output: No space left on device" "$rc $err"
    run sh -c '"$1" -q story.txt >/dev/full' sh "$decant"
    is "so it is where little is written" "2 decant: standard output: No space left on device" "$rc $err"
    run "$decant" -q -o /dev/full story.txt
    is "a full device is told" "2 decant: /dev/full: No space left on device" "$rc $err"
    run "$decant" -o old.txt --log /dev/full story.txt
    is "so is a full log" "2 decant: /dev/full: No space left on device" "$rc $err"
    same "which leaves the old text" old.txt kept.txt
    run sh -c '"$1" story.txt 2>/dev/full' sh "$decant"
    is "a log that cannot be shown is trouble" 2 "$rc"
    run sh -c '"$1" --help >/dev/full' sh "$decant"
    is "so is help that cannot be shown" 2 "$rc"
else
    skip "a full disk" "there is no /dev/full"
fi
run sh -c '"$1" -q story.txt >&-' sh "$decant"
is "a closed standard output is told" "2 decant: standard output: Bad file descriptor" "$rc $err"
run sh -c '"$1" -o closed.txt story.txt 2>&-' sh "$decant"
same "a closed standard error harms no text" closed.txt "$pure"

died_silently() { [ "$1" = 141 ] || [ "$1" = 2 ]; } # 2: where SIGPIPE was ignored from the start
{ "$decant" -q big.txt big.txt big.txt 2>err; echo $? >rc; } | head -c 1 >/dev/null
ok "a closed pipe ends the run" died_silently "$(cat rc)"
is "without a word" "" "$(cat err)"
{ sleep 0.3; "$decant" -o piped.txt story.txt; echo $? >rc; } 2>&1 | true
ok "so does a closed pipe of the log" died_silently "$(cat rc)"
is "which leaves no half file" 0 "$(files piped)"

mkfifo pipe
"$decant" -q -o ended.txt pipe &
process=$!
exec 3>pipe
cat story.txt >&3
sleep 0.3
ok "the text is written aside" test ! -e ended.txt
kill -TERM $process
wait $process
is "a signal ends the run" 143 $?
exec 3>&-
is "and leaves no half file" 0 "$(files ended)"

finish
