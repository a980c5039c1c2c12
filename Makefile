# SPDX-License-Identifier: MIT
# Builds, tests, measures and installs decant. `make help` lists the verbs.

CC      ?= cc
CFLAGS  ?= -O3 -g
AR      ?= ar
LD      ?= ld
OBJCOPY ?= objcopy
PYTHON  ?= python3
PREFIX  ?= /usr/local
DATA    ?= ../shared/bench
JOBS    ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)

BIN  = $(DESTDIR)$(PREFIX)/bin
LIB  = $(DESTDIR)$(PREFIX)/lib
INC  = $(DESTDIR)$(PREFIX)/include
SHARE = $(DESTDIR)$(PREFIX)/share

version := $(shell sed -n 's/^.define DECANT_VERSION "\(.*\)"/\1/p' core/decant.h)
soname  := libdecant.so.$(firstword $(subst ., ,$(version)))

# ---- flags ---------------------------------------------------------------------------------------

warnings := -Wall -Wextra -Wpedantic -Wconversion -Wshadow $(if $(DEVELOPER),-Werror)
sanitize := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
std_flags = -std=c17 -D_XOPEN_SOURCE=700 -Icore -fPIC -fvisibility=hidden -MMD -MP \
            $(warnings) $(pcre_cflags)

packings    := zlib libzstd liblzma libbrotlidec
pcre_cflags := $(shell pkg-config --cflags libpcre2-8 2>/dev/null)
pcre_libs   := $(shell pkg-config --libs libpcre2-8 2>/dev/null || echo -lpcre2-8)
gumbo_libs  := $(shell pkg-config --libs gumbo 2>/dev/null || echo -lgumbo)
guess_libs  := $(shell pkg-config --libs uchardet 2>/dev/null || echo -luchardet)
pack_libs   := $(shell pkg-config --libs $(packings) 2>/dev/null || \
                 echo -lz -lzstd -llzma -lbrotlidec) -lbz2
core_libs   := $(pcre_libs) $(gumbo_libs) $(guess_libs) $(pack_libs)
json_cflags := $(shell pkg-config --cflags jansson 2>/dev/null)
json_libs   := $(shell pkg-config --libs jansson 2>/dev/null || echo -ljansson)
test_libs   := $(shell pkg-config --libs cmocka 2>/dev/null || echo -lcmocka)

# ---- sources -------------------------------------------------------------------------------------

core_sources := $(wildcard core/*.c core/*/*.c)
cmd_sources  := $(wildcard cmd/*.c)
rules        := $(wildcard core/rules/data/*.rules)
generated    := $(if $(wildcard core/rules/embed.sh),build/rules_data.c)

# Tests: every tests/*/test_*.c is a program; the .c files of its folder that are no tests are linked
# into it. Every tests/*/test_*.sh and .py is a script. All print TAP.
test_sources := $(wildcard tests/*/test_*.c)
test_scripts := $(wildcard tests/*/test_*.sh tests/*/test_*.py)
fuzz_sources := $(wildcard tests/fuzz/fuzz_*.c)

# ---- what make builds ----------------------------------------------------------------------------

.PHONY: all
all: build/decant build/libdecant.a build/libdecant.so.$(version)

build/rules_data.c: core/rules/embed.sh $(rules)
	@mkdir -p $(@D)
	$(call show,GEN  $@)sh core/rules/embed.sh $(rules) > $@.part && mv $@.part $@

# Recipes show a short line each, all of their commands with V=1, and nothing below test and run.
show = $(if $(V),,@$(if $(SILENT),,echo '  $1' &&))

# One build of everything in the folder $1 with the compiler flags $2.
define build_in
$1/obj/%.o: %.c $1/flags
	@mkdir -p $$(@D)
	$$(call show,CC   $$@)$$(CC) $$(std_flags) $2 $$(CPPFLAGS) $$(json_cflags) -c -o $$@ $$<

$1/obj/rules_data.o: build/rules_data.c $1/flags
	@mkdir -p $$(@D)
	$$(call show,CC   $$@)$$(CC) $$(std_flags) $2 $$(CPPFLAGS) -c -o $$@ $$<

# Remembers compiler and flags, so that others build anew.
$1/flags: FORCE
	@mkdir -p $$(@D)
	@echo '$$(CC) $2 $$(CPPFLAGS)' | cmp -s - $$@ || echo '$$(CC) $2 $$(CPPFLAGS)' > $$@

$1/core_objects := $(core_sources:%.c=$1/obj/%.o) $(if $(generated),$1/obj/rules_data.o)

# The whole library as one object, in which only what decant.h declares is still global.
$1/obj/libdecant.o: $$($1/core_objects)
	$$(call show,LD   $$@)$$(LD) -r -o $$@ $$^ && $$(OBJCOPY) --localize-hidden $$@

$1/libdecant.a: $1/obj/libdecant.o
	@rm -f $$@
	$$(call show,AR   $$@)$$(AR) rcs $$@ $$^

# The same with every symbol: what tests of the inside link.
$1/libinside.a: $$($1/core_objects)
	@rm -f $$@
	$$(call show,AR   $$@)$$(AR) rcs $$@ $$^

$1/libdecant.so.$(version): $$($1/core_objects)
	$$(call show,LINK $$@)$$(CC) $2 $$(LDFLAGS) -shared -Wl,-soname,$(soname) -Wl,-z,defs \
	    -o $$@ $$^ $(core_libs)

$1/decant: $(cmd_sources:%.c=$1/obj/%.o) $1/libdecant.a
	$$(call show,LINK $$@)$$(CC) $2 $$(LDFLAGS) -o $$@ $$^ $(core_libs) $(json_libs) -pthread
endef

$(eval $(call build_in,build,$(CFLAGS)))
$(if $(IN),$(eval $(call build_in,$(IN),$(CFLAGS))))
$(eval $(call build_in,build/san,-g -O1 -Werror $(sanitize)))
$(eval $(call build_in,build/fuzz,-g -O1 $(sanitize) -fsanitize=fuzzer-no-link))

.PHONY: FORCE
FORCE:
.SECONDARY:
.DELETE_ON_ERROR:

-include $(shell find build -name '*.d' 2>/dev/null)

# ---- run, test -----------------------------------------------------------------------------------

jobs = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))
quiet = $(if $(V),,SILENT=1)

.PHONY: run
run:
	@sh tests/setup.sh
	@$(MAKE) --no-print-directory $(quiet) $(jobs) all
	@sh tests/show.sh build/decant

.PHONY: test
test:
	@sh tests/setup.sh
	@$(MAKE) --no-print-directory $(quiet) $(jobs) test-programs all
	@$(run_tests)

# On a cluster of two nodes on this machine; not part of test.
.PHONY: test-slurm
test-slurm: build/decant
	@sh tests/setup.sh
	@sh tests/slurm/setup.sh
	@DECANT=build/decant PYTHON='$(PYTHON)' sh tests/slurm/stages.sh

test_programs := $(test_sources:tests/%.c=build/san/tests/%)
replays := $(fuzz_sources:tests/fuzz/%.c=build/san/tests/fuzz/replay_%)

.PHONY: test-programs
test-programs: $(test_programs) $(replays) build/san/decant build/san/libdecant.a

# A test program is its own source and the folder's helpers.
helpers = $(filter-out $(test_sources) $(fuzz_sources),$(wildcard tests/$(dir $1)*.c))

define test_program
build/san/tests/$1: build/san/obj/tests/$1.o \
    $(patsubst %.c,build/san/obj/%.o,$(call helpers,$1)) build/san/libinside.a
	@mkdir -p $$(@D)
	$$(call show,LINK $$@)$$(CC) $(sanitize) $$(LDFLAGS) -o $$@ $$^ $(test_libs) $(core_libs) $(json_libs)
endef
$(foreach test,$(test_sources:tests/%.c=%),$(eval $(call test_program,$(test))))

# A replay is a fuzz target with the folder's plain main() in place of the fuzzer's.
build/san/tests/fuzz/replay_%: build/san/obj/tests/fuzz/%.o build/san/obj/tests/fuzz/replay.o \
    build/san/libinside.a
	@mkdir -p $(@D)
	$(call show,LINK $@)$(CC) $(sanitize) $(LDFLAGS) -o $@ $^ $(core_libs)

export ASAN_OPTIONS = detect_leaks=1:abort_on_error=0:allocator_may_return_null=1
export UBSAN_OPTIONS = print_stacktrace=1

# They run in the project's root and find the program under test in $DECANT.
run_tests = CMOCKA_MESSAGE_OUTPUT=TAP DECANT=build/san/decant PYTHON='$(PYTHON)' CC='$(CC)' \
    MAKE='$(MAKE)' tests/summary $(test_programs) \
    $(replays:%='% tests/fuzz/corpus fixtures') $(test_scripts)

# ---- lint, measure, train ------------------------------------------------------------------------

.PHONY: lint
lint:
	@sh tests/setup.sh
	@$(MAKE) --no-print-directory $(quiet) $(jobs) build/libdecant.a
	@sh tests/lint/all.sh

# OF=text, OF=pages or OF=records: that alone; without it bench measures all, callgrind text.
.PHONY: bench
bench: build/decant build/bench/steps
	@$(PYTHON) tests/bench/bench.py build/decant build/bench/steps $(DATA) $(OF)

# Not below build/obj, where lint looks for the library's objects alone.
build/bench/steps: tests/bench/pages.c
build/bench/sites: tests/bench/sites.c
build/bench/steps build/bench/sites: build/libinside.a build/flags
	@mkdir -p $(@D)
	$(call show,LINK $@)$(CC) $(std_flags) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS) -o $@ \
	    $(filter %.c,$^) $(filter %.a,$^) $(core_libs)

# Made-up corpora of sites: what a profile of them is worth, and what it costs.
.PHONY: bench-sites
bench-sites: build/bench/sites
	@$(PYTHON) tests/bench/sites.py build/bench/sites

.PHONY: callgrind
callgrind: build/decant build/bench/steps
	@$(PYTHON) tests/bench/callgrind.py build/decant build/bench/steps $(DATA) $(OF)

# Real pages (DATA=folder of SET.pages/): the tree of a page's skeleton against the page's own.
.PHONY: differential
differential:
	@$(MAKE) --no-print-directory $(quiet) $(jobs) build/san/tests/differential/test_differential
	@$(PYTHON) tests/differential/pages.py build/san/tests/differential/test_differential $(DATA)

# Other compilers, no optimisation, another processor: the same bytes from each (IN= is its builds).
.PHONY: identical
identical:
	@MAKE='$(MAKE)' sh tests/identical.sh

FUZZ_SECONDS ?= 60
.PHONY: fuzz
fuzz:
	@$(MAKE) --no-print-directory $(quiet) $(jobs) CC=clang $(fuzz_sources:tests/fuzz/%.c=build/fuzz/%)
	@for target in $(fuzz_sources:tests/fuzz/%.c=build/fuzz/%); do \
	    mkdir -p $$target.found && \
	    $$target -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=1024 \
	        -artifact_prefix=$$target.found/ $$target.found $$(ls -d tests/fuzz/corpus fixtures) || exit 1; \
	done

build/fuzz/fuzz_%: build/fuzz/obj/tests/fuzz/fuzz_%.o build/fuzz/libinside.a
	$(call show,LINK $@)$(CC) $(sanitize) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(core_libs)

# Either model by itself: make model-text, make model-html. Word vectors, which text's is trained on,
# are made by themselves, from the WORDS of an npm package (core/models/README.md); some of its texts are
# what the model of pages leaves of pages.
.PHONY: model model-text model-html model-vectors
model: model-html
	@$(MAKE) --no-print-directory model-text
model-html: build/decant
	/usr/bin/python3 core/models/train_page.py --data $(DATA) --decant build/decant --out core/models/html.c
model-text: build/decant
	/usr/bin/python3 core/models/train.py --data $(DATA) --decant build/decant --out core/models/text.c

model-vectors:
	/usr/bin/python3 core/models/vectors.py --words $(WORDS) --data $(DATA) --out core/models/vectors_table.c

SUITES ?= bleed glue dump
PAGES ?= wcxb news snippets
.PHONY: score
score: build/decant
	@for suite in $(SUITES); do \
	    echo "== $$suite" && \
	    $(PYTHON) $(DATA)/score_text.py $(DATA)/text/$$suite.jsonl.gz --cmd 'build/decant -q -' || exit 1; \
	done
	@echo "== snippets" && $(PYTHON) $(DATA)/score_html.py $(DATA)/text/snippets \
	    --input $(DATA)/text/snippets.jsonl.gz --cmd 'build/decant -q -'
	@for set in $(PAGES); do \
	    echo "== pages: $$set" && \
	    $(PYTHON) $(DATA)/score_html.py $(DATA)/html/$$set --cmd 'build/decant -q --from html -' || exit 1; \
	done

.PHONY: golden-accept
golden-accept: build/decant
	@sh tests/golden/accept.sh build/decant

.PHONY: format
format:
	@sh tests/lint/format.sh --write

# ---- install -------------------------------------------------------------------------------------

shells = bash zsh fish

build/completions/%: build/decant
	@mkdir -p $(@D)
	build/decant completion $* > $@

build/decant.pc: core/decant.h Makefile FORCE
	@printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$${prefix}/lib' 'includedir=$${prefix}/include' '' \
	    'Name: decant' 'Description: Separates a scraped document from what does not belong to it' \
	    'Version: $(version)' 'Requires.private: libpcre2-8 gumbo uchardet $(packings)' \
	    'Libs: -L$${libdir} -ldecant' 'Libs.private: -lbz2' \
	    'Cflags: -I$${includedir}' > $@

.PHONY: install
install: all build/decant.pc $(shells:%=build/completions/%)
	install -d $(BIN) $(LIB)/pkgconfig $(INC) $(SHARE)/man/man1 $(SHARE)/decant \
	    $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions \
	    $(SHARE)/fish/vendor_completions.d
	install -m 755 build/decant $(BIN)
	install -m 644 build/libdecant.a $(LIB)
	install -m 755 build/libdecant.so.$(version) $(LIB)
	ln -sf libdecant.so.$(version) $(LIB)/$(soname)
	ln -sf $(soname) $(LIB)/libdecant.so
	install -m 644 core/decant.h $(INC)
	install -m 644 build/decant.pc $(LIB)/pkgconfig
	install -m 644 cmd/decant.1 $(SHARE)/man/man1
	install -m 644 core/output/log.schema.json $(SHARE)/decant
	install -m 644 build/completions/bash $(SHARE)/bash-completion/completions/decant
	install -m 644 build/completions/zsh $(SHARE)/zsh/site-functions/_decant
	install -m 644 build/completions/fish $(SHARE)/fish/vendor_completions.d/decant.fish

.PHONY: uninstall
uninstall:
	rm -f $(BIN)/decant $(LIB)/libdecant.a $(LIB)/libdecant.so $(LIB)/$(soname) \
	    $(LIB)/libdecant.so.$(version) $(LIB)/pkgconfig/decant.pc $(INC)/decant.h \
	    $(SHARE)/man/man1/decant.1 $(SHARE)/decant/log.schema.json \
	    $(SHARE)/bash-completion/completions/decant $(SHARE)/zsh/site-functions/_decant \
	    $(SHARE)/fish/vendor_completions.d/decant.fish
	-rmdir $(SHARE)/decant 2>/dev/null || true

.PHONY: clean
clean:
	rm -rf build

.PHONY: help
help:
	@printf '%s\n' \
	    'make                 build the program and the libraries into build/' \
	    'make run             install what is missing, build, clean a sample, show text and log' \
	    'make test            install what is missing, build with sanitizers, run every test' \
	    'make test-slurm      cmd/slurm on a cluster of two nodes on this machine (installs Slurm)' \
	    'make lint            structure, formatting, warnings, man page, completeness' \
	    'make bench           speed, start-up, memory (DATA=folder of text/, html/; OF=text, pages, records)' \
	    'make bench-sites     what a profile of made-up sites is worth, and what it costs' \
	    'make callgrind       instructions a byte, by function (OF=pages: of pages)' \
	    'make fuzz            fuzz for FUZZ_SECONDS (60) a target, with clang' \
	    'make differential    trees of real pages against those of their skeletons' \
	    'make identical       gcc -O0, -O3, clang and aarch64 (qemu): the same bytes of every fixture' \
	    'make model           fit the verdict on DATA, write its table' \
	    'make score           score build/decant on the suites of DATA' \
	    'make golden-accept   take what the program prints now as what fixtures expect' \
	    'make format          format the sources' \
	    'make install         into PREFIX (/usr/local), below DESTDIR' \
	    'make uninstall       take that away again' \
	    'make clean           remove build/' \
	    'Options: CC=clang, CFLAGS=..., DEVELOPER=1 (warnings are errors), V=1 (show commands)'
