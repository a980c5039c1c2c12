#!/bin/sh
# SPDX-License-Identifier: MIT
# make identical: builds the program with other compilers, without optimisation and for another
# processor, cleans every fixture with each, and compares texts and logs byte for byte with those of
# the first. What is not installed is skipped.

set -u
: "${MAKE:=make}"
folder=build/identical
first=
status=0
fixtures=$(find fixtures -name 'input.*' | sort)

say() { printf 'identical: %s: %s\n' "$1" "$2"; }

# build NAME VARIABLE=VALUE...: false where that is impossible.
build() {
    program=$folder/$1/decant
    shift
    $MAKE --no-print-directory SILENT=1 IN="${program%/decant}" "$@" "$program"
}

# clean NAME COMMAND...: leaves what the program makes of all fixtures in NAME's folder.
clean() {
    out=$folder/$1
    shift
    for format in text markdown json; do
        # shellcheck disable=SC2086 # one argument a file
        "$@" "$out/decant" --format $format -o "$out/$format.txt" --log "$out/$format.jsonl" $fixtures || return 1
    done
}

# compare NAME: with what the first program made.
compare() {
    for file in text.txt text.jsonl markdown.txt markdown.jsonl json.txt json.jsonl; do
        cmp -s "$folder/$first/$file" "$folder/$1/$file" && continue
        say "$1" "$file is not that of $first; the first lines that differ:"
        diff "$folder/$first/$file" "$folder/$1/$file" | head -n 4 | cut -c 1-300
        status=1
        return
    done
    say "$1" "the same as $first on $(echo "$fixtures" | wc -l | tr -d ' ') fixtures"
}

# try NAME COMPILER RUNNER VARIABLE=VALUE...; no runner is "env".
try() {
    name=$1 compiler=$2 runner=$3
    shift 3
    for tool in "$compiler" "$runner"; do
        command -v "$tool" >/dev/null || { say "$name" "skipped, there is no $tool"; return; }
    done
    if ! build "$name" CC="$compiler" "$@"; then
        say "$name" "could not be built"
        status=1
    elif ! clean "$name" "$runner"; then
        say "$name" "could not clean the fixtures"
        status=1
    elif [ -z "$first" ]; then
        first=$name
    else
        compare "$name"
    fi
}

# Whether the libraries are there for the other processor, too.
has_arm_libraries() {
    for library in pcre2-8 gumbo uchardet jansson z zstd lzma bz2 brotlidec; do
        case $(aarch64-linux-gnu-gcc -print-file-name=lib$library.so) in
        /*) ;;
        *) return 1 ;;
        esac
    done
}

try gcc-O3 gcc env CFLAGS=-O3
try gcc-O0 gcc env CFLAGS=-O0
try clang-O3 clang env CFLAGS=-O3
if command -v aarch64-linux-gnu-gcc >/dev/null && ! has_arm_libraries; then
    say aarch64 "skipped, libraries are missing; with Debian: dpkg --add-architecture arm64, apt-get update,"
    say aarch64 "apt-get install libpcre2-dev:arm64 libgumbo-dev:arm64 libuchardet-dev:arm64 libjansson-dev:arm64"
    say aarch64 "zlib1g-dev:arm64 libzstd-dev:arm64 liblzma-dev:arm64 libbz2-dev:arm64 libbrotli-dev:arm64"
else
    try aarch64 aarch64-linux-gnu-gcc qemu-aarch64 CFLAGS=-O3 LD=aarch64-linux-gnu-ld \
        AR=aarch64-linux-gnu-ar OBJCOPY=aarch64-linux-gnu-objcopy
fi
exit $status
