#!/usr/bin/env python3
"""`wardroomctl witness` as a server for any log: requests and cosignatures are made and checked with openssl and hashlib
alone, as c2sp.org/tlog-witness and c2sp.org/tlog-cosignature say; and it is killed while it signs."""

import argparse
import base64
import hashlib
import http.client
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "bundles"))
from made_bundle import ORIGIN, Key, consistency, leaf_hash, levels_of  # noqa: E402

NAME = "witness.example.org/w1"
LEAVES = [leaf_hash(b"record %d" % n) for n in range(300)]
OTHER = [leaf_hash(b"another %d" % n) for n in range(300)]
failed = 0


def check(holds, what):
    global failed
    if not holds:
        failed += 1
        print("FAILED: %s" % what)


def head_text(size, leaves=LEAVES, more="", origin=ORIGIN):
    root = levels_of(leaves[:size])[-1][0] if size else hashlib.sha256(b"").digest()
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n{more}"


def body_of(old, note, proof):
    return "".join([f"old {old}\n", *(base64.b64encode(node).decode() + "\n" for node in proof), "\n", note]).encode()


class Witness:
    def __init__(self, program, state, *more):
        self.process = subprocess.Popen(
            [program, "witness", "--state", state, "--listen", "127.0.0.1:0", *more],
            stdout=subprocess.PIPE, text=True, env={"HOME": str(state), "PATH": "/usr/bin:/bin"})
        self.key = self.process.stdout.readline().split(" ")[1].strip()
        self.port = int(re.search(r"port (\d+)", self.process.stdout.readline())[1])
        self.connection = None

    def ask(self, body, method="POST", path="/add-checkpoint"):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.connection.request(method, path, body)
        answer = self.connection.getresponse()
        return answer.status, answer.getheader("Content-Type"), answer.read().decode()

    def stop(self, kill=False):
        (self.process.kill if kill else self.process.terminate)()
        return self.process.wait()


class Office:
    """A log that has its heads cosigned."""

    def __init__(self, folder):
        self.folder, self.key, self.other = pathlib.Path(folder), Key(folder, "log"), Key(folder, "stranger")

    def request(self, old, size, leaves=LEAVES, proof=None, key=None, more=""):
        proof = (consistency(old, leaves[:size]) if old else []) if proof is None else proof
        return body_of(old, (key or self.key).sign(head_text(size, leaves, more)), proof)

    def cosigned_at(self, witness_key, text, line):
        """When the witness cosigned the head, as openssl sees it; nothing when it didn't."""
        name, key_id, typed = witness_key.split("+", 2)
        typed = base64.b64decode(typed)
        found = re.fullmatch("— (\\S+) (\\S+)\n", line)
        if not found or found[1] != name or typed[:1] != b"\4":
            return None
        blob = base64.b64decode(found[2])
        wanted = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
        if blob[:4] != wanted or wanted.hex() != key_id or len(blob) != 4 + 8 + 64:
            return None
        seconds = int.from_bytes(blob[4:12], "big")
        der = bytes.fromhex("302a300506032b6570032100") + typed[1:]
        for file, content in (("pem", b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(der) + b"\n-----END PUBLIC KEY-----\n"),
                              ("message", f"cosignature/v1\ntime {seconds}\n{text}".encode()), ("blob", blob[12:])):
            (self.folder / file).write_bytes(content)
        done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", self.folder / "pem", "-rawin", "-in",
                               self.folder / "message", "-sigfile", self.folder / "blob"], capture_output=True)
        return seconds if done.returncode == 0 else None


def refusals(w, office):
    note = office.key.sign(head_text(5))
    for what, body in (("no old size", b"\n" + note.encode()), ("a leading zero", b"old 00\n\n" + note.encode()),
                       ("a sign", b"old +0\n\n" + note.encode()), ("no empty line", b"old 0\n" + note.encode()),
                       ("a proof that isn't base64", b"old 0\nnot a hash\n\n" + note.encode()),
                       ("64 hashes", body_of(0, note, LEAVES[:64])), ("nothing", b""),
                       ("no note", b"old 0\n\nsomething\n"), ("no head", b"old 0\n\n" + office.key.sign("a\nb\nc\n").encode())):
        check(w.ask(body)[0] == 400, f"{what} isn't a 400")
    check(w.ask(office.request(0, 5, key=office.other))[0] == 403, "another key isn't a 403")
    blob = bytearray(base64.b64decode(note.split(" ")[-1]))
    blob[-1] ^= 1
    wrong = f"{head_text(5)}\n— {ORIGIN} {base64.b64encode(blob).decode()}\n"
    check(w.ask(body_of(0, wrong, []))[0] == 403, "a wrong signature isn't a 403")
    unknown = office.key.line(head_text(5, origin="another.example/log"))
    check(w.ask(body_of(0, head_text(5, origin="another.example/log") + "\n" + unknown, []))[0] == 404, "an unknown log isn't a 404")
    check(w.ask(office.request(6, 5, proof=[]))[0] == 400, "an old size over the head's isn't a 400")
    check(w.ask(office.request(0, 5, proof=LEAVES[:1]))[0] == 422, "a proof from nothing isn't a 422")
    check(w.ask(b"", "GET")[0] == 405 and w.ask(b"x", path="/")[0] == 404, "other methods and paths")
    check(w.ask(office.request(3, 5)) == (409, "text/x.tlog.size", "0\n"), "nothing was cosigned, and that isn't said")


def grows(w, office):
    known = 0
    for size in (1, 2, 3, 4, 7, 8, 8, 9, 64, 100, 128, 200):
        before = int(time.time())
        status, _, line = w.ask(office.request(known, size))
        at = office.cosigned_at(w.key, head_text(size), line)
        check(status == 200 and at is not None and before <= at <= time.time(), f"{known} to {size}: {status} {line}")
        if size > known > 1:
            proof = consistency(known - 1, LEAVES[:size])
            check(w.ask(office.request(known - 1, size, proof=proof)) == (409, "text/x.tlog.size", f"{size}\n"), "an old size")
        known = size
    check(w.ask(office.request(known, known, OTHER))[0] == 409, "another head of the same size isn't a 409")
    check(w.ask(office.request(known, 250, OTHER))[0] == 422, "another history isn't a 422")
    proof = consistency(known, LEAVES[:250])
    for what, wrong in (("short", proof[:-1]), ("long", proof + proof[-1:]), ("turned round", proof[::-1]), ("none", [])):
        check(w.ask(office.request(known, 250, proof=wrong))[0] == 422, f"a proof that is {what} isn't a 422")
    status, _, line = w.ask(office.request(known, 250, more="an extension\n"))
    check(status == 200 and office.cosigned_at(w.key, head_text(250, more="an extension\n"), line) is not None, "an extension line")


def killed(program, folder, office):
    """However it ends, it never forgets what it vouched for."""
    state, known = pathlib.Path(folder, "killed"), 0
    for turn in range(12):
        w = Witness(program, state, "--name", NAME, "--log", office.key.text)
        # What it has now is all that it gave away, or one more, of which the answer was lost.
        status, _, text = w.ask(office.request(299, 299))
        has = int(text) if status == 409 else 299
        check(has in (known, known + 1), f"killed {turn}: it knows {has}, and had cosigned {known}")
        known = has
        if known > 1:
            check(w.ask(office.request(known, known, OTHER))[0] == 409, "another history after a kill")
            check(w.ask(office.request(known - 1, known - 1, OTHER))[0] == 409, "an older one after a kill")
        if turn % 2:
            threading.Timer(0.05 + 0.01 * turn, w.process.kill).start()
        try:
            for _ in range(20):
                if w.ask(office.request(known, known + 1))[0] != 200:
                    break
                known += 1
        except (OSError, http.client.HTTPException):
            pass
        w.stop(kill=True)


def state_directory(program, folder, office, state):
    w = Witness(program, state, "--log", office.key.text)
    run = lambda *more: subprocess.run([program, "witness", "--listen", "127.0.0.1:0", "--log", office.key.text, *more],
                                       capture_output=True, text=True, timeout=60, env={"HOME": folder})
    second = run("--state", state)
    check(second.returncode == 1 and "Another witness" in second.stderr, f"two at once: {second}")
    check(w.stop() == 0, "it doesn't end well when it is told to stop")
    other = run("--state", state, "--name", "another.example")
    check(other.returncode == 2 and NAME in other.stderr, f"another name: {other}")
    check(run("--state", pathlib.Path(folder, "fresh")).returncode == 2, "a new witness without a name")
    check(all(file.stat().st_mode & 0o077 == 0 for file in state.iterdir()), "others can read the key")
    check(state.stat().st_mode & 0o077 == 0, "others can look into the directory")
    head = next(state.glob("*.head"))
    head.write_text("something else\n")
    w = Witness(program, state, "--log", office.key.text)
    status, _, text = w.ask(office.request(0, 260))
    check(status == 500 and "damaged" in text, f"it signs though it forgot: {status} {text}")
    w.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wardroomctl", required=True)
    program = parser.parse_args().wardroomctl
    with tempfile.TemporaryDirectory() as folder:
        office, state = Office(folder), pathlib.Path(folder, "state")
        w = Witness(program, state, "--name", NAME, "--log", office.key.text)
        check(w.key.startswith(NAME + "+"), f"the witness's key: {w.key}")
        refusals(w, office)
        grows(w, office)
        key = w.key
        w.stop()
        w = Witness(program, state, "--log", office.key.text)
        check(w.key == key and w.ask(office.request(0, 260)) == (409, "text/x.tlog.size", "250\n"), "it forgot over a restart")
        w.stop()
        killed(program, folder, office)
        state_directory(program, folder, office, state)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
