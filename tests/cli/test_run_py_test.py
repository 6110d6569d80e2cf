"""`run.py test`: which checks run, on which engine, what a failure does, and what is said about what did not run."""

import pytest

from tests.cli.calling import Done
from tests.cli.house import House


@pytest.fixture
def tried(house: House) -> House:
    """A house in which everything is installed and built."""
    assert house.run("lint").returncode == 0
    house.calls()
    return house


def short(call: dict[str, object]) -> str:
    """What was called, without how Python calls it."""
    words = " ".join([str(call["program"]), *map(str, call["argv"])])  # type: ignore[call-overload]
    return words.replace("python -m gangmu.cli.main", "gangmu").replace("python -m pytest", "pytest")


def runs(house: House) -> list[tuple[str, str]]:
    """Each run of pytest: (engine, its words)."""
    calls = house.calls()
    return [(str(one["engine"]), short(one)) for one in calls if short(one).startswith("pytest")]


def verdicts(done: Done) -> dict[str, str]:
    """The closing lines: each check and what became of it."""
    lines = [line.split(None, 1) for line in done.stdout.decode().splitlines() if line.startswith(("ok ", "FAILED "))]
    return {name.rpartition(" (")[0]: verdict for verdict, name in lines}


def test_every_check_runs_once_and_in_this_order(tried: House) -> None:
    done = tried.run("test")
    assert done.returncode == 0
    called = [short(call) for call in tried.calls()]
    called.remove("mypy")  # beside the others
    assert called[:-2] == [
        "ruff format --check .", "ruff check .", "djlint gangmu --lint --quiet", "lint-imports --no-cache",
        "gangmu catalog check",
    ]  # fmt: skip
    assert [one.startswith("pytest") for one in called[-2:]] == [True, True]
    assert set(verdicts(done).values()) == {"ok"}


def test_every_test_runs_on_sqlite_and_those_with_a_database_on_postgresql_too(tried: House) -> None:
    done = tried.run("test")
    assert runs(tried) == [
        ("sqlite", "pytest -n 2 --dist loadscope -m not browser"),
        ("postgres", "pytest -n 2 --dist loadscope -m not browser and database"),
    ]
    assert "tests on PostgreSQL: those that ask for a database" in done.stdout.decode()


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_the_browser_tests_run_where_there_is_a_chromium(tried: House, name: str) -> None:
    tried.add(name)
    done = tried.run("test")
    assert runs(tried)[-1] == ("", "pytest -n 2 --dist loadscope -m browser tests/browser")
    assert verdicts(done)["tests in the browser"] == "ok"
    assert "did not run" not in done.stdout.decode()


def test_the_closing_lines_say_where_the_oldest_browser_is_absent(tried: House) -> None:
    tried.add("chromium")
    assert "Chromium 109 is absent" in tried.run("test").stdout.decode()
    old = tried.root / "var" / "chromium-109" / "chromium"
    old.parent.mkdir(parents=True)
    old.touch()
    assert "Chromium 109" not in tried.run("test").stdout.decode()


def test_without_a_chromium_the_closing_lines_say_what_did_not_run_and_how_to_get_it(tried: House) -> None:
    done = tried.run("test")
    assert len(runs(tried)) == 2
    (line,) = [line for line in done.stdout.decode().splitlines() if "did not run" in line]
    assert "browser" in line
    assert "apt-get install chromium fonts-noto-cjk" in line


@pytest.mark.parametrize("name", ["soffice", "libreoffice"])
def test_the_closing_lines_say_where_our_files_were_opened_by_no_office_program(tried: House, name: str) -> None:
    assert "LibreOffice is absent" in tried.run("test").stdout.decode()
    tried.add(name)
    assert "LibreOffice" not in tried.run("test").stdout.decode()


@pytest.mark.parametrize(
    ("failing", "name"),
    [
        ("ruff format", "format"),
        ("ruff check", "lint"),
        ("djlint", "templates"),
        ("mypy", "types"),
        ("lint-imports", "contracts"),
        ("catalog check", "catalog"),
        ("-m not browser and database", "tests on PostgreSQL"),
    ],
)
def test_one_check_that_fails_fails_the_whole_and_the_others_still_run(tried: House, failing: str, name: str) -> None:
    done = tried.run("test", STUB_FAILS=failing)
    assert done.returncode == 1
    found = verdicts(done)
    assert [check for check, verdict in found.items() if verdict == "FAILED"] == [name]
    assert len(found) == 8


def test_what_the_types_say_stands_whole_under_their_own_heading(tried: House) -> None:
    done = tried.run("test", STUB_FAILS="mypy")
    assert "== types (beside the others)\nfrom mypy\n" in done.stdout.decode()


def test_lint_is_the_part_without_tests(tried: House) -> None:
    assert tried.run("lint").returncode == 0
    assert runs(tried) == []
    assert tried.run("lint", STUB_FAILS="mypy").returncode == 1


def test_words_are_handed_to_pytest_unchanged(tried: House) -> None:
    tried.run("test", "-k", "two words", "-x")
    assert [words for _, words in runs(tried)] == [
        "pytest -k two words -x -n 2 --dist loadscope -m not browser",
        "pytest -k two words -x -n 2 --dist loadscope -m not browser and database",
    ]


NOTHING = {"STUB_FAILS": "and database", "STUB_WITH": "5"}  # pytest's status when no test was chosen


def test_a_choice_that_leaves_nothing_for_one_engine_is_no_failure(tried: House) -> None:
    assert tried.run("test", "-k", "canon", **NOTHING).returncode == 0
    assert tried.run("test", **NOTHING).returncode == 1


def test_a_choice_that_no_test_fits_is_a_failure(tried: House) -> None:
    done = tried.run("test", "-k", "misspelt", **{**NOTHING, "STUB_FAILS": "pytest"})
    assert done.returncode == 1
    assert verdicts(done)["tests on SQLite"] == "FAILED"
