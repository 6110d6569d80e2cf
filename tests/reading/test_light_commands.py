"""`text`, `claims`, `outline`, `body` as they are called: streams, order, offsets, status."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = "工作总结\n同志们：\n一、成效\n走访120户，占96.3%。\n"
KEYS = {"doc", "start", "end", "text", "kind", "value", "unit", "approx", "placeholder", "subject", "action", "group"}


def gangmu(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gangmu.cli.main", *map(str, words)], cwd=ROOT, capture_output=True, check=False,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", **environment},
    )  # fmt: skip


def records(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "总结.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_claims_prints_every_key_in_utf8_whatever_the_locale(document: Path) -> None:
    done = gangmu("claims", document)
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = records(done)
    assert set(first) == KEYS
    assert (first["doc"], first["text"], first["value"], first["unit"]) == ("总结.txt", "120户", 120, "户")
    assert isinstance(first["value"], int)
    assert (second["value"], second["kind"]) == (96.3, "ratio")
    assert "总结.txt".encode() in done.stdout
    assert b"\r" not in done.stdout


def test_a_range_has_its_upper_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("每组3-5个人。", encoding="utf-8")
    (claim,) = records(gangmu("claims", tmp_path / "a.txt"))
    assert (claim["value"], claim["value_max"]) == (3, 5)


def test_outline_and_body_print_their_records(document: Path) -> None:
    assert records(gangmu("outline", document))[1] == {
        "doc": "总结.txt",
        "start": 10,
        "end": 14,
        "level": 1,
        "marker": "一、",
        "title": "成效",
    }
    assert records(gangmu("body", document)) == [
        {"doc": "总结.txt", "body_start": 0, "body_end": len(TEXT) - 1, "truncated": False}
    ]


def test_text_prints_exactly_the_characters_that_offsets_count(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff甲\r\n乙".encode())
    assert gangmu("text", path).stdout.decode() == "\ufeff甲\r\n乙"


def test_an_unusable_input_is_told_on_standard_error_and_the_others_are_printed(document: Path, tmp_path: Path) -> None:
    done = gangmu("claims", tmp_path / "没有.txt", document)
    assert done.returncode == 2
    assert len(records(done)) == 2
    assert "没有.txt" in done.stderr.decode()


def test_two_inputs_of_one_name_are_refused(document: Path, tmp_path: Path) -> None:
    other = tmp_path / "别处"
    other.mkdir()
    (other / document.name).write_text(TEXT, encoding="utf-8")
    done = gangmu("claims", document, other / document.name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert document.name in done.stderr.decode()


def test_another_encoding_is_named_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode("gb18030"))
    done = gangmu("claims", tmp_path / "a.txt")
    assert done.returncode == 0
    assert "GB18030" in done.stderr.decode()


def test_many_files_come_out_in_the_order_given(tmp_path: Path) -> None:
    paths = []
    for number in range(24):
        path = tmp_path / f"{number}.txt"
        path.write_text(
            f"工作总结\n走访{number + 1}户。\n"
            + "今年以来，各项工作扎实推进，成效明显。\n" * 300 * (1 + 23 // (number + 1)),
            encoding="utf-8",
        )
        paths.append(path)
    done = gangmu("claims", *reversed(paths))
    assert done.returncode == 0
    assert [record["value"] for record in records(done)] == list(range(24, 0, -1))


def test_light_commands_never_import_django_and_start_at_once(document: Path) -> None:
    code = (
        "import sys; from gangmu.cli.main import main; main(sys.argv[1:]); assert not {'django', 'duckdb', 'pydant"
        "ic'} & set(sys.modules)"
    )
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, "claims", str(document)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert time.monotonic() - started < 5  # the target of one second is measured by the bench on a quiet machine


def test_no_file_is_a_usage_error() -> None:
    done = gangmu("claims")
    assert done.returncode == 2
    assert done.stdout == b""
