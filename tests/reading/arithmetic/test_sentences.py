"""Short sentences in many ways of saying one relation: with the right number silent, with the wrong one found.

`sentences.txt` holds one a line: the relation, then the sentence, the number in question as 〔right|wrong〕. A sentence
of the relation `ok` is right as it stands. `\\n` begins a new paragraph.
"""

import re
from pathlib import Path

import pytest

from tests.reading.arithmetic import wrong

IN_QUESTION = re.compile(r"〔([^|〕]*)\|([^〕]*)〕")
LINES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = tuple(line.partition("|")[2].replace("\\n", "\n") for line in LINES)
IN_DOUBT = tuple(sentence for sentence in SENTENCES if IN_QUESTION.search(sentence))


def test_every_relation_is_told_in_several_ways() -> None:
    told = [line.partition("|")[0] for line in LINES]
    relations = ("share", "per", "growth", "multiple", "points", "sum", "part_of", "difference", "repeat", "limit")
    assert {relation: told.count(relation) for relation in relations if told.count(relation) < 5} == {}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_right_number_raises_no_alarm(sentence: str) -> None:
    assert [f.working for f in wrong(IN_QUESTION.sub(r"\1", sentence))] == []


@pytest.mark.parametrize("sentence", IN_DOUBT)
def test_the_wrong_number_is_found(sentence: str) -> None:
    asked = IN_QUESTION.search(sentence)
    assert asked is not None
    start, end = asked.start(), asked.start() + len(asked[2])
    alarms = wrong(IN_QUESTION.sub(r"\2", sentence))
    assert any(span.start < end and start < span.end for f in alarms for span in f.spans), alarms
