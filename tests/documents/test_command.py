"""`gangmu check` as a program: streams, order, statuses, forms of records; nothing but records on standard output."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import warm
from tests.documents.word_files import comments_of

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
KEYS = {"doc", "spans", "type", "verdict", "stated", "computed", "working", "figure"}
FIGURE_KEYS = {"indicator", "org", "from", "to", "value", "unit", "catalog"}
PERIOD = ("--from", "2025-01-01", "--to", "2025-12-31")
FACT = '{"kind":"activity.held","org":"QH","on":"2025-03-%02d","body":{"tags":["lecture"],"late_reason":"batch"},"idem":"f%d"}'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A city of its own in a database of its own, with three lectures on record, asked through the command."""
    home = tmp_path_factory.mktemp("city")
    environment = os.environ | {"GANGMU_VAR": str(home), "DATABASE_URL": f"sqlite:///{home / 'a.sqlite3'}",
                                "LC_ALL": "C", "GANGMU_KEYS": str(home / "keys")}  # fmt: skip

    def command(*words: object, given: str = "") -> "subprocess.CompletedProcess[bytes]":
        return warm.call(["gangmu.cli.main", *map(str, words)], environment, given=given.encode())

    steps = [
        command(
            "begin",
            "青禾市委",
            "--keeper",
            "keeper",
            "--code",
            "QH",
            "--since",
            "2000-01-01",
            given="qing-he-lake-2025\n",
        ),
        command("account", "open", "clerk", "--by", "keeper", given="qing-he-lake-2025\n"),
        command("grant", "clerk", "party_clerk", "QH", "--by", "keeper"),
        command("account", "open", "auditor", "--by", "keeper", given="qing-he-lake-2025\n"),
        command("grant", "auditor", "auditor", "QH", "--by", "keeper"),
    ]
    facts = home / "facts.jsonl"
    facts.write_text("\n".join(FACT % (day, day) for day in (1, 2, 3)), encoding="utf-8")
    steps.append(command("record", facts, "--as", "clerk"))
    assert [step.returncode for step in steps] == [0] * len(steps), steps[-1].stderr.decode()
    return command


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def records(done: "subprocess.CompletedProcess[bytes]") -> list[dict[str, object]]:
    assert b"\r" not in done.stdout
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_one_object_a_finding_with_all_its_keys_and_numbers_as_numbers(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "讲话.txt", "全年讲党课3堂，走访X户。")
    done = run("check", file, "--org", "QH", *PERIOD, "--jsonl")
    figure, hole = records(done)
    assert done.returncode == 0
    assert set(figure) >= KEYS
    assert (figure["type"], figure["verdict"], figure["stated"], figure["computed"]) == ("figure", "confirmed", 3, 3)
    assert (figure["doc"], figure["spans"]) == ("讲话.txt", [[5, 7]])
    behind = figure["figure"]
    assert isinstance(behind, dict)
    assert set(behind) == FIGURE_KEYS
    assert (behind["indicator"], behind["org"], behind["value"]) == ("activity.sessions[lecture]", "QH", 3)
    assert (hole["type"], hole["figure"], hole["stated"]) == ("placeholder", None, None)
    assert "讲党课".encode() not in done.stderr


def test_a_contradiction_makes_the_status_one_and_an_unusable_file_two(run: Run, tmp_path: Path) -> None:
    wrong, broken = written(tmp_path, "a.txt", "全年讲党课9堂。"), tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7")
    assert run("check", wrong, "--org", "QH", *PERIOD, "--jsonl").returncode == 1
    both = run("check", broken, wrong, "--org", "QH", *PERIOD, "--jsonl")
    assert both.returncode == 2
    assert [one["verdict"] for one in records(both)] == ["contradiction"]
    assert "b.pdf" in both.stderr.decode()


def test_documents_come_in_the_order_given_and_findings_by_their_place(run: Run, tmp_path: Path) -> None:
    files = [written(tmp_path, f"{name}.txt", "全年讲党课3堂。" * 2) for name in "zya"]
    found = records(run("check", *files, "--org", "QH", *PERIOD, "--jsonl"))
    assert [one["doc"] for one in found] == sorted((one["doc"] for one in found), key=["z.txt", "y.txt", "a.txt"].index)
    by_doc = [one["spans"] for one in found if one["doc"] == "z.txt"]
    assert by_doc == sorted(by_doc)


def test_two_inputs_of_one_name_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    files = [written(folder, "a.txt", "讲党课3堂。") for folder in (tmp_path, tmp_path / "other")]
    done = run("check", *files, "--org", "QH", *PERIOD)
    assert (done.returncode, done.stdout) == (2, b"")


def test_without_a_unit_nothing_is_bound_and_without_a_period_the_record_says_it(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "a.txt", "讲党课3堂。青禾市委讲党课3堂。")
    assert [one["verdict"] for one in records(run("check", file, "--jsonl"))][-2:] == ["unbound", "confirmed"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--org", "NO"), "没有这个组织"),
        (("--org", "QH", "--from", "2025-01-01"), "--from 和 --to 要一起写"),
        (("--org", "QH", "--from", "2025-02-30", "--to", "2025-03-01"), "日期写成"),
        (("--org", "QH", "--as", "nobody"), "没有这个账号"),
        (("--org", "QH", "--as", "auditor"), "您的角色不能"),
    ],
)
def test_what_cannot_be_asked_is_said_on_standard_error(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = run("check", written(tmp_path, "a.txt", "讲党课3堂。"), *words, "--jsonl")
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()


def test_an_account_sees_what_its_scope_holds(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "a.txt", "全年讲党课3堂。")
    done = run("check", file, "--org", "QH", *PERIOD, "--as", "clerk", "--jsonl")
    assert [one["verdict"] for one in records(done)] == ["confirmed"]


def test_without_jsonl_a_report_for_people_begins_with_what_is_wrong(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "a.txt", "全年讲党课9堂。全年走访企业X家。")
    page = run("check", file, "--org", "QH", *PERIOD).stdout.decode()
    assert page.startswith("《a.txt》")
    assert page.index("对不上，请核对") < page.index("还没有填数")
    assert "记录里是3堂" in page


def test_a_checked_document_is_written_as_word_with_the_figure_behind_what_is_wrong(run: Run, tmp_path: Path) -> None:
    speech = written(tmp_path, "a.txt", "开展专题党课7次。种树9棵。")
    plain = run("check", speech, "--org", "QH", *PERIOD)
    done = run("check", speech, "--org", "QH", *PERIOD, "--word", tmp_path / "a.docx")
    assert (done.returncode, done.stdout) == (plain.returncode, plain.stdout)
    wrong, unbound = comments_of((tmp_path / "a.docx").read_bytes())
    assert (wrong.about, unbound.about) == ("7次", "9棵")
    asked = wrong.lines[-1].partition("（gangmu ")[2].rstrip("）").split()
    assert json.loads(run(*asked).stdout)["value"] == 3


def test_word_is_refused_for_several_documents_with_a_plain_sentence(run: Run, tmp_path: Path) -> None:
    files = [written(tmp_path, name, "一") for name in ("a.txt", "b.txt")]
    done = run("check", *files, "--word", tmp_path / "c.docx")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "一次只写一份" in done.stderr.decode()
