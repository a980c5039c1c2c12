#!/bin/sh
# SPDX-License-Identifier: MIT
# The shell scripts pass shellcheck.

command -v shellcheck >/dev/null || { echo "scripts: skipped, there is no shellcheck"; exit 0; }
find core cmd tests .ci -type f \( -name '*.sh' -o -path tests/summary -o -path .ci/run \) -print0 |
    xargs -0 shellcheck -S warning
