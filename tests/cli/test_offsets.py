"""Offsets are code points of the file as it stands, or of what `text` prints: whatever the file is made of."""

from pathlib import Path

import pytest

from tests.cli.calling import Done, gangmu, records, word_document, written

PLAIN = "工作总结\n同志们：\n今年走访群众1233户，其中困难群众128户。\n收集意见3.2万条，办结率96.3%。\n"
TRADITIONAL = "工作總結\n各位：\n今年以來，本區走訪居民1233戶，其中困難居民128戶。\n收集意見3200條，處理比率96.3%。\n"
HTML = (
    "<!DOCTYPE html>\n<html><head><title>总结 9户</title><style>p{width:77px}</style></head><body>\r\n<!-- 5户 -->"
    "<h1>工作总结</h1><p>今年走访群众<b>1233</b>户，其中困难&#32676;众&nbsp;128&#25143;。</p>"
    "<table><tr><td>意见</td><td>3200条</td></tr></table><p>办结率96.3&#37;。</p></body></html>"
)


def spans(done: Done) -> list[tuple[int, int]]:
    return [(int(str(record["start"])), int(str(record["end"]))) for record in records(done)]


@pytest.mark.parametrize(
    ("name", "text", "codec", "said"),
    [
        ("文.txt", PLAIN, "utf-8", ""),
        ("文.txt", "\ufeff" + PLAIN, "utf-8", ""),
        ("文.txt", PLAIN.replace("\n", "\r\n"), "utf-8", ""),
        ("文.txt", PLAIN.replace("\n", "\r"), "utf-8", ""),
        ("文.md", "# " + PLAIN.replace("1233", "**1233**"), "utf-8", ""),
        ("文.txt", "\ufeff" + PLAIN, "utf-16-le", "UTF-16"),
        ("文.txt", "\ufeff" + PLAIN, "utf-16-be", "UTF-16"),
        ("文.txt", PLAIN, "gb18030", "GB18030"),
        ("文.txt", PLAIN.replace("\n", "\r\n"), "gb18030", "GB18030"),
        ("文.txt", "𠮷祥村" + PLAIN, "gb18030", "GB18030"),
        ("文.txt", TRADITIONAL, "big5", "Big5"),
        ("文.html", HTML, "utf-8", ""),
        ("文.html", "\ufeff" + HTML, "utf-8", ""),
        ("文.html", HTML, "gb18030", "GB18030"),
    ],
)
def test_a_claim_is_where_its_offsets_say_in_the_decoded_file(
    scratch: Path, name: str, text: str, codec: str, said: str
) -> None:
    path = written(scratch, name, text.encode(codec))
    done = gangmu("claims", path)
    assert done.returncode == 0
    assert (said in done.stderr.decode()) if said else done.stderr == b""
    told = records(done)
    assert [record["value"] for record in told] == [1233, 128, 32000 if "3.2万" in text else 3200, 96.3]
    for record, (start, end), first in zip(told, spans(done), ("1233", "128", "3", "96.3"), strict=True):
        assert text[start:end].startswith(first)
        assert record["end"] == end
    assert gangmu("text", path).stdout.decode() == text


def test_of_a_word_document_offsets_count_what_text_prints(scratch: Path) -> None:
    path = word_document(
        scratch, "总结.docx", ["工作总结", "今年走访群众1233户，其中困难群众128户。", ""],
        rows=[("单位", "户数"), ("东镇", "95户"), ("西镇", "33户")],
    )  # fmt: skip
    printed = gangmu("text", path).stdout.decode()
    assert not printed.endswith("\n")
    done = gangmu("claims", path)
    assert [printed[start:end] for start, end in spans(done)] == ["1233户", "128户", "95户", "33户"]
    assert [record["text"] for record in records(done)] == ["1233户", "128户", "95户", "33户"]
    (body,) = records(gangmu("body", path))
    assert (body["body_start"], body["body_end"]) == (0, len(printed.rstrip()))
    heading = records(gangmu("outline", path))[0]
    assert printed[int(str(heading["start"])) : int(str(heading["end"]))] == "工作总结"


def test_text_prints_a_file_as_it_stands_and_adds_nothing(scratch: Path) -> None:
    for number, text in enumerate(("甲", "甲\n", "甲\r\n乙", "\ufeff甲\r", "甲\x0b\u2028乙")):
        done = gangmu("text", written(scratch, f"{number}.txt", text))
        assert done.stdout.decode() == text
        assert done.returncode == 0


def test_findings_point_into_the_file_as_it_stands(scratch: Path) -> None:
    text = "\ufeff工作总结\r\n全年受理诉求1233件，办结1187件，办结率99.3%。\r\n"
    (record,) = records(gangmu("check", "--no-ledger", "--jsonl", written(scratch, "文.txt", text)))
    assert [text[start:end] for start, end in record["spans"]] == ["1233件", "1187件", "99.3%"]  # type: ignore[attr-defined]
    assert (record["stated"], record["verdict"]) == (99.3, "contradiction")
