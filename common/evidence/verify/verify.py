#!/usr/bin/env python3
"""Checks a Wardroom audit log. Needs Python 3.9 and nothing else.

  verify.py --db wardroom.db        a server's database, or a copy of it (opened for reading only)
  verify.py --log records.jsonl     the exact lines of a whole log, one record a line
  verify.py --bundle DIRECTORY|ZIP  an evidence bundle; --show prints the messages that it proves

  --head FILE   a signed head that was kept elsewhere: the log must still begin with what it covers
  --key KEY     the log's key (NAME+ID+BASE64, or a file that holds it), known from elsewhere

Exit status: 0 when everything holds and is proven; 1 when something doesn't hold, or isn't proven, with the list; 2
when it couldn't be checked.

The log is the Merkle tree of RFC 6962: leaf = SHA-256(0x00 || line), node = SHA-256(0x01 || left || right).
Heads are signed notes with Ed25519 (c2sp.org/tlog-checkpoint, c2sp.org/signed-note).
"""

import argparse
import array
import base64
import binascii
import bisect
import calendar
import datetime
import gc
import hashlib
import json
import os
import re
import sqlite3
import sys
import zipfile

sha256 = hashlib.sha256
MAX_SHOWN = 100
MAX_SKIPPED = 10_000_000  # more pruned records in a row than a log has


class Unusable(Exception):
    """What was given can't be read at all."""


class Findings:
    def __init__(self):
        self.sentences = []
        self.doubts = []

    def add(self, sentence):
        self.sentences.append(sentence)

    def doubt(self, sentence):
        """Nothing contradicts it, but it isn't proven."""
        self.doubts.append(sentence)


# ---------------------------------------------------------------- the tree


def leaf_hash(data):
    return sha256(b"\x00" + data).digest()


def node_hash(left, right):
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """Grows leaf by leaf; keeps only the complete subtrees on its right edge."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def append(self, leaf):
        """Returns the nodes that became complete, lowest first."""
        self.size += 1
        n = self.size
        if n & 1:
            self.peaks.append(leaf)
            return ()
        completed = []
        while n & 1 == 0:
            leaf = sha256(b"\x01" + self.peaks.pop() + leaf).digest()
            completed.append(leaf)
            n >>= 1
        self.peaks.append(leaf)
        return completed

    def root(self):
        if not self.peaks:
            return sha256(b"").digest()
        node = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            node = node_hash(left, node)
        return node


def root_of(leaves):
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


# ---------------------------------------------------------------- Ed25519 (RFC 8032 section 5.1), verification only

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
ZERO = (0, 1, 1, 0)  # extended coordinates: X, Y, Z, T


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def is_zero(p):
    return p[0] % P == 0 and (p[1] - p[2]) % P == 0


def encode_point(p):
    inverse = pow(p[2], P - 2, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


def decode_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_M1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


class Multiples:
    """Every digit's multiple of a point, so that a product with a scalar is one addition a digit.

    Digits of 8 bits make 32 additions of it instead of 64, which pays from some fifty signatures on.
    """

    def __init__(self, point, bits):
        self.bits = bits
        self.rows = []
        for _ in range(256 // bits):
            row = [ZERO]
            for _ in range((1 << bits) - 1):
                row.append(add(row[-1], point))
            self.rows.append(row)
            point = add(row[-1], point)

    def times(self, scalar):
        result = ZERO
        mask = (1 << self.bits) - 1
        for row in self.rows:
            if scalar & mask:
                result = add(result, row[scalar & mask])
            scalar >>= self.bits
        return result


BASE_POINT = decode_point(bytes.fromhex("58" + "66" * 31))
BASE_MULTIPLES = {}  # by bits of a digit; made when first needed


class Ed25519Key:
    def __init__(self, data, bits):
        self.data = data
        self.bits = bits
        point = decode_point(data)
        self.usable = point is not None
        if self.usable:
            four = add(add(point, point), add(point, point))
            self.usable = not is_zero(add(four, four))  # a point of small order signs anything
        if self.usable:
            self.multiples = Multiples((P - point[0], point[1], 1, P - point[3]), bits)  # of -A

    def verifies(self, signature, message):
        if not self.usable or len(signature) != 64:
            return False
        s = int.from_bytes(signature[32:], "little")
        if s >= L:
            return False
        if self.bits not in BASE_MULTIPLES:
            BASE_MULTIPLES[self.bits] = Multiples(BASE_POINT, self.bits)
        h = int.from_bytes(hashlib.sha512(signature[:32] + self.data + message).digest(), "little") % L
        return encode_point(add(BASE_MULTIPLES[self.bits].times(s), self.multiples.times(h))) == signature[:32]


# ---------------------------------------------------------------- keys, notes, heads


class VerifierKey:
    """NAME+ID+BASE64(0x01 || key); 0x04 for a witness."""

    def __init__(self, text, key_type=1):
        parts = text.strip().split("+", 2)
        if len(parts) != 3 or not parts[0]:
            raise ValueError("a log's key is written NAME+ID+BASE64")
        typed = decode_base64(parts[2])
        if len(typed) != 33 or typed[0] != key_type:
            raise ValueError("it isn't an Ed25519 key of this kind")
        self.text = text.strip()
        self.name = parts[0]
        self.bytes = typed[1:]
        self.id = sha256(self.name.encode() + b"\n" + typed).digest()[:4]
        if self.id.hex() != parts[1].lower():
            raise ValueError("its ID doesn't belong to it")
        self.digits = 4
        self.ed25519 = None

    def expect_many(self):
        """Prepares for hundreds of signatures."""
        self.digits, self.ed25519 = 8, None

    def verifies(self, signature, message):
        if self.ed25519 is None:
            self.ed25519 = Ed25519Key(self.bytes, self.digits)
        return self.ed25519.verifies(signature, message)


def decode_base64(text):
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("it isn't base64") from error


def open_note(note, key):
    """The text of a signed note (bytes), when the key signed it. Raises ValueError with the reason."""
    end = note.rfind(b"\n\n")
    if end < 0 or not note.endswith(b"\n") or len(note) > 65536:
        raise ValueError("it isn't a signed note")
    text = note[: end + 1]
    signed = False
    for line in note[end + 2 : -1].split(b"\n"):
        words = line.split(b" ")
        if len(words) != 3 or words[0] != "\u2014".encode():
            raise ValueError("a signature line isn't well-formed")
        if words[1] != key.name.encode():
            continue
        signature = decode_base64(words[2])
        if signature[:4] != key.id:
            continue
        if not key.verifies(signature[4:], text):
            raise ValueError("the signature of key %s is wrong" % key.id.hex())
        signed = True
    if not signed:
        raise ValueError("key %s of %s didn't sign it" % (key.id.hex(), key.name))
    return text


def open_cosignature(note, key):
    """When, in Unix seconds. Raises ValueError when the witness didn't cosign the head in the note, or a line is wrong."""
    text, signed, seconds = text_of_note(note), False, 0
    for line in note[len(text) + 1 :].split(b"\n"):
        words = line.split(b" ")
        if len(words) != 3 or words[1] != key.name.encode():
            continue
        blob = decode_base64(words[2])
        if blob[:4] != key.id:
            continue
        seconds = int.from_bytes(blob[4:12], "big")
        if not key.verifies(blob[12:], b"cosignature/v1\ntime %d\n" % seconds + text):
            raise ValueError("the signature is wrong")
        signed = True
    if not signed:
        raise ValueError("it isn't signed by it")
    return seconds


class Head:
    """Origin, size and root of a checkpoint's text."""

    def __init__(self, text):
        lines = text.split(b"\n")
        if len(lines) < 4 or not lines[0] or not lines[1].isdigit() or str(int(lines[1])).encode() != lines[1]:
            raise ValueError("it isn't a head")
        self.origin = lines[0].decode("utf-8", "replace")
        self.size = int(lines[1])
        self.root = decode_base64(lines[2])
        if len(self.root) != 32:
            raise ValueError("its root isn't a SHA-256 hash")


def text_of_note(note):
    return note[: note.rfind(b"\n\n") + 1]


def open_head(note, keys):
    """The head of a note that one of the keys signed. Raises ValueError."""
    reason = "no key is known"
    for key in reversed(keys):
        try:
            head = Head(open_note(note, key))
        except ValueError as error:
            reason = str(error)
            continue
        if head.origin != key.name:
            raise ValueError("it is of another log, %s" % head.origin)
        return head
    raise ValueError(reason)


def open_rotation(note, old):
    """The key to which `old` handed over. Raises ValueError."""
    lines = open_note(note, old).split(b"\n")
    if len(lines) < 4 or lines[0] != old.name.encode() or lines[1] != b"wardroom audit key rotation v1":
        raise ValueError("it is no change of keys")
    new = VerifierKey(lines[3].decode("utf-8", "replace"))
    if new.name != old.name:
        raise ValueError("the new key is of another log")
    open_note(note, new)
    return new


# ---------------------------------------------------------------- records

scan_json = json.JSONDecoder().scan_once


def parse_record(line):
    """The JSON object of a line (bytes). Raises ValueError."""
    text = line.decode()
    try:
        record, end = scan_json(text, 0)
    except StopIteration as error:
        raise ValueError("no JSON") from error
    if end != len(text) or not isinstance(record, dict):
        raise ValueError("no JSON object")
    return record


# Records that are never pruned; and those that aren't where audit.pruned names the rule 2.
KEPT_TYPES = (
    "messages.committed",
    "reactions.committed",
    "audit.key_rotated",
    "audit.pruned",
    "server.initialised",
    "server.backup_restored",
    "room.retention_changed",
    "room.retention_applied",
)
KEPT_SUBJECTS = ("privacy.", "retention.")
KEPT_SINCE_RULE_2 = (
    "audit.exported",
    "audit.witness_added",
    "audit.head_accepted",
    "server.loss_accepted",
    "server.clock_jump",
    "server.clock_confirmed",
    "room.created",
    "room.kind_changed",
    "room.archived",
    "room.locked",
    "room.unlocked",
    "room.slow_mode",
    "room.direct_changed",
    "user.imported",
    "user.file_imported",
    "user.file_import_undone",
    "user.offboarded",
    "moderation.report_filed",
    "moderation.report_resolved",
)
MINUTES = {}  # what their beginnings are in Unix milliseconds


def unix_ms(text):
    """2026-11-20T16:49:13.123Z -> Unix milliseconds."""
    minute = MINUTES.get(text[:17])
    if minute is None:
        fields = (text[:4], text[5:7], text[8:10], text[11:13], text[14:16])
        minute = calendar.timegm(tuple(int(field) for field in fields) + (0,)) * 1000
        MINUTES[text[:17]] = minute
    if len(text) != 24 or text[23] != "Z":
        raise ValueError("not a time")
    return minute + int(text[17:19]) * 1000 + int(text[20:23])


def rfc3339(ms):
    try:
        at = datetime.datetime.fromtimestamp(ms // 1000, datetime.timezone.utc)
    except (ValueError, OverflowError, OSError):
        return ""
    return at.strftime("%Y-%m-%dT%H:%M:%S") + ".%03dZ" % (ms % 1000)


def missing(first, last):
    return "Record %d is missing." % first if first == last else "Records %d to %d are missing." % (first, last)


def part(record, name):
    value = record.get(name)
    return value if isinstance(value, dict) else {}


# The columns by which records are searched. What each holds is a function of the record.
COLUMNS = ("at", "type", "outcome", "actor_id", "room_id", "target_user", "address")


def columns_of(record):
    actor, target, source = record["actor"], record.get("target"), record.get("source")
    return [
        unix_ms(record["ts"]),
        record["type"],
        record["outcome"],
        actor.get("id"),
        record.get("room"),
        target.get("id") if target and target["type"] == "user" else None,
        source.get("ip") if source else None,
    ]


KEPT_WHEN_PRUNED = ("at", "type", "outcome")


CLOCK_WAS_SET = ("server.clock_jump", "server.clock_confirmed")


CLOCKS_DIFFER = 300  # seconds by which a witness's clock and the server's may


class Times:
    """The records' times never fall, except at a record by which the server says that its clock was set. Past records
    of which nothing is known they are compared with the last that is."""

    def __init__(self, findings):
        self.findings = findings
        self.last = ""
        self.places = []  # where the clock was set, a sentence each
        self.indexes, self.seconds = array.array("q"), array.array("q")  # of the records whose bytes are here
        self.falls, self.is_behind = bytearray(), bytearray()  # the clock was set back there; so it was when set last
        self.latest_before = self.earliest_from = None  # of these, when somebody asks

    def note(self, idx, ts, kind, is_proven=True):
        if not isinstance(ts, str):
            return
        if ts < self.last and kind not in CLOCK_WAS_SET:
            self.findings.doubt(
                "Record %d bears an earlier time than the one before it (%s after %s), and doesn't say "
                "that the clock was set." % (idx, ts, self.last)
            )
        if kind in CLOCK_WAS_SET:
            self.places.append("The clock was set at record %d (%s): %s%s." % (
                idx, kind, ts, " after " + self.last if self.last else ""))
        self.last = ts
        try:
            seconds = unix_ms(ts) // 1000
        except ValueError:
            return
        if is_proven:
            falls = kind in CLOCK_WAS_SET and bool(self.seconds) and seconds < self.seconds[-1]
            was_behind = self.is_behind[-1] if self.is_behind else 0
            self.falls.append(falls)
            self.is_behind.append(falls if kind in CLOCK_WAS_SET else was_behind)
            self.indexes.append(idx)
            self.seconds.append(seconds)

    def compare(self, name, size, seconds):
        """With the time at which somebody cosigned the first `size` records: these are no later, the others no earlier.
        Only as far as the clock wasn't set back: what stood before may bear any later time, what comes behind an
        earlier one."""
        if self.latest_before is None:
            self.sum_up()
        at = bisect.bisect_left(self.indexes, size)
        if at and self.latest_before[at - 1] > seconds + CLOCKS_DIFFER:
            self.tell(name, size, seconds, self.latest_before[at - 1], "among these bears a later one")
        # The server's clock is behind, as its record says: until it is set again, its times say nothing.
        is_behind = at and self.is_behind[at - 1] and self.seconds[at - 1] < seconds - CLOCKS_DIFFER
        if at == len(self.indexes) or self.falls[at] or is_behind:
            return
        if self.earliest_from[at] < seconds - CLOCKS_DIFFER:
            self.tell(name, size, seconds, self.earliest_from[at], "behind these bears an earlier one")

    def sum_up(self):
        self.latest_before, self.earliest_from = array.array("q", self.seconds), array.array("q", self.seconds)
        for i in range(1, len(self.seconds)):
            if not self.falls[i]:
                self.latest_before[i] = max(self.seconds[i], self.latest_before[i - 1])
        for i in range(len(self.seconds) - 2, -1, -1):
            if not self.falls[i + 1]:
                self.earliest_from[i] = min(self.seconds[i], self.earliest_from[i + 1])

    def tell(self, name, size, seconds, other, what):
        self.findings.doubt("%s cosigned the first %d records at %s, and one %s, %s: one of the two clocks was wrong." % (
            name, size, rfc3339(seconds * 1000), what, rfc3339(other * 1000)))


class PrunedRanges:
    """What the records audit.pruned say was taken away: index ranges, each before its own record."""

    def __init__(self):
        self.ranges = []
        self.rules = []  # of each range, by which rule records were chosen
        self.count = 0

    def note(self, idx, record):
        after = part(record, "after")
        first, last = after.get("first"), after.get("last")
        if isinstance(first, int) and isinstance(last, int) and first <= last:
            self.ranges.append((first, min(last, idx - 1)))
            self.rules.append(integer(after.get("rule"), 1))
            self.count += after.get("count") if isinstance(after.get("count"), int) else 0

    def rule(self, idx):
        """The most lenient one of those by which the record may have been pruned."""
        return min((rule for (first, last), rule in zip(self.ranges, self.rules) if first <= idx <= last), default=1)

    def uncovered(self, empty):
        """Of these indexes (ascending), those that no range holds."""
        merged = []
        for first, last in sorted(self.ranges):
            if merged and first <= merged[-1][1] + 1:
                merged[-1][1] = max(merged[-1][1], last)
            else:
                merged.append([first, last])
        starts = [first for first, _ in merged]
        others = []
        for idx in empty:
            i = bisect.bisect_right(starts, idx) - 1
            if i < 0 or merged[i][1] < idx:
                others.append(idx)
        return others


# ---------------------------------------------------------------- heads that are held against a log


class HeadComparison:
    """Heads whose root is compared while the tree grows past their size."""

    def __init__(self, findings):
        self.findings = findings
        self.waiting = {}  # size -> [(what it is called, root)]
        self.newest = None

    def expect(self, name, head):
        self.waiting.setdefault(head.size, []).append((name, head.root))
        if self.newest is None or head.size > self.newest:
            self.newest = head.size

    def look(self, tree):
        for name, root in self.waiting.pop(tree.size, ()):
            if root != tree.root():
                self.findings.add(
                    "%s covers %d records, but the first %d records here have another root: "
                    "something among them was changed, added or removed." % (name, tree.size, tree.size)
                )

    def finish(self, tree):
        for size in sorted(self.waiting):
            for name, _ in self.waiting[size]:
                self.findings.add(
                    "%s covers %d records, but the log has only %d: it was cut off." % (name, size, tree.size)
                )


def expect_saved_head(path, keys, comparison, findings):
    """--head: its size and root hold whoever signed it; its signature must be of a key that is known."""
    note = read_file(path)
    try:
        head = Head(text_of_note(note))
    except ValueError as error:
        raise Unusable("%s isn't a signed head: %s." % (path, error)) from error
    comparison.expect("The saved head", head)
    if keys:
        try:
            open_head(note, keys)
        except ValueError as error:
            findings.add("The saved head (%d records) isn't signed by this log's key: %s." % (head.size, error))
    return head


# ---------------------------------------------------------------- --log


def check_log(path, saved_head, trusted, findings):
    comparison = HeadComparison(findings)
    head = expect_saved_head(saved_head, [trusted] if trusted else [], comparison, findings) if saved_head else None
    tree = Tree()
    comparison.look(tree)
    if not os.path.isfile(path):
        raise Unusable("There is no file %s." % path)
    times, pruned, empty, idx = Times(findings), PrunedRanges(), [], 0
    with open(path, "rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                findings.add("Record %d, the last line, isn't complete: it has no line feed." % idx)
            line = line.rstrip(b"\n")
            if not line:
                empty.append(idx)
            else:
                skipped = skipped_before(idx, line)
                empty.extend(range(idx, idx + skipped))
                idx += skipped
                record = check_line(idx, line, findings)
                times.note(idx, record.get("ts"), record.get("type"))
                if record.get("type") == "audit.pruned":
                    pruned.note(idx, record)
            idx += 1
            tree.append(leaf_hash(line))
            if tree.size in comparison.waiting and not empty:
                comparison.look(tree)
    if empty:
        return summary_of_pruned_log(idx, pruned, empty, findings) + times.places
    comparison.finish(tree)
    if head and not trusted:
        findings.doubt("The saved head's signature was not checked: give the log's key, too (--key).")
    return summary_of_log(tree, head) + times.places


def check_line(idx, line, findings):
    """The record; an empty one when it can't be read."""
    try:
        record = parse_record(line)
    except ValueError:
        findings.add("Record %d isn't a JSON object." % idx)
        return {}
    if record.get("idx") != idx:
        findings.add("Record %d says that it is record %s." % (idx, record.get("idx")))
    return record


def skipped_before(idx, line):
    """How many records aren't there, where record `idx` should be: `wardroomctl audit export` leaves pruned ones out."""
    try:
        said = parse_record(line).get("idx")
    except ValueError:
        return 0
    return said - idx if isinstance(said, int) and idx < said < idx + MAX_SKIPPED else 0


def check_pruned_count(pruned, empty, findings):
    """Of a whole log: exactly those are empty of which the records audit.pruned tell."""
    others = pruned.uncovered(empty)
    for idx in others:
        findings.add("Record %d isn't there, and no record audit.pruned says that it was pruned." % idx)
    if not others and len(empty) != pruned.count:
        findings.add(
            "%d records aren't there, but the records audit.pruned tell of %d that were forgotten." % (len(empty), pruned.count)
        )


def summary_of_pruned_log(size, pruned, empty, findings):
    """Such a file has no hashes of the records that are gone, and so no root."""
    check_pruned_count(pruned, empty, findings)
    findings.doubt(
        "%d of the %d records were pruned, and this form of the log doesn't have their hashes: no head can be held "
        "against it. Check the database (--db) or a bundle (--bundle)." % (len(empty), size)
    )
    return ["%d records read." % (size - len(empty))]


def summary_of_log(tree, head):
    lines = ["%d records read; root %s." % (tree.size, tree.root().hex())]
    if head:
        lines.append("The first %d are those that the saved head covers." % head.size)
        if head.size < tree.size:
            lines.append("Nothing is proven about the %d records after it." % (tree.size - head.size))
    else:
        lines.append("They are whole in themselves. Only a saved head (--head) shows that nobody rewrote them.")
    return lines


# ---------------------------------------------------------------- --bundle


class Bundle:
    """The files of a directory or of a .zip."""

    def __init__(self, path):
        self.path = path
        self.zip = None
        if os.path.isdir(path):
            return
        try:
            self.zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise Unusable("%s isn't a bundle: %s." % (path, error)) from error

    def has(self, name):
        return name in self.zip.namelist() if self.zip else os.path.isfile(os.path.join(self.path, name))

    def open(self, name):
        try:
            return self.zip.open(name) if self.zip else open(os.path.join(self.path, name), "rb")
        except (OSError, KeyError) as error:
            raise Unusable("The bundle %s has no file %s." % (self.path, name)) from error

    def names(self):
        return self.zip.namelist() if self.zip else sorted(os.listdir(self.path))

    def read(self, name):
        with self.open(name) as file:
            return file.read(1 << 20)

    def size_and_hash(self, name):
        """Of a file of any size."""
        size, digest = 0, sha256()
        with self.open(name) as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                size += len(piece)
                digest.update(piece)
        return size, digest.hexdigest()

    def lines(self, name):
        with self.open(name) as file:
            for line in file:
                yield line[:-1] if line.endswith(b"\n") else line


TITLES = {"posted": "message", "edited": "edit", "deleted": "delete", "restored": "restore"}


def read_files(line):
    """What a message carries: (size, SHA-256, name) of each file. Of another form the line is bound all the same, and can only be passed over."""
    files = [re.fullmatch("([0-9]{1,18}) ([0-9a-f]{64}) (.+)", part) for part in line.split("\t")] if line else []
    return [(int(file[1]), file[2], file[3]) for file in files] if all(files) else []


class State:
    """A line of messages.txt. Raises ValueError with the reason."""

    def __init__(self, line):
        words = line.decode().split(" ")
        if len(words) < 7:
            raise ValueError("it doesn't name a state of a message")
        self.room, self.seq, self.version = (int(word) for word in words[:3])
        self.act = words[3]
        if self.act not in TITLES or (self.act == "posted") != (self.version == 1):
            raise ValueError("it names no act")
        self.place = None if words[4:6] == ["-", "-"] else (int(words[4]), int(words[5]))
        self.erased = words[6].startswith("erased:")
        self.reason, self.text = "", ""
        self.form = 0  # of the bytes of a posted one: 1, 2 with what it answers, or 3 with its thread, too
        self.reply_to = self.thread = None
        self.files = []  # of a posted one
        if self.erased:
            self.commitment = bytes.fromhex(words[6][7:])
            self.by, self.at = int(words[7]), int(words[8])
        else:
            preimage = bytes.fromhex(words[6])
            self.commitment = sha256(preimage).digest()
            self.read(preimage[16:].decode("utf-8", "replace"))

    def read(self, canonical):
        if self.act == "posted":
            self.form = next((form for form in (2, 3) if canonical.startswith("wardroom message v%d\n" % form)), 1)
        names = ["wardroom %s v%d" % (TITLES[self.act], self.form or 1), str(self.room), str(self.seq)]
        names += [] if self.act == "posted" else [str(self.version)]
        # Author or who did it, and time; then the reason; or what is answered, client_id and files; then the thread.
        lines = canonical.split("\n", len(names) + {0: 3, 1: 2, 2: 5, 3: 6}[self.form])
        if lines[: len(names)] != names:
            raise ValueError("its bytes speak of another message, version or act than the line")
        rest = lines[len(names) :]
        self.by, self.at = int(rest[0]), int(rest[1])
        if self.act != "posted":
            self.reason = rest[2]
        elif self.form > 1:
            if len(rest) != self.form + 4 or len(rest[3]) != 36:
                raise ValueError("its bytes name no client_id")
            self.reply_to = int(rest[2]) if rest[2] else None
            self.files = read_files(rest[4])
            self.thread = int(rest[5]) if self.form == 3 else None
        self.text = rest[-1]

    def name(self):
        return "Message %d of room %d, version %d" % (self.seq, self.room, self.version)


class BundleCheck:
    def __init__(self, bundle, findings):
        self.bundle = bundle
        self.findings = findings
        self.leaves = []
        self.first = 0
        self.counts = {"shown": 0, "hidden": 0, "pruned": 0, "proven": 0, "erased": 0, "unproven": 0}
        self.broken = False
        self.committed = {}  # idx -> (count, root)
        self.groups = {}  # idx -> leaf hashes
        self.states = []  # proven ones
        self.v2_since = None  # the record from which on messages are bound in the form v2
        self.subject = self.read_subject()
        self.hidden = []
        self.pruned = []
        self.pruned_ranges = PrunedRanges()
        self.times = Times(findings)
        self.keys = []  # the head's, and those that led to it from the one that was given
        self.names = {}  # (user or room, number) -> name, out of the records
        self.counted = None
        self.export = None  # what the record of the export says, where it is proven
        self.given = set()  # records whose bytes are here
        self.devices = {}  # of these, audit.witness_added: the key
        self.witnesses = None

    def read_subject(self):
        subject = {"person": None, "room": None}
        for line in self.bundle.lines("case.txt"):
            words = line.decode("utf-8", "replace").split(" ")
            if words[0][:-1] in subject and words[0].endswith(":") and len(words) > 1 and words[1].isdigit():
                subject[words[0][:-1]] = int(words[1])
        return subject

    def run(self, saved_head, trusted, show):
        key, head = self.check_head(trusted)
        self.check_records()
        edges = self.read_edges()
        if not self.broken:
            root = root_from(head.size, self.first, self.leaves, edges)
            if root is None:
                self.findings.add("The records don't lead to the head: the proof isn't one.")
            elif root != head.root:
                self.findings.add(
                    "The records don't give the root that the head signed: some were changed, removed, added or moved."
                )
        self.check_groups()
        self.check_forms()
        self.check_messages()
        self.check_pruned(head)
        self.check_export(head)
        carried = self.check_files()
        self.counted = self.check_counts()
        met = self.check_saved(saved_head, key, head, edges) if saved_head else None
        self.witnesses = check_witnesses(self.bundle, head, self.given, self.devices, self.times, self.findings)
        if show and not self.findings.sentences:
            self.print_messages()
        return self.summary(key, head, met, trusted) + carried

    def check_head(self, trusted):
        try:
            key = VerifierKey(self.bundle.read("key").decode("utf-8", "replace"))
            note = self.bundle.read("checkpoint")
            head = Head(text_of_note(note))
        except ValueError as error:
            raise Unusable("The bundle's key or head isn't one: %s." % error) from error
        try:
            open_head(note, [key])
        except ValueError as error:
            self.findings.add("The head of %d records doesn't hold: %s." % (head.size, error))
        der = bytes.fromhex("302a300506032b6570032100") + key.bytes  # SubjectPublicKeyInfo, RFC 8410
        pem = "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n" % base64.b64encode(der).decode()
        if self.bundle.read("key.pem") != pem.encode():
            self.findings.add("key.pem isn't the log's key: openssl would use another one.")
        self.keys = [key] + ([trusted] if trusted else [])
        if trusted and trusted.text != key.text and self.follow_rotations(trusted).text != key.text:
            self.findings.add("The key isn't the one that was given (%s), nor did that one hand over to it." % trusted.id.hex())
        return key, head

    def follow_rotations(self, key):
        number = 1
        while self.bundle.has("rotation-%d" % number):
            try:
                key = open_rotation(self.bundle.read("rotation-%d" % number), key)
                self.keys.append(key)
            except ValueError:
                pass  # of a time before the key that was given
            number += 1
        return key

    def check_records(self):
        expected = None
        for line in self.bundle.lines("records.txt"):
            words = line.split(b" ", 2)
            try:
                idx, leaf, body = int(words[0]), bytes.fromhex(words[1].decode()), words[2]
                if len(leaf) != 32:
                    raise ValueError
            except (ValueError, IndexError):
                self.findings.add("The line behind record %s can't be used." % (expected - 1 if expected else "none"))
                self.broken = True
                return
            if expected is None:
                self.first = idx
            elif idx != expected:
                self.findings.add("Record %d is missing: record %d stands in its place." % (expected, idx))
                self.broken = True
                return
            expected = idx + 1
            if body in (b"-", b"pruned"):
                self.counts["hidden" if body == b"-" else "pruned"] += 1
                (self.hidden if body == b"-" else self.pruned).append(idx)
            else:
                self.check_record(idx, leaf, body)
                leaf = leaf_hash(body)
            self.leaves.append(leaf)
        if expected is None:
            raise Unusable("The bundle has no records.")

    def check_record(self, idx, leaf, line):
        self.counts["shown"] += 1
        if leaf_hash(line) != leaf:
            self.findings.add("Record %d isn't what was written: its hash differs." % idx)
        record = check_line(idx, line, self.findings)
        kind = record.get("type")
        self.times.note(idx, record.get("ts"), kind)
        if kind == "messages.committed":
            self.committed[idx] = part(record, "after")
        elif kind == "audit.pruned":
            self.pruned_ranges.note(idx, record)
        self.given.add(idx)
        if kind == "audit.witness_added":
            self.devices[idx] = part(record, "after").get("key")
        actor, target = part(record, "actor"), part(record, "target")
        for kind, named in (("user", actor), (target.get("type"), target)):
            self.names[str(kind), str(named.get("id"))] = named.get("name")

    def read_edges(self):
        return self.parse_edges(self.bundle.lines("edges.txt"), "edges.txt")

    def parse_edges(self, lines, name):
        edges = {}
        for line in lines:
            try:
                level, index, node = line.split(b" ")
                place = (int(level), int(index))
                if place in edges:
                    raise ValueError
                edges[place] = bytes.fromhex(node.decode())
            except ValueError:
                self.findings.add("A line of %s can't be used." % name)
        return edges

    def check_export(self, head):
        """The record audit.exported of this bundle, under the head. Bundles of before have no such file."""
        if not self.bundle.has("export.txt"):
            return
        lines = list(self.bundle.lines("export.txt"))
        try:
            idx, leaf, body = lines[0].split(b" ", 2)
            idx, leaf, record = int(idx), bytes.fromhex(leaf.decode()), parse_record(body)
        except (ValueError, IndexError):
            self.findings.add("The record of the export in export.txt can't be used.")
            return
        edges = self.parse_edges(lines[1:], "export.txt")
        if leaf_hash(body) != leaf or record.get("idx") != idx or record.get("type") != "audit.exported":
            self.findings.add("The record of the export in export.txt isn't what was written, or is another one.")
        elif root_from(head.size, idx, [leaf], edges) != head.root:
            self.findings.add("The record of the export in export.txt doesn't lead to the head.")
        else:
            self.export = record

    def check_groups(self):
        for line in self.bundle.lines("groups.txt"):
            words = line.split(b" ")
            try:
                self.groups.setdefault(int(words[0]), []).extend(bytes.fromhex(word.decode()) for word in words[1:])
            except ValueError:
                self.findings.add("A line of groups.txt can't be used.")
        for idx, leaves in self.groups.items():
            if idx not in self.committed:
                self.findings.add("The hashes of messages given for record %d belong to no record of the bundle." % idx)
            elif (len(leaves), root_of(leaves).hex()) != tuple(self.committed[idx].get(n) for n in ("count", "root")):
                self.findings.add("The hashes of messages given for record %d don't give its root." % idx)

    def check_forms(self):
        """From one record on all messages are bound in the form v2, which holds more of them than v1."""
        for idx, after in sorted(self.committed.items()):
            since = after.get("v2_since")
            if isinstance(since, int):
                self.v2_since = since if self.v2_since is None else self.v2_since
                if since != self.v2_since or since > idx:
                    self.findings.add(
                        "Record %d says that messages are bound in their new form since record %d, which isn't what the "
                        "others say." % (idx, since))
        for idx, after in sorted(self.committed.items()):
            if self.v2_since is not None and idx >= self.v2_since and not isinstance(after.get("v2_since"), int):
                self.findings.add(
                    "Record %d binds messages in as before record %d, from which on they have a new form."
                    % (idx, self.v2_since))

    def check_messages(self):
        taken = set()
        for number, line in enumerate(self.bundle.lines("messages.txt"), 1):
            try:
                state = State(line)
            except (ValueError, IndexError) as error:
                self.findings.add("Line %d of messages.txt can't be used: %s." % (number, error))
                continue
            if state.place is None:
                self.counts["unproven"] += 1
                continue
            leaves = self.groups.get(state.place[0], ())
            if state.place[1] >= len(leaves):
                self.findings.add("%s names a place in the log that the bundle doesn't have." % state.name())
            elif leaves[state.place[1]] != leaf_hash(state.commitment):
                self.findings.add("%s isn't what was written: the log holds something else in its place." % state.name())
            elif state.place in taken:
                self.findings.add("%s stands in the place of another one." % state.name())
            elif state.form == 1 and self.v2_since is not None and state.place[0] >= self.v2_since:
                self.findings.add(
                    "%s is bound in a form that doesn't hold any more since record %d." % (state.name(), self.v2_since))
            else:
                self.counts["proven"] += 1
                self.counts["erased"] += state.erased
                self.states.append(state)
            taken.add(state.place)

    def check_files(self):
        """The bytes of what the messages carry, where the bundle takes them along. A sentence for the summary."""
        beside = {name for name in self.bundle.names() if name.startswith("file-")}
        if not self.bundle.has("carried.txt"):
            for name in sorted(beside):
                self.findings.add("%s is in the bundle, which doesn't say that it takes files along." % name)
            if part(self.export or {}, "after").get("files") is True:
                self.findings.doubt(
                    "Record %d says that this bundle takes files along, but it has no carried.txt." % self.export["idx"])
            return []
        bound = {}  # (size, hash) -> the message that carries it
        for state in self.states:
            for size, digest, _ in state.files:
                bound.setdefault((size, digest), state)
        said = {}
        for number, line in enumerate(self.bundle.lines("carried.txt"), 1):
            match = re.fullmatch(b"([0-9a-f]{64}) ([0-9]{1,18}) (here|gone)", line)
            if not match or match[1].decode() in (digest for _, digest in said):
                self.findings.add("Line %d of carried.txt can't be used, or names a file twice." % number)
                continue
            said[int(match[2]), match[1].decode()] = match[3] == b"here"
        for (size, digest), is_here in said.items():
            name = "file-" + digest
            if (size, digest) not in bound:
                self.findings.add("carried.txt names %s of %d bytes, which no message here carries." % (name, size))
            if is_here and name not in beside:
                self.findings.add("%s isn't in the bundle." % name)
            elif is_here and self.bundle.size_and_hash(name) != (size, digest):
                self.findings.add("%s isn't what was sent: its size or hash differs." % name)
            elif not is_here:
                self.findings.doubt("%s is gone, and that it had to be is the server's word." % name)
        for name in sorted(beside - {"file-" + digest for (_, digest), is_here in said.items() if is_here}):
            self.findings.add("%s is in the bundle, and carried.txt doesn't say so." % name)
        for place in sorted(bound.keys() - said.keys()):
            self.findings.doubt(
                "%s carries a file of %d bytes, SHA-256 %s, which the bundle neither has nor says to be gone."
                % ((bound[place].name(),) + place))
        return ["%d files of messages are here, each as it was sent." % sum(said.values())]

    def check_saved(self, path, key, head, edges):
        note = read_file(path)
        try:
            saved = Head(text_of_note(note))
        except ValueError as error:
            raise Unusable("%s isn't a signed head: %s." % (path, error)) from error
        try:
            open_head(note, self.keys)
        except ValueError:
            self.findings.add(
                "The saved head (%d records) isn't met: no key of this log that is known signed it. An older key is "
                "given with --key." % saved.size
            )
            return None
        last = self.first + len(self.leaves) - 1
        root = None
        if saved.size == head.size:
            root = head.root
        elif self.first < saved.size <= last + 1 and not self.broken:
            # The tree of that size: the same records up to there, and what stands left of them.
            left = {place: node for place, node in edges.items() if (place[1] + 1) << place[0] <= self.first}
            root = root_from(saved.size, self.first, self.leaves[: saved.size - self.first], left)
        if root is None:
            self.findings.add(
                "The saved head covers %d records and can't be held against this bundle, which tells of %d to %d and of %d."
                % (saved.size, self.first + 1, last + 1, head.size)
            )
        elif root != saved.root:
            self.findings.add(
                "The saved head of %d records is not of this log: among these records something was changed, removed, "
                "added or moved." % saved.size
            )
        return saved

    def check_pruned(self, head):
        uncovered = self.pruned_ranges.uncovered(self.pruned)
        last = self.first + len(self.leaves) - 1
        # A bundle that ends before the head ends may lack the record of a later pruning.
        if uncovered and last + 1 == head.size:
            self.findings.doubt("Record %d is given as pruned, but no record audit.pruned here says so." % uncovered[0])
        found, said = len(self.pruned) - len(uncovered), self.pruned_ranges.count
        all_here = all(self.first <= a and b <= last for a, b in self.pruned_ranges.ranges)
        if found > said or (all_here and found < said):
            self.findings.add(
                "%d records are given as pruned, but the records audit.pruned tell of %d." % (found, said)
            )

    def check_counts(self):
        """Whether anything is missing. Returns between which two records none of the subject's states is."""
        if self.counts["unproven"]:
            self.findings.doubt("%d states of messages stand in no group of the log." % self.counts["unproven"])
        person, room = self.subject["person"], self.subject["room"]
        shown, of_subject = {}, {}
        for state in self.states:
            idx = state.place[0]
            shown[idx] = shown.get(idx, 0) + 1
            of_subject[idx] = of_subject.get(idx, 0) + (room is None or state.room == room)
        hashes = {idx: len(self.groups[idx]) if idx in self.groups else integer(after.get("count"), 0)
                  for idx, after in self.committed.items()}
        if person is None and room is None:
            self.check_everything(shown, hashes)
            return None
        link, since, uncounted, counted_from = None, 0, [], None
        for idx, after in sorted(self.committed.items()):
            since = max(since, integer(after.get("since"), 0))
            if not isinstance(after.get("states"), list):
                uncounted.append(hashes[idx] - shown.get(idx, 0))
                continue
            counts = [five_numbers(entry) for entry in after["states"]]
            self.compare_count(idx, sum(c[2] for c in counts if room in (None, c[0]) and person in (None, c[1])),
                               of_subject.get(idx, 0))
            # The chain is the room's, or the person's where the bundle is about no room.
            before = [c[3] if room is not None else c[4] for c in counts
                      if (c[0] == room if room is not None else c[1] == person)]
            if not before:
                continue
            if before[-1] >= self.first if link is None else before[-1] != link:
                self.findings.doubt(
                    "Record %d says that record %d binds in states of the subject, too; the bundle doesn't show it as "
                    "that." % (idx, before[-1]))
            if link is None:
                counted_from = max(self.first, integer(after.get("since"), 0))
            link = idx
        uncounted = [n for n in uncounted if n > 0]
        if uncounted:
            self.findings.doubt(
                "%d %s say whose states they bind in: that none of the subject's is among %d that can't be seen here is "
                "the server's word." % (len(uncounted), "record doesn't" if len(uncounted) == 1 else "records don't",
                                        sum(uncounted)))
        if any(idx < since for idx in self.hidden):
            self.findings.doubt(
                "The log counts states from record %d on: that none is missing before it is the server's word." % since)
        to = self.check_chain_end(link)
        return None if link is None else (counted_from, to)

    def check_chain_end(self, link):
        """No record speaks of one behind it; that of the export names the last. Up to which record all is there."""
        if self.export is None:
            self.findings.doubt(
                "The bundle has no record of its export: that no states of the subject follow the last ones here is the "
                "server's word.")
            return link
        idx, after = self.export["idx"], part(self.export, "after")
        end, until, last = after.get("chain_end"), integer(after.get("last"), -1), self.first + len(self.leaves) - 1
        is_its_export = (after.get("user"), self.export.get("room")) == (self.subject["person"], self.subject["room"])
        says = "Record %d says that record %s is the last that counts states of the subject; " % (idx, end)
        if not is_its_export or not isinstance(end, int):
            self.findings.doubt(
                "Record %d doesn't say of this subject which record is the last that counts its states: that none follow "
                "is the server's word." % idx)
        elif last > until:
            self.findings.doubt(
                "Record %d tells of an export up to record %d, but the bundle goes up to record %d: that nothing is "
                "missing behind it isn't proven." % (idx, until, last))
        elif end >= self.first if link is None else link < end:
            self.findings.doubt(says + "the bundle doesn't show it as that.")
        elif link is not None and link > end:
            self.findings.add(says + "but record %d counts some, too." % link)
        else:
            return last
        return link

    def check_everything(self, shown, hashes):
        if self.hidden:
            self.findings.add(
                "Record %d is given as a hash only, in a bundle of everything in the log." % self.hidden[0])
        for idx, count in sorted(hashes.items()):
            if count > shown.get(idx, 0):
                self.findings.doubt("Record %d binds in %s, of which %d can't be seen here." % (
                    idx, states(integer(self.committed[idx].get("count"), 0)), count - shown.get(idx, 0)))

    def compare_count(self, idx, counted, shown):
        if shown > counted:
            self.findings.add("Record %d counts %s of the subject, but the bundle shows %d." % (idx, states(counted), shown))
        if shown < counted:
            self.findings.doubt("Record %d counts %s of the subject, of which %d can't be seen here." % (
                idx, states(counted), counted - shown))

    def person(self, number):
        """As the newest record here that names them has it."""
        name = self.names.get(("user", str(number)))
        return name if isinstance(name, str) else "person %d" % number

    def print_messages(self):
        for state in sorted(self.states, key=lambda s: (s.room, s.seq, s.version)):
            when = datetime.datetime.fromtimestamp(state.at // 1000, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%S")
            what = "" if state.act == "posted" else " [%s%s]" % (state.act, ": " + state.reason if state.reason else "")
            what += "" if state.reply_to is None else " [answers #%d]" % state.reply_to
            what += "" if state.thread is None else " [in the thread of #%d]" % state.thread
            text = "(the text was erased)" if state.erased else state.text
            text += "".join(" [%s, %d bytes, SHA-256 %s]" % (name, size, digest) for size, digest, name in state.files)
            line = "room %d #%d %s <%s>%s %s" % (
                state.room, state.seq, when, self.person(state.by), what, text)
            print("".join(c if c.isprintable() else " " for c in line))

    def summary(self, key, head, met, trusted):
        counts = self.counts
        lines = [
            "The head of %d records is signed by the key %s of %s." % (head.size, key.id.hex(), key.name),
            "Records %d to %d are all there: %d with their bytes, %d as a hash only, %d pruned."
            % (self.first, self.first + len(self.leaves) - 1, counts["shown"], counts["hidden"], counts["pruned"]),
            "%d states of messages are what was committed to the log; of %d the text was erased."
            % (counts["proven"], counts["erased"]),
        ]
        others = sum(len(leaves) for leaves in self.groups.values()) - counts["proven"]
        lines.append("Not shown: %d states of other messages in the same groups." % others)
        if met:
            lines.append("The saved head of %d records is met." % met.size)
        else:
            lines.append("Compare with a head that was kept on another computer: --head FILE.")
        lines.extend(self.times.places)
        if self.witnesses:
            lines.append(self.witnesses)
        if self.counted:
            lines.append("None of the subject's states is missing between records %d and %d." % self.counted)
        if not trusted:
            lines.append("The key was taken from the bundle itself; --key compares it with one that you know.")
        return lines


class Witness:
    """A line of witnesses.txt: a device, and the head that it cosigned. Raises ValueError."""

    def __init__(self, line):
        words = line.decode().split(" ")
        self.key = VerifierKey(words[0], 4)
        numbers = words[1:3] + ([words[3], words[5]] if len(words) == 8 else [])
        if len(words) not in (4, 8) or not all(plain_number(n) for n in numbers) or (len(words) == 4 and words[3] != "-"):
            raise ValueError("it hasn't the parts that it should have")
        self.record = int(words[1])
        self.cosigned = len(words) == 8
        if self.cosigned:
            self.size, self.seconds = int(words[3]), int(words[5])
            self.root, self.signature = bytes.fromhex(words[4]), bytes.fromhex(words[6])
            self.proof = [] if words[7] == "-" else [bytes.fromhex(word) for word in words[7].split(",")]
            if self.size < 1 or any(len(node) != 32 for node in [self.root] + self.proof):
                raise ValueError("it names no size, or something that isn't a hash")

    def fault(self, head):
        """What is wrong with it as a witness of this log, or nothing."""
        text = "cosignature/v1\ntime %d\n%s\n%d\n%s\n" % (
            self.seconds, head.origin, self.size, base64.b64encode(self.root).decode())
        if not self.key.verifies(self.signature, text.encode()):
            return "didn't cosign a head of %d records: its signature is wrong." % self.size
        if not is_consistent(self.size, self.root, head.size, head.root, self.proof):
            return (
                "vouched for a log of %d records, and nothing shows that it is the beginning of this one." % self.size)
        return None


def plain_number(text):
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") and len(text) < 19


def check_witnesses(bundle, head, given, devices, times, findings):
    """How many devices vouch for the log, as a sentence. Bundles of before there were witnesses have no such file."""
    if not bundle.has("witnesses.txt"):
        return None
    met, vouching, count = set(), [], 0
    for line in bundle.lines("witnesses.txt"):
        try:
            witness = Witness(line)
        except (ValueError, IndexError) as error:
            findings.add("A line of witnesses.txt can't be used: %s." % error)
            continue
        name = "The device %s" % witness.key.name
        if witness.key.text in met:
            findings.add("%s stands in witnesses.txt twice." % name)
            continue
        met.add(witness.key.text)
        count += 1
        # Where the record's bytes aren't here, that the key is a device's is the server's word.
        if witness.record in given and devices.get(witness.record) != witness.key.text:
            findings.add("%s isn't the one that record %d makes known." % (name, witness.record))
            continue
        fault = witness.fault(head) if witness.cosigned else None
        if fault:
            findings.add("%s %s" % (name, fault))
        elif witness.cosigned:
            vouching.append(witness)
            times.compare(name, witness.size, witness.seconds)
    return tell_witnesses(vouching, count)


def tell_witnesses(vouching, count):
    if not count:
        return None
    of = "%d of %d device%s" % (len(vouching), count, "" if count == 1 else "s")
    if not vouching:
        return of + " vouches for this log."
    least, most = min(w.size for w in vouching), max(vouching, key=lambda w: w.size)
    return "%s vouch%s for this log: for its first %s records, the newest on %s by its own clock." % (
        of, "es" if len(vouching) == 1 else "",
        most.size if least == most.size else "%d to %d" % (least, most.size), rfc3339(most.seconds * 1000))


def is_consistent(size, root, later_size, later_root, proof):
    """Whether a log of `size` records is the beginning of a later one (RFC 9162 section 2.1.4.2)."""
    if size > later_size or size < 1:
        return False
    if size == later_size:
        return not proof and root == later_root
    nodes = list(proof)
    if size & (size - 1) == 0:
        nodes.insert(0, root)
    if not nodes:
        return False
    fn, sn = size - 1, later_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = nodes[0]
    for node in nodes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = node_hash(node, first), node_hash(node, second)
            while fn & 1 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, node)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == root and second == later_root


def integer(value, otherwise):
    return value if isinstance(value, int) else otherwise


def five_numbers(entry):
    """Room, author, states, the record before of the room, that of the author."""
    numbers = [integer(value, -1) for value in entry] if isinstance(entry, list) else []
    return (numbers + [-1] * 5)[:5]


def states(count):
    return "%d state%s" % (count, "" if count == 1 else "s")


def root_from(size, first, leaves, edges):
    """The root of a tree of `size` leaves of which these are known, and nodes by (level, index). None: no proof."""
    level, width, begin, nodes = 0, size, first, list(leaves)
    left = dict(edges)
    while True:
        # What is given stands beside what was computed: nothing else is of use.
        before, after = left.pop((level, begin - 1), None), left.pop((level, begin + len(nodes)), None)
        if before is not None:
            nodes.insert(0, before)
            begin -= 1
        if after is not None:
            nodes.append(after)
        if begin + len(nodes) > width or not nodes:
            return None
        if width == 1:
            return nodes[0] if begin == 0 and len(nodes) == 1 and not left else None
        if begin % 2 or (len(nodes) % 2 and begin + len(nodes) != width):
            return None
        above = [node_hash(nodes[i], nodes[i + 1]) for i in range(0, len(nodes) - 1, 2)]
        if len(nodes) % 2:
            above.append(nodes[-1])
        nodes, begin, width, level = above, begin // 2, (width + 1) // 2, level + 1


# ---------------------------------------------------------------- --db


def open_database(path):
    if not os.path.isfile(path):
        raise Unusable("There is no file %s." % path)
    quoted = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    # Without a write-ahead log beside it a copy can lie where nothing may be written.
    ways = ["mode=ro"] if os.path.exists(path + "-wal") else ["mode=ro", "immutable=1"]
    for way in ways:
        try:
            db = sqlite3.connect("file:%s?%s" % (quoted, way), uri=True, isolation_level=None)
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return db
        except sqlite3.Error as error:
            reason = error
    raise Unusable("%s can't be read: %s." % (path, reason))


class DatabaseCheck:
    def __init__(self, db, findings):
        self.db = db
        self.findings = findings
        self.comparison = HeadComparison(findings)
        self.pruned = PrunedRanges()
        self.tree = Tree()
        self.empty = []
        self.groups_expected = {}  # idx of a record messages.committed -> (at, count, root)
        self.keys = []
        self.whole = False  # no index is missing
        self.times = Times(findings)
        self.cosigned = []  # by whom, how many records, when
        self.types_of_empty = []

    def run(self, saved_head, trusted):
        tables = {row[0] for row in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        absent = {"audit_records", "audit_nodes", "audit_groups", "audit_keys", "audit_checkpoints"} - tables
        if absent:
            raise Unusable("This isn't the database of a Wardroom whose log can be checked: no table %s." % min(absent))
        first_key_at = self.load_keys(trusted)
        newest = self.load_checkpoints()
        cosigned = self.load_cosigned() if "witnesses" in tables else 0
        saved = expect_saved_head(saved_head, self.keys, self.comparison, self.findings) if saved_head else None
        self.check_records()
        self.comparison.finish(self.tree)
        for name, size, seconds in self.cosigned:
            self.times.compare(name, size, seconds)
        for idx, kind in zip(self.empty, self.types_of_empty):
            if kind in KEPT_SINCE_RULE_2 and self.pruned.rule(idx) >= 2:
                self.findings.add("Record %d is empty, but records of type %s are never pruned." % (idx, kind))
        if self.whole:
            check_pruned_count(self.pruned, self.empty, self.findings)
            self.check_groups(first_key_at)
        return self.summary(newest, saved, trusted) + (
            ["Of %d devices the newest head that they cosigned is met." % cosigned] if cosigned else [])

    def load_cosigned(self):
        """What devices vouched for must be met, too: whoever rewrites the log with its own key lacks theirs."""
        count = 0
        for text, note, is_closed in self.db.execute(
            "SELECT key, note, ifnull(u.disabled OR u.removed, 1) FROM witnesses w LEFT JOIN users u ON u.id = w.user_id"
            " WHERE note IS NOT NULL ORDER BY w.id"
        ):
            note = as_note(note)
            try:
                key = VerifierKey(text, 4)
                head = Head(text_of_note(note))
                seconds = open_cosignature(note, key)
            except ValueError as error:
                self.findings.add("What the device %s is said to have cosigned doesn't hold: %s." % (text, error))
                continue
            self.comparison.expect("The head that the device %s cosigned" % key.name, head)
            if not is_closed:  # the device of a shut account can't set its clock right and cosign again
                self.cosigned.append(("The device %s" % key.name, head.size, seconds))
            count += 1
        return count

    def load_keys(self, trusted):
        first_at = None
        number = 0
        for number, text, at, rotation in self.db.execute(
            "SELECT number, key, at, rotation FROM audit_keys ORDER BY number"
        ):
            if number != len(self.keys) + 1:
                self.findings.add("Key %d of the log is missing." % (len(self.keys) + 1))
                break
            try:
                key = VerifierKey(text)
                if self.keys and open_rotation(as_note(rotation), self.keys[-1]).text != key.text:
                    raise ValueError("the key before handed over to another one")
            except ValueError as error:
                self.findings.add("Key %d of the log doesn't hold: %s." % (number, error))
                break
            if first_at is None:
                first_at = at
            self.keys.append(key)
        if trusted and trusted.text not in [key.text for key in self.keys]:
            self.findings.add("The log's key isn't the one that was given (%s)." % trusted.id.hex())
            self.keys = [trusted]
        return first_at

    def load_checkpoints(self):
        newest = None
        if self.db.execute("SELECT count(*) FROM audit_checkpoints").fetchone()[0] > 50 and self.keys:
            self.keys[-1].expect_many()
        for size, note in self.db.execute("SELECT size, note FROM audit_checkpoints ORDER BY size"):
            try:
                head = open_head(as_note(note), self.keys)
                if head.size != size:
                    raise ValueError("it says %d records" % head.size)
            except ValueError as error:
                self.findings.add("The stored head of %s records doesn't hold: %s." % (size, error))
                continue
            self.comparison.expect("The stored head", head)
            newest = head
        return newest

    def check_records(self):
        number = -1
        nodes = self.db.execute("SELECT number, hash FROM audit_nodes ORDER BY number")
        tree, findings, waiting = self.tree, self.findings, self.comparison.waiting
        self.comparison.look(tree)
        rows = self.db.execute(
            "SELECT idx, leaf, typeof(line) = 'text', CAST(line AS BLOB), %s FROM audit_records ORDER BY idx"
            % ", ".join(COLUMNS)
        )
        for idx, leaf, is_text, line, *values in rows:
            if idx != tree.size:
                findings.add(
                    missing(tree.size, idx - 1) if idx > tree.size else "A record %d stands before the first." % idx
                )
                return  # every index from here on is another one: nothing can be compared any more
            if line:
                computed = sha256(b"\x00" + line).digest()
                if computed != leaf:
                    findings.add("Record %d isn't what was written: its hash differs." % idx)
                    leaf = computed
                if not is_text:
                    findings.add("Record %d isn't stored as text." % idx)
                self.check_columns(idx, line, values)
            else:
                leaf = self.check_pruned(idx, leaf, dict(zip(COLUMNS, values)))
            for node in tree.append(leaf):
                if nodes is None:
                    break
                number += 1
                found = nodes.fetchone()
                if found != (number, node):
                    findings.add("Node %d of the tree, made by record %d, is missing or another one." % (number, idx))
                    if found is None or found[0] != number:
                        nodes = None  # every node from here on stands elsewhere
            if tree.size in waiting:
                self.comparison.look(tree)
        self.whole = True
        rest = nodes.fetchone() if nodes else None
        if rest is not None:
            findings.add("The tree has nodes (%s and on) of records that aren't there." % rest[0])

    def check_columns(self, idx, line, values):
        try:
            record = parse_record(line)
            expected = columns_of(record)
        except (ValueError, KeyError, TypeError, AttributeError):
            self.findings.add("Record %d isn't a JSON object with the fields of a record." % idx)
            return
        if record.get("idx") != idx:
            self.findings.add("Record %d says that it is record %s." % (idx, record.get("idx")))
        for name in [n for n, a, b in zip(COLUMNS, expected, values) if a != b] if expected != values else ():
            self.findings.add("Record %d can't be found as what it is: its column %s says something else." % (idx, name))
        kind = record["type"]
        self.times.note(idx, record["ts"], kind)
        if kind == "messages.committed":
            after = part(record, "after")
            self.groups_expected[idx] = (expected[0], after.get("count"), after.get("root"))
        elif kind == "audit.pruned":
            self.pruned.note(idx, record)

    def check_pruned(self, idx, leaf, values):
        """Of a record whose body is gone; returns its hash, which must stand for it."""
        self.empty.append(idx)
        if isinstance(values.get("at"), int):
            self.times.note(idx, rfc3339(values["at"]), values.get("type"), is_proven=False)
        if not isinstance(leaf, bytes) or len(leaf) != 32:
            self.findings.add("Record %d has neither bytes nor a hash." % idx)
            leaf = b""
        kind = str(values.get("type"))
        self.types_of_empty.append(kind)
        if kind in KEPT_TYPES or kind.startswith(KEPT_SUBJECTS):
            self.findings.add("Record %d is empty, but records of type %s are never pruned." % (idx, kind))
        for name, value in values.items():
            if name not in KEPT_WHEN_PRUNED and value is not None:
                self.findings.add("Record %d was pruned, but its column %s still says something." % (idx, name))
        return leaf

    def check_groups(self, first_key_at):
        first = True
        last_message = -1
        expected = self.groups_expected
        for idx, message, leaves in self.db.execute("SELECT idx, last_message, leaves FROM audit_groups ORDER BY idx"):
            record = expected.pop(idx, None)
            if first:
                # Records of a version before this one have no group: those before the first key was made.
                for other in [i for i, r in expected.items() if i < idx and (first_key_at is None or r[0] < first_key_at)]:
                    del expected[other]
                first = False
            if record is None:
                if not self.is_empty(idx):
                    self.findings.add("The messages' hashes of record %d belong to no such record." % idx)
                continue
            if not isinstance(leaves, bytes) or len(leaves) % 32 or len(leaves) == 0:
                self.findings.add("The messages' hashes of record %d aren't hashes." % idx)
                continue
            hashes = [leaves[i : i + 32] for i in range(0, len(leaves), 32)]
            if len(hashes) != record[1] or root_of(hashes).hex() != record[2]:
                self.findings.add("The messages' hashes of record %d aren't those that it was written with." % idx)
            if not isinstance(message, int) or message < last_message:
                self.findings.add("The messages of record %d are out of order." % idx)
            else:
                last_message = message
        for idx, record in expected.items():
            if not first or (first_key_at is not None and record[0] >= first_key_at):
                self.findings.add("The messages' hashes of record %d are missing." % idx)

    def is_empty(self, idx):
        i = bisect.bisect_left(self.empty, idx)
        return i < len(self.empty) and self.empty[i] == idx

    def summary(self, newest, saved, trusted):
        size = self.tree.size
        lines = ["%d records read; root %s." % (size, self.tree.root().hex())]
        lines.extend(self.times.places)
        if self.empty:
            lines.append("%d of them were pruned: their hashes stand, their text is gone." % len(self.empty))
        if newest:
            lines.append("The newest head that the server signed covers %d of them." % newest.size)
        if saved:
            lines.append("The first %d are those that the saved head covers." % saved.size)
        else:
            lines.append(
                "Whoever holds the server's key could have rewritten all of it: compare with a head that was "
                "kept on another computer (--head)."
            )
        if not trusted:
            lines.append("The key was taken from the database itself; --key compares it with one that you know.")
        return lines


def as_note(value):
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    return value if isinstance(value, bytes) else b""


# ---------------------------------------------------------------- the command


def read_file(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Unusable("%s can't be read: %s." % (path, error.strerror)) from error


def read_key(text):
    try:
        return VerifierKey(text if "+" in text else read_file(text).decode("utf-8", "replace"))
    except ValueError as error:
        raise Unusable("%s isn't a log's key: %s." % (text, error)) from error


def run(arguments, findings):
    trusted = read_key(arguments.key) if arguments.key else None
    if arguments.bundle:
        return BundleCheck(Bundle(arguments.bundle), findings).run(arguments.head, trusted, arguments.show)
    if arguments.log:
        return check_log(arguments.log, arguments.head, trusted, findings)
    db = open_database(arguments.db)
    try:
        return DatabaseCheck(db, findings).run(arguments.head, trusted)
    except sqlite3.DatabaseError as error:
        findings.add("The database can't be read to its end: %s." % error)
        return []
    finally:
        db.close()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--db", metavar="FILE", help=argparse.SUPPRESS)
    what.add_argument("--log", metavar="FILE", help=argparse.SUPPRESS)
    what.add_argument("--bundle", metavar="PATH", help=argparse.SUPPRESS)
    parser.add_argument("--show", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--head", metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("--key", metavar="KEY", help=argparse.SUPPRESS)
    findings = Findings()
    gc.disable()  # nothing here refers in circles, and looking for it takes half the time
    arguments = parser.parse_args()
    if not (arguments.db or arguments.log or arguments.bundle):
        parser.error("say what to check: --bundle PATH, --db FILE or --log FILE")
    try:
        lines = run(arguments, findings)
    except Unusable as error:
        print("verify.py: %s" % error, file=sys.stderr)
        return 2
    if findings.sentences:
        count = len(findings.sentences)
        print("This %s does NOT hold (%s):" % ("bundle" if arguments.bundle else "log", "1 finding" if count == 1 else "%d findings" % count))
        for sentence in findings.sentences[:MAX_SHOWN]:
            print("- " + sentence)
        if len(findings.sentences) > MAX_SHOWN:
            print("- … and %d more." % (len(findings.sentences) - MAX_SHOWN))
        return 1
    if findings.doubts:
        print("Nothing here is wrong, but this isn't proven:")
        for sentence in findings.doubts[:MAX_SHOWN]:
            print("- " + sentence)
        if len(findings.doubts) > MAX_SHOWN:
            print("- … and %d more." % (len(findings.doubts) - MAX_SHOWN))
    else:
        print("All holds.")
    for line in lines:
        print(line)
    return 1 if findings.doubts else 0


if __name__ == "__main__":
    sys.exit(main())
