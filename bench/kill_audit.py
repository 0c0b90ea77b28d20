#!/usr/bin/env python3
"""Kills a server under a load of messages and audited acts, again and again, and checks after each start that
no change stands without its record and no record without its change. KILLS=500 unless told otherwise; needs
Python's standard library. Usage: kill_audit.py [FOLDER WITH THE PROGRAMS]"""

import hashlib
import http.client
import json
import os
import random
import signal
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import uuid

BIN = os.path.realpath(sys.argv[1] if len(sys.argv) > 1 else "build/release/bin")
KILLS = int(os.environ.get("KILLS", "500"))
PORT = int(os.environ.get("PORT", "17543"))
WORKERS = 4


class Server:
    """A throw-away server with limits for a load test."""

    def __init__(self, folder):
        self.data = os.path.join(folder, "data")
        made = subprocess.run([BIN + "/wardroomd", "init", "--data", self.data, "--host", "localhost,127.0.0.1",
                               "--port", str(PORT)], check=True, capture_output=True, text=True).stdout
        self.code = next(line.split()[-1] for line in made.splitlines() if line.startswith("Set-up code:"))
        self.raise_limits()
        self.log = open(os.path.join(folder, "log"), "ab")
        self.process = None

    def raise_limits(self):
        path = os.path.join(self.data, "wardroom.toml")
        names = ("requests_per_second", "requests_burst", "messages_per_second", "messages_burst",
                 "unauthenticated_per_address")
        with open(path) as file:
            lines = file.readlines()
        with open(path, "w") as file:
            for line in lines:
                name = line.lstrip("#").split(" = ")[0]
                file.write(f"{name} = 100000\n" if name in names else line)

    def start(self):
        self.process = subprocess.Popen([BIN + "/wardroomd", "run", "--data", self.data], stdout=subprocess.PIPE,
                                        stderr=self.log, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("ready "):
            sys.exit("The server doesn't start; its log is " + self.log.name)

    def kill(self, how=signal.SIGKILL):
        self.process.send_signal(how)
        self.process.wait()
        self.process.stdout.close()


class Caller:
    """Calls methods over one connection at a time."""

    def __init__(self, server, token=None):
        self.context = ssl.create_default_context(cafile=server.data + "/tls/ca.crt")
        self.token = token
        self.connection = None

    def call(self, method, params):
        """The result; None when it was refused. OSError when the server is gone."""
        if self.connection is None:
            self.connection = http.client.HTTPSConnection("localhost", PORT, timeout=10, context=self.context)
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        try:
            self.connection.request("POST", "/api/v1/" + method, json.dumps(params), headers)
            answer = self.connection.getresponse()
            body = json.loads(answer.read() or b"{}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.connection.close()
            self.connection = None
            raise ConnectionError(str(error)) from error
        return body if answer.status == 200 else None


class Worker(threading.Thread):
    """Changes its own room and its own person, and remembers what was acknowledged."""

    def __init__(self, server, token, number, room, person):
        super().__init__(daemon=True)
        self.caller = Caller(server, token)
        self.random = random.Random(number)
        self.number, self.room, self.person = number, room, person
        self.count = 0
        self.posted = []  # (room, seq) that were acknowledged
        self.topic = ""  # the last one that was acknowledged
        self.disabled = False
        self.made = 0
        self.running = threading.Event()
        self.idle = threading.Event()
        self.idle.set()

    def run(self):
        while True:
            self.running.wait()
            self.idle.clear()
            try:
                self.act()
            except ConnectionError:
                self.running.clear()
            if not self.running.is_set():
                self.idle.set()

    def act(self):
        self.count += 1
        dice = self.random.random()
        if dice < 0.6:
            sent = self.caller.call("message.post", {"room": self.room, "client_id": str(uuid.uuid4()),
                                                     "text": f"message {self.count} of {self.number}"})
            if sent:
                self.posted.append((self.room, sent["seq"]))
        elif dice < 0.75:
            topic = f"topic {self.count}"
            if self.caller.call("room.update", {"room": self.room, "topic": topic}) is not None:
                self.topic = topic
        elif dice < 0.8 and self.posted:
            room, seq = self.random.choice(self.posted)
            self.caller.call("message.edit", {"room": room, "seq": seq, "text": f"edited {self.count}"})
        elif dice < 0.83 and self.posted:
            room, seq = self.random.choice(self.posted)
            self.caller.call("message.delete", {"room": room, "seq": seq, "reason": "tidying up"})
        elif dice < 0.86:
            self.caller.call("room.create", {"name": f"room-{self.number}-{self.count}", "kind": "public"})
        else:
            method = "admin.user_enable" if self.disabled else "admin.user_disable"
            if self.caller.call(method, {"user": self.person, "reason": "by turns"}) is not None:
                self.disabled = not self.disabled


def sha256(data):
    return hashlib.sha256(data).digest()


def canonical(first, numbers, tail):
    return (first + "\n" + "".join(f"{n}\n" for n in numbers) + tail).encode()


class Check:
    """What the log says, followed record by record, against the tables of the state."""

    def __init__(self, path):
        self.path = path
        self.size = 0
        self.topics, self.rooms, self.disabled, self.roles = {}, set(), {}, {}
        self.leaves = {}  # leaf hash: how often it was committed
        self.states = 0  # of messages that were found in the log
        self.known_message, self.known_versions = 0, set()
        self.problems = []

    def run(self, workers):
        db = sqlite3.connect("file:" + self.path + "?mode=ro", uri=True)
        db.execute("BEGIN")
        self.follow(db)
        self.compare_state(db)
        self.compare_messages(db)
        self.compare_acknowledged(db, workers)
        db.close()

    def say(self, what):
        self.problems.append(what)
        print("  " + what, flush=True)

    def follow(self, db):
        for idx, line in db.execute("SELECT idx, line FROM audit_records WHERE idx >= ? ORDER BY idx", (self.size,)):
            if idx != self.size:
                self.say(f"record {self.size} is missing")
            self.size = idx + 1
            self.take(db, idx, json.loads(line))

    def take(self, db, idx, record):
        kind, target, after = record["type"], record.get("target", {}), record.get("after", {})
        if kind == "room.created":
            self.rooms.add(target["id"])
        elif kind == "room.topic_changed":
            self.topics[record["room"]] = after["topic"]
        elif kind in ("user.disabled", "user.enabled"):
            self.disabled[target["id"]] = int(kind == "user.disabled")
        elif kind == "messages.committed":
            group = db.execute("SELECT leaves FROM audit_groups WHERE idx = ?", (idx,)).fetchone()
            leaves = group[0] if group else b""
            if len(leaves) != 32 * after["count"]:
                self.say(f"the group of record {idx} has {len(leaves) // 32} leaves, not {after['count']}")
            for at in range(0, len(leaves), 32):
                leaf = leaves[at:at + 32]
                self.leaves[leaf] = self.leaves.get(leaf, 0) + 1

    def compare_state(self, db):
        rooms = dict(db.execute("SELECT id, topic FROM rooms"))
        for room in set(rooms) ^ self.rooms:
            self.say(f"room {room} stands " + ("without its record" if room in rooms else "only in the log"))
        for room, topic in rooms.items():
            if topic != self.topics.get(room, ""):
                self.say(f"room {room} has the topic {topic!r}; the log says {self.topics.get(room, '')!r}")
        for user, disabled in db.execute("SELECT id, disabled FROM users"):
            if disabled != self.disabled.get(user, 0):
                self.say(f"user {user} is {'shut' if disabled else 'open'}; the log says otherwise")

    def compare_messages(self, db):
        for row in db.execute("SELECT m.id, m.room_id, m.seq, m.author_id, m.at, v.text, v.salt, m.text, m.salt,"
                              " m.reply_to, m.client_id, m.thread FROM messages m LEFT JOIN message_versions v ON v.room_id = m.room_id AND v.seq = m.seq"
                              " AND v.version = 1 WHERE m.id > ? ORDER BY m.id", (self.known_message,)):
            text, salt = (row[5], row[6]) if row[6] is not None else (row[7], row[8])
            self.known_message = row[0]
            answered = "" if row[9] is None else str(row[9])
            thread = [] if row[11] is None else [str(row[11])]
            text = "\n".join([answered, str(uuid.UUID(bytes=row[10])), "", *thread, text])
            self.find(salt + canonical(f"wardroom message v{3 if thread else 2}", row[1:5], text), f"message {row[1]}/{row[2]}")
        acts = {"edited": "wardroom edit v1", "deleted": "wardroom delete v1", "restored": "wardroom restore v1"}
        for row in db.execute("SELECT room_id, seq, version, by_id, at, act, reason, text, salt FROM message_versions"
                              " WHERE version > 1"):
            if row[:3] in self.known_versions:
                continue
            self.known_versions.add(row[:3])
            self.find(row[8] + canonical(acts[row[5]], row[:5], row[6] + "\n" + row[7]),
                      f"version {row[2]} of message {row[0]}/{row[1]}")
        if sum(self.leaves.values()) != self.states:
            self.say(f"{sum(self.leaves.values())} states of messages are in the log, {self.states} in the tables")

    def find(self, preimage, what):
        self.states += 1
        if sha256(b"\0" + sha256(preimage)) not in self.leaves:
            self.say(what + " isn't bound into the log")

    def compare_acknowledged(self, db, workers):
        for worker in workers:
            for room, seq in worker.posted[worker.made:]:
                if not db.execute("SELECT 1 FROM messages WHERE room_id = ? AND seq = ?", (room, seq)).fetchone():
                    self.say(f"message {room}/{seq} was acknowledged and is lost")
            worker.made = len(worker.posted)
            # What was under way when the server died may have happened.
            topic = db.execute("SELECT topic FROM rooms WHERE id = ?", (worker.room,)).fetchone()[0]
            number = lambda text: int(text.split()[1]) if text else 0
            if number(topic) < number(worker.topic):
                self.say(f"room {worker.room} lost its acknowledged topic")
            worker.topic = topic
            disabled = db.execute("SELECT disabled FROM users WHERE id = ?", (worker.person,)).fetchone()[0]
            worker.disabled = bool(disabled)


def make_workers(server):
    device = {"name": "bench", "client": "kill_audit"}
    password = uuid.uuid4().hex
    opened = Caller(server).call("account.accept_invite", {"token": server.code, "user": "root",
                                                           "password": password, "device": device})
    if opened is None:
        sys.exit("The first administrator couldn't be made.")
    root = Caller(server, opened["token"])
    workers = []
    for number in range(WORKERS):
        room = root.call("room.create", {"name": f"room-{number}", "kind": "public"})["room"]["id"]
        person = root.call("admin.user_create", {"name": f"person{number}"})["user"]["id"]
        workers.append(Worker(server, opened["token"], number, room, person))
    return workers


def main():
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        server.start()
        workers = make_workers(server)
        check = Check(server.data + "/wardroom.db")
        for worker in workers:
            worker.start()
        begun = time.monotonic()
        dice = random.Random(KILLS)
        for kill in range(1, KILLS + 1):
            for worker in workers:
                worker.running.set()
            time.sleep(dice.uniform(0.05, 0.4))
            server.kill()
            for worker in workers:
                worker.running.clear()
                worker.idle.wait()
            server.start()
            check.run(workers)
            if kill % 20 == 0 or kill == KILLS:
                print(f"{kill} kills, {check.size} records, {check.states} states of messages, "
                      f"{len(check.problems)} problems, {time.monotonic() - begun:.0f} s", flush=True)
        server.kill(signal.SIGTERM)
    sys.exit(1 if check.problems else 0)


main()
