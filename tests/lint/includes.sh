#!/bin/sh
# SPDX-License-Identifier: MIT
# Includes go one way: base < language < rules < document < models, profile < a wing < core/*.c < cmd.
# The wings (input, segment, filters, verdict, output) meet in document/ and never include each other.

find core cmd -name '*.[ch]' | sort | xargs awk '
    BEGIN {
        ground = " base language rules document models profile "
        may["base"] = " base "
        may["language"] = " base language "
        may["rules"] = " base language rules "
        may["document"] = " base language rules document "
        may["models"] = " base document models "
        may["profile"] = " base language rules document profile "
        count = split("input segment filters verdict output", wings, " ")
        for (i = 1; i <= count; i++) may[wings[i]] = ground wings[i] " "
        may["core"] = ground "input segment filters verdict output core "
        may["cmd"] = " cmd "
    }
    /^[ \t]*#[ \t]*include[ \t]*"/ {
        split(FILENAME, path, "/")
        room = path[1] == "core" && path[3] != "" ? path[2] : path[1]
        split($0, quoted, "\"")
        target = quoted[2]
        slash = index(target, "/")
        from = slash ? substr(target, 1, slash - 1) : (target == "decant.h" ? "decant.h" : room)
        if (from == "decant.h") next
        if (!(room in may)) complain(room " is no room that the direction of includes knows")
        else if (index(may[room], " " from " ") == 0)
            complain(room " must not include " target)
        else if (room == "cmd" && slash && from != "cmd")
            complain("cmd includes decant.h alone of core")
    }
    function complain(why) { print FILENAME ":" FNR ": " why; found = 1 }
    END { exit found }'
