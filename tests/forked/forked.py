"""Asks a program that is started once and forks for each run: forked_main.cpp, forked_script.py."""

import pathlib
import subprocess
import tempfile


class Forked:
    def __init__(self, command, env):
        self.command = [str(word) for word in command]
        self.folder = tempfile.TemporaryDirectory()
        self.files = [pathlib.Path(self.folder.name, name) for name in ("output", "errors")]
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)

    def run(self, *arguments):
        """As subprocess.run() with the output captured as text."""
        line = "\t".join(map(str, (*self.files, *arguments)))
        if "\n" in line or line.count("\t") != len(arguments) + 1:
            raise ValueError(f"Tabs and line ends can't be passed on: {arguments}")
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.command} ended with {self.process.wait()} instead of running {arguments}")
        return subprocess.CompletedProcess([*self.command, *arguments], int(answer),
                                           *(file.read_text(errors="replace") for file in self.files))

    def __repr__(self):
        return " ".join(self.command)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
        self.folder.cleanup()
