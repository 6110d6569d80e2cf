"""What is said of a source is kept: read in its own words and listed, read about, or not verified."""

import re
from pathlib import Path

from gangmu.catalog.current import HOME, folders
from gangmu.catalog.definitions import Definition
from gangmu.catalog.layers import Layer, read_layer

SOURCES = Path(HOME).parent / "docs" / "reference" / "sources.md"


def national() -> dict[str, Definition]:
    loaded, problems = read_layer(Layer(folders()[0], national=True))
    assert problems == []
    return {one.key: one.definition for one in loaded}


def listed() -> set[str]:
    """The keys in the table of what was read."""
    rows = [line.split("|")[1] for line in SOURCES.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return {key.strip() for row in rows[1:] for key in row.split(",")}


def test_whatever_is_called_read_is_in_the_list_of_what_was_read() -> None:
    read = {key for key, one in national().items() if one.source_status == "text"}
    assert read == listed()


def test_a_common_practice_without_a_document_bears_no_title_of_one() -> None:
    titles = [title for one in national().values() for title in re.findall("《([^》]*)》", one.source)]
    assert titles
    assert [title for title in titles if "通行" in title or "汇总" in title] == []


def test_a_common_practice_is_never_called_verified() -> None:
    practices = {key: one for key, one in national().items() if "通行" in one.source and "《" not in one.source}
    assert practices
    assert {one.source_status for one in practices.values()} <= {"unverified", "secondary"}


def test_an_example_of_one_city_is_no_verified_rule_of_the_country() -> None:
    local = [one for one in national().values() if "不是全国规定" in one.source]
    assert local
    assert {one.source_status for one in local} == {"unverified"}
