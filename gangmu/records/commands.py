"""`gangmu record FILE.jsonl --as LOGIN`: facts from a file, through the same action as the page's."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from gangmu.kernel import clock
from gangmu.kernel.clock import LOCAL, local_day, local_moment
from gangmu.kernel.problems import NotFound, Problem, Refused, Unusable
from gangmu.kernel.scope import Actor
from gangmu.ledger import receipts
from gangmu.ledger.facts import Receipt
from gangmu.orgs.lookups import org_called
from gangmu.orgs.scope import actor
from gangmu.people.queries import account_named
from gangmu.records.actions import record_many
from gangmu.records.entries import Entry

KEYS = {"kind", "org", "on", "from", "to", "body", "sealed", "about", "idem"}
TEXTS = ("kind", "org", "idem", "about")
LINE = "line "


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
    if said.receipts:
        said.receipts.mkdir(parents=True, exist_ok=True)  # before anything is on record, lest receipts have no place
    answers = _recorded(*read(_lines(said.file)), by)
    if said.receipts:
        _keep(said.receipts, answers)
    for receipt in answers:
        told = {"id": receipt.id, "leaf": receipt.leaf, "received": clock.stamp(receipt.received)}
        sys.stdout.write(json.dumps(told | {"repeated": receipt.repeated}, ensure_ascii=False) + "\n")
    return 0


def _keep(folder: Path, answers: Iterable[Receipt]) -> None:
    """One file a fact, named by its id."""
    for receipt in answers:
        (folder / f"{receipt.id}.receipt").write_text(receipts.text(receipt), encoding="utf-8", newline="")


def read(lines: Iterable[str]) -> tuple[dict[int, Entry], list[Problem]]:
    """The entries that the lines state, by the number of their line, and a problem for each line that states none."""
    problems: list[Problem] = []
    entries: dict[int, Entry] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                entries[number] = _entry(line)
            except (ValueError, KeyError, TypeError, RecursionError) as wrong:
                problems.append(_unreadable(number, wrong))
            except Refused as refusal:
                problems += [replace(problem, where=f"{number}.{problem.where}") for problem in refusal.problems]
    return entries, problems


def _recorded(entries: Mapping[int, Entry], unreadable: Sequence[Problem], by: Actor) -> list[Receipt]:
    """All on record, or none: raises Refused with what is wrong in every line, the lines' own numbers on it."""
    if not entries:
        raise Refused(list(unreadable) or [_nothing()])
    try:
        return record_many(list(entries.values()), by=by, problems=[_marked(problem) for problem in unreadable])
    except NotFound as refusal:
        raise Refused([*unreadable, *refusal.problems]) if unreadable else refusal from None
    except Refused as refusal:
        raise Refused(sorted((_at_line(one, list(entries)) for one in refusal.problems), key=_line_of)) from None


def _nothing() -> Problem:
    return Problem(
        "records.nothing",
        "文件里没有要记的内容：每行写一条，要有 kind（种类）、org（组织）、on（日期）、idem（请求编号）和 body。",
        "The file holds nothing to record: one object a line, with kind, org, on (the day), idem and body.",
    )


def _marked(problem: Problem) -> Problem:
    """A problem that names its line already, told from those that name the entry's place in the batch."""
    return replace(problem, where=f"{LINE}{problem.where}")


def _at_line(problem: Problem, lines: Sequence[int]) -> Problem:
    """The problem with its line for the entry's place, which a batch of one leaves out."""
    if problem.where.startswith(LINE):
        return replace(problem, where=problem.where.removeprefix(LINE))
    if len(lines) == 1:
        return replace(problem, where=f"{lines[0]}.{problem.where}")
    place, dot, field = problem.where.partition(".")
    return replace(problem, where=f"{lines[int(place) - 1]}.{field}") if dot and place.isdecimal() else problem


def _line_of(problem: Problem) -> int:
    number = problem.where.partition(".")[0]
    return int(number) if number.isdecimal() else 0


def _entry(line: str) -> Entry:
    """Raises ValueError with a reason in each language, JSONDecodeError, KeyError, TypeError for a wrong type, or
    RecursionError for what is nested without end."""
    said = json.loads(line, object_pairs_hook=_once)
    if not isinstance(said, dict):
        raise ValueError("不是一个 JSON 对象", "not a JSON object")
    if unknown := ", ".join(sorted(set(said) - KEYS)):
        raise ValueError(f"不认识 {unknown}", f"unknown keys {unknown}")
    start, end = _when(said)
    kind, org, idem, about = (said[key] if key != "about" else said.get(key, "") for key in TEXTS)
    body, sealed = said.get("body", {}), said.get("sealed", {})
    if not all(isinstance(text, str) for text in (kind, org, idem, about or "")) or not all(
        isinstance(fields, dict) for fields in (body, sealed)
    ):
        raise ValueError(f"{'、'.join(TEXTS)} 要写成文字，body、sealed 要写成对象",
                         f"{', '.join(TEXTS)} are texts, body and sealed are objects")  # fmt: skip
    if not all(isinstance(text, str) for text in sealed.values()):
        raise ValueError("sealed 里的每一项都要写成文字", "everything in sealed is a text")
    return Entry(kind, org_called(org), start, idem, body, sealed, about or None, end)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of these pairs. Raises ValueError where a key is said twice: either may be meant."""
    said = dict(pairs)
    if len(said) < len(pairs):
        twice = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise ValueError(f"{twice} 写了两次", f"{twice} is said twice")
    return said


def _when(said: Mapping[str, object]) -> tuple[datetime, datetime | None]:
    """When it was: a day or moment, or from one to another; never both."""
    if "on" not in said:
        return _moment(said["from"]), _moment(said["to"])
    if "from" in said or "to" in said:
        raise ValueError("写了 on 就不要再写 from、to", "on stands alone, without from and to")
    return _moment(said["on"]), None


def _moment(text: object) -> datetime:
    """A day, or a moment; without a zone it is local."""
    try:
        if len(str(text)) == len("2025-03-08"):
            return local_moment(date.fromisoformat(str(text)))
        moment = datetime.fromisoformat(str(text))
        aware = moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)
        local_day(aware)
    except (ValueError, OverflowError):  # the first and the last day of the calendar are none somewhere on earth
        raise ValueError(
            f"时间 {text} 要写成 2025-03-08 或 2025-03-08T09:30", f"write {text} as 2025-03-08 or 2025-03-08T09:30"
        ) from None
    return aware


def _unreadable(number: int, wrong: Exception) -> Problem:
    if isinstance(wrong, json.JSONDecodeError):
        told, english = f"从第 {wrong.colno} 个字符起不是 JSON", f"it is not JSON from character {wrong.colno} on"
    elif isinstance(wrong, KeyError):
        told, english = f"缺少 {wrong.args[0]}", f"{wrong.args[0]} is missing"
    else:
        told, english = wrong.args if len(wrong.args) == 2 else ("写法不对", "it is not written as it should be")
    return Problem(
        "records.line", f"第 {number} 行看不懂：{told}。", f"Line {number} cannot be read: {english}.", str(number)
    )


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")  # a text may hold other signs that end a line
    except (OSError, UnicodeDecodeError) as wrong:
        raise Unusable(
            Problem("records.file", f"读不了文件 {file.name}：要有这个文件，编码是 UTF-8。",
                    f"Cannot read {file.name} as UTF-8: {wrong}.", str(file))
        ) from wrong  # fmt: skip
