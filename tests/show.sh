#!/bin/sh
# SPDX-License-Identifier: MIT
# Cleans the first archetype fixture with the given program and shows text and log.

set -eu
decant=$1
sample=$(find fixtures/archetype -name 'input.*' 2>/dev/null | sort | head -n 1)
[ -n "$sample" ] || { echo "no sample in fixtures/archetype" >&2; exit 2; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT

echo "\$ decant $sample"
echo
echo "---- standard output: the article ----"
"$decant" "$sample" 2>"$log"
echo
echo "---- standard error: what went, and why ----"
cat "$log"
