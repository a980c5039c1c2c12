#!/bin/sh
# SPDX-License-Identifier: MIT
# The table of options: how it is parsed, and that help, manual and completions tell the same.
. tests/cli/lib.sh

# ---- parsing ----

run "$decant" --version
is "--version exits with 0" 0 "$rc"
like "--version prints name and version" '^decant [0-9]+\.[0-9]+\.[0-9]+$' "$(cat out)"
run "$decant" --lgo x
is "an unknown option exits with 2" 2 "$rc"
is "an unknown option is named with one that is like it" \
    "decant: unknown option '--lgo' (did you mean '--log'?)" "$err"
is "nothing goes to standard output then" "" "$(cat out)"
run "$decant" --conf 0.9
run "$decant" --zzzzzzzzzz
is "an option like no other leads to --help" "decant: unknown option '--zzzzzzzzzz' (see --help)" "$err"
run "$decant" -x
is "an unknown letter is named" "decant: unknown option '-x' (see --help)" "$err"
run "$decant" --log
is "a missing argument is named" "decant: option '--log' needs an argument: FILE" "$err"
run "$decant" -o
is "so is that of a letter" "decant: option '-o' needs an argument: FILE" "$err"
run "$decant" --quiet=yes
is "a flag takes no argument" "decant: option '--quiet' takes no argument" "$err"
run "$decant" check --log x .
like "an option of another command is unknown" "unknown option '--log'" "$err"
run "$decant" --from pdf "$pure"
is "--from tells what it reads" "decant: --from: 'pdf' is not one of: auto text html jsonl warc wet" "$err"
is "a wrong choice exits with 2" 2 "$rc"

for wrong in 'max-document 3' 'max-document 2T' 'max-document 4Kx' 'max-document -1' 'max-document 99999999999999999999' \
    'max-loss 101' 'max-loss x' 'max-loss .' 'min-confidence 1.1' 'min-confidence 90%' 'color pink' 'log-text all' 'format pdf' 'favor text'; do
    # shellcheck disable=SC2086 # an option and its argument
    run "$decant" --$wrong "$pure"
    is "--$wrong is refused" "2 decant: --${wrong%% *}: '${wrong#* }' is not" "$rc ${err%% not *} not"
done
for right in 'max-document 4096' 'max-document 1g' 'max-loss 12.5' 'min-confidence 1' 'min-confidence .95' \
    'color never' 'favor recall' 'from text' 'from auto' 'format markdown' 'charset GBK'; do
    # shellcheck disable=SC2086
    run "$decant" -q --$right "$pure"
    is "--$right is taken" "0 " "$rc $err"
done

printf 'Some text stands here.\n' >-q
run "$decant" -q -- -q
is "-- ends the options" "Some text stands here." "$(cat out)"
run "$decant" -qo new -- -q
is "letters may be bundled" "Some text stands here." "$(cat new)"
run "$decant" -q -onewer ./-q
is "a letter's argument may follow at once" "Some text stands here." "$(cat newer)"
run "$decant" ./-q --quiet
is "options may follow operands" "0 " "$rc $err"
cp ./-q check
run "$decant" -q ./check
is "a file may have a command's name" "Some text stands here." "$(cat out)"
run "$decant" check
is "check wants a path" 2 "$rc"
run "$decant" restore one two three
like "too many arguments are refused" "too many arguments" "$err"
run "$decant" completion tcsh
is "a shell that is not known is refused" "decant: completion: 'tcsh' is not one of: bash zsh fish" "$err"

# ---- one table ----

long_options() { grep -Eo -e '--[a-z][a-z0-9-]*' | sort -u; }

for shell in bash zsh fish; do "$decant" completion $shell >$shell.txt; done
for command in '' check explain restore completion; do
    called="decant${command:+ $command}"
    "$decant" $command --help >help.txt
    is "$called --help fits on a screen" "yes" \
        "$(awk 'length > 80 { wide = 1 } END { print NR <= 50 && !wide ? "yes" : NR " lines" }' help.txt)"
    sed -n 's/^ \{2,6\}\(-., \)\{0,1\}\(--[a-z0-9-]*\).*/\2/p' help.txt | sort -u >help.options
    ok "$called has options" test -s help.options

    "$decant" $command --man-options >man.txt
    grep '^\.It ' man.txt | sed 's/Fl -/--/g' | long_options >man.options
    same "$called: the manual's list has the options of --help" help.options man.options

    grep -e "^ *$command:-\*)" bash.txt | long_options >bash.options
    same "$called: bash completes the options of --help" help.options bash.options
    sed -n "/^ *${command:-\\*})\$/,/;;/p" zsh.txt | sed -n "s/.*['*)]\(--[a-z0-9-]*\)=*\[.*/\1/p" | sort -u >zsh.options
    same "$called: zsh completes the options of --help" help.options zsh.options
    sed -n "s/.*__decant_is ${command:-filter}' -l \([a-z0-9-]*\).*/--\1/p" fish.txt | sort -u >fish.options
    same "$called: fish completes the options of --help" help.options fish.options
done
sh "$fill_manual" "$decant" <"$manual" >manual.1
same "the manual holds the lists as the table has them (cmd/fill_manual.sh writes them)" "$manual" manual.1

for shell in bash zsh fish; do
    check=-n
    [ $shell = fish ] && check=--no-execute
    if command -v $shell >/dev/null; then
        ok "$shell reads its completions" $shell $check $shell.txt
    else
        skip "$shell reads its completions" "there is no $shell"
    fi
done

# What bash would offer for the words given, the last of which is being typed.
offered() {
    bash -c '. ./bash.txt; shift; COMP_WORDS=(decant "$@"); COMP_CWORD=$#; _decant; echo ${COMPREPLY[*]}' \
        bash x "$@" 2>/dev/null
}
if command -v bash >/dev/null; then
    is "bash completes an option" "--max-loss --max-document" "$(offered --max)"
    is "bash completes an option of a command" "--max-noise --max-loss --max-document" "$(offered check --max)"
    is "bash completes a choice" "preview" "$(offered --log-text p)"
    is "bash completes a choice after =" "never" "$(offered --color = n)"
    is "bash completes a command" "explain" "$(offered exp)"
    is "bash completes a shell" "zsh" "$(offered completion z)"
else
    skip "bash completes" "there is no bash"
fi

if command -v fish >/dev/null; then
    offered() { fish --no-config -c 'source fish.txt; complete -C "$argv"' "$1" 2>/dev/null | cut -f 1 | sort | tr '\n' ' '; }
    is "fish completes an option" "--max-document --max-loss " "$(offered 'decant --max')"
    is "fish completes an option of a command" "--max-document --max-loss --max-noise " "$(offered 'decant check --max')"
    is "fish completes a choice" "preview " "$(offered 'decant --log-text p')"
    is "fish completes a command" "restore " "$(offered 'decant rest')"
    is "fish completes a shell" "zsh " "$(offered 'decant completion z')"
else
    skip "fish completes" "there is no fish"
fi

finish
