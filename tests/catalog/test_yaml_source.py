"""YAML is read with few kinds of scalar, no surprises, and the line of everything."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gangmu.catalog.yaml_source import Document, read_yaml


def read(scratch: Path, text: str) -> Document:
    path = scratch / "one.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("2.50", Decimal("2.50")),
        ("2025-03-08", date(2025, 3, 8)),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"12"', "12"),
        ('"no"', "no"),
        ("'2025-03-08'", "2025-03-08"),
        ("007", "007"),
        ("1e5", "1e5"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        (".inf", ".inf"),
        ("党课", "党课"),
    ],
)
def test_a_scalar_means_what_it_looks_like(scratch: Path, written: str, meant: object) -> None:
    document = read(scratch, f"word: {written}\n")
    assert document.problems == ()
    assert document.content == {"word": meant}
    assert type(document.content["word"]) is type(meant)  # type: ignore[index,call-overload]


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "NO", "y", "n"])
def test_a_bare_yes_or_no_is_refused_with_its_line(scratch: Path, word: str) -> None:
    [problem] = read(scratch, f"a: 1\nb: {word}\n").problems
    assert problem.where.endswith("one.yaml:2")
    assert word in problem.message
    assert "加引号" in problem.message


def test_equal_keys_are_refused_instead_of_the_last_one_winning(scratch: Path) -> None:
    [problem] = read(scratch, "a: 1\nb: 2\na: 3\n").problems
    assert problem.where.endswith(":3")
    assert "“a”写了两次" in problem.message


def test_aliases_are_refused_so_that_a_small_file_cannot_grow_without_bound(scratch: Path) -> None:
    [problem] = read(scratch, "a: &x [1, 2]\nb: *x\n").problems
    assert "别名" in problem.message


def test_tags_of_other_languages_are_refused(scratch: Path) -> None:
    document = read(scratch, "a: !!python/object/apply:os.system [ls]\n")
    assert document.problems == () or document.content is None or document.content == {"a": ["ls"]}


def test_a_scalar_with_a_strange_tag_is_refused(scratch: Path) -> None:
    [problem] = read(scratch, "a: !secret word\n").problems
    assert "!secret" in problem.message


def test_a_day_that_does_not_exist_is_named(scratch: Path) -> None:
    [problem] = read(scratch, "a: 2025-02-30\n").problems
    assert "2025-02-30" in problem.message


def test_broken_yaml_names_the_line_where_it_breaks(scratch: Path) -> None:
    [problem] = read(scratch, "a: 1\nb: [1, 2\nc: 3\n").problems
    assert problem.code == "catalog.yaml"
    assert int(problem.where.rpartition(":")[2]) >= 2


def test_a_file_that_is_not_utf8_is_refused_in_a_sentence(scratch: Path) -> None:
    path = scratch / "one.yaml"
    path.write_bytes("a: 党课\n".encode("gb18030"))
    [problem] = read_yaml(path).problems
    assert "UTF-8" in problem.message


def test_an_empty_file_holds_nothing(scratch: Path) -> None:
    assert read(scratch, "").content is None


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_file_that_is_not_there_or_is_a_folder_is_refused_in_a_sentence(scratch: Path, name: str) -> None:
    (problem,) = read_yaml(scratch / name).problems
    assert problem.where == f"{scratch / name}:1"
    assert "路径" in problem.message


def test_the_place_of_a_part_is_its_line_and_of_a_missing_part_that_of_what_would_hold_it(scratch: Path) -> None:
    document = read(scratch, "a:\n  - x: 1\n  - y: 2\n")
    assert document.place(("a", 1, "y")).endswith(":3")
    assert document.place(("a", 1, "z")).endswith(":3")
    assert document.place(("nowhere",)).endswith(":1")


def test_a_key_that_is_a_list_is_refused(scratch: Path) -> None:
    [problem] = read(scratch, "? [a, b]\n: 1\n").problems
    assert "键必须是一个词" in problem.message
