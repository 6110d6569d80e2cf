"""Sealing: what may name a person is encrypted under that subject's own key; the ledger carries a salted commitment.

One sealed value is (subject, slot, version, salt, ct). `version` is the id of the fact that sealed it, so the values
a slot had over time stand side by side. The commitment HMAC-SHA256(salt, canonical text) in the tree reveals nothing
once salt and key are gone, and proves the value as long as they are there.
"""

import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gangmu.kernel.canon import encoded

SALT, NONCE = 32, 12


class CannotOpen(ValueError):
    """The sealed value does not open under this key: it was changed, or the key is another's."""


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A row of the vault."""

    subject: str
    slot: str
    version: str
    salt: bytes
    ct: bytes


def seal(key: bytes, subject: str, slot: str, version: str, text: str) -> SealedValue:
    """Encrypt `text` with AES-256-GCM; the place it belongs to is authenticated with it."""
    random = os.urandom(SALT + NONCE)
    salt, nonce = random[:SALT], random[SALT:]
    ct = nonce + AESGCM(key).encrypt(nonce, text.encode(), _place(subject, slot, version))
    return SealedValue(subject, slot, version, salt, ct)


def unseal(key: bytes, value: SealedValue) -> str:
    """The text. Raises CannotOpen when the value, its place or the key is not the one it was sealed with."""
    nonce, body = value.ct[:NONCE], value.ct[NONCE:]
    try:
        return AESGCM(key).decrypt(nonce, body, _place(value.subject, value.slot, value.version)).decode()
    except (InvalidTag, ValueError):
        raise CannotOpen(f"the sealed slot {value.slot} of fact {value.version} does not open") from None


def commitment(salt: bytes, text: str) -> str:
    """HMAC-SHA256(salt, canonical bytes of the text), hexadecimal. Of a text that has been checked."""
    return hmac.digest(salt, encoded(text), "sha256").hex()


def wrap(kek: bytes, new: Mapping[str, bytes]) -> dict[str, bytes]:
    """The keys of subjects under the key of keys, each bound to its subject."""
    cipher, random = AESGCM(kek), os.urandom(NONCE * len(new))
    nonces = (random[at : at + NONCE] for at in range(0, len(random), NONCE))
    return {
        subject: nonce + cipher.encrypt(nonce, key, subject.encode())
        for (subject, key), nonce in zip(new.items(), nonces, strict=True)
    }


def unwrap(kek: bytes, subject: str, wrapped: bytes) -> bytes:
    """Raises CannotOpen when the wrapped key is not this subject's or was changed."""
    try:
        return AESGCM(kek).decrypt(wrapped[:NONCE], wrapped[NONCE:], subject.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen(f"the key of subject {subject} does not open") from None


def _place(subject: str, slot: str, version: str) -> bytes:
    return f"{subject}\n{slot}\n{version}".encode()
