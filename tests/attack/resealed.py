"""What somebody does who owns the machine and the key that signs: rewrites the log, so that all of it agrees."""

import base64
import datetime
import hashlib
import json
import pathlib
import sqlite3
import subprocess
import tempfile
import uuid

from attack import free, leaf_hash, tree_root

# What stands before an Ed25519 seed in PKCS #8.
PRIVATE_KEY = bytes.fromhex("302e020100300506032b657004220420")
TITLES = {"posted": "message", "edited": "edit", "deleted": "delete", "restored": "restore"}


class Record:
    """A record with all that is stored of it. Pruned ones have no `said`."""

    def __init__(self, row, leaves):
        self.row, self.leaves, self.was = row, leaves, row["idx"]
        self.said = json.loads(row["line"]) if row["line"] else None

    def copy(self):
        return Record(dict(self.row), self.leaves and list(self.leaves))

    @property
    def type(self):
        return self.row["type"]


def root_of(leaves):
    return tree_root(leaves)[0]


class Log:
    def __init__(self, data):
        self.data = pathlib.Path(data)
        db = sqlite3.connect(self.data / "wardroom.db")
        db.row_factory = sqlite3.Row
        groups = {row["idx"]: row for row in db.execute("SELECT * FROM audit_groups")}
        self.records = []
        for row in db.execute("SELECT * FROM audit_records ORDER BY idx"):
            group = groups.get(row["idx"])
            leaves = [group["leaves"][i:i + 32] for i in range(0, len(group["leaves"]), 32)] if group else None
            record = Record(dict(row), leaves)
            record.group = dict(group) if group else None
            self.records.append(record)
        self.key = db.execute("SELECT key FROM audit_keys ORDER BY number DESC LIMIT 1").fetchone()[0]
        db.close()

    def find(self, kind, below=None):
        """The newest of this type that is still whole, among the first `below` records, or None."""
        return next((r for r in reversed(self.records[:below]) if r.type == kind and r.said), None)

    # Rewriting it.

    def seal(self, signs=True, own=None, keeps=True, everywhere=False):
        """Numbers, hashes, tree, groups, counts and, with the key, one signed head and the file of the newest.

        `own`: the seed of a key that isn't the office's and gets a row before it; `everywhere`: it takes the
        office's place in the table and among the files. Without `keeps`: the database alone.
        """
        self.renumber()
        db = sqlite3.connect(self.data / "wardroom.db", isolation_level=None)
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        triggers = [row[0] for row in db.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")]
        free(db)
        for table in ("audit_records", "audit_groups", "audit_nodes", "audit_checkpoints", "commitment_chains"):
            db.execute(f"DELETE FROM {table}")
        for record in self.records:
            insert(db, "audit_records", record.row)
            if record.leaves:
                insert(db, "audit_groups", dict(record.group, idx=record.row["idx"], leaves=b"".join(record.leaves)))
        root, nodes = tree_root([r.row["leaf"] for r in self.records])
        db.executemany("INSERT INTO audit_nodes (number, hash) VALUES (?, ?)", enumerate(nodes))
        for (kind, number), idx in self.chains.items():
            db.execute("INSERT INTO commitment_chains (kind, id, idx) VALUES (?, ?, ?)", (kind, number, idx))
        # What devices cosigned can't be made again without their keys, so it goes.
        db.execute("UPDATE witnesses SET size = NULL, note = NULL")
        if signs:
            note = self.sign(root, own)
            at = self.records[-1].row["at"]
            if own:
                if everywhere:
                    self.replace_key(db, own)
                db.execute("INSERT INTO audit_keys (number, key, at) VALUES (?, ?, ?)", (1 if everywhere else -1, self.name_key(own), at))
            db.execute("INSERT INTO audit_checkpoints (size, at, note) VALUES (?, ?, ?)", (len(self.records), at, note))
            if keeps:
                (self.data / "keys" / "newest-head").write_text(note)
        for sql in triggers:
            db.execute(sql)
        db.execute("COMMIT")
        db.close()

    def replace_key(self, db, seed):
        """As if the office had never had another one."""
        db.execute("DELETE FROM audit_keys")
        for file in (self.data / "keys").glob("audit-*.key"):
            file.unlink()
        file = self.data / "keys" / f"audit-{self.name_key(seed).split('+')[1]}.key"
        file.write_bytes(seed)
        file.chmod(0o600)

    def renumber(self):
        self.chains = {}
        now = {record.was: idx for idx, record in enumerate(self.records)}
        for idx, record in enumerate(self.records):
            record.row["idx"] = idx
            if not record.said:
                continue
            record.said["idx"] = idx
            after = record.said.get("after", {})
            if record.leaves:
                after.update(count=len(record.leaves), root=root_of(record.leaves).hex())
                self.count(idx, after)
            if record.type == "audit.pruned":
                after.update({end: now.get(after[end], after[end]) for end in ("first", "last")})
            self.write(record)

    def count(self, idx, after):
        before = {}
        for room, author, *_ in after["states"]:
            for link in (("room", room), ("author", author)):
                if link not in before:
                    before[link] = self.chains.get(link, -1)
                    self.chains[link] = idx
        for pair in after["states"]:
            pair[3], pair[4] = before["room", pair[0]], before["author", pair[1]]
        self.chains.setdefault(("log", 0), after["since"])

    @staticmethod
    def write(record):
        """The line and all that stands in columns because of it."""
        said, row = record.said, record.row
        line = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
        target = said.get("target", {})
        row.update(line=line, leaf=leaf_hash(line.encode()), type=said["type"], outcome=said["outcome"],
                   at=round(datetime.datetime.fromisoformat(said["ts"].replace("Z", "+00:00")).timestamp() * 1000),
                   actor_id=said.get("actor", {}).get("id"), room_id=said.get("room"), address=said.get("source", {}).get("ip"),
                   target_user=target.get("id") if target.get("type") == "user" else None)

    def name_key(self, seed):
        """The public half, as the table has it."""
        name = self.key.split("+", 1)[0]
        public = b"\1" + subprocess.run(["openssl", "pkey", "-inform", "DER", "-pubout", "-outform", "DER"],
                                        input=PRIVATE_KEY + seed, check=True, capture_output=True).stdout[-32:]
        key_id = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
        return f"{name}+{key_id.hex()}+{base64.b64encode(public).decode()}"

    def sign(self, root, seed=None):
        """With the key itself, as it lies on the machine, or with another one."""
        name, key_id, _ = (self.name_key(seed) if seed else self.key).split("+", 2)
        seed = seed or (self.data / "keys" / f"audit-{key_id}.key").read_bytes()
        text = f"{name}\n{len(self.records)}\n{base64.b64encode(root).decode()}\n"
        with tempfile.TemporaryDirectory() as folder:
            key, message, signature = (pathlib.Path(folder, n) for n in ("key", "text", "signature"))
            key.write_bytes(PRIVATE_KEY + seed)
            message.write_text(text)
            subprocess.run(["openssl", "pkeyutl", "-sign", "-keyform", "DER", "-inkey", key, "-rawin", "-in", message,
                            "-out", signature], check=True, capture_output=True)
            signed = bytes.fromhex(key_id) + signature.read_bytes()
        return text + f"\n— {name} {base64.b64encode(signed).decode()}\n"

    # Changing it.

    def alter(self, record):
        """Somebody else did it or, where nobody did, it is another record."""
        actor = record.said.get("actor", {})
        if actor.get("id"):
            actor.update(id=actor["id"] % 3 + 1, name="mallory")
        else:
            last = record.said["id"][-1]
            record.said["id"] = record.said["id"][:-1] + ("0" if last != "0" else "1")

    def delete(self, record):
        self.records.remove(record)

    def repeat(self, record):
        twin = record.copy()
        twin.group = record.group
        self.records.insert(self.records.index(record), twin)

    def move(self, record):
        """In the place of the one that is whole before it, and that one in its; the times stay where they were."""
        at = self.records.index(record)
        before = max(i for i in range(at) if self.records[i].said)
        other = self.records[before]
        other.said["ts"], record.said["ts"] = record.said["ts"], other.said["ts"]
        self.records[before], self.records[at] = record, other

    def rewrite_text(self, old, new):
        """The text of a message that was never changed, in its table and wherever its hash is bound in."""
        db = sqlite3.connect(self.data / "wardroom.db", isolation_level=None)
        room, seq, author, at, salt, answers, client = db.execute(
            "SELECT room_id, seq, author_id, at, salt, reply_to, client_id FROM messages WHERE text = ? AND version = 1",
            (old,)).fetchone()
        begin = f"wardroom message v2\n{room}\n{seq}\n{author}\n{at}\n{answers or ''}\n{uuid.UUID(bytes=client)}\n\n"
        state = lambda text: leaf_hash(hashlib.sha256(salt + (begin + text).encode()).digest())
        bound = [r for r in self.records if r.leaves and state(old) in r.leaves]
        if not bound:
            raise SystemExit("The commitments of messages have another form than this attack knows.")
        for record in bound:
            record.leaves[record.leaves.index(state(old))] = state(new)
        db.execute("UPDATE messages SET text = ? WHERE room_id = ? AND seq = ?", (new, room, seq))
        db.close()

    def claim_a_restoration(self):
        """The log itself says that a backup was put back."""
        self.append(dict(type="server.backup_restored", severity="warning", outcome="success", reason="the disk failed"))

    def append(self, said):
        """Behind all others, at the time of the last one."""
        record = self.records[-1].copy()
        record.leaves = record.group = None
        last = record.said
        record.said = dict({"v": last["v"], "idx": last["idx"], "id": last["id"], "ts": last["ts"]},
                           **{k: v for k, v in said.items() if k not in ("v", "idx", "id", "ts")})
        self.records.append(record)


def insert(db, table, row):
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
