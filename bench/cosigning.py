"""Does what a PC's witness does every ten minutes, for each PC of an office, as quickly as it goes: asks for the head,
asks for the proof that it extends the one before, gives its cosignature. Prints what each costs the server in processor
time. Run by cosigning.sh."""

import http.client
import json
import os
import ssl
import sys
import time
import uuid

from device import Device

PCS = int(os.environ.get("PCS", "200"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS_BETWEEN = 600  # kBetween of common/tlog/watch.cpp


class Pc:
    def __init__(self, number, port, trust, token):
        self.connection = http.client.HTTPSConnection("localhost", port, context=trust)
        self.token, self.size = token, 0
        self.device = Device(f"localhost/pc{number}")

    def call(self, method, params):
        self.connection.request("POST", "/api/v1/" + method, json.dumps(params),
                                {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
        answer = json.loads(self.connection.getresponse().read())
        if "code" in answer:
            sys.exit(f"{method}: {answer}")
        return answer

    def prepare(self, head, seconds):
        """So that signing, which is the PC's work, isn't in the way of what is measured."""
        self.line = self.device.cosign(head["note"], seconds)

    def take_turn(self, size):
        self.call("audit.checkpoint", {})
        if 0 < self.size < size:
            self.call("audit.consistency", {"from": self.size, "to": size})
        self.call("audit.cosign", {"key": self.device.to_string(), "size": size, "cosignature": self.line})
        self.size = size


def processor_seconds(process):
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    port, authority, people, server = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    trust = ssl.create_default_context(cafile=authority)
    with open(people) as file:
        tokens = [person["token"] for person in json.load(file)["people"]]
    pcs = [Pc(i, port, trust, tokens[i % len(tokens)]) for i in range(PCS)]
    for pc in pcs:
        pc.call("audit.add_witness", {"key": pc.device.to_string()})
    rooms = pcs[0].call("room.list", {})["rooms"]
    spent = 0.0
    for turn in range(ROUNDS):
        pcs[0].call("message.post", {"room": rooms[0]["id"], "text": f"Turn {turn}", "client_id": str(uuid.uuid4())})
        time.sleep(6)  # the server signs a head within five seconds of a record
        head = pcs[0].call("audit.checkpoint", {})
        for pc in pcs:
            pc.prepare(head, int(time.time()))
        before = processor_seconds(server)
        for pc in pcs:
            pc.take_turn(head["size"])
        spent += processor_seconds(server) - before
    each = spent / (PCS * ROUNDS)
    print(f"{PCS} PCs, {ROUNDS} turns: {each * 1000:.2f} ms of processor each time, "
          f"{100 * each * PCS / SECONDS_BETWEEN:.3f} % of a core when each PC comes every {SECONDS_BETWEEN} s")


main()
