"""What the light commands print: every key of each record, on lines of its own; and how little they load for it."""

from pathlib import Path

import pytest

from tests.cli.calling import LIGHT, gangmu, python, records, written

TEXT = "工作总结\n同志们：\n一、成效\n走访120户，占96.3%。\n"
KEYS = {"doc", "start", "end", "text", "kind", "value", "unit", "approx", "placeholder", "subject", "action", "group"}
RIGHT = "全年受理群众诉求1233件，办结1187件，办结率96.3%。"
WRONG = RIGHT.replace("96.3", "99.3")
COMMANDS = [*((word,) for word in LIGHT), ("check", "--no-ledger")]
COUNTED = """
import sys
from gangmu.cli.main import main
main(sys.argv[1:])
sys.stderr.write(str(len(sys.modules)))
"""
FEW = 400  # modules; with Django alone there are twice as many


@pytest.fixture
def document(scratch: Path) -> Path:
    return written(scratch, "总结.txt", TEXT)


def test_a_claim_has_every_key_of_the_guideline_and_numbers_are_numbers(document: Path) -> None:
    first, second = records(gangmu("claims", document))
    assert set(first) == set(second) == KEYS
    assert (first["doc"], first["text"], first["value"], first["unit"]) == ("总结.txt", "120户", 120, "户")
    assert type(first["value"]) is int
    assert (first["kind"], second["kind"], second["value"]) == ("count", "ratio", 96.3)
    assert [TEXT[one["start"] : one["end"]] for one in (first, second)] == ["120户", "96.3%"]  # type: ignore[misc]


def test_a_range_has_its_upper_end_besides(scratch: Path) -> None:
    (claim,) = records(gangmu("claims", written(scratch, "a.txt", "每组3-5个人。")))
    assert set(claim) == KEYS | {"value_max"}
    assert (claim["value"], claim["value_max"]) == (3, 5)


def test_a_hole_is_a_placeholder_without_a_value(scratch: Path) -> None:
    (claim,) = records(gangmu("claims", written(scratch, "a.txt", "走访群众XX户。")))
    assert (claim["placeholder"], claim["value"]) == (True, None)


def test_a_heading_has_its_level_marker_and_title(document: Path) -> None:
    title, heading = records(gangmu("outline", document))
    assert (title["level"], title["title"], title["marker"]) == (0, "工作总结", None)
    assert heading == {"doc": "总结.txt", "start": 10, "end": 14, "level": 1, "marker": "一、", "title": "成效"}


def test_a_body_is_one_line_a_document(document: Path) -> None:
    assert records(gangmu("body", document)) == [
        {"doc": "总结.txt", "body_start": 0, "body_end": len(TEXT) - 1, "truncated": False}
    ]


def test_text_has_nothing_added_to_it(scratch: Path) -> None:
    path = written(scratch, "a.txt", "\ufeff甲\r\n乙")
    assert gangmu("text", path).stdout == path.read_bytes()


def test_a_right_share_is_a_consistent_finding_over_exactly_its_operands(scratch: Path) -> None:
    done = gangmu("check", "--no-ledger", "--jsonl", written(scratch, "好.txt", RIGHT))
    (found,) = records(done)
    assert (done.returncode, found["type"], found["verdict"], found["stated"]) == (0, "share", "consistent", 96.3)
    assert [RIGHT[start:end] for start, end in found["spans"]] == ["1233件", "1187件", "96.3%"]  # type: ignore[attr-defined]


def test_without_jsonl_check_prints_a_page_that_begins_with_what_is_wrong(scratch: Path) -> None:
    done = gangmu("check", "--no-ledger", written(scratch, "错.txt", WRONG))
    page = done.stdout.decode()
    assert done.returncode == 1
    assert page.startswith("《错.txt》")
    assert "对不上，请核对" in page
    assert "文中写作99.3%" in page


def test_options_of_the_ledger_change_nothing_without_it(scratch: Path) -> None:
    path = written(scratch, "错.txt", WRONG)
    options = ("--org", "QH", "--from", "2025-01-01", "--as", "nobody")
    assert (
        gangmu("check", "--no-ledger", "--jsonl", path, *options).stdout
        == gangmu("check", "--no-ledger", "--jsonl", path).stdout
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_file_and_an_unknown_option_are_usage_errors_on_standard_error(command: tuple[str, ...]) -> None:
    for words in ((), ("--unknown", "a.txt")):
        done = gangmu(*command, *words)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"usage: gangmu " + command[0].encode() in done.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_says_what_a_word_does_and_names_its_files(command: tuple[str, ...]) -> None:
    done = gangmu(*command, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"FILE" in done.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_light_command_loads_little_before_it_begins(document: Path, command: tuple[str, ...]) -> None:
    """Modules are counted, not seconds, which a slow machine has more of; the bench measures the clock's."""
    done = python("-c", COUNTED, *command, str(document))
    assert int(done.stderr) < FEW, done.stderr.decode()


def test_a_unit_written_as_an_entity_is_read_as_the_sign_it_stands_for(scratch: Path) -> None:
    page = "<p>收集诉求1233&#20214;，办结<b>1187</b>&#x4EF6;，办结率96&#46;3&percnt;。</p>"
    path = written(scratch, "页.html", page)
    assert [(one["value"], one["unit"]) for one in records(gangmu("claims", path))] == [
        (1233, "件"), (1187, "件"), (96.3, "%")
    ]  # fmt: skip
    (share,) = records(gangmu("check", "--no-ledger", "--jsonl", path))
    assert (share["type"], share["verdict"]) == ("share", "consistent")
