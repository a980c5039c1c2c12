# SPDX-License-Identifier: MIT
"""Cleans every fixture with the program and compares text and log with what is expected. Of plain text
clean text and log have to give the input back; of pages the ranges in the log have to read in the
page's own bytes what the log says.

What decant explain shows is compared for cases that hold an explain.txt. fixtures/README.md tells what a
case is. With --accept the goldens are written instead: log.jsonl
always, explain.txt where there is one, clean.txt only where ACCEPT=all is in the environment, known-failures where ACCEPT=known is.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the tree stays as it is
import page

FIXTURES = pathlib.Path("fixtures")
KNOWN = FIXTURES / "known-failures"
DECANT = os.path.abspath(os.environ.get("DECANT", "build/decant"))

# What a golden log holds of a record. Confidence, reasons and block counts move with every model
# and every sentence splitter; where a run lies and what it is called are what a user sees.
GOLDEN_FIELDS = ("type", "doc", "start", "end", "line", "kind", "known_as", "note")


# What explain.txt holds, for the same reason: pieces and their verdicts, no figures, no reasons.
FIGURE, REASON = re.compile(rb"(?m)^(.{16})[01]\.\d\d"), re.compile(rb"(?m)^ {22}.*\n")


def known_failures():
    """Case name > why it fails today."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines() if KNOWN.exists() else []
    pairs = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    return {name: reason for name, reason in pairs}


def run(*command, where):
    plain = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    return subprocess.run([DECANT, *command], cwd=where, env=plain, capture_output=True, check=False)


def input_of(folder):
    """A case's input: input.txt or, of a page, input.html."""
    return next(folder.glob("input.*"))


def profile_of(folder, scratch):
    """A case that has documents to learn is cleaned with a profile of them: the options that say so."""
    documents = sorted(path.relative_to(folder).as_posix() for path in folder.glob("learn/*"))
    if not documents:
        return []
    profile = str(scratch / "profile")
    run("learn", "--size=1M", "-o", profile, *documents, where=folder)
    return ["--profile", profile]


def read_log(log):
    return [json.loads(line) for line in log.read_bytes().splitlines()]


def clean(folder, log):
    """What the program makes of a case: clean text, golden log, and what went wrong, if anything."""
    done = run("--log", str(log), *profile_of(folder, log.parent), input_of(folder).name, where=folder)
    if done.returncode or done.stderr:
        return b"", "", f"status {done.returncode}: {done.stderr.decode(errors='replace')}"
    records = read_log(log)
    golden = ({field: record[field] for field in GOLDEN_FIELDS if field in record}
              for record in records if record["type"] != "document")
    return done.stdout, "".join(json.dumps(record) + "\n" for record in golden), ""


def first_difference(got, expected):
    """The first lines that differ, as TAP comments."""
    got, expected = got.splitlines(), expected.splitlines()
    for number in range(max(len(got), len(expected))):
        pair = [lines[number] if number < len(lines) else b"(nothing)" for lines in (got, expected)]
        if pair[0] != pair[1]:
            return [f"line {number + 1} is       {pair[0][:100]!r}",
                    f"line {number + 1} should be {pair[1][:100]!r}"]
    return ["the line ends or the white space at an end differ"]


def what_is_wrong(got, expected):
    """The first line that differs, in words: a failure's comment, a reason for known-failures."""
    got, expected = ([line for line in text.splitlines() if line.strip()] for text in (got, expected))
    while got and expected and got[0] == expected[0]:
        del got[0], expected[0]
    if not got and not expected:
        return "other white space"
    lost = not got or (bool(expected) and got[0] in expected)
    line = (expected if lost else got)[0]
    if not lost and expected and line.startswith(expected[0]):
        line = line[len(expected[0]):]  # the foreign end of a good line
    line = line.decode(errors="replace")
    return f"{'loses' if lost else 'keeps'} \"{' '.join(line.split()[:6])[:60]} ...\""


def explained(folder):
    """What decant explain shows of a case, as explain.txt holds it."""
    shown = run("explain", "--color=never", input_of(folder).name, where=folder)
    return REASON.sub(b"", FIGURE.sub(rb"\1-.--", shown.stdout))


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def report(self, good, sentence, *comments):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {sentence}")
        if not good:
            for comment in comments:
                print(f"#   {comment}")


def check_text(tap, name, reason, text, expected):
    same = text == expected
    if reason is None:
        tap.report(same, f"{name}: the clean text is as expected", what_is_wrong(text, expected))
    elif same:
        tap.report(False, f"{name}: passes, so it can leave {KNOWN}")
    else:
        tap.report(True, f"{name}: the clean text is still wrong # TODO {reason}")


def check_restoration(tap, name, source, text, scratch):
    (scratch / "clean.txt").write_bytes(text)
    restored = run("restore", "clean.txt", "log.jsonl", where=scratch)
    tap.report(restored.returncode == 0 and restored.stdout == source,
               f"{name}: clean text and log give the input back",
               restored.stderr.decode(errors="replace").strip() or "other bytes came back")


def check_ranges(tap, name, source, log):
    trouble = page.what_is_wrong(source, read_log(log))
    tap.report(not trouble, f"{name}: the page's bytes read what the log says", trouble)


def check_explanation(tap, name, folder):
    file = folder / "explain.txt"
    if file.exists():
        shown, expected = explained(folder), file.read_bytes()
        tap.report(shown == expected, f"{name}: its pieces and verdicts are shown as expected",
                   *first_difference(shown, expected))


def check_case(tap, folder, reason, scratch):
    name = folder.relative_to(FIXTURES).as_posix()
    source = input_of(folder)
    log = scratch / "log.jsonl"
    text, golden, trouble = clean(folder, log)
    if trouble:
        tap.report(False, f"{name}: the program runs", trouble)
        return
    check_text(tap, name, reason, text, (folder / "clean.txt").read_bytes())
    if reason is None:
        file = folder / "log.jsonl"
        expected = file.read_text(encoding="utf-8") if file.exists() else ""
        tap.report(golden == expected, f"{name}: the log names the expected runs",
                   *first_difference(golden.encode(), expected.encode()))
    if source.suffix == ".html":
        check_ranges(tap, name, source.read_bytes(), log)
    else:
        check_restoration(tap, name, source.read_bytes(), text, scratch)
    check_explanation(tap, name, folder)


def accept_case(folder, scratch):
    """Writes a case's goldens. What is wrong with its text, or None."""
    text, golden, trouble = clean(folder, scratch / "log.jsonl")
    if trouble:
        print(f"{folder}: {trouble}")
        return trouble
    file = folder / "clean.txt"
    if os.environ.get("ACCEPT") == "all":
        file.write_bytes(text)
    expected = file.read_bytes()
    file = folder / "log.jsonl"
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if text != expected:
        golden = ""  # a wrong log is no golden
    if (folder / "explain.txt").exists():
        (folder / "explain.txt").write_bytes(explained(folder))
    if golden != before:
        print(f"{folder}: log.jsonl is {'new' if golden else 'gone'}")
    if golden:
        file.write_text(golden, encoding="utf-8")
    elif file.exists():
        file.unlink()
    return None if text == expected else what_is_wrong(text, expected)


def accept(folders, names, scratch):
    wrong = {name: accept_case(folder, scratch) for folder, name in zip(folders, names)}
    wrong = {name: reason for name, reason in wrong.items() if reason}
    print(f"{len(wrong)} of {len(names)} fixtures are not as expected")
    if os.environ.get("ACCEPT") == "known":
        lines = [f"{name}: {reason}\n" for name, reason in wrong.items()]
        KNOWN.write_text("# GROUP/CASE: what goes wrong today. README.md tells the rules.\n"
                         + "".join(lines), encoding="utf-8")


def check(folders, names, scratch):
    known, tap = known_failures(), Tap()
    for folder, name in zip(folders, names):
        check_case(tap, folder, known.get(name), scratch)
    strangers = sorted(set(known) - set(names))
    tap.report(not strangers, f"{KNOWN} names cases that exist", *strangers)
    print(f"1..{tap.count}")
    print(f"# {len(known)} of {len(names)} fixtures are known to fail, see {KNOWN}")
    return tap.failed > 0


def main():
    folders = sorted(path.parent for path in FIXTURES.glob("*/*/input.*"))
    names = [folder.relative_to(FIXTURES).as_posix() for folder in folders]
    with tempfile.TemporaryDirectory() as scratch:
        task = accept if "--accept" in sys.argv else check
        return task(folders, names, pathlib.Path(scratch))


sys.exit(main())
