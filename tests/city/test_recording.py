"""How the city is recorded: in portions, with a helper beside it, told as it goes, and left alone once it is there."""

import gc
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gangmu.cli.city import accounts, command, load, people
from gangmu.cli.city.plan import ROOT_CODE, City, Size, plan
from gangmu.records.entries import Entry


def entries(count: int) -> Iterator[Entry]:
    """Entries that are made one by one, as the year of a desk is."""
    plain = Entry("activity.held", "unit", None, "")  # type: ignore[arg-type]
    return (replace(plain, idem=str(number)) for number in range(count))


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_a_year_is_recorded_in_portions_of_one_size_and_nothing_is_lost(count: int, sizes: list[int]) -> None:
    portions = list(load.batches(entries(count), 3))
    assert [len(portion) for portion in portions] == sizes
    assert [entry.idem for portion in portions for entry in portion] == [str(number) for number in range(count)]


def test_a_portion_is_made_when_it_is_wanted_and_not_before() -> None:
    made: list[str] = []

    def noted() -> Iterator[Entry]:
        for entry in entries(9):
            made.append(entry.idem)
            yield entry

    portions = load.batches(noted(), 3)
    next(portions)
    assert made == ["0", "1", "2"]


@pytest.mark.parametrize("breaks", [False, True], ids=["goes well", "breaks off"])
def test_the_search_for_dead_cycles_is_as_it_was_once_the_city_is_recorded(breaks: bool) -> None:
    before = (gc.get_threshold(), gc.get_freeze_count())
    try:
        with load.seldom_collected():
            assert gc.get_threshold()[0] == load.ALIVE_AT_ONCE
            assert gc.isenabled()
            assert gc.get_freeze_count() > 0
            if breaks:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert breaks
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A worker that notes that it began and that it was asked to end; the file in which it does."""
    note = tmp_path / "note"
    program = tmp_path / "python"
    program.write_text(
        f"#!{sys.executable}\n"
        "import signal, sys, time\n"
        f"note = open({str(note)!r}, 'a', buffering=1)\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(note.write('ended\\n') and 0))\n"
        "note.write('began ' + ' '.join(sys.argv[1:]) + '\\n')\n"
        "time.sleep(60)\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    return note


@pytest.mark.skipif(os.name != "posix", reason="needs a shebang")  # allowed: the stub is a script
@pytest.mark.parametrize("breaks", [False, True], ids=["goes well", "breaks off"])
def test_the_helper_is_asked_to_end_and_waited_for_also_when_the_recording_breaks_off(stub: Path, breaks: bool) -> None:
    with pytest.raises(RuntimeError) if breaks else load.helper():
        if breaks:
            with load.helper():
                begun(stub)
                raise RuntimeError("the disk is full")
        begun(stub)
    assert stub.read_text().splitlines() == ["began -m gangmu.cli.main worker", "ended"]


def begun(note: Path) -> None:
    """Wait until the stub has begun, so that it can hear what it is asked."""
    for _ in range(400):
        if note.exists() and note.read_text():
            return
        time.sleep(0.05)
    raise AssertionError("the helper has not begun")


def test_a_bar_tells_one_line_at_the_end_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    bar = command.Bar(100)
    for _ in range(4):
        bar.tell(25)
    assert capsys.readouterr() == ("", "")
    bar.end()
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "已记 100 条" in err
    assert "Loaded 100 facts" in err


def test_a_bar_on_a_terminal_fills_and_never_beyond_its_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    bar = command.Bar(100)
    for _ in range(3):
        bar.tell(50)
    shown = capsys.readouterr().err.split("\r")[1:]
    assert [line.count("█") for line in shown] == [command.WIDTH // 2, command.WIDTH, command.WIDTH]
    assert all(line.count("█") + line.count("·") == command.WIDTH for line in shown)


def test_a_quiet_bar_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    bar = command.Bar(100, quiet=True)
    bar.tell(100)
    bar.end()
    assert capsys.readouterr() == ("", "")


@pytest.mark.django_db
def test_a_city_that_was_left_half_done_is_not_taken_for_loaded() -> None:
    assert not command.loaded()
    small = plan(Size.scaled(0.05))
    load.begun(small)
    assert not command.loaded()


def test_the_sign_ins_tell_the_address_the_password_and_every_account() -> None:
    told = command.sign_ins("http://127.0.0.1:8000/")
    assert "http://127.0.0.1:8000/" in told
    assert load.PASSWORD in told
    assert all(one.login in told and one.zh in told and one.en in told for one in accounts.SIGN_INS)


def test_a_slip_after_demo_load_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.load(["--twice"])
    assert ended.value.code == 2
    assert "--twice" in capsys.readouterr().err


def test_every_unit_is_recorded_at_a_desk_and_its_clerk_has_a_plain_name(small: City) -> None:
    desks = {desk.code for desk in small.desks}
    assert ROOT_CODE in desks
    assert {unit.desk for unit in small.units} == desks
    assert sorted(unit.code for desk in small.desks for unit in small.at_desk(desk)) == sorted(small.by_code)
    assert all(load.login(code) == f"clerk-{code.lower()}" for code in desks)


def test_whoever_holds_the_posts_of_a_unit_is_a_member_under_it(small: City) -> None:
    for unit in small.units:
        for member in load.holders(small, unit):
            branch = small.by_code[unit.code if unit.level == "branch" else first_branch(small, unit.code)]
            assert member in people.members(branch)


def first_branch(city: City, code: str) -> str:
    return next(one.code for one in city.of_level("branch") if one.code.startswith(code) and one.members)
