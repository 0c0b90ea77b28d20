"""Makes an office that did all that offices do, over the wire of a real server, with a row in each of its tables."""

import base64
import hashlib
import hmac
import http.client
import itertools
import json
import pathlib
import sqlite3
import ssl
import struct
import subprocess
import time

PASSWORD = "correct horse battery"
DAYS = 130  # that the story takes; it ends at the machine's present time
DAY = 24 * 3600


from device import Device


class Person:
    def __init__(self, name):
        self.name, self.id, self.token, self.secret = name, None, None, None


class Office:
    """The server, as served_office runs it, and the people who call it."""

    def __init__(self, binary, folder):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.seconds = int(time.time()) - DAYS * DAY
        self.process = subprocess.Popen([binary, str(self.data), str(self.seconds * 1000)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.setup_code = self.answer()
        self.uuids = itertools.count(1)
        self.tls = self.port = None
        self.people = {}

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("The server of the test ended.")
        return line.strip()

    def tell(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def start(self):
        self.port = int(self.tell("start"))
        self.tls = ssl.create_default_context(cafile=str(self.data / "tls" / "ca.crt"))
        # Made with the clock of the story.
        self.tls.verify_flags |= 0x200000  # X509_V_FLAG_NO_CHECK_TIME

    def stop(self):
        self.tell("stop")

    def end(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def advance(self, seconds):
        self.tell("advance", seconds)
        self.seconds += seconds
        if seconds > 300:
            time.sleep(1.5)  # until the server has closed what waited for so long

    def request(self, token, method, params):
        """Status and answer."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            return self.ask(method, json.dumps(params), headers)
        except (http.client.RemoteDisconnected, ssl.SSLError, ConnectionError):
            # The clock moved between its connecting and its being served: to the server it had waited too long.
            return self.ask(method, json.dumps(params), headers)

    def ask(self, method, body, headers):
        # A connection a call: between two of them weeks may pass.
        link = http.client.HTTPSConnection("localhost", self.port, context=self.tls)
        link.request("POST", f"/api/v1/{method}", body, headers)
        response = link.getresponse()
        body = response.read()
        link.close()
        return response.status, json.loads(body) if body else None

    def call(self, who, method, **params):
        token = self.people[who].token if who else None
        status, answer = self.request(token, method, params)
        if status != 200:
            raise SystemExit(f"{who}: {method} {params}: {status} {answer}")
        return answer

    def upload(self, who, room, name, data):
        """A file, whole; its id."""
        encoded = [base64.b64encode(text.encode()).decode() for text in (str(room), name)]
        headers = {"Authorization": f"Bearer {self.people[who].token}", "Tus-Resumable": "1.0.0", "Upload-Length": str(len(data)),
                   "Upload-Metadata": f"room {encoded[0]},filename {encoded[1]}", "Content-Type": "application/offset+octet-stream"}
        link = http.client.HTTPSConnection("localhost", self.port, context=self.tls)
        link.request("POST", "/api/v1/uploads", data, headers)
        response = link.getresponse()
        answer = response.read()
        link.close()
        if response.status != 201:
            raise SystemExit(f"{who}: upload of {name}: {response.status} {answer}")
        return response.headers["Location"].rsplit("/", 1)[1]

    def refused(self, who, method, **params):
        status, answer = self.request(self.people[who].token if who else None, method, params)
        if status < 400:
            raise SystemExit(f"{who}: {method} {params} was done: {answer}")

    # People.

    def device(self, name):
        key = base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest()).decode().rstrip("=")
        return {"name": f"PC of {name}", "client": "test 1", "key": key}

    def accept(self, name, token, **more):
        result = self.call(None, "account.accept_invite", token=token, password=PASSWORD, device=self.device(name), **more)
        person = self.people.setdefault(name, Person(name))
        person.id, person.token = result["user"]["id"], result["token"]

    def add(self, name, role="member", **more):
        made = self.call("root", "admin.user_create", name=name, role=role, **more)
        self.accept(name, token_of(made["invite"]))

    def sign_in(self, name, device=None, code=None):
        params = {"user": name, "password": PASSWORD, "device": self.device(device or name)}
        if code or self.people[name].secret:
            params["code"] = code or self.code(name)
        self.people[name].token = self.call(None, "session.open", **params)["token"]

    def code(self, name):
        """What the authenticator shows. A code is good once."""
        self.advance(30)
        key = base64.b32decode(self.people[name].secret)
        digest = hmac.new(key, struct.pack(">Q", self.seconds // 30), "sha1").digest()
        at = digest[-1] & 15
        return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1000000:06d}"

    def enrol(self, name):
        secret = self.call(name, "account.totp_begin", current_password=PASSWORD)["secret"].replace(" ", "")
        self.people[name].secret = secret + "=" * (-len(secret) % 8)
        return self.call(name, "account.totp_confirm", code=self.code(name))["recovery_codes"]

    def id(self, name):
        return self.people[name].id

    # What they do. Between any two acts a second passes.

    def room(self, who, name, kind="public", **more):
        return self.call(who, "room.create", name=name, kind=kind, **more)["room"]["id"]

    def join(self, room, *names):
        for name in names:
            self.call(name, "room.join", room=room)

    def post(self, who, room, text, **more):
        self.advance(1)
        uuid = f"01990000-0000-7000-8000-{next(self.uuids):012d}"
        return self.call(who, "message.post", room=room, client_id=uuid, text=text, **more)["seq"]

    def change(self, who, act, room, seq, **more):
        self.advance(1)
        return self.call(who, f"message.{act}", room=room, seq=seq, **more)

    def await_row(self, sql, *values):
        """Until the server has done by itself what this finds."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            db = sqlite3.connect(self.data / "wardroom.db")
            found = db.execute(sql, values).fetchone()
            db.close()
            if found:
                return found
            time.sleep(0.02)
        raise SystemExit(f"It never came: {sql}")

    def await_head(self):
        """Until all that was written is under a signed head, also of the file. Returns the head."""
        self.await_row("SELECT 1 WHERE (SELECT count(*) FROM audit_records) = (SELECT max(size) FROM audit_checkpoints)")
        size, note = self.await_row("SELECT size, note FROM audit_checkpoints ORDER BY size DESC LIMIT 1")
        return note


def vouch(office, name):
    """A device of this person sees the newest head."""
    note = office.await_head()
    device = Device(f"test/{name}")
    office.call(name, "audit.add_witness", key=device.to_string())
    office.call(name, "audit.cosign", key=device.to_string(), size=int(note.splitlines()[1]),
                cosignature=device.cosign(note, office.seconds))


def token_of(link):
    return link.split("t=")[1]


def first_weeks(office):
    """What is so old at the end that its records are pruned."""
    office.start()
    office.accept("root", office.setup_code, user="root", display_name="Ruth Root")
    office.add("otto", "auditor")
    office.add("mia", "moderator", display_name="Mia", email="mia@office.test")
    for name in ("lena", "tom", "gus", "vera"):
        office.add(name, "guest" if name == "gus" else "member")
    lobby = office.room("lena", "lobby", topic="for all")
    office.join(lobby, "tom", "mia")
    office.post("lena", lobby, "The first word of all.")
    office.post("tom", lobby, "The second.")
    office.call("mia", "moderation.ban", room=lobby, user=office.id("vera"), seconds=60, reason="noise")
    time.sleep(2)  # the hour's work is done a second after the start: by the clock of these weeks, whatever the machine
    return lobby


def people_come_and_go(office):
    office.call("root", "admin.user_update", user=office.id("tom"), display_name="Thomas", email="tom@office.test")
    office.add("nora", display_name="Nora")
    office.add("ed")
    office.add("flo")
    office.call("root", "admin.user_update", user=office.id("nora"), role="moderator")
    office.call("root", "admin.user_update", user=office.id("flo"), must_change_password=True)
    csv = "name,display_name,role,email,rooms\nhugo,Hugo,member,hugo@office.test,lobby\nina,Ina,guest,,\n"
    upload = office.call("root", "admin.user_import_upload", csv=csv)["import"]
    office.call("root", "admin.user_import", **{"import": upload})
    sheet = office.call("root", "admin.user_import_sheet", **{"import": upload})["entries"]
    office.accept("hugo", token_of(next(e["invite"] for e in sheet if e["user"]["name"] == "hugo")))
    other = office.call("root", "admin.user_import_upload", csv="name\nzoe\n")["import"]
    office.call("root", "admin.user_import", **{"import": other})
    office.call("root", "admin.user_import_undo", **{"import": other}, reason="the wrong file")
    office.call("root", "admin.user_import_upload", csv="name\nnobody yet\n")  # stays as it came
    office.call("root", "admin.user_import_upload", csv="name\nnor here\n")
    office.call("root", "admin.user_disable", user=office.id("flo"), reason="on leave")
    reset = office.call("root", "admin.user_reset_password", user=office.id("ed"), reason="forgot it")
    office.accept("ed", reset["code"])
    ina = next(e["user"]["id"] for e in sheet if e["user"]["name"] == "ina")
    for _ in range(2):
        office.call("root", "admin.user_reset_password", user=ina, reason="in case")
    office.call("root", "admin.invite_create", role="guest")
    revoked = office.call("root", "admin.invite_create", role="member", expires_in_s=3600)
    office.call("root", "admin.invite_revoke", invite=revoked["id"])
    office.call("ed", "account.change_password", current_password=PASSWORD, new_password="violet harbour 93")
    office.call("ed", "session.close")
    office.refused(None, "session.open", user="tom", password="guessed wrongly", device=office.device("tom"))


def second_factors(office):
    codes = office.enrol("mia")
    office.sign_in("mia", code=codes[0])
    office.sign_in("mia")
    office.enrol("tom")
    office.enrol("nora")
    office.call("root", "admin.user_remove_totp", user=office.id("nora"), reason="lost the phone")
    office.people["nora"].secret = None
    office.call("nora", "account.totp_begin", current_password=PASSWORD)  # and not confirmed


def rooms_live(office, lobby):
    """Rooms of every kind and state."""
    ops = office.room("lena", "ops", topic="printers")
    office.join(ops, "tom", "mia", "nora", "hugo")
    office.call("lena", "room.set_role", room=ops, user=office.id("tom"), role="moderator")
    office.call("lena", "room.update", room=ops, name="operations", topic="printers and scanners")
    office.call("lena", "room.slow_mode", room=ops, seconds=10, reason="too fast")
    office.call("lena", "room.slow_mode", room=ops, seconds=0, reason="quiet again")
    board = office.room("lena", "board", "private")
    office.call("lena", "room.add_member", room=board, user=office.id("tom"))
    plans = office.room("tom", "plans", "private", topic="next year")
    office.post("tom", plans, "Said before it was public.")
    office.call("tom", "room.update", room=plans, kind="public")
    office.join(plans, "hugo", "nora")
    shut = office.room("nora", "shut")
    office.call("nora", "room.lock", room=shut, on=True, reason="a pause")
    gone = office.room("nora", "gone")
    office.call("nora", "room.archive", room=gone, on=True, reason="done with")
    slow = office.room("nora", "slow")
    office.call("nora", "room.slow_mode", room=slow, seconds=30, reason="too fast")
    direct = office.call("lena", "direct.open", users=[office.id("tom")])["room"]["id"]
    office.post("lena", direct, "Between us.")
    ended = office.call("hugo", "direct.open", users=[office.id("nora")])["room"]["id"]
    office.post("hugo", ended, "Hello?")
    office.call("nora", "direct.end", room=ended)
    return ops, board, plans


def people_talk(office, ops, board, plans):
    first = office.post("lena", ops, "Is the printer paid?")
    other = office.post("tom", ops, "Is the scanner broken?")
    yes = office.post("hugo", ops, "Yes.", reply_to=first)
    office.post("tom", ops, "Thanks.", reply_to=yes)
    office.post("lena", ops, "It is, and was.", thread=other)
    office.post("hugo", ops, "By whom?", thread=other, reply_to=first)
    taken = office.post("hugo", ops, "Never mind.", thread=other)
    office.change("hugo", "delete", ops, taken)
    office.call("nora", "thread.follow", room=ops, root=other, on=True)
    office.call("mia", "thread.follow", room=ops, root=first, on=True)
    edited = office.post("nora", ops, "On Thrusday, then.")
    office.change("nora", "edit", ops, edited, text="On Thursday, then.")
    office.change("nora", "edit", ops, edited, text="On Friday, then.")
    deleted = office.post("hugo", ops, "A rude word.")
    office.change("tom", "delete", ops, deleted, reason="rude")
    restored = office.post("hugo", ops, "Not a rude word.")
    office.change("tom", "delete", ops, restored, reason="it looked rude")
    office.change("tom", "restore", ops, restored, reason="it wasn't")
    for who, emoji in (("lena", "👍"), ("tom", "👍"), ("nora", "🎉")):
        office.change(who, "react", ops, yes, emoji=emoji, on=True)
    office.change("tom", "react", ops, other, emoji="👀", on=True)
    office.change("lena", "pin", ops, first, on=True)
    office.change("lena", "pin", ops, yes, on=True)
    office.change("lena", "pin", ops, other, on=True)
    office.change("lena", "pin", ops, other, on=False)
    office.post("lena", board, "For the board alone.")
    secret = office.post("tom", board, "Agreed, @lena.")
    office.post("hugo", plans, "So this is public now.")
    for name in ("tom", "lena"):
        office.call(name, "marker.set", room=ops, seq=edited)
    office.call("lena", "marker.set", room=board, seq=secret)
    office.post("nora", ops, "@tom and @lena, have a look.")
    plan = [office.upload("lena", ops, name, data) for name, data in (("plan.txt", b"the plan"), ("old plan.txt", b"another one"))]
    office.post("lena", ops, "The plans.", files=plan)
    office.post("tom", ops, "", files=[office.upload("tom", ops, "same plan.txt", b"the plan")])
    for who, seq in (("lena", yes), ("tom", first), ("nora", yes)):
        office.advance(1)
        office.call(who, "saved.set", room=ops, seq=seq, on=True)
    office.call("lena", "draft.set", room=ops, text="What I meant", reply_to=yes)
    office.call("lena", "draft.set", room=board, text="Not yet")
    office.call("tom", "draft.set", room=ops, thread=other, text="As I said,")
    office.call("lena", "sidebar.set", sidebar={"version": 0, "favourites": [ops], "sections": [{"name": "Work", "rooms": [board], "folded": False}]})
    office.call("tom", "sidebar.set", sidebar={"version": 0, "favourites": [board, ops], "sections": []})
    office.call("lena", "account.set_profile", title="Printers", pronouns="she/her", time_zone="Europe/Berlin")
    office.call("tom", "account.set_profile", title="Scanners", time_zone="Europe/Vienna")
    office.call("nora", "presence.set", state="busy", text="at a fair", until=(office.seconds + 400 * DAY) * 1000)
    office.call("tom", "presence.set", state="online", text="in room 7", until=(office.seconds + 500 * DAY) * 1000)
    messages = [{"client_id": f"01990000-0000-7000-9000-{n:012d}", "author": nick, "at": 1200000000000 + n, "text": text}
                for n, (nick, text) in enumerate([("anna", "old words"), ("bert", "older than the office"), ("anna", "kept")])]
    office.call("root", "admin.import_messages", room=plans, source="irc", messages=messages)
    return edited, restored, first


def moderators_act(office, ops, edited, restored, first):
    report = office.call("lena", "moderation.report", room=ops, seq=restored, reason="rude")["report"]
    office.call("nora", "moderation.reports")
    office.call("mia", "moderation.resolve", report=report, resolution="warned", reason="spoke with him")
    office.call("hugo", "moderation.report", room=ops, seq=first, reason="spam")
    office.call("tom", "moderation.report", room=ops, seq=edited, reason="wrong day")
    office.change("mia", "versions", ops, edited)
    office.call("mia", "moderation.mute", room=ops, user=office.id("hugo"), seconds=7 * DAY, reason="rude")
    office.call("mia", "moderation.mute", user=office.id("gus"), reason="noise")
    office.call("mia", "moderation.ban", room=ops, user=office.id("ed"), seconds=3 * DAY, reason="louder")
    office.call("mia", "moderation.mute", room=ops, user=office.id("lena"), seconds=60, reason="by mistake")
    office.call("mia", "moderation.unmute", room=ops, user=office.id("lena"), reason="it was")
    office.call("mia", "moderation.sanctions", room=ops)


def records_are_kept(office, lobby, ops, board):
    office.call("root", "admin.hold_place", user=office.id("tom"), name="case 7", reason="asked for by counsel")
    office.call("root", "admin.hold_place", room=board, name="case 8", reason="asked for by counsel")
    lifted = office.call("root", "admin.hold_place", user=office.id("hugo"), name="case 9", reason="a mistake")
    office.call("root", "admin.hold_lift", hold=lifted["hold"]["id"], reason="it was one")
    office.call("root", "admin.retention_set", kind="public", days=3000, reason="the rule of the house")
    office.call("root", "admin.retention_set", room=lobby, days=100, reason="small talk")
    office.call("root", "admin.retention_set", room=ops, reason="for good")
    office.call("otto", "audit.query", type="auth.*")
    office.call("root", "admin.user_list", role="member")
    office.refused("tom", "admin.user_list")
    office.call("root", "admin.access_private_room", room=board, reason="case 8")
    goodbyes = office.room("vera", "goodbyes")
    office.join(goodbyes, "nora")
    office.post("vera", goodbyes, "I was never here.")
    office.post("vera", goodbyes, "Nor there.")
    office.call("root", "admin.erase_texts", user=office.id("vera"), reason="she asked for it")
    office.await_head()
    office.call("otto", "audit.export", user=office.id("tom"), reason="case 7")
    office.call("otto", "audit.export", room=ops, reason="case 7")


def make_office(binary, folder):
    """The data directory of the office, after its server has stopped, and the heads that were seen on the way."""
    office = Office(binary, folder)
    lobby = first_weeks(office)
    office.advance(120 * DAY)
    for name in ("root", "otto", "mia", "lena", "tom", "vera"):
        office.sign_in(name)
    office.advance(DAY)
    people_come_and_go(office)
    second_factors(office)
    early = office.await_head()
    office.call("root", "admin.audit_prune", before=(office.seconds - 100 * DAY) * 1000, reason="the rule of the house")
    office.call("root", "audit.rotate_key", reason="a year is over")
    office.await_head()
    office.stop()
    office.tell("backup", office.folder / "backup")
    office.data = pathlib.Path(office.tell("restore", office.folder / "backup", office.folder / "restored"))
    office.advance(DAY)
    office.start()
    ops, board, plans = rooms_live(office, lobby)
    marks = people_talk(office, ops, board, plans)
    moderators_act(office, ops, *marks)
    records_are_kept(office, lobby, ops, board)
    office.stop()
    office.start()  # the hour's work is done a second after a start
    office.await_row("SELECT 1 FROM audit_records WHERE type = 'room.retention_applied'")
    office.await_row("SELECT 1 FROM meta WHERE key = 'audit_text'")
    office.call("root", "admin.user_offboard", user=office.id("hugo"), successor=office.id("nora"), reason="a new job")
    office.add("pia", display_name="Pia")
    office.add("rolf", display_name="Rolf")
    office.sign_in("pia", device="pia's laptop")
    office.join(plans, "pia")
    office.post("pia", plans, "Good morning.")
    office.upload("pia", plans, "draft.txt", b"not posted yet")
    office.upload("nora", plans, "notes.txt", b"nor these")
    vouch(office, "pia")
    vouch(office, "nora")
    late = office.await_head()
    office.stop()
    office.end()
    return office.data, {"early": early, "late": late}
