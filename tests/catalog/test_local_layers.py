"""A local pack adds and tightens, with its document and its day; it never redefines and never loosens."""

from pathlib import Path

import pytest

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.load import CatalogRefused, load
from tests.catalog.small import FORM, INDICATOR, LOCAL, RULE, national, write

EXTRA_TAG = "tags:\n  - {key: open_air, title: {zh: 院坝会, en: Open air}, names: [院坝会]}\n"
FAMILY = FORM[: FORM.index("tags:")].replace("key: form", "key: local_form\nextends: form") + LOCAL + EXTRA_TAG
TIGHTER = (
    RULE.replace("key: meeting.monthly", "key: town.monthly\ntightens: meeting.monthly").replace("value: 1", "value: 2")
    + LOCAL
)


def with_pack(scratch: Path, files: dict[str, str]) -> Catalog:
    return load((national(scratch), write(scratch / "local" / "qinghe", files)))


def codes(scratch: Path, files: dict[str, str]) -> list[str]:
    with pytest.raises(CatalogRefused) as caught:
        with_pack(scratch, files)
    return [problem.code for problem in caught.value.problems]


def test_a_pack_adds_an_indicator(scratch: Path) -> None:
    mine = INDICATOR.replace("meeting.number", "town.meetings") + LOCAL
    catalog = with_pack(scratch, {"indicators/town.meetings.yaml": mine})
    assert catalog.local == {"town.meetings"}
    assert catalog.indicators["town.meetings"].basis == "青组发〔2025〕1号"


def test_a_pack_adds_tags_to_a_national_list_and_facts_may_bear_them(scratch: Path) -> None:
    catalog = with_pack(scratch, {"tags/local_form.yaml": FAMILY})
    assert catalog.family_of["open_air"] == "form"
    assert catalog.check_body("meeting.held", {"present": 3, "tags": ["open_air"]}) == []


def test_a_pack_must_name_its_document_and_its_day(scratch: Path) -> None:
    mine = INDICATOR.replace("meeting.number", "town.meetings")
    assert codes(scratch, {"indicators/town.meetings.yaml": mine}) == ["catalog.basis"]


def test_the_floor_names_no_document_of_its_own(scratch: Path) -> None:
    with pytest.raises(CatalogRefused) as caught:
        load((national(scratch, meeting_monthly=RULE + LOCAL),))
    assert [problem.code for problem in caught.value.problems] == ["catalog.basis"]


def test_a_pack_cannot_redefine_what_the_floor_defines(scratch: Path) -> None:
    assert "catalog.redefined" in codes(scratch, {"indicators/meeting.number.yaml": INDICATOR + LOCAL})


def test_two_packs_cannot_define_the_same_thing(scratch: Path) -> None:
    mine = {"indicators/town.meetings.yaml": INDICATOR.replace("meeting.number", "town.meetings") + LOCAL}
    first, second = write(scratch / "local" / "one", mine), write(scratch / "local" / "two", mine)
    with pytest.raises(CatalogRefused) as caught:
        load((national(scratch), first, second))
    assert [problem.code for problem in caught.value.problems] == ["catalog.redefined"]


def test_a_pack_may_ask_for_more(scratch: Path) -> None:
    catalog = with_pack(scratch, {"rules/town.monthly.yaml": TIGHTER})
    assert catalog.rules["town.monthly"].tightens == "meeting.monthly"


@pytest.mark.parametrize("change", [("value: 2", "value: 0"), ("compare: at_least", "compare: at_most")])
def test_a_pack_may_not_ask_for_less(scratch: Path, change: tuple[str, str]) -> None:
    assert codes(scratch, {"rules/town.monthly.yaml": TIGHTER.replace(*change)}) == ["catalog.loosened"]


def test_nothing_can_be_tightened_that_is_not_there(scratch: Path) -> None:
    mine = TIGHTER.replace("tightens: meeting.monthly", "tightens: meeting.daily")
    assert codes(scratch, {"rules/town.monthly.yaml": mine}) == ["catalog.unknown"]


def test_a_list_that_is_not_there_cannot_be_extended(scratch: Path) -> None:
    assert "catalog.unknown" in codes(
        scratch, {"tags/local_form.yaml": FAMILY.replace("extends: form", "extends: shape")}
    )


def test_the_extra_folder_is_a_pack_like_any_other(scratch: Path) -> None:
    extra = write(scratch / "mine", {"rules/town.monthly.yaml": TIGHTER})
    assert "town.monthly" in load((national(scratch),), extra).local


def test_a_file_outside_the_rooms_is_known_by_what_it_says(scratch: Path) -> None:
    extra = write(scratch / "mine", {"town.monthly.yaml": TIGHTER, "local_form.yaml": FAMILY})
    assert load((national(scratch),), extra).local == {"town.monthly", "local_form"}


def test_a_file_that_says_nothing_of_the_kind_is_refused(scratch: Path) -> None:
    extra = write(scratch / "mine", {"note.yaml": "colour: red\n"})
    with pytest.raises(CatalogRefused) as caught:
        load((national(scratch),), extra)
    assert [problem.code for problem in caught.value.problems] == ["catalog.room"]
