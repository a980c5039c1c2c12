#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what the test on a cluster needs and this machine lacks (Debian and its kin).

set -u
missing=
need() { missing="$missing $1"; }
export PATH="$PATH:/usr/sbin:/sbin"
command -v slurmctld >/dev/null || need slurmctld
command -v slurmd >/dev/null || need slurmd
command -v sbatch >/dev/null || need slurm-client
command -v munged >/dev/null || need munge
command -v parallel >/dev/null || need parallel
command -v zstd >/dev/null || need zstd
command -v ps >/dev/null || need procps
/usr/bin/python3 -c 'import distributed' 2>/dev/null || need python3-distributed
[ -z "$missing" ] && exit 0

root=
[ "$(id -u)" -eq 0 ] || root=sudo
echo "decant: installing$missing" >&2
# shellcheck disable=SC2086 # the list is meant to be split
{ $root apt-get update && $root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends $missing; } >/dev/null 2>&1 && exit 0
echo "decant: please install (by Debian's names):$missing" >&2
exit 2
