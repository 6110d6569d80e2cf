"""A fact's body is what its kind says, or every fault is told in a sentence."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog as current
from gangmu.catalog.load import load
from tests.catalog.small import national

GOOD: dict[str, Any] = {"present": 3, "tags": ["plenary"]}


@pytest.fixture
def catalog(scratch: Path) -> Catalog:
    return load((national(scratch),))


def codes(catalog: Catalog, body: Mapping[str, Any], slots: Mapping[str, str] | None = None) -> list[str]:
    return [problem.code for problem in catalog.check_body("meeting.held", body, slots)]


def test_a_good_body_has_no_problems(catalog: Catalog) -> None:
    everything = {
        "present": 500,
        "cost": "1000.50",
        "share": "0.125",
        "open": True,
        "held_on": "2025-03-08",
        "place": "a" * 32,
        "halls": ["a" * 32, "b" * 32],
        "mood": "calm",
        "theme_kind": "safety",
        "paper": "〔2025〕1号",
        "tags": ["small", "safety"],
        "late_reason": "away",
    }
    assert codes(catalog, everything, {"minutes": "说了三件事"}) == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("present", -1, "body.range"),
        ("present", 501, "body.range"),
        ("present", "3", "body.int"),
        ("present", 3.0, "body.int"),
        ("present", True, "body.int"),
        ("present", 2**53, "body.int"),
        ("cost", "1000.505", "body.number"),
        ("cost", "1,000", "body.number"),
        ("cost", "-1", "body.range"),
        ("cost", 1.5, "body.number"),
        ("cost", True, "body.number"),
        ("cost", "01", "body.number"),
        ("share", "1e3", "body.number"),
        ("share", "NaN", "body.number"),
        ("share", "", "body.number"),
        ("open", "true", "body.bool"),
        ("open", 1, "body.bool"),
        ("held_on", "2025-02-30", "body.date"),
        ("held_on", "20250308", "body.date"),
        ("held_on", 20250308, "body.date"),
        ("place", "../etc", "body.id"),
        ("place", "", "body.id"),
        ("place", 7, "body.id"),
        ("place", "a" * 65, "body.id"),
        ("mood", "angry", "body.choice"),
        ("mood", ["calm"], "body.choice"),
        ("theme_kind", "plenary", "body.choice"),
        ("halls", "a", "body.list"),
        ("halls", [], "body.list"),
        ("halls", ["a", "../b"], "body.id"),
        ("paper", "", "body.text"),
        ("paper", "   ", "body.text"),
        ("paper", "x" * 11, "body.text"),
        ("colour", "red", "body.unknown"),
        ("minutes", "在正文里", "body.unknown"),
        ("late_reason", "忘了", "body.late_reason"),
        ("tags", "plenary", "body.tags"),
        ("tags", [1], "body.tags"),
        ("tags", ["plenary", "unheard"], "body.tag_unknown"),
        ("tags", ["plenary", "away"], "body.tag_unknown"),
        ("tags", ["plenary", "small"], "body.tag_one"),
        ("tags", [], "body.tag_one"),
        ("tags", ["plenary", "safety", "safety"], "body.tag_twice"),
    ],
)
def test_a_value_that_does_not_fit_is_named(catalog: Catalog, field: str, value: object, code: str) -> None:
    [problem] = catalog.check_body("meeting.held", {**GOOD, field: value})
    assert problem.code == code
    assert problem.where == field
    assert problem.message.endswith("。")
    assert problem.message_en.endswith(".")


def test_what_is_missing_is_called_by_its_title(catalog: Catalog) -> None:
    [problem] = catalog.check_body("meeting.held", {"tags": ["plenary"]})
    assert problem.code == "body.missing"
    assert "到会人数" in problem.message


def test_an_empty_value_is_missing_too(catalog: Catalog) -> None:
    assert "body.missing" in codes(catalog, {**GOOD, "present": None})


def test_all_faults_come_at_once(catalog: Catalog) -> None:
    assert sorted(codes(catalog, {"cost": "x", "colour": 1})) == [
        "body.missing",
        "body.number",
        "body.tag_one",
        "body.unknown",
    ]


@pytest.mark.parametrize(
    ("slots", "code"),
    [({"minutes": "x" * 21}, "body.text"), ({"phone": "1"}, "body.unknown"), ({"present": "3"}, "body.unknown")],
)
def test_only_sealed_fields_go_into_slots(catalog: Catalog, slots: dict[str, str], code: str) -> None:
    assert codes(catalog, GOOD, slots) == [code]


def test_an_unknown_kind_is_the_callers_mistake(catalog: Catalog) -> None:
    with pytest.raises(KeyError):
        catalog.check_body("meeting.dreamt", {})


def test_bodies_are_what_the_ledger_takes(catalog: Catalog) -> None:
    """Examples of every published kind that are accepted have a canonical form."""
    from gangmu.kernel.canon import canonical

    for kind in current().facts.values():
        for example in kind.examples:
            if not example.refused:
                assert json.loads(canonical(example.body)) == example.body
