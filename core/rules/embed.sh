#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes rules files as C, one string a line, comments and examples left out:
#     sh core/rules/embed.sh core/rules/data/*.rules > build/rules_data.c

[ $# -gt 0 ] || set -- /dev/null
LC_ALL=C exec awk '
    BEGIN { print "/* Written by core/rules/embed.sh; not to be edited. */\n#include \"rules/rules_data.h\"" }
    FNR == 1 {
        close_file()
        name = FILENAME
        sub(/.*\//, "", name)
        sub(/\.rules$/, "", name)
        names[++count] = name
        print "\nstatic const char *const lines_" count "[] = {"
    }
    { sub(/\r$/, "") }
    /^#/ || /^match / || /^miss / { next }
    /^[ \t]*$/ { print "    \"\","; next }
    length($0) > 4090 {
        print "embed.sh: " FILENAME ":" FNR ": the line is too long" > "/dev/stderr"
        failed = 1
        exit
    }
    {
        gsub(/\\/, "&&")
        gsub(/["?]/, "\\\\&")
        print "    \"" $0 "\","
    }
    END {
        if (failed) exit 1
        close_file()
        print "\nconst RulesFile rules_files[] = {"
        for (i = 1; i <= count; i++) print "    {\"" names[i] "\", lines_" i "},"
        print "    {0, 0},\n};"
    }
    function close_file() { if (count) print "    0,\n};" }' "$@"
