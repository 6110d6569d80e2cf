"""Finding a question by words: indicators by title, narrowed by the tags that the words name."""

import pytest

from gangmu.catalog.current import catalog
from gangmu.indicators.questions import question
from gangmu.kernel import clock
from gangmu.web.finding import FOUND_AT_MOST, found


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("活动场次", "activity.sessions"),
        ("活动 支部党员大会", "activity.sessions[members_meeting]"),
        ("支部党员大会 活动", "activity.sessions[members_meeting]"),
        ("支部党员大会", "activity.sessions[members_meeting]"),
        ("MATTER.SOLVED", "matter.solved"),
        ("解决率", "matter.solved_rate"),
    ],
)
def test_words_find_what_they_name(words: str, key: str) -> None:
    assert key in found(words, catalog())


@pytest.mark.parametrize("words", ["", "   ", "没有这样的", "活动 没有这样的", "%", "[", "a" * 500])
def test_words_that_name_nothing_find_nothing(words: str) -> None:
    assert found(words, catalog()) == []


def test_the_plain_question_stands_before_the_narrower_ones() -> None:
    tags = [key.count("[") for key in found("活动", catalog())]
    assert tags == sorted(tags)
    assert tags[0] == 0


def test_no_more_are_offered_than_a_person_reads() -> None:
    assert len(found("率", catalog())) <= FOUND_AT_MOST


def test_everything_that_is_found_can_be_asked() -> None:
    for one in catalog().indicators.values():
        for key in found(one.title.zh.split()[0], catalog()):
            assert question(key, clock.today(), catalog()).key == key


def test_english_words_find_the_same() -> None:
    title = catalog().indicators["matter.solved_rate"].title.en
    assert "matter.solved_rate" in found(title, catalog())
