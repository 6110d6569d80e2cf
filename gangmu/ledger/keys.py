"""The keys of this installation, made at first use in their own folder (settings.KEYS), readable by its owner only.

`log.key` signs checkpoints and belongs to the sequencer; `receipt.key` signs intake receipts and is the lesser one;
`kek` wraps the keys of subjects. `log.vkey` and `receipt.vkey` are the public halves, for whoever verifies.
"""

import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gangmu.kernel.problems import Unusable
from gangmu.ledger import rules
from gangmu.ledger.note import NotTrusted, Signer, Verifier, open_note

SEED = 32


def log_origin() -> str:
    """The name of this log, which stands in every entry and every checkpoint."""
    return str(settings.LOG_ORIGIN)


def log_signer() -> Signer:
    """The key that signs checkpoints."""
    return _signer(settings.KEYS, "log", log_origin())


def refuse_another_key(note: str) -> None:
    """Raise Unusable unless the key in the folder is the one that signed `note`, the newest head of this log.

    An empty folder most of all: a key made anew would sign a history that nobody who knows the first key believes.
    """
    if not holds("log.key"):
        raise Unusable(rules.not_this_logs_folder(settings.KEYS, "log.key"))
    if not _signed_by(note, log_signer().verifier):
        raise Unusable(rules.another_logs_key(settings.KEYS))


@lru_cache(maxsize=1)
def _signed_by(note: str, verifier: Verifier) -> bool:
    try:
        open_note(note, (verifier,))
    except NotTrusted:
        return False
    return True


def holds(name: str) -> bool:
    """Whether the key folder holds this file; asking makes none. Asked for every fact, so without pathlib's cost."""
    return os.path.exists(f"{settings.KEYS}{os.sep}{name}")


def fingerprint(purpose: str, content: str) -> str:
    """A name for `content` that tells nothing of it to whoever has not this installation's key of keys. Hexadecimal."""
    own = hmac.digest(key_of_keys(), f"gangmu {purpose}".encode(), "sha256")
    return hmac.digest(own, content.encode(), "sha256").hex()


def log_verifier() -> Verifier:
    """The public half of the log's key; read from `log.vkey` where the private one is kept elsewhere.

    Raises Unusable where the folder holds neither.
    """
    return _verifier(settings.KEYS, "log", log_origin())


def receipt_signer() -> Signer:
    """The lesser key, which signs intake receipts."""
    return _signer(settings.KEYS, "receipt", f"{log_origin()}/receipt")


def receipt_verifier() -> Verifier:
    return _verifier(settings.KEYS, "receipt", f"{log_origin()}/receipt")


def key_of_keys() -> bytes:
    """The key that wraps the keys of subjects (AES-256)."""
    return _secret(settings.KEYS / "kek")


@lru_cache
def _signer(folder: Path, kind: str, name: str) -> Signer:
    signer = Signer.of_seed(name, _secret(folder / f"{kind}.key"))
    public = folder / f"{kind}.vkey"
    if not public.exists():
        _create(public, signer.verifier.text.encode() + b"\n")
    return signer


@lru_cache
def _verifier(folder: Path, kind: str, name: str) -> Verifier:
    """The public half as it stands: verifying never makes a key. Raises Unusable where there is neither half."""
    public = folder / f"{kind}.vkey"
    if public.exists():
        return Verifier.parse(public.read_text())
    if not (folder / f"{kind}.key").exists():
        raise Unusable(rules.no_key(folder, kind))
    return _signer(folder, kind, name).verifier


@lru_cache
def _secret(path: Path) -> bytes:
    """The 32 secret bytes at `path`, made now if there are none. Raises ValueError when it holds anything else."""
    if not path.exists():
        _create(path, secrets.token_bytes(SEED).hex().encode() + b"\n")
    data = bytes.fromhex(path.read_text().strip())
    if len(data) != SEED:
        raise ValueError(f"{path.name} must hold {SEED} bytes in hexadecimal")
    return data


def _create(path: Path, content: bytes) -> None:
    """Write a whole new file or leave the one another process has just written: never half a key.

    The folder is synced as well: a key whose file a power cut takes away would leave heads that nobody can check.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable, where folders can be opened at all (not on Windows)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
