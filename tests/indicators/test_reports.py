"""A report is counted again from an export alone: to the same digests, or which figure differs and why is said."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection

from gangmu.catalog.current import HOME
from gangmu.indicators import process, queries, reports
from gangmu.indicators.report_commands import recompute, report
from gangmu.kernel.canon import digest
from gangmu.kernel.problems import NotFound, Refused, Unusable
from gangmu.ledger import queries as facts
from gangmu.ledger import sequencer
from gangmu.ledger.export import export
from tests.indicators.lives import QUESTIONS, YEAR, Life

ASKED = ["--org", "QH", "--from", "2025-01-01", "--to", "2025-12-31"]
FEW = ("activity.sessions", "activity.attendance_rate", "money.spent", "organisation.branches", "matter.received")
LECTURES = "activity.sessions[lecture]"
Said = tuple[int, str]
Again = Callable[..., Said]


@pytest.fixture
def written(city, record, tmp_path) -> Path:
    """A report of a few indicators of the city, over three lectures and an amount."""
    for day in ("2025-03-01", "2025-04-01", "2025-05-01"):
        record("activity.held", "柳溪支部", day, tags=["lecture"], present=8, expected=10)
    record("money.booked", "柳溪村", "2025-06-01", direction="out", amount="1000.50", tags=[])
    sequencer.run_until_empty()
    report([*ASKED, *FEW, "--into", str(tmp_path / "report.json")])
    return tmp_path / "report.json"


@pytest.fixture
def exported(written, tmp_path) -> Path:
    export(tmp_path / "log")
    return tmp_path / "log"


@pytest.fixture
def again(exported, capsys) -> Iterator[Again]:
    """Counts a report again, with every way to the database barred."""

    def barred(*_: object) -> None:
        raise AssertionError("the database was asked")

    def count(*words: str | Path) -> Said:
        capsys.readouterr()
        process.forget()
        with connection.execute_wrapper(barred):
            status = recompute([*map(str, words), "--export", str(exported)])
        return status, capsys.readouterr().out

    return count


def changed(file: Path, change: Callable[[dict[str, Any]], None], *, forged: bool = False) -> Path:
    """The report with something changed; `forged`: with digests that fit what it says now."""
    told = json.loads(file.read_text())
    change(told)
    if forged:
        for one in told["figures"]:
            one["digest"] = digest({key: value for key, value in one.items() if key not in reports.BESIDE})
        head = {key: told[key] for key in ("report", "log", "ledger_size", "root", "catalog")}
        told["digest"] = digest({**head, "figures": [one["digest"] for one in told["figures"]]})
    other = file.with_name("changed.json")
    other.write_text(json.dumps(told, ensure_ascii=False))
    return other


def lectures(told: dict[str, Any], **values: object) -> None:
    next(one for one in told["figures"] if one["indicator"] == "activity.sessions").update(values)


def test_a_report_lists_every_figure_with_all_that_it_states(written, scope, city):
    told = json.loads(written.read_text())
    assert (told["ledger_size"], told["root"]) == (facts.size(), facts.root_at(facts.size()).hex())
    assert [one["indicator"] for one in told["figures"]] == list(FEW)
    one = next(one for one in told["figures"] if one["indicator"] == "activity.sessions")
    figure = queries.figure(scope, "activity.sessions", city.root, YEAR)
    assert (one["value"], one["digest"], one["title"]) == ("3", figure.digest, "活动场次")
    assert one.items() >= figure.statement.items()


def test_it_is_counted_again_to_the_same_digest_without_a_database(written, again):
    status, said = again(written)
    assert (status, said.count("\n")) == (0, 1)
    assert f"{len(FEW)}个数都和台账前{facts.size()}条算出的一样" in said
    assert json.loads(written.read_text())["digest"] in said


def test_a_report_stays_what_it_was_when_the_ledger_has_grown(written, again, record, exported, tmp_path, capsys):
    for number in range(300):  # beyond a bundle: those of the export are not those of the report's day
        record("activity.held", "石桥支部", "2025-07-01", tags=["lecture"], present=number)
    sequencer.run_until_empty()
    export(tmp_path / "later")
    assert recompute([str(written), "--export", str(tmp_path / "later")]) == 0
    report([*ASKED, LECTURES, "--as-known", str(json.loads(written.read_text())["ledger_size"])])
    older = capsys.readouterr().out
    assert json.loads(older[older.index("{") :])["figures"][0]["value"] == "3"


def test_one_json_object_a_figure_and_one_for_the_report(written, again):
    status, said = again(written, "--jsonl")
    *lines, whole = map(json.loads, said.splitlines())
    assert status == 0
    assert all(one["agrees"] and one["reported"] == one["recomputed"] for one in lines)
    assert (whole["agrees"], whole["differ"], whole["figures"]) == (True, 0, len(lines))


def test_a_value_changed_afterwards_is_found_and_named(written, again):
    status, said = again(changed(written, lambda told: lectures(told, value="4")))
    assert status == 1
    assert "“活动场次”（青禾市委）这一行和它自己的校验码对不上" in said
    assert 'value: "4" → "3"' in said
    assert said.count("\n") == 2


def test_a_forged_value_whose_digests_fit_is_found_by_counting(written, again):
    status, said = again(changed(written, lambda told: lectures(told, value="4"), forged=True))
    (line,) = said.splitlines()
    assert status == 1
    assert "“活动场次”（青禾市委，2025-01-01至2025-12-31）和台账算出的不一样" in line
    assert 'value: "4" → "3"' in line


def test_whatever_a_forger_changes_in_a_line_is_named(written, again):
    for values, said_so in (
        ({"facts": 9}, "facts: 9 → 3"),
        ({"late": 0}, "late: 0 → 3"),
        ({"unit": "次"}, 'unit: "次" → "场"'),
        ({"parts": []}, "parts: [] → "),
        ({"restated": "5"}, 'restated: "5" → null'),
        ({"to": "2025-04-30"}, 'value: "3" → "2"'),
        ({"indicator": "no.such"}, "没有“no.such”这个指标"),
        ({"org": "0" * 32}, "没有这个单位"),
        ({"extra": "x"}, 'extra: "x" → null'),
    ):
        status, said = again(changed(written, partial(lectures, **values), forged=True))
        assert status == 1
        assert said_so in said


def test_a_line_left_out_is_noticed_by_the_digest_of_the_whole(written, again):
    status, said = again(changed(written, lambda told: told["figures"].pop()))
    assert status == 1
    assert "少了、多了几行" in said


def test_a_report_of_other_facts_is_told_by_its_root(written, again):
    def other(told: dict[str, Any]) -> None:
        told["root"] = "0" * 64

    status, said = again(changed(written, other, forged=True))
    assert status == 1
    assert "不是同样的记录" in said


def test_a_report_moved_to_another_size_differs_in_root_and_figures(written, again):
    def earlier(told: dict[str, Any]) -> None:
        told["ledger_size"] -= 2
        for one in told["figures"]:
            one["ledger_size"] -= 2

    status, said = again(changed(written, earlier, forged=True))
    assert status == 1
    assert "不是同样的记录" in said
    assert 'value: "3" → "2"' in said


def test_an_export_that_is_too_short_says_how_many_entries_are_missing(written, again, record, tmp_path):
    record("activity.held", "石桥支部", "2025-07-01", tags=["lecture"])
    sequencer.run_until_empty()
    report([*ASKED, *FEW, "--into", str(tmp_path / "newer.json")])
    status, said = again(tmp_path / "newer.json")
    assert status == 1
    assert f"报告按台账前{facts.size()}条写成，导出的只有{facts.size() - 1}条" in said


def test_an_entry_changed_in_the_export_is_found_before_anything_is_counted(written, again, exported):
    (bundle,) = (path for path in (exported / "tile" / "entries").rglob("*") if path.is_file())
    content = bundle.read_bytes()
    assert content.count(b"1000.50") == 1
    bundle.write_bytes(content.replace(b"1000.50", b"9000.50"))
    status, said = again(written)
    assert status == 1
    assert "ledger" in said or "根" in said
    assert "money.spent" in said  # the figure that moves with it is named


def test_another_catalog_is_told_and_only_what_differs_by_it_is_listed(written, again, tmp_path):
    other = tmp_path / "national"
    for path in (HOME / "national").rglob("*.yaml"):
        target = other / path.relative_to(HOME / "national")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text())
    file = other / "indicators" / "activity.sessions.yaml"
    file.write_text(file.read_text().replace("count(activity.held", "count(money.booked", 1))
    with pytest.raises(Refused):  # its worked examples fail: a catalog that does not load counts nothing
        again(written, "--catalog", other)
    file.write_text((HOME / "national/indicators/activity.sessions.yaml").read_text().replace("活动场次", "活动的场次"))
    status, said = again(written, "--catalog", other)
    assert status == 1
    assert "请用 --catalog 指到当时的那一份" in said
    assert said.count("\n") == 1  # the words of a definition move no figure


def test_what_is_no_report_gets_a_plain_sentence():
    head = '{"report":1,"log":"a","ledger_size":1,"root":"","catalog":"","digest":"","figures":['
    line = (
        '{"indicator":"a","title":"","unit_name":"","digest":"","org":"x","from":"2025-01-01","tree_day":"2025-01-01",'
    )
    for text in (
        "", "{}", "[]", "[1]", '"x"', "\x00", '{"report": 2}', '{"report": 1, "figures": [{}]}', "{" * 5000, "[" * 10**5,
        head.replace('size":1', 'size":true') + "]}", head.replace('size":1', 'size":0') + "]}",
        f'{head}{line}"to":"2024-01-01"}}]}}', f'{head}{line}"to":"2025-01-01","x":1.5}}]}}',
    ):  # fmt: skip
        with pytest.raises(Unusable, match="不是 gangmu report 写的报告文件"):
            reports.read(text, "odd.json")


def test_bytes_that_are_no_text_get_it_too(again, tmp_path):
    (tmp_path / "odd.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Unusable, match="不是 gangmu report 写的报告文件"):
        again(tmp_path / "odd.json")


def test_a_folder_that_is_no_export_and_a_key_that_is_none_are_told(written, exported, tmp_path):
    with pytest.raises(Unusable, match="不是 gangmu export 导出的文件夹"):
        recompute([str(written), "--export", str(tmp_path / "nothing")])
    (tmp_path / "no.vkey").write_text("no key")
    with pytest.raises(Unusable, match="公钥"):
        recompute([str(written), "--export", str(exported), "--key", str(tmp_path / "no.vkey")])


def test_the_key_of_another_log_is_not_trusted(written, again, tmp_path):
    other = "gangmu.example/other+1d21bc44+AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh"
    (tmp_path / "other.vkey").write_text(other)
    with pytest.raises(Unusable, match="公钥"):
        again(written, "--key", tmp_path / "other.vkey")


def test_before_anything_is_signed_there_is_no_report(city, capsys):
    with pytest.raises(Refused, match="还没有签过名"):
        report(ASKED)
    sequencer.run_until_empty()
    with pytest.raises(NotFound):
        report(["--org", "XX", *ASKED[2:]])


@pytest.mark.parametrize("seed", [5])
def test_reports_from_all_through_a_random_life_are_counted_again(city, scope, tmp_path, seed, capsys):
    life, files = Life(city, Random(seed)), []
    for step in range(12):
        life.step()
        unit = life.rng.choice(["QH"])
        file = tmp_path / f"{step}.json"
        report([*QUESTIONS, "--org", unit, *ASKED[2:], "--into", str(file)])
        files.append(str(file))
    export(tmp_path / "log")
    assert recompute([*files, "--export", str(tmp_path / "log")]) == 0, capsys.readouterr().out
    assert len({json.loads(Path(file).read_text())["digest"] for file in files}) > 6
