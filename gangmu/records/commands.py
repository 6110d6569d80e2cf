"""`gangmu record FILE.jsonl --as LOGIN`: facts from a file, through the same action as the page's."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from gangmu.kernel import clock
from gangmu.kernel.clock import LOCAL, local_moment
from gangmu.kernel.problems import Problem, Refused, Unusable
from gangmu.ledger import receipts
from gangmu.ledger.facts import Receipt
from gangmu.orgs.lookups import org_called
from gangmu.orgs.scope import actor
from gangmu.people.queries import account_named
from gangmu.records.actions import record_many
from gangmu.records.entries import Entry

KEYS = {"kind", "org", "on", "from", "to", "body", "sealed", "about", "idem"}


def record(argv: list[str]) -> int:
    """Record every line of the file, all or none; prints one answer a line: {"id", "leaf", "received", "repeated"}.

    `--receipts FOLDER` keeps the signed receipts as files, which `verify receipt` reads.
    """
    parser = argparse.ArgumentParser(
        prog="gangmu record",
        description='One JSON object a line: {"kind", "org" (code or id), "on": "2025-03-08" (or "from" and "to"), '
        '"body", "sealed", "about", "idem"}. All lines are recorded, or none; a line sent again is not doubled.',
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--as", dest="login", required=True, metavar="LOGIN")
    parser.add_argument("--receipts", type=Path, metavar="FOLDER", help="keep a signed receipt for each fact there")
    said = parser.parse_args(argv)
    by = actor(account_named(said.login), clock.today())
    answers = record_many(list(read(_lines(said.file))), by=by)
    if said.receipts:
        _keep(said.receipts, answers)
    for receipt in answers:
        told = {"id": receipt.id, "leaf": receipt.leaf, "received": clock.stamp(receipt.received)}
        sys.stdout.write(json.dumps(told | {"repeated": receipt.repeated}, ensure_ascii=False) + "\n")
    return 0


def _keep(folder: Path, answers: Iterable[Receipt]) -> None:
    """One file a fact, named by its id."""
    folder.mkdir(parents=True, exist_ok=True)
    for receipt in answers:
        (folder / f"{receipt.id}.receipt").write_text(receipts.text(receipt), encoding="utf-8", newline="")


def read(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries that the lines state, blank ones left out. Raises Refused with every line that states none."""
    problems: list[Problem] = []
    entries: list[Entry] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                entries.append(_entry(line))
            except (ValueError, KeyError, TypeError) as wrong:
                problems.append(_unreadable(number, wrong))
            except Refused as refusal:
                problems += [replace(problem, where=f"{number}.{problem.where}") for problem in refusal.problems]
    if problems:
        raise Refused(problems)
    yield from entries


def _entry(line: str) -> Entry:
    said = json.loads(line)
    if not isinstance(said, dict) or (unknown := set(said) - KEYS):
        raise ValueError(f"unknown keys {', '.join(sorted(unknown))}" if isinstance(said, dict) else "not an object")
    start, end = (_moment(said["on"]), None) if "on" in said else (_moment(said["from"]), _moment(said["to"]))
    org, body, sealed = org_called(said["org"]), said.get("body", {}), said.get("sealed", {})
    return Entry(said["kind"], org, start, said["idem"], body, sealed, said.get("about"), end)


def _moment(text: str) -> datetime:
    """A day, or a moment; without a zone it is local."""
    if len(text) == len("2025-03-08"):
        return local_moment(date.fromisoformat(text))
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)


def _unreadable(number: int, wrong: Exception) -> Problem:
    told = f"缺少 {wrong}" if isinstance(wrong, KeyError) else str(wrong)
    english = f"{wrong} is missing" if isinstance(wrong, KeyError) else str(wrong)
    return Problem(
        "records.line", f"第 {number} 行看不懂：{told}。", f"Line {number} cannot be read: {english}.", str(number)
    )


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as wrong:
        raise Unusable(
            Problem("records.file", f"读不了文件 {file.name}：要有这个文件，编码是 UTF-8。",
                    f"Cannot read {file.name} as UTF-8: {wrong}.", str(file))
        ) from wrong  # fmt: skip
