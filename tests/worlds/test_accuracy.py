"""The binding is general: its first proposals are right before anybody has confirmed anything."""

from pathlib import Path

import pytest

from tests.worlds.accuracy import Score, measured, scored

LECTURE, TRAINING, VISIT = ("a.b", frozenset({"lecture"})), ("a.b", frozenset({"training"})), ("a.c", frozenset[str]())


@pytest.mark.seeds
@pytest.mark.django_db
def test_first_and_first_three_proposals_reach_their_shares(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = measured(shared)
    with capsys.disabled():
        print(f"\nbinding of the seeds: {found}")
    assert found.claims == 86
    assert found.first / found.claims >= 0.80
    assert found.three / found.claims >= 0.95


def test_a_right_proposal_counts_where_it_stands() -> None:
    seen = [(LECTURE, [LECTURE, VISIT]), (VISIT, [LECTURE, TRAINING, VISIT]), (TRAINING, [LECTURE] * 3 + [TRAINING])]
    assert scored(seen) == Score(first=1, three=2, claims=3)


def test_other_tags_are_another_answer() -> None:
    assert scored([(LECTURE, [TRAINING]), (LECTURE, [("a.b", frozenset[str]())])]) == Score(0, 0, 2)


def test_a_claim_without_proposals_is_wrong() -> None:
    assert scored([(LECTURE, [])]) == Score(0, 0, 1)
