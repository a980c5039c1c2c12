#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a command on a terminal: `terminal.py stderr COMMAND...` gives it one of 50 columns as standard
error (or stdout, as standard output) and prints what arrives there; `terminal.py broken TEXT
COMMAND...` one as standard input that yields TEXT and then fails with EIO."""
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import tty


def written_to(stream, command):
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 24, 50, 0, 0))
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": None, stream: theirs}
    process = subprocess.Popen(command, **streams)
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


if sys.argv[1] == "broken":
    sys.exit(from_broken(sys.argv[2], sys.argv[3:]))
sys.exit(written_to(sys.argv[1], sys.argv[2:]))
