#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a command on a terminal: `terminal.py stderr COMMAND...` gives it one as standard error and
prints what arrives there; `terminal.py broken TEXT COMMAND...` one as standard input that yields TEXT
and then fails with EIO."""
import os
import pty
import subprocess
import sys
import tty


def on_standard_error(command):
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    while True:
        try:
            seen = os.read(ours, 65536)
        except OSError:
            seen = b""
        if not seen:
            return process.wait()
        os.write(1, seen)


def from_broken(text, command):
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    os.write(theirs, text.encode())
    os.close(theirs)
    return subprocess.run(command, stdin=ours, check=False).returncode


if sys.argv[1] == "stderr":
    sys.exit(on_standard_error(sys.argv[2:]))
sys.exit(from_broken(sys.argv[2], sys.argv[3:]))
