#!/bin/sh
# SPDX-License-Identifier: MIT
# What `make install` lays down is complete, usable through pkg-config, and exports no name too many.

echo 1..10
root=$(pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
stage=$work/stage
lib=$stage/opt/lib
version=$(sed -n 's/^.define DECANT_VERSION "\(.*\)"/\1/p' core/decant.h)
# Plain make: a parent's options and job server are not for this one.
install_with() { MAKEFLAGS='' MAKELEVEL='' "${MAKE:-make}" -s "$@" PREFIX=/opt DESTDIR="$stage"; }

number=0
check() {
    name=$1
    shift
    number=$((number + 1))
    if "$@" >"$work/said" 2>&1; then echo "ok $number - $name"; else
        echo "not ok $number - $name"
        sed 's/^/# /' "$work/said"
    fi
}

files() {
    (cd "$stage/opt" && find . ! -type d | sort) >"$work/found"
    diff - "$work/found" <<END
./bin/decant
./include/decant.h
./lib/libdecant.a
./lib/libdecant.so
./lib/libdecant.so.${version%%.*}
./lib/libdecant.so.$version
./lib/pkgconfig/decant.pc
./share/bash-completion/completions/decant
./share/decant/log.schema.json
./share/fish/vendor_completions.d/decant.fish
./share/man/man1/decant.1
./share/zsh/site-functions/_decant
END
}
runs() { [ "$("$stage/opt/bin/decant" --version)" = "decant $version" ]; }
soname() { readelf -d "$lib/libdecant.so" | grep -q "SONAME.*libdecant.so.${version%%.*}]"; }
declared() { grep -o 'DECANT_API [^(]*(' core/decant.h | grep -o 'decant_[a-z_]*(' | tr -d '(' | sort -u; }
shared_names() {
    nm -D --defined-only "$lib/libdecant.so" | awk '{ print $3 }' | sort -u >"$work/names"
    declared | diff - "$work/names"
}
static_names() {
    nm -g --defined-only "$lib/libdecant.a" | awk 'NF == 3 { print $3 }' | sort -u >"$work/names"
    declared | diff - "$work/names"
}
package() {
    PKG_CONFIG_PATH=$lib/pkgconfig pkg-config --define-variable=prefix="$stage/opt" "$@" decant
}
shared() {
    # shellcheck disable=SC2046 # one argument a flag
    "${CC:-cc}" $(package --cflags) -o "$work/shared" tests/package/program.c $(package --libs) &&
        [ "$(LD_LIBRARY_PATH=$lib "$work/shared")" = "$version" ] &&
        readelf -d "$work/shared" | grep -q "NEEDED.*libdecant.so.${version%%.*}]"
}
static() {
    # shellcheck disable=SC2046 # one argument a flag
    "${CC:-cc}" $(package --cflags) -o "$work/static" tests/package/program.c "$lib/libdecant.a" \
        $(package --static --libs | sed 's/-ldecant//') && [ "$("$work/static")" = "$version" ]
}
reads_as_cplusplus() {
    command -v c++ >/dev/null || return 0
    echo '#include <decant.h>' | c++ -Wall -Wextra -Werror -fsyntax-only -I"$stage/opt/include" -x c++ -
}
man_page() {
    command -v mandoc >/dev/null || return 0
    mandoc -T utf8 "$stage/opt/share/man/man1/decant.1" | grep -q DECANT
}
nothing_left() { install_with uninstall && [ -z "$(find "$stage" ! -type d)" ]; }

install_with install >"$work/said" 2>&1 || { sed 's/^/# /' "$work/said"; exit 1; }
cd "$root" || exit 2
check "install lays down every file" files
check "the installed program knows its version" runs
check "the shared library has its SONAME" soname
check "the shared library exports what decant.h declares" shared_names
check "the static library exports what decant.h declares" static_names
check "a program links against the shared library" shared
check "a program links against the static library" static
check "the header reads as C++" reads_as_cplusplus
check "the man page renders" man_page
check "uninstall takes all of it away" nothing_left
