#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154 # the job is read by stages.sh
# The second stage: makes one profile of all, once every shard's is there and whole.

. "$2/stages.sh"
gather learn "$read_with"
cd "$results/learn" || exit
sed 's/^[0-9a-f]*  //' MANIFEST | tr '\n' '\0' | "$decant" learn --merge --files0-from - -o ../all.profile
