# SPDX-License-Identifier: MIT
"""Measures speed, start-up and memory: bench.py DECANT DATA [MEGABYTES,...]

Speed is processor time (user and system), the median of runs that take turns with cat, wc -w and
grep on the same bytes, so that a busy machine slows all of them alike. Nothing here fails on a
number: the table is for reading.
"""
import os
import platform
import statistics
import subprocess
import sys
import time

import text

ROUNDS = 7
STARTS = 200


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


def peak_kib(decant, megabytes):
    """The program's largest resident set while it reads a stream, asked just before the end."""
    child = subprocess.Popen([decant, "-q"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    for chunk in text.stream(megabytes):
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
    print("speed: %s, %.1f MB, processor time, median of %d runs in turn" % (kind, size, ROUNDS))
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


def memory(decant, sizes):
    print("\nmemory: largest resident set on a made-up stream")
    for megabytes in sizes:
        row("%d MiB" % megabytes, "%.1f MiB" % (peak_kib(decant, megabytes) / 1024))


def main():
    decant, data = sys.argv[1:3]
    sizes = [int(size) for size in (sys.argv[3] if len(sys.argv) > 3 else "64,512,2048").split(",")]
    text.FOLDER.mkdir(parents=True, exist_ok=True)
    print("%s, %s\n" % (cpu_name(), platform.platform()))
    speed(decant, data)
    start_up(decant)
    memory(decant, sizes)


main()
