#!/bin/sh
# SPDX-License-Identifier: MIT
# Takes what the program $1 logs now as what the fixtures expect. ACCEPT=all takes its text as well,
# ACCEPT=known writes fixtures/known-failures anew.

DECANT=$1 exec "${PYTHON:-python3}" tests/golden/test_golden.py --accept
