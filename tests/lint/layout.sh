#!/bin/sh
# SPDX-License-Identifier: MIT
# The top level holds its few names and no other, every room has a README, every source its licence.

status=0
say() { echo "layout: $1"; status=1; }

for name in $(git ls-files | cut -d/ -f1 | sort -u); do
    case $name in
    cmd | core | fixtures | tests | Makefile | README.md | LICENSE | .*) ;;
    *) say "$name does not belong on the top level" ;;
    esac
done

for room in core/ core/*/ cmd/ fixtures/ tests/; do
    [ -f "$room/README.md" ] || say "$room has no README.md"
done

for file in $(git ls-files '*.c' '*.h' '*.sh' '*.py' Makefile tests/summary); do
    [ -f "$file" ] || continue
    head -n 2 "$file" | grep -q 'SPDX-License-Identifier: MIT' || say "$file has no SPDX line on top"
done
exit $status
