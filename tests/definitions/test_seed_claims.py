"""Every number of the five speeches that could be wrong has a definition that answers it."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.words import plain
from tests.definitions.seed_claims import ANSWERS, Answer

pytestmark = pytest.mark.seeds


@pytest.fixture
def claims(shared: Path) -> dict[tuple[str, int], dict[str, Any]]:
    """The labelled claims that are no placeholders, by seed and offset."""
    lines = (shared / "gold" / "seeds" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return {(one["doc"][:3], one["start"]): one for one in found if not one["placeholder"]}


def figures() -> list[tuple[tuple[str, int], Answer]]:
    return [(place, answer) for place, answer in ANSWERS.items() if answer.what == "figure"]


def test_each_of_the_88_claims_has_exactly_one_answer(claims: dict[tuple[str, int], dict[str, Any]]) -> None:
    assert len(claims) == 88
    assert claims.keys() == ANSWERS.keys()


def test_86_answers_are_figures_one_a_rule_and_one_a_citation() -> None:
    assert Counter(answer.what for answer in ANSWERS.values()) == {"figure": 86, "rule": 1, "citation": 1}


def test_every_figure_is_a_published_indicator_with_tags_it_can_be_asked_by() -> None:
    known = catalog()
    for place, answer in figures():
        indicator = known.indicators[answer.key]
        families = {known.family_of[tag] for tag in answer.tags}
        assert families <= set(indicator.selects), (place, answer.key, families)


def test_an_indicator_answers_claims_of_its_own_kind(claims: dict[tuple[str, int], dict[str, Any]]) -> None:
    known = catalog()
    wrong = [
        (place, claims[place]["kind"], known.indicators[answer.key].kind)
        for place, answer in figures()
        if claims[place]["kind"] != known.indicators[answer.key].kind
    ]
    assert wrong == []


def test_an_indicator_knows_the_measure_word_of_its_claims(claims: dict[tuple[str, int], dict[str, Any]]) -> None:
    known = catalog()
    wrong = [
        (place, claims[place]["unit"], answer.key)
        for place, answer in figures()
        if claims[place]["unit"] and claims[place]["unit"] not in known.indicators[answer.key].units
    ]
    assert wrong == []


def test_the_words_of_a_claim_are_among_the_words_of_its_definition(
    claims: dict[tuple[str, int], dict[str, Any]],
) -> None:
    """The subject or the action must be recognisable by the names the definition and its tags publish."""
    known = catalog()
    strangers = [
        (place, claims[place]["subject"]) for place, answer in figures() if not recognised(claims[place], answer)
    ]
    assert strangers == [], f"{len(strangers)} of {len(known.indicators)} not recognised"


def recognised(claim: dict[str, Any], answer: Answer) -> bool:
    known = catalog()
    said = plain(claim["subject"] or "")
    words = [*known.indicators[answer.key].names, *(name for tag in answer.tags for name in known.tags[tag].names)]
    return any(word in said or said in word for word in words)


def test_the_standard_of_two_contacts_a_month_is_a_dated_rule() -> None:
    row = catalog().rule(ANSWERS[("004", 1910)].key, date(2022, 6, 1))
    assert row is not None
    assert (row.compare, row.value, row.unit, row.per) == ("at_least", Decimal(2), "次", "month")


def test_the_list_of_nineteen_is_a_kind_of_fact_with_issuer_document_and_value() -> None:
    kind = catalog().facts["citation.recorded"]
    assert {field.key for field in kind.fields if field.required} == {"issuer", "document", "value"}
    assert catalog().family_of["list_size"] in kind.tags_required
