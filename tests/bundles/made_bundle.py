"""Makes evidence bundles as a server would, out of a small log of its own, and takes them apart again for tests."""

import base64
import hashlib
import json
import pathlib
import random
import subprocess
import tempfile

sha256 = lambda data: hashlib.sha256(data).digest()
leaf_hash = lambda data: sha256(b"\0" + data)
node_hash = lambda left, right: sha256(b"\1" + left + right)
VERIFY = pathlib.Path(__file__).resolve().parent.parent.parent / "common" / "evidence" / "verify"
ORIGIN = "office.test/wardroom"
BEGINS = 1793491200  # 2026-11-01, the time of a log's first record; from one to the next a second passes
TITLES = {"posted": "message", "edited": "edit", "deleted": "delete", "restored": "restore"}


def levels_of(leaves):
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        row = levels[-1]
        above = [node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        levels.append(above + ([row[-1]] if len(row) % 2 else []))
    return levels


class Key:
    """An Ed25519 key of openssl's."""

    def __init__(self, folder, name):
        self.file = pathlib.Path(folder, name)
        self.run("genpkey", "-algorithm", "ed25519", "-out", self.file)
        self.public = self.run("pkey", "-in", self.file, "-pubout", "-outform", "DER")[-32:]
        self.id = sha256(ORIGIN.encode() + b"\n\1" + self.public)[:4]
        self.text = f"{ORIGIN}+{self.id.hex()}+{base64.b64encode(b'%c' % 1 + self.public).decode()}"
        der = bytes.fromhex("302a300506032b6570032100") + self.public
        self.pem = f"-----BEGIN PUBLIC KEY-----\n{base64.b64encode(der).decode()}\n-----END PUBLIC KEY-----\n"

    @staticmethod
    def run(*arguments):
        return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True).stdout

    def line(self, text):
        with tempfile.TemporaryDirectory() as folder:
            signed, signature = pathlib.Path(folder, "text"), pathlib.Path(folder, "signature")
            signed.write_text(text)
            self.run("pkeyutl", "-sign", "-inkey", self.file, "-rawin", "-in", signed, "-out", signature)
            return f"— {ORIGIN} {base64.b64encode(self.id + signature.read_bytes()).decode()}\n"

    def sign(self, text):
        return text + "\n" + self.line(text)


class Device(Key):
    """A device that cosigns heads (c2sp.org/tlog-cosignature)."""

    def __init__(self, folder, number):
        super().__init__(folder, f"device{number}")
        self.name = f"{ORIGIN}/witness/{number}"
        self.id = sha256(self.name.encode() + b"\n\4" + self.public)[:4]
        self.text = f"{self.name}+{self.id.hex()}+{base64.b64encode(b'%c' % 4 + self.public).decode()}"

    def cosign(self, size, root, seconds):
        text = f"cosignature/v1\ntime {seconds}\n{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n"
        return base64.b64decode(self.line(text).split(" ")[2])[4:]

    def note_line(self, size, root, seconds):
        blob = self.id + seconds.to_bytes(8, "big") + self.cosign(size, root, seconds)
        return f"— {self.name} {base64.b64encode(blob).decode()}\n"

    def entry(self, log, record, size, seconds=None, root=None, proof=None):
        """A line of witnesses.txt; by a clock that goes as the log's does."""
        seconds = BEGINS + size if seconds is None else seconds
        leaves = [leaf_hash(line) for line in log.lines]
        root = levels_of(leaves[:size])[-1][0] if root is None else root
        proof = consistency(size, leaves) if proof is None else proof
        return (f"{self.text} {record} 7 {size} {root.hex()} {seconds} {self.cosign(size, root, seconds).hex()} "
                + (",".join(node.hex() for node in proof) or "-"))


def consistency(size, leaves, whole=True):
    """RFC 6962 section 2.1.2: SUBPROOF."""
    if size >= len(leaves):
        return [] if whole else [levels_of(leaves)[-1][0]]
    left = 1 << (len(leaves) - 1).bit_length() - 1
    if size <= left:
        return consistency(size, leaves[:left], whole) + [levels_of(leaves[left:])[-1][0]]
    return consistency(size - left, leaves[left:], False) + [levels_of(leaves[:left])[-1][0]]


class Log:
    """Records and groups. What isn't given says so: `counted` False is a log of the time before states were counted,
    `v2_since` None one of before the form v2 of messages. A state may say as its last what it answers."""

    def __init__(self, seed=1, v2_since=0):
        self.v2_since = v2_since
        self.random = random.Random(seed)
        self.lines, self.groups, self.places = [], {}, {}
        self.chains, self.since = {}, None
        self.hours = 0
        self.record("server.initialised", {})

    def record(self, kind, fields, ms=None):
        idx = len(self.lines)
        at = idx * 1000 if ms is None else ms
        ts = f"2026-11-{1 + at // 86400000:02d}T{at // 3600000 % 24:02d}:{at // 60000 % 60:02d}:{at // 1000 % 60:02d}.{at % 1000:03d}Z"
        self.lines.append(json.dumps({"v": 1, "idx": idx, "id": f"{idx:08x}", "ts": ts, "type": kind,
                                      "outcome": "success", "actor": {"type": "system"}, **fields},
                                     separators=(",", ":"), ensure_ascii=False).encode())
        return idx

    def export(self, room=None, person=None, first=0, last=None, **more):
        """audit.exported: its range goes up to itself, or ends earlier; `more` is said otherwise."""
        last = len(self.lines) if last is None else last
        after = {"export": 1, "first": first, "last": last, "size": len(self.lines) + 1}
        if person is not None:
            after["user"] = person
        if room is not None or person is not None:
            counts = lambda pair: pair[0] == room if room is not None else pair[1] == person
            after["chain_end"] = max((idx for idx in self.groups if idx <= last and any(
                map(counts, json.loads(self.lines[idx])["after"].get("states", ())))), default=-1)
        return self.record("audit.exported", {"actor": {"type": "user", "id": 1, "name": "vera"},
                                              **({} if room is None else {"room": room}), "after": {**after, **more}})

    def named(self, number, name):
        return self.record("auth.login_ok", {"actor": {"type": "user", "id": number, "name": name, "role": "member"}})

    def commit(self, states, counted=True, form=None, **more):
        """A group of states (room, seq, version, act, author, text, what it answers, its line of files), the last two as far as
        there are any. `form` is that of messages, if another one."""
        idx, made = len(self.lines), []
        form = form or (1 if self.v2_since is None else 2)
        for room, seq, version, act, author, text, *also in states:
            posted = act == "posted"
            rows = ["wardroom %s v%d" % (TITLES[act], form if posted else 1), str(room), str(seq)]
            rows += [str(author), str(1795000000000 + idx)] if posted else \
                [str(version), str(author), str(1795000000000 + idx), "why"]
            if posted and form == 2:
                answered, files = [*map(str, also), "", ""][:2]
                rows += [answered, f"01990000-0000-7000-8000-{idx:06x}{seq:06x}", files]
            made.append(self.random.randbytes(16) + "\n".join([*rows, text]).encode())
        leaves = [leaf_hash(sha256(bytes_)) for bytes_ in made]
        after = {"count": len(leaves), "root": levels_of(leaves)[-1][0].hex()}
        if counted:
            after.update(self.count(idx, states))
        if self.v2_since is not None:
            after["v2_since"] = self.v2_since
        self.groups[idx] = leaves
        self.places[idx] = [(state, bytes_) for state, bytes_ in zip(states, made)]
        return self.record("messages.committed", {"after": after}, **more)

    def count(self, idx, states):
        pairs = {}
        for room, _, _, _, author, *_ in states:
            pairs[room, author] = pairs.get((room, author), 0) + 1
        before = {}
        for pair in pairs:
            for link in (("room", pair[0]), ("author", pair[1])):
                if link not in before:
                    before[link] = self.chains.get(link, -1)
                    self.chains[link] = idx
        if self.since is None:
            self.since = idx if self.groups else 0
        return {"states": [[room, author, n, before["room", room], before["author", author]]
                           for (room, author), n in sorted(pairs.items())], "since": self.since}


def edges_of(levels, first, last):
    """What stands left and right of a range of leaves."""
    edges, begin, end = [], first, last
    for level, row in enumerate(levels[:-1]):
        if begin % 2:
            edges.append(f"{level} {begin - 1} {row[begin - 1].hex()}")
        if end % 2 == 0 and end + 1 < len(row):
            edges.append(f"{level} {end + 1} {row[end + 1].hex()}")
        begin, end = begin // 2, end // 2
    return edges


def write_bundle(log, folder, key, room=None, person=None, first=0, last=None, rotations=(), pruned=(), exported=True, carried=None):
    """About a room or a person or, without one, everything; as docs/audit-format.md has it. One about something leaves
    the record of its export in the log; `exported` is the index of one that is there, or None as in earlier versions.
    `carried`: the contents of files that it takes along."""
    folder = pathlib.Path(folder)
    folder.mkdir()
    everything = room is None and person is None
    if exported is True:
        exported = None if everything else log.export(room, person, first, last, **({} if carried is None else {"files": True}))
    last = len(log.lines) - 1 if last is None else last
    leaves = [leaf_hash(line) for line in log.lines]
    levels = levels_of(leaves)
    text = f"{ORIGIN}\n{len(leaves)}\n{base64.b64encode(levels[-1][0]).decode()}\n"
    is_about = lambda state: (room is None or state[0] == room) and (person is None or state[4] == person)
    records, groups, messages = [], [], []
    for idx in range(first, last + 1):
        record = json.loads(log.lines[idx])
        about = [p for p in log.places.get(idx, ()) if is_about(p[0])]
        linked = any(c[0] == room if room is not None else c[1] == person
                     for c in record.get("after", {}).get("states", ()))
        given = everything or about or linked or record["type"].startswith(("server.", "audit.pruned")) \
            or person is not None and record["actor"].get("id") == person
        body = b"pruned" if idx in pruned else log.lines[idx] if given else b"-"
        records.append(b"%d %s %s" % (idx, leaves[idx].hex().encode(), body))
        if idx in log.groups and given:
            groups.append(f"{idx} " + " ".join(leaf.hex() for leaf in log.groups[idx]))
            for position, (state, bytes_) in enumerate(log.places[idx]):
                if is_about(state):
                    messages.append(" ".join(map(str, state[:4])) + f" {idx} {position} {bytes_.hex()}")
    edges = edges_of(levels, first, last)
    about = "format: wardroom evidence bundle v1\nabout: a test\n"
    about += f"person: {person} somebody\n" if person is not None else ""
    about += f"room: {room} somewhere\n" if room is not None else ""
    files = {"checkpoint": key.sign(text), "key": key.text + "\n", "key.pem": key.pem, "case.txt": about,
             "edges.txt": "".join(line + "\n" for line in edges), "groups.txt": "".join(line + "\n" for line in groups),
             "messages.txt": "".join(line + "\n" for line in messages),
             **({} if exported is None else {"export.txt": "".join(line + "\n" for line in [
                 f"{exported} {leaves[exported].hex()} {log.lines[exported].decode()}", *edges_of(levels, exported, exported)])}),
             **{f"rotation-{n}": note for n, note in enumerate(rotations, 1)}}
    for content in carried or ():
        folder.joinpath("file-" + sha256(content).hex()).write_bytes(content)
    if carried is not None:
        files["carried.txt"] = "".join(f"{sha256(content).hex()} {len(content)} here\n" for content in carried)
    for name, content in files.items():
        folder.joinpath(name).write_text(content)
    folder.joinpath("records.txt").write_bytes(b"".join(line + b"\n" for line in records))
    return folder
