#!/usr/bin/env python3
"""Holds many connections to a server, and says whether each is still there.

    steady_connections.py PORT CA.CRT USER COUNT < password and then a line for each look

Prints "ready", and for each further line "alive N serial S": so many of the connections answer, and S is the certificate
that a new one is shown. Only Python's standard library.
"""
import base64
import http.client
import json
import os
import socket
import ssl
import struct
import subprocess
import sys

PORT, CA, USER, COUNT = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
trust = ssl.create_default_context(cafile=CA)
trust.minimum_version = ssl.TLSVersion.TLSv1_3


def sign_in(password):
    client = http.client.HTTPSConnection("localhost", PORT, context=trust)
    params = {"user": USER, "password": password, "device": {"name": "steady", "client": "steady_connections.py"}}
    client.request("POST", "/api/v1/session.open", json.dumps(params), {"Content-Type": "application/json"})
    return json.load(client.getresponse())["token"]


class Connection:
    def __init__(self, token):
        self.socket = trust.wrap_socket(socket.create_connection(("localhost", PORT), 10), server_hostname="localhost")
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /api/v1/ws HTTP/1.1\r\nHost: localhost:{PORT}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: wardroom.v1\r\n\r\n".encode())
        self.file = self.socket.makefile("rb")
        status = self.file.readline()
        assert b" 101 " in status, status
        while self.file.readline() != b"\r\n":
            pass
        self.next_id = 1
        self.call("session.resume", token=token)

    def call(self, method, **params):
        wanted, self.next_id = self.next_id, self.next_id + 1
        text = json.dumps({"jsonrpc": "2.0", "id": wanted, "method": method, "params": params}).encode()
        mask = os.urandom(4)
        length = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(text))
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(text))
        self.socket.sendall(b"\x81" + length + mask + masked)
        while True:
            answer = self.read()
            if answer.get("id") == wanted:
                return answer["result"]

    def read(self):
        """The next text; pings are left to the server's patience, the walk is shorter than it."""
        while True:
            head = self.file.read(2)
            if len(head) < 2 or head[0] & 0x0F == 8:
                raise ConnectionError("the server closed the connection")
            length = head[1] & 0x7F
            if length == 126:
                length = struct.unpack(">H", self.file.read(2))[0]
            elif length == 127:
                length = struct.unpack(">Q", self.file.read(8))[0]
            payload = self.file.read(length)
            if head[0] & 0x0F == 1:
                return json.loads(payload)


def shown_serial():
    with socket.create_connection(("localhost", PORT), 10) as plain:
        with trust.wrap_socket(plain, server_hostname="localhost") as tls:
            der = tls.getpeercert(True)
    text = subprocess.run(["openssl", "x509", "-inform", "DER", "-noout", "-serial"], input=der, capture_output=True, check=True)
    return text.stdout.decode().strip().partition("=")[2]


def is_alive(connection):
    try:
        return bool(connection.call("account.get"))
    except (OSError, KeyError):
        return False


def main():
    token = sign_in(sys.stdin.readline().rstrip("\n"))
    connections = [Connection(token) for _ in range(COUNT)]
    print("ready", flush=True)
    while sys.stdin.readline():
        print("alive", sum(map(is_alive, connections)), "serial", shown_serial(), flush=True)


main()
