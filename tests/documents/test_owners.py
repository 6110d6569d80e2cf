"""Whose number it is."""

import pytest

from gangmu.documents.rules.owners import Called, index, named_unit, names_of
from gangmu.kernel.ids import OrgId
from tests.documents.support import context

NAMES = index(
    Called(OrgId(org), names_of(*names))
    for org, names in {
        "town": ("东河镇党委", "东河镇", ""),
        "audit": ("市审计局机关党委", "", "市审计局、审计局"),
        "north": ("北港区委", "", "北港"),
        "one": ("第一党支部", "", ""),
        "other": ("第一党支部", "", ""),
    }.items()
)


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("东河镇召开党员大会6次。", "town"),
        ("比如：市审计局组建临时党支部8个。", "audit"),
        ("比如：xx市审计局组建临时党支部8个。", "audit"),
        ("成效明显；东河镇党委建成驿站3个。", "town"),
        ("北港以党建引领，建成驿站3个。", "north"),
        ("东河镇召开党员大会6次、市审计局召开党员大会9次。", "town"),
        ("赴东河镇开展调研3次。", None),
        ("东河镇工作扎实；全市召开党员大会6次。", None),
        ("第一党支部召开党员大会6次。", None),
        ("全市召开党员大会6次。", None),
    ],
)
def test_a_clause_that_begins_with_a_name_says_whose_number_it_is(text: str, org: str | None) -> None:
    assert named_unit(context(text), NAMES) == org


def test_each_item_of_a_list_may_name_its_own_unit() -> None:
    text = "东河镇召开党员大会6次、市审计局召开党员大会9次。"
    assert [named_unit(context(text, number), NAMES) for number in (0, 1)] == ["town", "audit"]


def test_short_words_of_the_language_are_no_names() -> None:
    assert names_of("全市", "机关", "县委、甲、北港") == ("北港",)
