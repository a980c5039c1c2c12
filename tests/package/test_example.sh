#!/bin/sh
# SPDX-License-Identifier: MIT
# The program in the manual of decant.h compiles as it stands and cleans as decant does.

echo 1..3
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
number=0
check() {
    number=$((number + 1))
    if "$@" >"$work/said" 2>&1; then echo "ok $number - $name"; else
        echo "not ok $number - $name"
        sed 's/^/# /' "$work/said"
    fi
}

build() {
    sed -n '/^ \* @example$/,/^ \* @end$/ { s/^ \*     //p; s/^ \*$//p; }' core/decant.h >"$work/example.c"
    # shellcheck disable=SC2046 # one argument a flag
    "${CC:-cc}" -std=c17 -Wall -Wextra -Wpedantic -Werror -fsanitize=address,undefined -Icore \
        -o "$work/example" "$work/example.c" build/san/libdecant.a $(pkg-config --libs libpcre2-8 gumbo uchardet \
        zlib libzstd liblzma libbrotlidec) -lbz2
}
same_text() {
    for input in fixtures/archetype/*/input.*; do
        "$work/example" <"$input" >"$work/text" 2>"$work/log" || return 1
        "$DECANT" -q "$input" | cmp - "$work/text" || return 1
    done
}
tells_lines() { grep -q '^line [0-9]*: [a-z]*$' "$work/log"; }

name="the example in decant.h compiles"
check build
name="it prints what decant prints"
check same_text
name="it tells the lines it dropped"
check tells_lines
