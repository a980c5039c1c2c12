#!/bin/sh
# SPDX-License-Identifier: MIT
# mandoc has nothing to say about the man page.

command -v mandoc >/dev/null || { echo "manual: skipped, there is no mandoc"; exit 0; }
mandoc -T lint -W warning cmd/decant.1
