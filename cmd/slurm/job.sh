# SPDX-License-Identifier: MIT
# job.sh - the file to edit, in two places; submit.sh submits what it tells.
# shellcheck shell=sh disable=SC2034

# ---- 1. What: the corpus, and what becomes of it ----------------------------------------------------

shards=shards.txt               # a file that names a shard a line: a JSONL, a WARC, whatever decant reads
results=results                 # a folder that every node sees; results come to stand there
decant=decant                   # the program, on every node
read_with='--from jsonl --url-key url' # how shards are read: options of decant learn and of decant
clean_with=''                   # more options of decant alone
profile=learn                   # learn one from the shards; or the path of one; or nothing: clean without
ending=.jsonl.zst               # what the names of clean shards end in, and so how they are packed

# ---- 2. With what: options of sbatch ----------------------------------------------------------------

resources='--cpus-per-task=4 --mem-per-cpu=512M --time=24:00:00'
tasks=1000                      # most tasks of an array (the cluster's MaxArraySize is the limit)
