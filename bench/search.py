#!/usr/bin/env python3
"""What searching costs: search.py BIN MESSAGES LOGS [WORK]

Makes an office of that many messages from the lines of the IRC logs in the folder LOGS, makes its search index, says
how large that is beside the texts, serves the office and asks for first pages over HTTPS, one after the other on one
connection. BIN has make-office and wardroomd. WORK is kept and used again when it is given."""
import base64
import glob
import hashlib
import http.client
import json
import os
import pathlib
import re
import secrets
import sqlite3
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 40
DAY_MS = 86_400_000


def write_texts(logs, file):
    with open(file, "w") as out:
        for log in sorted(glob.glob(logs + "/*.txt")):
            for line in open(log, encoding="latin-1"):
                said = re.match(r"\[\d\d:\d\d\] <[^>]+> (.+)", line)
                if said and said[1].isprintable():
                    out.write(said[1] + "\n")


def sign_in(db, user):
    secret = secrets.token_bytes(32)
    now = int(time.time() * 1000)
    db.execute("INSERT INTO sessions (user_id, token_hash, device, client, ip, created_at, last_used_at, expires_at)"
               " VALUES (?, ?, 'bench', 'bench 1', '127.0.0.1', ?, ?, ?)",
               (user, hashlib.sha256(secret).digest(), now, now, now + 30 * DAY_MS))
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def make_callers(database):
    """Somebody in every room, somebody in a few, and a guest of three."""
    db = sqlite3.connect(database)
    rooms = [row[0] for row in db.execute("SELECT id FROM rooms")]
    everywhere, few, guest = [row[0] for row in db.execute(
        "SELECT id FROM users WHERE name IN ('person1', 'person2', 'person3')")]
    db.execute("DELETE FROM members WHERE user_id = ?", (guest,))
    for user, ids in ((everywhere, rooms), (guest, rooms[:3])):
        for room in ids:
            db.execute("INSERT OR IGNORE INTO members (room_id, user_id, role, joined_at) VALUES (?,?,'member',1)",
                       (room, user))
    db.execute("UPDATE users SET role = 'guest' WHERE id = ?", (guest,))
    tokens = {name: sign_in(db, user) for name, user in
              (("in every room", everywhere), ("in a few rooms", few), ("guest of three", guest))}
    db.commit()
    return tokens


def measure_size(data):
    db = sqlite3.connect(f"file:{data}/wardroom.db?mode=ro", uri=True)
    count, texts = db.execute("SELECT count(*), sum(length(CAST(text AS BLOB))) FROM messages").fetchone()
    index = sum(os.path.getsize(f"{data}/search.db{end}") for end in ("", "-wal")
                if os.path.exists(f"{data}/search.db{end}"))
    print(f"{count} messages, {texts / 1e6:.1f} MB of text; index {index / 1e6:.1f} MB, {index / texts:.2f} times the text")


class Client:
    def __init__(self, port, ca, token):
        self.connection = http.client.HTTPSConnection("localhost", port, context=ssl.create_default_context(cafile=ca))
        self.token = token

    def search(self, **params):
        begun = time.perf_counter()
        self.connection.request("POST", "/api/v1/message.search", json.dumps(params), {
            "Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
        answer = self.connection.getresponse()
        body = json.loads(answer.read())
        if answer.status != 200:
            sys.exit(f"{params}: {body}")
        return (time.perf_counter() - begun) * 1000, body


QUERIES = (
    ("rare word", "firestarter"),
    ("common word", "ubuntu"),
    ("phrase", '"root privileges"'),
    ("phrase of common words", '"do you have"'),
    ("substring of 4", "*ermi*"),
    ("part number", "*xk12*"),
    ("word, from: and in:", 'ubuntu from:person7 in:"{room}"'),
    ("word and month", "install on:{month}"),
    ("without a hit", "quagmires xylograph"),
)


def main():
    binaries, messages, logs = sys.argv[1:4]
    work = pathlib.Path(sys.argv[4] if len(sys.argv) > 4 else tempfile.mkdtemp(prefix="search-"))
    work.mkdir(exist_ok=True)
    data = work / "data"
    if not data.exists():
        write_texts(logs, work / "texts")
        subprocess.run([binaries + "/make-office", data, messages, work / "texts"], check=True)
    begun = time.perf_counter()
    subprocess.run([binaries + "/wardroomd", "reindex", "--data", data], check=True)
    print(f"index made in {time.perf_counter() - begun:.1f} s")
    measure_size(data)
    tokens = make_callers(data / "wardroom.db")
    with open(data / "wardroom.toml") as options:
        text = options.read()
    if "requests_per_second" not in text:
        text = re.sub(r"\[limits\]\n", "", text) + "\n[limits]\nrequests_per_second = 100000\nrequests_burst = 100000\n"
        (data / "wardroom.toml").write_text(text)
    server = subprocess.Popen([binaries + "/wardroomd", "run", "--data", data], stdout=subprocess.PIPE, text=True,
                              stderr=open(work / "log", "w"))
    try:
        port = int(re.search(r"port=(\d+)", server.stdout.readline())[1])
        month = time.strftime("%Y-%m", time.gmtime(time.time() - 100 * 86400))
        print(f"{'':26}{'caller':18}{'hits':>5}{'median ms':>11}{'p95 ms':>9}")
        for caller, token in tokens.items():
            client = Client(port, data / "tls/ca.crt", token)
            room = "Room 1"
            for name, query in QUERIES:
                query = query.format(room=room, month=month)
                taken, hits = [], 0
                for _ in range(ROUNDS):
                    ms, answer = client.search(query=query, limit=50)
                    taken.append(ms)
                    hits = len(answer["hits"])
                taken.sort()
                print(f"{name:26}{caller:18}{hits:5}{statistics.median(taken):11.1f}{taken[int(len(taken) * .95) - 1]:9.1f}"
                      + (" cut off" if answer.get("cut_off") else ""))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
