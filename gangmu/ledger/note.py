"""Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint) with Ed25519, read strictly.

Strict means: one byte changed anywhere in a note makes it unreadable or untrusted. Numbers have one spelling,
base64 must be what we would have written ourselves.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = b"\x01"
DASH = "— "


class NotTrusted(ValueError):
    """The note is malformed, or nobody we trust signed it; the message says which, `chinese` the same in Chinese."""

    def __init__(self, message: str, chinese: str) -> None:
        super().__init__(message)
        self.chinese = chinese


@dataclass(frozen=True, slots=True)
class Verifier:
    """A name and the Ed25519 public key (32 bytes) that signs for it."""

    name: str
    public: bytes
    key_id: bytes = field(init=False)

    def __post_init__(self) -> None:
        key_id = hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]
        object.__setattr__(self, "key_id", key_id)

    @property
    def text(self) -> str:
        """The verifier key as C2SP writes it: name+id+key."""
        return f"{self.name}+{self.key_id.hex()}+{b64(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a verifier key. Raises NotTrusted when it is malformed or its id is not that of its key."""
        name, key_id, key = _three(text.strip())
        data = unb64(key)
        verifier = cls(name, data[1:])
        if data[:1] != ED25519 or len(data) != 33 or key_id != verifier.key_id.hex():
            raise NotTrusted("this is not an Ed25519 verifier key (name+id+key)", "这不是公钥（名字+编号+钥匙）")
        return verifier

    def holds(self, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key and the name it signs as."""

    verifier: Verifier
    private: Ed25519PrivateKey

    @classmethod
    def of_seed(cls, name: str, seed: bytes) -> Self:
        if not name or any(c.isspace() or c == "+" for c in name):
            raise ValueError(f"a key's name has no space and no plus sign: {name!r}")
        private = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(Verifier(name, private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)), private)

    def line(self, text: str) -> str:
        """The signature line over `text`, without its newline."""
        signature = self.verifier.key_id + self.private.sign(text.encode())
        return f"{DASH}{self.verifier.name} {b64(signature)}"

    def note(self, text: str) -> str:
        """`text` (which ends in a newline) and its signature, as one signed note."""
        return f"{text}\n{self.line(text)}\n"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: whose log, how many entries, which root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises NotTrusted unless `text` is exactly what we would have written."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not (lines[1].isascii() and lines[1].isdigit()):
            raise NotTrusted("a checkpoint has three lines: origin, size, root", "账首要有三行：名字、条数、根")
        checkpoint = cls(lines[0], int(lines[1]), unb64(lines[2]))
        if checkpoint.text != text or len(checkpoint.root) != 32 or not checkpoint.origin:
            raise NotTrusted("the checkpoint is not spelled as the format asks", "账首的写法不合格式")
        return checkpoint


def open_note(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of `note`, once one of `verifiers` has signed it. Raises NotTrusted otherwise.

    Lines of signers we do not know are passed over (a witness may have added one); a line in the name of one we do
    know must hold.
    """
    head, cut, tail = note.rpartition("\n\n")
    if not cut or not tail.endswith("\n") or "\r" in note:
        raise NotTrusted("a signed note has a text, an empty line and signature lines", "要有正文、一个空行和签名行")
    text, known, signed = head + "\n", {verifier.name: verifier for verifier in verifiers}, False
    for line in tail[:-1].split("\n"):
        name, signature = _signature(line)
        verifier = known.get(name)
        if verifier and signature[:4] == verifier.key_id:
            if not verifier.holds(text.encode(), signature[4:]):
                raise NotTrusted(f"the signature of {name} does not hold", f"{name} 的签名对不上")
            signed = True
    if not signed:
        raise NotTrusted("nobody we trust has signed this note", "没有可信的签名")
    return text


def open_checkpoint(note: str, verifier: Verifier) -> Checkpoint:
    """The checkpoint in `note`, signed by the log whose key is `verifier`. Raises NotTrusted otherwise."""
    checkpoint = Checkpoint.parse(open_note(note, (verifier,)))
    if checkpoint.origin != verifier.name:
        raise NotTrusted(
            f"the checkpoint is of {checkpoint.origin}, the key of {verifier.name}",
            f"账首是 {checkpoint.origin} 的，公钥是 {verifier.name} 的",
        )
    return checkpoint


def _signature(line: str) -> tuple[str, bytes]:
    name, space, signature = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not name or not space:
        raise NotTrusted("a signature line reads: — name signature", "签名行要写成：— 名字 签名")
    data = unb64(signature)
    if len(data) < 5:
        raise NotTrusted("a signature is longer than its key's id", "签名太短")
    return name, data


def _three(text: str) -> tuple[str, str, str]:
    parts = text.split("+", 2)
    if len(parts) != 3 or not all(parts):
        raise NotTrusted("this is not a key (name+id+key)", "这不是公钥（名字+编号+钥匙）")
    return parts[0], parts[1], parts[2]


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def unb64(text: str) -> bytes:
    """Raises NotTrusted unless `text` is the one base64 spelling of its bytes."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotTrusted(f"this is not base64: {text[:80]!r}", f"这不是 base64：{text[:80]!r}") from None
    if b64(data) != text:
        raise NotTrusted(f"this base64 has more than one spelling: {text[:80]!r}", f"base64 写法不唯一：{text[:80]!r}")
    return data
