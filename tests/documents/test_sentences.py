"""Sentences of another city: how often the first question is right, and that a wrong one is seldom taken for sure."""

from gangmu.catalog.current import catalog
from gangmu.documents.rules.contexts import contexts
from gangmu.documents.rules.proposals import OFFERED, Proposal, proposals
from gangmu.documents.rules.vocabulary import vocabulary
from gangmu.indicators.questions import question
from tests.documents.sentences import FRESH, SENTENCES, Sentence
from tests.documents.support import YEAR_END, read

Asked = tuple[str, frozenset[str]]


def meant(key: str) -> Asked:
    asked = question(key, YEAR_END, catalog())
    return asked.definition.key, frozenset(asked.selection)


def asked_of(one: Proposal) -> Asked:
    return one.indicator, frozenset(one.selection)


def found(sentences: tuple[Sentence, ...]) -> list[tuple[str, Asked, tuple[Proposal, ...]]]:
    """For every number: its words, what it means, what is proposed."""
    words, rows = vocabulary(catalog()), []
    for text, wanted in sentences:
        by_start = {one.claim.span.start: one for one in contexts(read(text))}
        for said, key in wanted.items():
            one = by_start.get(text.index(said))
            rows.append((f"{text} {said}", meant(key), proposals(one, catalog(), words) if one else ()))
    return rows


def shares(sentences: tuple[Sentence, ...]) -> tuple[float, float, float]:
    """The share of numbers whose first proposal is right, whose first three hold it, which are bound wrongly."""
    rows = found(sentences)
    first = sum(asked_of(ways[0]) == key for _, key, ways in rows if ways)
    three = sum(key in map(asked_of, ways[:OFFERED]) for _, key, ways in rows)
    wrong = sum(ways[0].is_enough and asked_of(ways[0]) != key for _, key, ways in rows if ways)
    return first / len(rows), three / len(rows), wrong / len(rows)


def test_the_sentences_ask_every_indicator() -> None:
    asked = {key.partition("[")[0] for _, wanted in SENTENCES for key in wanted.values()}
    assert asked == set(catalog().indicators)
    assert len(SENTENCES) >= 60


def test_nearly_every_number_of_another_city_is_understood() -> None:
    first, three, wrong = shares(SENTENCES)
    assert first >= 0.95
    assert three >= 0.96
    assert wrong <= 0.02


def test_sentences_that_nothing_was_mended_for_are_understood_nearly_as_well() -> None:
    first, three, wrong = shares(FRESH)
    assert first >= 0.90
    assert three >= 0.95
    assert wrong <= 0.10


def test_a_number_misunderstood_lowers_the_measure() -> None:
    assert shares((("讲党课3堂。", {"3堂": "activity.sessions[training]"}),)) == (0.0, 0.0, 1.0)
