"""`gangmu verify | rebuild | export | sequence` as plain functions: arguments in, status out, one line a finding."""

import argparse
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from gangmu.kernel.problems import Problem, Refused
from gangmu.ledger import keys
from gangmu.ledger.export import KEY_FILE, export
from gangmu.ledger.note import NotTrusted, Verifier
from gangmu.ledger.rebuild import rebuild
from gangmu.ledger.sequencer import run_forever, run_until_empty
from gangmu.ledger.verify import ReadFile, Verified, verify_export, verify_receipt
from gangmu.ledger.verify_log import kept, verify_log

HOLDS, BROKEN, UNUSABLE = 0, 1, 2


def verify(arguments: Sequence[str]) -> int:
    """`verify log`, `verify export FOLDER [--key FILE]`, `verify receipt FILE`: 0 holds, 1 does not, 2 unusable."""
    parser = argparse.ArgumentParser("gangmu verify", description="Check the log, an exported folder or a receipt.")
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("log", help="the log in the database, its sealed values and request keys")
    folder = what.add_parser("export", help="a folder made by `gangmu export`")
    folder.add_argument("folder", type=Path)
    folder.add_argument("--key", type=Path, help="the log's public key (log.vkey); default: this installation's")
    receipt = what.add_parser("receipt", help="an intake receipt somebody kept")
    receipt.add_argument("file", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.what == "export":
            return _verify_export(chosen.folder, chosen.key)
        return _verify_receipt(chosen.file) if chosen.what == "receipt" else _verify_log()
    except (OSError, UnicodeDecodeError, NotTrusted) as error:
        print(f"{error}", file=sys.stderr)
        return UNUSABLE


def rebuild_projections(arguments: Sequence[str]) -> int:
    """`rebuild [--check]`: replay the log into every projection; one line each with its digest and any drift."""
    parser = argparse.ArgumentParser("gangmu rebuild", description="Replay the log into every read table.")
    parser.add_argument("--check", action="store_true", help="only compare; change nothing")
    chosen = parser.parse_args(arguments)
    found = rebuild(check=chosen.check)
    for line in found:
        print(line)
    return BROKEN if chosen.check and any(line.drift for line in found) else HOLDS


def export_log(arguments: Sequence[str]) -> int:
    """`export FOLDER`: the log as C2SP tiles, with everything a stranger needs to verify it."""
    parser = argparse.ArgumentParser("gangmu export", description="Write the log as a folder of static files.")
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        head = export(chosen.folder)
    except Refused as refused:
        return _print_problems(refused.problems)
    print(f"{head.size} entries under root {head.root.hex()} in {chosen.folder}")
    return HOLDS


def sequence(arguments: Sequence[str], stop: threading.Event | None = None) -> int:
    """`sequence [--forever]`: number what waits, once or until stopped."""
    parser = argparse.ArgumentParser("gangmu sequence", description="Number the facts that wait and sign the head.")
    parser.add_argument("--forever", action="store_true", help="keep on as the worker does")
    chosen = parser.parse_args(arguments)
    if chosen.forever:
        run_forever(stop or threading.Event())
    else:
        print(f"{run_until_empty()} facts numbered")
    return HOLDS


def _verify_log() -> int:
    started = time.perf_counter()
    walked = verify_log(contents=False)
    seconds = time.perf_counter() - started
    if walked.holds:
        walked = verify_log()
    return _report(walked, f"{walked.entries / max(seconds, 1e-9):,.0f} entries/s")


def _verify_export(folder: Path, key: Path | None) -> int:
    if not folder.is_dir():
        print(f"{folder} is not a folder", file=sys.stderr)
        return UNUSABLE
    verifier = Verifier.parse(key.read_text()) if key else keys.log_verifier()
    started = time.perf_counter()
    verified = verify_export(reader(folder), verifier)
    rate = f"{verified.entries / max(time.perf_counter() - started, 1e-9):,.0f} entries/s"
    return _report(verified, f"{rate}, key {verifier.text}" + ("" if key else f" (compare {KEY_FILE})"))


def _verify_receipt(file: Path) -> int:
    problems = verify_receipt(file.read_text(), keys.receipt_verifier(), kept)
    if not problems:
        print(f"{file.name} holds: the ledger keeps this fact")
    return _print_problems(problems)


def reader(folder: Path) -> ReadFile:
    """A `verify.ReadFile` over a folder."""

    def read(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    return read


def _report(verified: Verified, how: str) -> int:
    if verified.holds and verified.checkpoint:
        head = verified.checkpoint
        print(f"holds: {verified.entries} entries of {head.origin}, root {head.root.hex()} ({how})")
    elif verified.holds:
        print("holds: the log is empty")
    return _print_problems(verified.problems)


def _print_problems(problems: Iterable[Problem]) -> int:
    status = HOLDS
    for problem in problems:
        print(f"{problem} {problem.message_en}")
        status = BROKEN
    return status
