"""`check FILE… --no-ledger` as a person or a script meets it (issue 5.2)."""

import json
import os
import subprocess
import sys
from pathlib import Path

WRONG = "全年受理群众诉求1233件，办结1187件，办结率99.3%。"
RIGHT = "全年受理群众诉求1233件，办结1187件，办结率96.3%。"


def run(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "gangmu.cli.main", "check", "--no-ledger", *map(str, words)]
    return subprocess.run(command, capture_output=True, timeout=60, env={**os.environ, **environment}, check=False)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_clean_document_gives_status_0(scratch: Path) -> None:
    done = run("--jsonl", write(scratch, "好.txt", RIGHT))
    assert (done.returncode, done.stderr) == (0, b"")
    (record,) = map(json.loads, done.stdout.decode().splitlines())
    assert (record["doc"], record["type"], record["verdict"], record["figure"]) == (
        "好.txt",
        "share",
        "consistent",
        None,
    )
    assert [RIGHT[a:b] for a, b in record["spans"]] == ["1233件", "1187件", "96.3%"]


def test_a_contradiction_gives_status_1(scratch: Path) -> None:
    assert run("--jsonl", write(scratch, "错.txt", WRONG)).returncode == 1


def test_an_unusable_file_gives_status_2_and_the_others_are_still_printed(scratch: Path) -> None:
    done = run("--jsonl", scratch / "没有.txt", write(scratch, "错.txt", WRONG))
    assert done.returncode == 2
    assert [json.loads(line)["doc"] for line in done.stdout.decode().splitlines()] == ["错.txt"]
    assert "没有" in done.stderr.decode()


def test_documents_come_in_the_order_given(scratch: Path) -> None:
    names = ["丙.txt", "甲.txt", "乙.txt"]
    done = run("--jsonl", *(write(scratch, name, RIGHT) for name in names))
    assert [json.loads(line)["doc"] for line in done.stdout.decode().splitlines()] == names


def test_output_is_utf_8_with_line_feeds_whatever_the_locale(scratch: Path) -> None:
    done = run("--jsonl", write(scratch, "错.txt", WRONG), LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "文中写作99.3%" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout
    assert done.stdout.endswith(b"\n")


def test_without_jsonl_there_is_a_report(scratch: Path) -> None:
    done = run(write(scratch, "错.txt", WRONG))
    assert done.returncode == 1
    assert "《错.txt》" in done.stdout.decode()
    assert "对不上，请核对" in done.stdout.decode()


def test_no_django_is_imported(scratch: Path) -> None:
    code = "import sys; from gangmu.cli.main import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    path = write(scratch, "好.txt", RIGHT)
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "--no-ledger", "--jsonl", str(path)],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_options_of_the_ledger_are_accepted_and_change_nothing(scratch: Path) -> None:
    path = write(scratch, "好.txt", RIGHT)
    assert run("--jsonl", path, "--org", "QH", "--from", "2025-01-01").stdout == run("--jsonl", path).stdout
