#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes the lists of options in the manual page anew from the program's own table:
#     sh cmd/fill_manual.sh build/decant < old.1 > new.1

program=$1
awk -v program="$program" '
    /^\.\\" begin options / {
        print
        command = $4 == "filter" ? "" : $4
        command = "\"" program "\" " command " --man-options"
        while ((command | getline line) > 0) print line
        close(command)
        inside = 1
        next
    }
    /^\.\\" end options/ { inside = 0 }
    !inside'
