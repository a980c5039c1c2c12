#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs every check of this folder; each prints a sentence a finding and exits non-zero if it has any.

cd "$(dirname "$0")/../.." || exit 2
failed=
for check in layout includes format warnings purity complete manual scripts; do
    if sh "tests/lint/$check.sh"; then echo "lint: $check: fine"; else failed="$failed $check"; fi
done
[ -z "$failed" ] || { echo "lint: not fine:$failed"; exit 1; }
