# SPDX-License-Identifier: MIT
# stages.sh - what the stages share: which shards are a task's, and what proves that a shard is done.
# Sourced with the folder of the results in $1, where submit.sh has left job.sh and the list of shards.
# shellcheck shell=sh disable=SC2034,SC2154

set -eu
# shellcheck source=job.sh disable=SC1091
. "$1/job.sh"
results=$1
list=$results/shards
count=$(wc -l <"$list")
cpus=${SLURM_CPUS_PER_TASK:-1}
[ "$profile" != learn ] || profile=$results/all.profile

say() { echo "decant: $*" >&2; }

shard() { sed -n "$1p" "$list"; }

# The name of a shard's results: its own, without the ending of a packed file and that of its format.
name_of() { basename "$1" | sed -E 's/\.(gz|zst|xz|bz2)$//; s/\.[A-Za-z0-9]+$//'; }

# The numbers of this task's shards: of T tasks the first takes 1, 1 + T, 1 + 2 T ...
mine() { seq "${SLURM_ARRAY_TASK_ID:-1}" "${SLURM_ARRAY_TASK_COUNT:-1}" "$count"; }

# What decides how shards are cleaned; the profile by what it holds.
clean_options() {
    echo "$read_with $clean_with $ending${profile:+ profile $(sha256sum <"$profile" | cut -c 1-64)}"
}

# What a shard's results are made of: a change in it makes them anew.
origin() { printf '%s\n' "shard $(stat -L -c %s "$1") $1" "with $2"; }

# Results are proved by a record beside them, NAME.whole: their origin, then the checksum of each. It is
# written last, and aside, so that there is none of what is not whole.

# whole STAGE SHARD OPTIONS: a shard's results are there, of this origin, and as they were written.
whole() {
    record=$results/$1/$(name_of "$2").whole
    [ -f "$record" ] && [ "$(head -n 2 "$record")" = "$(origin "$2" "$3")" ] &&
        (cd "$results/$1" && tail -n +3 "${record##*/}" | sha256sum --check --status -)
}

# record STAGE SHARD OPTIONS FILE...: tells that a shard's results are whole.
record() {
    stage=$1 shard=$2 options=$3
    shift 3
    record=$results/$stage/$(name_of "$shard").whole
    (cd "$results/$stage" && origin "$shard" "$options" && sha256sum -- "$@") >"$record.$$"
    mv "$record.$$" "$record"
}

# gather STAGE OPTIONS: every shard's results are there and whole, whatever the scheduler says: then their
# list is written, STAGE/MANIFEST. Else says which are not.
gather() {
    manifest=$results/$1/MANIFEST
    missing=0
    number=0
    : >"$manifest.$$"
    while IFS= read -r shard <&3; do
        number=$((number + 1))
        if whole "$1" "$shard" "$2"; then
            tail -n +3 "$results/$1/$(name_of "$shard").whole" >>"$manifest.$$"
        else
            missing=$((missing + 1))
            say "$1: shard $number is missing or broken: $shard"
        fi
    done 3<"$list"
    if [ "$missing" -ne 0 ]; then
        rm -f "$manifest.$$" "$manifest"
        say "$1: $missing of $count shards are not done; submit the job again, and they alone are"
        return 2
    fi
    mv "$manifest.$$" "$manifest"
    say "$1: all $count shards are there and whole"
}
