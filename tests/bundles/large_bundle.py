#!/usr/bin/env python3
"""large_bundle.py DIRECTORY STATES: a bundle of everything with so many states, three a commit, to measure with."""
import pathlib
import sys
import tempfile

from made_bundle import Key, Log, write_bundle

log = Log()
for n in range(0, int(sys.argv[2]), 3):
    log.commit([(1 + m % 4, 1 + m, 1, "posted", 1 + m % 30, f"message {m} says so — and it's {'x' * (m % 60)}")
                for m in range(n, min(n + 3, int(sys.argv[2])))])
with tempfile.TemporaryDirectory() as folder:
    write_bundle(log, pathlib.Path(sys.argv[1]), Key(folder, "key"))
