"""`catalog check` says in sentences what is wrong and where, and nothing else goes wrong."""

from pathlib import Path

import pytest

from gangmu.catalog import current
from gangmu.catalog.command import main
from gangmu.catalog.schema import FOLDER, schemas
from gangmu.pages.messages import HAN
from tests.catalog.small import INDICATOR, LOCAL, national, write


def test_check_of_the_checkouts_catalog_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "口径库可用" in capsys.readouterr().out


def test_check_adds_one_file_without_putting_it_into_the_catalog(
    scratch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(national(scratch))
    file = scratch / "town.meetings.yaml"
    file.write_text(INDICATOR.replace("meeting.number", "town.meetings") + LOCAL, encoding="utf-8")
    assert main(["check", "--folder", folder, "--add", str(file)]) == 0
    assert "2 个指标" in capsys.readouterr().out


def test_problems_are_printed_one_a_line_with_their_place(scratch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(national(scratch, meeting_number=INDICATOR.replace("expect: 1", "expect: 5")))
    assert main(["check", "--folder", folder]) == 1
    printed = capsys.readouterr()
    assert printed.out.count("\n") == 1
    assert "meeting.number.yaml:" in printed.out
    assert HAN.search(printed.out)
    assert "Example" in printed.out.rpartition("。")[2]  # the same in English behind it
    assert "共 1 处要改。 1 to mend." in printed.err


def test_a_review_that_is_overdue_is_said_and_stops_nothing(scratch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(national(scratch, meeting_number=INDICATOR.replace("2030-01-01", "2020-01-01")))
    assert main(["check", "--folder", folder]) == 0
    assert "meeting.number.yaml：应在 2020-01-01 前复核" in capsys.readouterr().err


def test_list_names_every_definition_with_its_file(scratch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--folder", str(national(scratch))]) == 0
    assert "meeting.number\t会议\tnational/indicators/meeting.number.yaml" in capsys.readouterr().out


def test_a_word_it_does_not_know_is_bad_usage() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["frobnicate"])
    assert caught.value.code == 2


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_schemas_for_editors_are_those_of_the_code(name: str) -> None:
    """Run `catalog docs` after a change of the models."""
    assert (FOLDER / name).read_text(encoding="utf-8") == schemas()[name]


def test_the_environment_names_one_more_pack(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = write(scratch / "mine", {})
    monkeypatch.setenv("GANGMU_CATALOG_EXTRA", str(mine))
    assert current.extra() == mine
    monkeypatch.setenv("GANGMU_CATALOG_EXTRA", "")
    assert current.extra() is None


def test_the_catalog_of_a_process_is_loaded_once() -> None:
    assert current.catalog() is current.catalog()
