#!/usr/bin/env python3
"""Every verifier of a bundle gives the same exit status for the same bundle, and each omission is found by all of them.

Makes bundles of a small log, takes them apart, and asks verify.py, verify.sh (with each awk, without Perl, and under
busybox), the example docs/examples/verify.pl and `wardroomctl audit verify`. The table of statuses is that of
docs/audit-format.md.
"""

import argparse
import base64
import contextlib
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FORKED = pathlib.Path(__file__).resolve().parent.parent / "forked"
sys.path.insert(0, str(FORKED))
from forked import Forked  # noqa: E402
from made_bundle import BEGINS, VERIFY, Device, Key, Log, sha256, write_bundle

HOLDS, FOUND, UNUSABLE = 0, 1, 2
# Hundreds of short runs of wardroomctl and verify.py, which are started once and fork for each; some are started, too, and both
# must say the same (started_and_forked). Leaks are looked for by the walks, and what only makes a report readable takes half
# of a run's time.
QUICK = {"ASAN_OPTIONS": "detect_leaks=0:detect_odr_violation=0:malloc_context_size=0:quarantine_size_mb=1"}
ROOT = VERIFY.parent.parent.parent
BEGIN, END = "<!-- made by tests/bundles/verifiers_test.py -->", "<!-- end -->"
AWKS = {"gawk --posix": "gawk", "mawk": "mawk", "busybox awk": "busybox"}
PATH = "/usr/local/bin:/usr/bin:/bin"
# What verify.sh says that it needs, and what every shell has beside it.
TOOLS = ("openssl sha256sum xxd base64 awk sed sort paste head cut xargs mktemp tar tr wc "
         "cat cp dirname mkdir mv rm printf").split()


class Verifiers:
    def __init__(self, wardroomctl, folder):
        self.failed = self.asked = 0
        self.rows = {}  # what was done -> verifier -> what it said
        self.started = {"verify.py": [sys.executable, "-I", VERIFY / "verify.py"], "wardroomctl": [wardroomctl]}
        wardroomctl, script = pathlib.Path(wardroomctl), FORKED / "forked_script.py"
        verify = Forked([sys.executable, "-I", script, VERIFY / "verify.py"], self.environment())
        ctl = Forked([wardroomctl.with_name("forked_" + wardroomctl.name)], self.environment())
        self.forked = {"verify.py": verify, "wardroomctl": ctl}
        self.commands = {
            "verify.py": lambda b, o: [verify, "--bundle", b, *o],
            "wardroomctl": lambda b, o: [ctl, "audit", "verify", "--bundle", b, *o],
            "verify.sh": lambda b, o: ["sh", VERIFY / "verify.sh", *o, b],
        }
        if shutil.which("perl"):
            self.commands["verify.pl"] = lambda b, o: ["perl", ROOT / "docs/examples/verify.pl", *o, b]
        else:
            self.say("perl is missing: docs/examples/verify.pl wasn't tried")
        self.ways = {}  # further ones to run verify.sh: a name -> the shell, and the PATH
        for number, (awk, program) in enumerate(AWKS.items()):
            found = shutil.which(program)
            if not found:
                self.say(f"{program} is missing: ./dev setup installs it")
                continue
            place = pathlib.Path(folder, f"awk{number}")
            place.mkdir()
            if awk == "gawk --posix":
                (place / "awk").write_text(f'#!/bin/sh\nexec {found} --posix "$@"\n')
                (place / "awk").chmod(0o755)
            else:  # busybox goes by the name
                (place / "awk").symlink_to(found)
            self.ways[awk] = ["sh"], f"{place}:{PATH}"
        self.ways["no Perl"] = ["/bin/sh"], self.make_tools(pathlib.Path(folder, "tools"), shutil.which)
        if busybox := shutil.which("busybox"):
            has = subprocess.run([busybox, "--list"], capture_output=True, text=True).stdout.split()
            self.ways["busybox alone"] = [busybox, "sh"], self.make_tools(
                pathlib.Path(folder, "busybox"), lambda tool: busybox if tool in has else shutil.which(tool))

    @staticmethod
    def make_tools(place, find):
        """A folder with just the tools that are needed."""
        place.mkdir()
        for tool in TOOLS:
            if found := find(tool):
                (place / tool).symlink_to(found)
        return str(place)

    @staticmethod
    def environment(path=PATH):
        return {"PATH": path, "HOME": "/nowhere", **QUICK}

    def close(self):
        for forked in self.forked.values():
            forked.close()

    def say(self, sentence):
        self.failed += 1
        print("FAILED: " + sentence)

    def status(self, command, path=PATH):
        if isinstance(command[0], Forked):
            done = command[0].run(*command[1:])
        else:
            done = subprocess.run([str(word) for word in command], capture_output=True, text=True, env=self.environment(path))
        if re.search(r"Traceback|at \S+ line \d|: line \d|cmd\. line|Sanitizer|terminate called", done.stderr) or done.returncode not in (0, 1, 2):
            self.say(f"{command} broke off: {done.stderr}")
        if "All holds" in done.stdout and (done.returncode or "roven:" in done.stdout):
            self.say(f"{command} says that all holds, and more: {done.stdout}")
        self.asked += 1
        return done.returncode, done.stdout + done.stderr

    def expect(self, wanted, what, bundle, *options, every_awk=False):
        for name, command in self.commands.items():
            outcome = self.status(command(bundle, options))
            self.compare(wanted, f"{name}: {what}", outcome)
            self.rows.setdefault(re.sub(r"\d+", "N", what), {}).setdefault(name, set()).add(verdict(*outcome))
        for way, (shell, path) in self.ways.items() if every_awk else ():
            self.compare(wanted, f"verify.sh with {way}: {what}",
                         self.status([*shell, *self.commands["verify.sh"](bundle, options)[1:]], path))

    def compare(self, wanted, what, outcome):
        status, text = outcome
        if status != wanted and status not in (wanted if isinstance(wanted, tuple) else ()):
            self.say(f"{what}: status {status} instead of {wanted}\n{text}")


def verdict(status, text):
    if status != FOUND:
        return ("holds", None, "can't be checked")[status]
    return "wrong" if re.search("does NOT hold|does not hold", text) else "not proven"


def check_table(v):
    """The table of the document is what the verifiers said."""
    document = ROOT / "docs" / "audit-format.md"
    text = document.read_text()
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    names = list(v.commands)
    table = ["", "", f"| bundle | {' | '.join(f'`{name}`' for name in names)} |", "|---" * (len(names) + 1) + "|"]
    table += [f"| {what} | {' | '.join(' or '.join(sorted(said[name])) for name in names)} |"
              for what, said in v.rows.items()]
    made = "\n".join(table) + "\n\n"
    if made == text[begin:end]:
        return
    if os.environ.get("WARDROOM_ACCEPT"):
        document.write_text(text[:begin] + made + text[end:])
    elif "verify.pl" in names:
        v.say("the table of docs/audit-format.md isn't current: ./dev accept rewrites it")


class Changed:
    """A copy of a bundle to be taken apart."""

    def __init__(self, bundle, folder):
        self.bundle, self.place = bundle, pathlib.Path(folder, "changed")

    def __call__(self, **files):
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.bundle, self.place)
        for name, change in files.items():
            file = next(self.place.glob(name + "*") if name != "key" else iter([self.place / "key"]))
            lines = file.read_bytes().split(b"\n")[:-1]
            file.write_bytes(b"".join(line + b"\n" for line in change(lines)))
        return self.place


def office(counted=True, v2_since=0):
    """Two rooms, three people; the third group binds states of both rooms in."""
    log = Log(v2_since=v2_since)
    for number, name in ((7, "ada"), (8, "bob"), (9, "eve")):
        log.named(number, name)
    log.commit([(1, 1, 1, "posted", 7, "the figures are in the safe")], counted)
    log.commit([(2, 1, 1, "posted", 8, "lunch?"), (2, 2, 1, "posted", 9, "soup\nagain")], counted)
    log.commit([(1, 2, 1, "posted", 8, "whose safe? \U0001f511 100% \\n"), (2, 3, 1, "posted", 7, "no", 1)], counted)
    log.commit([(1, 1, 2, "edited", 7, "the figures are gone")], counted)
    log.commit([(1, 3, 1, "posted", 9, "who has them?"), (1, 3, 2, "deleted", 9, "")], counted)
    log.named(7, "ada")
    return log


def without(*numbers):
    return lambda lines: [line for n, line in enumerate(lines) if n not in numbers]


def record_of(message):
    return int(message.split()[4])


def without_groups(records):
    return lambda lines: [line for line in lines if int(line.split()[0]) not in records]


def hide(records):
    return lambda lines: [b" ".join(line.split(b" ", 2)[:2]) + b" -" if int(line.split(b" ")[0]) in records else line
                          for line in lines]


def whole_bundles(v, folder, key):
    log = office()
    for what, subject in (("everything", {}), ("a room", {"room": 1}), ("a person", {"person": 7}),
                          ("a person in a room", {"room": 1, "person": 8}), ("nobody who wrote", {"person": 99}),
                          ("a range", {"room": 1, "first": 5, "last": 7})):
        bundle = write_bundle(log, pathlib.Path(folder, "whole-" + what.replace(" ", "-")), key, **subject)
        v.expect(HOLDS, what, bundle, every_awk=True)
        lines = (bundle / "messages.txt").read_text().splitlines()
        for n in range(len(lines)):
            omit(v, folder, bundle, [n], f"{what} without state {n}")
        for n in range(len(lines)):
            for m in range(n):
                omit(v, folder, bundle, [m, n], f"{what} without states {m} and {n}", briefly=True)
        authors = {n: bytes.fromhex(line.split()[6])[16:].split(b"\n")[3 if line.split()[3] == "posted" else 4]
                   for n, line in enumerate(lines)}
        for author in set(authors.values()):
            omit(v, folder, bundle, [n for n in authors if authors[n] == author], f"{what} without author {int(author)}")


def omit(v, folder, bundle, numbers, what, briefly=False):
    """Takes states away; then with their groups; then with their records, too."""
    changed = Changed(bundle, folder)
    messages = (bundle / "messages.txt").read_text().splitlines()
    records = {record_of(messages[n]) for n in numbers}
    if not briefly:
        v.expect(FOUND, what, changed(messages=without(*numbers)))
    rest = [n for n, line in enumerate(messages) if record_of(line) in records]
    v.expect(FOUND, what + ", with their groups", changed(messages=without(*rest), groups=without_groups(records)))
    if briefly:
        return
    # Of the last one that counts the subject only the record of the export speaks.
    linked = [int(line.split(b" ")[0]) for line in (bundle / "records.txt").read_bytes().splitlines() if b"committed" in line]
    if max(linked) in records and len(numbers) == 1 and "everything" not in what:
        what = re.sub(r"without.*", "without its last state", what)
    v.expect(FOUND, what + ", with their records hidden",
             changed(messages=without(*rest), groups=without_groups(records), records=hide(records)),
             every_awk="last" in what)


def chain_ends(v, folder, key):
    """The record of the export names the last record that counts the subject."""
    number = iter(range(100))

    def bundle(log, **more):
        return write_bundle(log, pathlib.Path(folder, f"end{next(number)}"), key, **{"room": 1, **more})

    v.expect(FOUND, "a room, as earlier versions exported it", bundle(office(), exported=None), every_awk=True)
    log = office()
    earlier = log.export(room=1)
    before = (bundle(log, exported=earlier) / "export.txt").read_bytes().split(b"\n")[:-1]
    log.commit([(1, 4, 1, "posted", 7, "never mind")])
    last = {earlier + 1}
    v.expect(FOUND, "the record of an earlier export", bundle(log, exported=earlier))
    v.expect(FOUND, "the record of an earlier export, under the head of then",
             Changed(bundle(log, exported=earlier), folder)(export=lambda lines: before))
    v.expect(FOUND, "the record of an earlier export, what came since hidden", Changed(bundle(log, exported=earlier), folder)(
        messages=lambda lines: lines[:-1], groups=without_groups(last), records=hide(last)), every_awk=True)
    v.expect(HOLDS, "a bundle up to an earlier export", bundle(log, exported=earlier, last=earlier))
    for what, said in (
            ("the record of another room's export", {"room": 2}),
            ("the record of a person's export", {"person": 7}),
            ("the record of a person's export in the room", {"room": 1, "person": 7}),
            ("the record of an export of everything", {}),
            ("a record that names no end", {"room": 1, "chain_end": None}),
            ("a record that says that nothing counts the subject", {"room": 1, "chain_end": -1}),
            ("a record that names an earlier end", {"room": 1, "chain_end": earlier - 2}),
            ("a record that names a later end", {"room": 1, "chain_end": earlier + 2})):
        log = office()
        log.export(room=1)
        log.commit([(1, 4, 1, "posted", 7, "never mind")])
        v.expect(FOUND, what, bundle(log, exported=log.export(**said)), every_awk="end" in what)
    whole = bundle(office())
    changed = Changed(whole, folder)
    for what, change in {
        "a byte of the export's record": lambda lines: [lines[0].replace(b'"chain_end":8', b'"chain_end":6'), *lines[1:]],
        "a byte of the export's hash": lambda lines: [lines[0][:3] + bytes([lines[0][3] ^ 1]) + lines[0][4:], *lines[1:]],
        "a node of the export fewer": lambda lines: lines[:-1], "no node of the export": lambda lines: lines[:1],
        "another node of the export": lambda lines: lines[:-1] + [lines[-1][:-4] + b"0000"],
        "an empty export.txt": lambda lines: [], "nothing of use in export.txt": lambda lines: [b"something else"],
    }.items():
        v.expect(FOUND, what, changed(export=change), every_awk="byte" in what)
    # A record that is under the head, with what leads to it, and is another one.
    log = office()
    v.expect(FOUND, "another record as the export's", bundle(log, exported=log.named(7, "ada")))
    log = office()
    everything = bundle(log, room=None, exported=log.export())
    v.expect(HOLDS, "everything, with the record of its export", everything)
    v.expect(FOUND, "everything, with a record of its export that isn't proven",
             Changed(everything, folder)(export=lambda lines: lines[:1]))
    v.expect(HOLDS, "a person who wrote nothing in the range", bundle(office(), room=None, person=8, first=7), every_awk=True)


def tampered_bundles(v, folder, key):
    bundle = write_bundle(office(), pathlib.Path(folder, "tampered"), key, room=1)
    changed = Changed(bundle, folder)
    flip = lambda n, at=-1: lambda lines: [
        line if i != n else line[:at % len(line)] + (b"1" if line[at:at + 1 or None] == b"0" else b"0")
        + line[at % len(line) + 1:] for i, line in enumerate(lines)]
    for what, files in {
        "a byte of a record": {"records": flip(0, 30)}, "no first record": {"records": without(0)},
        "a hidden hash": {"records": flip(1, 20)}, "no last record": {"records": lambda lines: lines[:-1]},
        "two records swapped": {"records": lambda lines: lines[:2] + [lines[3], lines[2]] + lines[4:]},
        "a byte of a text": {"messages": flip(0)}, "a state twice": {"messages": lambda lines: lines + lines[:1]},
        "another version": {"messages": lambda lines: [lines[0].replace(b" 1 posted", b" 2 edited")] + lines[1:]},
        "a hash of a group": {"groups": flip(0)}, "an edge too many": {"edges": lambda lines: lines + [b"3 9 " + b"0" * 64]},
        "another root": {"checkpoint": flip(2, 3)}, "another size": {"checkpoint": flip(1)},
        "another signature": {"checkpoint": flip(4, -9)},
        "a state not in the log": {"messages": lambda lines: lines[:-1] + [
            b" ".join(lines[-1].split()[:4] + [b"-", b"-"] + lines[-1].split()[6:])]},
        "another subject": {"case": lambda lines: [b"room: 2 other" if line.startswith(b"room") else line for line in lines]},
        "everything for a subject": {"case": lambda lines: lines[:2]},
    }.items():
        v.expect(FOUND, what, changed(**files), every_awk="state" in what)
    for name in ("checkpoint", "key", "key.pem", "records.txt", "edges.txt", "groups.txt", "messages.txt", "case.txt"):
        place = changed()
        (place / name).unlink()
        v.expect(UNUSABLE, "no " + name, place)
    v.expect(UNUSABLE, "no bundle", pathlib.Path(folder, "nowhere"))
    v.expect(HOLDS, "other files for reading", changed(case=lambda lines: lines + [b"reason: none"]))


# Lines that nobody misses, by the file: how they begin. docs/audit-format.md says why.
MISSED_BY_NOBODY = {"case.txt": (b"about: ", b"format: "), "witnesses.txt": (b"",)}


def each_line(v, folder, key):
    """Each file of a bundle without each of its lines in turn."""
    old = Key(folder, "before")
    text = f"office.test/wardroom\nwardroom audit key rotation v1\n3\n{key.text}\n"
    log, devices = office(), [Device(folder, n) for n in (20, 21)]
    made_known = [log.record("audit.witness_added", {"after": {"key": device.text}}) for device in devices]
    last = log.named(8, "bob")
    log.export(room=1, first=3, last=last)
    exported = len(log.lines) - 1
    for n in range(5):
        log.named(7 + n % 3, "ada")
    # Something stands on both sides of the range, and behind the record of the export.
    bundle = write_bundle(log, pathlib.Path(folder, "lines"), key, room=1, first=3, last=last, exported=exported,
                          rotations=[text + "\n" + old.line(text) + key.line(text)])
    (bundle / "witnesses.txt").write_text("".join(d.entry(log, r, len(log.lines)) + "\n" for d, r in zip(devices, made_known)))
    v.expect(HOLDS, "a range of a room, with a key before and devices", bundle, "--key", old.text, every_awk=True)
    changed = Changed(bundle, folder)
    for file in sorted(bundle.iterdir()):
        for n, line in enumerate(file.read_bytes().split(b"\n")[:-1]):
            held = line.startswith(MISSED_BY_NOBODY.get(file.name, ()))
            v.expect(HOLDS if held else (FOUND, UNUSABLE), f"a range of a room without a line of {file.name}"
                     + (", which nobody misses" if held else ""), changed(**{file.name: without(n)}), "--key", old.text)


def old_and_doubtful_logs(v, folder, key):
    v.expect(FOUND, "a room of a log that doesn't count",
             write_bundle(office(counted=False), pathlib.Path(folder, "uncounted"), key, room=1), every_awk=True)
    v.expect(HOLDS, "everything of a log that doesn't count",
             write_bundle(office(counted=False), pathlib.Path(folder, "uncounted-all"), key))
    late = office(counted=False)
    late.commit([(1, 4, 1, "posted", 7, "from now on")])
    v.expect(FOUND, "a room of a log that counts since later", write_bundle(late, pathlib.Path(folder, "late"), key, room=1))
    v.expect(HOLDS, "what came since", write_bundle(late, pathlib.Path(folder, "since"), key, room=1, first=10))
    for jump, where, wanted in ((None, "", FOUND), ("server.clock_jump", " where the clock was set", HOLDS),
                                ("server.clock_confirmed", " where somebody said that the clock is right", HOLDS)):
        log = office()
        if jump:
            log.record(jump, {}, ms=3000)
        log.commit([(1, 4, 1, "posted", 7, "as if it had been earlier")], ms=3100)
        bundle = write_bundle(log, pathlib.Path(folder, f"falling-{jump}"), key, room=1)
        v.expect(wanted, "a time that falls" + where, bundle, every_awk=True)
        for name, command in v.commands.items():
            said = f"lock was set at record {len(log.lines) - 3} ({jump})" in v.status(command(bundle, []))[1]
            if said != bool(jump):
                v.say(f"{name} doesn't say where the clock was set, or says so of no place")
    # What said so was pruned, by a version that did: the messages behind it bear old times.
    log = office()
    jump = log.record("server.clock_jump", {}, ms=3000)
    log.commit([(1, 4, 1, "posted", 7, "as if it had been earlier")], ms=3100)
    log.record("audit.pruned", {"after": {"before": 3050, "first": jump, "last": jump, "count": 1}}, ms=3200)
    v.expect(FOUND, "a time that falls where a record was pruned",
             write_bundle(log, pathlib.Path(folder, "falling-pruned"), key, room=1, pruned=(jump,)), every_awk=True)


def forms(v, folder, key):
    """Messages bind more in from one record on; none is taken in its old form behind it."""
    def bundle(name, log):
        return write_bundle(log, pathlib.Path(folder, "forms-" + name), key)

    old = office(v2_since=None)
    v.expect(HOLDS, "everything of a log whose messages have the old form", bundle("old", old), every_awk=True)
    old.v2_since = len(old.lines)
    old.commit([(1, 4, 1, "posted", 7, "from now on", 3), (1, 2, 2, "edited", 8, "my safe")])
    v.expect(HOLDS, "everything of a log whose messages have the new form since later", bundle("later", old), every_awk=True)
    old.commit([(1, 5, 1, "posted", 7, "as it was")], form=1)
    v.expect(FOUND, "a message of the old form behind the first record of the new one", bundle("downgraded", old), every_awk=True)
    for what, since in (("a record of messages that names no form behind the first one of the new form", None),
                        ("a record that names another record as the first of the new form", 4),
                        ("a record that names a later one as the first of the new form", 99)):
        log = office()
        log.v2_since = since
        log.commit([(1, 4, 1, "posted", 7, "quietly")])
        v.expect(FOUND, what, bundle(f"{since}", log), every_awk=True)
    whole = bundle("whole", office())
    answers = bytes.fromhex([line for line in (whole / "messages.txt").read_text().splitlines()
                             if line.startswith("2 3 1 ")][0].split()[6])
    moved = answers[:16] + answers[16:].replace(b"\n1\n0199", b"\n2\n0199")
    if moved == answers:
        v.say("the message that answers another one isn't there")
    v.expect(FOUND, "a message that answers another one", Changed(whole, folder)(
        messages=lambda lines: [line.replace(answers.hex().encode(), moved.hex().encode()) for line in lines]))
    _, text = v.status([sys.executable, "-I", VERIFY / "verify.py", "--bundle", whole, "--show"])
    if "<ada> [answers #1] no" not in text:
        v.say("--show doesn't say what a message answers: " + text)


def files(v, folder, key):
    """Names, sizes and hashes of what messages carry are bound in, in the line that was kept for them."""
    log = office()
    digest = hashlib.sha256(b"the plan").hexdigest()
    line = f"8 {digest} the plan.txt\t0 {hashlib.sha256(b'').hexdigest()} empty"
    log.commit([(1, 4, 1, "posted", 7, "", "", line), (1, 5, 1, "posted", 7, "as well", 4, "a form of later times")])
    whole = write_bundle(log, pathlib.Path(folder, "files"), key)
    v.expect(HOLDS, "messages with files", whole, every_awk=True)
    for what, old, new in (("another name", "the plan.txt", "the plot.txt"), ("another size", "8 " + digest, "9 " + digest),
                           ("another hash", digest, hashlib.sha256(b"the plot").hexdigest()), ("a file less", line, line.split("\t")[0]),
                           ("no files", line, ""), ("two files made one", "\t0 ", " 0 ")):
        swap = lambda lines, old=old, new=new: [row.replace(old.encode().hex().encode(), new.encode().hex().encode()) for row in lines]
        v.expect(FOUND, "of a message's files " + what, Changed(whole, folder)(messages=swap))
    _, text = v.status([sys.executable, "-I", VERIFY / "verify.py", "--bundle", whole, "--show"])
    if f"[the plan.txt, 8 bytes, SHA-256 {digest}] [empty, 0 bytes" not in text:
        v.say("--show doesn't name the files of a message: " + text)


# With each awk, one of each kind.
EVERY_AWK = ("one byte flipped", "one left out", "one more, which no message carries", "a line of carried.txt twice")


def carried_files(v, folder, key):
    """The bytes of what messages carry, in bundles that take them along: whatever is done to one of them is found."""
    log = office()
    plan, empty, roof = b"the plan", b"", bytes(range(256)) * 300
    line = lambda *files: "\t".join(f"{len(content)} {hashlib.sha256(content).hexdigest()} {name}" for name, content in files)
    log.commit([(1, 4, 1, "posted", 7, "two", "", line(("the plan.txt", plan), ("nothing", empty))),
                (1, 5, 1, "posted", 8, "", 4, line(("roof.png", roof), ("again.txt", plan))),
                (1, 6, 1, "posted", 8, "not read by anybody yet", "", "a form of later times"),
                (2, 4, 1, "posted", 8, "elsewhere", "", line(("elsewhere", b"elsewhere")))])
    contents = [plan, empty, roof]
    whole = write_bundle(log, pathlib.Path(folder, "carried"), key, room=1, carried=contents)
    v.expect(HOLDS, "files taken along", whole, every_awk=True)
    v.expect(HOLDS, "a bundle of everything with files taken along",
             write_bundle(log, pathlib.Path(folder, "carried_all"), key, carried=[*contents, b"elsewhere"]), every_awk=True)
    changed = Changed(whole, folder)
    name = lambda content: "file-" + hashlib.sha256(content).hexdigest()

    def with_file(content, bytes_, lines=None, under=None):
        place = changed(**({"carried": lines} if lines else {}))
        (place / name(content)).unlink(missing_ok=True)
        if bytes_ is not None:
            (place / (under or name(content))).write_bytes(bytes_)
        return place

    without_line = lambda content: lambda lines: [l for l in lines if not l.startswith(hashlib.sha256(content).hexdigest().encode())]
    swap = lambda old, new: lambda lines: [l.replace(old, new) for l in lines]
    more = b"%s 5 here" % hashlib.sha256(b"extra").hexdigest().encode()
    for what, make in {
        "one byte flipped": lambda: with_file(roof, roof[:-1] + bytes([roof[-1] ^ 1])),
        "the last byte cut off": lambda: with_file(roof, roof[:-1]),
        "a byte more": lambda: with_file(roof, roof + b"\n"),
        "another one in its place": lambda: with_file(roof, plan),
        "nothing in its place": lambda: with_file(roof, b""),
        "a byte in an empty one": lambda: with_file(empty, b"x"),
        "one left out": lambda: with_file(roof, None),
        "one under another name": lambda: with_file(roof, roof, under=name(b"roof")),
        "one more, which carried.txt doesn't name": lambda: with_file(b"extra", b"extra"),
        "one more, which no message carries": lambda: with_file(b"extra", b"extra", lambda lines: lines + [more]),
        "one called gone that is here": lambda: changed(carried=swap(b"8 here", b"8 gone")),
        "another size in carried.txt": lambda: changed(carried=swap(b" 8 here", b" 9 here")),
        "a line of carried.txt twice": lambda: changed(carried=lambda lines: lines + lines[:1]),
        "a line of carried.txt that is none": lambda: changed(carried=swap(b"8 here", b"8 there")),
        "an empty carried.txt": lambda: changed(carried=lambda lines: []),
        "another hash in its message and in carried.txt": lambda: changed(
            carried=swap(hashlib.sha256(plan).hexdigest().encode(), hashlib.sha256(b"the plot").hexdigest().encode()),
            messages=swap(hashlib.sha256(plan).hexdigest().encode().hex().encode(), hashlib.sha256(b"the plot").hexdigest().encode().hex().encode())),
    }.items():
        v.expect(FOUND, "files taken along: " + what, make(), every_awk=what in EVERY_AWK)
    v.expect(FOUND, "files taken along: one left out, and its line", with_file(roof, None, without_line(roof)))
    v.expect(FOUND, "files taken along: one gone, as the server says",
             with_file(roof, None, swap(b"%d here" % len(roof), b"%d gone" % len(roof))))
    bare = changed()
    for file in bare.glob("file-*"):
        file.unlink()
    (bare / "carried.txt").unlink()
    v.expect(FOUND, "files taken along: all of them and carried.txt left out", bare)
    unsaid = changed()
    (unsaid / "carried.txt").unlink()
    v.expect(FOUND, "files taken along: carried.txt alone left out", unsaid)


def pruned_logs(v, folder, key):
    log = office()
    log.record("audit.pruned", {"after": {"before": 1, "first": 1, "last": 2, "count": 2}})
    for what, pruned, wanted in (("those pruned of which a record tells", (1, 2), HOLDS), ("one more pruned", (1, 2, 3), FOUND),
                                 ("one fewer pruned", (1,), FOUND), ("another one pruned", (1, 3), FOUND)):
        bundle = write_bundle(log, pathlib.Path(folder, "pruned" + "-".join(map(str, pruned))), key, pruned=pruned)
        v.expect(wanted, what, bundle, every_awk=True)
    lines = pathlib.Path(folder, "log.jsonl")
    for gone, findings in (((1, 2), False), ((1, 2, 3), True)):
        # As an empty line, or left out, as wardroomctl does.
        for text in (b"".join((b"" if n in gone else line) + b"\n" for n, line in enumerate(log.lines)),
                     b"".join(line + b"\n" for n, line in enumerate(log.lines) if n not in gone)):
            lines.write_bytes(text)
            status, said = v.status([sys.executable, "-I", VERIFY / "verify.py", "--log", lines])
            if status != FOUND or ("does NOT hold" in said) != findings:
                v.say(f"verify.py --log of a pruned log, records {gone}: status {status}\n{said}")
    lines.write_bytes(b"".join(line + b"\n" for line in log.lines[:-1]))
    status, said = v.status([sys.executable, "-I", VERIFY / "verify.py", "--log", lines])
    if status != HOLDS:
        v.say(f"verify.py --log of a whole log: status {status}\n{said}")


def keys_and_heads(v, folder, key):
    old, other = Key(folder, "old"), Key(folder, "other")
    text = f"office.test/wardroom\nwardroom audit key rotation v1\n3\n{key.text}\n"
    rotation = text + "\n" + old.line(text) + key.line(text)
    log = office()
    bundle = write_bundle(log, pathlib.Path(folder, "rotated"), key, rotations=[rotation])
    v.expect(HOLDS, "the key", bundle, "--key", key.text)
    v.expect(HOLDS, "the key before", bundle, "--key", old.text, every_awk=True)
    v.expect(FOUND, "a foreign key", bundle, "--key", other.text)
    v.expect(UNUSABLE, "no key", bundle, "--key", "a+b+c")
    half = write_bundle(log, pathlib.Path(folder, "half"), key, rotations=[text + "\n" + old.line(text)])
    v.expect(FOUND, "a rotation that the new key didn't sign", half, "--key", old.text)
    early = Log()
    early.lines = log.lines[:6]
    for name, signer in (("new", key), ("old", old), ("other", other)):
        write_bundle(early, pathlib.Path(folder, "early-" + name), signer)
    head = lambda name: pathlib.Path(folder, "early-" + name, "checkpoint")
    v.expect(HOLDS, "an earlier head", bundle, "--head", head("new"))
    v.expect(FOUND, "a head of a key that isn't known", bundle, "--head", head("old"))
    v.expect(FOUND, "a head of a foreign key", bundle, "--head", head("other"))
    v.expect(HOLDS, "a head of the key before, which is given", bundle, "--key", old.text, "--head", head("old"))
    v.expect(FOUND, "a head of a foreign key, the key before given", bundle, "--key", old.text, "--head", head("other"))
    note = head("new").read_text()
    for what, wrong, wanted in (("a wrong signature", note[:-8] + "AAAA" + note[-4:], FOUND),
                                ("no signature", note.split("\n\n")[0] + "\n\n", FOUND),
                                ("no head", "something else\n", UNUSABLE)):
        file = pathlib.Path(folder, "wrong")
        file.write_text(wrong)
        v.expect(wanted, "a head with " + what, bundle, "--head", file)
    whole = pathlib.Path(folder, "whole.jsonl")
    whole.write_bytes(b"".join(line + b"\n" for line in log.lines))
    garbage = pathlib.Path(folder, "garbage")
    garbage.write_text(note[:-8] + "AAAA" + note[-4:])
    for what, more, wanted in (("and its key", (head("new"), "--key", key.text), HOLDS),
                               ("and no key", (head("new"),), "not proven"),
                               ("of a wrong signature and no key", (garbage,), "not proven"),
                               ("of a wrong signature and the key", (garbage, "--key", key.text), FOUND)):
        status, said = v.status([sys.executable, "-I", VERIFY / "verify.py", "--log", whole, "--head", *more])
        if (status, "All holds" in said, "does NOT hold" in said) != (int(wanted != HOLDS), wanted == HOLDS, wanted == FOUND):
            v.say(f"verify.py --log with a head {what}: status {status}\n{said}")
    early.lines = [early.lines[1], *early.lines[1:]]
    write_bundle(early, pathlib.Path(folder, "early-forged"), key)
    v.expect(FOUND, "a head of another history", bundle, "--head", head("forged"))


def witnesses(v, folder, key):
    log = office()
    devices = [Device(folder, n) for n in range(4)]
    records = [log.record("audit.witness_added", {"after": {"key": device.text}}) for device in devices]
    log.named(8, "bob")
    exported = log.export(room=1)
    bundle = write_bundle(log, pathlib.Path(folder, "witnesses"), key)
    a, b, c, d = devices
    size = len(log.lines)
    lines = [a.entry(log, records[0], size), b.entry(log, records[1], 8), c.entry(log, records[2], 11),
             f"{d.text} {records[3]} 8 -"]

    def written(*changed, into=bundle):
        (into / "witnesses.txt").write_text("".join(line + "\n" for line in changed))
        return into

    for seen in range(1, size + 1):
        v.expect(HOLDS, "a device that vouches", written(a.entry(log, records[0], seen)))
    v.expect(HOLDS, "devices that vouch", written(*lines), every_awk=True)
    for name, command in v.commands.items():
        if "3 of 4 devices vouch" not in (text := v.status(command(bundle, []))[1]):
            v.say(f"{name} doesn't say how many devices vouch: {text}")
    swap = lambda line, at, word: " ".join(word if n == at else w for n, w in enumerate(line.split(" ")))
    forged = b.entry(log, records[1], 8, root=sha256(b"another history"))
    proof = lines[2].split(" ")[7].split(",")
    at = lambda device, record, seen, seconds: device.entry(log, record, seen, seconds=BEGINS + seen + seconds)
    v.expect(HOLDS, "devices whose clocks are minutes off",
             written(at(a, records[0], size, -290), at(b, records[1], 8, 290)), every_awk=True)
    v.expect(FOUND, "a device that vouched before the records were written", written(at(a, records[0], size, -302)),
             every_awk=True)
    v.expect(FOUND, "a device that vouched after what came behind was written", written(at(b, records[1], 8, 302)),
             every_awk=True)
    for what, wrong in {
        "a device's signature over another time": [swap(lines[0], 5, "1795000001")],
        "a device's signature over another size": [swap(lines[1], 3, "9")],
        "another device's signature": [swap(lines[0], 6, lines[1].split(" ")[6])],
        "a device that saw another history": [forged],
        "a device that saw another history of this size": [a.entry(log, records[0], size, root=sha256(b"another"))],
        "a device that saw more": [a.entry(log, records[0], size + 1, root=sha256(b"later"), proof=[])],
        "a device's proof cut short": [swap(lines[2], 7, ",".join(proof[:-1]) or "-")],
        "a device's proof with more": [swap(lines[2], 7, ",".join(proof + proof[-1:]))],
        "a device's proof of other nodes": [swap(lines[2], 7, ",".join(reversed(proof)))],
        "a device twice": [lines[0], lines[0]],
        "a device that its record doesn't name": [swap(lines[0], 1, str(records[1]))],
        "a device with another ID": [lines[0].replace("+", "+0", 1)],
        "a device with a log's key": [swap(lines[0], 0, key.text)],
        "a line that names no device": ["something else"],
    }.items():
        v.expect(FOUND, what, written(*wrong, *lines[3:]), every_awk=True)
    v.expect(HOLDS, "a device left out", written(*lines[1:]))
    (bundle / "witnesses.txt").unlink()
    v.expect(HOLDS, "no witnesses.txt", bundle)
    room = write_bundle(log, pathlib.Path(folder, "witnessed-room"), key, room=1, exported=exported)
    v.expect(HOLDS, "devices whose records aren't shown", written(*lines, into=room))
    note = bundle / "checkpoint"
    root = base64.b64decode(note.read_text().split("\n")[2])
    note.write_text(note.read_text() + b.note_line(size, root, 1795000000) + "— another.example/w1 AAAAAAAAAAA=\n")
    v.expect(HOLDS, "a head with cosignatures", bundle, "--head", note)


def clocks(v, folder, key):
    """What devices vouched for where the server's clock was set: ms of the log, and what a device's clock showed."""
    device, day = Device(folder, 9), 86400

    def bundle(name, size, seconds, *more):
        log = office()
        record = log.record("audit.witness_added", {"after": {"key": device.text}})
        for kind, at in more:
            log.record(kind, {}, ms=int(at * 1000))
        place = write_bundle(log, pathlib.Path(folder, "clocks-" + name), key)
        (place / "witnesses.txt").write_text(device.entry(log, record, size, seconds=BEGINS + seconds) + "\n")
        return place

    size, login, jump, confirmed = len(office().lines) + 1, "auth.login_ok", "server.clock_jump", "server.clock_confirmed"
    # Ahead by a day, and right again.
    ahead = (jump, day), (login, day + 1), (confirmed, 30), (login, 31)
    v.expect(HOLDS, "a device that cosigned after a clock that was ahead had been set back",
             bundle("ahead", size + 4, 32, *ahead), every_awk=True)
    v.expect(HOLDS, "the same, with a record behind it", bundle("ahead-more", size + 4, 32, *ahead, (login, 33)))
    v.expect(FOUND, "a device that cosigned while the clock was ahead", bundle("while", size + 2, 22, *ahead), every_awk=True)
    v.expect(FOUND, "a device that cosigned after it, by a clock that was slow",
             bundle("slow", size + 4, 31 - 302, *ahead), every_awk=True)
    # It can't be told from a right one while the server's clock is behind.
    v.expect(HOLDS, "a device that cosigned after it, by a clock that was fast",
             bundle("fast", size + 4, 31 + 600, *ahead, (jump, 40), (login, 41)), every_awk=True)
    # Behind by a day, and right again: the office began a day before.
    back = (jump, day), (login, day + 1), (jump, 30), (login, 31), (confirmed, day + 5), (login, day + 6)
    v.expect(HOLDS, "a device that cosigned before the clock fell", bundle("fell", size + 2, day + 2, *back), every_awk=True)
    v.expect(HOLDS, "a device that cosigned while the clock was behind", bundle("behind", size + 3, day + 3, *back),
             every_awk=True)
    v.expect(HOLDS, "a device that cosigned after it was right", bundle("right", size + 6, day + 7, *back), every_awk=True)
    v.expect(FOUND, "a device that cosigned after it was right, by a clock that was fast",
             bundle("right-fast", size + 5, day + 600, *back), every_awk=True)
    # What one may bear that was let pass ends with the second, not within it.
    for off, wanted in ((0, HOLDS), (1, FOUND)):
        v.expect(wanted, f"a record that is 300.9 seconds later than a device's clock, and {off} more",
                 bundle(f"second-{off}", size + 1, 100, (login, 400.9 + off)), every_awk=True)


def started_and_forked(v, folder, key):
    """What is forked for each run of this test says what the program says that is started; for each status."""
    whole = write_bundle(office(), pathlib.Path(folder, "started"), key, room=1)
    changed = Changed(whole, folder)
    for wanted, options, make in ((HOLDS, ["--key", key.text], lambda: whole), (FOUND, [], lambda: changed(messages=without(0))),
                                  (FOUND, [], lambda: changed(groups=without(0))), (UNUSABLE, [], lambda: whole / "nowhere")):
        bundle = make()
        for name, program in v.started.items():
            forked, *arguments = v.commands[name](bundle, options)
            outcomes = [v.status([*first, *arguments]) for first in ([forked], program)]
            if outcomes[0] != outcomes[1] or outcomes[1][0] != wanted:
                v.say(f"{name} of {bundle}, forked and started: {outcomes}")


def names(v, folder, key):
    bundle = write_bundle(office(), pathlib.Path(folder, "names"), key)
    (bundle / "people.txt").write_text("7 mallory Mallory\n8 mallory Mallory\n")
    _, text = v.status([sys.executable, "-I", VERIFY / "verify.py", "--bundle", bundle, "--show"])
    if "<ada>" not in text or "mallory" in text:
        v.say("--show takes names from people.txt: " + text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wardroomctl", required=True)
    parser.add_argument("--only", help="one of the groups of cases")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with contextlib.closing(Verifiers(options.wardroomctl, folder)) as v:
            key = Key(folder, "key")
            for cases in (started_and_forked, whole_bundles, chain_ends, tampered_bundles, each_line, old_and_doubtful_logs, forms, files, carried_files,
                          pruned_logs, keys_and_heads, witnesses, clocks, names):
                if options.only in (None, cases.__name__):
                    cases(v, folder, key)
        if not options.only:
            check_table(v)
        print(f"{v.asked} checks, {v.failed} wrong")
        return 1 if v.failed else 0


if __name__ == "__main__":
    sys.exit(main())
