"""`gangmu record FILE.jsonl --as LOGIN`: the same action as the page's, all lines or none."""

import json
from pathlib import Path

import pytest

from gangmu.kernel import clock
from gangmu.kernel.problems import NotFound, Problem, Refused, Unusable
from gangmu.ledger import queries as ledger
from gangmu.ledger.commands import verify
from gangmu.records import queries
from gangmu.records.commands import record
from tests.orgs.cast import City

TODAY = clock.today().isoformat()


def line(city: City, idem: str, **changed: object) -> str:
    said = {"kind": "activity.held", "org": city["柳溪支部"], "on": TODAY, "idem": idem,
            "body": {"tags": ["members_meeting"], "present": 12}} | changed  # fmt: skip
    return json.dumps({key: value for key, value in said.items() if value is not None}, ensure_ascii=False)


def meetings(city: City) -> int:
    return len(queries.latest(city.clerk.scope, kinds=frozenset({"activity.held"}), limit=100))


def test_every_line_is_recorded_and_answered(city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "facts.jsonl"
    timed = line(city, "b", on=None, **{"from": f"{TODAY}T00:00", "to": f"{TODAY}T00:01"})
    file.write_text("\n".join([line(city, "a"), "", timed]), encoding="utf-8")
    assert record([str(file), "--as", "clerk"]) == 0
    told = [json.loads(answer) for answer in capsys.readouterr().out.splitlines()]
    assert [answer["repeated"] for answer in told] == [False, False]
    assert ledger.fact(told[1]["id"]).claimed_to > ledger.fact(told[1]["id"]).claimed_from
    assert record([str(file), "--as", "clerk"]) == 0
    assert meetings(city) == 2


def test_a_signed_receipt_of_every_fact_is_kept_on_request(
    city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, kept = tmp_path / "facts.jsonl", tmp_path / "receipts"
    file.write_text("\n".join([line(city, "a"), line(city, "b")]), encoding="utf-8")
    assert record([str(file), "--as", "clerk", "--receipts", str(kept)]) == 0
    told = [json.loads(answer)["id"] for answer in capsys.readouterr().out.splitlines()]
    assert sorted(one.stem for one in kept.iterdir()) == sorted(told)
    assert [verify(["receipt", str(one)]) for one in kept.iterdir()] == [0, 0]
    forged = kept / f"{told[0]}.receipt"
    forged.write_text(forged.read_text().replace(told[0], told[1]))
    assert verify(["receipt", str(forged)]) != 0


def test_a_file_that_notepad_saved_with_a_mark_is_read(city: City, tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_text(line(city, "a"), encoding="utf-8-sig")
    assert record([str(file), "--as", "clerk"]) == 0
    assert meetings(city) == 1


def test_a_unit_may_be_named_by_its_code(city: City, tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_text(line(city, "a", org="QH"), encoding="utf-8")
    assert record([str(file), "--as", "clerk"]) == 0
    assert ledger.facts(ledger.FactFilter(kinds=frozenset({"activity.held"})))[0].org == city.root


def test_lines_that_cannot_be_read_are_all_named_and_nothing_is_recorded(city: City, tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    broken = ["{", "[]", line(city, "x", colour="red"), line(city, "y", kind=None), line(city, "z", on="8 March"),
              line(city, "w", org="NOWHERE"), line(city, "good")]  # fmt: skip
    file.write_text("\n".join(broken), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        record([str(file), "--as", "clerk"])
    assert [problem.where.split(".")[0] for problem in refusal.value.problems] == ["1", "2", "3", "4", "5", "6"]
    assert meetings(city) == 0


def test_refusals_name_the_line(city: City, tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_text("\n".join([line(city, "a"), line(city, "b", on="2100-01-01")]), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        record([str(file), "--as", "clerk"])
    assert [(problem.code, problem.where) for problem in refusal.value.problems] == [("records.future", "2.day")]
    assert meetings(city) == 0


def refused(city: City, tmp_path: Path, *lines: str) -> list[Problem]:
    file = tmp_path / "facts.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        record([str(file), "--as", "clerk"])
    assert meetings(city) == 0
    return refusal.value.problems


def test_blank_lines_count_when_a_refusal_names_its_line(city: City, tmp_path: Path) -> None:
    late = line(city, "b", on="2100-01-01")
    assert [one.where for one in refused(city, tmp_path, "", line(city, "a"), " ", late)] == ["4.day"]
    assert [one.where for one in refused(city, tmp_path, "", "", late)] == ["3.day"]


def test_a_line_that_cannot_be_read_hides_no_other_refusal(city: City, tmp_path: Path) -> None:
    late, strange = line(city, "b", on="2100-01-01"), line(city, "c", body={"colour": "red"})
    found = refused(city, tmp_path, late, "{", "", strange, line(city, "good"), "[]")
    assert {one.where.partition(".")[0] for one in found} == {"1", "2", "4", "6"}
    assert [one.where.partition(".")[0] for one in found] == sorted(one.where.partition(".")[0] for one in found)


def test_why_a_line_cannot_be_read_is_said_in_chinese_and_in_english(city: City, tmp_path: Path) -> None:
    lines = ["{", "[]", line(city, "x", colour="red"), line(city, "y", kind=None), line(city, "z", on="8 March"),
             line(city, "u", on="8.3.2025"), line(city, "v", body="text"), line(city, "w", kind=[])]  # fmt: skip
    found = refused(city, tmp_path, *lines)
    assert [one.where for one in found] == [str(number) for number in range(1, 9)]
    said = ["从第 2 个字符起不是 JSON", "不是一个 JSON 对象", "不认识 colour", "缺少 kind", "2025-03-08T09:30",
            "2025-03-08T09:30", "要写成对象", "要写成文字"]  # fmt: skip
    for problem, words in zip(found, said, strict=True):
        assert words in problem.message
        assert not any(word in problem.message for word in ("Expecting", "unknown", "Invalid"))
        assert problem.message_en


@pytest.mark.parametrize(
    "moment", ["0001-01-01", "0001-01-01T00:00+09:00", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59Z"]
)
def test_a_moment_that_is_none_on_our_clock_is_refused_like_any_other(city: City, tmp_path: Path, moment: str) -> None:
    (found,) = refused(city, tmp_path, line(city, "a", on=moment))
    assert (found.code, found.where) == ("records.line", "1")
    assert moment in found.message


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"from": TODAY, "to": TODAY}, "on"), ({"sealed": {"subject": 5}}, "sealed"), ({"sealed": {"subject": {}}}, "sealed"),
     ({"sealed": {"subject": None}}, "sealed")],
)  # fmt: skip
def test_what_contradicts_itself_or_is_no_text_is_refused_and_named(
    city: City, tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    (found,) = refused(city, tmp_path, line(city, "a", **changed))
    assert found.code == "records.line"
    assert said in found.message
    assert said in found.message_en


def test_a_key_said_twice_or_a_line_nested_without_end_is_refused(city: City, tmp_path: Path) -> None:
    twice = line(city, "a")[:-1] + ', "org": "QH"}'
    inside = line(city, "b").replace('"present": 12', '"present": 12, "present": 13')
    found = refused(city, tmp_path, twice, inside, "[" * 200_000, line(city, "good"))
    assert [one.where for one in found] == ["1", "2", "3"]
    assert ["org 写了两次" in found[0].message, "present 写了两次" in found[1].message] == [True, True]


def test_only_a_line_feed_ends_a_line(city: City, tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    texts = ["甲\u2028乙", "甲\u0085乙", "甲\u2029乙"]
    lines = [line(city, str(number), sealed={"subject": text}) for number, text in enumerate(texts)]
    file.write_bytes("\r\n".join(lines).encode())
    assert record([str(file), "--as", "clerk"]) == 0
    assert meetings(city) == len(texts)


def test_receipts_without_a_place_are_refused_before_anything_is_recorded(city: City, tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_text(line(city, "a"), encoding="utf-8")
    with pytest.raises(FileExistsError):
        record([str(file), "--as", "clerk", "--receipts", str(file)])
    assert meetings(city) == 0


def test_the_account_named_is_the_one_that_is_asked(city: City, tmp_path: Path) -> None:
    city.account("west", "party_clerk", "西镇")
    file = tmp_path / "facts.jsonl"
    file.write_text(line(city, "a"), encoding="utf-8")
    for login in ("west", "ghost"):
        with pytest.raises(NotFound):
            record([str(file), "--as", login])


def test_a_file_that_is_not_there_or_no_text_is_said_plainly(city: City, tmp_path: Path) -> None:
    noise = tmp_path / "noise.jsonl"
    noise.write_bytes(b"\xff\xfe\x00")
    for file in (tmp_path / "missing.jsonl", noise):
        with pytest.raises(Unusable, match="读不了文件"):
            record([str(file), "--as", "clerk"])


@pytest.mark.parametrize("content", ["", "\n", "  \n\t\n\n"])
def test_a_file_with_nothing_in_it_is_refused_and_told_what_belongs_there(
    city: City, tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_text(content)
    with pytest.raises(Refused) as refusal:
        record([str(file), "--as", "clerk"])
    [problem] = refusal.value.problems
    assert problem.code == "records.nothing"
    assert all(key in problem.message for key in ("kind", "org", "on", "idem", "body"))
    assert capsys.readouterr().out == ""
