#!/bin/sh
# SPDX-License-Identifier: MIT
# Several files, files that cannot be read, rules of one's own.
. tests/cli/lib.sh

cp "$noisy" a.txt
printf 'A text of one line, without its end.' >b.txt
cp "$pure" c.txt

run "$decant" -q a.txt b.txt c.txt
cat "$pure" b.txt "$pure" >want
same "files are cleaned one after the other" want out
run "$decant" -q c.txt b.txt a.txt
cp out backwards
for file in c.txt b.txt a.txt; do "$decant" -q $file; done >want
same "each by itself" want backwards

run "$decant" -q a.txt missing.txt c.txt
is "a missing file is told, and the exit status is 2" \
    "2 decant: missing.txt: No such file or directory" "$rc $err"
cat "$pure" "$pure" >want
same "and the others go on" want out
if [ -r /proc/self/mem ]; then
    run "$decant" -q /proc/self/mem c.txt
    is "a file that cannot be read is told" "2 decant: /proc/self/mem: Input/output error" "$rc $err"
    same "and the next goes on after it" "$pure" out
fi
run "$decant" -o clean.txt --log log.jsonl missing.txt a.txt
is "-o is written although a file is missing" "2 decant: missing.txt: No such file or directory" "$rc $err"
same "with the others' text" "$pure" clean.txt
is "and the log with their records" 1 "$(grep -c '"type":"document"' log.jsonl)"
if command -v "$python" >/dev/null; then
    run "$python" "$here/terminal.py" broken 'Half a text' "$decant" -q -
    is "input that breaks off is told with its place" \
        "2 decant: standard input: after 11 bytes: Input/output error" "$rc $err"
    run "$python" "$here/terminal.py" broken 'Half a text' "$decant" -q -o half.txt --log half.jsonl c.txt -
    is "it fails the run" 2 "$rc"
    ok "and leaves no half text" test ! -e half.txt
    ok "and no half log" test ! -e half.jsonl
    TERM=dumb "$python" "$here/terminal.py" broken '' "$decant" -q >/dev/null 2>err
    like "a terminal as input is hinted at" 'reading from the terminal; end with Ctrl-D' "$(cat err)"
else
    skip "input that breaks off" "there is no python"
fi
run sh -c '"$1" -q <&-' sh "$decant"
is "a closed standard input is told" "2 decant: standard input: Bad file descriptor" "$rc $err"

# ---- rules ----

cat >my.rules <<'END'
rule footer.en.my-site
language en
kind rights
trigger syndicated
pattern \bsyndicated by my site\b
match Syndicated by My Site.
miss The series was syndicated by a network.
END
run "$decant" --list-rules
is "--list-rules exits with 0" "0 " "$rc $err"
is "a rule a line: id, kind, language" "" "$(awk -F '\t' 'NF != 3 || !$1 || !$2 || !$3' out | head -n 1)"
cp out listed
first=$(head -n 1 listed | cut -f 1)
run "$decant" --list-rules --rules my.rules
is "--rules adds a rule" "footer.en.my-site	rights	en" "$(grep my-site out)"
run "$decant" --list-rules --without "$first"
tail -n +2 listed >want
same "--without turns a rule off" want out
run "$decant" -q --without no.such.rule c.txt
is "a rule that is not there is told" \
    "2 decant: --without: there is no rule 'no.such.rule' (see --list-rules)" "$rc $err"
echo 'nonsense' >bad.rules
run "$decant" -q --rules bad.rules c.txt
like "a bad rule is told with file and line" '^decant: bad\.rules:1: ' "$err"
is "and exits with 2" 2 "$rc"
is "before anything is printed" "" "$(cat out)"
run "$decant" -q --rules none.rules c.txt
is "a rules file that is missing is told" "2 decant: none.rules: No such file or directory" "$rc $err"

# ---- parts ----

awk '{ while (n++ < 300) print "This is line " n ", and it says nothing that anybody has not said before." }' "$pure" >long.txt
run "$decant" --max-document 4K long.txt
same "a long document goes through in parts" long.txt out
like "with a note" '^long\.txt:[0-9]+: note: ' "$err"

finish
