"""The five seeds: every target of the issue that reading alone can meet."""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from gangmu.reading.pipeline import read_all
from gangmu.reading.read import read_file
from gangmu.reading.records import claim_record
from gangmu.reading.values import Reading

pytestmark = pytest.mark.seeds


@pytest.fixture(scope="module")
def readings(shared: Path) -> dict[str, Reading]:
    return {path.name: read_all(read_file(path).source) for path in sorted((shared / "seeds").iterdir())}


def gold(shared: Path, name: str) -> dict[str, list[dict[str, Any]]]:
    by_doc = defaultdict(list)
    for line in (shared / "gold" / "seeds" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        by_doc[json.loads(line)["doc"]].append(json.loads(line))
    return by_doc


def pairs(shared: Path, readings: dict[str, Reading]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Gold and predicted record of every claim found at its exact place."""
    result = []
    for doc, records in gold(shared, "claims").items():
        predicted = {claim.span: claim_record(doc, claim) for claim in readings[doc].claims}
        result += [
            (each, predicted[each["start"], each["end"]])
            for each in records
            if (each["start"], each["end"]) in predicted
        ]
    return result


def test_claims_are_found_at_their_exact_places(shared: Path, readings: dict[str, Reading]) -> None:
    expected = sum(map(len, gold(shared, "claims").values()))
    predicted = sum(len(reading.claims) for reading in readings.values())
    assert 2 * len(pairs(shared, readings)) / (expected + predicted) >= 0.98


def test_every_document_for_itself_is_read_well(shared: Path, readings: dict[str, Reading]) -> None:
    scores = []
    for doc, records in gold(shared, "claims").items():
        found = {claim.span for claim in readings[doc].claims}
        right = len(found & {(each["start"], each["end"]) for each in records})
        scores.append(2 * right / (len(found) + len(records)))
    assert sum(scores) / len(scores) >= 0.95


@pytest.mark.parametrize(
    ("keys", "share"), [(("value", "unit"), 0.99), (("kind",), 0.97), (("approx",), 0.95), (("placeholder",), 1.0)]
)
def test_attributes_of_found_claims_are_right(
    shared: Path, readings: dict[str, Reading], keys: tuple[str, ...], share: float
) -> None:
    matched = pairs(shared, readings)
    if keys == ("approx",):
        matched = [(one, two) for one, two in matched if one["approx"] or two["approx"]]
    assert sum(all(one[key] == two[key] for key in keys) for one, two in matched) >= share * len(matched)


def test_all_ten_placeholders_have_no_value(shared: Path, readings: dict[str, Reading]) -> None:
    placeholders = [two for one, two in pairs(shared, readings) if one["placeholder"]]
    assert len(placeholders) == 10
    assert all(each["placeholder"] and each["value"] is None for each in placeholders)


def test_subjects_are_right_for_nine_in_ten(shared: Path, readings: dict[str, Reading]) -> None:
    def same(one: str | None, two: str | None) -> bool:
        a, b = (re.sub(r"\s", "", each or "") for each in (one, two))
        return a == b or bool(a and b and (a in b or b in a))

    matched = pairs(shared, readings)
    assert sum(same(one["subject"], two["subject"]) for one, two in matched) >= 0.9 * len(matched)


def test_outline_is_right_in_place_and_level(shared: Path, readings: dict[str, Reading]) -> None:
    expected = {
        (doc, each["start"], each["end"], each["level"])
        for doc, records in gold(shared, "outline").items()
        for each in records
    }
    found = {(doc, *heading.span, heading.level) for doc, reading in readings.items() for heading in reading.outline}
    assert 2 * len(expected & found) / (len(expected) + len(found)) >= 0.95


def test_every_body_begins_and_ends_where_it_should(shared: Path, readings: dict[str, Reading]) -> None:
    for doc, (record,) in gold(shared, "body").items():
        body = readings[doc].body
        assert (*body.span, body.truncated) == (record["body_start"], record["body_end"], record["truncated"]), doc
