#!/bin/sh
# SPDX-License-Identifier: MIT
# Takes what the program $1 logs now as what the fixtures expect; with ACCEPT=all its text as well.

DECANT=$1 exec "${PYTHON:-python3}" tests/golden/test_golden.py --accept
