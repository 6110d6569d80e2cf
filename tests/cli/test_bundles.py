"""A .zip stands for the documents in it: each as if given, under its name in the archive."""

import io
import zipfile
from pathlib import Path

import pytest

from gangmu.kernel.problems import Unusable
from gangmu.reading.archive import MOST_MEMBERS
from gangmu.reading.read import bundled
from tests.cli.calling import gangmu, records, word_document, written
from tests.reading.papers import drawn


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members:
            out.writestr(name, content)
    return buffer.getvalue()


def named_in_gbk(name: str, content: bytes) -> bytes:
    """An archive as Windows in China writes it: the name in GBK and no flag that says so."""
    raw = name.encode("gbk")
    stand_in = "x" * len(raw)
    return packed((stand_in, content)).replace(stand_in.encode(), raw)


def refusal(data: bytes) -> str:
    with pytest.raises(Unusable) as caught:
        bundled("包.zip", data)
    assert caught.value.problem.message.startswith("《包.zip》")
    return caught.value.problem.code


def test_each_document_is_read_as_if_it_had_been_given(scratch: Path) -> None:
    word = word_document(scratch, "报告.docx", ["走访120户。"]).read_bytes()
    members = [
        ("甲/说明.txt", "办结30件。".encode()),
        ("报告.docx", word),
        ("稿.pdf", drawn([(72, 700, "受理45件。")])),
    ]
    bundle = written(scratch, "全部.zip", packed(*members))
    done = gangmu("claims", written(scratch, "先.txt", "走访7户。"), bundle)
    assert done.returncode == 0, done.stderr.decode()
    assert [(record["doc"], record["text"]) for record in records(done)] == [
        ("先.txt", "7户"), ("甲/说明.txt", "30件"), ("报告.docx", "120户"), ("稿.pdf", "45件"),
    ]  # fmt: skip


def test_check_says_of_a_document_in_an_archive_what_it_says_of_the_file(scratch: Path) -> None:
    text = "受理诉求100件，办结50件，办结率90%。"
    alone = gangmu("check", "--no-ledger", "--jsonl", written(scratch, "文.txt", text))
    inside = gangmu("check", "--no-ledger", "--jsonl", written(scratch, "包.zip", packed(("文.txt", text.encode()))))
    assert (alone.returncode, inside.returncode) == (1, 1)
    assert inside.stdout == alone.stdout != b""


def test_names_in_gbk_are_read_as_they_were_written() -> None:
    (member,) = bundled("包.zip", named_in_gbk("工作总结.txt", b"x"))
    assert member.name == "工作总结.txt"


def test_a_name_in_utf8_without_a_flag_is_read_too() -> None:
    data = packed(("x" * len("总结.txt".encode()), b"x")).replace(b"x" * 10, "总结.txt".encode())
    assert [member.name for member in bundled("包.zip", data)] == ["总结.txt"]


def test_folders_and_what_the_system_leaves_behind_are_passed_over() -> None:
    names = ("甲/", "__MACOSX/._文.txt", ".DS_Store", "甲/Thumbs.db", "~$文.docx", "文.txt")
    assert [member.name for member in bundled("包.zip", packed(*((name, b"") for name in names)))] == ["文.txt"]


def test_one_bad_document_does_not_hide_the_others(scratch: Path) -> None:
    inner = packed(("里.txt", b"x"))
    members = [("旧.doc", b"\xd0\xcf\x11\xe0"), ("包里的.zip", inner), ("好.txt", "走访120户。".encode())]
    done = gangmu("claims", written(scratch, "全部.zip", packed(*members)))
    assert done.returncode == 2
    assert [record["doc"] for record in records(done)] == ["好.txt"]
    said = done.stderr.decode()
    assert "《旧.doc》" in said
    assert "《包里的.zip》是压缩包里的压缩包" in said


def test_two_documents_of_one_name_are_refused(scratch: Path) -> None:
    bundle = written(scratch, "包.zip", packed(("文.txt", b"x")))
    done = gangmu("claims", bundle, written(scratch, "文.txt", "x"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert "文.txt" in done.stderr.decode()


@pytest.mark.parametrize("name", ["../文.txt", "/etc/文.txt", "..\\文.txt", "C:\\文.txt"])
def test_paths_that_lead_outside_are_refused(name: str) -> None:
    assert refusal(packed((name, b"x"))) == "reading.hostile"


def test_bombs_are_refused_by_ratio_by_number_and_by_the_length_of_their_directory() -> None:
    assert refusal(packed(("文.txt", bytes(30_000_000)))) == "reading.hostile"
    assert refusal(packed(*((f"{number}.txt", b"") for number in range(MOST_MEMBERS + 1)))) == "reading.hostile"
    long = b"a" * 60_000
    assert refusal(packed(*((f"{number:03}{long.decode()}", b"") for number in range(40)))) == "reading.hostile"


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = packed(("文.txt", b"a" * 5000))
    assert refusal(data.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))) == "reading.broken"
