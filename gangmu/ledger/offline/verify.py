#!/usr/bin/env python3
"""Check a gangmu log without gangmu: one file, Python's standard library, nothing to install.

    python3 verify.py export FOLDER --key log.vkey
    python3 verify.py receipt FILE --key receipt.vkey
    python3 verify.py proof FILE --entry ENTRY --key log.vkey

It prints one line and ends with 0 when everything holds, 1 when something does not, 2 when it cannot be read. It was
written apart from the product's own verifier and shares no line of code with it, so that each can catch the other.
Formats: C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-proof; hashes of RFC 6962; Ed25519 of RFC 8032.
"""

import argparse
import base64
import hashlib
import sys
from pathlib import Path

Point = tuple[int, int, int, int]


class Bad(Exception):
    """Something does not hold; the message says what."""


# --- Ed25519, verification only (RFC 8032, 5.1) ---------------------------------------------------------------------
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a: Point, b: Point) -> Point:
    m = (a[1] - a[0]) * (b[1] - b[0]) % P
    n = (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def point_from(data: bytes) -> Point:
    value = int.from_bytes(data, "little")
    sign, y = value >> 255, value & (2**255 - 1)
    if y >= P:
        raise Bad("a point lies outside the field")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        raise Bad("a point does not lie on the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_from((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= ORDER:
        return False
    try:
        key, r = point_from(public), point_from(signature[:32])
    except Bad:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(h, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


# --- notes ----------------------------------------------------------------------------------------------------------
def exact64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Bad(f"this is not base64: {text[:60]!r}") from None
    if base64.b64encode(data).decode() != text:
        raise Bad("base64 has only one spelling here")
    return data


def key_from(text: str) -> tuple[str, bytes, bytes]:
    """(name, id, public key) of a verifier key name+id+key."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise Bad("a verifier key reads name+id+key")
    data = exact64(parts[2])
    key_id = hashlib.sha256(parts[0].encode() + b"\n" + data).digest()[:4]
    if len(data) != 33 or data[0] != 1 or key_id.hex() != parts[1]:
        raise Bad("this is no Ed25519 verifier key")
    return parts[0], key_id, data[1:]


def note_text(note: str, key: tuple[str, bytes, bytes]) -> str:
    """The text of a note that `key` signed."""
    name, key_id, public = key
    cut = note.rfind("\n\n")
    if cut < 0 or not note.endswith("\n") or "\r" in note:
        raise Bad("this is no signed note")
    text, found = note[: cut + 1], 0
    for line in note[cut + 2 : -1].split("\n"):
        words = line.split(" ", 2)
        if len(words) != 3 or words[0] != "—" or not words[1]:
            raise Bad("a signature line reads: — name signature")
        data = exact64(words[2])
        if len(data) < 5:
            raise Bad("a signature is too short")
        if words[1] == name and data[:4] == key_id:
            if not signed(public, text.encode(), data[4:]):
                raise Bad(f"the signature of {name} does not hold")
            found += 1
    if not found:
        raise Bad(f"{name} has not signed this note")
    return text


def checkpoint_from(note: str, key: tuple[str, bytes, bytes]) -> tuple[str, int, bytes]:
    """(origin, size, root) of a checkpoint that `key` signed."""
    lines = note_text(note, key).split("\n")
    if len(lines) != 4 or lines[0] != key[0] or not lines[1].isascii() or not lines[1].isdigit():
        raise Bad("a checkpoint reads origin, size, root; the origin is the key's name")
    root = exact64(lines[2])
    if len(root) != 32 or str(int(lines[1])) != lines[1]:
        raise Bad("a checkpoint's size or root is misspelt")
    return lines[0], int(lines[1]), root


# --- the tree -------------------------------------------------------------------------------------------------------
def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\0" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def push(stack: list[tuple[int, bytes]], height: int, value: bytes) -> None:
    """Put a subtree on the stack and join equals: the stack is the tree so far."""
    while stack and stack[-1][0] == height:
        value = node(stack.pop()[1], value)
        height += 1
    stack.append((height, value))


def top(stack: list[tuple[int, bytes]]) -> bytes:
    root = stack[-1][1] if stack else hashlib.sha256().digest()
    for _, peak in reversed(stack[:-1]):
        root = node(peak, root)
    return root


def tree_root(hashes: list[bytes]) -> bytes:
    stack: list[tuple[int, bytes]] = []
    for value in hashes:
        push(stack, 0, value)
    return top(stack)


def file_of(folder: Path, kind: str, n: int, width: int) -> bytes:
    digits = str(n).zfill((len(str(n)) + 2) // 3 * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join([f"x{part}" for part in parts[:-1]] + parts[-1:]) + (f".p/{width}" if width < 256 else "")
    path = folder / "tile" / kind / name
    if not path.is_file():
        raise Bad(f"tile/{kind}/{name} is missing")
    return path.read_bytes()


def entries_of(data: bytes, width: int) -> list[bytes]:
    entries = []
    while data:
        length = int.from_bytes(data[:2], "big")
        if len(data) < 2 + length:
            raise Bad("a bundle ends inside an entry")
        entries.append(data[2 : 2 + length])
        data = data[2 + length :]
    if len(entries) != width:
        raise Bad(f"a bundle holds {len(entries)} entries, not {width}")
    return entries


def check_export(folder: Path, key: tuple[str, bytes, bytes]) -> str:
    note = folder / "checkpoint"
    if not note.is_file():
        raise Bad("checkpoint is missing")
    origin, size, root = checkpoint_from(note.read_bytes().decode(), key)
    stack: list[tuple[int, bytes]] = []
    level, hashes = 0, []
    for n in range(-(-size // 256)):
        width = min(256, size - 256 * n)
        leaves = [leaf(entry) for entry in entries_of(file_of(folder, "entries", n, width), width)]
        check_tile(folder, 0, n, leaves)
        for value in leaves:
            push(stack, 0, value)
        if width == 256:
            hashes.append(tree_root(leaves))
    while hashes:
        level, above = level + 1, []
        for n in range(-(-len(hashes) // 256)):
            some = hashes[256 * n : 256 * n + 256]
            check_tile(folder, level, n, some)
            if len(some) == 256:
                above.append(tree_root(some))
        hashes = above
    if top(stack) != root:
        raise Bad(f"the root over {size} entries is not the signed one")
    return f"holds: {size} entries of {origin}, root {root.hex()}"


def check_tile(folder: Path, level: int, n: int, hashes: list[bytes]) -> None:
    if file_of(folder, str(level), n, len(hashes)) != b"".join(hashes):
        raise Bad(f"tile {level}/{n} is not made of the hashes beneath it")


def check_receipt(file: Path, key: tuple[str, bytes, bytes]) -> str:
    lines = note_text(file.read_bytes().decode(), key).split("\n")
    if len(lines) != 7 or lines[1] != "receipt" or lines[5] != "in tree within 10 s" or len(exact64(lines[3])) != 32:
        raise Bad("a receipt reads origin, receipt, id, leaf, received, promise")
    return f"holds: {lines[0]} took in fact {lines[2]} at {lines[4]}"


def check_proof(file: Path, entry: Path, key: tuple[str, bytes, bytes]) -> str:
    head, _, note = file.read_bytes().decode().partition("\n\n")
    lines = head.split("\n")
    digits = lines[1][6:] if len(lines) > 1 else ""
    index = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 20 else -1
    if lines[:2] != ["c2sp.org/tlog-proof@v1", f"index {index}"]:
        raise Bad("a proof begins with its version and its index")
    origin, size, root = checkpoint_from(note, key)
    path = [exact64(line) for line in lines[2:]]
    if index >= size or climb(index, size, leaf(entry.read_bytes()), path) != root:
        raise Bad("the path does not lead from this entry to the root")
    return f"holds: entry {index} of {size} in {origin}"


def climb(index: int, size: int, value: bytes, path: list[bytes]) -> bytes | None:
    """The root to which an inclusion path leads; None when it is too short or too long."""
    if size == 1:
        return None if path else value
    if not path:
        return None
    half = 1 << ((size - 1).bit_length() - 1)
    if index < half:
        below = climb(index, half, value, path[:-1])
        return below and node(below, path[-1])
    below = climb(index - half, size - half, value, path[:-1])
    return below and node(path[-1], below)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=["export", "receipt", "proof"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--entry", type=Path, help="the entry's bytes, for a proof")
    parser.add_argument("--key", type=Path, required=True, help="the verifier key you trust (log.vkey, receipt.vkey)")
    chosen = parser.parse_args(arguments)
    if chosen.what == "proof" and chosen.entry is None:
        parser.error("a proof needs --entry")
    if chosen.what == "export" and not chosen.path.is_dir():
        print(f"{chosen.path} is not a folder", file=sys.stderr)
        return 2
    try:
        key = key_from(chosen.key.read_text())
        if chosen.what == "proof":
            print(check_proof(chosen.path, chosen.entry, key))
        else:
            print((check_export if chosen.what == "export" else check_receipt)(chosen.path, key))
    except (Bad, UnicodeDecodeError) as error:
        print(f"DOES NOT HOLD: {error}")
        return 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
