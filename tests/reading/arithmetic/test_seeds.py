"""The two gold relations are proven over exactly their operands; nothing in the seeds is called wrong."""

import json
from pathlib import Path

import pytest

from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Finding, Source

pytestmark = pytest.mark.seeds


def checked(path: Path) -> tuple[Finding, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return findings(read_all(Source(path.name, file.read())))


def operands(relation: dict[str, object]) -> list[list[int]]:
    """The spans of a gold relation in text order."""
    spans: list[list[int]] = []
    for key in ("whole", "numerator", "denominator", "result"):
        if isinstance(span := relation.get(key), list):
            spans.append(span)
    parts = relation.get("parts")
    return sorted(spans + (parts if isinstance(parts, list) else []))


def test_nothing_in_the_seeds_is_called_wrong(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        assert [f.working for f in checked(path) if f.verdict == "contradiction"] == []


def test_the_gold_relations_are_proven_over_exactly_their_operands(shared: Path) -> None:
    lines = (shared / "gold" / "seeds" / "relations.jsonl").read_text(encoding="utf-8").splitlines()
    relations = [json.loads(line) for line in lines]
    assert relations
    for relation in relations:
        kind = {"share": "share"}.get(relation.get("form"), relation["type"])
        proven = [
            [list(span) for span in f.spans]
            for f in checked(shared / "seeds" / relation["doc"])
            if f.type == kind and f.verdict == "consistent"
        ]
        assert operands(relation) in proven


def test_every_placeholder_of_the_seeds_is_named(shared: Path) -> None:
    named = sum(f.type == "placeholder" for path in (shared / "seeds").glob("*.txt") for f in checked(path))
    assert named == 10
