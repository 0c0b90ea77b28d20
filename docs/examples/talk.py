#!/usr/bin/env python3
"""Signs in over a WebSocket, posts one message, and prints what the rooms say from then on.

    ./talk.py wss://localhost:7443 ca.crt lena general "hello from Python" < password

Needs python3-websockets. With --once it ends when it has seen its own message.
"""
import asyncio
import json
import os
import ssl
import sys
import time
import uuid

import websockets


def uuid7():
    """A UUIDv7: 48 bits of time, the rest random. The same one again never posts twice."""
    value = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return str(uuid.UUID(int=value))


class Connection:
    def __init__(self, socket):
        self.socket = socket
        self.next_id = 1
        self.events = []

    async def call(self, method, **params):
        """Sends a request and waits for its answer; events that come meanwhile are kept."""
        wanted, self.next_id = self.next_id, self.next_id + 1
        await self.socket.send(json.dumps({"jsonrpc": "2.0", "id": wanted, "method": method, "params": params}))
        while True:
            message = json.loads(await self.socket.recv())
            if message.get("id") != wanted:
                self.events.append(message)
            elif "error" in message:
                sys.exit(f"{method}: {message['error']['message']}")
            else:
                return message["result"]

    async def event(self):
        return self.events.pop(0) if self.events else json.loads(await self.socket.recv())


async def main(server, ca, user, room_name, text, once):
    trust = ssl.create_default_context(cafile=ca)
    trust.minimum_version = ssl.TLSVersion.TLSv1_3
    async with websockets.connect(server + "/api/v1/ws", ssl=trust, subprotocols=["wardroom.v1"]) as socket:
        connection = Connection(socket)
        me = await connection.call("session.open", user=user, password=sys.stdin.readline().rstrip("\n"),
                                   device={"name": "a script", "client": "talk.py"})
        rooms = (await connection.call("room.list"))["rooms"]
        room = next((room for room in rooms if room["name"] == room_name), None)
        if room is None:
            sys.exit(f"You are not in a room named {room_name}.")
        posted = await connection.call("message.post", room=room["id"], client_id=uuid7(), text=text)
        print(f"stored as {posted['seq']}", flush=True)
        while True:
            event = await connection.event()
            if event.get("method") != "message.posted":
                continue
            message = event["params"]
            print(f"{message['room']}:{message['seq']} <{message['author']}> {message['text']}", flush=True)
            if once and message["seq"] == posted["seq"] and message["author"] == me["user"]["id"]:
                return


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--once"]
    if len(arguments) != 5:
        sys.exit(__doc__)
    asyncio.run(main(*arguments, once="--once" in sys.argv))
