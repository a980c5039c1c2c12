#!/bin/sh
# SPDX-License-Identifier: MIT
# decant explain: every piece with its verdict and what speaks for it, as a person sees it.
# shellcheck disable=SC2317 # functions are called by ok
. tests/cli/lib.sh

cp "$noisy" story.txt
cp "$pure" clean.txt
cp "$page" page.html

run "$decant" explain story.txt
is "explain exits with 0 although there is noise" "0 " "$rc $err"
is "the document is named first" "story.txt" "$(head -n 1 out)"
like "a kept piece has its line, its verdict and its text" '^ +1  kept +0\.[0-9]{2}  The port of Varnhem .*…' "$(cat out)"
like "a dropped one its kind and confidence too" '^ +7  teaser   0\.[0-9]{2}  The county sheriff' "$(cat out)"
like "reasons stand below" '^ {22}(.*, )?cut at 160 bytes as teasers are' "$(cat out)"
like "a sum comes last" '^story\.txt: [0-9]+ blocks, [0-9]+ dropped; [0-9]+ of [0-9]+ bytes of text$' "$(tail -n 1 out)"
is "as many pieces go as decant check finds in blocks" \
    "$("$decant" --log - -o /dev/null story.txt | sed -n 's/.*"dropped_blocks":\([0-9]*\).*/\1/p')" \
    "$(grep -E '^ +[0-9]+  [a-z]+ +[01]\.[0-9]{2}  ' out | grep -vc ' kept ')"
cp out story
run "$decant" explain story.txt clean.txt
is "several files follow each other" "story.txt clean.txt" "$(grep -E '^[a-z]+\.txt$' out | tr '\n' ' ' | sed 's/ $//')"
run "$decant" explain <story.txt
is "standard input is read where no file is named" "$(sed 1d story | sed '$d')" "$(sed 1d out | sed '$d')"
is "and is called -" "-" "$(head -n 1 out)"
run "$decant" explain page.html
like "a page is explained too" '^ +[0-9]+  nav +[01]\.[0-9]{2}  ' "$(cat out)"
like "its kept pieces as well" '^ +[0-9]+  kept +[01]\.[0-9]{2}  ' "$(cat out)"
run "$decant" explain --min-confidence 1 story.txt
is "options of the verdict count" 0 "$(grep -c '^ *[0-9]*  teaser' out)"

# ---- width ----

widest() { awk '{ gsub(/…|®/, "."); if (length > most) most = length } END { print most }' "$1"; }
texts() { grep -E '^ +[0-9]+  ' "$1" >texts; }
texts story
ok "texts fit 80 columns" test "$(widest texts)" -le 80
COLUMNS=60 run "$decant" explain story.txt
texts out
ok "or as many as COLUMNS says" test "$(widest texts)" -le 60
COLUMNS=200 run "$decant" explain story.txt
texts out
ok "which may be more" test "$(widest texts)" -gt 80
COLUMNS=x run "$decant" explain story.txt
same "a COLUMNS that is no number counts for nothing" story out
printf 'A harbour \033[31mwall\033[0m of \302\233stone.\n' >tricks.txt
run "$decant" explain tricks.txt
like "what could play tricks on a terminal is shown as digits" 'harbour \\x1b\[31mwall\\x1b\[0m of \\u\{009b\}stone' "$(cat out)"

# ---- colours ----

has_colour() { grep -q "$(printf '\033')\\[" "$1"; }
no_colour() { ! has_colour "$1"; }
ok "a file gets no colours" no_colour story
run "$decant" explain --color=always story.txt
ok "--color=always colours" has_colour out
if command -v "$python" >/dev/null; then
    on_terminal() { "$python" "$here/terminal.py" stdout "$decant" explain "$@" story.txt >seen; }
    TERM=xterm on_terminal
    ok "a terminal gets colours" has_colour seen
    NO_COLOR=1 TERM=xterm on_terminal
    ok "NO_COLOR gets none" no_colour seen
    TERM=xterm on_terminal --color never
    texts seen
    ok "--color never gets none" no_colour seen
    ok "lines are as wide as the terminal" test "$(widest texts)" -le 50
    ok "and not less" test "$(widest texts)" -ge 49
else
    skip "colours on a terminal" "there is no python"
fi

# ---- trouble ----

run "$decant" explain missing story.txt
is "a missing file is told" "2 decant: missing: No such file or directory" "$rc $err"
same "and the others are explained" story out
run "$decant" explain -o x story.txt
is "an option of another command is unknown" "2 decant: unknown option '-o' (see --help)" "$rc $err"
if [ -e /dev/full ]; then
    run sh -c '"$1" explain story.txt >/dev/full' sh "$decant"
    is "a full disk is told" "2 decant: standard output: No space left on device" "$rc $err"
fi

finish
