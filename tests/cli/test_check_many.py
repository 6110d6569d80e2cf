"""`check` against the record with many files: on all cores, and what comes out is what one core would say."""

import os
from pathlib import Path

import pytest

from tests.cli.calling import Done, gangmu, written

FILLER = "<p>今年以来，各项工作扎实推进，成效明显。</p>"
MUCH = 120  # paragraphs
UNSEEN = f"<!--{'-' * 60_000}-->"  # six such files are worth several processes, and soon read


def documents(folder: Path) -> list[Path]:
    """Six documents in large files, the first much longer than the last."""
    return [
        written(
            folder,
            f"{number}.html",
            f"<p>走访{number}0户，占9{number}%，共计{number}户。</p>" + FILLER * (MUCH * 2 // number) + UNSEEN,
        )
        for number in range(1, 7)
    ]


def checked(home: Path, *words: str | Path, url: str = "", **more: str) -> Done:
    environment = {"DATABASE_URL": url or f"sqlite:///{home}/a.sqlite3", "GANGMU_VAR": str(home), **more}
    return gangmu("check", "--jsonl", *words, **environment)


@pytest.fixture
def house(scratch: Path) -> Path:
    """A folder with an empty record in it."""
    home = scratch / "house"
    home.mkdir()
    return home


def test_many_files_come_out_in_the_order_given_as_if_each_had_been_alone(house: Path, scratch: Path) -> None:
    files = documents(scratch)
    assert sum(path.stat().st_size for path in files) > 300_000
    together = checked(house, *files)
    assert together.stderr == b""
    alone = [checked(house, path) for path in files]
    assert together.stdout == b"".join(one.stdout for one in alone)
    assert together.returncode == max(one.returncode for one in alone)
    assert all(one.stdout for one in alone)


def test_one_of_many_that_cannot_be_used_costs_the_others_nothing(house: Path, scratch: Path) -> None:
    files = documents(scratch)
    done = checked(house, *files[:3], scratch / "没有.txt", *files[3:])
    assert done.returncode == 2
    assert done.stdout == checked(house, *files).stdout
    assert "没有.txt" in done.stderr.decode()


@pytest.mark.postgres  # its connections come from a pool whose threads a new process does not inherit
@pytest.mark.database
def test_on_postgresql_every_process_opens_connections_of_its_own(house: Path, scratch: Path) -> None:
    files = documents(scratch)
    done = checked(house, *files, url=os.environ["DATABASE_URL"])
    assert done.stderr == b""
    assert done.stdout == checked(house, *files).stdout
