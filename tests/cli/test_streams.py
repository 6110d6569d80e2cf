"""Standard output carries records and nothing else, in any locale, in the order given, from however many processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gangmu.cli import check_light, light
from gangmu.cli.inputs import Work
from gangmu.reading.read import read_file
from tests.cli.calling import LIGHT, ROOT, gangmu, records, started, written

TEXT = "关于走访工作的总结\n同志们：\n一、成效\n全年受理诉求1233件，办结1187件，办结率99.3%。\n"
LOCALES = ({"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii:strict"}, {"LC_ALL": "C", "PYTHONUTF8": "0"},
           {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "latin-1"})  # fmt: skip
COMMANDS = [*((word,) for word in LIGHT), ("check", "--no-ledger", "--jsonl"), ("check", "--no-ledger")]
WORKS: dict[tuple[str, ...], Work] = {
    **{(word,): light.WORKS[word] for word in LIGHT},
    ("check", "--no-ledger", "--jsonl"): check_light.as_lines,
    ("check", "--no-ledger"): check_light.as_report,
}


def named(command: tuple[str, ...]) -> str:
    return " ".join(command)


@pytest.mark.parametrize("locale", LOCALES, ids=str)
@pytest.mark.parametrize("command", [("claims",), ("check", "--no-ledger", "--jsonl")], ids=named)
def test_the_locale_changes_no_byte(scratch: Path, command: tuple[str, ...], locale: dict[str, str]) -> None:
    path = written(scratch, "总结.txt", TEXT)
    done = started(*command, path, **locale)
    assert done.stdout == WORKS[command](read_file(path).source).records
    assert done.stderr == b""
    assert "总结.txt".encode() in done.stdout
    assert b"\\u" not in done.stdout
    assert b"\r" not in done.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_twenty_files_come_out_in_the_order_given_from_several_processes(
    scratch: Path, command: tuple[str, ...]
) -> None:
    filler = "今年以来，各项工作扎实推进，成效明显。\n"
    paths = [
        written(scratch, f"{number:02}.txt", TEXT.replace("1233", f"12{number:02}") + filler * (300 // number))
        for number in range(1, 21)
    ]
    expected = b"".join(WORKS[command](read_file(path).source).records for path in reversed(paths))
    big = written(scratch, "big.html", f"<p>{filler}</p><!--{'-' * 300_000}-->")
    assert sum(path.stat().st_size for path in (*paths, big)) > 300_000  # worth several processes
    done = gangmu(*command, *reversed(paths), big)
    assert done.stderr == b""
    assert done.stdout == expected + WORKS[command](read_file(big).source).records


def test_records_of_one_document_come_by_their_start(scratch: Path) -> None:
    path = written(scratch, "多.txt", TEXT + "二、问题\n一是还有46件没有办结，占3.7%。二是走访只有2次。\n")
    for word, key in (("claims", "start"), ("outline", "start")):
        starts = [record[key] for record in records(gangmu(word, path))]
        assert len(starts) > 2
        assert starts == sorted(starts)


def test_the_file_is_named_without_its_folder(scratch: Path) -> None:
    path = written(scratch, "镇里/东/总结.txt", TEXT)
    for word in ("claims", "outline", "body"):
        assert {record["doc"] for record in records(gangmu(word, path))} == {"总结.txt"}


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_two_inputs_of_one_name_are_refused_before_anything_is_printed(scratch: Path, command: tuple[str, ...]) -> None:
    one, other = written(scratch, "甲/总结.txt", TEXT), written(scratch, "乙/总结.txt", TEXT)
    done = gangmu(*command, one, other)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "总结.txt" in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_an_unusable_input_costs_the_others_nothing(scratch: Path, command: tuple[str, ...]) -> None:
    first, last = written(scratch, "甲.txt", TEXT), written(scratch, "丙.txt", TEXT)
    done = gangmu(*command, first, scratch / "没有.txt", last)
    assert done.returncode == 2
    assert done.stdout == b"".join(WORKS[command](read_file(path).source).records for path in (first, last))
    assert "没有.txt" in done.stderr.decode()


@pytest.mark.parametrize(
    ("text", "status"),
    [(TEXT, 1), (TEXT.replace("99.3", "96.3"), 0), ("没有数字。\n", 0), ("完成率达到××%。\n", 0)],
    ids=["wrong", "right", "no number", "placeholder"],
)
def test_check_returns_one_for_a_contradiction_and_for_nothing_else(scratch: Path, text: str, status: int) -> None:
    path = written(scratch, "文.txt", text)
    assert gangmu("check", "--no-ledger", "--jsonl", path).returncode == status
    assert gangmu("check", "--no-ledger", path).returncode == status


@pytest.mark.parametrize("word", ["claims", "text"])
def test_a_reader_that_has_seen_enough_ends_the_command_quietly(scratch: Path, word: str) -> None:
    path = written(scratch, "长.txt", "全年受理诉求1233件，办结1187件。\n" * 4000)  # more than a pipe holds
    command = [sys.executable, "-m", "gangmu.cli.main", word, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(100)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


@pytest.mark.parametrize(("where", "status", "told"), [(">&-", 1, b""), ("> /dev/full", 2, "磁盘满了".encode())])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")  # allowed where no device is always full
def test_output_that_goes_nowhere_costs_no_traceback(scratch: Path, where: str, status: int, told: bytes) -> None:
    path = written(scratch, "文 稿.txt", TEXT)
    command = f'"$0" -m gangmu.cli.main check --no-ledger --jsonl "$1" {where}'
    done = subprocess.run(["sh", "-c", command, sys.executable, str(path)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == status
    assert told in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_a_closed_standard_error_takes_neither_the_records_nor_the_status(
    scratch: Path, command: tuple[str, ...]
) -> None:
    path = written(scratch, "国标.txt", TEXT.encode("gb18030"))  # something is said of it
    open_, missing = gangmu(*command, path), str(scratch / "没有.txt")
    assert b"GB18030" in open_.stderr
    for words, status in (([path], open_.returncode), ([path, missing], 2)):
        line = " ".join(["exec", '"$0"', "-m", "gangmu.cli.main", *command, '"$@"', "2>&-"])
        done = subprocess.run(["sh", "-c", line, sys.executable, *words], cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (status, open_.stdout)


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_the_commands_with_django_write_utf_8_in_any_locale_too(locale: dict[str, str]) -> None:
    listed, helped = started("catalog", "list", **locale), started("catalog", "--help", **locale)
    assert (listed.returncode, helped.returncode) == (0, 0)
    assert "活动" in listed.stdout.decode()
    assert "检查" in helped.stdout.decode()
    refused = started("catalog", "check", "--add", "没有.yaml", **locale)
    assert (refused.returncode != 0, b"Traceback" in refused.stderr) == (True, False)
    assert "没有.yaml" in (refused.stdout + refused.stderr).decode()
    unknown = started("没有", **locale)
    assert (unknown.returncode, b"Traceback" in unknown.stderr) == (2, False)


@pytest.mark.parametrize("word", ["-h", "--help", "help"])
def test_who_asks_for_help_gets_every_word_on_standard_output(word: str) -> None:
    done = gangmu(word)
    assert (done.returncode, done.stderr) == (0, b"")
    assert all(f"  {name} " in done.stdout.decode() for name in ("claims", "check", "figure", "verify", "world"))


def test_check_prints_every_key_of_the_contract(scratch: Path) -> None:
    text = TEXT + "其中危房改造完成××户，占比较去年提高3个百分点。\n一类120户、二类80户，共计210户。\n"
    done = gangmu("check", "--no-ledger", "--jsonl", written(scratch, "文.txt", text))
    found = records(done)
    assert {record["verdict"] for record in found} >= {"contradiction", "placeholder"}
    for record in found:
        assert {"doc", "spans", "type", "verdict", "stated", "computed", "working", "figure"} <= record.keys()
        spans = record["spans"]
        assert spans
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(any(letter.isdigit() or letter in "×一二三百千万" for letter in text[a:b]) for a, b in spans)
        assert record["figure"] is None
        assert isinstance(record["working"], str)
        assert record["working"]
        assert all(value is None or type(value) in (int, float) for value in (record["stated"], record["computed"]))
    assert all(json.dumps(record, ensure_ascii=False) in done.stdout.decode() for record in found)


def test_a_file_name_that_is_no_utf_8_is_still_printed_as_utf_8(scratch: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(scratch) + b"/\xb1\xa8\xb8\xe6.txt"))  # a name written under GBK
    path.write_text(TEXT, encoding="utf-8")
    done = gangmu("claims", path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert {record["doc"] for record in records(done)} == {"����.txt"}
