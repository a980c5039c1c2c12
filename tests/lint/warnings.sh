#!/bin/sh
# SPDX-License-Identifier: MIT
# Everything compiles without a warning, with gcc and with clang where they are installed.

flags="-std=c17 -D_XOPEN_SOURCE=700 -Icore -fsyntax-only -Werror -Wall -Wextra -Wpedantic
    -Wconversion -Wshadow"
status=0
for compiler in gcc clang; do
    command -v $compiler >/dev/null || { echo "warnings: skipped $compiler"; continue; }
    # shellcheck disable=SC2086,SC2046 # one argument a flag and a file
    $compiler $flags $(pkg-config --cflags libpcre2-8 jansson cmocka) \
        $(find core cmd tests -name '*.c' | sort) || status=1
done
exit $status
