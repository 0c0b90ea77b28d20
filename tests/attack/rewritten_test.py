#!/usr/bin/env python3
"""A log that is rewritten with a forged restoration, without the key and with it: an alarm, and one that stays.

The server is the real one, and so is the witness: wardroomctl, which saw the log before.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from attack import leaf_hash, tree_root
from resealed import Log, insert

VERIFY = pathlib.Path(__file__).resolve().parent.parent.parent / "common" / "evidence" / "verify"
PASSWORD = "correct horse battery\n"


class House:
    def __init__(self, bin_folder, folder):
        self.bin, self.folder, self.data = pathlib.Path(bin_folder), pathlib.Path(folder), pathlib.Path(folder, "data")
        self.environment = dict(os.environ, XDG_CONFIG_HOME=str(self.folder / "config"), TZ="UTC", no_proxy="*")
        self.server = None

    def run(self, program, *arguments, wanted=0, says="", text=None):
        done = subprocess.run([self.bin / program, *map(str, arguments)], input=text, env=self.environment, text=True,
                              capture_output=True, timeout=120)
        all_said = done.stdout + done.stderr
        if done.returncode != wanted or not re.search(says, all_said):
            raise SystemExit(f"{program} {arguments} ended with {done.returncode} instead of {wanted}, or said "
                             f"nothing of \"{says}\":\n{all_said}")
        return done.stdout

    def ctl(self, *arguments, **more):
        return self.run("wardroomctl", *arguments, **more)

    def wait_for(self, program, *arguments, says):
        end = time.monotonic() + 60
        while True:
            done = subprocess.run([self.bin / program, *map(str, arguments)], env=self.environment, text=True,
                                  capture_output=True, timeout=120)
            if re.search(says, done.stdout):
                return
            if time.monotonic() > end:
                raise SystemExit(f"{program} {arguments} never said \"{says}\":\n{done.stdout}{done.stderr}")
            time.sleep(0.2)

    def start(self):
        self.server = subprocess.Popen([self.bin / "wardroomd", "run", "--data", self.data], env=self.environment,
                                       stdout=subprocess.PIPE, stderr=open(self.folder / "server.log", "a"), text=True)
        line = self.server.stdout.readline()
        if not line.startswith("ready"):
            raise SystemExit("The server doesn't start:\n" + (self.folder / "server.log").read_text())
        return int(re.search(r"port=(\d+)", line).group(1))

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait()
            self.server.stdout.close()
            self.server = None

    def refuses_to_start(self, says="aren't those that were signed"):
        self.run("wardroomd", "run", "--data", self.data, wanted=78, says=says)
        self.run("wardroomd", "check", "--data", self.data, wanted=1, says=says)

    def size(self):
        return int(self.ctl("audit", "head").splitlines()[1])

    def live(self):
        self.run("wardroomd", "init", "--data", self.data, "--host", "localhost", "--port", "0")
        port = self.start()
        config = self.data / "wardroom.toml"
        config.write_text(re.sub(r"(?m)^#? *port = .*", f"port = {port}", config.read_text()))
        self.ctl("setup", "--data", self.data, "--user", "lena", "--password-stdin", text=PASSWORD)
        link = self.ctl("user", "add", "tom").strip()
        self.ctl("--profile", "tom", "login", link, "--password-stdin", text=PASSWORD)
        self.ctl("call", "room.create", '{"name":"ops","kind":"public"}')
        for text in ("The invoice was paid.", "By whom?", "By me."):
            self.ctl("say", "ops", text)
        self.ctl("audit", "export", "--bundle", self.folder / "seen.bundle", "--room", "ops", "--reason", "case 1")
        before = self.size()
        self.ctl("say", "ops", "So be it.")
        end = time.monotonic() + 60
        while self.size() <= before:
            if time.monotonic() > end:
                raise SystemExit("No head was signed.")
            time.sleep(0.1)
        self.ctl("who")  # compares with that head and keeps it
        (self.folder / "seen.head").write_text(self.ctl("audit", "head"))
        self.stop()

    # What the machine has and what the witness remembers.
    def save(self):
        for name in ("data", "config"):
            shutil.copytree(self.folder / name, self.folder / "saved" / name, symlinks=True)

    def put_back(self):
        for name in ("data", "config"):
            shutil.rmtree(self.folder / name)
            shutil.copytree(self.folder / "saved" / name, self.folder / name, symlinks=True)

    def expect_alarm(self):
        """Not once: at each connection, and after each start."""
        for _ in range(2):
            self.start()
            for _ in range(2):
                self.ctl("who", wanted=3, says="Tell your auditor|Ask the administrator")
            self.ctl("audit", "verify", wanted=3, says="— localhost/wardroom")
            self.stop()
        self.ctl("audit", "verify", "--data", self.data, "--head", self.folder / "seen.head", wanted=1,
                 says="is not the one of the head|is shorter than the head")


def rewrite(data, with_key, **more):
    """A text is another, a record is gone, and the log itself explains it."""
    log = Log(data)
    log.rewrite_text("The invoice was paid.", "The invoice was not paid.")
    log.delete(log.find("auth.login.ok") or log.find("session.created"))
    log.claim_a_restoration()
    log.seal(signs=with_key, **more)


def attack_without_the_key(house):
    house.put_back()
    rewrite(house.data, with_key=False)
    house.run("wardroomctl", "audit", "verify", "--data", house.data, "--log-only", says="Verified")
    for _ in range(2):
        house.refuses_to_start()
    house.run("wardroomd", "accept-loss", "--data", house.data, "--reason", "looked into, case 4", says="goes on with the log")
    house.expect_alarm()


def attack_while_it_runs(house):
    """Whoever looks after the server is told within seconds, not by the next daily check."""
    house.put_back()
    house.start()
    house.wait_for("wardroomd", "metrics", "--data", house.data, says="(?m)^wardroom_audit_log_differs 0$")
    rewrite(house.data, with_key=False)
    house.wait_for("wardroomd", "metrics", "--data", house.data, says="(?m)^wardroom_audit_log_differs 1$")
    house.stop()
    house.refuses_to_start()

    # Nothing that was signed is touched, so no PC finds it.
    house.put_back()
    house.start()
    house.wait_for("wardroomctl", "stats", says="people online")
    append(house.data)
    house.wait_for("wardroomctl", "stats", says="ALARM The audit log in wardroom.db isn't the one")
    house.stop()
    if taken_up(house.data) != 0:
        raise SystemExit("A start after an orderly stop says that it took up records.")
    house.start()
    house.stop()
    if taken_up(house.data) == 0:
        raise SystemExit("The start doesn't say that it took up what somebody appended.")


def append(data):
    """One more record behind all others, with its hash and its tree, by whoever can write the database."""
    db = sqlite3.connect(data / "wardroom.db", isolation_level=None, timeout=60)
    db.row_factory = sqlite3.Row
    db.execute("BEGIN IMMEDIATE")
    row = dict(db.execute("SELECT * FROM audit_records ORDER BY idx DESC LIMIT 1").fetchone())
    said = json.loads(row["line"])
    said["idx"] = row["idx"] = row["idx"] + 1
    row["line"] = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
    row["leaf"] = leaf_hash(row["line"].encode())
    insert(db, "audit_records", row)
    _, nodes = tree_root([leaf for (leaf,) in db.execute("SELECT leaf FROM audit_records ORDER BY idx")])
    (known,) = db.execute("SELECT count(*) FROM audit_nodes").fetchone()
    db.executemany("INSERT INTO audit_nodes (number, hash) VALUES (?, ?)", list(enumerate(nodes))[known:])
    db.execute("COMMIT")
    db.close()


def taken_up(data):
    """How many records no head covered at the newest start, as its record says."""
    db = sqlite3.connect(data / "wardroom.db")
    (line,) = db.execute("SELECT line FROM audit_records WHERE type = 'server.started' ORDER BY idx DESC LIMIT 1").fetchone()
    db.close()
    return json.loads(line)["after"]["taken_up"]


def attack_with_an_own_key(house):
    """A head of one's own, by a key that the table calls one of the office's: in the file, and where the server runs."""
    own = bytes(range(32))
    house.put_back()
    rewrite(house.data, with_key=True, own=own)
    for _ in range(2):
        house.refuses_to_start("wasn't signed by this log's key")

    house.put_back()
    house.start()
    rewrite(house.data, with_key=True, own=own, keeps=False)
    house.stop()  # looks at the newest head once more
    with sqlite3.connect(house.data / "wardroom.db") as db:
        db.execute("DELETE FROM audit_keys WHERE number = -1")
    db.close()
    for _ in range(2):
        house.refuses_to_start()


def attack_with_the_key(house):
    house.put_back()
    rewrite(house.data, with_key=True)
    house.run("wardroomctl", "audit", "verify", "--data", house.data, "--log-only", says="Verified")
    house.expect_alarm()
    export_evidence(house)


def attack_with_another_key_everywhere(house):
    """Somebody's key in the place of the office's, in the table and among the files: nothing on the machine contradicts it."""
    house.put_back()
    rewrite(house.data, with_key=True, own=bytes(range(1, 33)), everywhere=True)
    house.run("wardroomctl", "audit", "verify", "--data", house.data, "--log-only", says="Verified")
    house.expect_alarm()


def export_evidence(house):
    """A bundle of the log that was sealed again agrees with itself, and not with one of before, whose head devices cosigned."""
    seen, made = house.folder / "seen.bundle", house.folder / "rewritten.bundle"
    shutil.rmtree(made, ignore_errors=True)
    memory, kept = house.folder / "config" / "wardroom" / "witness.json", house.folder / "witness.json"
    memory.rename(kept)  # who exports it remembers nothing
    house.start()
    house.ctl("audit", "export", "--bundle", made, "--room", "ops", "--reason", "case 2")
    house.stop()
    kept.rename(memory)
    if not any(len(line.split()) > 4 for line in (seen / "witnesses.txt").read_text().splitlines()):
        raise SystemExit("No device had cosigned the head of the bundle of before.")
    for heads, wanted, says in (((), 0, "All holds"), (("--head", seen / "checkpoint"), 1, "does NOT hold")):
        done = subprocess.run([sys.executable, "-I", VERIFY / "verify.py", "--bundle", made, *heads], capture_output=True, text=True)
        if done.returncode != wanted or says not in done.stdout:
            raise SystemExit(f"verify.py {heads} ended with {done.returncode}: {done.stdout}{done.stderr}")
        house.ctl("audit", "verify", "--bundle", made, *heads, wanted=wanted)


def settle(house):
    """Only a person with the right ends it, on record, and what was seen stays."""
    house.start()
    house.ctl("audit", "accept-head", wanted=2, says="reason")
    house.ctl("--profile", "tom", "audit", "accept-head", "--reason", "I want to chat", wanted=1, says="Only auditors")
    house.ctl("who", wanted=3)
    house.ctl("audit", "accept-head", "--reason", "case 4 is closed", says="watched from now on")
    house.ctl("who", says="lena")
    house.ctl("--json", "audit", "query", "--type", "audit.head_accepted", says="case 4 is closed")
    kept = (house.folder / "config" / "wardroom" / "witness.json").read_text()
    seen = (house.folder / "seen.head").read_text().splitlines()[2]
    if "case 4 is closed" not in kept or seen[:20] not in kept:
        raise SystemExit("What was seen before, or the reason, isn't kept: " + kept)
    house.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="where wardroomd and wardroomctl are")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        house = House(options.bin, folder)
        try:
            house.live()
            house.save()
            attack_without_the_key(house)
            attack_while_it_runs(house)
            attack_with_an_own_key(house)
            attack_with_another_key_everywhere(house)
            attack_with_the_key(house)
            settle(house)
        finally:
            house.stop()
    print("Rewritten without the key and with it: an alarm that stayed until a person settled it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
