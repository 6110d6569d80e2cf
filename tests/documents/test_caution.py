"""Numbers that are no wholes: averages, what is missing, former values, parts."""

import pytest

from gangmu.catalog.current import catalog
from gangmu.documents.rules.caution import is_no_whole, parts
from tests.documents.support import context

SESSIONS = catalog().indicators["activity.sessions"]


@pytest.mark.parametrize(
    "text",
    [
        "支部均召开党员大会，平均每个支部召开党员大会6次。",
        "人均参加党课6次。",
        "村均举办活动6场。",
        "尚缺党课6堂。",
        "党课由6堂增加到9堂。",
    ],
)
def test_what_its_words_say_is_no_whole_is_left_open(text: str) -> None:
    assert is_no_whole(context(text), SESSIONS)


@pytest.mark.parametrize("text", ["召开党员大会6次。", "每年召开党员大会6次。", "关心未成年人，举办活动6场。"])
def test_a_plain_total_is_a_whole(text: str) -> None:
    assert not is_no_whole(context(text), SESSIONS)


def test_an_indicator_of_averages_answers_averages() -> None:
    text = "为村干部发放每月津贴1000元。"
    assert not is_no_whole(context(text), catalog().indicators["money.per_person_month"])
    assert is_no_whole(context("每月发放补贴1000元。"), catalog().indicators["money.received"])


def test_of_one_question_in_one_sentence_only_the_first_is_the_whole() -> None:
    asked = [(0, "甲", "q"), (1, "甲", "q"), (2, "甲", "p"), (3, "乙", "q")]
    assert parts(asked) == {1}
