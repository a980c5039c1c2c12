# SPDX-License-Identifier: MIT
# Sourced by the scripts beside it: $decant, a scratch folder to be in, texts to work on, and TAP.
# shellcheck shell=sh disable=SC2034

case ${DECANT:-build/decant} in
/*) decant=${DECANT:-build/decant} ;;
*) decant=$PWD/${DECANT:-build/decant} ;;
esac
python=${PYTHON:-python3}
here=$PWD/tests/cli
manual=$PWD/cmd/decant.1
fill_manual=$PWD/cmd/fill_manual.sh
noisy=$PWD/fixtures/archetype/news/input.txt # an article, and four pieces of others
pure=$PWD/fixtures/archetype/news/clean.txt  # the article alone
page=$PWD/fixtures/html/wordpress-blog-with-comments/input.html

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
unset NO_COLOR COLUMNS
count=0
bad=0

# ok NAME COMMAND...: the command succeeds.
ok() {
    title=$1
    shift
    count=$((count + 1))
    if "$@"; then
        echo "ok $count - $title"
    else
        echo "not ok $count - $title"
        bad=$((bad + 1))
    fi
}

brief() { head -n 6 | cut -c 1-200 | sed 's/^/# /'; }

# is NAME WANTED GOT: two texts are the same.
is() {
    ok "$1" test "$2" = "$3"
    [ "$2" = "$3" ] || printf '%s\n' "wanted: $2" "got:    $3" | brief
}

# same NAME ONE OTHER: two files are the same.
same() { ok "$1" cmp -s "$2" "$3"; }

# like NAME PATTERN TEXT: a line of the text matches the extended expression.
like() {
    like_text=$3 like_pattern=$2
    ok "$1" matches
    matches || printf '%s\n' "pattern: $2" "text:    $3" | brief
}
matches() { printf '%s\n' "$like_text" | grep -Eq -e "$like_pattern"; }

skip() {
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

# run COMMAND...: leaves its standard output in ./out, standard error in $err, exit status in $rc.
run() {
    "$@" >out 2>err
    rc=$?
    err=$(cat err)
}

finish() {
    echo "1..$count"
    [ "$bad" -eq 0 ]
    exit
}
