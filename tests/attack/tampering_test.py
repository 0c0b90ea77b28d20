#!/usr/bin/env python3
"""Changes one thing at a time in the files of an office that did all that offices do, and asks its checks.

Without the key: every column of every table, rows, schema and key files; `wardroomd check` or `wardroomctl audit verify
--data` must say that something is wrong. With the key, everything sealed again: a head that was kept elsewhere must
contradict it. What can't be found stands in not_found.py, with its reason. The outcome is docs/tampering.md.
"""

import argparse
import collections
import fnmatch
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

import mutations
from device import Device
from made_office import make_office
from not_found import BEHIND_THE_HEAD, WITHOUT_THE_KEY
from resealed import Log

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "forked"))
from forked import Forked  # noqa: E402

DOCUMENT = HERE.parent.parent / "docs" / "tampering.md"
LEAST = 300  # mutations without the key
# Thousands of short runs of the same two programs: leaks in them are looked for by the walks, and what only makes a report
# readable takes half of a run's time.
QUICK = {"ASAN_OPTIONS": "detect_leaks=0:detect_odr_violation=0:malloc_context_size=0:quarantine_size_mb=1"}


class Checks:
    """The programs that must find it, on a copy of the office that is put right again each time.

    Each is started once and forks for each run, with the objects of the program itself. What is done to the log as a whole,
    and the office that nobody touched, are also shown to the programs that ship: both must say the same.
    """

    def __init__(self, bin_folder, office, folder):
        self.bin, self.office, self.data = bin_folder, office, pathlib.Path(folder, "attacked")
        shutil.copytree(office, self.data, symlinks=True)
        self.check = ["wardroomd", "check", "--data", self.data]
        self.verify = ["wardroomctl", "audit", "verify", "--data", self.data]
        self.environment = os.environ | QUICK
        self.forked = {name: Forked([f"{bin_folder}/forked_{name}"], self.environment) for name in ("wardroomd", "wardroomctl")}
        self.runs = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for forked in self.forked.values():
            forked.close()

    def put_right(self):
        for name in ("wardroom.db-wal", "wardroom.db-shm"):
            (self.data / name).unlink(missing_ok=True)
        shutil.copy(self.office / "wardroom.db", self.data)
        shutil.rmtree(self.data / "keys")
        shutil.copytree(self.office / "keys", self.data / "keys")

    def ask(self, command, also_started=False):
        """Whether it says that something is wrong, and what it says."""
        self.runs += 1
        program, *arguments = map(str, command)
        done = self.forked[program].run(*arguments)
        if also_started:
            started = subprocess.run([f"{self.bin}/{program}", *arguments], capture_output=True, text=True, timeout=120,
                                     errors="replace", env=self.environment)
            # Not the output: in that of a check that finds nothing stands how much of the disk is free.
            if (started.returncode, started.stderr) != (done.returncode, done.stderr):
                raise SystemExit(f"{command} forked and started differ: {done} and {started}")
        said = done.stdout + done.stderr
        # A check that falls over has found nothing.
        if done.returncode not in (0, 1) or "Sanitizer" in said or "terminate called" in said:
            raise SystemExit(f"{command} ended with {done.returncode}:\n{said}")
        return done.returncode == 1, said

    def who_finds(self, also_started=False):
        by_check, by_verify = (self.ask(command, also_started)[0] for command in (self.check, self.verify))
        return {(True, True): "found", (True, False): "`check`", (False, True): "`verify`", (False, False): "no"}[by_check, by_verify]


class Outcome:
    """What was found, by the names of the tamperings."""

    def __init__(self, aloud):
        self.who, self.mistakes, self.aloud = {}, [], aloud

    def note(self, name, who):
        self.who[name] = who
        if self.aloud:
            print(f"{name}: {who}", flush=True)

    def compare(self, listed, heading):
        """Against the list of what can't be found."""
        patterns = [(pattern, reason) for reason, given in listed for pattern in given]
        for name, who in self.who.items():
            matching = [p for p, _ in patterns if fnmatch.fnmatchcase(name, p)]
            if who == "no" and not matching:
                # What can't be told of the newest row can't be told of the oldest either.
                newest = name.replace(" in the oldest row", "")
                matching = [p for p, _ in patterns if fnmatch.fnmatchcase(newest, p)]
            if who == "no" and not matching:
                self.mistakes.append(f"{heading}: nobody finds \"{name}\"")
            if who == "no" and len(matching) > 1:
                self.mistakes.append(f"{heading}: \"{name}\" is listed more than once: {matching}")
            if who not in ("no", "–") and matching:
                self.mistakes.append(f"{heading}: \"{name}\" is listed as not found ({matching[0]}), and is: {who}")
        for pattern, _ in patterns:
            if not any(fnmatch.fnmatchcase(name, pattern) and who == "no" for name, who in self.who.items()):
                self.mistakes.append(f"{heading}: \"{pattern}\" is listed, and there is no such tampering that isn't found")

    def count(self):
        return sum(who != "–" for who in self.who.values())

    def found(self):
        return sum(who not in ("–", "no") for who in self.who.values())


def attack_tables(checks, only):
    outcome = Outcome(only)
    db = sqlite3.connect(checks.office / "wardroom.db")
    empty = [t.name for t in mutations.tables_of(db) if len(t.rows(db)) < 2 and t.name not in ONE_ROW]
    if empty:
        outcome.mistakes.append(f"made_office.py must put at least two rows into: {', '.join(empty)}")
    everything = [*mutations.of_tables(db), *mutations.of_schema(db)]
    db.close()
    for mutation in everything:
        if only and not fnmatch.fnmatchcase(mutation.name, only):
            continue
        checks.put_right()
        try:
            mutations.apply(checks.data / "wardroom.db", mutation)
            outcome.note(mutation.name, checks.who_finds())
        except (mutations.Refused, mutations.Nothing):
            outcome.note(mutation.name, "–")
        except sqlite3.Error as error:
            outcome.mistakes.append(f"{mutation.name}: {error}")
    return outcome


# Tables that an office has one row of, or none.
ONE_ROW = ("audit_text_config",)


def cut_the_end(log, _):
    del log.records[-20:]


def grant_a_role(log, _):
    """A record that says so, and the row to it: neither contradicts anything that was signed."""
    model = log.find("user.role_changed")
    with sqlite3.connect(log.data / "wardroom.db") as db:
        number, name, role = db.execute("SELECT id, name, role FROM users WHERE role = 'member' AND disabled = 0 AND removed = 0"
                                        " ORDER BY id LIMIT 1").fetchone()
        db.execute("UPDATE users SET role = 'admin' WHERE id = ?", (number,))
    db.close()
    log.append(dict(model.said, target={"type": "user", "id": number, "name": name}, before={"role": role}, after={"role": "admin"}))


def only_remove_heads(log, _):
    """The records stay as they are."""


def attack_log(checks, only):
    """The log made to agree with itself, as far as that goes without the key; all heads are removed from it."""
    outcome = Outcome(only)
    ways = {"a record altered": Log.alter, "a record deleted": Log.delete, "a record repeated": Log.repeat, "a record moved": Log.move,
            "its end cut off": cut_the_end, "a restoration claimed": lambda log, _: log.claim_a_restoration(),
            "a role granted behind the newest head": grant_a_role,
            "only its heads removed": only_remove_heads}
    for how, change in ways.items():
        name = f"the log rebuilt: {how}"
        if only and not fnmatch.fnmatchcase(name, only):
            continue
        checks.put_right()
        log = Log(checks.data)
        change(log, log.find("auth.login.fail"))
        log.seal(signs=False)
        outcome.note(name, checks.who_finds(also_started=True))
    return outcome


def attack_witnesses(checks, only):
    """A device that nobody made known vouches for the log, with a key and a signature that are right."""
    outcome = Outcome(only)
    name = "the log vouched for: by a device that nobody made known"
    if only and not fnmatch.fnmatchcase(name, only):
        return outcome
    checks.put_right()
    with sqlite3.connect(checks.data / "wardroom.db") as db:
        size, at, note = db.execute("SELECT size, at, note FROM audit_checkpoints ORDER BY size DESC LIMIT 1").fetchone()
        device = Device("office/pc")
        db.execute("INSERT INTO witnesses (user_id, key, record, heard_at, size, note)"
                   " SELECT user_id, ?, record, heard_at, ?, ? FROM witnesses LIMIT 1",
                   (device.to_string(), size, note + device.cosign(note, at // 1000)))
        if db.execute("SELECT changes()").fetchone()[0] != 1:
            raise SystemExit("The office has no device that vouches.")
    db.close()
    outcome.note(name, checks.who_finds())
    return outcome


def attack_files(checks, only):
    outcome = Outcome(only)
    for file in sorted((checks.office / "keys").iterdir()):
        kind = "audit-….key" if file.name.startswith("audit-") else file.name
        flipped = bytearray(file.read_bytes())
        flipped[len(flipped) // 2] ^= 1
        for how, content in (("deleted", None), ("emptied", b""), ("a bit changed", bytes(flipped))):
            name = f"keys/{kind}: {how}"
            if only and not fnmatch.fnmatchcase(name, only):
                continue
            checks.put_right()
            target = checks.data / "keys" / file.name
            target.unlink()
            if content is not None:
                target.write_bytes(content)
                target.chmod(0o600)
            outcome.note(name, checks.who_finds())
    return outcome


# With the key.

WAYS = {"altered": Log.alter, "deleted": Log.delete, "repeated": Log.repeat, "moved": Log.move}

# What explains empty records, missing or there twice, is seen even where no head is known.
WITHOUT_A_HEAD = ("audit.pruned: deleted", "audit.pruned: repeated")


def attack_with_key(checks, heads, only):
    """Of each type of record the newest under the head; and what comes behind an earlier head."""
    outcome = Outcome(only)
    size = lambda name: int(heads[name].read_text().splitlines()[1])
    below = size("late") - 1  # the stop comes after it
    types = sorted({record.type for record in Log(checks.office).records[:below] if record.said})
    for kind in types:
        for how, change in WAYS.items():
            name = f"{kind}: {how}"
            if only and not fnmatch.fnmatchcase(name, only):
                continue
            checks.put_right()
            log = Log(checks.data)
            record = log.find(kind, below)
            at = log.records.index(record)
            if how == "moved":
                at = max((i for i in range(at) if log.records[i].said), default=-1)
                if at < 0:
                    continue
            at += how == "repeated"  # the first of the two is what stood there
            change(log, record)
            log.seal()
            log_only = [*checks.verify, "--log-only"]
            wrong, said = checks.ask(log_only)
            if wrong != (name in WITHOUT_A_HEAD):
                outcome.mistakes.append(f"{name}: what was sealed again is sound by itself, or isn't, unlike before:\n{said}")
            if wrong:
                outcome.note(name, "found")
                continue
            for head in ("late", "early"):
                found, said = checks.ask([*log_only, "--head", heads[head]])
                if found and "is not the one of the head" not in said and "is shorter than the head" not in said:
                    outcome.mistakes.append(f"{name}: found, and not by the head:\n{said}")
                if at >= size(head):
                    outcome.note(f"behind the head, {name}", "found" if found else "no")
                else:
                    outcome.note(name, "found" if found else "no")
    return outcome


# The document.

def write_table(outcome):
    """One line a column, one for the rows of a table."""
    lines = ["| what | changed | in the oldest row | emptied | swapped with another row's |", "|---|---|---|---|---|"]
    cells = collections.defaultdict(dict)
    for name, who in outcome.who.items():
        what, how = name.split(": ", 1)
        cells[what][how] = who
    for what, hows in cells.items():
        if "swapped" in hows and not what.startswith("schema."):
            lines.append(f"| `{what}` | " + " | ".join(hows.get(h, "–") for h in ("changed", "changed in the oldest row", "emptied", "swapped")) + " |")
    lines += ["", "| table | oldest row deleted | newest row deleted | a row forged |", "|---|---|---|---|"]
    for what, hows in cells.items():
        if "row forged" in hows:
            lines.append(f"| `{what}` | " + " | ".join(hows[h] for h in ("oldest row deleted", "newest row deleted", "row forged")) + " |")
    lines += ["", "| else | |", "|---|---|"]
    for what, who in without_names(outcome).items():
        lines.append(f"| {what} | {who} |")
    return lines


def without_names(outcome):
    """What is no column and no row; the schema's parts, as far as all of a kind are found alike, in one line."""
    kinds = collections.defaultdict(dict)
    rest = {}
    for name, who in outcome.who.items():
        if name.startswith("schema."):
            what, how = name.removeprefix("schema.").split(": ")
            kinds[f"{what.split()[0]}: {how}" if what.split()[0] not in ("a", "an") else f"{what}: {how}"][what] = who
        elif name.startswith(("keys/", "the log")) or ": changed from " in name:
            rest[name] = who
    lines = {}
    for kind, parts in kinds.items():
        if len(set(parts.values())) == 1:
            lines[kind if len(parts) == 1 else f"each {kind}"] = next(iter(parts.values()))
        else:
            lines.update({f"{what}: {kind.split(': ')[1]}": who for what, who in parts.items()})
    return lines | rest


def write_list(listed):
    lines = []
    for reason, patterns in listed:
        lines.append(f"- {reason}: " + ", ".join(f"`{p}`" for p in patterns))
    return lines


def write_document(tables, sealed):
    lines = [INTRODUCTION.strip(), "", "## Without the key", "", WITHOUT.strip(), ""]
    lines += write_table(tables)
    lines += ["", "### What can't be found, and why", ""] + write_list(WITHOUT_THE_KEY)
    lines += ["", "## With the key", "", WITH.strip(), "", "| record under the head | altered | deleted | repeated | moved |", "|---|---|---|---|---|"]
    for kind in sorted({name.split(": ")[0] for name in sealed.who if not name.startswith("behind")}):
        lines.append(f"| `{kind}` | " + " | ".join(sealed.who.get(f"{kind}: {how}", "–") for how in WAYS) + " |")
    lines += ["", "### What can't be found, and why", ""] + write_list(BEHIND_THE_HEAD)
    return "\n".join(lines) + "\n"


INTRODUCTION = """
# Tamperings, and who finds them

Generated by `tests/attack/tampering_test.py`, which does each of these to a copy of an office that did all that offices
do, and asks the checks; `./dev accept` rewrites it. Bundles have a table of their own
([audit-format.md](audit-format.md#tamperings-and-who-finds-them)).
"""

WITHOUT = """
Somebody can write every file but has no key; one thing is changed, past triggers and references. *found*: both
`wardroomd check` and `wardroomctl audit verify --data` end with 1 (`check`, `verify`: only this one does); *no*: neither does, and the reason
stands below; –: SQLite itself refuses it, or an office has nothing of the kind. Rows whose records were pruned are in the office, too.
"""

WITH = """
Somebody has the machine and the key: the log is rewritten, with its hashes, tree, groups and counts, all heads are removed, a new one is
signed, and `keys/newest-head` holds it. Nothing on the machine contradicts that. A head that was kept elsewhere does:
`wardroomctl audit verify --data DIR --head FILE`, and every PC and `wardroomctl` that saw one, by themselves.
"""


def check_document(text):
    if os.environ.get("WARDROOM_ACCEPT"):
        DOCUMENT.write_text(text)
    if not DOCUMENT.exists() or DOCUMENT.read_text() != text:
        found = pathlib.Path(tempfile.gettempdir(), "tampering.md")
        found.write_text(text)
        subprocess.run(["diff", "-u", DOCUMENT, found])
        found.unlink()
        return ["docs/tampering.md isn't current: ./dev accept rewrites it."]
    return []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="where wardroomd, wardroomctl, what forks as they, and served_office are")
    parser.add_argument("--only", help="the names of some tamperings, with *: prints who finds them, and compares nothing")
    parser.add_argument("--keep", help="a folder in which the office is made, or was made before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(options.keep or folder)
        heads = {name: place / f"{name}.head" for name in ("early", "late")}
        began = time.monotonic()
        if not heads["late"].exists():
            _, notes = make_office(f"{options.bin}/served_office", place)
            for name, note in notes.items():
                heads[name].write_text(note)
        made = time.monotonic()
        with Checks(options.bin, place / "restored", folder) as checks:
            for command in (checks.check, checks.verify, [*checks.verify, "--head", heads["early"], "--head", heads["late"]]):
                wrong, said = checks.ask(command, also_started=True)
                if wrong:
                    raise SystemExit(f"The office that nobody touched isn't sound by {command}:\n{said}")
            tables = attack_tables(checks, options.only)
            for more in (attack_log(checks, options.only), attack_witnesses(checks, options.only), attack_files(checks, options.only)):
                tables.who.update(more.who)
            sealed = attack_with_key(checks, heads, options.only)
        mistakes = tables.mistakes + sealed.mistakes
        if not options.only:
            tables.compare(WITHOUT_THE_KEY, "without the key")
            sealed.compare(BEHIND_THE_HEAD, "with the key")
            mistakes = tables.mistakes + sealed.mistakes + check_document(write_document(tables, sealed))
            if tables.count() < LEAST:
                mistakes.append(f"Only {tables.count()} tamperings without the key, and {LEAST} are promised.")
        for mistake in mistakes:
            print(mistake)
        print(f"{tables.count()} tamperings without the key, {tables.found()} found; {sealed.count()} with it, {sealed.found()} found; "
              f"{checks.runs} checks; {made - began:.0f} s for the office, {time.monotonic() - made:.0f} s for the rest")
        return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
