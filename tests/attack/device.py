"""A device that vouches for heads of the log (c2sp.org/tlog-cosignature), with nothing but openssl."""

import base64
import hashlib
import pathlib
import subprocess
import tempfile


class Device:
    def __init__(self, name):
        self.name, self.folder = name, tempfile.TemporaryDirectory()
        self.key = pathlib.Path(self.folder.name, "key")
        openssl("genpkey", "-algorithm", "ed25519", "-out", self.key)
        self.public = b"\x04" + openssl("pkey", "-in", self.key, "-pubout", "-outform", "DER")[-32:]
        self.id = hashlib.sha256(name.encode() + b"\n" + self.public).digest()[:4]

    def to_string(self):
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.public).decode()}"

    def cosign(self, note, seconds):
        """The signature line."""
        head = note.split("\n\n")[0] + "\n"
        message = pathlib.Path(self.folder.name, "message")
        message.write_text(f"cosignature/v1\ntime {seconds}\n{head}")
        signature = openssl("pkeyutl", "-sign", "-inkey", self.key, "-rawin", "-in", message)
        blob = self.id + seconds.to_bytes(8, "big") + signature
        return f"— {self.name} {base64.b64encode(blob).decode()}\n"


def openssl(*words):
    return subprocess.run(["openssl", *words], check=True, capture_output=True).stdout
