#!/bin/sh
# SPDX-License-Identifier: MIT
# Every filter of core/filters/list.h has its file, a folder of fixtures and a word in the man page;
# every rule has an id of its own and examples of both sorts.

status=0
say() { echo "complete: $1"; status=1; }

[ -f cmd/decant.1 ] || { say "there is no cmd/decant.1"; exit $status; }
described=$(sed -n '/^\.Sh FILTERS/,/^\.Sh [^F]/s/^\.It Cm //p' cmd/decant.1)
filters=$(sed -n "s/^ *FILTER(\([a-z_]*\).*/\1/p" core/filters/list.h)
[ -n "$filters" ] || say "core/filters/list.h lists no filter"
for filter in $filters; do
    [ -f "core/filters/$filter.c" ] || say "the filter $filter has no core/filters/$filter.c"
    [ -d "fixtures/$filter" ] || say "the filter $filter has no folder fixtures/$filter"
    echo "$described" | grep -qx "$filter" || say "the filter $filter has no item in cmd/decant.1"
done

cat core/rules/data/*.rules | awk '
    BEGIN { RS = ""; FS = "\n" }
    {
        id = ""; match_lines = miss_lines = 0
        for (i = 1; i <= NF; i++) {
            if ($i ~ /^rule /) id = substr($i, 6)
            if ($i ~ /^match /) match_lines++
            if ($i ~ /^miss /) miss_lines++
        }
        if (id == "") next
        if (id in seen) { print "complete: two rules are called " id; found = 1 }
        seen[id] = 1
        if (!match_lines || !miss_lines) {
            print "complete: the rule " id " needs a match line and a miss line"; found = 1
        }
    }
    END { exit found }' || status=1
exit $status
