"""`gangmu verify | rebuild | export | sequence` as plain functions: arguments in, status out, one line a finding."""

import argparse
import json
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from gangmu.kernel.problems import Problem, Refused
from gangmu.ledger import keys, rules, stored
from gangmu.ledger.export import KEY_FILE, export
from gangmu.ledger.note import NotTrusted, Verifier
from gangmu.ledger.rebuild import rebuild
from gangmu.ledger.sequencer import run_forever, run_until_empty
from gangmu.ledger.verify import ReadFile, Verified, entry_number, verify_export, verify_proof, verify_receipt
from gangmu.ledger.verify_log import kept, verify_contents, verify_log

HOLDS, BROKEN, UNUSABLE = 0, 1, 2
SIGNED = {"ledger.head", "ledger.receipt", "ledger.proof"}  # what fails where the key is another log's


class Report(NamedTuple):
    """What a verification found: the line for a person, the facts for a program, what is wrong."""

    line: str
    facts: dict[str, object]
    problems: tuple[Problem, ...]


def verify(arguments: Sequence[str]) -> int:
    """`verify [log [--quick]]`, `verify export FOLDER`, `verify receipt FILE`, `verify proof FILE`, each with `--json`.

    Status 0: it holds; 1: it does not; 2: it cannot be read.
    """
    chosen = _verify_words().parse_args(arguments)
    say = _say_json if "json" in chosen else _say
    try:
        return say(_verified(chosen))
    except NotTrusted as error:
        print(f"{error.chinese}。 {error}.", file=sys.stderr)
    except (OSError, UnicodeDecodeError) as error:
        print(f"文件读不了。 The file cannot be read: {error}", file=sys.stderr)
    return UNUSABLE


def _verified(chosen: argparse.Namespace) -> Report:
    """What was asked for, checked; where a signature fails under this installation's key, which key that is."""
    if chosen.what == "export":
        found = _verify_export(chosen.folder, chosen.key)
    elif chosen.what == "proof":
        found = _verify_proof(chosen.file, chosen.entry, chosen.key)
    else:
        found = _verify_receipt(chosen.file) if chosen.what == "receipt" else _verify_log("quick" in chosen)
    own_key = getattr(chosen, "key", None) is None
    if own_key and any(problem.code in SIGNED for problem in found.problems):
        return found._replace(problems=(*found.problems, rules.key_used(settings.KEYS)))
    return found


def _verify_words() -> argparse.ArgumentParser:
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="one JSON object a line")
    parser = argparse.ArgumentParser(
        "gangmu verify", description="Check the log, an exported folder or a receipt.", parents=[as_json]
    )
    what = parser.add_subparsers(dest="what")
    log = what.add_parser("log", help="the log in the database, its sealed values and request keys", parents=[as_json])
    log.add_argument("--quick", action="store_true", default=argparse.SUPPRESS, help="entries, tiles and heads alone")
    folder = what.add_parser("export", help="a folder made by `gangmu export`", parents=[as_json])
    folder.add_argument("folder", type=Path)
    folder.add_argument("--key", type=Path, help="the log's public key (log.vkey); default: this installation's")
    receipt = what.add_parser("receipt", help="an intake receipt somebody kept", parents=[as_json])
    receipt.add_argument("file", type=Path)
    proof = what.add_parser("proof", help="a .tlog-proof of one fact", parents=[as_json])
    proof.add_argument("file", type=Path)
    proof.add_argument("--entry", type=Path, help="the entry's bytes; default: the entry that the database holds")
    proof.add_argument("--key", type=Path, help="the log's public key (log.vkey); default: this installation's")
    return parser


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


def _verify_log(quick: bool) -> Report:
    started = time.perf_counter()
    walked = verify_log(contents=False)
    found = _report(walked, _rate(walked, started))
    if quick:
        return found._replace(line=f"{found.line}; the tree alone, no contents")
    return found._replace(problems=(*found.problems, *verify_contents())) if walked.holds else found


def _verify_export(folder: Path, key: Path | None) -> Report:
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder")
    verifier = _key(key)
    started = time.perf_counter()
    verified = verify_export(reader(folder), verifier)
    found = _report(verified, _rate(verified, started))
    compare = "" if key else f" (compare {KEY_FILE})"
    return found._replace(
        line=f"{found.line}, key {verifier.text}{compare}", facts={**found.facts, "key": verifier.text}
    )


def _verify_receipt(file: Path) -> Report:
    problems = verify_receipt(file.read_text(), keys.receipt_verifier(), kept)
    return Report(f"{file.name} holds: the ledger keeps this fact", {"receipt": file.name}, tuple(problems))


def _verify_proof(file: Path, entry: Path | None, key: Path | None) -> Report:
    proof, verifier = file.read_bytes().decode(), _key(key)
    try:
        number = entry_number(proof)
    except NotTrusted as error:
        return Report("", {"proof": file.name}, (rules.proof_untrusted(error.chinese, str(error)),))
    content = entry.read_bytes() if entry else _entry(number)
    if content is None:
        return Report("", {"proof": file.name, "entry": number}, (rules.entry_missing(number),))
    problems = verify_proof(proof, content, verifier)
    line = f"{file.name} holds: entry {number} stands in the log of {verifier.name}"
    return Report(line, {"proof": file.name, "entry": number}, tuple(problems))


def _entry(number: int) -> bytes | None:
    """The entry of that number in the database; None where it is not there."""
    if number >= stored.state().size:
        return None
    return next((entry for _, _, entry in stored.entries(number, number + 1)), None)


def _key(file: Path | None) -> Verifier:
    """The log's public key from a file, or this installation's."""
    return Verifier.parse(file.read_text()) if file else keys.log_verifier()


def _rate(verified: Verified, started: float) -> int:
    """Entries a second since `started`."""
    return round(verified.entries / max(time.perf_counter() - started, 1e-9))


def _report(verified: Verified, rate: int) -> Report:
    if verified.checkpoint is None:
        return Report("holds: the log is empty", {"entries": verified.entries}, verified.problems)
    head = verified.checkpoint
    facts = {"entries": verified.entries, "origin": head.origin, "root": head.root.hex(), "entries_per_second": rate}
    line = f"holds: {verified.entries} entries of {head.origin}, root {head.root.hex()} ({rate:,} entries/s)"
    return Report(line, facts, verified.problems)


def reader(folder: Path) -> ReadFile:
    """A `verify.ReadFile` over a folder."""

    def read(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    return read


def _say(report: Report) -> int:
    """For a person: the line where it holds, else one line a problem."""
    if not report.problems:
        print(report.line)
    return _print_problems(report.problems)


def _say_json(report: Report) -> int:
    """For a program: one object a problem, then one that says what was checked and whether it holds."""
    for one in report.problems:
        problem = {"code": one.code, "where": one.where, "message": one.message, "message_en": one.message_en}
        print(json.dumps(problem, ensure_ascii=False))
    print(json.dumps({"holds": not report.problems, **report.facts}, ensure_ascii=False))
    return BROKEN if report.problems else HOLDS


def _print_problems(problems: Iterable[Problem]) -> int:
    status = HOLDS
    for problem in problems:
        print(f"{problem} {problem.message_en}")
        status = BROKEN
    return status
