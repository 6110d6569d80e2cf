"""The demo offers its speeches on the page of documents; elsewhere nothing is offered."""

from pathlib import Path
from typing import Any

import pytest

from gangmu.web.samples import sample, samples
from tests.pages.conftest import Town, town  # noqa: F401 - the fixture

SPEECHES = Path(__file__).parents[2] / "speeches"


@pytest.fixture
def offered(settings: Any) -> None:
    settings.SAMPLES = str(SPEECHES)


def test_nothing_is_offered_where_no_folder_is_named(settings: Any) -> None:
    settings.SAMPLES = ""
    assert samples() == []
    assert sample("work-report") == ""


def test_each_speech_is_offered_by_its_first_line(offered: None) -> None:
    assert [one.title for one in samples()] == [
        file.read_text(encoding="utf-8").splitlines()[0] for file in sorted(SPEECHES.glob("*.txt"))
    ]
    assert len(samples()) == 3


@pytest.mark.parametrize("name", ["../README", "/etc/passwd", "work-report.txt", ""])
def test_only_what_is_offered_is_shown(name: str, offered: None) -> None:
    assert sample(name) == ""


def test_an_offered_speech_lies_in_the_form_ready_to_be_checked(town: Town, offered: None) -> None:  # noqa: F811
    client = town.client(town.leader)
    page = client.get("/documents").content.decode()
    assert "/documents?sample=work-report" in page
    shown = client.get("/documents?sample=work-report").content.decode()
    assert sample("work-report").splitlines()[4] in shown
