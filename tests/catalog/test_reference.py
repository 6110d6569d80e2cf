"""The documents that follow from the catalog."""

from pathlib import Path

import pytest

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.load import load
from gangmu.catalog.reference import BEGIN, END, documents, glossary
from tests.catalog.small import national


@pytest.fixture
def catalog(scratch: Path) -> Catalog:
    return load((national(scratch),))


def page(catalog: Catalog, name: str) -> str:
    return next(text for path, text in documents(catalog).items() if path.name == name)


def test_a_kind_of_fact_is_listed_with_its_fields_and_what_is_sealed(catalog: Catalog) -> None:
    text = page(catalog, "facts.md")
    assert "## meeting.held 会议" in text
    assert "| present | 到会人数 | Present | int, required |" in text
    assert "| minutes | 纪要 | Minutes | text, sealed |" in text
    assert "form (one), theme" in text


def test_an_indicator_is_listed_with_its_formula_and_its_nature(catalog: Catalog) -> None:
    text = page(catalog, "indicators.md")
    assert "2020-01-01: count(meeting.held, tag(selected))" in text
    assert "count, flow; 次. Asked by: form." in text


def test_tags_and_rules_are_listed(catalog: Catalog) -> None:
    assert "| plenary | 大会 | Plenary |" in page(catalog, "tags.md")
    assert "2020-01-01: at_least 1 次 / month" in page(catalog, "rules.md")


def test_the_glossary_keeps_what_was_written_by_hand(catalog: Catalog) -> None:
    text = glossary(catalog, f"# Words\n\nby hand\n\n{BEGIN}\nold\n{END}\nafter\n")
    assert text.startswith("# Words\n\nby hand\n\n")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    assert "| 会议 | meeting.held | Meeting | fact |" in text
    assert "| 大会 | plenary | Plenary | form |" in text


def test_writing_it_twice_changes_nothing(catalog: Catalog) -> None:
    once = glossary(catalog, f"{BEGIN}\n{END}\n")
    assert glossary(catalog, once) == once
