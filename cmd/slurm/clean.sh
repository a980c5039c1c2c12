#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154 # the job is read by stages.sh
# A task of the third stage: cleans each of its shards.

. "$2/stages.sh"
with=$(clean_options)
for number in $(mine); do
    shard=$(shard "$number")
    whole clean "$shard" "$with" && continue
    name=$(name_of "$shard")
    # shellcheck disable=SC2086 # options are words
    "$decant" -q $read_with $clean_with ${profile:+--profile "$profile"} -j "$cpus" \
        --log "$results/clean/$name.log$ending" -o "$results/clean/$name$ending" -- "$shard"
    record clean "$shard" "$with" "$name$ending" "$name.log$ending"
done
