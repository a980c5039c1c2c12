# SPDX-License-Identifier: MIT
"""Measures speed, start-up and memory: bench.py DECANT STEPS DATA [text|pages|records]

Speed is processor time (user and system), the median of runs that take turns with cat, wc -w and
grep on the same bytes, so that a busy machine slows all of them alike. That of pages is measured
step by step by the program STEPS (pages.c), beside gumbo. Nothing here fails on a number: the
tables are for reading.
"""
import os
import platform
import statistics
import subprocess
import sys
import time

import pages
import records
import text

ROUNDS = 7
STARTS = 200
STREAMS = (64, 512, 2048)  # MiB
RECORD_STREAM = int(os.environ.get("STREAM", 1024))  # MiB of JSON Lines
PAGE_ROUNDS = 3
PAGE_LEAST, PAGE_TIMES = 8 << 20, 16  # bytes that a page may cost: so many, and times its own
ATTACK_BAR = 0.2  # seconds


def seconds(command, output):
    """Processor and elapsed seconds of one run."""
    begun = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit("bench: %s failed" % " ".join(command[:3]))
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - begun


def take_turns(commands, rounds):
    """The median of each command's processor and elapsed seconds."""
    runs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            # Not to /dev/null: there grep stops at its first find.
            counts = command[0] in ("wc", "grep")
            runs[name].append(seconds(command, text.FOLDER / "counts" if counts else os.devnull))
    return {name: [statistics.median(column) for column in zip(*run)] for name, run in runs.items()}


def peak_kib(command, chunks):
    """The program's largest resident set while it reads a stream, asked just before the end."""
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    for chunk in chunks:
        child.stdin.write(chunk)
    child.stdin.flush()
    with open("/proc/%d/status" % child.pid) as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    child.stdin.close()
    if child.wait() != 0:
        raise SystemExit("bench: decant failed on the stream")
    return peak


def cpu_name():
    try:
        with open("/proc/cpuinfo") as info:
            return next(line.split(":")[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def row(name, *cells):
    print("%-34s" % name + "".join("%14s" % cell for cell in cells))
    sys.stdout.flush()


def speed(decant, data):
    kind, one, many = text.write(data)
    size = one.stat().st_size / 1e6
    paths = [str(path) for path in many]
    print("\nspeed: %s, %.1f MB, processor time, median of %d runs in turn" % (kind, size, ROUNDS))
    row("", "ms", "MB/s", "time, cat = 1")
    commands = {
        "decant -q, one file": [decant, "-q", str(one)],
        "decant -q, %d files" % len(paths): [decant, "-q", *paths],
        "wc -w": ["wc", "-w", str(one)],
        "grep -c .": ["grep", "-c", ".", str(one)],
        "cat": ["cat", str(one)],
    }
    medians = take_turns(commands, ROUNDS)
    base = medians["cat"][0]
    for name, (cpu, _) in medians.items():
        row(name, "%.1f" % (cpu * 1e3), "%.0f" % (size / cpu), "%.1f" % (cpu / base))


def start_up(decant):
    line = text.FOLDER / "line.txt"
    line.write_text("One line, and that is all there is to it.\n")
    commands = {"decant -q, a line": [decant, "-q", str(line)], "cat, a line": ["cat", str(line)]}
    print("\nstart-up: median of %d runs" % STARTS)
    row("", "processor", "elapsed")
    for name, medians in take_turns(commands, STARTS).items():
        row(name, *("%.2f ms" % (median * 1e3) for median in medians))


def memory(decant):
    print("\nmemory: largest resident set on a made-up stream")
    for megabytes in STREAMS:
        row("%d MiB" % megabytes, "%.1f MiB" % (peak_kib([decant, "-q"], text.stream(megabytes)) / 1024))


# ---- pages ---------------------------------------------------------------------------------------

def ask(*command):
    """The program's lines, a name and a number each."""
    out = subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE,
                         text=True)
    return [(name, float(number)) for name, number in
            (line.split("\t") for line in out.stdout.splitlines())]


def of_program(decant, paths):
    """Processor and elapsed seconds of the program's best run on those files."""
    command = [decant, "-q", "--from=html", *map(str, paths)]
    runs = [seconds(command, os.devnull) for _ in range(PAGE_ROUNDS)]
    return [min(column) for column in zip(*runs)]


def page_speed(decant, program, samples):
    """A column a set: MB/s, and how many times gumbo's on the whole pages."""
    columns = []
    for name, paths in samples.items():
        size = sum(path.stat().st_size for path in paths) / 1e6
        steps = ask(program, "steps", PAGE_ROUNDS, *paths)
        cpu, elapsed = of_program(decant, paths)
        steps += [("decant -q FILES", cpu), ("decant -q FILES, elapsed", elapsed)]
        columns.append(("%s, %d" % (name, len(paths)), size, steps))
    print("\npages: MB of raw page a second of processor time, best of %d rounds in turn, and the"
          "\nsame with gumbo on the whole page (on an arena) = 1" % PAGE_ROUNDS)
    page_row("", *(name for name, _, _ in columns))
    page_row("", *("%.1f MB" % size for _, size, _ in columns))
    for i, (step, _) in enumerate(columns[0][2]):
        cells = []
        for _, size, steps in columns:
            gumbo = dict(steps)["gumbo, whole page, arena"]
            taken = max(steps[i][1], 1e-9)
            cells.append("%.0f %6.1f" % (size / taken, gumbo / taken))
        page_row(step, *cells)


def page_row(name, *cells):
    print("%-30s" % name + "".join("%17s" % cell for cell in cells))
    sys.stdout.flush()


def share_of_bound(path, kib):
    return kib * 1024 / (PAGE_TIMES * path.stat().st_size + PAGE_LEAST)


def page_memory(decant, program, groups):
    print("\npages: largest resident set of decant -q PAGE, of %d x page + %d MiB = 1"
          % (PAGE_TIMES, PAGE_LEAST >> 20))
    row("", "worst", "MiB", "page, MB")
    for name, paths in groups.items():
        peaks = [kib for _, kib in ask(program, "peaks", decant, *paths)]
        share, kib, path = max((share_of_bound(path, kib), kib, path)
                               for path, kib in zip(paths, peaks))
        row("%s, %d" % (name, len(paths)), "%.2f" % share, "%.1f" % (kib / 1024),
            "%.2f" % (path.stat().st_size / 1e6))


def page_attacks(decant, program):
    attacks = pages.attacks()
    print("\npages that are meant to cost: the whole library, bar %.1f s" % ATTACK_BAR)
    row("", "MB", "s", "MiB", "of bound")
    times = ask(program, "files", 2, *attacks.values())
    peaks = ask(program, "peaks", decant, *attacks.values())
    for (name, path), (_, taken), (_, kib) in zip(attacks.items(), times, peaks):
        row(name, "%.1f" % (path.stat().st_size / 1e6), "%.3f" % taken, "%.1f" % (kib / 1024),
            "%.2f" % share_of_bound(path, kib), *["over"] * (taken > ATTACK_BAR))


def of_pages(decant, program, data):
    samples, largest = pages.sets(data)
    page_speed(decant, program, samples)
    page_memory(decant, program, {"largest": largest, **samples})
    page_attacks(decant, program)


# ---- records -------------------------------------------------------------------------------------

def record_rows(title, commands, size, count):
    """Elapsed time counts: it is what workers save. MB of what is read, unpacked."""
    print("\n%s, %.1f MB, %d records, median of %d runs in turn" % (title, size / 1e6, count, PAGE_ROUNDS))
    row("", "processor, ms", "elapsed, ms", "MB/s elapsed", "records/s")
    medians = take_turns(commands, PAGE_ROUNDS)
    for name, (cpu, elapsed) in medians.items():
        row(name, "%.0f" % (cpu * 1e3), "%.0f" % (elapsed * 1e3), "%.0f" % (size / 1e6 / elapsed),
            "%.0f" % (count / elapsed))
    return medians


def of_lines(decant, data):
    kind, count, plain, packed = records.write_lines(data)
    size = plain.stat().st_size
    medians = record_rows("JSON Lines: " + kind, {
        "decant -q -j 1": [decant, "-q", "-j", "1", str(plain)],
        "decant -q -j 2": [decant, "-q", "-j", "2", str(plain)],
        "cat | wc -l": ["sh", "-c", "cat %s | wc -l" % plain]}, size, count)
    _, _, many = text.write(data)
    cleaning = take_turns({"files": [decant, "-q", "-j", "1", *map(str, many)]}, PAGE_ROUNDS)["files"]
    whole = sum(path.stat().st_size for path in many)
    row("-j 2 against -j 1", "%.2f" % (medians["decant -q -j 1"][1] / medians["decant -q -j 2"][1]))
    row("a byte, of files' = 1", "%.2f" % ((medians["decant -q -j 1"][0] / size) / (cleaning[0] / whole)))
    record_rows("the same, a part of it, packed", {
        "decant -q -j 1": [decant, "-q", "-j", "1", str(packed)],
        "zcat": ["zcat", str(packed)]}, size // 4, count // 4)


def of_archive(decant, data):
    samples, _ = pages.sets(data)
    paths = next(iter(samples.values()))
    size, archive = records.write_archive(paths)
    record_rows("web archive, packed", {
        "decant -q -j 1": [decant, "-q", "-j", "1", str(archive)],
        "decant -q -j 2": [decant, "-q", "-j", "2", str(archive)],
        "zcat": ["zcat", str(archive)]}, size, len(paths))


def of_records(decant, data):
    of_lines(decant, data)
    of_archive(decant, data)
    print("\nmemory: largest resident set on a stream of %d MiB of JSON Lines" % RECORD_STREAM)
    for jobs in ("1", "2"):
        command = [decant, "-q", "--from", "jsonl", "-j", jobs]
        row("-j " + jobs, "%.1f MiB" % (peak_kib(command, records.stream(RECORD_STREAM)) / 1024))


def main():
    decant, program, data, *only = sys.argv[1:]
    text.FOLDER.mkdir(parents=True, exist_ok=True)
    print("%s, %s" % (cpu_name(), platform.platform()))
    if only in ([], ["text"]):
        speed(decant, data)
        start_up(decant)
        memory(decant)
    if only in ([], ["pages"]):
        of_pages(decant, program, data)
    if only in ([], ["records"]):
        of_records(decant, data)


main()
