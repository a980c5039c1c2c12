#!/bin/sh
# SPDX-License-Identifier: MIT
# The library prints nothing, never exits, allocates only through its allocator and has no state of
# its own. Read off the compiled objects, where neither macros nor comments deceive.

status=0
objects=$(find build/obj -name '*.o' ! -path '*/cmd/*' ! -name libdecant.o | sort)
[ -n "$objects" ] || { echo "purity: nothing is built"; exit 1; }

# shellcheck disable=SC2086 # one argument a file
nm -A -u $objects | awk '
    { symbol = $NF; sub(/@.*/, "", symbol); object = $1; sub(/:.*/, "", object) }
    symbol ~ /^(_*v?f?d?printf(_chk)?|puts|putchar|fputs|fputc|putc|fwrite|perror|write|stdout|stderr|syslog)$/ {
        print object ": uses " symbol ", but the library prints nothing"; found = 1 }
    symbol ~ /^(exit|_exit|_Exit|abort|quick_exit|__assert_fail)$/ {
        print object ": uses " symbol ", but the library never ends the program"; found = 1 }
    symbol ~ /^(malloc|calloc|realloc|free|strdup|aligned_alloc)$/ && object !~ /base\/(arena|allocator)\.o$/ {
        print object ": uses " symbol " and passes the allocator by"; found = 1 }
    symbol ~ /^(getenv|setlocale|time|rand|random)$/ {
        print object ": uses " symbol ": the same bytes might not give the same events"; found = 1 }
    END { exit found }' || status=1

for object in $objects; do
    size -A "$object" | awk -v object="$object" '
        ($1 ~ /^\.(data|bss|tdata|tbss)(\.|$)/) && $1 !~ /^\.data\.rel\.ro/ && $2 > 0 {
            print object ": " $2 " bytes of state in " $1 ", but the library has none"; found = 1 }
        END { exit found }' || status=1
done
exit $status
