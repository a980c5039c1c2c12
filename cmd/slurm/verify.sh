#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154 # the job is read by stages.sh
# The end: says whether every clean shard is there and whole. May be run by hand at any time.

. "$2/stages.sh"
gather clean "$(clean_options)"
