#!/usr/bin/env python3
"""Attacks an audit log with plain SQLite and asks both verifiers whether they notice.

Each attack works on a fresh copy of a whole log and, where it says so, makes everything that is derived (leaf
hashes, the stored tree, indexes) agree again, as somebody would who owns the machine. What they don't have is the
head that was kept elsewhere: both verifiers get it. The untouched log must pass; each attacked one must be found.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
VERIFY = HERE.parent.parent / "common" / "evidence" / "verify" / "verify.py"


def leaf_hash(line):
    return hashlib.sha256(b"\0" + line).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def lines_of(db):
    return [row[0].encode() for row in db.execute("SELECT line FROM audit_records ORDER BY idx")]


def free(db):
    """Whoever owns the file isn't held by triggers."""
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")


def tree_root(leaves):
    """Root, and the complete nodes above the leaves in the order of their completion."""
    stack, nodes = [], []
    for size, leaf in enumerate(leaves, 1):
        stack.append(leaf)
        while size % 2 == 0:
            right = stack.pop()
            stack[-1] = node_hash(stack[-1], right)
            nodes.append(stack[-1])
            size //= 2
    root = stack.pop() if stack else hashlib.sha256(b"").digest()
    while stack:
        root = node_hash(stack.pop(), root)
    return root, nodes


def rewrite_tree(db, keep_heads_below):
    leaves = [row[0] for row in db.execute("SELECT leaf FROM audit_records ORDER BY idx")]
    _, nodes = tree_root(leaves)
    db.execute("DELETE FROM audit_nodes")
    db.executemany("INSERT INTO audit_nodes (number, hash) VALUES (?, ?)", enumerate(nodes))
    db.execute("DELETE FROM audit_checkpoints WHERE size > ?", (keep_heads_below,))


def replace_lines(db, lines, first):
    """The whole log again from `first` on, with everything that follows from the lines."""
    kept = {row[0]: row[1:] for row in db.execute("SELECT idx, last_message, leaves FROM audit_groups")}
    names = [c[1] for c in db.execute("PRAGMA table_info(audit_records)")]
    old = [dict(zip(names, row)) for row in db.execute("SELECT * FROM audit_records ORDER BY idx")]
    by_line = {row["line"].encode(): row for row in old}
    db.execute("DELETE FROM audit_records WHERE idx >= ?", (first,))
    db.execute("DELETE FROM audit_groups WHERE idx >= ?", (first,))
    for idx in range(first, len(lines)):
        before = by_line.get(lines[idx], old[min(idx, len(old) - 1)])
        record = json.loads(lines[idx])
        moved = record["idx"]
        line = lines[idx].replace(b'"idx":%d,' % moved, b'"idx":%d,' % idx, 1)
        target = record.get("target", {})
        row = dict(before, idx=idx, leaf=leaf_hash(line), line=line.decode(), type=record["type"],
                   outcome=record["outcome"], actor_id=record["actor"].get("id"), room_id=record.get("room"),
                   target_user=target.get("id") if target.get("type") == "user" else None,
                   address=record.get("source", {}).get("ip"))
        db.execute(f"INSERT INTO audit_records ({','.join(names)}) VALUES ({','.join('?' * len(names))})",
                   [row[n] for n in names])
        if record["type"] == "messages.committed" and moved in kept:
            db.execute("INSERT OR REPLACE INTO audit_groups VALUES (?, ?, ?)", (idx, *kept[moved]))
    rewrite_tree(db, first)


def forged(line, rng):
    """The same record with somebody else's name, as long as before."""
    record = json.loads(line)
    record["actor"] = {"type": "user", "id": rng.randrange(900, 999), "name": "mallory", "role": "admin"}
    record.pop("reason", None)
    return json.dumps(record, separators=(",", ":")).encode()


# Each attack takes the open database and a random generator.

def flip_a_byte_of_a_line(db, rng):
    n = rng.randrange(db.execute("SELECT count(*) FROM audit_records").fetchone()[0])
    line = bytearray(lines_of(db)[n])
    at = rng.randrange(len(line))
    line[at] = rng.choice([b for b in range(32, 127) if b != line[at]])
    db.execute("UPDATE audit_records SET line = ? WHERE idx = ?", (line.decode("latin-1"), n))


def flip_a_byte_and_rehash(db, rng):
    lines = lines_of(db)
    while True:
        n = rng.randrange(len(lines))
        line = bytearray(lines[n])
        digits = [i for i, b in enumerate(line) if 48 <= b <= 57 and i > 30]
        at = rng.choice(digits)
        line[at] = 48 + (line[at] - 48 + rng.randrange(1, 10)) % 10
        try:
            json.loads(bytes(line))
            break
        except ValueError:
            continue
    db.execute("UPDATE audit_records SET line = ?, leaf = ? WHERE idx = ?",
               (bytes(line).decode(), leaf_hash(bytes(line)), n))
    rewrite_tree(db, n)


def flip_a_bit_of_a_leaf(db, rng):
    n = rng.randrange(db.execute("SELECT count(*) FROM audit_records").fetchone()[0])
    leaf = bytearray(db.execute("SELECT leaf FROM audit_records WHERE idx = ?", (n,)).fetchone()[0])
    leaf[rng.randrange(32)] ^= 1 << rng.randrange(8)
    db.execute("UPDATE audit_records SET leaf = ? WHERE idx = ?", (bytes(leaf), n))


def delete_a_record(db, rng):
    n = rng.randrange(db.execute("SELECT count(*) FROM audit_records").fetchone()[0])
    db.execute("DELETE FROM audit_records WHERE idx = ?", (n,))


def delete_and_close_the_gap(db, rng):
    lines = lines_of(db)
    n = rng.randrange(len(lines))
    replace_lines(db, lines[:n] + lines[n + 1:], n)


def swap_two_lines(db, rng):
    lines = lines_of(db)
    a, b = rng.sample(range(len(lines)), 2)
    for n, line in ((a, lines[b]), (b, lines[a])):
        db.execute("UPDATE audit_records SET line = ?, leaf = ? WHERE idx = ?", (line.decode(), leaf_hash(line), n))


def swap_and_rehash(db, rng):
    lines = lines_of(db)
    a, b = sorted(rng.sample(range(len(lines)), 2))
    lines[a], lines[b] = lines[b], lines[a]
    replace_lines(db, lines, a)


def insert_a_record(db, rng):
    lines = lines_of(db)
    n = rng.randrange(len(lines))
    replace_lines(db, lines[:n] + [forged(lines[n], rng)] + lines[n:], n)


def cut_the_tail(db, rng):
    lines = lines_of(db)
    replace_lines(db, lines[:rng.randrange(len(lines))], 0)


def cut_the_tail_only(db, rng):
    n = rng.randrange(db.execute("SELECT count(*) FROM audit_records").fetchone()[0])
    for table in ("audit_records", "audit_groups"):
        db.execute(f"DELETE FROM {table} WHERE idx >= ?", (n,))


def rewrite_the_tail(db, rng):
    lines = lines_of(db)
    n = rng.randrange(len(lines))
    replace_lines(db, lines[:n] + [forged(line, rng) for line in lines[n:]], n)


def rewrite_and_sign_with_another_key(db, rng):
    """Everything is made to agree, and heads and key are the attacker's own."""
    rewrite_the_tail(db, rng)
    leaves = [row[0] for row in db.execute("SELECT leaf FROM audit_records ORDER BY idx")]
    root, _ = tree_root(leaves)
    name = db.execute("SELECT key FROM audit_keys").fetchone()[0].split("+")[0]
    with tempfile.TemporaryDirectory() as folder:
        key, text, signature = (pathlib.Path(folder, n) for n in ("key", "text", "signature"))
        run = lambda *command: subprocess.run(command, check=True, capture_output=True).stdout
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", key)
        public = run("openssl", "pkey", "-in", key, "-pubout", "-outform", "DER")[-32:]
        text.write_text(f"{name}\n{len(leaves)}\n{base64.b64encode(root).decode()}\n")
        run("openssl", "pkeyutl", "-sign", "-inkey", key, "-rawin", "-in", text, "-out", signature)
        key_id = hashlib.sha256(name.encode() + b"\n\1" + public).digest()[:4]
        note = text.read_text() + f"\n— {name} {base64.b64encode(key_id + signature.read_bytes()).decode()}\n"
    db.execute("DELETE FROM audit_checkpoints")
    db.execute("INSERT INTO audit_checkpoints VALUES (?, 1795160000000, ?)", (len(leaves), note))
    db.execute("UPDATE audit_keys SET key = ?",
               (f"{name}+{key_id.hex()}+{base64.b64encode(b'%c' % 1 + public).decode()}",))


def claim_a_restoration(db, rng):
    """A record is gone, another one is somebody else's, and the log says itself that a backup was put back."""
    lines = lines_of(db)
    n = rng.randrange(len(lines) - 2)
    restored = dict(json.loads(lines[-1]), type="server.backup_restored", reason="the disk failed")
    restored.pop("after", None)
    claim = json.dumps(restored, separators=(",", ":")).encode()
    replace_lines(db, lines[:n] + [forged(lines[n + 1], rng)] + lines[n + 2:] + [claim], n)
    db.execute("DELETE FROM audit_checkpoints")


def change_a_search_column(db, rng):
    n = rng.randrange(db.execute("SELECT count(*) FROM audit_records").fetchone()[0])
    column, value = rng.choice([("type", "room.renamed"), ("outcome", "error"), ("actor_id", 4711), ("room_id", 4711),
                                ("at", 1700000000000), ("target_user", 4711), ("address", "198.51.100.1")])
    db.execute(f"UPDATE audit_records SET {column} = ? WHERE idx = ?", (value, n))


def pretend_it_was_pruned(db, rng):
    n = rng.randrange(db.execute("SELECT count(*) FROM audit_records").fetchone()[0])
    db.execute("UPDATE audit_records SET line = '' WHERE idx = ?", (n,))


def change_a_node(db, rng):
    n = rng.randrange(db.execute("SELECT count(*) FROM audit_nodes").fetchone()[0])
    db.execute("UPDATE audit_nodes SET hash = ? WHERE number = ?", (rng.randbytes(32), n))


def delete_a_node(db, rng):
    n = rng.randrange(db.execute("SELECT count(*) FROM audit_nodes").fetchone()[0])
    db.execute("DELETE FROM audit_nodes WHERE number = ?", (n,))


def change_a_message_hash(db, rng):
    idx, leaves = rng.choice(db.execute("SELECT idx, leaves FROM audit_groups").fetchall())
    leaves = bytearray(leaves)
    leaves[rng.randrange(len(leaves))] ^= 1 << rng.randrange(8)
    db.execute("UPDATE audit_groups SET leaves = ? WHERE idx = ?", (bytes(leaves), idx))


ATTACKS = [flip_a_byte_of_a_line, flip_a_byte_and_rehash, flip_a_bit_of_a_leaf, delete_a_record,
           delete_and_close_the_gap, swap_two_lines, swap_and_rehash, insert_a_record, cut_the_tail, cut_the_tail_only,
           rewrite_the_tail, rewrite_and_sign_with_another_key, claim_a_restoration,
           change_a_search_column, pretend_it_was_pruned, change_a_node, delete_a_node,
           change_a_message_hash]


def passes(command):
    done = subprocess.run(command, capture_output=True, text=True)
    # A verifier that falls over has found nothing.
    if done.returncode not in (0, 1) or "Traceback" in done.stderr or "Sanitizer" in done.stderr:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="where wardroomctl and make_log are")
    parser.add_argument("--records", type=int, default=10000)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        whole, work = pathlib.Path(folder, "whole"), pathlib.Path(folder, "work")
        whole.mkdir()
        work.mkdir()
        subprocess.run([f"{options.bin}/make_log", whole, str(options.records)], check=True)
        head, key = whole / "head.txt", (whole / "key.txt").read_text().strip()
        verifiers = {
            "wardroomctl": [f"{options.bin}/wardroomctl", "audit", "verify", "--data", work, "--log-only", "--head", head],
            "verify.py": [sys.executable, VERIFY, "--db", work / "wardroom.db", "--head", head],
        }
        shutil.copy(whole / "wardroom.db", work)
        for name, command in verifiers.items():
            if not passes(command) or not passes([*command, "--key", key]):
                sys.exit(f"{name} doesn't accept the untouched log.")
        missed, found = [], {name: 0 for name in verifiers}
        for number in range(options.count):
            attack = ATTACKS[number % len(ATTACKS)]
            shutil.copy(whole / "wardroom.db", work)
            with sqlite3.connect(work / "wardroom.db") as db:
                free(db)
                attack(db, rng)
            db.close()
            for name, command in verifiers.items():
                if passes(command):
                    missed.append(f"{name} missed attack {number}, {attack.__name__}")
                else:
                    found[name] += 1
    for line in missed:
        print(line)
    print(f"{options.records} records, {options.count} attacks, seed {options.seed}: "
          + ", ".join(f"{name} found {n}" for name, n in found.items()))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
