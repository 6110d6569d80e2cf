"""A place switches off what nobody has verified there; what was read in its own words stays."""

from pathlib import Path

import pytest

from gangmu.catalog.command import main
from gangmu.catalog.compiled import Catalog
from gangmu.catalog.load import CatalogRefused, load
from tests.catalog.small import HEAD, INDICATOR, LOCAL, RULE, national, write


def switches(off: str) -> str:
    return f"key: ours_off\n{HEAD}{LOCAL}off: [{off}]\n"


def with_off(scratch: Path, off: str, **changed: str) -> Catalog:
    pack = write(scratch / "local" / "qinghe", {"switches/ours_off.yaml": switches(off)})
    return load((national(scratch, **changed), pack))


def refused(scratch: Path, off: str, **changed: str) -> str:
    with pytest.raises(CatalogRefused) as caught:
        with_off(scratch, off, **changed)
    [problem] = caught.value.problems
    assert problem.where.endswith("ours_off.yaml:9")
    assert problem.message_en
    return problem.message


def test_what_is_off_is_in_no_list_of_the_catalog(scratch: Path) -> None:
    catalog = with_off(scratch, "meeting.number, meeting.monthly")
    assert catalog.off == {"meeting.number", "meeting.monthly"}
    assert not catalog.indicators
    assert not catalog.rules
    assert not catalog.formulas
    assert list(catalog.facts) == ["meeting.held"]


def test_without_a_pack_that_says_so_nothing_is_off(scratch: Path) -> None:
    assert load((national(scratch),)).off == frozenset()


def test_switching_off_is_another_catalog_with_another_digest(scratch: Path) -> None:
    assert with_off(scratch / "a", "meeting.number").digest != load((national(scratch / "b"),)).digest


def test_a_definition_that_is_off_is_still_held_to_its_examples(scratch: Path) -> None:
    with pytest.raises(CatalogRefused) as caught:
        with_off(scratch, "meeting.number", meeting_number=INDICATOR.replace("expect: 1", "expect: 2"))
    assert [problem.code for problem in caught.value.problems] == ["catalog.example"]


@pytest.mark.parametrize(
    ("off", "changed", "said"),
    [
        ("meeting.held", {}, "不能关"),
        ("meeting.nothing", {}, "没有 meeting.nothing"),
        ("meeting.monthly", {"meeting_monthly": RULE.replace("unverified", "text")}, "已核对原文"),
        ("meeting.number", {"meeting_number": INDICATOR.replace("unverified", "text")}, "已核对原文"),
    ],
)
def test_what_cannot_be_switched_off_is_said_with_its_reason(
    scratch: Path, off: str, changed: dict[str, str], said: str
) -> None:
    assert said in refused(scratch, off, **changed)


def test_what_was_read_about_elsewhere_may_be_switched_off(scratch: Path) -> None:
    assert with_off(scratch, "meeting.monthly", meeting_monthly=RULE.replace("unverified", "secondary")).off


def test_the_floor_switches_nothing_off(scratch: Path) -> None:
    folder = write(national(scratch), {"switches/ours_off.yaml": switches("meeting.number").replace(LOCAL, "")})
    with pytest.raises(CatalogRefused) as caught:
        load((folder,))
    assert [problem.code for problem in caught.value.problems] == ["catalog.switch"]


def test_an_empty_list_of_switches_is_refused(scratch: Path) -> None:
    with pytest.raises(CatalogRefused) as caught:
        with_off(scratch, "")
    assert "off" in caught.value.problems[0].message


def test_the_check_says_what_is_off(scratch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = write(scratch / "local" / "qinghe", {"switches/ours_off.yaml": switches("meeting.number")})
    assert main(["check", "--folder", str(national(scratch)), "--folder", str(pack)]) == 0
    assert "本地关闭：meeting.number。" in capsys.readouterr().out
