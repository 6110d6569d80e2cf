"""Forms from definitions."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from gangmu.catalog.definitions import FactKind
from gangmu.pages import entry

TITLE = {"zh": "到会", "en": "Present"}


def kind(*fields: dict[str, Any]) -> FactKind:
    return FactKind.model_validate({
        "key": "meeting.held", "title": {"zh": "会议", "en": "Meeting"}, "why": {"zh": "为何", "en": "why"},
        "source": "local", "source_status": "text", "review_by": date(2027, 1, 1), "since": date(2020, 1, 1),
        "fields": [{"title": TITLE, **field} for field in fields], "examples": [{"name": "one", "body": {}}],
    })  # fmt: skip


MEETING = kind(
    {"key": "present", "type": "int", "required": True},
    {"key": "paid", "type": "money"},
    {"key": "open", "type": "bool"},
    {"key": "host", "type": "org"},
    {"key": "notes", "type": "text", "sealed": True},
    {"key": "form", "type": "enum", "values": [{"key": "a", "title": TITLE}, {"key": "b", "title": TITLE}]},
)


def typed(query: str) -> entry.Typed:
    return entry.read(MEETING, QueryDict(query), {"host": "o1"})


def test_each_type_has_its_control_and_what_was_typed_stays() -> None:
    fields = entry.controls(MEETING, {"form": (("a", "甲"), ("b", "乙"))}, QueryDict("present=12&form=b"))
    assert {one.key: one.control for one in fields} == {
        "present": "number",
        "paid": "number",
        "open": "check",
        "host": "org",
        "notes": "textarea",
        "form": "chips",
    }
    assert fields[0].value == "12"
    assert fields[5].values == ("b",)
    assert fields[1].unit == "元"
    assert entry.keys(fields) == {"present", "paid", "open", "host", "notes", "form"}


def test_many_choices_fold_into_a_list() -> None:
    many = tuple((str(number), "名") for number in range(7))
    assert entry.controls(MEETING, {"form": many}, QueryDict(""))[5].control == "select"


def test_a_short_text_gets_one_line() -> None:
    short = kind({"key": "topic", "type": "text", "sealed": True, "max": 30})
    assert entry.controls(short, {}, QueryDict(""))[0].control == "text"


def test_the_body_holds_what_was_typed_and_sealed_words_never_enter_it() -> None:
    found = typed("present=1,200&paid=１２．５０&open=yes&host=x&notes=秘密&form=a")
    assert found.body == {"present": 1200, "paid": "12.5", "open": True, "host": "o1", "form": "a"}
    assert found.sealed == {"notes": "秘密"}
    assert found.problems == ()


def test_an_empty_control_says_nothing_and_an_unticked_box_says_no() -> None:
    assert typed("present=&notes=  ").body == {"open": False}


@pytest.mark.parametrize("text", ["12.5", "十二", "NaN", "1e400000", "Infinity", "--1"])
def test_what_is_no_whole_number_is_said_where_it_stands_and_kept(text: str) -> None:
    found = typed(f"present={text}")
    assert [(problem.code, problem.where) for problem in found.problems] == [("pages.not_a_number", "present")]
    assert found.body["present"] == text
    assert text in found.problems[0].message


def test_a_large_round_number_keeps_its_zeros() -> None:
    assert typed("present=1200&paid=1000").body == {"present": 1200, "paid": "1000", "open": False}
