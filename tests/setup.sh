#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what building and testing need and this machine lacks (Debian and its kin, as root or with
# sudo); elsewhere says what to install and exits with 2. Quiet and quick when everything is there.

set -u

missing=
need() { missing="$missing $1"; }

command -v make >/dev/null || need make
echo '#include <stdio.h>' | ${CC:-cc} -E - >/dev/null 2>&1 || need "gcc libc6-dev"
echo '#include <bzlib.h>' | ${CC:-cc} -E - >/dev/null 2>&1 || need libbz2-dev
command -v objcopy >/dev/null || need binutils
command -v python3 >/dev/null || need python3
if command -v pkg-config >/dev/null; then
    pkg-config --exists libpcre2-8 || need libpcre2-dev
    pkg-config --exists cmocka || need libcmocka-dev
    pkg-config --exists jansson || need libjansson-dev
    pkg-config --exists gumbo || need libgumbo-dev
    pkg-config --exists uchardet || need libuchardet-dev
    pkg-config --exists zlib || need zlib1g-dev
    pkg-config --exists libzstd || need libzstd-dev
    pkg-config --exists liblzma || need liblzma-dev
    pkg-config --exists libbrotlidec || need libbrotli-dev
else
    need pkg-config
    missing="$missing libpcre2-dev libcmocka-dev libjansson-dev libgumbo-dev libuchardet-dev"
    missing="$missing zlib1g-dev libzstd-dev liblzma-dev libbrotli-dev"
fi
[ -z "$missing" ] && exit 0

give_up() {
    echo "decant: $1" >&2
    echo "decant: please install (by Debian's names):$missing" >&2
    exit 2
}

command -v apt-get >/dev/null || give_up "this system has no apt-get"
root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || give_up "not root, and there is no sudo"
    root="sudo"
fi

echo "decant: installing$missing" >&2
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086 # the list is meant to be split
if ! { $root apt-get update && $root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    give_up "apt-get failed"
fi
