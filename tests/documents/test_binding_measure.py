"""The targets of binding: the first proposal right for four of five, one of three for nineteen of twenty."""

import json
from pathlib import Path

import pytest

from tests.documents.binding_measure import labelled, measure, seeds


@pytest.mark.seeds
def test_the_proposals_on_the_seeds_reach_their_targets(shared: Path) -> None:
    found = measure(seeds(shared))
    assert found.claims == 86
    assert found.first / found.claims >= 0.80, found.missed
    assert found.among_three / found.claims >= 0.95, found.missed


def test_a_wrong_answer_lowers_the_measure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全年讲党课3堂，走访企业8家。", encoding="utf-8")
    lines = [
        {"file": "a.txt", "start": 5, "indicator": "activity.sessions", "selection": ["lecture"]},
        {"file": "a.txt", "start": 12, "indicator": "matter.solved"},
    ]
    answers = tmp_path / "answers.jsonl"
    answers.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = measure(labelled(answers))
    assert (found.claims, found.first, found.among_three) == (2, 1, 1)
    assert found.missed == ("a.txt:12",)
