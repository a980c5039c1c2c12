#!/bin/sh
# SPDX-License-Identifier: MIT
# Profiles: learned, merged, used, shown; and what is refused.
. tests/cli/lib.sh

lessons=${pure%/archetype/*}/profile
cp "$lessons"/site-lines/learn/*.html "$lessons"/site-lines/input.html .
mkdir texts
cp "$lessons"/known-openings/learn/*.txt texts

run "$decant" learn --size 1M -o site.profile 0.html 1.html 2.html 3.html 4.html
is "learn prints nothing" "0  0" "$rc $err $(wc -c <out | tr -d ' ')"

# ---- the same bytes ----

run "$decant" learn --size 1M -o again.profile 4.html 2.html 0.html 3.html 1.html
same "whatever the order" site.profile again.profile
"$decant" learn --size 1M -o a.profile 3.html
"$decant" learn --size 1M -o b.profile 4.html 0.html
"$decant" learn --size 1M -o c.profile 1.html 2.html
for order in "a b c" "c a b" "b c a"; do
    # shellcheck disable=SC2086
    set -- $order
    run "$decant" learn --merge --size 1M -o merged.profile "$1.profile" "$2.profile" "$3.profile"
    is "$order: merging exits with 0" "0 " "$rc $err"
    same "$order: merged is as learned" site.profile merged.profile
done
"$decant" learn --merge --size 1M -o ab.profile a.profile b.profile
"$decant" learn --merge --size 1M -o merged.profile ab.profile c.profile
same "so is what was merged in steps" site.profile merged.profile
"$decant" learn --merge --size 1M -o merged.profile site.profile
same "one merged alone is itself" site.profile merged.profile
run sh -c 'cat 0.html | "$1" learn --size 1M -o -  -' sh "$decant"
is "standard input is learned, to standard output" "0 decantP1" "$rc $(head -c 8 out)"
run "$decant" learn --size 1M --site courier.example -o texts.profile texts
is "folders are learned" "0 " "$rc $err"

# ---- used ----

# What no profile tells for noise as likely as not stays, so that what goes is the profile's doing.
run "$decant" --profile site.profile --min-confidence 0.5 --log log.jsonl input.html
is "cleaning with a profile exits with 0" "0" "$rc"
untitled() { sed '/^Prisoners planted the orchard/,/^$/d' "$1"; }  # the page's title, which may go
untitled "$lessons/site-lines/clean.txt" > untitled.clean
untitled out > untitled.out
same "what the site repeats is gone" untitled.clean untitled.out
ok "the log tells why" grep -q '"evidence":"site_share"' log.jsonl
ok "and what stayed" grep -q '"note":"site"' log.jsonl
run "$decant" -q --min-confidence 0.5 input.html
ok "without the profile it stays" grep -q 'may ring our desk' out
run "$decant" -q --profile site.profile --min-confidence 0.995 input.html
ok "so it does where more certainty is asked" grep -q 'may ring our desk' out
(cd texts && "$decant" learn --size 1M -o ../texts.profile ./*.txt)
run "$decant" --profile texts.profile --log log.jsonl "$lessons/known-openings/input.txt"
same "openings of others are gone" "$lessons/known-openings/clean.txt" out
like "the log names whose they are" '"known_as":"./3\.txt"' "$(cat log.jsonl)"
"$decant" learn --size 1M --profile site.profile -o twice.profile 0.html 1.html 2.html 3.html 4.html
ok "learning may know a profile" test -s twice.profile
ok "and learns less noise as text" sh -c '! cmp -s site.profile twice.profile'

# ---- shown ----

run "$decant" profile show site.profile
is "profile show exits with 0" "0 " "$rc $err"
like "it tells how many documents" '^documents learned: 5$' "$(cat out)"
like "how far off lines are" '^lines counted: [0-9]+, each at most [0-9]+ too high \(98 % of them\)$' "$(cat out)"
like "what texts are known" '^texts known: 5 documents, [0-9]+ hashes of five words in a row, 1 in 1$' "$(cat out)"
like "the size" '^size: at most 1048576 bytes$' "$(cat out)"
like "the site" '^courier\.example: 5 documents$' "$(cat out)"
like "and what it repeats" '^ +100% +5 +0 +0  Merrow Courier$' "$(cat out)"
like "and where" '^ +100% +0 +0 +5  Whoever has seen something that others should know' "$(cat out)"
run "$decant" profile show --site courier.example site.profile
is "--site shows its lines alone" 3 "$(grep -c '%' out)"
like "with its name" '^courier\.example: 5 documents$' "$(cat out)"
run "$decant" profile show --site nowhere.example site.profile
is "of another site there are none" "0 0" "$rc $(grep -c '%' out)"
"$decant" learn --size 1M -o mixed.profile 0.html 1.html 2.html 3.html 4.html input.html
sed 's/Merrow Courier/Merrow Weekly/' 0.html >other.html
"$decant" learn --size 1M -o mixed.profile 0.html 1.html other.html other.html
run "$decant" profile show --site courier.example --share 60 mixed.profile
is "--share leaves out what fewer hold" 0 "$(grep -c 'Merrow' out)"
run "$decant" profile show --site courier.example --share 50 mixed.profile
is "and shows what so many hold" 2 "$(grep -c 'Merrow' out)"

# ---- refused ----

# refused NAME MESSAGE COMMAND...: it fails with 2 and the message; an old profile stays.
refused() {
    what=$1 message=$2
    shift 2
    echo old >old.profile
    run "$decant" "$@"
    is "$what exits with 2" 2 "$rc"
    like "$what is told" "$message" "$err"
    is "$what leaves no half file" "old 1" "$(cat old.profile) $(find . -name 'old.profile*' | wc -l | tr -d ' ')"
}
head -c 300000 site.profile >cut.profile
{ head -c 5000 site.profile; printf 'x'; tail -c +5002 site.profile; } >damaged.profile
: >empty.profile
"$decant" learn --size 2M -o large.profile 0.html
refused "learning without --output" '^decant: learn: --output names no file for the profile$' learn 0.html
refused "a size that is too small" "^decant: --size: '1023K' is not a size from 1M to 64G$" learn --size 1023K -o old.profile 0.html
refused "merging what is no profile" '^decant: input\.html: no profile that this version reads$' \
    learn --merge --size 1M -o old.profile site.profile input.html
refused "merging a profile that is cut short" '^decant: cut\.profile: no profile that this version reads$' \
    learn --merge --size 1M -o old.profile cut.profile
refused "merging a damaged one" '^decant: damaged\.profile: the profile is damaged: its checksum is another$' \
    learn --merge --size 1M -o old.profile site.profile damaged.profile
refused "merging another size" '^decant: large\.profile: the profile is of another size$' \
    learn --merge --size 1M -o old.profile site.profile large.profile
refused "merging what is missing" '^decant: missing: No such file or directory$' \
    learn --merge --size 1M -o old.profile missing
refused "cleaning with what is no profile" '^decant: input\.html: no profile that this version reads$' \
    --profile input.html -o old.profile 0.html
refused "cleaning with a profile that is cut short" '^decant: cut\.profile: no profile' \
    --profile cut.profile -o old.profile 0.html
refused "cleaning with a missing profile" '^decant: missing: No such file or directory$' \
    --profile missing -o old.profile 0.html
refused "an empty profile" '^decant: empty\.profile: ' --profile empty.profile -o old.profile 0.html
refused "showing a damaged one" '^decant: damaged\.profile: no profile that this version reads, or a damaged one$' \
    profile show damaged.profile
refused "showing what is missing" '^decant: missing: No such file or directory$' profile show missing
refused "another verb" "^decant: profile: there is no 'hide'" profile hide site.profile
run "$decant" learn --size 1M -o some.profile 0.html missing.html
is "a file that is missing is told" 2 "$rc"
like "by its name" '^decant: missing\.html: No such file or directory$' "$err"
"$decant" learn --size 1M -o one.profile 0.html
same "the others are learned" one.profile some.profile
finish
