#!/bin/sh
# SPDX-License-Identifier: MIT
# cmd/slurm on a cluster of two nodes: the same bytes as on one machine, also where a task fails, a node
# dies or a result is not what the scheduler says; then the same through GNU parallel and Dask.
# shellcheck disable=SC2034,SC2317 # cluster.sh uses what is set; functions are called by ok
PATH=$PATH:/usr/sbin:/sbin
DECANT=${DECANT:-build/decant}
. tests/cli/lib.sh
scripts=$OLDPWD/cmd/slurm
# shellcheck source=cluster.sh
. "$OLDPWD/tests/slurm/cluster.sh"
(cd "$OLDPWD" && "$python" tests/slurm/corpus.py "$scratch/shards" 8) || exit 2
cluster=$scratch/cluster
chmod 711 "$scratch"
trap 'cluster_stop; rm -rf "$scratch"' EXIT
cluster_start || { echo "Bail out! the cluster does not start"; exit 2; }

# ---- one machine ----

read_with='--from jsonl --url-key url'
mkdir one
"$decant" learn $read_with -o one/all.profile "$PWD"/shards/*.gz
for shard in "$PWD"/shards/*.gz; do
    name=$(basename "$shard" .jsonl.gz)
    "$decant" -q $read_with --profile one/all.profile --log "one/$name.log.jsonl.zst" -o "one/$name.jsonl.zst" "$shard"
done
ls shards/*.gz >shards.txt

# submit RESULTS [PROGRAM]: edits the job in its two places, and submits it.
submit() {
    sed -e "s|^results=.*|results=$1|; s|^decant=.*|decant=${2:-$decant}|" -e "s|^read_with=.*|read_with='$read_with'|" \
        -e "s|^resources=.*|resources='--cpus-per-task=1'|" "$scripts/job.sh" >"$1.job.sh"
    run sh "$scripts/submit.sh" "$1.job.sh"
}
as_one() { # RESULTS: what one machine makes
    cmp -s one/all.profile "$1/all.profile" || return
    for shard in one/*.zst; do cmp -s "$shard" "$1/clean/${shard#one/}" || return; done
}
says() { grep -q "$2" "$1"; }
left_aside() { find "$1" -name '*.jsonl.zst.*' -o -name '*.profile.*' -o -name '*.whole.*' | wc -l | tr -d ' '; }
state() { scontrol -o show job "$1" | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p' | sort -u | tr '\n' ' '; }
number_of() { sed -n "s/^$1 //p" out; }

# ---- all goes well ----

submit well
is "submit.sh tells the numbers of four jobs" "0 4" "$rc $(grep -Ec '^(learn|merge|clean|verify) [0-9]+$' out)"
ok "the jobs end" jobs_wait 120
ok "profile and clean shards are those of one machine" as_one well
ok "verify says that all is there" says well/logs/verify.txt 'clean: all 8 shards are there and whole'
is "the manifest lists every shard, clean text and log" 16 "$(wc -l <well/clean/MANIFEST | tr -d ' ')"
ok "with checksums" sh -c 'cd well/clean && sha256sum --check --status MANIFEST'
is "nothing is left aside" 0 "$(left_aside well)"

# ---- a result is not what the scheduler says ----

rm well/learn/03.profile
echo broken >>well/learn/05.profile
run sh "$scripts/merge.sh" well "$scripts"
is "merging stops where profiles are missing or broken" 2 "$rc"
like "and says which" 'learn: shard 4 is missing or broken: .*/shards/03\.jsonl\.gz' "$err"
like "one by one" 'learn: shard 6 is missing or broken: .*/shards/05\.jsonl\.gz' "$err"
echo broken >>well/clean/02.jsonl.zst
run sh "$scripts/verify.sh" well "$scripts"
is "so does verifying" "2 1" "$rc $(echo "$err" | grep -c ' is missing or broken: .*/shards/02.jsonl.gz')"
ok "and leaves no manifest" test ! -e well/clean/MANIFEST
touch -d '2001-01-01' well/clean/*.zst
submit well
ok "submitted again, the jobs end" jobs_wait 120
ok "and mend it" as_one well
is "by doing again what was broken alone" "02.jsonl.zst 02.log.jsonl.zst " \
    "$(cd well/clean && find . -name '*.zst' -newermt '2002-01-01' | sed 's/..//' | sort | tr '\n' ' ')"

# ---- a task fails ----

mv shards/04.jsonl.gz whole.gz
head -c 2000 whole.gz >shards/04.jsonl.gz
submit fails
learn=$(number_of learn) merge=$(number_of merge) clean=$(number_of clean)
ok "a task fails, and the jobs end" jobs_wait 120
like "it is told" 'FAILED' "$(state "$learn")"
like "with the reason in its log" 'shards/04\.jsonl\.gz' "$(cat fails/logs/learn-5.txt)"
is "what depends on it is called off" "CANCELLED CANCELLED " "$(state "$merge")$(state "$clean")"
ok "no profile is made" test ! -e fails/all.profile
ok "verify says that nothing is done" says fails/logs/verify.txt '8 of 8 shards are not done'
mv whole.gz shards/04.jsonl.gz
submit fails
ok "with the shard mended and submitted again, the jobs end" jobs_wait 120
ok "and all is as on one machine" as_one fails

# ---- a node dies ----

# Cleaning takes its time, so that there is a middle to die in.
cat >slow <<SLOW
#!/bin/sh
[ "\$1" = learn ] || sleep 2
exec "$decant" "\$@"
SLOW
chmod +x slow
submit dies "$scratch/slow"
clean=$(number_of clean)
busy() { squeue -h -r -j "$clean" -t R -w n2 -o %i 2>/dev/null | head -n 1; }
for _ in $(seq 300); do
    victim=$(busy)
    [ -n "$victim" ] && break
    sleep 0.2
done
sleep 0.5
node_kill n2
ok "a node dies with a task" test -n "$victim"
ok "the jobs end on the other" jobs_wait 180
ok "the task was begun again" says dies/logs/verify.txt 'all 8 shards'
like "as Slurm knows" 'Restarts=1' "$(scontrol -o show job "$victim" | tr ' ' '\n')"
ok "and all is as on one machine" as_one dies
is "nothing is left aside" 0 "$(left_aside dies)"
node_start n2

# ---- mistakes in the job ----

: >none.txt
sed "s/^shards=.*/shards=none.txt/" well.job.sh >none.job.sh
run sh "$scripts/submit.sh" none.job.sh
is "a list without a shard is refused" "2 decant: none.txt: names no shard" "$rc $err"
mkdir more
cp shards/00.jsonl.gz more/00.warc.gz
ls shards/*.gz more/*.gz >none.txt
run sh "$scripts/submit.sh" none.job.sh
is "so are shards whose results would have one name" \
    "2 decant: none.txt: two shards would both come out as '00'" "$rc $err"
ls missing.gz shards/*.gz >none.txt 2>/dev/null
echo missing.gz >>none.txt
run sh "$scripts/submit.sh" none.job.sh
like "and one that is missing" 'missing\.gz: No such file' "$err"

# ---- other engines, by the recipes of the README ----

# recipe NAME: the block of code that follows the comment <!-- NAME -->.
recipe() { sed -n "/^<!-- $1 -->\$/,/^<!-- end -->\$/ s/^    //p" "$scripts/README.md"; }
profile=one/all.profile
export profile
ln -s "$decant" decant
PATH=$scratch:$PATH
mkdir clean
cat shards/*.gz | gzip -dc >in.jsonl
"$decant" -q $read_with --profile $profile in.jsonl >want.jsonl
recipe parallel-lines >recipe.sh
run sh recipe.sh
is "GNU parallel cleans a stream" "0 " "$rc $err"
same "to the same lines" want.jsonl out.jsonl
recipe parallel-files >recipe.sh
run sh recipe.sh
is "and files" 0 "$rc"
as_files() { for shard in shards/*.gz; do
    zstd -dcq "one/$(basename "$shard" .jsonl.gz).jsonl.zst" >want
    zstd -dcq "clean/$(basename "$shard" .gz).zst" | cmp -s - want || return
done; }
ok "to the same bytes" as_files
rm -rf clean
mkdir clean
recipe dask >recipe.py
run /usr/bin/python3 recipe.py
is "Dask cleans files" 0 "$rc"
[ "$rc" -eq 0 ] || echo "$err" | brief
ok "to the same bytes" as_files

finish
