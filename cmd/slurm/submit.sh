#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154 # the job is read from its file
# Submits the stages for the job.sh beside it, or another that is named: sh submit.sh [JOB.sh]
# Run again, it does again only what is not done.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
job=$(realpath -- "${1:-$here/job.sh}")
# shellcheck source=job.sh
. "$job"

give_up() { echo "decant: $*" >&2; exit 2; }
[ -f "$shards" ] || give_up "$job: there is no list of shards '$shards'"
[ -s "$shards" ] || give_up "$shards: names no shard"
mkdir -p "$results/learn" "$results/clean" "$results/logs"
results=$(cd "$results" && pwd)
# Tasks read copies: what is edited meanwhile is for the next run. They name shards by their full paths.
cp "$job" "$results/job.sh"
sed '/^$/d' "$shards" | while IFS= read -r shard; do realpath -e -- "$shard" || exit; done >"$results/shards"
learns=$profile
set -- "$results"
# shellcheck source=stages.sh
. "$here/stages.sh"
twice=$(while IFS= read -r shard; do name_of "$shard"; done <"$list" | sort | uniq -d | head -n 1)
[ -z "$twice" ] || give_up "$shards: two shards would both come out as '$twice'"

# submit STAGE OPTION...: prints the job's number.
submit() {
    stage=$1
    shift
    # shellcheck disable=SC2086 # options are words
    sbatch --parsable --job-name="decant-$stage" --requeue --open-mode=append $resources \
        --output="$results/logs/$stage.txt" "$@" "$here/$stage.sh" "$results" "$here"
}
after() { echo "--dependency=$1 --kill-on-invalid-dep=yes"; }
[ "$tasks" -lt "$count" ] || tasks=$count
array=1-$tasks

dependency=
if [ "$learns" = learn ]; then
    learn=$(submit learn --array="$array" --output="$results/logs/learn-%a.txt")
    # shellcheck disable=SC2046
    merge=$(submit merge --cpus-per-task=1 $(after "afterok:$learn"))
    dependency=$(after "afterok:$merge")
    echo "learn $learn"
    echo "merge $merge"
fi
# shellcheck disable=SC2086
clean=$(submit clean --array="$array" --output="$results/logs/clean-%a.txt" $dependency)
echo "clean $clean"
# After any end: it tells what is missing.
echo "verify $(submit verify --cpus-per-task=1 --dependency="afterany:$clean")"
