#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154 # the job is read by stages.sh
# A task of the first stage: learns a profile from each of its shards.

. "$2/stages.sh"
for number in $(mine); do
    shard=$(shard "$number")
    whole learn "$shard" "$read_with" && continue
    file=$(name_of "$shard").profile
    # shellcheck disable=SC2086 # options are words
    "$decant" learn $read_with -j "$cpus" -o "$results/learn/$file" -- "$shard"
    record learn "$shard" "$read_with" "$file"
done
