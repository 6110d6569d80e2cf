"""Labelled documents: reads the markup of FORMAT.md and hands out text, claims and expected findings."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.reading.corpus import numerals

DOCUMENTS = Path(__file__).parent / "documents"
KINDS = ("count", "amount", "ratio", "change", "norm")
APPROXIMATORS = ("over", "nearly", "about", "at_least", "at_most", "under")
_MARK = re.compile(r"⟦([^|⟧]+)((?:\|[^|⟧]*)*)⟧")


@dataclass(frozen=True, slots=True)
class Label:
    """One claim as the annotator marked it: value None for a placeholder, `open` if its kind is left open."""

    start: int
    end: int
    text: str
    kind: str
    open: bool
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    approx: str | None
    worth: Decimal
    scaled: bool
    subject: str | None
    action: str | None
    group: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Expected:
    """A relation that the annotator says holds or fails. `claims` are names in the order of their roles (FORMAT.md)."""

    type: str
    verdict: str
    claims: tuple[str, ...]
    suspect: str | None
    scale: Decimal
    form: str
    down: bool
    at_least: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """One document with its labels. `doc` is the name its reader is given."""

    doc: str
    text: str
    format: str
    style: str
    clean: bool
    labels: tuple[Label, ...]
    findings: tuple[Expected, ...]

    def label(self, name: str) -> Label:
        """The label of that name; KeyError if there is none."""
        return {label.name: label for label in self.labels if label.name}[name]


def documents() -> tuple[Labelled, ...]:
    """All labelled documents, in the order of their file names."""
    return tuple(load(path) for path in sorted(DOCUMENTS.glob("*.gold")))


def load(path: Path) -> Labelled:
    """One file; ValueError names the file and the mark that cannot be read."""
    with path.open(encoding="utf-8", newline="") as file:
        whole = file.read()
    try:
        return _parse(path.stem, whole)
    except (ValueError, KeyError, TypeError) as problem:
        raise ValueError(f"{path.name}: {problem}") from problem


def _parse(name: str, whole: str) -> Labelled:
    head, _, rest = whole.partition("\n---\n")
    marked, _, tail = rest.partition("\n===\n")
    header = dict(line.split(": ", 1) for line in head.splitlines())
    text, labels = _strip(marked)
    found = tuple(_finding(json.loads(line)) for line in tail.splitlines() if line.strip())
    return Labelled(
        f"{name}.{header['format']}", text, header["format"], header["style"], header["clean"] == "true", labels, found
    )


def _strip(marked: str) -> tuple[str, tuple[Label, ...]]:
    pieces: list[str] = []
    labels: list[Label] = []
    length = last = 0
    for match in _MARK.finditer(marked):
        pieces += [marked[last : match.start()], match[1]]
        start = length + match.start() - last
        length, last = start + len(match[1]), match.end()
        labels.append(_label(start, match[1], match[2].split("|")[1:]))
    text = "".join([*pieces, marked[last:]])
    if "⟦" in text or "⟧" in text:
        raise ValueError(f"unfinished mark near {text[max(0, text.find('⟦')) :][:40]!r}")
    return text, tuple(labels)


def _label(start: int, text: str, fields: list[str]) -> Label:
    kinds = [field for field in fields if field in KINDS]
    given = dict(_pair(field) for field in fields if field not in KINDS)
    if unknown := set(given) - {"~", "#", "v", "max", "u", "s", "a", "g", "placeholder", "open"}:
        raise ValueError(f"{text!r} has unknown fields {sorted(unknown)}")
    number = None if "placeholder" in given else numerals.read(text)
    unit = given.get("u") or (number.unit if number else None)
    return Label(
        start,
        start + len(text),
        text,
        kinds[0] if kinds else "count",
        "open" in given,
        Decimal(given["v"]) if "v" in given else number.value if number else None,
        Decimal(given["max"]) if "max" in given else number.upper if number else None,
        None if unit in (None, "-") else unit,
        (number.approx if number else None) or given.get("~"),
        number.worth if number else Decimal(1),
        number.scaled if number else False,
        given.get("s"),
        given.get("a"),
        given.get("g"),
        given.get("#"),
    )


def _pair(field: str) -> tuple[str, str]:
    if field[:1] in "~#":
        return field[0], field[1:]
    key, _, value = field.partition("=")
    return key, value


def _finding(record: dict[str, object]) -> Expected:
    claims = record["claims"]
    if not isinstance(claims, list):
        raise TypeError(f"claims of {record} are not a list")
    suspect = record.get("suspect")
    return Expected(
        str(record["type"]),
        str(record["verdict"]),
        tuple(str(claim) for claim in claims),
        str(suspect) if suspect else None,
        Decimal(str(record.get("scale", 1))),
        str(record.get("form", "")),
        bool(record.get("down")),
        bool(record.get("at_least")),
        bool(record.get("optional")),
    )


def spans(document: Labelled, finding: Expected) -> Iterator[tuple[int, int]]:
    """Spans of a finding's claims in text order."""
    for label in sorted((document.label(name) for name in set(finding.claims)), key=lambda label: label.start):
        yield label.start, label.end
