"""The table of commands that need Django: found, refused in plain sentences, and no database asked for nothing."""

import re
import socket
from importlib import import_module
from pathlib import Path

import pytest

from gangmu.cli import heavy
from gangmu.cli.main import LIGHT, main
from gangmu.orgs.permissions import ROLES
from tests.cli.calling import gangmu, written

YEAR = ("--from", "2025-01-01", "--to", "2025-12-31")
NOWHERE = {"DATABASE_URL": "postgres://nobody:wrong@192.0.2.1:1/none", "GANGMU_VAR": "/dev/null/var"}  # answers nobody


@pytest.mark.parametrize("command", heavy.COMMANDS, ids=lambda one: one.word)
def test_every_word_leads_to_a_function_that_says_what_it_does(command: heavy.Command) -> None:
    module, name = command.where.split(":")
    assert callable(getattr(import_module(module), name))
    assert command.help
    assert not command.help.endswith(".")


def test_no_word_is_given_twice_or_shadows_a_light_one() -> None:
    words = [*LIGHT, *(command.word for command in heavy.COMMANDS)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("words", [[], ["no-such-word"], ["Check", "a.txt"], ["--org"]])
def test_an_unknown_word_gets_the_list_of_words_on_standard_error(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: gangmu WORD")
    told = {line.split()[0] for line in said.err.splitlines() if line.startswith("  ")}
    assert told == {*LIGHT, *(command.word for command in heavy.COMMANDS)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("figure", "activity.sessions", "--org", "NO", *YEAR), "没有这个组织"),
        (("check", "a.txt", "--org", "NO"), "没有这个组织"),
        (("check", "a.txt", "--from", "2025-01-01"), "--from: --from 和 --to 要一起写"),
        (("check", "a.txt", "--from", "2025-13-01", "--to", "2025-12-31"), "日期写成"),
        (("check", "a.txt", "--as", "nobody"), "没有这个账号"),
        (("record", "none.jsonl", "--as", "nobody"), "没有这个账号"),
        (("grant", "clerk", "boss", "QH", "--by", "keeper"), "没有“boss”这个角色"),
        (("revoke", "clerk", "boss", "QH", "--by", "keeper"), "没有“boss”这个角色"),
    ],
)
def test_what_is_refused_is_said_in_a_sentence_and_nothing_is_printed(
    words: tuple[str, ...], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(list(words)) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert said in told.err
    assert all(re.search("[A-Z][a-z]+", line) and re.search("[一-龥]", line) for line in told.err.splitlines())
    assert "Traceback" not in told.err


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["grant", "revoke"])
def test_a_role_that_is_none_is_answered_with_the_roles_there_are(word: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([word, "clerk", "boss", "QH", "--by", "keeper"]) == 2
    told = capfd.readouterr().err
    assert all(told.count(role) >= 2 for role in ROLES)


@pytest.mark.parametrize("word", ["figure", "check", "record", "grant", "token", "export"])
def test_a_word_without_what_it_needs_is_a_usage_error_that_names_it(
    word: str, capfd: pytest.CaptureFixture[str], db: None
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([word])
    told = capfd.readouterr()
    assert ended.value.code == 2
    assert told.out == ""
    assert word in told.err.splitlines()[0]


def test_the_definitions_are_checked_without_any_database() -> None:
    done = gangmu("catalog", "check", **NOWHERE)
    assert done.returncode == 0, done.stderr.decode()


def test_check_prints_its_help_without_reading_a_file() -> None:
    done = gangmu("check", "--no-ledger", "--help", **NOWHERE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"--jsonl" in done.stdout


@pytest.mark.django_db
@pytest.mark.parametrize("words", [("--no-led",), ("--no-ledger", "--json"), ("--fro", "2025-01-01")], ids=" ".join)
def test_an_option_of_check_cut_short_is_refused_and_never_passed_over(
    words: tuple[str, ...], scratch: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = written(scratch, "文.txt", "全年讲党课3堂。")
    with pytest.raises(SystemExit) as ended:
        main(["check", *words, str(path)])
    told = capfd.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    assert next(word for word in reversed(words) if word.startswith("--")) in told.err


@pytest.mark.django_db
def test_without_an_organisation_a_text_is_still_read_and_nothing_is_bound(
    scratch: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = written(scratch, "文.txt", "全年讲党课3堂。")
    assert main(["check", str(path), "--jsonl"]) == 0
    told = capfdbinary.readouterr()
    assert b'"verdict": "unbound"' in told.out
    assert told.err == b""


@pytest.mark.parametrize("words", [("figure", "activity.sessions", "--org", "QH", *YEAR), ("verify", "log")])
def test_a_database_that_nobody_listens_at_is_told_within_seconds_and_not_called_damaged(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and never listened at: a connection is refused
        address = f"postgres://nobody:wrong@127.0.0.1:{taken.getsockname()[1]}/none"
        ran = gangmu(*words, cwd=tmp_path, DATABASE_URL=address, GANGMU_VAR=str(tmp_path / "var"))
    said = ran.stderr.decode()
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert "数据库用不了" in said
    assert "after 2.00 sec" in said
    assert "Traceback" not in said
