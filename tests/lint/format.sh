#!/bin/sh
# SPDX-License-Identifier: MIT
# Sources are as clang-format leaves them, generated tables aside; --write makes them so.

command -v clang-format >/dev/null || { echo "format: skipped, there is no clang-format"; exit 0; }
status=0
for file in $(find core cmd tests -name '*.[ch]' -exec grep -L 'clang-format off' {} + | sort); do
    if [ "${1-}" = --write ]; then
        clang-format -i "$file"
    elif ! clang-format "$file" | cmp -s - "$file"; then
        echo "format: $file is not as clang-format leaves it (make format)"
        status=1
    fi
done
exit $status
