"""`check FILE --word OUT.docx` writes the document with comments, and prints and returns what it does without it."""

import os
from pathlib import Path

import pytest

from tests.cli.calling import gangmu, word_document, written
from tests.documents.word_files import comments_of, members

SPEECH = "工作汇报\n受理诉求1233件，办结1187件，办结率86.3%。修剪行道树14棵。\n"
CHECK = ("check", "--no-ledger")


def test_a_text_becomes_a_word_file_with_a_comment_at_what_does_not_agree(tmp_path: Path) -> None:
    file, out = written(tmp_path, "稿.txt", SPEECH), tmp_path / "批注.docx"
    done = gangmu(*CHECK, file, "--word", out)
    plain = gangmu(*CHECK, file)
    assert (done.returncode, done.stdout, done.stderr) == (1, plain.stdout, b"")
    [only] = comments_of(out.read_bytes())
    assert only.about == "86.3%"
    assert "1187 ÷ 1233 = 96.27%" in only.lines[0]


def test_a_word_file_keeps_what_it_holds(tmp_path: Path) -> None:
    file = word_document(tmp_path, "稿.docx", SPEECH.strip().split("\n"), rows=(("甲", "乙"),))
    out = tmp_path / "批注.docx"
    assert gangmu(*CHECK, file, "--jsonl", "--word", out).returncode == 1
    before, after = members(file.read_bytes()), members(out.read_bytes())
    assert [one.about for one in comments_of(out.read_bytes())] == ["86.3%"]
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


def test_what_agrees_needs_no_comment(tmp_path: Path) -> None:
    file, out = written(tmp_path, "稿.md", "受理10件，办结5件，办结率50%。"), tmp_path / "批注.docx"
    assert gangmu(*CHECK, file, "--word", out).returncode == 0
    assert "word/comments.xml" not in members(out.read_bytes())


@pytest.mark.parametrize(
    ("files", "out", "words"),
    [
        (("a.txt", "b.txt"), "c.docx", "一次只写一份"),
        (("a.zip",), "c.docx", "压缩包请先解开"),
        (("a.txt",), "c.doc", "以 .docx 结尾"),
        (("a.txt",), "no/such/c.docx", "文件夹在不在"),
        (("a.docx",), "a.docx", "不会盖掉原来的"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_done(
    tmp_path: Path, files: tuple[str, ...], out: str, words: str
) -> None:
    for name in files:
        written(tmp_path, name, "一")
    done = gangmu(*CHECK, *files, "--word", out, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()
    assert done.stderr.decode().rstrip()[-1] == "."
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(files)


def test_a_file_that_cannot_be_read_writes_nothing(tmp_path: Path) -> None:
    file, out = written(tmp_path, "稿.docx", b"no word file"), tmp_path / "批注.docx"
    done = gangmu(*CHECK, file, "--word", out)
    assert done.returncode == 2
    assert "打不开" in done.stderr.decode() or "里面却不是" in done.stderr.decode()
    assert not out.exists()


def test_a_place_where_no_file_can_stand_is_named_whoever_asks(tmp_path: Path) -> None:
    file, out = written(tmp_path, "稿.txt", SPEECH), tmp_path / "批注.docx"
    out.mkdir()
    done = gangmu(*CHECK, file, "--word", out)
    assert done.returncode == 2
    assert "写不了" in done.stderr.decode()
    assert list(out.iterdir()) == []


def test_a_place_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    file, out = written(tmp_path, "稿.txt", SPEECH), written(tmp_path, "批注.docx", b"old")
    out.chmod(0o400)
    if os.access(out, os.W_OK):
        pytest.skip("root writes everywhere")  # allowed where the tests run as root, whom no permission stops
    done = gangmu(*CHECK, file, "--word", out)
    assert done.returncode == 2
    assert "写不了" in done.stderr.decode()
    assert out.read_bytes() == b"old"
