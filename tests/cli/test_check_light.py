"""`check --no-ledger` takes the options of the record: it says that they changed nothing, and refuses what is no day."""

from pathlib import Path

import pytest

from gangmu.cli.main import main
from tests.cli.calling import written


@pytest.mark.parametrize("words", [("--from", "2025-01-01", "--to", "2025-12-31"), ("--org", "QH"), ("--as", "x")])
def test_options_of_the_record_change_nothing_and_that_is_said(
    words: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = str(written(tmp_path, "a.txt", "党员50名，其中女党员20名，占50%。"))
    assert main(["check", "--no-ledger", "--jsonl", file]) == 1
    plain = capfd.readouterr()
    assert main(["check", "--no-ledger", "--jsonl", *words, file]) == 1
    told = capfd.readouterr()
    assert told.out == plain.out
    assert '"contradiction"' in told.out
    assert plain.err == ""
    assert all(word in told.err for word in words if word.startswith("--"))
    assert "changed nothing" in told.err


@pytest.mark.parametrize("words", [("--from", "2025-13-01"), ("--to", "20251231"), ("--to", "2025年")])
def test_what_is_no_day_is_refused_in_a_sentence(
    words: tuple[str, str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--no-ledger", *words, str(written(tmp_path, "a.txt", "走访12户。"))]) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert all(word in told.err for word in words)
    assert "2025-03-08" in told.err
