"""Facts put into words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from gangmu.catalog.definitions import FactKind, Text
from gangmu.web import shown

T = {"zh": "到会", "en": "Present"}
KIND = FactKind.model_validate({
    "key": "meeting.held", "title": {"zh": "会议", "en": "Meeting"}, "why": {"zh": "为何", "en": "why"},
    "source": "local", "source_status": "text", "review_by": date(2027, 1, 1), "since": date(2020, 1, 1),
    "late_after_days": 7, "examples": [{"name": "one", "body": {}}],
    "fields": [
        {"key": "form", "title": T, "type": "enum", "values": [{"key": "a", "title": {"zh": "大会", "en": "General"}}]},
        {"key": "present", "title": T, "type": "int"},
        {"key": "paid", "title": {"zh": "花费", "en": "Spent"}, "type": "money"},
        {"key": "open", "title": {"zh": "公开", "en": "Open"}, "type": "bool"},
        {"key": "host", "title": {"zh": "联办", "en": "With"}, "type": "org"},
        {"key": "until", "title": {"zh": "到", "en": "Until"}, "type": "date"},
        {"key": "notes", "title": {"zh": "要点", "en": "Notes"}, "type": "text", "sealed": True},
    ],
})  # fmt: skip


def words(language: str = "zh-hans", **changes: Any) -> shown.Lexicon:
    titles = {"meeting.held": {"form": {"a": Text(zh="大会", en="General")}}}
    tags = {"theme_day": Text(zh="主题党日", en="Theme day")}
    return shown.Lexicon(
        {"meeting.held": KIND, **changes}, {"o1": "荷塘村党支部", "o2": "双桥村党支部"}, titles, tags, language, {}
    )


def fact(body: dict[str, Any], *, late: int = 0, **changes: Any) -> Any:
    held = datetime(2025, 3, 8, 1, tzinfo=UTC)
    received = datetime(2025, 3, 8 + late, 2, tzinfo=UTC)
    told = {"id": "f1", "kind": "meeting.held", "org": "o1", "claimed_from": held, "received": received, "body": body,
            "seq": 7, "reversed_by": None}  # fmt: skip
    return SimpleNamespace(**{**told, **changes})


def test_a_fact_is_known_by_its_tags_and_first_telling_fields() -> None:
    body = {"tags": ["theme_day"], "form": "a", "present": 1200, "paid": "1000.50", "open": True}
    row = shown.fact_row(fact(body), words())
    assert (row.title, row.said, row.unit) == ("会议", "主题党日，大会，到会 1,200，花费 1,000.50元", "荷塘村党支部")
    assert shown.fact_row(fact(body), words("en")).said == "Theme day, General, Present 1,200, Spent 1,000.50 yuan"


def test_a_fact_is_called_by_the_tag_that_says_what_it_was_and_the_line_does_not_say_it_again() -> None:
    body, calling = {"tags": ["environment", "theme_day"], "present": 12}, {"meeting.held": frozenset({"theme_day"})}
    row = shown.fact_row(fact(body), replace(words(), callers=calling))
    assert (row.title, row.said) == ("主题党日", "environment，到会 12")
    row = shown.fact_row(fact(body), replace(words("en"), callers=calling))
    assert (row.title, row.said) == ("Theme day", "environment, Present 12")
    assert shown.fact_row(fact({"present": 12}), replace(words(), callers=calling)).title == "会议"


def test_a_no_and_an_empty_field_say_nothing_in_the_line() -> None:
    assert shown.fact_row(fact({"open": False, "present": None}), words()).said == ""


@pytest.mark.parametrize(("days", "late"), [(0, False), (7, False), (8, True)])
def test_a_fact_is_late_beyond_what_its_kind_allows(days: int, late: bool) -> None:
    assert shown.fact_row(fact({}, late=days), words()).late is late


def test_a_kind_and_a_tag_that_the_catalog_no_longer_has_are_shown_by_their_keys() -> None:
    row = shown.fact_row(fact({"tags": ["gone"]}, kind="old.kind"), words())
    assert (row.title, row.said) == ("old.kind", "")
    assert shown.fact_row(fact({"tags": ["gone"]}), words()).said == "gone"


def test_a_fact_taken_back_and_one_without_number_say_so() -> None:
    row = shown.fact_row(fact({}, reversed_by="f2", seq=None), words())
    assert (row.reversed, row.seq) == (True, None)


def test_every_type_of_field_has_its_words_in_both_languages() -> None:
    body = {
        "form": "a",
        "present": 3,
        "paid": "8",
        "open": False,
        "host": "o2",
        "until": "2025-12-31",
        "tags": ["theme_day"],
    }
    assert [row.value for row in shown.field_rows(body, KIND, words())] == [
        "主题党日", "大会", "3", "8元", "否", "双桥村党支部", "2025年12月31日",
    ]  # fmt: skip
    assert [row.value for row in shown.field_rows(body, KIND, words("en"))] == [
        "Theme day", "General", "3", "8 yuan", "no", "双桥村党支部", "31 December 2025",
    ]  # fmt: skip


def test_sealed_words_never_stand_among_the_fields() -> None:
    assert "要点" not in [row.title for row in shown.field_rows({"present": 3}, KIND, words())]
